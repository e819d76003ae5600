"""The step table as people and other programs see it: rows, JSON and a mermaid diagram.

Made from the table itself, so that no drawing can say anything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.i18n import _
from engine.labels import state_name, step_name
from engine.model import ENDS, Role, State
from engine.states import STAGES
from engine.states.stage import SAME, Move, Step


@dataclass(frozen=True, slots=True)
class Row:
    """One move of one step. ``to`` is ``None`` where the state stays as it is."""

    stage: str
    step: Step
    move: Move

    @property
    def when(self) -> str | None:
        """Return the outcome the move depends on, unless it only repeats where it leads."""
        return None if self.move.when in (None, self.move.to) else self.move.when


def rows() -> tuple[Row, ...]:
    """Return every move, in the order of the stages."""
    return tuple(
        Row(stage.name, step, move)
        for stage in STAGES
        for step in stage.steps
        for move in step.moves
    )


def roles_text(step: Step) -> str:
    """Return who may take a step: ``*`` marks the roles where no policy says otherwise."""
    others = [role for role in step.eligible if role not in step.roles]
    marked = [f"{role.value}*" if others else role.value for role in step.roles]
    return ", ".join([*marked, *(role.value for role in others)])


def machine() -> dict[str, Any]:
    """Return states and steps as plain values."""
    return {
        "states": [{"id": one.value, "name": state_name(one), "end": one in ENDS} for one in State],
        "steps": [
            {
                "step": step.name,
                "name": step_name(step.name),
                "stage": stage.name,
                "module": f"engine.states.{stage.name}",
                "roles": [role.value for role in step.roles],
                "eligible": [role.value for role in step.eligible],
                "happened_on": step.happened_on,
                "record": step.is_record,
                "moves": [_move(move) for move in step.moves],
            }
            for stage in STAGES
            for step in stage.steps
        ],
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "from": [source.value for source in move.sources],
        "to": None if move.to is SAME else move.to.value,
        "when": move.when,
        "record": move.record,
    }


def mermaid() -> Iterator[str]:
    """Yield a mermaid state diagram line by line; records are named in a comment."""
    yield "stateDiagram-v2"
    for one in State:
        if one is not State.NONE:
            yield f"    {one.value} : {one.value} - {state_name(one)}"
    for (source, target), labels in _edges().items():
        start = "[*]" if source is State.NONE else source.value
        yield f"    {start} --> {target.value} : {', '.join(labels)}"
    for one in ENDS:
        yield f"    {one.value} --> [*]"
    records = [row.step.name for row in rows() if row.step.is_record]
    yield "    %% " + _("records, the state stays: {names}").format(names=", ".join(records))


def _edges() -> dict[tuple[State, State], list[str]]:
    """Return the steps between each two states, without what is only written down."""
    found: dict[tuple[State, State], list[str]] = {}
    for row in rows():
        if row.move.record:
            continue
        label = row.step.name + (f" ({row.when})" if row.when else "")
        for source in row.move.sources:
            target = source if row.move.to is SAME else row.move.to
            found.setdefault((source, target), []).append(label)
    return found


def role_ids() -> tuple[str, ...]:
    """Return the ids of every role a step names, in the order of the model."""
    named = {role for row in rows() for role in row.step.eligible}
    return tuple(role.value for role in Role if role in named)
