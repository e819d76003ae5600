"""A sound plugin with every hook; each broken one differs from it in one thing."""

from collections.abc import Sequence

from engine import Finding, Level, ReportRequest, ReportSection, ReportSpec, ReportsRequest, StepDone, StepRequest, hookimpl


@hookimpl
def clb_checks(request: StepRequest) -> Sequence[Finding]:
    """Note every decision."""
    if request.step != "approve" or request.asking:
        return []
    return [Finding("THU-DECIDED", Level.NOTE, "Đã có quyết định.")]


@hookimpl
def clb_reports(request: ReportsRequest) -> Sequence[ReportSpec]:
    """Ask for one report that the policy cannot say."""
    return [ReportSpec("own_care", "Báo cáo chăm sóc sức khỏe", "year", "KH 1, IV")]


@hookimpl
def clb_build_report(request: ReportRequest) -> Sequence[ReportSection]:
    """Add one table."""
    targets = len(request.figures["progress"])
    return [ReportSection("Chỉ tiêu", ("Nội dung", "Số"), (("Số chỉ tiêu", targets),))]


@hookimpl
def clb_after_step(request: StepDone) -> None:
    """Hear of a step."""
