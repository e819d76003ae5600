"""The cage around the machine: a table that contradicts itself is refused, and so is an answer
that is not what the table says.
"""

from dataclasses import replace
from typing import Any

import pytest
from transitions.core import Condition

from engine.model import ENDS, Effects, Role, State
from engine.rules.request import StepRequest
from engine.states import STEPS, machine
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


def test_a_step_that_stands_twice_in_the_table_is_refused() -> None:
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


def test_the_machine_cannot_be_told_to_go_to_a_state_directly() -> None:
    assert not [name for name in machine.build(STEPS).events if name.startswith("to_")]


def test_firing_where_the_step_does_not_start_is_an_error_of_the_machine() -> None:
    from transitions import MachineError as Invalid

    launch = next(one for one in STEPS if one.name == "launch")
    with pytest.raises(Invalid):
        machine.fire(STEPS, launch, State.PREPARING, None)


def test_firing_with_a_conclusion_the_table_does_not_know_is_refused() -> None:
    review = next(one for one in STEPS if one.name == "review")
    with pytest.raises(MachineError):
        machine.fire(STEPS, review, State.OPERATING, "undecided")


def test_an_answer_that_is_not_true_is_refused_though_the_state_is_the_expected_one() -> None:
    review = next(one for one in STEPS if one.name == "review")
    table = (*STEPS, step("extra", Move((State.OPERATING,))))
    assert machine.fire(table, review, State.OPERATING, "pass") is State.OPERATING
    built = machine.build(table)
    for one in built.events["review"].transitions["operating"]:
        one.conditions.append(Condition(lambda outcome: False))
    with pytest.raises(MachineError, match="review from operating"):
        machine.fire(table, review, State.OPERATING, "pass")


def test_a_machine_that_lands_elsewhere_than_the_table_says_is_refused() -> None:
    suspend = next(one for one in STEPS if one.name == "suspend")
    table = (*STEPS, step("other", Move((State.OPERATING,))))
    for one in machine.build(table).events["suspend"].transitions["operating"]:
        one.dest = "consolidating"
    with pytest.raises(MachineError, match="suspend from operating ended in consolidating"):
        machine.fire(table, suspend, State.OPERATING, None)


def test_the_machine_is_built_once_and_moves_nothing_but_its_own_token() -> None:
    launch = next(one for one in STEPS if one.name == "launch")
    assert machine.build(STEPS) is machine.build(STEPS)
    for _again in range(2):
        assert machine.fire(STEPS, launch, State.TRAINED, None) is State.LAUNCHED
