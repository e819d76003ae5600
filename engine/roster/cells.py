"""One cell of a list, or what somebody types of one member: births, numbers, names."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.roster import words
from engine.roster.model import Cell, Sex
from engine.vietnamese.text import clean, dmy

Value = TypeVar("Value")

OLDEST = 120
_MONTHS = 12
# Two digits of a year are completed only to the age of somebody who may be in a club.
_YOUNGEST, _OLDEST_BY_TWO_DIGITS = 16, 100
# A year typed into a cell that is formatted as a date becomes the day of that number: 1950 becomes
# 3 May 1905. Nobody in a list was born in those months.
_SERIAL_START, _SERIAL_FIRST, _SERIAL_LAST = (
    date(1899, 12, 30),
    date(1905, 3, 14),
    date(1905, 9, 17),
)

_UNKNOWN = r"[?xX_…*]{1,4}|\.{2,4}|0{1,2}"
_PART = rf"(\d{{1,2}}|{_UNKNOWN}|)"
_SIGN = r"\s*[/.,-]\s*"
_DAY = re.compile(rf"{_PART}{_SIGN}{_PART}{_SIGN}(\d{{4}}|\d{{2}})")
_MONTH = re.compile(rf"{_PART}{_SIGN}(\d{{4}})")
_YEAR = re.compile(r"(\d{4})(?:[.,]0)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_LEAD = re.compile(
    r"(?:năm sinh|sinh(?: ngày| năm| ngay| nam)?|ngày|ngay|năm|nam|tháng|thang|ns|sn)\s*:?\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\s+0{1,2}:00(?::00)?(?:\.0+)?(?:\s*[SsAa][AaMm])?$|(?<=\d)[.,;]+$")
_AGE = re.compile(r"(\d{2,3})\s*(tuổi|tuoi|t|t\.)?", re.IGNORECASE)
_WORDED = re.compile(r"\s*(?:tháng|thang|năm|nam)\s*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
_IDENTITY = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_BETWEEN_DIGITS = re.compile(r"[\s.()-]+")
_ONE_PHONE = re.compile(r"\D*0\d{9,10}\D*")
_DIVIDED_PHONE = re.compile(r"\+?\d[\d. -]{7,}\d")
_BETWEEN_PHONES = re.compile(r"[;/,\n]|\s[-–]\s|hoặc")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth read from a cell: "1950", "1950-05" or "1950-05-02", and its year.

    ``remark`` is the kind of remark where it was understood and not copied, ``found`` the cell.
    ``is_date`` is whether Excel knows the cell as a date, ``month_first`` whether it is a day only
    with the month first, ``age`` the age that the year was worked out from.
    """

    born: str
    year: int
    remark: str | None = None
    found: str = ""
    is_date: bool = False
    month_first: bool = False
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """An age in years, or what could be one: ``is_sure`` where its cell or column says so."""

    years: int
    found: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be read, and what is expected there.

    ``column`` counts from 0; ``missing`` names it where the list has no such column.
    """

    found: str
    expected: str
    column: int | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Corrected(Generic[Value]):
    """A value that was put right, and the kind of remark about that."""

    value: Value
    remark: str


def shown(cell: Cell) -> str:
    """Return a cell as the sheet shows it."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return dmy(cell)
    return str(cell)


def birth(cell: Cell, on: date) -> Birth | Bad | None:
    """Read a birth as lists write it, judged on a day; None where there is nothing.

    Excel dates, dd/mm/yyyy, d-m-yy, mm/yyyy, a year, and dates whose unknown day and month are
    written 00 or ?. A birth after ``on`` or more than 120 years before it is refused, and a date
    of Excel that would make a child a member.
    """
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if _SERIAL_FIRST <= day <= _SERIAL_LAST:
            return _judged(cell, on, (day - _SERIAL_START).days, remark="serial")
        if day <= on and on.year - day.year < _YOUNGEST:
            # Excel completes 21 to 2021 by itself.
            return Bad(dmy(day), _("the year of birth with four digits, typed as text"))
        return _judged(cell, on, day.year, day.month, day.day)
    text = _CLOCK.sub("", shown(cell))
    parts = _split(text) or _split(
        _WORDED.sub("/", _LEAD.sub("", _IN_BRACKETS.sub("", text), count=1))
    )
    if parts is None:
        if words.mark(text) is False:
            return None
        return Bad(text, _("a year such as 1950 or a date such as 02/05/1950"))
    year, month, number = parts
    if month and number and number <= _MONTHS < month and year >= 100 and not _ISO.fullmatch(text):
        turned = _judged(cell, on, year, number, month)
        return replace(turned, month_first=True) if isinstance(turned, Birth) else turned
    if year >= 100:
        young = "young" if 0 <= on.year - year < _YOUNGEST else None
        return _judged(cell, on, year, month, number, remark=young)
    full = _century(year, on)
    if full is None:
        return Bad(text, _("the year of birth with four digits"))
    return _judged(cell, on, full, month, number, remark="century")


def _century(two_digits: int, on: date) -> int | None:
    """Return the only year that makes somebody from 16 to 100 years old, if there is one."""
    for century in (1900, 2000):
        if _YOUNGEST <= on.year - (century + two_digits) <= _OLDEST_BY_TWO_DIGITS:
            return century + two_digits
    return None


def _judged(
    cell: Cell,
    on: date,
    year: int,
    month: int | None = None,
    day: int | None = None,
    remark: str | None = None,
) -> Birth | Bad:
    try:
        first = date(year, month or 1, (day or 1) if month else 1)
    except ValueError:
        return Bad(shown(cell), day_first())
    if first > on:
        return Bad(shown(cell), _("a birth not after {day}").format(day=dmy(on)))
    if on.year - year > OLDEST:
        expected = _("a year of birth from {year} on").format(year=on.year - OLDEST)
        return Bad(shown(cell), expected)
    born = f"{year:04}"
    if month:
        born += f"-{month:02}"
        if day:
            born += f"-{day:02}"
    is_date = isinstance(cell, date) and remark is None
    return Birth(born, year, remark, shown(cell) if remark else "", is_date)


def day_first() -> str:
    """Return what is expected where a date has no such month."""
    return _("a day that the calendar has, day before month")


def age(cell: Cell, *, is_sure: bool = False) -> Age | None:
    """Read an age in years (70, 70 tuổi), ``None`` where the cell can be none."""
    text = shown(cell)
    match = _AGE.fullmatch(text)
    if match is None or not _YOUNGEST <= int(match[1]) <= OLDEST:
        return None
    return Age(int(match[1]), text, is_sure or match[2] is not None)


def by_age(found: Age, counted: int) -> Birth:
    """Return the year that an age in a year makes likely: one year less is possible as well."""
    year = counted - found.years
    return Birth(f"{year:04}", year, age=found.years)


def by_two_digits(found: Age, on: date) -> Birth | Bad:
    """Return the year that two digits mean, where only one makes a member's age."""
    year = _century(found.years, on) if found.years < 100 else None
    if year is None:
        return Bad(found.found, _("the year of birth with four digits"))
    return Birth(f"{year:04}", year)


def exchanged(born: str) -> str:
    """Return a birthday with day and month in each other's place."""
    year, month, day = born.split("-")
    return f"{year}-{day}-{month}"


def identity_says(number: str) -> tuple[Sex, int] | None:
    """Return the sex and the year of birth in a number of 12 digits (CCCD), else ``None``.

    Its fourth digit has the century and the sex, the next two the year (Nghị định 137/2015/NĐ-CP,
    Điều 13).
    """
    if len(number) != 12:
        return None
    century, is_woman = divmod(int(number[3]), 2)
    return "F" if is_woman else "M", 1900 + 100 * century + int(number[4:6])


def _split(text: str) -> tuple[int, int | None, int | None] | None:
    """Return the year (maybe of two digits), month and day that a text names, or None."""
    if match := _YEAR.fullmatch(text):
        return int(match[1]), None, None
    if match := _DAY.fullmatch(text):
        return int(match[3]), _known(match[2]), _known(match[1])
    if match := _MONTH.fullmatch(text):
        return int(match[2]), _known(match[1]), None
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    return None


def _known(part: str) -> int | None:
    return int(part) or None if part.isdigit() else None


def whole_number() -> str:
    """Return what is expected where a list has a number with asterisks."""
    return _("the whole number; this list was written with hidden numbers")


def identity(cell: Cell) -> str | Corrected[str] | Bad | None:
    """Read an identity number: 12 digits (CCCD), or 9 of an old card (CMND).

    Excel drops the zeros a number begins with; up to two are put back. Anything else that has 12
    or 9 digits among other words ("... cấp ngày ...") is read, a masked number is not.
    """
    text = shown(cell)
    digits = _BETWEEN_DIGITS.sub("", text)
    if digits.isdecimal() and digits.isascii():
        if len(digits) in (9, 12):
            return digits
        if len(digits) in (8, 10, 11) and not digits.startswith("0"):
            return Corrected(digits.zfill(9 if len(digits) == 8 else 12), "identity")
    if words.mark(text) is False:
        return None
    found = _IDENTITY.findall(text)
    if len(found) == 1:
        return str(found[0])
    if "*" in text:
        return Bad(text, whole_number())
    return Bad(text, _("12 digits (9 on an old card), or nothing"))


def phone(cell: Cell) -> str | Corrected[str] | Bad | None:
    """Read a phone number, or several, as digits with the zero in front.

    One number among words ("0912345678 (con)") is kept with them: they name whose it is.
    """
    text = shown(cell)
    number = _phone(text)
    if number is not None:
        return number
    if words.mark(text) is False:
        return None
    several = [_phone(part) for part in _BETWEEN_PHONES.split(text) if part.strip()]
    if len(several) > 1 and all(several):
        numbers = [one.value if isinstance(one, Corrected) else str(one) for one in several]
        return "; ".join(numbers)
    if _ONE_PHONE.fullmatch(text) or _is_one_of_words(text):
        return text
    if "*" in text:
        return Bad(text, whole_number())
    return Bad(text, _("a phone number of 10 digits, or nothing"))


def _is_one_of_words(text: str) -> bool:
    """Return whether a text has one number, however it is divided, and else only words."""
    numbers = _DIVIDED_PHONE.findall(text)
    rest = _DIVIDED_PHONE.sub("", text)
    return len(numbers) == 1 and isinstance(_phone(numbers[0]), str) and not re.search(r"\d", rest)


def _phone(text: str) -> str | Corrected[str] | None:
    digits = _BETWEEN_DIGITS.sub("", text)
    if digits.startswith("+84"):
        digits = "0" + digits[3:].removeprefix("0")
    if not (digits.isdecimal() and digits.isascii()):
        return None
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    if digits.startswith("0"):
        return digits if len(digits) in (10, 11) else None
    return Corrected("0" + digits, "phone") if len(digits) in (9, 10) else None


def read_name(text: str) -> str:
    """Return a person's name, cleaned. Raises ``InputError`` where there is none."""
    name = clean(text)
    if not any(char.isalpha() for char in name):
        raise _wrong(name, _("a person's name"))
    return name


def read_born(text: str, on: date) -> str:
    """Return a birth as exact as it was typed: "1950", "1950-05" or "1950-05-02".

    Read as in a list (02/05/1950, 05/1950, 1950), and 1950-05 too. Raises ``InputError``.
    """
    typed = clean(text)
    if month := _ISO_MONTH.fullmatch(typed):
        typed = f"{month[2]}/{month[1]}"
    found = birth(typed, on)
    if found is None:
        raise _wrong(typed, _("a year such as 1950 or a date such as 02/05/1950"))
    if isinstance(found, Bad):
        raise _wrong(typed, found.expected)
    if found.month_first:
        raise _wrong(typed, day_first())
    return found.born


def read_identity(text: str) -> str | None:
    """Return an identity number (CCCD), ``None`` for an empty one. Raises ``InputError``."""
    return _number(identity(clean(text)))


def read_phone(text: str) -> str | None:
    """Return a phone number, ``None`` for an empty one. Raises ``InputError``."""
    return _number(phone(clean(text)))


def _number(found: str | Corrected[str] | Bad | None) -> str | None:
    if isinstance(found, Bad):
        raise _wrong(found.found, found.expected)
    return found.value if isinstance(found, Corrected) else found


def _wrong(found: str, expected: str) -> InputError:
    return InputError(
        _("“{found}” cannot be read.").format(found=found),
        code=codes.MEMBER_VALUE,
        help=_("Type {expected}.").format(expected=expected),
    )


READERS: Mapping[str, Callable[[str, date], str | None]] = {
    "name": lambda text, _on: read_name(text),
    "sex": lambda text, _on: text,
    "born": read_born,
    "circumstance": lambda text, _on: None if text == "none" else text,
    "village": lambda text, _on: clean(text) or None,
    "id_number": lambda text, _on: read_identity(text),
    "phone": lambda text, _on: read_phone(text),
    "note": lambda text, _on: clean(text) or None,
}


def details(given: Mapping[str, str | None], on: date) -> dict[str, Any]:
    """Read what was given of a person, by field; an empty text clears what may be empty.

    Raises ``InputError`` for one that cannot be read.
    """
    return {field: READERS[field](text, on) for field, text in given.items() if text is not None}
