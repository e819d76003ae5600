# ruff: noqa: N802  (tests are named for the facts they hold)
"""What each province has set itself, as its policy file has it."""

from datetime import date

import pytest
from support.odd import ODD, odd

import schemas
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.targets.goals import Goal, goals
from engine.targets.measures import MEASURES, OWN
from engine.targets.reasons import reason


def rules(province: str) -> Rules:
    return Provinces().rules(province)


def named(province: str, goal: str) -> list[Goal]:
    return [one for one in goals(rules(province)) if one.id == goal]


def test_every_measure_a_policy_may_name_is_known_and_explained() -> None:
    target = schemas.load("policy_values")["$defs"]["target"]["properties"]
    assert set(target["measure"]["else"]["enum"]) == set(MEASURES) - OWN
    assert {measure.unit for measure in MEASURES.values()} <= set(target["unit"]["enum"])
    assert all(measure.sentence for measure in MEASURES.values())


def test_every_reason_a_query_gives_has_words() -> None:
    written = "".join(measure.sql or "" for measure in MEASURES.values())
    codes = {part for part in written.split("'") if part.isidentifier() and "_" in part}
    spoken = [code for code in codes if reason(code)]
    assert len(spoken) == len(codes) > 10


@pytest.mark.parametrize("province", ["bac_ninh", "hoa_binh", "hai_phong", "ha_noi"])
def test_every_stated_goal_has_an_article_and_every_other_has_no_number(province: str) -> None:
    found = goals(rules(province))
    assert found
    for goal in found:
        assert (goal.target.low is None) == (goal.source is None)
        assert goal.label


def test_BN_20_forty_clubs_and_about_two_thousand_elderly_are_two_kinds() -> None:
    (clubs,), (elderly,) = named("bac_ninh", "new_clubs"), named("bac_ninh", "elderly_members")
    assert (clubs.target.kind, clubs.target.low, clubs.period) == ("floor", 40, "2021-2025")
    assert (elderly.target.kind, elderly.target.low) == ("stretch", 2000)


def test_BN_51_eight_grants_is_one_goal_for_each_year() -> None:
    found = named("bac_ninh", "yearly_grants")
    assert [goal.period for goal in found] == ["2021", "2022", "2023", "2024", "2025"]
    assert {goal.target.low for goal in found} == {8}
    assert {goal.target.kind for goal in found} == {"budget"}
    assert all("800.000.000" in str(goal.note) for goal in found)


def test_what_is_asked_for_each_year_is_a_goal_a_year_and_an_amendment_begins_in_its_year() -> None:
    found = [one for one in goals(odd().rules(ODD)) if one.id == "own_donated_yearly"]
    asked = [(one.period, one.target.low, one.replaced is not None) for one in found]
    assert asked == [
        *(("2021", 10_000_000, False), ("2022", 10_000_000, False), ("2023", 10_000_000, True)),
        *(("2023", 15_000_000, False), ("2024", 15_000_000, False), ("2025", 15_000_000, False)),
    ]


def test_HB_04_HB_05_each_year_has_its_own_list_of_communes() -> None:
    found = named("hoa_binh", "named_communes")
    assert [(goal.period, len(goal.communes)) for goal in found] == [("2018", 5), ("2019", 6)]


def test_HB_07_the_two_readings_are_two_goals_with_their_readings() -> None:
    (one,) = named("hoa_binh", "new_clubs_stretch")
    (other,) = named("hoa_binh", "new_clubs_total_reading")
    assert (one.target.low, other.target.low) == (150, 150)
    assert (one.measure.name, other.measure.name) == ("clubs_decided", "clubs_total")
    assert one.reading
    assert other.reading
    assert one.reading != other.reading


def test_HB_13_the_share_of_borrowers_is_a_goal_where_no_target_holds_it() -> None:
    (goal,) = named("hoa_binh", "borrowers_share")
    assert (goal.target.low, goal.value["counts"], goal.value["of"]) == (
        50,
        "cash_or_kind",
        "members",
    )


@pytest.mark.parametrize("province", ["bac_ninh", "hai_phong"])
def test_T_HP2_the_share_of_borrowers_is_only_a_part_of_well_run(province: str) -> None:
    assert named(province, "well_run")
    assert not named(province, "borrowers_share")


def test_T_HP1_no_number_of_clubs_and_no_money_is_borrowed_from_a_neighbour() -> None:
    for goal in ("new_clubs", "total_grants"):
        (found,) = named("hai_phong", goal)
        assert (found.target.low, found.source) == (None, None)


def test_HN_20_what_the_second_phase_leaves_out_is_not_stipulated_there() -> None:
    for goal in (
        "full_activities_monthly",
        "new_tasks",
        "trained_every_year",
        "income_fund_minimum",
        "need_served",
    ):
        first, second = sorted(named("ha_noi", goal), key=lambda one: one.target.start)
        assert first.target.low == 50 or goal == "trained_every_year"
        assert (second.target.low, second.period) == (None, "2031-2035")


def test_HN_12_HN_20_the_floor_of_each_phase_is_its_own() -> None:
    found = named("ha_noi", "new_clubs")
    assert [(goal.period, goal.target.low) for goal in found] == [
        ("2026-2030", 250),
        ("2031-2035", 250),
    ]
    assert [goal.target.low for goal in named("ha_noi", "new_clubs_whole_programme")] == [500]


def test_T_HN1_no_day_lies_in_both_phases() -> None:
    first, second = named("ha_noi", "new_clubs")
    assert first.target.end == date(2030, 12, 31)
    assert second.target.start == date(2031, 1, 1)
    assert "2030" in str(first.note)


def test_HN_13_a_commune_needs_one_club_in_the_first_phase_and_four_in_the_second() -> None:
    assert [goal.per_commune for goal in named("ha_noi", "commune_coverage")] == [1, 4]


def test_a_period_that_is_not_whole_years_is_shown_by_its_days() -> None:
    (goal,) = named("hai_phong", "well_run")
    assert goal.period == "2020-10-21/2025-12-31"
    assert goal.period_shown == "21/10/2020 - 31/12/2025"
