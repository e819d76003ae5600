"""Hải Phòng: what KH 249/KH-UBND asks for and its policy file cannot say."""

from collections.abc import Sequence

from engine import ReportRequest, ReportSection, hookimpl


@hookimpl
def clb_build_report(request: ReportRequest) -> Sequence[ReportSection]:
    """Add who leads and who pays, activity by activity: the plan reports along this table.

    Source: KH 249/KH-UBND, III.1 to III.7.
    """
    table = request.rules.stated("funding.by_activity", request.end)
    if table.status != "value":
        return []
    return [
        ReportSection(
            title="Cơ quan chủ trì và kinh phí theo từng hoạt động",
            headings=("Hoạt động", "Kinh phí", "Cơ quan chủ trì"),
            rows=tuple(
                (str(row["activity"]), str(row["funding"]), str(row["lead"])) for row in table.value
            ),
            source=table.source,
        )
    ]
