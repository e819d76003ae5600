"""Exact arithmetic on targets: what is reached, what is left, and what a year needs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.targets.progress import Count, Status, Target, bounds, least, over, progress_of, tenths

START, END = date(2021, 1, 1), date(2025, 12, 31)


def floor(low: int | None = 40, *, grows: bool = True) -> Target:
    return Target("floor", low, None, START, END, grows=grows)


def share(low: int, high: int | None = None, *, two_sided: bool = False) -> Target:
    return Target("share", low, high, START, END, two_sided)


def test_a_floor_is_reached_at_its_number_and_not_one_below() -> None:
    assert progress_of(floor(), Count(40), date(2022, 1, 1)).status is Status.MET
    almost = progress_of(floor(), Count(39), date(2022, 1, 1))
    assert (almost.status, almost.remaining, almost.percent) == (Status.OPEN, 1, 975)


def test_a_floor_not_reached_is_missed_only_once_its_period_is_over() -> None:
    assert progress_of(floor(), Count(39), END).status is Status.OPEN
    assert progress_of(floor(), Count(39), END + timedelta(days=1)).status is Status.NOT_MET


def test_more_than_the_floor_leaves_nothing_and_is_shown_as_more() -> None:
    found = progress_of(floor(), Count(55), date(2024, 1, 1))
    assert (found.remaining, found.needed_per_year, found.percent) == (0, 0, 1375)


def test_eight_a_year_are_needed_for_forty_in_five_years() -> None:
    assert progress_of(floor(), Count(0), START).needed_per_year == 8


def test_in_the_last_year_all_that_is_left_is_needed_and_nothing_is_scaled_up() -> None:
    assert progress_of(floor(), Count(30), date(2025, 12, 1)).needed_per_year == 10


def test_what_is_needed_a_year_is_rounded_up() -> None:
    assert progress_of(floor(), Count(8), date(2021, 12, 31)).needed_per_year == 8
    assert progress_of(floor(), Count(7), date(2021, 12, 31)).needed_per_year == 9


def test_the_pace_so_far_is_a_year_and_never_scaled_up_from_a_few_weeks() -> None:
    assert progress_of(floor(), Count(2), date(2021, 1, 20)).pace == 20
    assert progress_of(floor(), Count(15), date(2022, 12, 31)).pace == 75


def test_a_pace_ends_with_the_period() -> None:
    assert progress_of(floor(), Count(40), date(2035, 1, 1)).pace == 80
    assert progress_of(floor(), Count(40), date(2035, 1, 1)).needed_per_year is None


def test_the_pace_so_far_ends_somewhere_rounded_down() -> None:
    half = progress_of(floor(), Count(20), date(2023, 7, 2))
    days, gone = (END - date(2023, 7, 2)).days, (date(2023, 7, 2) - START).days + 1
    assert half.projected == 20 + 20 * days // gone == 40
    assert progress_of(floor(), Count(1), date(2021, 1, 31)).projected == 5
    assert progress_of(floor(), Count(20), date(2026, 1, 1)).projected is None
    assert progress_of(floor(11, grows=False), Count(9), date(2022, 1, 1)).projected is None


@given(st.integers(0, 200), st.dates(START, END))
def test_a_pace_kept_never_ends_below_what_there_is(done: int, on: date) -> None:
    found = progress_of(floor(), Count(done), on)
    assert found.projected is not None
    assert found.projected >= done
    assert progress_of(floor(), Count(done), END).projected == done


def test_what_does_not_grow_has_neither_pace_nor_need() -> None:
    found = progress_of(floor(11, grows=False), Count(9), date(2022, 1, 1))
    assert (found.remaining, found.needed_per_year, found.pace) == (2, None, None)


def test_a_period_that_has_not_begun_has_no_figures_yet() -> None:
    found = progress_of(floor(), Count(3), date(2020, 12, 31))
    assert found.status is Status.OPEN
    assert (found.actual, found.percent, found.remaining, found.needed_per_year) == (None,) * 4


def test_what_is_not_stipulated_has_a_count_and_no_percentage() -> None:
    found = progress_of(floor(None), Count(12), date(2022, 1, 1))
    assert (found.status, found.actual) == (Status.NOT_STIPULATED, 12)
    assert (found.percent, found.remaining) == (None, None)


def test_what_cannot_be_measured_is_open_and_not_zero() -> None:
    found = progress_of(share(100), Count(None), date(2022, 1, 1))
    assert (found.status, found.actual, found.percent) == (Status.OPEN, None, None)


@pytest.mark.parametrize(
    ("spent", "on", "left", "status"),
    [
        (7, END, 1, Status.OPEN),
        (8, START, 0, Status.MET),
        (9, START, -1, Status.NOT_MET),
        (9, date(2030, 1, 1), -1, Status.NOT_MET),
        (5, date(2030, 1, 1), 3, Status.MET),
    ],
)
def test_a_budget_is_a_cap(spent: int, on: date, left: int, status: Status) -> None:
    found = progress_of(Target("budget", 8, None, START, END), Count(spent), on)
    assert (found.remaining, found.status, found.needed_per_year) == (left, status, None)


def test_44_of_63_is_not_70_percent_and_is_not_shown_as_it() -> None:
    found = progress_of(share(70), Count(44, 63), date(2022, 1, 1))
    assert (found.status, found.percent, found.remaining) == (Status.OPEN, 698, 1)


def test_a_percentage_is_not_rounded_over_a_limit_it_does_not_reach() -> None:
    assert tenths(6999, 10_000, 70) == 699
    assert tenths(7001, 10_000, 70) == 701
    assert (tenths(1999, 2000), tenths(1, 5000)) == (999, 1)
    assert tenths(6999, 10_000) == 700


def test_a_share_of_nothing_is_neither_reached_nor_missed() -> None:
    found = progress_of(share(100), Count(0, 0), date(2030, 1, 1))
    assert (found.status, found.percent, found.remaining) == (Status.OPEN, None, None)


def test_a_coverage_without_its_whole_has_a_count_and_no_percentage() -> None:
    found = progress_of(Target("coverage", 100, None, START, END), Count(12), date(2030, 1, 1))
    assert (found.actual, found.percent, found.status) == (12, None, Status.OPEN)


def test_passing_the_upper_end_is_a_fault_only_where_more_is_not_better() -> None:
    on = date(2022, 1, 1)
    assert progress_of(share(50, 70), Count(9, 10), on).status is Status.MET
    assert progress_of(share(50, 60, two_sided=True), Count(9, 10), on).status is Status.OPEN
    assert progress_of(share(50, 60, two_sided=True), Count(6, 10), on).status is Status.MET


def test_a_target_is_a_number_or_a_range() -> None:
    assert bounds(40) == (40, None)
    assert bounds({"min": 50, "max": 60}) == (50, 60)


def test_a_period_without_an_end_is_never_over() -> None:
    assert not over(Target("floor", 1, None, START, None), date.max)


shares = st.tuples(st.integers(0, 5000), st.integers(1, 5000)).map(lambda two: (min(two), two[1]))


@given(shares, st.integers(1, 100))
def test_a_share_is_reached_exactly_where_its_count_is(count: tuple[int, int], low: int) -> None:
    part, whole = count
    found = progress_of(share(low), Count(part, whole), date(2022, 1, 1))
    assert (found.status is Status.MET) == (100 * part >= low * whole)
    assert found.remaining == max(0, least(low, whole) - part)


@given(shares, st.integers(1, 100))
def test_a_percentage_is_on_the_side_of_the_limit_where_the_count_is(
    count: tuple[int, int], low: int
) -> None:
    part, whole = count
    shown, exact = tenths(part, whole, low), 100 * part - low * whole
    if exact < 0:
        assert shown < 10 * low
    elif exact > 0:
        assert shown > 10 * low
    else:
        assert shown == 10 * low
    assert abs(shown * whole - 1000 * part) <= 1.5 * whole


@given(st.integers(1, 100), st.integers(1, 10000))
def test_the_least_part_reaches_the_share_and_one_less_does_not(percent: int, whole: int) -> None:
    enough = least(percent, whole)
    assert 100 * enough >= percent * whole
    assert 100 * (enough - 1) < percent * whole


@given(st.integers(0, 200), st.dates(START, END))
def test_keeping_to_what_is_needed_a_year_reaches_the_floor(done: int, on: date) -> None:
    found = progress_of(floor(), Count(done), on)
    assert found.needed_per_year is not None
    assert found.remaining is not None
    days = max(365, (END - on).days + 1)
    assert found.needed_per_year * days >= found.remaining * 365
    assert (found.needed_per_year == 0) == (found.remaining == 0)


def test_what_a_share_still_lacks_is_spread_over_the_years_left() -> None:
    found = progress_of(share(75), Count(3, 18), date(2023, 12, 31))
    assert (found.remaining, found.needed_per_year, found.pace) == (11, 6, None)
    assert progress_of(share(75), Count(14, 18), START).needed_per_year == 0
    assert progress_of(share(75), Count(3, 18), END + timedelta(days=1)).needed_per_year is None
