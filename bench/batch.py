"""``batch``: ``clb advance --many`` over the supervisions of 2.000 clubs, a CSV row each.

The reference reads the same file and takes the same steps in one transaction by hand: no savepoint
a row, no commit every hundred rows, no outcome a row. Each run begins with the same database.
"""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from bench.life import SUPERVISION, TOWN
from bench.measure import Sample, by_turns, timed
from bench.options import Options
from bench.profiling import profiled
from bench.province import province
from bench.result import Row, timed_row
from bench.step import by_hand
from engine.cli import run as clb

NAME = "batch"
TITLE = "a supervision of every club, with clb advance --many"
BUDGET = 4.0
DAY = "2025-10-02"
NUMBERS = ("meetings_held", "operating_fund_balance", "borrowers")
FIELDS = ("club", "step", "on", *SUPERVISION)


def run(options: Options) -> list[Row]:
    """Measure the batch against one hand-written transaction."""
    clubs = options.size(2_000, 500, 5)
    with tempfile.TemporaryDirectory(prefix="clb-bench-batch-") as name:
        folder = Path(name)
        source, rows = province(clubs), folder / "rows.csv"
        write(rows, clubs)
        if options.profile:
            path = Path(shutil.copy(source, folder / "profiled.sqlite3"))
            profiled(lambda: engine(path, rows))
            return []
        samples = by_turns(
            {
                "clb": on_a_copy(source, folder, lambda path: engine(path, rows)),
                "hand": on_a_copy(source, folder, lambda path: hand(path, rows)),
            },
            options.rounds,
        )
    ours, theirs = samples["clb"], samples["hand"]
    case = f"a row of {clubs}"
    return [timed_row(NAME, case, ours, theirs, unit="µs", each=clubs, budget=BUDGET)]


def on_a_copy(source: Path, folder: Path, work: Callable[[Path], None]) -> Callable[[], Sample]:
    """Return a run of ``work`` on a fresh copy of a database; copying is not timed."""

    def once() -> Sample:
        path = folder / "copy.sqlite3"
        for left in folder.glob("copy.sqlite3*"):
            left.unlink()
        shutil.copy(source, path)
        return timed(lambda: work(path))

    return once


def write(rows: Path, clubs: int) -> None:
    """Write the CSV: one supervision a club."""
    form = SUPERVISION | {"activities": json.dumps(SUPERVISION["activities"])}
    with rows.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(FIELDS)
        for number in range(clubs):
            sheet.writerow((f"BN-{number:08d}", "supervise", DAY, *form.values()))


def engine(path: Path, rows: Path) -> None:
    """Run the command, as its process would. Raises ``AssertionError`` where a row is refused."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(io.StringIO()):
        code = clb(["advance", "--many", str(rows), "--as", TOWN, "--database", str(path)])
    assert code == 0, printed.getvalue()[-500:]


def hand(path: Path, rows: Path) -> None:
    """Take the same steps in one transaction."""
    program = by_hand(path)
    program.data.begin()
    with rows.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            form = {name: row[name] for name in SUPERVISION}
            form |= {name: int(row[name]) for name in NUMBERS}
            form |= {"activities": json.loads(row["activities"]), "date": row["on"]}
            program.advance_within(row["club"], row["step"], form, TOWN)
    program.data.commit()
    program.data.close()
