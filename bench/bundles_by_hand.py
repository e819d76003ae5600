"""What a month's exchange is without judging: events written as deflated lines, read and kept.

The reader checks each chain from its first event, as the engine does, the hash and spelling of each
body, and keeps what is new in one durable transaction; it knows no rules, officers, names or seals.
"""

import json
import os
import sqlite3
import zipfile
from contextlib import closing
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

EVENTS, MANIFEST = "events.jsonl", "bundle.json"
SELECT = (
    "SELECT stream, seq, body, hash FROM event WHERE stream LIKE 'club:%' AND seq > ? "
    "ORDER BY stream, seq"
)
TABLES = """
PRAGMA journal_mode = wal;
PRAGMA synchronous = full;
CREATE TABLE event (stream TEXT, seq INTEGER, body TEXT, hash TEXT, PRIMARY KEY (stream, seq));
"""


def lines(database: Path, after: int) -> bytes:
    """Return the events of clubs after a number, a line each."""
    with closing(sqlite3.connect(database)) as db:
        rows = db.execute(SELECT, (after,)).fetchall()
    return "".join(f'{{"body":{body},"hash":"{hash_}"}}\n' for _s, _n, body, hash_ in rows).encode()


def packed(data: bytes) -> bytes:
    """Return lines as a zip file with their digest."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps({EVENTS: sha256(data).hexdigest()}))
        archive.writestr(EVENTS, data)
    return whole.getvalue()


def write(database: Path, after: int, file: Path) -> None:
    """Write a durable file with the events of clubs after a number."""
    with file.open("wb") as out:
        out.write(packed(lines(database, after)))
        out.flush()
        os.fsync(out.fileno())


def make_database(file: Path) -> None:
    """Make the database that takes events in."""
    with closing(sqlite3.connect(file)) as db:
        db.executescript(TABLES)


def take(database: Path, file: Path) -> int:
    """Check a file's events and keep them; return how many. Raises ``ValueError``."""
    with zipfile.ZipFile(file) as archive:
        data = archive.read(EVENTS)
        if json.loads(archive.read(MANIFEST))[EVENTS] != sha256(data).hexdigest():
            raise ValueError(file)
    with closing(sqlite3.connect(database)) as db, db:
        heads: dict[str, tuple[int, str]] = {}
        for body, hash_ in db.execute("SELECT body, hash FROM event ORDER BY stream, seq"):
            _checked(json.loads(body), hash_, heads)
        rows = []
        for line in data.decode().splitlines():
            found = json.loads(line)
            rows.append(_checked(found["body"], found["hash"], heads))
        db.executemany("INSERT INTO event VALUES (?, ?, ?, ?)", rows)
    return len(rows)


def _checked(
    event: dict[str, Any], hash_: str, heads: dict[str, tuple[int, str]]
) -> tuple[str, int, str, str]:
    """Return the row of an event that fits the chain. Raises ``ValueError``."""
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    stream, seq = event["stream"], event["seq"]
    before = heads.get(stream)
    if sha256(body.encode()).hexdigest() != hash_:
        raise ValueError(stream)
    if before is not None and before != (seq - 1, event["prev"]):
        raise ValueError(stream)
    heads[stream] = (seq, hash_)
    return stream, seq, body, hash_
