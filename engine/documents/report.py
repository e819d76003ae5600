"""A report as a paper in the format of Nghị định 30/2020/NĐ-CP, in words, with its tables.

An office's report has three parts: results (kết quả), difficulties with their causes (khó khăn,
vướng mắc và nguyên nhân), proposals (đề xuất, kiến nghị). Figures and the clubs are annexes.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from engine.documents import long_tables
from engine.documents.finish import join
from engine.documents.render import built_in
from engine.documents.render import render as fill
from engine.documents.report_head import Head
from engine.documents.report_head import blank as unsigned
from engine.documents.snapshot import FILED, REBUILT
from engine.documents.words import BLANK, spelled_out
from engine.i18n import _
from engine.labels import period_name, state_name
from engine.policy.effective import general_citation
from engine.reports.columns import (
    EARLIER_COLUMNS,
    OVERDUE_COLUMNS,
    RECEIVED_COLUMNS,
    Column,
    club_columns,
    commune_columns,
    figure_labels,
)
from engine.reports.deadlines import OVERVIEW
from engine.reports.subjects import CONFERENCE, DIFFICULTIES, REVIEW
from engine.reports.writers import sentences, words
from engine.reports.writers.places import in_one_province
from engine.targets import words as target_words
from engine.targets.goals import shown_period
from engine.vietnamese.text import lower_first, number, upper_first

_ARTICLE = re.compile(r"[^(,]+, ")
"""A document and what is cited of it; our own words for the general procedure are none."""
_CYCLE = re.compile(r"\b(?:1 năm|6 tháng|năm|quý)$", re.IGNORECASE)
_PERIOD = re.compile(r"\b(?:năm|6 tháng|quý|giai đoạn|định kỳ)\b", re.IGNORECASE)
"""Words of a title that say already which period it is about."""
_DAY = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}|–|")
_NUMBER = re.compile(r"-?[0-9.]+(,[0-9]+)?%?|–|")
_KIND = re.compile(r"^báo cáo,?\s+", re.IGNORECASE)
_RESULTS_OF = re.compile(r"^(năm|6 tháng|quý)\s+(kết quả\b.*)", re.IGNORECASE)
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
CITING_NOTHING = ("clubs", "communes")
"""The lists of a report whose rows name no document."""
MOST_LETTERS = 500
"""A cell of a printed table holds no more of one text; the other formats hold it whole."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of texts: each column's heading and part of the width."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    width: int = WIDTH

    @property
    def long(self) -> bool:
        """Return whether its rows are written when the file is done."""
        return len(self.rows) > long_tables.LONG

    def values(self) -> dict[str, Any]:
        """Return what the template prints of it: of a long one, the pattern of its rows."""
        pattern = [[long_tables.CELL] * len(self.columns)]
        return {
            "title": _cut(self.title),
            "headings": [_cut(heading) for heading, _width in self.columns],
            "rows": pattern if self.long else self.cut(),
        }

    def cut(self) -> list[list[str]]:
        """Return its rows as they are printed."""
        return [[_cut(cell) for cell in row] for row in self.rows]

    def citing(self) -> "_Table":
        """Return it with what the last column repeats named once: the document in the heading.

        The general procedure is cited by nothing, and a column without a citation is left out.
        """
        general = general_citation()
        rows = [(*row[:-1], "" if row[-1] == general else row[-1]) for row in self.rows]
        if not any(row[-1] for row in rows):
            columns, rows = self.columns[:-1], [row[:-1] for row in rows]
            return replace(self, columns=columns, rows=rows)
        return replace(self, rows=rows)._citing_one()

    def _citing_one(self) -> "_Table":
        sources = [row[-1] for row in self.rows if row[-1]]
        documents = {one.partition(", ")[0] for one in sources}
        if len(documents) != 1 or not all(_ARTICLE.match(one) for one in sources):
            return self
        heading, width = self.columns[-1]
        named = f"{heading} ({documents.pop()})"
        rows = [(*row[:-1], row[-1].partition(", ")[2]) for row in self.rows]
        return replace(self, columns=(*self.columns[:-1], (named, width)), rows=rows)

    def widths(self) -> list[float]:
        """Return the widths of the columns in millimetres."""
        whole = sum(width for _heading, width in self.columns)
        return [width * self.width / whole for _heading, width in self.columns]


def render(document: dict[str, Any], head: Head | None = None) -> bytes:
    """Return a built report as the bytes of a Word file.

    ``head`` is who issues and signs it, and how it cites documents; without it that is left blank.
    """
    head = head or unsigned()
    short = head.get("citations", {})
    opening = _citing(_opening(document, head.get("first_cited", {})), short)
    document = in_one_province(_citing(document, short))
    parts = list(_parts(document))
    figures, lists = list(_figures(document)), list(_lists(document))
    about = _about(document)
    values = {
        **head,
        "about": about,
        "about_inside": lower_first(about),
        "span": words.span(document),
        "opening": opening,
        "parts": [
            {**part, "tables": [table.values() for table in part["tables"]]} for part in parts
        ],
        "tables": [table.values() for table in figures],
        "lists": [table.values() for table in lists],
        "failures": words.failures(document),
        "recipients": [*_recipients(document), FILED],
    }
    tables = [*(table for part in parts for table in part["tables"]), *figures, *lists]
    patterns: dict[int, tuple[str, list[list[str]]]] = {}

    def arrange(word: Any) -> None:
        join(word, cells=True)
        shown = [one for one in word.element.body.tbl_lst if one.tblStyle_val == TABLE_STYLE]
        for place, (table, made) in enumerate(zip(shown, tables, strict=True)):
            _arrange(table, made)
            if made.long:
                patterns[place] = long_tables.take_out(table.tr_lst[-1], place), made.cut()
        if not lists:
            _take_out(word, len(word.sections) - 1)
        if not figures:
            _take_out(word, 1)
        _feet(word, _foot(document))
        word.core_properties.title = words.plain(document["report"]["title"])

    data = fill(built_in("report.docx"), values, arrange).data
    return long_tables.filled_in(data, patterns)


def _citing(value: Any, citations: Mapping[str, str]) -> Any:
    """Return a report's values with documents cited by type and number, as papers cite them."""
    if isinstance(value, str):
        for short, cited in citations.items():
            value = value.replace(short, cited)
        return value
    if isinstance(value, list):
        return [_citing(one, citations) for one in value]
    if isinstance(value, dict):
        return {
            name: one if name in CITING_NOTHING else _citing(one, citations)
            for name, one in value.items()
        }
    return value


def _about(document: dict[str, Any]) -> str:
    """Return what the report is about, without the words that the paper's type has already."""
    text = _KIND.sub("", document["report"]["title"])
    period = period_name(document["period"]["id"])
    if found := _RESULTS_OF.match(text):  # "kết quả năm 2021", not "năm kết quả"
        text = f"{found[2]} {period}"
    elif document["report"]["cycle"] != "other" and not _PERIOD.search(text):
        text = f"{text} {period}"
    return upper_first(spelled_out(_CYCLE.sub(period, text)))


def _opening(document: dict[str, Any], first_cited: Mapping[str, str]) -> list[str]:
    """Return the sentence with the article that asks for the report, where one does.

    A document is cited in full where a paper cites it first (NĐ 30/2020, Phụ lục I, II.6.b).
    """
    source = document["report"]["source"]
    if document["report"]["id"] == OVERVIEW or not source or source == general_citation():
        return []
    short, _comma, section = source.partition(", ")
    if short in first_cited:
        source = first_cited[short]
        if section and REBUILT not in section:
            source += f" ({section})"
    return [_("Under {source}, the results are reported as follows:").format(source=source)]


def _parts(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the three parts: a title, blocks of sentences, tables after them."""
    subject = list(_sections(document["subject"]))
    kind = document["report"]["id"]
    if kind == DIFFICULTIES:
        yield _part(_("I. SITUATION"), [_block(sentences.situation(document))])
    elif kind == REVIEW:
        yield _part(_("I. THE CLUBS NAMED"), [_block(sentences.situation(document))], subject)
    elif kind == CONFERENCE:
        yield from _conference(document, subject)
        return
    else:
        yield _part(_("I. RESULTS"), _results(document), subject)
    yield _part(
        _("II. DIFFICULTIES, OBSTACLES AND THEIR CAUSES"),
        _difficulties(document),
        subject if kind == DIFFICULTIES else (),
    )
    yield _part(_("III. PROPOSALS"), [_proposals(document)])


def _conference(document: dict[str, Any], subject: Sequence[_Table]) -> Iterator[dict[str, Any]]:
    """Yield the parts of a report on a conference: how it was held, what it heard and concluded."""
    held = (_("Time and place"), _("Chaired by"), _("Who came, how many"))
    yield _part(_("I. THE CONFERENCE"), [_block((), labels=held)])
    yield _part(_("II. RESULTS REPORTED TO THE CONFERENCE"), _results(document), subject)
    yield _part(_("III. DISCUSSION: DIFFICULTIES AND THEIR CAUSES"), _difficulties(document))
    yield _part(_("IV. CONCLUSIONS AND PROPOSALS"), [_proposals(document)])


def _results(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        _block(lines, title=f"{place}. {title}")
        for place, (title, lines) in enumerate(sentences.results(document), start=1)
    ]


def _difficulties(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the records show of difficulties and what was written of them and their causes.

    A report of difficulties has those that were written in a table.
    """
    in_table = document["report"]["id"] == DIFFICULTIES
    noted = [] if in_table else _written(document, "difficulties")
    causes = _written(document, "causes")
    return [
        _block(
            [*sentences.difficulties(document), *noted],
            title=_("1. Difficulties and obstacles"),
            room=not noted and not in_table,
        ),
        _block(causes, title=_("2. Causes"), room=not causes),
    ]


def _proposals(document: dict[str, Any]) -> dict[str, Any]:
    written = _written(document, "proposals")
    return _block(written, room=not written)


def _part(
    title: str, blocks: Sequence[dict[str, Any]], tables: Sequence[_Table] = ()
) -> dict[str, Any]:
    return {"title": title, "blocks": list(blocks), "tables": list(tables)}


def _block(
    lines: Sequence[str], *, title: str = "", room: bool = False, labels: Sequence[str] = ()
) -> dict[str, Any]:
    """Return sentences under a title; ``room`` and ``labels`` leave lines to write on."""
    return {"title": title, "sentences": list(lines), "room": room, "labels": list(labels)}


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


def _foot(document: dict[str, Any]) -> str:
    """Return the line at the foot of a page, with what the rows rest on that cite nothing."""
    cited = [row["source"] for row in (*document["overdue"], *document["progress"])]
    cited += [one["source"] for row in document["attention"] for one in row["reasons"]]
    line = words.foot(document)
    if general_citation() not in cited:
        return line
    return " · ".join((line, _("without an article: general procedure")))


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
    aligned = [_alignment({row[place] for row in made.rows}) for place in range(len(widths))]
    for place, column in enumerate(table.tblGrid.gridCol_lst):
        column.w = Mm(widths[place])
    for number_, row in enumerate(table.tr_lst):
        if not any(cell.p_lst[0].text for cell in row.tc_lst):
            row.trHeight_val = ROOM
        for place, cell in enumerate(row.tc_lst):
            cell.width = Mm(widths[place])
            if number_ and aligned[place] is not None:
                cell.p_lst[0].alignment = aligned[place]


def _alignment(cells: Collection[str]) -> Any:
    """Return how a column is aligned, ``None`` for texts."""
    if not any(cells):
        return None
    if all(map(_DAY.fullmatch, cells)):
        return WD_ALIGN_PARAGRAPH.CENTER
    return WD_ALIGN_PARAGRAPH.RIGHT if all(map(_NUMBER.fullmatch, cells)) else None


def _figures(document: dict[str, Any]) -> Iterator[_Table]:
    """Yield the tables of figures, numbered."""
    for place, table in enumerate(_all_figures(document), start=1):
        yield _Table(f"{place}. {table.title}", table.columns, table.rows)


def _all_figures(document: dict[str, Any]) -> Iterator[_Table]:
    sums, late, own = document["figures"], document["overdue"], document["own_funds"]
    if document["report"]["id"] == DIFFICULTIES:
        if late:
            yield _chosen(_("What is overdue"), OVERDUE_COLUMNS, late).citing()
        return
    yield _Table(
        _("Main figures"),
        _main_columns(document),
        [
            _main(document, name, _(label))
            for name, label in figure_labels(own).items()
            if sums[name] is not None
        ]
        + [
            _row(document, _("Stage: {state}").format(state=state_name(state)), count, None)
            for state, count in sums["clubs_by_state"].items()
        ],
    )
    if document["progress"]:
        yield _Table(
            _("Progress against each target"),
            (
                (_("Target"), 62),
                (_("Asked"), 32),
                (_("Reached so far"), 38),
                (_("Article"), 33),
            ),
            [_target(row) for row in document["progress"]],
        ).citing()
    if document["commune"] is None:
        communes = document["communes"]
        yield _chosen(_("Clubs by commune"), commune_columns(own), communes, sums)
    received = document["received"]
    if received["parts"]:
        whole = {"amount": received["total"]}
        yield _chosen(_("Money received"), RECEIVED_COLUMNS, received["parts"], whole)
    if late:
        yield _chosen(_("What is overdue"), OVERDUE_COLUMNS, late).citing()
    if document["earlier_reports"]:
        yield _chosen(_("Earlier reports"), EARLIER_COLUMNS, document["earlier_reports"])
    if document["attention"]:
        yield _Table(
            _("Clubs that need attention"),
            ((_("Club's name"), 55), (_("Commune"), 35), (_("Why"), 75)),
            [
                (row["name"], words.commune(row), _reasons(row, own))
                for row in document["attention"]
            ],
        )
    yield from _sections(document["sections"])


def _reasons(row: dict[str, Any], own: dict[str, str]) -> str:
    general = general_citation()
    reasons = [
        one | {"source": None if one["source"] == general else one["source"]}
        for one in row["reasons"]
    ]
    return words.reasons({"reasons": reasons}, own)


def _lists(document: dict[str, Any]) -> Iterator[_Table]:
    """Yield the list of clubs where there are any; a report of difficulties has none."""
    if document["report"]["id"] == DIFFICULTIES or not document["clubs"]:
        return
    table = _chosen("", club_columns(document["own_funds"]), document["clubs"])
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
        columns.append((words.change_heading(document), 40))
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


def _chosen(
    title: str,
    columns: Iterable[Column],
    rows: Sequence[dict[str, Any]],
    sums: Mapping[str, int | None] | None = None,
) -> _Table:
    """Return the table of those columns that have a width in a paper.

    ``sums`` are the report's own figures for a last row that adds up the others, if there are some;
    where one is ``None`` (no club has an entry of that fund) its cell is left empty.
    """
    shown = [one for one in columns if one.width]
    writers = [words.cell_writer(one, missing="") for one in shown]
    cells = [[write(row) for write in writers] for row in rows]
    if sums is not None and len(rows) > 1:
        known = {name: one for name, one in sums.items() if one is not None}
        added = (number(known[one.name]) if one.name in known else "" for one in shown[1:])
        cells.append([_("Total"), *added])
    return _Table(title, [(one.heading, one.width) for one in shown], cells)


def _target(row: dict[str, Any]) -> Sequence[str]:
    reached = target_words.reached(row)
    if row["percent"] is not None:
        reached = f"{reached} ({target_words.percent(row['percent'])})"
    label = f"{row['label']} ({shown_period(row['period'])})"
    if row["reading"]:
        label += f" ({row['reading']})"
    status = upper_first(target_words.status(row))
    shown = status if target_words.unknown(row) else f"{reached}. {status}"
    return label, upper_first(target_words.asked(row)), shown, row["source"] or ""


def _printed(cell: str | int | None) -> str:
    if cell is None:
        return words.MISSING
    return number(cell) if isinstance(cell, int) else cell


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"
