"""The reports that a province's plugin asks for with ``clb_reports``, period by period."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from engine.errors import PluginError
from engine.i18n import _
from engine.reports import deadlines
from engine.reports.deadlines import ReportRule
from engine.rules.calendar import Period

if TYPE_CHECKING:
    from engine.provinces.hookspecs import ReportSpec
    from engine.provinces.load import Provinces

CYCLES = ("quarter", "half_year", "year", "other")
PARTS = (("H", 6), ("Q", 3))
"""The parts of a year that a report may be of, each with its months."""
PERIODS = ("Q1", "Q2", "H1", "Q3", "Q4", "H2", "")
"""Months of a half year."""


class OwnReports:
    """The reports that a province's plugin asks for, each asked for on its period's last day.

    A plugin whose hook fails costs its own reports only; ``warnings`` has what went wrong.
    """

    def __init__(self, provinces: "Provinces", province: str) -> None:
        self._provinces = provinces
        self._province = province
        self._on: dict[date, tuple[ReportRule, ...]] = {}
        self.warnings: dict[str, None] = {}

    def on(self, day: date) -> tuple[ReportRule, ...]:
        """Return what the plugin asks for on a day, the last one of a period."""
        if day not in self._on:
            self._on[day] = tuple(self._asked(day))
        return self._on[day]

    def of(self, period: Period) -> tuple[ReportRule, ...]:
        """Return the reports of a period: of such periods, or of none in particular."""
        return tuple(one for one in self.on(period.end) if one.cycle in (period.cycle, "other"))

    def around(self, day: date) -> Iterator[ReportRule]:
        """Yield the reports of the year, the half year and the quarter that a day lies in."""
        year = f"{day.year}"
        half, quarter = (f"{year}{kind}{1 + (day.month - 1) // length}" for kind, length in PARTS)
        for period in map(Period.parse, (year, half, quarter)):
            yield from self.of(period)

    def periods(self, first: date, last: date) -> Iterator[tuple[ReportRule, Period]]:
        """Yield the reports of periods that end from ``first`` on and begin by ``last``."""
        for year in range(first.year, last.year + 1):
            for period in (Period.parse(f"{year}{part}") for part in PERIODS):
                if period.end >= first and period.start <= last:
                    yield from ((one, period) for one in self.of(period) if one.cycle != "other")

    def _asked(self, day: date) -> Iterator[ReportRule]:
        if not self._provinces.may_have(self._province, "clb_reports"):
            return
        from engine.provinces.hookspecs import ReportsRequest

        rules = self._provinces.rules(self._province)
        try:
            specs = self._provinces.reports(
                self._province, ReportsRequest(self._province, day, rules)
            )
        except PluginError as error:
            self.warnings[error.message] = None
            return
        taken = {rule.id for rule in deadlines.report_rules(rules.policy)} | {deadlines.OVERVIEW}
        for spec in specs:
            if spec.id in taken or spec.cycle not in CYCLES:
                warning = _("The plugin's report {report} is left out: its id or cycle is taken.")
                self.warnings[warning.format(report=spec.id)] = None
            else:
                yield self._rule(spec)

    def _rule(self, spec: "ReportSpec") -> ReportRule:
        return ReportRule(
            id=spec.id,
            title=spec.title,
            cycle=spec.cycle,
            source=spec.source,
            start=date.min,
            end=None,
            before=spec.due_before,
            names=tuple(spec.to),
            only=lambda period: any(one.id == spec.id for one in self.of(period)),
        )
