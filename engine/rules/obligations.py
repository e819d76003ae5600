"""What falls due: the tasks an event opens and closes, with their day and article."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from engine import codes
from engine.i18n import _
from engine.model import (
    Finding,
    Role,
    Task,
    TaskClosing,
    TaskKind,
    TaskOpening,
    TaskOutcome,
)
from engine.rules.calendar import add_months
from engine.rules.doers import doer
from engine.rules.findings import note
from engine.rules.ground import KEYS, ended_words, grounds
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.rules.request import StepRequest

PERIODIC = {
    TaskKind.SUPERVISION: (KEYS[TaskKind.SUPERVISION], "supervise", Role.PROVINCE),
    TaskKind.REVIEW: (KEYS[TaskKind.REVIEW], "review", Role.PROVINCE),
    TaskKind.MEETING: (KEYS[TaskKind.MEETING], "meeting", Role.ASSOCIATION),
    TaskKind.SUPPORT: (KEYS[TaskKind.SUPPORT], "train", Role.PROVINCE),
    TaskKind.TRAINING_REFRESHER: (KEYS[TaskKind.TRAINING_REFRESHER], "train", Role.PROVINCE),
}
"""What comes back: the policy key of its interval, the step that does it, by default by whom."""
STEPS = {
    **{kind: step for kind, (_key, step, _role) in PERIODIC.items()},
    TaskKind.TRAINING_INITIAL: "train",
    TaskKind.TRAINING_SUPPLEMENTARY: "train",
    TaskKind.TRAINING_BOARD: "train",
    TaskKind.LAUNCH: "launch",
}
"""The step by which a club's task is done. What only a province owes has none."""


def next_time(request: "StepRequest", kind: TaskKind, after: date) -> TaskOpening | None:
    """Return the next task of a periodic kind, ``None`` where nothing asks for one.

    The interval counts in calendar months from ``after``. What a document asks for is over with
    its period: a day after it is the general procedure's, or nobody's. So is who does it then.
    """
    key, step, default = PERIODIC[kind]
    rule = request.rules.rule(key, request.on)
    if rule is None:
        return None
    months = rule.value if isinstance(rule.value, int) else rule.value["months"]
    due_on = add_months(after, months)
    then = request.rules.rule(key, due_on)
    if then is None:
        return None
    source = None if then.source is None else rule.article
    return TaskOpening(kind, due_on, doer(request, step, default, due_on), source)


def owed(request: "StepRequest", kind: TaskKind, key: str, default: Role) -> TaskOpening | None:
    """Return a task without a day, owed because the policy states ``key``."""
    stated = request.rules.stated(key, request.on)
    if stated.status != "value":
        return None
    return TaskOpening(kind, None, doer(request, "train", default), stated.article)


def supplementary(request: "StepRequest", start: str, day: date) -> TaskOpening | None:
    """Return the supplementary training that counts from ``start`` (training, decision, launch).

    ``None`` where it would fall due after the document that asks for it has ended.
    """
    stated = request.rules.stated("training.supplementary", request.on)
    if stated.status != "value" or stated.value["start"] != start:
        return None
    due_on = add_months(day, stated.value["months"])
    if request.rules.stated("training.supplementary", due_on).status != "value":
        return None
    return TaskOpening(
        TaskKind.TRAINING_SUPPLEMENTARY,
        due_on,
        doer(request, "train", Role.PROVINCE, due_on),
        stated.article,
    )


def close(request: "StepRequest", *kinds: TaskKind) -> tuple[TaskClosing, ...]:
    """Close the open tasks of those kinds as done, with the days they were late."""
    return tuple(
        TaskClosing(task.kind, TaskOutcome.DONE, days_late(task, request.on))
        for task in request.tasks
        if task.kind in kinds
    )


def close_all(request: "StepRequest", outcome: TaskOutcome) -> tuple[TaskClosing, ...]:
    """Close every open task of the club."""
    return tuple(TaskClosing(task.kind, outcome) for task in request.tasks)


def days_late(task: Task, on: date) -> int:
    """Return how many days after its due day a task was done; 0 in time or without a day."""
    return 0 if task.due_on is None else max(0, (on - task.due_on).days)


def openings(
    request: "StepRequest",
    wanted: Iterable[TaskOpening | None],
    closing: Iterable[TaskClosing] = (),
) -> tuple[tuple[TaskOpening, ...], tuple[TaskClosing, ...]]:
    """Return what to open and what to close so that a club has one open task of each kind."""
    opened = tuple(opening for opening in wanted if opening is not None)
    closed = tuple(closing)
    gone = {task.kind for task in closed}
    replaced = tuple(
        TaskClosing(opening.kind, TaskOutcome.REPLACED)
        for opening in opened
        if opening.kind not in gone and request.open_task(opening.kind) is not None
    )
    return opened, closed + replaced


def late(request: "StepRequest", kind: TaskKind) -> Iterator[Finding]:
    """Note by how many days the step comes after its due day."""
    task = request.open_task(kind)
    if task is None or request.asking:
        return
    ground = grounds(request.rules, kind, task.source, request.on).of(task.due_on)
    if ground is not None and (days := days_late(task, request.on)):
        assert task.due_on is not None
        mark = f" ({ended_words(ground.ended)})" if ground.ended else ""
        yield note(
            codes.TASK_LATE,
            _("{days} days after the due day, {due}.").format(days=days, due=dmy(task.due_on)),
            expected=dmy(task.due_on),
            actual=dmy(request.on),
            source=f"{ground.source}{mark}",
        )
