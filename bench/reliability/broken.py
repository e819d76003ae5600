"""A full disk, cut connections, a server that dies: what was confirmed is there, nothing half."""

import random
import shutil
import time
from collections.abc import Callable

from bench.reliability.crowds import compare, recorded, writing
from bench.reliability.figures import Line
from bench.reliability.kills import JOBS, Job, judge, spread, written
from bench.reliability.stage import Stage, command, sound

FULL = "pwrite64"
"""What fails on a full disk: SQLite writes its pages with it, and grows its files."""
FILLED = ("advance", "advance --many", "member import", "fund record", "db rebuild", "audit seal")
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = '{name}' AND pid <> pg_backend_pid()"
)


def full_disk(stage: Stage, times: int) -> Line:
    """Let the disk be full from one of a command's writes on; then give the command again."""
    line = Line(f"{stage.kind}: a full disk under {len(FILLED)} commands")
    for job in JOBS:
        if job.name in FILLED:
            calls = [call for call in written(job, stage) if call[0] == FULL]
            for _name, number in spread(calls, times):
                _fill(stage, job, number, line)
    return line


def _fill(stage: Stage, job: Job, number: int, line: Line) -> None:
    own = f"{job.name}-full-{number}"
    at = stage.copy(own)
    args = job.make(stage, at)
    inject = f"inject={FULL}:error=ENOSPC:when={number}+"
    under = ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={FULL}", "-e", inject]
    ended = command(at.address, args, under=under)
    when = f"{job.name}, full from write {number} on"
    failed = ended.code != 0 or job.done(at.address) == job.whole
    line.check(failed, "lost", f"{when}: exit 0, and not there")
    line.check(ended.code == 0 or bool(ended.err.strip()), "tracebacks", f"{when}: no sentence")
    judge(job, at.address, args, ended, line, when)
    stage.drop(at, own)


def cut_connections(stage: Stage, seconds: float) -> Line:
    """Cut every connection to the database over and over while four officers write."""
    assert stage.server is not None
    server = stage.server
    chance = random.Random(2)

    def cut() -> None:
        time.sleep(chance.uniform(0.0, 0.3))
        server.execute(CUT.format(name="cut"))

    until = time.monotonic() + seconds
    return _writing_while(
        stage, "cut", "connections cut", cut, lambda _done: time.monotonic() < until
    )


def killed_server(stage: Stage, times: int) -> Line:
    """Kill the server over and over, as a power cut would, while four officers write."""
    assert stage.server is not None
    server = stage.server
    chance = random.Random(3)

    def kill() -> None:
        time.sleep(chance.uniform(0.5, 1.5))
        server.stop()
        server.start()

    return _writing_while(stage, "died", "the server killed", kill, lambda done: done < times)


def _writing_while(
    stage: Stage, name: str, what: str, do: Callable[[], None], more: Callable[[int], bool]
) -> Line:
    line = Line(f"{stage.kind}: {what} with 4 writers")
    address = stage.copy(name).address
    confirmed = list[str]()
    with writing(address, stage.clubs[:4], line, confirmed):
        while more(line.runs):
            do()
            line.runs += 1
    compare(confirmed, recorded(address), line)
    sound(address, line, "afterwards")
    line.remark = f"{len(confirmed)} steps confirmed"
    return line


def run(stage: Stage, *, seconds: float, times: int) -> list[Line]:
    """Break what can be broken on one kind of database."""
    if stage.server is not None:
        return [cut_connections(stage, seconds), killed_server(stage, times)]
    return [full_disk(stage, times)] if shutil.which("strace") is not None else []
