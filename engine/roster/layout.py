"""The columns of one list, and how each part of a person is read from a row by them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from engine.i18n import _
from engine.roster import words
from engine.roster.cells import Age, Bad, Birth, Corrected, age, birth, identity, phone, shown
from engine.roster.columns import heading_of
from engine.roster.headings import Header
from engine.roster.letters import are_lost, letters_missing
from engine.roster.marks import ERRORS
from engine.roster.model import Cell, Cells, Circumstance, Sex
from engine.roster.names import Name
from engine.vietnamese.text import clean

_NUMBERING = re.compile(r"^\d{1,5}\s*[.)/-]\s*(?=\D)")
_NUMBER = re.compile(r"\d{7}")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NUMBERED_SEX = re.compile(r"\b([012]) (?:la )?(nam|nu)\b|\b(nam|nu) (?:la )?([012])\b")
_SEXES: tuple[Sex, Sex] = ("M", "F")
_GONE: tuple[Literal["gone"], Literal["away"]] = ("gone", "away")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a cell says where only people know what it means: a word, or a number for a sex."""

    text: str


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
        self._sex_numbers = self._numbered_sexes()
        self._born_at = header.places("born")
        self._age_at = header.place("age")
        self._ages_at = {at for at, text in self.headings.items() if words.is_of_ages(text)}
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
        alone = (self.name_at, given, self.order_at, self._identity_at)
        used = (column.index for column in header.columns if column.field)
        # Where "the same as above" may be written: a name and its number are nobody else's.
        self.same_at = tuple(place for place in used if place not in alone)
        self.used_at = tuple(column.index for column in header.columns if column.field)
        self._gone_at = [(kind, place) for kind in _GONE for place in header.places(kind)]
        texts = (self.village_at, self.note_at, self.post_at)
        self._texts_at = tuple(place for place in texts if place is not None)
        others = (self.note_at, self.post_at, self._circumstance_at, self.village_at)
        self._reported_at = (
            *(column.index for column in header.columns if column.field is None),
            *self._born_at,
            *(place for place in others if place is not None),
        )
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

    def name_lines(self, row: Cells) -> tuple[str, ...]:
        """Return the lines of the name's cell where it has several."""
        cell = row[self.name_at]
        return tuple(cell.splitlines()) if isinstance(cell, str) and "\n" in cell else ()

    def bad_name(self, name: Name) -> Bad | None:
        """Return what is wrong with a name: not there, rather a number, two people, spoilt."""
        if name.expected:
            return Bad(name.name, name.expected, self.name_at)
        if any(map(str.isalpha, name.name)) and not _NUMBER.search(name.name):
            return None
        return Bad(name.name, _("a person's name"), self.name_at)

    def order(self, row: Cells) -> bool:
        """Return whether the row has a number in the list (STT)."""
        text = self.text(row, self.order_at)
        return text is not None and text.rstrip(".)").isdecimal()

    def gone(self, row: Cells) -> tuple[Literal["gone", "away"], str] | None:
        """Return that a column or a note says somebody died, left or is away, and its words."""
        for kind, place in self._gone_at:
            if words.mark(shown(row[place])) is not False:
                return kind, shown(row[place])
        for place in self._reported_at:
            cell = row[place]
            if isinstance(cell, str) and _LETTERS.search(cell):
                found = words.gone(cell)
                if found is not None:
                    return found, clean(cell)
        return None

    def wrong_cells(self, row: Cells) -> list[Bad]:
        """Return each cell of a column in use that shows an error, or lost its letters."""
        wrong = []
        for place in self.used_at:
            cell = row[place]
            if cell in ERRORS:
                expected = _("the value itself: the formula there gives none")
                wrong.append(Bad(str(cell), expected, place))
        for place in self._texts_at:
            cell = row[place]
            if cell and isinstance(cell, str) and self._is_lost(cell, place):
                wrong.append(Bad(clean(cell), _("the letters that are lost"), place))
        return wrong

    def _is_lost(self, text: str, place: int) -> bool:
        return are_lost(text) if place == self.village_at else letters_missing(text)

    def sex_and_birth(
        self, row: Cells
    ) -> tuple[Sex | Bad | Unknown | None, Birth | Age | Bad | None]:
        """Return both at once, because a year under Nam or Nữ gives both."""
        if self._sexed_columns:
            return self._by_columns(row)
        return self._sex(row), self._birth(row)

    def _sex(self, row: Cells) -> Sex | Bad | Unknown | None:
        text = self.text(row, self.sex_at)
        if text is None:
            return None
        if text in ("0", "1", "2") and len(self._sex_numbers) < len(_SEXES):
            return self._sex_numbers.get(text) or Unknown(text)
        if text in self._sex_numbers:
            return self._sex_numbers[text]
        return words.sex(text) or Bad(text, _("Nam or Nữ"), self.sex_at)

    def _numbered_sexes(self) -> dict[str, Sex]:
        """Return which number the heading says is which sex: "Giới tính (1: Nam, 0: Nữ)"."""
        heading = words.plain(self.headings.get(self.sex_at, "") if self.sex_at is not None else "")
        found: dict[str, Sex] = {}
        for first, named, named_first, last in _NUMBERED_SEX.findall(heading):
            found[first or last] = "M" if "nam" in (named, named_first) else "F"
        return found

    def _birth(self, row: Cells) -> Birth | Age | Bad | None:
        births = [(self._born(row[place]), place) for place in self._born_at]
        if self._parts_at[2] is not None:
            births.append((birth(self._assembled(row), self._on), self._parts_at[2]))
        found = _agreed(births)
        if found is None and self._age_at is not None:
            return self._age(row[self._age_at], self._age_at)
        return found

    def _age(self, cell: Cell, place: int) -> Age | Bad | None:
        """Read an age in the column for ages."""
        found, text = age(cell, is_sure=True), shown(cell)
        if found is None and words.mark(text) is not False:
            return Bad(text, _("an age in whole years, such as 70"), place)
        return found

    def _born(self, cell: Cell) -> Birth | Age | Bad | None:
        """Read a birth, or an age that is in its place."""
        found = birth(cell, self._on)
        return (age(cell) or found) if isinstance(found, Bad) else found

    def _of_one_sex(self, cell: Cell, place: int) -> Birth | Age | Bad | None:
        """Read what is under Nam or Nữ: an age where the heading speaks of ages."""
        return self._age(cell, place) if place in self._ages_at else self._born(cell)

    def _assembled(self, row: Cells) -> str:
        """Return the date written in three columns (ngày, tháng, năm), "" without a year."""
        parts = [shown(row[place]) if place is not None else "" for place in self._parts_at]
        return "/".join(parts) if parts[2] else ""

    def _by_columns(
        self, row: Cells
    ) -> tuple[Sex | Bad | Unknown | None, Birth | Age | Bad | None]:
        """Read a list with a column for men and one for women, each with a year or a mark."""
        filled: list[tuple[Sex, int]] = []
        for sex, place in zip(_SEXES, (self._male_at, self._female_at), strict=True):
            if place is not None and words.mark(shown(row[place])) is not False:
                filled.append((sex, place))
        if len(filled) > 1:
            found = "; ".join(shown(row[place]) for _sex, place in filled)
            bad = Bad(found, _("one of the two columns filled, the other empty"), filled[0][1])
            births = (self._of_one_sex(row[place], place) for _sex, place in filled)
            read = next((one for one in births if isinstance(one, Birth)), None)
            return bad, self._birth(row) or read
        if not filled:
            return self._sex(row) or self.unmarked, self._birth(row)
        sex, place = filled[0]
        if words.mark(shown(row[place])):
            return sex, self._birth(row)
        by_date = self._birth(row), next(iter(self._born_at), place)
        return sex, _agreed([(self._of_one_sex(row[place], place), place), by_date])

    def _unmarked(self) -> Sex | None:
        """Return what somebody is without a mark where the only column is the other one."""
        if self.sex_at is not None or (self._male_at is None) == (self._female_at is None):
            return None
        return "F" if self._female_at is None else "M"

    def no_birth(self) -> Bad:
        """Return what is wrong with a row without a birth."""
        places = (*self._born_at, self._parts_at[2], self._male_at, self._female_at, self._age_at)
        place = next((place for place in places if place is not None), None)
        expected = _("a year such as 1950 or a date such as 02/05/1950")
        return Bad("", expected, place, heading_of("born"))

    def at_birth(self, part: Birth | Bad) -> Birth | Bad:
        """Return a part with the column of the birth."""
        place = next((place for place in (*self._born_at, self._age_at) if place is not None), None)
        return part if place is None else _placed(part, place)

    def third_number(self, text: str) -> Bad:
        """Return what is wrong with a number for a sex in a list that has two others."""
        return Bad(text, _("Nam or Nữ"), self.sex_at)

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

    def circumstance(
        self, row: Cells
    ) -> Circumstance | Corrected[Circumstance] | Unknown | Bad | None:
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

    def _circumstance_text(self, row: Cells) -> Circumstance | Unknown | None:
        if self._circumstance_at is None:
            return None
        text = shown(row[self._circumstance_at])
        circumstance, readable = words.circumstance(text)
        return circumstance if readable else Unknown(text)

    def more_of_household(self, row: Cells) -> str | None:
        """Return what a cell says of the household where that is more than its circumstance."""
        text = self.text(row, self._circumstance_at)
        return text if text and words.says_more(text) else None


def _agreed(births: Iterable[tuple[Birth | Age | Bad | None, int]]) -> Birth | Age | Bad | None:
    """Return the most exact of several births of one person, each with its column."""
    best: Birth | None = None
    by_age: Age | None = None
    for one, place in births:
        if isinstance(one, Age):
            by_age = one
            continue
        if isinstance(one, Bad):
            return one if one.column is not None else _placed(one, place)
        if one is None:
            continue
        if best is not None and best.year != one.year:
            return Bad(one.born, _("the same year of birth as in the other column"), place)
        if best is None or len(one.born) > len(best.born):
            best = one
    return best or by_age


def _placed(part: Part | Bad, place: int) -> Part | Bad:
    return Bad(part.found, part.expected, place) if isinstance(part, Bad) else part
