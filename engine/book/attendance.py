"""The sheet on which members are ticked: a row a member, a column a meeting, its day above."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from engine.book.entries import Book
from engine.book.sheets import PRESENT, fingerprint
from engine.errors import InputError
from engine.i18n import N_, _
from engine.roster.columns import cell_name
from engine.roster.model import Cells, Rejection
from engine.roster.sheets import text_of
from engine.vietnamese.reading import read_day
from engine.vietnamese.text import dmy

KEY = PRESENT
"""What the sheet is called in its hidden cell: the field of a meeting's form that it fills."""
HEAD = "#"
"""The mark in column A of a heading, which is no row of the book."""
NAME_PATH = "name"
NAME = N_("Who was present")
TICKS = ("x", "v", "✓", "có", "co", "1")
SHOWN = 12
"""Meetings recorded before that have a column, and columns to write new days above."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Who is ticked for each day; ``cells`` has where a day is written, ``bad`` what is unread.

    ``changed`` are the days of recorded meetings whose ticks are others than when it was written.
    """

    days: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cells: Mapping[str, tuple[str, int, str]] = field(default_factory=dict)
    bad: tuple[Rejection, ...] = ()
    changed: frozenset[str] = frozenset()

    def as_met(self, met: Iterable[str]) -> "Ticks":
        """Return the ticks with each day that no meeting has as the one meeting of its day of year.

        A heading shows no year, and a day typed without one gets the year of the typing.
        """
        there = set(met)
        meant = {}
        for day in self.days:
            alike = [one for one in there if one[4:] == day[4:] and one not in self.days]
            meant[day] = alike[0] if day not in there and len(alike) == 1 else day
        return replace(
            self,
            days={meant[day]: who for day, who in self.days.items()},
            cells={meant[day]: cell for day, cell in self.cells.items()},
        )

    def without_meeting(self, met: Iterable[str]) -> Iterator[Rejection]:
        """Yield the ticked days that have no row among the meetings."""
        for day in sorted(day for day, who in self.days.items() if who and day not in set(met)):
            sheet, row, cell = self.cells[day]
            why = _("There is no meeting of {day}: write its row on the sheet of meetings.")
            shown = dmy(date.fromisoformat(day))
            yield Rejection(row, shown, shown, why.format(day=shown), sheet, cell)


def read_ticks(
    sheet: str, rows: Iterable[tuple[int, Cells]], left: int, marks: Sequence[str], book: Book
) -> Ticks:
    """Read the sheet. ``left`` is the column of marks, ``marks`` is the hidden row above."""
    names = marks.index(NAME_PATH)
    days: dict[int, str] = {}
    cells: dict[str, tuple[str, int, str]] = {}
    present: dict[str, set[str]] = {}
    bad: list[Rejection] = []
    for number, row in rows:
        mark = text_of(row[left]) if left < len(row) and row[left] is not None else ""
        who = text_of(row[names]) if names < len(row) and row[names] is not None else ""
        for at, cell in enumerate(row):
            text = "" if cell is None else text_of(cell)
            if at in (left, names) or not text:
                continue
            place = cell_name(at, number)
            if mark.startswith(HEAD):
                try:
                    days[at] = read_day(text, None).isoformat()
                except InputError as error:
                    bad.append(Rejection(number, text, text, error.message, sheet, place))
                else:
                    cells[days[at]] = (sheet, number, place)
                    present.setdefault(days[at], set())
            elif at not in days:
                why = _("Write the day of the meeting at the top of the column.")
                bad.append(Rejection(number, who, text, why, sheet, place))
            elif text.casefold() in TICKS:
                present[days[at]].add(mark.split()[0] if mark else book.member(who))
    found = {day: tuple(sorted(people)) for day, people in present.items()}
    changed = frozenset(
        day
        for at, day in days.items()
        if at < len(marks) and marks[at] and marks[at] != mark_of(found[day])
    )
    return Ticks(found, cells, tuple(bad), changed)


def mark_of(present: Iterable[str]) -> str:
    """Return the mark in the hidden row above the ticks of a recorded meeting."""
    return fingerprint({"ticked": sorted(present)})
