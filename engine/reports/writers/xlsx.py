"""A report as a workbook: a summary, the targets, a row a club, a row a commune, what is late.

Numbers and days are numbers and days, so that they can be summed and sorted; text is always text,
whatever it begins with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from engine.files import FORMULA_SIGNS
from engine.i18n import _
from engine.labels import state_name
from engine.reports.columns import (
    DURATION_COLUMNS,
    EARLIER_COLUMNS,
    NUMBERS,
    OVERDUE_COLUMNS,
    RECEIVED_COLUMNS,
    Column,
    Format,
    club_columns,
    commune_columns,
    figure_labels,
)
from engine.reports.writers import sentences, words
from engine.reports.writers.places import in_one_province
from engine.targets import words as target_words
from engine.targets.goals import shown_period
from engine.targets.progress import bounds
from engine.vietnamese.text import upper_first

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
LINE, TALLEST = 16, 409
"""The height of one line, and the greatest of a row, in points."""
MOST_LETTERS = 32_767
"""A cell of a workbook holds no more."""
MOST_WIDTH, LEAST_OF_TEXT = 45, 20
"""The width of a column of long texts, and what it can be narrowed to, in Excel's units."""
UPRIGHT_COLUMNS = 4
"""A sheet of more columns is printed on its side."""
TITLE_LINE, TITLE_LETTER = 19, 1.4
"""The height of a line of a title, in points, and how much wider its letters are than others."""
PAGE_UPRIGHT, PAGE_ON_ITS_SIDE = 145, 215
"""The widths of columns that fit on a page of A4 in letters of 8 points, in Excel's units."""
SHEET_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

MADE = (Format.TASK,)
"""What is written where there is no value too."""

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet's heading row and rows; ``years`` are the columns of calendar years.

    ``total`` is the row below the others that adds them up, where there is one.
    """

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    years: frozenset[int] = frozenset()
    total: Sequence[Cell] = ()


def render(document: dict[str, Any]) -> bytes:
    """Return a built report as the bytes of a workbook."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, {"constant_memory": True})
    end = date.fromisoformat(document["period"]["end"])
    book.set_properties({"title": words.plain(document["report"]["title"])[:255]})
    book.set_properties({"created": _noon(end)})
    writer = _Writer(book, words.seal(document) or "")
    for table in _tables(in_one_province(document)):
        writer.sheet(table)
    book.close()
    return out.getvalue()


def _noon(day: date) -> Any:
    from datetime import UTC, datetime, time

    return datetime.combine(day, time(12), UTC)


def _tables(document: dict[str, Any]) -> Iterable[_Table]:
    report, whose = document["report"]["title"], upper_first(sentences.place(document))
    title = f"{whose}: {report}. {words.span(document)}"
    headings: tuple[str, ...] = (_("Figure"), _("Value"))
    rows = list(_summary(document))
    if document["previous"] is not None:
        headings = (*headings, words.change_heading(document))
        rows = [(*row, None)[:3] for row in rows]
    yield _Table(_("Summary"), title, headings, rows)
    yield from (one for one in _lists(document, title) if one.rows)


def _lists(document: dict[str, Any], title: str) -> Iterable[_Table]:
    """Yield the other sheets; one without a row is left out."""
    sums = document["figures"]
    yield from map(_section, document["subject"])
    yield _Table(_("Targets"), title, _target_headings(), list(map(_target, document["progress"])))
    own = document["own_funds"]
    columns, of_commune = club_columns(own), commune_columns(own)
    added = {one.name: sums[one.name] for one in columns if one.sum_label}
    yield _figures(
        _("Clubs"), title, columns, document["clubs"], added, _("Total of the clubs alive")
    )
    whole = {**sums, "villages": sums["villages_with_clubs"]}
    plain = [one for one in of_commune if not one.of_some]
    yield _figures(_("Communes"), title, plain, document["communes"], whole)
    kept = [one for one in of_commune if one.of_some]
    rows = [row for row in document["communes"] if any(row[one.name] is not None for one in kept)]
    yield _figures(_("Books of clubs"), title, (of_commune[0], *kept), rows, whole)
    received = document["received"]
    amount = {"amount": received["total"]}
    yield _figures(_("Money received"), title, RECEIVED_COLUMNS, received["parts"], amount)
    yield _figures(_("Overdue"), title, OVERDUE_COLUMNS, document["overdue"])
    yield _Table(
        _("Attention"),
        title,
        (_("Club's name"), _("Commune"), _("Why"), _("Ground")),
        list(_attention(document)),
    )
    yield _figures(_("Stages"), title, DURATION_COLUMNS, document["durations"])
    yield _figures(_("Earlier reports"), title, EARLIER_COLUMNS, document["earlier_reports"])
    yield from map(_section, document["sections"])


def _section(one: dict[str, Any]) -> _Table:
    source = f" ({one['source']})" if one["source"] else ""
    return _Table(one["title"], f"{one['title']}{source}", one["headings"], one["rows"])


def _figures(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[dict[str, Any]],
    sums: Mapping[str, int] | None = None,
    of: str = "",
) -> _Table:
    """Return a sheet of columns; ``sums`` are the report's own figures for the row of totals.

    ``of`` is what that row is of, where it is not of all rows.
    """
    writers = [_value_writer(column) for column in columns]
    cells = [[value(row) for value in writers] for row in rows]
    years = {place for place, one in enumerate(columns) if one.format is Format.YEAR}
    total: list[Cell] = []
    if sums is not None:
        total = [of or _("Total"), *(sums.get(one.name) for one in columns[1:])]
    headings = [one.heading for one in columns]
    return _Table(name, title, headings, cells, frozenset(years), total)


def _value_writer(column: Column) -> Callable[[dict[str, Any]], Cell]:
    """Return what a column has of a row: numbers and days as such, anything else as text."""
    name, write = column.name, words.cell_writer(column)
    if column.format in NUMBERS:
        return itemgetter(name)
    if column.format is Format.DAY:
        return lambda row: _day(row[name])
    if column.format is Format.SENT:
        return lambda row: _day(row[name]) or write(row)
    if column.format in MADE:
        return write
    return lambda row: None if row[name] is None else write(row)


@cache
def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def _summary(document: dict[str, Any]) -> Iterable[Sequence[Cell]]:
    report, sums = document["report"], document["figures"]
    yield _("Report"), report["title"]
    yield _("Province or city"), document["province"]["name"]
    yield _("Period"), words.span(document)
    yield _("Article"), report["source"]
    yield _("Reporters"), words.reporters(document)
    yield _("Recipients"), "; ".join(words.recipients(document)) or _("not stipulated")
    if report["due_on"]:
        yield _("Due"), date.fromisoformat(report["due_on"])
    else:
        yield _("Due"), _("not stipulated")
    for notice in document["notices"]:
        yield _("Note"), notice
    for name, label in figure_labels(document["own_funds"]).items():
        if sums[name] is None:
            continue  # no club has it on record
        change = sentences.change_of(document, name)
        yield (_(label), sums[name]) if change is None else (_(label), sums[name], change)
    yield _("Grants and contributions up to the day (đồng)"), document["received"]["total"]
    for state, count in sums["clubs_by_state"].items():
        yield _("Stage: {state}").format(state=state_name(state)), count
    for text in words.failures(document):
        yield _("Note"), text
    yield _("How this page was made"), upper_first(words.made(document))
    if document["seal"]:
        yield _("Check line"), document["seal"]["line"]


def _target_headings() -> Sequence[str]:
    return (
        _("Target"),
        _("Kind"),
        _("Period"),
        _("Reading"),
        _("Asked"),
        _("Unit"),
        _("Asked at least"),
        _("Asked at most"),
        _("Reached so far"),
        _("Of"),
        _("Percent"),
        _("Status"),
        _("Article"),
        _("Note"),
    )


def _target(row: dict[str, Any]) -> Sequence[Cell]:
    asked = row["target"]
    low, high = (None, None) if asked is None else bounds(asked)
    if row["kind"] == "budget":
        low, high = None, low
    elif row["kind"] == "stretch":
        low = None  # "about" so many is no least number
    return (
        row["label"],
        target_words.nature(row),
        shown_period(row["period"]),
        row["reading"],
        target_words.asked(row),
        target_words.unit_name(row),
        low,
        high,
        row["actual"],
        row["denominator"],
        row["percent"],
        target_words.status(row),
        row["source"],
        row["note"],
    )


def _attention(document: dict[str, Any]) -> Iterable[Sequence[Cell]]:
    for row in document["attention"]:
        for one in row["reasons"]:
            yield (
                row["name"],
                words.commune(row),
                words.reason(one, document["own_funds"]),
                one["source"],
            )


class _Writer:
    """Writes tables in one style."""

    def __init__(self, book: "Workbook", seal: str) -> None:
        self.book = book
        self.seal = seal
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        self.title = book.add_format({**font, "bold": True, "font_size": 14, "text_wrap": True})
        self.heading = book.add_format(
            {**font, "bold": True, "border": 1, "align": "center", "valign": "vcenter"}
            | {"text_wrap": True, "bg_color": "#EEF2F6"}
        )
        self.text = book.add_format({**font, "border": 1, "text_wrap": True})
        # Shows in Excel too that it is text, so that it stays text when somebody edits the cell.
        self.quoted = book.add_format(
            {**font, "border": 1, "text_wrap": True, "num_format": "@", "quote_prefix": True}
        )
        self.whole = book.add_format({**font, "border": 1, "num_format": "#,##0"})
        self.year = book.add_format({**font, "border": 1, "num_format": "0"})
        self.decimal = book.add_format({**font, "border": 1, "num_format": "#,##0.0"})
        self.day = book.add_format({**font, "border": 1, "num_format": "dd/mm/yyyy"})
        self.names: set[str] = set()
        self.sum = book.add_format(
            {**font, "border": 1, "bold": True, "text_wrap": True, "num_format": "#,##0"}
        )

    def sheet(self, table: _Table) -> None:
        """Write one sheet: title, headings repeated on each printed page, rows."""
        sheet = self.book.add_worksheet(self._name(table.name))
        top = 2
        longest = [
            max(map(_length, {row[column] for row in table.rows}), default=0)
            for column in range(len(table.headings))
        ]
        widths = list(map(_width, table.headings, longest))
        if len(table.headings) > 1:
            widths = _narrowed(widths)
        tight = [place for place, width in enumerate(widths) if longest[place] > width - 2]
        narrow = [widths[place] for place in tight]
        sheet.set_default_row(LINE)
        self._title(sheet, _cut(table.title), widths)
        for column, (heading, width) in enumerate(zip(table.headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(top, column, _cut(heading), self.heading)
        sheet.set_row(top, _height(table.headings, widths))
        for line, row in enumerate(table.rows, start=top + 1):
            height = _height([row[place] for place in tight], narrow)
            if height > LINE:
                sheet.set_row(line, height)
            for column, value in enumerate(row):
                self._cell(sheet, line, column, value, year=column in table.years)
        last = top + 1 + len(table.rows)
        for column, value in enumerate(table.total):
            sheet.write(last, column, value, self.sum)
        if table.total:
            sheet.set_row(last, _height(table.total, widths))
        self._page(sheet, top, widths, len(table.rows))

    def _title(self, sheet: "Worksheet", title: str, widths: Sequence[int]) -> None:
        """Write the title over the columns of the first page: a longer one takes more lines.

        One that ran out of its cell would be printed on, and make every letter smaller. Where there
        are several pages side by side, it is in the column that is on each of them.
        """
        fitting = [n for n in range(1, len(widths) + 1) if sum(widths[:n]) <= _room(widths)]
        last = max(fitting, default=1) if _pages(widths) == 1 else 1
        if last > 1:
            sheet.merge_range(0, 0, 0, last - 1, None, self.title)
        sheet.write_string(0, 0, title, self.title)
        lines = -(-len(title) // max(1, int(sum(widths[:last]) / TITLE_LETTER)))
        sheet.set_row(0, min(TALLEST, TITLE_LINE * lines))

    def _cell(self, sheet: "Worksheet", line: int, column: int, value: Cell, *, year: bool) -> None:
        if value is None:
            sheet.write_blank(line, column, None, self.text)
        elif isinstance(value, date):
            sheet.write_datetime(line, column, value, self.day)
        elif isinstance(value, float):
            sheet.write_number(line, column, value, self.decimal)
        elif isinstance(value, int):
            sheet.write_number(line, column, value, self.year if year else self.whole)
        else:
            text = _cut(value)
            acts = text[:1] in f"{FORMULA_SIGNS}<"
            sheet.write_string(line, column, text, self.quoted if acts and text else self.text)

    def _page(self, sheet: "Worksheet", top: int, widths: Sequence[int], rows: int) -> None:
        """Lay the sheet out for A4; one too wide for letters that are read gets more pages."""
        columns = len(widths)
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        if rows and columns:
            sheet.autofilter(top, 0, top + rows, columns - 1)
        if columns > UPRIGHT_COLUMNS:
            sheet.set_landscape()
        sheet.set_paper(A4)
        across = _pages(widths)
        sheet.fit_to_pages(across, 0)
        if across > 1:
            sheet.repeat_columns(0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{self.seal}&R&P/&N" if self.seal else "&C&P/&N")

    def _name(self, wanted: str) -> str:
        """Return a name that Excel takes and no other sheet has."""
        plain = " ".join(words.plain(wanted).translate(FORBIDDEN).split())
        base, number = _short(plain) or _("Table"), 1
        name = base
        while name.lower() in self.names:
            number += 1
            name = f"{base[: SHEET_NAME - 4]} {number}"
        self.names.add(name.lower())
        return name


def _short(name: str) -> str:
    """Return a sheet's name, cut between two words; the sheet's title has it whole."""
    if len(name) <= SHEET_NAME:
        return name
    whole = name[:SHEET_NAME].rpartition(" ")[0] or name[: SHEET_NAME - 1]
    return f"{whole.rstrip(' ,;-')}…"


def _pages(widths: Sequence[int]) -> int:
    """Return on how many pages side by side a sheet is printed, the first column on each."""
    first, rest = widths[0], sum(widths[1:])
    return max(1, -(-rest // (_room(widths) - first)))


def _room(widths: Sequence[int]) -> int:
    """Return the width of columns that a page has room for."""
    return PAGE_UPRIGHT if len(widths) <= UPRIGHT_COLUMNS else PAGE_ON_ITS_SIDE


def _narrowed(widths: Sequence[int]) -> list[int]:
    """Return the widths with long texts in narrower columns, if the sheet then fits on one page."""
    fitted = list(widths)
    while sum(fitted) > _room(widths):
        widest = max(range(len(fitted)), key=fitted.__getitem__)
        if fitted[widest] <= LEAST_OF_TEXT:
            return list(widths)
        fitted[widest] -= 1
    return fitted


def _cut(text: str) -> str:
    """Return text as one cell holds it; between these marks the library would copy XML."""
    whole = words.plain(text)
    if len(whole) > MOST_LETTERS:
        whole = whole[: MOST_LETTERS - 1] + "…"
    return whole + " " if whole.startswith("<r>") else whole


def _width(heading: str, longest: int) -> int:
    word = max(map(len, heading.split()), default=0)
    return max(8, word + 3, min(MOST_WIDTH, longest + 2))


def _height(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return how high a row is, in points, so that its longest text is seen whole.

    Not every program fits a row to its text when it opens a file.
    """
    texts = (
        (len(value), width)
        for value, width in zip(row, widths, strict=True)
        if isinstance(value, str)
    )
    lines = max((-(-length // (width - 2)) for length, width in texts), default=1)
    return min(TALLEST, LINE * max(1, lines))


def _length(value: Cell) -> int:
    if isinstance(value, date):
        return 11
    if isinstance(value, int):
        return len(f"{value:,}") + 1
    return len(str(value or ""))
