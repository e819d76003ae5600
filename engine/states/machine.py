"""The state machine, caged: built once from the step table, checked, and fired on a throw-away.

transitions gives the structure and the diagram. Who may act and what must hold is decided before,
by the checks of the stages; the machine only confirms that the move exists.
"""

from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from engine import codes
from engine.errors import ClbError
from engine.model import ENDS, State
from engine.states.stage import SAME, Step


class MachineError(ClbError):
    """The step table contradicts itself, or the machine did not do what the table says."""

    code = codes.MACHINE


class _Token:
    """What the machine moves: nothing but a state."""

    __slots__ = ("state",)

    def __init__(self, state: State) -> None:
        self.state: str = state.value


def _outcome_is(wanted: str, outcome: str | None) -> bool:
    return outcome == wanted


def edges(steps: Iterable[Step]) -> list[tuple[State, str, State, str | None]]:
    """Return every move of the table: from, step, to and the outcome it depends on."""
    return [
        (source, step.name, source if move.to is SAME else move.to, move.when)
        for step in steps
        for move in step.moves
        for source in move.sources
    ]


def check_structure(steps: tuple[Step, ...]) -> None:
    """Refuse a table with an unreachable state, a trap, or a step nobody can take.

    Raises ``MachineError`` naming the first fault.
    """
    for step in steps:
        if not step.roles or not set(step.roles) <= set(step.eligible):
            raise MachineError(f"step {step.name}: no role, or a role that is not eligible")
        if not step.moves:
            raise MachineError(f"step {step.name}: leads nowhere")
    names = [step.name for step in steps]
    if len(set(names)) != len(names):
        raise MachineError("a step stands twice in the table")
    table = edges(steps)
    reached = _closure({State.NONE}, {(a, c) for a, _b, c, _d in table})
    if missing := set(State) - reached:
        raise MachineError(f"states that nothing leads to: {sorted(missing)}")
    ending = _closure(set(ENDS), {(c, a) for a, _b, c, _d in table})
    if traps := set(State) - ending:
        raise MachineError(f"states with no way to an end: {sorted(traps)}")
    for source, name, target, _when in table:
        if source in ENDS and source != target:
            raise MachineError(f"step {name} leaves the end state {source}")


def _closure(start: set[State], pairs: set[tuple[State, State]]) -> set[State]:
    seen = set(start)
    while more := {b for a, b in pairs if a in seen} - seen:
        seen |= more
    return seen


@cache
def build(steps: tuple[Step, ...]) -> Any:
    """Return the one machine of the table. Raises ``MachineError`` when its structure is wrong."""
    from transitions import Machine

    check_structure(steps)
    transitions = [
        {
            "trigger": name,
            "source": source.value,
            "dest": target.value,
            "conditions": [partial(_outcome_is, when)] if when is not None else None,
        }
        for source, name, target, when in edges(steps)
    ]
    return Machine(
        model=None,
        states=[state.value for state in State],
        initial=State.NONE.value,
        transitions=transitions,
        auto_transitions=False,
        ignore_invalid_triggers=False,
        queued=False,
    )


def fire(steps: tuple[Step, ...], step: Step, source: State, outcome: str | None) -> State:
    """Return the state that ``step`` leads to from ``source``.

    Raises ``MachineError`` when the machine refuses or lands elsewhere than the table says: guards
    ran before, so either is a fault of the engine, not of the officer.
    """
    expected = step.destination(source, outcome)
    machine = build(steps)
    token = _Token(source)
    answer = machine.events[step.name].trigger(token, outcome)
    if answer is not True or expected is None or token.state != expected.value:
        raise MachineError(f"{step.name} from {source} ended in {token.state}, expected {expected}")
    return expected
