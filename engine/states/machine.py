"""The state machine: it alone decides which state a step leads to.

It is built once from the step table, after the table's structure was checked, and fired on a token
that is thrown away. ``check``, a dry run and ``advance`` all ask it. Who may act and what must hold
is decided by the checks of the stages; the machine has no guards but the step's outcome.
"""

from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from engine import codes
from engine.errors import ClbError
from engine.model import ENDS, State
from engine.states.stage import Step


class MachineError(ClbError):
    """The step table contradicts itself, or a step that was allowed leads nowhere."""

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
        (source, step.name, move.leads(source), move.when)
        for step in steps
        for move in step.moves
        for source in move.sources
    ]


def check_structure(steps: tuple[Step, ...]) -> None:
    """Refuse a table with an unreachable state, a trap, two answers, or a step nobody can take.

    Raises ``MachineError`` naming the first fault.
    """
    for step in steps:
        if not step.roles or not set(step.roles) <= set(step.eligible):
            raise MachineError(f"step {step.name}: no role, or a role that is not eligible")
        if not step.moves:
            raise MachineError(f"step {step.name}: leads nowhere")
    names = [step.name for step in steps]
    if len(set(names)) != len(names):
        raise MachineError("a step is twice in the table")
    table = edges(steps)
    reached = _closure({State.NONE}, {(a, c) for a, _b, c, _d in table})
    if missing := set(State) - reached:
        raise MachineError(f"states that nothing leads to: {sorted(missing)}")
    outcomes: dict[tuple[State, str], list[str | None]] = {}
    for source, name, _target, when in table:
        known = outcomes.setdefault((source, name), [])
        if when in known or (known and None in (when, *known)):
            raise MachineError(f"step {name}: two moves from {source} with one outcome")
        known.append(when)
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


@cache
def destination(
    steps: tuple[Step, ...], step: Step, source: State, outcome: str | None
) -> State | None:
    """Return the state that ``step`` leads to from ``source``, ``None`` if it has no such move.

    ``outcome`` is what the step concluded, for those that lead to different states. The machine is
    fired on a token of its own, so nothing else is moved. Raises ``MachineError`` when its answer
    is neither yes nor no.
    """
    from transitions import MachineError as InvalidTrigger

    if step not in steps:  # a province's own, which only writes down
        return source if source in step.sources else None
    token = _Token(source)
    try:
        moved = build(steps).events[step.name].trigger(token, outcome)
    except InvalidTrigger:
        return None
    if moved is False:
        return None
    if moved is not True:
        raise MachineError(f"{step.name} from {source}: the machine answered {moved!r}")
    return State(token.state)
