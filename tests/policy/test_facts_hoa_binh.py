"""Hòa Bình: what KH 47/KH-UBND of 11/4/2018 says, fact by fact."""

from datetime import date

import pytest

from engine.frozen import thaw

DAY = date(2020, 6, 1)
DOCUMENT = "KH 47/KH-UBND, "

STATED = [
    ("HB-09", "membership.size", {"min": 50, "max": 70}, "I.2, đoạn cuối", "norm"),
    ("HB-10", "membership.elderly_share", {"min": 70}, "I.2, đoạn cuối", "norm"),
    ("HB-10", "membership.elderly_age", 55, "I.2, đoạn cuối", "norm"),
    ("HB-11", "membership.women_share", {"min": 60, "max": 70}, "I.2, đoạn cuối", "norm"),
    ("HB-12", "membership.poor_share", {"min": 60, "max": 70}, "I.2, đoạn cuối", "norm"),
    (
        "HB-13",
        "indicator.borrowers_share",
        {"min": 50, "of": "members", "counts": "cash_or_kind", "improved_income": True},
        "I.2, đoạn cuối",
        "norm",
    ),
    (
        "HB-42",
        "training.course",
        {"days": 5, "per_year": 1, "years": [2018, 2019, 2020]},
        "Phụ lục, 1.2.1",
        "task",
    ),
    ("HB-43", "meeting.interval_months", 1, "Phụ lục, 1.2.2", "task"),
    ("HB-45", "support.interval_months", 1, "Phụ lục, 1.2.4", "task"),
]


@pytest.mark.parametrize(
    ("key", "value", "section", "force"),
    [pytest.param(*row, id=f"{fact} {row[0]}") for fact, *row in STATED],
)
def test_the_document_states(hoa_binh, key, value, section, force):
    answer = hoa_binh.on(key, DAY)
    assert thaw(answer.value) == value
    assert (answer.source, answer.force) == (DOCUMENT + section, force)


ABSENT = [
    "grant.establishment",
    "budget.yearly",
    "budget.total",
    "membership.young_share",
    "membership.young_age",
    "supervision.interval_months",
    "review.interval_months",
    "inspection.interval_months",
    "training.supplementary",
    "training.refresher",
    "training.board_change",
    "appraisal.aspects",
    "appraisal.favourable",
    "fund.kinds",
    "fund.income_minimum",
    "target.elderly_members",
    "target.both_funds",
    "target.well_run",
    "roles.propose",
    "roles.approve",
    "lead.unit",
    "recipients.report",
]


@pytest.mark.parametrize("key", [pytest.param(key, id=f"HB-90 {key}") for key in ABSENT])
def test_the_document_does_not_say(hoa_binh, key):
    answer = hoa_binh.on(key, DAY)
    assert (answer.status, answer.value, answer.source) == ("not_stipulated", None, None)


NAMED = {
    2018: ["Xã Yên Lạc", "Xã An Bình", "Xã Tú Sơn", "Xã Liên Vũ", "Phường Tân Thịnh"],
    2019: [
        "Xã Hòa Sơn",
        "Xã Phú Minh",
        "Thị trấn Đà Bắc",
        "Xã Thu Phong",
        "Xã Mai Hịch",
        "Xã Địch Giáo",
    ],
}


@pytest.mark.parametrize("year", [pytest.param(2018, id="HB-04"), pytest.param(2019, id="HB-05")])
def test_the_named_communes_of_the_year(hoa_binh, year):
    target = hoa_binh.on("target.named_communes", date(year, 12, 31)).value
    assert target["kind"] == "named"
    assert [commune["name"] for commune in target["communes"]] == NAMED[year]
    assert target["target"] == len(NAMED[year])
    assert (target["from"], target["to"]) == (date(year, 1, 1), date(year, 12, 31))
    assert all(commune["district"] for commune in target["communes"])


def test_t_hb2_there_is_no_quota_of_2016_and_2017(hoa_binh):
    """T-HB2: the title says 2016-2020, the plan is of 11/4/2018."""
    first = min(
        entry.value["from"] for _id, entries in hoa_binh.group("target") for entry in entries
    )
    assert first == date(2018, 1, 1)
    assert hoa_binh.on("membership.size", date(2017, 6, 1)).status == "not_in_force"


def test_hb_07_at_least_80_new_clubs_in_2020(hoa_binh):
    """HB-07."""
    target = hoa_binh.on("target.new_clubs", DAY)
    assert (target.value["kind"], target.value["target"], target.force) == ("floor", 80, "norm")
    assert (target.value["from"], target.value["to"]) == (date(2020, 1, 1), date(2020, 12, 31))
    assert hoa_binh.on("target.new_clubs", date(2019, 6, 1)).status == "not_in_force"


@pytest.mark.parametrize(
    ("target", "measure"),
    [("new_clubs_stretch", "clubs_decided"), ("new_clubs_total_reading", "clubs_total")],
    ids=["HB-07 new", "T-HB4 in all"],
)
def test_hb_07_about_150_is_read_both_ways(hoa_binh, target, measure):
    found = hoa_binh.on(f"target.{target}", DAY)
    assert (found.value["kind"], found.value["target"], found.force) == ("stretch", 150, "goal")
    assert found.value["measure"] == measure
    assert found.value["reading"].startswith("Cách hiểu")


def test_hb_08_eleven_clubs_of_2018_and_2019_are_kept_up_in_2020(hoa_binh):
    """HB-08."""
    target = hoa_binh.on("target.clubs_maintained", DAY).value
    assert (target["target"], target["unit"]) == (11, "clubs")
    assert target["cohort"] == {"from": date(2018, 1, 1), "to": date(2019, 12, 31)}


def test_hb_14_eighty_percent_trained_and_supervised(hoa_binh):
    """HB-14."""
    target = hoa_binh.on("target.trained_and_supervised", DAY).value
    assert (target["kind"], target["target"], target["unit"]) == ("share", 80, "percent")
    assert (target["from"], target["to"]) == (date(2018, 1, 1), date(2020, 12, 31))


def test_hb_06_the_eleven_are_reviewed_once_at_the_end_of_2019_on_no_stated_day(hoa_binh):
    """HB-06."""
    review = hoa_binh.on("report.review_of_named_clubs", date(2019, 12, 1)).value
    assert (review["cycle"], review["once_in"]) == ("other", 2019)
    assert "due" not in review


@pytest.mark.parametrize(
    ("report", "cycle"),
    [
        pytest.param("half_year", "half_year", id="HB-24 half_year"),
        pytest.param("year", "year", id="HB-24 year"),
        pytest.param("yearly_conference", "year", id="HB-50 yearly_conference"),
        pytest.param("phase", "other", id="HB-50 phase"),
    ],
)
def test_reports_have_a_cycle_and_no_date(hoa_binh, report, cycle):
    found = hoa_binh.on(f"report.{report}", DAY).value
    assert found["cycle"] == cycle
    assert "due" not in found
    assert "to" not in found


def test_hb_50_the_last_conference_is_at_the_end_of_the_project(hoa_binh):
    """HB-50: 5.1.7; that the last year is 2020 is a reading, and called so."""
    conference = hoa_binh.on("report.phase", DAY)
    assert conference.value["once_in"] == 2020
    assert "được hiểu là 2020" in conference.note


def test_hb_44_the_meetings_of_each_years_clubs_as_often_as_stated(hoa_binh):
    """HB-44, T-HB3: the clubs of 2018 have no meeting in 2020; single meetings have no days."""
    matrix = hoa_binh.on("training.matrix", DAY).value
    assert [(row["year"], row["cohort"], row["times"], row.get("days")) for row in matrix] == [
        (2018, 2018, 2, 2),
        (2019, 2019, 2, 2),
        (2019, 2018, 1, None),
        (2020, 2020, 2, 2),
        (2020, 2019, 1, None),
    ]


def test_hb_42_the_first_training_lasts_five_days(hoa_binh):
    """HB-42."""
    assert hoa_binh.on("training.initial", DAY).value["days"] == 5


def test_hb_21_the_documents_own_activities_keep_the_common_ids_where_they_are_the_same(hoa_binh):
    """HB-21."""
    ids = [activity["id"] for activity in hoa_binh.on("activities.list", DAY).value]
    assert len(ids) == 10
    assert [one for one in ids if one.startswith("own_")] == ["own_planning", "own_loans"]


def test_hb_48_50_what_may_be_decided_later_is_optional(hoa_binh):
    """HB-48, HB-50: 3.1.2, 5.1.4 and 5.1.5 are "dự kiến"."""
    optional = hoa_binh.on("activities.optional", DAY)
    assert optional.force == "optional"
    assert [activity["label"][:5] for activity in optional.value] == ["3.1.2", "5.1.4", "5.1.5"]


def test_hb_01_the_programme_is_over_after_2020(hoa_binh):
    """HB-01."""
    assert hoa_binh.on("membership.size", date(2018, 4, 10)).status == "not_in_force"
    assert hoa_binh.on("membership.size", date(2018, 4, 11)).status == "value"
    assert hoa_binh.ended(date(2021, 1, 1)).number == "47/KH-UBND"


def test_t_hb1_that_55_is_the_plans_and_not_the_laws_is_shown(hoa_binh):
    """T-HB1."""
    assert "60 tuổi" in hoa_binh.on("membership.elderly_age", DAY).note


def test_the_province_is_part_of_another_since_1_july_2025(hoa_binh):
    """C.5, NQ 202/2025/QH15."""
    committee = hoa_binh.on("routing.province_committee", date(2025, 7, 1)).value
    assert committee["name"] == "Ủy ban nhân dân tỉnh Phú Thọ"


RECORDED = [
    ("HB-02", "note.legal_basis"),
    ("HB-15", "note.scope"),
    ("HB-16", "membership.priority"),
    ("HB-17", "duty.rules_of_the_model"),
    ("HB-18", "duty.handbooks"),
    ("HB-19", "duty.planning"),
    ("HB-20", "duty.training"),
    ("HB-22", "note.establishment"),
    ("HB-23", "duty.supervision"),
    ("HB-25", "duty.communication"),
    ("HB-26", "sources.list"),
    ("HB-27", "duty.coordination_planning"),
    ("HB-29", "duty.province_association"),
    ("HB-40", "note.annex"),
    ("HB-46", "duty.annex_club"),
    ("HB-47", "duty.annex_fund"),
    ("HB-48", "duty.annex_health"),
    ("HB-49", "duty.annex_rights"),
    ("HB-50", "duty.annex_replication"),
]


@pytest.mark.parametrize("key", [pytest.param(key, id=f"{fact} {key}") for fact, key in RECORDED])
def test_what_the_document_asks_of_others_can_be_read_with_its_article(hoa_binh, key):
    answer = hoa_binh.on(key, DAY)
    assert answer.value
    assert answer.source.startswith(DOCUMENT)


def test_hb_03_the_aims_are_those_of_the_plan(hoa_binh):
    """HB-03: I.1; the poor come first, and the province's programme of 2012-2020 is served."""
    aims = hoa_binh.on("note.objective", date(2019, 6, 1))
    assert aims.source == "KH 47/KH-UBND, I.1"
    assert "người cao tuổi nghèo, cận nghèo và khó khăn" in aims.value
    assert (
        "Chương trình hành động quốc gia về người cao tuổi của tỉnh giai đoạn 2012-2020"
        in aims.value
    )


@pytest.mark.parametrize(
    ("key", "section", "words"),
    [
        (
            "duty.coordination_planning",
            "IV*.3",
            "theo Điều 24 Luật Người cao tuổi và Chương trình hành động quốc gia",
        ),
        ("duty.foreign_affairs_department", "VI*.7", "Phối hợp với các sở, ban, ngành liên quan"),
        ("duty.foreign_affairs_department", "VI*.7", "các nguồn vốn hỗ trợ Chính phủ"),
        ("duty.care_funds", "V*.3", "Hội đồng quản lý Quỹ các cấp"),
        ("duty.care_funds", "V*.3", "nguồn quỹ ban đầu"),
        ("duty.donor_projects", "V*.4", "dự án"),
        ("duty.carrying_out", "VI*, đoạn cuối", "theo chức năng, nhiệm vụ được giao"),
    ],
)
def test_who_acts_and_by_what_is_the_documents(hoa_binh, key, section, words):
    """HB-27, HB-28, HB-29: with whom, through whom and by which text."""
    answer = hoa_binh.on(key, DAY)
    assert words in answer.value
    assert answer.source == DOCUMENT + section


def test_hb_44_which_years_the_three_are_is_a_reading(hoa_binh):
    """HB-40, HB-44: the annex counts years one to three and names none."""
    assert hoa_binh.on("training.matrix", DAY).reading
