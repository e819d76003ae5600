"""Where clubs stood on a past day, as the log now tells it: corrected, without what was annulled.

The tables hold each club's last step. Only clubs that took a step after the day are read back from
the log; for a day that nothing has followed this costs one query.
"""

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from engine.model import State
from engine.rules.request import reach
from engine.store.database import Row, Store

STANDING = "SELECT id, state FROM club WHERE province = ? AND state_on <= ?"
MOVED_SINCE = """
SELECT c.id, e.seq, e.step, e.from_state, e.to_state, e.on_date,
       CASE WHEN e.step IN ('annul', 'correct') THEN e.body END
FROM club c JOIN event e ON e.stream = 'club:' || c.id
WHERE c.province = ? AND c.state_on > ? AND c.opened_on <= ?
ORDER BY c.id, e.seq"""
SUSPENDED = "SELECT id FROM club WHERE province = ? AND state = 'suspended' AND state_on <= ?"


def states(store: Store, province: str, day: str) -> dict[str, State]:
    """Return the state of every club that was open on ``day`` (an ISO day)."""
    known = {state.value: state for state in State}
    found = {str(id_): known[state] for id_, state in store.rows(STANDING, (province, day))}
    found |= _moved_since(store, province, day)
    return found


def suspended(store: Store, province: str, day: str) -> frozenset[str]:
    """Return the clubs that were suspended on ``day`` (an ISO day)."""
    still = {str(row[0]) for row in store.rows(SUSPENDED, (province, day))}
    then = _moved_since(store, province, day).items()
    return frozenset(still | {club for club, state in then if state is State.SUSPENDED})


def _moved_since(store: Store, province: str, day: str) -> dict[str, State]:
    found = {}
    rows = store.stream_rows(MOVED_SINCE, (province, day, day))
    for club, events in groupby(rows, key=lambda row: str(row[0])):
        state = _state_on(events, day)
        if state is not None:
            found[club] = state
    return found


class Move(NamedTuple):
    """A step that led a club from one state to another on a day (ISO)."""

    day: str
    from_state: str | None
    to_state: str


def moves(events: Iterable[Row]) -> list[Move]:
    """Return a club's changes of state that stand, on the days as corrected.

    ``events`` are ordered by their numbers: club, seq, step, from, to, day, and the body of an
    ``annul`` or ``correct``; what stands after these is not looked at. Records, which change no
    state, may be left out of them.
    """
    rows = list(events)
    if not any(row[6] for row in rows):
        return [Move(row[5], row[3], row[4]) for row in rows if row[3] != row[4]]
    rows = [row[:7] for row in rows]
    forms: dict[int, dict[str, Any]] = {
        seq: json.loads(body)["form"] for _club, seq, _step, _from, _to, _on, body in rows if body
    }
    steps = {seq: step for _club, seq, step, *_rest in rows}
    gone = {forms[seq]["seq"] for seq, step in steps.items() if step == "annul"}
    days = {seq: str(on) for _club, seq, _step, _from, _to, on, _body in rows}
    for seq, step in steps.items():
        target = forms[seq]["seq"] if step == "correct" else None
        if target in days:
            days[target] = new_day(forms[seq]["changes"], steps[target]) or days[target]
    return [
        Move(days[seq], from_state, to_state)
        for _club, seq, step, from_state, to_state, _on, _body in rows
        if from_state != to_state and step != "annul" and seq not in gone
    ]


def _state_on(events: Iterable[Row], day: str) -> State | None:
    """Return where a club stood, by its events in order of their numbers."""
    state = None
    for move in moves(events):
        if move.day <= day:
            state = State(move.to_state)
    return state


def new_day(changes: dict[str, Any], corrected_step: str) -> str | None:
    """Return the day a correction gives its step, ``None`` where it leaves the day alone."""
    from engine.states import step as find_step

    path = find_step(corrected_step).happened_on
    value = changes.get(path, reach(changes, path))
    return value if isinstance(value, str) else None
