"""Periods of reports as people type them: "6 tháng đầu năm 2026", "quý I/2026", 2026H1."""

import re
from datetime import date

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.text import bare, clean

SECOND_HALF = 7
"""The month that the second half of a year begins with."""

_YEAR = r"(?:nam )?(?P<year>[0-9]{4}|nay|ngoai|truoc)"
_FIRST, _SECOND = r"(?:dau|i|1|thu nhat)", r"(?:cuoi|sau|ii|2|thu hai)"
_HALF = rf"(?:(?:6|sau) thang|nua|nua nam|ky) (?:(?P<first>{_FIRST})|(?P<second>{_SECOND}))"
_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_QUARTER = r"(?:quy|q) ?(?P<quarter>[1-4]|i{1,3}|iv)"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        _YEAR,
        r"(?P<year>[0-9]{4}) ?[-/]? ?h(?P<half>[12])",
        r"h(?P<half>[12]) ?[-/]? ?(?P<year>[0-9]{4})",
        rf"{_HALF}(?:(?: cua)? {_YEAR})?",
        rf"{_YEAR},? {_HALF}",
        r"(?P<year>[0-9]{4}) ?[-/]? ?q(?P<quarter>[1-4])",
        rf"{_QUARTER}(?: cua)? ?[-/]? ?{_YEAR}",
    )
)


def read_period(text: str, today: date | None = None) -> str:
    """Return a period as the program calls it: "2026Q1", "2026H1", "2026H2" or "2026".

    A half without its year is the last one that has begun by ``today``; "năm nay" and "năm ngoái"
    count from it too.

    Raises InputError (CLB-PERIOD).
    """
    typed = clean(text)
    unmarked = bare(typed)
    for shape in _SHAPES:
        if match := shape.fullmatch(unmarked):
            found = match.groupdict()
            half = found.get("half") or _half(found)
            year = _year(found.get("year"), half, today)
            if year is not None and (quarter := found.get("quarter")):
                return f"{year}Q{_QUARTERS.get(quarter, quarter)}"
            if year is not None:
                return f"{year}H{half}" if half else f"{year}"
    raise InputError(
        _("“{text}” is not a period of a report.").format(text=typed),
        code=codes.PERIOD,
        help=_("Write a year, a half or a quarter of one: năm 2026, 2026H1, quý 1 năm 2026."),
    )


def _half(found: dict[str, str | None]) -> str:
    if found.get("first"):
        return "1"
    return "2" if found.get("second") else ""


def _year(typed: str | None, half: str, today: date | None) -> int | None:
    if typed is not None and typed.isdigit():
        return int(typed)
    if today is None:
        return None
    if typed is not None:
        return today.year if typed == "nay" else today.year - 1
    return today.year - 1 if half == "2" and today.month < SECOND_HALF else today.year
