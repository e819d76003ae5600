"""What a club's log says of its past: which events still count, and what they come to."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from engine import codes
from engine.errors import UnknownError
from engine.frozen import FrozenMap, freeze, thaw
from engine.i18n import _
from engine.model import (
    Club,
    Event,
    State,
)
from engine.rules import forms
from engine.rules.request import reach
from engine.states import step as find_step
from engine.store import log
from engine.store.canonical import plain
from engine.store.database import Store
from engine.store.fold import STATE_STEPS

DATES = frozenset(field.name for field in fields(Club) if field.name.endswith("_on"))


def annulled(events: Sequence[Event]) -> frozenset[int]:
    """Return the numbers of the events that an annulment took back."""
    return frozenset(event.form["seq"] for event in events if event.step == "annul")


def standing(events: Sequence[Event], without: frozenset[int] = frozenset()) -> list[Event]:
    """Return the events that still count: what an annulment took back is gone, with its
    corrections and with the annulment itself; ``without`` leaves out more events.
    """
    gone = annulled(events) | without
    return [
        event
        for event in events
        if event.seq not in gone
        and event.step != "annul"
        and not (event.step == "correct" and event.form["seq"] in gone)
    ]


def is_state_step(event: Event) -> bool:
    """Return whether an event is a step of the club's life, not a record or an annulment."""
    if event.step == "annul":
        return False
    return event.from_state != event.to_state or event.step in STATE_STEPS


def fields_after(events: Sequence[Event]) -> dict[str, Any]:
    """Return the club's fields after those events, as the tables would have them.

    Every day among the fields is the day its event happened, so a corrected day is put where the
    event stands: a correction made after a later step must not outlive that step's annulment.
    """
    found: dict[str, Any] = {}
    days = effective_days(events)
    for event in events:
        day = days[event.seq].isoformat()
        if is_state_step(event):
            found |= {"state_seq": event.seq, "state_on": day}
        for name, value in event.effects.fields:
            if name not in DATES:
                found[name] = plain(value)
            elif event.step != "correct":
                found[name] = day
    return found


def target_of(store: Store, club: Club, seq: int) -> tuple[list[Event], Event]:
    events = log.read(store, f"club:{club.id}")
    target = next((event for event in events if event.seq == seq), None)
    if target is None:
        raise UnknownError(
            _("{club} has no record {seq}.").format(club=club.id, seq=seq),
            code=codes.RECORD_UNKNOWN,
            help=f"clb club history {club.id}",
        )
    return events, target


def rows_of(events: Sequence[Event], target: Event) -> tuple[int, ...]:
    """Return the events whose records stand for ``target``: its own and its last correction's."""
    if not target.effects.records:
        return ()
    corrections = [one.seq for one in events if corrects(one, target) and one.effects.records]
    return (corrections[-1] if corrections else target.seq,)


def corrects(event: Event, target: Event) -> bool:
    return event.step == "correct" and event.form["seq"] == target.seq


def effective_days(events: Sequence[Event]) -> dict[int, date]:
    """Return the day each event counts for, corrections included."""
    days = {event.seq: event.on for event in events}
    shapes = {event.seq: event.form for event in events}
    for event in events:
        if event.step != "correct":
            continue
        seq = event.form["seq"]
        step = find_step(next(one.step for one in events if one.seq == seq))
        shapes[seq] = overlay(shapes[seq], event.form["changes"])
        days[seq] = date.fromisoformat(reach(shapes[seq], step.happened_on))
    return days


def overlay(form: FrozenMap, changes: FrozenMap) -> FrozenMap:
    """Return a form with some fields changed, named by dotted path or by nesting."""
    data: dict[str, Any] = thaw(form)
    for path, value in _flat(changes):
        forms.place(data, path, thaw(value))
    frozen = freeze(data)
    assert isinstance(frozen, FrozenMap)
    return frozen


def _flat(changes: FrozenMap, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in changes.items():
        if isinstance(value, FrozenMap):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def club_before(club: Club, events: Sequence[Event], target: Event) -> Club:
    """Return the club as it stood just before an event."""
    past = fields_after(standing([one for one in events if one.seq < target.seq]))
    values = {
        field.name: _value(field.name, past.get(field.name))
        for field in fields(Club)
        if field.name not in ("id", "province", "state", "seq")
        and (field.name in past or field.name in DATES)
    }
    blank = Club(club.id, club.province)
    return replace(blank, **values, state=target.from_state or State.NONE, seq=target.seq - 1)


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DATES:
        return date.fromisoformat(value)
    return State(value) if name == "suspended_from" else value
