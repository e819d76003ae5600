"""The communes that clubs moved through (rehome), as the log now tells it: corrections included."""

import json
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from engine.reports.standing import new_day
from engine.store.database import Row, Store

MOVED = """
SELECT c.id, e.seq, e.step, e.on_date, e.body, c.decided_on
FROM (SELECT DISTINCT stream FROM event WHERE step = 'rehome') m
JOIN club c ON c.id = substr(m.stream, 6) JOIN event e ON e.stream = m.stream
WHERE c.province = ? AND e.step IN ('open', 'rehome', 'correct')"""
"""What stands after ``club:`` in a stream is the club's id."""
IN_ORDER = " ORDER BY c.id, e.seq"


class Homes(NamedTuple):
    """Where a club that moved was: the days (ISO) it came to a commune, in order.

    The first is the commune of its founding. ``decided_on`` is the day of its decision, if it has
    one.
    """

    came: tuple[tuple[str, str], ...]
    decided_on: str | None

    @property
    def first(self) -> str:
        """Return the commune of the founding."""
        return self.came[0][1]

    def on(self, day: str) -> str:
        """Return the commune of a day (ISO)."""
        return next((where for came, where in reversed(self.came) if came <= day), self.first)


def of_moved(store: Store, province: str, club: str | None = None) -> dict[str, Homes]:
    """Return where the clubs that moved were, or the one asked about, by id."""
    rows = (
        store.stream_rows(MOVED + IN_ORDER, (province,))
        if club is None
        else store.stream_rows(f"{MOVED} AND c.id = ?{IN_ORDER}", (province, club))
    )
    return {id_: _homes(list(events)) for id_, events in groupby(rows, key=itemgetter(0))}


def _homes(events: list[Row]) -> Homes:
    came: dict[int, tuple[str, str]] = {}
    for _club, seq, step, on, body, _decided_on in events:
        form: dict[str, Any] = json.loads(body)["form"]
        if step != "correct":
            came[seq] = on, form["commune"]
        elif form["seq"] in came:
            target, changes = form["seq"], form["changes"]
            day, commune = came[target]
            corrected = "open" if target == 1 else "rehome"
            came[target] = new_day(changes, corrected) or day, changes.get("commune", commune)
    founding, *moves = (came[seq] for seq in sorted(came))
    return Homes((founding, *sorted(moves, key=itemgetter(0))), events[-1][5])
