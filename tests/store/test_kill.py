"""A process killed at any moment leaves its club before a step or after it, never between."""

import json
import random
import subprocess
import time
from pathlib import Path

import pytest
from support.core import PROVINCES, Core
from support.faults import chain_faults, personal_faults, table_faults
from support.gallery import Gallery
from support.worker import BATCH, TODAY, go, ready, start

from engine.lifecycle.registry import open_registry
from engine.scenario.world import StillClock

pytestmark = pytest.mark.slow

AT_ONCE = 5
ROUNDS = 3
"""Each round kills a process a registry, for each of the two jobs: 30 in all."""


@pytest.fixture
def files(gallery: Gallery, tmp_path: Path) -> list[Path]:
    """Registries with one operating club, each for a process of its own."""
    paths = [tmp_path / f"{number}.sqlite3" for number in range(AT_ONCE)]
    for path in paths:
        core = gallery.core(path)
        core.bring("operating")
        core.store.close()
    return paths


def kill_somewhere(process: "subprocess.Popen[str]", chance: random.Random) -> int:
    """Kill a process at some moment of some step; return how many steps it had reported."""
    assert process.stdout is not None
    reported = chance.randrange(1, 5)
    began = time.perf_counter()
    for _line in range(reported):
        assert process.stdout.readline().strip() == "done"
    a_step = (time.perf_counter() - began) / reported
    moment = time.perf_counter() + chance.uniform(0, 2 * a_step)
    while time.perf_counter() < moment:
        pass
    process.kill()
    rest = process.stdout.read().count("done")
    process.wait()
    return reported + rest


def begun(path: Path) -> Core:
    clock = StillClock(TODAY)
    return Core(open_registry(str(path), provinces=PROVINCES, clock=clock), clock)


def assert_sound(core: Core) -> None:
    assert chain_faults(core.store) == []
    assert table_faults(core.store) == []
    assert personal_faults(core.store) == []


def steps(core: Core, name: str) -> int:
    return int(core.store.rows("SELECT count(*) FROM event WHERE step = ?", (name,))[0][0])


@pytest.mark.sqlite
@pytest.mark.parametrize("task", ["supervise", "enrol"])
def test_a_killed_process_leaves_each_club_before_or_after_a_step(
    files: list[Path], task: str
) -> None:
    chance = random.Random(task)
    step = {"supervise": "supervise", "enrol": "roster"}[task]
    for _round in range(ROUNDS):
        before = []
        for path in files:
            core = begun(path)
            club = core.store.rows("SELECT id FROM club")[0][0]
            before.append((club, steps(core, step), core.club(club).seq))
            core.store.close()
        running = [start(task, path, [one[0]]) for path, one in zip(files, before, strict=True)]
        for process in running:
            ready(process)
        reported = []
        for process in running:
            go(process)
            reported.append(kill_somewhere(process, chance))
        for path, (club, number, seq), done in zip(files, before, reported, strict=True):
            core = begun(path)
            assert_sound(core)
            taken = steps(core, step) - number
            assert taken - done in (0, 1), "a step that was reported is there; at most one more"
            assert core.club(club).seq == seq + taken
            assert_whole(core, club, task)
            core.store.close()


def assert_whole(core: Core, club: str, task: str) -> None:
    """See that no step left a part of itself."""
    if task == "enrol":
        members = core.store.rows("SELECT count(*) FROM member")[0][0]
        assert (members - 70) % BATCH == 0
        assert core.store.rows("SELECT count(*) FROM personal") == [(members,)]
        return
    supervised = steps(core, "supervise")
    assert core.store.rows("SELECT count(*) FROM supervision") == [(supervised,)]
    body = core.store.rows(
        "SELECT body FROM event WHERE step = 'supervise' ORDER BY seq DESC LIMIT 1"
    )[0][0]
    assert str(core.club(club).supervised_on) == json.loads(body)["on"]


@pytest.mark.sqlite
def test_an_error_in_the_middle_of_a_step_leaves_nothing_behind(core: Core) -> None:
    """The event and the person are written, the post cannot be: neither stays."""
    club = core.bring("preparing")
    core.store.run(
        "CREATE TRIGGER no_board BEFORE INSERT ON board BEGIN SELECT RAISE(ABORT, 'hỏng'); END"
    )
    error = core.refusal(club, "set_board", core.clock.day, {"chair": "Người Ngoài"})
    assert (error.exit_code, error.code) == (5, "CLB-DATABASE-UNUSABLE")
    core.store.run("DROP TRIGGER no_board")
    assert_sound(core)
    core.take(club, "set_board", core.clock.day, {"chair": "Người Ngoài"})
