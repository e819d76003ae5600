"""Rows in which every cell is just what its column is for: nearly all rows of a long list.

They are read by looking each cell up among those read before. Every other row is left to the
careful reading in ``reader``, which would read these the same way.
"""

from collections.abc import Callable
from typing import Any

from engine.roster import words
from engine.roster.cells import Bad, Birth, Births, Texts, Told, identity, neat, phone, shown
from engine.roster.headings import Header
from engine.roster.model import Cell, Circumstance, Entry, Row, Sex

# With one of these columns a part of the person stands in several cells.
_IN_PARTS = ("given_name", "male", "female", "birth_year", "poor", "near_poor", "difficult")

Read = Callable[[Cell], Any]


class NotPlainError(Exception):
    """A cell needs more than a look."""


class PlainRows:
    """Reads the plain rows of a list that has one column for each part of a person."""

    def __init__(self, header: Header, births: Births, texts: Texts) -> None:
        def column(field: str, read: Read) -> tuple[Read, int]:
            place = header.place(field)
            return (_nothing, 0) if place is None else (read, place)

        text: Read = texts.__getitem__
        told = header.place("circumstance") is not None
        # In the order of the fields of an entry.
        self._columns = (
            column("name", _known(_name)),
            column("sex", _known(_sex)),
            column("born", _known(lambda cell: births.whole_day(cell) or _born(births[cell]))),
            column("circumstance", _known(_circumstance)),
            column("post", text),
            column("village", text),
            column("id_number", lambda cell: _as_it_is(identity(cell))),
            column("phone", lambda cell: _as_it_is(phone(cell))),
            column("note", text if told else _known(lambda cell: _unrelated(texts[cell]))),
        )

    def entry(self, number: int, row: Row) -> Entry | None:
        """Return the person in a row; None where the row is not a plain one."""
        try:
            return Entry(number, *[read(row[place]) for read, place in self._columns])
        except NotPlainError:
            return None


def plain_rows(header: Header, births: Births, texts: Texts) -> PlainRows | None:
    """Return the reader of plain rows under a heading; None where none of them can be plain."""
    if any(header.places(field) for field in _IN_PARTS):
        return None
    if len(header.places("born")) != 1 or not header.places("sex"):
        return None
    return PlainRows(header, births, texts)


class _Known(dict[Cell, Any]):
    """What the plain cells of a column say, each read once."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Cell) -> Any:
        value = self[cell] = self._read(cell)
        return value


def _known(read: Read) -> Read:
    return _Known(read).__getitem__


def _nothing(_cell: Cell) -> None:
    """Read the column that a list does not have."""


def _name(cell: Cell) -> str:
    name = neat(cell) if isinstance(cell, str) else ""
    if not name.replace(" ", "").isalpha():
        raise NotPlainError
    return name


def _sex(cell: Cell) -> Sex:
    sex = words.sex(shown(cell))
    if sex is None:
        raise NotPlainError
    return sex


def _born(birth: Birth | Bad | None) -> str:
    if not isinstance(birth, Birth) or birth.told is not None:
        raise NotPlainError
    return birth.born


def _circumstance(cell: Cell) -> Circumstance | None:
    circumstance, readable = words.circumstance(shown(cell))
    if not readable:
        raise NotPlainError
    return circumstance


def _as_it_is(number: str | Told[str] | Bad | None) -> str | None:
    if isinstance(number, (Bad, Told)):
        raise NotPlainError
    return number


def _unrelated(note: str | None) -> str | None:
    """Return a note that says nothing of the household: of one that does the officer is told."""
    if note and words.mentions_circumstance(note):
        raise NotPlainError
    return note
