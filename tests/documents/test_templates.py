"""Word templates: ours, a province's, a commune's; and those that cannot be used."""

import importlib
import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from support.papers import ALL
from support.province_plugin import POLICY, province_of
from support.word import Word

from engine.documents import apart
from engine.documents.render import Template, built_in, render, template
from engine.documents.words import BLANK
from engine.errors import InputError
from engine.provinces.load import Provinces
from tools.paper_templates import FOLDER, TEMPLATES, word_file
from tools.paper_templates.sheet import Sheet


def word(*lines: str) -> bytes:
    """Return a Word file of some lines."""
    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def filled(lines: list[str], values: dict[str, Any]) -> Word:
    """Fill a template of some lines."""
    return Word.of(render(Template(word(*lines), "mau.docx", "file"), values).data)


def refused(data: bytes, values: dict[str, Any] | None = None) -> InputError:
    """Return the refusal of a template."""
    with pytest.raises(InputError) as caught:
        render(Template(data, "mau.docx", "file"), values or {"club": {"name": "CLB"}})
    assert (caught.value.code, caught.value.exit_code) == ("CLB-TEMPLATE", 2)
    assert "mau.docx" in caught.value.message
    assert caught.value.help
    return caught.value


def parts(data: bytes) -> dict[str, bytes]:
    """Return a package's parts, its XML in canonical form."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return {
        name: etree.tostring(etree.fromstring(part), method="c14n")
        if name.endswith((".xml", ".rels"))
        else part
        for name, part in found.items()
    }


@pytest.mark.parametrize("layout", TEMPLATES, ids=lambda one: one.__name__)
def test_the_committed_template_is_what_the_tool_writes(layout: Callable[[], Sheet]) -> None:
    assert parts(built_in(f"{layout.__name__}.docx").data) == parts(word_file(layout()))


def test_every_paper_has_its_template_and_every_template_its_paper() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {*ALL, "report"}


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provinces]:
    """A province that brings its own template for one paper."""
    found = province_of(tmp_path, monkeypatch)
    folder = tmp_path / "clb_tinh_thu" / "templates"
    folder.mkdir()
    (folder / "to_trinh.docx").write_bytes(word("Mẫu của tỉnh: {{ club.name }}"))
    yield found
    sys.modules.pop("clb_tinh_thu", None)


def test_a_provinces_own_template_goes_before_the_built_in_one(ours: Provinces) -> None:
    plugin = ours.plugin("tinh_thu")
    own = template("to_trinh.docx", plugin)
    assert own.origin == "province"
    assert "Mẫu của tỉnh: CLB" in Word.of(render(own, {"club": {"name": "CLB"}}).data).text
    assert template("danh_sach_bcn.docx", plugin).origin == "built_in"
    assert "clb_tinh_thu" not in sys.modules


def test_the_template_given_goes_before_the_provinces(ours: Provinces, tmp_path: Path) -> None:
    mine = tmp_path / "mau.docx"
    mine.write_bytes(word("Mẫu của xã"))
    assert template("to_trinh.docx", ours.plugin("tinh_thu"), mine).origin == "file"


def test_a_provinces_template_is_found_in_a_zip_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("clb_nen/__init__.py", "")
        archive.writestr("clb_nen/policy.toml", POLICY.format(id="nen"))
        archive.writestr("clb_nen/templates/to_trinh.docx", word("Mẫu trong gói nén"))
    monkeypatch.syspath_prepend(str(path))
    importlib.invalidate_caches()
    plugin = Provinces([EntryPoint("nen", "clb_nen", "clb.provinces")]).plugin("nen")
    assert template("to_trinh.docx", plugin).origin == "province"
    assert template("danh_sach_bcn.docx", plugin).origin == "built_in"


def test_what_a_template_asks_for_in_vain_is_a_blank_and_is_reported() -> None:
    data = word("Tên: {{ club.nmae }}, {{ nothing.at.all }}.")
    done = render(Template(data, "mau.docx", "file"), {"club": {"name": "CLB"}})
    assert f"Tên: {BLANK}, {BLANK}." in Word.of(done.data).lines
    assert done.unknown == ("nmae", "nothing")


def test_what_is_not_known_is_a_blank_and_what_is_empty_is_empty() -> None:
    paper = filled(["[{{ a }}][{{ b }}][{{ c }}]"], {"a": None, "b": "", "c": 0})
    assert paper.lines[0] == f"[{BLANK}][][0]"


def test_loops_and_conditions_work_over_blanks() -> None:
    lines = ["{%p for x in nobody %}", "{{ x }}", "{%p endfor %}", "{% if nobody %}a{% endif %}b"]
    assert [line for line in filled(lines, {}).lines if line] == ["b"]


@pytest.mark.parametrize(
    "line",
    [
        "{{ club.name ",
        "{% for x in y %}",
        "{% endfor %}",
        "{{ club.name | khong_co }}",
        "{{ 1 + }}",
        "{% include 'x' %}",
        "{{ 1 / 0 }}",
        "{{ club.name + 1 }}",
        "{{ club.name | safe }}",
    ],
)
def test_a_template_with_a_mistake_is_one_clear_sentence(line: str) -> None:
    refused(word("Trước", line, "Sau"))


def test_a_mistake_is_reported_with_the_text_around_it() -> None:
    error = refused(word("Dòng đầu", "Kính gửi {{ committee | viet_hoa }}", "Dòng cuối"))
    assert "viet_hoa" in error.message


@pytest.mark.parametrize(
    "line",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ club.__init__.__globals__ }}",
        "{{ club['__class__'] }}{{ club.__class__ }}",
        "{{ self.__init__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(club) }}",
        "{{ club.update({'name': 'khác'}) }}",
        "{{ club|attr('__class__') }}",
        "{{ club|map(attribute='__class__')|list }}",
        "{{ lipsum.__globals__['os'] }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ club.items.__self__ }}",
        "{{ ('{0.__class__}'|safe).format_map({'0': club}) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{% for x in range(1000000000) %}{% endfor %}",
    ],
)
def test_a_template_reaches_nothing_behind_its_values(line: str) -> None:
    refused(word(line))


LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
DOUBLED = (
    "{% set n = namespace(t=club.name) %}{% for a in range(60) %}{% set n.t = n.t ~ n.t %}"
    "{% endfor %}{{ n.t|length }}"
)


@pytest.mark.slow
def test_a_template_that_runs_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 3.0)
    assert "3" in refused(word(LOOP)).message


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "{{ '%0999999999d'|format(1) }}",
        "{{ 'x'|center(999999999) }}",
        "{{ '%999999999s' % 'x' }}",
        "{{ 'x'.ljust(99999999999) }}",
        "{{ 'x'.zfill(999999999) }}",
        "{{ ''.join(['x' * 1]) ~ 'x'.rjust(999999999) }}",
        DOUBLED,
    ],
)
def test_a_template_that_would_fill_the_memory_is_refused(line: str) -> None:
    if sys.platform == "darwin":
        pytest.skip("macOS limits no memory")
    refused(word(line))


def test_a_template_of_a_province_is_arranged_after_it_was_filled() -> None:
    seen: list[str] = []

    def arrange(document: Any) -> None:
        seen.extend(one.text for one in document.paragraphs)
        document.add_paragraph("thêm")

    made = render(
        Template(word("{{ club.name }}"), "mau.docx", "province"),
        {"club": {"name": "CLB"}},
        arrange,
    )
    assert seen == ["CLB"]
    assert "thêm" in Word.of(made.data).text


@pytest.mark.parametrize(
    "data",
    [b"", b"not a zip", word("x")[:-200], b"PK\x03\x04" + b"\0" * 100],
    ids=["empty", "text", "cut", "broken"],
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    refused(data)


def packed(**files: bytes) -> bytes:
    """Return a zip of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    refused(packed(xl__workbook=b"x"))


def test_a_zip_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked() -> None:
    with zipfile.ZipFile(io.BytesIO(word("x"))) as archive:
        files = {name.replace("/", "__"): archive.read(name) for name in archive.namelist()}
    bomb = packed(**files, word__media=b"\0" * 70_000_000)
    assert len(bomb) < 200_000
    refused(bomb)


def test_a_template_with_macros_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(word("x"))) as archive:
        files = {name.replace("/", "__"): archive.read(name) for name in archive.namelist()}
    refused(packed(**files, **{"word__vbaProject.bin": b"x"}))


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKED = {
    "a picture": ("image", "http://example.org/anh.png"),
    "a template": ("attachedTemplate", "file:///\\\\192.0.2.1\\c\\mau.dotm"),
    "a template of the web": ("attachedTemplate", "https://example.org/mau.dotm"),
    "a frame": ("frame", "http://example.org/"),
    "an object": ("oleObject", "file:///C:/a.xlsx"),
}


def linking(kind: str, target: str) -> bytes:
    document, out = Document(), io.BytesIO()
    document.part.relate_to(target, f"{RELATION}/{kind}", is_external=True)
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("what", LINKED)
def test_a_template_that_would_fetch_something_is_refused(what: str) -> None:
    kind, target = LINKED[what]
    assert target in refused(linking(kind, target)).message


@pytest.mark.parametrize(
    ("kind", "target"),
    [("hyperlink", "https://example.org/"), ("attachedTemplate", "file:///C:/Users/a/Normal.dotm")],
)
def test_a_hyperlink_and_the_writers_own_template_are_let_be(kind: str, target: str) -> None:
    assert render(Template(linking(kind, target), "mau.docx", "file"), {}).data


def with_field(*instructions: str) -> bytes:
    """Return a Word file with a field whose instruction is in these parts, inside another."""
    runs = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instructions)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    text = "<w:r><w:instrText>QUOTE</w:instrText></w:r>"
    field = f"{begin}{text}{begin}{runs}{end}{end}"
    document, out = Document(), io.BytesIO()
    name = document.element.nsmap["w"]
    document.element.body.insert(0, etree.fromstring(f'<w:p xmlns:w="{name}">{field}</w:p>'))
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "parts",
    [(" INCLUDEPICTURE http://example.org/a.png",), ("DDE", "AUTO c:\\a", " b"), ("link x",)],
)
def test_a_field_that_would_fetch_something_is_refused(parts: tuple[str, ...]) -> None:
    assert "".join(parts).split()[0] in refused(with_field(*parts)).message


def test_a_field_that_counts_pages_is_let_be() -> None:
    assert render(Template(with_field(" PAGE "), "mau.docx", "file"), {}).data


def test_a_template_with_an_object_of_another_program_is_refused() -> None:
    data = io.BytesIO(word("CLB"))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/embeddings/oleObject1.bin", b"x")
    assert "oleObject1.bin" in refused(data.getvalue()).message
