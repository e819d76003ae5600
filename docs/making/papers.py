"""The reference of the papers: which there are, and the fields each template may ask for."""

from engine import i18n
from engine.documents.asked import asked
from engine.documents.fields import FIELDS, meaning
from engine.documents.papers import Paper, papers
from engine.documents.render import built_in
from engine.labels import stage_name, step_name
from making.page import code, opening, table

ABOUT = """Giấy tờ lập từ mẫu Word: `clb document template LOẠI --out mau.docx` lấy mẫu về, sửa
trong Word, rồi `clb document render CLB LOẠI --template mau.docx`. A plugin brings a template of
its own for its province as `templates/KIND.docx` in its package: it goes before the built-in one.

In a template, `{{ mục }}` prints a field (a blank where nothing is known), `{%p if mục %}` ...
`{%p endif %}` are paragraphs that are there only with it, `{%tr for m in members %}` ...
`{%tr endfor %}` table rows, one for each of a list (`members[].name` is then `{{ m.name }}`).
Filters of ours: `rule(14)` draws the line under a title of 14 points, a third to a half as long;
`kept` keeps the last two words of a title on one line. A table whose alternative text is titled
`clb` has columns as wide as their texts. The file is filled in a sandbox with limits of time and
memory; what it asks for in vain is said on the screen."""


def page() -> str:
    """Return the page."""
    before = i18n.language()
    i18n.use("vi")
    try:
        body = "".join(_paper(one) for one in papers())
        rows = [(code(path), meaning(path), FIELDS[path]) for path in sorted(FIELDS)]
    finally:
        i18n.use(before)
    fields = "## Nghĩa của các mục\n\n" + table(("mục", "nghĩa", "meaning"), rows)
    return opening("Giấy tờ (papers)", ABOUT) + (body + fields).rstrip() + "\n"


def _paper(one: Paper) -> str:
    fields = [code(path) for path in asked(built_in(one.file)) if path in FIELDS]
    steps = ", ".join(f"{step_name(step)} (`{step}`)" for step in one.steps)
    after = f"Lập từ bước: {steps}." if steps else "Không chờ bước nào."
    return (
        f"## `{one.id}`: {one.title}\n\nGiai đoạn: {stage_name(one.stage)}. {after}\n\n"
        f"Mục dùng trong mẫu: {', '.join(fields)}.\n\n"
    )
