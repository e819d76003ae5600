"""The values the engine speaks in: frozen, hashable, without any input or output.

Dates are ``datetime.date``, money is integer đồng, text is NFC. ``None`` means "not known" or
"not stipulated", never zero.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from engine.frozen import EMPTY, FrozenMap


class Role(StrEnum):
    """Who acts."""

    ASSOCIATION = "association"  # Hội NCT xã
    COMMITTEE = "committee"  # UBND xã
    DISTRICT = "district"  # UBND, Hội NCT huyện: only where a policy names it
    PROVINCE = "province"  # Hội NCT tỉnh, sở chủ quản
    ADMIN = "admin"  # quản trị của tỉnh: cán bộ, gói tỉnh, chuyển địa bàn


COMMUNE_ROLES = (Role.ASSOCIATION, Role.COMMITTEE)
"""Roles of people who act for one commune; the others act for a district or the province."""


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
    OWN_STEP = "own_step"
    LAUNCH = "launch"
    LOAN = "loan"  # nợ vay của thành viên đến hạn
    EXCHANGE = "exchange"


class TaskOutcome(StrEnum):
    """How a task stopped being open."""

    DONE = "done"
    SUSPENDED = "suspended"  # waits for the club to resume
    ENDED = "ended"  # the club's life ended
    ANNULLED = "annulled"  # the event that opened it was annulled
    REPLACED = "replaced"  # opened again with another date


class FundKind(StrEnum):
    """The funds of every club, in this order. A province's own come after them, by their ids."""

    INCOME = "income"  # quỹ để tăng thu nhập
    OPERATING = "operating"  # quỹ hoạt động


OWN_PREFIX = "own_"
"""How every name of what only one province has begins: a fund, a field, a step, a measure."""
BALANCE = "_fund_balance"


def balance_of(fund: str) -> str:
    """Return the figure of a supervision with what is in a fund: ``income_fund_balance``."""
    return f"{fund}{BALANCE}"


def balance_field(fund: str) -> str:
    """Return the field of a supervision's form with what is in a fund.

    That of a province's own fund is among its own fields: ``own.mua_vu_fund_balance``.
    """
    if fund.startswith(OWN_PREFIX):
        return f"own.{balance_of(fund).removeprefix(OWN_PREFIX)}"
    return balance_of(fund)


def fund_of(id_: str) -> str:
    """Return a fund by its id, a ``FundKind`` where it is one and not the province's own.

    Raises ValueError for what is no fund's id.
    """
    return id_ if id_.startswith(OWN_PREFIX) else FundKind(id_)


class EntryKind(StrEnum):
    """What a ledger entry is; the sign of its amount follows from it."""

    GRANT = "grant"
    CONTRIBUTION = "contribution"
    OPENING = "opening"  # what a fund held before the first entry (số dư ban đầu)
    LOAN = "loan"
    REPAYMENT = "repayment"
    EXPENSE = "expense"
    REVERSAL = "reversal"


LEAVING = (EntryKind.LOAN, EntryKind.EXPENSE)
"""The entries with which money leaves a fund."""


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
    ``permission`` marks the findings about role, scope and separation of duties, ``by`` is who
    acts, where ``actual`` names them: programs read the id besides.
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
    by: "Officer | None" = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An officer's reason for going on in spite of a warning; the event keeps it."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts: a person in one role at one place, in office from ``since`` until ``until``.

    ``commune`` is set for association and committee; of a district's officer it is the district's
    name, of the province ``None``. ``communes`` are
    those of the district, where they were looked up. ``until`` is the first day after the office,
    ``None`` while nothing ends it. ``seq`` is the event of the
    province's stream that gave the office. ``login`` is the officer's own on a server. An office
    ``through`` another province is one there, which this one was merged into.
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
    communes: tuple[str, ...] = ()
    login: str | None = None
    through: str | None = None

    def __str__(self) -> str:
        """Return who it is as people write it, with the id that commands take."""
        return f"{self.name} [{self.id}]" if self.name else self.id

    @property
    def called(self) -> str:
        """Return the name, the id of one without a name: for those who type no id."""
        return self.name or self.id

    @property
    def of_one_commune(self) -> bool:
        """Return whether the officer works in one commune, and not in a district or everywhere."""
        return self.commune is not None and self.role is not Role.DISTRICT

    @property
    def one_commune(self) -> str | None:
        """Return the commune the officer works in, ``None`` for a district or everywhere."""
        return self.commune if self.of_one_commune else None

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
    """Money of one of a club's funds: of a ``FundKind``, or of the province's own by its id.

    ``amount`` is positive đồng, ``delta`` is what the entry adds to its fund (negative where money
    leaves it). A reversal names the entry it takes back (``reverses``, its event's number) and
    what that entry was (``of``).
    """

    kind: EntryKind
    fund: str
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
class LoanChange:
    """What happened to a loan: a repayment, another due day, or a part that is written off.

    ``principal`` is what the debt falls by, ``interest`` what was paid besides, in đồng; ``due_on``
    is the new due day of an extension.
    """

    seq: int
    on: date
    principal: int = 0
    interest: int = 0
    due_on: date | None = None
    written_off: bool = False


@dataclass(frozen=True, slots=True)
class Loan:
    """Money of the income fund that a member borrowed (cho thành viên vay), with what came after.

    ``seq`` is the number of the event that lent it. ``rate`` is hundredths of a percent a month.
    ``in_kind`` marks what was lent as goods worth ``amount`` đồng, ``opening`` a debt of before the
    club's book was kept here, whose money left the fund then. ``left`` is true for a borrower who
    is no longer a member.
    """

    seq: int
    member: str
    on: date
    amount: int
    months: int
    rate: int
    purpose: str
    first_due_on: date
    in_kind: bool = False
    opening: bool = False
    left: bool = False
    changes: tuple[LoanChange, ...] = ()

    def until(self, on: date) -> "Loan":
        """Return the loan as it was at the end of a day."""
        return replace(self, changes=tuple(one for one in self.changes if one.on <= on))

    @property
    def due_on(self) -> date:
        """Return the day by which it is to be repaid, the last extension counted."""
        days = [one.due_on for one in self.changes if one.due_on is not None]
        return days[-1] if days else self.first_due_on

    @property
    def repaid(self) -> int:
        """Return the principal that came back."""
        return sum(one.principal for one in self.changes if not one.written_off)

    @property
    def interest(self) -> int:
        """Return the interest that was paid."""
        return sum(one.interest for one in self.changes)

    @property
    def written_off(self) -> int:
        """Return the principal that the club no longer expects."""
        return sum(one.principal for one in self.changes if one.written_off)

    @property
    def outstanding(self) -> int:
        """Return the principal that is still owed."""
        return self.amount - self.repaid - self.written_off

    def is_overdue(self, on: date) -> bool:
        """Return whether something is still owed after the due day."""
        return self.outstanding > 0 and self.due_on < on


@dataclass(frozen=True, slots=True)
class LendingTerms:
    """What a club's own charter (quy chế) says of its loans; ``None`` where it says nothing.

    ``most`` is the largest loan in đồng, ``months`` the longest term, ``rate`` the highest interest
    in hundredths of a percent a month.
    """

    on: date
    document: str
    most: int | None = None
    months: int | None = None
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A step of the province's own that was recorded, as corrected.

    ``answers`` are those to its own fields, by their names in the form; of a person the id.
    """

    step: str
    on: date
    answers: FrozenMap = EMPTY


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
