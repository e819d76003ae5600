"""Amounts of money as people type them: "6.000.000đ", "100tr", "1,5 tỷ", "500 nghìn".

A dot divides thousands and a comma begins decimals, as Vietnamese is written; the other way round
is read where it can mean nothing else.
"""

import re

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.text import bare, clean

MOST_DIGITS = 18
"""Digits of an amount: more than all money there is, and what every database holds."""

_UNITS = {
    **dict.fromkeys(("ty", "ti"), 1_000_000_000),
    **dict.fromkeys(("trieu", "tr"), 1_000_000),
    **dict.fromkeys(("nghin", "ngan", "k"), 1_000),
}
_DONG = re.compile(r" ?(?:dong|vnd|d|₫)(?: chan)?\.?")
_PART = re.compile(r" ?([0-9][0-9., _]*?) ?(ty|ti|trieu|tr|nghin|ngan|k)(?![a-z])")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([., _])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)")

LONGEST = 100
"""Letters of an amount as people write one; Python itself reads no more than 4.300 digits."""


def read_money(text: str) -> int:
    """Return an amount in đồng.

    Several units go down: "1 tỷ 500 triệu". Figures after the last unit are its decimals where
    they are one or three: "6tr5" and "6tr500" are 6.500.000, as "6 triệu rưỡi" is.

    Raises InputError (CLB-MONEY) for what is no amount, for one that can be read in two ways
    ("1.5", "1,500 triệu") and for parts of a đồng.
    """
    typed = clean(text)
    if len(typed) > LONGEST:
        raise _unreadable(f"{typed[:LONGEST]}…")
    left = bare(typed)
    if end := re.search(rf"{_DONG.pattern}$", left):
        left = left[: end.start()]
    total, last = 0, 0
    while part := _PART.match(left):
        size = _UNITS[part[2]]
        if last and size >= last:
            raise _unreadable(typed)
        total += _times(part[1].strip(), size, typed)
        last, left = size, left[part.end() :]
    left = left.strip()
    if last and left:
        total += _after(left, last, typed)
    elif not last:
        total = _figures(left, typed)
    if len(str(total)) > MOST_DIGITS:
        raise _unreadable(typed)
    return total


def _figures(figures: str, typed: str) -> int:
    """Return an amount written in figures alone."""
    if figures.isascii() and figures.isdigit():
        return int(figures)
    if _is_grouped(figures):
        return _joined(figures)
    if _DECIMAL.fullmatch(figures):
        raise _doubtful(typed)
    raise _unreadable(typed)


def _times(figures: str, size: int, typed: str) -> int:
    """Return so many of a unit, decimals too where they cannot be a group of three."""
    if figures.isdigit():
        return int(figures) * size
    if _is_grouped(figures):
        return _joined(figures) * size
    decimal = _DECIMAL.fullmatch(figures)
    if decimal is None:
        raise _unreadable(typed)
    whole, rest = decimal.groups()
    if len(rest) == 3:
        raise _doubtful(typed)
    return int(whole) * size + _share(rest, size, typed)


def _after(figures: str, size: int, typed: str) -> int:
    """Return what the figures after the last unit add to it."""
    if figures == "ruoi":
        return size // 2
    if not figures.isdigit():
        raise _unreadable(typed)
    if len(figures) not in (1, 3):
        raise _doubtful(typed)
    return _share(figures, size, typed)


def _share(decimals: str, size: int, typed: str) -> int:
    amount, rest = divmod(int(decimals) * size, int(f"1{'0' * len(decimals)}"))
    if rest:
        raise _unreadable(typed)
    return amount


def _is_grouped(figures: str) -> bool:
    """Return whether figures are in groups; with one comma alone they may be decimals."""
    return bool(_GROUPED.fullmatch(figures)) and figures.count(",") != 1


def _joined(figures: str) -> int:
    return int(re.sub("[., _]", "", figures))


def _unreadable(typed: str) -> InputError:
    return InputError(
        _("“{text}” is not an amount of money.").format(text=typed), code=codes.MONEY, help=_help()
    )


def _doubtful(typed: str) -> InputError:
    return InputError(
        _("“{text}” can be read as two amounts.").format(text=typed), code=codes.MONEY, help=_help()
    )


def _help() -> str:
    return _("Write the whole amount, for example 6.000.000, or 6 triệu, 100tr, 1,5 tỷ.")
