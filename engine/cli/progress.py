"""``clb progress``: how far a province is with its targets, and why each number is what it is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from engine.cli import tables
from engine.cli.command import command
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.typed import PROVINCE
from engine.i18n import _
from engine.labels import fund_names
from engine.policy.effective import Rules
from engine.policy.own_money import fund_labels
from engine.policy_labels import borrowers_name, loans_name
from engine.reports import merged
from engine.reports.completing import CountedRow
from engine.reports.counting import Used
from engine.reports.progress import NOT_IN_FORCE, Explanation, GoalRow, explain, unexplained
from engine.reports.progress import progress as rows_of
from engine.targets import words
from engine.targets.goals import goals
from engine.targets.progress import SHARED, Status
from engine.targets.reasons import reason
from engine.vietnamese.text import dmy, dong, number

BAR = 10
INDENT = "  "
COLOURS = {Status.MET: "green", Status.NOT_MET: "red", Status.OPEN: "yellow"}
"""Colours of the words for a status, which mean the same without them."""


@command(help=_("How far a province is with its targets."))
@click.argument("province", type=PROVINCE, required=False)
@click.option("--on", "on", default=None, help=ON)
@click.option(
    "--explain",
    "target",
    metavar="ID",
    default=None,
    help=_("Why this number: its article, the facts used, the clubs that count"),
)
@pass_context
def progress(context: Context, province: str | None, on: str | None, target: str | None) -> None:
    """Show targets, or explain one."""
    where = province or context.province_of_officer()
    rules = context.provinces.rules(where)
    store = context.store
    context.note_part(store)
    when = day(on) or context.registry.lifecycle.today()
    parts = merged.parts(store, context.provinces, where, when)
    if target is not None:
        found = [
            row
            for part in parts
            for row in explain(store, part, part.policy.province_id, when, target)
        ]
        data: Any = {
            "id": target,
            "on": when,
            "status": None if found else unexplained(rules, target),
            "rows": [_explained(one) for one in found],
        }
        context.answer(
            data, lambda: _explanations(found, rules) if found else _without(rules, data)
        )
        return
    reached = [(part, rows_of(store, part, part.policy.province_id, when)) for part in parts]

    def text() -> Iterator[str]:
        for place, (part, rows) in enumerate(reached):
            if place:
                yield ""
            yield _("{province}: targets on {day}").format(province=part.policy.name, day=dmy(when))
            yield ""
            if rows:
                yield from _overview(rows)
            else:
                yield from tables.wrapped(_not_yet(part))
        if any(rows for _part, rows in reached):
            yield ""
            yield _("Why a number: {command}").format(command=f"clb progress {where} --explain ID")

    data = [
        {**row.data(), **({"province": part.policy.province_id} if place else {})}
        for place, (part, rows) in enumerate(reached)
        for row in rows
    ]
    context.answer(data, text)


def _without(rules: Rules, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield why there is nothing to explain."""
    early = data["status"] == NOT_IN_FORCE
    yield from tables.wrapped(_not_yet(rules) if early else _("not stipulated"))


def _not_yet(rules: Rules) -> str:
    """Return that no document with targets is there yet, and which one comes first."""
    first = min((goal.document for goal in goals(rules)), key=lambda one: one.start, default=None)
    if first is None:
        return _("not stipulated")
    return _(
        "Of the documents at hand, none of {province} states targets by this day; the first that "
        "does, {document}, is from {day}."
    ).format(province=rules.policy.name, document=first.short, day=first.since)


def _explained(one: Explanation) -> dict[str, Any]:
    goal, counted = one.row.goal, one.row.counted
    counts, unknown, counts_not = _sorted(one.rows)
    return {
        **one.row.data(),
        "measure": goal.measure.name,
        "how": _(goal.measure.sentence),
        "counted_on": counted.at,
        "used": [
            {"key": use.key, "value": use.value, "source": use.source} for use in counted.used
        ],
        "readings": [row.data() for row in one.readings],
        "counts": [_counted(row) for row in counts],
        "counts_unknown": [_counted(row) for row in unknown],
        "counts_not": [_counted(row) for row in counts_not],
    }


def _sorted(rows: Sequence[CountedRow]) -> tuple[list[CountedRow], ...]:
    """Return the rows that count, those of which it is not known, and those that do not."""
    return (
        [row for row in rows if row.counts],
        [row for row in rows if row.unknown],
        [row for row in rows if not row.counts and not row.unknown],
    )


def _counted(row: CountedRow) -> dict[str, Any]:
    return {
        "id": row.id or None,
        "name": row.name,
        "commune": row.commune,
        "part": row.part,
        "whole": row.whole,
        "estimated": row.estimated,
        "reason": row.why,
        "message": reason(row.why) if row.why else None,
        "fact": row.fact,
        "clubs": [_counted(club) for club in row.clubs],
    }


def _overview(rows: Sequence[GoalRow]) -> Iterator[str]:
    """Yield the targets as a table: above each row what it is, below it its pace and article."""
    lines: list[tables.Line] = []
    for row in rows:
        if lines:
            lines.append(tables.Across(""))
        lines += [*_above(row), _cells(row), *map(tables.Across, _below(row))]
    yield from tables.table(
        [_("Progress"), _("So far"), _("Asked"), _("Status")], lines, folded=True
    )


def _in_units(row: GoalRow) -> dict[str, Any]:
    """Return a row's data with the unit of what is counted: of a share too, not percent."""
    return {**row.data(), "unit": row.goal.measure.unit}


def _above(row: GoalRow) -> Iterator[tables.Across]:
    goal = row.goal
    yield tables.Across(f"{goal.label} [{goal.id}, {goal.period_shown}]", "", bold=True)
    if goal.reading:
        yield tables.Across(goal.reading, "")


def _cells(row: GoalRow) -> Sequence[object]:
    data, now = _in_units(row), row.progress
    known = row.goal.target.low is not None and now.actual is not None
    drawn = tables.bar(now.actual or 0, _full(row), BAR) if known else ""
    if data["percent"] is not None:
        drawn = f"{drawn} {words.percent(data['percent']):>6}"
    missed = now.status is Status.NOT_MET
    colour = "yellow" if missed and words.soft(data) else COLOURS.get(now.status)
    return (
        tables.Painted(drawn, colour),
        words.reached(data),
        words.asked(data),
        tables.Painted(words.status(data), colour),
    )


def _full(row: GoalRow) -> int:
    """Return how many a full bar shows: the whole of a share, else what is asked."""
    shared = row.goal.target.kind in SHARED
    return (row.counted.count.whole if shared else row.goal.target.low) or 0


def _below(row: GoalRow) -> Iterator[str]:
    pace = "; ".join(words.pace(_in_units(row)))
    if pace:
        yield pace
    if row.goal.source:
        yield _("Source: {source}").format(source=row.goal.source)
    if row.note and row.goal.target.low is not None:
        yield _("Note: {note}").format(note=row.note)


def _one_target(row: GoalRow) -> Iterator[str]:
    """Yield one target: its figures, its article and its note."""
    goal = row.goal
    yield from tables.wrapped(f"{goal.label} [{goal.id}, {goal.period_shown}]")
    if goal.reading:
        yield from tables.wrapped(goal.reading, INDENT)
    yield from tables.wrapped(_figures(row), INDENT)
    status = words.status(_in_units(row))
    if goal.source:
        status = _("{status}. Source: {source}").format(status=status, source=goal.source)
    yield from tables.wrapped(status, INDENT)
    if row.note and goal.target.low is not None:
        yield from tables.wrapped(_("Note: {note}").format(note=row.note), INDENT)


def _figures(row: GoalRow) -> str:
    """Return the bar and the figures of a row, on one line."""
    data, actual = _in_units(row), row.progress.actual
    if row.goal.target.low is None:
        return _("so far {actual}").format(actual=words.amount(actual, data["unit"]))
    asked = _("asked: {target}").format(target=words.asked(data))
    if actual is None:
        return asked
    parts = [tables.bar(actual, _full(row)), words.reached(data)]
    if data["percent"] is not None:
        percent = words.percent(data["percent"])
        parts.append(f"= {percent}" if data["kind"] in SHARED else f"({percent})")
    return "; ".join((" ".join(parts), asked, *words.pace(data)))


def _explanations(found: list[Explanation], rules: Rules) -> Iterator[str]:
    for place, one in enumerate(found):
        if place:
            yield ""
        yield from _one_target(one.row)
        sentence = _(one.row.goal.measure.sentence)
        yield from tables.wrapped(_("How it is counted: {how}").format(how=sentence), INDENT)
        for use in one.row.counted.used:
            source = use.source or _("not stipulated")
            used = _("Used: {name} = {value} ({source}) [{key}]").format(
                name=_name(use.key), value=_value(use, rules), source=source, key=use.key
            )
            yield from tables.wrapped(used, INDENT)
        for other in one.readings:
            yield from tables.wrapped(_("The other reading:"), INDENT)
            yield from (f"{INDENT}{line}" for line in _one_target(other))
        counts, unknown, counts_not = _sorted(one.rows)
        yield from _listed(_("Counted: {count}").format(count=len(counts)), counts)
        yield from _listed(_("Not known: {count}").format(count=len(unknown)), unknown)
        yield from _listed(_("Not counted: {count}").format(count=len(counts_not)), counts_not)


def _listed(heading: str, rows: list[CountedRow]) -> Iterator[str]:
    if not rows:
        return
    yield f"  {heading}"
    for row in rows:
        place = "" if row.commune == row.name else f", {row.commune}"
        why = f": {reason(row.why)}" if row.why else ""
        yield from tables.wrapped(f"{row.id} {row.name}{place}{why}".strip(), "    ")
        for club in row.clubs:
            met = reason(club.why) if club.why else _("meets the standard")
            paper = f" ({club.fact})" if club.fact else ""
            yield from tables.wrapped(f"{club.id} {club.name}: {met}{paper}", "      ")


def _name(key: str) -> str:
    """Return what people call a policy value that a count was made with."""
    return {
        "membership.elderly_age": _("age from which a member is elderly"),
        "grant.establishment": _("establishment grant"),
        "indicator.borrowers_share": _("share of members who borrow"),
        "training.refresher": _("months between refresher trainings"),
        "activities.count": _("number of activities"),
        "activities.list": _("number of activities"),
        "fund.kinds": _("funds a club must have"),
        "fund.regulation": _("charter issued by the club"),
        "fund.income_minimum": _("least income fund"),
    }[key]


def _value(use: Used, rules: Rules) -> str:
    value = use.value
    if value is None:
        return _("not stipulated")
    if use.key == "indicator.borrowers_share":
        return _borrowing(value)
    if use.key == "fund.kinds":
        return fund_names(value, fund_labels(rules.policy))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return " - ".join(dong(one) for one in value.values())
    if use.key in ("grant.establishment", "fund.income_minimum"):
        return dong(value)
    return number(value)


def _borrowing(terms: Mapping[str, Any]) -> str:
    return _("at least {percent}% {whom}, {what}").format(
        percent=terms["min"], whom=borrowers_name(terms["of"]), what=loans_name(terms["counts"])
    )
