"""A province of any size whose log is sealed: one club's twelve steps, copied under other names.

For what goes through the whole log. Each copy's events are hashed anew, one on the other, so that
``clb db check`` finds nothing; the tables are computed from them.
"""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from bench.life import LIFE, YEARS, opened, ready
from bench.options import cache
from bench.step import Engine
from engine.store import migrate, verify

COPIED = "stream, seq, province, step, from_state, to_state, on_date, recorded_at, officer"
PERSONAL = "member, province, name, name_key, id_number, phone, village, note, salt"
INSERT = f"INSERT INTO event ({COPIED}, body, hash) VALUES ({', '.join('?' * 11)})"


def sealed(clubs: int) -> Path:
    """Return a database of that many clubs, twelve events and seventy members each."""
    source = Path(__file__).parent
    made_by = b"".join((source / one).read_bytes() for one in ("sealed.py", "life.py"))
    mark = sha256(made_by + repr(migrate.known()).encode())
    path = cache() / f"sealed-{clubs}-{mark.hexdigest()[:12]}.sqlite3"
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        ready(draft)
        _fill(draft, clubs)
        draft.rename(path)
    return path


def _fill(path: Path, clubs: int) -> None:
    engine = Engine(opened(path))
    club: str | None = None
    for step in LIFE:
        club = engine.take(club, step, step.filled(YEARS[0], 0))
    engine.close()
    assert club is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        sql = f"SELECT {COPIED}, body FROM event WHERE stream = ? ORDER BY seq"
        events = db.execute(sql, (f"club:{club}",)).fetchall()
        for number in range(clubs - 1):
            other = f"BN-{number:08d}"
            db.executemany(INSERT, _copies(events, f"club:{other}"))
            db.execute(
                f"INSERT INTO personal (club, {PERSONAL}) SELECT ?, {PERSONAL} FROM personal "
                "WHERE club = ?",
                (other, club),
            )
        db.execute("COMMIT")
    registry = opened(path)
    verify.rebuild(registry.store)
    registry.store.run("PRAGMA wal_checkpoint(TRUNCATE)")
    registry.store.close()


def _copies(events: list[tuple[object, ...]], stream: str) -> list[tuple[object, ...]]:
    """Return the events of a stream under another name, each on the hash of the one before."""
    found, before = [], ""
    for own, *copied, text in events:
        body = str(text).replace(str(own), stream)
        prev = json.loads(body)["prev"]
        if prev:
            body = body.replace(prev, before)
        before = sha256(body.encode()).hexdigest()
        found.append((stream, *copied, body, before))
    return found
