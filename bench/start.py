"""``start``: from the key to the answer of short commands, each a process of its own.

The reference is a bare script that imports click and peewee and reads one row of the same database.
Installations hold what a user's holds: the engine, what it requires, one province or 34, and in one
of them a PostgreSQL driver (this interpreter's, else a module that costs as much to import). Ten
clubs are on the books: this is about starting, ``growth`` about how many rows there are.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.install import clb, make, script
from bench.life import LIFE, TOWN, YEARS, ready
from bench.measure import Sample, Spread, by_turns, spawned
from bench.options import Options
from bench.result import Row, timed_row
from bench.step import Hand, by_hand

NAME = "start"
TITLE = "short commands, from a cold start"
BUDGET, PROVINCES_MS = 1.3, 10.0
BARE = """
import sys
import click
import peewee
database = peewee.SqliteDatabase(sys.argv[1])
database.connect()
click.echo(database.execute_sql("SELECT id, name FROM club LIMIT 1").fetchone())
"""


def run(options: Options) -> list[Row]:
    """Measure every command in every installation."""
    with tempfile.TemporaryDirectory(prefix="clb-bench-start-") as temporary:
        folder = Path(temporary)
        database, club = _lived(folder, options.size(10, 10, 1))
        few = options.size(34, 34, 3)
        many = f"{few} provinces"
        homes = {
            "1 province": make(folder / "one", 1),
            many: make(folder / "many", few),
            "a PostgreSQL driver": make(folder / "driver", 1, driver=True),
        }
        where = {"CLB_DATABASE": str(database), "CLB_OFFICER": TOWN}
        bare = _spawn(script(BARE, str(database)), homes["1 province"] | where)
        rounds, warm = options.size(7, 5, 1), not options.tiny
        found: list[Row] = []
        for home, env in homes.items():
            for name, command in _commands(club).items():
                # The script runs right after each command: a busy machine is busy for both.
                pair = {"clb": _spawn(command, env | where), "bare": bare}
                taken = by_turns(pair, rounds, warm=warm)
                case = f"{name}, {home}"
                budget = BUDGET if case == "due, 1 province" else None
                found.append(timed_row(NAME, case, taken["clb"], taken["bare"], budget=budget))
        due = _commands(club)["due"]
        dues = {home: _spawn(due, homes[home] | where) for home in ("1 province", many)}
        taken = by_turns(dues, rounds, warm=warm)
    pairs = zip(taken[many], taken["1 province"], strict=True)
    more = Spread.of([1e3 * (with_many.cpu - with_one.cpu) for with_many, with_one in pairs])
    case = f"due, what {few - 1} more provinces add"
    return [*found, Row(NAME, case, "clb", "ms", more, budget=PROVINCES_MS, limits="value")]


def _spawn(command: list[str], env: dict[str, str]) -> Callable[[], Sample]:
    return lambda: spawned(command, env, cwd="/")


def _commands(club: str) -> dict[str, list[str]]:
    sets = ["inspector=Trần Thị Hoa", "meetings_held=6", "activities=health_care"]
    sets += ["operating_fund_balance=100000000", "borrowers=40"]
    given = [part for one in (*sets, "conclusion=pass") for part in ("--set", one)]
    return {
        "--help": clb("--help"),
        "due": clb("due", "--on", "2022-03-01"),
        "club show": clb("club", "show", club, "--on", "2022-03-01"),
        "advance --dry-run": clb(
            "advance", club, "supervise", *given, "--on", "2024-04-01", "--dry-run"
        ),
    }


def _lived(folder: Path, clubs: int) -> tuple[Path, str]:
    """Make a database in which some clubs have lived; return it and one club."""
    path = ready(folder / "clb.sqlite3")
    player = Hand(by_hand(path))
    club = ""
    for number in range(clubs):
        one: str | None = None
        for step in LIFE:
            one = player.take(one, step, step.filled(YEARS[0], number))
        club = club or str(one)
    player.close()
    return path, club
