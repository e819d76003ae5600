"""What a task rests on, on a day: the article it was opened under, or what has taken its place.

A document that has ended (hết hiệu lực) asks for nothing more. What fell due in its time and was
not done is still shown, as of that time; where another rule asks for the same on the day, the task
is owed under that rule.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from engine.i18n import _
from engine.model import TaskKind
from engine.policy.effective import Rules, cited, general_citation, nationwide_citation
from engine.policy.model import Policy
from engine.vietnamese.dates import dmy

DAY = timedelta(days=1)
KEYS = {
    TaskKind.SUPERVISION: "supervision.interval_months",
    TaskKind.REVIEW: "review.interval_months",
    TaskKind.MEETING: "meeting.interval_months",
    TaskKind.SUPPORT: "support.interval_months",
    TaskKind.TRAINING_REFRESHER: "training.refresher",
    TaskKind.TRAINING_INITIAL: "training.initial",
    TaskKind.TRAINING_SUPPLEMENTARY: "training.supplementary",
    TaskKind.TRAINING_BOARD: "training.board_change",
}
"""The policy key that asks for each kind of a club's task; a launch has none."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a task rests on. ``ended`` is the last day of a rule that asks for it no more.

    ``note`` says where its day is from, if that rule has ended and another one asks for it now.
    """

    source: str
    ended: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """The grounds of the tasks of one kind that were opened under one article, on ``on``.

    ``end`` is the last day of that article, ``None`` where it has none; ``key`` is the policy key
    that asks for such tasks. ``cited`` is the article, marked where this system reads from which
    day it counts.
    """

    rules: Rules
    source: str | None
    end: date | None
    key: str | None
    on: date
    cited: str

    def of(self, due_on: date | None) -> Ground | None:
        """Return the ground of a task of that day, ``None`` for one that is owed no more."""
        if self.source is None:
            return Ground(self.cited)
        after = self.end is not None and due_on is not None and due_on > self.end
        if self.end is None or (self.on <= self.end and not after):
            return Ground(self.cited)
        # Only now: the general procedure costs time to read.
        day = max(self.on, self.end + DAY)
        now = self.rules.rule(self.key, day) if self.key is not None else None
        if after:
            return None if now is None else Ground(now.citation)
        if now is None:
            return Ground(self.cited, self.end)
        note = _("The day was set by {source}, in force until {day}.").format(
            source=self.source, day=dmy(self.end)
        )
        return Ground(now.citation, note=note)


def grounds(rules: Rules, kind: TaskKind, source: str | None, on: date) -> Grounds:
    """Return the grounds of the tasks of a kind that were opened under ``source``."""
    key = KEYS.get(kind)
    if source is None:
        return Grounds(rules, None, None, key, on, general_citation())
    end, marked = _article(rules, key, source)
    return Grounds(rules, source, end, key, on, marked)


def article(rules: Rules, kind: TaskKind, source: str | None) -> str:
    """Return how the article that a task of a kind was opened under is cited while it lives."""
    if source is None:
        return general_citation()
    return _article(rules, KEYS.get(kind), source)[1]


def _article(rules: Rules, key: str | None, source: str) -> tuple[date | None, str]:
    """Return the last day of what a task was opened under, and how that is cited.

    Of a national plugin the log has the article alone; it is cited as the nation's.
    """
    found = _in(rules.policy, key, source)
    if found is not None:
        return found
    for policy in rules.nation:
        if (national := _in(policy, key, source)) is not None:
            return national[0], nationwide_citation(national[1])
    return None, source


def _in(policy: Policy, key: str | None, source: str) -> tuple[date | None, str] | None:
    """Return the last day of the value that has this article, else of its document, and how it
    is cited for a day that counts from where the value says; ``None`` where it is not of a policy.
    """
    for entry in policy.entries_of(key) if key is not None else ():
        if entry.source == source:
            return entry.end, cited(entry, "start") or source
    for document in policy.documents:
        if source == document.short or source.startswith(f"{document.short},"):
            return document.end, source
    return None


def ended_words(ended: date) -> str:
    """Return the mark of what an ended document asked for (theo quy định đã hết hiệu lực).

    ``ended`` is the last day the rule was in force.
    """
    return _("under a rule in force only until {day}").format(day=dmy(ended))
