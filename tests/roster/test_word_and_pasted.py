"""A table in a Word document is read like a sheet."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from support.lists import HEADINGS, ON, asked, names

from engine.errors import InputError
from engine.roster.model import Reading
from engine.roster.reader import read

HEAD = [*HEADINGS.split("|"), "Thôn"]
PEOPLE = [
    ["1", "Lê Thị Lan", "1950", "Nữ", "Đông"],
    ["2", "Trần Văn Bình", "02/05/1948", "Nam", "Đoài"],
]


def table(document: Any, rows: list[list[str]]) -> Any:
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return made


def saved(folder: Path, build: Callable[[Any], None], name: str = "ds.docx") -> Path:
    document = docx.Document()
    build(document)
    path = folder / name
    document.save(str(path))
    return path


def plain(document: Any) -> None:
    document.add_paragraph("DANH SÁCH THÀNH VIÊN")
    table(document, [HEAD, *PEOPLE])


def below_a_head_of_paper(document: Any) -> None:
    table(document, [["HỘI NCT XÃ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["", "Độc lập"]])
    table(document, [HEAD, *PEOPLE])
    table(document, [["NGƯỜI LẬP", "CHỦ TỊCH"], ["Lê Văn Ký", "Vũ Văn Ký"]])


def with_titles_inside(document: Any) -> None:
    table(
        document, [["DANH SÁCH", "", "", "", ""], HEAD, *PEOPLE, ["", "Tổng cộng: 2", "", "", ""]]
    )


def with_merged_village(document: Any) -> None:
    made = table(document, [HEAD, PEOPLE[0], [*PEOPLE[1][:4], ""]])
    made.cell(1, 4).merge(made.cell(2, 4))


@pytest.mark.parametrize(
    "build", [plain, below_a_head_of_paper, with_titles_inside, with_merged_village]
)
def test_a_table_of_a_document_is_read(tmp_path: Path, build: Callable[[Any], None]) -> None:
    reading = read(saved(tmp_path, build), on=ON)
    assert [(one.name, one.born, one.sex) for one in reading.people] == [
        ("Lê Thị Lan", "1950", "F"),
        ("Trần Văn Bình", "1948-05-02", "M"),
    ]
    assert reading.people[0].village == "Đông"
    assert reading.people[1].village == ("Đông" if build is with_merged_village else "Đoài")


def test_tables_with_the_same_headings_are_one_list(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        for village, person in (("Thôn Đông", PEOPLE[0]), ("Thôn Đoài", PEOPLE[1])):
            document.add_paragraph(village)
            table(document, [HEAD[:4], person[:4]])

    reading = read(saved(tmp_path, build), on=ON)
    assert [(one.name, one.village) for one in reading.people] == [
        ("Lê Thị Lan", "Thôn Đông"),
        ("Trần Văn Bình", "Thôn Đoài"),
    ]


def test_a_struck_out_name_is_asked_about_and_deleted_text_is_gone(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        made = table(document, [HEAD, *PEOPLE])
        made.cell(1, 1).paragraphs[0].runs[0].font.strike = True
        run = made.cell(2, 1).paragraphs[0].add_run(" (cũ)")._r
        deleted = OxmlElement("w:moveFrom")
        run.addprevious(deleted)
        deleted.append(run)

    reading = read(saved(tmp_path, build), on=ON)
    assert (names(reading), asked(reading)) == (["Trần Văn Bình"], {"struck": [2]})


AGED = [
    ["STT", "Họ và tên", "Tuổi", "Giới tính", "Thôn"],
    ["1", "Lê Thị Lan", "73", "Nữ", "Đông"],
    ["2", "Trần Văn Bình", "75", "Nam", "Đoài"],
]
SIGNED = "Đồng Tân, ngày 05 tháng 3 năm 2021"
HEADED = [
    ["HỘI NCT XÃ ĐỒNG TÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
    ["Số: 05/DS-HNCT", SIGNED],
]


def estimated(reading: Reading) -> dict[str, str]:
    """Answer that the years are worked out from the ages."""
    return {one.key: "estimate" for one in reading.questions if one.key.startswith("ages")}


def in_a_content_control(document: Any) -> None:
    made = table(document, AGED)._tbl
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    made.addprevious(control)
    control.append(content)
    content.append(made)
    content.append(document.add_paragraph(SIGNED)._p)


@pytest.mark.parametrize(
    "parts",
    [
        (SIGNED, "DANH SÁCH THÀNH VIÊN", AGED),
        ("DANH SÁCH THÀNH VIÊN", AGED, SIGNED),
        (HEADED, "DANH SÁCH THÀNH VIÊN", AGED),
        ("DANH SÁCH", AGED, [["NGƯỜI LẬP", f"{SIGNED}\nCHỦ TỊCH"], ["Lê Văn Ký", "Vũ Văn Ký"]]),
        ("DANH SÁCH THÀNH VIÊN CÂU LẠC BỘ NĂM 2021", "Thôn Đông", AGED),
        (
            "DANH SÁCH THÀNH VIÊN",
            "(Tính đến ngày 31/12/2021)",
            AGED,
            SIGNED.replace("2021", "2022"),
        ),
        in_a_content_control,
    ],
)
def test_ages_are_counted_from_the_year_that_is_outside_the_table(
    tmp_path: Path, parts: Any
) -> None:
    def build(document: Any) -> None:
        for part in parts:
            (document.add_paragraph if isinstance(part, str) else partial(table, document))(part)

    path = saved(tmp_path, parts if callable(parts) else build)
    first = read(path, on=ON)
    answers = estimated(first)
    reading = read(path, on=ON, answers=answers)
    assert [(one.name, one.born) for one in reading.people] == [
        ("Lê Thị Lan", "1948"),
        ("Trần Văn Bình", "1946"),
    ]


@pytest.mark.parametrize("other", ["Hà Nội, ngày 7 tháng 4 năm 2020", "ngày 5 tháng 3 năm 2099"])
def test_a_document_of_two_years_or_of_one_to_come_has_none(tmp_path: Path, other: str) -> None:
    def build(document: Any) -> None:
        if "2099" not in other:
            document.add_paragraph(SIGNED)
        table(document, AGED)
        document.add_paragraph(other)

    path = saved(tmp_path, build)
    answers = estimated(read(path, on=ON))
    assert [one.born for one in read(path, on=ON, answers=answers).people] == [
        str(ON.year - 73),
        str(ON.year - 75),
    ]


@pytest.mark.parametrize(
    "texts", [[], ["DANH SÁCH"], ["1. Lê Thị Lan, 1950", "2. Lê Thị Cúc, 1951"]]
)
def test_a_document_without_a_table_is_refused_with_what_to_do(
    tmp_path: Path, texts: list[str]
) -> None:
    def build(document: Any) -> None:
        for text in texts:
            document.add_paragraph(text)

    with pytest.raises(InputError) as refused:
        read(saved(tmp_path, build), on=ON)
    assert refused.value.code == "CLB-ROSTER-FORMAT"
    assert "Excel" in refused.value.help


def test_a_damaged_document_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, plain)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(InputError) as refused:
        read(path, on=ON)
    assert refused.value.code == "CLB-ROSTER-DAMAGED"
