"""The rows of a list that name nobody: villages between the members, totals, signatures."""

import re

from engine.roster import words
from engine.roster.cells import shown
from engine.roster.layout import Layout
from engine.roster.model import Row
from engine.roster.remarks import Remarks

_NUMBERING = re.compile(r"\(?(?:\d{1,3}|[A-Ha-h])\)?")
_ENUMERATION = re.compile(r"(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,5})[.)]?")


class Asides:
    """Tells the rows without a person and keeps what they say of the rows below.

    A total does not end a list, because lists with a total under each village go on. Under a total
    or a signature only a row with a birth or a number in the list is a person again.
    """

    def __init__(self, remarks: Remarks) -> None:
        self.village: str | None = None
        self._below = False
        self._remarks = remarks

    def restart(self) -> None:
        """Forget the total above: a heading stood again."""
        self._below = False

    def names_nobody(
        self, number: int, row: Row, layout: Layout, *, name: str, sexed: bool, born: bool
    ) -> bool:
        """Say whether a row without a full name, sex and birth is no person at all."""
        texts = [text for text in map(shown, row) if text]
        if len(texts) != 2 and all(map(_NUMBERING.fullmatch, texts)):
            return True  # the columns numbered, or a number waiting for a name
        said = [text for text in texts if not _ENUMERATION.fullmatch(text)]
        alone = said[0] if len(said) == 1 else ""
        village = words.section(alone)
        if village is not None:
            self.village, self._below = village, False
            return True
        person = bool(name) and (born or sexed or layout.order(row))
        if person and (born or not words.is_footer(name)):
            return False
        if any(map(words.is_footer, texts)):
            self._below = True
        elif self._tells(row, layout, name) and not (self._below or words.is_group(alone)):
            return False
        self._remarks.note("aside", number, " ".join(texts[:2]))
        return True

    @staticmethod
    def _tells(row: Row, layout: Layout, name: str) -> bool:
        """Say whether anything in the row is about a person."""
        return bool(name) or any(shown(row[place]) for place in layout.personal_at)
