"""Where each value is in its document and how strongly it is stated.

One row a section and force, in the order of the province's file: nothing may be missing, nothing
more may be there.
"""

import pytest

from engine.policy import Policy

BAC_NINH = [
    ("Điều 2", "procedure", "duty.lead_of_programme"),
    ("Nơi nhận", None, "recipients.decision"),
    ("Phần thứ nhất, 3", None, "membership.priority note.scope communes.territory"),
    ("Phần thứ nhất, 3", "procedure", "duty.steering_board"),
    (
        "Phần thứ hai, 1",
        "history",
        "history.elderly_population history.clubs history.establishment_grants "
        "history.funds_and_services",
    ),
    ("Phần thứ hai, 1", "norm", "activities.list activities.count"),
    ("Phần thứ hai, 2", "history", "note.shortcomings"),
    ("Phần thứ ba, I.2.1", "norm", "target.new_clubs target.clubs_maintained"),
    ("Phần thứ ba, I.2.1", "goal", "target.elderly_members"),
    (
        "Phần thứ ba, I.2.2",
        "norm",
        "membership.size membership.elderly_share membership.elderly_age "
        "membership.young_share target.well_run indicator.borrowers_share "
        "target.trained_and_supervised fund.kinds fund.regulation target.both_funds",
    ),
    ("Phần thứ ba, II.1", "procedure", "duty.planning"),
    ("Phần thứ ba, II.2", "norm", "training.initial training.board_change"),
    (
        "Phần thứ ba, II.2",
        "task",
        "duty.training_of_existing_clubs duty.exchange_meetings duty.handbooks",
    ),
    ("Phần thứ ba, II.3", "norm", "note.self_managed"),
    (
        "Phần thứ ba, II.4",
        "norm",
        "inspection.interval_months report.yearly_conference report.phase "
        "supervision.interval_months supervision.by roles.supervise",
    ),
    (
        "Phần thứ ba, III.4",
        "procedure",
        "roles.propose lead.unit roles.approve appraisal.aspects appraisal.favourable duty.village",
    ),
    (
        "Phần thứ ba, IV.1",
        "norm",
        "grant.establishment budget.total target.total_grants budget.yearly target.yearly_grants",
    ),
    ("Phần thứ ba, IV.1; V.2", "procedure", "duty.special_support_policy"),
    ("Phần thứ ba, IV.2", "task", "duty.management_budget"),
    ("Phần thứ ba, IV; V.10", "task", "sources.list"),
    ("Phần thứ ba, V.1", "norm", "training.supplementary roles.train"),
    ("Phần thứ ba, V.1", "task", "duty.self_assessment report.periodic"),
    (
        "Phần thứ ba, V.2",
        "task",
        "duty.half_yearly_inspection inspection.department_interval_months",
    ),
    ("Phần thứ ba, V.3", "task", "duty.planning_department"),
    ("Phần thứ ba, V.4", "task", "duty.finance_department"),
    ("Phần thứ ba, V.5", "task", "duty.health_department"),
    ("Phần thứ ba, V.6", "task", "duty.information_department"),
    ("Phần thứ ba, V.7", "task", "duty.culture_department"),
    ("Phần thứ ba, V.8", "task", "duty.other_departments"),
    ("Phần thứ ba, V.9", "task", "duty.fatherland_front"),
    ("Phần thứ ba, V.10", "task", "duty.district"),
    ("Phần thứ ba, V, đoạn kết", "procedure", "report.half_year report.year"),
    (
        "Phần thứ ba, V, đoạn kết",
        None,
        "routing.province_committee routing.labour_department routing.labour_ministry",
    ),
    ("NQ 202/2025/QH15", None, "routing.province_committee note.territory"),
    ("Phần thứ ba, V.1", None, "routing.elderly_board routing.province_association"),
    ("Sắp xếp bộ máy năm 2025", None, "routing.labour_department routing.labour_ministry"),
    ("Phần thứ ba, V.10", None, "routing.district_committee"),
]

HOA_BINH = [
    ("Căn cứ", None, "note.legal_basis"),
    ("I.2, Năm 2018", "norm", "target.named_communes"),
    ("I.2, Năm 2019", "norm", "target.named_communes report.review_of_named_clubs"),
    ("I.2, Năm 2020", "norm", "target.new_clubs target.clubs_maintained"),
    ("I.2, Năm 2020", "goal", "target.new_clubs_stretch target.new_clubs_total_reading"),
    (
        "I.2, đoạn cuối",
        "norm",
        "membership.size membership.elderly_share membership.elderly_age "
        "membership.women_share membership.poor_share indicator.borrowers_share "
        "target.trained_and_supervised",
    ),
    ("II*.1", None, "note.scope"),
    ("II*.2", None, "membership.priority"),
    ("III*.1", "task", "duty.rules_of_the_model duty.handbooks duty.planning"),
    ("III*.2", "task", "duty.training activities.list"),
    ("III*.3", "procedure", "note.establishment"),
    ("III*.4", "task", "duty.supervision report.half_year report.year"),
    ("IV*.1", "task", "duty.communication"),
    ("IV*.2; V*.1-4", "task", "sources.list"),
    ("IV*.3", "task", "duty.coordination"),
    ("VI*.1", "task", "duty.province_association"),
    ("VI*.2", "task", "duty.labour_department"),
    ("VI*.3", "task", "duty.finance_department"),
    ("VI*.4", "task", "duty.agriculture_department"),
    ("VI*.5", "task", "duty.health_department"),
    ("VI*.6", "task", "duty.culture_department"),
    ("VI*.7", "task", "duty.foreign_affairs_department"),
    ("VI*.8", "task", "duty.information_department"),
    ("VI*.9", "task", "duty.press"),
    ("VI*.10", "task", "duty.fatherland_front"),
    ("VI*.11", "task", "duty.district"),
    ("Phụ lục", None, "note.annex"),
    ("Phụ lục, 1.2.1", "norm", "training.initial training.course"),
    ("Phụ lục, 1.2.2", "norm", "meeting.interval_months"),
    ("Phụ lục, 1.2.3", "norm", "training.matrix"),
    ("Phụ lục, 1.2.4", "norm", "support.interval_months"),
    ("Phụ lục, 1.1.1; 1.2.5", "task", "duty.annex_club"),
    ("Phụ lục, 2.1.1 - 2.1.3", "task", "duty.annex_fund"),
    ("Phụ lục, 3.1.1; 3.1.3 - 3.1.5", "task", "duty.annex_health"),
    ("Phụ lục, 4.1.1; 4.1.2", "task", "duty.annex_rights"),
    ("Phụ lục, 3.1.2; 5.1.4; 5.1.5", "optional", "activities.optional"),
    ("Phụ lục, 5.1.1 - 5.1.3; 5.1.6", "task", "duty.annex_replication"),
    ("Phụ lục, 5.1.7", "task", "report.yearly_conference report.phase"),
    ("Đối chiếu địa danh", None, "communes.succession"),
    ("KH 47/KH-UBND", None, "routing.province_committee"),
    ("NQ 202/2025/QH15", None, "routing.province_committee"),
    ("VI*.1", None, "routing.province_association"),
    ("VI*.2", None, "routing.labour_department"),
    ("Sắp xếp bộ máy năm 2025", None, "routing.labour_department"),
    ("VI*.11", None, "routing.district_committee"),
]

HAI_PHONG = [
    ("I.1", None, "note.objective"),
    (
        "I.2",
        "norm",
        "target.clubs_maintained target.well_run indicator.borrowers_share fund.kinds "
        "fund.regulation target.both_funds",
    ),
    (
        "I.2",
        "goal",
        "membership.size membership.women_share membership.elderly_share membership.young_share",
    ),
    ("II.1", None, "note.scope communes.territory"),
    ("I.2; II.2", None, "membership.priority"),
    ("III.1 - III.7", "task", "funding.by_activity"),
    ("III.2", "task", "training.initial roles.train"),
    (
        "III.3",
        "task",
        "roles.supervise roles.review supervision.by activities.list duty.exchange_visits",
    ),
    ("III.7; V.1", "task", "report.year report.phase"),
    ("III.7", "task", "report.yearly_conference"),
    ("IV.1 - IV.4", "task", "sources.list"),
    ("V.1", "task", "duty.labour_department"),
    ("V.2", "task", "duty.finance_department"),
    ("V.3", "task", "duty.planning_department"),
    ("V.4", "task", "duty.information_department"),
    ("V.5", "task", "duty.agriculture_department"),
    ("V.6", "task", "duty.health_department"),
    ("V.7", "task", "duty.culture_department"),
    ("V.8", "task", "duty.tourism_department"),
    ("V.9", "task", "duty.foreign_affairs_department"),
    ("V.10", "task", "duty.social_policy_bank"),
    ("V.11", "task", "duty.fatherland_front"),
    ("V.12", "task", "duty.city_association"),
    ("V.13", "procedure", "lead.unit roles.open roles.propose roles.launch duty.district"),
    ("V, đoạn cuối", "procedure", "report.difficulties"),
    ("Nơi nhận", None, "recipients.decision"),
    (
        "V.1",
        None,
        "routing.province_committee routing.elderly_board routing.labour_department "
        "routing.labour_ministry",
    ),
    ("NQ 202/2025/QH15", None, "routing.province_committee"),
    ("V.12", None, "routing.province_association"),
    ("Sắp xếp bộ máy năm 2025", None, "routing.labour_department routing.labour_ministry"),
    ("III.6", None, "routing.foreign_affairs_department"),
    ("V.10", None, "routing.social_policy_bank"),
    ("V.13", None, "routing.district_committee"),
]

HA_NOI = [
    ("II.3; V.1; V.3", None, "setting.shared_year_phase"),
    ("II.3", "norm", "phase.first phase.second"),
    ("I.2.1", "goal", "target.new_clubs_whole_programme"),
    ("I.2.2", "norm", "target.clubs_maintained"),
    (
        "I.2.3.a",
        "norm",
        "target.officers_aware target.people_informed target.new_clubs "
        "target.elderly_members target.women_among_elderly target.commune_coverage "
        "target.village_coverage target.full_activities_monthly target.new_tasks "
        "target.trained_every_year training.refresher fund.income_minimum "
        "target.income_fund_minimum target.need_served",
    ),
    ("I.2.3.a; III.2", "norm", "activities.count"),
    (
        "I.2.3.b",
        "norm",
        "target.officers_aware target.people_informed target.new_clubs "
        "target.elderly_members target.women_among_elderly target.commune_coverage "
        "target.village_coverage",
    ),
    ("II.1", None, "membership.priority"),
    ("III.1; V.1", "task", "training.initial"),
    ("III.1", "goal", "note.where_first note.quality"),
    ("III.2", "task", "meeting.interval_months duty.monthly_topics"),
    ("III.4", "task", "duty.communication"),
    ("III.5", "task", "report.periodic"),
    ("III.3; IV; V.14", "task", "sources.list"),
    ("V.1", "task", "duty.city_association"),
    ("V.1; V.3", "task", "report.summary"),
    ("V.2", "task", "duty.elderly_board"),
    ("V.3", "task", "duty.health_department"),
    ("V.4", "task", "duty.city_office"),
    ("V.5", "task", "duty.culture_department"),
    ("V.6", "task", "duty.justice_department"),
    ("V.7", "task", "duty.agriculture_department"),
    ("V.8", "task", "duty.science_department"),
    ("V.9", "task", "duty.finance_department"),
    ("V.10", "task", "duty.home_affairs_department"),
    ("V.11", "task", "duty.other_departments"),
    ("V.12", "task", "duty.propaganda_board"),
    ("V.13", "task", "duty.fatherland_front"),
    (
        "V.14",
        "procedure",
        "lead.unit roles.open roles.propose roles.launch roles.supervise roles.review "
        "supervision.by duty.commune report.difficulties",
    ),
    ("V.1; V.14", "procedure", "roles.train"),
    ("Nơi nhận", None, "recipients.decision routing.health_ministry"),
    ("V.3", None, "routing.province_committee routing.health_department"),
    ("V.1", None, "routing.province_association"),
    ("V.2", None, "routing.elderly_board"),
    ("III.5", None, "routing.central_government"),
]


def contents(policy: Policy) -> set[tuple[str, str | None, str]]:
    """The section, the force and the key of every value; the document is named if not the plan."""
    programmes = [document for document in policy.documents if document.programme]
    plan = max(programmes, key=lambda document: document.start)
    found = set()
    for key, entries in policy.entries.items():
        for entry in entries:
            section = entry.source.removeprefix(f"{plan.short}, ")
            found.add((section, entry.force, key))
    return found


@pytest.mark.parametrize(
    ("province", "rows"),
    [
        ("bac_ninh", BAC_NINH),
        ("hoa_binh", HOA_BINH),
        ("hai_phong", HAI_PHONG),
        ("ha_noi", HA_NOI),
    ],
)
def test_every_value_is_taken_from_its_section_with_its_force(request, province, rows):
    policy = request.getfixturevalue(province)
    expected = {(section, force, key) for section, force, keys in rows for key in keys.split()}
    assert contents(policy) == expected
