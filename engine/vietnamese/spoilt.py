"""Letters spoilt on their way: old fonts and wrong readings, recognised and put right.

Each is a way back to Unicode by a name that people give it with ``--encoding``.
"""

from collections.abc import Callable, Mapping

from engine.vietnamese.misread import from_misread
from engine.vietnamese.syllables import gain
from engine.vietnamese.tcvn3 import from_tcvn3
from engine.vietnamese.vni import from_vni

WAYS_BACK: Mapping[str, Callable[[str], str]] = {
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "cp1252": from_misread,
}
"""TCVN3 (ABC) fonts, VNI fonts, and UTF-8 that was read as Windows-1252."""


def spoilt_as(text: str) -> str | None:
    """Return the name of the way back that makes ``text`` Vietnamese, ``None`` where none does.

    Give it as much as there is (a column, a file): one short word proves nothing.
    """
    if text.isascii():
        return None
    gains = {name: gain(text, convert) for name, convert in WAYS_BACK.items()}
    best = max(gains, key=gains.__getitem__)
    return best if gains[best] > 0 else None
