"""From a goal to its count: the facts its measure needs, the totals, and the clubs behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.policy.effective import Rules
from engine.reports import homes, places, standing
from engine.reports.measures import QUERIES, TOTAL
from engine.reports.places import Line
from engine.rules.calendar import add_months
from engine.rules.communes import commune_key
from engine.store import facts as facts_of
from engine.store.database import Row, Store
from engine.store.facts import born_by
from engine.targets.arithmetic import Count
from engine.targets.goals import Goal
from engine.targets.measures import MEASURES

LONG_AGO, FAR_AHEAD = "0001-01-01", "9999-12-31"
FUNDS = ("income", "operating")
LINE_BY_LINE = (
    "clubs_maintained",
    "communes_with_clubs",
    "communes_with_clubs_to_standard",
)
"""Measures whose rows are looked at one by one, not only summed."""


@dataclass(frozen=True, slots=True)
class Used:
    """A fact a count was made with: the policy key, its value and its article.

    ``source`` is ``None`` where the general procedure, or nothing, stands behind it.
    """

    key: str
    value: Any
    source: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a goal's measure found on ``at``.

    ``estimated`` of the part rest on a birth year alone; ``marked`` clubs count but are older than
    the document. ``count.part`` is ``None`` where the records cannot tell.
    """

    count: Count
    at: date
    estimated: int = 0
    marked: int = 0
    used: tuple[Used, ...] = ()


def last_day(goal: Goal, on: date) -> date:
    """Return the day a goal is looked at: the day asked about, at most its period's last."""
    return on if goal.target.end is None else min(on, goal.target.end)


def count(store: Store, rules: Rules, province: str, goal: Goal, on: date) -> Counted:
    """Count what a goal asks for, as of ``on`` (or the goal's last day, if that is earlier)."""
    at = last_day(goal, on)
    facts = _facts(rules, goal, at)
    if facts is None or on < goal.target.start:
        return Counted(Count(), at)
    values, used = facts
    if goal.communes or _by_line(store, province, goal, at):
        lines = list(_lines(store, province, goal, values, at))
        part, estimated = sum(line.part for line in lines if line.counts), 0
        whole = sum(line.whole for line in lines)
        unknown = sum(line.unknown for line in lines)
        marked = sum(line.why == "before_document" for line in lines)
    else:
        query = QUERIES[goal.measure]
        row = store.row(TOTAL.format(query.sql), _in_order(query.needs, province, values))
        part, whole, estimated, marked = (int(one or 0) for one in row or (0, 0, 0, 0))
        unknown = 0
    has_whole = MEASURES[goal.measure].whole and whole > 0
    counts = Count(part, whole if has_whole else None, unknown)
    return Counted(counts, at, estimated, marked, used)


def _by_line(store: Store, province: str, goal: Goal, at: date) -> bool:
    """Return whether the rows are looked at one by one: only where the sums alone cannot tell."""
    if goal.measure == "clubs_maintained":
        return bool(standing.suspended(store, province, at.isoformat()))
    if goal.measure == "villages_with_clubs":
        return bool(places.villages(facts_of.units(store, province), at))
    return goal.measure in LINE_BY_LINE


def lines(store: Store, rules: Rules, province: str, goal: Goal, on: date) -> list[Line]:
    """Return every club (commune, village) a goal's measure looked at, those that count first."""
    facts = _facts(rules, goal, last_day(goal, on))
    if facts is None or on < goal.target.start:
        return []
    found = list(_lines(store, province, goal, facts[0], last_day(goal, on)))
    return sorted(found, key=lambda line: (not line.counts, line.commune, line.name, line.id))


def _lines(
    store: Store, province: str, goal: Goal, values: dict[str, Any], at: date
) -> Iterator[Line]:
    query = QUERIES[goal.measure]
    rows = store.stream_rows(query.sql, _in_order(query.needs, province, values))
    found = (_line(row) for row in rows)
    if goal.communes:
        return _by_name(goal, list(found), _homes(store, province))
    if goal.measure == "clubs_maintained":
        return _without(found, standing.suspended(store, province, values["at"]))
    if goal.measure == "communes_with_clubs":
        units = facts_of.units(store, province)
        if places.communes(units, at):
            return places.of_all(goal, list(found), units, at)
    if goal.measure == "communes_with_clubs_to_standard":
        return places.to_standard(goal, list(found), facts_of.units(store, province), at)
    if goal.measure == "villages_with_clubs":
        units = facts_of.units(store, province)
        if places.villages(units, at):
            return places.of_villages(list(found), units, at)
    return found


def _line(row: Row) -> Line:
    id_, name, commune, part, whole, estimated, why, fact = row
    return Line(
        str(id_), str(name), str(commune), int(part), int(whole or 0), int(estimated), why, fact
    )


def _without(found: Iterator[Line], suspended: frozenset[str]) -> Iterator[Line]:
    for line in found:
        if line.id in suspended and line.counts:
            yield Line(line.id, line.name, line.commune, 0, line.whole, 0, "suspended", line.fact)
        else:
            yield line


def _by_name(goal: Goal, clubs: list[Line], decided_in: dict[str, str]) -> Iterator[Line]:
    """Yield a line for each named commune, each once, then the clubs of communes not named."""
    wanted = {commune_key(name): name for name in goal.communes}
    by_commune: dict[str, list[Line]] = {}
    for line in sorted(clubs, key=lambda one: (str(one.fact), one.id)):
        by_commune.setdefault(commune_key(decided_in.get(line.id, line.commune)), []).append(line)
    for folded, name in wanted.items():
        there = by_commune.get(folded, [])
        if there:
            first = there[0]
            yield Line(first.id, first.name, name, 1, 0, 0, first.why, first.fact)
        else:
            yield Line("", name, name, 0, 0, 0, "no_club", None)
    for folded, others in by_commune.items():
        if folded not in wanted:
            for one in others:
                yield Line(one.id, one.name, one.commune, 0, 0, 0, "not_named", one.fact)


def _homes(store: Store, province: str) -> dict[str, str]:
    """Return the commune that clubs moved since were in on the day of their decision."""
    moved = homes.of_moved(store, province)
    return {club: one.on(one.decided_on) for club, one in moved.items() if one.decided_on}


def _in_order(needs: tuple[str, ...], province: str, values: dict[str, Any]) -> tuple[Any, ...]:
    given = {**values, "province": province}
    return tuple(given[name] for name in needs)


def _facts(rules: Rules, goal: Goal, at: date) -> tuple[dict[str, Any], tuple[Used, ...]] | None:
    """Return what the goal's query is to be given, and the policy values among it.

    ``None`` where the records or the documents do not let the measure be told.
    """
    if not MEASURES[goal.measure].known:
        return None
    start = goal.target.start
    values: dict[str, Any] = {
        "from": start.isoformat(),
        "at": at.isoformat(),
        "ever": LONG_AGO,
        "stated_from": goal.stated_from.isoformat(),
        "cohort_from": goal.cohort[0].isoformat() if goal.cohort else LONG_AGO,
        "cohort_to": goal.cohort[1].isoformat() if goal.cohort else FAR_AHEAD,
        "per_commune": goal.per_commune,
    }
    used: tuple[Used, ...] = ()
    needs = frozenset(QUERIES[goal.measure].needs)
    if "limit" in needs:
        age = rules.rule("membership.elderly_age", at)
        assert age is not None, "the general procedure states an age for every day"
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
        values["trained_since"] = add_months(at, -months).isoformat()
        used = (Used("training.refresher", months, refresher.source),)
    if "activities_count" in needs:
        used = (_activities(rules, at),)
        values["activities_count"] = used[0].value
    if "income_asked" in needs:
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
    listed = rules.rule("activities.list", at)
    assert listed is not None, "the general procedure lists activities"
    return Used("activities.list", len(listed.value), listed.citation)


def _funds(rules: Rules, at: date, values: dict[str, Any]) -> tuple[Used, ...]:
    kinds, charter = rules.stated("fund.kinds", at), rules.stated("fund.regulation", at)
    asked = kinds.value if kinds.status == "value" else FUNDS
    for fund in FUNDS:
        values[f"{fund}_asked"] = int(fund in asked)
    values["charter_asked"] = int(charter.status == "value" and charter.value)
    return (
        Used("fund.kinds", asked, kinds.source),
        Used("fund.regulation", charter.value, charter.source),
    )
