"""The machine decides where a step leads; a table that contradicts itself is refused."""

from dataclasses import replace
from typing import Any

import pytest
from transitions.core import Condition

from engine.model import ENDS, Effects, Role, State
from engine.rules.request import StepRequest
from engine.states import STEPS, is_life, machine
from engine.states.machine import MachineError
from engine.states.stage import Move, Step


def nothing(request: StepRequest) -> Effects:
    del request
    return Effects()


def step(name: str, *moves: Move, roles: tuple[Role, ...] = (Role.COMMITTEE,)) -> Step:
    return Step(name, moves, roles, roles, "date", (), nothing)


def changed(name: str, **parts: Any) -> tuple[Step, ...]:
    """Return the engine's table with one step altered."""
    return tuple(replace(one, **parts) if one.name == name else one for one in STEPS)


def without(*names: str) -> tuple[Step, ...]:
    return tuple(one for one in STEPS if one.name not in names)


def test_the_engines_own_table_has_no_fault() -> None:
    machine.check_structure(STEPS)


def test_a_state_that_nothing_leads_to_is_refused() -> None:
    with pytest.raises(MachineError, match=r"nothing leads to.*returned"):
        machine.check_structure(without("return"))


def test_a_state_reachable_only_from_itself_is_not_reached() -> None:
    circling = step("return", Move((State.RETURNED,), State.RETURNED))
    with pytest.raises(MachineError, match=r"nothing leads to.*returned"):
        machine.check_structure((*without("return"), circling))


def test_a_state_with_no_way_out_is_a_trap() -> None:
    moves = (Move((State.LAUNCHED, State.OPERATING), State.DISSOLVED),)
    with pytest.raises(MachineError, match=r"no way to an end.*suspended"):
        machine.check_structure(
            tuple(
                replace(one, moves=moves) if one.name == "dissolve" else one
                for one in without("resume")
            )
        )


def test_states_that_only_lead_to_each_other_are_a_trap() -> None:
    moves = (Move((State.APPROVED, State.TRAINED), State.DISSOLVED),)
    with pytest.raises(MachineError, match=r"no way to an end.*operating"):
        machine.check_structure(changed("dissolve", moves=moves))


@pytest.mark.parametrize("end", ENDS)
def test_a_step_that_leaves_an_end_is_refused(end: State) -> None:
    revive = step("revive", Move((end,), State.PREPARING))
    with pytest.raises(MachineError, match="revive leaves the end state"):
        machine.check_structure((*STEPS, revive))


def test_a_step_that_nobody_may_take_is_refused() -> None:
    with pytest.raises(MachineError, match="launch: no role"):
        machine.check_structure(changed("launch", roles=()))


def test_a_step_given_to_a_role_that_is_not_eligible_is_refused() -> None:
    with pytest.raises(MachineError, match="approve: no role, or a role that is not eligible"):
        machine.check_structure(changed("approve", roles=(Role.ASSOCIATION,)))


def test_a_step_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(MachineError, match="meeting: leads nowhere"):
        machine.check_structure(changed("meeting", moves=()))


def test_a_step_that_is_twice_in_the_table_is_refused() -> None:
    with pytest.raises(MachineError, match="twice"):
        machine.check_structure((*STEPS, STEPS[0]))


def test_a_faulty_table_is_never_built() -> None:
    with pytest.raises(MachineError):
        machine.build(without("return"))


def test_the_machine_has_no_transition_that_the_table_does_not_have() -> None:
    built = machine.build(STEPS)
    transitions = {
        (one.source, name, one.dest)
        for name, event in built.events.items()
        for group in event.transitions.values()
        for one in group
    }
    assert transitions == {(a.value, name, c.value) for a, name, c, _when in machine.edges(STEPS)}


def test_the_machine_cannot_be_sent_to_a_state_directly() -> None:
    assert not [name for name in machine.build(STEPS).events if name.startswith("to_")]


def named(name: str) -> Step:
    return next(one for one in STEPS if one.name == name)


def table_of(extra: Step) -> tuple[Step, ...]:
    """Return a table of this test's own, so that what is done to its machine stays there."""
    return (*STEPS, extra)


def test_the_machine_leads_where_the_table_does_from_every_state_with_every_outcome() -> None:
    table = {(a, name, when): c for a, name, c, when in machine.edges(STEPS)}
    outcomes = {when for _a, _name, when in table}
    for one in STEPS:
        for source in State:
            for outcome in outcomes:
                expected = table.get((source, one.name, outcome)) or table.get(
                    (source, one.name, None)
                )
                assert machine.destination(STEPS, one, source, outcome) is expected


def test_a_step_from_a_state_it_does_not_start_from_leads_nowhere() -> None:
    assert machine.destination(STEPS, named("launch"), State.PREPARING, None) is None


def test_a_conclusion_the_table_does_not_know_leads_nowhere() -> None:
    assert machine.destination(STEPS, named("review"), State.OPERATING, "undecided") is None


def test_a_step_whose_every_condition_is_false_leads_nowhere() -> None:
    review, table = named("review"), table_of(step("extra", Move((State.OPERATING,))))
    for one in machine.build(table).events["review"].transitions["operating"]:
        one.conditions.append(Condition(lambda outcome: False))
    assert machine.destination(table, review, State.OPERATING, "pass") is None


def test_the_machine_decides_and_not_the_table_it_was_built_from() -> None:
    suspend, table = named("suspend"), table_of(step("other", Move((State.OPERATING,))))
    for one in machine.build(table).events["suspend"].transitions["operating"]:
        one.dest = "consolidating"
    assert machine.destination(table, suspend, State.OPERATING, None) is State.CONSOLIDATING


def test_an_answer_that_is_neither_yes_nor_no_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    suspend, table = named("suspend"), table_of(step("third", Move((State.OPERATING,))))
    monkeypatch.setattr(
        machine.build(table).events["suspend"], "trigger", lambda token, outcome: None
    )
    with pytest.raises(MachineError, match="suspend from operating"):
        machine.destination(table, suspend, State.OPERATING, None)


def test_two_moves_from_one_state_with_one_outcome_are_refused() -> None:
    moves = (*named("suspend").moves, Move((State.OPERATING,), State.DISSOLVED, when="pass"))
    with pytest.raises(MachineError, match="suspend: two moves from operating"):
        machine.check_structure(changed("suspend", moves=moves))


def test_the_machine_is_built_once_and_moves_nothing_but_its_own_token() -> None:
    assert machine.build(STEPS) is machine.build(STEPS)
    for _again in range(2):
        machine.destination.cache_clear()
        assert machine.destination(STEPS, named("launch"), State.TRAINED, None) is State.LAUNCHED


@pytest.mark.parametrize("one", STEPS, ids=lambda one: one.name)
def test_a_step_of_life_is_known_from_a_record_by_where_it_leads(one: Step) -> None:
    for move in one.moves:
        for source in move.sources:
            assert is_life(one.name, source, move.leads(source)) is not move.record


def test_a_step_of_an_older_table_is_of_the_clubs_life_where_it_changed_the_state() -> None:
    assert is_life("merge", State.OPERATING, State.SUSPENDED)
    assert not is_life("merge", State.OPERATING, State.OPERATING)
