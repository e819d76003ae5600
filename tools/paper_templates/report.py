"""The template of a report: three parts in sentences, the figures and the clubs as annexes."""

from tools.paper_templates.sheet import CENTRED, Sheet


def report() -> Sheet:
    """Lay out a report; ``engine.documents.report`` sets the width of each column.

    It takes out the annexes that a report has nothing for.
    """
    sheet = Sheet("Báo cáo")
    sheet.head()
    sheet.title("BÁO CÁO", "{{ about }}")
    sheet.text("//({{ span }})//", align=CENTRED, indent=False)
    sheet.each("sentence", "opening", "{{ sentence }}")
    sheet.control("for part in parts")
    sheet.text("**{{ part.title }}**", with_next=True)
    sheet.control("for block in part.blocks")
    sheet.control("if block.title")
    sheet.text("**{{ block.title }}**", with_next=True)
    sheet.control("endif")
    sheet.each("sentence", "block.sentences", "{{ sentence }}")
    sheet.control("for label in block.labels")
    sheet.dotted("{{ label }}: ")
    sheet.control("endfor")
    sheet.control("if block.room")
    sheet.dotted(lines=3)
    sheet.control("endif")
    sheet.control("endfor")
    _tables(sheet, "part.tables")
    sheet.control("endfor")
    sheet.each("failure", "failures", "{{ failure }}")
    sheet.text("Trên đây là Báo cáo {{ about_inside }}./.")
    sheet.foot()
    sheet.annex("Phụ lục I", "BIỂU SỐ LIỆU", "{{ caption }}")
    _tables(sheet, "tables")
    sheet.annex(
        "Phụ lục {{ 'II' if tables else 'I' }}",
        "DANH SÁCH CÂU LẠC BỘ",
        "{{ caption }}",
        landscape=True,
    )
    _tables(sheet, "lists")
    return sheet


def _tables(sheet: Sheet, values: str) -> None:
    """Put one prototype of a table, with as many columns as each table has."""
    sheet.control(f"for table in {values}")
    sheet.control("if table.title")
    sheet.text("**{{ table.title }}**", indent=False, with_next=True)
    sheet.control("endif")
    sheet.table(
        "for row in table.rows",
        (
            ("{%tc for heading in table.headings %}", 10, "{%tc for cell in row %}"),
            ("{{ heading }}", 145, "{{ cell }}"),
            ("{%tc endfor %}", 10, "{%tc endfor %}"),
        ),
        centred=(),
    )
    sheet.control("endfor")
