"""Taking back the last step: club, tasks and figures are as they were, and all is kept."""

from datetime import date
from typing import Any

import pytest
from support.core import (
    ASSOCIATION,
    BY_ROLE,
    COMMITTEE,
    PATHS,
    SUSPEND,
    TOWN,
    Core,
    club_rows,
    codes,
)
from support.corrections import faults
from support.databases import columns
from support.step_forms import GRANT
from support.step_table import OUTCOME_FIELD, STEPS

LATER = date(2022, 10, 20)
KINDS = ("training", "supervision", "review", "meeting")

Rows = dict[str, list[Any]]


def annul(core: Core, club: str) -> None:
    """Take back the last step, by the officer who took it."""
    last = core.club(club).state_seq
    core.take(club, "annul", LATER, {"seq": last}, officer=core.event(club, last).officer)


def column(core: Core, table: str, name: str) -> int:
    names = list(columns(core.store, table))
    return names.index(name)


def lasting(core: Core, rows: Rows) -> Rows:
    """Return the rows without what an annulment adds: its number, and what it closed or voided."""
    kept = dict(rows)
    seq, head = column(core, "club", "seq"), column(core, "club", "head")
    kept["club"] = [
        tuple(value for place, value in enumerate(row) if place not in (seq, head))
        for row in rows["club"]
    ]
    outcome = column(core, "task", "outcome")
    kept["task"] = [row for row in rows["task"] if row[outcome] != "annulled"]
    for table in KINDS:
        voided = column(core, table, "voided_by")
        kept[table] = [row for row in rows[table] if row[voided] is None]
    return kept


def ways() -> list[Any]:
    found = []
    for row in STEPS:
        for source in row.sources:
            if row.to not in ("withdrawn", "rejected", "dissolved") and row.step != "open":
                name = f"{source}-{row.step}-{row.outcome}"
                found.append(pytest.param(row.step, source, row.outcome, id=name))
    return found


def go(core: Core, club: str, step: str, outcome: str | None) -> None:
    changes = {OUTCOME_FIELD[step]: outcome} if step in OUTCOME_FIELD else {}
    core.carry(club, step, LATER, changes)


def start(core: Core, step: str, source: str, outcome: str | None) -> str:
    if step == "resume":
        assert outcome is not None
        return core.walk([*PATHS[outcome], SUSPEND])
    return core.bring(source)


@pytest.mark.parametrize(("step", "source", "outcome"), ways())
def test_an_annulment_restores_state_fields_and_tasks_exactly(
    core: Core, step: str, source: str, outcome: str | None
) -> None:
    club = start(core, step, source, outcome)
    before = club_rows(core.store, club)
    go(core, club, step, outcome)
    assert lasting(core, club_rows(core.store, club)) != lasting(core, before)
    annul(core, club)
    assert lasting(core, club_rows(core.store, club)) == lasting(core, before)
    assert faults(core) == []


@pytest.mark.parametrize(("step", "source", "outcome"), ways())
def test_a_step_that_was_annulled_can_be_taken_again_to_the_same_end(
    core: Core, step: str, source: str, outcome: str | None
) -> None:
    club = start(core, step, source, outcome)
    go(core, club, step, outcome)
    once = core.club(club).state, open_tasks(core, club)
    annul(core, club)
    go(core, club, step, outcome)
    assert (core.club(club).state, open_tasks(core, club)) == once
    assert faults(core) == []


def open_tasks(core: Core, club: str) -> list[Any]:
    return core.store.rows(
        "SELECT kind, due_on, role, source FROM task WHERE club = ? AND closed_seq IS NULL "
        "ORDER BY kind",
        (club,),
    )


def test_a_whole_life_can_be_taken_back_step_by_step(core: Core) -> None:
    club = core.bring("preparing")
    path = [*PATHS["suspended"], ("resume", date(2022, 9, 1), {})]
    seen = []
    for step, on, changes in path:
        seen.append(lasting(core, club_rows(core.store, club)))
        core.take(club, step, on, changes)
    for before in reversed(seen):
        annul(core, club)
        assert lasting(core, club_rows(core.store, club)) == before
    assert core.club(club).state == "preparing"
    assert faults(core) == []
    error = core.refusal(club, "annul", LATER, {"seq": 1}, officer=ASSOCIATION)
    assert codes(error) == ["CLB-ANNUL-LAST"]


def test_what_was_recorded_since_the_step_stays(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "fund", date(2021, 11, 1), GRANT)
    core.take(club, "change_board", date(2021, 11, 2))
    core.take(club, "meeting", date(2021, 11, 3))
    kept = ("ledger", "board", "member", "meeting", "person", "personal")
    before = {table: club_rows(core.store, club)[table] for table in kept}
    last = core.club(club).state_seq
    done = core.take(club, "annul", LATER, {"seq": last}, officer=ASSOCIATION)
    assert core.club(club).state == "trained"
    assert {table: club_rows(core.store, club)[table] for table in kept} == before
    assert "training_board" in [row[0] for row in open_tasks(core, club)]
    money = next(one for one in done.findings if one.code == "CLB-ANNUL-MONEY")
    assert "100.000.000 đồng" in money.message
    assert faults(core) == []


def test_the_history_keeps_the_step_and_its_annulment(core: Core) -> None:
    club = core.bring("launched")
    steps = [one.step for one in core.events(club)]
    annul(core, club)
    assert [one.step for one in core.events(club)] == [*steps, "annul"]
    last = core.event(club, -1)
    assert (last.from_state, last.to_state) == ("launched", "trained")
    assert (last.form["reason"], last.form["document"]) == ("Ghi nhầm bước", "Công văn 9")


def test_only_the_last_step_can_be_annulled(core: Core) -> None:
    club = core.bring("operating")
    last = core.club(club).state_seq
    for earlier in range(1, last):
        officer = core.event(club, earlier).officer
        error = core.refusal(club, "annul", LATER, {"seq": earlier}, officer=officer)
        assert (error.exit_code, codes(error)[0]) == (1, "CLB-ANNUL-LAST")


@pytest.mark.parametrize("record", ["fund", "meeting", "roster", "rename", "change_board"])
def test_a_record_cannot_be_annulled(core: Core, record: str) -> None:
    club = core.bring("operating")
    core.take(club, record, date(2022, 6, 1))
    seq = core.club(club).seq
    officer = core.event(club, seq).officer
    error = core.refusal(club, "annul", LATER, {"seq": seq}, officer=officer)
    assert codes(error)[0] == "CLB-ANNUL-LAST"


def test_an_annulment_cannot_be_annulled(core: Core) -> None:
    club = core.bring("operating")
    annul(core, club)
    error = core.refusal(club, "annul", LATER, {"seq": core.club(club).seq}, officer=TOWN)
    assert codes(error) == ["CLB-ANNUL-LAST"]


def test_a_record_that_is_not_there_is_unknown(core: Core) -> None:
    club = core.bring("operating")
    error = core.refusal(club, "annul", LATER, {"seq": 99}, officer=TOWN)
    assert (error.exit_code, error.code) == (2, "CLB-RECORD-UNKNOWN")


@pytest.mark.parametrize("role", ["association", "committee", "province"])
def test_a_step_is_taken_back_by_the_role_that_took_it(core: Core, role: str) -> None:
    club = core.bring("approved")
    seq = core.club(club).state_seq
    officer = BY_ROLE[role]
    if role == "committee":
        assert core.take(club, "annul", LATER, {"seq": seq}, officer=officer).state == "proposed"
        return
    error = core.refusal(club, "annul", LATER, {"seq": seq}, officer=officer)
    assert (error.exit_code, codes(error)) == (3, ["CLB-ROLE"])
    assert error.findings[0].expected == "UBND phường"


def test_a_suspension_taken_back_leaves_its_tasks_on_their_old_days(core: Core) -> None:
    club = core.bring("operating")
    before = open_tasks(core, club)
    core.take(club, "suspend", date(2022, 5, 4))
    core.take(club, "annul", LATER, {"seq": core.club(club).state_seq}, officer=COMMITTEE)
    assert open_tasks(core, club) == before


def test_a_resumption_taken_back_can_be_taken_again_with_the_same_tasks(core: Core) -> None:
    club = core.bring("suspended")
    core.take(club, "resume", date(2022, 9, 1))
    before = open_tasks(core, club)
    core.take(club, "annul", LATER, {"seq": core.club(club).state_seq}, officer=COMMITTEE)
    assert open_tasks(core, club) == []
    core.take(club, "resume", date(2022, 9, 1))
    assert open_tasks(core, club) == before


def test_a_meeting_held_before_the_launch_was_annulled_leaves_no_second_task(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "train", date(2022, 3, 20), {"course.kind": "supplementary"})
    annul(core, club)
    kinds = [row[0] for row in open_tasks(core, club)]
    assert kinds == ["launch"]
    assert faults(core) == []
