"""A database opened only to be read: without what takes steps, so that reading costs little."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from engine.model import Officer, Role
from engine.store import migrate
from engine.store.reader import Reader, ReadOnlyDatabase
from engine.store.url import DatabaseAddress, parse

SELECT_PROVINCE = (
    'SELECT province FROM officer WHERE id = ? ORDER BY "until" IS NOT NULL, role LIMIT 1'
)
SELECT_OFFICES = (
    'SELECT id, name, role, province, commune, commune_id, since, "until" FROM officer '
    "WHERE id = ? ORDER BY role, since"
)


@contextmanager
def opened(url: str | None) -> Iterator[Reader]:
    """Open the database that is there and is of this version, as it is at this moment.

    Raises ``StorageError``.
    """
    store = _reader(parse(url))
    try:
        with store.snapshot():
            migrate.require_current(store)
            yield store
    finally:
        store.close()


def _reader(target: DatabaseAddress) -> Reader:
    if target.file is not None:
        return ReadOnlyDatabase(target)
    from engine.store.database import connect

    return connect(target)


def province_of(store: Reader, officer: str) -> str | None:
    """Return the province an officer acts in, ``None`` when there is no such officer."""
    row = store.row(SELECT_PROVINCE, (officer,))
    return None if row is None else str(row[0])


def offices_of(store: Reader, officer: str, on: date) -> list[Officer]:
    """Return the offices somebody holds on a day."""
    found = []
    for id_, name, role, province, commune, commune_id, *days in store.rows(
        SELECT_OFFICES, (officer,)
    ):
        since, until = (date.fromisoformat(day) if day else None for day in days)
        found.append(Officer(id_, name, Role(role), province, commune, commune_id, since, until))
    return [one for one in found if one.holds(on)]
