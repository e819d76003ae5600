"""Every command that writes, killed: at a random moment, and at each of its writing system calls.

After a kill the command is given again, as an officer would: where it promises to do nothing twice
that is seen to; where it does not, only if it is not in the log yet.
"""

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from bench import life
from bench.reliability.figures import Line
from bench.reliability.stage import Ended, Place, Stage, command, count, environment, opened, sound
from engine.store import migrate
from engine.store.orm import SqliteDatabase, migrations
from engine.store.tables import ALL

SYSCALLS = (
    "pwrite64,write,pwritev,fdatasync,fsync,ftruncate,fallocate,unlink,rename,link,chmod,fchmod"
)
MEETINGS = 20
IMPORTED = 60
FEWEST = 3
"""Random kills of each command, however slow the machine."""
AT_ONCE = 3
"""Commands killed at a time: most of their time is start-up."""


@dataclass(frozen=True)
class Job:
    """A command to kill.

    ``make`` puts files next to a copy of the province and returns the arguments. ``done`` returns
    how much of what it does is there, of ``whole``; with ``steps`` a part of it may be, since each
    is a step of its own. ``again`` is whether giving it twice is promised to do nothing twice: it
    then does the rest, or refuses. ``anywhere`` is whether it is for databases on a server too.
    """

    name: str
    make: Callable[[Stage, Place], list[str]]
    done: Callable[[str], int]
    whole: int = 1
    steps: bool = False
    again: bool = True
    anywhere: bool = True


def _advance(stage: Stage, at: Place) -> list[str]:
    form = {**life.SUPERVISION, "date": "2022-04-01"}
    del form["operating_fund_balance"]  # the club has not opened this fund
    file = at.folder / "form.json"
    file.write_text(json.dumps(form), encoding="utf-8")
    return ["advance", stage.clubs[0], "supervise", "--form", str(file), "--as", life.TOWN]


def _many(stage: Stage, at: Place) -> list[str]:
    file = at.folder / "rows.csv"
    rows = [
        f"{stage.clubs[n % 4]},meeting,2022-01-{n + 1:02},40,health_care" for n in range(MEETINGS)
    ]
    file.write_text("\n".join(("club,step,on,attendance,activities", *rows)), encoding="utf-8")
    return ["advance", "--many", str(file), "--as", life.ASSOCIATION]


def _import(stage: Stage, at: Place) -> list[str]:
    file = at.folder / "list.csv"
    rows = [f"{n + 1},Phan Thị Mới {n},Nữ,19{40 + n % 20},Thôn Một" for n in range(IMPORTED)]
    file.write_text(
        "\n".join(("STT,Họ và tên,Giới tính,Năm sinh,Thôn", *rows)), encoding="utf-8-sig"
    )
    on = ("--on", "2022-05-01")
    return ["member", "import", stage.clubs[0], str(file), *on, "--as", life.ASSOCIATION]


def _fund(stage: Stage, at: Place) -> list[str]:
    paid = ("--kind", "grant", "--source", "province_budget", "--fund", "operating")
    by = ("--document", "UNC 1", "--resolution", "NQ 5", "--on", "2021-11-01", "--as", life.TOWN)
    return ["fund", "record", stage.clubs[0], *paid, "--amount", "100000000", *by]


def _rebuild(stage: Stage, at: Place) -> list[str]:
    with opened(at.address) as store:
        store.run("DELETE FROM task")
        store.run("UPDATE club SET state = 'dissolved'")
    return ["db", "rebuild"]


def _rebuilt(address: str) -> int:
    with opened(address) as store:
        return int(bool(store.rows("SELECT 1 FROM task LIMIT 1")))


def _restore(stage: Stage, at: Place) -> list[str]:
    copy = at.folder / "copy.sqlite3"
    shutil.copy(at.file, copy)
    made = command(at.address, _fund(stage, at))
    assert made.confirmed, made.err
    return ["db", "restore", str(copy), "--yes"]


def _restored(address: str) -> int:
    return int(count(address, "step = 'fund'") == 0)


def _upgrade(stage: Stage, at: Place) -> list[str]:
    """Put the province into a database of the first released version."""
    new = at.folder / "new.sqlite3"
    at.file.rename(new)
    first = migrate.known()[0]
    with closing(SqliteDatabase(at.address, pragmas={"journal_mode": "wal"})) as old:
        old.connect()
        migrations(old, migrate.MIGRATIONS).up(first)
        old.execute_sql("ATTACH DATABASE ? AS new", (str(new),))
        there = set(old.get_tables())
        for name in (one._meta.table_name for one in ALL):
            if name in there:
                columns = ", ".join(f'"{one.name}"' for one in old.get_columns(name))
                old.execute_sql(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM new.{name}")
    new.unlink()
    return ["db", "upgrade"]


def _upgraded(address: str) -> int:
    with opened(address) as store:
        return int(migrate.applied(store) == migrate.known())


def _seal(stage: Stage, at: Place) -> list[str]:
    return ["audit", "seal", "--as", life.TOWN]


def _events(where: str) -> Callable[[str], int]:
    return lambda address: count(address, where)


def _members(address: str) -> int:
    """Return how many were imported, of whom both the member and the name are there."""
    with opened(address) as store:
        row = store.row(
            "SELECT count(*) FROM member m JOIN personal p ON p.club = m.club AND p.member = m.id "
            "WHERE p.name LIKE 'Phan Thị Mới%'"
        )
    assert row is not None
    return int(row[0])


JOBS = (
    Job("advance", _advance, _events("step = 'supervise'"), again=False),
    Job("advance --many", _many, _events("step = 'meeting'"), MEETINGS, steps=True),
    Job("member import", _import, _members, IMPORTED),
    Job("fund record", _fund, _events("step = 'fund'"), again=False),
    Job("db rebuild", _rebuild, _rebuilt),
    Job("db restore", _restore, _restored, anywhere=False),
    Job("db upgrade", _upgrade, _upgraded, anywhere=False),
    Job("audit seal", _seal, _events("stream = 'seal:bac_ninh'")),
)


def judge(
    job: Job, address: str, args: Sequence[str], killed: Ended, line: Line, when: str
) -> None:
    """Hold what is there after a kill against what was confirmed; then give the command again."""
    line.runs += 1
    line.check(not killed.traceback, "tracebacks", f"{when}: {killed.err[-200:]}")
    old = job.name == "db upgrade" and not _upgraded(address)
    if job.name not in ("db rebuild", "db upgrade"):
        sound(address, line, when)
    found = job.done(address)
    whole = found in (0, job.whole) or (job.steps and found <= job.whole)
    line.check(whole, "lost", f"{when}: {found} of {job.whole}, half done")
    line.check(
        not killed.confirmed or found == job.whole, "lost", f"{when}: confirmed, and not there"
    )
    if job.again or found == 0:
        second = command(address, args)
        line.check(not second.traceback, "tracebacks", f"{when}, again: {second.err[-200:]}")
        refused = found == job.whole and not old
        line.check(second.code == 0 or refused, "lost", f"{when}, again: {second.err[-200:]}")
    after = job.done(address)
    line.check(after >= job.whole, "lost", f"{when}, again: {after} of {job.whole}")
    line.check(after <= job.whole, "doubled", f"{when}, again: {after} of {job.whole}")
    sound(address, line, f"{when}, again")


def written(job: Job, stage: Stage) -> list[tuple[str, int]]:
    """Return the writing system calls of one whole run, each with its number among its kind."""
    at = stage.copy(f"{job.name}-counted")
    log = at.folder / "strace"
    under = ["strace", "-qq", "-o", str(log), "-e", f"trace={SYSCALLS}"]
    done = command(at.address, job.make(stage, at), under=under)
    assert done.confirmed, done.err
    counts: dict[str, int] = {}
    calls = []
    for name in re.findall(r"^(\w+)\(", log.read_text(errors="replace"), re.MULTILINE):
        counts[name] = counts.get(name, 0) + 1
        calls.append((name, counts[name]))
    return calls


def spread(calls: Sequence[tuple[str, int]], most: int) -> Sequence[tuple[str, int]]:
    """Return all calls, or ``most`` of them from the first to the last."""
    if len(calls) <= most:
        return calls
    return [calls[place * (len(calls) - 1) // (most - 1)] for place in range(most)]


def at_each_write(stage: Stage, job: Job, seconds: float) -> Line:
    """Kill a command at its writing system calls, in no order: as many as the time allows."""
    calls = written(job, stage)
    line = Line(f"{stage.kind}: {job.name}, killed at each write")
    until = time.monotonic() + seconds

    def one(call: tuple[str, int]) -> Line:
        name, number = call
        part = Line(line.trial)
        if time.monotonic() > until:
            return part
        when, own = f"{name} {number}", f"{job.name}-{name}-{number}"
        at = stage.copy(own)
        inject = f"inject={name}:signal=KILL:when={number}"
        args = job.make(stage, at)
        under = ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject]
        judge(job, at.address, args, command(at.address, args, under=under), part, when)
        stage.drop(at, own)
        return part

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for part in threads.map(one, random.Random(job.name).sample(calls, len(calls))):
            line.add(part)
    line.remark = f"{line.runs} of {len(calls)} system calls"
    return line


def at_random(stage: Stage, job: Job, seconds: float) -> Line:
    """Kill a command after a random part of the time that it takes."""
    line = Line(f"{stage.kind}: {job.name}, killed at random")
    at = stage.copy(f"{job.name}-timed")
    args = job.make(stage, at)
    began = time.perf_counter()
    command(at.address, args)
    takes = time.perf_counter() - began
    chance = random.Random(job.name)
    landed, until = 0, time.monotonic() + seconds
    while line.runs < FEWEST or time.monotonic() < until:
        number = line.runs
        own = f"{job.name}-random-{number}"
        at = stage.copy(own)
        args = job.make(stage, at)
        process = subprocess.Popen(
            [sys.executable, "-m", "engine", *args],
            env=environment(at.address),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        try:
            out, err = process.communicate(timeout=takes * chance.uniform(0.3, 1.1))
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        landed += process.returncode == -signal.SIGKILL
        judge(job, at.address, args, Ended(process.returncode, out, err), line, f"random {number}")
        stage.drop(at, own)
    line.remark = f"{landed} kills landed"
    return line


def run(stage: Stage, *, seconds: float) -> list[Line]:
    """Kill every command; on a server, and without strace, only at random moments."""
    lines = []
    for job in JOBS:
        if stage.server is not None and not job.anywhere:
            continue
        if stage.server is None and shutil.which("strace") is not None:
            lines.append(at_each_write(stage, job, seconds))
        lines.append(at_random(stage, job, seconds / 4))
    return lines
