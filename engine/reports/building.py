"""One report built from figures frozen at its period's last day.

A report is made of the log and the policy alone: built twice from the same log it is the same, byte
for byte. No clock is read into it.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from engine import __version__
from engine.calendar import Period
from engine.errors import PluginError
from engine.frozen import FrozenMap, freeze
from engine.hookcalls import isolated
from engine.hookspecs import ReportRequest, ReportSection, ReportSpec
from engine.i18n import _
from engine.policy.effective import Rules
from engine.reports import deadlines, figures
from engine.reports.attention import attention
from engine.reports.deadlines import ReportRule
from engine.reports.due import FIRST_TRACE, Due, day_off, deliveries, due, select
from engine.reports.durations import durations
from engine.reports.money import received
from engine.reports.progress import progress
from engine.reports.province_reports import catalogue, period_of
from engine.store import verify
from engine.store.database import Store
from engine.text import dmy

if TYPE_CHECKING:
    from engine.provinces import Provinces

VERSION = 1
SLOW_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Built:
    """A report, and what is to be said beside it while it is being made."""

    document: dict[str, Any]
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sections:
    """What the plugin added, section by section, and what failed."""

    good: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def build(
    store: Store, provinces: "Provinces", province: str, report: str, period: str | None, on: date
) -> Built:
    """Build a report from what the log holds up to the period's last day.

    ``on`` is the day of the overview without a period, and of nothing else. Raises
    ``UnknownError``, ``InputError``.
    """
    found = catalogue(provinces, province, on)
    rule = found.find(report)
    span = period_of(rule, period, on)
    rules = provinces.rules(province)
    due_on = rule.due_on(span)
    asked = due_on or span.end
    clubs = figures.club_rows(store, rules, province, span.start, span.end)
    sums = figures.totals(store, rules, province, span.start, span.end, clubs)
    rows = [row.data() for row in progress(store, rules, province, span.end)]
    added = _added(provinces, province, rule, span, rules, sums, rows)
    late = select(due(store, rules, province, span.end, past=True), span.end, overdue=True)
    money = received(store, province, span.end)
    receipt = provinces.receipt(province)
    head, events = verify.head(store)
    to = deadlines.recipients(rules.policy, rule, asked)
    via = deadlines.recipient(rules.policy, rule.via, asked) if rule.via else None
    document = {
        "v": VERSION,
        "report": {
            "id": rule.id,
            "title": rule.title,
            "cycle": rule.cycle,
            "source": rule.source,
            "due_rule": rule.due_rule,
            "due_on": due_on,
            "status": "not_stipulated" if due_on is None else "value",
            "to": list(to),
            "via": via,
            "reporters": rule.reporters,
        },
        "province": {"id": province, "name": rules.policy.name},
        "period": {"id": span.id, "start": span.start, "end": span.end},
        "log": {"head": head, "events": events},
        "policy": receipt,
        "engine": __version__,
        "notices": _notices(rules, rule, span, (*to, *([via] if via else []))),
        "figures": sums,
        "progress": rows,
        "communes": figures.commune_rows(clubs),
        "clubs": [one.data() for one in clubs],
        "received": {"total": money.total, "grants": money.grants, "by_year": money.by_year},
        "overdue": [_late(one, span.end) for one in late],
        "durations": [one.data() for one in durations(store, province, span.end)],
        "attention": attention(rules, clubs, late, span.end),
        "earlier_reports": _earlier(store, found.rules, province, rule, span),
        "sections": added.good,
        "failed_sections": added.failed,
    }
    return Built(_plain(document), (*found.warnings, *added.warnings))


def render_json(document: dict[str, Any]) -> bytes:
    """Return a report as the bytes of its JSON file."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _notices(
    rules: Rules, rule: ReportRule, span: Period, agencies: Iterable[deadlines.Recipient]
) -> list[str]:
    found = []
    over = rules.policy.ended(span.end)
    if over is not None and over.end is not None:
        found.append(
            _("The programme of {document} ended on {day}.").format(
                document=over.short, day=dmy(over.end)
            )
        )
    found += [
        _("Not confirmed: {name}. {note}").format(name=one.name, note=one.note or "").strip()
        for one in agencies
        if not one.confirmed
    ]
    if rule.note:
        found.append(rule.note)
    weekend = day_off(rule.due_on(span))
    if weekend:
        found.append(weekend)
    return found


def _earlier(
    store: Store, rules: Iterable[ReportRule], province: str, this: ReportRule, span: Period
) -> list[dict[str, Any]]:
    """Return the reports that were due by the period's end, and whether and when they were sent."""
    row = store.row(FIRST_TRACE, (province,))
    first = date.fromisoformat(row[0]) if row and row[0] else span.end
    sent = deliveries(store, province, span.end)
    found = []
    for rule in rules:
        for period in rule.periods(first, span.end) if rule.before else ():
            due_on = rule.due_on(period)
            if due_on is None or due_on > span.end or (rule.id, period.id) == (this.id, span.id):
                continue
            delivery = sent.get((rule.id, period.id))
            sent_on = delivery.sent_on if delivery else None
            found.append(
                {
                    "report": rule.id,
                    "title": rule.title,
                    "period": period.id,
                    "due_on": due_on,
                    "sent_on": sent_on,
                    "days_late": max(0, ((sent_on or span.end) - due_on).days),
                }
            )
    return sorted(found, key=lambda one: (one["due_on"], one["report"]))


def _late(one: Due, on: date) -> dict[str, Any]:
    """Return something overdue as the report's row."""
    return {
        "club": one.club,
        "club_name": one.club_name,
        "commune": one.commune,
        "kind": one.kind,
        "title": one.title,
        "period": one.period,
        "due_on": one.due_on,
        "overdue_days": one.overdue_days(on),
        "role": one.role,
        "source": one.source,
    }


def _added(
    provinces: "Provinces",
    province: str,
    rule: ReportRule,
    span: Period,
    rules: Rules,
    sums: dict[str, Any],
    rows: list[dict[str, Any]],
) -> _Sections:
    """Ask the plugin for its sections; one that fails costs itself, a hook that fails its own."""
    spec = ReportSpec(
        rule.id,
        rule.title,
        rule.cycle,
        rule.source or "",
        rule.before,
        tuple(str(one) for one in deadlines.recipients(rules.policy, rule, span.end)),
    )
    frozen = freeze(_plain({"figures": sums, "progress": rows}))
    assert isinstance(frozen, FrozenMap)
    request = ReportRequest(province, spec, span.id, span.start, span.end, rules, frozen)
    found, plugin = _Sections(), provinces.plugin(province)
    started = time.perf_counter()
    try:
        answers = provinces.build_report(province, request)
    except PluginError as error:
        found.failed.append({"title": None, "plugin": str(plugin), "message": error.message})
        answers = ()
    seconds = time.perf_counter() - started
    if seconds > SLOW_SECONDS:
        found.warnings.append(
            _("The plugin {plugin} took {seconds} seconds for its sections.").format(
                plugin=plugin, seconds=round(seconds)
            )
        )
    for section in answers:
        try:
            found.good.append(isolated(plugin, "clb_build_report", partial(_section, section)))
        except PluginError as error:
            title = section.title if isinstance(section.title, str) else None
            found.failed.append({"title": title, "plugin": str(plugin), "message": error.message})
    found.warnings += [one["message"] for one in found.failed]
    return found


def _section(section: ReportSection) -> dict[str, Any]:
    """Return a plugin's section as a table. Raises ``ValueError`` where it is none."""
    headings = list(section.headings)
    rows = [list(row) for row in section.rows]
    texts = [section.title, *headings, *([] if section.source is None else [section.source])]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(_("its title, headings and source must be texts"))
    for number, row in enumerate(rows, start=1):
        if len(row) != len(headings):
            raise ValueError(
                _("row {row} has {found} cells, not {expected}").format(
                    row=number, found=len(row), expected=len(headings)
                )
            )
        if any(isinstance(cell, bool) or not isinstance(cell, str | int | None) for cell in row):
            raise ValueError(_("row {row} holds neither text nor whole number").format(row=number))
    return {
        "title": section.title,
        "headings": headings,
        "rows": rows,
        "source": section.source,
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it, in the order it was written."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | FrozenMap):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    slots = getattr(value, "__slots__", None)
    if slots is not None:
        return {name: _plain(getattr(value, name)) for name in slots}
    return value
