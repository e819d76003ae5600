"""What a province itself owes: reports, inspections, yearly courses, an answer to the silent.

None of it is stored: it follows from the policy and from what was recorded as sent or held.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from engine.clock import day_of
from engine.i18n import _
from engine.model import Role, TaskKind
from engine.policy.effective import Rules, cited, general_citation
from engine.reports.deadlines import (
    REMINDED_MONTHS,
    ReportRule,
    inspection_rules,
    report_rules,
)
from engine.reports.due_row import Due, day_off
from engine.rules.calendar import Period, add_months
from engine.store.reader import Reader
from engine.vietnamese.dates import dmy

if TYPE_CHECKING:
    from engine.reports.own_reports import OwnReports

FIRST_TRACE = "SELECT min(opened_on) FROM club WHERE province = ?"
SENT = "SELECT report, period, sent_on, seq FROM delivery WHERE province = ? AND sent_on <= ?"
COURSES_HELD = """
SELECT count(DISTINCT start) FROM training
WHERE province = ? AND voided_by IS NULL AND kind IN ('initial', 'refresher') AND days >= ?
AND on_date >= ? AND on_date <= ?"""
NEWEST_FILES = """
SELECT commune, max(made_at) FROM partner
WHERE NOT own AND province = ? AND commune IS NOT NULL AND made_at IS NOT NULL
GROUP BY commune"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A report that was recorded as sent."""

    report: str
    period: str
    sent_on: date


def owed_by_province(
    store: Reader, rules: Rules, province: str, on: date, own: "OwnReports | None" = None
) -> Iterator[Due]:
    """Yield what the province owes on a day; ``own`` are the reports its plugin asks for."""
    yield from reports_owed(store, rules, province, on, own)
    yield from _inspections(store, rules, province, on)
    yield from _courses(store, rules, province, on)
    yield from _silent(store, rules, province, on)


def deliveries(store: Reader, province: str, on: date) -> dict[tuple[str, str], Delivery]:
    """Return the reports sent by a day, by id and period; the last record of each counts."""
    found: dict[tuple[str, str], Delivery] = {}
    for report, period, sent_on, _seq in sorted(
        store.rows(SENT, (province, on.isoformat())), key=lambda row: int(row[3])
    ):
        found[report, period] = Delivery(report, period, date.fromisoformat(sent_on))
    return found


def reports_owed(
    store: Reader, rules: Rules, province: str, on: date, own: "OwnReports | None" = None
) -> Iterator[Due]:
    """Yield the reports not sent by a day whose period has begun.

    Those with a stated day since the province's first club on these books; those without one until
    a year after their period.
    """
    row = store.row(FIRST_TRACE, (province,))
    first = date.fromisoformat(row[0]) if row and row[0] else on
    sent = deliveries(store, province, on)
    lately = add_months(on, -REMINDED_MONTHS)
    owed = [
        (rule, period)
        for rule in report_rules(rules.policy)
        if rule.start <= on  # else its document does not exist yet
        for period in rule.periods(first if rule.before else lately, on)
    ]
    if own is not None:
        owed += [
            (rule, period)
            for rule, period in own.periods(min(first, lately), on)
            if period.end >= (first if rule.before else lately)
        ]
    for rule, period in owed:
        if (rule.id, period.id) not in sent:
            yield report_due(rule, period, province, on)


def report_due(rule: ReportRule, period: Period, province: str, on: date) -> Due:
    """Return a report of one period as a row."""
    return Due(
        TaskKind.REPORT,
        Role.PROVINCE,
        rule.source or general_citation(),
        rule.due_on(period),
        title=rule.title,
        period=period.id,
        note=" ".join(filter(None, (rule.year_note, day_off(rule.due_on(period))))) or None,
        mark=f"{province}.{rule.id}.{period.id}",
        ended=rule.end if rule.end is not None and rule.end < on else None,
        report=rule.id,
    )


def _inspections(store: Reader, rules: Rules, province: str, on: date) -> Iterator[Due]:
    """Yield the province's own inspections of this period, until one is recorded as made.

    No document states their day.
    """
    sent = deliveries(store, province, on)
    for rule in inspection_rules(rules.policy, on):
        if rule.start > on:
            continue
        for period in rule.periods(on, on):
            if (rule.id, period.id) not in sent:
                yield Due(
                    TaskKind.INSPECTION,
                    Role.PROVINCE,
                    rule.source or general_citation(),
                    None,
                    title=rule.title,
                    period=period.id,
                    note=rule.note,
                    mark=f"{province}.{rule.id}.{period.id}",
                    report=rule.id,
                )


def _courses(store: Reader, rules: Rules, province: str, on: date) -> Iterator[Due]:
    """Yield the course that the document asks for each year, until it has been held."""
    stated = rules.stated("training.course", on)
    source = cited(stated, "years")
    if stated.status != "value" or source is None or on.year not in stated.value["years"]:
        return
    days, times = stated.value["days"], stated.value["per_year"]
    row = store.row(COURSES_HELD, (province, days, f"{on.year}-01-01", on.isoformat()))
    held = int(row[0]) if row else 0
    if held < times:
        yield Due(
            TaskKind.TRAINING_INITIAL,
            Role.PROVINCE,
            source,
            None,
            period=str(on.year),
            note=_("A course of {days} days: {held} of {times} held in {year}.").format(
                days=days, held=held, times=times, year=on.year
            ),
            mark=f"{province}.{on.year}",
        )


def _silent(store: Reader, rules: Rules, province: str, on: date) -> Iterator[Due]:
    """Yield the communes whose newest file with clubs is older than the province's setting."""
    stated = rules.stated("setting.exchange_days", on)
    if stated.status != "value" or stated.source is None:
        return
    for commune, newest in store.rows(NEWEST_FILES, (province,)):
        made = day_of(datetime.fromisoformat(newest))
        due_on = made + timedelta(days=stated.value)
        if due_on <= on:
            yield Due(
                TaskKind.EXCHANGE,
                Role.PROVINCE,
                stated.source,
                due_on,
                commune=commune,
                note=_("{commune}: its newest file is of {day}.").format(
                    commune=commune, day=dmy(made)
                ),
                mark=f"{province}.{commune}",
            )
