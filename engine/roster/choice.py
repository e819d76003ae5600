"""Which sheets of a workbook, or tables of a document, are the list of members."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.roster import container, headings, words
from engine.roster.columns import heading_of
from engine.roster.doubts import Doubts
from engine.roster.letters import letters_missing
from engine.roster.model import Cells
from engine.roster.remarks import Remarks
from engine.roster.sheets import Sheet
from engine.vietnamese.text import clean, key

_BOARD = re.compile(r"(?:.* )?(?:ban chu nhiem|bcn|ban dieu hanh)(?: .*)?")
# What may be in one sheet and not in another of the same list.
_INCIDENTAL = frozenset({"order", "note", "post", None})
# A number, a name and something about the person.
_NARROWEST = 3


@dataclass(frozen=True, slots=True)
class FoundList:
    """A sheet with a list: its heading, and the titles above it.

    ``around`` are the lines of a document outside its lists: paragraphs, and the small tables that
    have the head of the paper and the signatures.
    """

    sheet: Sheet
    header: headings.Header
    titles: tuple[str, ...]
    around: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[str | None]:
        """What the columns hold."""
        return frozenset(column.field for column in self.header.columns) - _INCIDENTAL

    @property
    def names_somebody(self) -> bool:
        """Whether there is a name below the heading."""
        at = self.header.place("name")
        at = self.header.place("family_name") if at is None else at
        below = self.sheet.head[self.header.stop :]
        return at is not None and any(at < len(row) and row[at] != "" for row in below)

    @property
    def is_board(self) -> bool:
        """Whether it is the list of a club's board (Ban Chủ nhiệm)."""
        return any(_BOARD.fullmatch(words.plain(text)) for text in (self.sheet.name, *self.titles))

    @property
    def village(self) -> str | None:
        """The village that the sheet's name, or a line of its title, names."""
        named = (words.section(text) for text in (self.sheet.name, *self.titles))
        return next((village for village in named if village is not None), None)

    @property
    def year(self) -> int | None:
        """The year that the list is of by its headings or titles, ``None`` where none is clear."""
        ages = [one.heading for one in self.header.columns if words.is_of_ages(one.heading)]
        given = (words.year_of(ages), words.year_of(self.titles), words.year_of(self.around))
        return next((year for year in given if year is not None), None)

    @property
    def year_signed(self) -> int | None:
        """The year of the line of place and date above a list, or anywhere in a document.

        ``None`` where there is none, and where a document has several of different years.
        """
        years = (words.year_signed(text) for text in self.titles)
        above = next(filter(None, years), None)
        if above is not None:
            return above
        elsewhere = set(filter(None, (words.year_signed(text) for text in self.around)))
        return elsewhere.pop() if len(elsewhere) == 1 else None


def found_in(path: Path, sheets: Iterable[Sheet], remarks: Remarks) -> list[FoundList]:
    """Return the lists of a file, and add to the remarks which filled sheets have none.

    Raises ``InputError`` where there is none, where two are side by side, and where letters of the
    headings are lost.
    """
    found: list[FoundList] = []
    filled = False
    lost: list[str] = []
    unread: list[str] = []
    outside: list[str] = []
    for sheet in sheets:
        filled = filled or any(cell != "" for row in sheet.head for cell in row)
        header = headings.find(sheet.head, sheet.merged)
        if header is None:
            lost += [
                cell
                for row in sheet.head
                for cell in row
                if isinstance(cell, str) and letters_missing(cell)
            ]
            if sheet.around is not None:
                outside += _lines(sheet.head)
            if sheet.name and _may_be_more_of_it(sheet):
                unread.append(f"“{sheet.name}”")
            continue
        if header.second_list is not None:
            raise _two_lists(path, header.second_list)
        lost += [one.heading for one in header.columns if letters_missing(one.heading)]
        if any(letters_missing(one.heading) for one in header.columns):
            raise _lost(path, lost[-1])
        above = sheet.head[: header.top]
        titles = tuple(clean(cell) for row in above for cell in row if isinstance(cell, str))
        found.append(FoundList(sheet, header, tuple(filter(None, titles)), sheet.around or ()))
    if not found and lost:
        raise _lost(path, lost[0])
    if not found:
        raise _no_heading(path) if filled else container.empty(path)
    if unread:
        remarks.add(
            _("Not read, without the headings of a list: {sheets}.").format(
                sheets=", ".join(unread)
            )
        )
    return [replace(one, around=(*one.around, *outside)) for one in found] if outside else found


def _lines(rows: Iterable[Cells]) -> Iterator[str]:
    """Yield each line of each cell."""
    for cell in (cell for row in rows for cell in row if isinstance(cell, str)):
        yield from filter(None, map(clean, cell.split("\n")))


def _may_be_more_of_it(sheet: Sheet) -> bool:
    """Return whether a sheet without headings may have members: covers and titles are narrower."""
    return any(sum(cell != "" for cell in row) >= _NARROWEST for row in sheet.head)


def chosen(
    path: Path,
    found: Sequence[FoundList],
    wanted: Sequence[str],
    doubts: Doubts,
    remarks: Remarks,
) -> list[FoundList]:
    """Return the lists that are the members', and add to the remarks which were not read.

    ``wanted`` are the names of sheets somebody chose. Otherwise it is every sheet with the headings
    of the first one; a board's list is none where there is another. About others it is asked.
    Raises ``InputError`` (CLB-ROSTER-SHEET) for a name that no sheet with a list has.
    """
    if wanted:
        lists = [_named(path, found, name) for name in wanted]
    else:
        lists = [one for one in found if not one.is_board] or list(found)
        lists = [one for one in lists if one.names_somebody] or lists[:1]
        others = [one for one in lists if one.fields != lists[0].fields]
        if others:
            names = ", ".join(f"“{one.sheet.name}”" for one in others)
            if doubts.answer("sheets", ("", 0), names) != "all":
                lists = [one for one in lists if one not in others]
    if len(lists) > 1:
        names = ", ".join(f"“{one.sheet.name}”" for one in lists)
        remarks.add(_("Read together: {sheets}.").format(sheets=names))
    if found[0].sheet.hidden:
        names = ", ".join(f"“{name}”" for name in found[0].sheet.hidden)
        remarks.add(_("Hidden sheets were not read: {sheets}.").format(sheets=names))
    for one in found:
        if one not in lists and one.names_somebody:
            sentence = (
                _("Sheet “{name}” has the board and was not read.")
                if one.is_board
                else _("Sheet “{name}” has a list too and was not read.")
            )
            remarks.add(sentence.format(name=one.sheet.name))
    return lists


def _named(path: Path, found: Sequence[FoundList], name: str) -> FoundList:
    for one in found:
        if key(one.sheet.name) == key(name):
            return one
    raise InputError(
        _("“{file}” has no sheet “{name}” with a list.").format(file=path.name, name=name),
        help=_("Sheets with a list: {names}.").format(
            names=", ".join(one.sheet.name for one in found)
        ),
        code=codes.ROSTER_SHEET,
    )


def _lost(path: Path, sample: str) -> InputError:
    return InputError(
        _("Letters of the headings in “{name}” are lost: “{sample}”.").format(
            name=path.name, sample=clean(sample)
        ),
        help=_("Save the list anew as xlsx from the program that it was made in."),
        code=codes.ROSTER_LOST,
    )


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
        _("“{name}” has two lists side by side: “{heading}” is in it twice.").format(
            name=path.name, heading=heading
        ),
        help=_("Move the list on the right below the one on the left, then read the file again."),
        code=codes.ROSTER_BESIDE,
    )
