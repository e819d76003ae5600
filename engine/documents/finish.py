"""What is done to a filled Word file: columns as wide as their texts need, ends kept together.

Only tables that carry the mark are touched, in a template of one's own too: whoever wants other
widths takes the mark out (Word: table properties, alternative text, title).
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from engine.documents.widths import LINE, NO_BREAK, joined, text_width
from engine.documents.words import BLANK

MARK = "clb"
"""The title in the alternative text of a table whose columns follow their texts."""
PADDING = 7.0
"""What the edges of a cell take from a line of text, in points."""
LAST_ROWS = 2
"""So many rows stay on the page of what follows their table."""
WHOLE_ROWS = 7
"""A table of no more rows, with its heading, is on one page."""
_BLANKS = " …._"
SHORT_HEADING = 9
"""A heading of no more letters is on one line."""
_LEFT_OPEN = re.compile(rf"{BLANK}[.;]?$")
_CAPTION = re.compile(r"^\(Kèm theo .* (?=của )")


def finish(document: Any, day: date) -> None:
    """Fit the marked tables of a filled file, and date the file as its paper is dated."""
    join(document)
    for paragraph in document.paragraphs:
        _leave_room(paragraph)
    for table in document.tables:
        if _marked(table):
            _fit(table)
            _keep_last_rows(table)
    core = document.core_properties
    core.created = core.modified = datetime.combine(day, time(8))
    core.last_modified_by = core.author


def join(document: Any, *, cells: bool = False) -> None:
    """Keep together what nobody breaks between two lines.

    A fitted column breaks nothing; ``cells`` is true where the marked tables were not fitted.
    """
    fitted = [] if cells else [one._tbl for one in document.tables if _marked(one)]
    nodes = (
        node
        for element in document.element.body
        if element not in fitted
        for node in element.iter(qn("w:t"))
    )
    for node in nodes:
        text = kept_together(node.text or "")
        if text != node.text:
            node.text = text


def kept_together(text: str) -> str:
    """Return a text with no-break spaces where nobody breaks a line."""
    text = joined(text)
    if caption := _CAPTION.match(text):  # "của Ủy ban nhân dân xã A)" is the second line
        text = caption[0] + text[caption.end() :].replace(" ", NO_BREAK)
    return text


def _leave_room(paragraph: Paragraph) -> None:
    """Let a blank at the end of a paragraph go to the margin: there a sentence is written."""
    left = _LEFT_OPEN.search(paragraph.text)
    if left is None or paragraph.alignment is WD_ALIGN_PARAGRAPH.CENTER:
        return
    gone = len(left[0])
    for run in reversed(paragraph.runs):  # the blank may be bold and its full stop not
        kept = run.text[:-gone] if gone else run.text
        gone -= len(run.text) - len(kept)
        if not gone:
            run.text = f"{kept}\t"
            break
        run.text = kept
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        Pt(LINE), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def _marked(table: Table) -> bool:
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    return caption is not None and caption.get(qn("w:val")) == MARK


def _fit(table: Table) -> None:
    """Share the table's width out among its columns by what is written in them."""
    columns = table._tbl.tblGrid.gridCol_lst
    had = [one.w.pt if one.w else 0.0 for one in columns]
    every = [list(row.tc_lst) for row in table._tbl.tr_lst]
    rows = [row for row in every if len(row) > 1] or every  # without lines over all columns
    if any(len(row) != len(columns) for row in rows):
        return  # joined cells: the template's own widths
    needs = [_need([row[at] for row in rows], had[at]) for at in range(len(columns))]
    for at, width in enumerate(shared(needs, sum(had))):
        columns[at].w = Pt(width)
        for row in rows:
            row[at].width = Pt(width)


def _need(cells: Sequence[Any], had: float) -> tuple[float, float]:
    """Return the least width of a column and the width at which nothing of it wraps.

    A column that is left to be written in by hand keeps the width that the template gives it.
    """
    least = most = 0.0
    written = False
    for row, cell in enumerate(cells):
        for paragraph in cell.p_lst:
            text = "".join(run.text for run in paragraph.r_lst)
            written = written or bool(row and text.strip(_BLANKS))
            bold = row == 0
            size = _size(paragraph)
            longest = max((text_width(word, size, bold=bold) for word in text.split()), default=0)
            whole = text_width(text, size, bold=bold)
            if bold and len(text) > SHORT_HEADING:  # a longer heading may take two lines
                whole = max(longest, whole * 0.6)
            least, most = max(least, longest + PADDING), max(most, whole + PADDING)
    if not written:
        return max(least, had * 0.8), max(least, had)
    return least, most


def _size(paragraph: Any) -> float:
    sizes = [run.rPr.sz_val.pt for run in paragraph.r_lst if run.rPr is not None and run.rPr.sz_val]
    return max(sizes, default=12)


def shared(needs: Sequence[tuple[float, float]], total: float) -> list[float]:
    """Share ``total`` among columns of (least, most): who lacks least is served first.

    What is left when every column has its most goes to all in proportion.
    """
    widths = [least for least, _most in needs]
    room = total - sum(widths)
    if room <= 0:
        return [width * total / sum(widths) for width in widths]
    wanting = sorted(range(len(needs)), key=lambda at: needs[at][1] - needs[at][0])
    for place, at in enumerate(wanting):
        given = min(needs[at][1] - needs[at][0], room / (len(wanting) - place))
        widths[at] += given
        room -= given
    return [width + room * width / sum(widths) for width in widths]


def _keep_last_rows(table: Table) -> None:
    """Keep a short table on one page, and the end of any with what belongs to it below.

    What begins in bold is a part or an article of its own: it may be on the next page.
    """
    rows = table._tbl.tr_lst
    kept = rows if len(rows) <= WHOLE_ROWS else rows[-LAST_ROWS:]
    for row in kept[:-1] if _begins_anew(table) else kept:
        for cell in row.tc_lst:
            for paragraph in cell.p_lst:
                paragraph.get_or_add_pPr().get_or_add_keepNext().val = True


def _begins_anew(table: Table) -> bool:
    """Return whether the text below a table begins in bold."""
    for element in table._tbl.itersiblings():
        if element.tag != qn("w:p"):
            return False
        runs = [run for run in Paragraph(element, table).runs if run.text.strip()]
        if runs:
            return bool(runs[0].bold)
    return False
