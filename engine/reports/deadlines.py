"""The reports a province's document asks for: their periods, their last day in time, who gets them.

"Trước ngày 20/6" is strict: the last day in time is the 19th. Where no day is stated, none is made
up; where no text names the agency that took over, the old name is marked as not confirmed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from engine.i18n import _
from engine.policy import agencies
from engine.policy.effective import cited
from engine.policy.model import Entry, Policy
from engine.rules.calendar import Period, add_months, last_day_before

OVERVIEW = "overview"
HALVES, QUARTERS = (1, 2), (1, 2, 3, 4)
INSPECTIONS = {
    "interval_months": "inspection",
    "department_interval_months": "inspection_department",
}
"""The id under which the result of each inspection is recorded; else the key's own name."""
REMINDED_MONTHS = 12
"""How long a report without a stated day is still reminded of after its period."""


@dataclass(frozen=True, slots=True)
class ReportRule:
    """One report the document, or the province's plugin, asks for.

    ``before`` is a month and day (``06-20``) before which it must have been sent, ``days_after`` so
    many days after its period at the latest. ``to`` and
    ``via`` are agencies of the policy's routing table; ``names`` are recipients a plugin names
    itself. It is asked for from ``start`` to ``end``; ``once_in`` is the only year of a report
    that is made once, and ``first_year`` the first one that it is about, where the document states
    it. ``read`` names the parts that are this system's reading of the document. ``only`` is
    whether the province's plugin asks for it of a period, for a report of its own.
    """

    id: str
    title: str
    cycle: str
    source: str | None
    start: date
    end: date | None
    before: str | None = None
    days_after: int | None = None
    halves: tuple[int, ...] = HALVES
    once_in: int | None = None
    first_year: int | None = None
    to: tuple[str, ...] = ()
    via: str | None = None
    reporters: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    note: str | None = None
    read: tuple[str, ...] = ()
    only: Callable[[Period], bool] | None = field(default=None, compare=False)

    def asked(self, period: Period) -> bool:
        """Return whether the document asks for the report of that period."""
        if self.only is not None and not self.only(period):
            return False
        last = self.due_on(period) or period.end
        return self.start <= min(period.end, last) and (
            self.end is None or max(period.start, last) <= self.end
        )

    def covered(self, period: Period) -> Period:
        """Return the days that the report of a period is about.

        A report that is made once sums up a phase: it begins with the first year that the document
        names for it, else with the document itself, and not with the year in which it is made.
        """
        if self.once_in is None:
            return period
        first = date(self.first_year, 1, 1) if self.first_year is not None else self.start
        return Period(period.id, min(first, period.start), period.end)

    def due_on(self, period: Period) -> date | None:
        """Return the last day in time, ``None`` where no day is stated.

        It lies in the later half of its period or after it: a report of 2022 due "trước 20/12" is
        due in 2022, one due "trước 15/01" in 2023.
        """
        if self.days_after is not None:
            return period.end + timedelta(days=self.days_after)
        if self.before is None:
            return None
        middle = period.start + (period.end - period.start) / 2
        day = last_day_before(self.before, period.end.year)
        return day if day > middle else last_day_before(self.before, period.end.year + 1)

    def periods(self, first: date, last: date) -> Iterator[Period]:
        """Yield the periods asked for that end from ``first`` on and begin by ``last``."""
        for year in range(max(first, self.start).year - 1, last.year + 1):
            for period in self._periods_of(year):
                if period.end >= first and period.start <= last and self.asked(period):
                    yield period

    def _periods_of(self, year: int) -> Iterator[Period]:
        if self.cycle == "half_year":
            for half in self.halves:
                yield Period.parse(f"{year}H{half}")
        elif self.cycle == "quarter":
            for quarter in QUARTERS:
                yield Period.parse(f"{year}Q{quarter}")
        elif self.cycle == "year" or self.once_in == year:
            yield Period.parse(str(year))

    def next_due(self, on: date) -> tuple[Period, date] | None:
        """Return the next period with a last day in time that has not gone by on ``on``."""
        for period in self.periods(add_months(on, -12), add_months(on, 24)):
            due = self.due_on(period)
            if due is not None and due >= on:
                return period, due
        return None

    @property
    def year_note(self) -> str | None:
        """Return the note that the year of a report made once is this system's reading."""
        if self.once_in is None or "once_in" not in self.read:
            return None
        return _("The year is as this system reads the document.")

    @property
    def due_rule(self) -> str | None:
        """Return the rule as the document has it ("trước 20/6"), ``None`` where it has none."""
        if self.days_after is not None:
            return _("within {days} days of the period's end").format(days=self.days_after)
        if self.before is None:
            return None
        month, day = (int(part) for part in self.before.split("-"))
        return _("before {day}/{month}").format(day=day, month=month)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a report goes to on a day. ``confirmed`` is false where no text names who took over."""

    agency: str
    name: str
    confirmed: bool
    note: str | None = None

    def __str__(self) -> str:
        return self.name if self.confirmed else _("{name} (not confirmed)").format(name=self.name)


def report_rules(policy: Policy) -> list[ReportRule]:
    """Return the reports of a policy, one a dated value, in the order of the document."""
    return [_rule(name, entry) for name, entries in policy.group("report") for entry in entries]


def inspection_rules(policy: Policy, on: date) -> list[ReportRule]:
    """Return the inspections a province owes itself, as reports without a stated day.

    Who inspects has the document's name, with who has taken its place by ``on``. What is recorded
    as sent is the inspection's result.
    """
    return [
        _inspection(name, entry, policy, on)
        for name, entries in policy.group("inspection")
        for entry in entries
    ]


def _inspection(name: str, entry: Entry, policy: Policy, on: date) -> ReportRule:
    by = entry.extra.get("by")
    by = agencies.on_day(policy, by, on) if by else None
    title = _("Inspection by {who}").format(who=by) if by else _("Inspection")
    asked = _("Every {months} months; the document states no day.").format(months=entry.value)
    return ReportRule(
        id=INSPECTIONS.get(name, name),
        title=entry.extra.get("label") or title,
        cycle="quarter" if entry.value <= 3 else "half_year" if entry.value <= 6 else "year",
        source=cited(entry),
        start=entry.start,
        end=entry.end,
        reporters=(by,) if by else (),
        note=f"{asked} {entry.note}" if entry.note else asked,
    )


def _rule(name: str, entry: Entry) -> ReportRule:
    value = entry.value
    return ReportRule(
        id=name,
        title=value["title"],
        cycle=value["cycle"],
        source=cited(entry),
        start=entry.start,
        end=entry.end,
        before=value.get("due", {}).get("before"),
        days_after=value.get("due", {}).get("days_after"),
        halves=tuple(value.get("halves", HALVES)),
        once_in=value.get("once_in"),
        first_year=value.get("first_year"),
        to=tuple(value.get("to", ())),
        via=value.get("via"),
        reporters=tuple(value.get("reporters", ())),
        note=entry.note,
        read=entry.read_parts,
    )


def reporters(policy: Policy, rule: ReportRule, on: date) -> list[str]:
    """Return who has to report, as the document names them, each with its successor by ``on``.

    Marked where the document names nobody and this system reads it so.
    """
    named = [agencies.on_day(policy, one, on) for one in rule.reporters]
    if "reporters" in rule.read:
        named = [_("{line} (as this system reads it)").format(line=one) for one in named]
    return named


def recipient(policy: Policy, agency: str, on: date) -> Recipient:
    """Return an agency as it is called on a day, or its last known name, marked."""
    key = f"routing.{agency}"
    stated = policy.on(key, on)
    if stated.status == "value":
        return Recipient(agency, stated.value["name"], stated.value["confirmed"], stated.note)
    entries = policy.entries_of(key)
    if not entries:
        return Recipient(agency, agency, False)
    if on < entries[0].start:
        first = entries[0].value
        return Recipient(agency, str(first["name"]), bool(first["confirmed"]), entries[0].note)
    known = entries[-1]
    return Recipient(
        agency,
        str(known.value["name"]),
        False,
        _("No document at hand says who does its work on that day."),
    )


def recipients(policy: Policy, rule: ReportRule, on: date) -> tuple[Recipient, ...]:
    """Return who a report goes to on a day, as the routing table has it."""
    named = tuple(Recipient("", name, True) for name in rule.names)
    return (*(recipient(policy, agency, on) for agency in rule.to), *named)


NextStatus = Literal["value", "not_stipulated", "no_more_periods", "not_in_force"]


def next_status(rule: ReportRule, on: date) -> tuple[NextStatus, date | None]:
    """Return the next last day in time on ``on``, and whether there is one or why not.

    ``no_more_periods``: the document is in force, but its last period is over; the day is then
    that of the last one. ``not_in_force``: the document has ended.
    """
    if rule.end is not None and rule.end < on:
        return "not_in_force", None
    if rule.due_rule is None:
        return "not_stipulated", None
    coming = rule.next_due(on)
    if coming is not None:
        return "value", coming[1]
    gone = list(rule.periods(rule.start, on))
    return "no_more_periods", rule.due_on(gone[-1]) if gone else None
