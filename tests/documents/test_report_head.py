"""The head and foot of a report's paper: what is known or was stated, blanks for the rest."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from support.glance import built
from support.roster_cli import Office

from engine.documents.report import render
from engine.documents.report_head import Head, blank, head, issuer
from engine.documents.words import BLANK, BLANK_DATE
from engine.errors import InputError
from engine.model import Role
from engine.provinces.load import Provinces

DAY = date(2022, 6, 17)


def made(roles: tuple[Role, ...] = (Role.PROVINCE,), on: date = DAY, **given: str) -> Head:
    return head(Provinces().rules("bac_ninh"), roles, on, given)


def paper(found: Head | None) -> tuple[list[str], list[str]]:
    """Return the lines of a paper's head and of its foot, before the annexes."""
    tables = docx.Document(BytesIO(render(built(0), found))).tables
    lines = [
        [line.text for row in one.rows for cell in row.cells for line in cell.paragraphs]
        for one in tables
    ]
    return lines[0], next(one for one in lines if "Nơi nhận:" in one)


def all_text(word: Any) -> str:
    """Return every text of a Word file's body, cells included."""
    return "\n".join(
        "".join(node.text or "" for node in one.iter(qn("w:t")))
        for one in word.element.body.iter(qn("w:p"))
    )


def test_without_an_officer_of_the_province_nothing_is_made_up() -> None:
    for roles in ((), (Role.ASSOCIATION,), (Role.COMMITTEE,)):
        found = made(roles)
        assert found["agency"]["lines"] == [BLANK]
        assert found["number"] == BLANK
    first, last = paper(None)
    assert BLANK in first
    assert f"Số: {BLANK}" in first
    assert any(BLANK_DATE in line for line in first)
    assert blank()["signature"]["name"] is None
    assert BLANK in last


def test_documents_are_cited_by_type_and_number_and_no_note_of_ours_is_in_it() -> None:
    document = built(37, "year", "2022")
    assert "QĐ 933/QĐ-UBND" in document["report"]["source"]
    shown = all_text(docx.Document(BytesIO(render(document, made()))))
    assert "Quyết định số 933/QĐ-UBND" in shown
    assert "QĐ 933/QĐ-UBND" not in shown
    first = "Quyết định số 933/QĐ-UBND ngày 28 tháng 7 năm 2021 của Chủ tịch Ủy ban nhân dân tỉnh"
    assert shown.count(first) == 1
    assert shown.index(first) == shown.index("Quyết định số 933/QĐ-UBND")
    document["report"]["source"] = "Kế hoạch số …/KH-UBND năm 2026 (bản chưa ghi số, ngày), III.5"
    unsigned = head(Provinces().rules("ha_noi"), (Role.PROVINCE,), date(2026, 12, 1), {})
    shown = all_text(docx.Document(BytesIO(render(document, unsigned))))
    assert "Kế hoạch số …/KH-UBND, III.5" in shown
    assert "chưa ghi số" not in shown


def test_its_annexes_name_it_as_the_decree_has_it_and_it_ends_with_its_closing() -> None:
    found = made(number="12", date="20/06/2022")
    shown = all_text(docx.Document(BytesIO(render(built(37, "year", "2022"), found))))
    caption = "(Kèm theo Báo cáo số 12/BC-HNCT ngày 20 tháng 6 năm 2022 của"
    assert shown.count(caption) == 2
    assert "./." in shown


@pytest.mark.parametrize(
    ("province", "title"), [("bac_ninh", "TRƯỞNG BAN"), ("hai_phong", "GIÁM ĐỐC")]
)
def test_the_head_of_who_issues_it_signs(province: str, title: str) -> None:
    found = head(Provinces().rules(province), (Role.PROVINCE,), DAY, {})
    assert found["signature"] == {"lines": [title], "name": None}


def test_an_officer_of_the_province_reports_for_its_association() -> None:
    first, _last = paper(made())
    text = " ".join(first)
    assert "HỘI NGƯỜI CAO TUỔI" in text
    assert "BẮC NINH" in text
    assert "/BC-HNCT" in text
    assert f"Bắc Ninh, {BLANK_DATE}" in first


def test_a_report_is_headed_by_the_department_where_the_document_has_it_report() -> None:
    found = head(Provinces().rules("hai_phong"), (Role.PROVINCE,), DAY, {"number": "7/BC-SLĐTBXH"})
    assert found["agency"] == {
        "above": ["UBND THÀNH PHỐ HẢI PHÒNG"],
        "lines": ["SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"],
    }
    assert found["number"] == "7/BC-SLĐTBXH"


def test_a_report_after_the_reorganisation_has_the_successor_and_says_so() -> None:
    rules, roles = Provinces().rules("hai_phong"), (Role.PROVINCE,)
    agency, on = issuer(rules, roles, DAY, {"date": "17/6/2025"})
    assert (agency.lines, on) == (("SỞ Y TẾ",), date(2025, 6, 17))
    assert "chưa xác nhận" in (agency.doubt(on) or "")
    named, on = issuer(rules, roles, DAY, {"agency": "Ban điều hành"})
    assert named.doubt(on) is None


def test_what_is_stated_is_printed() -> None:
    found = made(number="12", date="17/6/2022", signer="Nguyễn Văn Minh", title="Phó Chủ tịch")
    first, last = paper(found)
    assert "Số: 12/BC-HNCT" in first
    assert "Bắc Ninh, ngày 17 tháng 6 năm 2022" in first
    assert [one for one in last if one.isupper()][:2] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert "Nguyễn Văn Minh" in last


def test_another_agency_has_its_own_number_and_place() -> None:
    given = {"agency": "Ban điều hành Đề án", "number": "3/BC-BĐH", "place": "Từ Sơn"}
    first, _last = paper(made((), **given))
    assert "BAN ĐIỀU HÀNH ĐỀ ÁN" in first
    assert "Số: 3/BC-BĐH" in first
    assert f"Từ Sơn, {BLANK_DATE}" in first


def test_an_unknown_field_or_a_wrong_day_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        made(sigher="A")
    assert raised.value.code == "CLB-REPORT-HEAD"
    assert "signer" in raised.value.help
    with pytest.raises(InputError):
        made(date="31/02/2022")


def test_the_command_takes_the_fields_for_a_paper_only(office: Office) -> None:
    path = office.folder / "bc.docx"
    build = ("report", "build", "bac_ninh", "half_year", "--period", "2022H1", "--as", "tinh")
    done = office.run(*build, "--format", "docx", "--out", path, "--set", "number=12")
    assert done.code == 0, done.err
    lines = [
        line.text
        for row in docx.Document(str(path)).tables[0].rows
        for cell in row.cells
        for line in cell.paragraphs
    ]
    assert "Số: 12/BC-HNCT" in lines
    assert office.error(*build, "--set", "number=12", code=2) == "CLB-REPORT-HEAD"
    wrong = ("--format", "docx", "--out", path, "--set", "sigher=A")
    assert office.error(*build, *wrong, code=2) == "CLB-REPORT-HEAD"
