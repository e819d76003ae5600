"""Every state with every step and outcome, through the lifecycle, against the design's table."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.core import ASSOCIATION, PATHS, SUSPEND, TODAY, Core, codes, make_core
from support.step_table import (
    DEFAULT_ROLES,
    HAPPENED_ON,
    OUTCOME_FIELD,
    STATES,
    TABLE,
    Row,
    attempts,
    row_of,
)

import schemas
from engine.errors import InputError, RefusedError
from engine.i18n import language, use
from engine.model import FundKind, Role, State, balance_field
from engine.rules import forms
from engine.states import OPENING, STEPS
from engine.states.stage import Step

LATER = date(2022, 10, 20)
"""After everything the clubs of these tests have been through."""

Edge = tuple[str, str, str | None, str, bool]


class Crowd:
    """One registry for all attempts; a refused one leaves its club for the next."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._waiting: dict[tuple[str, bool], str] = {}

    def fresh(self, state: str, *, trained: bool) -> str:
        return self.core.bring(state) if trained else self.core.bring_untrained(state)

    def waiting(self, state: str, *, trained: bool) -> str:
        if (state, trained) not in self._waiting:
            self._waiting[state, trained] = self.fresh(state, trained=trained)
        return self._waiting[state, trained]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    return Crowd(make_core(str(tmp_path_factory.mktemp("table") / "clb.sqlite3")))


def table_edges() -> set[Edge]:
    return {
        (source, row.step, row.outcome, row.to or source, row.record)
        for row in TABLE
        for source in row.sources
    }


def engine_edges() -> set[Edge]:
    return {
        (source.value, step.name, move.when, (move.to or source).value, move.record)
        for step in STEPS
        for move in step.moves
        for source in move.sources
    }


def test_the_engine_has_the_moves_of_the_table_and_no_others() -> None:
    assert engine_edges() == table_edges()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_engine_gives_each_step_the_roles_and_the_day_of_the_table(step: Step) -> None:
    rows = [row for row in TABLE if row.step == step.name]
    assert step.happened_on == HAPPENED_ON[step.name]
    assert {tuple(step.eligible)} == {tuple(map(Role, row.roles)) for row in rows}
    assert step.roles == tuple(map(Role, DEFAULT_ROLES[step.name]))


def test_the_table_names_every_state() -> None:
    assert {*STATES, "none"} == {state.value for state in State}


def still_untrained(state: str, step: str, outcome: str | None) -> bool:
    """A club past its launch may have its initial training only if it never had it."""
    return (step, outcome) == ("train", "initial") and "launch" in [one[0] for one in PATHS[state]]


def attempt(core: Core, club: str, step: str, outcome: str | None) -> dict[str, Any]:
    """Return how to try the step on that club: its day, its form and who takes it."""
    changes: dict[str, Any] = {}
    how: dict[str, Any] = {"on": LATER, "changes": changes}
    if step in OUTCOME_FIELD:
        changes[OUTCOME_FIELD[step]] = outcome
    if step in ("erase", "lend"):
        changes["member"] = core.people[0].name
    if step in OF_A_LOAN and core.store.rows("SELECT 1 FROM loan WHERE club = ?", (club,)):
        changes["loan"] = core.store.rows("SELECT seq FROM loan WHERE club = ?", (club,))[0][0]
    if step == "annul":
        last = core.club(club).state_seq
        changes["seq"] = last
        how["officer"] = core.event(club, last).officer
    return how


OF_A_LOAN = ("repay", "extend", "write_off")


def lending(core: Core, state: str) -> str:
    """Return a club in a state, which lent to a member as soon as it was launched."""
    path = PATHS[state]
    launched = [one[0] for one in path].index("launch") + 1
    club, on = core.walk(path[:launched]), path[launched - 1][1]
    core.carry(club, "fund", on, {"kind": "contribution", "source": "member", "fund": "income"})
    core.carry(club, "lend", on, {"member": core.people[0].name})
    for step, on, changes in path[launched:]:
        core.carry(club, step, on, changes)
    return club


def legal() -> list[Any]:
    found = []
    for state, step, outcome in attempts():
        row = row_of(state, step, outcome)
        # The opening cannot be annulled: where it is the last step there is nothing to annul.
        if row is not None and (state, step) != ("preparing", "annul"):
            found.append(pytest.param(row, state, outcome, id=f"{state}-{step}-{outcome}"))
    return found


def illegal() -> list[Any]:
    return [
        pytest.param(state, step, outcome, id=f"{state}-{step}-{outcome}")
        for state, step, outcome in attempts()
        if row_of(state, step, outcome) is None and step != "open"
    ]


@pytest.mark.parametrize(("row", "state", "outcome"), legal())
def test_a_step_of_the_table_leads_where_the_table_says(
    crowd: Crowd, row: Row, state: str, outcome: str | None
) -> None:
    core = crowd.core
    if row.step in OF_A_LOAN:
        club = lending(core, state)
    else:
        club = crowd.fresh(state, trained=not still_untrained(state, row.step, outcome))
    before = core.club(club)
    assert before.state == state
    expected = row.to or state
    if row.step == "annul":
        expected = str(core.event(club, before.state_seq).from_state)
    done = core.carry(club, row.step, **attempt(core, club, row.step, outcome))
    after = core.club(club)
    assert done.state == after.state == expected
    assert done.event is not None
    assert (done.event.seq, after.seq) == (before.seq + 1, before.seq + 1)
    assert (done.event.from_state, done.event.to_state) == (before.state, after.state)
    if row.step != "annul":
        assert (after.state_seq == after.seq) is not row.record


@pytest.mark.parametrize(("state", "step", "outcome"), illegal())
def test_a_step_from_another_state_is_refused_and_writes_nothing(
    crowd: Crowd, state: str, step: str, outcome: str | None
) -> None:
    core = crowd.core
    club = crowd.waiting(state, trained=not still_untrained(state, step, outcome))
    error = core.refusal(club, step, **attempt(core, club, step, outcome))
    assert isinstance(error, RefusedError)
    assert error.exit_code == 1
    # A board trained once gets that reason, not the one about the club's state.
    twice = (state, step, outcome) == ("trained", "train", "initial")
    assert ("CLB-TRAIN-TWICE" if twice else "CLB-STATE") in codes(error)
    assert core.club(club).state == state


def test_a_club_that_is_open_cannot_be_opened_again(core: Core) -> None:
    club = core.bring("preparing")
    with pytest.raises(InputError) as caught:
        core.life.advance(club, "open", officer=ASSOCIATION)
    assert caught.value.code == "CLB-STATE"


@pytest.mark.parametrize("state", ["launched", "operating", "consolidating"])
def test_a_club_resumes_in_the_state_it_was_suspended_from(core: Core, state: str) -> None:
    club = core.walk([*PATHS[state], SUSPEND])
    assert core.club(club).state == "suspended"
    assert core.take(club, "resume", LATER).state == state
    assert core.club(club).suspended_from is None


def test_the_opening_itself_cannot_be_annulled(core: Core) -> None:
    club = core.bring("preparing")
    error = core.refusal(club, "annul", TODAY, {"seq": 1}, officer=ASSOCIATION)
    assert codes(error) == ["CLB-ANNUL-LAST"]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_has_a_form_whose_fields_all_have_a_vietnamese_title(step: Step) -> None:
    spoken = language()
    try:
        use("vi")
        titles = {one.path: one.title for one in forms.fields(step.name)}
    finally:
        use(spoken)
    assert step.happened_on in titles
    assert all(title.strip() for title in titles.values())
    assert [title for title in titles.values() if title.isascii()] == []


def test_the_day_a_step_happened_is_a_date_in_every_form() -> None:
    kinds = {step.name: forms.field(step.name, step.happened_on).kind for step in STEPS}
    assert set(kinds.values()) == {"date"}


def test_every_form_belongs_to_a_step() -> None:
    folder = Path(str(schemas.__file__)).parent / "forms"
    names = {path.name.removesuffix(".schema.json") for path in folder.glob("*.json")}
    assert names == {*(step.name for step in STEPS), "own"}


def test_every_preparer_is_used_by_a_step_and_every_step_names_one_there_is(core: Core) -> None:
    assert {one.prepare for one in STEPS} - {None} == set(core.life.preparers)


def test_one_step_opens_a_file() -> None:
    assert [one for one in STEPS if one.founds] == [OPENING]


def test_every_fund_has_its_balance_in_the_form_of_a_supervision() -> None:
    named = [one.path for one in forms.fields("supervise") if one.path.endswith("_fund_balance")]
    assert named == [balance_field(fund) for fund in FundKind]
