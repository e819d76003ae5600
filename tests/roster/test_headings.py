"""Headings are known with marks and without, written out and shortened, in one row or three."""

import unicodedata

import pytest

from engine.roster.headings import find
from engine.roster.model import Cells
from engine.roster.words import field_of
from engine.vietnamese.text import bare

HEADINGS = {
    "order": "STT|TT|Số TT|S T T|Số thứ tự",
    "name": "Họ và tên|Họ tên|HỌ VÀ TÊN|Họ & tên|Họ, tên|Hoten|Họ và tên thành viên|Tên hội viên",
    "family_name": "Họ và tên đệm|HỌ ĐỆM|Họ lót|Họ và",
    "given_name": "Tên|TÊN",
    "born": "Năm sinh|Ngày sinh|NS|Ngày, tháng, năm sinh|Ngày/tháng/năm sinh|Sinh năm|NTNS"
    "|Ngày sinh (dd/mm/yyyy)|Năm sinh (Nam, Nữ)|Tháng, năm sinh",
    "sex": "Giới tính|Giới|GT|Giới tính (Nam/Nữ)|Nam/Nữ|Phái",
    "male": "Tuổi Nam|Nam (tuổi)|Nam|Năm sinh nam|Nam (năm sinh)|NS Nam|Giới tính Nam",
    "female": "Tuổi Nữ|Nữ (tuổi)|Nữ|NỮ|Năm sinh (Nữ)|Nữ (năm sinh)|NS nữ",
    "poor": "Hộ nghèo|Nghèo|HN|H.nghèo",
    "near_poor": "Cận nghèo|Hộ cận nghèo|HCN|C.nghèo|Hộ C. nghèo",
    "difficult": "HCKK|Khó khăn|Hoàn cảnh khó khăn|Hộ khó khăn|HC khó khăn"
    "|Hộ có hoàn cảnh khó khăn",
    "circumstance": "Diện hộ|Hoàn cảnh|Hoàn cảnh gia đình|Hộ nghèo/cận nghèo|HN/HCN/HCKK"
    "|Hộ nghèo, cận nghèo, khó khăn|Loại hộ|Kinh tế hộ",
    "village": "Thôn|Thôn/xóm|Xóm|Tổ dân phố|TDP|Khu phố|Khu dân cư|Bản|Tên thôn",
    "address": "Địa chỉ|Nơi ở|Chỗ ở hiện nay|Hộ khẩu thường trú|Nơi cư trú",
    "post": "Chức vụ|Chức danh|Chức vụ trong CLB",
    "id_number": "CCCD|Số CCCD|CMND|Số CCCD/CMND|Căn cước công dân|Số định danh cá nhân"
    "|Số thẻ căn cước|Số CCCD, ngày cấp",
    "phone": "SĐT|ĐT|Số điện thoại|Điện thoại|Số ĐT|Điện thoại di động|Số điện thoại liên hệ",
    "perhaps_phone": "Liên hệ|Thông tin liên hệ|Số liên lạc",
    "note": "Ghi chú|Ghi chú khác",
    "age": "Tuổi|Số tuổi|Độ tuổi",
    "gone": "Đã mất|Ngày mất|Năm mất|Chuyển đi",
    "away": "Tạm vắng|Vắng mặt",
}
KNOWN = [(heading, field) for field, text in HEADINGS.items() for heading in text.split("|")]
OF_NO_USE = "Ngày cấp|Nơi cấp|Ngày, nơi cấp|Dân tộc|Số thẻ hội viên|Ngày vào Hội|Ký nhận"


@pytest.mark.parametrize(("heading", "field"), KNOWN)
def test_a_usual_heading_is_known(heading: str, field: str) -> None:
    ways = {heading, heading.upper(), unicodedata.normalize("NFD", heading), f" {heading}:\n"}
    assert {field_of(way.strip()) for way in ways} == {field}


@pytest.mark.parametrize(("heading", "field"), KNOWN)
def test_a_usual_heading_is_known_without_its_marks(heading: str, field: str) -> None:
    assert field_of(bare(heading)) == field


@pytest.mark.parametrize("heading", OF_NO_USE.split("|"))
def test_a_heading_of_no_use_is_not_taken_for_another(heading: str) -> None:
    assert field_of(heading) == "ignored"


@pytest.mark.parametrize(
    "heading", ["Nơi sinh", "Ngày sinh hoạt", "Nghề nghiệp", "Người giới thiệu", "Diện tích", ""]
)
def test_a_heading_that_only_looks_alike_is_unknown(heading: str) -> None:
    assert field_of(heading) is None


def test_nam_with_its_mark_is_a_year_and_without_it_a_man() -> None:
    assert (field_of("Năm"), field_of("Nam")) == ("birth_year", "male")


def fields(*rows: Cells) -> list[str | None] | None:
    header = find(rows)
    return None if header is None else [column.field for column in header.columns]


def test_a_birth_in_three_columns_is_no_column_of_men() -> None:
    assert fields(["Ho ten", "Ngay sinh", "", ""], ["", "Ngay", "Thang", "Nam"]) == [
        "name",
        "birth_day",
        "birth_month",
        "birth_year",
    ]
    assert fields(["Ho ten", "Nam sinh", ""], ["", "Nam", "Nu"]) == ["name", "male", "female"]


def test_the_day_of_issue_is_no_part_of_the_birth() -> None:
    rows: list[Cells] = [
        ["Họ tên", "Ngày sinh", "CCCD", "", ""],
        ["", "", "Số", "Ngày cấp", "Nơi cấp"],
    ]
    assert fields(*rows) == ["name", "born", "id_number", None, None]


def test_headings_above_the_row_of_the_name_belong_to_it() -> None:
    rows: list[Cells] = [["", "", "Năm sinh", ""], ["STT", "Họ và tên", "Nam", "Nữ"]]
    assert fields(*rows) == ["order", "name", "male", "female"]
    header = find(rows)
    assert header is not None
    assert [column.heading for column in header.columns[2:]] == ["Năm sinh – Nam", "Năm sinh – Nữ"]


def test_an_address_is_the_village_only_where_there_is_none() -> None:
    assert fields(["Họ tên", "Năm sinh", "Địa chỉ"]) == ["name", "born", "village"]
    assert fields(["Họ tên", "Địa chỉ", "Thôn"]) == ["name", None, "village"]


def test_a_column_of_people_after_the_name_is_no_second_name() -> None:
    assert fields(["Họ và tên", "Họ và tên chủ hộ", "Năm sinh"]) == ["name", None, "born"]


def test_doi_tuong_is_the_household_only_where_its_cells_say_so() -> None:
    heading: Cells = ["Họ tên", "Năm sinh", "Đối tượng"]
    assert fields(heading, ["Lê Thị Lan", "1950", "Hộ nghèo"]) == ["name", "born", "circumstance"]
    assert fields(heading, ["Lê Thị Lan", "1950", "Phụ nữ"]) == ["name", "born", None]


def test_a_title_is_no_heading() -> None:
    assert fields(["DANH SÁCH THÀNH VIÊN"], ["Thôn Đông"], ["Họ và tên"]) is None
