"""What a rule is given: one frozen request holding every fact it may use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from engine.frozen import FrozenMap
from engine.model import (
    BoardPost,
    Club,
    Composition,
    Effects,
    Event,
    Finding,
    LedgerEntry,
    LendingTerms,
    Loan,
    Officer,
    OwnRecord,
    Task,
)
from engine.policy.effective import Rules
from engine.rules.communes import Unit


def reach(data: Mapping[str, Any], path: str) -> Any:
    """Return what nested mappings hold at a dotted ``path``, or ``None``."""
    here: Any = data
    for name in _names(path):
        if here.__class__ is not FrozenMap and not isinstance(here, Mapping):
            return None
        here = here.get(name)
    return here


@cache
def _names(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


SUPERVISION_COLUMNS = (
    "meetings_held",
    "activities",
    "borrowers",
    "borrowers_in_kind",
    "borrowers_improved",
    "members_with_need",
    "members_served",
    "conclusion",
)
"""The figures of a supervision that have a column of their own, by the form's field names."""


@dataclass(frozen=True, slots=True)
class Supervision:
    """A supervision that counts: its day and its figures, by the form's field names."""

    on: date
    figures: FrozenMap
    seq: int


@dataclass(frozen=True, slots=True)
class Review:
    """A yearly review that counts."""

    year: int
    on: date
    result: str
    seq: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a club: whose, by which step and record, its number and its day."""

    club: str
    name: str
    step: str
    seq: int
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another club of the commune that is not ended, or its file."""

    club: str
    name: str
    village: str
    name_key: str
    village_key: str
    """How the name and the village are compared (``text.key``)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in the province, this club left out.

    ``decided`` are clubs whose decision falls in the year of the step, ``granted`` clubs that
    received a grant from the named source in it, ``same_name`` clubs of that name in that village.
    ``spent`` is what grants from that source came to over the programme's period so far, in đồng.
    """

    decided: int = 0
    granted: int = 0
    same_name: int = 0
    spent: int = 0


@dataclass(frozen=True, slots=True)
class StepRequest:
    """Everything a rule may know about a step that is about to happen.

    ``form`` is the step's form, already checked against its schema; it is empty when someone only
    asks what would prevent it (``asking``). ``on`` is the day the step happened, and the day on
    which policy is asked. ``founders`` are the officers who opened or proposed the club, or
    corrected what was proposed; ``namesakes`` other officers of the same commune whose name reads
    like that of the officer who acts.
    ``decisions`` are those about the commune's clubs, this one's too, in the year of the step;
    ``neighbours`` are the commune's other clubs. ``loans`` are the club's loans to members, each as
    far as it is recorded, ``lending`` the terms that its own charter sets, ``meetings`` the days
    of its recorded meetings.
    ``commune_list`` are the units loaded for the province, ``None`` where the step asks for none.
    ``units`` are the administrative units that matter for the officer's scope. ``paused`` are the
    tasks that wait for a suspended club. ``own_steps`` are the steps of the province's own that
    are recorded, in that order. ``target`` is the earlier event that a correction or an
    annulment is about, and ``remedy`` what would put the tables right.
    """

    step: str
    on: date
    today: date
    club: Club
    form: FrozenMap
    rules: Rules
    officer: Officer | None = None
    composition: Composition = Composition()
    board: tuple[BoardPost, ...] = ()
    tasks: tuple[Task, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    loans: tuple[Loan, ...] = ()
    lending: LendingTerms | None = None
    meetings: tuple[date, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    reviews: tuple[Review, ...] = ()
    founders: frozenset[str] = frozenset()
    namesakes: tuple[str, ...] = ()
    counts: Counts = Counts()
    decisions: tuple[Decided, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    units: tuple[Unit, ...] = ()
    commune_list: tuple[Unit, ...] | None = None
    paused: tuple[Task, ...] = ()
    own_steps: tuple[OwnRecord, ...] = ()
    target: Event | None = None
    remedy: Effects = Effects()
    remedy_findings: tuple[Finding, ...] = ()
    asking: bool = False

    def __post_init__(self) -> None:
        """Ask the policy about this club: what it states for new clubs only is not for old ones."""
        object.__setattr__(self, "rules", self.rules.for_club(self.club.decided_on))

    def field(self, path: str) -> Any:
        """Return the form's field at ``path``, ``None`` when it was not filled in."""
        return reach(self.form, path)

    def day(self, path: str) -> date | None:
        """Return the form's date at ``path``."""
        text = self.field(path)
        return date.fromisoformat(text) if isinstance(text, str) else None

    def open_task(self, kind: str) -> Task | None:
        """Return the club's open task of that kind."""
        return next((task for task in self.tasks if task.kind == kind), None)
