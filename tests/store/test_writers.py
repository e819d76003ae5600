"""Several programs at once: nobody is turned away, and one step is taken by one of them."""

import subprocess

import pytest
from support.core import ASSOCIATION, COMMITTEE, PROVINCES, SECOND_COMMITTEE, Core, codes
from support.databases import address
from support.faults import chain_faults, table_faults
from support.step_forms import form
from support.worker import go, ready, start

from engine.errors import ConflictError, RefusedError
from engine.lifecycle.registry import open_registry

WRITERS, STEPS = 4, 25
DECIDED = form("approve", None, {"decision.date": "2021-09-01"})


def finish(process: "subprocess.Popen[str]") -> list[str]:
    printed, failed = process.communicate(timeout=90)
    assert failed == ""
    assert process.returncode == 0
    return printed.split("\n")[:-1]


def test_four_programs_on_four_clubs_take_all_their_steps(core: Core) -> None:
    shared = address(core.store)
    clubs = [core.bring("operating", members=False) for _each in range(WRITERS)]
    running = [start("meet", shared, [club]) for club in clubs]
    for process in running:
        ready(process)
    for process in running:
        go(process)
    assert [finish(process) for process in running] == [["done"] * STEPS] * WRITERS
    for club in clubs:
        met = [one for one in core.events(club) if one.step == "meeting"]
        assert len(met) == STEPS
    assert chain_faults(core.store) == []
    assert table_faults(core.store) == []


def test_two_programs_on_the_same_steps_take_each_of_them_once(core: Core) -> None:
    shared = address(core.store)
    clubs = [core.bring("proposed") for _each in range(8)]
    running = [start("approve", shared, clubs) for _each in range(2)]
    for process in running:
        ready(process)
    for process in running:
        go(process)
    first, second = (finish(process) for process in running)
    for one, other in zip(first, second, strict=True):
        assert sorted((one, other)) == ["ConflictError 4", "done"]
    for club in clubs:
        assert [one.step for one in core.events(club)].count("approve") == 1
    assert chain_faults(core.store) == []
    assert table_faults(core.store) == []


def test_what_is_stopped_as_a_transaction_begins_is_undone_by_closing(core: Core) -> None:
    """Ctrl-C can come when the transaction is open and its block is not entered yet."""
    shared = address(core.store)
    club = core.bring("operating", members=False)
    before = table_faults(core.store), core.events(club)
    core.store.database.atomic().__enter__()
    core.store.run("UPDATE club SET name = 'x'")
    core.store.close()
    again = open_registry(shared)
    with again.store.write():
        assert again.store.rows("SELECT count(*) FROM club WHERE name = 'x'") == [(0,)]
    again.store.close()
    assert (table_faults(core.store), core.events(club)) == before


def test_the_second_of_two_officers_hears_of_the_conflict(core: Core) -> None:
    club = core.bring("proposed")
    seen = core.club(club)
    other = open_registry(address(core.store), provinces=PROVINCES, clock=core.clock)
    other.lifecycle.advance(club, "approve", DECIDED, officer=COMMITTEE, expected=seen)
    with pytest.raises(ConflictError) as caught:
        core.life.advance(club, "approve", DECIDED, officer=SECOND_COMMITTEE, expected=seen)
    assert caught.value.exit_code == 4
    assert [one.step for one in core.events(club)].count("approve") == 1
    other.store.close()


def test_a_supervision_seen_before_another_one_is_a_conflict_though_the_state_is_the_same(
    core: Core,
) -> None:
    club = core.bring("operating")
    seen = core.club(club)
    core.take(club, "supervise", core.clock.day, {"borrowers": 41})
    with pytest.raises(ConflictError):
        core.take(club, "supervise", core.clock.day, expected=seen)


def test_a_record_of_somebody_else_is_no_conflict_for_a_step(core: Core) -> None:
    club = core.bring("trained")
    seen = core.club(club)
    core.take(club, "meeting", core.clock.day)
    assert core.take(club, "launch", core.clock.day, expected=seen).state == "launched"


def test_who_looks_after_the_step_was_taken_meets_the_new_state(core: Core) -> None:
    club = core.bring("proposed")
    core.life.advance(club, "approve", DECIDED, officer=COMMITTEE)
    with pytest.raises(RefusedError) as caught:
        core.life.advance(club, "approve", DECIDED, officer=SECOND_COMMITTEE)
    assert codes(caught.value) == ["CLB-STATE"]


def test_a_batch_that_fails_halfway_keeps_nothing_until_its_caller_commits(core: Core) -> None:
    club = core.bring("trained")
    with pytest.raises(RefusedError):
        launch_twice(core, club)
    assert core.club(club).state == "trained"
    assert table_faults(core.store) == []


def launch_twice(core: Core, club: str) -> None:
    launched = form("launch", core.clock.day)
    with core.store.write():
        for _twice in range(2):
            core.life.advance_within(club, "launch", launched, officer=ASSOCIATION)


def test_a_row_of_a_batch_that_fails_takes_back_only_itself(core: Core) -> None:
    club = core.bring("trained")
    with core.store.write():
        launched = form("launch", core.clock.day)
        core.life.advance_within(club, "launch", launched, officer=ASSOCIATION)
        with pytest.raises(RefusedError), core.store.savepoint():
            core.life.advance_within(club, "launch", launched, officer=ASSOCIATION)
    assert core.club(club).state == "launched"
    assert table_faults(core.store) == []
