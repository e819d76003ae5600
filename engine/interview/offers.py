"""Which steps are open for a club, and of the others why they are not."""

from collections.abc import Iterable, Sequence

from engine.interview.situation import Situation, StepOffer
from engine.labels import step_name
from engine.model import Finding, Officer, Role


def offer(
    step: str,
    findings: Iterable[Finding],
    roles: Sequence[Role],
    officers: Sequence[Officer],
    command: str | None = None,
) -> StepOffer:
    """Return a step as it is offered."""
    return StepOffer(step, step_name(step), tuple(findings), tuple(roles), tuple(officers), command)


def offers(situation: Situation) -> tuple[StepOffer, ...]:
    """Return the steps of a club: those open to who asks first, then those of others, then closed.

    A step that is open but for who asks comes before one that the club's state does not allow.
    """
    return tuple(sorted(situation.offers, key=_rank))


def _rank(one: StepOffer) -> int:
    if one.allowed:
        return 0
    return 1 if all(finding.permission for finding in one.obstacles) else 2
