"""What the papers of a club at work say."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support.papers import SETTINGS, Office, Setting
from support.word import Word

from engine.documents.papers import papers
from engine.documents.words import BLANK_DATE

GENERAL = "theo quy trình chung"
Offices = Callable[[str], Office]
Read = Callable[[str, str], Word]


def test_the_course_is_planned_and_its_board_listed(read: Read, province: str) -> None:
    paper, year = read(province, "danh_sach_tap_huan"), SETTINGS[province].year
    assert (
        f"1. Thời gian: 2 ngày, từ ngày 14 tháng 02 năm {year} đến ngày 15 tháng 02 năm {year}."
    ) in paper.lines
    assert "3. Nội dung: Quản lý quỹ." in paper.lines
    rows = paper.rows("Ký nhận")
    assert [row[3] for row in rows] == ["Chủ nhiệm", "Phó Chủ nhiệm", "Thư ký", "Thủ quỹ", ""]
    assert rows[-1] == ["5", "", "", "", ""]


def test_the_course_is_its_organisers_paper(read: Read) -> None:
    assert read("bac_ninh", "danh_sach_tap_huan").lines[:3] == [
        "BAN ĐẠI DIỆN",
        "HỘI NGƯỜI CAO TUỔI",
        "TỈNH BẮC NINH",
    ]


def test_the_course_is_the_departments_where_the_document_gives_it_the_training(
    read: Read,
) -> None:
    paper = read("hai_phong", "danh_sach_tap_huan")
    assert paper.lines[:3] == [
        "UBND THÀNH PHỐ HẢI PHÒNG",
        "SỞ LAO ĐỘNG -",
        "THƯƠNG BINH VÀ XÃ HỘI",
    ]
    assert f"Hải Phòng, {BLANK_DATE}" in paper.lines, "a plan goes before its course"
    assert "DANH SÁCH NGƯỜI DỰ TẬP HUẤN" in paper.lines


def test_a_course_after_the_reorganisation_is_headed_by_the_successor_and_says_so(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path / "clb.sqlite3", "hai_phong", Setting("Xã An Hòa", "Thôn 1", 2025))
    office.found()
    office.take("train", office.day(4, 10), {"course.start": "2025-04-09"})
    assert "SỞ Y TẾ" in Word.of(office.filled("danh_sach_tap_huan").data).lines[:3]
    notices = office.paper("danh_sach_tap_huan").notices
    (notice,) = [one for one in notices if "Sở" in one]
    assert "Sở Lao động - Thương binh và Xã hội" in notice
    assert "Sở Y tế thành phố Hải Phòng" in notice
    assert "chưa xác nhận" in notice
    office.core.store.close()


def test_what_is_shown_of_new_clubs_is_not_printed_for_an_older_one(tmp_path: Path) -> None:
    stated = (
        "Đối tượng theo Quyết định số 933/QĐ-UBND, Phần thứ ba, II.2: Ban Chủ nhiệm các câu lạc bộ "
        "mới"
    )
    for year, printed in ((2020, False), (2022, True)):
        setting = Setting("phường Đình Bảng", "Khu phố Đình", year)
        office = Office(tmp_path / f"{year}.sqlite3", "bac_ninh", setting)
        office.found()
        course = {"course.start": "2022-09-14"}
        office.take("train", date(2022, 9, 15), course)
        assert (stated in Word.of(office.filled("danh_sach_tap_huan").data).text) is printed
        office.core.store.close()


HEADS = {
    "bac_ninh": "BAN ĐẠI DIỆN\nHỘI NGƯỜI CAO TUỔI\nTỈNH BẮC NINH",
    "hai_phong": "UBND THÀNH PHỐ HẢI PHÒNG\nSỞ LAO ĐỘNG -\nTHƯƠNG BINH VÀ XÃ HỘI",
    "ha_noi": "HỘI NGƯỜI CAO TUỔI\nTHÀNH PHỐ HÀ NỘI",
    "hoa_binh": "HỘI NGƯỜI CAO TUỔI\nTỈNH HÒA BÌNH",
}


@pytest.mark.parametrize("kind", ["danh_sach_tap_huan", "bien_ban_giam_sat", "phieu_danh_gia"])
def test_what_an_officer_of_the_province_records_is_headed_by_who_leads_there(
    tmp_path: Path, province: str, kind: str
) -> None:
    office = Office(tmp_path / "clb.sqlite3", province)
    office.found()
    year = office.setting.year
    course = {"course.start": office.day(2, 14).isoformat()}
    office.take("train", office.day(2, 15), course, officer="tinh")
    office.take("launch", office.day(3, 1))
    office.take("supervise", office.day(9, 1), officer="tinh")
    office.take("review", office.day(12, 20), {"year": year}, officer="tinh")
    assert "\n".join(Word.of(office.filled(kind).data).lines).startswith(HEADS[province])
    office.core.store.close()


def test_the_launch_reports_decision_charter_funds_and_gifts(read: Read) -> None:
    paper = read("bac_ninh", "bien_ban_ra_mat")
    text = paper.text
    assert "Quyết định số 05/QĐ-UBND ngày 03 tháng 02 năm 2022" in text
    assert "3. Quy chế hoạt động của câu lạc bộ đã được thông qua tại buổi lễ." in text
    assert "đã lập Quỹ để tăng thu nhập và Quỹ hoạt động." in text
    assert (
        "- Ngày 20/02/2022: tiếp nhận 25.500.000 đồng (Hai mươi lăm triệu năm trăm nghìn đồng "
        "chẵn) từ HelpAge, vào Quỹ hoạt động, chứng từ Phiếu thu 01."
    ) in paper.lines


def test_the_supervision_reports_its_figures_money_in_words_and_activities_by_name(
    lived: Offices,
) -> None:
    office = lived("bac_ninh")
    paper = Word.of(office.filled("bien_ban_giam_sat", office.day(12, 1)).data)
    rows = dict(paper.rows("Kết quả"))
    assert rows["Số thành viên hiện nay"] == "70 người"
    assert rows["Số buổi sinh hoạt đã tổ chức"] == "6 buổi"
    assert rows["Số dư quỹ để tăng thu nhập"] == "20.000.000 đồng (Hai mươi triệu đồng chẵn)"
    assert "- Hoạt động chăm sóc sức khỏe." in paper.lines
    assert "2. Hoạt động đã thực hiện:" in paper.lines
    assert "4. Kiến nghị: Cho vay quay vòng nhanh hơn." in paper.lines
    assert "Kỳ giám sát: từ ngày 01 tháng 3 năm 2022 đến ngày 01 tháng 9 năm 2022." in paper.lines


def test_activities_are_counted_out_of_a_list_that_the_document_asks_for(read: Read) -> None:
    assert (
        "(1/8 nội dung, theo Kế hoạch số 249/KH-UBND, III.3.1):"
        in read("hai_phong", "bien_ban_giam_sat").text
    )
    assert "nội dung, theo" not in read("hoa_binh", "bien_ban_giam_sat").text


def test_a_province_that_lists_no_activities_has_none_counted(read: Read) -> None:
    """HN-42: the plan asks for eight contents and names none: the names are the general ones."""
    paper = read("ha_noi", "bien_ban_giam_sat")
    assert "2. Hoạt động đã thực hiện:" in paper.lines
    assert "- Chăm sóc sức khỏe." in paper.lines


def test_the_latest_supervision_counts_and_an_earlier_one_can_be_asked_for(
    lived: Offices,
) -> None:
    office = lived("bac_ninh")
    latest = office.paper("bien_ban_giam_sat")
    earlier = office.paper("bien_ban_giam_sat", office.day(12, 1))
    assert (latest.day, earlier.day) == (office.day(3, 1, later=1), office.day(9, 1))
    assert "cần được củng cố" in latest.values["conclusion"]
    assert "tiếp tục duy trì" in earlier.values["conclusion"]


def test_what_was_left_out_of_a_record_was_nothing_and_is_no_blank(read: Read) -> None:
    assert "4. Kiến nghị: Không." in read("bac_ninh", "bien_ban_giam_sat").lines


def test_who_supervises_issues_the_minutes(read: Read) -> None:
    assert "TỈNH BẮC NINH" in read("bac_ninh", "bien_ban_giam_sat").lines[:3]
    assert read("hai_phong", "bien_ban_giam_sat").lines[:2] == ["ỦY BAN NHÂN DÂN", "XÃ AN HÒA"]


def test_the_review_holds_the_borrowers_against_the_province(read: Read) -> None:
    rows = {row[0]: row[1:] for row in read("bac_ninh", "phieu_danh_gia").rows("Kết quả")}
    text, stated = rows["Số thành viên được vay vốn"]
    assert text == "40/70 người (57,1%)"
    assert stated.startswith("Ít nhất 50% thành viên được vay vốn (Phần thứ ba, I.2.2")


def test_what_counts_as_borrowing_is_shown_as_the_province_says_it(read: Read) -> None:
    rows = {row[0]: row[1:] for row in read("hoa_binh", "phieu_danh_gia").rows("Kết quả")}
    stated = rows["Số thành viên được vay bằng tiền"][1]
    assert stated.startswith(
        "Ít nhất 50% thành viên được vay vốn bằng tiền hoặc hiện vật và cải thiện thu nhập (I.2"
    )
    silent = read("ha_noi", "phieu_danh_gia")
    assert ["Số thành viên được vay vốn", "40/70 người (57,1%)"] in silent.rows("Kết quả")
    assert "Văn bản nêu" not in silent.lines, "a column only where something is stated"


@pytest.mark.parametrize(
    ("kept", "label"),
    [
        ("bac_ninh", "Số thành viên được vay vốn"),
        ("hai_phong", "Số thành viên được vay vốn"),
        ("ha_noi", "Số thành viên được vay vốn"),
        ("hoa_binh", "Số thành viên được vay bằng tiền"),
    ],
)
@pytest.mark.parametrize("paper", ["bien_ban_giam_sat", "phieu_danh_gia"])
def test_money_is_only_named_where_a_loan_in_kind_counts_too(
    read: Read, paper: str, kept: str, label: str
) -> None:
    found = [row[0] for row in read(kept, paper).rows("Kết quả")]
    assert next(one for one in found if one.startswith("Số thành viên được vay")) == label


def test_a_fund_that_the_province_does_not_ask_for_is_named_alike_and_remarked(
    read: Read, lived: Offices
) -> None:
    rows = {one: read(one, "bien_ban_giam_sat").rows("Kết quả") for one in SETTINGS}
    funds = {
        one: [row[0] for row in found if row[0].startswith("Số dư")] for one, found in rows.items()
    }
    assert funds["bac_ninh"] == ["Số dư quỹ để tăng thu nhập", "Số dư quỹ hoạt động"]
    assert funds["ha_noi"] == ["Số dư quỹ để tăng thu nhập", "Số dư quỹ hoạt động"]
    (notice,) = [
        one for one in lived("ha_noi").paper("bien_ban_giam_sat").notices if "Quỹ hoạt động" in one
    ]
    assert GENERAL in notice
    asked_for = lived("bac_ninh").paper("bien_ban_giam_sat").notices
    assert not any(GENERAL in one for one in asked_for)


@pytest.mark.parametrize("kind", [one.id for one in papers()])
def test_no_paper_has_our_own_note_on_the_general_procedure_in_it(
    read: Read, province: str, kind: str
) -> None:
    assert "quy trình chung" not in read(province, kind).text


def test_borrowers_are_counted_out_of_the_members_of_that_day(tmp_path: Path) -> None:
    office = Office(tmp_path / "clb.sqlite3", "bac_ninh")
    office.found()
    office.take("launch", office.day(3, 1))
    figures = {"borrowers_in_kind": 7, "members_with_need": 30, "members_served": 21}
    office.take("supervise", office.day(9, 1), figures)
    office.take("roster", office.day(10, 1))
    office.take("review", office.day(12, 20), {"year": office.setting.year})
    rows = {row[0]: row[1] for row in Word.of(office.filled("phieu_danh_gia").data).rows("Kết quả")}
    assert rows["Số thành viên được vay vốn"] == "40/70 người (57,1%)"
    assert rows["Số thành viên được vay bằng hiện vật"] == "7/70 người (10,0%)"
    assert rows["Số thành viên có nhu cầu đã được hỗ trợ"] == "21/30 người (70,0%)"
    office.core.store.close()


def test_a_review_looks_at_the_supervisions_of_its_own_year(tmp_path: Path) -> None:
    office = Office(tmp_path / "clb.sqlite3", "bac_ninh")
    office.found()
    office.take("launch", office.day(3, 1))
    office.take("supervise", office.day(9, 1))
    office.take("supervise", office.day(3, 1, later=1))
    office.take("review", office.day(3, 2, later=1), {"year": office.setting.year})
    found = office.paper("phieu_danh_gia").values["supervisions"]
    assert found == [f"01/09/{office.setting.year}"]
    office.core.store.close()


def test_the_review_names_its_year_and_its_supervisions(read: Read, province: str) -> None:
    year = SETTINGS[province].year
    paper = read(province, "phieu_danh_gia")
    assert any(line.startswith(f"Hoạt động năm {year} của") for line in paper.lines)
    assert f"Giám sát trong năm: 1 lần (ngày 01/09/{year})." in paper.lines
    assert "3. Hoạt động theo quy chế: Có." in paper.lines
    run = {
        "bac_ninh": " (Quyết định số 933/QĐ-UBND, Phần thứ ba, I.2.2)",
        "hai_phong": " (Kế hoạch số 249/KH-UBND, I.2)",
    }
    assert f"4. Được quản lý tốt: Có{run.get(province, '')}." in paper.text
    assert ("Đạt chuẩn" in paper.text) is (province == "ha_noi")


@pytest.mark.parametrize(
    ("result", "line"),
    [
        ({}, "Đạt chuẩn: Không ghi."),
        (
            {"standard": "not_met", "standard_document": "Hướng dẫn 10/HD-HNCT"},
            "Đạt chuẩn: Chưa đạt, theo Hướng dẫn 10/HD-HNCT.",
        ),
    ],
)
def test_the_review_says_by_which_document_the_standard_is_met(
    tmp_path: Path, result: dict[str, str], line: str
) -> None:
    office = Office(tmp_path / "clb.sqlite3", "ha_noi")
    office.found()
    office.take("launch", office.day(3, 1))
    office.take("review", office.day(12, 20), {"year": office.setting.year, **result})
    assert line in Word.of(office.filled("phieu_danh_gia").data).text
    office.core.store.close()


def test_a_changed_board_is_shown_post_by_post_old_and_new(lived: Offices, province: str) -> None:
    office = lived(province)
    paper = Word.of(office.filled("quyet_dinh_kien_toan", office.day(2, 1, later=1)).data)
    people = office.people()
    changes = paper.rows("Người thôi giữ chức vụ")
    assert [row[1] for row in changes] == ["Chủ nhiệm", "Phó Chủ nhiệm"]
    assert changes[0][2].endswith(people[0].name)
    assert changes[0][3].endswith(people[4].name)
    assert changes[1][3] == "Ông (bà) Trần Thị Mới"
    now = [row[1] for row in paper.rows("Chức vụ trong Ban Chủ nhiệm")]
    assert now == [people[4].name, "Trần Thị Mới", people[2].name, "Nguyễn Văn Ngoài"]
    assert "Số: 07/QĐ-UBND" in paper.lines


def test_a_new_chair_is_sent_to_training_where_the_province_says_so(lived: Offices) -> None:
    texts = {}
    for province in ("bac_ninh", "hoa_binh"):
        office = lived(province)
        filled = office.filled("quyet_dinh_kien_toan", office.day(2, 1, later=1))
        texts[province] = Word.of(filled.data).text
    assert "tập huấn bổ sung theo Quyết định số 933/QĐ-UBND, Phần thứ ba, II.2" in texts["bac_ninh"]
    assert "tập huấn bổ sung" not in texts["hoa_binh"]


def test_a_consolidated_club_gets_a_decision_too(read: Read) -> None:
    lines = read("bac_ninh", "quyet_dinh_kien_toan").lines
    assert "Số: 15/QĐ-UBND" in lines
    assert any("Lý do: Đã củng cố xong." in line for line in lines)
    assert "Người thôi giữ chức vụ" not in lines


def test_the_dissolution_says_what_the_funds_hold_and_where_it_goes(read: Read) -> None:
    paper = read("bac_ninh", "quyet_dinh_giai_the")
    assert "Số: 112/QĐ-UBND" in paper.lines
    assert "Đình Bảng, ngày 09 tháng 7 năm 2023" in paper.lines
    assert (
        "- Quỹ hoạt động: 25.500.000 đồng (Hai mươi lăm triệu năm trăm nghìn đồng chẵn)."
    ) in paper.lines
    assert "2. Kết quả kiểm kê: Đã kiểm kê." in paper.lines
    assert "3. Phương án xử lý: Nộp về Hội." in paper.lines


def test_a_decision_has_the_funds_of_the_club_and_marks_none(read: Read) -> None:
    for province in ("ha_noi", "hoa_binh"):
        text = read(province, "quyet_dinh_giai_the").text
        assert "- Quỹ hoạt động: 25.500.000 đồng" in text
        assert "quy trình chung" not in text


def test_a_fund_without_an_entry_holds_what_the_last_supervision_counted(read: Read) -> None:
    paper = read("bac_ninh", "quyet_dinh_giai_the")
    assert (
        "- Quỹ để tăng thu nhập: 20.000.000 đồng (Hai mươi triệu đồng chẵn) "
        "(theo biên bản giám sát ngày 01 tháng 3 năm 2023);"
    ) in paper.lines


def test_a_fund_that_nobody_counted_is_blank_and_not_nought(opened: Offices) -> None:
    paper = Word.of(opened("bac_ninh").filled("quyet_dinh_giai_the").data)
    assert "- Quỹ để tăng thu nhập: …………… (……………);" in paper.lines
