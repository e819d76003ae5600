"""Names nobody should have stay text: no tag, no field, no lost character, no broken file."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.core import roster
from support.papers import KINDS, Office
from support.word import Word

from engine.documents.render import Template, render
from engine.lifecycle.people import Member
from engine.vietnamese.text import clean

LONG = "Nguyễn " * 1428 + "Dài"
NAMES = {
    "tag": "<script>alert('x')</script>",
    "word_tag": "</w:t></w:r><w:r><w:t>Trần Văn Chèn",
    "ampersand": "Lê & Sơn &amp; <b>",
    "field": "{{ 7*7 }} {% for x in y %}",
    "half_field": "Tên }} {{",
    "quotes": "\"Nguyễn\" 'Văn' “An”",
    "entity": "&#65; &lt;",
    "long": LONG,
}


def text_of(name: str, line: str = "[{{ name }}]") -> Word:
    """Return a paper of one line that prints a name between brackets."""
    import io

    from docx import Document

    document, out = Document(), io.BytesIO()
    document.add_paragraph(line)
    document.save(out)
    template = Template(out.getvalue(), "mau.docx", "file")
    return Word.of(render(template, {"name": name}).data)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_printed_as_it_is(name: str) -> None:
    assert text_of(name).lines[0] == f"[{clean(name)}]"


def test_a_template_cannot_let_a_name_be_more_than_text() -> None:
    line = "{% autoescape false %}[{{ name }}]{% endautoescape %}"
    assert text_of(NAMES["word_tag"], line).lines[0] == f"[{NAMES['word_tag']}]"


def test_signs_nobody_sees_do_not_turn_a_line_around() -> None:
    assert text_of("Trần\u202e Văn\u200f \u2066An").lines[0] == "[Trần Văn An]"


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    assert text_of("An\x00\x07\x0c\ufffe\uffff").lines[0] == "[An]"


@pytest.mark.slow
@settings(max_examples=60)
@given(st.text(max_size=60))
def test_whatever_is_typed_the_file_opens_and_says_it(name: str) -> None:
    shown = text_of(name).lines[0]
    assert shown.startswith("[")
    assert shown.endswith("]")
    if clean(name).isprintable() and "{_" not in name and "_}" not in name:
        assert shown == f"[{clean(name)}]"


@pytest.mark.parametrize("which", KINDS)
def test_every_paper_of_a_club_of_such_people_opens_and_keeps_the_names(
    crooked: Office, which: str
) -> None:
    paper = Word.of(crooked.filled(which).data)
    assert "&lt;" not in paper.text.replace(clean(NAMES["entity"]), "")
    if which in ("quyet_dinh_thanh_lap", "danh_sach_thanh_vien"):
        listed = [row[1] for row in paper.rows("Diện hộ")]
        assert sorted(listed) == sorted(clean(name) for name in NAMES.values())
    assert clean(crooked.setting.name) in paper.text


@pytest.fixture(scope="module")
def crooked(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office of a club whose name and people are none that should be."""
    from support.papers import SETTINGS, Setting

    plain = SETTINGS["bac_ninh"]
    name = "Câu lạc bộ <An & Khang> {{ x }}"
    path: Path = tmp_path_factory.mktemp("crooked") / "clb.sqlite3"
    office = Office(path, "bac_ninh", Setting(plain.commune, plain.village, 2022, name=name))
    form = {
        "date": "2022-01-05",
        "name": name,
        "commune": plain.commune,
        "village": "Khu <phố> & Đình",
    }
    made = office.core.life.open("bac_ninh", form, officer="hoi")
    office.club = made.club
    people = [
        Member(name, "F", "1950", "poor", "Thôn <A> & B", None, None) for name in NAMES.values()
    ]
    on = date(2022, 1, 5)
    office.take("roster", on, {"added": len(people)}, prepare=roster(people))
    office.take("set_board", on, {"chair": "<b>Lê Văn Ký</b>", "vice": "A & B"})
    return office
