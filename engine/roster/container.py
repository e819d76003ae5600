"""What kind of file a list is, and the refusal of those that are none or would do harm.

A file is judged by its first bytes and the names inside it. What a workbook may take of the memory
is known before it is loaded: an .xlsx by its directory and the places of its cells, an .xls, and an
.xlsx that no office program wrote so, by a trial in a child process with limits.
"""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from engine import codes
from engine.archive import DAMAGED
from engine.child_process import run_module
from engine.codes.code import Code
from engine.errors import InputError
from engine.files import Failure, reading, require_file
from engine.i18n import N_, _
from engine.vietnamese.text import number

Kind = Literal["xlsx", "xls", "docx", "text"]

LIST = Failure(code=codes.ROSTER_FILE, fix=N_("Close it in Excel if it is open there."))
"""How a list that cannot be opened is reported."""

MAX_ROWS = 100_000
# Titles above a list and signatures below it, on top of its rows.
_MARGIN = 1_000
_MAX_FILE = 64 * 1024 * 1024
_MAX_UNPACKED = 256 * 1024 * 1024
_MAX_RATIO = 250
_RATIO_COUNTS_FROM = 16 * 1024 * 1024
_MAX_PARTS = 2_000
# The library lays a sheet out as a full rectangle, so one stray cell far out costs all between.
MAX_CELLS = 16_000_000
# A full .xls sheet (65.536 rows of 256 columns) needs half of this memory and a few seconds.
_XLS_MEMORY = 1024 * 1024 * 1024
_XLS_SECONDS = 30.0
_ENTRY = 128

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06")
_MACRO_SUFFIXES = (".xlsm", ".xltm", ".xlam", ".docm", ".dotm")
# A cell that holds something: neither <c .../> nor <c ...></c>.
_FILLED_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>(?!</)"""
)
# The beginning of anything that could be read as a cell or a row, and of one as programs write it:
# its place comes first, so nothing has to be believed about what follows.
_ANY_PLACE = re.compile(rb"<(?:[^<>\s/]*:)?(?:c|row)(?=[\s/>])")
_PLAIN_PLACE = re.compile(rb'<(?:c r="[A-Z]{1,3}\d{1,7}"|row r="\d{1,7}")')
_LONGEST_PLACE = 32
_LONGEST_TAG = 65536
# Where a workbook's sheets are, and a place that is looked at below.
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)""")
_PLAIN_TARGET = re.compile(rb"(?:/?xl/)?(?:[A-Za-z0-9_]+/)*[A-Za-z0-9_]+\.xml")
_MAX_MERGED = 1_000_000


def kind_of(path: Path) -> Kind:
    """Return how ``path`` is to be read, judged by its content and not by its name.

    Raises InputError for a file that is missing, empty, too large, of another kind, damaged,
    protected by a password or has macros in it; each has a code of its own (CLB-ROSTER-...).
    """
    with reading(path, LIST):
        size = require_file(path)
        with path.open("rb") as file:
            head = file.read(4096)
    if not head:
        raise empty(path)
    if size > _MAX_FILE:
        raise _refuse(
            codes.ROSTER_SIZE,
            _("“{name}” is too large for a member list.").format(name=path.name),
            _("Copy only the list into a new workbook, without pictures, and read that one."),
        )
    if head.startswith(_ZIP):
        return _check_zip(path)
    if head.startswith(_OLE):
        _check_ole(path)
        return "xls"
    what = _other_kind(head)
    if what is not None:
        raise _not_a_list(path, what)
    return "text"


def _other_kind(head: bytes) -> str | None:
    """Name what a file is that is neither a workbook nor text; None for text."""
    if head.startswith(_PICTURES):
        return _("a picture")
    if head.startswith(b"%PDF"):
        return _("a PDF file")
    if head.startswith(_ARCHIVES):
        return _("a compressed archive")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _("a web page")
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff")) or _every_other_is_nul(head)
    return None if utf16 or b"\0" not in head else _("a file of another kind")


def _every_other_is_nul(head: bytes) -> bool:
    """Recognise UTF-16 without its mark: digits, signs and most letters have a zero byte."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) * 4 > len(head) // 2


def _check_zip(path: Path) -> Literal["xlsx", "docx"]:
    plain = True
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_parts(path, parts)
            if not any(part.filename.startswith("xl/") for part in parts):
                return "docx"
            for part in parts:
                if re.fullmatch(r"xl/(?!drawings/|charts/).*\.xml", part.filename):
                    plain = _check_extent(path, archive, part) and plain
                elif part.filename == _RELATIONS:
                    targets = _TARGET.findall(archive.read(part))
                    plain = all(map(_PLAIN_TARGET.fullmatch, targets)) and plain
    except DAMAGED as error:
        raise damaged(path) from error
    if not plain and not _loads(path):
        raise spread(path)
    return "xlsx"


def _check_parts(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if not any(name.startswith("xl/") or name == "word/document.xml" for name in names):
        raise _not_a_list(path, _("a compressed archive"))
    macros = any("vbaproject" in name or "macrosheets/" in name for name in names)
    if macros or path.suffix.lower() in _MACRO_SUFFIXES:
        raise macro(path)
    if "xl/workbook.bin" in names:
        raise _not_a_list(path, _("a file of another kind"))
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    swollen = unpacked > _RATIO_COUNTS_FROM and unpacked > _MAX_RATIO * packed
    if len(parts) > _MAX_PARTS or unpacked > _MAX_UNPACKED or swollen:
        raise _refuse(
            codes.ROSTER_BOMB,
            _("“{name}” would unpack into far more than a member list can be.").format(
                name=path.name
            ),
            _("Do not open it before asking who sent it. Ask for the list again."),
        )


def _check_extent(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Refuse a sheet that reaches too far down or out, without loading it.

    The size that the sheet states is not believed: a cell far outside it would be loaded with all
    that is between. Formats pulled down to the last row are no cells that hold something. Returns
    whether every cell and row is written as programs do, so that none was overlooked.
    """
    with archive.open(part) as sheet:
        data = sheet.read(65536)
        deepest = widest = 0
        plain = b"\0" not in data[:256]  # not UTF-8: nothing below would be found
        while data:
            more = sheet.read(1 << 20)
            end = _whole_to(data) if more else len(data)
            plain = plain and _is_plain(data, end)
            filled = _FILLED_CELL.findall(data)
            deepest = max(deepest, *map(int, {row for _letters, row in filled}), 0)
            widest = max(widest, *map(_column_number, {letters for letters, _row in filled}), 0)
            if deepest > MAX_ROWS + _MARGIN:
                raise too_many_rows(path)
            if not _fits(deepest, widest):
                raise spread(path)
            data = data[end:] + more if more else b""
    return plain


def _whole_to(data: bytes) -> int:
    """Return up to where no tag of a part of a sheet is cut off, or none that is plain."""
    least = len(data) - _LONGEST_PLACE
    end = data.rfind(b"<", 0, max(0, least))
    return least if least - end > _LONGEST_TAG else max(0, end)


def _is_plain(data: bytes, end: int) -> bool:
    """Return whether every cell and row before ``end`` is written as programs do."""
    found = len(_ANY_PLACE.findall(data, 0, end)), len(_PLAIN_PLACE.findall(data, 0, end))
    last = data.rfind(b"<", 0, end)
    return found[0] == found[1] and (end - last <= _LONGEST_TAG or b">" in data[last:end])


def check_merged(path: Path, merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Refuse merged cells that cover far more rows than a list has, without going through them."""
    if sum(bottom - top for (top, _left), (bottom, _right) in merged) > _MAX_MERGED:
        raise spread(path)


def spread(path: Path) -> InputError:
    """Return the error for a file with far more cells than a list has."""
    return _refuse(
        codes.ROSTER_SPREAD,
        _("“{name}” has something written far outside the list.").format(name=path.name),
        _("Copy only the list into a new workbook and read that one."),
    )


def _fits(rows: int, columns: int) -> bool:
    return rows <= MAX_ROWS + _MARGIN and rows * columns <= MAX_CELLS


def _column_number(letters: bytes) -> int:
    result = 0
    for letter in letters:
        result = result * 26 + letter - 64
    return result


def _check_ole(path: Path) -> None:
    """Refuse what is no workbook, or would do harm, by the names in the old container."""
    data = path.read_bytes()
    if not _has_entry(data, "Root Entry"):
        raise damaged(path)
    if _has_entry(data, "EncryptedPackage"):
        raise locked(path)
    if _has_entry(data, "WordDocument"):
        raise _refuse(
            codes.ROSTER_FORMAT,
            _("“{name}” is a document of an old Word.").format(name=path.name),
            _("Open it in Word, choose Save As and the type Word Document (.docx)."),
        )
    if _has_entry(data, "_VBA_PROJECT"):
        raise macro(path)
    if not (_has_entry(data, "Workbook") or _has_entry(data, "Book\0")):
        raise _not_a_list(path, _("a file of another kind"))
    if not _loads(path):
        raise damaged(path)


def _loads(path: Path) -> bool:
    """Return whether a workbook can be loaded, tried in a child process with limits."""
    with TemporaryDirectory(prefix="clb-") as folder:
        ended = run_module(
            "engine.roster.workbook",
            [str(path.resolve())],
            Path(folder),
            seconds=_XLS_SECONDS,
            memory=_XLS_MEMORY,
        )
    return ended.code == 0


def _has_entry(data: bytes, name: str) -> bool:
    """Return whether the directory of an OLE container has an entry that begins with a name.

    An entry begins with its name and takes 128 bytes (Microsoft's [MS-CFB], 2.6.1).
    """
    wanted = name.encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0 and at % _ENTRY:
        at = data.find(wanted, at + 1)
    return at >= 0


def _refuse(code: Code, message: str, help_: str) -> InputError:
    return InputError(message, help=help_, code=code)


def _not_a_list(path: Path, what: str) -> InputError:
    return _refuse(
        codes.ROSTER_FORMAT,
        _("“{name}” is {what}, not a sheet with a member list.").format(name=path.name, what=what),
        _("Open the list in Excel, choose Save As and the type Excel Workbook (.xlsx)."),
    )


def no_table(path: Path) -> InputError:
    """Return the error for a Word document without a table."""
    return _refuse(
        codes.ROSTER_FORMAT,
        _("“{name}” is a Word document without a table.").format(name=path.name),
        _("Write the list as a table in it, or copy it into Excel."),
    )


def empty(path: Path) -> InputError:
    """Return the error for a file with nothing in it."""
    return _refuse(
        codes.ROSTER_EMPTY,
        _("“{name}” is empty.").format(name=path.name),
        _("Check that the list was saved, or ask for it again."),
    )


def damaged(path: Path) -> InputError:
    """Return the error for a workbook that cannot be read."""
    return _refuse(
        codes.ROSTER_DAMAGED,
        _("“{name}” is damaged and cannot be read.").format(name=path.name),
        _("Open it in Excel, let Excel repair it and save it again, or ask for it again."),
    )


def macro(path: Path) -> InputError:
    """Return the error for a file with macros, which no list needs."""
    return _refuse(
        codes.ROSTER_MACRO,
        _("“{name}” has macros in it and is not read.").format(name=path.name),
        _("Open it in Excel without allowing macros and save it as Excel Workbook (.xlsx)."),
    )


def locked(path: Path) -> InputError:
    """Return the error for a file that asks for a password."""
    return _refuse(
        codes.ROSTER_PASSWORD,
        _("“{name}” is protected by a password.").format(name=path.name),
        _("Open it in Excel, take the password away and save it again."),
    )


def too_many_rows(path: Path) -> InputError:
    """Return the error for a list that is longer than one import may be."""
    return _refuse(
        codes.ROSTER_ROWS,
        _("“{name}” has more than {count} rows.").format(name=path.name, count=number(MAX_ROWS)),
        _("Split the list, or delete what is written far below it."),
    )
