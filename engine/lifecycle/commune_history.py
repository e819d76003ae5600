"""The communes of clubs that were moved from one to another (rehome), as corrected."""

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from engine.store import codec
from engine.store.reader import Reader, Row

REHOMED = """
SELECT c.id, e.seq, e.step, e.on_date, e.body, c.decided_on
FROM (SELECT DISTINCT stream FROM event WHERE province = ? AND step = 'rehome') m
JOIN club c ON c.id = substr(m.stream, 6) JOIN event e ON e.stream = m.stream
AND e.province = c.province
WHERE c.province = ? AND e.step IN ('open', 'rehome', 'correct')"""
"""The club's id is what follows ``club:`` in the name of a stream."""
IN_ORDER = " ORDER BY c.id, e.seq"


class CommuneHistory(NamedTuple):
    """The communes of a club that was moved: the days (ISO) it came to each, in order.

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


def commune_histories(
    store: Reader, province: str, club: str | None = None
) -> dict[str, CommuneHistory]:
    """Return the communes of the clubs that were moved (rehome), or of one club, by club id."""
    rows = (
        store.stream_rows(REHOMED + IN_ORDER, (province, province))
        if club is None
        else store.stream_rows(f"{REHOMED} AND c.id = ?{IN_ORDER}", (province, province, club))
    )
    return {id_: _communes(list(events)) for id_, events in groupby(rows, key=itemgetter(0))}


def _communes(rows: list[Row]) -> CommuneHistory:
    # Steps and their forms, which few clubs need: most were never moved.
    from engine.lifecycle.history import LoggedStep, corrected_days, corrected_forms

    steps = [LoggedStep(seq, step, codec.form_of(body)) for _c, seq, step, _on, body, _d in rows]
    days, shapes = corrected_days(steps), corrected_forms(steps)
    founding, *moves = (
        (days.get(seq, str(on)), shapes[seq]["commune"])
        for _club, seq, step, on, _body, _decided in rows
        if step != "correct"
    )
    return CommuneHistory((founding, *sorted(moves, key=itemgetter(0))), rows[-1][5])
