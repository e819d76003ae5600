"""The form of a report: which one, of which period; it is made, written and opened."""

from collections.abc import Mapping

from engine.desk.filling import Filling, Judged, Recorded
from engine.desk.printing import Printed
from engine.documents.make_report import headed, questions, sealed
from engine.documents.report_formats import COMPARED, HEADED, render
from engine.i18n import _
from engine.interview.interview import Interview
from engine.lifecycle.registry import Registry
from engine.reports.building import build


class ReportFilling(Filling):
    """A report of the province."""

    def __init__(self, province: str, officer: str) -> None:
        self.province, self.officer = province, officer

    def begin(self, registry: Registry) -> Interview:
        """Return the questions about a report."""
        return questions(registry.provinces, self.province, registry.lifecycle.today())

    def about(self, asked: Interview) -> str:
        """Return what is done with the answers."""
        del asked
        return _("The report is written to a file and opened; the log keeps its seal.")

    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Find nothing: which report it is was judged already."""
        del registry
        return Judged((), asked)

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Make the report."""
        del reasons
        form, store = asked.form(), registry.store
        report, period, format_ = form["report"], form.get("period"), form["format"]
        today = registry.lifecycle.today()
        seal, unsealed = sealed(registry, self.province, self.officer)
        with store.snapshot():
            built = build(
                *(store, registry.provinces, self.province, report, period, today),
                seal=seal,
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
            file=Printed((title, period or ""), f".{format_}", data),
        )
