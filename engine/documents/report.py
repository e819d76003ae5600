"""A report as a paper in the format of Nghị định 30/2020/NĐ-CP, with its tables."""

import re
from collections.abc import Container, Iterable, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from engine.documents.render import built_in
from engine.documents.render import render as fill
from engine.documents.report_head import Head
from engine.documents.report_head import blank as unsigned
from engine.documents.snapshot import FILED
from engine.i18n import _
from engine.labels import state_name
from engine.reports.columns import (
    COLUMNS,
    COMMUNE_COLUMNS,
    EARLIER_COLUMNS,
    FIGURES,
    OVERDUE_COLUMNS,
    RECEIVED_COLUMNS,
    Column,
)
from engine.reports.deadlines import OVERVIEW
from engine.reports.writers import words
from engine.targets import words as target_words
from engine.targets.goals import shown_period
from engine.vietnamese.text import number

_FIGURE = re.compile(r"[0-9./-]+|–")
ROOM = Mm(15)
"""The height of an empty row, which is filled in by hand."""
TABLE_STYLE = "TableGrid"
"""The style of the template's tables of figures; its head and foot have none."""
SMALL = 10
"""The size of the line at the foot of a page, in points."""
MOST_LETTERS = 500
"""A cell of a printed table holds no more of one text; the other formats hold it whole."""


def render(document: dict[str, Any], head: Head | None = None) -> bytes:
    """Return a built report as the bytes of a Word file.

    ``head`` is who issues and signs it; without it that is left blank.
    """
    tables = list(_tables(document))
    values = {
        **(head or unsigned()),
        "about": f"{document['report']['title']} - {document['province']['name']}",
        "span": words.span(document),
        "notices": [*_source(document), *document["notices"]],
        "tables": [
            {
                "title": _cut(title),
                "headings": [_cut(heading) for heading, _width in columns],
                "rows": [[_cut(cell) for cell in row] for row in rows],
            }
            for title, columns, rows in tables
        ],
        "failures": words.failures(document),
        "origin": words.origin(document),
        "recipients": [*words.recipients(document), FILED],
    }

    def arrange(word: Any) -> None:
        if line := words.seal(document):
            _feet(word, line)
        word.core_properties.title = words.plain(document["report"]["title"])
        shown = [one for one in word.element.body.tbl_lst if one.tblStyle_val == TABLE_STYLE]
        for table, (_title, columns, rows) in zip(shown, tables, strict=True):
            _columns(table, [width for _heading, width in columns], _figures(rows, len(columns)))

    return fill(built_in("report.docx"), values, arrange).data


def _feet(word: Any, line: str) -> None:
    """Print a line at the foot of every page."""
    for section in word.sections:
        for foot in (section.footer, section.first_page_footer):
            foot.is_linked_to_previous = False
            run = foot.paragraphs[0].add_run(line)
            run.font.size, run.italic = Pt(SMALL), True


def _columns(table: Any, widths: Sequence[int], figures: Container[int]) -> None:
    """Give a table's columns their widths in millimetres, and centre those of figures."""
    for place, column in enumerate(table.tblGrid.gridCol_lst):
        column.w = Mm(widths[place])
    for number_, row in enumerate(table.tr_lst):
        if not any(cell.p_lst[0].text for cell in row.tc_lst):
            row.trHeight_val = ROOM
        for place, cell in enumerate(row.tc_lst):
            cell.width = Mm(widths[place])
            if number_ and place in figures:
                cell.p_lst[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _tables(document: dict[str, Any]) -> Any:
    """Yield each table: title, columns and rows of texts."""
    yield from _sections(document["subject"])
    sums = document["figures"]
    yield (
        _("Main figures"),
        ((_("Figure"), 110), (_("Value"), 55)),
        [(_(label), number(sums[name])) for name, label in FIGURES.items()]
        + [
            (_("Stage: {state}").format(state=state_name(state)), number(count))
            for state, count in sums["clubs_by_state"].items()
        ],
    )
    yield (
        _("Progress against each target"),
        ((_("Target"), 55), (_("Asked"), 32), (_("Stands at"), 38), (_("Article"), 40)),
        [_target(row) for row in document["progress"]],
    )
    yield _chosen(_("Clubs by commune"), COMMUNE_COLUMNS, document["communes"])
    received, late = document["received"]["parts"], document["overdue"]
    if received:
        yield _chosen(_("Money received"), RECEIVED_COLUMNS, received)
    if late:
        yield _chosen(_("What is overdue"), OVERDUE_COLUMNS, late)
    if document["earlier_reports"]:
        earlier = document["earlier_reports"]
        yield _chosen(_("Earlier reports"), EARLIER_COLUMNS, earlier)
    if document["attention"]:
        yield (
            _("Clubs that need attention"),
            ((_("Club's name"), 55), (_("Commune"), 35), (_("Why"), 75)),
            [
                (row["name"], words.commune(row), words.reasons(row))
                for row in document["attention"]
            ],
        )
    yield _chosen(_("All clubs"), COLUMNS, document["clubs"])
    yield from _sections(document["sections"])


def _source(document: dict[str, Any]) -> list[str]:
    """Return the line with the article that asks for the report; nobody asks for the overview."""
    report = document["report"]
    if report["id"] == OVERVIEW:
        return []
    return [f"{_('Article')}: {report['source'] or _('not stipulated')}"]


def _sections(sections: Iterable[dict[str, Any]]) -> Any:
    for one in sections:
        if one["headings"]:
            width = 165 // len(one["headings"])
            source = f" ({one['source']})" if one["source"] else ""
            rows = [[_printed(cell) for cell in row] for row in one["rows"]]
            yield one["title"] + source, [(name, width) for name in one["headings"]], rows


def _chosen(
    title: str, columns: Iterable[Column], rows: Iterable[dict[str, Any]]
) -> tuple[str, Sequence[tuple[str, int]], Sequence[Sequence[str]]]:
    """Return the table of those columns that have a width in a paper."""
    shown = [one for one in columns if one.width]
    return (
        title,
        [(one.heading, one.width) for one in shown],
        [[words.cell(one, row, missing="") for one in shown] for row in rows],
    )


def _target(row: dict[str, Any]) -> Sequence[str]:
    reached = target_words.reached(row)
    if row["percent"] is not None:
        reached = f"{reached} ({target_words.percent(row['percent'])})"
    label = f"{row['label']} [{shown_period(row['period'])}]"
    if row["reading"]:
        label += f" ({row['reading']})"
    status = target_words.status(row)
    return label, target_words.asked(row), f"{reached}. {status}", row["source"] or ""


def _printed(cell: str | int | None) -> str:
    if cell is None:
        return words.MISSING
    return number(cell) if isinstance(cell, int) else cell


def _figures(rows: Sequence[Sequence[str]], columns: int) -> set[int]:
    """Return the columns that hold nothing but numbers and days, which are centred."""
    return {
        place
        for place in range(columns)
        if rows and all(_FIGURE.fullmatch(row[place]) for row in rows)
    }


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"
