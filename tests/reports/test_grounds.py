"""Whoever reads that something is due reads on what ground: article, law, general procedure."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from support.land import Land, land

from engine import i18n
from engine.documents.report_formats import render
from engine.reports.building import build
from engine.reports.deadlines import report_rules, reporters
from engine.reports.due import due

GENERAL = "general procedure, not a provision of the province"
ARTICLE = "QĐ 933/QĐ-UBND, Phần thứ ba, II.4"
CLOSING = "QĐ 933/QĐ-UBND, Phần thứ ba, V, đoạn kết"
TRAINING = "QĐ 933/QĐ-UBND, Phần thứ ba, V.1, as this system reads it"
SIZE = "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.2"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    before = i18n.language()
    i18n.use("en")
    with land(tmp_path, "bac_ninh", date(2026, 6, 30)) as one:
        yield one
    i18n.use(before)


@pytest.fixture
def late(here: Land) -> dict[str, Any]:
    """A report in which a supervision, a review and the year's report are late."""
    here.club(date(2021, 9, 1), trained=date(2021, 9, 20), launched=date(2021, 10, 1))
    provinces = here.registry.provinces
    return build(here.store, provinces, "bac_ninh", "year", "2022", date(2022, 12, 31)).document


def test_the_part_of_a_report_that_is_read_is_named_as_read_and_no_other(here: Land) -> None:
    policy, on = here.rules.policy, date(2025, 12, 1)
    by_id = {one.id: one for one in report_rules(policy)}
    assert by_id["phase"].source == ARTICLE
    assert reporters(policy, by_id["phase"], on) == [
        "Ban điều hành Đề án (as this system reads it)"
    ]
    assert reporters(policy, by_id["periodic"], on) == ["Ban đại diện Hội Người cao tuổi tỉnh"]
    notes = {one.title: one.note for one in due(here.store, here.rules, "bac_ninh", on)}
    assert notes[by_id["phase"].title] == "The year is as this system reads the document."
    assert notes[by_id["yearly_conference"].title] is None


def test_every_late_row_of_a_word_report_has_its_ground(late: dict[str, Any]) -> None:
    made = docx.Document(BytesIO(render("docx", late, None)))
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in made.tables]
    (rows,) = [one for one in tables if one[0][0] == "What"]
    assert rows[0][-1] == "Ground (QĐ 933/QĐ-UBND)"
    grounds = {row[0]: f"QĐ 933/QĐ-UBND, {row[-1]}" if row[-1] else "" for row in rows[1:]}
    assert grounds["supervision"] == ARTICLE
    assert grounds["yearly review"] == ""
    assert grounds["Báo cáo năm kết quả thực hiện Đề án (the year 2021)"] == CLOSING
    assert not [one.text for one in made.paragraphs if GENERAL in one.text]
    feet = [one.text for part in made.sections for one in part.footer.paragraphs]
    assert all("without an article: general procedure" in one for one in filter(None, feet))
    assert any(feet), "the rows without a ground rest on it"
    (reports,) = [one for one in tables if one[0][0] == "Report"]
    assert {row[-1] for row in reports[1:]} == {CLOSING}
    (attention,) = [one for one in tables if one[0][-1] == "Why"]
    assert "yearly review: 91 days late;" in attention[1][-1]
    assert f"days late ({ARTICLE})" in attention[1][-1]


def test_every_late_row_of_a_workbook_has_its_ground(late: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(BytesIO(render("xlsx", late, None)))
    for sheet, grounds in (
        ("Overdue", {ARTICLE, GENERAL, CLOSING, TRAINING}),
        ("Attention", {ARTICLE, GENERAL, TRAINING, SIZE}),
        ("Earlier reports", {CLOSING}),
    ):
        _title, _blank, headings, *rows = book[sheet].values
        assert headings[-1] == "Ground"
        assert {row[-1] for row in rows} == grounds


def test_every_late_row_of_a_page_has_its_ground(late: dict[str, Any]) -> None:
    page = render("html", late, None).decode()
    grounds = page.partition('<ol class="grounds">')[2].partition("</ol>")[0]
    listed = re.findall("<li><bdi.*?>(.*)</bdi></li>", grounds)
    for row in late["overdue"]:
        place = listed.index(row["source"]) + 1
        assert page.count(f"<td>[{place}]</tr>") >= 1
