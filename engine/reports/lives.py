"""What clubs have been through and their last money, for the fold-outs of the overview."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from engine.lifecycle.history import LoggedStep, annulled, corrected_days
from engine.store import codec
from engine.store.database import Row, Store

LAST_STEPS, LAST_ENTRIES = 16, 10
"""So many of each are shown of a club, the latest: all of them are in its own history."""
TAKEN = """
SELECT c.id, e.seq, e.step, e.on_date, CASE WHEN e.step IN ('annul', 'correct') THEN e.body END
FROM club c JOIN event e ON e.stream = 'club:' || c.id AND e.province = c.province
WHERE c.province = ? AND (e.from_state IS NULL OR e.from_state <> e.to_state OR e.step IN (
  'open', 'train', 'supervise', 'review', 'change_board', 'rename', 'rehome', 'annul', 'correct'))
ORDER BY c.id, e.seq"""
ENTRIES = """
SELECT l.club, l.on_date, l.kind, l.fund, l.amount FROM ledger l
WHERE l.province = ? AND l.on_date <= ? AND l.kind <> 'reversal' AND NOT EXISTS (
  SELECT 1 FROM ledger r
  WHERE r.province = ? AND r.club = l.club AND r.reverses = l.seq AND r.on_date <= ?)
ORDER BY l.club, l.on_date, l.seq"""
_RECORDS = ("annul", "correct", "roster", "fund", "meeting", "set_board", "erase")


def lives(store: Store, province: str, on: date, clubs: Iterable[str]) -> list[dict[str, Any]]:
    """Return the last steps and the last entries of clubs up to a day, in the clubs' order.

    What was annulled or taken back is not among them, and corrected days are as corrected.
    """
    at = on.isoformat()
    steps = {
        club: list(_counting(list(rows), at))
        for club, rows in groupby(store.stream_rows(TAKEN, (province,)), key=itemgetter(0))
    }
    entries: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for club, day, kind, fund, amount in store.rows(ENTRIES, (province, at, province, at)):
        entries[club].append({"on": day, "kind": kind, "fund": fund, "amount": amount})
    return [
        {
            "club": club,
            "steps": steps.get(club, [])[-LAST_STEPS:],
            "entries": entries[club][-LAST_ENTRIES:],
        }
        for club in clubs
    ]


def _counting(rows: list[Row], at: str) -> Iterator[dict[str, str]]:
    """Yield the steps of one club that count, by their days."""
    logged = [LoggedStep(row[1], row[2], codec.form_of(row[4]) if row[4] else {}) for row in rows]
    gone, days = annulled(logged), corrected_days(logged)
    found = [
        (days.get(seq, str(on)), seq, step)
        for _club, seq, step, on, _body in rows
        if seq not in gone and step not in _RECORDS
    ]
    for day, _seq, step in sorted(found):
        if day <= at:
            yield {"on": day, "step": step}
