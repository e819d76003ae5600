"""The words of administrative papers: Vietnamese, whatever language the screen speaks."""

import re
from collections.abc import Iterable
from datetime import date

from engine.vietnamese.dates import born_text
from engine.vietnamese.text import formal_date, upper_first

BLANK = "……………"
"""Printed where something is not known: to be filled in by hand."""
SHORT_BLANK = "……"
BLANK_DATE = "ngày …… tháng …… năm ………"

_IN_FULL = (
    (re.compile(r"\bCLB\b"), "câu lạc bộ"),
    (re.compile(r"\bNCT\b"), "người cao tuổi"),
)

_LETTERS = re.compile(r"[^\W\d_]+")
_RELATIONS = re.compile(
    r"\((?:(?:Vợ|Chồng|Con|Dâu|Rể|Bố|Cha|Mẹ|Cháu|Anh|Chị|Em|Ông|Bà|Cụ|Bác|Chú|Cô)\b ?)+"
)
"""Whose wife, son ... somebody is, as a list distinguishes namesakes: "(vợ ông Kha)"."""
_NO_NAME = re.compile(r"[\d<>{}\[\]&%=/\\]")
"""Signs that no personal name has."""

EITHER = "Ông (bà)"
YES, NO, UNSAID = "Có", "Không", "Không ghi"
NOT_STIPULATED = "Không quy định"
NO_DOCUMENT = "Không có văn bản đang thực hiện"
NO_TEXT = "Chưa có toàn văn của văn bản"
ANY_FUND = "Quỹ của câu lạc bộ"
AND_OTHERS = "các hoạt động khác"


def day(on: date | None) -> str:
    """Return a date as papers write it, or the blanks for one."""
    return BLANK_DATE if on is None else formal_date(on)


def yes_or_no(answer: bool | None) -> str | None:
    """Return the answer in a word, ``None`` where there is none."""
    return None if answer is None else YES if answer else NO


def born(text: str | None) -> str:
    """Return a birth date as precisely as it is known: "02/5/1950" is written 02/05/1950."""
    return born_text(text) if text else ""


def born_title(births: Iterable[str | None]) -> str:
    """Return the heading of a column of births: "Năm sinh" where nothing but years is known."""
    return "Ngày, tháng, năm sinh" if any("-" in (one or "") for one in births) else "Năm sinh"


def person(name: str | None) -> str | None:
    """Return a personal name in proper case where it was typed in capitals or small letters."""
    if name is None or not (name.isupper() or name.islower()) or _NO_NAME.search(name):
        return name
    proper = _LETTERS.sub(lambda word: word[0].capitalize(), name)
    return _RELATIONS.sub(lambda found: found[0].lower(), proper)


def spelled_out(text: str) -> str:
    """Return a text without the abbreviations that a paper to be signed does not use."""
    capital = text[:1].isupper()
    for short, full in _IN_FULL:
        text = short.sub(full, text)
    return upper_first(text) if capital else text


def sentence(text: str) -> str:
    """Return a phrase without the full stop somebody ended it with."""
    return text.rstrip(" .;")
