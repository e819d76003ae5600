"""Hà Nội: what the plan of 2026 (no number, no day yet) says, fact by fact."""

from datetime import date

import pytest

from engine.frozen import thaw
from engine.policy_labels import POLICY_LOANS

FIRST = date(2028, 6, 1)
SECOND = date(2033, 6, 1)
TO_STANDARD = "communes_with_clubs_to_standard"
DOCUMENT = "Kế hoạch số …/KH-UBND năm 2026 (bản chưa ghi số, ngày), "

STATED = [
    ("HN-15", "activities.count", 8, "I.2.3.a; III.2"),
    ("HN-16", "training.refresher", {"months": 12}, "I.2.3.a"),
    ("HN-17", "fund.income_minimum", 50_000_000, "I.2.3.a"),
    ("HN-42", "meeting.interval_months", 1, "III.2"),
    ("HN-51", "lead.unit", "Ủy ban nhân dân xã, phường", "V.14"),
    ("HN-51", "roles.supervise", ["province", "committee"], "V.1; V.2; V.3; V.14"),
    ("HN-51", "roles.review", ["province", "committee"], "V.1; V.2; V.3; V.14"),
    ("HN-50", "roles.train", ["province", "committee"], "V.1; V.14"),
]


@pytest.mark.parametrize(
    ("key", "value", "section"),
    [pytest.param(*row, id=f"{fact} {row[0]}") for fact, *row in STATED],
)
def test_the_document_states(ha_noi, key, value, section):
    answer = ha_noi.on(key, FIRST)
    assert thaw(answer.value) == value
    assert answer.source == DOCUMENT + section


ABSENT = [
    "membership.size",
    "membership.elderly_age",
    "membership.elderly_share",
    "membership.women_share",
    "membership.poor_share",
    "membership.young_share",
    "grant.establishment",
    "budget.yearly",
    "budget.total",
    "indicator.borrowers_share",
    "supervision.interval_months",
    "review.interval_months",
    "training.supplementary",
    "training.board_change",
    "appraisal.aspects",
    "activities.list",
    "fund.kinds",
    "target.both_funds",
    "target.well_run",
    "report.half_year",
    "report.year",
    "roles.approve",
]


@pytest.mark.parametrize("key", [pytest.param(key, id=f"HN-90 {key}") for key in ABSENT])
def test_the_document_does_not_say(ha_noi, key):
    answer = ha_noi.on(key, FIRST)
    assert (answer.status, answer.value, answer.source) == ("not_stipulated", None, None)


TARGETS = [
    ("HN-10", "officers_aware", FIRST, "share", "outside", 100, "percent"),
    ("HN-11", "people_informed", FIRST, "share", "outside", 60, "percent"),
    ("HN-12", "new_clubs", FIRST, "floor", "clubs_decided", 250, "clubs"),
    ("HN-12", "elderly_members", FIRST, "floor", "elderly_members", 10_000, "members"),
    (
        "HN-12",
        "women_among_elderly",
        FIRST,
        "share",
        "women_among_elderly",
        {"min": 50, "max": 60},
        "percent",
    ),
    ("HN-13", "commune_coverage", FIRST, "coverage", TO_STANDARD, 100, "percent"),
    ("HN-14", "village_coverage", FIRST, "coverage", "villages_with_clubs", 30, "percent"),
    (
        "HN-15",
        "full_activities_monthly",
        FIRST,
        "share",
        "clubs_full_activities_monthly",
        50,
        "percent",
    ),
    ("HN-15", "new_tasks", FIRST, "share", "clubs_new_tasks", 50, "percent"),
    (
        "HN-16",
        "trained_every_year",
        FIRST,
        "share",
        "clubs_initial_and_yearly_training",
        100,
        "percent",
    ),
    (
        "HN-17",
        "income_fund_minimum",
        FIRST,
        "share",
        "clubs_income_fund_minimum",
        {"min": 50, "max": 70},
        "percent",
    ),
    ("HN-18", "need_served", FIRST, "share", "members_with_need_served", 50, "percent"),
    ("HN-20", "officers_aware", SECOND, "share", "outside", 100, "percent"),
    ("HN-20", "people_informed", SECOND, "share", "outside", 80, "percent"),
    ("HN-20", "new_clubs", SECOND, "floor", "clubs_decided", 250, "clubs"),
    ("HN-20", "elderly_members", SECOND, "floor", "elderly_members", 10_000, "members"),
    (
        "HN-20",
        "women_among_elderly",
        SECOND,
        "share",
        "women_among_elderly",
        {"min": 50, "max": 60},
        "percent",
    ),
    ("HN-20", "commune_coverage", SECOND, "coverage", TO_STANDARD, 100, "percent"),
    ("HN-20", "village_coverage", SECOND, "coverage", "villages_with_clubs", 40, "percent"),
]


@pytest.mark.parametrize(
    ("target", "day", "kind", "measure", "number", "unit"),
    [pytest.param(*row, id=f"{fact} {row[0]} {row[1].year}") for fact, *row in TARGETS],
)
def test_the_target_of_the_phase(ha_noi, target, day, kind, measure, number, unit):
    found = ha_noi.on(f"target.{target}", day).value
    assert (found["kind"], found["measure"]) == (kind, measure)
    assert (thaw(found["target"]), found["unit"]) == (number, unit)


@pytest.mark.parametrize(
    "key",
    [
        "target.full_activities_monthly",
        "target.new_tasks",
        "target.trained_every_year",
        "target.income_fund_minimum",
        "target.need_served",
        "training.refresher",
        "fund.income_minimum",
    ],
)
def test_hn_20_the_second_phase_states_no_such_number(ha_noi, key):
    """HN-20: 8 contents, new tasks, refresher, 50 million and loans are of the first phase only."""
    answer = ha_noi.on(key, SECOND)
    assert (answer.status, answer.value, answer.source) == ("not_stipulated", None, None)


@pytest.mark.parametrize(
    ("day", "least", "most"), [(FIRST, 1, 3), (SECOND, 4, 6)], ids=["HN-13", "HN-20"]
)
def test_clubs_in_each_commune(ha_noi, day, least, most):
    """HN-13, HN-20, T-HN3: what a club "đạt chuẩn" is, the plan does not say."""
    target = ha_noi.on("target.commune_coverage", day)
    assert target.value["per_commune"] == {"min": least, "max": most}
    assert "không nói thế nào là đạt chuẩn" in target.note


def test_hn_02_at_least_500_new_clubs_by_2035_is_a_goal(ha_noi):
    """HN-02."""
    target = ha_noi.on("target.new_clubs_whole_programme", FIRST)
    assert (target.value["target"], target.force) == (500, "goal")
    assert (target.value["from"], target.value["to"]) == (date(2026, 1, 1), date(2035, 12, 31))


def test_hn_03_every_club_is_kept_up(ha_noi):
    """HN-03."""
    assert ha_noi.on("target.clubs_maintained", SECOND).value["target"] == 100


def test_hn_12_the_share_of_women_is_not_a_rule_for_one_club(ha_noi):
    """HN-12."""
    assert "không áp dụng cho một CLB" in ha_noi.on("target.women_among_elderly", FIRST).note


def test_hn_18_half_of_those_in_need_by_loan_or_by_activity(ha_noi):
    """HN-18, T-ALL1."""
    assert ha_noi.on("target.need_served", FIRST).value["counts"] == "cash_or_activity"
    assert POLICY_LOANS["cash_or_activity"] == "by a loan or by an activity", "not only in money"


def test_t_hn1_the_year_2030_is_counted_once_in_the_first_phase(ha_noi):
    """HN-31, T-HN1, decision 4."""
    assert ha_noi.on("setting.shared_year_phase", FIRST).value == "first"
    assert ha_noi.on("target.new_clubs", date(2030, 12, 31)).value["to"] == date(2030, 12, 31)
    assert ha_noi.on("target.new_clubs", date(2031, 1, 1)).value["from"] == date(2031, 1, 1)
    assert "một lần" in ha_noi.on("target.new_clubs", date(2030, 6, 1)).note


def test_t_hn1_the_phases_neither_overlap_nor_leave_a_day_out(ha_noi):
    """HN-31."""
    first = ha_noi.on("phase.first", FIRST).value
    second = ha_noi.on("phase.second", FIRST).value
    assert (first["from"], first["to"]) == (date(2026, 1, 1), date(2030, 12, 31))
    assert (second["from"], second["to"]) == (date(2031, 1, 1), date(2035, 12, 31))


def test_hn_01_the_plan_is_cited_without_a_number_or_a_day(ha_noi):
    """HN-01."""
    plan = ha_noi.document("KHHN")
    assert plan.issued is None
    assert not any(character.isdigit() for character in plan.number)


def test_hn_42_the_eight_contents_are_counted_but_not_named(ha_noi):
    """HN-42: the list is not borrowed from a neighbour."""
    assert ha_noi.on("activities.count", FIRST).note == "Văn bản không kể tên 8 nội dung."


@pytest.mark.parametrize("report", ["periodic", "summary", "difficulties"])
def test_hn_45_no_report_has_a_date(ha_noi, report):
    """HN-45, HN-50, HN-51."""
    assert "due" not in ha_noi.on(f"report.{report}", FIRST).value


def test_hn_45_reports_go_from_the_grassroots_to_the_city_and_the_centre(ha_noi):
    """HN-45."""
    report = ha_noi.on("report.periodic", FIRST).value
    assert report["to"] == ("province_committee", "central_government")
    assert ha_noi.on("routing.central_government", FIRST).value["confirmed"] is False


def test_hn_50_the_summary_of_2025_2030_is_made_once(ha_noi):
    """HN-50."""
    summary = ha_noi.on("report.summary", FIRST).value
    assert summary["once_in"] == 2030
    assert summary["reporters"] == ("Hội Người cao tuổi Thành phố", "Sở Y tế")


def test_hn_50_there_is_no_district_level(ha_noi):
    """HN-50."""
    assert ha_noi.on("routing.district_committee", FIRST).status == "not_stipulated"


RECORDED = [
    ("HN-30", "membership.priority"),
    ("HN-40", "note.where_first"),
    ("HN-40", "training.initial"),
    ("HN-41", "note.quality"),
    ("HN-42", "duty.monthly_topics"),
    ("HN-43", "sources.list"),
    ("HN-44", "duty.communication"),
    ("HN-50", "duty.city_association"),
    ("HN-50", "duty.justice_department"),
    ("T-HN4", "duty.finance_department"),
    ("HN-51", "duty.commune"),
    ("HN-52", "recipients.decision"),
]


@pytest.mark.parametrize("key", [pytest.param(key, id=f"{fact} {key}") for fact, key in RECORDED])
def test_what_the_document_asks_of_others_can_be_read_with_its_article(ha_noi, key):
    answer = ha_noi.on(key, FIRST)
    assert answer.value
    assert answer.source.startswith(DOCUMENT)


def test_hn_51_who_proposes_is_not_stipulated(ha_noi):
    """HN-51: V.14 gives the committee the work of founding clubs, not the proposal."""
    assert ha_noi.on("roles.propose", FIRST).status == "not_stipulated"


def test_hn_01_the_unsigned_copy_is_not_older_than_what_it_cites_and_binds_nobody(ha_noi):
    """HN-01: the text cites a notice of 18/3/2026; the copy has no number, date or signature."""
    assert ha_noi.on("lead.unit", date(2026, 3, 17)).status == "not_in_force"
    assert ha_noi.on("lead.unit", date(2026, 3, 18)).status == "value"
    assert ha_noi.on("roles.supervise", date(2026, 3, 18)).binding is False
    assert ha_noi.document("KHHN").since == "18/03/2026 (suy ra)"
    # What a phase counts from 1/1/2026 is no older than the document that states it.
    for key in ("target.new_clubs", "fund.income_minimum", "training.refresher"):
        assert ha_noi.on(key, date(2026, 3, 17)).status == "not_in_force"
        assert ha_noi.on(key, date(2026, 3, 18)).inferred is True
    assert ha_noi.on("target.new_clubs", date(2026, 3, 18)).value["from"] == date(2026, 1, 1)


def test_no_value_is_in_force_before_its_document(ha_noi):
    """HN-01, HN-31: phases and periods may begin earlier; what states them does not."""
    days = {one.id: one.start for one in ha_noi.documents}
    early = [
        key
        for key in ha_noi.entries
        for one in ha_noi.entries_of(key)
        if one.start < days[one.document]
    ]
    assert early == []


@pytest.mark.parametrize(("day", "section"), [(FIRST, "I.2.3.a"), (SECOND, "I.2.3.b")])
@pytest.mark.parametrize("key", ["activities.count", "note.combined_tasks"])
def test_hn_20_the_eight_contents_cite_the_section_of_their_phase(ha_noi, key, day, section):
    """HN-14, HN-20: I.2.3.a speaks of 2026 - 2030 only, I.2.3.b of the years after."""
    cited = ha_noi.on(key, day).source
    assert section in cited
    assert ("I.2.3.a" in cited) + ("I.2.3.b" in cited) == 1


def test_hn_50_families_are_informed_of_the_clubs(ha_noi):
    """V.12, the last sentence."""
    assert "gia đình" in ha_noi.on("duty.propaganda_board", FIRST).value


@pytest.mark.parametrize("key", ["roles.open", "roles.launch"])
def test_hn_51_that_the_association_may_open_is_this_system_s_reading(ha_noi, key):
    """HN-51: V.14 makes the commune's committee establish clubs; no sentence is about the file."""
    assert ha_noi.on(key, FIRST).reading
    assert "hệ thống hiểu" in ha_noi.on(key, FIRST).note


@pytest.mark.parametrize(
    ("key", "agency", "force"),
    [
        ("duty.taking_part", "Ủy ban Mặt trận Tổ quốc Việt Nam Thành phố", "request"),
        ("duty.carrying_out", "Các Sở, ban, ngành Thành phố và UBND các xã, phường", "task"),
    ],
)
def test_hn_50_everybody_named_at_the_end_carries_the_plan_out(ha_noi, key, agency, force):
    """V, the last sentence: the city asks some and requires it of others."""
    answer = ha_noi.on(key, FIRST)
    assert answer.extra["agency"].startswith(agency)
    assert (answer.source, answer.force) == (DOCUMENT + "V, đoạn kết", force)
