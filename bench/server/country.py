"""A country on a server: one generated province, copied under the ids of all the others."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from bench.life import PROVINCE
from bench.province import province
from engine.lifecycle import upkeep
from engine.provinces.discover import Plugin
from engine.provinces.load import Provinces
from engine.store.tables import ALL
from engine.store.url import parse
from tools.postgresql import Server

PREFIX = "BN-"
TABLES = [one._meta.table_name for one in ALL]
COLUMNS = {one._meta.table_name: [f'"{name}"' for name in one._meta.columns] for one in ALL}


class Country(Provinces):
    """Provinces of any id that all go by one plugin: what is measured is the server."""

    def load(self, province: str) -> Any:
        """Return the one plugin's policy and hooks."""
        return super().load(PROVINCE)

    def plugin(self, province: str) -> Plugin:
        """Return the one plugin."""
        return super().plugin(PROVINCE)


def ids(provinces: int) -> list[str]:
    """Return the ids of the provinces; the first is the one that was generated."""
    return [PROVINCE, *(f"p{number:02}" for number in range(2, provinces + 1))]


def filled(
    server: Server, name: str, provinces: int, clubs: int, people: int, *, divided: bool = False
) -> str:
    """Make a divided database of that many provinces, each of so many clubs; return its URL."""
    url = server.create(name)
    there = ids(provinces)
    upkeep.init(parse(url), there if divided else None)
    source = province(clubs, people)
    with closing(psycopg.connect(url, autocommit=True)) as to:
        _first(source, to)
        for number, other in enumerate(there[1:], start=2):
            for table in TABLES:
                to.execute(_copied(table, other, f"P{number:02}").encode())
        to.execute("ANALYZE")
    return url


def _first(source: Path, to: Any) -> None:
    with closing(sqlite3.connect(source)) as here:
        for table in TABLES:
            columns = COLUMNS[table]
            booleans = [
                place
                for place, (kind,) in enumerate(
                    to.execute(
                        "SELECT data_type FROM information_schema.columns WHERE table_name = %s "
                        "AND column_name = ANY(%s) ORDER BY array_position(%s, column_name::text)",
                        (table, _bare(columns), _bare(columns)),
                    ).fetchall()
                )
                if kind == "boolean"
            ]
            named = ", ".join(columns)
            with to.cursor().copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in here.execute(f"SELECT {named} FROM {table}"):
                    cells = list(row)
                    for place in booleans:
                        cells[place] = None if cells[place] is None else bool(cells[place])
                    copy.write_row(cells)


def _bare(columns: list[str]) -> list[str]:
    return [one.strip('"') for one in columns]


def _copied(table: str, province: str, prefix: str) -> str:
    """Return what copies the first province's rows of a table under other ids."""

    def cell(column: str) -> str:
        name = column.strip('"')
        if name == "province":
            return f"'{province}'"
        if name in ("club", "id") and table not in ("officer", "unit", "stream", "partner"):
            return (
                f"replace({column}, '{PREFIX}', '{prefix}-')"
                if name == "club" or (table == "club")
                else column
            )
        if name == "stream" or (table == "stream" and name == "id"):
            return (
                f"replace(replace({column}, 'club:{PREFIX}', 'club:{prefix}-'), "
                f"':{PROVINCE}', ':{province}')"
            )
        return column

    columns = COLUMNS[table]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "
        f"SELECT {', '.join(map(cell, columns))} FROM {table} WHERE province = '{PROVINCE}'"
    )
