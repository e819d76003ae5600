"""Reading a member list as a commune wrote it."""

import re
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
from engine.roster.cells import Bad, Birth, Births, Marks, Texts, Told
from engine.roster.layout import Layout
from engine.roster.merged import Merged
from engine.roster.model import Entry, Reading, Rejection, Row
from engine.roster.non_member_rows import Asides
from engine.roster.plain import plain_rows
from engine.roster.remarks import Remarks
from engine.roster.sheet import HEAD, Merge, Sheet, refuse_tcvn3, sheets
from engine.roster.twins import twins

Value = TypeVar("Value")
_TOLD_EVERY = 500
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
    digits is completed by it. ``encoding`` is "utf-8", "utf-16" or "tcvn3" where it was said.
    ``progress`` is told how many rows have been read, now and then and at the end.
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
        if header.beside is not None:
            raise _two_lists(path, header.beside)
        if listing is None:
            listing = _Listing(path, on, header, progress)
            listing.read(sheet)
        else:
            listing.remarks.say(
                _("Sheet “{name}” has a list too and was not read.").format(name=sheet.name)
            )
    if listing is None:
        raise _no_heading(path) if filled else container.empty(path)
    names = [entry.name for entry in listing.entries]
    if encoding != "tcvn3" and _FOREIGN.search("\n".join(names)):
        refuse_tcvn3([name for name in names if _FOREIGN.search(name)])
    return listing.reading()


def _no_heading(path: Path) -> InputError:
    return InputError(
        _("“{name}” has no row of headings with “{heading}” and another column.").format(
            name=path.name, heading=words.NAME
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
        self.entries: list[Entry] = []
        self.remarks = Remarks()
        self._path = path
        self._header = header
        self._progress = progress
        self._rejected: list[Rejection] = []
        self._caches = Births(on), Texts(), Marks()
        self._asides = Asides(self.remarks)
        self._under(header)
        unmarked = self._layout.unmarked
        if unmarked is not None:
            self.remarks.say(
                _(
                    "Only one of the columns Nam and Nữ is there: whoever is not marked is {sex}."
                ).format(sex=PAPER_SEXES[unmarked])
            )

    def _under(self, header: headings.Header) -> None:
        births, texts, marks = self._caches
        self._layout = Layout(header, births, texts, marks)
        self._plain = plain_rows(header, births, texts)

    def read(self, sheet: Sheet) -> None:
        """Go through the rows under the heading."""
        line = stop = self._header.stop
        merged = Merged(sheet.merged, self._layout.name_at) if sheet.merged else None
        rows: Iterator[tuple[int, Row]] = enumerate(
            chain(sheet.head[stop:], sheet.rest), start=stop
        )
        while True:
            again: Row | None = None
            for line, row in rows:
                if not any(row) or (merged and not merged.fill(line, row)):
                    continue
                if not self._take(line + 1, row):
                    again = row
                    break
                if self._progress is not None and line % _TOLD_EVERY == 0:
                    self._progress(line + 1)
            if again is None:
                break
            rows = self._from_heading(line, again, rows, sheet.merged)
        if len(self.entries) > container.MAX_ROWS:
            raise container.too_many_rows(self._path)
        if self._progress is not None:
            self._progress(line + 1)

    def _from_heading(
        self, line: int, row: Row, rows: Iterator[tuple[int, Row]], merged: tuple[Merge, ...]
    ) -> Iterator[tuple[int, Row]]:
        """Go on under a heading that stands again inside the list, maybe with other columns."""
        ahead = list(islice(rows, HEAD))
        header = headings.find([row, *(one for _line, one in ahead)], merged, above=line)
        if header is None:
            return chain(ahead, rows)
        self._under(header)
        self._asides.restart()
        return chain(ahead[header.stop - 1 :], rows)

    def _take(self, number: int, row: Row) -> bool:
        """Read one row; False where it is a heading again."""
        entry = self._plain.entry(number, row) if self._plain else None
        if entry is None or (entry.village is None and self._asides.village is not None):
            return self._take_with_care(number, row)
        self.entries.append(entry)
        return True

    def _take_with_care(self, number: int, row: Row) -> bool:
        layout = self._layout
        name = layout.name(row)
        sex, birth = layout.sex_and_birth(row)
        if not name or not isinstance(birth, Birth) or not isinstance(sex, str):
            if headings.is_heading(row):
                return False
            born, sexed = isinstance(birth, Birth), isinstance(sex, str) and not layout.unmarked
            if self._asides.names_nobody(number, row, layout, name=name, sexed=sexed, born=born):
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
        if village is None and self._asides.village is not None:
            village = self._asides.village
            self.remarks.note("village", number, village)
        if not layout.tells_circumstance and note and words.mentions_circumstance(note):
            self.remarks.note("mentioned", number, note)
        if birth.told is not None:
            self.remarks.note(birth.told, number, f"{birth.found} → {birth.born}")
        entry = Entry(
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
        self.entries.append(entry)
        return True

    def _value(self, number: int, part: Value | Told[Value] | None) -> Value | None:
        """Return a value; what was put right in it is remembered to be told."""
        if isinstance(part, Told):
            self.remarks.note(part.told, number)
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
            tuple(self.entries),
            tuple(self._rejected),
            twins(self.entries),
            self.remarks.sentences(),
        )
