"""Lists made for one test: typed as lines, or as the sheets of a workbook, and read."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from engine.roster.model import Reading
from engine.roster.reader import read

ON = date(2022, 6, 30)
HEADINGS = "STT|Họ và tên|Năm sinh|Giới tính"
Rows = Sequence[Sequence[Any]]


def from_lines(folder: Path, *lines: str, on: date = ON, **more: Any) -> Reading:
    """Read a list typed here; cells are separated by a bar in the tests, by ; in the file."""
    path = folder / "list.csv"
    path.write_text("\n".join(lines).replace("|", ";"), encoding="utf-8")
    return read(path, on=on, **more)


def book(folder: Path, sheets: Mapping[str, Rows], name: str = "list.xlsx") -> Path:
    """Write a workbook; a date becomes a cell that Excel knows as a date."""
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as made:
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            sheet = made.add_worksheet(title)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(line, column, cell, day)
                    elif cell != "":
                        sheet.write(line, column, cell)
    return path


def from_sheets(folder: Path, sheets: Mapping[str, Rows], **more: Any) -> Reading:
    """Read a workbook made of sheets."""
    return read(book(folder, sheets), on=more.pop("on", ON), **more)


def cells(line: str) -> list[str]:
    """Return the cells of a line, with a bar between them."""
    return line.split("|")


def remarked(reading: Reading, *words: str) -> bool:
    """Return whether one remark has all of some words."""
    return any(all(word in remark for word in words) for remark in reading.remarks)


def asked(reading: Reading) -> dict[str, list[int]]:
    """Return what is asked, each with its rows."""
    return {one.key: [row for _sheet, row in one.places] for one in reading.questions}


def names(reading: Reading) -> list[str]:
    """Return who is taken in."""
    return [one.name for one in reading.people]
