"""Building blocks of a paper in the format of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Sizes are in points and millimetres, as the decree gives them. Text between ``**`` is bold, between
``//`` italic.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from engine.documents.finish import MARK
from engine.documents.widths import RULE_SIZE, WHOLE, rule

FONT = "Times New Roman"
NATION_TEXT, MOTTO_TEXT = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
BODY, SMALL_BODY, TITLE, HEAD, NATION, MOTTO = 13, 12, 14, 12, 12, 13
RECIPIENTS_TITLE, RECIPIENTS = 12, 11
PAGE = (Mm(210), Mm(297))
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
WIDTH = 165
"""Millimetres between the left and the right margin."""
LEFT_HALF, RIGHT_HALF = 73, 92
INDENT = Mm(10)
GAP, ADDRESS_GAP = Pt(6), Pt(12)
CELL_MARGIN, CELL_ROOM = 1, 0.7
"""Millimetres between a cell's text and its lines: left and right, above and below."""
LAST_LINES = 2
"""So many paragraphs stay with the signature: it is never alone on a page."""
ROOM_TO_SIGN = 4
"""Empty lines for signature and seal."""

_DECREE = datetime(2020, 3, 5, tzinfo=UTC)
"""The day of the decree, which dates the templates; a paper gets its own."""

LEFT_ALIGNED, RIGHT_ALIGNED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
CENTRED, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_MARKED = re.compile(r"(\*\*.+?\*\*|//.+?//)")


class Sheet:
    """A template that is laid out from its head to its foot."""

    def __init__(self, title: str) -> None:
        self.document: Any = Document()
        self._grid: Any = None
        _no_picture(self.document)
        _page(self.document)
        _letters(self.document)
        core = self.document.core_properties
        core.title, core.author, core.comments, core.language = title, "clb", "", "vi-VN"
        core.created = core.modified = _DECREE

    def head(
        self,
        number: str | None = "Số: {{ number }}",
        about: str | None = None,
        *,
        dated: bool = True,
    ) -> None:
        """Put the agency on the left, the nation on the right, number, place and date below.

        ``about`` is the subject under a letter's number (V/v).
        """
        table = _grid(self.document, (LEFT_HALF, RIGHT_HALF))
        left, right = table.rows[0].cells
        _first(left, "{%p for line in agency.above %}", HEAD)
        _line(left, "{{ line }}", HEAD)
        _line(left, "{%p endfor %}", HEAD)
        _line(left, "{%p for line in agency.lines %}", HEAD)
        _line(left, "**{{ line }}**", HEAD)
        _line(left, "{%p endfor %}", HEAD)
        _rule(left, f"{{{{ agency.lines|last|rule({HEAD}) }}}}")
        _first(right, f"**{NATION_TEXT}**", NATION)
        _line(right, f"**{MOTTO_TEXT}**", MOTTO)
        _rule(right, rule(MOTTO_TEXT, MOTTO, WHOLE))
        if not dated:
            self._apart()
            return
        left, right = table.add_row().cells
        _first(left, number or "", MOTTO)
        if about:
            _line(left, about, HEAD)
            left.paragraphs[-1].paragraph_format.space_before = GAP
        _first(right, "//{{ place_and_date }}//", MOTTO)
        self._apart()

    def nation(self) -> None:
        """Put the nation in the middle: the head of what a person writes, not an agency."""
        for text, size in ((NATION_TEXT, NATION), (MOTTO_TEXT, MOTTO)):
            self.text(f"**{text}**", align=CENTRED, indent=False, size=size, gap=Pt(0))
        _rule(self.document, rule(MOTTO_TEXT, MOTTO, WHOLE))

    def title(self, type_: str, about: str, *, gap: Any = GAP) -> None:
        """Put the type of paper in capitals and what it is about."""
        self.text(f"**{type_}**", align=CENTRED, indent=False, size=TITLE, with_next=True)
        self.document.paragraphs[-1].paragraph_format.space_before = gap
        shown = f"{{% filter kept %}}{about}{{% endfilter %}}"
        self.text(
            f"**{shown}**", align=CENTRED, indent=False, size=TITLE, gap=Pt(0), with_next=True
        )
        _rule(self.document, f"{{% filter rule({TITLE}) %}}{about}{{% endfilter %}}")

    def text(
        self,
        text: str,
        *,
        align: Any = JUSTIFIED,
        indent: bool = True,
        size: float = BODY,
        gap: Any = GAP,
        with_next: bool = False,
    ) -> None:
        """Put a paragraph of content."""
        paragraph = self.document.add_paragraph()
        _runs(paragraph, text, size)
        _shape(paragraph, align, gap)
        if indent:
            paragraph.paragraph_format.first_line_indent = INDENT
        paragraph.paragraph_format.keep_with_next = with_next

    def centred(self, text: str, *, gap: Any = GAP, with_next: bool = True) -> None:
        """Put a line in the middle, kept with what follows."""
        self.text(text, align=CENTRED, indent=False, gap=gap, with_next=with_next)

    def control(self, tag: str) -> None:
        """Put a template's tag: its paragraph is gone when the template is filled."""
        _runs(self.document.add_paragraph(), f"{{%p {tag} %}}", BODY)

    def own_fields(self) -> None:
        """Put the fields of the province's own, a line each; nothing where there are none."""
        self.control("for o in own_fields")
        self.text("- {{ o.label }}: {{ o.text }}.")
        self.control("endfor")

    def bases(self) -> None:
        """Put what the paper rests on: italic, ";" behind each and "." behind the last."""
        self.control("for basis in bases")
        ending = "{% if loop.last %}.{% else %};{% endif %}"
        self.text(f"//{{{{ basis }}}}{ending}//")
        self.control("endfor")

    def each(self, name: str, values: str, text: str) -> None:
        """Put a paragraph for each of a list's values."""
        self.control(f"for {name} in {values}")
        self.text(text)
        self.control("endfor")

    def when(self, condition: str, text: str, otherwise: str | None = None) -> None:
        """Put a paragraph only when a condition holds, else another one if given."""
        self.control(f"if {condition}")
        self.text(text)
        if otherwise is not None:
            self.control("else")
            self.text(otherwise)
        self.control("endif")

    def dotted(self, label: str = "", lines: int = 1) -> None:
        """Put lines to write on, the first behind a label."""
        for place in range(lines):
            paragraph = self.document.add_paragraph()
            _runs(paragraph, f"{label}\t" if place == 0 else "\t", BODY)
            _shape(paragraph, LEFT_ALIGNED, GAP)
            if place == 0:
                paragraph.paragraph_format.first_line_indent = INDENT
            paragraph.paragraph_format.keep_with_next = place < lines - 1
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )

    def table(
        self,
        loop: str,
        columns: Sequence[tuple[str, int, str]],
        *,
        centred: Iterable[int] = (0,),
        right: Iterable[int] = (),
        height: float | None = None,
        group: str | None = None,
        together: bool = False,
    ) -> None:
        """Put a table with a row for each value: columns of heading, parts of the width and text.

        ``height`` is the least height of a row that is written on by hand. ``group`` is a value
        that goes before its row in a line of its own, where there is one. Rows that are
        ``together`` are on one page, with what follows them.
        """
        size = SMALL_BODY
        table = self.document.add_table(rows=4, cols=len(columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        whole = WIDTH / sum(width for _heading, width, _text in columns)
        _fixed(table, [width * whole for _heading, width, _text in columns])
        middle, ends = set(centred), set(right)
        for place, (heading, _width, text) in enumerate(columns):
            _first(table.rows[0].cells[place], f"**{heading}**", size)
            _first(table.rows[1].cells[place], f"{{%tr {loop} %}}" if place == 0 else "", size)
            align = CENTRED if place in middle else LEFT_ALIGNED
            if place in ends:
                align = RIGHT_ALIGNED
            _first(table.rows[2].cells[place], text, size, align)
            _first(table.rows[3].cells[place], "{%tr endfor %}" if place == 0 else "", size)
        if group is not None:
            _lines_between(table, group, size)
        _repeat(table.rows[0])
        if height is not None:
            table.rows[2].height = Mm(height)
        for row in table.rows:
            _keep_whole(row)
            for cell in dict.fromkeys(row.cells):
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                for paragraph in cell.paragraphs if together else ():
                    paragraph.paragraph_format.keep_with_next = True
        _margins(table, CELL_MARGIN, CELL_ROOM)
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), MARK)
        table._tbl.tblPr.append(caption)
        self._apart()

    def foot(self) -> None:
        """Put the recipients on the left and the signature on the right."""
        left, right = self._closing()
        _recipients(left)
        _first(right, "{%p for line in signature.lines %}", BODY)
        _line(right, "**{{ line }}**", BODY)
        _line(right, "{%p endfor %}", BODY)
        for _place in range(ROOM_TO_SIGN):
            _line(right, "", BODY)
        _line(right, "**{{ signature.name }}**", BODY)

    def signed_by(self, *signers: tuple[str, str], sent: bool = False) -> None:
        """Put signatures in a row, title and name, the recipients below where it is sent.

        The names are in one line, however many lines each title has.
        """
        cells = self._closing([WIDTH / len(signers)] * len(signers))
        most = max(len(title.splitlines()) for title, _name in signers)
        for cell, (title, name) in zip(cells, signers, strict=True):
            first, *more = title.splitlines()
            _first(cell, f"**{first}**", BODY)
            for line in more:
                _line(cell, f"**{line}**", BODY)
            _line(cell, "//(Ký, ghi rõ họ tên)//", SMALL_BODY)
            for _place in range(ROOM_TO_SIGN + most - 1 - len(more)):
                _line(cell, "", BODY)
            _line(cell, f"**{name}**", BODY)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        if sent:
            below = self._grid.add_row().cells[0]
            _recipients(below)
            below.paragraphs[0].paragraph_format.space_before = ADDRESS_GAP

    def annex(self, label: str, title: str, caption: str, *, landscape: bool = False) -> None:
        """Begin an annex (phụ lục): a section of its own, its pages numbered from 1."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = PAGE[1], PAGE[0]
        _low(self.document.paragraphs[-1], 1)
        section.different_first_page_header_footer = True
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
        self.text(f"**{label}**", align=CENTRED, indent=False, size=TITLE, with_next=True)
        self.text(
            f"**{title}**", align=CENTRED, indent=False, size=TITLE, gap=Pt(0), with_next=True
        )
        self.centred(f"//{caption}//", gap=Pt(0))
        _rule(self.document, rule(title, TITLE))

    def next_page(self) -> None:
        """Begin a new page."""
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def dated(self, where_and_when: str) -> None:
        """Put place and date on the right, above the signatures."""
        self.text(f"//{where_and_when}//", align=RIGHT_ALIGNED, indent=False, with_next=True)

    def _closing(self, widths: Sequence[float] = (LEFT_HALF, RIGHT_HALF)) -> Sequence[_Cell]:
        """Return the cells to sign in, on one page with the last paragraphs before them."""
        for element in self._body():
            Paragraph(element, self.document).paragraph_format.keep_with_next = True
        self._apart()
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._grid = _grid(self.document, widths)
        _keep_whole(self._grid.rows[0])
        cells: Sequence[_Cell] = self._grid.rows[0].cells
        return cells

    def _body(self) -> Iterator[Any]:
        """Yield the last paragraphs of content, the last one first, up to a table."""
        found = 0
        for element in reversed(self.document.element.body[:-1]):
            if element.tag != qn("w:p") or found == LAST_LINES:
                return
            found += not Paragraph(element, self.document).text.startswith("{%p")
            yield element

    def _apart(self) -> None:
        """Put a low line between two tables, which Word would else join."""
        _low(self.document.add_paragraph(), 6)


def _no_picture(document: Any) -> None:
    """Leave out the preview picture of the library's own empty document."""
    relations = document.part.package.rels
    for id_ in [one for one, found in relations.items() if found.reltype.endswith("/thumbnail")]:
        del relations[id_]


def _page(document: Any) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = PAGE
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    header = section.header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.alignment = CENTRED
    run = paragraph.add_run()
    for part, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run._r.append(_field(part, text))
    _font(run, MOTTO)


def _field(part: str | None, text: str | None) -> Any:
    if part is not None:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), part)
        return mark
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = text
    return code


def _letters(document: Any) -> None:
    for name in ("Normal", "Header", "Footer"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(BODY)
        _fonts(style.element.get_or_add_rPr())
    paragraph = document.styles["Normal"].paragraph_format
    paragraph.space_before = paragraph.space_after = Pt(0)
    paragraph.line_spacing = 1.0


def _fonts(properties: Any) -> None:
    """Name the font for every script, and the language, so that nothing falls back."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    if properties.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        properties.append(language)


def _font(run: Any, size: float) -> None:
    run.font.name, run.font.size = FONT, Pt(size)
    fonts = run._r.get_or_add_rPr().find(qn("w:rFonts"))
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _runs(paragraph: Paragraph, text: str, size: float) -> None:
    """Put text with its bold and italic parts."""
    for part in filter(None, _MARKED.split(text)):
        bold = part.startswith("**") and part.endswith("**") and len(part) > 4
        inner = part[2:-2] if bold else part
        italic = inner.startswith("//") and inner.endswith("//") and len(inner) > 4
        run = paragraph.add_run(inner[2:-2] if italic else inner)
        run.bold, run.italic = bold or None, italic or None
        _font(run, size)


def _shape(paragraph: Paragraph, align: Any, gap: Any) -> None:
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_after, shape.space_before = align, gap, Pt(0)


def _first(cell: Any, text: str, size: float, align: Any = CENTRED) -> None:
    paragraph = cell.paragraphs[0]
    _runs(paragraph, text, size)
    _shape(paragraph, align, Pt(0))


def _line(cell: Any, text: str, size: float, align: Any = CENTRED) -> None:
    paragraph = cell.add_paragraph()
    _runs(paragraph, text, size)
    if not text:
        _font(paragraph.add_run(), size)
    _shape(paragraph, align, Pt(0))


def _recipients(cell: Any) -> None:
    _first(cell, "**//Nơi nhận://**", RECIPIENTS_TITLE, LEFT_ALIGNED)
    _line(cell, "{%p for one in recipients %}", RECIPIENTS, LEFT_ALIGNED)
    ending = "{% if loop.last %}.{% else %};{% endif %}"
    _line(cell, f"- {{{{ one }}}}{ending}", RECIPIENTS, LEFT_ALIGNED)
    _line(cell, "{%p endfor %}", RECIPIENTS, LEFT_ALIGNED)


def _low(paragraph: Paragraph, points: float) -> None:
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = Pt(points), Pt(0), Pt(0)
    _font(paragraph.add_run(), 1)


def _rule(parent: Any, low_lines: str) -> None:
    """Put a line of low lines in the middle, close under the text above it."""
    paragraph = parent.add_paragraph()
    _runs(paragraph, f"**{low_lines}**", RULE_SIZE)
    _shape(paragraph, CENTRED, GAP)


def _grid(document: Any, widths: Sequence[float]) -> Table:
    """Return a table without lines, for two columns."""
    table: Table = document.add_table(rows=1, cols=len(widths))
    _fixed(table, widths)
    _margins(table, 0)
    return table


def _margins(table: Any, side: float, above: float = 0) -> None:
    """Set how far text stays from the edges of a cell, in millimetres."""
    margins = OxmlElement("w:tblCellMar")
    for name, millimetres in (("top", above), ("left", side), ("bottom", above), ("right", side)):
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:w"), str(round(Mm(millimetres).twips)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _fixed(table: Any, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _repeat(row: Any) -> None:
    """Repeat a heading row on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _lines_between(table: Any, group: str, size: float) -> None:
    """Put a bold line over all columns before the row of each value that has a ``group``."""
    before = table.rows[2]._tr
    for text in (f"{{%tr if {group} %}}", f"**{{{{ {group} }}}}**", "{%tr endif %}"):
        row = table.add_row()
        before.addprevious(row._tr)
        cells = row.cells
        joined = cells[0].merge(cells[-1])
        for paragraph in joined.paragraphs[1:]:
            joined._tc.remove(paragraph._p)
        _first(joined, text, size, LEFT_ALIGNED)
        joined.paragraphs[0].paragraph_format.keep_with_next = True


def _keep_whole(row: Any) -> None:
    """Do not break a row between two pages."""
    mark = OxmlElement("w:cantSplit")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().insert(0, mark)
