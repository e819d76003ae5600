"""Member lists for people: sorted the Vietnamese way, ready to fill in, print and read again."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.errors import ClbError, InputError
from engine.files import FORMULA_SIGNS, FORMULA_STARTS, Failure, replacing
from engine.i18n import N_, _
from engine.lifecycle.people import Member
from engine.model import Club
from engine.roster.columns import COLUMNS, NUMBER_HEADING
from engine.roster.members import in_order
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_TEMPLATE_ROWS = 1_000
_SPARE_ROWS = 100
_ROWS_BY_HAND = 40
"""Lined rows of an empty list: it is printed too, and filled in with a pen."""
_NUMBER_WIDTH = 6
_TEXT_WIDTH = 22
# What a spreadsheet takes for a formula in a text file, and what already looks shielded.
_FORMULA = re.compile(f"'*[{re.escape(FORMULA_STARTS)}]")
_A4 = 9
LETTERS = {"font_name": "Times New Roman", "font_size": 12}
"""The letters of a workbook, as papers and reports have them."""
LIST = Failure(
    ClbError, codes.ROSTER_WRITE, N_("Close it in Excel if it is open there, then try again.")
)
"""How a list that cannot be written is reported."""


def write_list(path: Path, members: Iterable[Member], *, full: bool, title: str = "") -> None:
    """Write a member list as .xlsx or .csv, sorted by given name; whose name was erased is last.

    Without ``full`` only the last three digits of identity and phone numbers are written. ``title``
    is put above the headings of a workbook; a text file has none.
    Raises InputError (CLB-ROSTER-SUFFIX) for another kind of file, ClbError (CLB-ROSTER-WRITE)
    where the file cannot be written; then a file that was there before is untouched.
    """
    rows = (
        [column.written(member, full=full) for column in COLUMNS] for member in in_order(members)
    )
    if list_suffix(path) == ".csv":
        _write_csv(path, _headings(), _numbered(rows))
        return
    with replacing(path, LIST) as unfinished, new_workbook(unfinished, row_by_row=True) as workbook:
        _write_sheet(workbook, rows, title=title, spare=_SPARE_ROWS)


def write_club_list(
    path: Path, club: Club, members: Sequence[Member], on: date, *, full: bool
) -> None:
    """Write a club's list of a day, with a title, those named whose personal data was erased.

    Raises as :func:`write_list`.
    """
    title = _("Members of {club}, {village}, {commune}, on {day}").format(
        club=club.name, village=club.village, commune=club.commune, day=dmy(on)
    )
    named = (replace(one, name=one.name or _("(personal data erased)")) for one in members)
    write_list(path, named, full=full, title=title)


def write_template(path: Path) -> None:
    """Write an empty list (.xlsx or .csv) with the headings, drop-downs and a page of help.

    Raises as :func:`write_list`.
    """
    if list_suffix(path) == ".csv":
        _write_csv(path, _headings(), ())
        return
    with replacing(path, LIST) as unfinished, new_workbook(unfinished, row_by_row=True) as workbook:
        _write_sheet(workbook, (), title="", spare=_TEMPLATE_ROWS)
        _write_help(workbook)


def list_suffix(path: Path, only: tuple[str, ...] = (".xlsx", ".csv")) -> str:
    """Return the ending, one of a few. Raises ``InputError`` for any other."""
    suffix = path.suffix.lower()
    if suffix not in only:
        raise InputError(
            _("A list is written as {kinds}, not as “{name}”.").format(
                kinds=", ".join(only), name=path.name
            ),
            help=_("Give the file a name that ends in .xlsx."),
            code=codes.ROSTER_SUFFIX,
        )
    return suffix


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a plain table of texts as .xlsx or .csv.

    Raises as :func:`write_list`.
    """
    if list_suffix(path) == ".csv":
        _write_csv(path, headings, rows)
        return
    with replacing(path, LIST) as unfinished, new_workbook(unfinished, row_by_row=True) as workbook:
        sheet = workbook.add_worksheet()
        text = workbook.add_format({"num_format": "@", "quote_prefix": True})
        sheet.set_column(0, len(headings) - 1, _TEXT_WIDTH)
        bold = workbook.add_format({"bold": True})
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, _plain(value), text)
        sheet.freeze_panes(1, 0)


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    # With the byte order mark Excel knows that the letters are UTF-8.
    with (
        replacing(path, LIST) as new,
        new.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(headings)
        for row in rows:
            writer.writerow(map(_shielded, row))


def _numbered(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    for number, row in enumerate(rows, start=1):
        yield [str(number), *row]


def _headings() -> list[str]:
    return [NUMBER_HEADING, *(column.heading for column in COLUMNS)]


def _shielded(text: str) -> str:
    return "'" + text if _FORMULA.match(text) else text


@contextmanager
def new_workbook(path: Path, *, row_by_row: bool) -> "Iterator[Workbook]":
    """Write a workbook to a path. Raises ``OSError`` where it cannot be written.

    ``row_by_row`` writes each row as it comes, its texts in its own cells: few are in memory.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    workbook = Workbook(
        path, {"constant_memory": row_by_row, "default_format_properties": dict(LETTERS)}
    )
    yield workbook
    try:
        workbook.close()
    except FileCreateError as error:
        # The library wraps the error of the system.
        raise error.args[0] from error


def _write_sheet(
    workbook: "Workbook", rows: Iterable[Sequence[str]], *, title: str, spare: int
) -> None:
    """Write the headings and the rows under them, numbered, with ``spare`` rows to fill in."""
    sheet = workbook.add_worksheet(_("Members"))
    heading = workbook.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    text = workbook.add_format({"num_format": "@"})
    # Marks it as text in Excel too, so that it stays text when somebody edits the cell.
    quoted = workbook.add_format({"num_format": "@", "quote_prefix": True})
    sheet.set_column(0, 0, _NUMBER_WIDTH)
    for place, column in enumerate(COLUMNS, start=1):
        sheet.set_column(place, place, column.width, text if column.is_text else None)
    top = 0
    if title:
        sheet.write_string(0, 0, title, workbook.add_format({"bold": True, "font_size": 14}))
        top = 2
    for place, name in enumerate(_headings()):
        sheet.write_string(top, place, name, heading)
    last = top
    for last, row in enumerate(rows, start=top + 1):
        sheet.write_number(last, 0, last - top)
        for place, value in enumerate(row, start=1):
            if value:
                format_ = quoted if value[0] in FORMULA_SIGNS else None
                sheet.write_string(last, place, _plain(value), format_)
    # One rule draws the lines: a format in every empty cell would be a seventh of the file.
    lines = {"type": "no_errors", "format": workbook.add_format({"border": 1})}
    lined = last if last > top else top + _ROWS_BY_HAND
    sheet.conditional_format(top + 1, 0, lined, len(COLUMNS), lines)
    sheet.print_area(0, 0, lined, len(COLUMNS))
    _choices(sheet, top + 1, last + spare)
    _set_page(sheet, top)


def _plain(text: str) -> str:
    """Return a text so that the library does not write it as it is, as XML of its own."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _choices(sheet: "Worksheet", first: int, last: int) -> None:
    """Offer the words of a column in a drop-down; another word is refused at typing."""
    for place, column in enumerate(COLUMNS, start=1):
        if not column.choices:
            continue
        choices = list(column.choices.values())
        rule: dict[str, Any] = {
            "validate": "list",
            "source": choices,
            "error_title": column.heading,
            "error_message": _("Choose one of these: {choices}.").format(
                choices=", ".join(choices)
            ),
        }
        sheet.data_validation(first, place, last, place, rule)


def _set_page(sheet: "Worksheet", top: int) -> None:
    """Keep the headings in sight and on each printed page, A4 across."""
    sheet.freeze_panes(top + 1, 2)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P/&N")


def _write_help(workbook: "Workbook") -> None:
    sheet = workbook.add_worksheet(_("How to fill in"))
    sheet.set_column(0, 0, 100, workbook.add_format({"text_wrap": True}))
    lines = (
        _("One member a row. Only the name, the birth and the sex must be there."),
        _("Birth: 02/05/1950, or 05/1950, or only the year 1950."),
        _("Sex and household: choose from the list that the cell offers."),
        _("Household: leave it empty where none of the three applies."),
        _("Identity and phone numbers keep the zero they begin with."),
        _("Do not change the headings; columns may be left empty."),
    )
    for line, sentence in enumerate(lines):
        sheet.write_string(line, 0, sentence)
