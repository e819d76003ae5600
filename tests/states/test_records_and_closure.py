"""Records, suspension and dissolution: checks and effects of the steps, with literals."""

import importlib.util
from typing import Any

import pytest
from support.literals import (
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
from support.step_table import RECORDS

from engine.codes import BOARD_OUTSIDER, TASK_LATE
from engine.errors import UnknownError
from engine.frozen import FrozenMap
from engine.model import (
    Effects,
    EntryKind,
    Event,
    FundKind,
    LedgerEntry,
    Role,
    RosterChange,
    State,
    TaskClosing,
    TaskKind,
    TaskOpening,
    TaskOutcome,
)
from engine.rules.findings import note
from engine.states import records
from engine.states import step as find_step
from engine.states.stage import Step

pytestmark = pytest.mark.usefixtures("english")

ARTICLE = "QD 1, I.1"
PAID = LedgerEntry(EntryKind.GRANT, FundKind.OPERATING, "donor", 5, 5, "UNC 1", seq=7)
IN = LedgerEntry(EntryKind.CONTRIBUTION, FundKind.INCOME, "member", 3, 3, "UNC 2", seq=8)


def target(seq: int = 7, step: str = "supervise", role: Role = Role.PROVINCE) -> Any:
    """Return an earlier event of the club."""
    return Event(**{**dict.fromkeys(Event.__slots__), "seq": seq, "step": step, "role": role})


def annul(of: Any, *, state_seq: int = 7, role: Role = Role.PROVINCE, **parts: Any) -> Any:
    return request(
        club=club(state_seq=state_seq), officer=officer(role, commune=None), target=of, **parts
    )


def test_the_last_step_is_annulled_by_the_role_that_took_it() -> None:
    assert judged("annul", annul(target())) == []


def test_a_step_that_is_not_the_last_is_not_annulled() -> None:
    assert report(judged("annul", annul(target(6)))) == text("""
        block CLB-ANNUL-LAST
          Record 6 (supervise) is not the club's last step that can be annulled.
          expected: 7
          actual: 6
          who: the province
          fix: clb club history c1
        """)
    assert codes(judged("annul", annul(target(8)))) == ["CLB-ANNUL-LAST"]


def test_the_opening_is_not_annulled() -> None:
    opening = target(1, "open")
    assert codes(judged("annul", annul(opening, state_seq=1))) == ["CLB-ANNUL-LAST"]


@pytest.mark.parametrize("step", ["annul", "correct"])
def test_another_role_takes_nothing_back(step: str) -> None:
    assert report(judged(step, annul(target(), role=Role.COMMITTEE))) == text("""
        block CLB-ROLE (permission)
          Record 7 was made by the province, who alone can take it back or correct it.
          expected: the province
          actual: Cán bộ, the commune People's Committee
          who: the province
          fix: Ask an officer with that role to do it: clb officer list.
        """)


@pytest.mark.parametrize("step", ["annul", "correct"])
def test_whoever_asks_without_a_name_or_a_record_is_not_refused(step: str) -> None:
    unnamed = request(club=club(state_seq=7), target=target())
    assert judged(step, unnamed) == []
    assert judged(step, request(officer=officer(), ledger=(PAID,))) == []


def test_a_correction_meets_what_the_corrected_step_meets() -> None:
    met = (note(TASK_LATE, "Muộn."),)
    assert judged("correct", annul(target(), remedy_findings=met)) == list(met)
    assert judged("correct", request(remedy_findings=met)) == []


def test_money_recorded_since_the_step_is_noted_and_stays() -> None:
    ledger = (PAID, IN)
    assert report(judged("annul", annul(target(6), state_seq=6, ledger=ledger))) == text("""
        note CLB-ANNUL-MONEY
          Money was recorded since that step: 8 đồng. It stays recorded.
          fix: Take back with a reversal what should not count.
        """)
    assert judged("annul", annul(target(8), state_seq=8, ledger=ledger)) == []


def test_what_the_names_of_a_board_were_found_to_be_is_shown() -> None:
    found = (note(BOARD_OUTSIDER, "Trần Văn Đức không có trong danh sách."),)
    for step in ("set_board", "change_board"):
        assert judged(step, request()) == []
        assert judged(step, request(remedy_findings=found)) == list(found)


REMEDY = Effects(board=(("chair", "m1"), ("secretary", "m2")), voids=(3,))


@pytest.mark.parametrize("step", ["roster", "set_board", "correct", "annul"])
def test_what_a_record_prepared_is_what_it_changes(step: str) -> None:
    assert effects(step, request(remedy=REMEDY)) == REMEDY


@pytest.mark.parametrize("step", ["erase", "export"])
def test_erasing_and_exporting_change_no_table(step: str) -> None:
    assert effects(step, request(remedy=REMEDY)) == Effects()


def test_a_new_board_owes_training_where_one_of_its_posts_does() -> None:
    owes = {"training.board_change": ["chair", "vice"]}
    roster = (RosterChange(op="person", member="p1"),)
    remedy = Effects(board=REMEDY.board, roster=roster)
    open_ = (task(TaskKind.TRAINING_BOARD),)
    assert effects("change_board", request(policy=owes, remedy=remedy, tasks=open_)) == Effects(
        board=REMEDY.board,
        roster=roster,
        opened=(TaskOpening(TaskKind.TRAINING_BOARD, None, Role.PROVINCE, ARTICLE),),
        closed=(TaskClosing(TaskKind.TRAINING_BOARD, TaskOutcome.REPLACED),),
    )


@pytest.mark.parametrize("values", [{}, {"training.board_change": ["vice", "treasurer"]}])
def test_a_new_board_owes_nothing_where_no_post_of_it_does(values: dict[str, Any]) -> None:
    made = effects("change_board", request(policy=values, remedy=REMEDY))
    assert made == Effects(board=REMEDY.board)


def test_money_is_one_entry_of_the_ledger() -> None:
    form = {
        "kind": "contribution",
        "fund": "income",
        "source": "member",
        "amount": 3,
        "document": "UNC 2",
    }
    entry = LedgerEntry(EntryKind.CONTRIBUTION, FundKind.INCOME, "member", 3, 3, "UNC 2")
    assert effects("fund", request(form=form)) == Effects(ledger=(entry,))


def test_a_record_of_money_is_held_against_every_rule_of_money() -> None:
    form = {
        "kind": "grant",
        "fund": "operating",
        "source": "province_budget",
        "amount": 1,
        "document": "UNC 2",
    }
    values = {"grant.establishment": 2}
    found = judged("fund", request(form=form, policy=values, club=club(State.PREPARING)))
    assert codes(found) == ["CLB-GRANT-UNDECIDED", "CLB-GRANT-AMOUNT"]
    loan = judged("fund", request(form={**form, "kind": "loan"}))
    assert codes(loan) == ["CLB-FUND-BALANCE"]
    back = judged("fund", request(form={**form, "kind": "reversal"}))
    assert codes(back) == ["CLB-FUND-REVERSAL"]


def test_a_meeting_is_recorded_and_opens_the_next() -> None:
    form = {"attendance": 60, "activities": ["health_care", "rights"]}
    made = effects(
        "meeting",
        request(
            form=form,
            policy={"meeting.interval_months": 1},
            tasks=(task(TaskKind.MEETING, day("2022-02-27")),),
        ),
    )
    row = FrozenMap({"attendance": 60, "activities": "health_care,rights"})
    assert made == Effects(
        opened=(TaskOpening(TaskKind.MEETING, day("2022-04-01"), Role.ASSOCIATION, ARTICLE),),
        closed=(TaskClosing(TaskKind.MEETING, TaskOutcome.DONE, 2),),
        records=(("meeting", row),),
    )


def test_a_new_name_and_a_new_commune_are_the_form_s() -> None:
    assert effects("rename", request(form={"name": "CLB B"})).fields == (("name", "CLB B"),)
    moved = {"commune": "Xã Hai", "commune_id": "27002"}
    assert effects("rehome", request(form=moved)).fields == tuple(moved.items())


@pytest.mark.parametrize("step", ["roster", "set_board", "correct", "annul", "erase", "export"])
def test_a_record_without_a_day_of_its_own_is_of_the_day_it_is_typed(step: str) -> None:
    typed = find_step(step).default_on
    assert typed is not None
    assert typed(FrozenMap(), club(), day("2022-05-04")) == day("2022-05-04")


@pytest.mark.parametrize("step", ["change_board", "fund", "meeting", "rename", "rehome"])
def test_a_record_with_a_day_of_its_own_needs_it(step: str) -> None:
    assert find_step(step).default_on is None


def test_a_suspension_remembers_the_state_and_lets_the_tasks_wait() -> None:
    asked = request(club=club(State.CONSOLIDATING), tasks=(task(TaskKind.MEETING),))
    assert effects("suspend", asked) == Effects(
        fields=(("suspended_from", State.CONSOLIDATING),),
        closed=(TaskClosing(TaskKind.MEETING, TaskOutcome.SUSPENDED),),
    )


def test_a_club_resumes_the_state_it_was_suspended_from() -> None:
    outcome = find_step("resume").outcome
    assert outcome is not None
    suspended = club(State.SUSPENDED, suspended_from=State.LAUNCHED)
    assert outcome(request(club=suspended)) == "launched"
    assert outcome(request(club=club(State.SUSPENDED))) == "operating"


def resumed(*paused: Any, tasks: tuple[Any, ...] = ()) -> Effects:
    values = {"supervision.interval_months": 6}
    return effects("resume", request(policy=values, paused=paused, tasks=tasks))


def test_what_comes_back_counts_from_the_day_the_club_resumes() -> None:
    supervision = task(TaskKind.SUPERVISION, day("2021-10-01"))
    assert resumed(supervision) == Effects(
        fields=(("suspended_from", None),),
        opened=(TaskOpening(TaskKind.SUPERVISION, day("2022-09-01"), Role.PROVINCE, ARTICLE),),
    )


def test_what_nothing_asks_for_any_more_does_not_come_back() -> None:
    assert resumed(task(TaskKind.REVIEW, day("2021-10-01"))).opened == ()


@pytest.mark.parametrize(
    ("due", "after"),
    [("2022-02-28", "2022-03-01"), ("2022-03-02", "2022-03-02"), (None, None)],
)
def test_what_is_done_once_is_due_when_it_was_but_not_before_the_club_resumes(
    due: str | None, after: str | None
) -> None:
    kind = TaskKind.TRAINING_SUPPLEMENTARY
    (opening,) = resumed(task(kind, day(due) if due else None)).opened
    assert opening == TaskOpening(kind, day(after) if after else None, Role.PROVINCE, "QD 1, V")


def test_a_task_that_was_opened_meanwhile_is_not_opened_twice() -> None:
    kind = TaskKind.TRAINING_BOARD
    assert resumed(task(kind), tasks=(task(kind),)).opened == ()


def test_money_left_in_any_fund_warns_when_a_club_is_dissolved() -> None:
    assert judged("dissolve", request()) == []
    assert report(judged("dissolve", request(ledger=(PAID, IN)))) == text("""
        warn CLB-DISSOLVE-BALANCE
          The club's funds still hold 8 đồng.
          expected: nothing left, or a plan that says where it goes
          actual: 8 đồng
          source: general procedure, not a provision of the province
          who: the commune People's Committee
          fix: Record where the money went, or name the plan in fund_disposal.
        """)
    out = LedgerEntry(EntryKind.EXPENSE, FundKind.OPERATING, "donor", 5, -5, "UNC 3", seq=9)
    assert judged("dissolve", request(ledger=(PAID, out))) == []


def test_a_dissolved_club_has_its_last_day_and_no_open_task() -> None:
    asked = request(tasks=(task(TaskKind.MEETING),))
    assert effects("dissolve", asked) == Effects(
        fields=(("ended_on", day("2022-03-01")),),
        closed=(TaskClosing(TaskKind.MEETING, TaskOutcome.ENDED),),
    )


def test_an_unknown_step_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownError) as near:
        find_step("supervize")
    assert str(near.value) == "There is no step “supervize”."
    assert near.value.help == "Did you mean: supervise?"
    with pytest.raises(UnknownError) as far:
        find_step("xyz")
    assert far.value.help is not None
    assert "open, propose, withdraw" in far.value.help


WRITTEN = {
    "roster": ("loans", "date", "", False),
    "set_board": ("", "date", "board", False),
    "change_board": ("tasks decisions", "decision.date", "board", False),
    "fund": ("granted ledger loans", "date", "", True),
    "meeting": ("tasks", "date", "", True),
    "rename": ("neighbours", "date", "", True),
    "rehome": ("commune_list", "date", "", True),
    "correct": ("", "date", "correct", False),
    "annul": ("ledger", "date", "annul", False),
    "erase": ("", "date", "erase", False),
    "export": ("", "date", "", False),
}
"""Each record: facts it needs, its day's field, what is prepared, whether it can be corrected."""


@pytest.fixture(scope="module")
def built_anew() -> dict[str, Step]:
    """The table of records built once more, so that what builds it runs in a test."""
    spec = importlib.util.spec_from_file_location(records.__name__, records.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {step.name: step for step in module.STEPS}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_record_is_built_as_its_row_has_it(built_anew: dict[str, Step], name: str) -> None:
    step, row = built_anew[name], next(row for row in RECORDS if row.step == name)
    needs, happened_on, prepare, corrected = WRITTEN[name]
    (move,) = step.moves
    assert set(move.sources) == {State(one) for one in row.sources}
    assert (move.to, move.when, move.record) == (None, None, True)
    assert step.roles == tuple(one for one in step.eligible if one is not Role.DISTRICT)
    assert {role.value for role in step.eligible} == set(row.roles)
    assert step.needs == frozenset(needs.split())
    assert (step.happened_on, step.prepare or "", step.corrected) == (
        happened_on,
        prepare,
        corrected,
    )
    known = find_step(name)
    assert (step.command, step.fixed) == (known.command, known.fixed)
    assert [one.__name__ for one in step.checks] == [one.__name__ for one in known.checks]
    assert [one.__name__ for one in step.form_checks] == [one.__name__ for one in known.form_checks]
    assert step.work.__name__ == known.work.__name__
    assert (step.default_on is None) is (known.default_on is None)


def test_a_roster_is_changed_by_its_own_commands_and_a_fund_s_money_stays_what_it_is(
    built_anew: dict[str, Step],
) -> None:
    assert built_anew["roster"].command == "clb member --help"
    assert built_anew["meeting"].command is None
    fixed = ("amount", "kind", "fund", "source", "reverses")
    assert built_anew["fund"].fixed == fixed
    assert built_anew["meeting"].fixed == ()
