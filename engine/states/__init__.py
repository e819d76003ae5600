"""The life of a club, stage by stage: reading this folder is reading the procedure.

The step table is here once; the machine, the documentation and the tests are made from it.
"""

from functools import cache

from engine.errors import UnknownError
from engine.i18n import _
from engine.model import State
from engine.states import (
    approval,
    book,
    closure,
    launch,
    own_steps,
    proposal,
    records,
    review,
    supervision,
    training,
)
from engine.states.stage import Stage, Step

STAGES: tuple[Stage, ...] = (
    proposal.STAGE,
    approval.STAGE,
    training.STAGE,
    launch.STAGE,
    supervision.STAGE,
    review.STAGE,
    closure.STAGE,
    book.STAGE,
    records.STAGE,
)
STEPS: tuple[Step, ...] = tuple(step for stage in STAGES for step in stage.steps)
OPENING: Step = next(step for step in STEPS if step.founds)
_BY_NAME = {step.name: step for step in STEPS}


def step(name: str) -> Step:
    """Return the step of that name; every name that begins with ``own_`` is a step.

    Whether a province has that one is its policy's, which the step's checks ask.

    Raises ``UnknownError`` naming the nearest ones.
    """
    found = _BY_NAME.get(name) or own_steps.step(name)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(name, _BY_NAME, n=3)
        raise UnknownError(
            _("There is no step “{name}”.").format(name=name),
            help=_("Did you mean: {names}?").format(names=", ".join(near))
            if near
            else _("The steps are: {names}.").format(names=", ".join(_BY_NAME)),
        )
    return found


@cache
def is_life(name: str, source: State, to: State | None) -> bool:
    """Return whether a step that led from ``source`` to ``to`` is a step of the club's life.

    Records, corrections and annulments are not. A step that only an older table had is one where
    it changed the state.
    """
    found = _BY_NAME.get(name)
    return source != to if found is None else not found.records(source, to)
