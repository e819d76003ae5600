"""From a goal to its count: the facts its measure needs, the totals, and the clubs behind them.

How many communes and villages there are is known only from the list of units that is loaded; each
place counts once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.lifecycle.history import commune_histories, suspended_on
from engine.model import FundKind
from engine.policy.effective import Rules
from engine.reports.queries import bound
from engine.rules.calendar import add_months, born_by
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
from engine.store import facts as facts_of
from engine.store.database import Row, Store
from engine.targets.goals import Goal
from engine.targets.measures import MEASURES, Completion
from engine.targets.progress import Count
from engine.vietnamese.text import in_order, key

TOTAL = (
    "SELECT sum(part), sum(whole), sum(estimated), "
    "sum(CASE WHEN why = 'before_document' THEN 1 ELSE 0 END) FROM ({}) AS counted"
)
LONG_AGO, FAR_AHEAD = "0001-01-01", "9999-12-31"
COMMUNES = frozenset(key(kind) for kind in KINDS)
VILLAGES = frozenset(key(kind) for kind in VILLAGE_KINDS)
STANDARD_UNKNOWN = "standard_unknown"


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
        return self.part > 0 and self.why in (None, "before_document")

    @property
    def unknown(self) -> bool:
        """Return whether it is not known if it counts."""
        return self.why == STANDARD_UNKNOWN


@dataclass(frozen=True, slots=True)
class Used:
    """A fact a count was made with: the policy key, its value and its article.

    ``source`` is ``None`` where only the general procedure, or nothing, has it.
    """

    key: str
    value: Any
    source: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a goal's measure found on ``at``.

    ``estimated`` of the part rest on a birth year alone; ``marked`` clubs count but are older than
    the document. ``count.part`` is ``None`` where the records do not have it.
    """

    count: Count
    at: date
    estimated: int = 0
    marked: int = 0
    used: tuple[Used, ...] = ()


def last_day(goal: Goal, on: date) -> date:
    """Return the day a goal is counted on: the day asked about, at most its period's last."""
    return on if goal.target.end is None else min(on, goal.target.end)


def count(store: Store, rules: Rules, province: str, goal: Goal, on: date) -> Counted:
    """Count what a goal asks for, as of ``on`` (or the goal's last day, if that is earlier)."""
    at = last_day(goal, on)
    facts = _facts(rules, province, goal, at)
    if facts is None or on < goal.target.start:
        return Counted(Count(), at)
    values, used = facts
    if goal.communes or _completed(store, province, goal, at):
        rows = list(_rows(store, province, goal, values, at))
        part, estimated = sum(row.part for row in rows if row.counts), 0
        whole = sum(row.whole for row in rows)
        unknown = sum(row.unknown for row in rows)
        marked = sum(row.why == "before_document" for row in rows)
    else:
        totals = store.row(*bound(TOTAL.format(MEASURES[goal.measure].sql), values))
        part, whole, estimated, marked = (int(one or 0) for one in totals or (0, 0, 0, 0))
        unknown = 0
    has_whole = MEASURES[goal.measure].whole and whole > 0
    counts = Count(part, whole if has_whole else None, unknown)
    return Counted(counts, at, estimated, marked, used)


def _completed(store: Store, province: str, goal: Goal, at: date) -> bool:
    """Return whether the rows are completed one by one: only where their sums are not enough."""
    completion = MEASURES[goal.measure].completion
    if completion is Completion.SUSPENDED:
        return bool(suspended_on(store, province, at.isoformat()))
    return completion is not None


def counted_rows(
    store: Store, rules: Rules, province: str, goal: Goal, on: date
) -> list[CountedRow]:
    """Return every club (commune, village) a goal's measure reads, those that count first."""
    at = last_day(goal, on)
    facts = _facts(rules, province, goal, at)
    if facts is None or on < goal.target.start:
        return []
    found = list(_rows(store, province, goal, facts[0], at))
    return [
        row
        for counts in (True, False)
        for row in in_order(
            (one for one in found if one.counts is counts),
            lambda one: one.commune,
            lambda one: one.name,
            lambda one: one.id,
        )
    ]


def _rows(
    store: Store, province: str, goal: Goal, values: Mapping[str, Any], at: date
) -> Iterator[CountedRow]:
    measure = MEASURES[goal.measure]
    assert measure.sql is not None, "a measure without a query has no facts"
    found = (_row(row) for row in store.stream_rows(*bound(measure.sql, values)))
    if goal.communes:
        return _by_name(goal, list(found), _communes_when_decided(store, province))
    if measure.completion is Completion.SUSPENDED:
        return _without(found, suspended_on(store, province, at.isoformat()))
    if measure.completion is None:
        return found
    units, rows = facts_of.units(store, province), list(found)
    if measure.completion is Completion.STANDARD:
        return _to_standard(goal, rows, units, at)
    if measure.completion is Completion.COMMUNES:
        return _all_communes(goal, rows, units, at)
    if villages(units, at):
        return _all_villages(rows, units, at)
    return _each_village(rows)


def _row(row: Row) -> CountedRow:
    id_, name, commune, part, whole, estimated, why, fact = row
    return CountedRow(
        str(id_), str(name), str(commune), int(part), int(whole or 0), int(estimated), why, fact
    )


def _without(found: Iterator[CountedRow], suspended: frozenset[str]) -> Iterator[CountedRow]:
    for row in found:
        if row.id in suspended and row.counts:
            yield CountedRow(row.id, row.name, row.commune, 0, row.whole, 0, "suspended", row.fact)
        else:
            yield row


def _by_name(
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


def _communes_when_decided(store: Store, province: str) -> dict[str, str]:
    """Return the commune that clubs moved since were in on the day of their decision."""
    moved = commune_histories(store, province)
    return {club: one.on(one.decided_on) for club, one in moved.items() if one.decided_on}


def _facts(
    rules: Rules, province: str, goal: Goal, at: date
) -> tuple[dict[str, Any], tuple[Used, ...]] | None:
    """Return the facts the goal's query is run with, and the policy values among them.

    ``None`` where the records or the documents do not have what the measure counts.
    """
    needs = MEASURES[goal.measure].facts
    if not needs:
        return None
    values: dict[str, Any] = {
        "province": province,
        "from": goal.target.start.isoformat(),
        "at": at.isoformat(),
        "ever": LONG_AGO,
        "stated_from": goal.stated_from.isoformat(),
        "cohort_from": goal.cohort[0].isoformat() if goal.cohort else LONG_AGO,
        "cohort_to": goal.cohort[1].isoformat() if goal.cohort else FAR_AHEAD,
        "per_commune": goal.per_commune,
    }
    used: tuple[Used, ...] = ()
    if "limit" in needs:
        age = rules.needed("membership.elderly_age", at)
        limit = born_by(int(age.value), at)
        values |= {"limit": limit, "limit_year": limit[:4], "limit_month": limit[:7]}
        used = (Used("membership.elderly_age", age.value, age.citation),)
    if "funds_source" in needs:
        grant = rules.stated("grant.establishment", at)
        values["funds_source"] = grant.extra.get("funds_source", "province_budget")
        used = (Used("grant.establishment", grant.value, grant.source),)
    if "kind_counts" in needs:
        used = _borrowing(rules, goal, at, values)
    if "trained_since" in needs:
        refresher = rules.stated("training.refresher", at)
        months = refresher.value["months"] if refresher.status == "value" else 12
        since = add_months(at, -months)
        if refresher.start is not None and refresher.start >= since:
            since = date.min  # asked for since less than one interval: nobody can be late yet
        values["trained_since"] = since.isoformat()
        used = (Used("training.refresher", months, refresher.source),)
    if "activities_count" in needs:
        wanted = _activities(rules, at)
        used = (*used, wanted)
        values["activities_count"] = wanted.value
    if "charter_asked" in needs:
        used = _funds(rules, at, values)
    if "fund_minimum" in needs:
        minimum = rules.stated("fund.income_minimum", at)
        if minimum.status != "value":
            return None
        values["fund_minimum"] = minimum.value
        used = (Used("fund.income_minimum", minimum.value, minimum.source),)
    return values, used


def _borrowing(rules: Rules, goal: Goal, at: date, values: dict[str, Any]) -> tuple[Used, ...]:
    """Fill in whose borrowing counts, and out of whom."""
    stated = rules.stated("indicator.borrowers_share", at)
    terms: Mapping[str, Any] = stated.value if stated.status == "value" else {}
    if goal.measure == "members_who_borrowed":
        terms = goal.value
    values["borrowers_asked"] = int(bool(terms))
    values["borrowers_percent"] = terms.get("min", 0)
    values["of_need"] = int(terms.get("of") == "members_with_need")
    values["kind_counts"] = int(terms.get("counts") == "cash_or_kind")
    source = goal.source if goal.measure == "members_who_borrowed" else stated.source
    return (Used("indicator.borrowers_share", terms or None, source),)


def _activities(rules: Rules, at: date) -> Used:
    stated = rules.rule("activities.count", at)
    if stated is not None:
        return Used("activities.count", int(stated.value), stated.citation)
    listed = rules.needed("activities.list", at)
    return Used("activities.list", len(listed.value), listed.citation)


def _funds(rules: Rules, at: date, values: dict[str, Any]) -> tuple[Used, ...]:
    kinds, charter = rules.stated("fund.kinds", at), rules.stated("fund.regulation", at)
    asked = kinds.value if kinds.status == "value" else tuple(fund.value for fund in FundKind)
    for fund in FundKind:
        values[f"{fund}_asked"] = int(fund in asked)
    values["charter_asked"] = int(charter.status == "value" and charter.value)
    return (
        Used("fund.kinds", asked, kinds.source),
        Used("fund.regulation", charter.value, charter.source),
    )


def communes(units: Sequence[Unit], at: date) -> list[Unit]:
    """Return the communes of the loaded list that were there on a day."""
    return [one for one in units if one.valid(at) and key(one.kind) in COMMUNES]


def villages(units: Sequence[Unit], at: date) -> list[Unit]:
    """Return the villages of the loaded list that were there on a day; most lists have none."""
    return [one for one in units if one.valid(at) and key(one.kind) in VILLAGES]


def _all_communes(
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


def _to_standard(
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


def _all_villages(found: list[CountedRow], units: Sequence[Unit], at: date) -> Iterator[CountedRow]:
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


def _each_village(found: list[CountedRow]) -> Iterator[CountedRow]:
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
