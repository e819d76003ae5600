"""The form of a report: which one, of which period; it is made, written and opened."""

from collections.abc import Mapping

from engine.desk.filling import Filling, Judged, Recorded
from engine.desk.printing import Printed
from engine.documents.make_report import asked_for, headed, questions, sealed
from engine.documents.report_formats import COMPARED, HEADED, render
from engine.i18n import _
from engine.interview.interview import Interview
from engine.labels import period_name
from engine.lifecycle.registry import Registry
from engine.reports.agenda import at_work
from engine.reports.building import build
from engine.reports.province_reports import period_of


class ReportFilling(Filling):
    """A report of the province, or of the commune of who makes it."""

    def __init__(self, province: str, officer: str) -> None:
        self.province, self.officer = province, officer

    def begin(self, registry: Registry) -> Interview:
        """Return the questions about a report."""
        return questions(
            registry.provinces, self.province, registry.lifecycle.today(), self._commune(registry)
        )

    def _commune(self, registry: Registry) -> str | None:
        """Return the commune whose reports these are, ``None`` for who works in the province."""
        held = at_work(registry.lifecycle.officers(self.officer))
        return held[0].one_commune

    def about(self, asked: Interview) -> str:
        """Return what is done with the answers."""
        del asked
        return _("The report is written to a file and opened; the log keeps its seal.")

    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Find nothing. Raises ``InputError`` for a period that the report is not asked for."""
        if asked.is_complete():
            form, today = asked.form(), registry.lifecycle.today()
            rules = asked_for(registry.provinces, self.province, today, self._commune(registry))
            period_of(rules.find(form["report"]), form.get("period"), today, self.province)
        return Judged((), asked)

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Make the report."""
        del reasons
        form, store = asked.form(), registry.store
        report, period, format_ = form["report"], form.get("period"), form["format"]
        today = registry.lifecycle.today()
        commune = self._commune(registry)
        seal, unsealed = sealed(registry, self.province, self.officer)
        with store.snapshot():
            built = build(
                *(store, registry.provinces, self.province, report, period, today),
                seal=seal,
                commune=commune,
                compared=format_ in COMPARED,
            )
            head, doubt = None, None
            if format_ == HEADED:
                head, doubt = headed(registry, self.officer, built.document, {})
            data = render(format_, built.document, head)
        notices = (unsealed, doubt, *built.warnings, *built.document["notices"])
        title = built.document["report"]["title"]
        line = _("Check line: {line}").format(line=seal.line) if seal else None
        return Recorded(
            tuple(filter(None, (title, line, *notices))),
            file=Printed((title, period_name(period) if period else ""), f".{format_}", data),
        )
