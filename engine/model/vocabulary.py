"""The closed lists the engine speaks in: roles, states, levels, kinds."""

from enum import StrEnum


class Role(StrEnum):
    """Who acts."""

    ASSOCIATION = "association"  # Hội NCT xã
    COMMITTEE = "committee"  # UBND xã
    PROVINCE = "province"  # Hội NCT tỉnh, sở chủ quản
    ADMIN = "admin"  # quản trị của tỉnh: cán bộ, gói tỉnh, chuyển địa bàn


class State(StrEnum):
    """Where a club stands in its life. ``NONE`` is before it was opened."""

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
    """What a finding does to a step: refuse it, ask for a reason, or only tell."""

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
    """A club's two funds."""

    INCOME = "income"  # quỹ để tăng thu nhập
    OPERATING = "operating"  # quỹ hoạt động


class EntryKind(StrEnum):
    """What a ledger entry is; the sign of its amount follows from it."""

    GRANT = "grant"
    CONTRIBUTION = "contribution"
    LOAN = "loan"
    REPAYMENT = "repayment"
    EXPENSE = "expense"
    REVERSAL = "reversal"
