"""What a launched club does next in a story: what falls due, and what the story sets a day for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.model import Task, TaskKind
from engine.scenario.filling import workday, workday_before
from engine.scenario.scenario import Group

ORDER = (
    TaskKind.MEETING,
    TaskKind.TRAINING_SUPPLEMENTARY,
    TaskKind.SUPERVISION,
    TaskKind.REVIEW,
)
"""On one day the supervision comes before the review that rests on it."""


@dataclass(slots=True)
class Agenda:
    """What is left to do of a group's plan for one club, up to the day ``end``."""

    supervisions: int
    reviews: int
    reviewed: list[date]
    courses: list[date]
    end: date

    @classmethod
    def of(cls, group: Group, end: date) -> "Agenda":
        """Return the whole plan of a group; days of its own take the place of counted reviews."""
        reviews = 0 if group.reviewed else group.reviews
        return cls(group.supervisions, reviews, list(group.reviewed), list(group.courses), end)

    def take_next(self, tasks: Iterable[Task], earliest: date) -> tuple[TaskKind, date] | None:
        """Return what comes next, on which working day, and strike it off.

        ``tasks`` are the club's open ones. ``None`` when nothing is left before the end. A review
        waits for the supervisions of the plan, unless the story sets its day.
        """
        coming = [
            (_held(one.kind, one.due_on), ORDER.index(one.kind))
            for one in tasks
            if one.due_on is not None and self._wanted(one.kind)
        ]
        for days, kind in (
            (self.reviewed, TaskKind.REVIEW),
            (self.courses, TaskKind.TRAINING_SUPPLEMENTARY),
        ):
            if days:
                coming.append((workday(days[0]), ORDER.index(kind)))
        in_time = [one for one in coming if one[0] <= self.end]
        if not in_time:
            return None
        day, place = min(in_time)
        self._strike(ORDER[place], day)
        return ORDER[place], max(day, earliest)

    def _wanted(self, kind: TaskKind) -> bool:
        if kind is TaskKind.SUPERVISION:
            return self.supervisions > 0
        if kind is TaskKind.REVIEW:
            return self.reviews > 0 and not self.supervisions
        return kind in ORDER

    def _strike(self, kind: TaskKind, day: date) -> None:
        if kind is TaskKind.SUPERVISION:
            self.supervisions -= 1
        elif kind is TaskKind.REVIEW and self.reviewed:
            self.reviewed.pop(0)
        elif kind is TaskKind.REVIEW:
            self.reviews -= 1
        elif kind is TaskKind.TRAINING_SUPPLEMENTARY:
            self.courses = [one for one in self.courses if workday(one) != day]


def _held(kind: TaskKind, due_on: date) -> date:
    """Return the working day for what falls due; a monthly meeting keeps within its month."""
    return workday_before(due_on) if kind is TaskKind.MEETING else workday(due_on)
