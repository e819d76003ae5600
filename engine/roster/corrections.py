"""A copy of an officer's own list with the cells that cannot be read marked, to be corrected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.archive import DAMAGED
from engine.files import replacing
from engine.i18n import _
from engine.roster import container
from engine.roster.model import Cells, Reading
from engine.roster.sheets import sheets
from engine.roster.writer import LIST, list_suffix

if TYPE_CHECKING:
    from openpyxl import Workbook

_YELLOW = "FFFFEB3B"
_NOTE = (260, 90)
_NOT_OURS: tuple[type[Exception], ...] = (
    *(*DAMAGED, SyntaxError),  # the readers of XML raise the latter
    *(KeyError, TypeError, IndexError, AttributeError),
)
"""What the library raises for a workbook with something in it that it does not know."""


def write_corrections(
    path: Path, to: Path, reading: Reading, *, encoding: str | None = None
) -> None:
    """Write a copy of a list (.xlsx) with each rejected cell coloured and a note in it.

    A workbook keeps its layout; of another file the copy has the same cells in the same places.
    Raises ``InputError`` (CLB-ROSTER-SUFFIX) for another kind of file to write, ``ClbError`` where
    it cannot be written.
    """
    first = next(iter(reading.sheets), "")
    notes = (
        Note(
            one.sheet or first,
            one.cell or f"A{one.row}",
            _("{column}: write {expected}.").format(column=one.column, expected=one.expected),
        )
        for one in reading.rejected
    )
    write_marked(path, to, notes, encoding=encoding)


@dataclass(frozen=True, slots=True)
class Note:
    """What is written into a note of a cell, by the cell's name in Excel."""

    sheet: str
    cell: str
    text: str


def write_marked(
    path: Path, to: Path, notes: Iterable[Note], *, encoding: str | None = None
) -> None:
    """Write a copy of a file (.xlsx) with some cells coloured, each with a note in it.

    Raises as :func:`write_corrections`.
    """
    list_suffix(to, only=(".xlsx",))
    book = _own(path) or _same_cells(path, encoding)
    for one in notes:
        _mark(_sheet(book, one.sheet), one)
    with replacing(to, LIST) as unfinished:
        book.save(unfinished)


def _own(path: Path) -> "Workbook | None":
    """Return the workbook itself, ``None`` where it is none that can be written again."""
    if container.kind_of(path) != "xlsx":
        return None
    import openpyxl

    try:
        with path.open("rb") as file:
            return openpyxl.load_workbook(file)
    except _NOT_OURS:
        return None


def _same_cells(path: Path, encoding: str | None) -> "Workbook":
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets(path, encoding):
        made = book.create_sheet(_title(sheet.name, len(book.sheetnames)))
        for row in _texts(chain(sheet.head, sheet.rest)):
            made.append(row)
        for (top, left), (bottom, right) in sheet.merged:
            made.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    return book


def _texts(rows: "Iterator[Cells] | chain[Cells]") -> Iterator[list[Any]]:
    """Yield rows without what Excel would calculate."""
    for row in rows:
        yield [
            "'" + cell if isinstance(cell, str) and cell.startswith("=") else cell for cell in row
        ]


def _title(name: str, number: int) -> str:
    """Return a name that Excel takes for a sheet."""
    plain = "".join(char for char in name if char not in "[]:*?/\\")[:31].strip()
    return plain or f"Sheet{number + 1}"


def _sheet(book: "Workbook", name: str) -> Any:
    """Return the sheet of a name, which Excel may have wanted shorter."""
    found = (one for one in (name, _title(name, 0)) if one in book.sheetnames)
    return book[next(found, book.sheetnames[0])]


def _mark(sheet: Any, one: Note) -> None:
    """Colour a cell and write a note into it, below the one that is there."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet[one.cell]
    for area in sheet.merged_cells.ranges:
        if cell.coordinate in area:
            cell = sheet.cell(row=area.min_row, column=area.min_col)
    cell.fill = PatternFill("solid", fgColor=_YELLOW)
    before = f"{cell.comment.text}\n" if cell.comment else ""
    note = Comment(before + one.text, "clb")
    note.width, note.height = _NOTE
    cell.comment = note
