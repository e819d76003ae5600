# ruff: noqa: N802  (tests are named for the facts they hold)
"""Reports: their periods, their last day in time, and who gets them on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.policy.model import Policy
from engine.provinces.load import Provinces
from engine.reports.deadlines import (
    ReportRule,
    inspection_rules,
    next_status,
    recipient,
    recipients,
    report_rules,
)
from engine.reports.province_reports import catalogue, listed, period_of
from engine.rules.calendar import Period

ALL = ("bac_ninh", "hoa_binh", "hai_phong", "ha_noi")


def policy(province: str) -> Policy:
    return Provinces().policy(province)


def rule(province: str, report: str) -> ReportRule:
    return next(one for one in report_rules(policy(province)) if one.id == report)


def made(before: str | None, cycle: str = "year", **how: object) -> ReportRule:
    fixed = {"id": "own_x", "title": "Báo cáo", "source": "KH 1", "start": date(2020, 1, 1)}
    return ReportRule(**{**fixed, "cycle": cycle, "end": None, "before": before, **how})  # type: ignore[arg-type]


def test_BN_65_before_20_June_is_the_19th_and_before_20_December_the_19th() -> None:
    half, year = rule("bac_ninh", "half_year"), rule("bac_ninh", "year")
    assert half.due_on(Period.parse("2022H1")) == date(2022, 6, 19)
    assert year.due_on(Period.parse("2022")) == date(2022, 12, 19)
    assert (half.cycle, half.halves) == ("half_year", (1,))


def test_BN_65_the_report_of_the_half_year_before_the_document_is_not_asked_for() -> None:
    half, year = rule("bac_ninh", "half_year"), rule("bac_ninh", "year")
    assert not half.asked(Period.parse("2021H1"))
    assert year.asked(Period.parse("2021"))
    assert [one.id for one in half.periods(date(2020, 1, 1), date(2030, 1, 1))] == [
        "2022H1",
        "2023H1",
        "2024H1",
        "2025H1",
    ]


def test_a_report_that_was_due_before_the_document_began_is_not_asked_for() -> None:
    late = made("06-20", "half_year", start=date(2022, 6, 25))
    assert not late.asked(Period.parse("2022H1"))
    assert late.asked(Period.parse("2023H1"))


def test_a_report_due_in_January_is_due_in_the_year_after_its_period() -> None:
    assert made("01-15").due_on(Period.parse("2022")) == date(2023, 1, 14)
    assert made("07-05", "half_year").due_on(Period.parse("2022H1")) == date(2022, 7, 4)


@pytest.mark.parametrize("province", ["hoa_binh", "hai_phong", "ha_noi"])
def test_HB_24_HP_17_HN_45_where_no_day_is_stated_none_is_made_up(province: str) -> None:
    rules = report_rules(policy(province))
    assert rules
    for one in rules:
        assert one.due_rule is None
        assert next_status(one, one.start) == ("not_stipulated", None)


def test_HB_06_the_review_of_the_eleven_is_made_once_in_2019() -> None:
    one = rule("hoa_binh", "review_of_named_clubs")
    assert [period.id for period in one.periods(date(2010, 1, 1), date(2030, 1, 1))] == ["2019"]


def test_HB_24_both_halves_of_a_year_are_reported() -> None:
    one = rule("hoa_binh", "half_year")
    found = [period.id for period in one.periods(date(2019, 1, 1), date(2019, 12, 31))]
    assert found == ["2019H1", "2019H2"]


def test_the_next_day_is_that_of_the_day_asked_until_it_has_gone_by() -> None:
    half = rule("bac_ninh", "half_year")
    assert next_status(half, date(2022, 6, 19)) == ("value", date(2022, 6, 19))
    assert next_status(half, date(2022, 6, 20)) == ("value", date(2023, 6, 19))


def test_BN_65_no_period_left_is_not_a_document_out_of_force() -> None:
    """The document holds until 31/12/2025; its last half-year was due on 19/06/2025."""
    half = rule("bac_ninh", "half_year")
    assert next_status(half, date(2025, 6, 20)) == ("no_more_periods", date(2025, 6, 19))
    assert next_status(half, date(2025, 12, 31)) == ("no_more_periods", date(2025, 6, 19))
    assert next_status(half, date(2026, 1, 1)) == ("not_in_force", None)


def test_a_report_without_a_day_ends_with_its_document_too() -> None:
    yearly = rule("bac_ninh", "yearly_conference")
    assert next_status(yearly, date(2025, 12, 31)) == ("not_stipulated", None)
    assert next_status(yearly, date(2026, 2, 1)) == ("not_in_force", None)


def test_before_the_document_its_own_agencies_are_named_without_doubt() -> None:
    found = recipient(policy("bac_ninh"), "province_committee", date(2020, 12, 31))
    assert (found.name, found.confirmed) == ("Ủy ban nhân dân tỉnh Bắc Ninh", True)


def test_T_ALL2_an_inspection_is_asked_of_who_has_taken_the_department_s_place() -> None:
    titles = {one.title for one in inspection_rules(policy("bac_ninh"), date(2025, 10, 11))}
    assert any("Sở Y tế, chưa xác nhận" in title for title in titles)
    earlier = {one.title for one in inspection_rules(policy("bac_ninh"), date(2024, 10, 11))}
    assert not any("Sở Y tế" in title for title in earlier)


def test_T_ALL2_BN_65_a_report_goes_to_the_agency_of_that_day_and_is_marked_when_unsure() -> None:
    before = recipient(policy("bac_ninh"), "labour_department", date(2025, 2, 28))
    after = recipient(policy("bac_ninh"), "labour_department", date(2025, 3, 1))
    assert (before.name, before.confirmed) == ("Sở Lao động - Thương binh và Xã hội", True)
    assert (after.name, after.confirmed) == ("Sở Y tế", False)
    assert "(" not in str(before)
    assert str(after) != after.name


def test_an_agency_that_is_gone_without_a_successor_is_named_and_marked() -> None:
    found = recipient(policy("bac_ninh"), "district_committee", date(2025, 7, 1))
    assert (found.name, found.confirmed) == ("UBND huyện, thị xã, thành phố", False)
    assert found.note


@pytest.mark.parametrize("province", ALL)
def test_every_recipient_a_report_names_is_in_the_routing_table(province: str) -> None:
    here = policy(province)
    for one in report_rules(here):
        for agency in (*one.to, *([one.via] if one.via else [])):
            assert here.entries_of(f"routing.{agency}"), agency
        assert [found.agency for found in recipients(here, one, one.start)] == list(one.to)


@pytest.mark.parametrize("province", ALL)
def test_every_province_has_an_overview_and_its_own_reports(province: str) -> None:
    found = catalogue(Provinces(), province, date(2022, 1, 1))
    names = [one.id for one in found.rules]
    assert names[-1] == "overview"
    assert set(names[:-1]) == {one.id for one in report_rules(policy(province))}
    assert found.warnings == ()


def test_the_list_has_rule_day_recipients_and_a_day_off() -> None:
    here = Provinces().rules("bac_ninh")
    found = listed(here, rule("bac_ninh", "half_year"), date(2022, 3, 1))
    assert (found["due_on"], found["period"], found["status"]) == (
        date(2022, 6, 19),
        "2022H1",
        "value",
    )
    assert found["to"] == ["Ủy ban nhân dân tỉnh Bắc Ninh", "Bộ Lao động - Thương binh và Xã hội"]
    assert (found["via"], found["confirmed"]) == ("Sở Lao động - Thương binh và Xã hội", True)
    assert "19/06/2022" in found["note"], "it is a Sunday"


@pytest.mark.parametrize(
    ("report", "period"),
    [
        ("half_year", "2022"),
        ("half_year", "2022H2"),
        ("half_year", "2021H1"),
        ("half_year", "2026H1"),
        ("year", "2022H1"),
        ("year", "2020"),
        ("phase", "2024"),
        ("year", "hai nghìn"),
        ("year", None),
    ],
)
def test_a_period_that_is_not_the_reports_is_bad_input(report: str, period: str | None) -> None:
    with pytest.raises(InputError) as raised:
        period_of(rule("bac_ninh", report), period, date(2022, 1, 1))
    assert raised.value.code == "CLB-PERIOD"
    assert raised.value.help


def test_a_period_after_the_document_s_end_says_so_and_what_to_make_instead() -> None:
    with pytest.raises(InputError, match="31/12/2025") as raised:
        period_of(rule("bac_ninh", "half_year"), "2026H1", date(2026, 7, 1), "bac_ninh")
    assert "clb report build bac_ninh overview --period 2026H1" in str(raised.value.help)


def test_a_report_made_once_needs_no_period() -> None:
    assert period_of(rule("bac_ninh", "phase"), None, date(2022, 1, 1)).id == "2025"


befores = st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: f"{day:%m-%d}")


@given(befores, st.integers(1990, 2100), st.sampled_from(["year", "half_year"]), st.integers(1, 2))
def test_the_last_day_is_the_day_before_the_one_named_and_never_before_half_the_period(
    before: str, year: int, cycle: str, half: int
) -> None:
    period = Period.parse(f"{year}H{half}" if cycle == "half_year" else str(year))
    due = made(before, cycle).due_on(period)
    assert due is not None
    assert f"{due + timedelta(days=1):%m-%d}" == before
    assert due > period.start + (period.end - period.start) / 2
    assert (due - period.end).days <= 366
