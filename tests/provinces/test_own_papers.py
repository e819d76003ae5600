"""What a province prints and appraises of its own: papers, fields on them, aspects, inspections."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from support.odd import ODD, odd
from support.province_plugin import province_of, stated

from engine import codes
from engine.documents.maker import PaperMaker
from engine.errors import RefusedError
from engine.plugin_checks.files import template_mistakes
from engine.plugin_checks.model import Candidate
from engine.reports.deadlines import inspection_rules
from engine.scenario.play import LAUNCHED, play
from engine.scenario.world import World, open_world

OPENED, TODAY = date(2021, 2, 1), date(2022, 12, 31)
SUPERVISED, REVIEWED = date(2022, 3, 1), date(2022, 12, 1)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path, ODD, TODAY, provinces=odd()) as world:
        yield world


@pytest.fixture
def club(here: World) -> str:
    club = here.found(OPENED)
    list(play(here, club, LAUNCHED, OPENED))
    here.take(club, "supervise", SUPERVISED, {"own.to_truong": here.people(OPENED)[3].name})
    here.take(club, "review", REVIEWED, {"own.khen_thuong": True})
    return club


def printed(here: World, club: str, kind: str) -> list[str]:
    maker = PaperMaker(here.registry, here.registry.lifecycle.club(club))
    made = maker.make(maker.paper(kind))
    assert made.filled.unknown == ()
    document = docx.Document(io.BytesIO(made.filled.data))
    return [one.text for one in document.paragraphs]


def test_fields_of_its_own_are_lines_of_the_engines_papers(here: World, club: str) -> None:
    lines = printed(here, club, "bien_ban_giam_sat")
    assert "- Xếp loại CLB: Tốt." in lines
    assert f"- Tổ trưởng vườn: {here.people(OPENED)[3].name}." in lines
    assert "- Đề nghị khen thưởng: có." in printed(here, club, "phieu_danh_gia")


def test_a_paper_of_its_own_is_found_by_its_title_and_filled(here: World, club: str) -> None:
    lines = printed(here, club, "giấy khen câu lạc bộ")
    assert "GIẤY KHEN" in lines
    assert "Đề nghị: có." in lines


def test_an_aspect_of_its_own_must_be_met_and_is_in_the_minutes(here: World, club: str) -> None:
    other = here.found(OPENED)
    here.take(other, "propose", date(2021, 2, 10))
    with pytest.raises(RefusedError) as caught:
        here.take(other, "approve", date(2021, 3, 1), {"own.dat_dai": "not_met"})
    (found,) = [one for one in caught.value.findings if one.code == codes.APPRAISAL_NOT_MET]
    assert "Đất làm vườn chung" in found.message
    with pytest.raises(RefusedError) as caught:
        here.take(other, "approve", date(2021, 3, 1), {"own.dat_dai": None})
    (found,) = [one for one in caught.value.findings if one.code == codes.APPRAISAL_MISSING]
    assert (found.fix, found.source) == ("--set own.dat_dai=met", "KH 2/KH-UBND, III.5")
    maker = PaperMaker(here.registry, here.registry.lifecycle.club(club))
    made = maker.make(maker.paper("bien_ban_tham_dinh"))
    (aspects,) = [one for one in (made.contents.values["aspects"],) if isinstance(one, list)]
    assert aspects[-1] == {"no": 3, "name": "Đất làm vườn chung", "conclusion": "Đạt"}


def test_an_inspection_of_its_own_has_its_name(here: World) -> None:
    titles = {one.id: one.title for one in inspection_rules(here.rules.policy, TODAY)}
    assert titles == {"own_cheo": "Kiểm tra chéo giữa các huyện"}


def test_a_paper_without_its_template_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = stated("paper.own_x", '{ title = "Giấy khen", of = "review" }')
    province_of(tmp_path, monkeypatch, policy)
    candidate = Candidate("clb-tinh-thu", "1.0", "tinh_thu", "clb_tinh_thu", tmp_path)
    (found,) = template_mistakes(tmp_path / "clb_tinh_thu", candidate)
    assert (found.code, found.file) == (codes.PLUGIN_TEMPLATE, "templates/own_x.docx")
