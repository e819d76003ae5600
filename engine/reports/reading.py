"""A database opened only to be read: without what takes steps, so that reading costs little."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from engine.i18n import work_in
from engine.model import Officer, Role
from engine.provinces.load import Provinces
from engine.rules.communes import wording
from engine.store import migrate, offices
from engine.store.reader import Reader, ReadOnlyDatabase
from engine.store.url import DatabaseAddress, parse

__all__ = ("Reader", "offices_of", "opened", "province_of", "work_at")

SELECT_PROVINCE = (
    'SELECT province FROM officer WHERE id = ? ORDER BY "until" IS NOT NULL, role LIMIT 1'
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


def work_at(
    store: Reader, provinces: Provinces, officer: str, on: date, about: str | None = None
) -> None:
    """Use the words of the place where somebody works: a ward, a city. Raises ``StorageError``.

    ``about`` is the province that is read about, where one is named: its words count.
    """
    own = [one for one in offices_of(store, officer, on) if about in {None, one.province}]
    commune = next((one.commune for one in own if one.commune), "")
    city = any(map(provinces.is_city, [one.province for one in own] if about is None else [about]))
    work_in(*wording(commune, city=city))


def province_of(store: Reader, officer: str) -> str | None:
    """Return the province an officer acts in, ``None`` when there is no such officer."""
    row = store.row(SELECT_PROVINCE, (officer,))
    return None if row is None else str(row[0])


def offices_of(store: Reader, officer: str, on: date) -> list[Officer]:
    """Return the offices somebody holds on a day."""
    found = []
    for id_, name, role, province, commune, commune_id, *days, _seq, _login, _through in store.rows(
        offices.OF_ONE, (officer, officer)
    ):
        since, until = (date.fromisoformat(day) if day else None for day in days)
        found.append(Officer(id_, name, Role(role), province, commune, commune_id, since, until))
    return [one for one in found if one.holds(on)]
