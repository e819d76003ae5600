"""What is not known is a blank; what was left out on purpose is not asked for."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from support.papers import Office
from support.word import Word

from engine.documents.dossier import by_hand
from engine.documents.words import BLANK, BLANK_DATE

Offices = Callable[[str], Office]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[str], Office]]:
    """Return an office of one's own whose club has its file, its members and its board."""
    made: list[Office] = []

    def office(province: str) -> Office:
        made.append(Office(tmp_path / f"{province}.sqlite3", province))
        made[-1].open()
        return made[-1]

    yield office
    for one in made:
        one.core.store.close()


def test_a_dossier_returned_without_a_day_has_no_deadline(fresh: Offices) -> None:
    office = fresh("bac_ninh")
    office.take("propose", office.day(1, 12))
    prepared = Word.of(office.filled("cong_van_tra_ho_so").data)
    assert any(f"trước {BLANK_DATE}./." in line for line in prepared.lines)
    office.take("return", office.day(1, 17))
    returned = Word.of(office.filled("cong_van_tra_ho_so").data)
    assert "trước ngày" not in returned.text
    assert "Đề nghị Hội Người cao tuổi phường Đình Bảng bổ sung và trình lại hồ sơ./." in (
        returned.lines
    )


def test_an_aspect_that_is_not_met_is_named_in_the_conclusion(fresh: Offices) -> None:
    office = fresh("ha_noi")
    office.take("propose", office.day(1, 12))
    office.take("approve", office.day(2, 3), {"appraisal.finance": "not_met"})
    paper = Word.of(office.filled("bien_ban_tham_dinh").data)
    assert paper.rows("Nội dung thẩm định")[4][2] == "Chưa đạt"
    assert "4. Kết luận chung: Hồ sơ chưa đạt: tài chính." in paper.lines


def test_an_appraisal_without_its_day_or_an_aspect_has_blanks_there(fresh: Offices) -> None:
    office = fresh("ha_noi")
    office.take("propose", office.day(1, 12))
    office.take("approve", office.day(2, 3), {"appraisal.finance": None})
    paper = Word.of(office.filled("bien_ban_tham_dinh").data)
    assert "Sơn Tây, ngày …… tháng …… năm ………" in paper.lines
    assert paper.rows("Nội dung thẩm định")[4][2] == BLANK
    assert "4. Kết luận chung: " in paper.lines
    assert "4. Kết luận chung" in by_hand(office.filled("bien_ban_tham_dinh").data)


def test_a_decision_without_any_appraisal_cites_none_where_none_is_asked_for(
    fresh: Offices,
) -> None:
    office = fresh("ha_noi")
    office.take("propose", office.day(1, 12))
    assert "kết quả thẩm định" not in Word.of(office.filled("quyet_dinh_thanh_lap").data).text
    office.take("approve", office.day(2, 3), {"appraisal": None})
    assert "kết quả thẩm định" not in Word.of(office.filled("quyet_dinh_thanh_lap").data).text


def test_a_prepared_decision_leaves_the_appraisals_day_blank_where_it_is_asked_for(
    opened: Offices,
) -> None:
    text = Word.of(opened("bac_ninh").filled("quyet_dinh_thanh_lap").data).text
    assert "thành lập câu lạc bộ ngày …… tháng …… năm ………;" in text


def test_the_board_to_come_is_not_the_board_that_is(opened: Offices) -> None:
    office = opened("bac_ninh")
    paper = Word.of(office.filled("quyet_dinh_kien_toan").data)
    assert office.people()[0].name not in paper.text
    posts = paper.rows("Chức vụ trong Ban Chủ nhiệm")
    assert [row[4] for row in posts] == ["Chủ nhiệm", "Phó Chủ nhiệm", "Thư ký", "Thủ quỹ"]
    assert {row[1] for row in posts} == {BLANK}


def test_a_post_nobody_held_is_kept_apart_from_an_unknown_name(fresh: Offices) -> None:
    office = fresh("bac_ninh")
    few = {"chair": office.people()[0].name, "vice": office.people()[1].name}
    office.take("set_board", office.day(1, 6), {**few, "secretary": None, "treasurer": None})
    office.take("propose", office.day(1, 12))
    office.take("approve", office.day(2, 3))
    change = {"chair": None, "secretary": office.people()[5].name}
    office.take("change_board", office.day(3, 1), change)
    paper = Word.of(office.filled("quyet_dinh_kien_toan").data)
    assert [row[1:3] for row in paper.rows("Người thôi giữ chức vụ")] == [["Thư ký", "(chưa có)"]]
    assert "tập huấn bổ sung" not in paper.text


def test_money_that_was_taken_back_is_not_reported_at_the_launch(fresh: Offices) -> None:
    office = fresh("bac_ninh")
    office.take("propose", office.day(1, 12))
    office.take("approve", office.day(2, 3))
    gift = {"amount": 700_000, "document": "Phiếu thu 9"}
    office.take("fund", office.day(2, 10), gift, officer="hoi")
    seq = office.core.events(office.club)[-1].seq
    back = {**gift, "kind": "reversal", "reverses": seq}
    office.take("fund", office.day(2, 11), back, officer="hoi")
    office.take("launch", office.day(3, 1))
    assert "700.000" not in Word.of(office.filled("bien_ban_ra_mat").data).text


def test_a_review_without_a_supervision_has_no_figures_of_one(fresh: Offices) -> None:
    office = fresh("bac_ninh")
    for step, month in (("propose", 1), ("approve", 2), ("launch", 3)):
        office.take(step, office.day(month, 20))
    office.take("review", office.day(12, 20), {"year": 2022})
    paper = Word.of(office.filled("phieu_danh_gia").data)
    assert "Giám sát trong năm: chưa có." in paper.lines
    assert {row[1] for row in paper.rows("Kết quả")} == {BLANK}


def test_a_club_without_members_has_blanks_for_its_shares(tmp_path: Path) -> None:
    office = Office(tmp_path / "clb.sqlite3", "bac_ninh")
    office.club = office.core.open(
        office.day(1, 5), {"commune": office.setting.commune}, officer="hoi"
    )
    paper = Word.of(office.filled("to_trinh").data)
    assert {tuple(row[1:3]) for row in paper.rows("Tỷ lệ")} == {(BLANK, ""), (BLANK, BLANK)}
    assert any(line.startswith("- Chủ nhiệm: ") for line in paper.lines)
    office.core.store.close()


def test_a_commune_renamed_by_an_unconfirmed_list_is_reported_to_be_checked(lived: Offices) -> None:
    office = lived("hoa_binh")
    result = office.paper("danh_sach_bcn", date(2025, 8, 1))
    assert result.values["committee"] == "Ủy ban nhân dân xã Mường Động"
    assert len(result.notices) == 1
    assert "xã Tú Sơn" in result.notices[0]
    assert office.paper("danh_sach_bcn", date(2025, 6, 1)).notices == ()
