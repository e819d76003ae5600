"""One thing that falls due: what it is, who does it, and how late it is."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from engine.i18n import _
from engine.labels import period_name, task_name
from engine.model import Role, TaskKind
from engine.rules.calendar import is_weekend
from engine.vietnamese.dates import dmy


class DueStatus(StrEnum):
    """Whether a row is late. ``ENDED``: only a rule that is over asked for it."""

    OPEN = "open"
    OVERDUE = "overdue"
    NOT_STIPULATED = "not_stipulated"
    ENDED = "ended"


class Due(NamedTuple):
    """Something to be done.

    ``club`` is ``None`` for what the province itself owes. ``due_on`` is ``None`` where no document
    states a day. ``title`` and ``period`` name a report, ``report`` is its id; ``mark`` keeps two
    tasks of one kind apart for good. ``ended`` is the last day of the rule that asked for it, where
    that is over and nothing asks for it any more: it is shown as of that day and is not owed as
    what lives. ``step`` is the step of the province's own that is owed. ``also`` are the roles
    that the policy lets do it besides ``role``.
    """

    kind: TaskKind
    role: Role
    source: str
    due_on: date | None
    club: str | None = None
    club_name: str | None = None
    commune: str | None = None
    title: str | None = None
    period: str | None = None
    note: str | None = None
    mark: str = ""
    ended: date | None = None
    village: str | None = None
    report: str | None = None
    step: str | None = None
    also: tuple[Role, ...] = ()

    @property
    def doers(self) -> tuple[Role, ...]:
        """Return who may do it: whom it falls to first, then whom the policy lets do it too."""
        return (self.role, *self.also)

    def overdue_days(self, on: date) -> int | None:
        """Return how many days late it is on a day, ``None`` where there is no day.

        Days after the end of the rule that asked for it do not count.
        """
        if self.due_on is None:
            return None
        last = on if self.ended is None else min(on, self.ended)
        return max(0, (last - self.due_on).days)

    def status(self, on: date) -> DueStatus:
        """Return whether it is late on a day; ``NOT_STIPULATED`` where there is no day."""
        if self.ended is not None:
            return DueStatus.ENDED
        late = self.overdue_days(on)
        if late is None:
            return DueStatus.NOT_STIPULATED
        return DueStatus.OVERDUE if late else DueStatus.OPEN


def task_words(one: Due) -> str:
    """Return what a row asks for, in people's words."""
    if one.title is not None and one.period is None:
        return one.title
    if one.title is not None:
        return _("{title}, {period}").format(title=one.title, period=period_name(str(one.period)))
    return task_name(one.kind)


def day_off(day: date | None) -> str | None:
    """Return the note that a due day is a Saturday or Sunday; it is never moved."""
    if day is None or not is_weekend(day):
        return None
    name = _("Saturday") if day.weekday() == 5 else _("Sunday")
    return _("{day} is a {name}; the day is not moved.").format(day=dmy(day), name=name)
