"""A built report: frozen at its last day, the same twice, and whole when the plugin is not."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from support.land import TOWN, Land, land, people
from support.province_plugin import province_of

import schemas
from engine.calendar import Period
from engine.errors import InputError, UnknownError
from engine.reports import building
from engine.reports.building import Built, build, render_json

TODAY = date(2026, 6, 30)
HEAD = """
import time
from engine import ReportSection, ReportSpec, hookimpl

@hookimpl
def clb_build_report(request):
"""
GOOD = 'ReportSection("Theo huyện", ("Huyện", "CLB"), (("Từ Sơn", 3), ("Quế Võ", None)), "KH 1")'
REPORT = """
[[report.year]]
value = { title = "Báo cáo năm", cycle = "year" }
source = "VB1, Mục 9"
"""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", TODAY) as one:
        yield one


def made(here: Land, report: str, period: str | None, on: date = TODAY) -> Built:
    return build(here.store, here.registry.provinces, here.province, report, period, on)


def document(here: Land, report: str, period: str | None, on: date = TODAY) -> dict[str, Any]:
    found = made(here, report, period, on).document
    checker = FormatChecker(formats=["date"])
    Draft202012Validator(schemas.load("report"), format_checker=checker).validate(found)
    return found


def lived(here: Land) -> str:
    club = here.club(
        date(2021, 9, 1),
        members=people("1950", "1951", "1990-01-01"),
        trained=date(2021, 9, 20),
        launched=date(2021, 10, 1),
    )
    here.grant(club, date(2021, 11, 1))
    here.take(club, "supervise", date(2022, 4, 1))
    return club


def test_figures_are_those_of_the_periods_last_day(here: Land) -> None:
    club = lived(here)
    first = document(here, "year", "2021")
    here.take(club, "review", date(2022, 10, 3), {"year": 2022})
    here.add(club, people("1940"), date(2022, 10, 4))
    here.take(club, "dissolve", date(2023, 2, 1))
    second = document(here, "year", "2021")
    for part in ("figures", "progress", "clubs", "communes", "period", "earlier_reports"):
        assert first[part] == second[part], part
    (row,) = first["clubs"]
    assert (row["state"], row["members"], row["supervised_on"]) == ("launched", 3, None)
    (later,) = document(here, "year", "2022")["clubs"]
    assert (later["state"], later["members"], later["reviewed_year"]) == ("operating", 4, 2022)
    assert document(here, "year", "2023")["clubs"][0]["state"] == "dissolved"
    assert document(here, "year", "2023")["figures"]["clubs"] == 0


def test_built_twice_it_is_the_same_byte_for_byte(here: Land) -> None:
    lived(here)
    once = render_json(made(here, "half_year", "2022H1").document)
    again = render_json(made(here, "half_year", "2022H1", date(2024, 1, 1)).document)
    assert once == again
    assert json.loads(once)["figures"]["clubs"] == 1
    assert "Đề án" in once.decode()


def test_it_carries_the_head_of_the_log_the_policy_and_the_plugin(here: Land) -> None:
    lived(here)
    before = document(here, "year", "2022")
    policy = here.registry.provinces.policy("bac_ninh")
    assert before["policy"]["digest"] == policy.digest
    assert before["policy"]["plugin"] == "clb-bac-ninh"
    assert before["log"]["events"] == here.store.rows("SELECT count(*) FROM event")[0][0]
    here.club(date(2025, 9, 1))
    after = document(here, "year", "2022")
    assert after["log"]["head"] != before["log"]["head"]


def test_the_province_at_a_glance_is_of_the_day_asked(here: Land) -> None:
    lived(here)
    found = document(here, "overview", None, date(2021, 9, 20))
    assert found["period"] == {"id": "2021-09-20", "start": "2021-01-01", "end": "2021-09-20"}
    assert found["figures"]["clubs_by_state"] == {"trained": 1}
    (row,) = found["clubs"]
    assert (row["trained_on"], row["launched_on"]) == ("2021-09-20", None)
    assert found["report"]["status"] == "not_stipulated"


def test_sums_leave_out_proposals_and_dissolved_clubs(here: Land) -> None:
    lived(here)
    here.clock.day = date(2022, 2, 1)
    here.club(members=people("1950"))
    withdrawn = here.club(members=people("1950"))
    here.take(withdrawn, "withdraw", date(2022, 1, 30))
    gone = here.club(date(2021, 9, 1), members=people("1950", "1950"))
    here.take(gone, "dissolve", date(2022, 1, 5))
    here.clock.day = TODAY
    found = document(here, "year", "2022")
    sums = found["figures"]
    assert (sums["clubs"], sums["members"], sums["clubs_decided"]) == (1, 3, 2)
    assert sums["clubs_dissolved_in_period"] == 1
    assert sums["clubs_by_state"] == {"preparing": 1, "operating": 1, "dissolved": 1}
    assert withdrawn not in {row["club"] for row in found["clubs"]}
    assert [row["clubs"] for row in found["communes"]] == [1]


def test_earlier_reports_say_when_they_were_sent_and_how_late(here: Land) -> None:
    lived(here)
    send = here.registry.desk.send_report
    send("bac_ninh", "year", Period.parse("2021"), date(2021, 12, 24), by=TOWN)
    send("bac_ninh", "half_year", Period.parse("2022H1"), date(2022, 6, 17), by=TOWN)
    found = document(here, "year", "2023")["earlier_reports"]
    assert [(one["period"], one["sent_on"], one["days_late"]) for one in found] == [
        ("2021", "2021-12-24", 5),
        ("2022H1", "2022-06-17", 0),
        ("2022", None, 377),
        ("2023H1", None, 195),
    ]


def test_an_agency_nobody_confirmed_and_an_ended_programme_are_noticed(here: Land) -> None:
    lived(here)
    assert not any("Sở Y tế" in one for one in document(here, "year", "2024")["notices"])
    assert any("Sở Y tế" in one for one in document(here, "year", "2025")["notices"])
    over = document(here, "overview", "2026")["notices"]
    assert any("31/12/2025" in one for one in over)


def test_an_unknown_report_is_told_with_the_nearest(here: Land) -> None:
    with pytest.raises(UnknownError) as raised:
        made(here, "half_yaer", "2022H1")
    assert "half_year" in raised.value.help


def test_a_report_outside_its_document_is_not_made_up(here: Land) -> None:
    with pytest.raises(InputError):
        made(here, "year", "2031")


@pytest.fixture
def with_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], AbstractContextManager[Land]]:
    def start(code: str) -> AbstractContextManager[Land]:
        provinces = province_of(tmp_path, monkeypatch, REPORT, code)
        return land(tmp_path, "tinh_thu", TODAY, provinces)

    return start


WithCode = Callable[[str], AbstractContextManager[Land]]


def test_the_plugins_sections_are_in_the_report(with_code: WithCode) -> None:
    with with_code(HEAD + f"    return [{GOOD}]") as one:
        found = document(one, "year", "2022")
    assert found["sections"] == [
        {
            "title": "Theo huyện",
            "headings": ["Huyện", "CLB"],
            "rows": [["Từ Sơn", 3], ["Quế Võ", None]],
            "source": "KH 1",
        }
    ]
    assert found["failed_sections"] == []


def test_the_plugin_is_given_the_periods_figures_and_cannot_change_them(
    with_code: WithCode,
) -> None:
    code = (
        HEAD
        + """
    clubs = request.figures["figures"]["clubs"]
    try:
        request.figures["figures"]["clubs"] = 99
        said = "changed"
    except TypeError:
        said = request.period
    return [ReportSection(said, ("CLB",), ((clubs,),))]
"""
    )
    with with_code(code) as one:
        one.club(date(2022, 3, 1))
        one.club(date(2023, 3, 1))
        found = document(one, "year", "2022")
    assert found["sections"][0]["title"] == "2022"
    assert found["sections"][0]["rows"] == [[1]]


@pytest.mark.parametrize(
    "work",
    [
        "raise RuntimeError('hỏng')",
        "raise SystemExit(3)",
        "return 5",
        "return 'văn bản'",
        "return [('không', 'phải')]",
        "def lines():\n        yield 1 / 0\n    return lines()",
    ],
)
def test_a_hook_that_fails_costs_its_sections_and_the_report_says_so(
    with_code: WithCode, work: str
) -> None:
    with with_code(HEAD + f"    {work}") as one:
        one.club(date(2022, 3, 1))
        found = document(one, "year", "2022")
        warnings = made(one, "year", "2022").warnings
    assert found["figures"]["clubs"] == 1
    assert found["sections"] == []
    (failed,) = found["failed_sections"]
    assert "clb_tinh_thu" in failed["plugin"]
    assert failed["message"] in warnings


@pytest.mark.parametrize(
    "bad",
    [
        'ReportSection("Lệch cột", ("A", "B"), (("một",),))',
        'ReportSection("Số lẻ", ("A",), ((1.5,),))',
        'ReportSection("Đúng sai", ("A",), ((True,),))',
        'ReportSection("Cột số", (1,), ((1,),))',
        'ReportSection("Không có dòng", ("A",), None)',
        'ReportSection("Dòng hỏng", ("A",), (x / 0 for x in [1]))',
    ],
)
def test_a_bad_section_costs_itself_alone(with_code: WithCode, bad: str) -> None:
    with with_code(HEAD + f"    return [{bad}, {GOOD}]") as one:
        found = document(one, "year", "2022")
    assert [section["title"] for section in found["sections"]] == ["Theo huyện"]
    assert [failed["title"] for failed in found["failed_sections"]] == [bad.split('"')[1]]


def test_text_from_a_plugin_stays_text(with_code: WithCode) -> None:
    odd = ["<script>alert(1)</script>", "=HYPERLINK('x')", "a\u202eb", "x" * 10_000]
    code = HEAD + f"    return [ReportSection('T', ('A',), tuple((one,) for one in {odd!r}))]"
    with with_code(code) as one:
        found = json.loads(render_json(made(one, "year", "2022").document))
    assert [row[0] for row in found["sections"][0]["rows"]] == odd


def test_a_slow_hook_is_measured_and_named(
    with_code: WithCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "SLOW_SECONDS", 0.02)
    with with_code(HEAD + "    time.sleep(0.05)\n    return []") as one:
        built = made(one, "year", "2022")
    assert any("clb_tinh_thu" in warning for warning in built.warnings)
    assert built.document["failed_sections"] == []


LISTED = """
from engine import ReportSpec, hookimpl

@hookimpl
def clb_reports(request):
    return [ReportSpec("own_monthly", "Báo cáo riêng", "year", "KH 1", "03-15", ("Sở A",)), {more}]
"""


def test_a_report_the_plugin_names_is_listed_built_and_due(with_code: WithCode) -> None:
    with with_code(LISTED.format(more="")) as one:
        found = document(one, "own_monthly", "2022")
    assert found["report"]["due_on"] == "2023-03-14"
    assert [to["name"] for to in found["report"]["to"]] == ["Sở A"]


def test_a_report_under_an_id_that_is_taken_is_left_out_and_told(with_code: WithCode) -> None:
    more = 'ReportSpec("year", "Cướp chỗ", "year", "KH 1")'
    with with_code(LISTED.format(more=more)) as one:
        built = made(one, "year", "2022")
    assert built.document["report"]["title"] == "Báo cáo năm"
    assert len(built.warnings) == 1


def test_a_failing_list_of_reports_costs_those_alone(with_code: WithCode) -> None:
    with with_code(LISTED.format(more="1 / 0")) as one:
        built = made(one, "year", "2022")
        assert len(built.warnings) == 1
        with pytest.raises(UnknownError):
            made(one, "own_monthly", "2022")
