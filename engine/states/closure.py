"""Suspending, resuming and dissolving a club: always a decision of the commune (UBND xã)."""

from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.labels import role_name
from engine.model import (
    AFTER_DECISION,
    AT_WORK,
    Effects,
    Finding,
    Role,
    State,
    Task,
    TaskOpening,
    TaskOutcome,
)
from engine.policy.effective import general_citation
from engine.rules import decisions
from engine.rules.findings import warn
from engine.rules.obligations import PERIODIC, close_all, next_time
from engine.rules.request import StepRequest
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import dong


def before(request: StepRequest) -> str:
    """Return the state the club was suspended from."""
    return str(request.club.suspended_from or State.OPERATING)


def money_left(request: StepRequest) -> Iterator[Finding]:
    """Warn when the ledger still shows money that the dissolution must dispose of."""
    left = sum(entry.delta for entry in request.ledger)
    if left:
        yield warn(
            codes.DISSOLVE_BALANCE,
            _("The club's funds still hold {left}.").format(left=dong(left)),
            expected=_("nothing left, or a plan that says where it goes"),
            actual=dong(left),
            source=general_citation(),
            who=role_name(Role.COMMITTEE),
            fix=_("Record where the money went, or name the plan in fund_disposal."),
        )


def _suspend(request: StepRequest) -> Effects:
    return Effects(
        fields=(("suspended_from", request.club.state),),
        closed=close_all(request, TaskOutcome.SUSPENDED),
    )


def _again(request: StepRequest, task: Task) -> TaskOpening | None:
    if task.kind in PERIODIC:
        return next_time(request, task.kind, request.on)
    due = task.due_on and max(task.due_on, request.on)
    return TaskOpening(task.kind, due, task.role, task.source)


def _resume(request: StepRequest) -> Effects:
    waiting = (task for task in request.paused if request.open_task(task.kind) is None)
    opened = (_again(request, task) for task in waiting)
    return Effects(
        fields=(("suspended_from", None),),
        opened=tuple(opening for opening in opened if opening is not None),
    )


def _dissolve(request: StepRequest) -> Effects:
    return Effects(fields=(("ended_on", request.on),), closed=close_all(request, TaskOutcome.ENDED))


SUSPEND = Step(
    name="suspend",
    moves=(Move(AT_WORK, State.SUSPENDED),),
    roles=(Role.COMMITTEE,),
    eligible=(Role.COMMITTEE,),
    happened_on="decision.date",
    checks=(decisions.number_once,),
    work=_suspend,
    needs=frozenset({"tasks", "decisions"}),
)
RESUME = Step(
    name="resume",
    moves=tuple(Move((State.SUSPENDED,), state, when=state.value) for state in AT_WORK),
    roles=(Role.COMMITTEE,),
    eligible=(Role.COMMITTEE,),
    happened_on="decision.date",
    checks=(decisions.number_once,),
    work=_resume,
    needs=frozenset({"tasks", "decisions"}),
    outcome=before,
)
DISSOLVE = Step(
    name="dissolve",
    moves=(Move(AFTER_DECISION, State.DISSOLVED),),
    roles=(Role.COMMITTEE,),
    eligible=(Role.COMMITTEE,),
    happened_on="decision.date",
    checks=(money_left, decisions.number_once),
    work=_dissolve,
    needs=frozenset({"tasks", "ledger", "decisions"}),
)

STAGE = Stage("closure", (SUSPEND, RESUME, DISSOLVE))
