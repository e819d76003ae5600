"""From the rows of a count to its places: a row for each commune, village or district.

How many communes and villages there are is known only from the list of units that is loaded; each
place counts once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.rules.communes import (
    KINDS,
    VILLAGE_KINDS,
    Unit,
    commune_key,
    full_name,
    place_keys,
    same_commune,
    was,
)
from engine.rules.unit_classes import UnitClasses
from engine.targets.goals import Goal
from engine.vietnamese.text import in_order, key

COMMUNES = frozenset(key(kind) for kind in KINDS)
VILLAGES = frozenset(key(kind) for kind in VILLAGE_KINDS)
STANDARD_UNKNOWN = "standard_unknown"
MARKED = frozenset({None, "before_document", "by_book", "by_meetings"})
"""Why a row may be marked and counts all the same."""


@dataclass(frozen=True, slots=True)
class CountedRow:
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
    clubs: tuple["CountedRow", ...] = ()

    @property
    def counts(self) -> bool:
        """Return whether it counts."""
        return self.part > 0 and self.why in MARKED

    @property
    def unknown(self) -> bool:
        """Return whether it is not known if it counts."""
        return self.why == STANDARD_UNKNOWN


def without(found: Iterator[CountedRow], suspended: frozenset[str]) -> Iterator[CountedRow]:
    for row in found:
        if row.id in suspended and row.counts:
            yield CountedRow(row.id, row.name, row.commune, 0, row.whole, 0, "suspended", row.fact)
        else:
            yield row


def by_name(
    goal: Goal, clubs: list[CountedRow], decided_in: dict[str, str]
) -> Iterator[CountedRow]:
    """Yield a row for each named commune, each once, then the clubs of communes not named."""
    left: dict[str, list[CountedRow]] = {}
    for row in sorted(clubs, key=lambda one: (str(one.fact), one.id)):
        left.setdefault(decided_in.get(row.id, row.commune), []).append(row)
    for name in goal.communes:
        there = [
            row
            for commune in list(left)
            if same_commune(commune, name)
            for row in left.pop(commune)
        ]
        if there:
            first = min(there, key=lambda one: (str(one.fact), one.id))
            yield CountedRow(first.id, first.name, name, 1, 0, 0, first.why, first.fact)
        else:
            yield CountedRow("", name, name, 0, 0, 0, "no_club", None)
    for others in left.values():
        for one in others:
            yield CountedRow(one.id, one.name, one.commune, 0, 0, 0, "not_named", one.fact)


def communes(units: Sequence[Unit], at: date) -> list[Unit]:
    """Return the communes of the loaded list that were there on a day."""
    return [one for one in units if one.valid(at) and key(one.kind) in COMMUNES]


def villages(units: Sequence[Unit], at: date) -> list[Unit]:
    """Return the villages of the loaded list that were there on a day; most lists have none."""
    return [one for one in units if one.valid(at) and key(one.kind) in VILLAGES]


def all_communes(
    goal: Goal, found: list[CountedRow], units: Sequence[Unit], at: date
) -> Iterator[CountedRow]:
    """Yield a row for each commune, with or without clubs where a list of communes is loaded.

    A club's commune that has become another counts for what it became.
    """
    listed, places = communes(units, at), _Places(units, at, found)
    clubs: dict[str, list[CountedRow]] = defaultdict(list)
    for row in found:
        clubs[places.of(row.commune)].append(row)
    for unit in listed:
        there = clubs.pop(places.of(full_name(unit)), [])
        yield _enough(goal, CountedRow(unit.id, unit.name, unit.name, 0, 1, 0, None, 0), there)
    for place, there in clubs.items():
        name = places.now(there[0].commune)
        if not listed:
            yield _enough(goal, CountedRow(place, name, name, 0, 0, 0, None, 0), there)
        else:
            number = sum(int(row.fact or 0) for row in there)
            yield CountedRow(place, name, name, 0, 0, 0, "not_listed", number)


def _enough(goal: Goal, place: CountedRow, there: list[CountedRow]) -> CountedRow:
    """Return a commune's row with whether it has the wanted number of clubs."""
    number = sum(int(row.fact or 0) for row in there)
    enough = number >= goal.per_commune
    why = None if enough else "few_clubs" if number else "no_club_there"
    return replace(place, part=int(enough), why=why, fact=number)


def to_standard(
    goal: Goal, clubs: list[CountedRow], units: Sequence[Unit], at: date
) -> Iterator[CountedRow]:
    """Yield a row for each commune by how many of its clubs meet the standard (đạt chuẩn).

    Where clubs of which nothing is recorded could make up the number, it is not known: neither
    reached nor missed. Without a list of communes there is nothing to take a share of.
    """
    by_place: dict[str, list[CountedRow]] = {}
    named: dict[str, str] = {}
    places = _Places(units, at, clubs)
    for club in clubs:
        place = places.of(club.commune)
        by_place.setdefault(place, []).append(club)
        named.setdefault(place, places.now(club.commune))
    listed = communes(units, at)
    for unit in listed:
        there = by_place.pop(places.of(full_name(unit)), [])
        yield _judged(goal, CountedRow(unit.id, unit.name, unit.name, 0, 1, 0, None, None), there)
    for place, there in by_place.items():
        row = CountedRow("", named[place], named[place], 0, 0, 0, "not_listed", len(there))
        yield row if listed else _judged(goal, row, there)


def _judged(goal: Goal, place: CountedRow, clubs: list[CountedRow]) -> CountedRow:
    met = sum(club.part for club in clubs)
    unknown = sum(club.unknown for club in clubs)
    why = None
    if met < goal.per_commune:
        why = STANDARD_UNKNOWN if met + unknown >= goal.per_commune else "few_to_standard"
        why = why if clubs else "no_club_there"
    named = in_order(clubs, lambda one: one.name, lambda one: one.id)
    named.sort(key=lambda one: (not one.part, one.unknown))
    return replace(place, part=int(why is None), why=why, fact=met, clubs=tuple(named))


def all_villages(found: list[CountedRow], units: Sequence[Unit], at: date) -> Iterator[CountedRow]:
    """Yield a row for each village of the loaded list, with or without a club.

    A village is found by its name, else by its name without what it is (thôn, xóm ...).
    """
    above = {unit.id: full_name(unit) for unit in units if key(unit.kind) in COMMUNES}
    places = _Places(units, at, found)
    listed = [
        (unit, places.now(above.get(unit.parent or "", unit.parent or "")))
        for unit in villages(units, at)
    ]
    there, left = _matched(found, listed, places)
    for number, (unit, commune) in enumerate(listed):
        club = there.get(number)
        yield CountedRow(
            unit.id,
            unit.name,
            commune or unit.name,
            int(club is not None),
            1,
            0,
            None if club else "no_club_there",
            club.fact if club else 0,
        )
    known = {(places.of(commune), _village(unit.name)) for unit, commune in listed}
    for row in left:
        if (places.of(row.commune), _village(row.name)) not in known:
            yield replace(row, part=0, whole=0, why="village_not_listed")


def each_village(found: list[CountedRow]) -> Iterator[CountedRow]:
    """Yield a row for each village with a club, however its commune is written."""
    there: dict[tuple[str, str], CountedRow] = {}
    places = place_keys(row.commune for row in found)
    for row in found:
        place = places[row.commune], row.id
        before = there.get(place)
        number = int(row.fact or 0) + int((before and before.fact) or 0)
        there[place] = replace(before or row, id="/".join(place), fact=number)
    yield from there.values()


def _matched(
    found: list[CountedRow], listed: Sequence[tuple[Unit, str]], places: "_Places"
) -> tuple[dict[int, CountedRow], list[CountedRow]]:
    """Return the row of each village of the list, by its place there, and the rows left."""
    there: dict[int, CountedRow] = {}
    left = found
    for folded in (key, _village):
        waiting: dict[tuple[str, str], list[CountedRow]] = defaultdict(list)
        for row in left:
            waiting[places.of(row.commune), folded(row.name)].append(row)
        for number, (unit, commune) in enumerate(listed):
            rows = waiting.get((places.of(commune), folded(unit.name)))
            if rows and number not in there:
                there[number] = rows.pop(0)
        left = [row for rows in waiting.values() for row in rows]
    return there, left


def known_places(goal: Goal, classes: UnitClasses) -> bool:
    """Return whether it is known which communes and districts a province's own measure means."""
    places = goal.measure.places
    return classes.known(places.classes) and (places.of != "districts" or bool(classes.districts))


def own_places(
    goal: Goal, clubs: list[CountedRow], units: Sequence[Unit], classes: UnitClasses, at: date
) -> Iterator[CountedRow]:
    """Yield the rows of a province's own measure: clubs of its classes, or a row a place.

    A place counts by how many of its clubs do; one of another class has no row.
    """
    wanted, places = goal.measure.places, _Places(units, at, clubs)
    meant: list[CountedRow] = []
    for club in clubs:
        if any(classes.is_of(one, wanted.classes) for one in places.names(club.commune)):
            meant.append(club)
        else:
            yield replace(club, part=0, whole=0, estimated=0, why="other_class")
    if wanted.of is None:
        yield from meant
    elif wanted.of == "communes":
        names = [full_name(unit) for unit in communes(units, at)]
        if names:
            names = [one for one in names if classes.is_of(one, wanted.classes)]
        else:
            names = [name for one in wanted.classes for name in classes.classes.get(one, ())]
        listed = {places.of(one): one for one in names}
        yield from _by_place(goal, meant, listed, lambda one: places.of(one.commune))
    else:
        listed = {one: one for one in classes.districts}
        yield from _by_place(goal, meant, listed, lambda one: _district(one, classes, places))


def _district(club: CountedRow, classes: UnitClasses, places: "_Places") -> str | None:
    found = (classes.district(one) for one in places.names(club.commune))
    return next(filter(None, found), None)


def _by_place(
    goal: Goal,
    clubs: Iterable[CountedRow],
    listed: Mapping[str, str],
    place_of: Callable[[CountedRow], str | None],
) -> Iterator[CountedRow]:
    """Yield a row for each listed place, by its key, and for each other with a club."""
    there: dict[str | None, list[CountedRow]] = defaultdict(list)
    for club in clubs:
        there[place_of(club)].append(club)
    for key_, name in listed.items():
        yield _in_range(goal, name, there.pop(key_, []), 1)
    for place, left in there.items():
        if place is None or listed:
            why = "not_listed" if place else "no_district"
            yield from (replace(one, part=0, whole=0, why=why) for one in left)
        else:
            yield _in_range(goal, left[0].commune, left, 0)


def _in_range(goal: Goal, name: str, clubs: Sequence[CountedRow], whole: int) -> CountedRow:
    """Return the row of a place with whether as many of its clubs count as are asked for."""
    places = goal.measure.places
    number = sum(one.counts for one in clubs)
    why = None
    if number < places.low:
        why = "few_clubs" if clubs else "no_club_there"
    elif places.high is not None and number > places.high:
        why = "many_clubs"
    return CountedRow("", name, name, int(why is None), whole, 0, why, number)


class _Places:
    """The communes of a list and of clubs on a day: what each is called, and which are one."""

    def __init__(self, units: Sequence[Unit], at: date, found: Iterable[CountedRow]) -> None:
        self.units = [unit for unit in units if key(unit.kind) not in VILLAGES]
        self.at = at
        self.found: dict[str, str] = {}
        listed = (full_name(unit) for unit in communes(units, at))
        self.keys = place_keys((*listed, *(self.now(row.commune) for row in found)))

    def now(self, name: str) -> str:
        """Return a commune's name of that day; each name is searched once."""
        if name not in self.found:
            self.found[name] = was(self.units, name, self.at) or name
        return self.found[name]

    def names(self, name: str) -> tuple[str, ...]:
        """Return a commune's name of that day, and the one it is written with, if another."""
        return tuple(dict.fromkeys((self.now(name), name)))

    def of(self, name: str) -> str:
        """Return the comparison key of what a commune is called on that day."""
        now = self.now(name)
        return self.keys[now] if now in self.keys else commune_key(now)


def _village(name: str) -> str:
    """Return a village's comparison key: its name without what it is."""
    folded = key(name)
    for kind in sorted(VILLAGES, key=len, reverse=True):
        if folded.startswith(f"{kind} "):
            return folded.removeprefix(f"{kind} ")
    return folded
