"""What a process of its own does to a registry: steps one after another, a line for each."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from time import sleep

from support.core import ASSOCIATION, COMMITTEE, PROVINCES, TOWN, Core, roster, villagers
from support.step_forms import form

from engine.errors import ClbError
from engine.lifecycle.registry import open_registry
from engine.lifecycle.sealing import seal
from engine.scenario.world import StillClock

TODAY = date(2090, 6, 30)
"""So far off that nobody who works day after day comes to it."""
BATCH = 40
ROOT = Path(__file__).parents[2]


@dataclass
class Job:
    """Steps to take on clubs until there are no more, or for ever."""

    core: Core
    clubs: list[str]

    def supervise(self) -> Iterator[str]:
        """Supervise a club day after day, for ever."""
        ack = {"CLB-SUPERVISE-EARLY": "kiểm tra đột xuất"}
        last = self.core.club(self.clubs[0]).state_on
        assert last is not None
        for day in count(1):
            on = last + timedelta(days=day)
            self.core.take(self.clubs[0], "supervise", on, officer=TOWN, ack=ack)
            yield "done"

    def enrol(self) -> Iterator[str]:
        """Add members to a club in lists of forty, for ever."""
        for number in count():
            work = roster(villagers(BATCH, 20, seed=number + 500))
            self.core.take(self.clubs[0], "roster", date(2022, 5, 1), prepare=work)
            yield "done"

    def meet(self) -> Iterator[str]:
        """Record 25 meetings of a club."""
        for day in range(25):
            on = date(2022, 5, 1) + timedelta(days=day)
            self.core.take(self.clubs[0], "meeting", on, officer=ASSOCIATION)
            yield "done"

    def record(self) -> Iterator[str]:
        """Record a meeting of a club day after day, for ever; each line is the day confirmed."""
        for day in count():
            on = date(2022, 5, 1) + timedelta(days=day)
            try:
                self.core.take(self.clubs[0], "meeting", on, officer=ASSOCIATION)
            except ClbError as error:
                yield f"{type(error).__name__} {error.exit_code}"
            else:
                yield on.isoformat()

    def go_on(self) -> Iterator[str]:
        """Record meetings as ``record`` does; after a failure open the database anew."""
        for day in count():
            on = date(2022, 5, 1) + timedelta(days=day)
            try:
                self.core.take(self.clubs[0], "meeting", on, officer=ASSOCIATION)
            except ClbError as error:
                yield error.code
                self._open_anew()
            else:
                yield on.isoformat()

    def _open_anew(self) -> None:
        """Open the database as the next command would, until some server takes changes."""
        target = self.core.store.target
        self.core.store.close()
        while True:
            with suppress(ClbError):
                self.core.registry = open_registry(
                    str(target.dsn), provinces=PROVINCES, clock=self.core.clock
                )
                return
            sleep(0.2)

    def seal(self) -> Iterator[str]:
        """Seal the province ten times; each line is the seal."""
        for _each in range(10):
            made = seal(self.core.registry, self.core.province, None)
            assert made is not None
            yield made.seal.line

    def approve(self) -> Iterator[str]:
        """Decide on every club, as it was seen before anybody began."""
        seen = {club: self.core.club(club) for club in self.clubs}
        yield "seen"
        for number, club in enumerate(self.clubs, start=1):
            own = {"decision.number": f"{number:02}/QĐ-UBND"}
            filled = form("approve", date(2021, 9, 1), own)
            try:
                self.core.life.advance(
                    club, "approve", filled, officer=COMMITTEE, expected=seen[club]
                )
                yield "done"
            except ClbError as error:
                yield f"{type(error).__name__} {error.exit_code}"


def run(task: str, path: str, clubs: list[str]) -> None:
    """Do a job in this process: print ``ready``, wait for a line, then print every step."""
    clock = StillClock(TODAY)
    job = Job(Core(open_registry(path, provinces=PROVINCES, clock=clock), clock), clubs)
    steps: Callable[[], Iterator[str]] = getattr(job, task)
    job.core.registry.provinces.hooks(job.core.province)
    lines = steps()
    if task == "approve":
        next(lines)
    print("ready", flush=True)
    sys.stdin.readline()
    for line in lines:
        print(line, flush=True)


def start(task: str, path: Path | str, clubs: list[str]) -> "subprocess.Popen[str]":
    """Start a process that does a job once ``go`` is called."""
    code = f"from support.worker import run; run({task!r}, {str(path)!r}, {json.dumps(clubs)})"
    folders = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": folders, "PYTHONIOENCODING": "utf-8"},
    )


def ready(process: "subprocess.Popen[str]") -> None:
    """Wait until the process is ready."""
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if line != "ready":
        assert process.stderr is not None
        raise AssertionError(process.stderr.read())


def go(process: "subprocess.Popen[str]") -> None:
    """Let a process that is ready begin."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
