"""What a plugin adds to a report: what fails costs itself, in every format, and is named."""

import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from jsonschema import Draft202012Validator
from support.land import Land, land
from support.province_plugin import province_of

import schemas
from engine.documents.report_formats import render
from engine.errors import UnknownError
from engine.reports import sections
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


def made(here: Land, report: str, period: str | None, on: date = TODAY) -> Built:
    return build(here.store, here.registry.provinces, here.province, report, period, on)


def document(here: Land, report: str, period: str | None) -> dict[str, Any]:
    found = made(here, report, period).document
    Draft202012Validator(schemas.load("report")).validate(found)
    return found


def shown(found: dict[str, Any], format_: str) -> str:
    """Return the text that a reader of the file sees."""
    data = render(format_, found)
    if format_ == "docx":
        return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    if format_ == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        return "\n".join(str(row) for row in sheet.iter_rows(values_only=True))
    return data.decode()


@pytest.fixture
def with_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], AbstractContextManager[Land]]:
    def start(code: str) -> AbstractContextManager[Land]:
        provinces = province_of(tmp_path, monkeypatch, REPORT, code)
        return land(tmp_path, "tinh_thu", TODAY, provinces)

    return start


LISTED = """
from engine import ReportSpec, hookimpl

@hookimpl
def clb_reports(request):
    return [ReportSpec("own_monthly", "Báo cáo riêng", "year", "KH 1", "03-15", ("Sở A",)), {more}]
"""
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
        text = "changed"
    except TypeError:
        text = request.period
    return [ReportSection(text, ("CLB",), ((clubs,),))]
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
def test_a_hook_that_fails_costs_its_sections_and_the_report_names_it(
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
        'ReportSection("Số quá lớn", ("A",), ((10**400,),))',
        'ReportSection("Nửa chữ", ("A",), (("\\ud800",),))',
    ],
)
def test_a_bad_section_costs_itself_alone(with_code: WithCode, bad: str) -> None:
    with with_code(HEAD + f"    return [{bad}, {GOOD}]") as one:
        found = document(one, "year", "2022")
    assert [section["title"] for section in found["sections"]] == ["Theo huyện"]
    assert [failed["title"] for failed in found["failed_sections"]] == [bad.split('"')[1]]


@pytest.mark.parametrize("title", ["", "  ", "\\ud800"])
def test_a_section_without_a_title_that_can_be_written_is_left_out(
    with_code: WithCode, title: str
) -> None:
    bad = f'ReportSection("{title}", ("A",), ((1,),))'
    with with_code(HEAD + f"    return [{bad}, {GOOD}]") as one:
        found = document(one, "year", "2022")
    assert [section["title"] for section in found["sections"]] == ["Theo huyện"]
    assert len(found["failed_sections"]) == 1
    assert render_json(found)


def test_text_from_a_plugin_stays_text(with_code: WithCode) -> None:
    odd = ["<script>alert(1)</script>", "=HYPERLINK('x')", "a\u202eb", "x" * 10_000]
    code = HEAD + f"    return [ReportSection('T', ('A',), tuple((one,) for one in {odd!r}))]"
    with with_code(code) as one:
        found = json.loads(render_json(made(one, "year", "2022").document))
    assert [row[0] for row in found["sections"][0]["rows"]] == odd


def test_a_slow_hook_is_measured_and_named_and_its_time_is_not_in_the_report(
    with_code: WithCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "SLOW_SECONDS", 0.02)
    with with_code(HEAD + f"    time.sleep(0.05)\n    return [{GOOD}]") as one:
        built, again = made(one, "year", "2022"), made(one, "year", "2022")
    assert built.plugin_seconds > 0.05
    assert any("clb_tinh_thu" in warning for warning in built.warnings)
    (slow,) = built.document["slow_sections"]
    assert "clb_tinh_thu" in slow["plugin"]
    assert slow["limit_seconds"] == 0.02
    assert len(built.document["sections"]) == 1
    for format_ in ("json", "html"):
        assert render(format_, built.document) == render(format_, again.document)
        assert "clb_tinh_thu" in shown(built.document, format_)


def test_a_hook_that_lists_reports_and_fails_is_named_in_those_that_are_made(
    with_code: WithCode,
) -> None:
    with with_code(LISTED.format(more="1 / 0")) as one:
        found = document(one, "year", "2022")
    assert any("clb_reports" in notice for notice in found["notices"])


@pytest.mark.parametrize("format_", ["json", "html", "xlsx", "docx"])
@pytest.mark.parametrize(
    "work",
    [
        "raise RuntimeError('hỏng')",
        "raise RuntimeError('\\ud800')",
        "return 5",
        f"return [1, {GOOD}]",
    ],
)
def test_every_format_is_made_and_names_what_failed(
    with_code: WithCode, work: str, format_: str
) -> None:
    with with_code(HEAD + f"    {work}") as one:
        one.club(date(2022, 3, 1))
        found = document(one, "year", "2022")
    (failed,) = found["failed_sections"]
    text = shown(found, format_)
    assert failed["message"].replace("'", "") in text.replace("&#39;", "").replace("'", "")
    assert "CLB 1" in text or format_ in ("xlsx", "docx")


def test_a_report_the_plugin_names_is_listed_built_and_due(with_code: WithCode) -> None:
    with with_code(LISTED.format(more="")) as one:
        found = document(one, "own_monthly", "2022")
    assert found["report"]["due_on"] == "2023-03-14"
    assert [to["name"] for to in found["report"]["to"]] == ["Sở A"]


def test_a_report_under_an_id_that_is_taken_is_left_out_with_a_warning(with_code: WithCode) -> None:
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
