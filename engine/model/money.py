"""Entries of a club's two funds."""

from dataclasses import dataclass
from datetime import date

from engine.model.vocabulary import EntryKind, FundKind


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
