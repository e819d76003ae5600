"""Reading a member list as a commune wrote it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.labels import PAPER_SEXES
from engine.roster import container, headings, words
from engine.roster.cells import Bad, Birth, Corrected, shown
from engine.roster.columns import heading_of
from engine.roster.layout import Layout
from engine.roster.model import Cell, Cells, ListedPerson, Reading, Rejection
from engine.roster.remarks import Remarks
from engine.roster.sheets import HEAD, Merge, Sheet, refuse_tcvn3, sheets

Value = TypeVar("Value")
_PROGRESS_EVERY = 500
_NUMBERING = re.compile(r"\(?(?:\d{1,3}|[A-Ha-h])\)?")
_ENUMERATION = re.compile(r"(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,5})[.)]?")
# Letters that TCVN3 text has when it is read as Latin-1 and Vietnamese text never has.
_FOREIGN = re.compile("[¡¢£¤¥¦§¨©ª«¬®µ¶·¸¹»¼½¾ÄÅÆÇËÎÏÐÑÖ×ØÜÞßäåæçëîïðñöøüþÿ]")


def read(
    path: Path,
    *,
    on: date,
    encoding: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Read the member list in ``path`` (.xlsx, .xls or text).

    ``on`` is the day the list is for: nobody in it is born later, and a year written with two
    digits is completed by it. ``encoding`` is "utf-8", "utf-16" or "tcvn3" where it is known.
    ``progress`` is called with how many rows have been read, now and then and at the end.
    The first visible sheet with a heading is read. Wrong cells do not stop the reading: they are
    all in ``Reading.rejected``, and their rows are not among the entries.

    Raises InputError with a code CLB-ROSTER-... for a file that cannot be read as a list at all:
    missing, damaged, protected, with macros, too large, or without a heading.
    """
    listing: _Listing | None = None
    filled = False
    for sheet in sheets(path, encoding):
        filled = filled or any(cell != "" for row in sheet.head for cell in row)
        header = headings.find(sheet.head, sheet.merged)
        if header is None:
            continue
        if header.second_list is not None:
            raise _two_lists(path, header.second_list)
        if listing is None:
            listing = _Listing(path, on, header, progress)
            listing.read(sheet)
        else:
            listing.remarks.add(
                _("Sheet “{name}” has a list too and was not read.").format(name=sheet.name)
            )
    if listing is None:
        raise _no_heading(path) if filled else container.empty(path)
    names = [entry.name for entry in listing.people]
    if encoding != "tcvn3" and _FOREIGN.search("\n".join(names)):
        refuse_tcvn3([name for name in names if _FOREIGN.search(name)])
    return listing.reading()


def _no_heading(path: Path) -> InputError:
    return InputError(
        _("“{name}” has no row of headings with “{heading}” and another column.").format(
            name=path.name, heading=heading_of("name")
        ),
        help=_("Write the headings above the list, or copy it into the sample list."),
        code=codes.ROSTER_HEADING,
    )


def _two_lists(path: Path, heading: str) -> InputError:
    return InputError(
        _("“{name}” has two lists side by side: “{heading}” stands there twice.").format(
            name=path.name, heading=heading
        ),
        help=_("Move the list on the right below the one on the left, then read the file again."),
        code=codes.ROSTER_BESIDE,
    )


class _Listing:
    """One list while it is read."""

    def __init__(
        self,
        path: Path,
        on: date,
        header: headings.Header,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.people: list[ListedPerson] = []
        self.remarks = Remarks()
        self._path = path
        self._header = header
        self._progress = progress
        self._rejected: list[Rejection] = []
        self._on = on
        self._non_members = NonMemberRows(self.remarks)
        self._layout = Layout(header, on)
        unmarked = self._layout.unmarked
        if unmarked is not None:
            self.remarks.add(
                _(
                    "Only one of the columns Nam and Nữ is there: whoever is not marked is {sex}."
                ).format(sex=PAPER_SEXES[unmarked])
            )

    def read(self, sheet: Sheet) -> None:
        """Read the rows under the heading."""
        line = stop = self._header.stop
        merged = Merged(sheet.merged, self._layout.name_at) if sheet.merged else None
        rows: Iterator[tuple[int, Cells]] = enumerate(
            chain(sheet.head[stop:], sheet.rest), start=stop
        )
        while True:
            again: Cells | None = None
            for line, row in rows:
                if not any(row) or (merged and not merged.fill(line, row)):
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
        return chain(ahead[header.stop - 1 :], rows)

    def _read_row(self, number: int, row: Cells) -> bool:
        """Read one row; False where it is a heading again."""
        layout = self._layout
        name = layout.name(row)
        sex, birth = layout.sex_and_birth(row)
        if not name or not isinstance(birth, Birth) or not isinstance(sex, str):
            if headings.is_heading(row):
                return False
            born, sexed = isinstance(birth, Birth), isinstance(sex, str) and not layout.unmarked
            if self._non_members.has(number, row, layout, name=name, sexed=sexed, born=born):
                return True
            sex, birth = sex or layout.no_sex(), birth or layout.no_birth()
        circumstance = layout.circumstance(row)
        id_number, phone = layout.identity(row), layout.phone(row)
        bad_name = layout.bad_name(name)
        if (
            bad_name is not None
            or isinstance(sex, Bad)
            or isinstance(birth, Bad)
            or isinstance(circumstance, Bad)
            or isinstance(id_number, Bad)
            or isinstance(phone, Bad)
        ):
            self._reject(number, (bad_name, sex, birth, circumstance, id_number, phone))
            return True
        village, note = layout.text(row, layout.village_at), layout.text(row, layout.note_at)
        if village is None and self._non_members.village is not None:
            village = self._non_members.village
            self.remarks.note("village", number, village)
        if not layout.has_circumstance and note and words.mentions_circumstance(note):
            self.remarks.note("mentioned", number, note)
        if birth.remark is not None:
            self.remarks.note(birth.remark, number, f"{birth.found} → {birth.born}")
        entry = ListedPerson(
            number,
            name,
            sex,
            birth.born,
            circumstance=self._value(number, circumstance),
            post=layout.text(row, layout.post_at),
            village=village,
            id_number=self._value(number, id_number),
            phone=self._value(number, phone),
            note=note,
        )
        self.people.append(entry)
        return True

    def _value(self, number: int, part: Value | Corrected[Value] | None) -> Value | None:
        """Return a value; where it was put right, note a remark about that."""
        if isinstance(part, Corrected):
            self.remarks.note(part.remark, number)
            return part.value
        return part

    def _reject(self, number: int, parts: Iterable[object]) -> None:
        headings_at = self._layout.headings
        for part in parts:
            if isinstance(part, Bad):
                column = headings_at.get(part.column) if part.column is not None else part.missing
                self._rejected.append(Rejection(number, column or "", part.found, part.expected))

    def reading(self) -> Reading:
        """Return everything that was read."""
        return Reading(
            self._header.columns,
            tuple(self.people),
            tuple(self._rejected),
            self.remarks.sentences(),
        )


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


class NonMemberRows:
    """Knows the rows that name nobody (villages, totals, signatures) and keeps the village.

    A total does not end a list, because lists with a total under each village go on. Under a total
    or a signature only a row with a birth or a number in the list is a person again.
    """

    def __init__(self, remarks: Remarks) -> None:
        self.village: str | None = None
        self._below = False
        self._remarks = remarks

    def restart(self) -> None:
        """Forget the total above: the heading was repeated."""
        self._below = False

    def has(
        self, number: int, row: Cells, layout: Layout, *, name: str, sexed: bool, born: bool
    ) -> bool:
        """Return whether a row without a full name, sex and birth is no person at all."""
        texts = [text for text in map(shown, row) if text]
        if len(texts) != 2 and all(map(_NUMBERING.fullmatch, texts)):
            return True  # the columns numbered, or a number waiting for a name
        rest = [text for text in texts if not _ENUMERATION.fullmatch(text)]
        alone = rest[0] if len(rest) == 1 else ""
        village = words.section(alone)
        if village is not None:
            self.village, self._below = village, False
            return True
        person = bool(name) and (born or sexed or layout.order(row))
        if person and (born or not words.is_footer(name)):
            return False
        if any(map(words.is_footer, texts)):
            self._below = True
        elif self._is_about_someone(row, layout, name) and not (
            self._below or words.is_group(alone)
        ):
            return False
        self._remarks.note("non_member", number, " ".join(texts[:2]))
        return True

    @staticmethod
    def _is_about_someone(row: Cells, layout: Layout, name: str) -> bool:
        """Return whether anything in the row is about a person."""
        return bool(name) or any(shown(row[place]) for place in layout.personal_at)
