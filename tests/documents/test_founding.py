"""What the papers that lead to a club say, province by province."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.papers import SETTINGS, Office, Setting
from support.word import Word

from engine.documents.phrases import not_cited
from engine.provinces.load import Provinces

Offices = Callable[[str], Office]
Read = Callable[[str, str], Word]
DOCUMENTS = {
    "bac_ninh": "Căn cứ Quyết định số 933/QĐ-UBND ngày 28 tháng 7 năm 2021 của Chủ tịch Ủy ban "
    "nhân dân tỉnh Bắc Ninh phê duyệt Đề án",
    "hai_phong": "Căn cứ Kế hoạch số 249/KH-UBND ngày 21 tháng 10 năm 2020 của Ủy ban nhân dân "
    "thành phố Hải Phòng về việc thực hiện Đề án",
    "hoa_binh": "Căn cứ Kế hoạch số 47/KH-UBND ngày 11 tháng 4 năm 2018 của Ủy ban nhân dân "
    "tỉnh Hòa Bình về việc thành lập, nhân rộng",
}
POWERS = {
    "bac_ninh": "ngày 19 tháng 6 năm 2015",
    "hai_phong": "ngày 19 tháng 6 năm 2015",
    "ha_noi": "ngày 16 tháng 6 năm 2025",
    "hoa_binh": "ngày 19 tháng 6 năm 2015",
}
"""The law in force on the day of each decision (of 2022, 2021, 2027 and 2019)."""
SCHEMES = {"bac_ninh": 1336, "hai_phong": 1336, "ha_noi": 1648, "hoa_binh": 1533}
"""The national decision that each province's plan carries out."""
LEADS = {
    "bac_ninh": "Ban đại diện Hội Người cao tuổi tỉnh Bắc Ninh",
    "hai_phong": "Sở Lao động - Thương binh và Xã hội thành phố Hải Phòng",
    "ha_noi": "Hội Người cao tuổi thành phố Hà Nội",
    "hoa_binh": "Hội Người cao tuổi tỉnh Hòa Bình",
}
ADDRESSES = {
    "bac_ninh": "phường Đình Bảng, thị xã Từ Sơn, tỉnh Bắc Ninh",
    "hai_phong": "xã An Hòa, huyện An Dương, thành phố Hải Phòng",
    "ha_noi": "phường Sơn Tây, thành phố Hà Nội",
    "hoa_binh": "xã Tú Sơn, huyện Kim Bôi, tỉnh Hòa Bình",
}
"""Where each province's club is, in the days of its papers."""


def bases(paper: Word) -> list[str]:
    """Return the lines a paper rests on."""
    return [one for one in paper.lines if one.startswith(("Căn cứ", "Theo đề nghị"))]


def test_the_decision_rests_on_the_law_the_programme_and_the_submission(
    read: Read, province: str
) -> None:
    power, *rest = bases(read(province, "quyet_dinh_thanh_lap"))
    assert power == f"Căn cứ Luật Tổ chức chính quyền địa phương {POWERS[province]};"
    law = next(one for one in rest if "Luật sửa đổi" not in one)
    assert law == "Căn cứ Luật Người cao tuổi ngày 23 tháng 11 năm 2009;"
    scheme, *programme, appraisal, submission = rest[rest.index(law) + 1 :]
    assert scheme.startswith(f"Căn cứ Quyết định số {SCHEMES[province]}/QĐ-TTg ngày ")
    wanted = DOCUMENTS.get(province)
    assert [one.startswith(wanted) for one in programme if wanted][-1:] == [True] * bool(wanted)
    assert appraisal.endswith(f"ngày 01 tháng 02 năm {SETTINGS[province].year};")
    assert "Tờ trình số 02/TTr-HNCT ngày 25 tháng 01" in submission
    assert {one[-1] for one in (law, *programme, appraisal)} == {";"}
    assert submission.endswith(".")


@pytest.mark.parametrize(
    "kind", ["to_trinh", "quyet_dinh_thanh_lap", "quyet_dinh_kien_toan", "quyet_dinh_giai_the"]
)
def test_a_copy_that_is_not_signed_grounds_no_decision_and_the_screen_says_so(
    lived: Offices, kind: str
) -> None:
    office = lived("ha_noi")
    assert "bản chưa ghi số" not in Word.of(office.filled(kind).data).text
    assert "KH-UBND" not in Word.of(office.filled(kind).data).text
    (notice,) = (one for one in office.paper(kind).notices if "ai đề nghị" not in one)
    assert "Kế hoạch số …/KH-UBND năm 2026" in notice
    assert "bản chưa ký, không ghi vào phần căn cứ" in notice


def test_a_programme_that_is_over_or_to_come_is_not_cited_and_the_screen_says_so(
    lived: Offices,
) -> None:
    office = lived("hoa_binh")
    asked = office.paper("to_trinh", date(2018, 4, 10))
    assert not [one for one in asked.values["bases"] if "UBND" in one]
    to_come = "KH 47/KH-UBND có hiệu lực từ ngày 11/04/2018: không ghi vào phần căn cứ"
    assert any(one.startswith(to_come) for one in asked.notices)
    ended = "KH 47/KH-UBND hết thời gian thực hiện ngày 31/12/2020: không ghi vào phần căn cứ"
    assert list(not_cited(Provinces().rules("hoa_binh"), date(2021, 1, 1))) == [
        f"{ended} của giấy này."
    ]


def test_the_decision_names_club_place_members_and_chair(read: Read, province: str) -> None:
    where = SETTINGS[province]
    chair = read(province, "danh_sach_bcn").rows("Họ và tên")[0][1]
    assert (
        f"Điều 1. Thành lập Câu lạc bộ Liên thế hệ tự giúp nhau {where.village}, "
        f"{ADDRESSES[province]}, gồm 70 thành viên, do bà {chair} làm Chủ nhiệm."
    ) in read(province, "quyet_dinh_thanh_lap").lines


def test_number_date_and_authority_of_the_decision(read: Read) -> None:
    lines = read("bac_ninh", "quyet_dinh_thanh_lap").lines
    assert "Số: 05/QĐ-UBND" in lines
    assert "Đình Bảng, ngày 03 tháng 02 năm 2022" in lines
    assert lines[:2] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG ĐÌNH BẢNG"]
    assert "ỦY BAN NHÂN DÂN PHƯỜNG ĐÌNH BẢNG" in lines


def test_a_vice_chair_signs_in_the_chairs_stead(read: Read, province: str) -> None:
    lines = read(province, "quyet_dinh_thanh_lap").lines
    place = lines.index("TM. ỦY BAN NHÂN DÂN")
    signed = [line for line in lines[place : place + 9] if line]
    assert signed[:4] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Ký"]


def test_the_decision_goes_to_whom_it_names_and_to_who_leads_in_the_province_that_day(
    read: Read, province: str
) -> None:
    lines = read(province, "quyet_dinh_thanh_lap").lines
    place = lines.index("Nơi nhận:")
    assert lines[place + 1 : place + 4] == [
        "- Như Điều 3;",
        f"- {LEADS[province]} (b/c);",
        "- Lưu: VT.",
    ]


def test_before_any_document_names_a_lead_it_is_the_one_of_the_first_that_does(
    lived: Offices,
) -> None:
    before_the_plan = lived("hoa_binh").filled("quyet_dinh_thanh_lap", date(2018, 4, 10))
    assert "- Hội Người cao tuổi tỉnh Hòa Bình (b/c);" in Word.of(before_the_plan.data).lines
    shown = lived("hoa_binh").paper("quyet_dinh_thanh_lap", date(2018, 4, 10)).notices
    assert any("ghi ai chủ trì" in one and "KH 47/KH-UBND" in one for one in shown)


def test_both_lists_are_annexes_of_the_decision(read: Read) -> None:
    paper = read("bac_ninh", "quyet_dinh_thanh_lap")
    caption = (
        "(Kèm theo Quyết định số 05/QĐ-UBND ngày 03 tháng 02 năm 2022 của Ủy ban nhân dân phường "
        "Đình Bảng)"
    )
    assert paper.lines.count(caption) == 2
    assert len(paper.rows("Chức vụ trong Ban Chủ nhiệm")) == 4
    assert len(paper.rows("Diện hộ")) == 70


def test_what_the_club_does_and_its_funds_stand_only_where_the_province_states_them(
    read: Read,
) -> None:
    stated = read("bac_ninh", "quyet_dinh_thanh_lap").text
    assert (
        "Điều 2. Câu lạc bộ hoạt động theo quy định của pháp luật; có Quỹ để tăng thu nhập và Quỹ "
        "hoạt động do câu lạc bộ tự quản lý theo Quy chế do câu lạc bộ ban hành (Quyết định số "
        "933/QĐ-UBND, Phần thứ ba, I.2.2)."
    ) in stated
    listed = read("hai_phong", "quyet_dinh_thanh_lap").text
    assert "Nội dung hoạt động gồm: tăng thu nhập; chăm sóc sức khỏe;" in listed
    assert "vận động nguồn lực (Kế hoạch số 249/KH-UBND, III.3.1)." in listed
    for silent in ("ha_noi", "hoa_binh"):
        lines = read(silent, "quyet_dinh_thanh_lap").lines
        assert "Điều 2. Câu lạc bộ hoạt động theo quy định của pháp luật." in lines
    assert "Nội dung hoạt động" not in read("ha_noi", "quyet_dinh_thanh_lap").text


def test_what_clubs_did_in_the_past_is_not_printed_as_what_a_club_is_to_do(read: Read) -> None:
    assert "Nội dung hoạt động" not in read("bac_ninh", "quyet_dinh_thanh_lap").text
    assert "Phần thứ hai" not in read("bac_ninh", "bien_ban_giam_sat").text


def test_a_list_that_the_document_leaves_open_is_printed_open(read: Read) -> None:
    decision = read("hoa_binh", "quyet_dinh_thanh_lap").text
    assert "III*" not in decision, "a section's number that was counted out is not printed"
    assert "bảo vệ quyền; truyền thông; các hoạt động khác (Kế hoạch số 47/KH-UBND)." in decision


def test_an_appraisal_rests_on_what_was_in_force_on_its_own_day(tmp_path: Path) -> None:
    """The appraisal of 20 July 2021 cannot cite the decision of 28 July 2021."""
    office = Office(tmp_path / "clb.sqlite3", "bac_ninh", replace(SETTINGS["bac_ninh"], year=2021))
    office.open()
    office.take("propose", date(2021, 7, 1), {"submission.number": "1"})
    office.take("approve", date(2021, 8, 2), {"appraisal.date": "2021-07-20"})
    lines = Word.of(office.filled("bien_ban_tham_dinh").data).lines
    assert "3. Kết luận về từng nội dung" in lines
    office.core.store.close()


def test_the_submission_shows_each_share_next_to_what_the_province_states(read: Read) -> None:
    rows = {row[0]: row[1:] for row in read("bac_ninh", "to_trinh").rows("Tỷ lệ")}
    assert rows["Tổng số thành viên"][0] == "70"
    assert rows["Tổng số thành viên"][2] == "Từ 60 đến 75 người (Phần thứ ba, I.2.2)"
    assert rows["Người cao tuổi (từ 60 tuổi trở lên)"][:2] == ["49", "70,0%"]
    assert rows["Phụ nữ"] == ["45", "64,3%", "Không quy định"]


def test_the_submission_calls_a_goal_a_goal_and_a_norm_what_the_document_says(read: Read) -> None:
    for province, force in (
        ("bac_ninh", "70%"),
        ("hai_phong", "Phấn đấu từ 60% đến 70%"),
        ("hoa_binh", "70%"),
    ):
        paper = read(province, "to_trinh")
        rows = {row[0].split(" (")[0]: row[1:] for row in paper.rows("Tỷ lệ")}
        assert rows["Người cao tuổi"][2].startswith(f"{force} (")
        assert "Văn bản nêu" in paper.text
        assert "Quy định\n" not in paper.text
        assert "hiểu là" not in paper.text, "no reading of ours in a paper"


def test_silence_of_a_document_is_kept_apart_from_its_absence(tmp_path: Path) -> None:
    """Of KH 276/KH-UBND (2017-2020) no text is at hand; in 2016 none was in force."""
    for year, shown in (
        (2016, "Không có văn bản đang thực hiện"),
        (2019, "Chưa có toàn văn của văn bản"),
        (2022, "Không quy định"),
    ):
        where = replace(SETTINGS["bac_ninh"], year=year)
        office = Office(tmp_path / f"{year}.sqlite3", "bac_ninh", where)
        office.found()
        rows = {row["label"]: row for row in office.paper("to_trinh").values["make_up"]["rows"]}
        assert rows["Phụ nữ"]["stated"] == shown
        headings = Word.of(office.filled("to_trinh").data).lines
        assert ("Văn bản nêu" in headings) == (year == 2022), "a column only where one is stated"
        office.core.store.close()


def test_the_young_are_a_line_only_where_a_document_of_the_province_knows_them(read: Read) -> None:
    young = "Người trẻ tuổi"
    known = {one: young in read(one, "to_trinh").text for one in SETTINGS}
    assert known == {"bac_ninh": True, "hai_phong": True, "ha_noi": False, "hoa_binh": False}


def test_who_is_elderly_follows_the_province(read: Read) -> None:
    labels = [row[0] for row in read("hoa_binh", "to_trinh").rows("Tỷ lệ")]
    assert "Người cao tuổi (từ 55 tuổi trở lên)" in labels


def test_the_support_is_in_figures_and_in_words_where_it_is_stated(read: Read) -> None:
    wanted = (
        "- Mức hỗ trợ cho câu lạc bộ mới thành lập để lập quỹ hoạt động: 100.000.000 đồng (Một "
        "trăm triệu đồng chẵn), theo Quyết định số 933/QĐ-UBND, Phần thứ ba, IV.1, khi câu lạc "
        "bộ thuộc 08 câu lạc bộ được hỗ trợ trong năm và chính sách hỗ trợ đã được Hội đồng "
        "nhân dân cấp tỉnh ban hành."
    )
    assert wanted in read("bac_ninh", "to_trinh").text
    for silent in ("hai_phong", "ha_noi", "hoa_binh"):
        assert "Mức hỗ trợ" not in read(silent, "to_trinh").text
    assert "- Nguồn quỹ ban đầu: " in read("hai_phong", "to_trinh").lines
    for nothing in ("ha_noi", "hoa_binh"):
        lines = read(nothing, "to_trinh").lines
        assert "5. Nguồn quỹ ban đầu của câu lạc bộ: " in lines, "one line, no list of one dash"
    assert "- Nguồn quỹ ban đầu khác:" in read("bac_ninh", "to_trinh").text


def test_members_are_listed_in_the_order_of_the_list_with_births_under_nam_and_nu(
    lived: Offices, read: Read
) -> None:
    paper = read("bac_ninh", "danh_sach_thanh_vien")
    rows = paper.rows("Diện hộ")
    assert [row[0] for row in rows] == [str(place) for place in range(1, 71)]
    assert [row[1] for row in rows] == [one.name for one in lived("bac_ninh").people()]
    by_name = {one.name: one for one in lived("bac_ninh").people()}
    (village,) = {one.village for one in by_name.values()}
    assert f"Thôn, khu phố của các thành viên: {village}." in paper.lines
    for _no, name, male, female, _circumstance in rows:
        one = by_name[name]
        born = "/".join(reversed(one.born.split("-")))
        assert (male, female) == ((born, "") if one.sex == "M" else ("", born))


def test_a_list_goes_with_the_submission_until_the_decision(lived: Offices) -> None:
    office = lived("bac_ninh")
    before = Word.of(office.filled("danh_sach_bcn", office.day(1, 30)).data)
    assert "HỘI NGƯỜI CAO TUỔI" in before.lines
    assert "Ban Chủ nhiệm dự kiến của Câu lạc bộ" in before.text
    after = Word.of(office.filled("danh_sach_bcn").data)
    assert "ỦY BAN NHÂN DÂN" in after.lines
    assert "dự kiến" not in after.text


def test_a_list_can_be_asked_for_a_later_day(lived: Offices) -> None:
    office = lived("bac_ninh")
    later = Word.of(office.filled("danh_sach_bcn", office.day(2, 1, later=1)).data)
    assert "(Tính đến ngày 01 tháng 02 năm 2023)" in later.lines
    assert "Trần Thị Mới" in later.text
    first = Word.of(office.filled("danh_sach_bcn").data)
    assert "Trần Thị Mới" not in first.text


def test_the_appraisal_has_five_aspects_each_with_its_conclusion(read: Read, province: str) -> None:
    rows = read(province, "bien_ban_tham_dinh").rows("Nội dung thẩm định")
    assert [row[1] for row in rows] == [
        "Điều kiện thành lập",
        "Tiêu chí",
        "Tổ chức",
        "Nhân sự",
        "Tài chính",
    ]
    assert {row[2] for row in rows} == {"Đạt"}


def test_the_appraisal_names_the_article_where_there_is_one(read: Read) -> None:
    cited = "3. Kết luận về từng nội dung (theo Quyết định số 933/QĐ-UBND, Phần thứ ba, III.4)"
    assert cited in read("bac_ninh", "bien_ban_tham_dinh").lines
    assert "3. Kết luận về từng nội dung" in read("ha_noi", "bien_ban_tham_dinh").lines


def test_the_dossier_goes_back_with_every_reason_and_the_day(read: Read, province: str) -> None:
    lines = read(province, "cong_van_tra_ho_so").lines
    assert "1. Thiếu chữ ký của Chi hội;" in lines
    assert "2. Danh sách chưa ghi năm sinh." in lines
    assert any(f"trước ngày 01 tháng 02 năm {SETTINGS[province].year}./." in line for line in lines)
    assert any("Tờ trình số 01/TTr-" in line for line in lines)


def test_a_committee_that_proposes_does_so_by_the_unit_that_it_records(tmp_path: Path) -> None:
    office = Office(tmp_path / "clb.sqlite3", "hai_phong")
    office.open()
    unit = {"lead_unit": "Phòng Văn hóa - Xã hội", "submission.number": "1"}
    office.take("propose", office.day(1, 12), unit, officer="ubnd")
    lines = Word.of(office.filled("to_trinh").data).lines
    assert lines[:2] == ["UBND XÃ AN HÒA", "PHÒNG VĂN HÓA - XÃ HỘI"]
    assert "Số: 01/TTr-……" in lines
    office.core.store.close()


def test_where_the_province_is_silent_the_association_proposes(lived: Offices) -> None:
    first = lived("hai_phong").filled("to_trinh", lived("hai_phong").day(1, 20))
    lines = Word.of(first.data).lines
    assert lines[:2] == ["HỘI NGƯỜI CAO TUỔI", "XÃ AN HÒA"]
    assert "Số: 01/TTr-HNCT" in lines


def test_a_number_with_the_associations_symbol_is_the_associations(lived: Offices) -> None:
    lines = Word.of(lived("hai_phong").filled("to_trinh").data).lines
    assert lines[:2] == ["HỘI NGƯỜI CAO TUỔI", "XÃ AN HÒA"]
    assert "Số: 02/TTr-HNCT" in lines


def test_a_paper_has_the_district_and_the_province_of_its_day(tmp_path: Path) -> None:
    setting = Setting("Xã Phú Minh", "Xóm Đễnh", 2019)
    office = Office(tmp_path / "clb.sqlite3", "hoa_binh", setting)
    office.found()
    lines = Word.of(office.filled("to_trinh").data).lines
    assert ("2. Địa bàn hoạt động: Xóm Đễnh, xã Phú Minh, huyện Kỳ Sơn, tỉnh Hòa Bình.") in lines
    later = "\n".join(Word.of(office.filled("danh_sach_bcn", date(2026, 6, 1)).data).lines)
    assert "xã Thịnh Minh" in later or "XÃ THỊNH MINH" in later
    assert "huyện" not in later
    office.core.store.close()
