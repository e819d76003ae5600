"""The members a club has, as its list stands now or stood on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.model import Composition
from engine.rules.calendar import born_by
from engine.store.database import Store
from engine.vietnamese.text import name_order

SELECT_MEMBERS = (
    "SELECT m.id, p.name, m.sex, m.born, m.circumstance, p.village, p.id_number, p.phone, p.note "
    "FROM member m LEFT JOIN personal p ON p.club = m.club AND p.member = m.id "
    "WHERE m.club = ? AND m.left_on IS NULL ORDER BY m.id"
)
SELECT_ON = (
    "SELECT m.id, p.name, m.sex, m.born, m.circumstance, p.village, p.id_number, p.phone, p.note "
    "FROM member m LEFT JOIN personal p ON p.club = m.club AND p.member = m.id "
    "WHERE m.club = ? AND m.joined_on <= ? AND (m.left_on IS NULL OR m.left_on > ?) ORDER BY m.id"
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a club's list. ``name`` is ``None`` where the personal data was erased.

    ``born`` is "1950", "1950-05" or "1950-05-02"; ``circumstance`` (diện hộ) is poor, near_poor,
    difficult or ``None``.
    """

    id: str
    name: str | None
    sex: str
    born: str
    circumstance: str | None = None
    village: str | None = None
    id_number: str | None = None
    phone: str | None = None
    note: str | None = None


def active(store: Store, club: str) -> tuple[Member, ...]:
    """Return who is on the list and has not left, by id."""
    return tuple(Member(*row) for row in store.rows(SELECT_MEMBERS, (club,)))


def listed(store: Store, club: str, on: date) -> tuple[Member, ...]:
    """Return who was on the list on a day, by id."""
    at = on.isoformat()
    return tuple(Member(*row) for row in store.rows(SELECT_ON, (club, at, at)))


def in_order(members: Iterable[Member]) -> list[Member]:
    """Sort the Vietnamese way, by given name; whose name was erased comes last."""
    return sorted(members, key=lambda one: (one.name is None, name_order(one.name or ""), one.id))


def counted(members: Sequence[Member], on: date, elderly_age: int) -> Composition:
    """Count members as the database does, for a list that is not stored yet."""
    limit = born_by(elderly_age, on)
    elderly = [one for one in members if one.born <= limit]
    return Composition(
        members=len(members),
        women=sum(one.sex == "F" for one in members),
        elderly=len(elderly),
        young=len(members) - len(elderly),
        poor=sum(one.circumstance == "poor" for one in members),
        near_poor=sum(one.circumstance == "near_poor" for one in members),
        difficult=sum(one.circumstance == "difficult" for one in members),
        elderly_women=sum(one.sex == "F" for one in elderly),
        estimated=sum(len(one.born) < 10 and one.born == limit[: len(one.born)] for one in members),
        elderly_age=elderly_age,
    )
