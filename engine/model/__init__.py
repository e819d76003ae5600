"""The values the engine speaks in: frozen, hashable, without any input or output.

Dates are ``datetime.date``, money is integer đồng, text is NFC. ``None`` means "not known" or
"not stipulated", never zero. Each module is loaded when one of its names is first asked for: making
these classes takes longer than a short command may.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.model.club import Club
    from engine.model.event import Effects, Event, Receipt
    from engine.model.finding import Acknowledgement, Finding
    from engine.model.money import LedgerEntry
    from engine.model.people import BoardPost, Composition, Officer, RosterChange
    from engine.model.task import Task, TaskClosing, TaskOpening, TaskReopening
    from engine.model.vocabulary import (
        AFTER_DECISION,
        AT_WORK,
        BEFORE_DECISION,
        ENDS,
        LIVING,
        EntryKind,
        FundKind,
        Level,
        Role,
        State,
        TaskKind,
        TaskOutcome,
    )

_HOMES = {
    "AFTER_DECISION": "vocabulary",
    "AT_WORK": "vocabulary",
    "Acknowledgement": "finding",
    "BEFORE_DECISION": "vocabulary",
    "BoardPost": "people",
    "Club": "club",
    "Composition": "people",
    "ENDS": "vocabulary",
    "Effects": "event",
    "EntryKind": "vocabulary",
    "Event": "event",
    "Finding": "finding",
    "FundKind": "vocabulary",
    "LIVING": "vocabulary",
    "LedgerEntry": "money",
    "Level": "vocabulary",
    "Officer": "people",
    "Receipt": "event",
    "Role": "vocabulary",
    "RosterChange": "people",
    "State": "vocabulary",
    "Task": "task",
    "TaskClosing": "task",
    "TaskKind": "vocabulary",
    "TaskOpening": "task",
    "TaskOutcome": "vocabulary",
    "TaskReopening": "task",
}

__all__ = [
    "AFTER_DECISION",
    "AT_WORK",
    "BEFORE_DECISION",
    "ENDS",
    "LIVING",
    "Acknowledgement",
    "BoardPost",
    "Club",
    "Composition",
    "Effects",
    "EntryKind",
    "Event",
    "Finding",
    "FundKind",
    "LedgerEntry",
    "Level",
    "Officer",
    "Receipt",
    "Role",
    "RosterChange",
    "State",
    "Task",
    "TaskClosing",
    "TaskKind",
    "TaskOpening",
    "TaskOutcome",
    "TaskReopening",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'engine.model' has no attribute {name!r}")
    return getattr(import_module(f"engine.model.{home}"), name)
