"""A club's workbook as it came back: every row with its mark, read cell by cell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from engine import codes, words
from engine.book.attendance import HEAD, Ticks, read_ticks
from engine.book.entries import Book
from engine.book.sheets import (
    ACTIVITY,
    CHANGES,
    MEMBERS,
    NUMBERS,
    PAIRS,
    PLACE,
    PRESENT,
    WHY,
    Column,
    Values,
    filled,
    kind_of_change,
    sheet_form,
)
from engine.book.writer import MARK
from engine.errors import InputError
from engine.i18n import _
from engine.labels import CIRCUMSTANCES, LIST_CIRCUMSTANCES, PAPER_SEXES, SEXES
from engine.model import EntryKind
from engine.roster.cells import details
from engine.roster.columns import cell_name
from engine.roster.model import Cells, Rejection
from engine.roster.sheets import sheets, text_of
from engine.rules import forms
from engine.rules.forms import Reader
from engine.vietnamese.dates import born_text
from engine.vietnamese.reading import read_yes_no

_SEQ = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its place, what it has, and the mark it had when the workbook was written.

    ``id`` and ``print`` are empty for a row that is new in the file. ``bad`` are its cells that
    cannot be read, each with a whole sentence of what is expected; ``cell`` is the first one, where
    a note about the whole row goes, ``places`` has the cell of each column. ``why`` is the reason
    for going on where the import warns. ``ticked`` is whether other members are ticked as present
    than when it was written.
    """

    key: str
    sheet: str
    row: int
    values: Values
    paths: tuple[str, ...]
    cell: str
    id: str = ""
    print: str = ""
    bad: tuple[Rejection, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A workbook as read. ``seq`` is the club's last event when it was written."""

    club: str
    seq: int
    lines: tuple[Line, ...]
    sheets: tuple[str, ...] = ()
    keys: frozenset[str] = field(default_factory=frozenset)


def club_of(path: Path) -> str:
    """Return the club whose workbook a file is. Raises as :func:`read`."""
    for sheet in sheets(path):
        found = _head(sheet.head)
        if found is not None:
            return found[1][0]
    raise _no_book(path)


def read(path: Path, book: Book, reader: Reader, on: date) -> ReadBook:
    """Read a workbook of a club, whose book as the log has it names members and activities.

    Raises ``InputError`` for a file that is none of ours (CLB-BOOK-FORM), or another club's
    (CLB-BOOK-CLUB), and as every reading of a workbook does.
    """
    seqs: list[int] = []
    names: list[str] = []
    taken: list[tuple[_Sheet, list[tuple[int, Cells]]]] = []
    ticks = Ticks()
    for sheet in sheets(path):
        found = _head(sheet.head)
        if found is None:
            continue
        top, (club, key, seq), left = found
        if club != book.club.id:
            raise InputError(
                _("The workbook is of the club {other}, not of {club}.").format(
                    other=club, club=book.club.id
                ),
                code=codes.BOOK_CLUB,
                help=f"clb book import {club} {path.name}",
            )
        paths = [str(cell or "").strip() for cell in sheet.head[top]]
        rows = enumerate(chain(sheet.head, sheet.rest), start=1)
        body = [(number, list(row)) for number, row in rows if number > top + 1]
        if key == PRESENT:
            ticks = read_ticks(sheet.name, body, left, paths, book)
            continue
        columns = {one.path: one for one in sheet_form(key).columns(book.activities, book.own)}
        places = {at: columns[path] for at, path in enumerate(paths) if path in columns}
        taken.append((_Sheet(key, sheet.name, places, left, book, reader, on), body))
        seqs.append(seq)
        names.append(sheet.name)
    if not seqs:
        raise _no_book(path)
    meetings = (_lines(sheet, body) for sheet, body in taken if sheet.key == "meeting")
    met = (line.values.get("date") for line in chain.from_iterable(meetings))
    ticks = ticks.as_met(filter(None, met))
    lines = [line for sheet, body in taken for line in _lines(replace(sheet, ticks=ticks), body)]
    lines += _unmet(ticks, lines)
    keys = frozenset(sheet.key for sheet, _body in taken)
    return ReadBook(book.club.id, min(seqs), tuple(lines), tuple(names), keys)


def _unmet(ticks: Ticks, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield as rows what is ticked for no meeting, and what of the ticks cannot be read."""
    met = {str(line.values.get("date")) for line in lines if line.key == "meeting"}
    for one in (*ticks.bad, *ticks.without_meeting(met)):
        yield Line("meeting", one.sheet, one.row, {}, (), one.cell, bad=(one,))


def _no_book(path: Path) -> InputError:
    return InputError(
        _("“{name}” is no workbook that clb book export wrote.").format(name=path.name),
        code=codes.BOOK_FORM,
        help=_("clb book export CLUB so-clb.xlsx"),
    )


def _head(rows: Sequence[Cells]) -> tuple[int, tuple[str, str, int], int] | None:
    """Return the row with the paths, what its first cell says, and where that is."""
    for at, row in enumerate(rows):
        for left, cell in enumerate(row):
            parts = str(cell).split() if str(cell).startswith(MARK) else []
            if len(parts) == 4 and parts[2] in (*PLACE, PRESENT) and _SEQ.fullmatch(parts[3]):
                return at, (parts[1], parts[2], int(parts[3])), left
    return None


@dataclass(frozen=True, slots=True)
class _Sheet:
    key: str
    name: str
    places: Mapping[int, Column]
    left: int
    book: Book
    reader: Reader
    on: date
    ticks: Ticks = field(default_factory=Ticks)


def _lines(sheet: _Sheet, rows: Iterable[tuple[int, Cells]]) -> Iterator[Line]:
    for number, row in rows:
        mark = text_of(row[sheet.left]) if sheet.left < len(row) else ""
        texts = {
            at: text_of(row[at])
            for at, column in sheet.places.items()
            if at < len(row) and row[at] not in (None, "") and not column.is_shown_only
        }
        if mark.startswith(HEAD) or not any(texts.values()):
            continue
        id_, _space, print_ = mark.partition(" ")
        yield _line(sheet, number, texts, id_, print_)


def _line(sheet: _Sheet, number: int, texts: Mapping[int, str], id_: str, print_: str) -> Line:
    values: dict[str, Any] = {}
    bad: list[Rejection] = []
    places = {column.path: cell_name(at, number) for at, column in sheet.places.items()}
    why = ""
    for at, text in texts.items():
        column = sheet.places[at]
        if column.path == WHY:
            why = text
            continue
        try:
            values[column.path] = _value(sheet, column, text)
        except InputError as error:
            # The note is in the cell itself: that the fields named are to be corrected is plain.
            fix = "" if error.code == codes.FORM_VALUE and not error.__cause__ else error.help
            expected = " ".join(filter(None, (error.message, fix)))
            expected = expected.replace(f" ({column.path})", "", 1)
            if not expected.startswith(column.heading):
                expected = f"{column.heading}: {expected}"
            place = places[column.path]
            bad.append(Rejection(number, column.heading, text, expected, sheet.name, place))
    if sheet.key == "meeting" and (who := sheet.ticks.days.get(str(values.get("date")))):
        values = {"attendance": len(who), **values, PRESENT: who}
    if sheet.key == "fund" and values.get("kind") in (EntryKind.EXPENSE, EntryKind.OPENING):
        # Money that leaves a fund is nobody's any more; what was in it came from several.
        values = {"source": "other", **values}
    cells = filled(values)
    first = cell_name(min(sheet.places), number)
    unread = {one.column for one in bad}
    bad += [
        Rejection(number, column.heading, "", expected, sheet.name, places[column.path])
        for column, expected in _lacking(sheet, cells)
        if column.heading not in unread
    ]
    paths = tuple(column.path for column in sheet.places.values() if column.path != WHY)
    if sheet.key == "meeting" and str(values.get("date")) in sheet.ticks.days:
        paths = (*paths, PRESENT)
    return Line(
        key=sheet.key,
        sheet=sheet.name,
        row=number,
        values=cells,
        paths=paths,
        cell=first,
        id=id_,
        print=print_,
        bad=tuple(bad),
        places=places,
        why=why,
        ticked=str(values.get("date")) in sheet.ticks.changed,
    )


def _value(sheet: _Sheet, column: Column, text: str) -> Any:
    """Return what a cell says. Raises ``InputError``."""
    if sheet.key == MEMBERS:
        return _of_member(column, text, sheet.on)
    if column.path.startswith(ACTIVITY):
        return read_yes_no("có" if text.casefold() in ("x", "v", "✓") else text)
    assert column.field is not None
    if column.path == "member":
        return sheet.book.member(text)
    if column.path == PAIRS:
        pairs = (one for one in re.split(r"\s*[,;\n]\s*", text) if one)
        return tuple(sorted(map(sheet.book.pair, pairs)))
    if column.field.kind == "boolean" and text.casefold() in ("x", "v", "✓"):
        return True
    try:
        value = forms.read_value(column.field, text, sheet.reader)
    except InputError:
        if offered := sheet_form(sheet.key).offers(column):
            raise InputError(
                _("“{text}” is not in the list of the cell: {choices}.").format(
                    text=text, choices=", ".join(offered)
                ),
                code=codes.FORM_VALUE,
            ) from None
        raise
    step = next(part[0] for part in sheet_form(sheet.key).parts if part[1] == column.path)
    forms.check_value(step, column.path, value, sheet.book.own if step == "fund" else None)
    return value


def _of_member(column: Column, text: str, on: date) -> str:
    """Return a cell of the sheet of members as that sheet is written. Raises ``InputError``."""
    if "*" in text and column.path in NUMBERS:
        return text
    if column.path == "sex":
        return PAPER_SEXES[words.read(tuple(SEXES), text)]
    if column.path == "circumstance":
        code = words.read((*CIRCUMSTANCES, "none"), text)
        return LIST_CIRCUMSTANCES.get(code, "")
    found = details({column.path: text}, on)[column.path]
    return born_text(found) if column.path == "born" else str(found or "")


def _lacking(sheet: _Sheet, values: Values) -> Iterator[tuple[Column, str]]:
    """Yield the columns that a row needs and that are empty, each with what to write there."""
    columns = {column.path: column for column in sheet.places.values()}
    needed: tuple[str, ...]
    if sheet.key == CHANGES:
        if kind_of_change(values) is None and "principal" in columns:
            expected = _("either what was repaid, or what is written off, or a new due day")
            yield columns["principal"], _write(columns["principal"], expected)
        if not {"loan", "member"} & values.keys() and "loan" in columns:
            expected = _("the number of a loan, or who repaid")
            yield columns["loan"], _write(columns["loan"], expected)
        needed = ("date", "document")
    elif sheet.key == MEMBERS:
        needed = ("name", "born", "sex")
    else:
        needed = tuple(
            one.path for one in forms.fields(sheet.key) if one.required and one.path != "activities"
        )
    for path in needed:
        if path not in values and path in columns:
            yield columns[path], _empty(columns[path])


def _write(column: Column, expected: str) -> str:
    return _("{column}: write {expected}.").format(column=column.heading, expected=expected)


def _empty(column: Column) -> str:
    """Return what to write in an empty cell, by the help of its field."""
    if column.field is None or not column.field.help:
        return _write(column, _("a value"))
    return _("{column} is empty. {help}").format(column=column.heading, help=column.field.help)
