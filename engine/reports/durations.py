"""How long clubs stay in each stage, from the log: finished stays, and who waits longest now."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import Any, NamedTuple

from engine.lifecycle.history import state_changes
from engine.model import State
from engine.store.database import Store

MOVES = """
SELECT c.id, e.seq, e.step, e.from_state, e.to_state, e.on_date,
       CASE WHEN e.step IN ('annul', 'correct') THEN e.body END, c.name
FROM club c JOIN event e ON e.stream = 'club:' || c.id AND e.province = c.province
WHERE c.province = ? AND c.opened_on <= ?
AND (e.step IN ('open', 'annul', 'correct') OR e.from_state <> e.to_state)
ORDER BY c.id, e.seq"""
ENDS = (State.WITHDRAWN, State.REJECTED, State.DISSOLVED)


class Stay(NamedTuple):
    """Days a club spent in a state; ``over`` is true once it has left it."""

    days: int
    club: str
    name: str
    state: State
    over: bool


@dataclass(frozen=True, slots=True)
class Duration:
    """One stage in days. ``ended`` stays are behind the median, ``waiting`` clubs still in it.

    A value is ``None`` where no club has finished the stage, or none is in it.
    """

    state: State
    ended: int
    median_days: float | None
    slowest_days: int | None
    slowest_club: str | None
    slowest_name: str | None
    waiting: int
    longest_days: int | None
    longest_club: str | None
    longest_name: str | None

    def data(self) -> dict[str, Any]:
        """Return the row for a report."""
        return asdict(self)


def durations(
    store: Store, province: str, on: date, *, clubs: Collection[str] | None = None
) -> list[Duration]:
    """Return the stages any club had reached by a day, in the order of the procedure.

    ``clubs`` are the ids of those that count, all where it is left out.
    """
    found: dict[State, list[Stay]] = defaultdict(list)
    for stay in _stays(store, province, on):
        if clubs is None or stay.club in clubs:
            found[stay.state].append(stay)
    return [_duration(state, found[state]) for state in State if found[state]]


def _stays(store: Store, province: str, on: date) -> Iterator[Stay]:
    rows = store.stream_rows(MOVES, (province, on.isoformat()))
    at, today = on.isoformat(), on.toordinal()
    known: dict[str, int] = {}
    states = {state.value: state for state in State if state not in ENDS}
    for club, events in groupby(rows, key=itemgetter(0)):
        kept = list(events)
        name = str(kept[0][7])
        steps = [one for one in state_changes(kept) if one.day <= at]
        days = [known.get(one.day) or _ordinal(known, one.day) for one in steps]
        for place, move in enumerate(steps, start=1):
            state, over = states.get(move.to_state), place < len(steps)
            if state is not None:
                until = days[place] if over else today
                yield Stay(until - days[place - 1], club, name, state, over)


def _ordinal(known: dict[str, int], day: str) -> int:
    """Return the number of a day, which many clubs share."""
    found = known[day] = date.fromisoformat(day).toordinal()
    return found


def _duration(state: State, stays: list[Stay]) -> Duration:
    ended = [one for one in stays if one.over]
    waiting = [one for one in stays if not one.over]
    slowest, longest = _longest(ended), _longest(waiting)
    middle = median(one.days for one in ended) if ended else None
    return Duration(
        state,
        len(ended),
        int(middle) if middle is not None and middle == int(middle) else middle,
        slowest.days if slowest else None,
        slowest.club if slowest else None,
        slowest.name if slowest else None,
        len(waiting),
        longest.days if longest else None,
        longest.club if longest else None,
        longest.name if longest else None,
    )


def _longest(stays: list[Stay]) -> Stay | None:
    return min(stays, key=lambda one: (-one.days, one.club), default=None)
