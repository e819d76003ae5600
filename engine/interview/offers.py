"""Which steps are open for a club, and of the others why they are not."""

from collections.abc import Iterable, Mapping, Sequence

from engine import codes
from engine.interview.situation import Situation, StepOffer
from engine.labels import step_name
from engine.model import Finding, Officer, Role, State
from engine.rules.own import is_own

CLOSED = 2
"""The rank of a step that the club's state does not allow."""


def offer(
    step: str,
    findings: Iterable[Finding],
    roles: Sequence[Role],
    officers: Sequence[Officer],
    command: str | None = None,
    label: str | None = None,
) -> StepOffer:
    """Return a step as it is offered; ``label`` is what people call one of the province's own."""
    return StepOffer(
        step, label or step_name(step), tuple(findings), tuple(roles), tuple(officers), command
    )


def offers(situation: Situation) -> tuple[StepOffer, ...]:
    """Return the steps of a club: those open to who asks first, then those of others, then closed.

    A step that is open but for who asks comes before one that the club's state does not allow. What
    there is nothing for yet (no record to correct, nobody to erase) is not offered.
    """
    useful = (one for one in situation.offers if _has_a_subject(one.step, situation))
    return tuple(sorted(useful, key=_rank))


FOUNDING = ("propose", "approve", "train", "launch")
"""The steps that lead a club from its dossier to its launch, in their order."""


_AT_WORK = ("supervise", "review", "meeting", "fund", "lend", "repay", "correct")
USUAL: Mapping[State, tuple[str, ...]] = {
    State.PREPARING: ("propose", "set_board", "correct"),
    State.RETURNED: ("propose", "set_board", "correct"),
    State.PROPOSED: ("approve", "return", "correct"),
    State.APPROVED: ("train", "launch", "fund", "correct"),
    State.TRAINED: ("launch", "fund", "correct"),
    State.LAUNCHED: _AT_WORK,
    State.OPERATING: _AT_WORK,
    State.CONSOLIDATING: ("consolidate", *_AT_WORK),
    State.SUSPENDED: ("resume", "fund", "correct"),
}
"""What is usually done with a club in each state, the likeliest first."""


def usual(situation: Situation) -> tuple[StepOffer, ...]:
    """Return the steps that are usually taken in the club's state, the next one first.

    The province's own steps are among them: its documents ask for them.
    """
    first, order = next_step(situation), USUAL.get(situation.club.state, ("correct",))
    places = {step: place for place, step in enumerate(order)}
    found = [
        one
        for one in offers(situation)
        if _rank(one) < CLOSED and (one == first or one.step in places or is_own(one.step))
    ]
    return tuple(sorted(found, key=lambda one: (one != first, places.get(one.step, len(places)))))


def next_step(situation: Situation) -> StepOffer | None:
    """Return the step that comes next on the way to the launch, whoever takes it.

    A step that waits for one of the province's own gives way to that one. ``None`` after the
    launch: then what falls due comes next.
    """
    wanted: tuple[str, ...] = FOUNDING
    if situation.club.state in (State.PREPARING, State.RETURNED) and not situation.board:
        wanted = ("set_board",)
    open_ = {one.step: one for one in situation.offers if _rank(one) < CLOSED}
    if situation.club.trained_on is not None:
        open_.pop("train", None)
    found = next((open_[step] for step in wanted if step in open_), None)
    if found is None:
        return None
    waits = [one.fix or "" for one in found.findings if one.code == codes.OWN_STEP]
    first = (open_[step] for step in open_ if any(fix.endswith(f" {step}") for fix in waits))
    return next(first, found)


def _has_a_subject(step: str, situation: Situation) -> bool:
    """Return whether there is anything that a step could be about."""
    if step == "annul":
        return any(one.undone for one in situation.records)
    if step == "correct":
        return any(one.corrected for one in situation.records)
    return step != "erase" or bool(situation.names)


def _rank(one: StepOffer) -> int:
    if one.allowed:
        return 0
    return 1 if all(finding.permission for finding in one.obstacles) else CLOSED
