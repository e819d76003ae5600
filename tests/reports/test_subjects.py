"""What only one report has: the clubs it reviews, empty room for difficulties; who it is for."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from support.land import land

from engine import i18n
from engine.documents.report_formats import render
from engine.reports.building import build

SECTION = "Difficulties and obstacles"


@pytest.fixture(autouse=True)
def english() -> Any:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def made(folder: Path, province: str, report: str, period: str | None, on: date) -> dict[str, Any]:
    with land(folder, province, on) as here:
        return build(here.store, here.registry.provinces, province, report, period, on).document


@pytest.mark.parametrize(
    ("province", "period", "source"),
    [
        ("hoa_binh", "2019", "KH 47/KH-UBND, VI*.1"),
        ("bac_ninh", "2022", "QĐ 933/QĐ-UBND, Phần thứ ba, V.2"),
        ("hai_phong", "2024", "KH 249/KH-UBND, V, đoạn cuối"),
        ("ha_noi", "2027", "Kế hoạch số …/KH-UBND năm 2026 (bản chưa ghi số, ngày), V.14"),
    ],
)
def test_a_report_of_difficulties_has_empty_room_for_them(
    tmp_path: Path, province: str, period: str, source: str
) -> None:
    document = made(tmp_path, province, "difficulties", period, date(int(period) + 1, 1, 5))
    (section,) = document["subject"]
    assert (section["title"], section["source"]) == (SECTION, source)
    assert len(section["rows"]) >= 3
    assert {cell for row in section["rows"] for cell in row} == {""}
    word = docx.Document(BytesIO(render("docx", document, None)))
    shown = [one.text for one in word.paragraphs]
    assert f"{SECTION} ({source})" in shown
    assert f"Under {source}, the results are reported as follows:" in shown
    empty = [row for row in word.tables[1].rows if not any(cell.text for cell in row.cells)]
    assert len(empty) == len(section["rows"])
    assert all(row.height is not None and row.height.mm >= 10 for row in empty)
    book = openpyxl.load_workbook(BytesIO(render("xlsx", document, None)))
    assert list(next(book[SECTION].iter_rows(min_row=3, values_only=True))) == list(
        section["headings"]
    )
    assert f"<h2><bdi>{SECTION}</bdi></h2>" in render("html", document, None).decode()


def test_other_reports_have_no_such_room(tmp_path: Path) -> None:
    assert made(tmp_path, "hai_phong", "year", "2024", date(2025, 1, 5))["subject"] == []


def test_the_review_of_named_clubs_has_a_row_for_each_of_the_eleven(tmp_path: Path) -> None:
    with land(tmp_path, "hoa_binh", date(2020, 1, 5)) as here:
        there = here.club(date(2018, 5, 22), commune="Xã Yên Lạc")
        here.club(date(2019, 4, 8), commune="Xã Thu Phong", village="Thôn Tây")
        here.club(date(2019, 4, 8), commune="Xã Khác")
        build_ = build(
            *(here.store, here.registry.provinces, "hoa_binh", "review_of_named_clubs", None),
            date(2020, 1, 5),
        )
        name = here.registry.lifecycle.club(there).name
    first, second = build_.document["subject"]
    assert (len(first["rows"]), len(second["rows"])) == (5, 6)
    assert first["source"] == "KH 47/KH-UBND, I.2, Năm 2018"
    assert first["rows"][0][1:3] == [name, "22/05/2018"]
    assert [row[1] for row in (*first["rows"], *second["rows"])].count("no club yet") == 9


def test_each_recipient_is_named_with_the_agency_the_report_goes_through(tmp_path: Path) -> None:
    document = made(tmp_path, "bac_ninh", "half_year", "2022H1", date(2022, 7, 1))
    through = ", through Sở Lao động - Thương binh và Xã hội"
    to = [
        f"Ủy ban nhân dân tỉnh Bắc Ninh{through}",
        f"Bộ Lao động - Thương binh và Xã hội{through}",
    ]
    book = openpyxl.load_workbook(BytesIO(render("xlsx", document, None)))
    facts = dict(row[:2] for row in book["Summary"].iter_rows(min_row=4, values_only=True))
    assert facts["Recipients"] == "; ".join(to)
    reporters = (
        "Sở, ban, ngành liên quan; UBND huyện, thị xã, thành phố; Cơ quan, đơn vị trên địa bàn tỉnh"
    )
    assert facts["Reporters"] == reporters
    page = render("html", document, None).decode()
    assert f"<bdi>{'; '.join(to)}</bdi>" in page or "; ".join(to) in page
    assert reporters in page
    word = docx.Document(BytesIO(render("docx", document, None)))
    cells = (cell for table in word.tables for cell in table.row_cells(0))
    lines = (one.text for cell in cells for one in cell.paragraphs)
    foot = [one.replace("\N{NO-BREAK SPACE}", " ") for one in lines]
    for one in to:
        assert f"- {one};" in foot
