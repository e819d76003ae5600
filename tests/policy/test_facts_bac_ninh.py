"""Bắc Ninh: what QĐ 933/QĐ-UBND of 28/7/2021 says, fact by fact."""

from datetime import date

import pytest

from engine.frozen import thaw
from engine.model import Role
from engine.policy.agencies import on_day
from engine.policy.effective import Rules
from engine.states import step as find_step
from engine.states.guards import allowed_roles

DAY = date(2022, 3, 1)
DOCUMENT = "QĐ 933/QĐ-UBND, "

STATED = [
    ("BN-06", "membership.priority", 2, "Phần thứ nhất, 3", None),
    ("BN-18", "activities.count", 8, "Phần thứ hai, 1", "history"),
    ("BN-22", "membership.size", {"min": 60, "max": 75}, "Phần thứ ba, I.2.2", "norm"),
    ("BN-23", "membership.elderly_share", {"min": 70}, "Phần thứ ba, I.2.2", "norm"),
    ("BN-23", "membership.elderly_age", 60, "Phần thứ ba, I.2.2", "norm"),
    ("BN-23", "membership.young_share", {"min": 30, "max": 40}, "Phần thứ ba, I.2.2", "norm"),
    (
        "BN-24",
        "indicator.borrowers_share",
        {"min": 50, "of": "members", "counts": "loans"},
        "Phần thứ ba, I.2.2",
        "norm",
    ),
    ("BN-26", "fund.kinds", ["income", "operating"], "Phần thứ ba, I.2.2", "norm"),
    ("BN-26", "fund.regulation", True, "Phần thứ ba, I.2.2", "norm"),
    ("BN-31", "training.board_change", ["chair", "vice"], "Phần thứ ba, II.2", "task"),
    ("BN-36", "inspection.interval_months", 12, "Phần thứ ba, II.4", "task"),
    ("BN-37", "supervision.interval_months", 6, "Phần thứ ba, II.4", "task"),
    ("BN-37", "roles.supervise", ["province", "district"], "Phần thứ ba, II.4; V.10", "task"),
    ("BN-64", "roles.train", ["province", "district"], "Phần thứ ba, V.1; V.10", "task"),
    ("BN-40", "roles.propose", ["association"], "Phần thứ ba, III.4", "procedure"),
    (
        "BN-40",
        "lead.unit",
        "Hội Người cao tuổi xã, phường, thị trấn",
        "Phần thứ ba, III.4",
        "procedure",
    ),
    ("BN-41", "roles.approve", ["committee"], "Phần thứ ba, III.4", "procedure"),
    (
        "BN-41",
        "appraisal.aspects",
        ["conditions", "criteria", "organisation", "personnel", "finance"],
        "Phần thứ ba, III.4",
        "procedure",
    ),
    ("BN-50", "grant.establishment", 100_000_000, "Phần thứ ba, IV.1", "funding"),
    (
        "BN-50",
        "budget.total",
        {"clubs": 40, "amount": 4_000_000_000},
        "Phần thứ ba, IV.1",
        "funding",
    ),
    ("BN-51", "budget.yearly", {"clubs": 8, "amount": 800_000_000}, "Phần thứ ba, IV.1", "funding"),
    (
        "BN-60",
        "training.supplementary",
        {"months": 6, "start": "training"},
        "Phần thứ ba, V.1",
        "task",
    ),
]


@pytest.mark.parametrize(
    ("key", "value", "section", "force"),
    [pytest.param(*row, id=f"{fact} {row[0]}") for fact, *row in STATED],
)
def test_the_document_states(bac_ninh, key, value, section, force):
    answer = bac_ninh.on(key, DAY)
    found = thaw(answer.value)
    assert (len(found) if key == "membership.priority" else found) == value
    assert (answer.source, answer.force) == (DOCUMENT + section, force)


@pytest.mark.parametrize("step", ["train", "supervise"])
def test_bn_64_the_district_trains_and_supervises_as_long_as_there_is_one(bac_ninh, step):
    """V.10 gives both to the district's Association; districts ended with June 2025."""
    here = Rules(bac_ninh)
    before, until, after = date(2021, 7, 27), date(2025, 6, 30), date(2025, 7, 1)

    def may(on: date) -> bool:
        return Role.DISTRICT in allowed_roles(find_step(step), here, on)[0]

    assert [may(on) for on in (before, DAY, until, after)] == [False, True, True, False]
    assert bac_ninh.on(f"roles.{step}", after).value == ("province",)


ABSENT = [
    "membership.women_share",
    "membership.poor_share",
    "membership.young_age",
    "meeting.interval_months",
    "support.interval_months",
    "review.interval_months",
    "training.refresher",
    "training.course",
    "training.matrix",
    "fund.income_minimum",
    "target.named_communes",
    "target.commune_coverage",
    "target.new_clubs_stretch",
    "funding.by_activity",
    "recipients.report",
    "roles.launch",
]


@pytest.mark.parametrize("key", [pytest.param(key, id=f"BN-90 {key}") for key in ABSENT])
def test_the_document_does_not_say(bac_ninh, key):
    answer = bac_ninh.on(key, DAY)
    assert (answer.status, answer.value, answer.source) == ("not_stipulated", None, None)


TARGETS = [
    ("BN-20", "new_clubs", "floor", "clubs_decided", 40, "clubs", "norm"),
    ("BN-20", "elderly_members", "stretch", "elderly_members", 2_000, "members", "norm"),
    ("BN-21", "clubs_maintained", "share", "clubs_maintained", 100, "percent", "norm"),
    ("BN-24", "well_run", "share", "clubs_well_run", 75, "percent", "norm"),
    (
        "BN-25",
        "trained_and_supervised",
        "share",
        "clubs_trained_and_supervised",
        100,
        "percent",
        "norm",
    ),
    ("BN-26", "both_funds", "share", "clubs_with_both_funds", 100, "percent", "norm"),
    ("BN-50", "total_grants", "budget", "grant_amount", 4_000_000_000, "dong", "funding"),
    ("BN-51", "yearly_grants", "budget", "grants_a_year", 8, "clubs", "funding"),
]


@pytest.mark.parametrize(
    ("target", "kind", "measure", "number", "unit", "force"),
    [pytest.param(*row, id=f"{fact} {row[0]}") for fact, *row in TARGETS],
)
def test_the_target(bac_ninh, target, kind, measure, number, unit, force):
    answer = bac_ninh.on(f"target.{target}", DAY)
    found = answer.value
    assert (found["kind"], found["measure"]) == (kind, measure)
    assert (found["target"], found["unit"], answer.force) == (number, unit, force)


def test_t_bn8_the_targets_count_from_the_first_day_of_2021_though_signed_in_july(bac_ninh):
    """T-BN8: the quota is of the years 2021-2025; the decision was signed on 28/7/2021."""
    for _id, entries in bac_ninh.group("target"):
        (entry,) = entries
        assert (entry.value["from"], entry.value["to"]) == (date(2021, 1, 1), date(2025, 12, 31))
        assert entry.start == date(2021, 7, 28)


def test_bn_01_in_force_from_the_day_it_was_signed(bac_ninh):
    """BN-01, BN-05: signed and in force on 28/7/2021, carried out until 2025."""
    assert bac_ninh.on("membership.size", date(2021, 7, 27)).status == "not_in_force"
    assert bac_ninh.on("membership.size", date(2021, 7, 28)).status == "value"
    assert bac_ninh.on("membership.size", date(2025, 12, 31)).status == "value"
    assert bac_ninh.on("membership.size", date(2026, 1, 1)).status == "not_in_force"
    assert bac_ninh.ended(date(2025, 12, 31)) is None
    assert bac_ninh.ended(date(2026, 1, 1)).number == "933/QĐ-UBND"


def test_bn_11_the_plan_before_it_ran_until_2020(bac_ninh):
    """BN-11: KH 276/KH-UBND of 07/9/2017, period 2017-2020; none of its numbers are known."""
    assert bac_ninh.period(date(2018, 6, 1)).number == "276/KH-UBND"
    assert bac_ninh.on("grant.establishment", date(2018, 6, 1)).status == "not_in_force"


def test_bn_10_the_elderly_and_the_associations_members_are_not_the_same_people(bac_ninh):
    """BN-10, T-BN4: more members than elderly, and 46.140 of them under 60."""
    assert bac_ninh.on("history.elderly_population", DAY).value == {
        "elderly": 178_659,
        "percent_of_population": "13,52",
        "poor_without_carer": 809,
        "communes": 126,
        "communes_with_association": 126,
        "association_members": 211_717,
        "members_under_60": 46_140,
        "aged_80_without_pension": 19_919,
        "disabled": 5_113,
    }


def test_bn_11_seventeen_clubs_in_seventeen_communes(bac_ninh):
    """BN-11."""
    (clubs,) = bac_ninh.entries_of("history.clubs")
    assert (clubs.value["clubs"], clubs.value["communes"]) == (17, 17)
    assert (clubs.start, clubs.end) == (date(2021, 7, 28), date(2025, 12, 31))


GRANTS = {
    2018: [(5, 25_000_000, 105_000_000)],
    2019: [(5, 25_000_000, 75_000_000)],
    2020: [(6, 25_000_000, 75_000_000), (1, 20_000_000, 60_000_000)],
}


@pytest.mark.parametrize(
    "year",
    [
        pytest.param(2018, id="BN-12"),
        pytest.param(2019, id="BN-13"),
        pytest.param(2020, id="BN-14"),
    ],
)
def test_the_grants_of_the_year(bac_ninh, year):
    """BN-12, BN-13, BN-14: clubs, the province's part and HAI's part for each."""
    lots = []
    for lot in bac_ninh.on("history.establishment_grants", date(2021, 7, 28)).value:
        if lot["year"] != year:
            continue
        by_source = {grant["source"]: grant["amount"] for grant in lot["grants"]}
        lots.append((lot["clubs"], by_source["province_budget"], by_source["donor"]))
    assert lots == GRANTS[year]


def test_bn_15_the_grants_add_up_by_source_and_in_total(bac_ninh):
    """BN-15: province 420 million, HAI 1.410 million, in all 1.830 million, for 17 clubs."""
    totals = {"province_budget": 0, "donor": 0}
    clubs = 0
    for entry in bac_ninh.entries_of("history.establishment_grants"):
        for lot in entry.value:
            clubs += lot["clubs"]
            for grant in lot["grants"]:
                totals[grant["source"]] += lot["clubs"] * grant["amount"]
    assert clubs == 17
    # QĐ 933 reports it: before its day there is nothing to cite.
    assert bac_ninh.on("history.establishment_grants", date(2021, 7, 27)).status == "not_in_force"
    assert totals == {"province_budget": 420_000_000, "donor": 1_410_000_000}


def test_bn_16_17_the_funds_and_services_of_the_years_before(bac_ninh):
    """BN-16, BN-17."""
    (found,) = bac_ninh.entries_of("history.funds_and_services")
    assert (found.start, found.end) == (date(2021, 7, 28), date(2025, 12, 31))
    assert found.value == {
        "fund_average": 116_000_000,
        "fund_highest": 149_000_000,
        "fund_lowest": 80_000_000,
        "borrowers": 486,
        "health_checks": 2_760,
        "communes_with_care_fund": 116,
        "communes": 126,
    }


def test_bn_18_the_eight_activities_stand_in_the_documents_order(bac_ninh):
    """BN-18."""
    activities = bac_ninh.on("activities.list", DAY).value
    assert [activity["id"] for activity in activities] == [
        "culture_sport",
        "health_care",
        "income_generation",
        "home_care",
        "community_support",
        "resource_building",
        "rights",
        "knowledge",
    ]


def test_bn_31_the_first_training_is_for_the_board_and_its_days_are_not_stated(bac_ninh):
    """BN-31."""
    training = bac_ninh.on("training.initial", DAY).value
    assert training["posts"] == ("board",)
    assert "days" not in training


def test_bn_37_the_six_months_are_shown_of_new_clubs(bac_ninh):
    """BN-37."""
    assert bac_ninh.on("supervision.interval_months", DAY).extra["new_clubs_only"] is True


def test_bn_41_that_each_aspect_must_be_met_is_the_systems_reading(bac_ninh):
    """BN-41, decision 9."""
    favourable = bac_ninh.on("appraisal.favourable", DAY)
    assert favourable.value is True
    assert "theo cách hiểu của hệ thống" in favourable.note.lower()


def test_bn_50_52_the_grant_is_given_once_with_a_resolution_from_the_provinces_budget(bac_ninh):
    """BN-50, BN-52, T-BN6."""
    grant = bac_ninh.on("grant.establishment", DAY)
    assert grant.extra == {
        "once_a_club": True,
        "new_clubs_only": True,
        "resolution_required": True,
        "funds_source": "province_budget",
        "fund_named": "operating",
    }


def test_t_bn3_the_quota_is_a_floor_and_the_money_is_for_exactly_as_many(bac_ninh):
    """T-BN3."""
    assert bac_ninh.on("target.new_clubs", DAY).value["kind"] == "floor"
    assert bac_ninh.on("target.total_grants", DAY).value["kind"] == "budget"
    assert bac_ninh.on("budget.total", DAY).value["clubs"] == 40


@pytest.mark.parametrize(
    ("report", "before"), [("half_year", "06-20"), ("year", "12-20")], ids=["BN-65", "BN-65"]
)
def test_bn_65_reports_are_due_strictly_before_the_twentieth(bac_ninh, report, before):
    found = bac_ninh.on(f"report.{report}", DAY).value
    assert found["due"] == {"before": before}
    assert found["via"] == "labour_department"
    assert found["to"] == ("province_committee", "labour_ministry")
    assert found["reporters"] == (
        "Sở, ban, ngành liên quan",
        "UBND huyện, thị xã, thành phố",
        "Cơ quan, đơn vị trên địa bàn tỉnh",
    )


def test_bn_65_the_half_year_report_is_of_the_first_half(bac_ninh):
    """BN-65: before 20/6; the second half is in the year's report, before 20/12."""
    assert bac_ninh.on("report.half_year", DAY).value["halves"] == (1,)


def test_bn_38_the_phase_is_summed_up_in_2025(bac_ninh):
    """BN-38."""
    assert bac_ninh.on("report.phase", DAY).value["once_in"] == 2025


@pytest.mark.parametrize("report", ["yearly_conference", "phase", "periodic"])
def test_bn_38_62_the_other_reports_have_no_date(bac_ninh, report):
    """BN-38, BN-62."""
    assert "due" not in bac_ninh.on(f"report.{report}", DAY).value


def test_bn_65_the_department_that_took_over_is_not_confirmed(bac_ninh):
    """BN-65, T-ALL2, decision 6."""
    before = bac_ninh.on("routing.labour_department", date(2025, 2, 28)).value
    after = bac_ninh.on("routing.labour_department", date(2025, 3, 1))
    assert before == {"name": "Sở Lao động - Thương binh và Xã hội", "confirmed": True}
    assert after.value["confirmed"] is False
    assert after.note.startswith("Chưa có văn bản")


def test_bn_64_the_districts_duty_lasts_as_long_as_the_document(bac_ninh):
    """BN-64, T-ALL2: the level ends, the sentence stays; who does it now is not confirmed."""
    for duty in ("duty.district", "duty.district_funds"):
        found = bac_ninh.on(duty, date(2025, 12, 31))
        shown = on_day(bac_ninh, found.extra["agency"], date(2025, 7, 1))
        assert "UBND huyện, thị xã, thành phố (" in shown
        assert bac_ninh.on(duty, date(2026, 1, 1)).status == "not_in_force"
    assert bac_ninh.on("routing.district_committee", date(2025, 7, 1)).status == "not_in_force"


def test_t_bn9_the_programme_is_of_the_province_before_the_merger(bac_ninh):
    """T-BN9."""
    assert "Bắc Giang" in bac_ninh.on("note.territory", date(2025, 7, 1)).value
    territory = bac_ninh.on("communes.territory", date(2025, 7, 1)).value
    assert (territory["province"], territory["until"]) == ("Tỉnh Bắc Ninh", date(2025, 6, 30))


NOTED = [
    ("T-BN1", "membership.elderly_share", "60 hoặc 70"),
    ("T-BN2", "target.elderly_members", "1.680 đến 2.100"),
    ("T-BN5", "note.self_managed", "Chi hội NCT trực tiếp quản lý"),
    ("T-BN6", "grant.establishment", "quỹ hoạt động"),
    ("T-BN7", "history.clubs", "04 năm"),
    ("BN-33", "duty.exchange_meetings", "không quy định"),
    ("BN-53", "duty.management_budget", "không quy định số tiền"),
]


@pytest.mark.parametrize(
    ("key", "words"), [pytest.param(key, words, id=fact) for fact, key, words in NOTED]
)
def test_what_is_unclear_is_shown_next_to_the_value(bac_ninh, key, words):
    (entry,) = bac_ninh.entries_of(key)
    assert words in entry.note


RECORDED = [
    ("BN-03", "duty.lead_of_programme"),
    ("BN-03", "duty.steering_board"),
    ("BN-04", "recipients.decision"),
    ("BN-05", "note.scope"),
    ("BN-19", "note.shortcomings"),
    ("BN-30", "duty.planning"),
    ("BN-32", "duty.training_of_existing_clubs"),
    ("BN-34", "duty.handbooks"),
    ("BN-42", "duty.village"),
    ("BN-52", "duty.special_support_policy"),
    ("BN-54", "sources.list"),
    ("BN-61", "duty.self_assessment"),
    ("BN-63", "duty.half_yearly_inspection"),
    ("BN-64", "duty.health_department"),
]


@pytest.mark.parametrize("key", [pytest.param(key, id=f"{fact} {key}") for fact, key in RECORDED])
def test_what_the_document_asks_of_others_can_be_read_with_its_article(bac_ninh, key):
    answer = bac_ninh.on(key, DAY)
    assert answer.value
    assert answer.source.startswith(DOCUMENT)


BASIS = [
    ("local_government_law", date(2015, 6, 19)),
    ("local_government_law_amended", date(2019, 11, 22)),
    ("elderly_law", date(2009, 11, 23)),
    ("elderly_decree", date(2011, 1, 14)),
    ("population_resolution", date(2017, 10, 25)),
    ("national_scheme", date(2020, 8, 31)),
]


@pytest.mark.parametrize(("name", "issued"), BASIS)
def test_bn_02_the_decision_rests_on_the_documents_it_names(bac_ninh, name, issued):
    """BN-02: the grounds of the decision and of the scheme, each with its day."""
    basis = bac_ninh.on(f"basis.{name}", date(2022, 6, 1))
    assert basis.value["issued"] == issued
    assert f"năm {issued.year}" in basis.value["text"]
    assert basis.source.startswith("QĐ 933/QĐ-UBND, ")


def test_bn_01_the_heads_of_the_agencies_carry_the_decision_out(bac_ninh):
    """BN-01: Điều 3 binds the heads of the agencies it names, and the districts' chairs."""
    answer = bac_ninh.on("duty.carrying_out", DAY)
    assert answer.value.startswith("Thủ trưởng các cơ quan: Văn phòng UBND tỉnh;")
    assert "Chủ tịch UBND các huyện, thị xã, thành phố" in answer.value


def test_bn_02_who_asked_for_the_decision(bac_ninh):
    """BN-02: the last ground names who submitted the scheme, by which paper of which day."""
    answer = bac_ninh.on("note.proposed_by", DAY)
    assert "Giám đốc Sở Lao động - Thương binh và Xã hội" in answer.value
    assert "141/TTr-SLĐTBXH ngày 12/7/2021" in answer.value
    assert answer.source == DOCUMENT + "Căn cứ"


def test_bn_19_the_first_shortcoming_is_what_people_know_of_clubs(bac_ninh):
    """BN-19: Phần thứ hai, 2, in the document's order."""
    assert bac_ninh.on("note.shortcomings", DAY).value.startswith("Nhận thức ")
