"""Training the board (Ban Chủ nhiệm): initial, supplementary, refresher; support on the spot."""

from collections.abc import Iterator
from datetime import date, timedelta

from engine import codes
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.model import (
    AFTER_DECISION,
    AT_WORK,
    Club,
    Effects,
    Finding,
    Role,
    State,
    TaskKind,
    TaskOpening,
)
from engine.policy.effective import general_citation
from engine.rules.doers import doers
from engine.rules.findings import block, note, warn
from engine.rules.obligations import close, late, next_time, openings, supplementary
from engine.rules.request import StepRequest, reach
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import dmy

INITIAL, SUPPLEMENTARY, REFRESHER = "initial", "supplementary", "refresher"
SUPPORT = "support"
"""Technical support (hỗ trợ kỹ thuật) given to the board where it works; counts as no training."""
TASKS = {
    INITIAL: (TaskKind.TRAINING_INITIAL,),
    SUPPLEMENTARY: (TaskKind.TRAINING_SUPPLEMENTARY, TaskKind.TRAINING_BOARD),
    REFRESHER: (TaskKind.TRAINING_REFRESHER,),
    SUPPORT: (TaskKind.SUPPORT,),
}


def outcome(request: StepRequest) -> str:
    """Return the kind of course; asking without a form is asking about the one that comes next."""
    following = INITIAL if request.club.trained_on is None else SUPPLEMENTARY
    return str(request.field("course.kind") or following)


def taught_until(form: FrozenMap) -> date | None:
    """Return the course's own last day, ``None`` where the form does not give it yet."""
    start, days = reach(form, "course.start"), reach(form, "course.days")
    if not isinstance(start, str) or not isinstance(days, int):
        return None
    return date.fromisoformat(start) + timedelta(days=days - 1)


def last_day(form: FrozenMap, club: Club, today: date) -> date | None:
    """Return the course's last day, or the decision's day if that is later.

    Members of a board may be trained before the decision that names them.
    """
    del today
    end = taught_until(form)
    return max(end, club.decided_on) if end and club.decided_on else end


def once(request: StepRequest) -> Iterator[Finding]:
    """The initial training is given once; a launched club may still owe it."""
    if outcome(request) != INITIAL or request.club.trained_on is None:
        return
    again = request.rules.stated("training.refresher", request.on).status == "value"
    yield block(
        codes.TRAIN_TWICE,
        _("The board had its initial training on {day}.").format(day=dmy(request.club.trained_on)),
        expected=_("one initial training"),
        actual=dmy(request.club.trained_on),
        source=general_citation(),
        who=doers(request, "train", (Role.PROVINCE,)),
        fix=f"--set course.kind={REFRESHER if again else SUPPLEMENTARY}",
    )


def ended_by_then(request: StepRequest) -> Iterator[Finding]:
    """A course is recorded once it is over."""
    end = taught_until(request.form)
    if end is None or end <= request.on:
        return
    yield block(
        codes.TRAIN_DATES,
        _("The course ends on {end}, after {day}.").format(end=dmy(end), day=dmy(request.on)),
        expected=_("not before {day}").format(day=dmy(end)),
        actual=dmy(request.on),
        who=doers(request, "train", (Role.PROVINCE,)),
        fix=_("Check the course's first day, its number of days and the date."),
    )


def long_enough(request: StepRequest) -> Iterator[Finding]:
    """Warn when the initial course is shorter than the province states."""
    days = request.field("course.days")
    if outcome(request) != INITIAL or days is None:
        return
    for key in ("training.course", "training.initial"):
        course = request.rules.stated(key, request.on)
        wanted = course.value.get("days") if course.status == "value" else None
        if wanted is not None:
            break
    if wanted is not None and days < wanted:
        yield warn(
            codes.TRAIN_DAYS,
            _("The course lasted {days} days.").format(days=days),
            expected=_("{days} days").format(days=wanted),
            actual=str(days),
            source=course.source,
            who=doers(request, "train", (Role.PROVINCE,)),
            fix=_("Complete the course, or say why it was shorter."),
        )


def before_decision(request: StepRequest) -> Iterator[Finding]:
    """Note when the course began before the decision, which is allowed."""
    start = request.day("course.start")
    if start and request.club.decided_on and start < request.club.decided_on:
        yield note(
            codes.TRAIN_BEFORE,
            _("The course began on {start}, before the decision of {decided}.").format(
                start=dmy(start), decided=dmy(request.club.decided_on)
            ),
            source=general_citation(),
        )


def in_time(request: StepRequest) -> Iterator[Finding]:
    """Note when the training comes after its due day."""
    for kind in TASKS[outcome(request)]:
        yield from late(request, kind)


def _train(request: StepRequest) -> Effects:
    kind = outcome(request)
    wanted: list[TaskOpening | None] = []
    fields: tuple[tuple[str, date], ...] = ()
    if kind == INITIAL:
        wanted.append(supplementary(request, "training", taught_until(request.form) or request.on))
        fields = (("trained_on", request.on),)
    if kind in (INITIAL, REFRESHER):
        wanted.append(next_time(request, TaskKind.TRAINING_REFRESHER, request.on))
    if kind == SUPPORT:
        wanted.append(next_time(request, TaskKind.SUPPORT, request.on))
    opened, closed = openings(request, wanted, close(request, *TASKS[kind]))
    record = {
        "kind": kind,
        "start": request.field("course.start"),
        "days": request.field("course.days"),
        "attendees": request.field("course.attendees"),
    }
    if form := request.field("course.form"):
        record["form"] = form
    return Effects(
        fields=fields, opened=opened, closed=closed, records=(("training", FrozenMap(record)),)
    )


TRAIN = Step(
    name="train",
    moves=(
        Move((State.APPROVED,), State.TRAINED, when=INITIAL),
        Move((*AT_WORK, State.SUSPENDED), when=INITIAL, record=True),
        Move(AFTER_DECISION, when=SUPPLEMENTARY, record=True),
        Move(AFTER_DECISION, when=REFRESHER, record=True),
        Move(AFTER_DECISION, when=SUPPORT, record=True),
    ),
    roles=(Role.PROVINCE,),
    eligible=(Role.PROVINCE, Role.COMMITTEE, Role.ASSOCIATION, Role.DISTRICT),
    happened_on="date",
    checks=(once, ended_by_then, long_enough, before_decision, in_time),
    work=_train,
    needs=frozenset({"tasks"}),
    outcome=outcome,
    default_on=last_day,
)

STAGE = Stage("training", (TRAIN,))
