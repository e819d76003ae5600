"""``clb progress``: how far a province is with its targets, and why each number is what it is."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import click

from engine.cli import tables
from engine.cli.desk import Desk, pass_desk
from engine.cli.options import ON, day
from engine.i18n import _
from engine.indicators.measures import MEASURES, reason
from engine.reports.counting import Line, Used
from engine.reports.progress import Explanation, Row, explain
from engine.reports.progress import progress as rows_of
from engine.targets import SHARED, Status
from engine.text import dmy, dong, number

COLUMNS = 78


@click.command(help=_("How far a province is with its targets."))
@click.argument("province", required=False)
@click.option("--on", "on", default=None, help=ON)
@click.option(
    "--explain",
    "target",
    metavar="ID",
    default=None,
    help=_("Why this number: its article, the facts used, the clubs that count"),
)
@pass_desk
def progress(desk: Desk, province: str | None, on: str | None, target: str | None) -> None:
    """Show targets, or explain one."""
    where = province or desk.province_of_officer()
    rules = desk.provinces.rules(where)
    store = desk.registry.store
    when = day(on) or desk.registry.lifecycle.today()
    if target is not None:
        found = explain(store, rules, where, when, target)
        data: Any = {
            "id": target,
            "on": when,
            "status": None if found else Status.NOT_STIPULATED,
            "rows": [_explained(one) for one in found],
        }
        desk.answer(data, lambda: _explanations(found))
        return
    rows = rows_of(store, rules, where, when)

    def text() -> Iterator[str]:
        yield _("{province}: targets on {day}").format(province=rules.policy.name, day=dmy(when))
        for row in rows:
            yield ""
            yield from _row(row)
        yield ""
        yield _("Why a number: {command}").format(command=f"clb progress {where} --explain ID")

    desk.answer([row.data() for row in rows], text)


def amount(count: int | None, unit: str) -> str:
    """Return a count with its unit, as people read it."""
    if count is None:
        return _("not known")
    if unit == "dong":
        return dong(count)
    return {
        "clubs": _("{count} clubs"),
        "members": _("{count} people"),
        "communes": _("{count} communes"),
        "villages": _("{count} villages"),
    }[unit].format(count=number(count))


def _row(row: Row) -> Iterator[str]:
    goal = row.goal
    yield from _wrapped(f"{goal.label} [{goal.id}, {goal.period_shown}]", "")
    if goal.reading:
        yield from _wrapped(goal.reading)
    yield from _wrapped(_figures(row))
    said = _status(row)
    if goal.source:
        said = _("{status}. Source: {source}").format(status=said, source=goal.source)
    yield from _wrapped(said)
    if row.note and goal.target.low is not None:
        yield from _wrapped(_("Note: {note}").format(note=row.note))


def _figures(row: Row) -> str:
    """Return the bar and the figures of a row, on one line."""
    goal, now, count = row.goal, row.standing, row.counted.count
    unit = MEASURES[goal.measure].unit
    if goal.target.low is None:
        return _("so far {actual}").format(actual=amount(now.actual, unit))
    if now.actual is None:
        return _("target {target}").format(target=_target(row))
    shared = goal.target.kind in SHARED
    whole = count.whole if shared else goal.target.low
    parts = [tables.bar(now.actual, whole or 0)]
    if shared and count.whole:
        parts.append(
            _("{part} of {whole}").format(part=number(now.actual), whole=amount(count.whole, unit))
        )
    else:
        parts.append(amount(now.actual, unit))
    if now.percent is not None:
        parts.append(f"= {percent(now.percent)}" if shared else f"({percent(now.percent)})")
    parts.append(_("target {target}").format(target=_target(row)))
    told = " ".join(parts[:-1]) + "; " + parts[-1]
    for text in _pace(row, unit):
        told += f"; {text}"
    return told


def _pace(row: Row, unit: str) -> Iterator[str]:
    now = row.standing
    if now.remaining is not None and now.remaining < 0:
        yield _("{amount} too many").format(amount=amount(-now.remaining, unit))
    elif now.remaining:
        yield _("{amount} to go").format(amount=amount(now.remaining, unit))
    if now.needed_per_year:
        yield _("{amount} a year needed").format(amount=amount(now.needed_per_year, unit))
    if now.needed_per_year and now.pace is not None:
        yield _("{pace} a year so far").format(pace=tenth(now.pace))


def _target(row: Row) -> str:
    low, high = row.goal.target.low, row.goal.target.high
    assert low is not None
    if row.goal.target.kind in SHARED:
        return f"{low}%" if high is None else f"{low} - {high}%"
    unit = MEASURES[row.goal.measure].unit
    if high is None:
        return amount(low, unit)
    return f"{number(low)} - {amount(high, unit)}"


def _status(row: Row) -> str:
    return {
        Status.MET: _("Within the limit") if row.goal.target.kind == "budget" else _("Reached"),
        Status.NOT_MET: _("Exceeded") if row.goal.target.kind == "budget" else _("Not reached"),
        Status.OPEN: _("Not known yet") if row.standing.actual is None else _("Under way"),
        Status.NOT_STIPULATED: _("not stipulated"),
    }[row.standing.status]


def tenth(tenths: int) -> str:
    """Return a number of tenths with a decimal comma: 25 is "2,5"."""
    return f"{number(tenths // 10)},{tenths % 10}"


def percent(tenths: int) -> str:
    """Return a percentage from its tenths: 25 is "2,5%"."""
    return f"{tenth(tenths)}%"


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        text, COLUMNS, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _explained(one: Explanation) -> dict[str, Any]:
    return {
        **one.row.data(),
        "measure": one.row.goal.measure,
        "how": one.how,
        "force": one.row.goal.force,
        "counted_on": one.row.counted.at,
        "used": [{"key": use.key, "value": use.value, "source": use.source} for use in one.used],
        "readings": [row.data() for row in one.readings],
        "counts": [_line(line) for line in one.lines if line.counts],
        "counts_not": [_line(line) for line in one.lines if not line.counts],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id or None,
        "name": line.name,
        "commune": line.commune,
        "part": line.part,
        "whole": line.whole,
        "estimated": line.estimated,
        "reason": line.why,
        "message": reason(line.why) if line.why else None,
        "fact": line.fact,
    }


def _explanations(found: list[Explanation]) -> Iterator[str]:
    if not found:
        yield _("not stipulated")
    for place, one in enumerate(found):
        if place:
            yield ""
        yield from _row(one.row)
        yield from _wrapped(_("How it is counted: {how}").format(how=one.how))
        for use in one.used:
            source = use.source or _("not stipulated")
            yield from _wrapped(
                _("Used: {name} = {value} ({source}) [{key}]").format(
                    name=_name(use.key), value=_value(use), source=source, key=use.key
                )
            )
        for other in one.readings:
            yield from _wrapped(_("The other reading:"))
            yield from (f"  {line}" for line in _row(other))
        counting = [line for line in one.lines if line.counts]
        missing = [line for line in one.lines if not line.counts]
        yield from _lines(_("Counted: {count}").format(count=len(counting)), counting)
        yield from _lines(_("Not counted: {count}").format(count=len(missing)), missing)


def _lines(heading: str, lines: list[Line]) -> Iterator[str]:
    if not lines:
        return
    yield f"  {heading}"
    for line in lines:
        place = "" if line.commune == line.name else f", {line.commune}"
        why = f": {reason(line.why)}" if line.why else ""
        yield from _wrapped(f"{line.id} {line.name}{place}{why}".strip(), "    ")


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


def _value(use: Used) -> str:
    value = use.value
    if value is None:
        return _("not stipulated")
    if use.key == "indicator.borrowers_share":
        return _borrowing(value)
    if use.key == "fund.kinds":
        names = {"income": _("income fund"), "operating": _("operating fund")}
        return ", ".join(names[kind] for kind in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if use.key in ("grant.establishment", "fund.income_minimum"):
        return dong(value)
    return number(value)


def _borrowing(terms: Mapping[str, Any]) -> str:
    whom = {
        "members": _("of all members"),
        "members_with_need": _("of the members with need"),
    }
    what = {
        "cash": _("loans in money"),
        "cash_or_kind": _("loans in money or in kind"),
        "cash_or_activity": _("loans or income activities"),
    }
    return _("at least {percent}% {whom}, {what}").format(
        percent=terms["min"], whom=whom[terms["of"]], what=what[terms["counts"]]
    )
