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

    A step that is open but for who asks comes before one that the club's state does not allow. What
    there is nothing for yet (no record to correct, nobody to erase) is not offered.
    """
    useful = (one for one in situation.offers if _has_a_subject(one.step, situation))
    return tuple(sorted(useful, key=_rank))


def _has_a_subject(step: str, situation: Situation) -> bool:
    """Return whether there is anything that a step could be about."""
    if step == "annul":
        return any(one.undone for one in situation.records)
    if step == "correct":
        return any(one.corrected and situation.is_own(one) for one in situation.records)
    return step != "erase" or bool(situation.names)


def _rank(one: StepOffer) -> int:
    if one.allowed:
        return 0
    return 1 if all(finding.permission for finding in one.obstacles) else 2
