"""A database opened only to be read: without what takes steps, so that a glance costs little."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.store import migrate
from engine.store.database import Store, connect
from engine.store.url import parse

SELECT_PROVINCE = "SELECT province FROM officer WHERE id = ? ORDER BY role LIMIT 1"


@contextmanager
def opened(url: str | None) -> Iterator[Store]:
    """Open the database that is there and is of this version. Raises ``StorageError``."""
    store = connect(parse(url))
    try:
        migrate.require_current(store)
        yield store
    finally:
        store.close()


def province_of(store: Store, officer: str) -> str | None:
    """Return the province an officer acts in, ``None`` when there is no such officer."""
    row = store.row(SELECT_PROVINCE, (officer,))
    return None if row is None else str(row[0])
