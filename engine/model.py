"""The values the engine speaks in: frozen, hashable, without any input or output.

Dates are ``datetime.date``, money is integer đồng, text is NFC. ``None`` means "not known" or
"not stipulated", never zero.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from engine.frozen import FrozenMap


class Role(StrEnum):
    """Who acts."""

    ASSOCIATION = "association"  # Hội NCT xã
    COMMITTEE = "committee"  # UBND xã
    PROVINCE = "province"  # Hội NCT tỉnh, sở chủ quản
    ADMIN = "admin"  # quản trị của tỉnh: cán bộ, gói tỉnh, chuyển địa bàn


COMMUNE_ROLES = (Role.ASSOCIATION, Role.COMMITTEE)
"""Roles of people who act for one commune; the others act for the province."""


class State(StrEnum):
    """How far a club is in its life. ``NONE`` is before it was opened."""

    NONE = "none"
    PREPARING = "preparing"
    PROPOSED = "proposed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    APPROVED = "approved"
    TRAINED = "trained"
    LAUNCHED = "launched"
    OPERATING = "operating"
    CONSOLIDATING = "consolidating"
    SUSPENDED = "suspended"
    DISSOLVED = "dissolved"


BEFORE_DECISION = (State.PREPARING, State.PROPOSED, State.RETURNED)
AFTER_DECISION = (
    State.APPROVED,
    State.TRAINED,
    State.LAUNCHED,
    State.OPERATING,
    State.CONSOLIDATING,
    State.SUSPENDED,
)
AT_WORK = (State.LAUNCHED, State.OPERATING, State.CONSOLIDATING)
ENDS = (State.WITHDRAWN, State.REJECTED, State.DISSOLVED)
LIVING = BEFORE_DECISION + AFTER_DECISION


class Level(StrEnum):
    """What a finding does to a step: refuse it, ask for a reason, or only inform."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class TaskKind(StrEnum):
    """What can fall due."""

    SUPERVISION = "supervision"
    REVIEW = "review"
    TRAINING_INITIAL = "training_initial"
    TRAINING_SUPPLEMENTARY = "training_supplementary"
    TRAINING_REFRESHER = "training_refresher"
    TRAINING_BOARD = "training_board"
    MEETING = "meeting"
    SUPPORT = "support"
    REPORT = "report"
    INSPECTION = "inspection"
    LAUNCH = "launch"


class TaskOutcome(StrEnum):
    """How a task stopped being open."""

    DONE = "done"
    SUSPENDED = "suspended"  # waits for the club to resume
    ENDED = "ended"  # the club's life ended
    ANNULLED = "annulled"  # the event that opened it was annulled
    REPLACED = "replaced"  # opened again with another date


class FundKind(StrEnum):
    """A club's funds. Forms, tables, reports and papers have what is here, in this order."""

    INCOME = "income"  # quỹ để tăng thu nhập
    OPERATING = "operating"  # quỹ hoạt động

    @property
    def balance_field(self) -> str:
        """Return the field of a supervision, and its column, with what is in the fund."""
        return f"{self.value}_fund_balance"


class EntryKind(StrEnum):
    """What a ledger entry is; the sign of its amount follows from it."""

    GRANT = "grant"
    CONTRIBUTION = "contribution"
    LOAN = "loan"
    REPAYMENT = "repayment"
    EXPENSE = "expense"
    REVERSAL = "reversal"


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason for or against a step.

    ``source`` is the article in force on the step's date, ``who`` can fix it and ``fix`` is how.
    ``plugin`` is stamped by the host (name and version) on what a province's own check found.
    ``permission`` marks the findings about role, scope and separation of duties.
    """

    code: str
    level: Level
    message: str
    expected: str | None = None
    actual: str | None = None
    source: str | None = None
    who: str | None = None
    fix: str | None = None
    plugin: str | None = None
    permission: bool = False


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An officer's reason for going on in spite of a warning; the event keeps it."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts: a person in one role at one place, in office from ``since`` until ``until``.

    ``commune`` is set for association and committee, ``None`` for the province. ``until`` is the
    first day after the office, ``None`` while nothing ends it. ``seq`` is the event of the
    province's stream that gave the office.
    """

    id: str
    name: str
    role: Role
    province: str
    commune: str | None = None
    commune_id: str | None = None
    since: date | None = None
    until: date | None = None
    seq: int = 0

    def __str__(self) -> str:
        """Return who it is as people write it, with the id that commands take."""
        return f"{self.name} [{self.id}]" if self.name else self.id

    def holds(self, on: date) -> bool:
        """Return whether the officer is in this office on a day."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class BoardPost:
    """One post of the club's board (Ban Chủ nhiệm). ``person`` is a member's id."""

    post: str
    person: str
    since: date


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One member coming, changing or leaving. No name, number or address: see ``commit``.

    ``born`` is ``1950``, ``1950-05`` or ``1950-05-02``. ``commit`` is the SHA-256 of a salt and
    the identity that is kept apart from the log, so that it can be erased.
    """

    op: str  # add, edit, leave
    member: str
    sex: str | None = None
    born: str | None = None
    circumstance: str | None = None
    joined_on: date | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """How many members of each kind a club has on a day.

    ``young`` are those who are not elderly. ``estimated`` of the elderly are counted as such from a
    birth year (or month) that leaves it open. ``elderly_age`` is the age the count used.
    """

    members: int = 0
    women: int = 0
    elderly: int = 0
    young: int = 0
    poor: int = 0
    near_poor: int = 0
    difficult: int = 0
    elderly_women: int = 0
    estimated: int = 0
    elderly_age: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Money of one of a club's two funds.

    ``amount`` is positive đồng, ``delta`` is what the entry adds to its fund (negative where money
    leaves it). A reversal names the entry it takes back (``reverses``, its event's number) and
    what that entry was (``of``).
    """

    kind: EntryKind
    fund: FundKind
    source: str
    amount: int
    delta: int
    document: str
    donor: str | None = None
    resolution: str | None = None
    reverses: int | None = None
    of: EntryKind | None = None
    seq: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Club:
    """A club as its log has it. Dates are the days things happened, not the days of typing.

    ``managing_unit`` is who manages the club by its papers, ``self_managed`` whether it manages
    itself: documents state both at once, so neither gives anyone a right.
    """

    id: str
    province: str
    name: str = ""
    commune: str = ""
    commune_id: str | None = None
    village: str = ""
    state: State = State.NONE
    seq: int = 0
    state_seq: int = 0
    state_on: date | None = None
    opened_on: date | None = None
    submission_number: str | None = None
    submitted_on: date | None = None
    lead_unit: str | None = None
    decision_number: str | None = None
    decided_on: date | None = None
    trained_on: date | None = None
    launched_on: date | None = None
    supervised_on: date | None = None
    reviewed_on: date | None = None
    suspended_from: State | None = None
    ended_on: date | None = None
    charter: bool | None = None
    funds_opened: str | None = None
    after: str | None = None
    managing_unit: str | None = None
    self_managed: bool | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """What an event changes, in full: the tables are a fold of these and of nothing else.

    ``records`` are rows of a club's history (a supervision, a meeting ...) by table name;
    ``voids`` are the numbers of earlier events whose records no longer count; ``amended`` are
    corrected words (never amounts) of earlier ledger entries.
    """

    fields: tuple[tuple[str, Any], ...] = ()
    opened: tuple[TaskOpening, ...] = ()
    closed: tuple[TaskClosing, ...] = ()
    reopened: tuple[TaskReopening, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    roster: tuple[RosterChange, ...] = ()
    board: tuple[tuple[str, str | None], ...] = ()
    records: tuple[tuple[str, FrozenMap], ...] = ()
    voids: tuple[int, ...] = ()
    amended: tuple[tuple[int, FrozenMap], ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What decided an event: the plugin, its version, and two digests.

    ``digest`` is over what its policy states, ``code`` over the files of its code; ``None`` in
    events that older versions recorded, and where the code could not be read.
    """

    plugin: str
    version: str
    digest: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """The row of a file of steps that an event records, so that no row is recorded twice.

    ``digest`` is over what the row says (see docs/event-log.md); ``again`` is the reason for
    recording a row that was recorded before.
    """

    digest: str
    again: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log. ``hash`` is over the canonical body, ``prev`` is the hash before.

    ``row`` is the row of a file that it was read from, ``None`` where no file was.
    ``officer`` is empty and ``role`` is ``None`` for what the program did by itself.
    """

    stream: str
    seq: int
    step: str
    from_state: State | None
    to_state: State | None
    on: date
    recorded_at: str
    officer: str
    role: Role | None
    form: FrozenMap
    acknowledged: tuple[Acknowledgement, ...]
    effects: Effects
    policy: Receipt | None
    engine: str
    prev: str
    hash: str = ""
    row: FileRow | None = None

    @property
    def acted_as(self) -> Role:
        """Return the role of who took a club's step, which is never the program by itself."""
        assert self.role is not None
        return self.role
