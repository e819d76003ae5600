"""A database of every schema there ever was is brought up to date with all that is in it."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from support.gallery import Galleries
from support.keeper import Keeper

from engine.lifecycle import upkeep
from engine.store import migrate
from engine.store.database import connect
from engine.store.url import parse

RELEASED = Path(__file__).with_name("released")
SCHEMAS = sorted(path.name.partition(".")[0] for path in RELEASED.glob("*.gz"))
AT_ONCE = 3


def released(path: Path, schema: str) -> None:
    """Put a database of that schema at a path."""
    path.write_bytes(gzip.decompress((RELEASED / f"{schema}.sqlite3.gz").read_bytes()))


def missing(schema: str) -> list[str]:
    """Return the migrations that a database of that schema lacks."""
    return [name for name in migrate.known() if name > schema]


def test_every_schema_but_the_last_is_kept() -> None:
    assert migrate.known()[:-1] == SCHEMAS


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_goes_on_with_its_clubs_and_its_log(keeper: Keeper, schema: str) -> None:
    released(keeper.database, schema)
    log = keeper.sql("SELECT stream, seq, body, hash FROM event ORDER BY stream, seq")
    names = keeper.sql("SELECT * FROM personal ORDER BY club, member")
    club = keeper.sql("SELECT id FROM club WHERE state = 'operating'")[0][0]
    assert keeper.error("club", "show", club, code=5)["code"] == "CLB-DATABASE-OLD"
    assert keeper.json("db-upgrade", "db", "upgrade")["ran"] == missing(schema)
    assert keeper.json("db-check", "db", "check")["ok"]
    assert keeper.sql("SELECT stream, seq, body, hash FROM event ORDER BY stream, seq") == log
    assert keeper.sql("SELECT * FROM personal ORDER BY club, member") == names
    assert keeper.json("club-show", "club", "show", club)["club"] == club
    tables = keeper.dump("schema_migration")
    keeper.json("db-rebuild", "db", "rebuild")
    assert keeper.dump("schema_migration") == tables


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_copy_of_it_is_checked_and_brought_back(keeper: Keeper, schema: str) -> None:
    copy = keeper.folder / "copy.sqlite3"
    released(copy, schema)
    answer = keeper.json("db-restore", "db", "restore", copy)
    assert answer["needs_upgrade"]
    assert keeper.json("db-upgrade", "db", "upgrade")["ran"] == missing(schema)
    assert keeper.json("db-check", "db", "check")["ok"]


def upgrades(url: str) -> list[dict[str, Any]]:
    """Run several upgrades at once and return their answers; none of them fails."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "engine", "db", "upgrade", "--json", "--database", url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _each in range(AT_ONCE)
    ]
    answers = []
    for process in running:
        printed, failed = process.communicate(timeout=120)
        assert process.returncode == 0, printed + failed
        answers.append(json.loads(printed))
    return answers


def test_of_three_upgrades_at_once_one_upgrades_and_two_find_nothing_to_do(
    tmp_path: Path,
) -> None:
    path = tmp_path / "clb.sqlite3"
    released(path, SCHEMAS[0])
    answers = sorted(upgrades(str(path)), key=lambda one: len(one["ran"]))
    assert [one["ran"] for one in answers] == [[], [], missing(SCHEMAS[0])]
    assert [one["backup"] is None for one in answers] == [True, True, False]
    copy = Path(answers[-1]["backup"])
    kept = [one.name for one in tmp_path.iterdir() if not one.name.endswith(("-wal", "-shm"))]
    assert sorted(kept) == sorted([path.name, copy.name])
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT name FROM schema_migration").fetchall() == [(SCHEMAS[0],)]


@pytest.fixture
def old_server(galleries: Galleries, database_kind: str, tmp_path: Path) -> str:
    """The URL of a database on a server that is of the first schema, with its rows."""
    url = galleries.get(database_kind).at.address(tmp_path)
    galleries.get(database_kind).at.clear(url)
    file = tmp_path / "old.sqlite3"
    released(file, SCHEMAS[0])
    from engine.store import orm

    with (
        closing(connect(parse(url), create=True)) as store,
        closing(sqlite3.connect(file)) as old,
    ):
        orm.migrations(store.database, migrate.MIGRATIONS).up(SCHEMAS[0])
        for (table,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            if table == migrate.HISTORY:
                continue
            columns = [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
            kinds = {one.name: one.data_type for one in store.database.get_columns(table)}
            rows = [
                [
                    None if cell is None else bool(cell) if kinds[name] == "boolean" else cell
                    for name, cell in zip(columns, row, strict=True)
                ]
                for row in old.execute(f"SELECT * FROM {table}")
            ]
            names = ", ".join(f'"{name}"' for name in columns)
            places = ", ".join("?" * len(columns))
            store.many(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
    return url


@pytest.mark.postgresql
def test_on_a_server_too_with_a_reminder_of_a_copy(old_server: str) -> None:
    answers = sorted(upgrades(old_server), key=lambda one: len(one["ran"]))
    assert [one["ran"] for one in answers] == [[], [], missing(SCHEMAS[0])]
    assert [one["backup"] for one in answers] == [None] * AT_ONCE
    with closing(connect(parse(old_server))) as store:
        assert upkeep.check(store).faults == ()


@pytest.mark.postgresql
def test_before_an_upgrade_of_a_server_its_own_copy_is_advised(
    old_server: str, keeper: Keeper
) -> None:
    result = keeper.run("db", "upgrade", "--database", old_server)
    assert result.code == 0
    assert "pg_dump" in result.err
    again = keeper.run("db", "upgrade", "--database", old_server)
    assert "pg_dump" not in again.err


def test_names_with_another_apostrophe_are_found_after_the_upgrade(keeper: Keeper) -> None:
    released(keeper.database, "0005_offices_with_days")
    ((club, member),) = keeper.sql("SELECT club, member FROM personal LIMIT 1")
    keeper.sql("UPDATE personal SET name_key = 'k’brep' WHERE member = ?", member)
    keeper.sql("UPDATE club SET village_key = 'buôn h`leo' WHERE id = ?", club)
    keeper.json("db-upgrade", "db", "upgrade")
    assert keeper.sql("SELECT name_key FROM personal WHERE member = ?", member) == [("k'brep",)]
    assert keeper.sql("SELECT village_key FROM club WHERE id = ?", club) == [("buôn h'leo",)]
