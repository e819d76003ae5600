"""The columns of one list, and what one row of it says of a person."""

import re
from collections.abc import Iterable
from typing import TypeVar

from engine.i18n import _
from engine.labels import LIST_CIRCUMSTANCES
from engine.roster import words
from engine.roster.cells import Bad, Birth, Births, Marks, Texts, Told, identity, neat, phone, shown
from engine.roster.headings import Header
from engine.roster.model import Cell, Circumstance, Row, Sex

_NUMBERING = re.compile(r"\d{1,5}\s*[.)/-]\s*(?=\D)")
_NUMBER = re.compile(r"\d{7}")
_SEXES: tuple[Sex, Sex] = ("M", "F")
Part = TypeVar("Part")


class Layout:
    """Reads the parts of a row by the columns its list has.

    A part is its value, None where the row says nothing, or Bad where it cannot be read.
    """

    def __init__(self, header: Header, births: Births, texts: Texts, marks: Marks) -> None:
        self.headings = {column.index: column.heading for column in header.columns}
        self._births, self._texts, self._marks = births, texts, marks
        given = header.place("given_name")
        self.name_at = header.place("name" if given is None else "family_name") or 0
        self._given_at = given
        self.order_at = header.place("order")
        self.sex_at = header.place("sex")
        self._sexes = _Sexes(self.sex_at)
        self._male_at, self._female_at = header.place("male"), header.place("female")
        self._sexed_columns = self._male_at is not None or self._female_at is not None
        self.unmarked = self._unmarked()
        self._born_at = header.places("born")
        self._parts_at = [header.place(f"birth_{part}") for part in ("day", "month", "year")]
        simple = len(self._born_at) == 1 and self._parts_at[2] is None
        self._only_born_at = self._born_at[0] if simple else None
        self._marked_at: list[tuple[Circumstance, int]] = []
        for kind in ("poor", "near_poor", "difficult"):
            place = header.place(kind)
            if place is not None:
                self._marked_at.append((kind, place))
        self._circumstance_at = header.place("circumstance")
        self._circumstances: dict[Cell, Circumstance | Bad | None] = {}
        self.tells_circumstance = bool(self._marked_at) or self._circumstance_at is not None
        self.village_at = header.place("village")
        self.post_at = header.place("post")
        self.note_at = header.place("note")
        self._identity_at = header.place("id_number")
        self._phone_at = header.place("phone")
        places = (self._parts_at[2], self.sex_at, self._male_at, self._female_at, self._identity_at)
        # Where something stands for somebody, named or not.
        self.personal_at = (*self._born_at, *(place for place in places if place is not None))

    def text(self, row: Row, place: int | None) -> str | None:
        """Return the text in a column; None where the list or the row has none."""
        return None if place is None else self._texts[row[place]]

    def name(self, row: Row) -> str:
        """Return the name as it is written, without a number in front; empty if there is none."""
        cell = row[self.name_at]
        if self._given_at is not None:
            cell = f"{shown(cell)} {shown(row[self._given_at])}"
        if not isinstance(cell, str):
            return shown(cell)
        cell = neat(cell)
        if cell[:1].isdigit():
            cell = _NUMBERING.sub("", cell, count=1)
        return cell

    def bad_name(self, name: str) -> Bad | None:
        """Return what is wrong with a name: not there, or rather a number."""
        if name.replace(" ", "").isalpha():
            return None
        if any(map(str.isalpha, name)) and not _NUMBER.search(name):
            return None
        return Bad(name, _("a person's name"), self.name_at)

    def order(self, row: Row) -> bool:
        """Say whether the row has a number in the list (STT)."""
        text = self.text(row, self.order_at)
        return text is not None and text.rstrip(".)").isdecimal()

    def sex_and_birth(self, row: Row) -> tuple[Sex | Bad | None, Birth | Bad | None]:
        """Return both at once, because a year under Nam or Nữ tells both."""
        if self._sexed_columns:
            return self._by_columns(row)
        return self._sex(row), self._birth(row)

    def _sex(self, row: Row) -> Sex | Bad | None:
        return None if self.sex_at is None else self._sexes[row[self.sex_at]]

    def _birth(self, row: Row) -> Birth | Bad | None:
        if self._only_born_at is not None:
            birth = self._births[row[self._only_born_at]]
            return _placed(birth, self._only_born_at)
        births = [(self._births[row[place]], place) for place in self._born_at]
        if self._parts_at[2] is not None:
            births.append((self._births[self._assembled(row)], self._parts_at[2]))
        return _agreed(births)

    def _assembled(self, row: Row) -> str:
        """Return the date that stands in three columns (ngày, tháng, năm), "" without a year."""
        parts = [shown(row[place]) if place is not None else "" for place in self._parts_at]
        return "/".join(parts) if parts[2] else ""

    def _by_columns(self, row: Row) -> tuple[Sex | Bad | None, Birth | Bad | None]:
        """Read a list with a column for men and one for women, each with a year or a mark."""
        said: list[tuple[Sex, int]] = []
        for sex, place in zip(_SEXES, (self._male_at, self._female_at), strict=True):
            if place is not None and self._marks[row[place]] is not False:
                said.append((sex, place))
        if len(said) > 1:
            found = "; ".join(shown(row[place]) for _sex, place in said)
            bad = Bad(found, _("one of the two columns filled, the other empty"), said[0][1])
            births = (self._births[row[place]] for _sex, place in said)
            read = next((birth for birth in births if isinstance(birth, Birth)), None)
            return bad, self._birth(row) or read
        if not said:
            return self._sex(row) or self.unmarked, self._birth(row)
        sex_said, place = said[0]
        if self._marks[row[place]]:
            return sex_said, self._birth(row)
        by_date = self._birth(row), next(iter(self._born_at), place)
        return sex_said, _agreed([(self._births[row[place]], place), by_date])

    def _unmarked(self) -> Sex | None:
        """Return what somebody is without a mark where the only column is the other one."""
        if self.sex_at is not None or (self._male_at is None) == (self._female_at is None):
            return None
        return "F" if self._female_at is None else "M"

    def no_birth(self) -> Bad:
        """Return the complaint that a birth is missing."""
        places = (*self._born_at, self._parts_at[2], self._male_at, self._female_at)
        place = next((place for place in places if place is not None), None)
        expected = _("a year such as 1950 or a date such as 02/05/1950")
        return Bad("", expected, place, words.BORN)

    def no_sex(self) -> Bad:
        """Return the complaint that the sex is missing."""
        places = (self.sex_at, self._male_at, self._female_at)
        place = next((place for place in places if place is not None), None)
        return Bad("", _("Nam or Nữ"), place, words.SEX)

    def identity(self, row: Row) -> str | Told[str] | Bad | None:
        """Return the identity number (CCCD)."""
        place = self._identity_at
        return None if place is None else _placed(identity(row[place]), place)

    def phone(self, row: Row) -> str | Told[str] | Bad | None:
        """Return the phone number, or several."""
        place = self._phone_at
        return None if place is None else _placed(phone(row[place]), place)

    def circumstance(self, row: Row) -> Circumstance | Told[Circumstance] | Bad | None:
        """Return the household's circumstance; of several marks the poorest counts."""
        marked: list[tuple[Circumstance, int]] = []
        for kind, place in self._marked_at:
            cell = row[place]
            if cell == "":
                continue
            answer = self._marks[cell]
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
        return Told(marked[0][0], "poorest")

    def _circumstance_text(self, row: Row) -> Circumstance | Bad | None:
        if self._circumstance_at is None:
            return None
        cell = row[self._circumstance_at]
        if cell not in self._circumstances:
            kind, readable = words.circumstance(shown(cell))
            self._circumstances[cell] = kind if readable else self._bad_circumstance(cell)
        return self._circumstances[cell]

    def _bad_circumstance(self, cell: Cell) -> Bad:
        names = ", ".join(LIST_CIRCUMSTANCES.values())
        expected = _("one of {names}, or nothing").format(names=names)
        return Bad(shown(cell), expected, self._circumstance_at)


def _agreed(births: Iterable[tuple[Birth | Bad | None, int]]) -> Birth | Bad | None:
    """Return the most exact of several births of one person, each with its column."""
    best: Birth | None = None
    for birth, place in births:
        if isinstance(birth, Bad):
            return birth if birth.column is not None else _placed(birth, place)
        if birth is None:
            continue
        if best is not None and best.year != birth.year:
            return Bad(birth.born, _("the same year of birth as in the other column"), place)
        if best is None or len(birth.born) > len(best.born):
            best = birth
    return best


def _placed(part: Part | Bad, place: int) -> Part | Bad:
    return Bad(part.found, part.expected, place) if isinstance(part, Bad) else part


class _Sexes(dict[Cell, Sex | Bad | None]):
    """What stands in the column Giới tính."""

    def __init__(self, place: int | None) -> None:
        super().__init__()
        self._place = place

    def __missing__(self, cell: Cell) -> Sex | Bad | None:
        text = shown(cell)
        read = words.sex(text) or (Bad(text, _("Nam or Nữ"), self._place) if text else None)
        self[cell] = read
        return read
