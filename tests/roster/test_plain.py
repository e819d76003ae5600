"""Rows read at a glance say what they say when they are read with care."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.roster import Reading, read, reader
from engine.roster.cells import Births, Texts
from engine.roster.headings import find
from engine.roster.model import Row
from engine.roster.plain import plain_rows

ON = date(2022, 6, 30)
HEADINGS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Thôn", "Diện hộ", "CCCD", "SĐT"]
LAN = ["1", "Lê Thị Lan", "02/05/1950", "Nữ", "Thôn Đông", "Cận nghèo", "027150000001", ""]
CELLS = (
    ["1", ""],
    ["Lê Thị Lan", " lê  thị lan", "Lê Thị Lan", "1. Lê Thị Lan", "Tổng cộng", "", "x", "123"],
    ["02/05/1950", "31/02/1950", "00/05/1950", "2/5/50", "1950", "01/01/0050", "02/05/2023", ""],
    ["Nữ", "nam", "F", "?", ""],
    ["Thôn Đông", " Xóm  2", ""],
    ["Hộ nghèo", "cận nghèo", "x", "", "không"],
    ["027150000001", "27150000001", "0271 5000 0001", "*********001", "-", ""],
    ["0912345678", "912345678", "+84912345678", "09123", "0912345678 (con)", ""],
    ["trưởng nhóm", "hộ nghèo", ""],
)


def listed(folder: Path, *rows: list[str], headings: list[str] = HEADINGS) -> Reading:
    path = folder / "list.csv"
    path.write_text("\n".join(";".join(row) for row in [headings, *rows]), encoding="utf-8")
    return read(path, on=ON)


@given(rows=st.lists(st.tuples(*map(st.sampled_from, CELLS)).map(list), min_size=1, max_size=8))
@pytest.mark.parametrize("columns", [9, 8, 4])
@pytest.mark.parametrize("told", [True, False], ids=["circumstance", "no circumstance"])
def test_a_glance_and_care_agree(
    tmp_path_factory: pytest.TempPathFactory, columns: int, told: bool, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("list")
    headings = [*HEADINGS, "Ghi chú"]
    if not told:
        headings[5] = "Học vấn"
    cut = [row[:columns] for row in rows]
    with pytest.MonkeyPatch.context() as patch:
        glanced = listed(folder, *cut, headings=headings[:columns])
        patch.setattr(reader, "plain_rows", lambda *_of: None)
        assert glanced == listed(folder, *cut, headings=headings[:columns])


def test_a_row_of_our_own_list_is_plain_and_a_wrong_one_is_not() -> None:
    header = find([list(HEADINGS)])
    assert header is not None
    plain = plain_rows(header, Births(ON), Texts())
    assert plain is not None
    row: Row = list(LAN)
    entry = plain.entry(2, row)
    assert entry is not None
    assert (entry.row, entry.born, entry.phone) == (2, "1950-05-02", None)
    for place, wrong in (
        (1, "Lan 2"),
        (2, "2/5/50"),
        (3, ""),
        (5, "x"),
        (6, "1"),
        (7, "912345678"),
    ):
        assert plain.entry(2, [*row[:place], wrong, *row[place + 1 :]]) is None


@pytest.mark.parametrize(
    "headings",
    [
        ["Họ và tên đệm", "Tên", "Năm sinh", "Giới tính"],
        ["Họ và tên", "Năm sinh", "Nam", "Nữ"],
        ["Họ và tên", "Năm sinh", "Giới tính", "Hộ nghèo"],
        ["Họ và tên", "Ngày sinh", "Năm sinh", "Giới tính"],
        ["Họ và tên", "Năm sinh"],
    ],
)
def test_lists_that_say_a_thing_in_several_columns_are_read_with_care(headings: list[str]) -> None:
    header = find([list(headings)])
    assert header is not None
    assert plain_rows(header, Births(ON), Texts()) is None


def test_the_village_above_goes_to_plain_rows_too(tmp_path: Path) -> None:
    nowhere = [*LAN[:4], "", *LAN[5:]]
    reading = listed(tmp_path, LAN, ["Thôn Tây"], nowhere)
    assert [one.village for one in reading.entries] == ["Thôn Đông", "Thôn Tây"]
