"""The members on a club's list, now or on a day: read, sorted, counted."""

from collections.abc import Iterable, Sequence
from datetime import date

from engine.lifecycle.people import Member
from engine.model import Club, Composition
from engine.rules.calendar import born_by
from engine.store.database import Store
from engine.store.facts import named
from engine.vietnamese.text import name_order

SELECT = (
    "SELECT coalesce(p.name, ''), m.sex, m.born, m.circumstance, p.village, p.id_number, p.phone, "
    "p.note, m.id FROM member m LEFT JOIN personal p ON p.club = m.club "
    "AND p.province = m.province AND p.member = m.id "
)
SELECT_ACTIVE = f"{SELECT}WHERE m.club = ? AND m.province = ? AND m.left_on IS NULL ORDER BY m.id"
SELECT_ELSEWHERE = (
    "SELECT p.id_number, c.id, c.name, c.commune FROM personal p "
    "JOIN member m ON m.club = p.club AND m.province = p.province AND m.id = p.member "
    "AND m.left_on IS NULL "
    "JOIN club c ON c.id = p.club WHERE p.province = ? AND p.club <> ? AND p.id_number IN ({marks})"
)
_AT_ONCE = 500
SELECT_ON = (
    f"{SELECT}WHERE m.club = ? AND m.province = ? AND m.joined_on <= ? "
    "AND (m.left_on IS NULL OR m.left_on > ?) ORDER BY m.id"
)


def active(store: Store, club: Club) -> tuple[Member, ...]:
    """Return who is on the list and has not left, by id."""
    return tuple(Member(*row) for row in store.rows(SELECT_ACTIVE, named(club)))


def listed(store: Store, club: Club, on: date) -> tuple[Member, ...]:
    """Return who was on the list on a day, by id."""
    at = on.isoformat()
    return tuple(Member(*row) for row in store.rows(SELECT_ON, (*named(club), at, at)))


def elsewhere(store: Store, club: Club, numbers: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Return who of some identity numbers is in another club of the province now.

    Each is the number, that club's id, its name and its commune.
    """
    found: list[tuple[str, str, str, str]] = []
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        query = SELECT_ELSEWHERE.format(marks=", ".join("?" * len(some)))
        found += store.rows(query, (club.province, club.id, *some))
    return found


def in_order(members: Iterable[Member]) -> list[Member]:
    """Sort the Vietnamese way, by given name; whose name was erased comes last."""
    return sorted(members, key=lambda one: (not one.name, name_order(one.name), one.id))


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
