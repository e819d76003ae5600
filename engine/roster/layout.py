"""The columns of one list, and how each part of a person is read from a row by them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from engine.i18n import _
from engine.labels import LIST_CIRCUMSTANCES
from engine.roster import words
from engine.roster.cells import Bad, Birth, Corrected, birth, identity, phone, shown
from engine.roster.columns import heading_of
from engine.roster.headings import Header
from engine.roster.model import Cells, Circumstance, Sex
from engine.vietnamese.text import clean

_NUMBERING = re.compile(r"^\d{1,5}\s*[.)/-]\s*(?=\D)")
_NUMBER = re.compile(r"\d{7}")
_SEXES: tuple[Sex, Sex] = ("M", "F")
Part = TypeVar("Part")


class Layout:
    """Reads the parts of a row by the columns its list has.

    A part is its value, None where the row has nothing there, or Bad where it cannot be read.
    ``on`` is the day births are judged on.
    """

    def __init__(self, header: Header, on: date) -> None:
        self.headings = {column.index: column.heading for column in header.columns}
        self._on = on
        given = header.place("given_name")
        self.name_at = header.place("name" if given is None else "family_name") or 0
        self._given_at = given
        self.order_at = header.place("order")
        self.sex_at = header.place("sex")
        self._male_at, self._female_at = header.place("male"), header.place("female")
        self._sexed_columns = self._male_at is not None or self._female_at is not None
        self.unmarked = self._unmarked()
        self._born_at = header.places("born")
        self._parts_at = [header.place(f"birth_{part}") for part in ("day", "month", "year")]
        self._marked_at: list[tuple[Circumstance, int]] = []
        for kind in ("poor", "near_poor", "difficult"):
            place = header.place(kind)
            if place is not None:
                self._marked_at.append((kind, place))
        self._circumstance_at = header.place("circumstance")
        self.has_circumstance = bool(self._marked_at) or self._circumstance_at is not None
        self.village_at = header.place("village")
        self.post_at = header.place("post")
        self.note_at = header.place("note")
        self._identity_at = header.place("id_number")
        self._phone_at = header.place("phone")
        places = (self._parts_at[2], self.sex_at, self._male_at, self._female_at, self._identity_at)
        # Where a cell that is filled is about a person, named or not.
        self.personal_at = (*self._born_at, *(place for place in places if place is not None))

    def text(self, row: Cells, place: int | None) -> str | None:
        """Return the text in a column; None where the list or the row has none."""
        return None if place is None else shown(row[place]) or None

    def name(self, row: Cells) -> str:
        """Return the name as it is written, without a number in front; empty if there is none."""
        cell = row[self.name_at]
        if self._given_at is not None:
            cell = f"{shown(cell)} {shown(row[self._given_at])}"
        if not isinstance(cell, str):
            return shown(cell)
        return _NUMBERING.sub("", clean(cell), count=1)

    def bad_name(self, name: str) -> Bad | None:
        """Return what is wrong with a name: not there, or rather a number."""
        if any(map(str.isalpha, name)) and not _NUMBER.search(name):
            return None
        return Bad(name, _("a person's name"), self.name_at)

    def order(self, row: Cells) -> bool:
        """Return whether the row has a number in the list (STT)."""
        text = self.text(row, self.order_at)
        return text is not None and text.rstrip(".)").isdecimal()

    def sex_and_birth(self, row: Cells) -> tuple[Sex | Bad | None, Birth | Bad | None]:
        """Return both at once, because a year under Nam or Nữ gives both."""
        if self._sexed_columns:
            return self._by_columns(row)
        return self._sex(row), self._birth(row)

    def _sex(self, row: Cells) -> Sex | Bad | None:
        text = self.text(row, self.sex_at)
        if text is None:
            return None
        return words.sex(text) or Bad(text, _("Nam or Nữ"), self.sex_at)

    def _birth(self, row: Cells) -> Birth | Bad | None:
        births = [(birth(row[place], self._on), place) for place in self._born_at]
        if self._parts_at[2] is not None:
            births.append((birth(self._assembled(row), self._on), self._parts_at[2]))
        return _agreed(births)

    def _assembled(self, row: Cells) -> str:
        """Return the date written in three columns (ngày, tháng, năm), "" without a year."""
        parts = [shown(row[place]) if place is not None else "" for place in self._parts_at]
        return "/".join(parts) if parts[2] else ""

    def _by_columns(self, row: Cells) -> tuple[Sex | Bad | None, Birth | Bad | None]:
        """Read a list with a column for men and one for women, each with a year or a mark."""
        filled: list[tuple[Sex, int]] = []
        for sex, place in zip(_SEXES, (self._male_at, self._female_at), strict=True):
            if place is not None and words.mark(shown(row[place])) is not False:
                filled.append((sex, place))
        if len(filled) > 1:
            found = "; ".join(shown(row[place]) for _sex, place in filled)
            bad = Bad(found, _("one of the two columns filled, the other empty"), filled[0][1])
            births = (birth(row[place], self._on) for _sex, place in filled)
            read = next((one for one in births if isinstance(one, Birth)), None)
            return bad, self._birth(row) or read
        if not filled:
            return self._sex(row) or self.unmarked, self._birth(row)
        sex, place = filled[0]
        if words.mark(shown(row[place])):
            return sex, self._birth(row)
        by_date = self._birth(row), next(iter(self._born_at), place)
        return sex, _agreed([(birth(row[place], self._on), place), by_date])

    def _unmarked(self) -> Sex | None:
        """Return what somebody is without a mark where the only column is the other one."""
        if self.sex_at is not None or (self._male_at is None) == (self._female_at is None):
            return None
        return "F" if self._female_at is None else "M"

    def no_birth(self) -> Bad:
        """Return what is wrong with a row without a birth."""
        places = (*self._born_at, self._parts_at[2], self._male_at, self._female_at)
        place = next((place for place in places if place is not None), None)
        expected = _("a year such as 1950 or a date such as 02/05/1950")
        return Bad("", expected, place, heading_of("born"))

    def no_sex(self) -> Bad:
        """Return what is wrong with a row without a sex."""
        places = (self.sex_at, self._male_at, self._female_at)
        place = next((place for place in places if place is not None), None)
        return Bad("", _("Nam or Nữ"), place, heading_of("sex"))

    def identity(self, row: Cells) -> str | Corrected[str] | Bad | None:
        """Return the identity number (CCCD)."""
        place = self._identity_at
        return None if place is None else _placed(identity(row[place]), place)

    def phone(self, row: Cells) -> str | Corrected[str] | Bad | None:
        """Return the phone number, or several."""
        place = self._phone_at
        return None if place is None else _placed(phone(row[place]), place)

    def circumstance(self, row: Cells) -> Circumstance | Corrected[Circumstance] | Bad | None:
        """Return the household's circumstance; of several marks the poorest counts."""
        marked: list[tuple[Circumstance, int]] = []
        for kind, place in self._marked_at:
            cell = row[place]
            if cell == "":
                continue
            answer = words.mark(shown(cell))
            if answer is None and words.circumstance(shown(cell))[0] != kind:
                return Bad(shown(cell), _("x, or nothing"), place)
            if answer is not False:
                marked.append((kind, place))
        if not marked:
            return self._circumstance_text(row)
        if len(marked) == 1:
            return marked[0][0]
        if marked[1][0] == "near_poor":
            found = "; ".join(shown(row[place]) for _kind, place in marked)
            return Bad(found, _("one mark: poor or near-poor, not both"), marked[1][1])
        return Corrected(marked[0][0], "poorest")

    def _circumstance_text(self, row: Cells) -> Circumstance | Bad | None:
        if self._circumstance_at is None:
            return None
        text = shown(row[self._circumstance_at])
        circumstance, readable = words.circumstance(text)
        if readable:
            return circumstance
        names = ", ".join(LIST_CIRCUMSTANCES.values())
        expected = _("one of {names}, or nothing").format(names=names)
        return Bad(text, expected, self._circumstance_at)


def _agreed(births: Iterable[tuple[Birth | Bad | None, int]]) -> Birth | Bad | None:
    """Return the most exact of several births of one person, each with its column."""
    best: Birth | None = None
    for one, place in births:
        if isinstance(one, Bad):
            return one if one.column is not None else _placed(one, place)
        if one is None:
            continue
        if best is not None and best.year != one.year:
            return Bad(one.born, _("the same year of birth as in the other column"), place)
        if best is None or len(one.born) > len(best.born):
            best = one
    return best


def _placed(part: Part | Bad, place: int) -> Part | Bad:
    return Bad(part.found, part.expected, place) if isinstance(part, Bad) else part
