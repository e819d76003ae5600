"""One cell of a list: births, marks, households, identity and phone numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.roster import words
from engine.roster.cells import Bad, Birth, Corrected, birth, identity, phone, shown
from engine.roster.model import Cell

ON = date(2022, 6, 30)


def born(cell: Cell) -> str | None:
    read = birth(cell, ON)
    return read.born if isinstance(read, Birth) else None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1950", "1950"),
        (1950, "1950"),
        (1950.0, "1950"),
        ("1950.0", "1950"),
        ("02/05/1950", "1950-05-02"),
        ("2/5/1950", "1950-05-02"),
        ("2-5-1950", "1950-05-02"),
        ("2.5.1950", "1950-05-02"),
        ("02 / 05 / 1950", "1950-05-02"),
        ("1950-05-02", "1950-05-02"),
        ("1950-05-02 00:00:00", "1950-05-02"),
        (date(1950, 5, 2), "1950-05-02"),
        ("5/1950", "1950-05"),
        ("05-1950", "1950-05"),
        ("ngày 2 tháng 5 năm 1950", "1950-05-02"),
        ("tháng 5 năm 1950", "1950-05"),
        ("sinh năm 1950", "1950"),
        ("SN: 1950", "1950"),
        ("1950 (âm lịch)", "1950"),
        ("00/00/1950", "1950"),
        ("00/05/1950", "1950-05"),
        ("?/?/1950", "1950"),
        ("../../1950", "1950"),
        ("29/02/1952", "1952-02-29"),
    ],
)
def test_a_birth_is_read_in_every_usual_writing(cell: Cell, expected: str) -> None:
    assert born(cell) == expected


@pytest.mark.parametrize(
    "cell",
    ["31/02/1950", "29/02/1951", "13/13/1950", "abc", "50", 62, "19500", 18384, "5/50",
     "1950-13-01", "2023", "01/07/2022", date(2022, 7, 1), "1901", "1890", True, 1950.5, "0 tuổi"],
)  # fmt: skip
def test_a_birth_that_cannot_be_is_refused_with_what_is_expected(cell: Cell) -> None:
    answer = birth(cell, ON)
    assert isinstance(answer, Bad)
    assert answer.expected


@pytest.mark.parametrize("cell", ["", " ", "-", "không", "…"])
def test_an_empty_birth_is_missing_and_not_wrong(cell: str) -> None:
    assert birth(cell, ON) is None


def test_who_is_120_years_old_may_be_in_a_list_and_nobody_older() -> None:
    assert born("1902") == "1902"
    assert born("1901") is None
    assert born("30/06/2022") == "2022-06-30"


@pytest.mark.parametrize(
    ("typed", "year"), [("02-05-50", 1950), ("2/5/22", 1922), ("2-5-23", 1923), ("2-5-05", 2005)]
)
def test_two_digits_of_a_year_are_completed_where_one_century_only_fits(
    typed: str, year: int
) -> None:
    read = birth(typed, ON)
    assert isinstance(read, Birth)
    assert (read.year, read.remark) == (year, "century")


def test_two_digits_that_mean_a_child_or_somebody_over_100_are_refused() -> None:
    answer = birth("2-5-15", ON)
    assert isinstance(answer, Bad)


@given(st.dates(date(1923, 1, 1), date(2006, 12, 31)))
def test_the_completed_century_is_the_right_one_for_everybody_from_16_to_99(day: date) -> None:
    assert born(f"{day.day}-{day.month}-{day.year % 100:02}") == day.isoformat()


@given(st.dates(date(1902, 1, 1), ON))
def test_a_day_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    ways = [f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}", day.isoformat()]
    assert {born(way) for way in ways} == {day.isoformat()}


@given(st.integers(1902, 2022))
def test_a_year_in_a_date_cell_is_read_as_the_year_with_a_remark(year: int) -> None:
    read = birth(date.fromordinal(date(1899, 12, 30).toordinal() + year), ON)
    assert isinstance(read, Birth)
    assert (read.born, read.remark) == (str(year), "serial")


@pytest.mark.parametrize(
    "cell", ["x", "X", " x ", "v", "✓", "√", "×", "+", "*", 1, 1.0, True, "có"]
)
def test_a_mark_is_known_however_it_is_made(cell: Cell) -> None:
    assert words.mark(shown(cell)) is True


@pytest.mark.parametrize("cell", ["", "-", "–", "0", 0, "không", "ko", False, "...", "☐"])
def test_no_mark_is_known_however_it_is_left_out(cell: Cell) -> None:
    assert words.mark(shown(cell)) is False


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hộ nghèo", "poor"),
        ("NGHÈO", "poor"),
        ("HN", "poor"),
        ("Cận nghèo", "near_poor"),
        ("hộ cận nghèo", "near_poor"),
        ("HCN", "near_poor"),
        ("Ho can ngheo", "near_poor"),
        ("Khó khăn", "difficult"),
        ("HCKK", "difficult"),
        ("Có hoàn cảnh khó khăn", "difficult"),
        ("Hộ nghèo, hoàn cảnh khó khăn", "poor"),
        ("Cận nghèo; khó khăn", "near_poor"),
        ("Không", None),
        ("Bình thường", None),
        ("Thoát nghèo", None),
        ("không thuộc diện hộ nghèo", None),
        ("", None),
    ],
)
def test_a_household_is_read_in_the_words_communes_use(text: str, kind: str | None) -> None:
    assert words.circumstance(text) == (kind, True)


@pytest.mark.parametrize(
    "text",
    [
        *("chính sách", "nghèo hay cận nghèo", "x", "chưa thoát nghèo", "hết nghèo 2021", "TB"),
        *("ra khỏi hộ nghèo", "chưa phải hộ nghèo", "nguyên hộ cận nghèo", "bỏ nghèo năm 2020"),
        *("đang xét hộ nghèo", "hộ nghèo cũ", "giảm nghèo", "sắp hết khó khăn", "từng là hộ nghèo"),
    ],
)
def test_a_household_that_can_mean_two_things_is_not_guessed(text: str) -> None:
    assert words.circumstance(text) == (None, False)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("027150000001", "027150000001"),
        ("027 150 000 001", "027150000001"),
        ("012345678", "012345678"),
        ("027150000001 cấp ngày 12/03/2021", "027150000001"),
        ("", None),
        ("không", None),
        ("-", None),
    ],
)
def test_an_identity_number_keeps_its_zeros(cell: Cell, number: str | None) -> None:
    assert identity(cell) == number


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (27150000001, "027150000001"),
        (1150000001.0, "001150000001"),
        ("27150000001", "027150000001"),
        (12345678, "012345678"),
    ],
)
def test_an_identity_number_gets_the_zeros_back_that_a_number_cannot_have(
    cell: Cell, number: str
) -> None:
    assert identity(cell) == Corrected(number, "identity")


@pytest.mark.parametrize(
    "cell", ["12345", "0271500000012", "*********001", "B1234567", "0912345678"]
)
def test_what_is_no_identity_number_is_refused(cell: str) -> None:
    assert isinstance(identity(cell), Bad)


def test_a_masked_number_is_refused_as_one() -> None:
    for read in (identity, phone):
        masked, wrong = read("*******678"), read("678")
        assert isinstance(masked, Bad)
        assert isinstance(wrong, Bad)
        assert masked.expected != wrong.expected


@pytest.mark.parametrize(
    "text",
    [" Lê Lan", "Lê Lan ", "Lê  Lan", "Lê\u00a0Lan", "Lê\nLan", "Lê \u200bLan", "Le\u0302 Lan"],
)
def test_a_text_is_cleaned_of_what_cannot_be_seen(text: str) -> None:
    assert shown(text) == "Lê Lan"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("(0222) 3812 345", "02223812345"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0912345678; 0987654321", "0912345678; 0987654321"),
        ("0912345678/0987.654.321", "0912345678; 0987654321"),
        ("0912345678 (con gái)", "0912345678 (con gái)"),
        ("không có", None),
    ],
)
def test_a_phone_number_is_digits_with_a_zero_in_front(cell: Cell, number: str | None) -> None:
    assert phone(cell) == number


@pytest.mark.parametrize("cell", [912345678, 912345678.0, "912345678"])
def test_a_phone_number_gets_its_zero_back(cell: Cell) -> None:
    assert phone(cell) == Corrected("0912345678", "phone")


@pytest.mark.parametrize("cell", ["0912", "abc", "09123456789012", "*******678"])
def test_what_is_no_phone_number_is_refused(cell: str) -> None:
    assert isinstance(phone(cell), Bad)
