"""Queries with named parameters, as the store runs them."""

from collections.abc import Collection, Mapping
from typing import Any

from engine.store.reader import Reader


def bound(store: Reader, sql: str, values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """Return a query with ``?`` for each named parameter (``:at``), and their values in order.

    Its conditions of ``of_province`` are in it where the tables are divided by province.
    """
    from engine.targets.measure import NAMED  # only now: what falls due asks without them
    from engine.targets.query_parts import OF_PROVINCE

    sql = OF_PROVINCE.sub(r"AND \1.province = :province" if store.divided else "", sql)
    return NAMED.sub("?", sql), tuple(values[name] for name in NAMED.findall(sql))


def of_clubs(column: str, clubs: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """Return the condition that a row is of one of some clubs, and its parameters.

    Empty for ``None``, which is every club; no club at all fits no row.
    """
    if clubs is None:
        return "", ()
    return f" AND {_among(column, clubs)}", tuple(clubs)


def scope(
    store: Reader, table: str, club: str, province: str, clubs: Collection[str] | None
) -> tuple[str, tuple[str, ...]]:
    """Return the condition that a row is of a province, or of some clubs, and its parameters.

    ``table`` is the prefix of the columns, ``club`` the column with the club's id. With clubs the
    province is named only where it has tables of its own: a database would look through all of it.
    """
    within = f"{table}province = ?"
    if clubs is None:
        return within, (province,)
    some = _among(f"{table}{club}", clubs)
    return (f"{within} AND {some}", (province, *clubs)) if store.divided else (some, tuple(clubs))


def _among(column: str, clubs: Collection[str]) -> str:
    marks = ", ".join("?" * len(clubs)) or "NULL"
    return f"{column} IN ({marks})"
