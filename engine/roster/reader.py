"""Reading a member list as a commune wrote it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from engine.i18n import _
from engine.labels import PAPER_SEXES
from engine.roster import choice, container, headings, names, words
from engine.roster.cells import (
    Age,
    Bad,
    Birth,
    Corrected,
    by_age,
    by_two_digits,
    day_first,
    exchanged,
    identity_says,
)
from engine.roster.choice import FoundList
from engine.roster.columns import AGED, cell_name
from engine.roster.doubts import TAKE, Doubts
from engine.roster.layout import Layout, Unknown
from engine.roster.letters import refuse_spoilt
from engine.roster.marks import Marks
from engine.roster.model import (
    Cell,
    Cells,
    Circumstance,
    ListedPerson,
    Place,
    Reading,
    Rejection,
    Sex,
)
from engine.roster.non_members import NonMemberRows
from engine.roster.remarks import Remarks
from engine.roster.sheets import HEAD, Merge, sheets
from engine.vietnamese.dates import born_text
from engine.vietnamese.spoilt import WAYS_BACK
from engine.vietnamese.text import lacks_marks

Value = TypeVar("Value")
_PROGRESS_EVERY = 500
# What a cell begins with that repeats the one above it.
_SAME = frozenset("\"'-/,”“`´〃nN")
# An English Excel takes a day above 12 for no date at all and leaves it as text.
_MONTHS = 12
_BIRTHDAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(
    path: Path,
    *,
    on: date,
    encoding: str | None = None,
    answers: Mapping[str, str] | None = None,
    wanted: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Read the member list in ``path`` (.xlsx, .xls, .docx or text).

    ``on`` is the day the list is for: nobody in it is born later, and a year written with two
    digits is completed by it. ``encoding`` is "utf-8", "utf-16", "tcvn3", "vni" or "cp1252" where
    it is known. ``answers`` are the answers to questions of an earlier reading, by their keys;
    ``wanted`` the names of the sheets to read. ``progress`` is called with how many rows have been
    read, now and then and at the end.
    All sheets with the headings of the first one are read. Wrong cells do not stop the reading:
    they are all in ``Reading.rejected``, and their rows are not among the people. What only people
    know is in ``Reading.questions``.

    Raises InputError with a code CLB-ROSTER-... for a file that cannot be read as a list at all:
    missing, damaged, protected, with macros, too large, without a heading, or of spoilt letters.
    """

    def once(signed: Mapping[str, int]) -> tuple[Reading, Mapping[str, int]]:
        doubts, remarks = Doubts(answers or {}), Remarks()
        found = choice.found_in(path, sheets(path, encoding), remarks)
        lists = choice.chosen(path, found, wanted, doubts, remarks)
        listing = _Listing(path, on, signed, doubts, remarks, progress)
        for one in lists:
            listing.read(one, sheet=one.sheet.name if len(lists) > 1 else "")
        if encoding not in WAYS_BACK:
            refuse_spoilt(listing.spoilt)
        return listing.reading(lists), listing.signed

    reading, signed = once({})
    # The line that dates a list is below it: ages above are counted anew.
    return once(signed)[0] if signed else reading


class _Listing:
    """The list while it is read, sheet by sheet.

    ``signed`` has the year of the line under each sheet that has no other, where ages need one.
    """

    _layout: Layout
    _non_members: NonMemberRows
    _marks: Marks

    def __init__(
        self,
        path: Path,
        on: date,
        dated: Mapping[str, int],
        doubts: Doubts,
        remarks: Remarks,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.people: list[ListedPerson] = []
        self.rejected: list[Rejection] = []
        self.spoilt: list[Cell] = []
        self.signed: dict[str, int] = {}
        self._dated = dated
        self._path = path
        self._on = on
        self._doubts = doubts
        self._remarks = remarks
        self._progress = progress
        self._sheet = ""
        self._above: Cells | None = None
        self._dates: set[int] = set()
        self._month_first: set[int] = set()
        self._sex_numbers: dict[int, str] = {}
        self._year_from = "year_today"
        self._counted = on.year

    def reading(self, lists: Sequence[FoundList]) -> Reading:
        """Return what was read of some lists."""
        self._doubts.add_remarks(self._remarks)
        return Reading(
            lists[0].header.columns,
            tuple(self.people),
            tuple(self.rejected),
            self._remarks.sentences(),
            self._doubts.questions(),
            tuple(one.sheet.name for one in lists if one.sheet.name),
        )

    def _set_year(self, found: FoundList) -> None:
        """Take the year that ages are counted to: of a title, of a line of place and date, now."""
        signed = found.year_signed or self._dated.get(found.sheet.name)
        years = (("year_given", found.year), ("year_signed", signed), ("year_today", self._on.year))
        self._year_from, self._counted = next(
            (kind, year) for kind, year in years if year is not None and year <= self._on.year
        )

    def read(self, found: FoundList, *, sheet: str) -> None:
        """Read the rows under a heading; ``sheet`` is its name where several are read."""
        self._sheet = self._remarks.sheet = sheet
        self._marks = found.sheet.marks
        self._above = None
        self._dates, self._month_first, self._sex_numbers = set(), set(), {}
        self._set_year(found)
        first = len(self.people)
        self._layout = Layout(found.header, self._on)
        self._non_members = NonMemberRows(self._remarks, found.village if sheet else None)
        titled = (words.gone_block(text) for text in (found.sheet.name, *found.titles))
        self._non_members.gone = next((kind for kind in titled if kind is not None), None)
        unmarked = self._layout.unmarked
        if unmarked is not None:
            self._remarks.add(
                _(
                    "Only one of the columns Nam and Nữ is there: whoever is not marked is {sex}."
                ).format(sex=PAPER_SEXES[unmarked])
            )
        for column in found.header.columns:
            if column.field == "circumstance" and words.field_of(column.heading) is None:
                self._remarks.add(
                    _("Column “{heading}” was taken as the household.").format(
                        heading=column.heading
                    )
                )
        self._read_rows(found)
        signed = self._non_members.signed
        aged = any(one.estimated for one in self.people[first:])
        if aged and self._year_from == "year_today" and signed and signed <= self._on.year:
            self.signed[found.sheet.name] = signed
        self._settle_dates(first)
        self._refuse_third_numbers()

    def _read_rows(self, found: FoundList) -> None:
        sheet = found.sheet
        line = stop = found.header.stop
        merged = Merged(sheet.merged, self._layout.name_at) if sheet.merged else None
        rows: Iterator[tuple[int, Cells]] = enumerate(
            chain(sheet.head[stop:], sheet.rest), start=stop
        )
        while True:
            again: Cells | None = None
            for line, row in rows:
                if not any(row) and line + 1 not in self._marks.errors:
                    continue
                if merged and not merged.fill(line, row):
                    continue
                if not self._read_row(line + 1, row):
                    again = row
                    break
                if self._progress is not None and line % _PROGRESS_EVERY == 0:
                    self._progress(line + 1)
            if again is None:
                break
            rows = self._from_heading(line, again, rows, sheet.merged)
        if len(self.people) > container.MAX_ROWS:
            raise container.too_many_rows(self._path)
        if self._progress is not None:
            self._progress(line + 1)

    def _from_heading(
        self, line: int, row: Cells, rows: Iterator[tuple[int, Cells]], merged: tuple[Merge, ...]
    ) -> Iterator[tuple[int, Cells]]:
        """Go on under a heading that is repeated in the list, maybe with other columns."""
        ahead = list(islice(rows, HEAD))
        header = headings.find([row, *(one for _line, one in ahead)], merged, above=line)
        if header is None:
            return chain(ahead, rows)
        self._layout = Layout(header, self._on)
        self._non_members.restart()
        self._above = None
        return chain(ahead[header.stop - 1 :], rows)

    def _read_row(self, number: int, row: Cells) -> bool:
        """Read one row; False where it is a heading again."""
        layout = self._layout
        if number in self._marks.errors:
            for place, text in self._marks.errors[number].items():
                if place < len(row):
                    row[place] = text
        nothing_above = self._fill_in(number, row)
        name = layout.name(row)
        sex, birth = layout.sex_and_birth(row)
        if not name or not isinstance(birth, Birth) or not isinstance(sex, str):
            if headings.is_heading(row):
                return False
            born = isinstance(birth, Birth) or (
                isinstance(birth, Age) and not words.is_footer(name)
            )
            sexed = isinstance(sex, str | Unknown) and not layout.unmarked
            if self._non_members.has(number, row, layout, name=name, sexed=sexed, born=born):
                self._above = None
                return True
        self._above = row
        examined = names.examined(name, layout.name_lines(row))
        if not self._is_left_out(number, row, examined):
            sex, birth = self._settled(number, examined, sex, birth)
            self._read_person(number, row, examined, sex, birth, nothing_above)
        return True

    def _read_person(
        self,
        number: int,
        row: Cells,
        name: names.Name,
        sex: Sex | Bad,
        birth: Birth | Bad,
        nothing_above: Iterable[Bad],
    ) -> None:
        """Take the person of a row in, or note what cannot be read of it."""
        layout = self._layout
        circumstance = layout.circumstance(row)
        id_number, phone = layout.identity(row), layout.phone(row)
        bad_name = layout.bad_name(name)
        wrong = [*nothing_above, *layout.wrong_cells(row)]
        if (
            wrong
            or bad_name is not None
            or isinstance(sex, Bad)
            or isinstance(birth, Bad)
            or isinstance(circumstance, Bad)
            or isinstance(id_number, Bad)
            or isinstance(phone, Bad)
        ):
            if name.is_spoilt:
                self.spoilt.append(name.name)
            self._reject(number, (*wrong, bad_name, sex, birth, circumstance, id_number, phone))
            return
        if name.removed:
            self._remarks.note("title", number, f"{name.removed} {name.name}")
        if name.begins_like_title:
            self._remarks.note("title_kept", number, name.name)
        if name.name.isupper() and len(name.name) > 1:
            self._remarks.note("capitals", number, name.name)
        if lacks_marks(name.name):
            self._remarks.note("unmarked", number, name.name)
        if birth.remark is not None:
            self._remarks.note(birth.remark, number, f"{birth.found} → {born_text(birth.born)}")
        self._take(number, row, name.name, sex, birth, circumstance, id_number, phone)

    def _take(
        self,
        number: int,
        row: Cells,
        name: str,
        sex: Sex,
        birth: Birth,
        circumstance: Circumstance | Corrected[Circumstance] | Unknown | None,
        id_number: str | Corrected[str] | None,
        phone: str | Corrected[str] | None,
    ) -> None:
        """Take a person in: what is left is understood, or asked about."""
        layout = self._layout
        notes = [layout.text(row, layout.note_at)]
        if birth.age is not None:
            notes.append(AGED.format(age=birth.age, year=self._counted))
        if isinstance(circumstance, Unknown):
            means = self._doubts.household(self._place(number), circumstance.text)
            if means in (None, "none"):
                notes.append(circumstance.text)
            known = _CIRCUMSTANCES.get(means or "none")
        else:
            known = self._value(number, circumstance)
            more = layout.more_of_household(row)
            if more:
                self._remarks.note("kept", number, more)
                notes.append(more)
        note = "; ".join(filter(None, notes)) or None
        if not layout.has_circumstance and note and words.mentions_circumstance(note):
            self._remarks.note("mentioned", number, note)
        if names.seldom(name, sex):
            example = f"{name} ({PAPER_SEXES[sex]})"
            self._doubts.answer("odd-sex", self._place(number), example)
        number_given = self._value(number, id_number)
        shown = identity_says(number_given) if number_given else None
        if shown is not None and shown != (sex, birth.year):
            example = f"{name} ({PAPER_SEXES[shown[0]]}, {shown[1]})"
            self._remarks.note("number_says", number, example)
        if birth.is_date:
            self._dates.add(len(self.people))
        elif birth.month_first:
            self._month_first.add(len(self.people))
        self.people.append(
            ListedPerson(
                number,
                name,
                sex,
                birth.born,
                circumstance=known,
                post=layout.text(row, layout.post_at),
                village=self._village(number, row),
                id_number=number_given,
                phone=self._value(number, phone),
                note=note,
                sheet=self._sheet,
                estimated=birth.age is not None,
            )
        )

    def _fill_in(self, number: int, row: Cells) -> list[Bad]:
        """Fill in what is the same as above (-nt-); return the cells with nothing above them."""
        nothing: list[Bad] = []
        for place in self._layout.same_at:
            cell = row[place]
            if isinstance(cell, str) and cell[:1] in _SAME and words.is_same_as_above(cell):
                above = self._above[place] if self._above is not None else ""
                if above == "":
                    nothing.append(Bad(cell.strip(), _("the value; nothing is above it"), place))
                else:
                    self._remarks.note("same", number, str(above))
                row[place] = above
        return nothing

    def _is_left_out(self, number: int, row: Cells, name: names.Name) -> bool:
        """Return whether a person is not to be taken in, for what was answered or is asked."""
        kind, why = self._doubt(number, row, name)
        if kind is None:
            return False
        example = f"{name.name}: {why}" if why else name.name
        return self._doubts.answer(kind, self._place(number), example) != TAKE

    def _doubt(self, number: int, row: Cells, name: names.Name) -> tuple[str | None, str]:
        """Return what speaks against taking a person in, and the words that say so."""
        if number in self._marks.hidden:
            return "hidden", ""
        if self._layout.name_at in self._marks.struck.get(number, ()):
            return "struck", ""
        found = self._layout.gone(row)
        if found is not None:
            return found
        return name.gone or self._non_members.gone, ""

    def _settled(
        self,
        number: int,
        name: names.Name,
        sex: Sex | Bad | Unknown | None,
        birth: Birth | Age | Bad | None,
    ) -> tuple[Sex | Bad, Birth | Bad]:
        """Return sex and birth with what is missing there named, and what is doubtful asked."""
        if isinstance(sex, Unknown):
            self._sex_numbers[number] = sex.text
            one = self._doubts.answer("sex-numbers", self._place(number), sex.text) or "M"
            sex = "M" if (one == "M") == (sex.text == "1") else "F"
        if sex is None and name.sex is not None:
            sex = name.sex
            self._remarks.note("title_sex", number, f"{name.removed} {name.name}")
        elif name.sex is not None and isinstance(sex, str) and sex != name.sex:
            example = f"{name.removed} {name.name} ({PAPER_SEXES[sex]})"
            self._doubts.answer("odd-sex", self._place(number), example)
        if isinstance(birth, Age):
            birth = self._from_age(number, birth)
        return sex or self._layout.no_sex(), birth or self._layout.no_birth()

    def _from_age(self, number: int, age: Age) -> Birth | Bad:
        estimate = by_age(age, self._counted)
        answer = self._doubts.answer(
            "ages",
            self._place(number),
            f"{age.found} → {estimate.born}",
            word="" if age.is_sure else "year",
        )
        if answer == "year":
            return self._layout.at_birth(by_two_digits(age, self._on))
        self._remarks.note(self._year_from, number, str(self._counted))
        return estimate

    def _village(self, number: int, row: Cells) -> str | None:
        """Return the village in the row, else the one of the heading above it."""
        village = self._layout.text(row, self._layout.village_at)
        if village is not None and words.is_residence(village):
            self._remarks.note("residence", number, village)
            village = None
        above = self._non_members
        if village is None and above.village is not None:
            village = above.village
            self._remarks.note("sheet_village" if above.from_sheet else "village", number, village)
        return village

    def _settle_dates(self, first: int) -> None:
        """Ask about a sheet where days and months seem to be in each other's place."""
        birthdays = [
            index
            for index, one in enumerate(self.people[first:], start=first)
            if _BIRTHDAY.fullmatch(one.born)
        ]
        texts = [index for index in birthdays if index not in self._dates]
        if self._month_first:
            self._settle_month_first(texts)
            return
        days = [int(self.people[index].born[8:]) for index in texts]
        if days and min(days) > _MONTHS and all(map(self._may_be_exchanged, self._dates)):
            for index in sorted(self._dates):
                self._exchange(index, "dates")

    def _settle_month_first(self, texts: Iterable[int]) -> None:
        """Ask about texts that are days only with the month first, and those that are both ways."""
        wrong: set[int] = set()
        for index in texts:
            person = self.people[index]
            if index not in self._month_first:
                if self._may_be_exchanged(index):
                    self._exchange(index, "month-first")
                continue
            example = born_text(person.born)
            if self._doubts.answer("month-first", person.place, example) == "right":
                wrong.add(index)
                bad = self._layout.at_birth(Bad(born_text(exchanged(person.born)), day_first()))
                self._reject(person.row, (bad,))
        if wrong:
            kept = [one for index, one in enumerate(self.people) if index not in wrong]
            self.people[:] = kept

    def _refuse_third_numbers(self) -> None:
        """Refuse the rarer of 0 and 2 for a sex where a sheet has both, or both of them alike."""
        zeros, twos = (
            [row for row, sign in self._sex_numbers.items() if sign == which] for which in "02"
        )
        if not zeros or not twos:
            return
        rarer = zeros if len(zeros) < len(twos) else twos
        refused = sorted(zeros + twos if len(zeros) == len(twos) else rarer)
        for number in refused:
            self._reject(number, (self._layout.third_number(self._sex_numbers[number]),))
        self.people[:] = [
            one for one in self.people if one.sheet != self._sheet or one.row not in refused
        ]

    def _may_be_exchanged(self, index: int) -> bool:
        return int(self.people[index].born[8:]) <= _MONTHS

    def _exchange(self, index: int, key: str) -> None:
        """Ask whether a birthday is to be exchanged with its twin, and do what is answered."""
        person = self.people[index]
        other = exchanged(person.born)
        if other == person.born:
            return
        example = f"{born_text(person.born)} → {born_text(other)}"
        if self._doubts.answer(key, person.place, example) == "exchanged":
            self.people[index] = replace(person, born=other)

    def _place(self, number: int) -> Place:
        return self._sheet, number

    def _value(self, number: int, part: Value | Corrected[Value] | None) -> Value | None:
        """Return a value; where it was put right, note a remark about that."""
        if isinstance(part, Corrected):
            self._remarks.note(part.remark, number)
            return part.value
        return part

    def _reject(self, number: int, parts: Iterable[object]) -> None:
        headings_at = self._layout.headings
        for part in parts:
            if not isinstance(part, Bad):
                continue
            column = headings_at.get(part.column) if part.column is not None else part.missing
            cell = "" if part.column is None else cell_name(part.column, number)
            rejection = Rejection(
                number, column or "", part.found, part.expected, self._sheet, cell
            )
            if rejection.cell == "" or all(
                (one.sheet, one.cell) != (rejection.sheet, cell) for one in self.rejected[-8:]
            ):
                self.rejected.append(rejection)


_CIRCUMSTANCES: Mapping[str, Circumstance] = {
    "poor": "poor",
    "near_poor": "near_poor",
    "difficult": "difficult",
}


class Merged:
    """Gives each row what is in the merged cells that reach down into it.

    One village or address is often written once for several members. Where the name itself is
    merged over several rows, the person takes all of them and only the first one is read.
    Rows and columns count from 0.
    """

    def __init__(self, merges: Iterable[Merge], name_at: int) -> None:
        self._starts: dict[int, list[int]] = defaultdict(list)
        self._copies: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._held: dict[tuple[int, int], Cell] = {}
        self._continued: set[int] = set()
        for (top, left), (bottom, right) in merges:
            if bottom == top:
                continue
            if left <= name_at <= right:
                self._continued.update(range(top + 1, bottom + 1))
                continue
            self._starts[top].append(left)
            for line in range(top + 1, bottom + 1):
                self._copies[line].append((top, left))

    def fill(self, line: int, row: Cells) -> bool:
        """Complete a row; False where it only continues the person above."""
        for column in self._starts.get(line, ()):
            if column < len(row):
                self._held[line, column] = row[column]
        for top, column in self._copies.get(line, ()):
            if (top, column) in self._held and row[column] == "":
                row[column] = self._held[top, column]
        return line not in self._continued
