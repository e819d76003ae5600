"""What falls due as one officer reads it: their own tasks, what others owe the same clubs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from engine.model import Officer, Role
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.reports import merged
from engine.reports.due_row import Due
from engine.rules.communes import commune_key
from engine.rules.unit_classes import UnitClasses
from engine.store.reader import Reader

if TYPE_CHECKING:
    from engine.reports.clubs import ListedClub


@dataclass(frozen=True, slots=True)
class Agenda:
    """Open tasks in the order given: one's own, those of others about one's clubs.

    ``province`` is what the province itself owes: reports, inspections, courses. ``ended`` is what
    only a rule that is over asked for.
    """

    own: tuple[Due, ...]
    others: tuple[Due, ...]
    province: tuple[Due, ...]
    ended: tuple[Due, ...]


def agenda(rows: Iterable[Due], offices: Sequence[Officer]) -> Agenda:
    """Sort what is due by whose it is; whoever has an office in a commune sees that commune."""
    offices = at_work(offices)
    own: list[Due] = []
    others: list[Due] = []
    province: list[Due] = []
    ended: list[Due] = []
    for one in rows:
        if not in_sight(one.commune, offices):
            continue
        if one.ended is not None:
            ended.append(one)
        elif any(_does(office, one) for office in offices):
            own.append(one)
        elif one.club is None:
            province.append(one)
        else:
            others.append(one)
    return Agenda(tuple(own), tuple(others), tuple(province), tuple(ended))


def at_work(offices: Sequence[Officer]) -> Sequence[Officer]:
    """Return the offices that work with clubs; who only administers sees as an administrator."""
    return tuple(one for one in offices if one.role is not Role.ADMIN) or offices


def communes_of(offices: Sequence[Officer]) -> set[str] | None:
    """Return the communes that somebody with these offices works in; ``None`` for all of them."""
    places = [places_of(one) for one in at_work(offices)]
    return {one for several in places for one in several} if all(places) and places else None


def placed(store: Reader, rules: Rules, offices: Sequence[Officer], on: date) -> list[Officer]:
    """Return the offices, each of a district with the communes known to be of it on a day."""
    if not any(one.role is Role.DISTRICT for one in offices):
        return list(offices)
    from engine.store.facts import units  # loads the mapping of tables, which takes a while

    classes = UnitClasses(rules, units(store, rules.policy.province_id), on)
    return [
        replace(one, communes=classes.communes_of(str(one.commune)))
        if one.role is Role.DISTRICT
        else one
        for one in offices
    ]


def places_of(office: Officer) -> tuple[str, ...]:
    """Return the communes an office works in; none where that is everywhere or is not known."""
    if office.of_one_commune and office.commune:
        return (office.commune,)
    return office.communes


def in_sight(commune: str | None, offices: Sequence[Officer]) -> bool:
    """Return whether somebody with these offices works on what concerns a commune."""
    if commune is None:
        return True
    wanted = commune_key(commune)
    return any(
        not (places := places_of(one)) or wanted in map(commune_key, places) for one in offices
    )


def clubs_in_sight(
    store: Reader, provinces: Provinces, province: str, offices: Sequence[Officer], on: date
) -> "list[ListedClub]":
    """Return the clubs that somebody with these offices works with, in order; all without one."""
    places = at_work(placed(store, provinces.rules(province), offices, on))
    return [
        one
        for one in merged.listing(store, provinces, province, on)
        if not places or in_sight(one.commune_now, places) or in_sight(one.commune, places)
    ]


def _does(office: Officer, one: Due) -> bool:
    if office.role not in one.doers:
        return False
    return office.role is Role.PROVINCE or in_sight(one.commune, (office,))
