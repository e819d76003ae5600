"""The rows of a list, put into a workbook that was made without them.

The library that makes workbooks turns every cell into an object and the object into XML, which is
most of the time a long list takes. So it makes all the rest (formats, headings, drop-downs, page)
and two model rows, and the list is written in their place as the library writes it: each text in
its own cell (ECMA-376 part 1, 18.3.1.53), in the format that the model has there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_SHEET = "xl/worksheets/sheet1.xml"
_CELL = re.compile(r'<c r="([A-Z]+)[0-9]+"(.*?)>')
_EXTENT = re.compile(r'(<dimension ref="[A-Z]+[0-9]+:[A-Z]+)[0-9]+')
# What Excel would calculate if somebody edited the cell.
_FORMULA = ("=", "+", "-", "@")
# What cannot stand in XML as it is. Most texts have none of it, and one look tells.
_SPECIAL = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x|^\s|\s$")
_NO_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_A_CODE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
# Excel takes no longer text in a cell, in units of UTF-16.
_LONGEST = 32_767
_ROWS_AT_ONCE = 500

Rows = Iterable[Sequence[str]]


def write_models(sheet: "Worksheet", line: int, columns: int, quoted: "Format") -> None:
    """Write the two rows that :func:`fill` replaces, in ``line`` (from 0) and the one below.

    The first has the formats of the columns, the second is for what looks like a formula.
    """
    for row, format_ in ((line, None), (line + 1, quoted)):
        for column in range(columns):
            sheet.write_string(row, column, "text", format_)


def fill(made: IO[bytes], path: Path, rows: Rows, *, line: int, count: int) -> None:
    """Copy a workbook to ``path`` with ``count`` rows from ``line`` (from 0) on in its first sheet.

    A row is numbered in the first column and has its texts in those after it. Few rows are in
    memory at a time.
    """
    with ZipFile(made) as model, ZipFile(path, "w", ZIP_DEFLATED) as workbook:
        for part in model.infolist():
            data = model.read(part)
            if part.filename != _SHEET:
                workbook.writestr(part, data)
                continue
            xml = _EXTENT.sub(rf"\g<1>{line + count}", data.decode(), count=1)
            above, _found, rest = xml.partition(f'<row r="{line + 1}">')
            models, _found, below = rest.partition("</sheetData>")
            pieces = _rows(models, rows, line)
            with workbook.open(part, "w") as sheet:
                sheet.write(above.encode())
                while piece := "".join(islice(pieces, _ROWS_AT_ONCE)):
                    sheet.write(piece.encode())
                sheet.write(f"</sheetData>{below}".encode())


def _rows(models: str, rows: Rows, line: int) -> Iterator[str]:
    """Yield each row as XML, its cells in the formats of the two model rows."""
    plain, quoted, _end = models.split("</row>")
    formats = [
        (column, format_, quoted_format)
        for (column, format_), (_column, quoted_format) in zip(
            _CELL.findall(plain), _CELL.findall(quoted), strict=True
        )
    ][1:]
    for number, row in enumerate(rows, start=1):
        at = line + number
        cells = [
            f'<c r="{column}{at}"{quoted if text.startswith(_FORMULA) else plain}>'
            f"<is>{_string(text)}</is></c>"
            for (column, plain, quoted), text in zip(formats, row, strict=True)
            if text
        ]
        yield f'<row r="{at}"><c r="A{at}"><v>{number}</v></c>{"".join(cells)}</row>'


def _string(text: str) -> str:
    """Return a text as XML, with what XML cannot hold in Excel's way of writing it."""
    if not _SPECIAL.search(text) and len(text) <= _LONGEST // 2:
        return f"<t>{text}</t>"
    text = text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", errors="ignore")
    text = _NO_XML.sub(lambda char: f"_x{ord(char[0]):04X}_", _LIKE_A_CODE.sub("_x005F_", text))
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{escape(text, quote=False)}</t>"
