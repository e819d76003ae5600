"""A club's own book, as a workbook that comes back."""

import json
import zipfile
from functools import cache
from io import BytesIO

from openpyxl import load_workbook

from bench import life
from bench.fuzz.office import TODAY, office
from bench.fuzz.readers.reader import Reader, context, readable
from engine.book.entries import book as book_of
from engine.book.reader import club_of
from engine.book.writer import write_book
from engine.cli import book as command
from engine.reports import clubs, loans, money
from engine.reports.due import due

SHEET = "xl/worksheets/sheet3.xml"
"""The sheet of members."""


@cache
def _made() -> bytes:
    """Return the workbook of the office's club, as it was sent out."""
    here, lifecycle = office(), office().registry.lifecycle
    store, club = lifecycle.store, lifecycle.club(office().club)
    rules = lifecycle.provinces.rules(life.PROVINCE)
    path = here.folder / "made-book.xlsx"
    write_book(
        path,
        book_of(lifecycle, club, rules, TODAY, full=True),
        clubs.board(store, club),
        due(store, rules, life.PROVINCE, TODAY, clubs=[club.id], with_province=False),
        money.ledger(store, club, TODAY),
        loans.book(store, club, TODAY),
        TODAY,
    )
    return path.read_bytes()


def _book(data: bytes) -> object:
    """Take a workbook as ``clb book import --dry-run`` does, with a copy that has marks."""
    here = office()
    path = here.file("book.xlsx", data)
    club = club_of(path)
    job = command._Import.of(context(), here.club, path, None, ())
    done = job.taken(dry_run=True)
    command._mark(job, done, here.folder / "marked.xlsx")
    return club, command._data(job, done, dry_run=True), [*command._text(job, done, dry_run=True)]


def _book_sheet(data: bytes) -> object:
    """Take a good workbook one of whose sheets is these bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(_made())) as good, zipfile.ZipFile(packed, "w") as new:
        for part in good.namelist():
            new.writestr(part, data if part == SHEET else good.read(part))
    return _book(packed.getvalue())


class NoRowsError(Exception):
    """What is given cannot be written into a workbook at all."""


def _book_rows(data: bytes) -> object:
    """Take a good workbook with rows that somebody wrote: a JSON list of each sheet's cells."""
    packed = BytesIO()
    try:
        rows = json.loads(readable(data))
        whole = load_workbook(BytesIO(_made()))
        for sheet, cells in zip(whole.worksheets, rows, strict=False):
            sheet.append([one if isinstance(one, str | int) else str(one) for one in cells])
        whole.save(packed)
    except (ValueError, TypeError, RecursionError) as error:
        raise NoRowsError from error
    return _book(packed.getvalue())


def _rows() -> list[bytes]:
    """Return rows as a chair would write them, from the first row that each sheet has."""
    whole = load_workbook(BytesIO(_made()), read_only=True)
    found = []
    for sheet in whole.worksheets:
        last = [["" if one is None else str(one) for one in row] for row in sheet.values][-1:]
        found.append([*last, [""]][0])
    texts = ["", "Nguyễn Thị Ước", "Nữ", "1950", "2022-06-01", "40", "1.000.000", "có"]
    return [json.dumps(one, ensure_ascii=False).encode() for one in (found, [texts] * len(found))]


def _sheets() -> list[bytes]:
    with zipfile.ZipFile(BytesIO(_made())) as good:
        return [good.read(SHEET)]


READERS = (
    Reader(
        "book",
        "a club's book that comes back as a workbook",
        _book,
        lambda: [_made()],
        ("PK\x03\x04", SHEET, "xl/sharedStrings.xml", "<row", "<c r="),
        slow=True,
    ),
    Reader(
        "book_sheet",
        "a sheet inside a club's book",
        _book_sheet,
        _sheets,
        ("<row", '<c r="A1"', 't="s"', 't="inlineStr"', "<v>1e9</v>", "<mergeCell"),
        slow=True,
    ),
    Reader(
        "book_rows",
        "rows that somebody wrote into a club's book",
        _book_rows,
        _rows,
        ("1950", "31/12/9999", "Nữ", "-1", "có", '"",', "2022-06-01", "1.000.000"),
        refuses=(NoRowsError,),
        json=True,
        slow=True,
    ),
)
