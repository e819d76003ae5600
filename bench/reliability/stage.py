"""Where the trials take place: a small province in a file, copies of it, commands as processes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import life
from bench.reliability.figures import Line
from engine.lifecycle import upkeep
from engine.store.database import Store, connect
from engine.store.url import parse
from tools.postgresql import Server

CLUBS = 12
YEAR = 2021
LAUNCHED = len([step for step in life.LIFE if step.month <= 10 and not step.later]) - 1
"""The steps of a life until the club is launched; its grant comes after them."""
BASE, FILE = "base", "clb.sqlite3"


@dataclass(frozen=True)
class Place:
    """A province of a trial's own: the address of its database, and a folder for files."""

    address: str
    folder: Path

    @property
    def file(self) -> Path:
        """Return the SQLite file."""
        return Path(self.address)


@dataclass(frozen=True)
class Stage:
    """The province that every trial begins with, on one kind of database, and its clubs' ids.

    Its clubs are launched, and none has a grant. ``server`` is a PostgreSQL server; without one the
    databases are files.
    """

    folder: Path
    clubs: tuple[str, ...]
    server: Server | None = None

    @property
    def kind(self) -> str:
        """Return what the databases are kept by."""
        return "SQLite" if self.server is None else "PostgreSQL"

    def copy(self, name: str, of: str | None = None) -> Place:
        """Return a copy of the province, or of the copy that has the name ``of``."""
        folder = self.folder / f"{self.kind}-{name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if self.server is not None:
            return Place(self.server.create(slug(name), BASE if of is None else slug(of)), folder)
        source = self.folder / (BASE if of is None else f"{self.kind}-{of}/{FILE}")
        return Place(str(shutil.copy(source, folder / FILE)), folder)

    def drop(self, place: Place, name: str) -> None:
        """Remove a copy that went well."""
        shutil.rmtree(place.folder)
        if self.server is not None:
            self.server.drop(slug(name))


def slug(name: str) -> str:
    """Return a name as that of a database."""
    return "".join(letter if letter.isalnum() else "_" for letter in name)


def stage(folder: Path, server: Server | None = None) -> Stage:
    """Make the province that the trials begin with."""
    os.environ["CLB_HOME"] = str(folder / "home")
    address = str(folder / BASE) if server is None else server.create(BASE)
    registry = life.made(address)
    clubs = []
    with registry.store.write():
        for number in range(CLUBS):
            club = None
            for step in life.LIFE[:LAUNCHED]:
                club = life.take(registry, club, step, step.filled(YEAR, number))
            clubs.append(str(club))
    registry.store.close()
    return Stage(folder, tuple(clubs), server)


def environment(address: str) -> dict[str, str]:
    """Return the environment of a command on a database: English, as anybody."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("CLB_")},
        "CLB_HOME": os.environ["CLB_HOME"],
        "CLB_DATABASE": address,
        "CLB_LANG": "en",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (negative: the signal that killed it) and output."""

    code: int
    out: str
    err: str

    @property
    def confirmed(self) -> bool:
        """Return whether the command reported that it did all it was asked for."""
        return self.code == 0 and bool(self.out)

    @property
    def traceback(self) -> bool:
        """Return whether it ended in a traceback."""
        return "Traceback" in self.err


def command(
    address: str, args: Sequence[str], *, under: Sequence[str] = (), wait: float = 60
) -> Ended:
    """Run one command to its end; ``under`` is a program that runs it (strace)."""
    done = subprocess.run(
        [*under, sys.executable, "-m", "engine", *args],
        env=environment(address),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=wait,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@contextmanager
def opened(address: str) -> Iterator[Store]:
    """Open a database for a look at its rows."""
    with closing(connect(parse(address))) as store:
        yield store


def count(address: str, where: str, *params: Any) -> int:
    """Return how many events are of a kind."""
    with opened(address) as store:
        found = store.row(f"SELECT count(*) FROM event WHERE {where}", params)
    assert found is not None
    return int(found[0])


def sound(address: str, line: Line, when: str) -> None:
    """See that a database that nobody forged has no fault; a fault counts as a false alarm."""
    with opened(address) as store:
        faults = upkeep.check(store).faults
        line.check(not faults, "alarms", f"{when}: {[str(one) for one in faults[:2]]}")
