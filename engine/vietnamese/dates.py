"""Dates as people read them and as papers write them."""

from datetime import date


def dmy(day: date) -> str:
    """Return a date as people read it: "28/07/2021"."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def formal_date(day: date) -> str:
    """Return a date as an administrative paper writes it: "ngày 05 tháng 02 năm 2021".

    A zero goes before days under 10 and before months 1 and 2 only, so that neither can be altered.
    """
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def born_text(born: str) -> str:
    """Return a birth of any precision as people write it: 02/05/1950, 05/1950 or 1950."""
    return "/".join(reversed(born.split("-")))
