"""``clb progress``: how far a province is with its targets, and why each number is what it is."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from engine.cli import tables
from engine.cli.context import Context, pass_context
from engine.cli.options import ON, day
from engine.cli.target_text import one_target, overview
from engine.i18n import _
from engine.reports.counting import Used
from engine.reports.places import Line
from engine.reports.progress import Explanation, explain
from engine.reports.progress import progress as rows_of
from engine.targets.arithmetic import Status
from engine.targets.measures import reason
from engine.vietnamese.text import dmy, dong, number


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
@pass_context
def progress(context: Context, province: str | None, on: str | None, target: str | None) -> None:
    """Show targets, or explain one."""
    where = province or context.province_of_officer()
    rules = context.provinces.rules(where)
    store = context.registry.store
    when = day(on) or context.registry.lifecycle.today()
    if target is not None:
        found = explain(store, rules, where, when, target)
        data: Any = {
            "id": target,
            "on": when,
            "status": None if found else Status.NOT_STIPULATED,
            "rows": [_explained(one) for one in found],
        }
        context.answer(data, lambda: _explanations(found))
        return
    rows = rows_of(store, rules, where, when)

    def text() -> Iterator[str]:
        yield _("{province}: targets on {day}").format(province=rules.policy.name, day=dmy(when))
        yield ""
        yield from overview(rows)
        yield ""
        yield _("Why a number: {command}").format(command=f"clb progress {where} --explain ID")

    context.answer([row.data() for row in rows], text)


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return tables.wrapped(text, indent)


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
        "counts_unknown": [_line(line) for line in one.lines if line.unknown],
        "counts_not": [_line(line) for line in one.lines if not line.counts and not line.unknown],
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
        "clubs": [_line(club) for club in line.clubs],
    }


def _explanations(found: list[Explanation]) -> Iterator[str]:
    if not found:
        yield _("not stipulated")
    for place, one in enumerate(found):
        if place:
            yield ""
        yield from one_target(one.row)
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
            yield from (f"  {line}" for line in one_target(other))
        counting = [line for line in one.lines if line.counts]
        unknown = [line for line in one.lines if line.unknown]
        missing = [line for line in one.lines if not line.counts and not line.unknown]
        yield from _lines(_("Counted: {count}").format(count=len(counting)), counting)
        yield from _lines(_("Not known: {count}").format(count=len(unknown)), unknown)
        yield from _lines(_("Not counted: {count}").format(count=len(missing)), missing)


def _lines(heading: str, lines: list[Line]) -> Iterator[str]:
    if not lines:
        return
    yield f"  {heading}"
    for line in lines:
        place = "" if line.commune == line.name else f", {line.commune}"
        why = f": {reason(line.why)}" if line.why else ""
        yield from _wrapped(f"{line.id} {line.name}{place}{why}".strip(), "    ")
        for club in line.clubs:
            said = reason(club.why) if club.why else _("meets the standard")
            paper = f" ({club.fact})" if club.fact else ""
            yield from _wrapped(f"{club.id} {club.name}: {said}{paper}", "      ")


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
