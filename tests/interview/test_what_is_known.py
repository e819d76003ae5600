"""What a question offers follows from the books, the log and the policy; what it doubts too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from interview.conftest import Asking, lead

from engine.errors import InputError
from engine.interview.hints import ALL_MET
from engine.interview.interview import Interview
from engine.interview.offers import usual
from engine.interview.question import Answer, Choice, Kind, Question
from engine.interview.sheet import officer
from engine.interview.step import StepInterview
from engine.labels import POSTS
from engine.lifecycle.situation import opening, situation
from engine.model import Role
from engine.rules.calendar import add_months
from engine.scenario.play import FOUNDED, LAUNCHED, Turn
from engine.scenario.world import World


def asked(interview: Interview, path: str) -> Question:
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


@pytest.mark.parametrize(
    ("path", "typed", "shown"),
    [
        ("decision.number", "45/QD-UBND", "45/QĐ-UBND"),
        ("decision.number", "5", "05/QĐ-UBND"),
        ("decision.title", "chu tich", "Chủ tịch"),
        ("decision.title", "Quyền Chủ tịch", "Quyền Chủ tịch"),
    ],
)
def test_what_is_recorded_is_shown_as_the_papers_will_have_it(
    asking: Asking, path: str, typed: str, shown: str
) -> None:
    interview = asking("approve")
    title = asked(interview, path).title
    assert dict(interview.answered(path, typed).summary())[title] == shown


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.ASSOCIATION, "05/TTr-HNCT"), (Role.COMMITTEE, "5")]
)
def test_a_submissions_number_is_shown_with_the_symbol_of_the_association_alone(
    asking: Asking, role: Role, shown: str
) -> None:
    """The units of a committee have symbols of their own, which the program does not know."""
    began = asking("propose")
    interview = replace(began, situation=began.situation.recorded_by(role))
    title = asked(interview, "submission.number").title
    assert dict(interview.answered("submission.number", "5").summary())[title] == shown


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


# -- what prevents a step (S6) -------------------------------------------------------------------


def test_a_role_and_a_state_that_forbid_the_step_are_shown_before_the_first_question(
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


def test_somebody_who_has_a_post_already_is_named_with_it_in_the_doubt(asking: Asking) -> None:
    names = {one.value: one.label for one in asked(asking("set_board"), "chair").choices}
    member, name = next(iter(names.items()))
    interview = asking("set_board", chair=member)
    again = interview.read(asked(interview, "vice"), name)
    assert again.doubt is not None
    assert f"{name} đã được ghi làm Chủ nhiệm" in again.doubt


def test_a_name_that_differs_in_marks_only_is_named_in_the_doubt(asking: Asking) -> None:
    interview = asking("set_board")
    chair = asked(interview, "chair")
    printed = replace(chair, choices=(Choice("M1", "nguyen van toan"),))
    doubt = interview.judge(printed, Answer("Nguyễn Văn Toàn", "Nguyễn Văn Toàn")).doubt
    assert doubt is not None
    assert "nguyen van toan" in doubt
    nobody = interview.judge(printed, Answer("Nguyễn Văn Toại", "Nguyễn Văn Toại")).doubt
    assert nobody is not None
    assert "nguyen van toan" not in nobody


@pytest.mark.parametrize(
    ("signer", "doubtful"), [("tran quoc hung", True), ("Trần Quốc Hùng", False)]
)
def test_a_signer_without_marks_is_asked_about(
    world: World, club: str, asking: Asking, signer: str, doubtful: bool
) -> None:
    lead(world, club)
    interview = asking("change_board")
    printed = interview.read(asked(interview, "decision.signer"), signer)
    assert (printed.value, printed.doubt is not None) == (signer, doubtful)


@pytest.mark.parametrize(
    ("typed", "remarks"), [("CLB thon Ngoc", 1), ("clb thôn ngọc", 1), ("CLB thôn Ngọc", 0)]
)
def test_the_name_of_a_club_without_marks_or_capitals_is_remarked_on(
    world: World, club: str, asking: Asking, typed: str, remarks: int
) -> None:
    lead(world, club)
    interview = asking("rename")
    assert len(interview.read(asked(interview, "name"), typed).remarks) == remarks


@pytest.mark.parametrize(
    ("typed", "remark"), [("5", "Chỉ có số"), ("Khu 3", None), ("tổ dân phố 5", None)]
)
def test_a_number_alone_is_no_name_of_a_village(
    world: World, typed: str, remark: str | None
) -> None:
    lifecycle = world.registry.lifecycle
    who = world.officers.for_step(
        "open", world.form("open", lifecycle.today())["commune"], lifecycle.today()
    )
    known = opening(lifecycle, world.province, who.id)
    interview = StepInterview(step="open", situation=known)
    found = interview.read(asked(interview, "village"), typed).remarks
    assert [one.startswith(str(remark)) for one in found] == [True] * (remark is not None)


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
    printed = " ".join(asking("annul", proposer).preface())
    assert "trình UBND xã" in printed
    assert "đang lập hồ sơ" in printed


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
    assert "income_fund_balance" not in [one.path for one in interview.ask()]
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


def test_what_a_fund_held_at_first_is_of_no_source_that_is_asked(asking: Asking) -> None:
    by_path = {one.path: one for one in asking("fund", kind="opening").ask()}
    assert (by_path["source"].default, by_path["source"].asked) == ("other", False)
    assert by_path["amount"].asked


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


def lend(world: World, club: str, asking: Asking, **more: object) -> None:
    """Lend to a member of a launched club."""
    on = lead(world, club)
    who = asking("lend").situation.people[0].name
    world.take(club, "lend", on, {"member": who, **more})


def test_what_a_member_pays_back_is_asked_though_all_that_is_owed_is_offered(
    world: World, club: str, asking: Asking
) -> None:
    """Enter at the end must not record a whole loan as repaid that nobody repaid."""
    lend(world, club, asking)
    interview = asking("repay")
    loan = asked(interview, "loan").choices[0]
    interview = interview.answered("loan", loan.value)
    principal = asked(interview, "principal")
    assert principal.default == interview.situation.loans[0].outstanding
    assert not interview.is_known(principal)
    interest = asked(interview, "interest")
    assert (interest.default, interest.required, interest.asked) == (None, True, True)


def test_what_is_due_by_now_is_offered(world: World, club: str, asking: Asking) -> None:
    """Interest of the months that are over; the principal only once its day has come."""
    lend(world, club, asking, rate=100, months=12, amount=1_200_000)
    loan = asking("repay").situation.loans[0]
    two, twelve = add_months(loan.on, 2), add_months(loan.on, 12)
    for on, due in ((two, (0, 24_000)), (twelve, (1_200_000, 144_000))):
        interview = asking("repay", loan=loan.seq, date=on.isoformat())
        found = [asked(interview, path).default for path in ("principal", "interest")]
        assert tuple(found) == due
        assert asked(interview, "document").default == f"Phiếu thu ngày {on:%d/%m/%Y}"


def test_pairs_are_typed_with_commas_and_shown_by_name(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club)
    interview = asking("care")
    one, two, three = (each.name for each in interview.situation.people[:3])
    question = asked(interview, "pairs")
    answer = interview.read(question, f"{one} – {two}, {three}: {one}")
    assert [pair.count(":") for pair in answer.value] == [1, 1]
    assert answer.shown == f"{one} – {two}, {three} – {one}"
    with pytest.raises(InputError) as refused:
        interview.read(question, f"{one} và {two}")
    assert refused.value.code == "CLB-CARE-PAIR"
    interview = interview.answered("pairs", answer.value)
    counts = [asked(interview, path).default for path in ("volunteers", "cared_for")]
    assert counts == [2, 2]


def test_a_loan_without_interest_brings_none(world: World, club: str, asking: Asking) -> None:
    lend(world, club, asking, rate=0)
    interview = asking("repay")
    interview = interview.answered("loan", asked(interview, "loan").choices[0].value)
    assert asked(interview, "interest").default == 0


def test_what_a_fund_does_not_hold_is_shown_at_the_amount(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club)
    interview = asking("lend")
    (remark,) = interview.read(asked(interview, "amount"), "5tr").remarks
    assert "còn 0 đồng" in remark
    interview = asking("fund", kind="contribution", fund="income")
    assert interview.read(asked(interview, "amount"), "5tr").remarks == ()


def test_a_course_that_is_not_over_is_refused_at_its_question(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED)
    today = world.registry.lifecycle.today()
    interview = asking("train").answered("course.start", today.isoformat())
    days = asked(interview, "course.days")
    assert interview.read(days, "1").value == 1
    with pytest.raises(InputError) as raised:
        interview.read(days, "2")
    assert raised.value.code == "CLB-DATE-FUTURE"
    assert (today + timedelta(days=1)).strftime("%d/%m/%Y") in raised.value.message


def test_a_correction_offers_the_records_of_colleagues_too(
    world: World, club: str, asking: Asking
) -> None:
    """Who made a record corrects it: a face asks which of them sits at the computer."""
    lead(world, club, FOUNDED)
    own = world.officers.for_step("propose", "Xã Một", world.registry.lifecycle.today()).id
    interview = asking("correct", own)
    listed = " ".join(one.label for one in asked(interview, "seq").choices)
    assert "quyết định thành lập" in listed
    assert "trình UBND" in listed


def test_a_wrong_amount_is_sent_to_its_reversal(world: World, club: str, asking: Asking) -> None:
    lead(world, club)
    assert asking("correct").preface() == ()
    world.clock.day = world.registry.lifecycle.today() + timedelta(days=1)  # type: ignore[attr-defined]
    world.take(club, "fund", world.registry.lifecycle.today())
    assert "ghi đảo" in " ".join(asking("correct").preface())


def test_what_is_usual_comes_first_with_the_next_step_at_the_top(
    world: World, club: str, asking: Asking
) -> None:
    own = world.officers.for_step("propose", "Xã Một", world.registry.lifecycle.today()).id

    def usual_now() -> list[str]:
        known = situation(world.registry.lifecycle, club, None, own)
        return [one.step for one in usual(known)]

    assert usual_now()[:2] == ["propose", "set_board"]
    assert "withdraw" not in usual_now()
    lead(world, club)
    found = usual_now()
    assert found[:4] == ["supervise", "review", "meeting", "fund"]
    assert len(found) < 12


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


def test_a_figure_is_no_name_of_a_club(world: World, club: str, asking: Asking) -> None:
    interview = asking("rename")
    with pytest.raises(InputError):
        interview.read(asked(interview, "name"), "1")
    assert interview.read(asked(interview, "name"), "CLB 1").value == "CLB 1"


def test_the_next_number_is_offered_and_asked_for_all_the_same(
    world: World, club: str, asking: Asking
) -> None:
    """The commune's book gives numbers to papers that this program knows nothing of."""
    lead(world, club)
    interview = asking("change_board")
    number = asked(interview, "decision.number")
    assert number.default is not None
    assert not interview.is_known(number)
    signer = asked(interview, "decision.signer")
    assert interview.is_known(signer)


def test_a_course_is_offered_as_one_that_ended_today(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED)
    today = world.registry.lifecycle.today()
    interview = asking("train").answered("course.days", 2)
    start = asked(interview, "course.start")
    assert start.default == (today - timedelta(days=1)).isoformat()
    assert not interview.is_known(start)
    assert interview.read(start, "").value == start.default


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("nha van hoa thon mot", "Nhà văn hóa Thôn Một"),
        ("NHA VAN HOA THON MOT", "Nhà văn hóa Thôn Một"),
        ("san dinh lang", "san dinh lang"),
        ("nhà van hoá thôn mot", "nhà van hoá thôn mot"),
    ],
)
def test_a_place_typed_without_marks_gets_those_of_the_one_that_is_known(
    world: World, club: str, asking: Asking, typed: str, value: str
) -> None:
    lead(world, club, FOUNDED)
    interview = asking("launch")
    place = asked(interview, "place")
    assert place.example == "Nhà văn hóa Thôn Một"
    answer = interview.read(place, typed)
    assert (answer.value, answer.shown, answer.doubt, answer.remarks) == (value, value, None, ())


@pytest.mark.parametrize(("day", "offered"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_a_district_is_no_source_once_there_are_none(
    world: World, club: str, asking: Asking, day: date, offered: bool
) -> None:
    lead(world, club, FOUNDED)
    interview = asking("fund", kind="contribution", date=day.isoformat())
    sources = {one.value for one in asked(interview, "source").choices}
    assert ("district_budget" in sources) is offered
    assert "commune_budget" in sources


def test_a_district_is_no_office_to_choose_once_there_are_none() -> None:
    def roles(on: date) -> set[object]:
        sheet = officer(on, (), {}, None, lambda _question, answer: answer)
        return {one.value for one in asked(sheet, "role").choices}

    assert roles(date(2025, 6, 30)) - roles(date(2025, 7, 1)) == {"district"}
