"""What makes a row of a file of steps the same row when the file is read again."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.model import FileRow
from engine.rules import forms
from engine.rules.request import reach
from engine.states import step as find_step
from engine.store.canonical import digest, dumps, plain


class FileRows:
    """Names the rows of one file, in order: two rows that say the same are two.

    ``again`` is the reason for recording rows that were recorded before; with another reason the
    rows are other rows.
    """

    def __init__(self, again: str | None = None) -> None:
        self.again = again
        self._met: Counter[str] = Counter()

    def identify(
        self, club_id: str, step_name: str, form: Mapping[str, Any], on: date | None
    ) -> FileRow:
        """Return what the next row of the file is known by.

        It is the same for a workbook and a text file, however a day or a number is typed, and
        whether the day is in the column ``on`` or in the form's own field.
        """
        filled = forms.tidy(form)
        path = find_step(step_name).happened_on
        if on is not None and reach(filled, path) is None:
            forms.place(filled, path, on.isoformat())
        row = {"club": club_id, "step": step_name, "form": plain(filled)}
        if self.again is not None:
            row["again"] = plain(self.again)
        text = dumps(row)
        self._met[text] += 1
        return FileRow(digest(dumps({**row, "number": self._met[text]})), self.again)
