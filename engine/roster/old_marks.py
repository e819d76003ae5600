"""The marks of an .xls: hidden rows, struck-out text and errors, from the records of its sheets.

A workbook of Excel 97 to 2003 is a stream of records, each with a type, a length and its bytes
(Microsoft's [MS-XLS], 2.4). The older form has no such file today and is not looked through.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from struct import Struct, error

from engine.archive import DAMAGED
from engine.roster.marks import Marks

_HEAD = Struct("<HH")
_PLACE = Struct("<HHH")
_BEGIN, _END, _SHEET, _FONT, _FORMAT = 0x0809, 0x000A, 0x0085, 0x0031, 0x00E0
_ROW, _FORMULA, _BOOLEAN_OR_ERROR = 0x0208, 0x0006, 0x0205
_TEXTS = (0x00FD, 0x0204, 0x00D6)
_HIDDEN, _STRUCK = 0x20, 0x08
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BROKEN: tuple[type[Exception], ...] = (*DAMAGED, error, IndexError, TypeError, AttributeError)
Record = tuple[int, bytes]


def old_marks_of(path: Path) -> dict[str, Marks]:
    """Return the marks of every sheet of an .xls, by the sheet's name.

    The file has been loaded before within limits. Where it is not laid out as office programs do,
    nothing is found.
    """
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as container:
            if not container.exists("Workbook"):
                return {}
            data: bytes = container.openstream("Workbook").read()
        return _sheets(data)
    except _BROKEN:
        return {}


def _sheets(data: bytes) -> dict[str, Marks]:
    places: dict[str, int] = {}
    struck_fonts: list[bool] = []
    fonts_of_formats: list[int] = []
    for kind, body in _records(data, 0):
        if kind == _SHEET:
            places[_name(body)] = int.from_bytes(body[:4], "little")
        elif kind == _FONT:
            struck_fonts.append(bool(body[2] & _STRUCK))
            if len(struck_fonts) == 4:
                struck_fonts.append(False)  # there is no font 4
        elif kind == _FORMAT:
            fonts_of_formats.append(int.from_bytes(body[:2], "little"))
    struck = {
        number
        for number, font in enumerate(fonts_of_formats)
        if font < len(struck_fonts) and struck_fonts[font]
    }
    return {name: _marks(data, place, struck) for name, place in places.items()}


def _records(data: bytes, place: int) -> Iterator[Record]:
    """Yield the records of a part that begins at a place; parts inside it are passed over."""
    depth = 0
    while place + _HEAD.size <= len(data):
        kind, length = _HEAD.unpack_from(data, place)
        place += _HEAD.size
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 1:
            yield kind, data[place : place + length]
        if depth <= 0:
            return
        place += length


def _name(body: bytes) -> str:
    """Return the name in the record of a sheet, of one or two bytes a letter."""
    wide = body[7] & 1
    return body[8 : 8 + body[6] * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _marks(data: bytes, place: int, struck_formats: set[int]) -> Marks:
    hidden: set[int] = set()
    struck: dict[int, frozenset[int]] = {}
    errors: dict[int, dict[int, str]] = defaultdict(dict)
    for kind, body in _records(data, place):
        if kind == _ROW:
            if body[12] & _HIDDEN:
                hidden.add(int.from_bytes(body[:2], "little") + 1)
            continue
        if kind not in (_FORMULA, _BOOLEAN_OR_ERROR, *_TEXTS):
            continue
        row, column, form = _PLACE.unpack_from(body)
        if kind in _TEXTS:
            if form in struck_formats:
                struck[row + 1] = struck.get(row + 1, frozenset()) | {column}
            continue
        code = _error(kind, body)
        if code is not None:
            errors[row + 1][column] = _ERRORS.get(code, "#N/A")
    return Marks(frozenset(hidden), struck, errors)


def _error(kind: int, body: bytes) -> int | None:
    """Return the code of the error that a cell has, ``None`` where it has a value."""
    if kind == _BOOLEAN_OR_ERROR:
        return body[6] if body[7] else None
    return body[8] if body[6] == 2 and body[12:14] == b"\xff\xff" else None
