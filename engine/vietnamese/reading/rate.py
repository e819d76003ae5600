"""Interest rates as people type them: "0,5%/tháng", "6%/năm", "0.5"."""

import re

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.text import bare, clean

_RATE = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,2}))?\s*(%?)\s*/?\s*(thang|nam|year|month)?")


def read_rate(text: str) -> int:
    """Return an interest rate in hundredths of a percent a month: 50 for "0,5%/tháng".

    A rate of a year is a twelfth of it a month. A figure without "%" is percent.

    Raises InputError (CLB-RATE) for what is no rate, and for a year's that is no whole number of
    hundredths a month.
    """
    typed = clean(text)
    match = _RATE.fullmatch(bare(typed))
    if match is None:
        raise _unreadable(typed)
    whole, part, _sign, span = match.groups()
    hundredths = int(whole) * 100 + int((part or "0").ljust(2, "0"))
    if span in ("nam", "year"):
        if hundredths % 12:
            raise _unreadable(typed)
        hundredths //= 12
    return hundredths


def _unreadable(typed: str) -> InputError:
    return InputError(
        _("“{text}” is not an interest rate.").format(text=typed),
        code=codes.RATE,
        help=_("Type it like this: {examples}.").format(examples="0,5%/tháng, 6%/năm, 0"),
    )
