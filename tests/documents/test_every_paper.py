"""Every paper of every province, opened again: the format of NĐ 30/2020 and nothing left over."""

import re
from collections.abc import Callable

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from support.papers import ALL, KINDS, Office
from support.word import FONT, Word

from engine.documents.words import BLANK, BLANK_DATE

pytestmark = pytest.mark.slow

Offices = Callable[[str], Office]
Read = Callable[[str, str], Word]
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
DATED = re.compile(r", ngày \d{2} tháng (0[12]|[3-9]|1[0-2]) năm \d{4}$")
UNNUMBERED = ("danh_sach_thanh_vien", "danh_sach_bcn", "phieu_danh_gia")
UNSENT = ("phieu_danh_gia",)
UNDATED = ("danh_sach_tap_huan", "giay_moi_ra_mat")

GENERAL = ": theo quy trình chung, không phải quy định của tỉnh, thành phố."
ASKED = "Chưa ghi ai đề nghị ra quyết định"
UNSIGNED = "bản chưa ký"
ASPECTS, RULED, WELL = "Nội dung thẩm định", "Hoạt động theo quy chế", "Được quản lý tốt"
INCOME, OPERATING = "Quỹ để tăng thu nhập", "Quỹ hoạt động"
WITHOUT_ARTICLE = {
    "bac_ninh": {"phieu_danh_gia": [RULED]},
    "hai_phong": {"bien_ban_tham_dinh": [ASPECTS], "phieu_danh_gia": [RULED]},
    "ha_noi": {
        "bien_ban_tham_dinh": [ASPECTS],
        "bien_ban_ra_mat": [OPERATING],
        "bien_ban_giam_sat": ["Tên các nội dung hoạt động", OPERATING],
        "phieu_danh_gia": [OPERATING, RULED, WELL],
    },
    "hoa_binh": {
        "bien_ban_tham_dinh": [ASPECTS],
        "bien_ban_ra_mat": [INCOME, OPERATING],
        "bien_ban_giam_sat": [INCOME, OPERATING],
        "phieu_danh_gia": [INCOME, OPERATING, RULED, WELL],
    },
}
"""The parts of each paper that no document of the province asks for, as the screen names them."""
FROM_THE_DOSSIER = {"quyet_dinh_kien_toan", "quyet_dinh_giai_the"}
"""Decisions whose record does not say who asked for them: that is taken from the dossier."""
OF_AN_UNSIGNED_PLAN = {
    **dict.fromkeys(("to_trinh", *(kind for kind in KINDS if "quyet_dinh" in kind)), 1),
    "danh_sach_tap_huan": 2,
}
"""How often a paper says that it cites nothing of a plan without signature: its article too."""


@pytest.fixture(params=ALL)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=KINDS)
def issued_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def issued(read: Read, province: str, issued_kind: str) -> Word:
    """The paper that an office issues, of a club whose record for it is there."""
    return read(province, issued_kind)


@pytest.fixture
def paper(read: Read, province: str, kind: str) -> Word:
    """The paper of a club whose record for it is there."""
    return read(province, kind)


def test_the_file_is_dated_as_the_paper_and_ours(
    lived: Offices, province: str, kind: str, paper: Word
) -> None:
    core, contents = paper.document.core_properties, lived(province).paper(kind)
    assert core.created.date() == core.modified.date() == (contents.day or contents.made)
    assert core.author == "clb"
    parts = {part.partname: part for part in paper.document.part.package.iter_parts()}
    assert b"<Application>clb</Application>" in parts["/docProps/app.xml"].blob


def test_nothing_of_the_template_is_left_in_it(paper: Word) -> None:
    for sign in ("{{", "}}", "{%", "%}", "None", "Undefined"):
        assert sign not in paper.text


def test_every_field_of_the_template_has_something_to_say(
    lived: Offices, province: str, kind: str
) -> None:
    assert lived(province).filled(kind).unknown == ()
    notices = lived(province).paper(kind).notices
    general = [one.removesuffix(GENERAL) for one in notices if one.endswith(GENERAL)]
    assert general == WITHOUT_ARTICLE[province].get(kind, [])
    asked = [one for one in notices if ASKED in one]
    assert len(asked) == (kind in FROM_THE_DOSSIER)
    unsigned = [one for one in notices if UNSIGNED in one]
    assert len(unsigned) == (OF_AN_UNSIGNED_PLAN.get(kind, 0) if province == "ha_noi" else 0)
    assert len(notices) == len(general) + len(asked) + len(unsigned)


def test_the_page_is_a4_with_the_margins_of_the_decree(paper: Word) -> None:
    for section in paper.document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20


def test_all_of_it_is_times_new_roman(paper: Word) -> None:
    assert paper.document.styles["Normal"].font.name == FONT
    assert {run.font.name or FONT for run in paper.runs()} == {FONT}


def test_the_sizes_are_those_of_the_decree(issued: Word, issued_kind: str) -> None:
    assert 12 <= issued.size(NATION) <= 13
    assert 13 <= issued.size(MOTTO) <= 14
    if issued_kind not in UNSENT:
        assert issued.size("Nơi nhận:") == 12
        assert issued.size("- Lưu") == 11
    body = [p for p in issued.document.paragraphs if p.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY]
    assert {run.font.size.pt for p in body for run in p.runs if run.text.strip()} <= {13, 13.5, 14}


def test_the_head_names_agency_and_nation_number_place_and_date(
    issued: Word, issued_kind: str
) -> None:
    head = issued.document.tables[0]
    left, right = head.rows[0].cells
    assert left.text.strip() == left.text.strip().upper() != ""
    assert [line for line in right.text.split("\n") if line.strip("_")] == [NATION, MOTTO]
    number, place_and_date = (cell.text for cell in head.rows[1].cells)
    assert DATED.search(place_and_date) or (issued_kind in UNDATED and BLANK_DATE in place_and_date)
    assert number == "" if issued_kind in UNNUMBERED else number.startswith("Số: ")


def test_pages_are_numbered_in_the_middle_at_the_top_but_not_the_first(paper: Word) -> None:
    section = paper.document.sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header._element.xpath(".//w:instrText") == []
    header = section.header.paragraphs[0]
    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [code.text for code in header._p.xpath(".//w:instrText")] == ["PAGE"]


def test_somebody_gets_it_and_somebody_signs_it(issued: Word, issued_kind: str) -> None:
    assert ("Nơi nhận:" in issued.text) == (issued_kind not in UNSENT)
    assert re.search(r"- Lưu: VT.*\.$", issued.text, re.MULTILINE) or issued_kind in UNSENT
    assert len(issued.document.tables[-1].rows[0].cells) > 1


def test_no_two_signs_end_a_sentence(paper: Word) -> None:
    assert not re.search(r"[.;,][.;,](?!\.)", paper.text.replace("./.", "/.").replace("…", ""))


def test_a_paper_whose_step_is_to_come_is_there_with_blanks_and_says_so(
    opened: Offices, province: str, issued_kind: str
) -> None:
    office = opened(province)
    result = office.paper(issued_kind)
    filled = Word.of(office.filled(issued_kind).data)
    assert (result.record, result.day, filled.text.count("None")) == (None, None, 0)
    assert "ngày …… tháng …… năm ………" in filled.text
    assert BLANK in filled.text
    assert "Chưa ghi nhận bước" in result.notices[0]


def test_identity_numbers_and_phones_are_in_no_paper(
    lived: Offices, province: str, paper: Word
) -> None:
    known = [n for one in lived(province).people() for n in (one.id_number, one.phone) if n]
    assert len(known) > 70
    assert [number for number in known if number in paper.text] == []
