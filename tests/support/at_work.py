"""Checks and exports made while other processes take steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.core import PROVINCES, Core
from support.databases import address
from support.worker import TODAY, go, ready, start

from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.reports import events
from engine.scenario.world import StillClock

CHECKS = 12
LATER = StillClock(TODAY)
"""The clock of those who check: that of those who work."""


@contextmanager
def at_work(url: str, clubs: list[str]) -> Iterator[None]:
    """Let a process for each club take steps on it as long as the block runs."""
    running = [start("supervise", url, [club]) for club in clubs]
    try:
        for process in running:
            ready(process)
        for process in running:
            go(process)
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "done"
        yield
        for process in running:
            assert process.poll() is None, process.communicate()[1]
    finally:
        for process in running:
            process.kill()
            process.communicate()


def assert_no_alarm(core: Core, folder: Path) -> None:
    """See that no check finds a fault, and every export is whole, while two officers work."""
    clubs = [core.bring("operating") for _each in range(2)]
    reader = open_registry(address(core.store), provinces=PROVINCES, clock=core.clock)
    counts = []
    with at_work(address(core.store), clubs):
        for number in range(CHECKS):
            verified = upkeep.verify_log(reader.store, LATER)
            checked = upkeep.check(reader.store, LATER)
            faults = [*verified.faults, *checked.faults]
            assert faults == [], faults
            counts.append(checked.events)
            file = folder / f"{number}.jsonl"
            written = events.export(reader.store, file, "jsonl")
            assert len(file.read_text(encoding="utf-8").splitlines()) == written
    assert counts == sorted(counts)
    assert counts[0] < counts[-1], "nobody worked meanwhile"
    reader.store.close()
