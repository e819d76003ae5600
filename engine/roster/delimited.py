"""Member lists saved as text: which encoding, which separator, which rows."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.roster.container import MAX_ROWS, damaged, empty, too_many_rows
from engine.roster.model import Row

ENCODINGS = ("utf-8", "utf-16", "tcvn3")
_SEPARATORS = ";\t,"
_SEPARATOR_LINE = re.compile(r'"?sep=([;,\t])"?\r?\n', re.IGNORECASE)
# Our own lists, and those of other careful programs, put ' before what Excel would calculate.
_SHIELDED = re.compile("'+[=+@\t\r-]")
_SAMPLE = 50


def decode(path: Path, encoding: str | None) -> tuple[str, bool]:
    """Return the text of ``path``, and whether its encoding is certain.

    It is not certain where the bytes are no UTF-8 and nobody said what they are: then the text is
    read as Latin-1, which is how old TCVN3 lists can be recognised and shown.
    Raises InputError (CLB-ROSTER-ENCODING) where the encoding asked for does not fit or is unknown.
    """
    data = path.read_bytes()
    codec = _codec(data, encoding)
    try:
        return data.decode(codec), True
    except UnicodeDecodeError as error:
        if codec == "utf-8-sig" and encoding in (None, "tcvn3"):
            return data.decode("latin-1"), encoding == "tcvn3"
        raise not_readable(path) from error


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


def not_readable(path: Path) -> InputError:
    """Say that the letters of a text file cannot be made out."""
    return InputError(
        _("The letters in “{name}” cannot be made out.").format(name=path.name),
        help=_("Open the list in Excel and save it as Excel Workbook (.xlsx) or CSV UTF-8."),
        code=codes.ROSTER_ENCODING,
    )


def rows_of(path: Path, text: str) -> Iterator[Row]:
    """Yield the rows of a text, each at least as wide as the ones above it and the first ones.

    Raises InputError for a text without anything in it, with broken quotes or with too many rows.
    """
    # A zero byte stops the csv module; some programs write one at the end of a file.
    text = text.replace("\0", "")
    if not text.strip("\ufeff \t\r\n;,"):
        raise empty(path)
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line is not None:
        separator, text = separator_line[1], text[separator_line.end() :]
    else:
        separator = _separator(path, text)
    shielded = _SHIELDED.search(text) is not None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        first = list(islice(reader, _SAMPLE))
        width = max(map(len, first), default=0)
        for number, row in enumerate(_chained(first, reader), start=1):
            if number > MAX_ROWS + 1_000:
                raise too_many_rows(path)
            cells: Row = list(_bared(row) if shielded else row)
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            width = len(cells)
            yield cells
    except csv.Error as error:
        raise damaged(path) from error


def _chained(first: list[list[str]], rest: Iterator[list[str]]) -> Iterator[list[str]]:
    yield from first
    yield from rest


def _bared(row: list[str]) -> list[str]:
    return [cell[1:] if _SHIELDED.match(cell) else cell for cell in row]


def _separator(path: Path, text: str) -> str:
    """Return the sign that cuts the first rows into the most columns most regularly."""
    return max(_SEPARATORS, key=lambda sign: _regularity(path, text, sign))


def _regularity(path: Path, text: str, separator: str) -> int:
    reader = csv.reader(io.StringIO(text[:65536], newline=""), delimiter=separator)
    try:
        widths = Counter(map(len, islice(reader, _SAMPLE)))
    except csv.Error as error:
        raise damaged(path) from error
    return max(((width - 1) * count for width, count in widths.items()), default=0)
