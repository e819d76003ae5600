"""The rows of a list that name nobody: villages, groups, totals, signatures, numbers alone."""

import re
from typing import Literal

from engine.roster import words
from engine.roster.cells import shown
from engine.roster.layout import Layout
from engine.roster.model import Cells
from engine.roster.remarks import Remarks
from engine.roster.sheets import MAX_COLUMNS

_NUMBERING = re.compile(r"\(?(?:\d{1,3}|[A-Ha-h])\)?")
_ENUMERATION = re.compile(r"(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,5})[.)]?")


class NonMemberRows:
    """Knows the rows that name nobody, and keeps what they say of the rows below them.

    ``village`` is that of a heading such as "Đội 4"; ``gone`` is set below one that says who died
    or left; ``signed`` is the year of a line of place and date. A total does not end a list,
    because lists with a total under each village go on. Under a total or a signature only a row
    with a birth or a number in the list is a person again.
    """

    def __init__(self, remarks: Remarks, village: str | None = None) -> None:
        self.village = village
        self.from_sheet = village is not None
        self.gone: Literal["gone", "away"] | None = None
        self.signed: int | None = None
        self._below = False
        self._gone_is_part = False
        self._remarks = remarks

    def restart(self) -> None:
        """Forget the total above: the heading was repeated."""
        self._below = False

    def has(
        self, number: int, row: Cells, layout: Layout, *, name: str, sexed: bool, born: bool
    ) -> bool:
        """Return whether a row without a full name, sex and birth is no person at all."""
        texts = [text for text in map(shown, row[:MAX_COLUMNS]) if text]
        if len(texts) != 2 and all(map(_NUMBERING.fullmatch, texts)):
            return True  # the columns numbered, or a number waiting for a name
        rest = [text for text in texts if not _ENUMERATION.fullmatch(text)]
        alone = rest[0] if len(rest) == 1 else ""
        village = words.section(alone)
        if village is not None:
            self.village, self.from_sheet, self._below = village, False, False
            if not self._gone_is_part:
                self.gone = None
            return True
        person = bool(name) and (born or sexed or layout.order(row))
        gone = None if person else words.gone_block(alone)
        if gone is not None:
            self.gone, self._below = gone, False
            # A part of the list may have villages of its own below it; a line in a village not.
            self._gone_is_part = words.is_part(alone) or rest != texts
            self._remarks.note("non_member", number, alone)
            return True
        if person and (born or not words.is_footer(name)):
            return False
        if any(map(words.is_footer, texts)):
            self._below = True
            years = filter(None, map(words.year_signed, texts))
            self.signed = next(years, self.signed)
        elif words.is_group(alone):
            self.gone = None
        elif self._is_about_someone(row, layout, name) and not self._below:
            if alone:
                # A line that is not understood: those below it are not of the village above it.
                self.village = None
            return False
        self._remarks.note("non_member", number, " ".join(texts[:2]))
        return True

    @staticmethod
    def _is_about_someone(row: Cells, layout: Layout, name: str) -> bool:
        """Return whether anything in the row is about a person."""
        return bool(name) or any(shown(row[place]) for place in layout.personal_at)
