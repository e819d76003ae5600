"""Vietnamese text: cleaned on its way in, compared whatever the keyboard, printed as papers do.

What an officer typed is kept as typed (after :func:`clean`); :func:`key` and :func:`bare` are only
for comparing and searching. Amounts in words are in ``engine.vietnamese.money``, sorting in
``engine.vietnamese.collation``, dates in ``engine.vietnamese.dates``; all are offered here too.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.collation import LOOKALIKES, in_order, name_order, word_order
from engine.vietnamese.dates import dmy, formal_date
from engine.vietnamese.money import dong, dong_in_words, in_words, number

__all__ = [
    "alike",
    "almost",
    "bare",
    "clean",
    "decision_number",
    "dmy",
    "dong",
    "dong_in_words",
    "foreign_letters",
    "formal_date",
    "in_calendar",
    "in_order",
    "in_words",
    "is_text",
    "iso_day",
    "key",
    "means",
    "name_order",
    "number",
    "numbered",
    "parse_date",
    "percent",
    "resembles",
    "straight",
    "unmarked",
    "upper_first",
    "word_order",
]

FIRST_YEAR, LAST_YEAR = 1800, 2999
"""Years that a day may be in: intervals before and after it stay in the calendar."""

# Control characters that are not blanks; soft hyphen, joiners, direction marks, byte order mark.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# Vowels with their marks, decomposed: breve, circumflex and horn are letters, the rest are tones.
_VOWELS = re.compile("(?:[aeiouy][\u0300-\u0303\u0306\u0309\u031b\u0323]*)+")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DMY = re.compile(r"([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})")
_OF_A_DAY = re.compile(r"[0-9]{1,2}/[0-9]{2,4}")
"""What follows the first number of a day: a day is not the number of a paper."""
_DECISION = re.compile(r"(?:số *:? *)?0*([1-9][0-9]*)([a-zđ]?) *(?:/ *(.+))?", re.IGNORECASE)


def upper_first(text: str) -> str:
    """Return a phrase as it begins a line: its first letter a capital."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return a phrase as it is written inside a sentence; a capital abbreviation stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def is_text(text: str) -> bool:
    """Return whether a text can be written down: no half of a letter, no byte of another code."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def clean(text: str) -> str:
    """Return ``text`` in NFC without invisible characters, single spaces between its words.

    Every kind of blank counts as a space (non-breaking ones, tabs, line breaks in a cell).
    Text in the old one-byte TCVN3 encoding must be converted before: there the soft hyphen is "ư".
    """
    if text.isascii() and text.isprintable() and " " not in text:
        return text  # numbers, dates, most of what a list has
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return what two spellings of one name share: for comparing only, never for printing.

    Case, Unicode form and the place of the tone mark do not count (Hoà = Hòa, uỷ = ủy); letters and
    tones do (Toàn is not Toán).
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", clean(text)).casefold())
    folded = _VOWELS.sub(_tones_last, folded.translate(LOOKALIKES))
    return unicodedata.normalize("NFC", folded)


def _tones_last(vowels: re.Match[str]) -> str:
    """Return the vowels with the tone behind all of them."""
    cluster = vowels.group()
    return _TONE.sub("", cluster) + "".join(_TONE.findall(cluster))


def bare(text: str) -> str:
    """Return ``text`` for a search typed without marks: "Hoà Lạc" is "hoa lac", đ is d."""
    return " ".join(filter(None, map(_bare_word, text.split())))


@lru_cache(maxsize=8192)
def _bare_word(word: str) -> str:
    """Return one word without marks; a million names are made of a few thousand words."""
    seen = unicodedata.normalize("NFD", _INVISIBLE.sub("", word))
    folded = unicodedata.normalize("NFD", seen.casefold())
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    return letters.translate(LOOKALIKES).replace("đ", "d")


_ALWAYS_MARKED = frozenset(
    (
        *("bui", "dang", "dao", "dinh", "do", "duong", "hoang", "huynh", "le", "luong"),
        *("ngo", "nguyen", "pham", "tran", "trinh", "truong", "vo", "vu"),
    )
)
"""Families whose names always have a mark, typed without it."""


def lacks_marks(name: str) -> bool:
    """Return whether a person's name was typed without its marks: Nguyen Van Toan, Mai Thi Hoa.

    A name that may well have none (Mai Lan Anh) does not count.
    """
    words = name.casefold().split()
    if not name.isascii() or len(words) < 2:
        return False
    return words[0] in _ALWAYS_MARKED or (len(words) > 2 and words[1] == "thi")


_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʹ′`´＇"), "'")


def means(typed: str, name: str) -> bool:
    """Return whether a typed text means a name.

    It does when it is the name, whatever the Unicode form, the place of the tone, case, spaces and
    the kind of apostrophe (:func:`key`), or when it is the name without any mark. One mark too many
    or another one is another name: "Thình Lang" is not "Thịnh Lang", nor is "Thinh Láng".
    """
    spelt = straight(key(typed))
    if spelt == straight(key(name)):
        return True
    return spelt == unmarked(typed) == unmarked(name)


def unmarked(text: str) -> str:
    """Return :func:`bare` text with one kind of apostrophe; what two similar names share."""
    return straight(bare(text))


def straight(text: str) -> str:
    """Return ``text`` with the straight apostrophe for every kind there is: Đắk R’Lấp, R'Lấp."""
    return text.translate(_APOSTROPHES)


def almost(first: str, second: str) -> bool:
    """Return whether two names are easily taken for each other.

    They are where only the marks differ ("Đông Phù", "Đông Phú"), and where one word of four
    letters or more has one letter too many, too few or another ("Thịnh Lang", "Thịnh Lan"). A
    number or a short word distinguishes names on purpose.
    """
    one, other = (unmarked(name).split() for name in (first, second))
    if len(one) != len(other):
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return not differing or (len(differing) == 1 and _one_letter_apart(*differing[0]))


def resembles(typed: str, name: str) -> bool:
    """Return whether a typed text may have been meant for a name: a part of it, or almost it."""
    wanted, there = unmarked(typed), unmarked(name)
    return bool(wanted) and (f" {wanted} " in f" {there} " or almost(typed, name))


def _one_letter_apart(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    if len(long) < 4 or len(long) - len(short) > 1 or not (first + second).isalpha():
        return False
    same = next((at for at, char in enumerate(short) if char != long[at]), len(short))
    return long[same + 1 :] in (short[same:], short[same + 1 :])


# What replaces another letter in a name that is to pass for another person's, or the same.
_ALIKE = str.maketrans({"1": "i", "l": "i", "|": "i", "ı": "i", "0": "o"})


def alike(name: str) -> str:
    """Return what two names share that people would read as one: case, marks, l and I, 0 and o."""
    return bare(name).translate(_ALIKE)


def foreign_letters(name: str) -> list[str]:
    """Return the letters of a name that are of another script than Latin, which look the same."""
    return [
        char
        for char in dict.fromkeys(name)
        if char.isalpha() and not unicodedata.name(char, "").startswith("LATIN ")
    ]


def percent(
    numerator: int, denominator: int, decimals: int = 1, *, limits: tuple[int, ...] = ()
) -> str:
    """Return a share for printing, with a decimal comma: 44 of 63 is "69,8%".

    Rounded half up in whole numbers, except that a share never shows as 0, 100 or one of ``limits``
    (whole percents) that it does not exactly reach: 1999 of 2000 is "99,9%", and with
    ``limits=(70,)`` 6999 of 10000 is "69,9%": "70,0%" next to "not reached" reads as a mistake.
    Comparing is done with the counts themselves, never with this.

    Raises ValueError where there is no share: nothing to divide by, or a negative count.
    """
    if denominator <= 0 or numerator < 0:
        raise ValueError(f"no share: {numerator} of {denominator}")
    scale = 10**decimals
    shown = (200 * numerator * scale + denominator) // (2 * denominator)
    for limit in (0, 100, *limits):
        beyond = 100 * numerator - limit * denominator
        if beyond and shown == limit * scale:
            shown += 1 if beyond > 0 else -1
    whole, rest = divmod(shown, scale)
    return f"{number(whole)},{rest:0{decimals}}%" if decimals else f"{number(whole)}%"


def parse_date(text: str) -> date:
    """Return the date typed as 2021-07-28, 28/07/2021, 28/7/2021, 28-7-2021 or 28.7.2021.

    Raises InputError (CLB-DATE) for a day that the calendar does not have or that no club lives to
    see, and for anything else.
    """
    typed = clean(text)
    if match := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DMY.fullmatch(typed):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    else:
        raise _unreadable_date(typed)
    try:
        found = date(year, month, day)
    except ValueError:
        raise _no_such_day(typed) from None
    if not in_calendar(found):
        raise InputError(
            _("The year of {text} is not between {first} and {last}.").format(
                text=typed, first=FIRST_YEAR, last=LAST_YEAR
            ),
            help=_("Write the year with its four digits."),
            code=codes.DATE,
        )
    return found


def iso_day(text: Any) -> date | None:
    """Return the day of an ISO text, ``None`` where it is none."""
    if not isinstance(text, str) or len(text) != 10 or not _ISO.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if in_calendar(day) else None


def in_calendar(day: date) -> bool:
    """Return whether a day is one that anything of a club can happen on."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _unreadable_date(typed: str) -> InputError:
    return InputError(
        _("“{text}” is not a date.").format(text=typed),
        help=_("Write day, month and year with four digits, for example 28/07/2021."),
        code=codes.DATE,
    )


def _no_such_day(typed: str) -> InputError:
    return InputError(
        _("The calendar has no day {text}.").format(text=typed),
        help=_("Check the day and the month: the day comes first, for example 28/07/2021."),
        code=codes.DATE,
    )


def decision_number(typed: str, symbol: str) -> str:
    """Return the number of a paper with its symbol: "5", "05" and "5/qđ-ubnd" are "05/QĐ-UBND".

    ``symbol`` is what the paper carries unless another one was typed, which is kept as typed.
    Raises InputError (CLB-DECISION-NUMBER) where there is no number.
    """
    match = _DECISION.fullmatch(clean(typed))
    if match is None or _OF_A_DAY.fullmatch(match[3] or ""):
        raise InputError(
            _("“{text}” is not the number of a paper.").format(text=clean(typed)),
            help=_(
                "Write the number alone or with its symbol, for example 5 or 5/{symbol}."
            ).format(symbol=symbol),
            code=codes.DECISION_NUMBER,
        )
    digits, letter, other = match.groups()
    if other is None or bare(other) == bare(symbol):
        other = symbol
    return f"{int(digits):02}{letter}/{other}"


def numbered(typed: str, symbol: str) -> str:
    """Return the number of a paper with its symbol; what is no such number as it was typed."""
    try:
        return decision_number(typed, symbol)
    except InputError:
        return typed
