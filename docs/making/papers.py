"""The reference of the papers: which there are, and the fields each template may ask for."""

from engine import i18n
from engine.documents.asked import asked
from engine.documents.fields import FIELDS, meaning
from engine.documents.papers import Paper, papers
from engine.documents.render import built_in
from engine.labels import stage_name, step_name
from making.page import code, opening, table

TITLE = {"en": "Papers", "vi": "Giấy tờ"}
ABOUT = {
    "en": """Papers are made from Word templates: `clb document template KIND --out own.docx` writes
one out to be changed in Word, `clb document render CLUB KIND --template own.docx` uses it. A plugin
brings a template of its own for its province as `templates/KIND.docx` in its package: it goes
before the built-in one.

In a template, `{{ field }}` prints a field (a blank where nothing is known), `{%p if field %}` ...
`{%p endif %}` are paragraphs that are there only with it, `{%tr for m in members %}` ...
`{%tr endfor %}` table rows, one for each of a list (`members[].name` is then `{{ m.name }}`).
Filters of ours: `rule(14)` draws the line under a title of 14 points, a third to a half as long;
`kept` keeps the last two words of a title on one line. A table whose alternative text is titled
`clb` has columns as wide as their texts. The file is filled in a sandbox with limits of time and
memory; what it asks for in vain is shown on the screen.""",
    "vi": """Giấy tờ lập từ mẫu Word: `clb document template LOẠI --out mau.docx` lấy mẫu về, sửa
trong Word, rồi `clb document render CLB LOẠI --template mau.docx`. Trong mẫu, `{{ mục }}` in ra
một mục; mục nào chưa biết thì để trống. Cách viết đoạn chỉ in khi có điều gì, hay bảng lặp lại từng
người, có ở [trang tiếng Anh](../reference/papers.md).""",
}
STAGE = {"en": "Stage", "vi": "Giai đoạn"}
AFTER = {"en": "Made from the step", "vi": "Lập từ bước"}
NO_STEP = {"en": "It waits for no step.", "vi": "Không chờ bước nào."}
USED = {"en": "Fields of the template", "vi": "Mục dùng trong mẫu"}
FIELD = {"en": ("field", "meaning"), "vi": ("mục", "nghĩa")}
FIELDS_TITLE = {"en": "What the fields mean", "vi": "Nghĩa của các mục"}


def page(language: str) -> str:
    """Return the page in a language."""
    before = i18n.language()
    i18n.use(language)
    try:
        body = "".join(_paper(one, language) for one in papers())
        rows = [(code(path), meaning(path)) for path in sorted(FIELDS)]
    finally:
        i18n.use(before)
    fields = f"## {FIELDS_TITLE[language]}\n\n" + table(FIELD[language], rows)
    return opening(TITLE[language], ABOUT[language], language) + (body + fields).rstrip() + "\n"


def _paper(one: Paper, language: str) -> str:
    fields = [code(path) for path in asked(built_in(one.file)) if path in FIELDS]
    steps = ", ".join(f"{step_name(step)} (`{step}`)" for step in one.steps)
    after = f"{AFTER[language]}: {steps}." if steps else NO_STEP[language]
    return (
        f"## `{one.id}`: {one.title}\n\n{STAGE[language]}: {stage_name(one.stage)}. {after}\n\n"
        f"{USED[language]}: {', '.join(fields)}.\n\n"
    )
