"""Hải Phòng: what KH 249/KH-UBND of 21/10/2020 says, fact by fact."""

from datetime import date

import pytest

from engine.frozen import thaw
from engine.policy.agencies import on_day

DAY = date(2022, 6, 1)
DOCUMENT = "KH 249/KH-UBND, "

STATED = [
    ("HP-04", "membership.size", {"min": 50, "max": 70}, "I.2", "goal"),
    ("HP-04", "membership.women_share", {"min": 60, "max": 70}, "I.2", "goal"),
    ("HP-04", "membership.elderly_share", {"min": 60, "max": 70}, "I.2", "goal"),
    ("HP-04", "membership.young_share", {"min": 30, "max": 40}, "I.2", "goal"),
    (
        "HP-05",
        "indicator.borrowers_share",
        {"min": 50, "of": "members", "counts": "loans"},
        "I.2",
        "norm",
    ),
    ("HP-06", "fund.kinds", ["income", "operating"], "I.2", "norm"),
    ("HP-06", "fund.regulation", True, "I.2", "norm"),
    ("HP-12", "roles.train", ["province"], "III.2.3", "task"),
    ("HP-13", "roles.supervise", ["committee", "province"], "III.3.1; III.3.3; V.1", "task"),
    ("HP-13", "roles.review", ["committee", "province"], "III.3.1; III.3.3; V.1", "task"),
    ("HP-22", "lead.unit", "Ủy ban nhân dân cấp xã", "V.13", "procedure"),
]


@pytest.mark.parametrize(
    ("key", "value", "section", "force"),
    [pytest.param(*row, id=f"{fact} {row[0]}") for fact, *row in STATED],
)
def test_the_document_states(hai_phong, key, value, section, force):
    answer = hai_phong.on(key, DAY)
    assert thaw(answer.value) == value
    assert (answer.source, answer.force) == (DOCUMENT + section, force)


ABSENT = [
    "target.new_clubs",
    "target.new_clubs_stretch",
    "target.named_communes",
    "target.elderly_members",
    "target.trained_and_supervised",
    "target.yearly_grants",
    "grant.establishment",
    "budget.yearly",
    "budget.total",
    "membership.elderly_age",
    "membership.young_age",
    "membership.poor_share",
    "supervision.interval_months",
    "review.interval_months",
    "training.supplementary",
    "training.refresher",
    "training.board_change",
    "meeting.interval_months",
    "appraisal.aspects",
    "report.half_year",
    "roles.approve",
]


@pytest.mark.parametrize("key", [pytest.param(key, id=f"HP-90 {key}") for key in ABSENT])
def test_the_document_does_not_say(hai_phong, key):
    """HP-90, T-HP1: no number of clubs, no money, no dates."""
    answer = hai_phong.on(key, DAY)
    assert (answer.status, answer.value, answer.source) == ("not_stipulated", None, None)


@pytest.mark.parametrize(
    ("target", "measure", "percent"),
    [
        pytest.param("clubs_maintained", "clubs_maintained", 100, id="HP-03"),
        pytest.param("well_run", "clubs_well_run", 70, id="HP-05"),
        pytest.param("both_funds", "clubs_with_both_funds", 100, id="HP-06"),
    ],
)
def test_the_targets_are_shares_of_the_clubs(hai_phong, target, measure, percent):
    found = hai_phong.on(f"target.{target}", DAY).value
    assert (found["kind"], found["measure"]) == ("share", measure)
    assert (found["target"], found["unit"]) == (percent, "percent")


def test_t_hp1_no_target_of_the_plan_is_a_number_of_clubs_or_money(hai_phong):
    """T-HP1."""
    units = {entry.value["unit"] for _id, found in hai_phong.group("target") for entry in found}
    assert units == {"percent"}


def test_t_hp2_half_borrowing_is_a_test_of_the_single_club(hai_phong):
    """HP-05, T-HP2."""
    assert "từng CLB" in hai_phong.on("indicator.borrowers_share", DAY).note


FUNDING = [
    ("HP-11", 1, "dự toán hằng năm", "Sở Lao động - Thương binh và Xã hội"),
    ("HP-12", 2, "dự toán hằng năm", "Sở Lao động - Thương binh và Xã hội"),
    ("HP-13", 3, "xã hội hóa", "Ủy ban nhân dân cấp xã"),
    ("HP-14", 4, "khả năng cân đối ngân sách", "Sở Lao động - Thương binh và Xã hội"),
    ("HP-15", 5, "Huy động các nguồn lực", "Ủy ban nhân dân cấp xã"),
    ("HP-16", 6, "dự toán hằng năm", "Sở Ngoại vụ"),
    ("HP-17", 7, "dự toán hằng năm", "Sở Lao động - Thương binh và Xã hội"),
]


@pytest.mark.parametrize(
    ("number", "money", "lead"), [pytest.param(*row, id=fact) for fact, *row in FUNDING]
)
def test_each_of_the_seven_activities_has_its_money_and_its_lead(hai_phong, number, money, lead):
    table = hai_phong.on("funding.by_activity", DAY).value
    assert len(table) == 7
    row = table[number - 1]
    assert row["activity"].startswith(f"{number}. ")
    assert money in row["funding"]
    assert row["lead"] == f"{lead} chủ trì"


def test_hp_12_the_board_may_be_trained_before_the_decision(hai_phong):
    """HP-12: members of the board are "dự kiến"."""
    assert hai_phong.on("training.initial", DAY).value["before_decision"] is True


def test_hp_13_the_eight_activities_stand_in_the_documents_order(hai_phong):
    """HP-13."""
    assert [activity["id"] for activity in hai_phong.on("activities.list", DAY).value] == [
        "income_generation",
        "health_care",
        "home_care",
        "community_support",
        "rights",
        "knowledge",
        "culture_sport",
        "resource_building",
    ]


@pytest.mark.parametrize("report", ["year", "yearly_conference", "phase"])
def test_hp_17_reports_of_the_year_and_the_phase_have_no_date(hai_phong, report):
    """HP-17."""
    assert "due" not in hai_phong.on(f"report.{report}", DAY).value


def test_hp_17_the_phase_is_summed_up_in_2025(hai_phong):
    """HP-17."""
    assert hai_phong.on("report.phase", DAY).value["once_in"] == 2025


def test_hp_22_the_districts_duty_lasts_as_long_as_the_document(hai_phong):
    """HP-22, T-ALL2: the level ends, the sentence stays; who does it now is not confirmed."""
    found = hai_phong.on("duty.district", date(2025, 12, 31))
    assert "UBND các quận, huyện (" in on_day(hai_phong, found.extra["agency"], date(2025, 7, 1))
    assert hai_phong.on("duty.district", date(2026, 1, 1)).status == "not_in_force"


def test_hp_20_the_department_reports_to_the_city_and_the_ministry(hai_phong):
    """HP-20."""
    report = hai_phong.on("report.year", DAY).value
    assert report["to"] == ("province_committee", "labour_ministry")
    assert report["reporters"] == ("Sở Lao động - Thương binh và Xã hội",)


def test_hp_23_difficulties_go_to_the_city_through_the_standing_agency(hai_phong):
    """HP-23."""
    report = hai_phong.on("report.difficulties", DAY).value
    assert (report["via"], report["to"]) == ("labour_department", ("province_committee",))


def test_hp_23_who_the_standing_agency_is_now_is_not_confirmed(hai_phong):
    """HP-23, T-ALL2, decision 6."""
    assert hai_phong.on("routing.labour_department", date(2025, 2, 28)).value["confirmed"] is True
    assert hai_phong.on("routing.labour_department", date(2025, 3, 1)).value["confirmed"] is False


def test_hp_01_in_force_from_21_october_2020_until_2025(hai_phong):
    """HP-01."""
    assert hai_phong.on("membership.size", date(2020, 10, 20)).status == "not_in_force"
    assert hai_phong.on("membership.size", date(2020, 10, 21)).status == "value"
    assert hai_phong.ended(date(2026, 1, 1)).number == "249/KH-UBND"
    assert "không rõ" in hai_phong.document("KH249").note


RECORDED = [
    ("HP-02", "note.objective"),
    ("HP-07", "note.scope"),
    ("HP-08", "membership.priority"),
    ("HP-13", "duty.exchange_visits"),
    ("HP-18", "sources.list"),
    ("HP-20", "duty.labour_department"),
    ("HP-21", "duty.social_policy_bank"),
    ("HP-21", "duty.tourism_department"),
    ("HP-22", "duty.district"),
    ("HP-24", "recipients.decision"),
]


@pytest.mark.parametrize("key", [pytest.param(key, id=f"{fact} {key}") for fact, key in RECORDED])
def test_what_the_document_asks_of_others_can_be_read_with_its_article(hai_phong, key):
    answer = hai_phong.on(key, DAY)
    assert answer.value
    assert answer.source.startswith(DOCUMENT)


def test_hp_22_who_proposes_is_not_stipulated(hai_phong):
    """HP-22: V.13 makes the commune committee lead; it does not speak of the proposal."""
    assert hai_phong.on("roles.propose", DAY).status == "not_stipulated"


def test_hp_22_that_the_association_may_open_is_this_system_s_reading(hai_phong):
    """HP-22: V.13 makes the commune's committee lead and names no Association."""
    assert hai_phong.on("roles.open", DAY).reading
    assert "Hội Người cao tuổi" in hai_phong.on("roles.open", DAY).note


@pytest.mark.parametrize(
    ("key", "section"),
    [("duty.funds_for_clubs", "IV.3"), ("duty.donor_projects", "IV.4")],
)
def test_hp_18_who_is_to_raise_which_money(hai_phong, key, section):
    """HP-18: the two closing duties of the sources of money."""
    answer = hai_phong.on(key, DAY)
    assert (answer.source, answer.force) == (DOCUMENT + section, "task")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("duty.culture_department", "Chỉ đạo hệ thống văn hóa, thể thao các cấp"),
        ("duty.tourism_department", "Chỉ đạo các đơn vị ngành du lịch"),
    ],
)
def test_hp_21_a_department_acts_through_those_it_directs(hai_phong, key, words):
    """HP-21: V.7 and V.8 have the departments direct others, who help the clubs."""
    assert hai_phong.on(key, DAY).value.startswith(words)


def test_hp_15_clubs_are_helped_to_raise_money_and_not_left_to_it(hai_phong):
    """HP-15: III.5.1 has no word of clubs that raise it by themselves."""
    value = hai_phong.on("duty.raising_resources", DAY).value
    assert "tạo điều kiện cho CLB huy động nguồn lực, kinh phí" in value
