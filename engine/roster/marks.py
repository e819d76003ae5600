"""What a workbook says of its rows and cells beyond their values: hidden, struck out, errors.

The library that reads the values gives an empty cell for an error, and says nothing of what Excel
hides. The parts of the file are looked through as text, and only where they hold such a thing; an
.xls has the same in another form (``engine.roster.old_marks``).
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from engine.archive import DAMAGED

_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s(?=[^>]*\shidden=["'](?:1|true))([^>]*)>""")
_ROW_NUMBER = re.compile(rb"""(?:^|\s)r=["'](\d{1,7})["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*\st=["']e["'][^>]*>"""
    rb"""(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})<""",
    re.DOTALL,
)
# A formula that no program worked out: it has no value, and no empty text either.
_UNKNOWN = re.compile(
    rb"""<(?:\w+:)?c\s(?![^>]*\st=["']str)[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>"""
    rb"""<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s?/>|"""
    rb"""<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"""
)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(rb"""<(?:\w+:)?strike(?:\s+val=["'](?:1|true)["'])?\s*/>""")
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
_TEXT = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_SHARED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*\st=["']s["'][^>]*>"""
    rb"""<(?:\w+:)?v>(\d{1,9})<"""
)

UNKNOWN = "=…"
"""What a formula without a result is read as."""

ERRORS = frozenset(
    {
        "#N/A",
        "#DIV/0!",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        UNKNOWN,
    }
)
"""What a cell shows where its formula has no value."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What one sheet says of its rows (as Excel numbers them) and cells.

    ``errors`` has the text of each cell with an error, ``struck`` the columns with struck-out text,
    both by row; columns count from 0.
    """

    hidden: frozenset[int] = frozenset()
    struck: Mapping[int, frozenset[int]] = field(default_factory=dict)
    errors: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


NONE = Marks()


def marks_of(path: Path) -> dict[str, Marks]:
    """Return the marks of every sheet of an .xlsx that has some, by the sheet's name.

    The file has been checked before: it is no bomb. Where it is not laid out as office programs
    do, nothing is found.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = frozenset(archive.namelist())
            struck_styles = _struck_styles(_part(archive, names, "xl/styles.xml"))
            struck_texts = _struck_texts(_part(archive, names, "xl/sharedStrings.xml"))
            found = {
                sheet: _marks(_part(archive, names, part), struck_styles, struck_texts)
                for sheet, part in _parts(archive, names).items()
            }
    except DAMAGED:
        return {}
    return {sheet: marks for sheet, marks in found.items() if marks is not NONE}


def _part(archive: zipfile.ZipFile, names: frozenset[str], name: str) -> bytes:
    return archive.read(name) if name in names else b""


def _parts(archive: zipfile.ZipFile, names: frozenset[str]) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    targets: dict[bytes, str] = {}
    for tag in _RELATION.findall(_part(archive, names, "xl/_rels/workbook.xml.rels")):
        given = dict(_ATTRIBUTE.findall(tag))
        target = given.get(b"Target", b"").decode("utf-8", "replace").lstrip("/")
        targets[given.get(b"Id", b"")] = target if target.startswith("xl/") else f"xl/{target}"
    parts: dict[str, str] = {}
    for tag in _SHEET.findall(_part(archive, names, "xl/workbook.xml")):
        given = dict(_ATTRIBUTE.findall(tag))
        relation = next((value for key, value in given.items() if key.endswith(b":id")), b"")
        name = unescape(given.get(b"name", b"").decode("utf-8", "replace"))
        parts[name] = targets.get(relation, "")
    return parts


def _marks(data: bytes, struck_styles: frozenset[bytes], struck_texts: frozenset[bytes]) -> Marks:
    hidden: frozenset[int] = frozenset()
    if b"hidden=" in data:
        numbers = map(_ROW_NUMBER.search, _HIDDEN_ROW.findall(data))
        hidden = frozenset(int(found[1]) for found in numbers if found)
    errors: dict[int, dict[int, str]] = defaultdict(dict)
    if b't="e"' in data or b"t='e'" in data:
        for letters, row, text in _ERROR.findall(data):
            errors[int(row)][_column(letters)] = text.decode("utf-8", "replace")
    if b"<f>" in data or b"<f " in data or b":f>" in data:
        for letters, row in _UNKNOWN.findall(data):
            errors[int(row)][_column(letters)] = UNKNOWN
    struck: dict[int, frozenset[int]] = {}
    for letters, row in _struck(data, struck_styles, struck_texts):
        struck[row] = struck.get(row, frozenset()) | {letters}
    return Marks(hidden, struck, errors) if hidden or struck or errors else NONE


def _struck(
    data: bytes, styles: frozenset[bytes], texts: frozenset[bytes]
) -> list[tuple[int, int]]:
    """Return the places (column, row) of the cells whose text is struck out."""
    found: list[tuple[int, int]] = []
    if styles:
        cell = re.compile(
            rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*\ss=["'](?:"""
            + b"|".join(sorted(styles))
            + rb""")["'][^>]*(?<!/)>"""
        )
        found += [(_column(letters), int(row)) for letters, row in cell.findall(data)]
    if texts:
        found += [
            (_column(letters), int(row))
            for letters, row, text in _SHARED.findall(data)
            if text in texts
        ]
    return found


def _struck_styles(data: bytes) -> frozenset[bytes]:
    """Return the numbers of the cell formats whose font is struck out."""
    if b"strike" not in data:
        return frozenset()
    before, _sign, after = data.partition(b"<fonts")
    fonts = (after if _sign else before).partition(b"</fonts>")[0]
    struck = {
        str(number).encode()
        for number, inner in enumerate(_FONT.findall(fonts))
        if _STRIKE.search(inner)
    }
    formats = _FORMATS.search(data)
    found = _FORMAT.findall(formats[0]) if formats else []
    return frozenset(
        str(number).encode()
        for number, tag in enumerate(found)
        if dict(_ATTRIBUTE.findall(tag)).get(b"fontId") in struck
    )


def _struck_texts(data: bytes) -> frozenset[bytes]:
    """Return the numbers of the shared texts that are struck out, wholly or in part."""
    if b"strike" not in data:
        return frozenset()
    return frozenset(
        str(number).encode()
        for number, inner in enumerate(_TEXT.findall(data))
        if _STRIKE.search(inner)
    )


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
