"""Officers, boards, members without their names, and how a club is made up."""

from dataclasses import dataclass
from datetime import date

from engine.model.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts. ``commune`` is set for association and committee, ``None`` for the province."""

    id: str
    name: str
    role: Role
    province: str
    commune: str | None = None
    commune_id: str | None = None


@dataclass(frozen=True, slots=True)
class BoardPost:
    """One post of the club's board (Ban Chủ nhiệm). ``person`` is a member's id."""

    post: str
    person: str
    since: date


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One member coming, changing or leaving. No name, number or address: see ``commit``.

    ``born`` is ``1950``, ``1950-05`` or ``1950-05-02``. ``commit`` is the SHA-256 of a salt and
    the identity that is kept apart from the log, so that it can be erased.
    """

    op: str  # add, edit, leave
    member: str
    sex: str | None = None
    born: str | None = None
    circumstance: str | None = None
    joined_on: date | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """How many members of each kind a club has on a day.

    ``young`` are those who are not elderly. ``estimated`` of the elderly are counted as such from a
    birth year (or month) that leaves it open. ``elderly_age`` is the age the count used.
    """

    members: int = 0
    women: int = 0
    elderly: int = 0
    young: int = 0
    poor: int = 0
    near_poor: int = 0
    difficult: int = 0
    elderly_women: int = 0
    estimated: int = 0
    elderly_age: int | None = None
