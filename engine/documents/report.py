"""A report as a paper in the format of Nghị định 30/2020/NĐ-CP, in words, with its tables.

An office's report has three parts: results (kết quả), difficulties with their causes (khó khăn,
vướng mắc và nguyên nhân), proposals (đề xuất, kiến nghị). Figures and the clubs are annexes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from engine.documents.render import built_in
from engine.documents.render import render as fill
from engine.documents.report_head import Head
from engine.documents.report_head import blank as unsigned
from engine.documents.snapshot import FILED
from engine.documents.words import BLANK, lower_first
from engine.i18n import _
from engine.labels import period_name, state_name
from engine.policy.effective import general_citation
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
from engine.reports.subjects import DIFFICULTIES
from engine.reports.writers import sentences, words
from engine.targets import words as target_words
from engine.targets.goals import shown_period
from engine.vietnamese.text import number, upper_first

_DAY = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}|–|")
_NUMBER = re.compile(r"-?[0-9.]+(,[0-9]+)?%?|–|")
_KIND = re.compile(r"^báo cáo,?\s+", re.IGNORECASE)
_RESULTS_OF = re.compile(r"^(năm|6 tháng)\s+(kết quả\b.*)", re.IGNORECASE)
ROOM = Mm(15)
"""The height of an empty row, which is filled in by hand."""
TABLE_STYLE = "TableGrid"
"""The style of the template's tables of figures; its head and foot have none."""
WIDTH, LANDSCAPE = 165, 252
"""The room for a table on an upright page and on one on its side, in millimetres."""
NUMBERS = 13
"""The width of the column that numbers the rows of a list, in millimetres."""
SMALL = 9
"""The size of the line at the foot of a page, in points."""
MOST_LETTERS = 500
"""A cell of a printed table holds no more of one text; the other formats hold it whole."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of texts: each column's heading and part of the width."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    width: int = WIDTH

    def values(self) -> dict[str, Any]:
        """Return what the template prints of it."""
        return {
            "title": _cut(self.title),
            "headings": [_cut(heading) for heading, _width in self.columns],
            "rows": [[_cut(cell) for cell in row] for row in self.rows],
        }

    def widths(self) -> list[float]:
        """Return the widths of the columns in millimetres."""
        whole = sum(width for _heading, width in self.columns)
        return [width * self.width / whole for _heading, width in self.columns]


def render(document: dict[str, Any], head: Head | None = None) -> bytes:
    """Return a built report as the bytes of a Word file.

    ``head`` is who issues and signs it; without it that is left blank.
    """
    parts = list(_parts(document))
    figures, lists = list(_figures(document)), list(_lists(document))
    about = _about(document)
    values = {
        **(head or unsigned()),
        "about": about,
        "about_inside": lower_first(about),
        "span": words.span(document),
        "opening": _opening(document),
        "parts": [
            {**part, "tables": [table.values() for table in part["tables"]]} for part in parts
        ],
        "tables": [table.values() for table in figures],
        "lists": [table.values() for table in lists],
        "failures": words.failures(document),
        "recipients": [*_recipients(document), FILED],
    }
    tables = [*(table for part in parts for table in part["tables"]), *figures, *lists]

    def arrange(word: Any) -> None:
        shown = [one for one in word.element.body.tbl_lst if one.tblStyle_val == TABLE_STYLE]
        for table, made in zip(shown, tables, strict=True):
            _arrange(table, made)
        if not lists:
            _take_out(word, len(word.sections) - 1)
        if not figures:
            _take_out(word, 1)
        _feet(word, words.foot(document))
        word.core_properties.title = words.plain(document["report"]["title"])

    return fill(built_in("report.docx"), values, arrange).data


def _about(document: dict[str, Any]) -> str:
    """Return what the report is about, without the words that the paper's type has already."""
    text = _KIND.sub("", document["report"]["title"])
    if found := _RESULTS_OF.match(text):  # "kết quả năm 2021", not "năm kết quả"
        text = f"{found[2]} {period_name(document['period']['id'])}"
    text = upper_first(text)
    if document["commune"] is not None:
        return text
    return f"{text} - {document['province']['name']}"


def _opening(document: dict[str, Any]) -> list[str]:
    """Return the sentence with the article that asks for the report, where one does."""
    source = document["report"]["source"]
    if document["report"]["id"] == OVERVIEW or not source or source == general_citation():
        return []
    return [_("Under {source}, the results are reported as follows:").format(source=source)]


def _parts(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the three parts: a title, blocks of sentences, tables after them."""
    subject = list(_sections(document["subject"]))
    difficult = document["report"]["id"] == DIFFICULTIES
    written = {part: _written(document, part) for part in ("difficulties", "causes", "proposals")}
    if difficult:
        yield _part(_("I. SITUATION"), [_block(sentences.situation(document))])
    else:
        found = [
            _block(lines, title=f"{place}. {title}")
            for place, (title, lines) in enumerate(sentences.results(document), start=1)
        ]
        yield _part(_("I. RESULTS"), found, subject)
    noted = written["difficulties"]
    yield _part(
        _("II. DIFFICULTIES, OBSTACLES AND THEIR CAUSES"),
        [
            _block(
                [*sentences.difficulties(document), *([] if difficult else noted)],
                title=_("1. Difficulties and obstacles"),
                room=not noted and not difficult,
            ),
            _block(written["causes"], title=_("2. Causes"), room=not written["causes"]),
        ],
        subject if difficult else (),
    )
    yield _part(_("III. PROPOSALS"), [_block(written["proposals"], room=not written["proposals"])])


def _part(
    title: str, blocks: Sequence[dict[str, Any]], tables: Sequence[_Table] = ()
) -> dict[str, Any]:
    return {"title": title, "blocks": list(blocks), "tables": list(tables)}


def _block(lines: Sequence[str], *, title: str = "", room: bool = False) -> dict[str, Any]:
    """Return sentences under a title; ``room`` leaves lines to write on."""
    return {"title": title, "sentences": list(lines), "room": room}


def _written(document: dict[str, Any], part: str) -> list[str]:
    """Return what officers wrote for a part, that of a commune with its name."""
    own = document["commune"]
    return [
        f"- {_cut(text)}"
        if note["commune"] is None or note["commune"] == own
        else f"- {note['commune']}: {_cut(text)}"
        for note in document["notes"]
        for text in note[part]
    ]


def _recipients(document: dict[str, Any]) -> list[str]:
    """Return who gets the report; an agency that no document names is a blank."""
    to, via = document["report"]["to"], document["report"]["via"]
    through = _(", through {agency}").format(agency=_agency(via)) if via else ""
    return [f"{_agency(one)}{through}" for one in to]


def _agency(one: dict[str, Any]) -> str:
    unnamed = not one["confirmed"] and "(" in one["name"]
    return BLANK if unnamed else str(one["name"])


def _take_out(word: Any, place: int) -> None:
    """Take out a section with everything in it."""
    body = word.element.body
    section, at, gone = word.sections[place]._sectPr, 0, []
    last = place == len(word.sections) - 1
    for element in list(body):
        if element.tag == qn("w:sectPr"):
            continue
        if at == place:
            gone.append(element)
        if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            ends = element
            at += 1
            if at == place:
                before = ends
    for element in gone:
        body.remove(element)
    if last:
        kept = before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        body.replace(section, deepcopy(kept))
        body.remove(before)


def _feet(word: Any, line: str) -> None:
    """Print a line at the foot of every page."""
    for section in word.sections:
        for foot in (section.footer, section.first_page_footer):
            foot.is_linked_to_previous = False
            run = foot.paragraphs[0].add_run(line)
            run.font.size, run.italic = Pt(SMALL), True


def _arrange(table: Any, made: _Table) -> None:
    """Give a table's columns their widths; numbers end at the right, days are in the middle."""
    widths = made.widths()
    aligned = [_alignment([row[place] for row in made.rows]) for place in range(len(widths))]
    for place, column in enumerate(table.tblGrid.gridCol_lst):
        column.w = Mm(widths[place])
    for number_, row in enumerate(table.tr_lst):
        if not any(cell.p_lst[0].text for cell in row.tc_lst):
            row.trHeight_val = ROOM
        for place, cell in enumerate(row.tc_lst):
            cell.width = Mm(widths[place])
            if number_ and aligned[place] is not None:
                cell.p_lst[0].alignment = aligned[place]


def _alignment(cells: Sequence[str]) -> Any:
    """Return how a column is aligned, ``None`` for texts."""
    if not any(cells):
        return None
    if all(_DAY.fullmatch(cell) for cell in cells):
        return WD_ALIGN_PARAGRAPH.CENTER
    return WD_ALIGN_PARAGRAPH.RIGHT if all(_NUMBER.fullmatch(cell) for cell in cells) else None


def _figures(document: dict[str, Any]) -> Iterator[_Table]:
    """Yield the tables of figures, numbered."""
    for place, table in enumerate(_all_figures(document), start=1):
        yield _Table(f"{place}. {table.title}", table.columns, table.rows)


def _all_figures(document: dict[str, Any]) -> Iterator[_Table]:
    sums, late = document["figures"], document["overdue"]
    if document["report"]["id"] == DIFFICULTIES:
        if late:
            yield _chosen(_("What is overdue"), OVERDUE_COLUMNS, late)
        return
    yield _Table(
        _("Main figures"),
        _main_columns(document),
        [_main(document, name, _(label)) for name, label in FIGURES.items()]
        + [
            _row(document, _("Stage: {state}").format(state=state_name(state)), count, None)
            for state, count in sums["clubs_by_state"].items()
        ],
    )
    if document["progress"]:
        yield _Table(
            _("Progress against each target"),
            (
                (_("Target"), 55),
                (_("Target or limit"), 32),
                (_("Stands at"), 38),
                (_("Article"), 40),
            ),
            list(_unrepeated(map(_target, document["progress"]))),
        )
    if document["commune"] is None:
        yield _chosen(_("Clubs by commune"), COMMUNE_COLUMNS, document["communes"])
    received = document["received"]["parts"]
    if received:
        yield _chosen(_("Money received"), RECEIVED_COLUMNS, received)
    if late:
        yield _chosen(_("What is overdue"), OVERDUE_COLUMNS, late)
    if document["earlier_reports"]:
        yield _chosen(_("Earlier reports"), EARLIER_COLUMNS, document["earlier_reports"])
    if document["attention"]:
        yield _Table(
            _("Clubs that need attention"),
            ((_("Club's name"), 55), (_("Commune"), 35), (_("Why"), 75)),
            [
                (row["name"], words.commune(row), words.reasons(row))
                for row in document["attention"]
            ],
        )
    yield from _sections(document["sections"])


def _lists(document: dict[str, Any]) -> Iterator[_Table]:
    """Yield the list of clubs where there are any; a report of difficulties has none."""
    if document["report"]["id"] == DIFFICULTIES or not document["clubs"]:
        return
    table = _chosen("", COLUMNS, document["clubs"])
    yield _Table(
        "",
        ((_("No."), NUMBERS), *table.columns),
        [(number(place), *row) for place, row in enumerate(table.rows, start=1)],
        LANDSCAPE,
    )


def _main_columns(document: dict[str, Any]) -> Sequence[tuple[str, int]]:
    """Return the columns of the main figures, with the change where it is known."""
    columns: list[tuple[str, int]] = [(_("Figure"), 80), (_("Value"), 45)]
    if document["previous"] is not None:
        day = words.day(document["previous"]["end"])
        columns.append((_("Change since {day}").format(day=day), 40))
    return columns


def _main(document: dict[str, Any], name: str, label: str) -> Sequence[str]:
    value = document["figures"][name]
    return _row(document, label, value, sentences.change_of(document, name))


def _row(document: dict[str, Any], label: str, value: int, change: int | None) -> Sequence[str]:
    row = (label, number(value))
    if document["previous"] is None:
        return row
    return *row, "" if change is None else number(change)


def _sections(sections: Iterable[dict[str, Any]]) -> Iterator[_Table]:
    for one in sections:
        if one["headings"]:
            source = f" ({one['source']})" if one["source"] else ""
            rows = [[_printed(cell) for cell in row] for row in one["rows"]]
            yield _Table(one["title"] + source, [(name, 1) for name in one["headings"]], rows)


def _chosen(title: str, columns: Iterable[Column], rows: Iterable[dict[str, Any]]) -> _Table:
    """Return the table of those columns that have a width in a paper."""
    shown = [one for one in columns if one.width]
    cells = [[words.cell(one, row, missing="") for one in shown] for row in rows]
    return _Table(title, [(one.heading, one.width) for one in shown], cells)


def _unrepeated(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield rows that end in an article; one that is the same as above is not written again."""
    before = ""
    for *cells, source in rows:
        yield (*cells, _("as above") if source and source == before else source)
        before = source


def _target(row: dict[str, Any]) -> Sequence[str]:
    reached = target_words.reached(row)
    if row["percent"] is not None:
        reached = f"{reached} ({target_words.percent(row['percent'])})"
    label = f"{row['label']} [{shown_period(row['period'])}]"
    if row["reading"]:
        label += f" ({row['reading']})"
    standing = upper_first(target_words.status(row))
    shown = standing if target_words.unknown(row) else f"{reached}. {standing}"
    return label, target_words.asked(row), shown, row["source"] or ""


def _printed(cell: str | int | None) -> str:
    if cell is None:
        return words.MISSING
    return number(cell) if isinstance(cell, int) else cell


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"
