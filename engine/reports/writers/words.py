"""How a report's values and its other tables read: shared by every kind of file."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.i18n import _
from engine.labels import (
    conclusion_name,
    fund_name,
    period_name,
    role_name,
    source_name,
    state_name,
    task_name,
)
from engine.reports.columns import Column, Format
from engine.rules.ground import ended_words
from engine.vietnamese.text import dmy, dong, number

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MISSING = "–"
SHORT_HEAD = 12
"""Digits of the log's head at the foot of a paper; the JSON and the page have it whole."""


def plain(text: str) -> str:
    """Return text without the characters that no file format can hold."""
    return _NO_XML.sub("", text)


def day(iso: str | None) -> str:
    """Return an ISO day as people write it, a dash where there is none."""
    return dmy(date.fromisoformat(iso)) if iso else MISSING


def change_heading(document: dict[str, Any]) -> str:
    """Return the heading of what figures grew by since the period before."""
    return _("Change since {day}").format(day=day(document["previous"]["end"]))


WRITTEN: dict[Format, Callable[[Any], str]] = {
    Format.DAY: day,
    Format.STATE: state_name,
    Format.CONCLUSION: conclusion_name,
    Format.YES_NO: lambda value: _("yes") if value else _("no"),
    Format.COUNT: number,
    Format.MONEY: number,
    Format.FUND: fund_name,
    Format.SOURCE: source_name,
    Format.ROLE: role_name,
}
"""How a value is written that is there; others are written as they are."""


def cell(column: Column, row: dict[str, Any], missing: str = MISSING) -> str:
    """Return a column's value in a row as people read it."""
    return cell_writer(column, missing)(row)


def cell_writer(column: Column, missing: str = MISSING) -> Callable[[dict[str, Any]], str]:
    """Return what writes a column's value of a row as people read it, for many rows."""
    name, label = column.name, f"{column.name}_label"
    match column.format:
        case Format.COMMUNE:
            return commune
        case Format.TASK:
            return task
        case Format.REPORT:
            return lambda row: f"{row[name]} ({period_name(row['period'])})"
        case Format.SENT:
            return lambda row: day(row[name]) if row[name] else _("not sent")
        case Format.FUND | Format.SOURCE:
            written = WRITTEN[column.format]
            return lambda row: row.get(label) or written(row[name])
    absent = _(column.missing) if column.missing else missing
    known: dict[Any, str] = {None: absent}  # a value is in many rows
    write = WRITTEN.get(column.format, str)

    def written_once(row: dict[str, Any]) -> str:
        value = row[name]
        text = known.get(value)
        if text is None:
            text = known[value] = write(value)
        return text

    return written_once


def task(row: dict[str, Any]) -> str:
    """Return what is overdue, marked where only an ended rule asked for it."""
    name = row["title"] or task_name(row["kind"])
    if row["period"]:
        name = f"{name} ({period_name(row['period'])})"
    return (
        f"{name}, {ended_words(date.fromisoformat(row['ended_on']))}" if row["ended_on"] else name
    )


def reason(one: dict[str, Any], own: Mapping[str, str]) -> str:
    """Return why a club needs attention; ``own`` are the labels of the province's own funds."""
    why, kind, found = one["why"], one["kind"], one["found"]
    if why == "state":
        return _("Stage: {state}").format(state=state_name(kind))
    if why == "overdue":
        return _("{task}: {days} days late").format(task=task_name(kind), days=number(found))
    if why == "size":
        return _("{count} members; the document says {range}").format(
            count=number(found), range=_range(one["low"], one["high"])
        )
    return _("The {fund} is below zero: {amount}").format(
        fund=fund_name(kind, own), amount=dong(found)
    )


def reasons(row: dict[str, Any], own: Mapping[str, str]) -> str:
    """Return every reason why a club needs attention, each with its ground where it has one."""
    return "; ".join(
        f"{reason(one, own)} ({one['source']})" if one["source"] else reason(one, own)
        for one in row["reasons"]
    )


def _range(low: int | None, high: int | None) -> str:
    return " - ".join(number(one) for one in (low, high) if one is not None)


def span(document: dict[str, Any]) -> str:
    """Return the days a report is about."""
    period = document["period"]
    days = {"start": day(period["start"]), "end": day(period["end"])}
    if not period["over"]:
        last = day(period["figures_on"])
        return _("From {start} to {end}, figures up to {last}").format(**days, last=last)
    return _("From {start} to {end}").format(**days)


def commune(row: dict[str, Any]) -> str:
    """Return the commune of a row with district and province, its former names after it."""
    return row["place"] or MISSING


def failures(document: dict[str, Any]) -> list[str]:
    """Return which parts of a report could not be made and why, and which took too long."""
    failed = _("A part of this report could not be made")
    slow = _("The plugin {plugin} took longer than {seconds} seconds for its sections.")
    return [
        *(
            ": ".join(filter(None, (failed, one["title"], one["message"])))
            for one in document["failed_sections"]
        ),
        *(
            slow.format(plugin=one["plugin"], seconds=one["limit_seconds"])
            for one in document["slow_sections"]
        ),
    ]


def seal(document: dict[str, Any]) -> str | None:
    """Return the line that whoever receives the report can have checked later."""
    found = document["seal"]
    return _("Check line: {line}").format(line=found["line"]) if found else None


def made(document: dict[str, Any]) -> str:
    """Return what a report was made of, as printed: the log's head as its first digits."""
    log = document["log"]
    return _("{events} events of the log, head {head}").format(
        events=number(log["events"]), head=log["head"][:SHORT_HEAD]
    )


def foot(document: dict[str, Any]) -> str:
    """Return the line at the foot of a paper: what it was made of, and how it is checked."""
    return " · ".join(filter(None, (seal(document), made(document))))


def recipients(document: dict[str, Any]) -> list[str]:
    """Return the agencies a report goes to, each with the one it goes through.

    Those that no document confirms are marked.
    """
    to, via = document["report"]["to"], document["report"]["via"]
    through = _(", through {agency}").format(agency=_agency(via)) if via else ""
    return [f"{_agency(one)}{through}" for one in to]


def _agency(one: dict[str, Any]) -> str:
    return one["name"] if one["confirmed"] else f"{one['name']} ({_('not confirmed')})"


def reporters(document: dict[str, Any]) -> str:
    """Return who must make a report, as the document has it."""
    return "; ".join(document["report"]["reporters"]) or _("not stipulated")


def due(document: dict[str, Any]) -> str:
    """Return a report's last day in time, and the rule it follows from."""
    report = document["report"]
    if report["due_on"] is None:
        return _("not stipulated")
    return f"{day(report['due_on'])} ({report['due_rule']})"


def origin(document: dict[str, Any]) -> str:
    """Return what a report was made of: the log's head, the policy and the program."""
    log, policy = document["log"], document["policy"]
    return _(
        "Made from {events} events of the log, head {head}; policy of {plugin} {version}, "
        "digest {digest}; engine {engine}."
    ).format(
        events=number(log["events"]),
        head=log["head"],
        plugin=policy["plugin"],
        version=policy["version"],
        digest=policy["digest"],
        engine=document["engine"],
    )
