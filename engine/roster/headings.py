"""Where the heading of a list is and what each column under it holds.

A heading can be below title rows, take one to three rows, be merged, or have the year of birth
under Nam and under Nữ. Everything is decided from the words, and where they leave two readings,
from the first rows below.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.roster import words
from engine.roster.cells import Corrected, phone
from engine.roster.model import Cells, ListColumn
from engine.roster.sheets import MAX_COLUMNS, Merge
from engine.vietnamese.text import clean

_NAMES = frozenset({"name", "family_name", "given_name"})
# Headings that are below another one, and those that have others below them.
_BIRTH_PARTS = frozenset({"birth_day", "birth_month", "birth_year"})
_MARKS = frozenset({"male", "female", "poor", "near_poor", "difficult"})
_PARTS = _BIRTH_PARTS | _MARKS | {"family_name", "given_name", "born", "sex", "age", "ignored"}
_WHOLES = frozenset({"born", "sex", "circumstance", "perhaps_circumstance", "name", "id_number"})
_HOUSEHOLDS = frozenset({"circumstance", "poor", "near_poor", "difficult"})
_DEPTH = 3
_NAME_HEADING = re.compile(r"\s*(?:họ|ho|tên|ten|thành viên|hội viên)\b", re.IGNORECASE)

Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class Header:
    """A heading found: the row after it, counted from 0, and its columns from left to right.

    ``top`` is its first row.
    ``second_list`` is the heading with which another list begins to the right of the first.
    """

    stop: int
    columns: tuple[ListColumn, ...]
    second_list: str | None = None
    top: int = 0

    def places(self, field: str) -> tuple[int, ...]:
        """Return the columns of ``field``, counted from 0."""
        return tuple(column.index for column in self.columns if column.field == field)

    def place(self, field: str) -> int | None:
        """Return the column of ``field``, counted from 0; None where the list has none."""
        return next(iter(self.places(field)), None)


def find(rows: Sequence[Cells], merged: Sequence[Merge] = (), above: int = 0) -> Header | None:
    """Return the first heading among ``rows``, or None.

    A heading has a name and at least one more column that is known. ``above`` is how many rows of
    the sheet are above ``rows``; ``merged`` counts from the top of the sheet.
    """
    grid = _grid(rows, merged, above)
    for top in range(len(grid)):
        if any(words.field_of(text) in _NAMES for text in grid[top] if text):
            header = _header(rows, grid, top)
            known = {column.field for column in header.columns} - {None, "order"}
            if len(known) > 1 and ("name" in known or {"family_name", "given_name"} <= known):
                return header
    return None


def is_heading(row: Cells) -> bool:
    """Return whether a row between the members is a heading again (as on each printed page)."""
    if not any(isinstance(cell, str) and _NAME_HEADING.match(cell) for cell in row):
        return False
    fields = {words.field_of(clean(cell)) for cell in row if isinstance(cell, str) and cell}
    return bool(fields & _NAMES) and len(fields - {None, "ignored"}) > 1


def _grid(rows: Sequence[Cells], merged: Sequence[Merge], above: int) -> Grid:
    """Return the texts of ``rows``, with a merged cell's text in all the places it covers."""
    grid = [
        [clean(cell) if isinstance(cell, str) else "" for cell in row[:MAX_COLUMNS]] for row in rows
    ]
    for (first_row, first_column), (last_row, last_column) in merged:
        top = first_row - above
        if 0 <= top < len(grid) and first_column < len(grid[top]):
            text = grid[top][first_column]
            for line in grid[top : last_row - above + 1]:
                covered = range(first_column, min(last_column + 1, len(line)))
                for column in covered:
                    line[column] = text
    return grid


def _header(rows: Sequence[Cells], grid: Grid, anchor: int) -> Header:
    top, stop = _extent(rows, grid, anchor)
    block = grid[top:stop]
    width = max(map(len, block))
    paths = [_path(block, column) for column in range(width)]
    below = grid[stop:]
    fields = _fields(paths)
    second = _second_list(fields)
    _settle_names(fields, paths, below)
    _settle_household(fields, below)
    _settle_ages(fields, paths)
    _settle_phone(fields, rows[stop:])
    _settle_village(fields, below)
    _keep_first(fields)
    return Header(
        stop,
        tuple(
            ListColumn(" – ".join(path), field, index)
            for index, (path, field) in enumerate(zip(paths, fields, strict=True))
            if path or field
        ),
        None if second is None else " – ".join(paths[second]),
        top,
    )


def _extent(rows: Sequence[Cells], grid: Grid, anchor: int) -> tuple[int, int]:
    """Return the first row of the heading and the row after it, around the one with the name."""
    top = anchor
    if anchor and _known(grid[anchor]) & _PARTS and _known(grid[anchor - 1]) & _WHOLES:
        top = anchor - 1
    name = next(c for c, text in enumerate(grid[anchor]) if words.field_of(text) in _NAMES)
    stop = anchor + 1
    while stop < min(len(grid), anchor + _DEPTH) and _continues(rows[stop], grid, stop, name):
        stop += 1
    return top, stop


def _continues(row: Cells, grid: Grid, line: int, name: int) -> bool:
    """Return whether a row still belongs to the heading above it."""
    texts = grid[line]
    at_name = _at(texts, name)
    if at_name and words.field_of(at_name) not in _NAMES:
        return False
    if any(cell != "" and not isinstance(cell, str) for cell in row):
        return False
    new = [text for column, text in enumerate(texts) if text != _at(grid[line - 1], column)]
    if any(char.isdigit() for text in new for char in text):
        return False
    return bool(_known(texts) & _PARTS)


def _known(texts: Sequence[str]) -> set[str | None]:
    return {words.field_of(text) for text in texts if text}


def _path(block: Grid, column: int) -> list[str]:
    """Return the headings over a column from top to bottom, each once.

    A heading over several columns that is not merged is over the first of them only: the others
    have something below and nothing above, and take it from the left.
    """
    path: list[str] = []
    for depth, line in enumerate(block):
        text = _at(line, column)
        if not text and _any_below(block, depth, column):
            left = next((c for c in range(column - 1, -1, -1) if _at(line, c)), None)
            if left is not None and _any_below(block, depth, left):
                text = _at(line, left)
        if text and text not in path[-1:]:
            path.append(text)
    return path


def _at(line: Sequence[str], column: int) -> str:
    return line[column] if column < len(line) else ""


def _any_below(block: Grid, depth: int, column: int) -> bool:
    return any(_at(line, column) for line in block[depth + 1 :])


def _fields(paths: Sequence[list[str]]) -> list[str | None]:
    fields = [_field(path) for path in paths]
    for index, field in enumerate(fields):
        whole = paths[index][:-1]
        siblings = {fields[i] for i, path in enumerate(paths) if path[:-1] == whole and path}
        if field == "male" and {"birth_day", "birth_month"} <= siblings:
            fields[index] = "birth_year"  # "Nam" typed for "Năm", after Ngay and Thang
        elif field in _BIRTH_PARTS and not siblings >= {"birth_day", "birth_month"}:
            of_birth = bool(whole) and words.field_of(whole[-1]) == "born"
            fields[index] = "born" if of_birth and field == "birth_year" else None
    return fields


def _field(path: Sequence[str]) -> str | None:
    """Return what a column is by its own words, or else by all the words above it."""
    if not path:
        return None
    field = words.field_of(path[-1]) or words.field_of(" ".join(path))
    if field in _BIRTH_PARTS and len(path) > 1 and words.field_of(path[-2]) != "born":
        return None
    return None if field == "ignored" else field


def _second_list(fields: Sequence[str | None]) -> int | None:
    """Return the column of names of a second list, one with its own sexes or numbers."""
    names = [index for index, field in enumerate(fields) if field == "name"]
    doubled = any(fields.count(field) > 1 for field in ("order", "sex", "male", "female"))
    apart = [index for index in names[1:] if index > names[0] + 1]
    return apart[0] if apart and doubled else None


def _settle_names(fields: list[str | None], paths: Sequence[list[str]], below: Grid) -> None:
    """Decide which columns make the name: one, or two that belong together."""
    places = {field: fields.index(field) for field in _NAMES if field in fields}
    if {"family_name", "given_name"} <= places.keys():
        _drop(fields, "name")
        return
    name = places.get("name", places.get("family_name", places.get("given_name")))
    if name is None:
        return
    for field in _NAMES - {"name"}:
        if places.get(field) not in (name, name + 1):
            _drop(fields, field)
    fields[name] = "name"
    following = name + 1
    if following == len(fields):
        return
    unnamed = not paths[following] or paths[following] == paths[name]
    if unnamed or fields[following] in _NAMES:
        split = _continues_names(below, name, following)
        fields[following] = "given_name" if split else None
        if split:
            fields[name] = "family_name"
            paths[following][:] = paths[following] or paths[name]


def _continues_names(below: Grid, name: int, following: int) -> bool:
    """Return whether the column after the names mostly holds one more word of them."""
    names = [line for line in below if _at(line, name)]
    one_word = [
        line
        for line in names
        if len(_at(line, following).split()) == 1
        and _at(line, following).isalpha()
        and _at(line, following) != _at(line, name).split()[-1]
    ]
    return bool(names) and 2 * len(one_word) > len(names)


def _settle_household(fields: list[str | None], below: Grid) -> None:
    """Read "Đối tượng" and the like as the household's circumstance where the cells name one.

    Without any such column it is one of an unknown heading whose cells speak of poor households.
    """
    for index, field in enumerate(fields):
        if field == "perhaps_circumstance":
            read = [words.circumstance(_at(line, index))[0] for line in below]
            fields[index] = "circumstance" if any(read) else None
    if not set(fields) & _HOUSEHOLDS:
        for index, field in enumerate(fields):
            texts = [text for line in below if (text := _at(line, index))]
            if field is None and any(map(words.mentions_circumstance, texts)):
                fields[index] = "circumstance"
                return


def _settle_ages(fields: list[str | None], paths: Sequence[list[str]]) -> None:
    """Read "Tuoi nam" as "Tuổi năm" where no column has the ages of women."""
    if "female" not in fields:
        for index, field in enumerate(fields):
            if field == "male" and words.plain(" ".join(paths[index])) == "tuoi nam":
                fields[index] = "age"


def _settle_phone(fields: list[str | None], below: Sequence[Cells]) -> None:
    """Read "Liên hệ" as the phone where most of its cells are numbers and no other column is."""
    there = "phone" in fields
    for index, field in enumerate(fields):
        if field == "perhaps_phone":
            filled = [row[index] for row in below if index < len(row) and row[index] != ""]
            numbers = [cell for cell in filled if isinstance(phone(cell), str | Corrected)]
            fields[index] = "phone" if not there and 2 * len(numbers) > len(filled) else None


def _settle_village(fields: list[str | None], below: Grid) -> None:
    """Take no column for the village whose cells say how people are registered (thường trú)."""
    for index, field in enumerate(fields):
        if field in ("village", "address"):
            texts = [text for line in below if (text := _at(line, index))]
            written = [text for text in texts if not words.is_same_as_above(text)]
            if written and all(map(words.is_residence, written)):
                fields[index] = None


def _keep_first(fields: list[str | None]) -> None:
    """Leave one column a field; an address is the village where there is none."""
    if "village" in fields:
        _drop(fields, "address")
    seen: set[str] = set()
    for index, field in enumerate(fields):
        wanted = "village" if field == "address" else field
        fields[index] = None if wanted in seen else wanted
        if wanted and wanted != "born":
            seen.add(wanted)


def _drop(fields: list[str | None], unwanted: str) -> None:
    for index, field in enumerate(fields):
        if field == unwanted:
            fields[index] = None
