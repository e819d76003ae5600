"""The template of a report: one prototype of a table, with as many columns as each table has."""

from tools.paper_templates.sheet import Sheet


def report() -> Sheet:
    """Lay out a report; ``engine.documents.report`` sets the width of each column."""
    sheet = Sheet("Báo cáo")
    sheet.head()
    sheet.title("BÁO CÁO", "{{ about }}")
    sheet.text("{{ span }}")
    sheet.each("notice", "notices", "{{ notice }}")
    sheet.control("for table in tables")
    sheet.text("**{{ loop.index }}. {{ table.title }}**", indent=False, with_next=True)
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
    sheet.each("failure", "failures", "{{ failure }}")
    sheet.text("//{{ origin }}//")
    sheet.foot()
    return sheet
