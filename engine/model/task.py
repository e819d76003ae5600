"""What falls due, and how an event opens and closes it."""

from dataclasses import dataclass
from datetime import date

from engine.model.vocabulary import Role, TaskKind, TaskOutcome


@dataclass(frozen=True, slots=True)
class Task:
    """Something that falls due. ``due_on`` is ``None`` where no document sets a day.

    ``source`` is the article; ``None`` where only the general procedure asks for it.
    """

    club: str
    province: str
    kind: TaskKind
    due_on: date | None
    role: Role
    source: str | None
    opened_seq: int


@dataclass(frozen=True, slots=True)
class TaskOpening:
    """A task that an event opens."""

    kind: TaskKind
    due_on: date | None
    role: Role
    source: str | None


@dataclass(frozen=True, slots=True)
class TaskClosing:
    """An open task that an event closes; ``days_late`` counts from its due day."""

    kind: TaskKind
    outcome: TaskOutcome
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class TaskReopening:
    """A closed task that an annulment brings back, as it was."""

    kind: TaskKind
    opened_seq: int
