"""Random lives, right and wrong steps on right and wrong days, next to a small model of a club."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from support.core import ADMIN, ASSOCIATION, COMMITTEE, OPENED, PATHS, TOWN, make_core
from support.faults import chain_faults, personal_faults, table_faults
from support.step_forms import GRANT
from support.step_table import DEFAULT_ROLES, ENDS, OUTCOME_FIELD, OUTCOMES, STEPS, row_of

from engine.errors import ClbError, NotPermittedError, RefusedError
from engine.model import FundKind
from engine.rules.funds import balance
from engine.scenario.world import StillClock
from engine.store import facts, verify

pytestmark = pytest.mark.slow

TODAY = date(2025, 6, 30)
OFFICERS = {
    "association": ASSOCIATION,
    "committee": COMMITTEE,
    "province": TOWN,
    "admin": ADMIN,
}
NAMES = tuple(dict.fromkeys(row.step for row in STEPS if row.step != "open"))
MOVABLE = ("propose", "return", "approve", "launch", "supervise", "suspend", "resume")
DAYS = {
    "propose": "submission.date",
    **dict.fromkeys(("approve", "suspend", "resume"), "decision.date"),
}


@dataclass
class Model:
    """What anybody knows of a club who has read the table of steps and can count days."""

    state: str = "preparing"
    on: date = OPENED
    step: str = "open"
    role: str = "association"
    decided: date | None = None
    launched: date | None = None
    trained: bool = False
    suspended_from: str = "operating"
    reviewed: set[int] = field(default_factory=set)
    before: "Model | None" = None

    def after(self, step: str, outcome: str | None, to: str, on: date, role: str) -> "Model":
        """Return the club after a step of its life."""
        new = deepcopy(self)
        new.before = self
        new.state, new.on, new.step, new.role = to, on, step, role
        if step == "approve":
            new.decided = on
        elif step == "launch":
            new.launched = on
        elif step == "train":
            new.trained = True
        elif step == "suspend":
            new.suspended_from = self.state
        elif step == "review":
            new.reviewed.add(on.year)
        return new


class RandomLife(RuleBasedStateMachine):
    """Tries anything; what the model refuses the engine refuses, and the other way round."""

    @initialize(start=st.sampled_from(("preparing", "approved", "launched", "operating")))
    def open(self, start: str) -> None:
        self.core = make_core(":memory:", clock=StillClock(TODAY))
        self.club = self.core.open()
        self.model = Model()
        self.grant: date | None = None
        self.members = 0
        self.money = 0
        self.seq = 1
        for step, on, _changes in PATHS[start]:
            self.step(step, 0, None, (on - self.model.on).days)

    @rule(choice=st.integers(0, 11), days=st.integers(0, 120))
    def go_on(self, choice: int, days: int) -> None:
        """Take a step that starts where the club is and does not end its life."""
        rows = [
            row
            for row in STEPS
            if self.model.state in row.sources
            and row.to not in ENDS
            and (row.step != "resume" or row.outcome == self.model.suspended_from)
        ]
        if rows:
            row = rows[choice % len(rows)]
            outcomes = OUTCOMES.get(row.step, (None,))
            outcome = outcomes.index(row.outcome) if row.outcome in outcomes else 0
            self.step(row.step, outcome, None, days)

    def attempt(
        self, step: str, on: date, changes: dict[str, Any], officer: str, wanted: type | None
    ) -> None:
        """Take a step; see that it ends as the model says and writes one event or none."""
        error: ClbError | None = None
        try:
            self.core.carry(self.club, step, on, changes, officer=officer)
        except ClbError as caught:
            error = caught
        else:
            self.seq += 1
        assert type(error) is (wanted or type(None)), (step, on, self.model, error)

    @rule(
        name=st.sampled_from(NAMES),
        outcome=st.sampled_from((0, 0, 1)),
        role=st.sampled_from((None, None, None, None, *OFFICERS)),
        days=st.integers(-40, 200),
    )
    def try_anything(self, name: str, outcome: int, role: str | None, days: int) -> None:
        # A life that is over teaches nothing: it is ended in one try of six.
        if name not in ("withdraw", "reject", "dissolve") or days % 6 == 0:
            self.step(name, outcome, role, days)

    def step(self, name: str, outcome: int, role: str | None, days: int) -> None:
        model = self.model
        conclusion = self.conclusion(name, outcome)
        on = model.on + timedelta(days=days)
        changes: dict[str, Any] = {}
        if name in OUTCOME_FIELD:
            changes[OUTCOME_FIELD[name]] = conclusion
        if name == "train":
            changes |= {"course.start": on.isoformat(), "course.days": 1}
        if name == "review":
            changes["year"] = on.year
        default = DEFAULT_ROLES[name][0]
        acting = role or default
        row = row_of(model.state, name, conclusion)
        wanted: type | None = None
        if acting != default:
            wanted = NotPermittedError
        elif (
            row is None
            or self.had_once(name, conclusion, on)
            or not (OPENED if row.record else model.on) <= on <= TODAY
        ):
            wanted = RefusedError
        self.attempt(name, on, changes, OFFICERS[acting], wanted)
        if wanted is not None:
            return
        assert row is not None
        if row.record:
            model.trained = model.trained or conclusion == "initial"
            self.mark_trained(conclusion)
            return
        self.model = model.after(name, conclusion, row.to or model.state, on, acting)

    def had_once(self, name: str, conclusion: str | None, on: date) -> bool:
        """Return whether what comes once has come: the initial training, a year's review."""
        if name == "train":
            return conclusion == "initial" and self.model.trained
        return name == "review" and on.year in self.model.reviewed

    def conclusion(self, name: str, outcome: int) -> str | None:
        if name == "resume":
            return self.model.suspended_from
        choices = OUTCOMES.get(name, (None,))
        return choices[outcome % len(choices)]

    def mark_trained(self, conclusion: str | None) -> None:
        """A training that was only recorded stays whatever step is annulled afterwards."""
        earlier = self.model.before
        while conclusion == "initial" and earlier is not None:
            earlier.trained = True
            earlier = earlier.before

    @rule(days=st.integers(-60, 400), named=st.booleans())
    def give(self, days: int, named: bool) -> None:
        on = OPENED + timedelta(days=days)
        decided = self.model.decided
        due = decided is not None and decided <= on <= TODAY
        given = due and named and self.grant is None and self.model.state not in ENDS
        wanted = None if given else RefusedError
        changes = {**GRANT, "resolution": "NQ 05" if named else None}
        self.attempt("fund", on, changes, TOWN, wanted)
        if wanted is None:
            self.grant = on
            self.money += GRANT_AMOUNT

    @rule()
    def take_back_the_grant(self) -> None:
        refused = self.model.state in ENDS or self.grant is None
        changes = {**GRANT, "kind": "reversal"}
        self.attempt("fund", TODAY, changes, TOWN, RefusedError if refused else None)
        if not refused:
            self.grant = None
            self.money -= GRANT_AMOUNT

    @rule()
    def take_back_the_grant_as_who_received_it(self) -> None:
        refused = self.model.state in ENDS or self.grant is None
        changes = {**GRANT, "kind": "reversal"}
        wanted = RefusedError if refused else NotPermittedError
        self.attempt("fund", TODAY, changes, ASSOCIATION, wanted)

    @rule(amount=st.integers(1, 10**9))
    def contribute(self, amount: int) -> None:
        refused = self.model.state in ENDS
        changes = {"amount": amount}
        self.attempt("fund", TODAY, changes, ASSOCIATION, RefusedError if refused else None)
        if not refused:
            self.money += amount

    @rule()
    def enrol(self) -> None:
        refused = self.model.state in ENDS
        self.attempt("roster", TODAY, {}, ASSOCIATION, RefusedError if refused else None)
        if not refused:
            self.members += 1

    @rule(post=st.sampled_from(("chair", "vice", "secretary")))
    def change_the_board(self, post: str) -> None:
        refused = self.model.state in ENDS or self.model.decided is None
        changes = {"chair": None, post: f"Người thứ {self.seq}"}
        wanted = RefusedError if refused else None
        self.attempt("change_board", TODAY, changes, COMMITTEE, wanted)

    @rule(role=st.sampled_from((None, None, *OFFICERS)))
    def annul(self, role: str | None) -> None:
        model = self.model
        acting = role or model.role
        seq = self.core.club(self.club).state_seq
        wanted: type | None = None
        if acting == "admin" or (acting != model.role and model.state not in ENDS):
            wanted = NotPermittedError
        elif model.before is None or model.state in ENDS:
            wanted = RefusedError
        self.attempt("annul", TODAY, {"seq": seq}, OFFICERS[acting], wanted)
        if wanted is None:
            assert model.before is not None
            self.model = model.before

    @precondition(lambda self: self.model.step in MOVABLE)
    @rule(days=st.integers(-30, 60))
    def correct_the_last_day(self, days: int) -> None:
        model = self.model
        assert model.before is not None
        on = model.on + timedelta(days=days)
        refused = on > TODAY or on < model.before.on
        seq = self.core.club(self.club).state_seq
        path = DAYS.get(model.step, "date")
        changes = {"seq": seq, "changes": {path: on.isoformat()}}
        wanted = RefusedError if refused else None
        self.attempt("correct", TODAY, changes, OFFICERS[model.role], wanted)
        if refused:
            return
        model.on = on
        if model.step == "approve":
            model.decided = on
        elif model.step == "launch":
            model.launched = on

    @invariant()
    def the_club_is_where_the_model_is(self) -> None:
        club, model = self.core.club(self.club), self.model
        assert (club.state, club.state_on, club.seq) == (model.state, model.on, self.seq)
        assert (club.decided_on, club.launched_on) == (model.decided, model.launched)
        assert (club.trained_on is not None) is model.trained

    @invariant()
    def the_money_is_what_was_given_and_not_taken_back(self) -> None:
        ledger = facts.ledger(self.core.store, self.core.club(self.club))
        assert sum(balance(ledger, fund) for fund in FundKind) == self.money

    @invariant()
    def every_year_is_reviewed_once_and_every_kind_of_task_is_open_once(self) -> None:
        years = [one.year for one in facts.reviews(self.core.store, self.core.club(self.club))]
        assert sorted(years) == sorted(self.model.reviewed)
        kinds = [one.kind for one in facts.tasks(self.core.store, self.core.club(self.club))]
        assert len(set(kinds)) == len(kinds)
        if self.model.state in ("launched", "operating", "consolidating"):
            assert {"supervision", "review"} <= set(kinds)
        if self.model.state == "suspended":
            assert not {"supervision", "review"} & set(kinds)
        if self.model.state in ENDS:
            assert kinds == []

    def teardown(self) -> None:
        if not hasattr(self, "core"):
            return
        store = self.core.store
        assert chain_faults(store) == []
        assert table_faults(store) == []
        assert personal_faults(store) == []
        assert store.rows("SELECT count(*) FROM member") == [(self.members,)]
        before = store.rows("SELECT * FROM club"), store.rows("SELECT * FROM task")
        verify.rebuild(store)
        assert (store.rows("SELECT * FROM club"), store.rows("SELECT * FROM task")) == before
        store.close()


GRANT_AMOUNT = 100_000_000
RandomLife.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestRandomLife = RandomLife.TestCase
