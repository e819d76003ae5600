"""What is known when somebody is asked: the club, its books and people, who asks, what is open.

Facts only, gathered by ``engine.lifecycle.situation``; a test writes them down as literals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from engine import codes
from engine.frozen import EMPTY
from engine.interview.question import Choice
from engine.model import (
    BoardPost,
    Club,
    Composition,
    Finding,
    LedgerEntry,
    LendingTerms,
    Level,
    Loan,
    Officer,
    Role,
    State,
)
from engine.policy.effective import Rules


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the club, as a name is looked up. ``born`` is of any precision."""

    id: str
    name: str
    born: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the club's log, with its form as it counts today (names for ids).

    ``officer`` is the name of who recorded it. ``corrected`` is whether a correction may change its
    form; ``undone`` whether an annulment may take it back.
    """

    seq: int
    step: str
    on: date
    officer: str
    role: Role
    form: Mapping[str, Any]
    to_state: State | None = None
    from_state: State | None = None
    corrected: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step as it is offered for a club: whether it is open, else why not.

    ``findings`` are all that speak against or about it before any form is filled in.
    ``officers`` are those in office who may take it, the one who asks left out. ``command`` is the
    command that takes it, for a step that no form is filled in for.
    """

    step: str
    label: str
    findings: tuple[Finding, ...]
    roles: tuple[Role, ...] = ()
    officers: tuple[Officer, ...] = ()
    command: str | None = None

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        """Return what prevents the step whatever the form has: state, role, scope, duties."""
        return tuple(one for one in self.findings if one.level is Level.BLOCK and is_obstacle(one))

    @property
    def allowed(self) -> bool:
        """Return whether the step can be begun."""
        return not self.obstacles


def is_obstacle(finding: Finding) -> bool:
    """Return whether no form can settle a finding: who acts, where, or the club's state."""
    return finding.permission or finding.code == codes.STATE


@dataclass(frozen=True, slots=True)
class Paper:
    """An earlier paper of the commune, for the next one's defaults.

    ``signer`` and ``title`` are of a decision, ``unit`` (đơn vị trình) of a submission.
    """

    number: str
    on: date
    signer: str | None = None
    title: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that questions about a club's step may follow from.

    ``club`` is blank (but for the province) while it is not opened. ``officer`` is the office in
    which the step would be taken, ``None`` where nobody acts, ``offices`` are all of who asks.
    ``offers`` are steps with what prevents them. ``people`` are the members that a name is looked
    up in, ``names`` what people are called by their ids. ``decisions`` and ``submissions`` are the
    commune's papers of the year, the latest last. ``meetings`` are the days of the meetings since
    the last supervision, and ``done_at_meetings`` the activities recorded at them. ``communes`` are
    those known by name.
    """

    today: date
    rules: Rules
    club: Club
    officer: Officer | None = None
    offices: tuple[Officer, ...] = ()
    offers: tuple[StepOffer, ...] = ()
    composition: Composition = Composition()
    people: tuple[Person, ...] = ()
    names: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    board: tuple[BoardPost, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    loans: tuple[Loan, ...] = ()
    lending: LendingTerms | None = None
    records: tuple[Record, ...] = ()
    decisions: tuple[Paper, ...] = ()
    submissions: tuple[Paper, ...] = ()
    meetings: tuple[date, ...] = ()
    done_at_meetings: tuple[str, ...] = ()
    communes: tuple[Choice, ...] = ()

    def is_own(self, record: Record) -> bool:
        """Return whether who asks holds the role that made a record, which alone corrects it."""
        return not self.offices or record.role in {one.role for one in self.offices}

    def recorded_by(self, role: Role) -> "Situation":
        """Return the same facts as somebody with a role was asked about them."""
        return replace(self, officer=Officer("", "", role, self.club.province))

    def offer(self, step: str) -> StepOffer | None:
        """Return the offer of one step, ``None`` where it was not asked about."""
        return next((one for one in self.offers if one.step == step), None)
