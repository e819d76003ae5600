"""Names as lists write them: titles, two people in a cell, capitals, a sex that does not fit."""

from pathlib import Path

import pytest
from support.lists import HEADINGS, asked, from_lines, from_sheets, names, remarked

from engine.roster.names import examined

WITH_TITLES = {
    "Ông Nguyễn Văn An": "Nguyễn Văn An",
    "Bà Lê Thị Mơ": "Lê Thị Mơ",
    "Cụ Trần Văn Bình": "Trần Văn Bình",
    "Đ/c Phạm Văn Đức": "Phạm Văn Đức",
    "Đ/C: Vũ Thị Yến": "Vũ Thị Yến",
    "Cụ bà Đỗ Thị Ấm": "Đỗ Thị Ấm",
    "Ô. Hoàng Văn Thụ": "Hoàng Văn Thụ",
    "ong Nguyen Van An": "Nguyen Van An",
    "Đồng chí Bùi Văn Sơn": "Bùi Văn Sơn",
    "Ông Y Blăk Niê": "Y Blăk Niê",
}


@pytest.mark.parametrize(("typed", "name"), WITH_TITLES.items())
def test_a_title_is_taken_off_with_a_remark(tmp_path: Path, typed: str, name: str) -> None:
    sex = "Nữ" if "Thị" in name else "Nam"
    reading = from_lines(tmp_path, HEADINGS, f"1|{typed}|1950|{sex}")
    assert (names(reading), reading.questions) == ([name], ())
    assert remarked(reading, typed.split(maxsplit=1)[0].rstrip(".:"), name)


@pytest.mark.parametrize(
    "name",
    ["Ông Ích Khiêm", "Ông Thị Lan", "Ông Văn Tám", "Cù Thị Hậu", "Bá Văn Lâm", "Anh Đức", "Bà"],
)
def test_a_family_that_sounds_like_a_title_stays(name: str) -> None:
    assert examined(name).name == name


@pytest.mark.parametrize(
    ("typed", "sex"), [("Ông Nguyễn Văn An", "M"), ("Bà Lê Thị Mơ", "F"), ("Chị Vũ Thị Yến", "F")]
)
def test_a_title_says_the_sex_where_the_list_does_not(tmp_path: Path, typed: str, sex: str) -> None:
    reading = from_lines(tmp_path, "Họ và tên|Năm sinh", f"{typed}|1950")
    assert [one.sex for one in reading.people] == [sex]
    assert remarked(reading, typed)


TWO = [
    "Ngô Văn Kha và vợ Lê Thị Mơ",
    "Ngô Văn Kha, Lê Thị Mơ",
    "Ngô Văn Kha + Lê Thị Mơ",
    "Ngô Văn Kha & Lê Thị Mơ",
    "Ngô Văn Kha - Lê Thị Mơ",
    "Ngô Văn Kha / Lê Thị Mơ",
    "Vợ chồng ông Kha",
    "Ông Kha và bà Mơ",
    "Ngo Van Kha va vo Le Thi Mo",
    "Ngô Văn Kha Lê Thị Mơ",
]


@pytest.mark.parametrize("typed", TWO)
def test_two_people_in_one_cell_are_refused(tmp_path: Path, typed: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|{typed}|1950|Nam", "2|Lê Thị Cúc|1951|Nữ")
    assert [(one.row, one.column, one.found) for one in reading.rejected] == [
        (2, "Họ và tên", typed)
    ]
    assert names(reading) == ["Lê Thị Cúc"]


@pytest.mark.parametrize(
    "typed",
    ["Lê Thị Lan - Chủ nhiệm", "Lê Thị Lan, PCN", "LÊ THỊ LAN-Thủ quỹ", "Lê Thị Lan/Tổ trưởng"],
)
def test_a_name_with_a_post_behind_it_is_refused(tmp_path: Path, typed: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|{typed}|1950|Nữ")
    assert [one.found for one in reading.rejected] == [typed]


def test_two_people_on_two_lines_of_a_cell_are_refused_and_one_wrapped_name_is_not(
    tmp_path: Path,
) -> None:
    head = HEADINGS.split("|")
    reading = from_sheets(
        tmp_path,
        {
            "DS": [
                head,
                [1, "Ngô Văn Kha\nLê Thị Mơ", 1950, "Nam"],
                [2, "Nguyễn Thị\nLan", 1951, "Nữ"],
                [3, "Trần\nVăn Bình", 1952, "Nam"],
            ]
        },
    )
    assert [one.row for one in reading.rejected] == [2]
    assert names(reading) == ["Nguyễn Thị Lan", "Trần Văn Bình"]


@pytest.mark.parametrize(
    "name",
    ["Lê Thị Mơ (vợ ông Kha)", "Nguyễn Văn Bình (A)", "Và A Páo", "Nguyễn Thị Và", "Lò Thị Vợi"],
)
def test_a_name_with_more_in_brackets_is_one_person(tmp_path: Path, name: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|{name}|1950|{'Nữ' if 'Thị' in name else 'Nam'}")
    assert names(reading) == [name]


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Lê Văn Dũng", "Nữ"),
        ("Đỗ Thị Hoa", "Nam"),
        ("NGUYỄN VĂN MINH", "Nữ"),
        ("Bà Lê Văn Dũng", "Nam"),
    ],
)
def test_a_name_that_seldom_goes_with_the_sex_is_asked_about(
    tmp_path: Path, name: str, sex: str
) -> None:
    lines = (HEADINGS, f"1|{name}|1950|{sex}")
    assert asked(from_lines(tmp_path, *lines))["odd-sex"][0] == 2
    kept = from_lines(tmp_path, *lines, answers={"odd-sex": "as-written"})
    assert (len(kept.people), kept.questions) == (1, ())
    assert remarked(kept, name.removeprefix("Bà "))


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Nguyễn Thị Văn", "Nữ"),
        ("Văn Thị Lan", "Nữ"),
        ("Nguyễn Văn Thị", "Nam"),
        ("Lê Thị Văn Anh", "Nữ"),
    ],
)
def test_a_name_that_only_has_the_word_is_not(tmp_path: Path, name: str, sex: str) -> None:
    assert from_lines(tmp_path, HEADINGS, f"1|{name}|1950|{sex}").questions == ()


@pytest.mark.parametrize("name", ["ĐỖ THỊ HOA", "TRẦN VĂN BÌNH", "H'MƠ NIÊ"])
def test_capitals_are_remarked(tmp_path: Path, name: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|{name}|1950|{'Nam' if 'VĂN' in name else 'Nữ'}")
    assert names(reading) == [name]
    assert remarked(reading, name)


@pytest.mark.parametrize(
    ("number", "sex", "year", "differs"),
    [
        ("027150000001", "Nữ", "1950", False),
        ("027050000001", "Nữ", "1950", True),
        ("027151000001", "Nữ", "1950", True),
        ("027201000001", "Nam", "2001", False),
        ("027301000001", "Nam", "2001", True),
        ("123456789", "Nam", "1950", False),
    ],
)
def test_a_number_that_says_another_sex_or_year_is_remarked(
    tmp_path: Path, number: str, sex: str, year: str, *, differs: bool
) -> None:
    reading = from_lines(tmp_path, f"{HEADINGS}|CCCD", f"1|Lê Lan|{year}|{sex}|{number}")
    assert len(reading.people) == 1
    assert remarked(reading, "Lê Lan") == differs
    assert not any(number in remark for remark in reading.remarks), "no number in a remark"


@pytest.mark.parametrize(
    ("name", "is_remarked"),
    [
        ("nguyen van toan", True),
        ("Mai Thi Hoa", True),
        ("Nguyễn Van Toan", False),
        ("Mai Lan Anh", False),
    ],
)
def test_a_name_typed_without_its_marks_is_remarked(
    tmp_path: Path, name: str, is_remarked: bool
) -> None:
    sex = "Nữ" if name.startswith("Mai") else "Nam"
    reading = from_lines(tmp_path, HEADINGS, f"1|{name}|1950|{sex}")
    assert names(reading) == [name]
    assert remarked(reading, name) is is_remarked
