"""Many processes at once: steps, the ninth grant of eight, restores and checks during writes."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bench.reliability.figures import Line
from bench.reliability.stage import Stage, environment, opened, sound
from bench.reliability.worker import STEPS
from engine.lifecycle import upkeep
from engine.lifecycle.backup import save
from engine.lifecycle.restore import restore
from engine.store import verify
from engine.store.url import parse

CROWD = 8
GRANTS = 8
"""What Bắc Ninh's budget of a year pays for."""
RACERS = 6
LIMIT = 300.0
MEETINGS = "SELECT body FROM event WHERE step = 'meeting'"

Worker = "subprocess.Popen[str]"


def start(job: str, address: str, number: int, clubs: Sequence[str]) -> Worker:
    """Start a worker; it waits until it is let go."""
    return subprocess.Popen(
        [sys.executable, "-m", "bench.reliability.worker", job, address, str(number), *clubs],
        env=environment(address),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def go(workers: Sequence[Worker]) -> None:
    """Let workers begin together, once all are ready. Raises ``RuntimeError`` where one is not."""
    for worker in workers:
        assert worker.stdout is not None
        if worker.stdout.readline().strip() != "ready":
            raise RuntimeError(worker.communicate()[1])
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()


def finish(workers: Sequence[Worker], line: Line) -> list[list[str]]:
    """Return what each worker printed to its end; count their tracebacks."""
    printed = []
    for worker in workers:
        out, err = worker.communicate(timeout=LIMIT)
        line.check("Traceback" not in err, "tracebacks", err[-4000:])
        printed.append(out.splitlines())
    return printed


@contextmanager
def writing(
    address: str, clubs: Sequence[str], line: Line, confirmed: list[str]
) -> Iterator[list[Worker]]:
    """Let a worker for each club record meetings as long as the block runs, then kill them."""
    workers = [start("always", address, number, [club]) for number, club in enumerate(clubs)]
    try:
        go(workers)
        yield workers
    finally:
        for worker in workers:
            worker.kill()
        for printed in finish(workers, line):
            confirmed += done(printed)


def done(printed: Sequence[str]) -> list[str]:
    """Return the keys of the steps that were confirmed."""
    return [text.split()[-1] for text in printed if text.startswith("done ")]


def recorded(address: str) -> list[str]:
    """Return the keys of the meetings that are there."""
    with opened(address) as store:
        return [str(json.loads(body)["form"]["attendance"]) for (body,) in store.rows(MEETINGS)]


def compare(confirmed: Sequence[str], there: Sequence[str], line: Line) -> None:
    """Count what was confirmed and is not there, and what is there twice."""
    for key in set(confirmed) - set(there):
        line.check(False, "lost", f"meeting {key}")
    for key in set(there):
        line.check(there.count(key) == 1, "doubled", f"meeting {key}")


def steps(stage: Stage, clubs: int) -> Line:
    """Let eight processes take 200 steps each, on as many clubs or all on one."""
    address = stage.copy(f"steps-{clubs}").address
    line = Line(f"{stage.kind}: {CROWD} × {STEPS} steps on {clubs} club{'s' * (clubs > 1)}")
    workers = [
        start("meet", address, number, [stage.clubs[number % clubs]]) for number in range(CROWD)
    ]
    began = time.perf_counter()
    go(workers)
    printed = finish(workers, line)
    line.remark = f"{time.perf_counter() - began:.0f} s"
    confirmed = [key for one in printed for key in done(one)]
    line.runs = CROWD * STEPS
    line.check(len(confirmed) == line.runs, "lost", f"{len(confirmed)} of {line.runs} confirmed")
    compare(confirmed, recorded(address), line)
    sound(address, line, "afterwards")
    return line


def grants(stage: Stage) -> Line:
    """Race for the grants of a year: eight are paid for, each club gets one."""
    address = stage.copy("grants").address
    line = Line(f"{stage.kind}: grants for {len(stage.clubs)} clubs, {GRANTS} paid for")
    workers = [start("grant", address, number, stage.clubs) for number in range(RACERS)]
    go(workers)
    printed = finish(workers, line)
    confirmed = [key for one in printed for key in done(one)]
    refused = {text.split()[1] for one in printed for text in one if text.startswith("failed")}
    line.runs = RACERS * len(stage.clubs)
    line.remark = f"{len(confirmed)} recorded; others: {', '.join(sorted(refused))}"
    with opened(address) as store:
        there = [club for (club,) in store.rows("SELECT club FROM ledger WHERE kind = 'grant'")]
    line.check(len(there) <= GRANTS, "doubled", f"{len(there)} grants of {GRANTS}")
    line.check(len(set(there)) == len(there), "doubled", "a club with two grants")
    line.check(sorted(there) == sorted(confirmed), "lost", "confirmed, and not there")
    line.check(len(there) >= GRANTS, "lost", f"only {len(there)} grants of {GRANTS}")
    sound(address, line, "afterwards")
    return line


def restores(stage: Stage, times: int) -> Line:
    """Bring a copy back while two officers write; the other database is kept each time."""
    line = Line(f"{stage.kind}: db restore with 2 writers", times)
    at = stage.copy("restores")
    copy, target = at.folder / "copy.sqlite3", parse(at.address)
    save(target, copy)
    kept, confirmed = [at.address], list[str]()
    with writing(at.address, stage.clubs[:2], line, confirmed) as workers:
        for _time in range(times):
            for worker in workers:
                assert worker.stdout is not None
                confirmed += done([worker.stdout.readline() for _step in range(5)])
            replaced = restore(target, copy).replaced
            assert replaced is not None
            kept.append(str(replaced))
    there = [key for file in kept for key in set(recorded(file))]
    line.remark = f"{len(confirmed)} steps confirmed"
    for key in set(confirmed) - set(there):
        line.check(False, "lost", f"meeting {key}")
    for file in kept:
        sound(file, line, file)
    return line


def checks(stage: Stage, seconds: float) -> Line:
    """Check the log, the tables and the head over and over while four officers write."""
    address = stage.copy("checks").address
    line = Line(f"{stage.kind}: checks with 4 writers")
    confirmed = list[str]()
    with opened(address) as store, writing(address, stage.clubs[:4], line, confirmed):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            line.runs += 2
            for faults in (upkeep.verify_log(store).faults, upkeep.check(store).faults):
                line.check(not faults, "alarms", str(faults[:1]))
            with store.snapshot():
                one, other = verify.head(store), verify.head(store)
            line.check(one == other, "alarms", "two heads of one moment")
    compare(confirmed, recorded(address), line)
    line.remark = f"{len(confirmed)} steps meanwhile"
    return line


def run(stage: Stage, *, seconds: float, times: int) -> list[Line]:
    """Run every crowd on one kind of database."""
    lines = [steps(stage, CROWD), steps(stage, 1), grants(stage), checks(stage, seconds)]
    return lines + ([restores(stage, times)] if stage.server is None else [])
