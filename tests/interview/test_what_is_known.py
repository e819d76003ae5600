"""What a question offers follows from the books, the log and the policy; what it doubts too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from interview.conftest import Asking, lead

from engine.errors import InputError
from engine.interview.hints import ALL_MET
from engine.interview.question import Answer, Choice, Kind, Question
from engine.interview.step import StepInterview
from engine.labels import POSTS
from engine.model import Role
from engine.scenario.play import FOUNDED, LAUNCHED, Turn
from engine.scenario.world import World


def asked(interview: StepInterview, path: str) -> Question:
    found = interview.question(path)
    assert found is not None, path
    return found


def paths(interview: StepInterview) -> list[str]:
    return [one.path for one in interview.questions() if one.asked]


# -- the decision (S1) ---------------------------------------------------------------------------


def test_the_aspects_are_asked_with_their_article_where_the_province_asks_for_them(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED[:1])
    first = asking("approve")
    assert asked(first, ALL_MET).source is not None
    each = [one for one in first.answered(ALL_MET, False).questions() if "appraisal." in one.path]
    needed = [one.path for one in each if one.required and one.asked]
    assert len(needed) == 5
    done = first.answered(ALL_MET, True)
    assert not set(needed) & set(paths(done))
    assert set(done.form()["appraisal"].values()) == {"met"}


@pytest.mark.parametrize("province", ["hai_phong"])
def test_the_aspects_are_not_asked_where_no_document_asks(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED[:1])
    assert not [path for path in paths(asking("approve")) if "appraisal" in path]


def test_the_next_number_and_the_last_signer_of_the_commune_are_offered(
    world: World, club: str, asking: Asking
) -> None:
    other = world.found(world.registry.lifecycle.today())
    lead(world, club, FOUNDED[:1])
    world.take(other, "propose", world.registry.lifecycle.today())
    world.take(
        other, "approve", world.registry.lifecycle.today(), {"decision.number": "11/QĐ-UBND"}
    )
    interview = asking("approve")
    number = asked(interview, "decision.number")
    assert number.default == "12/QĐ-UBND"
    assert "11/QĐ-UBND" in str(number.default_because)
    assert asked(interview, "decision.signer").default == "Lê Văn Ký"
    assert asked(interview, "decision.title").default == "Chủ tịch"


def test_what_is_no_number_of_a_paper_is_refused_at_once(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED[:1])
    interview = asking("approve")
    with pytest.raises(InputError) as raised:
        interview.read(asked(interview, "decision.number"), "có")
    assert "UBND" in raised.value.help


def test_a_day_that_cannot_be_is_refused_at_once(world: World, club: str, asking: Asking) -> None:
    lead(world, club, FOUNDED[:1])
    interview = asking("approve")
    day = asked(interview, "decision.date")
    today = world.registry.lifecycle.today()
    for wrong in (today + timedelta(days=1), today - timedelta(days=300)):
        with pytest.raises(InputError):
            interview.read(day, wrong.strftime("%d/%m/%Y"))
    assert interview.read(day, "").value == today.isoformat()


# -- what stands in the way (S6) -----------------------------------------------------------------


def test_a_role_and_a_state_that_forbid_the_step_are_said_before_the_first_question(
    world: World, club: str, asking: Asking
) -> None:
    own = world.officers.for_step("propose", "Xã Một", world.registry.lifecycle.today()).id
    assert asking("propose", own).obstacles() == ()
    assert [str(one.code) for one in asking("launch", own).obstacles()] == ["CLB-STATE"]
    lead(world, club, FOUNDED[:1])
    assert {str(one.code) for one in asking("approve", own).obstacles()} >= {"CLB-ROLE"}


def test_who_else_may_take_the_step_is_known(world: World, club: str, asking: Asking) -> None:
    today = world.registry.lifecycle.today()
    own = world.officers.for_step("propose", "Xã Một", today).id
    deciding = world.officers.for_step("approve", "Xã Một", today).id
    lead(world, club, FOUNDED[:1])
    offer = asking("approve", own).situation.offer("approve")
    assert offer is not None
    assert deciding in {one.id for one in offer.officers}
    assert {one.role for one in offer.officers} == {Role.COMMITTEE}


# -- the board (S3, S20) -------------------------------------------------------------------------


def test_a_change_of_the_board_asks_whom_for_whom_and_who_signs(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club)
    interview = asking("change_board")
    assert {"decision.signer", "decision.title", "chair", "vice"} <= set(paths(interview))
    chair = asked(interview, "chair")
    assert chair.now in {one.label for one in chair.choices}
    assert not chair.required


def test_a_change_of_the_board_names_somebody_in_the_end(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club)
    none = asking("change_board", chair=None, vice=None, secretary=None)
    assert asked(none, "treasurer").required
    one = asking("change_board", chair="M1", vice=None, secretary=None)
    assert not asked(one, "treasurer").required


def test_somebody_on_no_list_is_asked_about_before_the_name_counts(asking: Asking) -> None:
    interview = asking("set_board")
    chair = asked(interview, "chair")
    stranger = interview.read(chair, "Người Không Quen")
    assert stranger.doubt is not None
    assert "Người Không Quen" in stranger.doubt
    assert interview.read(chair, chair.choices[0].label).doubt is None


def test_a_name_that_differs_in_marks_only_is_named_in_the_doubt(asking: Asking) -> None:
    interview = asking("set_board")
    chair = asked(interview, "chair")
    said = replace(chair, choices=(Choice("M1", "nguyen van toan"),))
    doubt = interview.judge(said, Answer("Nguyễn Văn Toàn", "Nguyễn Văn Toàn")).doubt
    assert doubt is not None
    assert "nguyen van toan" in doubt
    nobody = interview.judge(said, Answer("Nguyễn Văn Toại", "Nguyễn Văn Toại")).doubt
    assert nobody is not None
    assert "nguyen van toan" not in nobody


@pytest.mark.parametrize(("signer", "count"), [("tran quoc hung", 1), ("Trần Quốc Hùng", 0)])
def test_a_signer_without_marks_is_remarked_on(
    world: World, club: str, asking: Asking, signer: str, count: int
) -> None:
    lead(world, club)
    interview = asking("change_board")
    said = interview.read(asked(interview, "decision.signer"), signer)
    assert (said.value, len(said.remarks)) == (signer, count)


def test_a_post_left_blank_in_a_change_of_the_board_stays_as_it_is(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club)
    posts = [one for one in asking("change_board").questions() if one.path in POSTS]
    assert posts
    assert all(one.blank for one in posts)


# -- corrections and annulments (S2, S11) --------------------------------------------------------


def test_a_correction_picks_the_record_then_the_field_with_its_old_value(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED[:1])
    interview = asking(
        "correct", world.officers.for_step("propose", "Xã Một", world.registry.lifecycle.today()).id
    )
    record = next(one for one in interview.situation.records if one.step == "propose")
    interview = interview.answered("seq", record.seq)
    wrong = asked(interview, "?fields")
    assert wrong.kind is Kind.CHOICES
    notes = {choice.value: choice.note for choice in wrong.choices}
    assert notes["submission.number"] == "01/TTr-HNCT"
    interview = interview.answered("?fields", ["submission.number"])
    old = asked(interview, "changes.submission.number")
    assert old.now == "01/TTr-HNCT"
    done = interview.answered("changes.submission.number", "02/TTr-HNCT")
    form = done.form()
    assert form["seq"] == record.seq
    assert form["changes"] == {"submission": {"number": "02/TTr-HNCT"}}


def test_a_correction_offers_no_field_that_may_not_be_corrected(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, (*LAUNCHED, Turn("fund", 50), Turn("supervise", 230)))
    giver = world.officers.for_step("fund", "Xã Một", world.registry.lifecycle.today()).id
    interview = asking("correct", giver)
    money = next(one for one in interview.situation.records if one.step == "fund")
    fields = asked(interview.answered("seq", money.seq), "?fields")
    assert not {"amount", "kind", "fund", "source"} & {one.value for one in fields.choices}
    supervision = next(one for one in interview.situation.records if one.step == "supervise")
    officer = world.officers.for_step("supervise", "Xã Một", world.registry.lifecycle.today()).id
    own = asking("correct", officer).answered("seq", supervision.seq)
    assert "conclusion" not in {one.value for one in asked(own, "?fields").choices}


def test_an_annulment_shows_what_goes_and_where_it_leads(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED[:1])
    proposer = world.officers.for_step("propose", "Xã Một", world.registry.lifecycle.today()).id
    said = " ".join(asking("annul", proposer).preface())
    assert "trình UBND xã" in said
    assert "đang lập hồ sơ" in said


def test_a_step_of_another_role_is_no_ones_to_take_back(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED)
    proposer = world.officers.for_step("propose", "Xã Một", world.registry.lifecycle.today()).id
    assert [str(one.code) for one in asking("annul", proposer).obstacles()] == ["CLB-ROLE"]


# -- supervision (S35), activities (S5) ----------------------------------------------------------


def test_a_supervision_knows_the_book_and_remarks_on_what_differs(
    world: World, club: str, asking: Asking
) -> None:
    lead(
        world,
        club,
        (
            *LAUNCHED,
            Turn("meeting", 45, {"activities": ["health_care"]}),
            Turn("fund", 50, {"amount": 6_000_000, "fund": "operating"}),
        ),
    )
    world.clock.day = world.registry.lifecycle.today() + timedelta(days=180)  # type: ignore[attr-defined]
    interview = asking("supervise")
    assert asked(interview, "meetings_held").default == 1
    assert asked(interview, "operating_fund_balance").default == 6_000_000
    assert asked(interview, "income_fund_balance").default == 0
    assert asked(interview, "borrowers").default == 0
    assert asked(interview, "activities").default == ["health_care"]
    held = asked(interview, "meetings_held")
    assert interview.read(held, "").remarks == ()
    assert "1" in interview.read(held, "6").remarks[0]
    balance = asked(interview, "operating_fund_balance")
    assert "6.000.000 đồng" in interview.read(balance, "5 triệu").remarks[0]


@pytest.mark.parametrize("province", ["hoa_binh", "bac_ninh", "hai_phong", "ha_noi"])
def test_activities_are_chosen_by_name_from_the_provinces_list(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club)
    one = asked(asking("meeting"), "activities")
    assert len(one.choices) >= 8
    assert all(choice.label != choice.value for choice in one.choices)
    with pytest.raises(InputError):
        asking("meeting").read(one, "văn nghệ karaoke")


@pytest.mark.parametrize("province", ["hoa_binh"])
def test_loans_in_kind_are_asked_where_the_indicator_counts_them(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club)
    kind = asked(asking("supervise"), "borrowers_in_kind")
    assert kind.asked
    assert kind.source is not None


# -- money (S32, S33) ----------------------------------------------------------------------------


def test_a_grant_is_offered_with_its_amount_and_asks_for_the_resolution(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club)
    giver = world.officers.for_step(
        "fund", "Xã Một", world.registry.lifecycle.today(), Role.PROVINCE
    ).id
    interview = asking("fund", giver, kind="grant", source="province_budget")
    assert asked(interview, "amount").default == 100_000_000
    resolution = asked(interview, "resolution")
    assert resolution.asked
    assert resolution.source is not None
    assert not asked(asking("fund", giver, kind="contribution"), "resolution").asked


def test_a_reversal_asks_which_entry_and_takes_the_rest_from_it(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, (*LAUNCHED, Turn("fund", 50)))
    interview = asking("fund", kind="reversal")
    entry = asked(interview, "reverses")
    assert len(entry.choices) == 1
    done = interview.answered("reverses", entry.choices[0].value)
    form = done.form()
    assert (form["amount"], form["fund"], form["source"]) == (1_000_000, "operating", "member")


# -- every question ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_field_that_is_asked_has_help(language: str, use: Callable[[str], None]) -> None:
    from engine.rules import forms
    from engine.states import STEPS

    use(language)
    bare = [
        f"{step.name}.{one.path}"
        for step in STEPS
        if step.command is None and step.name != "export"
        for one in forms.fields(step.name)
        if not one.help and one.path not in ("changes", "commune_id")
    ]
    assert bare == []


@pytest.fixture
def use() -> Callable[[str], None]:
    from engine import i18n

    return i18n.use
