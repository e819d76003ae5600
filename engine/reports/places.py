"""Communes and villages behind a count: how many have what a document wants, each place once.

How many places there are is known only from the list of units that is loaded.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.rules.communes import KINDS, Unit, commune_key, was
from engine.targets.goals import Goal
from engine.vietnamese.text import key

COMMUNES = frozenset(key(kind) for kind in KINDS)
VILLAGES = frozenset(
    key(kind)
    for kind in (
        "thôn",
        "tổ dân phố",
        "khu phố",
        "khu dân cư",
        "tổ dân cư",
        "xóm",
        "làng",
        "bản",
        "buôn",
        "ấp",
        "tiểu khu",
    )
)
NOT_KNOWN = "standard_unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """One club (commune, village) behind a count: what it adds, and why it does not count.

    ``clubs`` are those of a commune that is judged by each of them.
    """

    id: str
    name: str
    commune: str
    part: int
    whole: int
    estimated: int
    why: str | None
    fact: str | int | None
    clubs: tuple["Line", ...] = ()

    @property
    def counts(self) -> bool:
        """Return whether it counts."""
        return self.part > 0 and self.why in (None, "before_document")

    @property
    def unknown(self) -> bool:
        """Return whether it is not known if it counts."""
        return self.why == NOT_KNOWN


def communes(units: Sequence[Unit], at: date) -> list[Unit]:
    """Return the communes of the loaded list that were there on a day."""
    return [one for one in units if one.valid(at) and key(one.kind) in COMMUNES]


def villages(units: Sequence[Unit], at: date) -> list[Unit]:
    """Return the villages of the loaded list that were there on a day; most lists have none."""
    return [one for one in units if one.valid(at) and key(one.kind) in VILLAGES]


def of_all(goal: Goal, found: list[Line], units: Sequence[Unit], at: date) -> Iterator[Line]:
    """Yield a line for each commune of the list that is loaded, with or without clubs.

    A club's commune that has become another counts for what it became.
    """
    clubs: dict[str, int] = {}
    for line in found:
        now = was(units, line.name, at) or line.name
        clubs[commune_key(now)] = clubs.get(commune_key(now), 0) + int(line.fact or 0)
    for unit in communes(units, at):
        number = clubs.pop(commune_key(unit.name), 0)
        enough = number >= goal.per_commune
        yield Line(
            unit.id,
            unit.name,
            unit.name,
            int(enough),
            1,
            0,
            None if enough else "few_clubs" if number else "no_club_there",
            number,
        )
    for line in found:
        if commune_key(was(units, line.name, at) or line.name) in clubs:
            yield Line(line.id, line.name, line.name, 0, 0, 0, "not_listed", line.fact)


def to_standard(goal: Goal, clubs: list[Line], units: Sequence[Unit], at: date) -> Iterator[Line]:
    """Yield a line for each commune by how many of its clubs meet the standard (đạt chuẩn).

    Where clubs of which nothing was said could make up the number, it is not known: neither
    reached nor missed. Without a list of communes there is nothing to take a share of.
    """
    homes: dict[str, list[Line]] = {}
    named: dict[str, str] = {}
    names = _Names(units, at)
    for club in clubs:
        place = names.place(club.commune)
        homes.setdefault(place, []).append(club)
        named.setdefault(place, names.now(club.commune))
    listed = communes(units, at)
    for unit in listed:
        there = homes.pop(commune_key(unit.name), [])
        yield _judged(goal, Line(unit.id, unit.name, unit.name, 0, 1, 0, None, None), there)
    for place, there in homes.items():
        line = Line("", named[place], named[place], 0, 0, 0, "not_listed", len(there))
        yield line if listed else _judged(goal, line, there)


def _judged(goal: Goal, place: Line, clubs: list[Line]) -> Line:
    met = sum(club.part for club in clubs)
    unknown = sum(club.unknown for club in clubs)
    why = None
    if met < goal.per_commune:
        why = NOT_KNOWN if met + unknown >= goal.per_commune else "few_to_standard"
        why = why if clubs else "no_club_there"
    in_order = sorted(clubs, key=lambda one: (not one.part, one.unknown, one.name, one.id))
    return replace(place, part=int(why is None), why=why, fact=met, clubs=tuple(in_order))


def of_villages(found: list[Line], units: Sequence[Unit], at: date) -> Iterator[Line]:
    """Yield a line for each village of the loaded list, with or without a club.

    A village is found by its name, else by its name without what it is (thôn, xóm ...).
    """
    above = {unit.id: unit.name for unit in units if key(unit.kind) in COMMUNES}
    names = _Names(units, at)
    listed = [
        (unit, names.now(above.get(unit.parent or "", unit.parent or "")))
        for unit in villages(units, at)
    ]
    there, left = _matched(found, listed, names)
    for number, (unit, commune) in enumerate(listed):
        club = there.get(number)
        yield Line(
            unit.id,
            unit.name,
            commune or unit.name,
            int(club is not None),
            1,
            0,
            None if club else "no_club_there",
            club.fact if club else 0,
        )
    told = {(commune_key(commune), _village(unit.name)) for unit, commune in listed}
    for line in left:
        if (names.place(line.commune), _village(line.name)) not in told:
            yield replace(line, part=0, whole=0, why="village_not_listed")


def _matched(
    found: list[Line], listed: Sequence[tuple[Unit, str]], names: "_Names"
) -> tuple[dict[int, Line], list[Line]]:
    """Return which line stands for which village of the list, and the lines that are left."""
    there: dict[int, Line] = {}
    left = found
    for folded in (key, _village):
        waiting: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for line in left:
            waiting[names.place(line.commune), folded(line.name)].append(line)
        for number, (unit, commune) in enumerate(listed):
            lines = waiting.get((commune_key(commune), folded(unit.name)))
            if lines and number not in there:
                there[number] = lines.pop(0)
        left = [line for lines in waiting.values() for line in lines]
    return there, left


class _Names:
    """What communes are called on a day; each name is looked up once."""

    def __init__(self, units: Sequence[Unit], at: date) -> None:
        self.units = [unit for unit in units if key(unit.kind) not in VILLAGES]
        self.at = at
        self.found: dict[str, str] = {}

    def now(self, name: str) -> str:
        """Return a commune's name of that day."""
        if name not in self.found:
            self.found[name] = was(self.units, name, self.at) or name
        return self.found[name]

    def place(self, name: str) -> str:
        """Return the comparison key of a commune's name of that day."""
        return commune_key(self.now(name))


def _village(name: str) -> str:
    """Return a village's comparison key: its name without what it is."""
    folded = key(name)
    for kind in sorted(VILLAGES, key=len, reverse=True):
        if folded.startswith(f"{kind} "):
            return folded.removeprefix(f"{kind} ")
    return folded
