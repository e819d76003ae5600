# ruff: noqa: N802  (tests are named for the facts they hold)
"""Each province's targets, counted on clubs that lived through the real lifecycle."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.land import Land, land, people

from engine.lifecycle.people import RosterWork
from engine.reports.figures import ClubRow, club_rows, totals
from engine.reports.progress import explain

START = date(2018, 1, 1)
ACTIVITIES = [
    *("income_generation", "health_care", "home_care", "community_support"),
    *("rights", "knowledge", "culture_sport", "resource_building"),
]


@pytest.fixture
def bac_ninh(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", date(2026, 6, 30)) as here:
        yield here


@pytest.fixture
def hoa_binh(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "hoa_binh", date(2021, 6, 30)) as here:
        yield here


@pytest.fixture
def ha_noi(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "ha_noi", date(2032, 6, 30)) as here:
        yield here


def clubs_of(here: Land, on: date) -> tuple[ClubRow, ...]:
    return club_rows(here.store, here.rules, here.province, START, on)


def reasons(here: Land, goal: str, on: date) -> dict[str, str | None]:
    """Return why each club does or does not count, by its id."""
    (found,) = explain(here.store, here.rules, here.province, on, goal)
    return {line.id: line.why for line in found.rows}


def test_BN_20_clubs_count_by_the_day_of_their_decision(bac_ninh: Land) -> None:
    for decided in (date(2020, 12, 31), date(2021, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
        bac_ninh.club(decided)
    row = bac_ninh.row("new_clubs", date(2026, 6, 30))
    assert (row["actual"], row["remaining"], row["status"]) == (2, 38, "not_met")


def test_a_member_counts_from_joining_until_the_day_of_leaving(bac_ninh: Land) -> None:
    club = bac_ninh.club(date(2021, 9, 1), members=people("1950"))
    bac_ninh.add(club, people("1951", "1952"), date(2021, 10, 4))
    rows = bac_ninh.store.rows("SELECT id FROM member WHERE joined_on = '2021-10-04' LIMIT 1")
    bac_ninh.take(club, "roster", date(2021, 11, 1), prepare=RosterWork(left=[rows[0][0]]))
    counted = [
        bac_ninh.row("elderly_members", on)["actual"]
        for on in (date(2021, 10, 3), date(2021, 10, 4), date(2021, 10, 31), date(2021, 11, 1))
    ]
    assert counted == [1, 3, 3, 2]


def test_a_later_decision_is_not_seen_on_an_earlier_day(bac_ninh: Land) -> None:
    bac_ninh.club(date(2021, 9, 1))
    bac_ninh.club(date(2022, 9, 1))
    assert bac_ninh.row("new_clubs", date(2022, 8, 31))["actual"] == 1
    assert bac_ninh.row("new_clubs", date(2022, 9, 1))["actual"] == 2


def test_T_BN8_clubs_of_2021_older_than_the_document_count_and_are_marked(bac_ninh: Land) -> None:
    early = bac_ninh.club(date(2021, 5, 4))
    late = bac_ninh.club(date(2021, 9, 1))
    row = bac_ninh.row("new_clubs", date(2021, 12, 31))
    assert row["actual"] == 2
    assert "28/07/2021" in row["note"]
    assert reasons(bac_ninh, "new_clubs", date(2021, 12, 31)) == {
        early: "before_document",
        late: None,
    }


def test_a_dissolved_club_stays_decided_and_is_not_maintained(bac_ninh: Land) -> None:
    club = bac_ninh.club(date(2021, 9, 1), members=people("1950"), launched=date(2021, 10, 1))
    bac_ninh.take(club, "dissolve", date(2022, 5, 4))
    on = date(2022, 12, 31)
    assert bac_ninh.row("new_clubs", on)["actual"] == 1
    kept = bac_ninh.row("clubs_maintained", on)
    assert (kept["actual"], kept["denominator"]) == (0, 1)
    assert bac_ninh.row("clubs_maintained", date(2022, 5, 3))["actual"] == 1
    assert bac_ninh.row("clubs_maintained", date(2022, 5, 4))["actual"] == 0
    assert bac_ninh.row("elderly_members", date(2022, 5, 3))["actual"] == 1
    assert bac_ninh.row("elderly_members", date(2022, 5, 4))["actual"] == 0


def test_BN_21_old_clubs_are_maintained_too_but_not_those_gone_before(bac_ninh: Land) -> None:
    bac_ninh.club(date(2019, 5, 6), launched=date(2019, 6, 6))
    gone = bac_ninh.club(date(2019, 5, 6), launched=date(2019, 6, 6))
    bac_ninh.take(gone, "dissolve", date(2020, 5, 4))
    row = bac_ninh.row("clubs_maintained", date(2021, 12, 31))
    assert (row["actual"], row["denominator"], row["status"]) == (1, 1, "met")


def test_BN_21_a_club_that_never_began_cannot_be_maintained(bac_ninh: Land) -> None:
    late = bac_ninh.club(date(2021, 9, 1), launched=date(2021, 10, 1))
    bac_ninh.club(date(2021, 9, 1))
    before, after = (
        bac_ninh.row("clubs_maintained", on) for on in (date(2021, 9, 30), date(2021, 10, 1))
    )
    assert (before["actual"], before["denominator"]) == (0, None)
    assert (after["actual"], after["denominator"]) == (1, 1)
    assert reasons(bac_ninh, "clubs_maintained", date(2021, 10, 1)) == {late: None}


def test_a_suspended_club_is_not_maintained_while_it_is_suspended(bac_ninh: Land) -> None:
    club = bac_ninh.club(date(2021, 9, 1), launched=date(2021, 10, 1))
    bac_ninh.take(club, "suspend", date(2022, 5, 4))
    bac_ninh.take(club, "resume", date(2022, 8, 4))
    seen = [
        bac_ninh.row("clubs_maintained", on)["actual"]
        for on in (date(2022, 5, 3), date(2022, 5, 4), date(2022, 8, 3), date(2022, 8, 4))
    ]
    assert seen == [1, 0, 0, 1]


def test_a_withdrawn_proposal_never_counts(bac_ninh: Land) -> None:
    bac_ninh.clock.day = date(2021, 9, 1)
    club = bac_ninh.club()
    bac_ninh.take(club, "withdraw", date(2021, 8, 30))
    on = date(2022, 1, 1)
    counted = [bac_ninh.row(goal, on) for goal in ("new_clubs", "clubs_maintained", "both_funds")]
    assert [row["actual"] for row in counted] == [0, 0, 0]
    assert [row["denominator"] for row in counted] == [None, None, None]


def test_BN_23_the_elderly_are_counted_from_60_on_the_day_asked(bac_ninh: Land) -> None:
    members = people("1961-09-02", "1961-09-01", "1990-01-01")
    bac_ninh.club(date(2021, 9, 1), members=members)
    assert bac_ninh.row("elderly_members", date(2021, 9, 1))["actual"] == 1
    assert bac_ninh.row("elderly_members", date(2021, 9, 2))["actual"] == 2


def test_a_birth_year_alone_counts_and_is_marked_as_estimated(bac_ninh: Land) -> None:
    bac_ninh.club(date(2021, 9, 1), members=people("1961", "1961-08", "1950"))
    row = bac_ninh.row("elderly_members", date(2021, 9, 1))
    assert (row["actual"], row["estimated"]) == (3, 1)
    august = bac_ninh.row("elderly_members", date(2021, 8, 31))
    assert august["actual"] == 0, "the club was not decided yet"


def test_T_HB1_the_same_people_are_elderly_from_55_in_one_province_and_60_in_another(
    tmp_path: Path, hoa_binh: Land
) -> None:
    members = people("1964-01-01", "1964-01-01", "1990")
    hoa_binh.club(date(2020, 3, 2), members=members)
    with land(tmp_path, "bac_ninh", date(2026, 6, 30)) as other:
        other.club(date(2021, 9, 1), members=members)
        elderly = [
            totals(here.store, here.rules, here.province, START, on, clubs_of(here, on))["elderly"]
            for here, on in ((hoa_binh, date(2020, 12, 31)), (other, date(2021, 12, 31)))
        ]
    assert elderly == [2, 0]


def test_BN_25_trained_and_supervised_both_are_asked_for(bac_ninh: Land) -> None:
    day = {"trained": date(2021, 9, 20), "launched": date(2021, 10, 1)}
    both = bac_ninh.club(date(2021, 9, 1), **day)
    untrained = bac_ninh.club(date(2021, 9, 1), launched=date(2021, 10, 1))
    unseen = bac_ninh.club(date(2021, 9, 1), **day)
    for club in (both, untrained):
        bac_ninh.take(club, "supervise", date(2022, 4, 1))
    row = bac_ninh.row("trained_and_supervised", date(2022, 12, 31))
    assert (row["actual"], row["denominator"], row["percent"]) == (1, 3, 33.3)
    assert reasons(bac_ninh, "trained_and_supervised", date(2022, 12, 31)) == {
        both: None,
        untrained: "not_trained",
        unseen: "not_supervised",
    }


def test_BN_24_a_well_run_club_has_a_good_review_every_activity_and_half_its_members_borrowing(
    bac_ninh: Land,
) -> None:
    clubs = {}
    for name, borrowers, well_run, activities in (
        ("half", 2, True, ACTIVITIES),
        ("few", 1, True, ACTIVITIES),
        ("poorly", 2, False, ACTIVITIES),
        ("seven", 2, True, ACTIVITIES[:7]),
    ):
        club = bac_ninh.club(
            date(2021, 9, 1),
            members=people("1950", "1951", "1952", "1953"),
            launched=date(2021, 10, 1),
        )
        figures = {"borrowers": borrowers, "activities": activities}
        bac_ninh.take(club, "supervise", date(2022, 4, 1), figures)
        bac_ninh.take(club, "review", date(2022, 10, 3), {"year": 2022, "well_run": well_run})
        clubs[name] = club
    clubs["unreviewed"] = bac_ninh.club(date(2021, 9, 1))
    row = bac_ninh.row("well_run", date(2022, 12, 31))
    assert (row["actual"], row["denominator"], row["remaining"]) == (1, 5, 3)
    assert reasons(bac_ninh, "well_run", date(2022, 12, 31)) == {
        clubs["half"]: None,
        clubs["few"]: "few_borrowers",
        clubs["poorly"]: "not_well_run",
        clubs["seven"]: "few_activities",
        clubs["unreviewed"]: "not_reviewed",
    }


def test_BN_26_both_funds_and_a_charter(bac_ninh: Land) -> None:
    launched = date(2021, 10, 1)
    full = bac_ninh.club(date(2021, 9, 1), launched=launched)
    one = bac_ninh.club(date(2021, 9, 1), launched=launched, launch={"funds_opened": ["income"]})
    later = bac_ninh.club(date(2021, 9, 1), launched=launched, launch={"funds_opened": ["income"]})
    bac_ninh.take(later, "fund", date(2022, 3, 1))
    bare = bac_ninh.club(date(2021, 9, 1), launched=launched, launch={"charter_adopted": False})
    waiting = bac_ninh.club(date(2021, 9, 1))
    assert reasons(bac_ninh, "both_funds", date(2022, 12, 31)) == {
        full: None,
        one: "no_operating_fund",
        later: None,
        bare: "no_charter",
        waiting: "not_launched",
    }
    assert reasons(bac_ninh, "both_funds", date(2022, 2, 28))[later] == "no_operating_fund"


def test_BN_50_BN_51_grants_are_counted_by_year_and_in_all(bac_ninh: Land) -> None:
    clubs = [bac_ninh.club(date(2021, 9, 1)) for _each in range(9)]
    for club in clubs:
        bac_ninh.grant(club, date(2021, 11, 1))
    on = date(2022, 6, 30)
    year = bac_ninh.row("yearly_grants", on, "2021")
    assert (year["actual"], year["remaining"], year["status"]) == (9, -1, "not_met")
    assert bac_ninh.row("yearly_grants", on, "2022")["actual"] == 0
    total = bac_ninh.row("total_grants", on)
    assert (total["actual"], total["remaining"]) == (900_000_000, 3_100_000_000)


def test_a_grant_taken_back_counts_from_that_day_no_more(bac_ninh: Land) -> None:
    club = bac_ninh.club(date(2021, 9, 1))
    bac_ninh.grant(club, date(2021, 11, 1))
    bac_ninh.grant(club, date(2022, 2, 1), kind="reversal")
    assert bac_ninh.row("total_grants", date(2022, 1, 31))["actual"] == 100_000_000
    assert bac_ninh.row("total_grants", date(2022, 2, 1))["actual"] == 0
    assert bac_ninh.row("yearly_grants", date(2021, 12, 31), "2021")["actual"] == 1


def test_money_of_another_source_is_no_grant_of_the_province(bac_ninh: Land) -> None:
    club = bac_ninh.club(date(2021, 9, 1))
    bac_ninh.grant(club, date(2021, 11, 1), source="donor", donor="HAI", amount=75_000_000)
    assert bac_ninh.row("total_grants", date(2021, 12, 31))["actual"] == 0


def test_HB_04_a_named_commune_counts_once_and_others_do_not(hoa_binh: Land) -> None:
    for commune in ("xã Yên Lạc", "Xã Yên Lạc", "xã An Bình", "xã Không Tên"):
        hoa_binh.club(date(2018, 9, 3), commune=commune, village=f"Thôn {hoa_binh.opened}")
    row = hoa_binh.row("named_communes", date(2018, 12, 31), "2018")
    assert (row["actual"], row["target"], row["remaining"]) == (2, 5, 3)
    first, _second = explain(
        hoa_binh.store, hoa_binh.rules, "hoa_binh", date(2018, 12, 31), "named_communes"
    )
    done = [line.commune for line in first.rows if line.counts]
    waiting = [line.commune for line in first.rows if line.why == "no_club"]
    assert sorted(done) == ["Xã An Bình", "Xã Yên Lạc"]
    assert sorted(waiting) == ["Phường Tân Thịnh", "Xã Liên Vũ", "Xã Tú Sơn"]
    assert [line.commune for line in first.rows if line.why == "not_named"] == ["xã Không Tên"]


def test_a_club_moved_to_another_commune_later_stays_counted_where_it_was_decided(
    hoa_binh: Land,
) -> None:
    club = hoa_binh.club(date(2018, 9, 3), commune="xã Yên Lạc")
    hoa_binh.take(club, "rehome", date(2020, 1, 2), {"commune": "xã Yên Thủy"})
    assert hoa_binh.row("named_communes", date(2020, 12, 31), "2018")["actual"] == 1


def test_HB_07_the_two_readings_differ_by_the_older_clubs(hoa_binh: Land) -> None:
    hoa_binh.club(date(2018, 9, 3), commune="xã Yên Lạc")
    for _each in range(2):
        hoa_binh.club(date(2020, 3, 2))
    on = date(2020, 12, 31)
    assert hoa_binh.row("new_clubs", on)["actual"] == 2
    assert hoa_binh.row("new_clubs_stretch", on)["actual"] == 2
    assert hoa_binh.row("new_clubs_total_reading", on)["actual"] == 3
    (found,) = explain(hoa_binh.store, hoa_binh.rules, "hoa_binh", on, "new_clubs_stretch")
    assert [other.goal.id for other in found.readings] == ["new_clubs_total_reading"]


def test_HB_08_only_the_clubs_of_2018_and_2019_are_to_be_maintained(hoa_binh: Land) -> None:
    hoa_binh.club(date(2018, 9, 3), commune="xã Yên Lạc", launched=date(2018, 10, 3))
    gone = hoa_binh.club(date(2019, 9, 3), commune="xã Hòa Sơn", launched=date(2019, 10, 3))
    hoa_binh.take(gone, "dissolve", date(2020, 5, 4))
    hoa_binh.club(date(2020, 3, 2), launched=date(2020, 4, 2))
    row = hoa_binh.row("clubs_maintained", date(2020, 12, 31))
    assert (row["kind"], row["actual"], row["target"], row["remaining"]) == ("floor", 1, 11, 10)
    assert hoa_binh.row("clubs_maintained", date(2020, 5, 3))["actual"] == 2


def test_HB_13_loans_in_kind_count_and_all_members_are_the_whole(hoa_binh: Land) -> None:
    club = hoa_binh.club(
        date(2018, 9, 3), members=people("1950", "1951", "1952", "1953"), launched=date(2018, 10, 1)
    )
    hoa_binh.club(date(2018, 9, 3))
    figures = {"borrowers": 1, "borrowers_in_kind": 1, "borrowers_improved": 2}
    hoa_binh.take(club, "supervise", date(2019, 4, 1), figures)
    row = hoa_binh.row("borrowers_share", date(2019, 12, 31))
    assert (row["actual"], row["denominator"], row["status"]) == (2, 4, "met")
    assert "cải thiện thu nhập" in row["label"]


def test_HB_13_a_better_income_is_part_of_it_and_is_not_known_unless_it_was_counted(
    hoa_binh: Land,
) -> None:
    clubs = [
        hoa_binh.club(date(2018, 9, 3), members=people("1950", "1951"), launched=date(2018, 10, 1))
        for _each in range(2)
    ]
    asked, on = "borrowers_share", date(2019, 12, 31)
    for club in clubs:
        hoa_binh.take(club, "supervise", date(2019, 4, 1), {"borrowers": 2})
    row = hoa_binh.row(asked, on)
    assert (row["actual"], row["denominator"]) == (0, None)
    assert row["status"] != "met"
    better = {"borrowers": 2, "borrowers_improved": 1}
    hoa_binh.take(clubs[0], "supervise", date(2019, 10, 1), better)
    row = hoa_binh.row(asked, on)
    assert (row["actual"], row["denominator"], row["status"]) == (1, 2, "met")
    (found,) = explain(hoa_binh.store, hoa_binh.rules, hoa_binh.province, on, asked)
    assert {line.id: line.why for line in found.rows} == {
        clubs[0]: None,
        clubs[1]: "income_unknown",
    }


def test_T_HP1_hai_phong_has_no_number_and_no_percentage_of_it(tmp_path: Path) -> None:
    with land(tmp_path, "hai_phong", date(2025, 6, 30)) as here:
        here.club(date(2021, 9, 1))
        row = here.row("new_clubs", date(2022, 1, 1))
        assert (row["actual"], row["target"], row["percent"]) == (1, None, None)
        assert row["status"] == "not_stipulated"


def test_HP_05_a_purpose_of_half_the_members_belongs_to_the_70_percent(tmp_path: Path) -> None:
    with land(tmp_path, "hai_phong", date(2025, 6, 30)) as here:
        club = here.club(
            date(2021, 9, 1), members=people("1950", "1951"), launched=date(2021, 10, 1)
        )
        figures = {"borrowers": 0, "borrowers_in_kind": 2}
        here.take(club, "supervise", date(2022, 4, 1), figures)
        here.take(club, "review", date(2022, 10, 3), {"year": 2022})
        assert here.row("well_run", date(2022, 12, 31))["actual"] == 0, "kind does not count here"


def test_T_HN1_a_club_of_2030_counts_once_and_in_the_first_phase(ha_noi: Land) -> None:
    ha_noi.club(date(2030, 6, 3))
    ha_noi.club(date(2031, 6, 3))
    on = date(2032, 6, 30)
    first, second = (ha_noi.row("new_clubs", on, one) for one in ("2026-2030", "2031-2035"))
    assert (first["actual"], second["actual"]) == (1, 1)
    assert "2030" in first["note"]
    assert ha_noi.row("new_clubs_whole_programme", on)["actual"] == 2


def test_HN_12_women_are_counted_among_the_elderly_of_the_whole_city(ha_noi: Land) -> None:
    ha_noi.club(date(2026, 3, 2), members=people("1950", "1951", "1995"))
    ha_noi.club(date(2026, 3, 2), members=people("1950", "1951", sex="M"))
    row = ha_noi.row("women_among_elderly", date(2026, 12, 31), "2026-2030")
    assert (row["actual"], row["denominator"], row["percent"], row["status"]) == (2, 4, 50.0, "met")
    ha_noi.club(date(2027, 3, 2), members=people("1952"))
    row = ha_noi.row("women_among_elderly", date(2027, 12, 31), "2026-2030")
    assert (row["percent"], row["status"]) == (60.0, "met")
    ha_noi.club(date(2027, 3, 2), members=people("1952"))
    row = ha_noi.row("women_among_elderly", date(2027, 12, 31), "2026-2030")
    assert (row["percent"], row["status"]) == (66.7, "open"), "more than 60% is no longer in range"


def test_HN_13_HN_14_communes_and_villages_count_once(ha_noi: Land) -> None:
    for commune, village in (
        ("xã A", "Thôn 1"),
        ("Xã A", "thôn 1"),
        ("xã A", "Thôn 2"),
        ("xã B", "Thôn 1"),
    ):
        club = ha_noi.club(
            date(2026, 3, 2), commune=commune, village=village, launched=date(2026, 4, 1)
        )
        answer = {"year": 2026, "standard": "met", "standard_document": "Hướng dẫn 10/HD-HNCT"}
        ha_noi.take(club, "review", date(2026, 12, 1), answer)
    on = date(2026, 12, 31)
    communes = ha_noi.row("commune_coverage", on, "2026-2030")
    assert (communes["actual"], communes["percent"], communes["status"]) == (2, None, "open")
    assert ha_noi.row("village_coverage", on, "2026-2030")["actual"] == 3


def test_HN_15_eight_activities_and_a_meeting_a_month(ha_noi: Land) -> None:
    clubs = {}
    for name, activities, meetings in (
        ("full", ACTIVITIES, 6),
        ("seven", ACTIVITIES[:7], 6),
        ("five meetings", ACTIVITIES, 5),
    ):
        club = ha_noi.club(date(2026, 3, 2), launched=date(2026, 4, 1))
        figures = {"activities": activities, "meetings_held": meetings}
        ha_noi.take(club, "supervise", date(2026, 10, 1), figures)
        clubs[club] = name
    first, _second = explain(
        ha_noi.store, ha_noi.rules, "ha_noi", date(2026, 12, 31), "full_activities_monthly"
    )
    assert {clubs[line.id]: line.why for line in first.rows} == {
        "full": None,
        "seven": "few_activities",
        "five meetings": "few_meetings",
    }
    assert first.row.progress.percent == 333


def test_HN_16_the_refresher_is_owed_a_year_after_the_last_course(ha_noi: Land) -> None:
    club = ha_noi.club(date(2026, 3, 2), trained=date(2026, 4, 1))

    def trained(on: date) -> int:
        return int(ha_noi.row("trained_every_year", on, "2026-2030")["actual"])

    assert (trained(date(2027, 4, 1)), trained(date(2027, 4, 2))) == (1, 0)
    course = {"course.kind": "refresher", "course.start": "2027-05-03", "course.days": 1}
    ha_noi.take(club, "train", date(2027, 5, 3), course)
    assert (trained(date(2027, 5, 3)), trained(date(2028, 5, 4))) == (1, 0)


def test_HN_17_fifty_million_in_the_income_fund(ha_noi: Land) -> None:
    for balance in (50_000_000, 49_999_999):
        club = ha_noi.club(date(2026, 3, 2), launched=date(2026, 4, 1))
        ha_noi.take(club, "supervise", date(2026, 10, 1), {"income_fund_balance": balance})
    row = ha_noi.row("income_fund_minimum", date(2026, 12, 31), "2026-2030")
    assert (row["actual"], row["denominator"], row["status"]) == (1, 2, "met")


def test_HN_17_money_lent_out_still_belongs_to_the_fund(ha_noi: Land) -> None:
    club = ha_noi.club(date(2026, 3, 2), launched=date(2026, 4, 1))
    money = {"fund": "income", "amount": 50_000_000}
    ha_noi.take(club, "fund", date(2026, 4, 2), money)
    ha_noi.take(club, "fund", date(2026, 4, 3), {**money, "kind": "loan"})
    assert ha_noi.row("income_fund_minimum", date(2026, 5, 1), "2026-2030")["actual"] == 1


def test_HN_18_members_with_need_are_the_whole(ha_noi: Land) -> None:
    club = ha_noi.club(date(2026, 3, 2), launched=date(2026, 4, 1), members=people("1950", "1951"))
    figures = {"members_with_need": 4, "members_served": 3, "borrowers": 0}
    ha_noi.take(club, "supervise", date(2026, 10, 1), figures)
    silent = ha_noi.club(date(2026, 3, 2), launched=date(2026, 4, 1))
    ha_noi.take(silent, "supervise", date(2026, 10, 1))
    row = ha_noi.row("need_served", date(2026, 12, 31), "2026-2030")
    assert (row["actual"], row["denominator"], row["percent"]) == (3, 4, 75.0)


@pytest.mark.parametrize("goal", ["officers_aware", "people_informed", "new_tasks"])
def test_HN_10_HN_11_what_club_records_do_not_have_is_null_and_marked(
    ha_noi: Land, goal: str
) -> None:
    row = ha_noi.row(goal, date(2026, 12, 31), "2026-2030")
    assert (row["actual"], row["percent"], row["status"]) == (None, None, "open")
    assert row["note"]


def test_E_8_after_the_programme_its_figures_change_no_more(bac_ninh: Land) -> None:
    club = bac_ninh.club(date(2021, 9, 1), launched=date(2021, 10, 1))
    bac_ninh.take(club, "dissolve", date(2026, 2, 2))
    bac_ninh.club(date(2026, 2, 2))
    row = bac_ninh.row("clubs_maintained", date(2026, 6, 30))
    assert (row["actual"], row["denominator"]) == (1, 1)
    assert "31/12/2025" in row["note"]
