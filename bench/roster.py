"""``roster``: a member list of 35.000 rows read from a workbook and written to one.

The reference of reading is openpyxl, read-only, doing no more than handing over the cells
(``pip install -r bench/requirements.txt``; without it the reference is the bare library and no
budget is held). Ours knows headings, births, spellings and namesakes: ``rows in`` is only its way
from file to cells, ``the whole list in`` all of it. The reference of writing is the bare library
that ours writes with.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from bench.life import people
from bench.measure import Sample, by_turns, timed
from bench.options import Options
from bench.result import Row, timed_row
from engine.labels import PAPER_SEXES
from engine.lifecycle.people import Member
from engine.roster.reader import read
from engine.roster.sheets import sheets
from engine.roster.writer import write_list

NAME = "roster"
TITLE = "35.000 rows of a member list, in and out"
TIMES_FASTER_IN, TIMES_THE_LIBRARY_OUT = 8.0, 1.25
TODAY = date(2025, 6, 30)
ROWS = 35_000


def members(count: int) -> list[Member]:
    """Return that many members: the same seventy villagers again and again."""
    known = people()
    return [known[number % len(known)] for number in range(count)]


def run(options: Options) -> list[Row]:
    """Measure reading and writing."""
    count = options.size(ROWS, 5_000, 100)
    there = find_spec("openpyxl") is not None
    who = "openpyxl" if there else "bare"
    with tempfile.TemporaryDirectory(prefix="clb-bench-roster-") as name:
        folder = Path(name)
        source, listed = folder / "in.xlsx", members(count)
        write_list(source, listed, full=True)
        table = [cells(one) for one in listed]
        in_ = {
            "rows": _timed(lambda: sum(1 for _row in rows_of(source))),
            "list": _timed(lambda: read(source, on=TODAY)),
            "bare": _timed(lambda: calamine_in(source)),
        }
        out = {
            "list": _timed(lambda: write_list(folder / "out.xlsx", listed, full=True)),
            "bare": _timed(lambda: xlsxwriter_out(folder / "bare.xlsx", table)),
        }
        if there:
            in_["openpyxl"] = _timed(lambda: openpyxl_in(source))
            out["openpyxl"] = _timed(lambda: openpyxl_out(folder / "peer.xlsx", table))
        read_, written = (by_turns(turns, options.rounds, warm=False) for turns in (in_, out))
    faster_in = 1 / TIMES_FASTER_IN
    found = [
        timed_row(
            NAME,
            "rows in",
            read_["rows"],
            read_[who],
            budget=faster_in if there else None,
            note=f"of {who}: at most 1/8",
        ),
        timed_row(NAME, "the whole list in", read_["list"], read_[who], note=f"of {who}"),
        timed_row(
            NAME,
            "a list out",
            written["list"],
            written["bare"],
            budget=TIMES_THE_LIBRARY_OUT,
            note="of xlsxwriter: at most 1.25",
        ),
    ]
    if there:
        found += [
            timed_row(NAME, "rows in", read_["bare"], read_[who], subject="python-calamine"),
            timed_row(NAME, "a list out", written["openpyxl"], written["bare"], subject="openpyxl"),
        ]
    return found


def _timed(work: Callable[[], object]) -> Callable[[], Sample]:
    return lambda: timed(work)


def rows_of(path: Path) -> Iterator[object]:
    """Yield the rows of the first sheet, as the reader gets them."""
    sheet = next(sheets(path))
    yield from sheet.head
    yield from sheet.rest


def cells(one: Member) -> tuple[str, ...]:
    """Return a member's row as text."""
    return (
        one.name,
        one.born,
        PAPER_SEXES[one.sex],
        one.village or "",
        one.circumstance or "",
        one.id_number or "",
        one.phone or "",
        one.note or "",
    )


def calamine_in(path: Path) -> int:
    """Hand over the cells with python-calamine alone."""
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sum(1 for _row in sheet.iter_rows())


def openpyxl_in(path: Path) -> int:
    """Hand over the cells with openpyxl's streaming reader."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    count = sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return count


def xlsxwriter_out(path: Path, table: Iterable[tuple[str, ...]]) -> None:
    """Write plain cells with xlsxwriter, a row at a time."""
    from xlsxwriter import Workbook

    book = Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(table):
        for column, text in enumerate((str(number + 1), *row)):
            sheet.write_string(number, column, text)
    book.close()


def openpyxl_out(path: Path, table: Iterable[tuple[str, ...]]) -> None:
    """Write plain cells with openpyxl's streaming writer."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number, row in enumerate(table, start=1):
        sheet.append((number, *row))
    book.save(path)
