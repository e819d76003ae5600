"""A paper follows the record as it is now: corrected, annulled, renamed, moved."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.papers import Office
from support.word import Word

from engine.reports.dossier import Dossier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of one's own whose club has just been decided."""
    made = Office(tmp_path / "clb.sqlite3", "bac_ninh")
    made.found()
    yield made
    made.core.store.close()


def correct(office: Office, step: str, officer: str, **changes: object) -> None:
    """Correct fields of the last record of a step."""
    seq = max(one.seq for one in office.core.events(office.club) if one.step == step)
    form = {"seq": seq, "changes": changes}
    office.take("correct", office.day(3, 1), form, officer=officer)


def test_a_correction_is_in_the_paper(office: Office) -> None:
    decision = {"number": "6", "date": office.day(2, 4).isoformat(), "signer": "Lê Thị Ký"}
    correct(office, "approve", "chu_tich", decision=decision)
    lines = Word.of(office.filled("quyet_dinh_thanh_lap").data).lines
    assert "Số: 06/QĐ-UBND" in lines
    assert "Đình Bảng, ngày 04 tháng 02 năm 2022" in lines
    assert "Lê Thị Ký" in lines
    assert "PHÓ CHỦ TỊCH" in lines, "what the correction does not name stays"


def test_a_correction_by_dotted_path_counts_too(office: Office) -> None:
    correct(office, "approve", "chu_tich", **{"decision.title": "Chủ tịch"})
    assert "PHÓ CHỦ TỊCH" not in Word.of(office.filled("quyet_dinh_thanh_lap").data).lines


def test_an_annulled_step_has_no_paper(office: Office) -> None:
    seq = office.core.events(office.club)[-1].seq
    office.take("annul", office.day(3, 1), {"seq": seq}, officer="chu_tich")
    result = office.paper("quyet_dinh_thanh_lap")
    assert result.record is None
    assert result.values["number"] == "……/QĐ-UBND"


def test_a_renamed_club_keeps_its_old_name_on_old_papers(office: Office) -> None:
    old = office.paper("to_trinh").values["club"]["name"]
    office.take("rename", office.day(3, 1), {"name": "CLB Hoa Mai"}, officer="ubnd")
    assert office.paper("to_trinh").values["club"]["name"] == old
    office.take("launch", office.day(4, 1))
    assert office.paper("bien_ban_ra_mat").values["club"]["name"] == "Câu lạc bộ Hoa Mai"


def test_a_club_that_moved_has_the_commune_of_the_papers_day(office: Office) -> None:
    office.take("rehome", office.day(3, 1), {"commune": "phường Từ Sơn"}, officer="tinh")
    assert office.paper("quyet_dinh_thanh_lap").values["committee"].endswith("phường Đình Bảng")
    later = office.paper("danh_sach_bcn", office.day(3, 2))
    assert later.values["committee"].endswith("phường Từ Sơn")


def test_who_joined_later_is_not_on_the_list_of_the_decision(office: Office) -> None:
    office.take("roster", office.day(6, 1))
    assert len(office.paper("quyet_dinh_thanh_lap").values["members"]) == 70
    assert len(office.paper("danh_sach_thanh_vien", office.day(6, 2)).values["members"]) == 71


def test_an_erased_name_is_a_blank_and_the_list_keeps_its_length(office: Office) -> None:
    name = office.people()[0].name
    office.take("erase", office.day(6, 1), {"member": name}, officer="tinh")
    paper = Word.of(office.filled("quyet_dinh_thanh_lap").data)
    assert name not in paper.text
    listed = [row[1] for row in paper.rows("Diện hộ")]
    assert (len(listed), listed[-1]) == (70, "……………")
    assert "do ông (bà) …………… làm Chủ nhiệm" in paper.text


def test_a_board_typed_later_than_the_decisions_day_is_still_its_board(office: Office) -> None:
    late = {"chair": office.people()[9].name, "vice": office.people()[8].name}
    second = office.core.open(office.day(1, 5), {"commune": office.setting.commune}, officer="hoi")
    office.club = second
    office.take("set_board", office.day(5, 1), late)
    office.take("propose", office.day(1, 25))
    office.take("approve", office.day(2, 3))
    chair = office.paper("quyet_dinh_thanh_lap").values["chair"]["name"]
    assert chair == office.people()[9].name


def test_the_last_record_up_to_a_day(office: Office) -> None:
    dossier = Dossier(office.core.store, office.core.club(office.club))
    first = dossier.last(["propose"], office.day(1, 20))
    last = dossier.last(["propose"])
    assert first is not None
    assert last is not None
    assert (first.on, last.on) == (office.day(1, 12), office.day(1, 25))
    assert dossier.last(["propose"], date(2020, 1, 1)) is None
