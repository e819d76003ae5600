"""``files``: commands that read or write one file, from a cold start: a list, a report, a paper.

The reference is a bare script of the library that does the work, in the same installation: it reads
the same rows and keeps them, or fills the same Word template. It knows no rules, no province, no
words for what is missing, and judges nothing.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.install import clb, make, script
from bench.life import ASSOCIATION, LIFE, PROVINCE, TOWN, YEARS, ready
from bench.measure import Sample, by_turns, spawned
from bench.options import Options
from bench.result import ROOT, Row, timed_row
from bench.roster import members
from bench.step import Hand, by_hand
from engine.roster.writer import write_list

NAME = "files"
TITLE = "commands that read or write one file, from a cold start"
BUDGET = 1.5
ON = "2022-06-30"
TEMPLATES = ROOT / "engine" / "documents" / "templates"
IMPORTED = """
import sqlite3, sys
from python_calamine import CalamineWorkbook
sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
rows = [[str(cell) for cell in row[:8]] for row in sheet.to_python() if len(row) > 7]
database = sqlite3.connect(sys.argv[2])
with database:
    database.execute("CREATE TABLE list (a, b, c, d, e, f, g, h)")
    database.executemany("INSERT INTO list VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
assert len(rows) > 60, len(rows)
"""
FILLED = """
import sqlite3, sys
from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, Environment
database = sqlite3.connect(sys.argv[1])
clubs = database.execute("SELECT id, name, commune, state, decided_on FROM club").fetchall()
events = database.execute("SELECT body FROM event WHERE stream = 'club:' || ?", clubs[0][:1])
assert events.fetchall()
words = Environment(undefined=ChainableUndefined, autoescape=True)
words.filters["rule"] = words.filters["kept"] = lambda text, *more: text
table = {"title": "", "headings": ["a", "b", "c", "d", "e"], "rows": clubs}
document = DocxTemplate(sys.argv[2])
document.render({"parts": [], "tables": [table], "lists": [table]}, words)
document.save(sys.argv[3])
"""


def run(options: Options) -> list[Row]:
    """Measure each command against its script."""
    with tempfile.TemporaryDirectory(prefix="clb-bench-files-") as temporary:
        folder = Path(temporary)
        home = make(folder / "one", 1)
        lived, club = _played(folder / "lived.sqlite3", len(LIFE))
        opened, new = _played(folder / "opened.sqlite3", 1)
        listed, copy = folder / "list.xlsx", folder / "copy.sqlite3"
        write_list(listed, members(60), full=True)
        association = home | {"CLB_DATABASE": str(copy), "CLB_OFFICER": ASSOCIATION}
        town = home | {"CLB_DATABASE": str(lived), "CLB_OFFICER": TOWN}

        def of_copy(command: list[str], env: dict[str, str]) -> Callable[[], Sample]:
            def work() -> Sample:
                shutil.copy(opened, copy)
                return spawned(command, env, cwd="/")

            return work

        def in_place(command: list[str], env: dict[str, str]) -> Callable[[], Sample]:
            return lambda: spawned(command, env, cwd="/")

        bare = (
            "--period",
            "2022H1",
            "--format",
            "docx",
            "--no-seal",
            "--on",
            ON,
            "--out",
            str(folder / "a.docx"),
        )
        paper = ("quyet_dinh_thanh_lap", "--out", str(folder / "b.docx"))
        out = str(folder / "c.docx")
        pairs = {
            "member import, 60 rows": (
                of_copy(
                    clb("member", "import", new, str(listed), "--on", "2021-08-02"), association
                ),
                of_copy(script(IMPORTED, str(listed), str(copy)), association),
            ),
            "report build, a Word file": (
                in_place(clb("report", "build", PROVINCE, "half_year", *bare), town),
                in_place(script(FILLED, str(lived), str(TEMPLATES / "report.docx"), out), town),
            ),
            "document render": (
                in_place(clb("document", "render", club, *paper), town),
                in_place(
                    script(FILLED, str(lived), str(TEMPLATES / f"{paper[0]}.docx"), out), town
                ),
            ),
        }
        found: list[Row] = []
        for case, (ours, theirs) in pairs.items():
            taken = by_turns({"clb": ours, "bare": theirs}, options.rounds, warm=not options.tiny)
            found.append(timed_row(NAME, case, taken["clb"], taken["bare"], budget=BUDGET))
    return found


def _played(path: Path, steps: int) -> tuple[Path, str]:
    """Make a database with a club that has taken so many steps; return it and the club."""
    player = Hand(by_hand(ready(path)))
    club: str | None = None
    for step in LIFE[:steps]:
        club = player.take(club, step, step.filled(YEARS[0], 0))
    player.close()
    return path, str(club)
