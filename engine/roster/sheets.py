"""A workbook or a text file as sheets of cells, whatever it was saved as."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.errors import InputError
from engine.files import FORMULA_STARTS
from engine.i18n import _
from engine.roster import container
from engine.roster.letters import converter, refuse_spoilt
from engine.roster.marks import NONE, Marks, marks_of
from engine.roster.model import Cells
from engine.roster.old_marks import old_marks_of
from engine.vietnamese.spoilt import WAYS_BACK
from engine.vietnamese.text import clean

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# First and last cell of merged cells, both as (row, column) counted from 0.
Merge = tuple[tuple[int, int], tuple[int, int]]
HEAD = 60
# No list is wider; a stray cell far to the right must not cost a check of all columns before it.
MAX_COLUMNS = 256
ENCODINGS = ("utf-8", "utf-16", *WAYS_BACK)
_SEPARATORS = ";\t,"
_SEPARATOR_LINE = re.compile(r'"?sep=([;,\t])"?\r?\n', re.IGNORECASE)
# Our own lists, and those of other careful programs, put ' before what Excel would calculate.
_SHIELDED = re.compile(f"'+[{re.escape(FORMULA_STARTS)}]")
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its first rows, the rows after them, its merged cells and its marks.

    ``hidden`` are the names of the workbook's hidden sheets, which are not read. ``around`` are the
    lines of a document outside its tables; ``None`` where the sheet is no table of a document.

    Rows begin with row 1 and cells with column A, so places in them are places in Excel.
    ``rest`` can be gone through once.
    """

    name: str
    head: list[Cells]
    rest: Iterator[Cells]
    merged: tuple[Merge, ...] = ()
    marks: Marks = NONE
    hidden: tuple[str, ...] = ()
    around: tuple[str, ...] | None = None


def sheets(path: Path, encoding: str | None = None) -> Iterator[Sheet]:
    """Yield the visible sheets of a workbook, the tables of a .docx, or a text as one sheet.

    Each is loaded when it is asked for. ``encoding`` is "utf-8", "utf-16", or the way back of
    spoilt letters ("tcvn3", "vni", "cp1252"), by which the cells of a workbook are converted too.
    Raises InputError (CLB-ROSTER-...) for every other file and one that cannot be read, and, with
    a line of the list as it would become, for letters that seem to be spoilt where ``encoding`` is
    another.
    """
    kind = container.kind_of(path)
    if kind == "text":
        text, certain = _decode(path, encoding)
        yield _sheet(path, "", _text_rows(path, text), (), encoding, certain=certain)
        return
    if kind == "docx":
        from engine.roster import word

        around = word.lines(path)
        if encoding is not None and encoding in WAYS_BACK:
            around = tuple(map(str, converter(encoding)(list(around))))
        for above, rows, joined, marks in word.tables(path):
            one = _sheet(path, above, iter(rows), joined, encoding, certain=True, marks=marks)
            yield replace(one, around=around)
        return
    from engine.roster.workbook import has_macros, hidden_sheets, opened, visible_sheets

    with _complaints(path):
        workbook = opened(path, kind)
        if has_macros(workbook):
            raise container.macro(path)
        loaded = visible_sheets(workbook)
        hidden = hidden_sheets(workbook)
    marked = marks_of(path) if kind == "xlsx" else old_marks_of(path)
    while True:
        with _complaints(path):
            sheet = next(loaded, None)
            if sheet is None:
                return
            merged = tuple(sheet.merged_cell_ranges or ())
        container.check_merged(path, merged)
        one = _sheet(
            path,
            sheet.name,
            _rows(path, sheet),
            merged,
            encoding,
            certain=True,
            marks=marked.get(sheet.name, NONE),
        )
        yield replace(one, hidden=hidden)


def _sheet(
    path: Path,
    name: str,
    rows: Iterator[Cells],
    merged: tuple[Merge, ...],
    encoding: str | None,
    *,
    certain: bool,
    marks: Marks = NONE,
) -> Sheet:
    head = list(islice(rows, HEAD))
    if encoding is not None and encoding in WAYS_BACK:
        convert = converter(encoding)
        return Sheet(name, [convert(row) for row in head], map(convert, rows), merged, marks)
    for column in range(min(MAX_COLUMNS, max(map(len, head), default=0))):
        refuse_spoilt([row[column] for row in head if column < len(row)])
    if not certain:
        raise _not_readable(path)
    return Sheet(name, head, rows, merged, marks)


def _rows(path: Path, sheet: "CalamineSheet") -> Iterator[Cells]:
    with _complaints(path):
        from engine.roster.workbook import rows_from_a1

        yield from rows_from_a1(sheet)


@contextmanager
def _complaints(path: Path) -> Iterator[None]:
    """Turn what the library for workbooks raises into an InputError."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise container.locked(path) from error
    except (CalamineError, OSError) as error:
        raise container.damaged(path) from error
    except BaseException as error:
        # A failed assertion in the library's Rust code is no Exception and cannot be imported.
        if type(error).__name__ == "PanicException":
            raise container.damaged(path) from error
        raise


def _decode(path: Path, encoding: str | None) -> tuple[str, bool]:
    """Return the text of ``path``, and whether its encoding is certain.

    It is not certain where the bytes are no UTF-8 and no encoding is given: then the text is read
    as Latin-1, in which lists of old fonts can be recognised and shown.
    Raises InputError (CLB-ROSTER-ENCODING) where the encoding given does not fit or is unknown.
    """
    data = path.read_bytes()
    codec = _codec(data, encoding)
    try:
        return data.decode(codec), True
    except UnicodeDecodeError as error:
        if codec == "utf-8-sig" and (encoding is None or encoding in WAYS_BACK):
            return data.decode("latin-1"), encoding is not None
        raise _not_readable(path) from error


def _codec(data: bytes, encoding: str | None) -> str:
    if encoding not in (None, *ENCODINGS):
        raise InputError(
            _("The encoding “{encoding}” is not known.").format(encoding=encoding),
            help=_("Use one of these: {encodings}.").format(encodings=", ".join(ENCODINGS)),
            code=codes.ROSTER_ENCODING,
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:4096]
    if encoding == "utf-16" or (encoding is None and b"\0" in head):
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return "utf-8-sig"


def _not_readable(path: Path) -> InputError:
    """Return the error for a text file whose letters cannot be made out."""
    return InputError(
        _("The letters in “{name}” cannot be made out.").format(name=path.name),
        help=_("Open the list in Excel and save it as Excel Workbook (.xlsx) or CSV UTF-8."),
        code=codes.ROSTER_ENCODING,
    )


def _text_rows(path: Path, text: str) -> Iterator[Cells]:
    """Yield the rows of a text, each at least as wide as the ones above it and the first ones.

    Raises InputError for a text without anything in it, with broken quotes or with too many rows.
    """
    # A zero byte stops the csv module; some programs write one at the end of a file.
    text = text.replace("\0", "")
    if not text.strip("\ufeff \t\r\n;,"):
        raise container.empty(path)
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line is not None:
        separator, text = separator_line[1], text[separator_line.end() :]
    else:
        separator = _separator(path, text)
    if text.count(separator) > container.MAX_CELLS:
        raise container.spread(path)
    shielded = _SHIELDED.search(text) is not None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        first = list(islice(reader, _SAMPLE))
        width = max(map(len, first), default=0)
        filled = 0
        for number, row in enumerate(chain(first, reader), start=1):
            if number > container.MAX_ROWS + 1_000:
                raise container.too_many_rows(path)
            filled += max(len(row), width)
            if filled > container.MAX_CELLS:
                raise container.spread(path)
            cells: Cells = list(_bared(row) if shielded else row)
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            width = len(cells)
            yield cells
    except csv.Error as error:
        raise container.damaged(path) from error


def _bared(row: list[str]) -> list[str]:
    return [cell[1:] if _SHIELDED.match(cell) else cell for cell in row]


def _separator(path: Path, text: str) -> str:
    """Return the separator that cuts the first rows into the most columns most regularly."""
    return max(_SEPARATORS, key=lambda sign: _regularity(path, text, sign))


def _regularity(path: Path, text: str, separator: str) -> int:
    reader = csv.reader(io.StringIO(text[:65536], newline=""), delimiter=separator)
    try:
        widths = Counter(map(len, islice(reader, _SAMPLE)))
    except csv.Error as error:
        raise container.damaged(path) from error
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def read_table(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row with anything in it, as Excel numbers it, by the names in the first row.

    For a plain table: a batch, a list of administrative units.

    Raises ``InputError`` for a file that cannot be read or holds no table.
    """
    sheet = next(iter(sheets(path)), None)
    headings: list[str] | None = None
    rows = () if sheet is None else chain(sheet.head, sheet.rest)
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


def text_of(cell: Any) -> str:
    """Return a cell as the text somebody would type: days as ISO, whole numbers without a point."""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell))
