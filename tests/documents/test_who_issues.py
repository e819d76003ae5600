"""Who issues and signs is asked where it is needed, remembered for the commune, and printed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from support.papers import ALL, SETTINGS, Office
from support.word import Word

from engine.documents.words import BLANK
from engine.interview.step import StepInterview
from engine.lifecycle.situation import situation

Offices = Callable[[str], Office]
UNIT = "Phòng Văn hóa - Xã hội"


def asked(office: Office, step: str, path: str, officer: str) -> object:
    """Return the default of a question about a club's step."""
    known = situation(office.core.life, office.club, step, officer)
    question = StepInterview(step=step, situation=known).question(path)
    assert question is not None
    return question.default


def test_the_unit_that_submitted_last_in_the_commune_is_offered_for_the_next_club(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path / "clb.sqlite3", "hai_phong")
    office.open()
    assert asked(office, "propose", "lead_unit", "ubnd") is None
    first = {"lead_unit": UNIT, "submission.number": "1"}
    office.take("propose", office.day(1, 12), first, officer="ubnd")
    office.open("CLB thứ hai")
    assert asked(office, "propose", "lead_unit", "ubnd") == UNIT
    office.core.store.close()


def test_a_unit_submits_under_its_committee_and_its_head_signs(tmp_path: Path) -> None:
    office = Office(tmp_path / "clb.sqlite3", "hai_phong")
    office.open()
    first = {"lead_unit": UNIT, "submission.number": "1"}
    office.take("propose", office.day(1, 12), first, officer="ubnd")
    paper = Word.of(office.filled("to_trinh").data)
    assert f"{UNIT} kính trình Ủy ban nhân dân xã An Hòa" in paper.text
    assert "Kính gửi: Ủy ban nhân dân xã An Hòa" in paper.lines
    assert "TRƯỞNG PHÒNG" in paper.lines
    office.core.store.close()


def test_the_signer_of_each_decision_is_the_one_on_its_record(tmp_path: Path) -> None:
    office = Office(tmp_path / "clb.sqlite3", "bac_ninh")
    office.found()
    ended = {
        "decision.number": "9",
        "decision.signer": "TRẦN VĂN KÝ",
        "decision.title": "Phó Chủ tịch",
    }
    office.take("dissolve", office.day(5, 1), ended)
    lines = Word.of(office.filled("quyet_dinh_giai_the").data).lines
    place = lines.index("TM. ỦY BAN NHÂN DÂN")
    signed = [line for line in lines[place : place + 9] if line]
    assert signed[1:4] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Ký"]
    office.core.store.close()


def test_the_head_of_whoever_issues_signs(lived: Offices) -> None:
    def signs(province: str, kind: str) -> list[str | None]:
        return list(lived(province).paper(kind).values["signature"]["lines"])

    assert signs("bac_ninh", "danh_sach_tap_huan") == ["TRƯỞNG BAN"]
    assert signs("hai_phong", "danh_sach_tap_huan") == ["GIÁM ĐỐC"]
    assert signs("hoa_binh", "danh_sach_tap_huan") == ["CHỦ TỊCH"]
    assert signs("bac_ninh", "to_trinh") == ["CHỦ TỊCH"]


def test_nobody_is_a_row_of_dots_that_submits(tmp_path: Path) -> None:
    """A lead that no document names any more submits nothing as a row of dots."""
    office = Office(tmp_path / "clb.sqlite3", "hoa_binh", replace(SETTINGS["hoa_binh"], year=2026))
    office.found()
    office.take("train", office.day(2, 15), {"course.start": "2026-02-14"})
    plan = Word.of(office.filled("danh_sach_tap_huan").data).text
    assert f"{BLANK} tổ chức" not in plan
    assert "5. Tổ chức thực hiện: Ban Chủ nhiệm câu lạc bộ tham dự đúng thành phần" in plan
    shown = office.paper("danh_sach_tap_huan").notices
    assert any("ai chủ trì ở cấp tỉnh: để trống" in one for one in shown)
    for kind in ALL:
        lines = Word.of(office.filled(kind).data).lines
        assert not [line for line in lines if line.startswith((f"{BLANK} kính", f"{BLANK} trân"))]
    office.core.store.close()
