"""The cell of a row that a refusal is about, so that the right one is coloured."""

from collections.abc import Mapping

from engine import codes
from engine.book.reader import Line
from engine.errors import ClbError

ABOUT: Mapping[str, tuple[str, ...]] = {
    codes.CARE_COUNT: ("volunteers", "cared_for"),
    codes.CARE_PAIR: ("pairs",),
    codes.FUND_BALANCE: ("amount", "principal"),
    codes.FUND_GIVER: ("source",),
    codes.FUND_CONTRIBUTION: ("kind",),
    codes.GRANT_RESOLUTION: ("resolution",),
    codes.LOAN_EXTENSION: ("until",),
    codes.LOAN_OVERDUE: ("member",),
    codes.LOAN_TERMS: ("amount",),
    codes.LOAN_TOO_MUCH: ("principal", "amount"),
    codes.LOAN_UNKNOWN: ("loan", "member"),
    codes.MEETING_COUNT: ("attendance",),
    codes.MEMBER_SEVERAL: ("member",),
    codes.MEMBER_UNKNOWN: ("member", "pairs"),
}
"""The columns that a code may be about, the first one that the row has; else the day's."""


def cell_about(line: Line, error: ClbError) -> str:
    """Return the name of the cell to be corrected."""
    found = [one.code for one in error.findings if one.level != "note"] or [error.code]
    for code in found:
        for path in ABOUT.get(code, ()):
            if path in line.values:
                return line.places[path]
    return line.cell
