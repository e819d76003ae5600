"""``clb document dossier``: the papers of a stage at once, and what is left open in them."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from support import needs
from support.odd import ODD, odd
from support.papers import ALL, PROVINCES
from support.papers import Office as PaperOffice
from support.roster_cli import Office
from support.word import Word

from engine import i18n
from engine.documents import pdf
from engine.documents.asked import asked
from engine.documents.dossier import NEXT, by_hand, of_stages
from engine.documents.fields import FIELDS, meaning, paths
from engine.documents.maker import PaperMaker
from engine.documents.papers import Paper, papers
from engine.documents.render import Template, built_in
from engine.errors import ClbError
from engine.labels import STAGES
from engine.model import State
from engine.scenario.play import LAUNCHED, play
from engine.scenario.world import open_world

SCHEMA = "document-dossier"


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Office]:
    before = i18n.language()
    monkeypatch.chdir(tmp_path)
    yield Office(tmp_path, monkeypatch, capsys)
    i18n.use(before)


@pytest.fixture
def club(office: Office) -> str:
    """A club with a decision of 1 September 2021."""
    return office.decided_club()


def test_the_folder_has_the_papers_a_club_needs_next(office: Office, club: str) -> None:
    found = office.json(SCHEMA, "document", "dossier", club)
    assert found["stages"] == ["approval", "training"]
    kinds = [one["kind"] for one in found["papers"]]
    assert kinds == ["bien_ban_tham_dinh", "quyet_dinh_thanh_lap", "danh_sach_tap_huan"]
    for place, one in enumerate(found["papers"], start=1):
        path = Path(one["file"])
        assert path.parent == Path(found["folder"])
        assert path.name == f"{place:02} {one['title']}.docx"
        assert Word.of(path).text


def test_a_stage_is_asked_for_by_its_words(office: Office, club: str) -> None:
    found = office.json(SCHEMA, "document", "dossier", club, "--stage", "launch", "--out", "le")
    assert (found["stages"], found["folder"]) == (["launch"], "le")
    assert office.error("document", "dossier", club, "--stage", "khong_co", code=2)


def test_papers_that_somebody_wrote_on_are_not_written_over(office: Office, club: str) -> None:
    first = office.json(SCHEMA, "document", "dossier", club)
    again = office.json(SCHEMA, "document", "dossier", club)
    assert again["folder"] == f"{first['folder']} (2)"
    one = office.json("document-render", "document", "render", club, "so_quy")
    two = office.json("document-render", "document", "render", club, "so_quy")
    assert two["file"] == one["file"].replace(".docx", " (2).docx")
    assert Path(one["file"]).name.startswith("Cash book CLB")


def test_each_blank_is_reported_with_its_reason(office: Office, club: str) -> None:
    found = office.json(SCHEMA, "document", "dossier", club, "--stage", "training")
    (plan,) = found["papers"]
    whys = {one["field"]: one["why"] for one in plan["blanks"]}
    assert whys["course.days"] == "the step “train the board” is not recorded yet"
    assert whys["signature.name"] == "written when it is signed"
    assert "2. Địa điểm" in plan["by_hand"]
    assert plan["pdf"] is None


def test_the_list_on_the_screen_names_every_paper_and_what_is_open(
    office: Office, club: str
) -> None:
    shown = office.run("document", "dossier", club, "--stage", "training", "--lang", "vi").out
    assert "01 Kế hoạch tập huấn.docx" in shown
    assert "còn trống: số ngày tập huấn (chưa ghi bước “tập huấn Ban Chủ nhiệm”)" in shown
    assert "viết tay: " in shown


def test_a_paper_of_what_no_club_plans_for_waits_for_its_step() -> None:
    without = {one.id for one in of_stages(("approval", "records"), ())}
    assert not without & {"cong_van_tra_ho_so", "bien_ban_ban_giao", "quyet_dinh_kien_toan"}
    taken = {one.id for one in of_stages(("approval", "records"), ("return", "change_board"))}
    assert {"cong_van_tra_ho_so", "bien_ban_ban_giao", "quyet_dinh_kien_toan"} <= taken


def test_every_paper_is_in_a_folder_and_every_state_has_one(office: Office, club: str) -> None:
    # The papers of the club's own book are of a single loan or entry: they are printed one by one,
    # and no folder is offered or made for them.
    assert {one.stage for one in papers()} == set(STAGES) - {"book"}
    assert office.error("document", "dossier", club, "--stage", "book", code=2)
    shown = office.run("document", "dossier", club, "--stage", "book").err
    assert "training" in shown
    assert not list(office.folder.glob("*book*/*.docx"))
    assert {state for state in State if state is not State.NONE} == set(NEXT)


def test_the_places_to_write_in_are_found_by_their_labels(tmp_path: Path) -> None:
    document = Document()
    for text in ("Chủ trì: ………", "Ngày …… tháng ……", "Không có gì để viết.", "Địa điểm: ......"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    assert by_hand((tmp_path / "a.docx").read_bytes()) == ["Chủ trì", "Ngày", "Địa điểm"]


def test_a_pdf_lies_next_to_each_paper(office: Office, club: str) -> None:
    needs.pages()
    found = office.json(SCHEMA, "document", "dossier", club, "--stage", "training", "--pdf")
    (plan,) = found["papers"]
    assert plan["pdf"] == plan["file"].replace(".docx", ".pdf")
    assert Path(plan["pdf"]).read_bytes().startswith(b"%PDF")


def test_without_an_office_program_there_is_a_sentence_and_the_word_file(
    office: Office, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "PLACES", ())
    monkeypatch.setattr(pdf.sys, "platform", "linux")
    with pytest.raises(ClbError) as caught:
        pdf.make([Path("a.docx")])
    assert caught.value.code == "CLB-DOCUMENT-PDF"
    assert office.error("document", "render", club, "so_quy", "--pdf", code=5) == "CLB-DOCUMENT-PDF"
    assert list(office.folder.glob("Cash book *.docx"))


@pytest.mark.slow
def test_every_field_of_every_paper_has_its_meaning_and_every_meaning_its_field(
    lived: Callable[[str], PaperOffice], opened: Callable[[str], PaperOffice], tmp_path: Path
) -> None:
    found = {
        path
        for where in PROVINCES
        for offices in (lived, opened)
        for kind in ALL
        for path in paths(offices(where).paper(kind).values)
    }
    # What is one province's own is called "own." with its own name, which has no meaning of ours.
    own = {path for path in of_the_odd_province(tmp_path) if not path.startswith("own.")}
    assert found | own == set(FIELDS)


def of_the_odd_province(folder: Path) -> set[str]:
    """Return the fields of a paper with fields of a province's own, and of a paper of its own."""
    opened_on, until = date(2021, 2, 1), date(2022, 12, 31)
    with open_world(folder, ODD, until, provinces=odd()) as world:
        club = world.found(opened_on)
        list(play(world, club, LAUNCHED, opened_on))
        leader = world.people(opened_on)[3].name
        world.take(club, "supervise", date(2022, 3, 1), {"own.to_truong": leader})
        world.take(club, "review", date(2022, 12, 1), {"own.khen_thuong": True})
        maker = PaperMaker(world.registry, world.registry.lifecycle.club(club))
        kinds = ("bien_ban_giam_sat", "giấy khen câu lạc bộ")
        made = [maker.make(maker.paper(kind)) for kind in kinds]
        return {path for one in made for path in paths(one.contents.values)}


@pytest.mark.parametrize("paper", papers(), ids=lambda one: one.id)
def test_our_templates_ask_for_fields_that_there_are(paper: Paper) -> None:
    found = asked(built_in(paper.file))
    groups = {path.partition(end)[0] for path in FIELDS for end in ("[]", ".")}
    assert [path for path in found if path.removesuffix("[]") not in groups | set(FIELDS)] == []
    assert len(found) >= 2


def test_what_a_template_asks_for_is_read_through_loops_and_filters(tmp_path: Path) -> None:
    document = Document()
    for text in (
        "{{ club.name|upper }} {% if support %}{{ support.amount }}{% endif %}",
        "{% for m in members %}{{ loop.index }} {{ m.name }}{% endfor %}",
        "{{ funds|join(' và ') }}",
    ):
        document.add_paragraph(text)
    document.save(str(tmp_path / "mau.docx"))
    template = Template((tmp_path / "mau.docx").read_bytes(), "mau.docx", "file")
    wanted = ("club.name", "support", "support.amount", "members[].name", "funds[]")
    assert asked(template) == wanted


def test_a_field_that_is_ours_has_a_meaning_and_another_its_name() -> None:
    assert meaning("club.name") != "club.name"
    assert meaning("cua_tinh") == "cua_tinh"
