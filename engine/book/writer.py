"""A club's book as a workbook: what the log has, rows to write in, and pages that are only read.

Row 1 of a sheet and column A are hidden: the row has the club, the sheet, the club's last event and
the path of each column, the column the event of each row. So rows may be sorted, columns moved and
sheets renamed; only a copy of a row has the mark of another, which its content shows.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import words
from engine.book import attendance
from engine.book.entries import Book
from engine.book.sheets import (
    ACTIVITY,
    MOST_ROWS,
    PAIRS,
    PRESENT,
    SHEETS,
    WHY,
    Column,
    SheetForm,
    fingerprint,
)
from engine.files import FORMULA_SIGNS, replacing
from engine.i18n import _
from engine.labels import fund_held, fund_name, post_name, state_name
from engine.model import Loan
from engine.reports import loans, money
from engine.reports.clubs import Seat
from engine.reports.due_row import Due, task_words
from engine.roster.columns import heading_of
from engine.roster.members import in_order
from engine.roster.writer import LIST, list_suffix, new_workbook
from engine.vietnamese.money import rate_text
from engine.vietnamese.text import dmy, dong, number, upper_first

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MARK = "clb-book"
TICK = "x"
NAME_HEADING = heading_of("name")
SPARE = 20
"""Blank rows that have lines and are printed."""
PAIRED = 2
"""Cells of a row of a page that are a name and what it is; more are a table with headings."""
MIDDLE = {"valign": "vcenter"}
_A4 = 9
_LINE = 16
"""The height of a line of text, in points."""
_FIRST = 3
"""The first row under the headings, counted from 0."""


class BookFile:
    """Writes one workbook."""

    def __init__(self, workbook: "Workbook", book: Book) -> None:
        self._workbook = workbook
        self._book = book
        self._formats: dict[str, Format] = {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "heading": workbook.add_format(
                {
                    "bold": True,
                    "border": 1,
                    "align": "center",
                    "valign": "vcenter",
                    "text_wrap": True,
                    "bg_color": "#DDEBF7",
                }
            ),
            "day": workbook.add_format({"num_format": "dd/mm/yyyy", **MIDDLE}),
            "money": workbook.add_format({"num_format": "#,##0", **MIDDLE}),
            "text": workbook.add_format({"num_format": "@", "text_wrap": True, **MIDDLE}),
            "quoted": workbook.add_format(
                {"num_format": "@", "text_wrap": True, "quote_prefix": True, **MIDDLE}
            ),
            "shown": workbook.add_format(
                {"font_color": "#7F7F7F", "num_format": "#,##0", **MIDDLE}
            ),
            "wrapped": workbook.add_format({"text_wrap": True, "valign": "top"}),
            "tick": workbook.add_format({"align": "center", "num_format": "@", **MIDDLE}),
        }

    def page(
        self, name: str, title: str, rows: Iterable[Sequence[str]], widths: Sequence[int]
    ) -> None:
        """Write a page that is only read; its sheet is protected, without a password."""
        sheet = self._workbook.add_worksheet(name)
        sheet.write_string(0, 0, title, self._formats["title"])
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for line, row in enumerate(rows, start=2):
            heads = line == 2 and len(row) > PAIRED
            for place, text in enumerate(row):
                self._text(sheet, line, place, text, "heading" if heads else "wrapped")
        sheet.protect()
        self._print(sheet)

    def rows(self, form: SheetForm) -> None:
        """Write a sheet that is typed into."""
        sheet = self._workbook.add_worksheet(_(form.name))
        columns = form.columns(self._book.activities, self._book.own)
        club = self._book.club
        keys = " ".join((MARK, club.id, form.key, str(club.seq)))
        sheet.write_string(0, 0, keys)
        sheet.write_string(1, 0, attendance.HEAD)
        sheet.write_string(2, 0, attendance.HEAD)
        sheet.write_string(1, 1, f"{_(form.name)}. {club.name}", self._formats["title"])
        for place, column in enumerate(columns, start=1):
            sheet.write_string(0, place, column.path)
            sheet.write_string(2, place, column.heading, self._formats["heading"])
            sheet.set_column(place, place, column.width, self._formats[_kind(column)])
        entries = self._book.entries[form.key]
        for line, entry in enumerate(entries, start=_FIRST):
            sheet.write_string(line, 0, f"{entry.id} {fingerprint(entry.values)}")
            shown = {**entry.values, **{f"={path}": value for path, value in entry.shown.items()}}
            cells = [(column, shown.get(column.path)) for column in columns]
            sheet.set_row(line, _LINE * max(self._lines(*cell) for cell in cells))
            for place, (column, value) in enumerate(cells, start=1):
                self._cell(sheet, line, place, column, value)
        last = _FIRST + len(entries) + MOST_ROWS
        for place, column in enumerate(columns, start=1):
            self._choices(sheet, form, column, place, last)
        lines = {"type": "no_errors", "format": self._workbook.add_format({"border": 1})}
        # Blank rows below are for writing, by hand too: they are printed with the others.
        sheet.conditional_format(_FIRST, 1, _FIRST + len(entries) + SPARE, len(columns), lines)
        printed = [place for place, one in enumerate(columns, start=1) if one.path != WHY]
        sheet.print_area(1, 1, _FIRST + len(entries) + SPARE, printed[-1])
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 3, None, {"hidden": True})
        sheet.set_row(2, _height(columns))
        sheet.freeze_panes(_FIRST, 2)
        sheet.repeat_rows(2)
        self._print(sheet)

    def attendance(self) -> None:
        """Write the sheet on which members are ticked: the last meetings, then room for more."""
        name = _(attendance.NAME)
        sheet = self._workbook.add_worksheet(name)
        club, people = self._book.club, in_order(self._book.people)
        met = sorted(self._book.entries["meeting"], key=lambda one: str(one.values["date"]))
        met = met[-attendance.SHOWN :]
        columns = len(met) + attendance.SHOWN
        sheet.write_string(0, 0, " ".join((MARK, club.id, attendance.KEY, str(club.seq))))
        sheet.write_string(0, 1, attendance.NAME_PATH)
        sheet.write_string(1, 0, attendance.HEAD)
        sheet.write_string(2, 0, attendance.HEAD)
        sheet.write_string(1, 1, f"{name}. {club.name}", self._formats["title"])
        sheet.write_string(2, 1, NAME_HEADING, self._formats["heading"])
        sheet.set_column(1, 1, 28, self._formats["text"])
        sheet.set_column(2, 1 + columns, 7, self._formats["tick"])
        heading = self._workbook.add_format(
            {"bold": True, "border": 1, "num_format": "dd/mm", "bg_color": "#DDEBF7"}
        )
        for place in range(2, 2 + columns):
            sheet.write_blank(2, place, None, heading)
        for place, entry in enumerate(met, start=2):
            sheet.write_datetime(2, place, date.fromisoformat(entry.values["date"]), heading)
            sheet.write_string(0, place, attendance.mark_of(entry.values.get(PRESENT, ())))
        for line, one in enumerate(people, start=_FIRST):
            sheet.write_string(line, 0, one.id)
            self._text(sheet, line, 1, self._book.label(one.id))
            for place, entry in enumerate(met, start=2):
                if one.id in entry.values.get(PRESENT, ()):
                    sheet.write_string(line, place, TICK, self._formats["tick"])
        last = _FIRST + max(len(people), 1) + SPARE
        rule = {"validate": "list", "source": [TICK], "error_type": "warning"}
        sheet.data_validation(_FIRST, 2, last, 1 + columns, rule)
        lines = {"type": "no_errors", "format": self._workbook.add_format({"border": 1})}
        sheet.conditional_format(_FIRST, 1, last, 1 + columns, lines)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 3, None, {"hidden": True})
        sheet.freeze_panes(_FIRST, 2)
        sheet.repeat_rows(2)
        self._print(sheet)

    def _lines(self, column: Column, value: Any) -> int:
        """Return how many lines a value takes in its column."""
        text = value if isinstance(value, str) and _kind(column) == "text" else ""
        if column.path == PAIRS and value:
            text = "; ".join(map(self._book.pair_label, value))
        return max(1, ceil(1.1 * len(text) / column.width))

    def _cell(self, sheet: "Worksheet", line: int, place: int, column: Column, value: Any) -> None:
        """Write a value: a number as a number, a day as a day, a code as its word."""
        if value is None:
            return
        kind = _kind(column)
        field = column.field
        if column.path.startswith(ACTIVITY) or value is True:
            sheet.write_string(line, place, TICK, self._formats["tick"])
        elif kind == "day" or (column.is_shown_only and isinstance(value, str)):
            day = self._formats["day"]
            sheet.write_datetime(line, place, date.fromisoformat(value), day)
        elif column.path == "member":
            self._text(sheet, line, place, self._book.label(value))
        elif column.path == PAIRS:
            self._text(sheet, line, place, "; ".join(map(self._book.pair_label, value)))
        elif field is not None and field.meaning == "rate":
            self._text(sheet, line, place, rate_text(value))
        elif isinstance(value, int):
            sheet.write_number(line, place, value)
        elif field is not None and field.choices:
            self._text(sheet, line, place, words.of(field.choices, field.called)[value][0])
        else:
            self._text(sheet, line, place, str(value))

    def _text(
        self, sheet: "Worksheet", line: int, place: int, text: str, kind: str = "text"
    ) -> None:
        """Write text as text, whatever it begins with."""
        kind = "quoted" if text[:1] in FORMULA_SIGNS and text else kind
        plain = f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
        sheet.write_string(line, place, plain, self._formats[kind])

    def _choices(
        self, sheet: "Worksheet", form: SheetForm, column: Column, place: int, last: int
    ) -> None:
        """Offer the words of a column in a drop-down; what else was typed the import judges."""
        source: Any = list(column.choices)
        if column.path.startswith(ACTIVITY) or (column.field and column.field.kind == "boolean"):
            source = [TICK]
        elif column.path == "member":
            name = _(SHEETS[0].name).replace("'", "''")
            source = f"='{name}'!$B${_FIRST + 1}:$B${_FIRST + MOST_ROWS}"
        elif offered := form.offers(column):
            source = offered
        if not source:
            return
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(_FIRST, place, last, place, rule)

    def _print(self, sheet: "Worksheet") -> None:
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C&P/&N")


def _kind(column: Column) -> str:
    """Return the format of a column's cells."""
    if column.is_shown_only:
        return "shown"
    if column.path.startswith(ACTIVITY) or (column.field and column.field.kind == "boolean"):
        return "tick"
    if column.field is None or column.field.meaning == "rate":
        return "text"
    if column.field.kind == "date":
        return "day"
    return "money" if column.field.kind == "integer" else "text"


def write_book(
    path: Path,
    book: Book,
    board: Sequence[Seat],
    due: Sequence[Due],
    ledger: list[money.LedgerLine],
    given: Sequence[Loan],
    on: date,
) -> None:
    """Write a club's workbook (.xlsx). Raises as :func:`engine.roster.writer.write_list`."""
    list_suffix(path, only=(".xlsx",))
    with (
        replacing(path, LIST) as unfinished,
        new_workbook(unfinished, row_by_row=False) as workbook,
    ):
        file = BookFile(workbook, book)
        file.page(_("How to fill in"), _("How to fill in"), _help(), (100,))
        file.page(_("Profile"), book.club.name, _profile(book, ledger, given, on), (36, 60))
        file.rows(SHEETS[0])
        seats = [(post_name(one.post), one.name or one.person, dmy(one.since)) for one in board]
        file.page(_("Club board"), _("Club board"), _board(seats), (32, 40, 16))
        for form in SHEETS[1:]:
            file.rows(form)
            if form.key == "meeting":
                file.attendance()
        file.page(_("To be done"), _("To be done"), _tasks(book, due, given, on), (70, 16, 24))


def _tasks(
    book: Book, due: Sequence[Due], given: Sequence[Loan], on: date
) -> Iterable[Sequence[str]]:
    """Yield what falls due, of a loan with who owes it, and how late it is."""
    yield _("What"), _("Due"), _("Days late")
    owing = {f"{book.club.id}.loan.{one.seq}": book.label(one.member) for one in given}
    for one in due:
        days = one.overdue_days(on)
        late = number(days) if days else ""
        what = ": ".join(filter(None, (task_words(one), owing.get(one.mark))))
        yield what, dmy(one.due_on) if one.due_on else "", late


def _height(columns: Iterable[Column]) -> int:
    """Return the height of the headings: as many lines as the longest one takes in its column."""
    return _LINE * max(3, *(ceil(1.3 * len(one.heading) / one.width) for one in columns))


def _profile(
    book: Book, ledger: list[money.LedgerLine], given: Sequence[Loan], on: date
) -> Iterable[tuple[str, str]]:
    """Yield what the club is and has, on a day."""
    club, sums = book.club, loans.sums(given, on)
    yield _("Club's name"), club.name
    yield _("Club"), club.id
    yield _("Village"), club.village
    yield _("Commune"), club.commune
    yield _("State"), state_name(club.state)
    yield _("On the day"), dmy(on)
    yield _("Members"), number(len(book.people))
    for fund, held in money.balances(ledger, book.funds).items():
        yield upper_first(fund_name(fund, book.labels)), fund_held(held)
    yield _("Borrowers"), number(sums.borrowers)
    yield _("Lent"), dong(sums.lent)
    yield _("Still owed"), dong(sums.outstanding)
    yield _("Overdue"), dong(sums.overdue)


def _board(seats: Sequence[tuple[str, str, str]]) -> Iterable[Sequence[str]]:
    """Yield who is on the board, or that nobody is named yet."""
    if not seats:
        yield (_("No board has been named yet."),)
        return
    yield _("Post"), _("Name"), _("Since")
    yield from seats


def _help() -> Iterable[tuple[str]]:
    """Yield what whoever fills in the workbook has to know."""
    for sentence in (
        _("Write new rows below the others; one row for each thing that happened."),
        _("Dates: 15/09/2026. Amounts: 500000, 500.000 or 500 nghìn; no formula is needed."),
        _("Choose words and names from the list that the cell offers."),
        _("A tick is the letter x: what the meeting was about, a loan in kind, an old debt."),
        _("Repayments: write the loan's number, or only who repaid where there is one loan."),
        _(
            "Who was present: write the day above a column and an x for each one; then the count "
            "may be empty."
        ),
        _("Home care: a later row of a month takes the place of an earlier one."),
        _(
            "A reason: where the import warns of a row, write why it is right and take the file "
            "in again."
        ),
        _("Rows may be sorted and columns widened or moved; leave the hidden row and column."),
        _("A row that was recorded is not changed here: the import proposes how to correct it."),
        _("A row that is deleted here stays in the book of the club."),
        _("After each import take a new workbook, so that the new rows have their marks."),
        _("Profile, board and tasks are only to be read."),
    ):
        yield (sentence,)
