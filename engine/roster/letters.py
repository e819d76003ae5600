"""The letters of a list: those that were spoilt on their way are shown, and converted if asked."""

import re
from collections.abc import Callable
from functools import lru_cache

from engine import codes
from engine.errors import InputError
from engine.i18n import N_, _
from engine.roster.model import Cell, Cells
from engine.vietnamese.spoilt import WAYS_BACK, spoilt_as
from engine.vietnamese.syllables import impossible_letters

_SPOILT = {
    "tcvn3": (
        codes.ROSTER_TCVN3,
        N_("The list seems to be typed in an old TCVN3 font: “{found}” would become “{text}”."),
    ),
    "vni": (
        codes.ROSTER_VNI,
        N_("The list seems to be typed in an old VNI font: “{found}” would become “{text}”."),
    ),
    "cp1252": (
        codes.ROSTER_MISREAD,
        N_("The letters were spoilt by a program: “{found}” would become “{text}”."),
    ),
}
ENCODING_OF = {str(code): encoding for encoding, (code, _sentence) in _SPOILT.items()}
"""The encoding that puts letters right, by the code of the refusal that shows them."""

_LOST = re.compile(r"\w\?\w|\ufffd")


def refuse_spoilt(cells: list[Cell]) -> None:
    """Raise ``InputError`` where the texts among ``cells`` seem to be of spoilt letters.

    Its code says of which (CLB-ROSTER-TCVN3, CLB-ROSTER-VNI, CLB-ROSTER-MISREAD); its message shows
    one of them as it is and as it would become.
    """
    texts = [cell for cell in cells if isinstance(cell, str) and not cell.isascii()]
    encoding = spoilt_as("\n".join(texts)) if texts else None
    if encoding is None:
        return
    convert = WAYS_BACK[encoding]
    changed = (text for text in texts if convert(text) != text and spoilt_as(text) == encoding)
    sample = next(changed, texts[0])
    becomes = convert(sample)
    if becomes == sample:  # a letter of it is lost besides
        becomes = " ".join(map(convert, sample.split(" ")))
    code, sentence = _SPOILT[encoding]
    raise InputError(
        _(sentence).format(found=sample.strip(), text=becomes.strip()),
        help=_("If that line is right, read the list again with --encoding {encoding}.").format(
            encoding=encoding
        ),
        code=code,
    )


def converter(encoding: str) -> Callable[[Cells], Cells]:
    """Return what puts the texts of a row right."""
    convert = lru_cache(maxsize=8192)(WAYS_BACK[encoding])

    def converted(row: Cells) -> Cells:
        return [convert(cell) if isinstance(cell, str) else cell for cell in row]

    return converted


def letters_missing(text: str) -> bool:
    """Return whether a sign in a word says that a letter was there.

    >>> letters_missing("Nguy?n"), letters_missing("đi họp?")
    (True, False)
    """
    return _LOST.search(text) is not None


@lru_cache(maxsize=8192)
def are_lost(text: str) -> bool:
    """Return whether a name lost letters, or has such as no name here is written with."""
    return letters_missing(text) or bool(impossible_letters(text))
