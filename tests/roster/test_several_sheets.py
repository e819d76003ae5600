"""Several sheets: those with the same headings are one list, and nobody is lost in silence."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from support.lists import ON, asked, cells, from_sheets, names, remarked

from engine.errors import InputError
from engine.roster.reader import read

HEAD = cells("STT|Họ và tên|Năm sinh|Giới tính")


def village(name: str, *people: str) -> list[list[object]]:
    return [HEAD, *([n, one, 1950 + n, "Nữ"] for n, one in enumerate(people, start=1))]


@pytest.mark.parametrize("count", [2, 3, 6])
def test_one_sheet_a_village_is_read_together(tmp_path: Path, count: int) -> None:
    sheets = {
        f"Thôn {n}": village("", f"Lê Thị {['Lan', 'Cúc', 'Huệ', 'Mơ', 'Mận', 'Đào'][n]}")
        for n in range(count)
    }
    reading = from_sheets(tmp_path, sheets)
    assert len(reading.people) == count
    assert [one.village for one in reading.people] == list(sheets)
    assert reading.sheets == tuple(sheets)
    assert remarked(reading, *sheets)


def test_rows_are_named_with_their_sheet(tmp_path: Path) -> None:
    sheets = {
        "Thôn Đông": village("", "Lê Thị Lan"),
        "Thôn Đoài": [HEAD, [1, "Lê Thị Cúc", 2040, "Nữ"]],
    }
    reading = from_sheets(tmp_path, sheets)
    assert [(one.sheet, one.row, one.cell) for one in reading.rejected] == [("Thôn Đoài", 2, "C2")]


@pytest.mark.parametrize("wanted", [["Đông"], ["Đoài"], ["đoài", "ĐÔNG"]])
def test_the_sheets_somebody_chooses_are_read(tmp_path: Path, wanted: list[str]) -> None:
    sheets = {"Đông": village("", "Lê Thị Đông"), "Đoài": village("", "Lê Thị Đoài")}
    reading = from_sheets(tmp_path, sheets, wanted=wanted)
    assert {one.name.split()[-1].casefold() for one in reading.people} == {
        one.casefold() for one in wanted
    }


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Tây") as refused:
        from_sheets(tmp_path, {"Đông": village("", "Lê Thị Lan")}, wanted=["Tây"])
    assert refused.value.code == "CLB-ROSTER-SHEET"
    assert "Đông" in refused.value.help


@pytest.mark.parametrize(
    ("title", "sheet"),
    [("BCN", []), ("Sheet1", [["DANH SÁCH BAN CHỦ NHIỆM CLB"], []]), ("Ban chủ nhiệm", [])],
)
def test_a_boards_sheet_in_front_is_not_the_members_list(
    tmp_path: Path, title: str, sheet: list[list[str]]
) -> None:
    board = [*sheet, [*HEAD, "Chức vụ"], [1, "Lê Văn Trưởng", 1950, "Nam", "Chủ nhiệm"]]
    reading = from_sheets(
        tmp_path, {title: board, "Thành viên": village("", "Lê Thị Lan", "Lê Thị Cúc")}
    )
    assert names(reading) == ["Lê Thị Lan", "Lê Thị Cúc"]
    assert remarked(reading, title)


def test_a_board_alone_is_a_list(tmp_path: Path) -> None:
    assert names(from_sheets(tmp_path, {"BCN": village("", "Lê Thị Lan")})) == ["Lê Thị Lan"]


@pytest.mark.parametrize(("answer", "count"), [(None, 1), ("same", 1), ("all", 2)])
def test_sheets_with_other_headings_are_asked_about(
    tmp_path: Path, answer: str | None, count: int
) -> None:
    other = [
        cells("Họ tên|Ngày sinh|GT|Thôn|SĐT"),
        ["Lê Thị Cúc", date(1951, 3, 13), "Nữ", "Thôn Đoài", "0912000001"],
    ]
    answers = {"sheets": answer} if answer else {}
    reading = from_sheets(
        tmp_path, {"Đông": village("", "Lê Thị Lan"), "Đoài": other}, answers=answers
    )
    assert len(reading.people) == count
    assert ("sheets" in asked(reading)) == (answer is None)


def test_an_empty_sheet_with_headings_is_nothing_to_ask_about(tmp_path: Path) -> None:
    reading = from_sheets(
        tmp_path, {"Đông": village("", "Lê Thị Lan"), "Mẫu": [cells("Họ tên|Ngày sinh|GT|SĐT")]}
    )
    assert (names(reading), reading.questions) == (["Lê Thị Lan"], ())


@pytest.mark.parametrize("hidden", [["Thôn Tây"], ["Thôn Tây", "Cũ"], ["DanhMuc"]])
def test_hidden_sheets_are_named_and_not_read(tmp_path: Path, hidden: list[str]) -> None:
    path = tmp_path / "an.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        for name in ("Thôn Đông", *hidden):
            sheet = made.add_worksheet(name)
            for line, row in enumerate(village("", f"Lê Thị {name.split()[-1]}")):
                sheet.write_row(line, 0, row)
            if name in hidden:
                sheet.hide()
    reading = read(path, on=ON)
    assert names(reading) == ["Lê Thị Đông"]
    assert remarked(reading, *hidden)


@pytest.mark.parametrize(
    "rows",
    [
        [cells("1|Lê Thị Mận|1950|Nữ"), cells("2|Lê Thị Đào|1951|Nữ")],
        [cells("Xóm|Số người|Trong đó nữ"), cells("Xóm 1|9|5")],
        [[], cells("DANH SÁCH"), cells("1|Lê Thị Mận|1950")],
    ],
)
def test_a_sheet_without_the_headings_of_a_list_is_named(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    sheets = {"Thôn Đoài": village("", "Lê Thị Lan"), "Thôn Đông": rows}
    reading = from_sheets(tmp_path, {"Bìa": [["DANH SÁCH"], ["Năm 2022"]], **sheets})
    assert names(reading) == ["Lê Thị Lan"]
    assert remarked(reading, "“Thôn Đông”")
    assert not remarked(reading, "“Bìa”")
