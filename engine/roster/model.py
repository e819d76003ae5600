"""What comes out of reading a member list (danh sách thành viên): all of it frozen."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

Cell = int | float | str | bool | time | date | datetime | timedelta
Cells = list[Cell]
Sex = Literal["F", "M"]
Circumstance = Literal["poor", "near_poor", "difficult"]


Place = tuple[str, int]
"""A sheet and a row as Excel numbers it; the sheet is empty where only one was read."""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person of a list, as read from its row.

    ``row`` is the number Excel shows at the row, ``sheet`` its sheet where several were read.
    ``born`` is as precise as the list is: "1950", "1950-05" or "1950-05-02". ``circumstance``
    (diện hộ) is poor (hộ nghèo), near_poor (cận nghèo), difficult (hoàn cảnh khó khăn) or None
    where the list names none. ``id_number`` (CCCD) and ``phone`` are text and keep their leading
    zeros. None is "not in the list". ``estimated`` is true where the year was worked out from an
    age.
    """

    row: int
    name: str
    sex: Sex
    born: str
    circumstance: Circumstance | None = None
    post: str | None = None
    village: str | None = None
    id_number: str | None = None
    phone: str | None = None
    note: str | None = None
    sheet: str = ""
    estimated: bool = False

    @property
    def place(self) -> Place:
        """Where the person is in the file."""
        return self.sheet, self.row


@dataclass(frozen=True, slots=True)
class Rejection:
    """One cell that cannot be read: its place, what is there and what is expected.

    ``cell`` is its name in Excel ("C5"), empty where the list has no such column.
    """

    row: int
    column: str
    found: str
    expected: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """How one column was understood. ``field`` is None where it is not used.

    ``heading`` is the text above it, the parts of a heading in several rows joined by " – ".
    ``index`` counts from 0 for column A.
    """

    heading: str
    field: str | None
    index: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a list leaves open and only people know.

    ``key`` names it in an answer, ``choices`` are the values an answer may have, each with what it
    means; ``places`` are the rows it is about, ``word`` is the word it asks about, if it is one.
    """

    key: str
    sentence: str
    choices: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    word: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A list as read. A row with a rejected cell is not among ``people``.

    ``remarks`` are sentences about everything that was understood and not simply copied: a
    century, a leading zero, rows under the list that name nobody. ``questions`` are those that no
    answer was given to: what is read is not to be kept before they are. ``sheets`` are the names
    of the sheets read, where there are any.
    """

    columns: tuple[ListColumn, ...]
    people: tuple[ListedPerson, ...]
    rejected: tuple[Rejection, ...]
    remarks: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows of the list name a person, read or rejected."""
        return len(self.people) + len({(one.sheet, one.row) for one in self.rejected})
