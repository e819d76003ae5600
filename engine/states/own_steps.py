"""Steps of a province's own (bước riêng của tỉnh): records that come before a step of the life.

Every name that begins with ``own_`` is such a step; which of them a province has, from when to
when, by whom and before which step, its policy states (``step.own_...``).
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

from engine import codes
from engine.i18n import _
from engine.labels import role_names
from engine.model import BEFORE_DECISION, LIVING, Effects, Finding, Role, State
from engine.policy.effective import Rules
from engine.rules import own
from engine.rules.findings import block
from engine.rules.request import StepRequest
from engine.states.stage import Move, Step
from engine.vietnamese.text import dmy

ROLES = (Role.ASSOCIATION, Role.COMMITTEE, Role.PROVINCE)


def asked_for(request: StepRequest) -> Iterator[Finding]:
    """The province's documents must ask for the step on its day."""
    if own.own_step(request.rules, request.step, request.on) is not None:
        return
    yield block(
        codes.OWN_STEP_UNASKED,
        _("No document of {province} in force on {day} asks for “{step}”.").format(
            province=request.rules.policy.name,
            day=dmy(request.on),
            step=own.called(request.rules, request.step),
        ),
        who=role_names(ROLES, city=request.rules.city),
        fix=_("Check the day, and the province's own steps: {command}.").format(
            command=f"clb lifecycle show --province {request.rules.policy.province_id}"
        ),
    )


def _nothing(request: StepRequest) -> Effects:
    del request
    return Effects()


@cache
def step(name: str) -> Step | None:
    """Return the step of a province's own of that name, ``None`` for a name that is none's."""
    if not own.is_own(name):
        return None
    return Step(
        name=name,
        moves=(Move(LIVING, record=True),),
        roles=ROLES,
        eligible=(*ROLES, Role.DISTRICT),
        happened_on="date",
        checks=(asked_for,),
        work=_nothing,
    )


def ahead(rules: Rules, state: State, on: date) -> list[Step]:
    """Return the own steps of a day that a club in that state may still have before it."""
    from engine.states import step as find_step

    found = []
    for one in own.steps(rules, on):
        sources = find_step(one.before).sources
        early = state in BEFORE_DECISION and set(sources) <= set(BEFORE_DECISION)
        made = step(one.name)
        if made is not None and (state in sources or early):
            found.append(made)
    return found
