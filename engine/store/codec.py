"""An event's body, out of and into the values of the model. This is the format of the log.

Version 1. What is empty is left out, so that a body holds what happened and nothing else.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Any

from engine import codes
from engine.errors import StorageError
from engine.frozen import FrozenMap, freeze
from engine.i18n import _
from engine.model import (
    Acknowledgement,
    Effects,
    EntryKind,
    Event,
    FileRow,
    LedgerEntry,
    Receipt,
    Role,
    RosterChange,
    State,
    TaskClosing,
    TaskKind,
    TaskOpening,
    TaskOutcome,
    TaskReopening,
    fund_of,
)
from engine.store.canonical import digest, dumps, plain

VERSION = 1
STATES = {one.value: one for one in State}
TEXTS = ("stream", "step", "on", "recorded_at", "officer", "engine", "prev")
STRANGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What reading a body that is no event's ends in."""


def body(event: Event) -> dict[str, Any]:
    """Return the body of an event as plain JSON values."""
    receipt = event.policy
    parts: dict[str, Any] = {
        "v": VERSION,
        "stream": event.stream,
        "seq": event.seq,
        "step": event.step,
        "from": plain(event.from_state),
        "to": plain(event.to_state),
        "on": plain(event.on),
        "recorded_at": event.recorded_at,
        "officer": event.officer,
        "role": plain(event.role),
        "form": plain(event.form),
        "acknowledged": [_filled(one) for one in event.acknowledged],
        "effects": effects_body(event.effects),
        "policy": None if receipt is None else _filled(receipt),
        "engine": event.engine,
        "prev": event.prev,
    }
    if event.row is not None:
        parts["row"] = _filled(event.row)
    return parts


def seal(event: Event) -> tuple[Event, str]:
    """Return the event with its hash, and the canonical body the hash is over."""
    text = dumps(body(event))
    return replace(event, hash=digest(text)), text


def effects_body(effects: Effects) -> dict[str, Any]:
    """Return effects as plain JSON values, empty parts left out."""
    parts: dict[str, Any] = {
        "fields": {name: plain(value) for name, value in effects.fields},
        "opened": [_filled(one) for one in effects.opened],
        "closed": [_filled(one) for one in effects.closed],
        "reopened": [_filled(one) for one in effects.reopened],
        "ledger": [_filled(one) for one in effects.ledger],
        "roster": [_filled(one) for one in effects.roster],
        "board": dict(effects.board),
        "records": [{"table": table, **plain(row)} for table, row in effects.records],
        "voids": list(effects.voids),
        "amended": [{"seq": seq, **plain(row)} for seq, row in effects.amended],
    }
    return {name: part for name, part in parts.items() if part}


def _filled(value: Any) -> dict[str, Any]:
    """Return a value's fields that are not empty; an entry's number and day are its event's."""
    return {
        name: plain(item)
        for name in _written(value.__class__)
        if (item := getattr(value, name)) is not None and item != 0
    }


@cache
def _written(kind: Any) -> tuple[str, ...]:
    skipped = ("seq", "on") if kind is LedgerEntry else ()
    return tuple(field.name for field in fields(kind) if field.name not in skipped)


def is_known(version: Any) -> bool:
    """Return whether a body's version is this format's: Python takes ``True`` for 1."""
    return type(version) is int and version == VERSION


def decode(text: str, hash_: str) -> Event:
    """Return the event of a stored body.

    Raises ``StorageError`` for a body of a version this program does not know, and for one that is
    no event's: somebody changed it.
    """
    with damaged_bodies():
        found = json.loads(text)
        version = found["v"]
        if is_known(version):
            return event_of(found, hash_)
    raise StorageError(
        _("An event of format {version} cannot be read by this version.").format(version=version),
        code=codes.EVENT_VERSION,
        help=_("Install the newer version: pip install --upgrade clb-lien-the-he."),
    )


@contextmanager
def damaged_bodies() -> Iterator[None]:
    """Raise whatever a strange body makes Python raise in the block as ``StorageError``."""
    try:
        yield
    except STRANGE as error:
        raise _damaged(
            _("The log was changed outside this program: an event's body cannot be read.")
        ) from error


@contextmanager
def damaged_columns() -> Iterator[None]:
    """Raise whatever strange columns of events make Python raise in the block as ``StorageError``.

    For a block that reads them and does nothing else: a mistake of the program is none of the log.
    """
    try:
        yield
    except STRANGE as error:
        raise _damaged(
            _("The log was changed outside this program: an event's columns cannot be read.")
        ) from error


def _damaged(message: str) -> StorageError:
    help_ = _("See which event: clb audit verify. Then bring back a backup.")
    return StorageError(message, code=codes.LOG_DAMAGED, help=help_)


def form_of(body: str) -> dict[str, Any]:
    """Return the form in a stored body, and nothing else of it. Raises ``StorageError``."""
    with damaged_bodies():
        form: dict[str, Any] = json.loads(body)["form"]
        return dict(form)


def _require_shape(found: Mapping[str, Any]) -> None:
    """Raise ``TypeError`` for a body whose parts are not what an event's are."""
    form, policy = found["form"], found["policy"] or {}
    texts = [found[name] for name in TEXTS]
    texts += policy.values()
    texts += [text for one in found["acknowledged"] for text in one.values()]
    if found["step"] == "erase":
        texts.append(form["member"])
    numbers = [found["seq"]]
    if found["step"] in ("annul", "correct"):
        numbers.append(form["seq"])
    groups = [form, found["effects"]]
    for values, kind in ((texts, str), (numbers, int), (groups, dict)):
        if not all(type(one) is kind for one in values):
            raise TypeError(kind.__name__)


BODY = frozenset(
    (
        *("v", "stream", "seq", "prev", "step", "from", "to", "on", "recorded_at", "officer"),
        *("role", "form", "acknowledged", "effects", "policy", "engine", "row"),
    )
)
EFFECTS = frozenset(
    (
        *("fields", "opened", "closed", "reopened", "ledger", "roster", "board", "records"),
        *("voids", "amended"),
    )
)
"""The keys that a body, and its effects, may have."""


def unknown(found: Mapping[str, Any]) -> str:
    """Return the keys of a body that no event has, joined; empty where there are none."""
    strange = found.keys() - BODY
    effects = found.get("effects")
    if isinstance(effects, dict):
        strange |= effects.keys() - EFFECTS
        for part in PARTS.keys() & effects.keys():
            for one in effects[part]:
                strange |= one.keys() - PARTS[part]
    return ", ".join(sorted(strange))


PARTS: dict[str, frozenset[str]] = {
    name: frozenset(_written(kind))
    for name, kind in (
        ("opened", TaskOpening),
        ("closed", TaskClosing),
        ("reopened", TaskReopening),
    )
}
"""Parts whose entries are read key by key; others refuse a key they do not know."""


def event_of(found: Mapping[str, Any], hash_: str) -> Event:
    """Return the event of a body as JSON has it. Raises what a strange body makes Python raise."""
    _require_shape(found)
    policy, on = found["policy"], _date(found["on"])
    return Event(
        stream=found["stream"],
        seq=found["seq"],
        step=found["step"],
        from_state=_state(found["from"]),
        to_state=_state(found["to"]),
        on=on,
        recorded_at=found["recorded_at"],
        officer=found["officer"],
        role=None if found["role"] is None else Role(found["role"]),
        form=_map(found["form"]),
        acknowledged=tuple(Acknowledgement(**one) for one in found["acknowledged"]),
        effects=decode_effects(found["effects"], found["seq"], on),
        policy=Receipt(**policy) if policy else None,
        engine=found["engine"],
        prev=found["prev"],
        hash=hash_,
        row=FileRow(**found["row"]) if "row" in found else None,
    )


def decode_effects(parts: Mapping[str, Any], seq: int, on: date) -> Effects:
    """Return the effects of a body's part, in which only what is not empty is."""
    read = {name: READ[name](part) for name, part in parts.items() if name in READ}
    if "ledger" in parts:
        read["ledger"] = tuple([_entry(one, seq, on) for one in parts["ledger"]])
    return Effects(**read)


def _fields(part: Any) -> tuple[tuple[str, Any], ...]:
    if any(isinstance(value, list | dict) for value in part.values()):
        raise TypeError("fields")
    return tuple(part.items())


def _opened(part: Any) -> tuple[TaskOpening, ...]:
    return tuple(
        TaskOpening(
            TaskKind(one["kind"]), _day(one.get("due_on")), Role(one["role"]), one.get("source")
        )
        for one in part
    )


def _closed(part: Any) -> tuple[TaskClosing, ...]:
    return tuple(
        TaskClosing(TaskKind(one["kind"]), TaskOutcome(one["outcome"]), one.get("days_late", 0))
        for one in part
    )


def _reopened(part: Any) -> tuple[TaskReopening, ...]:
    return tuple(TaskReopening(TaskKind(one["kind"]), one["opened_seq"]) for one in part)


def _roster(part: Any) -> tuple[RosterChange, ...]:
    return tuple(
        RosterChange(**{**one, "joined_on": _day(one["joined_on"])})
        if "joined_on" in one
        else RosterChange(**one)
        for one in part
    )


def _rows(part: Any, name: str) -> tuple[tuple[Any, FrozenMap], ...]:
    """Return each row with what it has under ``name`` taken out in front."""
    return tuple(
        (one[name], _map({key: item for key, item in one.items() if key != name})) for one in part
    )


READ: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "fields": _fields,
    "opened": _opened,
    "closed": _closed,
    "reopened": _reopened,
    "roster": _roster,
    "board": lambda part: tuple(part.items()),
    "records": lambda part: _rows(part, "table"),
    "voids": tuple,
    "amended": lambda part: _rows(part, "seq"),
}
"""How each part is read; an entry of the ledger takes its number and day from the event."""


def _entry(one: Mapping[str, Any], seq: int, on: date) -> LedgerEntry:
    given = dict(one)
    given["kind"] = EntryKind(given["kind"])
    given["fund"] = fund_of(given["fund"])
    given["of"] = EntryKind(given["of"]) if given.get("of") else None
    return LedgerEntry(**given, seq=seq, on=on)


def _map(value: Mapping[str, Any]) -> FrozenMap:
    frozen = freeze(value)
    if not isinstance(frozen, FrozenMap):
        raise TypeError("dict")
    return frozen


def _state(value: str | None) -> State | None:
    return None if value is None else STATES[value]


def _day(value: str | None) -> date | None:
    return None if value is None else _date(value)


def _date(text: str) -> date:
    """Return a day as bodies spell it. Raises ``ValueError`` for another spelling of ISO's."""
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError(text)
    return found
