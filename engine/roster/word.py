"""The tables of a Word document (.docx), as the rows of a sheet."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.archive import DAMAGED
from engine.i18n import _
from engine.roster import container
from engine.roster.marks import NONE, Marks
from engine.roster.model import Cells
from engine.vietnamese.text import clean

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_MAX_DOCUMENT = 32 * 1024 * 1024
_MAX_SPAN = 256
_OFF = ("0", "false", "off")
# Text that a tracked change took away or moved somewhere else.
_GONE = (f"{_W}del", f"{_W}moveFrom")

_BROKEN: tuple[type[Exception], ...] = (*DAMAGED, SyntaxError, KeyError)

Joined = tuple[tuple[int, int], tuple[int, int]]


def tables(path: Path) -> Iterator[tuple[str, list[Cells], tuple[Joined, ...], Marks]]:
    """Yield each table: a name, its rows, its joined cells and its marks.

    The name is the paragraph above the table, or its number.

    Raises ``InputError`` for a document that is damaged, far too large or has no table.
    """
    above, count = "", 0
    for block in _blocks(_body(path)):
        if block.tag == f"{_W}p":
            above = clean(_text(block)) or above
        elif block.tag == f"{_W}tbl":
            count += 1
            yield above or _("table {number}").format(number=count), *_table(path, block)
            above = ""
    if not count:
        raise container.no_table(path)


def lines(path: Path) -> tuple[str, ...]:
    """Return the paragraphs outside the tables, where titles and the line of place and date are.

    Raises ``InputError`` for a document that is damaged or far too large.
    """
    paragraphs = (one for one in _blocks(_body(path)) if one.tag == f"{_W}p")
    texts = (clean(part) for one in paragraphs for part in _text(one).split("\n"))
    return tuple(filter(None, texts))


def _blocks(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in their order, those in content controls too."""
    for block in parent:
        if block.tag == f"{_W}sdt":
            yield from _blocks(block.findall(f"{_W}sdtContent/*"))
        else:
            yield block


def _body(path: Path) -> Any:
    """Return the body of a document as XML."""
    from docx.oxml.parser import parse_xml

    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_DOCUMENT).file_size > _MAX_DOCUMENT:
                raise container.spread(path)
            root: Any = parse_xml(archive.read(_DOCUMENT))
    except _BROKEN as error:
        raise container.damaged(path) from error
    body = root.find(f"{_W}body")
    return body if body is not None else []


def _table(path: Path, table: Any) -> tuple[list[Cells], tuple[Joined, ...], Marks]:
    rows: list[Cells] = []
    joined: list[Joined] = []
    struck: dict[int, frozenset[int]] = {}
    open_at: dict[int, tuple[int, int]] = {}
    for line, row in enumerate(table.iterchildren(f"{_W}tr")):
        if line > container.MAX_ROWS:
            raise container.too_many_rows(path)
        cells: Cells = [""] * _number(row, "trPr/gridBefore", 0)
        for cell in row.iter(f"{_W}tc"):
            if cell.getparent() is not row and cell.getparent().tag != f"{_W}sdtContent":
                continue
            left, span = len(cells), _number(cell, "tcPr/gridSpan", 1)
            cells += [_cell_text(cell), *[""] * (span - 1)]
            right = left + span - 1
            down = cell.find(f"{_W}tcPr/{_W}vMerge")
            if down is not None and down.get(f"{_W}val") != "restart" and left in open_at:
                cells[left] = ""
                top, right = open_at[left]
                joined = [one for one in joined if one[0] != (top, left)]
                joined.append(((top, left), (line, right)))
                continue
            open_at.pop(left, None)
            if down is not None:
                open_at[left] = line, right
            if span > 1:
                joined.append(((line, left), (line, right)))
            if _is_struck(cell):
                struck[line + 1] = struck.get(line + 1, frozenset()) | {left}
        rows.append(cells)
    width = max(map(len, rows), default=0)
    if width * len(rows) > container.MAX_CELLS:
        raise container.spread(path)
    for short in rows:
        short.extend([""] * (width - len(short)))
    return rows, tuple(joined), Marks(struck=struck) if struck else NONE


def _number(element: Any, place: str, otherwise: int) -> int:
    """Return the number at a place below an element, a small one at most."""
    found = element.find("/".join(_W + name for name in place.split("/")))
    value = "" if found is None else found.get(f"{_W}val", "")
    return min(int(value), _MAX_SPAN) if value.isdecimal() else otherwise


def _cell_text(cell: Any) -> str:
    return "\n".join(filter(None, (_text(one) for one in cell.iterchildren(f"{_W}p"))))


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph without what tracked changes took away."""
    parts: list[str] = []
    for one in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if any(above.tag in _GONE for above in one.iterancestors()):
            continue
        signs = {f"{_W}t": one.text or "", f"{_W}br": "\n", f"{_W}noBreakHyphen": "-"}
        parts.append(signs.get(one.tag, " "))
    return "".join(parts).strip()


def _is_struck(cell: Any) -> bool:
    """Return whether some of the text in a cell is struck out."""
    return any(
        (strike := run.find(f"{_W}rPr/{_W}strike")) is not None
        and strike.get(f"{_W}val") not in _OFF
        and run.find(f"{_W}t") is not None
        for run in cell.iter(f"{_W}r")
    )
