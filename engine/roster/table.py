"""A plain table out of a sheet: a row of column names, then rows. For batches and unit lists."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.roster.sheet import sheets
from engine.vietnamese.text import clean


def read_table(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row that says something, as Excel numbers it, by the names in the first row.

    Raises ``InputError`` for a file that cannot be read or holds no table.
    """
    sheet = next(iter(sheets(path)), None)
    headings: list[str] | None = None
    rows = [] if sheet is None else _rows(sheet.head, sheet.rest)
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        if all(cell in (None, "") for cell in cells):
            continue
        if headings is None:
            headings = [clean(str(cell or "")) for cell in cells]
            continue
        named = zip(headings, cells, strict=False)
        yield number, {name: cell for name, cell in named if name and cell not in (None, "")}
    if headings is None:
        raise InputError(
            _("{path} holds no table.").format(path=path),
            code=codes.TABLE_EMPTY,
            help=_("The first row names the columns."),
        )


def _rows(head: list[Any], rest: Iterator[Any]) -> Iterator[Any]:
    yield from head
    yield from rest


def text_of(cell: Any) -> str:
    """Return a cell as the text somebody would type: days as ISO, whole numbers without a point."""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell))
