"""From a goal to its count: the facts its measure needs, the totals, and the clubs behind them.

Rows for places are made of those of the clubs in ``completing``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.lifecycle.commune_history import commune_histories
from engine.lifecycle.history import suspended_on
from engine.model import OWN_PREFIX, FundKind
from engine.policy.effective import Rules
from engine.reports.completing import (
    CountedRow,
    all_communes,
    all_villages,
    by_name,
    each_village,
    known_places,
    own_places,
    to_standard,
    villages,
    without,
)
from engine.reports.own_figures import counted_by_fields
from engine.reports.queries import bound
from engine.rules.calendar import add_months, born_by
from engine.rules.unit_classes import UnitClasses
from engine.store import facts as facts_of
from engine.store.database import Row, Store
from engine.targets.goals import Goal
from engine.targets.measure import Completion
from engine.targets.progress import Count
from engine.targets.query_parts import ID_WIDTH
from engine.vietnamese.text import in_order

TOTAL = (
    "SELECT sum(part), sum(whole), sum(estimated), "
    "sum(CASE WHEN why = 'before_document' THEN 1 ELSE 0 END) FROM ({}) AS counted"
)
LONG_AGO, FAR_AHEAD = "0001-01-01", "9999-12-31"


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


def last_in_force(goal: Goal, on: date) -> date:
    """Return the day asked about, or the last one before something took the goal's place."""
    after = goal.replaced_by(on)
    return after.day - timedelta(days=1) if after else on


def last_day(goal: Goal, on: date) -> date:
    """Return the day a goal is counted on: its last in force, at most its period's last."""
    held = last_in_force(goal, on)
    return held if goal.target.end is None else min(held, goal.target.end)


def count(store: Store, rules: Rules, province: str, goal: Goal, on: date) -> Counted:
    """Count what a goal asks for, as of ``on`` (or the goal's last day, if that is earlier)."""
    at = last_day(goal, on)
    facts = _facts(rules, province, goal, at)
    if facts is None or on < goal.target.start:
        return Counted(Count(), at)
    values, used = facts
    if goal.measure.completion is Completion.OWN:
        classes = UnitClasses(rules, facts_of.units(store, province), at)
        if not known_places(goal, classes):
            return Counted(Count(), at)
    if goal.communes or goal.measure.own.fields or _completed(store, province, goal, at):
        rows = list(_rows(store, rules, province, goal, values, at))
        part, estimated = sum(row.part for row in rows if row.counts), 0
        whole = sum(row.whole for row in rows)
        unknown = sum(row.unknown for row in rows)
        marked = sum(row.why == "before_document" for row in rows)
    else:
        totals = store.row(*bound(store, TOTAL.format(goal.measure.sql), values))
        part, whole, estimated, marked = (int(one or 0) for one in totals or (0, 0, 0, 0))
        unknown = 0
    has_whole = goal.measure.whole and whole > 0
    counts = Count(part, whole if has_whole else None, unknown)
    return Counted(counts, at, estimated, marked, used)


def _completed(store: Store, province: str, goal: Goal, at: date) -> bool:
    """Return whether the rows are completed one by one: only where their sums are not enough."""
    completion = goal.measure.completion
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
    found = list(_rows(store, rules, province, goal, facts[0], at))
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
    store: Store, rules: Rules, province: str, goal: Goal, values: Mapping[str, Any], at: date
) -> Iterator[CountedRow]:
    measure = goal.measure
    assert measure.sql is not None, "a measure without a query has no facts"
    found: Iterator[CountedRow] = map(_row, store.stream_rows(*bound(store, measure.sql, values)))
    if measure.own.fields:
        found = counted_by_fields(store, rules, province, goal, list(found), at)
    return _placed(store, rules, province, goal, found, at)


def _placed(
    store: Store,
    rules: Rules,
    province: str,
    goal: Goal,
    found: Iterator[CountedRow],
    at: date,
) -> Iterator[CountedRow]:
    """Yield the rows of clubs, or of the places that a goal's measure has rows for."""
    measure = goal.measure
    if goal.communes:
        return by_name(goal, list(found), _communes_when_decided(store, province))
    if measure.completion is Completion.SUSPENDED:
        return without(found, suspended_on(store, province, at.isoformat()))
    if measure.completion is None:
        return found
    units, rows = facts_of.units(store, province), list(found)
    if measure.completion is Completion.OWN:
        return own_places(goal, rows, units, UnitClasses(rules, units, at), at)
    if measure.completion is Completion.STANDARD:
        return to_standard(goal, rows, units, at)
    if measure.completion is Completion.COMMUNES:
        return all_communes(goal, rows, units, at)
    if villages(units, at):
        return all_villages(rows, units, at)
    return each_village(rows)


def _row(row: Row) -> CountedRow:
    id_, name, commune, part, whole, estimated, why, fact = row
    return CountedRow(
        str(id_), str(name), str(commune), int(part), int(whole or 0), int(estimated), why, fact
    )


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
    needs = goal.measure.facts
    if not needs:
        return None
    values: dict[str, Any] = {
        "province": province,
        "from": goal.target.start.isoformat(),
        "at": at.isoformat(),
        "ever": LONG_AGO,
        "stated_from": goal.stated_by.start.isoformat(),
        "granted_from": max(goal.target.start, goal.stated_by.start).isoformat(),
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
    if "activity_ids" in needs:
        listed = [str(one["id"]) for one in rules.needed("activities.list", at).value]
        values["activities_listed"] = len(listed)
        values["activity_ids"] = "".join(id_.ljust(ID_WIDTH) for id_ in listed)
        # Of the month that is not over yet nothing is asked.
        over = add_months(at.replace(day=1), 0 if (at + timedelta(days=1)).day == 1 else -1)
        values["first_month"] = 12 * goal.target.start.year + goal.target.start.month
        values["last_month"] = 12 * over.year + over.month
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
    if goal.measure.name == "members_who_borrowed":
        terms = goal.value
    values["borrowers_asked"] = int(bool(terms))
    values["borrowers_percent"] = terms.get("min", 0)
    values["of_need"] = int(terms.get("of") == "members_with_need")
    values["kind_counts"] = int(terms.get("counts") == "cash_or_kind")
    values["improved_asked"] = int(bool(terms.get("improved_income")))
    source = goal.source if goal.measure.name == "members_who_borrowed" else stated.source
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
    own = [str(fund) for fund in asked if fund.startswith(OWN_PREFIX)]
    values["own_funds_asked"] = len(own)
    values["own_fund_ids"] = "".join(id_.ljust(ID_WIDTH) for id_ in own)
    values["charter_asked"] = int(charter.status == "value" and charter.value)
    return (
        Used("fund.kinds", asked, kinds.source),
        Used("fund.regulation", charter.value, charter.source),
    )
