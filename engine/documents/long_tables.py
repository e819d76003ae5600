"""Tables of many rows in a Word file: written as text, for which no tree of elements has room.

The file is made with one row of each such table. That row is a pattern: it is taken out of the
document, and each row is written in its place when the file is done.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from engine.documents.finish import kept_together
from engine.documents.render import as_xml_text

LONG = 50
"""A table of more rows is written so."""
CELL = "\ue000"
"""The text of each cell of a pattern."""
DOCUMENT = "word/document.xml"
_MARK = re.compile("<!--rows ([0-9]+)-->")
_NAMESPACE = re.compile(r' xmlns:\w+="[^"]*"')


def take_out(row: Any, place: int) -> str:
    """Take a pattern out of a document, where it leaves a mark with its number. Return it."""
    pattern = _NAMESPACE.sub("", etree.tostring(row, encoding="unicode", with_tail=False))
    row.getparent().replace(row, etree.Comment(f"rows {place}"))
    return pattern


def filled_in(data: bytes, tables: Mapping[int, tuple[str, Sequence[Sequence[str]]]]) -> bytes:
    """Return a Word file with the rows of each table, by its number, where its pattern was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w") as target:
        for info in made.infolist():
            content = made.read(info)
            if info.filename != DOCUMENT:
                target.writestr(info, content)
                continue
            with target.open(info, "w") as part:
                for place, text in enumerate(_MARK.split(content.decode())):
                    # Every second text is the number of a table.
                    pieces = _rows(*tables[int(text)]) if place % 2 else (text,)
                    for piece in pieces:
                        part.write(piece.encode())
    return out.getvalue()


def _rows(pattern: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield each row as XML."""
    known: dict[str, str] = {}  # a text is in many rows
    first, *rest = pattern.split(CELL)
    for row in rows:
        parts = [first]
        for text, after in zip(row, rest, strict=True):
            xml = known.get(text)
            if xml is None:
                xml = known[text] = escape(kept_together(as_xml_text(text)))
            parts += (xml, after)
        yield "".join(parts)
