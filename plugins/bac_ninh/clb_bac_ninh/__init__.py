"""Bắc Ninh: what QĐ 933/QĐ-UBND asks for and its policy file cannot say."""

from collections.abc import Sequence

from engine import Finding, Level, StepRequest, hookimpl


@hookimpl
def clb_checks(request: StepRequest) -> Sequence[Finding]:
    """Flag a decision of the document's first year that is older than the document.

    The quota of 2021 counts by the day of the decision; whether clubs decided before the document
    was signed belong to it is not stipulated (QĐ 933/QĐ-UBND, Phần thứ ba, IV.1; Điều 3).
    """
    if request.step != "approve" or request.asking:
        return []
    grant = request.rules.stated("grant.establishment", request.on)
    start = grant.start
    if start is None or request.on >= start or request.on.year != start.year:
        return []
    return [
        Finding(
            code="BN-QUOTA-YEAR",
            level=Level.NOTE,
            message=(
                f"Quyết định ngày {request.on:%d/%m/%Y} có trước ngày ký văn bản của tỉnh "
                f"({start:%d/%m/%Y}). Văn bản không nói câu lạc bộ này có tính vào chỉ tiêu "
                f"năm {start.year} hay không; hệ thống tính và đánh dấu."
            ),
            expected=f"từ {start:%d/%m/%Y}",
            actual=f"{request.on:%d/%m/%Y}",
            source=grant.source,
            who="Ban đại diện Hội Người cao tuổi tỉnh",
            fix="Hỏi Hội Người cao tuổi tỉnh nếu cần xác định.",
        )
    ]
