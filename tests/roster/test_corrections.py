"""With bad cells a copy of the officer's own list comes back, marked, and can be read again."""

import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from support.lists import ON

from engine.errors import InputError
from engine.roster.corrections import write_corrections
from engine.roster.reader import read

LISTS = Path(__file__).parents[1] / "rosters"


def layout(folder: Path) -> Path:
    """Write a list with titles, widths, merged cells and two bad cells."""
    path = folder / "cua toi.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Thành viên")
        title = book.add_format({"bold": True, "font_size": 16})
        sheet.merge_range("A1:E1", "DANH SÁCH CLB", title)
        sheet.set_column("B:B", 31)
        sheet.write_row(2, 0, ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD"])
        sheet.write_row(3, 0, [1, "Lê Thị Lan", "31/02/1950", "Nữ", ""])
        sheet.write_row(4, 0, [2, "Lê Thị Cúc", "1951", "Nữ", "12345"])
        sheet.write_row(5, 0, [3, "Lê Thị Mơ", "1952", "Nữ", ""])
    return path


def document(folder: Path) -> Path:
    made = docx.Document()
    rows = [["Họ và tên", "Ngày sinh", "Giới tính"], ["Lê Thị Lan", "31/02/1950", "Nữ"]]
    table = made.add_table(rows=0, cols=3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = folder / "ds.docx"
    made.save(str(path))
    return path


def text(folder: Path) -> Path:
    path = folder / "ds.csv"
    path.write_text("Họ và tên;Ngày sinh;Giới tính\nLê Thị Lan;31/02/1950;Nữ\n", encoding="utf-8")
    return path


def test_a_workbook_keeps_its_layout_and_each_bad_cell_has_a_note(tmp_path: Path) -> None:
    path, copy = layout(tmp_path), tmp_path / "danh-sach-can-sua.xlsx"
    reading = read(path, on=ON)
    write_corrections(path, copy, reading)
    sheet = openpyxl.load_workbook(copy)["Thành viên"]
    assert sheet.column_dimensions["B"].width == pytest.approx(31, abs=1)
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:E1"]
    marked = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
    assert marked == ["C4", "E5"]
    assert all(sheet[one].fill.fgColor.rgb == "FFFFEB3B" for one in marked)
    assert "CCCD" in sheet["E5"].comment.text
    assert sheet["B4"].fill.fill_type is None


@pytest.mark.parametrize("make", [layout, document, text])
def test_the_copy_is_read_again_once_it_is_corrected(tmp_path: Path, make: object) -> None:
    assert callable(make)
    path, copy = make(tmp_path), tmp_path / "danh-sach-can-sua.xlsx"
    reading = read(path, on=ON)
    assert reading.rejected
    write_corrections(path, copy, reading)
    again = read(copy, on=ON)
    assert [(one.cell, one.found) for one in again.rejected] == [
        (one.cell, one.found) for one in reading.rejected
    ]
    book = openpyxl.load_workbook(copy)
    for one in again.rejected:
        book[book.sheetnames[0]][one.cell] = "1950" if one.column == "Ngày sinh" else None
    book.save(copy)
    corrected = read(copy, on=ON)
    assert corrected.rejected == ()
    assert len(corrected.people) == len(reading.people) + len({one.row for one in reading.rejected})


def test_an_old_workbook_comes_back_with_the_same_people(tmp_path: Path) -> None:
    copy = tmp_path / "sua.xlsx"
    path = LISTS / "18_excel_2003.xls"
    reading = read(path, on=ON)
    write_corrections(path, copy, reading)
    assert read(copy, on=ON).people == reading.people


def test_only_a_workbook_is_written(tmp_path: Path) -> None:
    path = layout(tmp_path)
    with pytest.raises(InputError) as refused:
        write_corrections(path, tmp_path / "sua.csv", read(path, on=ON))
    assert refused.value.code == "CLB-ROSTER-SUFFIX"
    assert not (tmp_path / "sua.csv").exists()


def test_a_sheet_that_is_read_only_in_part_comes_back_with_its_cells(tmp_path: Path) -> None:
    """The readers of lists take what they find; the library that keeps a layout takes all."""
    whole, path = layout(tmp_path), tmp_path / "hong.xlsx"
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w") as new:
        for name in good.namelist():
            sheet = good.read(name)
            new.writestr(name, sheet.replace(b"<pageMargins", b"<pageMargins x=&;"))
    copy = tmp_path / "sua.xlsx"
    write_corrections(path, copy, read(path, on=ON))
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    assert [sheet[cell].comment is not None for cell in ("C4", "E5", "C6")] == [True, True, False]
