"""``memory``: the peak of resident memory of whole commands, each in a process of its own.

A report must not need more for more members: its reference is the same report over a tenth of the
members. The list written out is counted without what the members themselves take.
"""

import compileall
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from bench.batch import write as write_rows
from bench.life import ASSOCIATION, PROVINCE, TOWN
from bench.measure import Spread
from bench.options import Options
from bench.province import ON, PEOPLE, province
from bench.result import ROOT, Row
from bench.roster import ROWS

NAME = "memory"
TITLE = "the peak memory of each command"
FLAT, WRITTEN_MB, REPORT_MB = 1.1, 30.0, 120.0
PEAK = """
def peak():
    import resource, sys
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return used // 1024 if sys.platform == "darwin" else used
"""
COMMAND = f"""{PEAK}
import os, sys
sys.stdout, out = open(os.devnull, "w", encoding="utf-8"), sys.stdout
sys.stderr = sys.stdout
from engine.cli import run
code = run(sys.argv[1:])
print(code, peak(), file=out)
"""
IMPORTED = f"""{PEAK}
import click, peewee
print(0, peak())
"""
READ = f"""{PEAK}
import sys
from datetime import date
from pathlib import Path
from engine.roster.reader import read
found = read(Path(sys.argv[1]), on=date(2025, 6, 30))
print(0 if found.people else 1, peak())
"""
WRITTEN = f"""{PEAK}
import sys
from pathlib import Path
from bench.roster import members
from engine.roster.writer import write_list
import xlsxwriter
listed = members(int(sys.argv[2]))
before = peak()
write_list(Path(sys.argv[1]), listed, full=True)
print(0, peak() - before)
"""


def run(options: Options) -> list[Row]:
    """Measure the peak of each command, once: it hardly varies."""
    clubs, rows = options.size(20_000, 4_000, 20), options.size(ROWS, 5_000, 100)
    many = options.size(2_000, 500, 5)
    on = ("--on", ON.isoformat())
    report = ("report", "build", PROVINCE, "half_year", "--period", "2025H1", "--no-seal", "--out")
    with tempfile.TemporaryDirectory(prefix="clb-bench-memory-") as name:
        folder = Path(name)
        large = ("--database", str(province(clubs)))
        thin = ("--database", str(province(clubs, PEOPLE // 10)))
        batch, sheet = folder / "rows.csv", folder / "out.xlsx"
        write_rows(batch, many)
        shutil.copy(province(many), folder / "batch.sqlite3")
        own = ("--database", str(folder / "batch.sqlite3"))
        found = [_row("click and peewee imported", peak(IMPORTED), subject="bare")]
        for case, command in {
            "--help": ("--help",),
            f"club show, {clubs} clubs": ("club", "show", "BN-00000007", *on, *large),
            f"due for a commune, {clubs} clubs": ("due", "--as", ASSOCIATION, *on, *large),
            f"due, {clubs} clubs": ("due", "--as", TOWN, *on, *large),
            f"advance --many, {many} rows": ("advance", "--many", str(batch), "--as", TOWN, *own),
        }.items():
            found.append(_row(case, peak(COMMAND, *command)))
        for case, command in {
            f"progress, {clubs * PEOPLE} members": ("progress", PROVINCE, *on),
            f"six-month report, {clubs * PEOPLE} members": (*report, str(folder / "r.json")),
        }.items():
            much, little = peak(COMMAND, *command, *large), peak(COMMAND, *command, *thin)
            found.append(_row(case, much, little))
        for kind in ("docx", "html", "xlsx"):
            command = (*report, str(folder / f"r.{kind}"), "--format", kind, *large)
            case = f"six-month report as {kind}, {clubs} clubs"
            found.append(_row(case, peak(COMMAND, *command), limit=REPORT_MB))
        written = peak(WRITTEN, str(sheet), str(rows))
        found.append(_row(f"a list of {rows} out", written, limit=WRITTEN_MB))
        found.append(_row(f"a list of {rows} in", peak(READ, str(sheet))))
    return found


def peak(code: str, *args: str) -> float:
    """Return the peak of a script in megabytes. Raises ``RuntimeError`` when it fails."""
    _compile()
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    words = done.stdout.split()
    if done.returncode or len(words) != 2 or words[0] != "0":
        raise RuntimeError(f"{args}: {done.stdout} {done.stderr[-2000:]}")
    return int(words[1]) / 1024


@cache
def _compile() -> None:
    """Compile the engine as its installation does, or each process would count its compiler."""
    compileall.compile_dir(ROOT / "engine", quiet=1)


def _row(
    case: str,
    used: float,
    less: float | None = None,
    *,
    subject: str = "clb",
    limit: float | None = None,
) -> Row:
    value = Spread(used, used, used)
    if less is None:
        return Row(NAME, case, subject, "MB", value, budget=limit, limits="value")
    times = used / less
    note = "of a tenth of the members"
    reference, ratio = Spread(less, less, less), Spread(times, times, times)
    return Row(NAME, case, subject, "MB", value, reference, ratio, budget=FLAT, note=note)
