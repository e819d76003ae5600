"""``clb document``: list, render and template, at the command line."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.papers import KINDS
from support.roster_cli import Office
from support.word import Word

import schemas
from engine import i18n


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Office]:
    before = i18n.language()
    yield Office(tmp_path, monkeypatch, capsys)
    i18n.use(before)


@pytest.fixture
def club(office: Office) -> str:
    """A club with a decision of 1 September 2021."""
    return office.decided_club()


def test_the_kinds_are_those_of_the_contract(office: Office) -> None:
    found = office.json("document-list", "document", "list")
    issued = [
        "to_trinh",
        "danh_sach_thanh_vien",
        "danh_sach_bcn",
        "bien_ban_tham_dinh",
        "quyet_dinh_thanh_lap",
        "cong_van_tra_ho_so",
        "quyet_dinh_kien_toan",
        "danh_sach_tap_huan",
        "bien_ban_ra_mat",
        "bien_ban_giam_sat",
        "phieu_danh_gia",
        "quyet_dinh_giai_the",
    ]
    kinds = [one["kind"] for one in found]
    assert [kind for kind in kinds if kind in issued] == issued
    assert len({one["title"] for one in found}) == len(kinds) == len(set(kinds))


def test_a_paper_is_written_and_reported(office: Office, club: str) -> None:
    out = office.folder / "qd.docx"
    shown = office.json(
        *("document-render", "document", "render", club, "quyet_dinh_thanh_lap"), "--out", out
    )
    assert shown["club"] == club
    assert (shown["date"], shown["template"], shown["unknown"]) == ("2021-09-01", "built_in", [])
    assert shown["record"] == office.events(club)[-1]["seq"]
    assert f"Số: 05/{club}" in Word.of(out).lines


@pytest.mark.parametrize("which", KINDS)
def test_every_kind_can_be_asked_for_at_any_time(office: Office, club: str, which: str) -> None:
    out = office.folder / f"{which}.docx"
    answer = office.run("document", "render", club, which, "--out", out)
    assert answer.code == 0
    assert Word.of(out).text


def test_a_step_that_has_not_happened_is_reported_next_to_the_answer(
    office: Office, club: str
) -> None:
    out = office.folder / "gt.docx"
    answer = office.run("document", "render", club, "quyet_dinh_giai_the", "--out", out, "--json")
    assert (answer.code, answer.data["record"], answer.data["date"]) == (0, None, None)
    assert "“dissolve” has not been recorded" in answer.err
    done = office.run("document", "render", club, "quyet_dinh_thanh_lap", "--out", out, "--json")
    assert done.err == ""


def test_a_paper_as_it_was_on_a_day(office: Office, club: str) -> None:
    out = office.folder / "qd.docx"
    args = ("document", "render", club, "quyet_dinh_thanh_lap", "--out", out, "--on", "31/8/2021")
    shown = office.json("document-render", *args)
    assert (shown["record"], shown["date"]) == (None, "2021-08-31")
    assert "Số: ……/QĐ-UBND" in Word.of(out).lines


def test_papers_are_vietnamese_whatever_the_screen_speaks(office: Office, club: str) -> None:
    texts = []
    for lang in ("en", "vi"):
        out = office.folder / f"{lang}.docx"
        office.run("document", "render", club, "bien_ban_tham_dinh", "--out", out, "--lang", lang)
        texts.append(Word.of(out).text)
    assert texts[0] == texts[1]
    assert "Kết luận chung" in texts[0]


def test_a_club_may_be_named_by_its_name(office: Office, club: str) -> None:
    out = office.folder / "tt.docx"
    assert office.run("document", "render", "clb thon dong", "to_trinh", "--out", out).code == 0


def test_an_unknown_kind_club_or_day_is_bad_input(office: Office, club: str) -> None:
    out = office.folder / "x.docx"

    def code(*args: str) -> str:
        return office.error("document", "render", *args, "--out", str(out), code=2)

    assert code(club, "to_trin") == "CLB-DOCUMENT-KIND"
    assert code("BN-00000000", "to_trinh") == "CLB-CLUB-UNKNOWN"
    assert code(club, "to_trinh", "--on", "31/2/2021") == "CLB-DATE"
    assert not out.exists()


def test_an_unknown_kind_is_answered_with_the_nearest(office: Office, club: str) -> None:
    answer = office.run("document", "render", club, "to_trin", "--out", "x.docx", "--json")
    assert "to_trinh" in answer.data["error"]["help"]


def test_only_docx_is_written(office: Office, club: str) -> None:
    args = ("document", "render", club, "to_trinh", "--out", str(office.folder / "tt.pdf"))
    assert office.error(*args, code=2) == "CLB-DOCUMENT-NAME"


def test_a_place_that_cannot_be_written_is_one_sentence(office: Office, club: str) -> None:
    args = ("document", "render", club, "to_trinh", "--out", str(office.folder / "no" / "t.docx"))
    assert office.error(*args, code=5) == "CLB-DOCUMENT-WRITE"


def test_a_template_of_ones_own(office: Office, club: str) -> None:
    mine, out = office.folder / "mau.docx", office.folder / "tt.docx"
    shown = office.json("document-template", "document", "template", "to_trinh", "--out", str(mine))
    assert shown["template"] == "built_in"
    change(mine, "TỜ TRÌNH", "TỜ TRÌNH CỦA XÃ {{ khong_co }}")
    args = ("document", "render", club, "to_trinh", "--out", out, "--template", mine)
    shown = office.json("document-render", *args)
    assert (shown["template"], shown["unknown"]) == ("file", ["khong_co"])
    assert "TỜ TRÌNH CỦA XÃ ……………" in Word.of(out).lines


def test_a_template_with_a_mistake_is_refused_and_nothing_is_written(
    office: Office, club: str
) -> None:
    mine, out = office.folder / "mau.docx", office.folder / "tt.docx"
    office.run("document", "template", "to_trinh", "--out", mine)
    change(mine, "TỜ TRÌNH", "{{ club.__class__ }}")
    args = ("document", "render", club, "to_trinh", "--out", str(out), "--template", str(mine))
    assert office.error(*args, code=2) == "CLB-TEMPLATE"
    assert not out.exists()


def test_a_template_that_is_not_there_is_bad_input(office: Office, club: str) -> None:
    mine, out = str(office.folder / "khong.docx"), str(office.folder / "tt.docx")
    args = ("document", "render", club, "to_trinh", "--out", out, "--template", mine)
    assert office.error(*args, code=2) == "CLB-TEMPLATE"


def test_a_provinces_template_can_be_asked_for(office: Office) -> None:
    out = office.folder / "tt.docx"
    args = ("document", "template", "to_trinh", "--out", str(out), "--province", "bac_ninh")
    assert office.json("document-template", *args)["template"] == "built_in"


def test_rendering_changes_nothing(office: Office, club: str) -> None:
    before = office.run("audit", "head", "--json").out
    office.run("document", "render", club, "to_trinh", "--out", office.folder / "tt.docx")
    assert office.run("audit", "head", "--json").out == before


def test_in_a_process_of_its_own(office: Office, club: str) -> None:
    out = office.folder / "qd.docx"
    command = [sys.executable, "-m", "engine", "document", "render", club, "quyet_dinh_thanh_lap"]
    done = subprocess.run([*command, "--out", str(out)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"Số: 05/{club}" in Word.of(out).lines


def test_word_libraries_wait_until_a_paper_is_rendered() -> None:
    code = (
        "import sys; from engine.cli import run; run(['document', 'list', '--json']); "
        "sys.exit(bool({'docx', 'docxtpl', 'jinja2', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_each_answer_has_a_schema() -> None:
    for name in ("list", "render", "template"):
        assert schemas.load(f"cli/document-{name}")["title"]


def change(path: Path, old: str, new: str) -> None:
    """Change a text of a Word file, as somebody would in Word."""
    document = Word.of(path).document
    runs = [run for one in document.paragraphs for run in one.runs if run.text == old]
    assert len(runs) == 1
    runs[0].text = new
    document.save(str(path))
