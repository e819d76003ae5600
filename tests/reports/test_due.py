# ruff: noqa: N802  (tests are named for the facts they hold)
"""What a province owes on a day: stored tasks, and what follows from the policy at read."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.land import COMMUNE, DAY, TOWN, Land, land

from engine.model import Officer, Role
from engine.reports.agenda import agenda
from engine.reports.due import due, select
from engine.reports.due_row import Due
from engine.reports.owed_by_clubs import OPEN_NOW, OPEN_THEN
from engine.reports.queries import scope
from engine.rules.calendar import Period


@pytest.fixture
def bac_ninh(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", date(2026, 6, 30)) as here:
        yield here


@pytest.fixture
def hoa_binh(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "hoa_binh", date(2021, 6, 30)) as here:
        yield here


def on_day(here: Land, on: date, kind: str | None = None, *, past: bool = True) -> list[Due]:
    found = due(here.store, here.rules, here.province, on, past=past)
    return [one for one in found if kind in (None, one.kind)]


def launched(here: Land) -> str:
    return here.club(date(2021, 9, 1), trained=date(2021, 9, 20), launched=date(2021, 10, 1))


def reports(here: Land, on: date) -> list[tuple[str | None, date | None]]:
    return [(one.period, one.due_on) for one in on_day(here, on, "report") if one.due_on]


def test_tasks_come_by_day_and_those_without_a_day_last(bac_ninh: Land) -> None:
    launched(bac_ninh)
    bac_ninh.club(date(2021, 9, 1))
    found = on_day(bac_ninh, date(2021, 12, 1))
    days = [one.due_on for one in found]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated)
    assert days[: len(dated)] == dated
    undated = {one.kind for one in found if one.due_on is None}
    assert {"training_initial", "launch", "inspection"} <= undated


def test_what_no_document_asks_for_names_whose_rule_it_is(bac_ninh: Land) -> None:
    launched(bac_ninh)
    on = date(2021, 12, 1)
    (review,), (supervision,) = on_day(bac_ninh, on, "review"), on_day(bac_ninh, on, "supervision")
    assert review.source != supervision.source
    assert supervision.source == "QĐ 933/QĐ-UBND, Phần thứ ba, II.4"
    assert bac_ninh.rules.stated("review.interval_months", on).status == "not_stipulated"


def test_overdue_days_count_from_the_day_after_and_are_unknown_without_a_day(
    bac_ninh: Land,
) -> None:
    launched(bac_ninh)
    (one,) = on_day(bac_ninh, date(2022, 4, 1), "supervision")
    assert [one.overdue_days(on) for on in (date(2022, 4, 1), date(2022, 4, 2))] == [0, 1]
    other = on_day(bac_ninh, date(2022, 4, 1), "inspection")[0]
    assert other.overdue_days(date(2030, 1, 1)) is None


def test_a_past_day_shows_what_was_open_then(bac_ninh: Land) -> None:
    club = launched(bac_ninh)
    bac_ninh.take(club, "supervise", date(2022, 4, 4))
    then = on_day(bac_ninh, date(2022, 3, 1), "supervision")
    now = on_day(bac_ninh, date(2026, 6, 30), "supervision", past=False)
    assert [one.due_on for one in then] == [date(2022, 4, 1)]
    assert [one.due_on for one in now] == [date(2022, 10, 4)]
    assert on_day(bac_ninh, date(2021, 9, 30), "supervision") == []


def test_an_annulled_step_did_nothing_on_a_past_day_either(bac_ninh: Land) -> None:
    club = launched(bac_ninh)
    bac_ninh.take(club, "supervise", date(2022, 4, 4))
    seq = bac_ninh.registry.lifecycle.club(club).seq
    bac_ninh.take(club, "annul", date(2022, 6, 1), {"seq": seq}, like="supervise")
    for on, past in ((date(2022, 5, 1), True), (date(2022, 7, 1), False)):
        found = on_day(bac_ninh, on, "supervision", past=past)
        assert [one.due_on for one in found] == [date(2022, 4, 1)]


def test_BN_65_a_report_is_owed_until_it_is_sent(bac_ninh: Land) -> None:
    launched(bac_ninh)
    on = date(2022, 7, 1)
    assert reports(bac_ninh, on) == [
        ("2021", date(2021, 12, 19)),
        ("2022H1", date(2022, 6, 19)),
        ("2022", date(2022, 12, 19)),
    ]
    bac_ninh.registry.province.send_report(
        "bac_ninh", "half_year", Period.parse("2022H1"), date(2022, 6, 21), by=TOWN
    )
    assert ("2022H1", date(2022, 6, 19)) in reports(bac_ninh, date(2022, 6, 20))
    assert [period for period, _day in reports(bac_ninh, on)] == ["2021", "2022"]


def test_reports_of_years_before_the_first_club_on_the_books_are_not_owed(bac_ninh: Land) -> None:
    bac_ninh.club(date(2024, 9, 2))
    assert reports(bac_ninh, date(2024, 12, 1)) == [("2024", date(2024, 12, 19))]


def test_E_8_after_the_programme_no_new_report_is_owed(bac_ninh: Land) -> None:
    bac_ninh.club(date(2025, 9, 1))
    assert reports(bac_ninh, date(2026, 6, 1)) == [("2025", date(2025, 12, 19))]


def test_a_report_without_a_day_is_reminded_of_for_a_year_after_its_period(hoa_binh: Land) -> None:
    def periods(on: date) -> list[str | None]:
        return [one.period for one in on_day(hoa_binh, on, "report")]

    assert "2019H1" in periods(date(2020, 6, 30))
    assert "2019H1" not in periods(date(2020, 7, 1))
    assert {one.due_on for one in on_day(hoa_binh, date(2019, 5, 2), "report")} == {None}


def test_BN_36_the_yearly_inspection_is_the_provinces_and_has_no_day(bac_ninh: Land) -> None:
    found, _half = on_day(bac_ninh, date(2022, 3, 1), "inspection")
    assert (found.club, found.due_on, found.role) == (None, None, "province")
    assert (found.period, found.source) == ("2022", "QĐ 933/QĐ-UBND, Phần thứ ba, II.4")
    assert on_day(bac_ninh, date(2026, 3, 1), "inspection") == []


def test_BN_63_the_department_inspects_each_half_year(bac_ninh: Land) -> None:
    _yearly, found = on_day(bac_ninh, date(2022, 8, 1), "inspection")
    assert (found.period, found.due_on) == ("2022H2", None)
    assert found.source == "QĐ 933/QĐ-UBND, Phần thứ ba, V.2"
    assert "Sở Lao động - Thương binh và Xã hội" in str(found.title)


def test_an_inspection_recorded_as_made_is_no_longer_owed(bac_ninh: Land) -> None:
    bac_ninh.registry.province.send_report(
        "bac_ninh", "inspection", Period.parse("2022"), date(2022, 5, 4), by=TOWN
    )
    owed = [on_day(bac_ninh, on, "inspection") for on in (date(2022, 5, 3), date(2022, 5, 4))]
    assert [[one.period for one in found] for found in owed] == [["2022", "2022H1"], ["2022H1"]]


def test_a_province_without_an_inspection_rule_owes_none(hoa_binh: Land) -> None:
    assert on_day(hoa_binh, date(2019, 3, 1), "inspection") == []


def test_HB_44_meetings_follow_the_year_of_a_clubs_decision(hoa_binh: Land) -> None:
    first = hoa_binh.club(date(2018, 9, 3), trained=date(2018, 9, 10))
    second = hoa_binh.club(date(2019, 3, 4), trained=date(2019, 3, 11))

    def owed(on: date) -> dict[str | None, str | None]:
        return {one.club: one.note for one in on_day(hoa_binh, on, "training_supplementary")}

    assert set(owed(date(2018, 12, 1))) == {first}
    assert "0" in str(owed(date(2018, 12, 1))[first])
    assert set(owed(date(2019, 12, 1))) == {first, second}
    assert set(owed(date(2020, 12, 1))) == {second}, "clubs of 2018 have none in 2020"
    course = {"course.kind": "supplementary", "course.start": "2019-06-03", "course.days": 2}
    hoa_binh.take(first, "train", date(2019, 6, 4), course)
    hoa_binh.take(second, "train", date(2019, 6, 4), course)
    assert set(owed(date(2019, 12, 1))) == {second}, "clubs of 2018 needed one, those of 2019 two"


def test_HB_42_the_five_day_course_is_owed_each_year_until_it_was_held(hoa_binh: Land) -> None:
    club = hoa_binh.club(date(2018, 9, 3))

    def courses(on: date) -> list[Due]:
        found = on_day(hoa_binh, on, "training_initial")
        return [one for one in found if one.club is None]

    assert len(courses(date(2018, 9, 9))) == 1
    course = {"course.start": "2018-09-10", "course.days": 5}
    hoa_binh.take(club, "train", date(2018, 9, 14), course)
    assert courses(date(2018, 9, 14)) == []
    assert len(courses(date(2019, 1, 1))) == 1
    assert courses(date(2021, 1, 1)) == []


def test_HB_43_HB_45_a_meeting_and_support_each_month(hoa_binh: Land) -> None:
    hoa_binh.club(date(2018, 9, 3), launched=date(2018, 10, 31))
    on = date(2018, 11, 1)
    for kind in ("meeting", "support"):
        (found,) = on_day(hoa_binh, on, kind)
        assert found.due_on == date(2018, 11, 30)


def test_HB_48_optional_activities_create_nothing(hoa_binh: Land) -> None:
    hoa_binh.club(date(2018, 9, 3), trained=date(2018, 9, 10), launched=date(2018, 10, 1))
    optional = hoa_binh.rules.stated("activities.optional", date(2018, 12, 1)).source
    found = on_day(hoa_binh, date(2018, 12, 1))
    assert found
    assert all(one.source != optional for one in found)


def test_a_due_day_on_a_day_off_is_noted_and_not_moved(bac_ninh: Land) -> None:
    bac_ninh.club(date(2021, 9, 1), launched=date(2021, 10, 2))
    (found,) = on_day(bac_ninh, date(2021, 12, 1), "supervision")
    assert found.due_on == date(2022, 4, 2)
    assert found.note is not None
    assert "02/04/2022" in found.note
    (workday,) = on_day(bac_ninh, date(2021, 12, 1), "review")
    assert workday.due_on == date(2022, 10, 2)
    assert workday.note is not None, "2/10/2022 is a Sunday"


def test_another_provinces_clubs_are_never_read(tmp_path: Path, bac_ninh: Land) -> None:
    launched(bac_ninh)
    rules = bac_ninh.registry.provinces.rules("ha_noi")
    found = due(bac_ninh.store, rules, "ha_noi", date(2026, 6, 30))
    assert all(one.club is None for one in found)


def test_selecting_by_role_by_day_and_late(bac_ninh: Land) -> None:
    launched(bac_ninh)
    on = date(2022, 4, 10)
    everything = on_day(bac_ninh, on)
    late = select(everything, on, overdue=True)
    assert [one.kind.value for one in late] == ["report", "training_supplementary", "supervision"]
    soon = select(everything, on, until=date(2022, 6, 19))
    assert soon[: len(late)] == late
    assert [one.period for one in soon[len(late) :]] == ["2022H1"]
    assert select(everything, on, role="association") == []
    assert select(everything, on, role="province") == everything


@pytest.mark.parametrize("past", [False, True], ids=["now", "past"])
@pytest.mark.parametrize("on", [date(2021, 9, 10), date(2022, 5, 3), date(2024, 12, 1)])
def test_of_some_clubs_it_is_the_rows_of_those_clubs(bac_ninh: Land, on: date, past: bool) -> None:
    clubs = [launched(bac_ninh), bac_ninh.club(date(2021, 9, 1)), launched(bac_ninh)]
    found = due(bac_ninh.store, bac_ninh.rules, bac_ninh.province, on, past=past)
    for some in (clubs[:1], clubs[1:], []):
        asked = (bac_ninh.store, bac_ninh.rules, bac_ninh.province, on)
        alone = due(*asked, past=past, clubs=some, with_province=False)
        assert alone == [one for one in found if one.club in some]
        both = due(*asked, past=past, clubs=some)
        assert both == [one for one in found if one.club is None or one.club in some]


def test_of_some_clubs_no_table_is_read_through(bac_ninh: Land) -> None:
    condition, of = scope(bac_ninh.store, "t.", "club", bac_ninh.province, ["BN-00000001"])
    for sql, values in ((OPEN_NOW, of), (OPEN_THEN, (*of, "2022-01-01", "2022-01-01"))):
        plan = bac_ninh.store.rows(
            "EXPLAIN QUERY PLAN " + sql.format(scope=condition), tuple(values)
        )
        assert all(str(step[3]).startswith("SEARCH") for step in plan)


@pytest.mark.parametrize(
    ("province", "on", "first"),
    [("hai_phong", date(2022, 4, 2), "committee"), ("ha_noi", date(2027, 4, 2), "province")],
)
def test_what_a_policy_lets_two_bodies_do_is_each_ones_own_task(
    tmp_path: Path, province: str, on: date, first: str
) -> None:
    with land(tmp_path, province, on) as here:
        decided = date(on.year - 1, 9, 1)
        here.club(decided, trained=decided + 10 * DAY, launched=decided + 20 * DAY)
        rows = on_day(here, on, "supervision", past=False)
        (one,) = rows
        assert (one.role, {*one.doers}) == (first, {Role.COMMITTEE, Role.PROVINCE})
        for role in one.doers:
            commune = COMMUNE if role is Role.COMMITTEE else None
            assert agenda(rows, [Officer("a", "A", role, province, commune)]).own == (one,)
            assert select(rows, on, role=role) == rows
        elsewhere = Officer("b", "B", Role.COMMITTEE, province, "xã Hai")
        assert agenda(rows, [elsewhere]).own == ()
        hoi = Officer("c", "C", Role.ASSOCIATION, province, COMMUNE)
        assert (agenda(rows, [hoi]).own, agenda(rows, [hoi]).others) == ((), (one,))


def test_what_a_policy_gives_one_body_is_no_other_ones_task(bac_ninh: Land) -> None:
    launched(bac_ninh)
    (one,) = on_day(bac_ninh, date(2022, 4, 2), "review")
    assert one.doers == (Role.PROVINCE,)


@pytest.mark.parametrize(("on", "district"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_a_district_does_nothing_once_there_are_none(
    bac_ninh: Land, on: date, district: bool
) -> None:
    bac_ninh.club(date(2025, 1, 2), trained=date(2025, 1, 12), launched=date(2025, 1, 22))
    (one,) = on_day(bac_ninh, on, "supervision")
    assert (Role.DISTRICT in one.doers) is district
