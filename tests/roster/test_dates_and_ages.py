"""Dates that Excel changed, and ages: asked about, and never stored in silence."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.lists import HEADINGS, asked, cells, from_lines, from_sheets, names, remarked

HEAD = cells("STT|Họ và tên|Ngày sinh|Giới tính")


def births(*days: Any) -> dict[str, list[list[Any]]]:
    """Return a sheet of people with births as somebody's Excel has them."""
    given = ["Lan", "Cúc", "Huệ", "Mơ", "Mận", "Đào"]
    return {"DS": [HEAD, *([n, f"Lê Thị {given[n]}", day, "Nữ"] for n, day in enumerate(days))]}


EXCHANGED = [
    (date(1951, 2, 3), date(1948, 12, 1), "25/03/1951"),
    (date(1951, 2, 3), "13/03/1951", "31/12/1949"),
    (date(1950, 1, 12), date(1950, 5, 5), date(1944, 7, 6), "28-2-1946"),
]


@pytest.mark.parametrize("days", EXCHANGED)
def test_days_and_months_that_an_english_excel_exchanged_are_asked_about(
    tmp_path: Path, days: tuple[Any, ...]
) -> None:
    reading = from_sheets(tmp_path, births(*days))
    turned = [
        n for n, day in enumerate(days, start=2) if isinstance(day, date) and day.day != day.month
    ]
    assert asked(reading) == {"dates": turned}


def test_an_answer_exchanges_them_back_or_leaves_them(tmp_path: Path) -> None:
    sheets = births(date(1951, 2, 3), "25/03/1951")
    back = from_sheets(tmp_path, sheets, answers={"dates": "exchanged"})
    assert [one.born for one in back.people] == ["1951-03-02", "1951-03-25"]
    assert remarked(back, "03/02/1951 → 02/03/1951")
    kept = from_sheets(tmp_path, sheets, answers={"dates": "right"})
    assert [one.born for one in kept.people] == ["1951-02-03", "1951-03-25"]
    assert not back.questions
    assert not kept.questions


@pytest.mark.parametrize(
    "days",
    [
        (date(1951, 2, 3), date(1951, 2, 25), "25/03/1951"),
        (date(1951, 2, 3), "11/03/1951", "25/03/1951"),
        (date(1951, 2, 3), date(1948, 12, 1)),
        ("25/03/1951", "13/04/1950"),
        (date(1951, 5, 5), "25/03/1951"),
    ],
)
def test_dates_that_are_right_are_not_asked_about(tmp_path: Path, days: tuple[Any, ...]) -> None:
    assert asked(from_sheets(tmp_path, births(*days))) == {}


@pytest.mark.parametrize("day", [date(2021, 3, 12), date(2019, 1, 1), date(2015, 12, 31)])
def test_a_date_that_makes_a_member_a_child_is_refused(tmp_path: Path, day: date) -> None:
    reading = from_sheets(tmp_path, births(day, date(1950, 3, 13)))
    assert [(one.row, one.found) for one in reading.rejected] == [(2, day.strftime("%d/%m/%Y"))]


@pytest.mark.parametrize("typed", ["2015", "1/6/2012", "05/2010"])
def test_a_child_whose_year_was_typed_is_remarked(tmp_path: Path, typed: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|Lê Thị Lan|{typed}|Nữ")
    assert len(reading.people) == 1
    assert remarked(reading, "16")


@pytest.mark.parametrize(
    "typed",
    [
        "03/02/1951 00:00:00",
        "03.02.1951.",
        "3/2/1951 0:00",
        "03/02/1951 00:00",
        "1951-02-03 00:00:00",
    ],
)
def test_a_day_with_a_clock_or_a_dot_behind_it_is_a_day(tmp_path: Path, typed: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|Lê Thị Lan|{typed}|Nữ")
    assert [one.born for one in reading.people] == ["1951-02-03"]


AGES = [
    (HEADINGS, "70 tuổi", ["estimate"]),
    ("STT|Họ và tên|TUỔI|Giới tính", "70", ["estimate"]),
    ("STT|Họ và tên|Số tuổi|Giới tính", "70 tuổi", ["estimate"]),
    (HEADINGS, "70", ["estimate", "year"]),
]


@pytest.mark.parametrize(("headings", "typed", "choices"), AGES)
def test_an_age_is_offered_as_a_year_of_birth(
    tmp_path: Path, headings: str, typed: str, choices: list[str]
) -> None:
    line = f"1|Lê Thị Lan|{typed}|Nữ"
    reading = from_lines(tmp_path, headings, line)
    assert [[value for value, _means in one.choices] for one in reading.questions] == [choices]
    assert not reading.rejected
    (taken,) = from_lines(tmp_path, headings, line, answers={"ages": "estimate"}).people
    assert (taken.born, taken.estimated) == ("1952", True)
    assert "70" in (taken.note or "")


def test_two_digits_may_be_a_year_of_birth(tmp_path: Path) -> None:
    reading = from_lines(
        tmp_path, HEADINGS, "1|Lê Thị Lan|48|Nữ", "2|Lê Thị Cúc|52|Nữ", answers={"ages": "year"}
    )
    assert [one.born for one in reading.people] == ["1948", "1952"]
    assert not any(one.estimated for one in reading.people)


def test_two_years_under_nam_and_nu_may_be_ages(tmp_path: Path) -> None:
    reading = from_lines(
        tmp_path,
        "Họ và tên|Nam|Nữ",
        "Lê Văn Lâm|71|",
        "Lê Thị Cúc||68",
        answers={"ages": "estimate"},
    )
    assert [(one.sex, one.born) for one in reading.people] == [("M", "1951"), ("F", "1954")]


AGES_BY_SEX = [
    ("Họ và tên|Tuổi Nam|Tuổi Nữ",),
    ("Họ và tên|Tuoi nam|Tuoi nu",),
    ("Họ và tên|Tuổi|", "|Nam|Nữ"),
    ("Họ và tên|Nam (tuổi)|Nữ (tuổi)",),
]


@pytest.mark.parametrize("headings", AGES_BY_SEX)
def test_an_age_in_the_column_of_the_sex_gives_both(
    tmp_path: Path, headings: tuple[str, ...]
) -> None:
    lines = (*headings, "Lê Văn Lâm|71|", "Lê Thị Cúc||68")
    (question,) = from_lines(tmp_path, *lines).questions
    assert [value for value, _means in question.choices] == ["estimate"], "no year of birth"
    reading = from_lines(tmp_path, *lines, answers={"ages": "estimate"})
    assert [(one.sex, one.born) for one in reading.people] == [("M", "1951"), ("F", "1954")]
    assert all(one.estimated for one in reading.people)


@pytest.mark.parametrize("heading", ["Tuổi năm", "Tuoi nam", "Tuổi năm 2022"])
def test_ages_of_a_year_are_no_ages_of_men(tmp_path: Path, heading: str) -> None:
    reading = from_lines(
        tmp_path, f"Họ và tên|{heading}|Giới tính", "Lê Thị Cúc|68|Nữ", answers={"ages": "estimate"}
    )
    assert [(one.sex, one.born) for one in reading.people] == [("F", "1954")]


SIGNED = [
    "Đồng Tân, ngày 05 tháng 3 năm 2020",
    "Ngày 5 tháng 3 năm 2020",
    "Phú Lâm, ngày …… tháng …… năm 2020",
]


@pytest.mark.parametrize("line", SIGNED)
@pytest.mark.parametrize("is_above", [True, False])
def test_an_age_counts_from_the_year_of_the_line_of_place_and_date_where_there_is_no_other(
    tmp_path: Path, line: str, is_above: bool
) -> None:
    rows = ("Họ và tên|Tuổi|Giới tính", "Lê Thị Lan|70|Nữ", "Lê Thị Cúc|60|Nữ")
    lines = (line, *rows) if is_above else (*rows, f"||{line}", "||NGƯỜI LẬP")
    reading = from_lines(tmp_path, *lines, answers={"ages": "estimate"})
    assert [(one.born, one.estimated) for one in reading.people] == [("1950", True), ("1960", True)]
    assert all("2020" in (one.note or "") for one in reading.people)
    assert remarked(reading, "2020", "3–4" if is_above else "2–3")


@pytest.mark.parametrize(
    "line",
    ["(Kèm theo Quyết định số 05/QĐ-UBND ngày 03 tháng 02 năm 2020)", "Ngày 5 tháng 3 năm 2030"],
)
def test_the_day_of_another_paper_or_to_come_is_no_year_of_the_list(
    tmp_path: Path, line: str
) -> None:
    rows = ("Họ và tên|Tuổi|Giới tính", "Lê Thị Lan|70|Nữ", f"||{line}")
    reading = from_lines(tmp_path, *rows, answers={"ages": "estimate"})
    assert [one.born for one in reading.people] == ["1952"]


DATED = [
    ("DANH SÁCH HỘI VIÊN (tính đến 31/12/2020)", "Tuổi"),
    ("DANH SÁCH THÀNH VIÊN NĂM 2020", "Tuổi"),
    ("Tính đến ngày 01 tháng 7 năm 2020", "Tuổi"),
    ("Kèm theo Tờ trình số 7 ngày 05/3/2021 - danh sách có đến tháng 12/2020", "Tuổi"),
    ("DANH SÁCH NĂM 2021", "Tuổi tính đến 31/12/2020"),
    ("DANH SÁCH NĂM 2021", "Tuổi năm 2020"),
]


@pytest.mark.parametrize(("title", "heading"), DATED)
def test_an_age_counts_from_the_year_that_the_list_gives(
    tmp_path: Path, title: str, heading: str
) -> None:
    reading = from_lines(
        tmp_path,
        title,
        f"STT|Họ và tên|{heading}|Giới tính",
        "1|Lê Thị Lan|70|Nữ",
        answers={"ages": "estimate"},
    )
    (taken,) = reading.people
    assert (taken.born, taken.estimated) == ("1950", True)
    assert "2020" in (taken.note or "")
    assert remarked(reading, "2020")


@pytest.mark.parametrize(
    "title",
    ["DANH SÁCH HỘI VIÊN", "Đề án giai đoạn 2016-2020", "DS năm 2019 và năm 2020", "Năm 2030"],
)
def test_where_the_list_gives_no_one_year_it_is_shown_which_was_taken(
    tmp_path: Path, title: str
) -> None:
    reading = from_lines(tmp_path, title, "STT|Họ và tên|Tuổi|Giới tính", "1|Lê Thị Lan|70|Nữ")
    assert [one.born for one in reading.people] == ["1952"]
    assert remarked(reading, "2022")


@pytest.mark.parametrize("typed", ["ngoài 80", "trên 70 tuổi", "70-75", "12"])
def test_what_is_no_age_is_shown_as_it_is_written(tmp_path: Path, typed: str) -> None:
    reading = from_lines(
        tmp_path, "STT|Họ và tên|Tuổi|Giới tính", f"1|Lê Thị Lan|{typed}|Nữ", "2|Lê Thị Cúc|70|Nữ"
    )
    assert [(one.row, one.column, one.found) for one in reading.rejected] == [(2, "Tuổi", typed)]
    assert names(reading) == ["Lê Thị Cúc"]


def test_an_age_is_of_no_use_where_there_is_a_birth(tmp_path: Path) -> None:
    reading = from_lines(tmp_path, f"{HEADINGS}|Tuổi", "1|Lê Thị Lan|1950|Nữ|70")
    assert ([one.born for one in reading.people], reading.questions) == (["1950"], ())


@pytest.mark.parametrize("typed", ["5", "7 tuổi", "130", "0 tuổi"])
def test_what_can_be_no_members_age_is_refused(tmp_path: Path, typed: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|Lê Thị Lan|{typed}|Nữ", "2|Lê Thị Cúc|1950|Nữ")
    assert [one.found for one in reading.rejected] == [typed]
    assert names(reading) == ["Lê Thị Cúc"]


MONTH_FIRST = [
    ("3/2/1951", "12/25/1950", "11/4/1949"),
    ("3-2-1951", "1-13-1950", "11-4-1949"),
    ("03/02/1951", "05/31/1948", "11/04/1949"),
]


@pytest.mark.parametrize("days", MONTH_FIRST)
def test_days_typed_with_the_month_first_are_asked_about_with_those_that_are_both(
    tmp_path: Path, days: tuple[str, ...]
) -> None:
    lines = (HEADINGS, *(f"{n}|Lê Thị Lan|{day}|Nữ" for n, day in enumerate(days, start=1)))
    assert asked(from_lines(tmp_path, *lines)) == {"month-first": [2, 3, 4]}
    turned = from_lines(tmp_path, *lines, answers={"month-first": "exchanged"})
    assert [one.born for one in turned.people][::2] == ["1951-03-02", "1949-11-04"]
    assert turned.questions == ()
    kept = from_lines(tmp_path, *lines, answers={"month-first": "right"})
    assert [one.born for one in kept.people] == ["1951-02-03", "1949-04-11"]
    assert [one.row for one in kept.rejected] == [3]


@pytest.mark.parametrize("typed", ["13/13/1950", "31/02/1950", "1950-13-01", "00/13/1950"])
def test_a_day_that_no_calendar_has_is_refused(tmp_path: Path, typed: str) -> None:
    reading = from_lines(tmp_path, HEADINGS, f"1|Lê Thị Lan|{typed}|Nữ")
    assert ([one.found for one in reading.rejected], reading.questions) == ([typed], ())
