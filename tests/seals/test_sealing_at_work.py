"""Seals made while officers work: nobody waits for one on a server, and two at once are safe."""

import subprocess

import pytest
from support.core import ASSOCIATION, PROVINCE, PROVINCES, Core
from support.databases import address
from support.step_forms import form
from support.worker import TODAY, go, ready, start

from engine.errors import ConflictError
from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.lifecycle.sealing import seal
from engine.scenario.world import StillClock
from engine.seals.checkpoint import parse
from engine.store import log, seals


def finish(process: "subprocess.Popen[str]") -> list[str]:
    printed, failed = process.communicate(timeout=90)
    assert failed == ""
    assert process.returncode == 0
    return printed.split("\n")[:-1]


def clubs(core: Core) -> list[str]:
    rows = core.store.rows("SELECT id FROM club WHERE state <> 'preparing' ORDER BY id")
    return [str(row[0]) for row in rows]


def test_two_who_seal_while_two_write_leave_a_log_that_fits_every_seal(core: Core) -> None:
    first, second = clubs(core)
    shared = address(core.store)
    running = [start("meet", shared, [one]) for one in (first, second)]
    running += [start("seal", shared, []) for _each in range(2)]
    for process in running:
        ready(process)
    for process in running:
        go(process)
    done = [finish(process) for process in running]
    assert done[:2] == [["done"] * 25] * 2
    made = seal(core.registry, PROVINCE, None)
    assert made is not None
    assert upkeep.check(core.store, StillClock(TODAY)).faults == ()
    for line in {line for printed in done[2:] for line in printed}:
        assert seals.held(core.store, parse(line)).fault is None
    row = core.store.row("SELECT count(*) FROM event")
    assert row is not None
    assert made.seal.size == row[0] - 1, "each event is a leaf once, but the last seal itself"
    sizes = [one.size for one in (content.seal for content in sealed(core))]
    assert sizes == sorted(set(sizes))


def sealed(core: Core) -> list[seals.Content]:
    found = [content for _seq, content in seals.contents(core.store, PROVINCE)]
    assert len(found) == len(log.read(core.store, f"seal:{PROVINCE}"))
    return [one for one in found if one is not None]


@pytest.mark.postgresql
def test_nobody_who_writes_waits_for_a_seal_on_a_server(core: Core) -> None:
    other = open_registry(address(core.store), provinces=PROVINCES, clock=core.clock)
    other.store.run("SET lock_timeout = '200ms'")
    (first, second) = clubs(core)
    seal(core.registry, PROVINCE, None)
    meeting = form("meeting", core.clock.day)
    with core.store.write():
        core.life.advance_within(first, "meeting", meeting, officer=ASSOCIATION)
        made = seal(core.registry, PROVINCE, None)
        assert made is not None
        assert made.events > 0
        other.lifecycle.advance(second, "meeting", meeting, officer=ASSOCIATION)
        with pytest.raises(ConflictError):
            seal(other, PROVINCE, None)
    assert seal(other, PROVINCE, None) is not None
    assert upkeep.check(core.store, StillClock(TODAY)).faults == ()
    other.store.close()
