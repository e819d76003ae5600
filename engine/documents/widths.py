"""How wide a text is in Times New Roman, so that rules and columns are as long as their texts.

Widths are those of the font and of every font made to replace it (Liberation Serif, Nimbus Roman).
"""

import unicodedata
from collections.abc import Mapping

RULE_SIZE = 6
"""The size of the low lines (_) that rules are made of, in points."""
LEAST, WHOLE = 0.4, 1.0
"""How long a rule is: NĐ 30/2020 has a third to a half of the text, and the whole motto."""
LINE = 467.7
"""A line from margin to margin (165 mm), in points."""

_REGULAR: Mapping[int, str] = {
    180: "'",
    200: "|",
    250: " ,.",
    278: "/:;\\ijlt",
    333: "!()-I[]`fr",
    389: "Js",
    408: '"',
    444: "?acez“”",
    556: "FPS",
    564: "+<=>",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYwĐ",
    778: "&m",
    833: "%",
    889: "M",
    921: "@",
    944: "W",
    1000: "…",
}
_BOLD: Mapping[int, str] = {
    220: "|",
    250: " ,.",
    278: "'/\\il",
    333: "!()-:;[]`fjt",
    389: "Is",
    444: "cerz",
    556: "Sbdhknpquđ",
    570: "+<=>",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYwĐ",
    778: "GHKOQ",
    833: "&m",
    930: "@",
    944: "M",
    1000: "%W…",
}
_OTHER = 500
"""Digits and the letters that are as wide; thousandths of the size, as in the tables."""


def _by_letter(table: Mapping[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in table.items() for letter in letters}


_WIDTHS = {False: _by_letter(_REGULAR), True: _by_letter(_BOLD)}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text on one line, in points."""
    widths = _WIDTHS[bold]
    letters = (one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return sum(widths.get(one, _OTHER) for one in letters) * size / 1000


def rule(text: object, size: float = 14, share: float = LEAST) -> str:
    """Return the low lines to print under a bold text: ``share`` of its line, at least one.

    A value that is not known is as long as the blank printed for it.
    """
    long = min(text_width(str(text), size, bold=True), LINE)
    return "_" * max(round(long * share / (RULE_SIZE * _OTHER / 1000)), 1)
