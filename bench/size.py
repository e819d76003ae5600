"""``size``: bytes of database that a club's twelve first steps take, table by table.

The member list (seventy people, their commitments in the log and their names outside it) is counted
on its own: it depends on the club, not on the program.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bench.life import LIFE, MEMBERS, YEARS, opened, ready
from bench.measure import Spread
from bench.options import Options
from bench.result import Row
from bench.step import Engine

NAME = "size"
TITLE = "bytes of database a club"
BUDGET_KB = 5.0
OF_PEOPLE = ("member", "personal")
PAGES = """
SELECT m.tbl_name, sum(d.pgsize) FROM dbstat d JOIN sqlite_master m ON m.name = d.name
GROUP BY m.tbl_name"""


def run(options: Options) -> list[Row]:
    """Let clubs live and weigh the tables."""
    clubs = options.size(300, 100, 5)
    with tempfile.TemporaryDirectory(prefix="clb-bench-size-") as name:
        path = ready(Path(name) / "clb.sqlite3")
        before = _pages(path)
        engine = Engine(opened(path))
        for number in range(clubs):
            club: str | None = None
            for step in LIFE:
                club = engine.take(club, step, step.filled(YEARS[number % len(YEARS)], number))
        engine.close()
        after, roster, bodies = _pages(path), _bodies(path, "="), _bodies(path, "<>")
    grown = {table: (after[table] - before.get(table, 0)) / clubs / 1024 for table in after}
    people = roster / clubs / 1024
    own = {table: size for table, size in grown.items() if table not in OF_PEOPLE}
    own["event"] -= people
    rest = sum(size for table, size in grown.items() if table in OF_PEOPLE) + people
    found = [
        _row("twelve steps but the list", sum(own.values()), BUDGET_KB),
        _row(f"the list of {MEMBERS}", rest),
    ]
    own |= {"bodies of the events": bodies / clubs / 1024}
    own["event"] -= own["bodies of the events"]
    own["events without their bodies"] = own.pop("event")
    ordered = sorted(own.items(), key=lambda one: -one[1])
    return found + [_row(f"of it, {table}", size) for table, size in ordered if size >= 0.05]


def _row(case: str, size: float, budget: float | None = None) -> Row:
    held = Spread(size, size, size)
    return Row(NAME, case, "clb", "KB", held, budget=budget, limits="value")


def _pages(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return {table: int(size) for table, size in db.execute(PAGES)}


def _bodies(path: Path, which: str) -> int:
    """Return how many bytes the bodies of the member lists (``=``) or of the rest take."""
    with closing(sqlite3.connect(path)) as db:
        row = db.execute(
            "SELECT sum(length(CAST(body AS BLOB))) FROM event "
            f"WHERE stream GLOB 'club:*' AND step {which} 'roster'"
        ).fetchone()
        return int(row[0])
