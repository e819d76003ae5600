"""Calendar months, half years, "trước", and whether somebody has turned an age."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.rules.calendar import (
    Period,
    add_months,
    born_by,
    is_weekend,
    last_day_before,
)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
months = st.integers(0, 240)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2024, 8, 30), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2021, 9, 15), 6, date(2022, 3, 15)),
        (date(2021, 12, 1), 1, date(2022, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2022, 3, 31), -1, date(2022, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    start: date, months: int, end: date
) -> None:
    assert add_months(start, months) == end


@given(days, months)
def test_so_many_months_later_is_that_month_and_no_later_day(day: date, n: int) -> None:
    later = add_months(day, n)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == n
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@given(days, days, months)
def test_who_began_earlier_is_not_due_later(one: date, other: date, n: int) -> None:
    first, second = sorted((one, other))
    assert add_months(first, n) <= add_months(second, n)


def test_before_the_twentieth_of_june_means_the_nineteenth_at_the_latest() -> None:
    assert last_day_before("06-20", 2022) == date(2022, 6, 19)
    assert last_day_before("12-01", 2022) == date(2022, 11, 30)
    assert last_day_before("03-01", 2024) == date(2024, 2, 29)
    assert last_day_before("01-01", 2022) == date(2021, 12, 31)


def test_before_the_29th_of_february_is_the_28th_in_every_year() -> None:
    assert last_day_before("02-29", 2024) == date(2024, 2, 28)
    assert last_day_before("02-29", 2023) == date(2023, 2, 28)


@pytest.mark.parametrize("written", ["20/6", "13-01", "06-31", "06", ""])
def test_a_deadline_that_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(InputError) as failure:
        last_day_before(written, 2022)
    assert failure.value.code == "CLB-DATE"
    assert f"“{written}”" in str(failure.value)
    assert failure.value.help is not None
    assert failure.value.help.endswith(": 06-20.")


def test_saturday_and_sunday_are_the_weekend() -> None:
    monday = date(2022, 6, 13)
    weekend = [is_weekend(monday + timedelta(days=n)) for n in range(7)]
    assert weekend == [False] * 5 + [True] * 2


def test_a_period_holds_both_its_ends() -> None:
    assert Period.parse("2022H1") == Period("2022H1", date(2022, 1, 1), date(2022, 6, 30))
    assert Period.parse("2022h2") == Period("2022H2", date(2022, 7, 1), date(2022, 12, 31))
    assert Period.parse(" 2022 ") == Period("2022", date(2022, 1, 1), date(2022, 12, 31))
    assert date(2022, 6, 30) in Period.parse("2022H1")
    assert date(2022, 7, 1) not in Period.parse("2022H1")
    assert date(2021, 12, 31) not in Period.parse("2022H1")


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("2022q3", "2022Q3"),
        ("quý 2 năm 2022", "2022Q2"),
        ("Quý IV năm 2022", "2022Q4"),
        ("6 tháng đầu năm 2022", "2022H1"),
        ("6 thang cuoi nam 2022", "2022H2"),
        ("Sáu tháng đầu năm 2022", "2022H1"),
        ("năm 2022", "2022"),
    ],
)
def test_a_period_is_read_as_it_is_printed(written: str, id_: str) -> None:
    assert Period.parse(written) == Period.parse(id_)


@pytest.mark.parametrize("written", ["2022H3", "2022Q5", "H1", "22", "", "2022H", "0000"])
def test_what_is_no_period_is_refused_with_the_way_to_write_it(written: str) -> None:
    with pytest.raises(InputError) as failure:
        Period.parse(written)
    assert failure.value.code == "CLB-PERIOD"
    assert "2022H1" in failure.value.help


@given(days)
def test_every_day_is_in_one_half_year(day: date) -> None:
    halves = [Period.parse(f"{day.year}H{half}") for half in (1, 2)]
    assert [day in period for period in halves] == [day.month <= 6, day.month > 6]


def turned(born: str, age: int, on: date) -> bool:
    return born <= born_by(age, on)


def test_an_age_is_reached_on_the_birthday() -> None:
    assert not turned("1961-05-02", 60, date(2021, 5, 1))
    assert turned("1961-05-02", 60, date(2021, 5, 2))


def test_where_only_the_year_is_known_its_first_day_counts() -> None:
    assert not turned("1961", 60, date(2020, 12, 31))
    assert turned("1961", 60, date(2021, 1, 1))


def test_where_only_the_month_is_known_its_first_day_counts() -> None:
    assert not turned("1961-05", 60, date(2021, 4, 30))
    assert turned("1961-05", 60, date(2021, 5, 1))


def test_a_birthday_on_the_29th_of_february_is_the_28th_in_common_years() -> None:
    assert not turned("1960-02-29", 61, date(2021, 2, 27))
    assert turned("1960-02-29", 61, date(2021, 2, 28))
    assert not turned("1960-03-01", 61, date(2021, 2, 28))


def test_a_birthday_on_the_29th_of_february_is_that_day_in_leap_years() -> None:
    assert not turned("1960-02-29", 60, date(2020, 2, 28))
    assert turned("1960-02-29", 60, date(2020, 2, 29))
    assert not turned("1940-02-29", 60, date(2000, 2, 28))
    assert turned("1840-02-29", 60, date(1900, 2, 28))


@given(st.dates(date(1920, 1, 1), date(1990, 1, 1)), days, st.integers(0, 90))
def test_an_age_is_reached_on_the_clamped_birthday_and_not_before(
    born: date, on: date, age: int
) -> None:
    assert turned(born.isoformat(), age, on) is (on >= add_months(born, 12 * age))


@given(st.dates(date(1920, 1, 1), date(1990, 1, 1)), days, st.integers(0, 90))
def test_less_known_about_a_birth_never_makes_anybody_younger(
    born: date, on: date, age: int
) -> None:
    whole, month, year = born.isoformat(), f"{born:%Y-%m}", f"{born:%Y}"
    assert turned(whole, age, on) <= turned(month, age, on) <= turned(year, age, on)
