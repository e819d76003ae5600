"""A report that sums up a phase is about the whole phase that the document names."""

from datetime import date
from pathlib import Path

import pytest
from support.land import land

from engine.provinces.load import Provinces
from engine.reports.building import build
from engine.reports.deadlines import ReportRule, report_rules
from engine.reports.province_reports import period_of
from engine.rules.calendar import Period

LATER = date(2036, 1, 5)


def rule(province: str, report: str) -> ReportRule:
    return next(one for one in report_rules(Provinces().policy(province)) if one.id == report)


@pytest.mark.parametrize(
    ("province", "report", "first", "last"),
    [
        # "tổng kết, đánh giá 11 mô hình ... được thành lập năm 2018, 2019": both years.
        ("hoa_binh", "review_of_named_clubs", date(2018, 1, 1), date(2019, 12, 31)),
        # "Hội nghị ... cuối dự án": the three years of the annex, the clubs of all 2018 counted.
        ("hoa_binh", "phase", date(2018, 1, 1), date(2020, 12, 31)),
        # "Thời gian thực hiện Đề án: từ năm 2021 đến năm 2025", signed in July 2021.
        ("bac_ninh", "phase", date(2021, 1, 1), date(2025, 12, 31)),
        ("hai_phong", "phase", date(2020, 10, 21), date(2025, 12, 31)),
        # "kết quả thực hiện Kế hoạch giai đoạn 2025 - 2030"
        ("ha_noi", "summary", date(2025, 1, 1), date(2030, 12, 31)),
    ],
)
def test_a_report_made_once_covers_the_phase_of_its_document(
    province: str, report: str, first: date, last: date
) -> None:
    one = rule(province, report)
    covered = one.covered(period_of(one, None, LATER))
    assert (covered.start, covered.end) == (first, last)
    assert covered.id == str(last.year)


@pytest.mark.parametrize(
    ("province", "report", "period"),
    [("bac_ninh", "half_year", "2022H1"), ("hai_phong", "year", "2023")],
)
def test_a_report_that_comes_back_covers_its_own_period(
    province: str, report: str, period: str
) -> None:
    asked = Period.parse(period)
    assert rule(province, report).covered(asked) == asked


def test_what_happened_in_any_year_of_the_phase_is_counted(tmp_path: Path) -> None:
    with land(tmp_path, "hai_phong", date(2026, 2, 1)) as here:
        for year in (2021, 2023, 2025):
            here.club(date(year, 9, 1), village=f"Thôn {year}")
        provinces = here.registry.provinces
        made = build(here.store, provinces, "hai_phong", "phase", None, date(2026, 2, 1)).document
        sums = made["figures"]
        half = build(here.store, provinces, "hai_phong", "phase", None, date(2023, 12, 31)).document
    assert sums["clubs_decided_in_period"] == 3
    assert made["period"] == {
        "id": "2025",
        "start": "2020-10-21",
        "end": "2025-12-31",
        "figures_on": "2025-12-31",
        "over": True,
    }
    # Sơ kết giai đoạn: made before the phase is over, it has the figures so far.
    assert half["figures"]["clubs_decided_in_period"] == 2
    assert half["period"]["over"] is False
