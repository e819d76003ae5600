"""One cell of a list: a birth, an identity number, a phone number, a plain text.

Lists repeat themselves (years, villages, marks), so what was read once is kept by what stood in
the cell.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from unicodedata import is_normalized

from engine.i18n import _
from engine.roster import words
from engine.roster.model import Cell
from engine.vietnamese.text import clean, dmy

Value = TypeVar("Value")

OLDEST = 120
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
_WORDED = re.compile(r"\s*(?:tháng|thang|năm|nam)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^)]*\)\s*$")
_IDENTITY = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
# What stands in nearly all cells: a number as it should be, or nothing.
_USUAL_IDENTITY, _USUAL_PHONE = re.compile("[0-9]{12}|"), re.compile("0[0-9]{9}|")
_BETWEEN_DIGITS = re.compile(r"[\s.()-]+")
_ONE_PHONE = re.compile(r"\D*0\d{9,10}\D*")
_BETWEEN_PHONES = re.compile(r"[;/,\n]|\s[-–]\s|hoặc")


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth read from a cell. ``told`` says what was understood and not copied."""

    born: str
    year: int
    told: str | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be read and what should stand there.

    ``column`` counts from 0; ``missing`` names it where the list has no such column.
    """

    found: str
    expected: str
    column: int | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Told(Generic[Value]):
    """A value together with what was put right in it."""

    value: Value
    told: str


def neat(text: str) -> str:
    """Return ``text`` cleaned. Most texts are clean already, and seeing that is much quicker."""
    # A printable text has no blank but the space.
    if (
        text.isprintable()
        and "  " not in text
        and text.strip(" ") == text
        and is_normalized("NFC", text)
    ):
        return text
    return clean(text)


def shown(cell: Cell) -> str:
    """Return a cell as the sheet shows it."""
    if isinstance(cell, str):
        return neat(cell)
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return dmy(cell)
    return str(cell)


class Texts(dict[Cell, str | None]):
    """Plain text of a cell; None where there is nothing."""

    def __missing__(self, cell: Cell) -> str | None:
        text = self[cell] = shown(cell) or None
        return text


class Marks(dict[Cell, bool | None]):
    """Whether a cell is marked with an x or the like; None where it cannot be told."""

    def __missing__(self, cell: Cell) -> bool | None:
        answer = self[cell] = words.mark(shown(cell))
        return answer


class Births(dict[Cell, Birth | Bad | None]):
    """Births as lists write them, judged on a day; None where there is nothing.

    Excel dates, dd/mm/yyyy, d-m-yy, mm/yyyy, a year, and dates whose unknown day and month are
    written 00 or ?. A birth after ``on`` or more than 120 years before it is refused.
    """

    def __init__(self, on: date) -> None:
        super().__init__()
        self._on = on
        self._first_day, self._last_day = f"{on.year - OLDEST:04}-01-01", on.isoformat()

    def __missing__(self, cell: Cell) -> Birth | Bad | None:
        answer = self[cell] = self._read(cell)
        return answer

    def whole_day(self, cell: Cell) -> str | None:
        """Return the day (ISO) of a text such as 02/05/1950; None for any other cell."""
        if not isinstance(cell, str) or len(cell) != 10 or cell[2] != "/" or cell[5] != "/":
            return None
        day = f"{cell[6:]}-{cell[3:5]}-{cell[:2]}"
        try:
            date.fromisoformat(day)
        except ValueError:
            return None
        return day if self._first_day <= day <= self._last_day else None

    def _read(self, cell: Cell) -> Birth | Bad | None:
        if isinstance(cell, date):
            return self._dated(cell)
        text = shown(cell)
        parts = _split(text) or _split(
            _WORDED.sub("/", _LEAD.sub("", _ASIDE.sub("", text), count=1))
        )
        if parts is None:
            if words.mark(text) is False:
                return None
            return Bad(text, _("a year such as 1950 or a date such as 02/05/1950"))
        year, month, day = parts
        if year >= 100:
            return self._judged(cell, year, month, day)
        full = self._century(year)
        if full is None:
            return Bad(text, _("the year of birth with four digits"))
        return self._judged(cell, full, month, day, told="century")

    def _dated(self, cell: date) -> Birth | Bad:
        day = cell.date() if isinstance(cell, datetime) else cell
        if _SERIAL_FIRST <= day <= _SERIAL_LAST:
            return self._judged(cell, (day - _SERIAL_START).days, told="serial")
        return self._judged(cell, day.year, day.month, day.day)

    def _century(self, two_digits: int) -> int | None:
        """Return the only year that makes somebody from 16 to 100 years old, if there is one."""
        for century in (1900, 2000):
            if _YOUNGEST <= self._on.year - (century + two_digits) <= _OLDEST_BY_TWO_DIGITS:
                return century + two_digits
        return None

    def _judged(
        self,
        cell: Cell,
        year: int,
        month: int | None = None,
        day: int | None = None,
        told: str | None = None,
    ) -> Birth | Bad:
        try:
            first = date(year, month or 1, (day or 1) if month else 1)
        except ValueError:
            return Bad(shown(cell), _("a day that the calendar has, day before month"))
        if first > self._on:
            return Bad(shown(cell), _("a birth not after {day}").format(day=dmy(self._on)))
        if self._on.year - year > OLDEST:
            expected = _("a year of birth from {year} on").format(year=self._on.year - OLDEST)
            return Bad(shown(cell), expected)
        born = f"{year:04}"
        if month:
            born += f"-{month:02}"
            if day:
                born += f"-{day:02}"
        return Birth(born, year, told, shown(cell) if told else "")


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


def identity(cell: Cell) -> str | Told[str] | Bad | None:
    """Read an identity number: 12 digits (CCCD), or 9 of an old card (CMND).

    Excel drops the zeros a number begins with; up to two are put back. Anything else that has 12
    or 9 digits beside other words ("... cấp ngày ...") is read, a masked number is not.
    """
    if isinstance(cell, str) and _USUAL_IDENTITY.fullmatch(cell):
        return cell or None
    text = shown(cell)
    digits = _BETWEEN_DIGITS.sub("", text)
    if digits.isdecimal() and digits.isascii():
        if len(digits) in (9, 12):
            return digits
        if len(digits) in (8, 10, 11) and not digits.startswith("0"):
            return Told(digits.zfill(9 if len(digits) == 8 else 12), "identity")
    if words.mark(text) is False:
        return None
    found = _IDENTITY.findall(text)
    if len(found) == 1:
        return str(found[0])
    if "*" in text:
        return Bad(text, _("the whole number; this list was written with hidden numbers"))
    return Bad(text, _("12 digits (9 on an old card), or nothing"))


def phone(cell: Cell) -> str | Told[str] | Bad | None:
    """Read a phone number, or several, as digits with the zero in front.

    One number among words ("0912345678 (con)") is kept with them, because they say whose it is.
    """
    if isinstance(cell, str) and _USUAL_PHONE.fullmatch(cell):
        return cell or None
    text = shown(cell)
    if words.mark(text) is False:
        return None
    number = _phone(text)
    if number is not None:
        return number
    several = [_phone(part) for part in _BETWEEN_PHONES.split(text) if part.strip()]
    if len(several) > 1 and all(several):
        numbers = [one.value if isinstance(one, Told) else str(one) for one in several]
        return "; ".join(numbers)
    if _ONE_PHONE.fullmatch(text):
        return text
    if "*" in text:
        return Bad(text, _("the whole number; this list was written with hidden numbers"))
    return Bad(text, _("a phone number of 10 digits, or nothing"))


def _phone(text: str) -> str | Told[str] | None:
    digits = _BETWEEN_DIGITS.sub("", text)
    if digits.startswith("+84"):
        digits = "0" + digits[3:].removeprefix("0")
    if not (digits.isdecimal() and digits.isascii()):
        return None
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    if digits.startswith("0"):
        return digits if len(digits) in (10, 11) else None
    return Told("0" + digits, "phone") if len(digits) in (9, 10) else None
