"""One entry of the log, with everything it changes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.frozen import FrozenMap
from engine.model.finding import Acknowledgement
from engine.model.money import LedgerEntry
from engine.model.people import RosterChange
from engine.model.task import TaskClosing, TaskOpening, TaskReopening
from engine.model.vocabulary import Role, State


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
    """What decided an event: the plugin, its version and the digest of its parsed policy."""

    plugin: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log. ``hash`` is over the canonical body, ``prev`` is the hash before."""

    stream: str
    seq: int
    step: str
    from_state: State | None
    to_state: State | None
    on: date
    recorded_at: str
    officer: str
    role: Role
    form: FrozenMap
    acknowledged: tuple[Acknowledgement, ...]
    effects: Effects
    policy: Receipt | None
    engine: str
    prev: str
    hash: str = ""
