"""What a club writes itself: joining, charter, election, meetings, loans and books."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from support.papers import ALL, KINDS, Office
from support.word import Word

from engine.documents.words import BLANK

Offices = Callable[[str], Office]
Read = Callable[[str, str], Word]
CLUB_OWN = [kind for kind in ALL if kind not in KINDS]


@pytest.fixture(scope="module")
def banked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A club of Hải Phòng with money in, lent, paid back, spent and one entry taken back."""
    office = Office(tmp_path_factory.mktemp("banked") / "clb.sqlite3", "hai_phong")
    office.found()
    for day, kind, source, amount, paper in (
        (9, "opening", "other", 3_000_000, "Biên bản kiểm quỹ"),
        (10, "contribution", "member", 7_000_000, "Sổ thu 01"),
        (11, "loan", "member", 2_000_000, "Giấy vay 01"),
        (20, "repayment", "member", 500_000, "Phiếu thu 02"),
        (21, "expense", "member", 150_000, "Phiếu chi 01"),
    ):
        entry = {
            "kind": kind,
            "source": source,
            "fund": "income",
            "amount": amount,
            "document": paper,
        }
        office.take("fund", office.day(3, day), entry)
    yield office
    office.core.store.close()


def test_none_of_them_has_a_number_and_each_names_the_club(read: Read, province: str) -> None:
    for kind in CLUB_OWN:
        paper = read(province, kind)
        assert "Số: " not in paper.lines
        assert "Liên thế hệ tự giúp nhau" in paper.text or "LIÊN THẾ HỆ" in paper.text


def test_the_charter_states_what_documents_state_and_leaves_the_rest_open(read: Read) -> None:
    stated = read("hai_phong", "quy_che").text
    assert "- Phụ nữ: phấn đấu từ 60% đến 70% (Kế hoạch số 249/KH-UBND, I.2)." in stated
    assert "Câu lạc bộ có Quỹ để tăng thu nhập và Quỹ hoạt động (Kế hoạch số 249" in stated
    assert "- Vận động nguồn lực." in stated
    silent = read("ha_noi", "quy_che").text
    assert "%" not in silent, "Hà Nội's copy is not signed: nothing of it is a rule"
    assert "Câu lạc bộ có" not in silent


def test_the_election_names_the_board_it_elected_and_lines_before_there_is_one(
    read: Read, tmp_path: Path
) -> None:
    rows = read("bac_ninh", "bien_ban_bau_bcn").rows("Chức vụ trúng cử")
    assert [row[3] for row in rows] == ["Chủ nhiệm", "Phó Chủ nhiệm", "Thư ký", "Thủ quỹ"]
    assert BLANK not in [row[1] for row in rows]


def test_a_plan_of_a_year_has_a_line_for_each_activity(read: Read) -> None:
    listed = [row[1] for row in read("hai_phong", "ke_hoach_nam").rows("Người phụ trách")]
    assert len(listed) == 8
    assert "nội dung theo Kế hoạch số 249/KH-UBND" in read("hai_phong", "ke_hoach_nam").text
    general = read("ha_noi", "ke_hoach_nam")
    assert len(general.rows("Người phụ trách")) == 8
    assert "nội dung theo" not in general.text


def test_a_meeting_says_who_came_and_what_was_done(read: Read) -> None:
    paper = read("hai_phong", "bien_ban_sinh_hoat")
    assert "Có mặt: 61/70 thành viên." in paper.lines
    assert "- Chăm sóc sức khỏe." in paper.lines


def test_the_invitation_names_the_day_the_place_and_the_decision(read: Read) -> None:
    text = read("bac_ninh", "giay_moi_ra_mat").text
    assert "GIẤY MỜI" in text
    assert "Địa điểm: Nhà văn hóa." in text
    assert "ngày 01 tháng 3 năm 2022." in text
    assert "Quyết định số 05/QĐ-UBND ngày 03 tháng 02 năm 2022" in text


def test_the_hand_over_names_both_sides_and_what_the_funds_hold(read: Read) -> None:
    paper = read("bac_ninh", "bien_ban_ban_giao")
    assert [row[1] for row in paper.rows("Bên giao")] == ["Chủ nhiệm", "Phó Chủ nhiệm"]
    assert "Quyết định số 07/QĐ-UBND ngày 10 tháng 01 năm 2023" in paper.text
    assert "- Quỹ hoạt động: 25.500.000 đồng" in paper.text


def test_the_cash_book_has_every_entry_and_what_was_left(banked: Office) -> None:
    paper = Word.of(banked.filled("so_quy").data)
    rows = paper.rows("Còn lại (đồng)")
    assert [row[3:] for row in rows] == [
        ["", "", "3.000.000"],
        ["7.000.000", "", "10.000.000"],
        ["", "2.000.000", "8.000.000"],
        ["500.000", "", "8.500.000"],
        ["", "150.000", "8.350.000"],
    ]
    assert [row[2] for row in rows[:2]] == ["Số dư ban đầu", "Thu đóng góp: thành viên đóng góp"]
    whole = (
        "Số dư ban đầu: 3.000.000 đồng; tổng thu: 7.500.000 đồng; "
        "tổng chi: 2.150.000 đồng; còn lại: 8.350.000 đồng."
    )
    assert whole in paper.lines


def test_an_opening_balance_is_no_money_of_the_year_and_has_no_receipt(banked: Office) -> None:
    statement = banked.paper("bao_cao_nam", banked.day(12, 31)).values["books"][0]
    assert statement["before"] == "3.000.000 đồng"
    assert statement["income"] == "7.500.000 đồng"
    slip = banked.paper("phieu_thu", banked.day(3, 9)).values["slip"]
    assert slip["amount"] is None


def test_the_loan_book_has_loans_and_repayments_alone(banked: Office) -> None:
    paper = Word.of(banked.filled("so_vay").data)
    rows = [row for row in paper.rows("Người vay") if row[0]]
    assert [row[3:] for row in rows] == [
        ["2.000.000", "", "", "2.000.000"],
        ["", "500.000", "", "1.500.000"],
    ]
    assert "Đang cho vay: 1.500.000 đồng (Một triệu năm trăm nghìn đồng chẵn)." in paper.lines


def test_a_slip_is_of_the_last_money_of_its_kind_up_to_the_day(banked: Office) -> None:
    receipt = Word.of(banked.filled("phieu_thu").data).text
    assert "500.000 đồng" in receipt
    assert "Phiếu thu 02" in receipt
    first = Word.of(banked.filled("phieu_thu", banked.day(3, 10)).data).text
    assert "7.000.000 đồng" in first
    assert "150.000 đồng" in Word.of(banked.filled("phieu_chi").data).text


def test_an_entry_that_was_taken_back_is_on_no_slip(tmp_path: Path) -> None:
    office = Office(tmp_path / "clb.sqlite3", "hai_phong")
    office.found()
    entry = {"kind": "expense", "source": "member", "fund": "income", "amount": 9_000}
    office.take("fund", office.day(3, 1), {**entry, "kind": "contribution", "amount": 50_000})
    office.take("fund", office.day(3, 2), {**entry, "document": "Phiếu chi 01"})
    office.take("fund", office.day(3, 3), {**entry, "kind": "reversal", "document": "Nhầm"})
    slip = office.paper("phieu_chi").values["slip"]
    assert (slip["amount"], slip["document"]) == (None, None)
    office.core.store.close()


def test_without_money_on_record_a_slip_and_a_book_are_blank_and_not_nought(
    opened: Offices,
) -> None:
    office = opened("hai_phong")
    assert BLANK in Word.of(office.filled("phieu_chi").data).text
    assert f"Đang cho vay: {BLANK} ({BLANK})." in Word.of(office.filled("so_vay").data).lines
    book = Word.of(office.filled("so_quy").data)
    assert "0 đồng" not in book.text
    assert book.rows("Còn lại (đồng)") == [[""] * 6] * 5, "rows to write in"


def test_the_plan_is_of_the_year_that_is_asked_for(lived: Offices) -> None:
    office = lived("bac_ninh")
    assert office.paper("ke_hoach_nam", date(2023, 1, 5)).values["year"] == 2023
