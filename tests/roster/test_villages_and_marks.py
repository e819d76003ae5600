"""Villages, "the same as above", errors in cells, numbers for sexes, words for households."""

from pathlib import Path

import pytest
import xlsxwriter
from support.lists import HEADINGS, ON, asked, from_lines, names, remarked

from engine.roster import words
from engine.roster.headings import find
from engine.roster.reader import read

SECTIONS = [
    "Đội 4",
    "Chi hội 6",
    "Buôn Ea Kuăng",
    "Ấp 3",
    "Khu 2",
    "Làng Plei Kép",
    "Phum Sóc Mới",
    "Khóm 5",
    "Tổ NCT số 2",
    "Xóm: Mỏ",
]


@pytest.mark.parametrize("line", SECTIONS)
def test_a_line_between_members_is_the_village_of_those_below(tmp_path: Path, line: str) -> None:
    reading = from_lines(
        tmp_path,
        HEADINGS,
        "|Thôn Đông||",
        "1|Lê Thị Lan|1950|Nữ",
        f"|{line}||",
        "2|Lê Thị Cúc|1951|Nữ",
    )
    assert [one.village for one in reading.people] == ["Thôn Đông", line.replace(":", "")]
    assert not reading.rejected


@pytest.mark.parametrize("line", ["Xã viên cũ", "Hợp tác xã", "Ngoài biên chế"])
def test_nobody_below_a_line_that_is_not_understood_is_of_the_village_above_it(
    tmp_path: Path, line: str
) -> None:
    reading = from_lines(
        tmp_path,
        HEADINGS,
        "|Thôn Đông||",
        "1|Lê Thị Lan|1950|Nữ",
        f"|{line}||",
        "2|Lê Thị Cúc|1951|Nữ",
    )
    assert {one.row for one in reading.rejected} == {4}
    assert [one.village for one in reading.people] == ["Thôn Đông", None]


@pytest.mark.parametrize("heading", ["Thường trú", "Nơi cư trú", "Hộ khẩu", "Thôn"])
def test_how_somebody_is_registered_is_no_village(tmp_path: Path, heading: str) -> None:
    reading = from_lines(
        tmp_path,
        f"{HEADINGS}|{heading}",
        "1|Lê Thị Lan|1950|Nữ|Thường trú",
        "2|Lê Thị Cúc|1951|Nữ|Tạm trú",
        "3|Lê Thị Mơ|1951|Nữ|KT3",
    )
    assert [one.village for one in reading.people] == [None, None, None]


def test_one_cell_that_is_no_village_is_remarked(tmp_path: Path) -> None:
    reading = from_lines(
        tmp_path,
        f"{HEADINGS}|Thôn",
        "1|Lê Thị Lan|1950|Nữ|Thôn Đông",
        "2|Lê Thị Cúc|1951|Nữ|Tạm trú",
    )
    assert [one.village for one in reading.people] == ["Thôn Đông", None]
    assert remarked(reading, "Tạm trú")


@pytest.mark.parametrize("sign", ['"', "-nt-", "nt", "- nt -", "Như trên", "n/t", "''", "〃", "//"])
def test_the_same_as_above_is_the_value_above(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "nt.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADINGS.split("|"), "Thôn", "Diện hộ", "SĐT"])
        sheet.write_row(1, 0, [1, "Lê Thị Lan", 1950, "Nữ", "Thôn Đông", "Hộ nghèo", "0912000001"])
        for line in (2, 3):
            name = f"Lê Thị {['Cúc', 'Mơ'][line - 2]}"
            sheet.write_row(line, 0, [line, name, 1951, sign, sign, sign, sign])
    reading = read(path, on=ON)
    assert {(one.sex, one.village, one.circumstance, one.phone) for one in reading.people} == {
        ("F", "Thôn Đông", "poor", "0912000001")
    }
    assert (len(reading.people), len(reading.rejected)) == (3, 0)
    assert remarked(reading, "3–4")


@pytest.mark.parametrize("sign", ['"', "-nt-", "như trên"])
def test_the_same_as_above_under_nothing_is_refused(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "nt.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADINGS.split("|"), "Thôn"])
        sheet.write_row(1, 0, [1, "Lê Thị Lan", 1950, "Nữ", sign])
    assert [(one.cell, one.found) for one in read(path, on=ON).rejected] == [("E2", sign)]


@pytest.mark.parametrize("word", ["-", "--", "Nữ tính", "Nam", "x"])
def test_other_short_cells_are_not_the_same_as_above(word: str) -> None:
    assert not words.is_same_as_above(word)


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!"])
@pytest.mark.parametrize("column", [1, 2, 4])
def test_an_error_in_a_cell_is_refused_and_no_empty_cell(
    tmp_path: Path, error: str, column: int
) -> None:
    path = tmp_path / "loi.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADINGS.split("|"), "CCCD"])
        sheet.write_row(1, 0, [1, "Lê Thị Lan", 1950, "Nữ", "027150000001"])
        sheet.write_formula(1, column, "=NA()", None, error)
        sheet.write_row(2, 0, [2, "Lê Thị Cúc", 1951, "Nữ", ""])
    reading = read(path, on=ON)
    assert [(one.cell, one.found) for one in reading.rejected] == [(f"{'ABCDE'[column]}2", error)]
    assert names(reading) == ["Lê Thị Cúc"]


def test_a_formula_that_nobody_worked_out_is_no_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "loi.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADINGS.split("|"), "CCCD"])
        sheet.write_row(1, 0, [1, "Lê Thị Lan", 1950, "Nữ"])
        sheet.write_formula(1, 4, "=A9", None, "")
    assert [one.cell for one in read(path, on=ON).rejected] == ["E2"]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#NAME?"])
def test_an_error_that_was_saved_as_text_is_refused(tmp_path: Path, error: str) -> None:
    reading = from_lines(tmp_path, f"{HEADINGS}|Ghi chú", f"1|Lê Thị Lan|1950|Nữ|{error}")
    assert [one.found for one in reading.rejected] == [error]


UNKNOWN = [
    "BTXH",
    "khuyết tật",
    "người có công",
    "thương binh",
    "đơn thân",
    "dân tộc thiểu số",
    "Hội viên NCT",
]


@pytest.mark.parametrize("word", UNKNOWN)
def test_a_word_for_a_household_is_asked_once_however_many_have_it(
    tmp_path: Path, word: str
) -> None:
    people = [
        f"{n}|Lê Thị Lan|{1940 + n}|Nữ|{word if n % 2 else word.upper()}" for n in range(1, 13)
    ]
    lines = (f"{HEADINGS}|Diện hộ", *people)
    reading = from_lines(tmp_path, *lines)
    (question,) = reading.questions
    assert len(question.places) == 12
    assert not reading.rejected
    none = from_lines(tmp_path, *lines, answers={question.key: "none"})
    assert {(one.circumstance, one.note) for one in none.people} == {
        (None, word),
        (None, word.upper()),
    }
    hard = from_lines(tmp_path, *lines, answers={question.key: "difficult"})
    assert {one.circumstance for one in hard.people} == {"difficult"}


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Hộ nghèo, khuyết tật", "poor"),
        ("cận nghèo; người có công", "near_poor"),
        ("HN - đơn thân", "poor"),
    ],
)
def test_what_is_shown_besides_the_household_stays_in_the_note(
    tmp_path: Path, cell: str, kind: str
) -> None:
    reading = from_lines(tmp_path, f"{HEADINGS}|Diện hộ", f'1|Lê Thị Lan|1950|Nữ|"{cell}"')
    assert [(one.circumstance, one.note) for one in reading.people] == [(kind, cell)]
    assert remarked(reading, cell)


@pytest.mark.parametrize(("first", "other"), [("1", "0"), ("1", "2")])
def test_a_sex_written_as_a_number_is_asked_about(tmp_path: Path, first: str, other: str) -> None:
    lines = (HEADINGS, f"1|Lê Văn Lâm|1950|{first}", f"2|Lê Thị Cúc|1951|{other}")
    assert asked(from_lines(tmp_path, *lines))["sex-numbers"] == [2, 3]
    men = from_lines(tmp_path, *lines, answers={"sex-numbers": "M"})
    assert [one.sex for one in men.people] == ["M", "F"]
    women = from_lines(tmp_path, *lines, answers={"sex-numbers": "F"})
    assert [one.sex for one in women.people] == ["F", "M"]


@pytest.mark.parametrize(
    ("numbers", "refused"), [("10002", [6]), ("12220", [6]), ("102", [3, 4]), ("00002", [6])]
)
@pytest.mark.parametrize("answers", [{}, {"sex-numbers": "M"}, {"sex-numbers": "F"}])
def test_a_third_number_for_the_sex_is_refused(
    tmp_path: Path, numbers: str, refused: list[int], answers: dict[str, str]
) -> None:
    lines = (f"{at}|Lê Văn {'ABCDE'[at]}|195{at}|{sex}" for at, sex in enumerate(numbers))
    reading = from_lines(tmp_path, HEADINGS, *lines, answers=answers)
    assert [one.row for one in reading.rejected] == refused
    assert not {one.row for one in reading.people} & set(refused)
    assert {one.column for one in reading.rejected} == {"Giới tính"}


def test_a_number_that_the_heading_does_not_name_is_no_sex(tmp_path: Path) -> None:
    headings = "STT|Họ và tên|Năm sinh|Giới tính (1: Nam, 0: Nữ)"
    reading = from_lines(tmp_path, headings, "1|Lê Văn Lâm|1950|1", "2|Lê Thị Cúc|1951|2")
    assert ([one.row for one in reading.rejected], reading.questions) == ([3], ())


@pytest.mark.parametrize(
    "heading", ["Giới tính (1: Nam, 0: Nữ)", "Giới tính (Nam: 1, Nữ: 0)", "GT (0 là nữ, 1 là nam)"]
)
def test_a_heading_may_say_what_the_numbers_are(tmp_path: Path, heading: str) -> None:
    reading = from_lines(
        tmp_path, f"STT|Họ và tên|Năm sinh|{heading}", "1|Lê Văn Lâm|1950|1", "2|Lê Thị Cúc|1951|0"
    )
    assert ([one.sex for one in reading.people], reading.questions) == (["M", "F"], ())


@pytest.mark.parametrize(
    "headings",
    ["Họ và tên|Năm sinh|Nam|Nữ", "Họ và tên|Năm sinh|Nam (x)|Nữ (x)", "hovaten|namsinh|nam|nu"],
)
def test_a_cross_under_nam_or_nu_is_the_sex(tmp_path: Path, headings: str) -> None:
    reading = from_lines(tmp_path, headings, "Lê Văn Lâm|1950|x|", "Lê Thị Cúc|1951||X")
    assert [one.sex for one in reading.people] == ["M", "F"]


RUN_TOGETHER = (
    "namsinh:born|gioitinh:sex|diachi:address|sodienthoai:phone|hovaten:name|NgaySinh:born"
    "|ngay_sinh:born|tenthon:village|hongheo:poor|socccd:id_number|ghichu:note|chucvu:post"
)


@pytest.mark.parametrize("pair", RUN_TOGETHER.split("|"))
def test_headings_run_together_are_known(pair: str) -> None:
    heading, field = pair.split(":")
    assert words.field_of(heading) == field


@pytest.mark.parametrize(
    "heading", ["Palei", "Phum/Sóc", "Plei", "Buôn", "Khóm/ấp", "Bon", "Chòm", "Tên buôn"]
)
def test_words_of_other_peoples_for_a_place_are_the_village(heading: str) -> None:
    header = find([["Họ và tên", "Năm sinh", heading], ["Lê Thị Lan", "1950", "Ea Kuăng"]])
    assert header is not None
    assert header.place("village") == 2


@pytest.mark.parametrize(
    ("heading", "cells", "kinds"),
    [
        (
            "Ông/bà thuộc diện nào?",
            ("Hộ nghèo", "Không", "Hộ cận nghèo"),
            ("poor", None, "near_poor"),
        ),
        ("Hoàn cảnh hiện nay", ("khó khăn", "", "hộ nghèo"), ("difficult", None, "poor")),
        ("Mục 7", ("hộ cận nghèo", "bình thường", ""), ("near_poor", None, None)),
        ("Quê quán", ("HN", "HN", "HP"), (None, None, None)),
        ("Nơi sinh", ("HN", "KK", ""), (None, None, None)),
    ],
)
def test_an_unknown_heading_over_households_is_the_household_with_a_remark(
    tmp_path: Path, heading: str, cells: tuple[str, ...], kinds: tuple[str | None, ...]
) -> None:
    rows = (f"{n}|Lê Thị Lan|195{n}|Nữ|{cell}" for n, cell in enumerate(cells))
    reading = from_lines(tmp_path, f"{HEADINGS}|{heading}", *rows)
    assert tuple(one.circumstance for one in reading.people) == kinds
    assert remarked(reading, heading) == any(kinds)
