"""Rows are written as the library that makes the workbook would write them."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from engine.roster.filling import fill, write_models

SHEET = "xl/worksheets/sheet1.xml"
PIECES = [*'aĐ Ế0=+-@&<>"\n\t\r_x\x00\x1f\x0b', "_x0041_", "\ufffe", "\uffff", "😀"]
texts = (
    st.lists(st.sampled_from(PIECES), max_size=6)
    .map("".join)
    .filter(lambda text: not text.startswith("<r>"))
)


def by_library(rows: list[list[str]]) -> bytes:
    file = BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        sheet, quoted = book.add_worksheet(), book.add_format({"quote_prefix": True})
        sheet.set_column(2, 2, 9, book.add_format({"num_format": "@"}))
        sheet.write_string(0, 0, "above")
        for number, row in enumerate(rows, start=1):
            sheet.write_number(number, 0, number)
            for column, text in enumerate(row, start=1):
                if text:
                    format_ = quoted if text[0] in "=+-@" else None
                    sheet.write_string(number, column, text, format_)
        sheet.freeze_panes(1, 0)
    return ZipFile(file).read(SHEET)


def by_us(path: Path, rows: list[list[str]]) -> bytes:
    file = BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        sheet, quoted = book.add_worksheet(), book.add_format({"quote_prefix": True})
        sheet.set_column(2, 2, 9, book.add_format({"num_format": "@"}))
        sheet.write_string(0, 0, "above")
        write_models(sheet, 1, 4, quoted)
        sheet.freeze_panes(1, 0)
    fill(file, path, rows, line=1, count=len(rows))
    return ZipFile(path).read(SHEET)


def parts(sheet: bytes) -> list[str]:
    """Return the rows; which number a format has depends on which was used first."""
    rows = sheet.decode().partition("<sheetData>")[2]
    return re.sub(r' s="[0-9]+"', " s", rows).split("</row>")


@given(rows=st.lists(st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=4))
def test_any_text_is_written_as_the_library_writes_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("filled") / "list.xlsx"
    assert parts(by_us(path, rows)) == parts(by_library(rows))


@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 17_000, "a" + "😀" * 17_000, "&" * 32_767])
def test_a_text_that_excel_would_refuse_is_cut_as_the_library_cuts_it(
    tmp_path: Path, text: str
) -> None:
    rows = [[text, "", "a"]]
    assert parts(by_us(tmp_path / "list.xlsx", rows)) == parts(by_library(rows))


def test_the_sheet_says_how_far_its_rows_reach(tmp_path: Path) -> None:
    sheet = by_us(tmp_path / "list.xlsx", [["a", "b", "c"]] * 700)
    assert b'<dimension ref="A1:D701"/>' in sheet
    assert sheet.count(b"<row ") == 701
