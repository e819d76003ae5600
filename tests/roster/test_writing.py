"""Lists go out sorted, masked, ready for Excel, and come back in as they were."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.errors import ClbError, InputError
from engine.lifecycle.people import Member
from engine.roster.plan import plan
from engine.roster.reader import read
from engine.roster.words import is_same_as_above
from engine.roster.writer import write_list, write_template
from engine.vietnamese.spoilt import spoilt_as
from engine.vietnamese.text import clean

ON = date(2022, 6, 30)
HEADINGS = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Thôn",
    "Diện hộ",
    "CCCD",
    "SĐT",
    "Ghi chú",
]
LAN = Member(
    "Lê Thị Lan", "F", "1950-05-02", "near_poor", "Thôn Đông", "027150000001", "0912345678"
)


def rows_of(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def names_in(path: Path) -> list[object]:
    return [row[1] for row in rows_of(path)[1:]]


def test_a_list_has_the_headings_and_words_that_the_reader_knows(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_list(path, [LAN, replace(LAN, name="Vũ Văn An", sex="M", born="1950-05")], full=True)
    assert rows_of(path) == [
        HEADINGS,
        [
            1,
            "Vũ Văn An",
            "05/1950",
            "Nam",
            "Thôn Đông",
            "Cận nghèo",
            "027150000001",
            "0912345678",
            None,
        ],
        [
            2,
            "Lê Thị Lan",
            "02/05/1950",
            "Nữ",
            "Thôn Đông",
            "Cận nghèo",
            "027150000001",
            "0912345678",
            None,
        ],
    ]


def test_names_are_in_the_vietnamese_order(tmp_path: Path) -> None:
    ordered = [
        "Bùi Văn An", "Trần Thị Anh", "Bùi Thị Ảnh", "Nguyễn Thị Ánh", "Nguyễn Văn Ánh",
        "Đinh Văn Ăn", "Lê Văn Ân", "Hoàng Văn Ẩn", "Đỗ Thị Dung", "Phạm Văn Đức", "Vũ Thị Yến",
    ]  # fmt: skip
    path = tmp_path / "list.xlsx"
    write_list(path, [replace(LAN, name=name) for name in sorted(ordered)], full=False)
    assert names_in(path) == ordered


def test_only_three_digits_are_shown_unless_the_list_is_asked_for_in_full(tmp_path: Path) -> None:
    for name in ("list.xlsx", "list.csv"):
        path = tmp_path / name
        two = replace(LAN, name="Lê Thị Mai", phone="0912345678; 0987654321", id_number=None)
        write_list(path, [LAN, two], full=False)
        rows = (
            rows_of(path)
            if name.endswith("x")
            else list(csv.reader(path.open("r", encoding="utf-8-sig")))
        )
        assert rows[1][6:8] == ["*********001", "*******678"]
        assert rows[2][6] in (None, "")
        assert rows[2][7] == "**********; *******321"


def test_a_masked_list_is_not_taken_for_numbers_when_it_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_list(path, [LAN], full=False)
    assert [one.column for one in read(path, on=ON).rejected] == ["CCCD", "SĐT"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+84912", "-5", "@SUM(A1)", "＝1+1", '=HYPERLINK("http://x")']
)
def test_what_looks_like_a_formula_is_text_in_a_workbook(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.xlsx"
    write_list(path, [replace(LAN, name=text, note=text)], full=True, title=text)
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    written = [cell for cell in cells if cell.value == text]
    assert len(written) == 3
    assert all(cell.data_type in ("s", "inlineStr") for cell in written)
    assert all(cell.quotePrefix for cell in written[1:])
    assert b"<f>" not in ZipFile(path).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-5", "@SUM(A1)", "＝1+1", "'=1"])
def test_what_looks_like_a_formula_is_shielded_in_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.csv"
    write_list(path, [replace(LAN, note=text)], full=True)
    (row,) = list(csv.reader(path.open(encoding="utf-8-sig")))[1:]
    assert row[8] == "'" + text
    assert read(path, on=ON).people[0].note == text


def test_a_text_begins_with_the_mark_that_excel_needs(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_list(path, [LAN], full=True, title="not in a text")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfSTT,")


def test_a_note_of_xml_is_only_a_note(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_list(path, [replace(LAN, note="<r><t>x</t></r>")], full=True)
    assert read(path, on=ON).people[0].note == "<r><t>x</t></r>"


def test_the_template_is_an_empty_list_with_drop_downs_and_help(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert rows_of(path)[0] == HEADINGS
    offered = {
        str(rule.sqref): (rule.type, rule.formula1)
        for rule in sheet.data_validations.dataValidation
    }
    assert offered == {
        "D2:D1001": ("list", '"Nữ,Nam"'),
        "F2:F1001": ("list", '"Hộ nghèo,Cận nghèo,Khó khăn"'),
    }
    assert {sheet.column_dimensions[column].number_format for column in "CGH"} == {"@"}
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C2", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert len(book.worksheets) == 2
    assert read(path, on=ON).people == ()


def test_a_filled_template_is_read_without_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].append(
        [1, "Lê Thị Lan", "02/05/1950", "Nữ", None, "Cận nghèo", "027150000001"]
    )
    book.save(path)
    reading = read(path, on=ON)
    assert [one.name for one in reading.people] == ["Lê Thị Lan"]
    assert (reading.rejected, reading.remarks) == ((), ())


def test_the_headings_stay_in_sight_below_a_title(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_list(path, [LAN], full=True, title="Danh sách thành viên CLB thôn Đông")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A1"].value == "Danh sách thành viên CLB thôn Đông"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C4", "$3:$3")
    assert [one.row for one in read(path, on=ON).people] == [4]


def test_somebody_whose_name_was_erased_comes_last(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_list(path, [Member("", "F", "1950"), Member("Lê Thị Lan", "F", "1950")], full=True)
    assert names_in(path) == ["Lê Thị Lan", None]


@pytest.mark.parametrize("name", ["list.xls", "list.docx", "list"])
def test_another_kind_of_file_is_not_written(tmp_path: Path, name: str) -> None:
    for write in (lambda path: write_list(path, [LAN], full=True), write_template):
        with pytest.raises(InputError) as refused:
            write(tmp_path / name)
        assert refused.value.code == "CLB-ROSTER-SUFFIX"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_a_list_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    for path in (tmp_path / name, tmp_path / "nowhere" / name):
        with pytest.raises(ClbError) as refused:
            write_list(path, [LAN], full=True)
        assert refused.value.code == "CLB-ROSTER-WRITE"
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_list_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_list(path, [LAN, replace(LAN, name="Lê Văn An")], full=True)
    write_list(path, [LAN], full=True)
    assert names_in(path) == ["Lê Thị Lan"]
    assert list(tmp_path.iterdir()) == [path]


words = st.text("aăâbcdđeêiouưyáàảãạếửộỵ ABĐ0159.,;:'\"()<>&=+-@%/x\t\n", max_size=30).map(clean)
given_names = st.sampled_from(["Lan", "Ước", "Hoà", "Thuỷ", "Ấm", "Đạt", "Quý", "Yến"])
days = st.dates(date(1905, 10, 1), date(2010, 1, 1)).map(date.isoformat)


@st.composite
def members(draw: st.DrawFn) -> Member:
    return Member(
        name=f"{draw(given_names)} {draw(given_names)}",
        sex=draw(st.sampled_from(["F", "M"])),
        born=draw(days)[: draw(st.sampled_from([4, 7, 10]))],
        circumstance=draw(st.sampled_from(["poor", "near_poor", "difficult", None])),
        village=draw(words) or None,
        id_number=draw(st.from_regex("[0-9]{12}|[0-9]{9}", fullmatch=True) | st.none()),
        phone=draw(st.from_regex("0[0-9]{9}", fullmatch=True) | st.none()),
        note=draw(words) or None,
    )


@settings(max_examples=60)
@given(st.lists(members(), min_size=1, max_size=12), st.sampled_from([".xlsx", ".csv"]))
def test_a_full_list_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, listed: list[Member], suffix: str
) -> None:
    for column in ([one.village for one in listed], [one.note for one in listed]):
        # Letters thrown together may by chance be words of an old font, or mean "as above".
        assume(spoilt_as("\n".join(filter(None, column))) is None)
        assume(not any(is_same_as_above(text) for text in column if text))
    path = tmp_path_factory.mktemp("list") / f"list{suffix}"
    write_list(path, listed, full=True)
    reading = read(path, on=ON)
    assert reading.rejected == ()
    assert sorted(map(repr, plan(reading.people, []).added)) == sorted(map(repr, listed))


def test_an_empty_list_is_printed_with_rows_to_write_in(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_template(path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.print_area.endswith("!$A$1:$I$41")
    (lined,) = sheet.conditional_formatting
    assert str(lined.sqref) == "A2:I41"
    assert sheet["A1"].font.name == "Times New Roman"
