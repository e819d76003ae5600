"""How wide a text is in Times New Roman, so that rules and columns are as long as their texts.

Widths are those of the font and of every font made to replace it (Liberation Serif, Nimbus Roman).
"""

import re
import unicodedata
from collections.abc import Mapping

RULE_SIZE = 6
"""The size of the low lines (_) that rules are made of, in points."""
LEAST, WHOLE = 0.4, 1.0
"""How long a rule is: NĐ 30/2020 has a third to a half of the text, and the whole motto."""
LINE = 467.7
"""A line from margin to margin (165 mm), in points."""

NO_BREAK = "\N{NO-BREAK SPACE}"
_TERMS = re.compile("liên thế hệ|tự giúp nhau", re.IGNORECASE)
_UNITS = re.compile("câu lạc bộ|ban chủ nhiệm", re.IGNORECASE)
_CLUB = re.compile("(.+) (câu lạc bộ .+)", re.IGNORECASE)
SHORTEST = 0.4
"""The shorter line of a title is this part of the longer one at least."""
_NUMBERED = re.compile(
    r"\b(?:thôn|xóm|tổ dân phố|tổ|khu phố|khu|bản|ấp|đội|làng|(?:xã|phường|quận)(?: số)?) (?=\d)",
    re.IGNORECASE,
)
"""A place that is called by a number: "Tổ dân phố 4"."""
_DASH = re.compile(r"(?<=[^\W\d_]) (?=- [^\W\d_])")
SHORT = 40
"""A text of no more letters is on one line as it is."""
LAST_LETTERS = 14
"""So many letters at the end of a title stay on one line: a village ("Tổ dân phố 4")."""

_REGULAR: Mapping[int, str] = {
    180: "'",
    200: "|",
    250: " \N{NO-BREAK SPACE},.",
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
    250: " \N{NO-BREAK SPACE},.",
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


def joined(text: str) -> str:
    """Return a text with no number of a place alone on a line ("Xóm 9"), and none with a dash."""
    text = _NUMBERED.sub(_bound, text)
    return _DASH.sub(NO_BREAK, text) if len(text) > SHORT else text


def whole(text: str) -> str:
    """Return a text whose terms of several words are not broken: "Liên thế hệ", "tự giúp nhau"."""
    return _TERMS.sub(_bound, text)


def kept(text: str, size: float = 14) -> str:
    """Return a title that is well broken: in lines of like length where it takes several.

    One that has room on a line keeps its last words together, two at least, none of them a dash. A
    term of several words is one of them and is not broken.
    """
    if text_width(text, size, bold=True) > LINE:
        first, *others = _before_the_club(text, size) or evenly(
            _UNITS.sub(_bound, whole(joined(text))), LINE, size
        )
        return " ".join([first, *(one.replace(" ", NO_BREAK) for one in others)])
    words = whole(text).split(" ")
    last = 1 if NO_BREAK in words[-1] else min(2, len(words))
    for more in range(last + 1, len(words)):
        if words[-more] == "-" or len(" ".join(words[-more:])) > LAST_LETTERS:
            break
        last = more
    return " ".join([*words[:-last], NO_BREAK.join(words[-last:])])


def _before_the_club(text: str, size: float) -> list[str]:
    """Return a title in two lines, the club's whole name on the second, if that is well broken."""
    found = _CLUB.fullmatch(text)
    if found is None:
        return []
    shorter, longer = sorted(text_width(one, size, bold=True) for one in found.groups())
    return list(found.groups()) if SHORTEST * longer <= shorter <= longer <= LINE else []


def _bound(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK)


def evenly(text: str, width: float, size: float) -> list[str]:
    """Return a bold text in as few lines as have room, the longest as short as it can be."""
    fewest = _filled(text, width, size)
    narrower = (_filled(text, width * share / 100, size) for share in range(40, 100, 2))
    return next((one for one in narrower if len(one) == len(fewest)), fewest)


def _filled(text: str, width: float, size: float) -> list[str]:
    """Return a text broken at its spaces into lines no wider than ``width``, where they can."""
    found = [""]
    for word in text.split(" "):
        line = f"{found[-1]} {word}".strip(" ")
        if found[-1] and text_width(line, size, bold=True) > width:
            found.append(word)
        else:
            found[-1] = line
    return found


def rule(text: object, size: float = 14, share: float = LEAST) -> str:
    """Return the low lines to print under a bold text: ``share`` of its line, at least one.

    A value that is not known is as long as the blank printed for it.
    """
    lines = _filled(kept(str(text), size), LINE, size)
    long = max(min(text_width(one, size, bold=True), LINE) for one in lines)
    return "_" * max(round(long * share / (RULE_SIZE * _OTHER / 1000)), 1)
