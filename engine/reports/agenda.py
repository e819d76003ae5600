"""What falls due as one officer reads it: their own tasks, what others owe the same clubs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.model import Officer, Role
from engine.reports.due import Due
from engine.rules.communes import commune_key


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


def in_sight(commune: str | None, offices: Sequence[Officer]) -> bool:
    """Return whether somebody with these offices works on what concerns a commune."""
    if commune is None:
        return True
    wanted = commune_key(commune)
    return any(one.commune is None or commune_key(one.commune) == wanted for one in offices)


def _does(office: Officer, one: Due) -> bool:
    if office.role is not one.role:
        return False
    return office.role is Role.PROVINCE or in_sight(one.commune, (office,))
