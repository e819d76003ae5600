"""``seals``: sealing a day's work, the first seal of a whole province, and checking all of it.

The events of the generated province are given the hashes of their bodies first. A day's work is a
thousand of them, each of about a kilobyte, of as many clubs.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from bench.life import PROVINCE, opened
from bench.measure import Samples, Spread, timed
from bench.options import Options
from bench.province import province
from bench.result import UNITS, Row
from engine.lifecycle.sealing import seal
from engine.reports import seals as reading
from engine.seals.checkpoint import parse
from engine.store import seals

NAME = "seals"
TITLE = "sealing a day's work and the whole log"
PEOPLE = 1
A_DAY_S = 1.0
HASHED = "UPDATE event SET hash = sha256(body)"
WORKED = """
INSERT INTO event (stream, seq, province, step, from_state, to_state, on_date, recorded_at, officer,
  body, hash)
SELECT 'club:' || id, seq + 1, province, 'meeting', state, state, '2025-07-01',
  '2025-07-01T03:04:05Z', 'hoi_tinh', id || '/' || (seq + 1) || ?, '' FROM club ORDER BY id LIMIT ?
"""
"""A body that is not read by sealing, only hashed; the rest of it is padding."""
MOVED = "UPDATE club SET seq = seq + 1 WHERE id IN (SELECT id FROM club ORDER BY id LIMIT ?)"
NEW_HASHED = "UPDATE event SET hash = sha256(body) WHERE hash = ''"


def run(options: Options) -> list[Row]:
    """Seal a province, then five days' work, then check every seal and prove one event."""
    clubs, day = options.size(20_000, 4_000, 20), options.size(1_000, 1_000, 10)
    with tempfile.TemporaryDirectory(prefix="clb-bench-seals-") as name:
        path = Path(name) / "clb.sqlite3"
        shutil.copy(province(clubs, PEOPLE), path)
        events = _prepared(path)
        registry = opened(path)
        try:
            first = _taken(lambda: seal(registry, PROVINCE, None))
            days: Samples = []
            for _day in range(options.rounds):
                _work(path, day)
                days += _taken(lambda: seal(registry, PROVINCE, None))
            newest = seals.last(registry.store, PROVINCE)
            assert newest is not None
            assert newest.size > events + day * options.rounds
            line, place = parse(newest.line), ("club:BN-00000007", 3)
            checked = _taken(lambda: _nothing(list(seals.faults(registry.store))))
            held = _taken(lambda: _nothing(reading.held(registry.store, line).fault))
            proved = _taken(lambda: reading.proof(registry.store, *place))
        finally:
            registry.store.close()
    of = f"{clubs} clubs, {events} events"
    return [
        _row(f"a day's {day} events, {of}", days, A_DAY_S),
        _row(f"the first seal, {of}", first),
        _row(f"every seal checked, {of}", checked),
        _row(f"a noted line checked, {of}", held),
        _row(f"one event proved, {of}", proved),
    ]


def _prepared(path: Path) -> int:
    """Give every event the hash of its body; return how many there are."""
    with closing(_hashing(path)) as db, db:
        return db.execute(HASHED).rowcount


def _work(path: Path, events: int) -> None:
    with closing(_hashing(path)) as db, db:
        db.execute(WORKED, (" " * 1_000, events))
        db.execute(MOVED, (events,))
        db.execute(NEW_HASHED)


def _hashing(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.create_function("sha256", 1, lambda text: sha256(text.encode()).hexdigest())
    return db


def _taken(work: Callable[[], object]) -> Samples:
    return [timed(work)]


def _nothing(found: object) -> None:
    if found:
        raise RuntimeError(f"a sound log has faults: {found}")


def _row(case: str, samples: Samples, budget: float | None = None) -> Row:
    """Return a row in milliseconds of the wall clock: officers wait, and the disk counts."""
    taken = Spread.of([one.wall for one in samples]).scaled(UNITS["ms"])
    most = None if budget is None else budget * UNITS["ms"]
    return Row(NAME, case, "clb", "ms", taken, budget=most, limits="value")
