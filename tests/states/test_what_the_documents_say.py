"""A source is named only while it is in force, and nobody is refused on a text that says less."""

from collections.abc import Iterable

import pytest
from support.literals import (
    Dated,
    club,
    codes,
    day,
    document,
    effects,
    judged,
    officer,
    policy,
    request,
    rules,
    task,
)

from engine.frozen import FrozenMap
from engine.model import Composition, Finding, Role, State, TaskKind
from engine.policy.effective import general_citation, law_citation
from engine.rules import composition, grants
from engine.rules.request import Counts
from engine.states import guards
from engine.states import step as find_step

pytestmark = pytest.mark.usefixtures("english")

GENERAL = "general procedure, not a provision of the province"
APPROVED = club(State.APPROVED, decided_on=day("2019-05-01"))
TRAINING = {"training.initial": Dated({"posts": ["board"]}, source="QD1, II.2")}


@pytest.mark.parametrize("on", ["2019-06-01", "2026-01-01"])
def test_the_training_s_article_is_not_cited_outside_its_document_s_period(on: str) -> None:
    (missing,) = judged("launch", request(on, policy=TRAINING, club=APPROVED))
    assert (missing.code, missing.source) == ("CLB-TRAIN-MISSING", GENERAL)


def test_within_the_period_the_article_is_cited_for_the_training_and_not_for_the_order() -> None:
    (missing,) = judged("launch", request("2022-03-01", policy=TRAINING, club=APPROVED))
    assert missing.source == f"{GENERAL}; the training itself: QD 1, II.2"


def test_a_value_that_is_not_in_force_has_no_source_to_cite() -> None:
    stated = policy({"membership.size": {"min": 50}}).on("membership.size", day("2026-01-01"))
    assert (stated.status, stated.source, stated.force, stated.note) == (
        "not_in_force",
        None,
        None,
        None,
    )


def test_law_general_procedure_and_reading_are_cited_as_three_things() -> None:
    here = rules({"appraisal.favourable": Dated(value=True, extra={"reading": True})})
    assert here.stated("appraisal.favourable", day("2022-03-01")).reading
    assert law_citation("LNCT, Điều 2") == "national law: LNCT, Điều 2"
    assert general_citation() == GENERAL


@pytest.mark.parametrize(
    ("step", "about", "code"),
    [
        ("review", request(form={"year": 2022}, step="review"), "CLB-REVIEW-UNSUPERVISED"),
        (
            "train",
            request(
                form={"course": {"kind": "initial"}},
                step="train",
                club=club(State.APPROVED, trained_on=day("2022-01-01")),
            ),
            "CLB-TRAIN-TWICE",
        ),
        (
            "train",
            request(
                form={"course": {"kind": "initial", "start": "2022-02-01", "days": 1}},
                step="train",
                club=club(State.APPROVED, decided_on=day("2022-02-15")),
            ),
            "CLB-TRAIN-BEFORE",
        ),
        (
            "supervise",
            request(
                "2022-03-11",
                step="supervise",
                tasks=(task(TaskKind.SUPERVISION, day("2022-03-01"), source=None),),
            ),
            "CLB-TASK-LATE",
        ),
        (
            "approve",
            request(
                step="approve",
                form={"decision": {"issuer": "Xã Hai"}},
                club=club(State.PROPOSED),
            ),
            "CLB-APPROVE-ISSUER",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_document_states_says_that_it_is_the_general_procedure(step, about, code) -> None:
    found = [one for one in judged(step, about) if one.code == code]
    assert [one.source for one in found] == [GENERAL]


def test_the_separation_of_duties_says_that_it_is_the_general_procedure() -> None:
    about = request(step="approve", officer=officer(), founders=frozenset({"cb"}))
    assert [one.source for one in guards.duties(about)] == [GENERAL]


def test_an_unsigned_copy_gives_a_part_as_well() -> None:
    values = {"roles.supervise": ["committee"]}
    unsigned = rules(values, [document(signed=False)])
    step, on = find_step("supervise"), day("2022-03-01")
    assert guards.allowed_roles(step, unsigned, on) == ((Role.PROVINCE, Role.COMMITTEE), "")


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("name", ["propose", "withdraw"])
def test_who_may_open_a_file_may_propose_where_nothing_is_shown_of_the_proposal(
    name: str, signed: bool
) -> None:
    opening = {"roles.open": ["committee"]}
    both = (Role.ASSOCIATION, Role.COMMITTEE)
    here = rules(opening, [document(signed=signed)])
    assert guards.allowed_roles(find_step(name), here, day("2022-03-01")) == (both, "")
    shown = rules({**opening, "roles.propose": ["association"]}, [document(signed=signed)])
    of_its_own, _source = guards.allowed_roles(find_step(name), shown, day("2022-03-01"))
    assert of_its_own == ((Role.ASSOCIATION,) if signed else both)


def test_an_unsigned_copy_takes_nobody_s_part_away() -> None:
    values = {"roles.propose": ["committee"]}
    unsigned = rules(values, [document(signed=False)])
    step, on = find_step("propose"), day("2022-03-01")
    assert guards.allowed_roles(step, rules(values), on)[0] == (Role.COMMITTEE,)
    assert guards.allowed_roles(step, unsigned, on) == ((Role.ASSOCIATION, Role.COMMITTEE), "")


def who(found: Iterable[Finding], code: str) -> str | None:
    return {one.code: one.who for one in found}[code]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "the commune's Association of the Elderly"),
        ({"roles.propose": ["association"]}, "the commune's Association of the Elderly"),
        (
            {"roles.open": ["committee", "association"]},
            "the commune People's Committee or the commune's Association of the Elderly",
        ),
        ({"roles.open": ["committee"]}, "the commune People's Committee"),
    ],
)
def test_what_a_dossier_lacks_is_put_right_by_whom_the_document_has_make_it(
    given: dict[str, list[str]], named: str
) -> None:
    stated = {"membership.size": {"min": 60}, "membership.women_share": {"min": 60}, **given}
    small = Composition(members=50, elderly=40, women=20)
    found = list(judged("propose", request(step="propose", policy=stated, composition=small)))
    assert who(found, "CLB-COMP-SIZE") == named
    assert who(found, "CLB-COMP-WOMEN") == named
    empty = request(step="propose", policy=stated, composition=Composition())
    assert who(judged("propose", empty), "CLB-PROPOSE-ROSTER") == named


def test_a_step_is_put_right_by_whom_the_document_gives_it() -> None:
    """A visit that comes too soon is the supervisor's, a review without one too."""
    launched = club(State.LAUNCHED, launched_on=day("2022-02-01"))
    stated = {"supervision.interval_months": 6, "roles.supervise": ["committee", "province"]}
    both = "the commune People's Committee or the province"
    early = request(step="supervise", policy=stated, club=launched)
    assert who(judged("supervise", early), "CLB-SUPERVISE-EARLY") == both
    review = request(step="review", policy=stated, club=launched)
    assert who(judged("review", review), "CLB-REVIEW-UNSUPERVISED") == both
    tomorrow = request("2022-03-02", step="supervise", policy=stated, today=day("2022-03-01"))
    assert who(guards.days(find_step("supervise"), tomorrow, None), "CLB-DATE-FUTURE") == both


def test_the_committee_names_the_unit_that_submits_and_not_itself() -> None:
    bare = request(step="propose", form={"submission": {"number": "1"}}, officer=officer())
    assert "CLB-PROPOSE-UNIT" in codes(judged("propose", bare))
    named = request(step="propose", form={"lead_unit": "Phòng Văn hóa"}, officer=officer())
    assert "CLB-PROPOSE-UNIT" not in codes(judged("propose", named))
    association = request(step="propose", officer=officer(Role.ASSOCIATION))
    assert "CLB-PROPOSE-UNIT" not in codes(judged("propose", association))


@pytest.mark.parametrize(
    ("unit", "warned"),
    [
        ("Hội NCT xã Một", False),
        ("Hội Người cao tuổi xã Một", False),
        ("Hội Người cao tuổi xã Một, huyện Hai", False),
        ("Hội NCT xã, phường, thị trấn", False),
        ("Hội NCT", False),
        ("Hội NCT Quan Lạn", False),
        ("Hội Người cao tuổi xã Hai", True),
        ("Hội Người cao tuổi huyện Yên Phong", True),
        ("Hội NCT tỉnh", True),
        ("UBND huyện Yên Phong", True),
        ("Ban Chủ nhiệm CLB", True),
    ],
)
def test_a_lead_unit_of_another_kind_than_the_document_names_is_warned_of(
    unit: str, warned: bool
) -> None:
    stated = {"lead.unit": Dated("Hội Người cao tuổi xã", extra={"role": "association"})}
    about = request(step="propose", form={"lead_unit": unit}, policy=stated)
    found = [one for one in judged("propose", about) if one.code == "CLB-PROPOSE-LEAD"]
    assert [one.source for one in found] == (["QD 1, I.1"] if warned else [])


def test_supplementary_training_counts_from_the_course_and_not_from_a_later_decision() -> None:
    stated = {"training.supplementary": {"months": 6, "start": "training"}}
    form = {"course": {"kind": "initial", "start": "2022-06-18", "days": 3, "attendees": 5}}
    about = request("2022-06-27", form, step="train", policy=stated)
    (opened,) = effects("train", about).opened
    assert (opened.kind, opened.due_on) == (TaskKind.TRAINING_SUPPLEMENTARY, day("2022-12-20"))


def test_an_early_supervision_needs_no_reason_where_unannounced_checks_are_ordered() -> None:
    launched = club(State.LAUNCHED, launched_on=day("2022-02-01"))
    stated = {"supervision.interval_months": 6}
    early = request(step="supervise", policy=stated, club=launched)
    assert "CLB-SUPERVISE-EARLY" in codes(judged("supervise", early))
    ordered = {**stated, "supervision.unannounced": True}
    at_any_time = request(step="supervise", policy=ordered, club=launched)
    assert "CLB-SUPERVISE-EARLY" not in codes(judged("supervise", at_any_time))


@pytest.mark.parametrize(("spent", "warned"), [(3_900, False), (3_901, True), (4_000, True)])
def test_the_programme_s_whole_budget_is_held_grant_by_grant(spent: int, warned: bool) -> None:
    million = 1_000_000
    stated = {
        "grant.establishment": 100 * million,
        "budget.total": {"clubs": 40, "amount": 4_000 * million},
    }
    form = {"kind": "grant", "source": "province_budget", "amount": 100 * million}
    about = request(step="fund", form=form, policy=stated, counts=Counts(spent=spent * million))
    assert ("CLB-BUDGET-TOTAL" in codes(grants.held_to_grants(about))) == warned


def test_the_end_of_a_province_s_own_elderly_age_is_noted_with_the_law() -> None:
    age = Dated(55, end=day("2022-12-31"))
    here = rules({"membership.elderly_age": age}, general={"membership.elderly_age": 60})
    made_of = Composition(members=50, elderly=20, elderly_age=60)
    found = list(composition.findings(made_of, here, day("2023-02-01")))
    assert codes(found) == ["CLB-COMP-AGE"]
    before = Composition(members=50, elderly=40, elderly_age=55)
    assert codes(composition.findings(before, here, day("2022-02-01"))) == []


def test_a_share_of_borrowers_counts_any_loan_where_the_text_speaks_of_loans() -> None:
    from engine.rules.request import Supervision

    seen = Supervision(
        day("2022-02-01"), FrozenMap({"borrowers": 25, "borrowers_in_kind": 9, "members": 50}), 3
    )
    stated = {"indicator.borrowers_share": {"min": 50, "of": "members", "counts": "loans"}}
    about = request(form={"year": 2022}, step="review", policy=stated, supervisions=(seen,))
    assert "CLB-INDICATOR-BORROWERS" not in codes(judged("review", about))
