"""The office where readers are tried: a folder, and a database with one club of Bắc Ninh in it."""

import atexit
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bench import life
from bench.reliability.stage import LAUNCHED
from engine.lifecycle.registry import Registry, open_registry
from engine.lifecycle.sealing import seal
from engine.reports import seals
from engine.scenario.world import StillClock

TODAY = date(2022, 6, 30)


class UndoneError(Exception):
    """What takes back a transaction at its end."""


@dataclass(frozen=True)
class Office:
    """``registry`` works on ``database``; ``club`` was launched, and its log is sealed."""

    folder: Path
    database: Path
    registry: Registry
    club: str

    def file(self, name: str, data: bytes) -> Path:
        """Write a file into the folder, over the one before it."""
        path = self.folder / name
        path.write_bytes(data)
        return path

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Take back whatever the block writes into the database."""
        with suppress(UndoneError), self.registry.store.write():
            yield
            raise UndoneError

    def bodies(self) -> list[bytes]:
        """Return the body of each event of the log, the shortest first."""
        rows = self.registry.store.rows("SELECT body FROM event")
        return sorted((str(body).encode() for (body,) in rows), key=len)

    def line(self) -> str:
        """Return the line of the last seal."""
        found = seals.newest(self.registry.store, life.PROVINCE)
        assert found is not None
        return found.line

    def proof(self) -> tuple[bytes, bytes]:
        """Return the proof of an event, as JSON and as text."""
        found = seals.proof(self.registry.store, f"club:{self.club}", 4)
        return json.dumps(found, ensure_ascii=False).encode(), seals.proof_text(found).encode()


@cache
def office() -> Office:
    """Make the office; it is gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="clb-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = folder / "office.sqlite3"
    clock = StillClock(TODAY)
    made = life.made(str(database), clock)
    club = None
    for number, step in enumerate(life.LIFE[:LAUNCHED]):
        club = life.take(made, club, step, step.filled(life.YEARS[0], number))
    assert club is not None
    seal(made, life.PROVINCE, None)
    made.store.run("PRAGMA wal_checkpoint(TRUNCATE)")
    made.store.close()
    return Office(folder, database, open_registry(str(database), clock=clock), club)
