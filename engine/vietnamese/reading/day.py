"""Days as people type them: 15/9/25, 15.9.2025, "ngày 15 tháng 9 năm 2025", "hôm qua"."""

import re
from datetime import date, timedelta

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.text import bare, clean, parse_date

CENTURY = 2000
"""What a year of two digits is added to: no step of a club lies before it."""

_AWAY = {
    "hom nay": 0,
    "bua nay": 0,
    "nay": 0,
    "today": 0,
    "hom qua": -1,
    "bua qua": -1,
    "yesterday": -1,
    "hom kia": -2,
    "mai": 1,
    "ngay mai": 1,
    "tomorrow": 1,
}
_SHORT_YEAR = re.compile(r"([0-9]{1,2} ?([/.-]) ?[0-9]{1,2} ?\2 ?)([0-9]{2})")
_IN_WORDS = re.compile(r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2})(?: nam|,)? ([0-9]{2}|[0-9]{4})")
_NO_YEAR = re.compile(
    r"([0-9]{1,2}) ?[/.-] ?([0-9]{1,2})|(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2})"
)
_LEAP = 8
"""Years within which every day of a year comes once, the 29th of February too."""


def read_day(text: str, today: date | None = None, *, ahead: bool | None = None) -> date:
    """Return the day that a text means; the day comes before the month.

    A day without a year is refused, unless ``ahead`` says which is meant: the last such day up to
    ``today``, or the next one from it on.

    A year of two digits is of this century, which suits what is done with a club and no birth.
    "hôm nay", "hôm qua" and their like count from ``today``, and are not read without it.

    Raises InputError (CLB-DATE).
    """
    typed = clean(text)
    unmarked = bare(typed)
    away = _AWAY.get(unmarked)
    if away is not None and today is not None:
        return today + timedelta(days=away)
    if match := _SHORT_YEAR.fullmatch(typed):
        return parse_date(f"{match[1]}{CENTURY + int(match[3])}")
    if match := _IN_WORDS.fullmatch(unmarked):
        year = int(match[3])
        return parse_date(f"{match[1]}/{match[2]}/{year if year > 99 else CENTURY + year}")
    if match := _NO_YEAR.fullmatch(unmarked):
        if today is not None and ahead is not None:
            return _nearest(int(match[1] or match[3]), int(match[2] or match[4]), today, ahead)
        raise InputError(
            _("“{text}” has no year.").format(text=typed),
            help=_("Write the year too, for example 15/09/2025 or 15/9/25."),
            code=codes.DATE,
        )
    try:
        return parse_date(typed)
    except InputError as error:
        if not any(map(str.isdigit, typed)):
            error.help = _("For example 15/09/2025, 15/9/25, hôm nay or hôm qua.")
        raise


def _nearest(day: int, month: int, today: date, ahead: bool) -> date:
    """Return the last such day of a year up to today, or the next one. Raises ``InputError``."""
    for away in range(_LEAP + 1):
        year = today.year + (away if ahead else -away)
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    return parse_date(f"{day}/{month}/{today.year}")
