"""Hà Nội: what the city's plan asks for and its policy file cannot say."""

from collections.abc import Sequence

from engine import Finding, Level, StepRequest, hookimpl


@hookimpl
def clb_checks(request: StepRequest) -> Sequence[Finding]:
    """Return to which phase a decision belongs in the one year that the plan puts in both.

    II.3 ends the first phase in the year in which it begins the second; V.1 and V.3 begin the
    second a year later. A club is counted once, in the phase the setting names.
    """
    if request.step != "approve":
        return []
    setting = request.rules.stated("setting.shared_year_phase", request.on)
    phase = request.rules.stated("phase.first", request.on)
    if setting.status != "value" or phase.status != "value":
        return []
    if request.on.year != phase.value["to"].year:
        return []
    return [
        Finding(
            code="HN-PHASE-SHARED",
            level=Level.NOTE,
            message=(
                f"Năm {request.on.year} nằm trong cả hai giai đoạn của Kế hoạch. Câu lạc bộ được "
                "tính một lần, vào giai đoạn 1."
            ),
            actual=f"{request.on:%d/%m/%Y}",
            source=setting.source,
            who="Hội Người cao tuổi Thành phố",
        )
    ]
