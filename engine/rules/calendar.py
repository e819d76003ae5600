"""Dates as the programme counts them: calendar months, half years, days before a deadline, age."""

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from engine import codes
from engine.errors import InputError

_ONE_DAY = timedelta(days=1)
_PERIOD = r"([1-9][0-9]{3})(?:H([12])|Q([1-4]))?"
_IN_WORDS = r"(?:(?:6|sau) thang (dau|cuoi) |quy ([1-4]|i{1,3}|iv) )?nam ([1-9][0-9]{3})"
_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` calendar months later (earlier if negative).

    Where that month is shorter it is the month's last day: six months from 31/8/2021 is 28/2/2022.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return _clamped(year, month + 1, day.day)


def last_day_before(month_day: str, year: int) -> date:
    """Return the last day that is still "trước" (before) ``month_day``: "06-20" gives 19/6.

    Raises InputError (CLB-DATE) when ``month_day`` is not written MM-DD or is in no calendar.
    """
    try:
        month, day = (int(part) for part in month_day.split("-"))
        date(2000, month, day)
    except ValueError:
        raise _bad_date(month_day, "06-20") from None
    if (month, day) == (2, 29):
        return date(year, 2, 28)
    return date(year, month, day) - _ONE_DAY


def is_weekend(day: date) -> bool:
    """Return whether ``day`` is a Saturday or a Sunday."""
    return day.weekday() >= 5


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter ("2022Q1"), a half year ("2022H1") or a year ("2022") that a report covers.

    Both days are included.
    """

    id: str
    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2022Q1", "2022H1", "2022", or the words for them ("6 tháng đầu năm 2022").

        Raises InputError (CLB-PERIOD) for anything else.
        """
        match = re.fullmatch(_PERIOD, _without_words(text.strip()), re.IGNORECASE)
        if match is None:
            from engine.i18n import _

            raise InputError(
                _("“{text}” is not a period.").format(text=text.strip()),
                help=_("Write a half year as 2022H1, a quarter as 2022Q1, a whole year as 2022."),
                code=codes.PERIOD,
            )
        year, half, quarter = int(match[1]), match[2], match[3]
        months = 12 if half is quarter is None else 6 if half else 3
        start = date(year, 1 + months * (int(half or quarter or 1) - 1), 1)
        last = start.month + months - 1
        return cls(match[0].upper(), start, date(year, last, monthrange(year, last)[1]))

    @property
    def cycle(self) -> str:
        """Return how often there is such a period: ``quarter``, ``half_year`` or ``year``."""
        return {"Q": "quarter", "H": "half_year"}.get(self.id[4:5], "year")

    def before(self) -> "Period":
        """Return the quarter before a quarter, the half year before a half year, else the year."""
        year, kind, number = self.start.year, self.id[4:5], self.id[5:]
        if self.cycle == "year":
            return Period.parse(f"{year - 1}")
        if number != "1":
            return Period.parse(f"{year}{kind}{int(number) - 1}")
        return Period.parse(f"{year - 1}{kind}{4 if kind == 'Q' else 2}")

    def __contains__(self, day: date) -> bool:
        """Return whether ``day`` lies in the period."""
        return self.start <= day <= self.end


def born_by(age: int, on: date) -> str:
    """Return the latest birth text of those who have turned ``age`` (đủ tuổi) on a day.

    A birth is "1950", "1950-05" or "1950-05-02", and these texts compare as dates do: a year or a
    month alone compares as its first day, the practice of social insurance. Who was born on 29
    February has the birthday on the 28th in common years. This is the one rule for an age; queries
    use it as a limit.
    """
    if (on.month, on.day) == (2, 28) and not isleap(on.year):
        return f"{on.year - age:04d}-02-29"
    return f"{on.year - age:04d}-{on.month:02d}-{on.day:02d}"


def _without_words(text: str) -> str:
    """Return a period in Vietnamese words as its id ("2022H1"), any other text as it is."""
    if not text[-4:].isdigit() or len(text) <= 4:
        return text
    from engine.vietnamese.text import bare

    match = re.fullmatch(_IN_WORDS, bare(text))
    if match is None:
        return text
    if match[2]:
        return f"{match[3]}Q{_QUARTERS.get(match[2], match[2])}"
    return match[3] + {"dau": "H1", "cuoi": "H2"}.get(match[1], "")


def _clamped(year: int, month: int, day: int) -> date:
    """Return the day, or the last one of a month that is too short for it."""
    return date(year, month, day if day <= 28 else min(day, monthrange(year, month)[1]))


def _bad_date(text: str, example: str) -> InputError:
    from engine.i18n import _

    return InputError(
        _("“{text}” is not a date.").format(text=text),
        help=_("It is written like this: {example}.").format(example=example),
        code=codes.DATE,
    )
