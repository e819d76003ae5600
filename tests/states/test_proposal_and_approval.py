"""Opening, proposing and deciding a club: the checks and effects of the steps, with literals."""

from typing import Any

import pytest
from support.literals import (
    Dated,
    club,
    codes,
    day,
    effects,
    judged,
    officer,
    report,
    request,
    task,
    text,
)

from engine.model import (
    BoardPost,
    Composition,
    Effects,
    Role,
    State,
    TaskClosing,
    TaskKind,
    TaskOpening,
    TaskOutcome,
)
from engine.policy.effective import general_citation
from engine.rules.request import Counts, Decided

pytestmark = pytest.mark.usefixtures("english")

PROPOSED = club(State.PROPOSED, commune_id="27001")
PEOPLE = Composition(70, elderly=49, young=21)
BOARD = (BoardPost("chair", "m1", day("2021-08-02")),)


def test_a_second_club_of_one_name_in_one_village_warns() -> None:
    form = {"village": "Thôn Một", "commune": "Xã Một"}
    assert judged("open", request(form=form)) == []
    assert report(judged("open", request(form=form, counts=Counts(same_name=1)))) == text("""
        warn CLB-OPEN-DUPLICATE
          A club of this name is already there in Thôn Một, Xã Một.
          source: general procedure, not a provision of the province
          who: the commune's Association of the Elderly
          fix: Look it up first: clb club list. Give the new club another name.
        """)


def test_a_club_keeps_of_its_opening_form_what_was_filled_in() -> None:
    form = {"name": "CLB A", "commune": "Xã Một", "village": "Thôn", "date": "2022-03-01"}
    assert effects("open", request(form={**form, "self_managed": False})) == Effects(
        fields=(
            ("province", "thu"),
            ("name", "CLB A"),
            ("commune", "Xã Một"),
            ("village", "Thôn"),
            ("self_managed", False),
            ("opened_on", day("2022-03-01")),
        )
    )
    more = {"commune_id": "27001", "after": "c0", "managing_unit": "Chi hội"}
    assert dict(effects("open", request(form={**form, **more})).fields).items() >= more.items()


def test_a_proposal_with_members_and_a_board_is_complete() -> None:
    assert judged("propose", request(composition=PEOPLE, board=BOARD)) == []


def test_a_proposal_without_members_or_a_board_is_noted() -> None:
    assert report(judged("propose", request())) == text("""
        note CLB-PROPOSE-ROSTER
          On 01/03/2022 nobody is on the member list yet.
          source: general procedure, not a provision of the province
          who: the commune's Association of the Elderly
          fix: clb member import c1 …
        note CLB-PROPOSE-BOARD
          The board to be is not named.
          source: general procedure, not a provision of the province
          who: the commune's Association of the Elderly
          fix: clb board set c1 --chair … --vice …
        """)


def test_a_proposal_is_held_against_the_province_s_shares() -> None:
    few = Composition(10, elderly=1, young=9)
    values = {"membership.elderly_share": {"min": 70}}
    asked = request(composition=few, board=BOARD, policy=values)
    assert codes(judged("propose", asked)) == ["CLB-COMP-ELDERLY"]


def test_a_proposal_is_kept_with_its_number_and_day() -> None:
    form = {"submission": {"number": "01/TTr"}}
    fields = (("submission_number", "01/TTr"), ("submitted_on", day("2022-03-01")))
    assert effects("propose", request(form=form)).fields == fields
    led = effects("propose", request(form={**form, "lead_unit": "Hội NCT"})).fields
    assert led == (*fields, ("lead_unit", "Hội NCT"))


OPEN_TASK = (task(TaskKind.LAUNCH),)


@pytest.mark.parametrize("step", ["withdraw", "reject"])
def test_a_file_that_is_closed_has_its_last_day_and_no_open_task(step: str) -> None:
    assert effects(step, request(tasks=OPEN_TASK)) == Effects(
        fields=(("ended_on", day("2022-03-01")),),
        closed=(TaskClosing(TaskKind.LAUNCH, TaskOutcome.ENDED),),
    )


def test_returning_a_file_changes_nothing_but_the_state() -> None:
    assert effects("return", request()) == Effects()


def approve(form: Any = None, **parts: Any) -> list[Any]:
    given = {"club": PROPOSED, "composition": PEOPLE, **parts}
    return judged("approve", request(form=form, **given))


def test_who_proposed_does_not_decide() -> None:
    who = {"officer": officer(), "founders": frozenset({"cb"})}
    assert codes(approve(**who)) == ["CLB-DUTIES"]


@pytest.mark.parametrize("issuer", [None, "27001", "Xã Một", "UBND xã Một"])
def test_the_commune_s_own_decision_is_right(issuer: str | None) -> None:
    assert approve({"decision": {"issuer": issuer}} if issuer else {}) == []


def test_a_decision_of_another_commune_is_refused() -> None:
    assert report(approve({"decision": {"issuer": "Xã Hai"}})) == text("""
        block CLB-APPROVE-ISSUER
          The decision was issued by Xã Hai, not by the club's commune.
          expected: Xã Một
          actual: Xã Hai
          source: general procedure, not a provision of the province
          who: the commune People's Committee
          fix: The People's Committee of Xã Một issues the decision.
        """)


ASPECTS = {"appraisal.aspects": Dated(["conditions", "finance"], source="QD1, III.4")}
FAVOURABLE = {**ASPECTS, "appraisal.favourable": Dated(True, extra={"note": "theo cách hiểu."})}
NOT_MET = {"appraisal": {"conditions": "met", "finance": "not_met"}}


def test_every_aspect_the_province_asks_for_has_a_conclusion() -> None:
    assert approve({"appraisal": {"conditions": "met", "finance": "met"}}, policy=ASPECTS) == []
    assert report(approve({"appraisal": {"conditions": "met"}}, policy=ASPECTS)) == text("""
        block CLB-APPRAISAL-MISSING
          The appraisal has no conclusion on “finance”.
          expected: a conclusion, met or not met
          actual: nothing recorded
          source: QD 1, III.4
          who: the commune People's Committee
          fix: --set appraisal.finance=met
        """)


def test_an_aspect_that_is_not_met_is_refused_where_it_must_be_favourable() -> None:
    assert report(approve(NOT_MET, policy=FAVOURABLE)) == text("""
        block CLB-APPRAISAL-NOT-MET
          The appraisal concludes that “finance” is not met. Note: theo cách hiểu.
          expected: met
          actual: not met
          source: QD 1, III.4
          who: the commune's Association of the Elderly
          fix: Return the dossier with the reason, or appraise again once it is
            complete.
        """)


def test_the_reading_is_the_article_where_there_is_no_note() -> None:
    values = {**ASPECTS, "appraisal.favourable": Dated(True, source="QD1, III.5")}
    (found,) = approve(NOT_MET, policy=values)
    assert "Note: QD 1, III.5." in found.message


def test_an_aspect_that_is_not_met_passes_where_it_need_not_be_favourable() -> None:
    assert approve(NOT_MET, policy=ASPECTS) == []
    assert approve(NOT_MET, policy={**ASPECTS, "appraisal.favourable": False}) == []


def test_where_no_appraisal_is_asked_for_an_aspect_not_met_is_noted() -> None:
    assert approve({"appraisal": {"conditions": "met"}}) == []
    unmet = {
        "appraisal": dict.fromkeys(
            ("conditions", "criteria", "organisation", "personnel", "finance"), "not_met"
        )
    }
    assert report(approve(unmet)) == text("""
        note CLB-APPRAISAL-NOTED
          Not met in the appraisal: conditions, criteria, organisation, personnel,
            finance. The province does not stipulate it.
        """)


def appraised(on: str) -> list[Any]:
    return approve({"appraisal": {"date": on}, "decision": {"date": "2022-03-01"}})


def test_an_appraisal_may_be_of_the_decision_s_day_and_not_after() -> None:
    assert appraised("2022-03-01") == []
    assert report(appraised("2022-03-02")) == text("""
        block CLB-APPRAISAL-DATE
          The appraisal of 02/03/2022 is after the decision of 01/03/2022.
          expected: not after 01/03/2022
          actual: 02/03/2022
          who: the commune People's Committee
          fix: Check the two dates on the papers.
        """)
    assert approve({"appraisal": {"date": "2022-03-02"}}) == []
    assert approve({"decision": {"date": "2022-03-02"}}) == []


def test_a_decision_is_held_against_programme_budget_list_and_shares() -> None:
    values = {
        "budget.yearly": {"clubs": 1, "amount": 1},
        "target.named_communes": {"communes": ["Xã Hai"]},
        "membership.size": {"min": 71},
    }
    found = approve(policy=values, counts=Counts(decided=1))
    assert codes(found) == ["CLB-BUDGET-YEAR", "CLB-QUOTA-NAMED", "CLB-COMP-SIZE"]
    late = judged("approve", request("2026-01-01", club=PROPOSED, composition=PEOPLE))
    assert codes(late) == ["CLB-PROGRAMME-ENDED"]


def test_a_decision_opens_the_launch_and_the_training_the_province_owes() -> None:
    values = {
        "training.initial": {"days": 2},
        "training.supplementary": {"months": 6, "start": "decision"},
    }
    form = {"decision": {"number": "05"}}
    assert effects("approve", request(form=form, policy=values, tasks=OPEN_TASK)) == Effects(
        fields=(("decision_number", "05"), ("decided_on", day("2022-03-01"))),
        opened=(
            TaskOpening(TaskKind.TRAINING_INITIAL, None, Role.PROVINCE, "QD 1, I.1"),
            TaskOpening(
                TaskKind.TRAINING_SUPPLEMENTARY, day("2022-09-01"), Role.PROVINCE, "QD 1, I.1"
            ),
            TaskOpening(TaskKind.LAUNCH, None, Role.ASSOCIATION, None),
        ),
        closed=(TaskClosing(TaskKind.LAUNCH, TaskOutcome.REPLACED),),
    )


def test_a_decision_where_nothing_is_owed_opens_the_launch_alone() -> None:
    assert effects("approve", request()).opened == (
        TaskOpening(TaskKind.LAUNCH, None, Role.ASSOCIATION, None),
    )


def test_a_number_that_the_commune_used_that_year_is_warned_of_with_the_earlier_decision() -> None:
    earlier = (Decided("c9", "CLB Bốn", "approve", 3, "05/QĐ-UBND", day("2022-02-01")),)
    found = approve({"decision": {"number": "5 / QĐ-UBND"}}, decisions=earlier)
    assert report([one for one in found if one.code == "CLB-DECISION-TWICE"]) == text(f"""
        warn CLB-DECISION-TWICE
          Decision 05/QĐ-UBND of 01/02/2022 is recorded already: decide the
            establishment, CLB Bốn (c9).
          expected: another number in 2022
          actual: 05/QĐ-UBND
          source: {general_citation()}
          who: the commune People's Committee
          fix: Check the number; if one decision is for both clubs, write so.
    """)
    found = approve({"decision": {"number": "50/QĐ-UBND"}}, decisions=earlier)
    assert "CLB-DECISION-TWICE" not in codes(found)
