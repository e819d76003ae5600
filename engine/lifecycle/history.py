"""A club's history as it counts today: what was annulled is gone, what was corrected is corrected.

Annulments and corrections are read here and nowhere else: by the steps that make them, by the
reports that count clubs on an earlier day, and by the papers. The tables hold each club's last
step, so for an earlier day only clubs that took a step since are read back from the log.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from engine import codes
from engine.errors import UnknownError
from engine.frozen import EMPTY, FrozenMap, freeze, thaw
from engine.i18n import _
from engine.model import Club, Event, OwnRecord, State
from engine.rules import forms, own
from engine.rules.request import reach
from engine.states import is_life
from engine.states import step as find_step
from engine.store import codec, log
from engine.store.canonical import plain
from engine.store.reader import Reader, Row

DATES = frozenset(field.name for field in fields(Club) if field.name.endswith("_on"))
STATE_NOW = "SELECT id, state FROM club WHERE province = ? AND state_on <= ?"
SUSPENDED_NOW = """
SELECT id FROM club WHERE province = ? AND state = 'suspended' AND state_on <= ?"""
CHANGED_SINCE = """
SELECT c.id, e.seq, e.step, e.from_state, e.to_state, e.on_date,
       CASE WHEN e.step IN ('annul', 'correct') THEN e.body END
FROM club c JOIN event e ON e.stream = 'club:' || c.id AND e.province = c.province
WHERE c.province = ? AND c.state_on > ? AND c.opened_on <= ?
ORDER BY c.id, e.seq"""


class Recorded(Protocol):
    """What must be known of an event to see which events count: less than the whole event."""

    @property
    def seq(self) -> int:
        """Return the event's number."""

    @property
    def step(self) -> str:
        """Return the name of its step."""

    @property
    def form(self) -> Mapping[str, Any]:
        """Return its form; only those of annulments and corrections are read."""


class LoggedStep(NamedTuple):
    """An event of a long query: its number, its step and, where it matters, its form."""

    seq: int
    step: str
    form: Mapping[str, Any]


def annulled(events: Iterable[Recorded]) -> frozenset[int]:
    """Return the numbers of the events that an annulment took back."""
    return frozenset(event.form["seq"] for event in events if event.step == "annul")


def corrects(event: Recorded, target: Recorded) -> bool:
    """Return whether an event is a correction of ``target``."""
    return event.step == "correct" and bool(event.form["seq"] == target.seq)


def corrected_days(events: Iterable[Recorded]) -> dict[int, str]:
    """Return the days (ISO) that corrections give to events, by the events' numbers."""
    steps: dict[int, str] = {}
    days: dict[int, str] = {}
    for event in events:
        steps[event.seq] = event.step
        if event.step == "correct" and event.form["seq"] in steps:
            target, changes = event.form["seq"], event.form["changes"]
            path = find_step(steps[target]).happened_on
            day = changes.get(path, reach(changes, path))
            if isinstance(day, str):
                days[target] = day
    return days


def corrected_forms(events: Iterable[Recorded]) -> dict[int, FrozenMap]:
    """Return the form of each event, by its number, with its corrections laid over it."""
    found: dict[int, FrozenMap] = {}
    for event in events:
        found[event.seq] = _frozen(event.form)
        if event.step == "correct" and event.form["seq"] in found:
            target = event.form["seq"]
            found[target] = overlay(found[target], event.form["changes"])
    return found


def own_records(rows: Sequence[Row]) -> tuple[OwnRecord, ...]:
    """Return the records of the province's own steps among a club's events, as corrected.

    A row is an event's number, step, day and body; the corrections are among them.
    """
    on = {seq: str(day) for seq, _step, day, _body in rows}
    logged = [LoggedStep(seq, step, codec.form_of(body)) for seq, step, _day, body in rows]
    days, forms_ = {**on, **corrected_days(logged)}, corrected_forms(logged)
    return tuple(
        OwnRecord(
            one.step, date.fromisoformat(days[one.seq]), forms_[one.seq].get(own.OWN) or EMPTY
        )
        for one in logged
        if own.is_own(one.step)
    )


def overlay(form: FrozenMap, changes: Mapping[str, Any]) -> FrozenMap:
    """Return a form with some fields changed, named by dotted path or by nesting."""
    data: dict[str, Any] = thaw(form)
    for path, value in _flat(changes):
        forms.place(data, path, thaw(value))
    return _frozen(data)


def _flat(changes: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in changes.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _frozen(value: Mapping[str, Any]) -> FrozenMap:
    frozen = freeze(value)
    assert isinstance(frozen, FrozenMap)
    return frozen


def effective(events: Sequence[Event], without: frozenset[int] = frozenset()) -> list[Event]:
    """Return the events that still count.

    What an annulment took back is left out, with its corrections and with the annulment itself;
    ``without`` leaves out more events.
    """
    gone = annulled(events) | without
    return [
        event
        for event in events
        if event.seq not in gone
        and event.step != "annul"
        and not (event.step == "correct" and event.form["seq"] in gone)
    ]


def effective_days(events: Sequence[Event]) -> dict[int, date]:
    """Return the day each event counts for, by its number, corrections included."""
    corrected = corrected_days(events)
    return {
        event.seq: date.fromisoformat(corrected[event.seq]) if event.seq in corrected else event.on
        for event in events
    }


def is_state_step(event: Event) -> bool:
    """Return whether an event is a step of the club's life, not a record or an annulment."""
    return is_life(event.step, event.from_state or State.NONE, event.to_state)


def target_of(store: Reader, club: Club, seq: int) -> tuple[list[Event], Event]:
    """Return a club's events and the one of number ``seq``. Raises ``UnknownError``."""
    events = log.of_club(store, club)
    target = next((event for event in events if event.seq == seq), None)
    if target is None:
        raise UnknownError(
            _("{club} has no record {seq}.").format(club=club.id, seq=seq),
            code=codes.RECORD_UNKNOWN,
            help=f"clb club history {club.id}",
        )
    return events, target


def rows_of(events: Sequence[Event], target: Event) -> tuple[int, ...]:
    """Return the events whose rows now count for ``target``: itself, or its last correction."""
    if not target.effects.records:
        return ()
    corrections = [one.seq for one in events if corrects(one, target) and one.effects.records]
    return (corrections[-1] if corrections else target.seq,)


def fields_after(events: Sequence[Event]) -> dict[str, Any]:
    """Return the club's fields after those events, as the tables would have them.

    Every day among the fields is the day its event happened, so a corrected day is put where the
    event is: a correction made after a later step must not outlive that step's annulment.
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


def club_before(club: Club, events: Sequence[Event], target: Event) -> Club:
    """Return the club as it was just before an event."""
    earlier = fields_after(effective([one for one in events if one.seq < target.seq]))
    values = {
        field.name: _value(field.name, earlier.get(field.name))
        for field in fields(Club)
        if field.name not in ("id", "province", "state", "seq")
        and (field.name in earlier or field.name in DATES)
    }
    blank = Club(club.id, club.province)
    return replace(blank, **values, state=target.from_state or State.NONE, seq=target.seq - 1)


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DATES:
        return date.fromisoformat(value)
    return State(value) if name == "suspended_from" else value


class StateChange(NamedTuple):
    """A step that led a club from one state to another on a day (ISO)."""

    day: str
    from_state: str | None
    to_state: str


def state_changes(events: Iterable[Row]) -> list[StateChange]:
    """Return a club's changes of state that count, on the days as corrected.

    ``events`` are rows in the order of their numbers: club, seq, step, from, to, day, and the body
    of an ``annul`` or ``correct``; columns after these are ignored. Records, which change no state,
    may be left out.
    """
    rows = list(events)
    if not any(row[6] for row in rows):
        return [StateChange(row[5], row[3], row[4]) for row in rows if row[3] != row[4]]
    steps = [LoggedStep(row[1], row[2], codec.form_of(row[6]) if row[6] else {}) for row in rows]
    gone, days = annulled(steps), corrected_days(steps)
    return [
        StateChange(days.get(seq, str(on)), from_state, to_state)
        for _club, seq, step, from_state, to_state, on, *_rest in rows
        if from_state != to_state and step != "annul" and seq not in gone
    ]


def states_on(store: Reader, province: str, day: str) -> dict[str, State]:
    """Return the state, on ``day`` (ISO), of every club that was open then, by its id."""
    known = {state.value: state for state in State}
    found = {str(id_): known[state] for id_, state in store.rows(STATE_NOW, (province, day))}
    return found | _changed_since(store, province, day)


def suspended_on(store: Reader, province: str, day: str) -> frozenset[str]:
    """Return the ids of the clubs that were suspended on ``day`` (ISO)."""
    still = {str(row[0]) for row in store.rows(SUSPENDED_NOW, (province, day))}
    then = _changed_since(store, province, day).items()
    return frozenset(still | {club for club, state in then if state is State.SUSPENDED})


def _changed_since(store: Reader, province: str, day: str) -> dict[str, State]:
    """Return the states on ``day`` of the clubs that took a step after it."""
    found = {}
    rows = store.stream_rows(CHANGED_SINCE, (province, day, day))
    for club, events in groupby(rows, key=itemgetter(0)):
        with codec.damaged_columns():
            by_then = [one for one in state_changes(events) if one.day <= day]
            if by_then:
                found[str(club)] = State(by_then[-1].to_state)
    return found
