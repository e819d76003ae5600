"""How places, agencies, clubs and signers are written on a paper's own day."""

from datetime import date
from pathlib import Path

import pytest
from support.papers import Office, Setting
from support.province_plugin import province_of, stated

from engine.documents import agencies, words
from engine.documents.phrases import (
    cited,
    club_title,
    head_of_committee,
    legal_bases,
    paper_number,
)
from engine.documents.widths import joined, kept
from engine.model import Role
from engine.policy.effective import Rules
from engine.policy.files import general
from engine.policy.model import Document
from engine.provinces.load import Provinces
from engine.rules.communes import Unit
from engine.rules.succession import succession

OLD = Unit(
    "1", "Xã Tú Sơn", "xã", "x", date(1990, 1, 1), date(2025, 6, 30), successor="2", source="NQ"
)
NEW = Unit("2", "Xã Mường Động", "xã", "x", date(2025, 7, 1), source="NQ")
BARE = Unit("3", "Đình Bảng", "phường", "x", date(1990, 1, 1))
UNITS = (OLD, NEW, BARE)


def rules(province: str) -> Rules:
    """Return what a province's policy and the general procedure say."""
    return Provinces().rules(province)


@pytest.mark.parametrize(
    ("typed", "text", "place"),
    [
        ("Xã Phú Lâm", "xã Phú Lâm", "Phú Lâm"),
        ("phường Đình Bảng", "phường Đình Bảng", "Đình Bảng"),
        ("P. Đình Bảng", "phường Đình Bảng", "Đình Bảng"),
        ("THỊ TRẤN Đà Bắc", "thị trấn Đà Bắc", "Đà Bắc"),
        ("đặc khu Cát Hải", "đặc khu Cát Hải", "Cát Hải"),
        ("UBND xã Tú Sơn", "xã Tú Sơn", "Tú Sơn"),
        ("Phường 7", "Phường 7", "Phường 7"),
        ("Xã", "xã (phường) Xã", "Xã"),
    ],
)
def test_a_commune_in_a_sentence_and_before_the_date(typed: str, text: str, place: str) -> None:
    found = agencies.place(typed, (), date(2022, 1, 1))
    assert (found.text, found.place) == (text, place)


def test_a_commune_typed_without_its_kind_gets_it_from_the_list_of_units() -> None:
    assert agencies.place("Đình Bảng", UNITS, date(2022, 1, 1)).text == "phường Đình Bảng"


def test_without_a_list_both_kinds_are_left_to_choose_from() -> None:
    assert agencies.place("Đình Bảng", (), date(2022, 1, 1)).text == "xã (phường) Đình Bảng"


def test_a_commune_has_the_name_of_the_papers_day() -> None:
    before = agencies.place("Xã Tú Sơn", UNITS, date(2025, 6, 30))
    after = agencies.place("Xã Tú Sơn", UNITS, date(2025, 7, 1))
    assert (before.text, before.formerly) == ("xã Tú Sơn", None)
    assert (after.text, after.formerly) == ("xã Mường Động", "xã Tú Sơn")
    assert agencies.committee(after).lines == ("ỦY BAN NHÂN DÂN", "XÃ MƯỜNG ĐỘNG")


@pytest.mark.parametrize(
    ("on", "address"),
    [
        (date(2019, 6, 1), "Xóm 1, xã Phú Minh, huyện Kỳ Sơn, tỉnh Hòa Bình"),
        (date(2020, 1, 1), "Xóm 1, xã Thịnh Minh, tỉnh Hòa Bình"),
        (date(2025, 7, 1), "Xóm 1, xã Thịnh Minh, tỉnh Phú Thọ"),
    ],
)
def test_an_address_goes_down_from_the_village_to_the_province_of_the_day(
    on: date, address: str
) -> None:
    found = rules("hoa_binh")
    where = agencies.place("Xã Phú Minh", tuple(succession(found.policy)), on)
    assert agencies.address("Xóm 1", where, agencies.province_title(found, on)) == address


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("CLB Liên thế hệ 1", "Câu lạc bộ Liên thế hệ 1"),
        ("Hoa Mai", "Câu lạc bộ Hoa Mai"),
        ("Câu lạc bộ Hoa Mai", "Câu lạc bộ Hoa Mai"),
        ("câu lạc bộ Hoa Mai", "câu lạc bộ Hoa Mai"),
        ("CLB", "Câu lạc bộ CLB"),
    ],
)
def test_a_club_is_called_a_club_once(name: str, title: str) -> None:
    assert club_title(name) == title


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Chủ tịch", ["CHỦ TỊCH"]),
        ("Chủ tịch UBND phường Đình Bảng", ["CHỦ TỊCH"]),
        ("Phó Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("KT. Chủ tịch, Phó Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("Quyền Chủ tịch", ["QUYỀN CHỦ TỊCH"]),
        (None, ["CHỦ TỊCH"]),
    ],
)
def test_who_signs_for_the_committee(title: str | None, lines: list[str]) -> None:
    assert head_of_committee(title, "A")["lines"] == ["TM. ỦY BAN NHÂN DÂN", *lines]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5", "05/QĐ-UBND"),
        ("05/qđ-ubnd", "05/QĐ-UBND"),
        ("112/QĐ-CT", "112/QĐ-CT"),
        (None, "……/QĐ-UBND"),
        ("không số", "không số"),
    ],
)
def test_the_number_of_a_paper(typed: str | None, number: str) -> None:
    assert paper_number(typed, "QĐ-UBND") == number


@pytest.mark.parametrize(
    ("province", "on", "name"),
    [
        ("bac_ninh", date(2022, 1, 1), "Ban đại diện Hội Người cao tuổi tỉnh Bắc Ninh"),
        ("hoa_binh", date(2019, 1, 1), "Hội Người cao tuổi tỉnh Hòa Bình"),
        ("hoa_binh", date(2017, 1, 1), "Hội Người cao tuổi tỉnh Hòa Bình"),
        ("hoa_binh", date(2021, 1, 1), "Hội Người cao tuổi tỉnh Hòa Bình"),
        ("hoa_binh", date(2025, 7, 1), words.BLANK),
        (
            "hai_phong",
            date(2022, 1, 1),
            "Sở Lao động - Thương binh và Xã hội thành phố Hải Phòng",
        ),
        ("hai_phong", date(2026, 1, 1), "Sở Y tế thành phố Hải Phòng"),
        ("bac_ninh", date(2026, 1, 1), "Ban đại diện Hội Người cao tuổi tỉnh Bắc Ninh"),
        ("ha_noi", date(2027, 1, 1), "Hội Người cao tuổi thành phố Hà Nội"),
    ],
)
def test_who_leads_in_the_province_as_the_policy_has_it_that_day(
    province: str, on: date, name: str
) -> None:
    assert agencies.province_lead(rules(province), on).name == name


@pytest.mark.parametrize("province", ["bac_ninh", "hai_phong", "hoa_binh"])
def test_who_led_by_the_last_document_is_to_be_checked_after_its_end(province: str) -> None:
    on = date(2021, 1, 1) if province == "hoa_binh" else date(2026, 1, 1)
    found = agencies.province_lead(rules(province), on)
    assert not found.confirmed
    assert found.named_by == rules(province).policy.entries_of("lead.province")[-1].source
    assert found.named_by in (found.doubt(on) or "")


def test_a_department_is_below_the_provinces_committee() -> None:
    found = agencies.province_lead(rules("hai_phong"), date(2022, 1, 1))
    assert (found.above, found.lines) == (
        ("UBND THÀNH PHỐ HẢI PHÒNG",),
        ("SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"),
    )
    assert found.confirmed


def test_who_has_taken_the_place_of_the_lead_is_named_and_marked() -> None:
    found = agencies.province_lead(rules("hai_phong"), date(2025, 3, 1))
    assert (found.name, found.stated, found.confirmed) == (
        "Sở Y tế thành phố Hải Phòng",
        "Sở Lao động - Thương binh và Xã hội",
        False,
    )


def test_a_lead_that_no_document_names_on_the_day_is_a_blank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = stated("lead.province", '"province_association"')
    value = '{ name = "Hội Người cao tuổi tỉnh", confirmed = true }'
    ended = stated("routing.province_association", value) + "to = 2021-12-31\n"
    found = province_of(tmp_path, monkeypatch, lead + ended).rules("tinh_thu")
    assert agencies.province_lead(found, date(2021, 12, 31)).name == "Hội Người cao tuổi tỉnh"
    assert agencies.province_lead(found, date(2022, 1, 1)).name == words.BLANK


def test_the_province_has_the_name_of_the_papers_day() -> None:
    assert agencies.province_name(rules("hoa_binh"), date(2025, 6, 30)) == "Hòa Bình"
    assert agencies.province_name(rules("hoa_binh"), date(2025, 7, 1)) == "Phú Thọ"


def test_before_its_first_document_the_province_had_the_name_that_it_has() -> None:
    for id_, title in (("bac_ninh", "tỉnh Bắc Ninh"), ("ha_noi", "thành phố Hà Nội")):
        assert agencies.province_title(rules(id_), date(2016, 1, 4)) == title


@pytest.mark.parametrize(
    ("year", "typed", "address"),
    [
        (2022, "Thành phố Từ Sơn", "Thôn 1, xã Một, thành phố Từ Sơn, tỉnh Bắc Ninh"),
        (2022, None, "Thôn 1, xã Một, tỉnh Bắc Ninh"),
        (2026, "Thành phố Từ Sơn", "Thôn 1, xã Một, tỉnh Bắc Ninh"),
    ],
)
def test_the_district_that_the_file_names_is_in_addresses_while_there_were_districts(
    tmp_path: Path, year: int, typed: str | None, address: str
) -> None:
    office = Office(tmp_path / "clb.sqlite3", "bac_ninh", Setting("Xã Một", "Thôn 1", year))
    office.open(district=typed)
    contents = office.paper("to_trinh")
    assert contents.values["club"]["address"] == address
    missing = [one for one in contents.notices if "cấp huyện" in one]
    assert bool(missing) is (typed is None)
    office.core.store.close()


@pytest.mark.parametrize(
    ("title", "last"),
    [
        ("Tập huấn cho Câu lạc bộ Tổ dân phố 4", "Tổ dân phố 4"),
        ("Tập huấn cho Câu lạc bộ Thôn Ngọ Dương", "Thôn Ngọ Dương"),
        ("Về việc thành lập Câu lạc bộ Xóm 9", "lạc bộ Xóm 9"),
        ("Báo cáo năm 2022 - Bắc Ninh", "Bắc Ninh"),
        ("Hoa Mai", "Hoa Mai"),
        ("Thẩm định hồ sơ Câu lạc bộ Liên thế hệ tự giúp nhau", "tự giúp nhau"),
    ],
)
def test_a_title_is_not_broken_inside_the_name_of_a_village(title: str, last: str) -> None:
    assert kept(title).split(" ")[-1] == last.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("title", "last"),
    [
        (
            "Thẩm định hồ sơ đề nghị thành lập Câu lạc bộ Liên thế hệ tự giúp nhau Xóm 9",
            "Câu lạc bộ Liên thế hệ tự giúp nhau Xóm 9",
        ),
        (
            "Tập huấn ban đầu cho Ban Chủ nhiệm Câu lạc bộ Liên thế hệ tự giúp nhau Tổ dân phố 4",
            "Câu lạc bộ Liên thế hệ tự giúp nhau Tổ dân phố 4",
        ),
        (
            "Về việc đề nghị thành lập Câu lạc bộ Liên thế hệ tự giúp nhau Thôn Ngọ Dương",
            "Câu lạc bộ Liên thế hệ tự giúp nhau Thôn Ngọ Dương",
        ),
    ],
)
def test_a_title_of_two_lines_is_broken_in_the_middle(title: str, last: str) -> None:
    assert kept(title).split(" ")[-1] == last.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("giúp nhau Tổ dân phố 4;", "Tổ dân phố 4"),
        ("Nhà văn hóa Xóm 9.", "Xóm 9"),
        ("Hội Người cao tuổi phường 7", "phường 7"),
        ("Phường Số 10, tỉnh A", "Phường Số 10"),
        ("của Sở Lao động - Thương binh và Xã hội thành phố Hải Phòng", "động -"),
    ],
)
def test_no_line_begins_with_the_number_of_a_place_or_a_dash(text: str, whole: str) -> None:
    assert whole.replace(" ", "\N{NO-BREAK SPACE}") in joined(text)
    assert joined(text).replace("\N{NO-BREAK SPACE}", " ") == text


def test_a_day_and_a_list_are_broken_as_ever() -> None:
    for text in ("ngày 19 tháng 3 năm 2018", "- Ông Nguyễn Văn A, Chủ nhiệm;", "Quyết định số 5"):
        assert joined(text) == text


def test_the_name_of_a_clubs_village_is_not_broken_at_the_head_of_its_papers(
    tmp_path: Path,
) -> None:
    office = Office(
        tmp_path / "clb.sqlite3", "hai_phong", Setting("Xã An Hòa", "Thôn Ngọ Dương", 2022)
    )
    office.open("CLB Liên thế hệ tự giúp nhau Thôn Ngọ Dương")
    assert office.paper("bien_ban_bau_bcn").values["agency"]["lines"] == [
        "CÂU LẠC BỘ LIÊN THẾ HỆ",
        "TỰ GIÚP NHAU",
        "THÔN NGỌ DƯƠNG",
    ]
    office.core.store.close()


def test_a_term_of_several_words_is_not_broken_at_the_head_of_a_paper() -> None:
    name = "CÂU LẠC BỘ LIÊN THẾ HỆ TỰ GIÚP NHAU XÓM 9"
    assert agencies.wrapped([name]) == ["CÂU LẠC BỘ LIÊN THẾ HỆ", "TỰ GIÚP NHAU XÓM 9"]


@pytest.mark.parametrize(
    ("births", "title"),
    [
        (["1950", None], "Năm sinh"),
        (["1950", "1951-02"], "Ngày, tháng, năm sinh"),
        ([], "Năm sinh"),
    ],
)
def test_a_column_of_births_is_named_by_what_is_in_it(births: list[str | None], title: str) -> None:
    assert words.born_title(births) == title


def test_a_unit_of_the_committee_is_below_it() -> None:
    where = agencies.place("xã An Hòa", (), date(2022, 1, 1))
    unit = agencies.proposer(Role.COMMITTEE, "Phòng Văn hóa - Xã hội", where)
    assert (unit.above, unit.lines) == (
        ("UBND XÃ AN HÒA",),
        ("PHÒNG VĂN HÓA - XÃ HỘI",),
    )


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kế hoạch thực hiện Đề án", "Kế hoạch số 9 {} của UBND về việc thực hiện Đề án"),
        ("Quyết định phê duyệt Đề án", "Quyết định số 9 {} của UBND phê duyệt Đề án"),
        ("Nghị quyết về mức hỗ trợ", "Nghị quyết số 9 {} của UBND về mức hỗ trợ"),
        ("Hướng dẫn lập CLB", "văn bản số 9 {} của UBND: Hướng dẫn lập câu lạc bộ"),
    ],
)
def test_how_a_document_is_cited(title: str, text: str) -> None:
    document = Document("X", "9", "X", title, "UBND", date(2026, 2, 3), date(2026, 2, 3), None)
    assert cited(document) == text.format("ngày 03 tháng 02 năm 2026")


def test_the_law_comes_from_the_general_policy_and_only_while_it_holds() -> None:
    both = Rules(rules("ha_noi").policy, general())
    assert list(legal_bases(both, date(2010, 6, 30), power=True)) == []
    assert list(legal_bases(both, date(2010, 7, 1), power=True)) == [
        "Căn cứ Luật Người cao tuổi ngày 23 tháng 11 năm 2009"
    ]


@pytest.mark.parametrize(
    ("on", "law"),
    [
        (date(2025, 2, 28), "19 tháng 6 năm 2015"),
        (date(2025, 3, 1), "19 tháng 02 năm 2025"),
        (date(2025, 6, 15), "19 tháng 02 năm 2025"),
        (date(2025, 6, 16), "16 tháng 6 năm 2025"),
    ],
)
def test_a_decision_names_first_the_law_that_gives_the_power_on_its_day(on: date, law: str) -> None:
    for province in ("bac_ninh", "hai_phong", "ha_noi", "hoa_binh"):
        found = list(legal_bases(rules(province), on, power=True))
        assert found[0] == f"Căn cứ Luật Tổ chức chính quyền địa phương ngày {law}"
        assert found[1:] == list(legal_bases(rules(province), on, power=False)) or on < date(
            2025, 3, 1
        )


def test_what_a_signed_document_of_the_province_cites_goes_before_the_general() -> None:
    """Bắc Ninh's programme carries out QĐ 1336 to its end, past QĐ 1648 of August 2025."""
    autumn, after = date(2025, 9, 1), date(2026, 1, 1)

    def schemes(province: str, on: date) -> list[str]:
        found = legal_bases(rules(province), on, power=True)
        return [line.split()[5] for line in found if "QĐ-TTg" in line]

    assert schemes("bac_ninh", autumn) == ["1336/QĐ-TTg"]
    assert schemes("hoa_binh", autumn) == ["1648/QĐ-TTg"], "its plan ended in 2020"
    assert schemes("bac_ninh", after) == ["1648/QĐ-TTg"]


def test_the_amending_law_is_cited_where_the_province_cites_it() -> None:
    found = list(legal_bases(rules("bac_ninh"), date(2022, 1, 1), power=True))
    assert found[1].startswith("Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính")
    assert not any(
        "sửa đổi" in one for one in legal_bases(rules("bac_ninh"), date(2025, 3, 1), power=True)
    )


@pytest.mark.parametrize(
    ("kept", "printed"),
    [
        ("ĐỖ THỊ HOA", "Đỗ Thị Hoa"),
        ("H'MƠ NIÊ", "H'Mơ Niê"),
        ("nguyễn văn bình (a)", "Nguyễn Văn Bình (A)"),
        ("Lê Thị Mơ", "Lê Thị Mơ"),
        ("K'Brếp", "K'Brếp"),
        ("nguyễn thị ánh", "Nguyễn Thị Ánh"),
        ("{% for x in y %}", "{% for x in y %}"),
        ("LÊ THỊ MƠ (VỢ ÔNG KHA)", "Lê Thị Mơ (vợ ông Kha)"),
        ("BÀ TRẦN THỊ VỢ (A)", "Bà Trần Thị Vợ (A)"),
    ],
)
def test_a_name_in_capitals_is_printed_in_proper_case(kept: str, printed: str) -> None:
    assert words.person(kept) == printed


def test_a_paper_to_be_signed_has_no_abbreviation() -> None:
    assert words.spelled_out("CLB mới cho NCT") == "Câu lạc bộ mới cho người cao tuổi"
    assert words.spelled_out("các CLB mới") == "các câu lạc bộ mới"
    assert words.spelled_out("NCTX") == "NCTX"
