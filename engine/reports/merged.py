"""A province with those that became parts of it: each with its own clubs, by its own rules."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.reports.due import clubs_of, ordered
from engine.reports.due import due as due_of
from engine.reports.due_row import Due
from engine.reports.own_reports import OwnReports
from engine.store.offices import MERGED
from engine.store.reader import Reader

if TYPE_CHECKING:
    from engine.reports.clubs import ListedClub


def parts(store: Reader, provinces: Provinces, province: str, on: date) -> list[Rules]:
    """Return the rules of a province, then those of each that became a part of it by a day."""
    others = store.rows(MERGED, (province, on.isoformat()))
    return [provinces.rules(one) for one in (province, *(str(other) for (other,) in others))]


def due(
    store: Reader,
    provinces: Provinces,
    province: str,
    on: date,
    *,
    past: bool = False,
    communes: Collection[str] | None = None,
) -> tuple[list[Due], list[str]]:
    """Return everything open on a day in all parts of a province, and what their plugins warn of.

    As ``due.due`` for one of them; with ``communes`` for the clubs of those alone.
    """
    found: list[Due] = []
    warnings: list[str] = []
    for rules in parts(store, provinces, province, on):
        one = rules.policy.province_id
        clubs = None if communes is None else clubs_of(store, one, communes)
        own = OwnReports(provinces, one)
        found += due_of(store, rules, one, on, past=past, clubs=clubs, own=own)
        warnings += own.warnings
    return ordered(found), warnings


def listing(
    store: Reader,
    provinces: Provinces,
    province: str,
    on: date,
    *,
    state: str | None = None,
    commune: str | None = None,
) -> "list[ListedClub]":
    """Return the clubs of all parts of a province on a day, as ``clubs.listing`` for one."""
    from engine.reports import clubs  # only now: what falls due does without them
    from engine.rules.succession import succession

    return clubs.by_place(
        line
        for rules in parts(store, provinces, province, on)
        for line in clubs.listing(
            store,
            rules.policy.province_id,
            on,
            state=state,
            commune=commune,
            known=succession(rules.policy),
        )
    )
