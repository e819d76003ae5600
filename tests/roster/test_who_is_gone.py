"""Who died, left or is away, and rows that Excel hides: left out, named, and asked about."""

from pathlib import Path

import pytest
import xlsxwriter
from support.lists import HEADINGS, ON, asked, from_lines, names, remarked

from engine.roster import words
from engine.roster.marks import Marks
from engine.roster.old_marks import old_marks_of
from engine.roster.reader import read

GONE = [
    "đã mất",
    "Mất năm 2021",
    "chết 3/2020",
    "Qua đời",
    "chuyển đi Hà Nội",
    "da mat 2021",
    "đã chuyển khẩu",
    "không còn tham gia",
    "bỏ sinh hoạt từ 2023",
    "đã ngừng tham gia",
    "thương binh, mất 12/2020",
]
HERE = [
    "chồng mất",
    "vợ đã chết",
    "mất sức lao động",
    "mất trí nhớ",
    "Mắt kém",
    "mới chuyển đến",
    "Từ Lạng Sơn chuyển về",
    "mất CCCD",
    "con trai mất 2010",
    "đã nghỉ hưu",
    "có mặt",
    "con cái ở nước ngoài",
    "sống một mình, con gái đi làm ăn xa",
    "chồng đi vắng",
]


@pytest.mark.parametrize("note", GONE)
def test_a_note_that_says_so_is_asked_about(tmp_path: Path, note: str) -> None:
    lines = (f"{HEADINGS}|Ghi chú", f"1|Lê Thị Lan|1950|Nữ|{note}", "2|Lê Thị Cúc|1951|Nữ|")
    reading = from_lines(tmp_path, *lines)
    assert (names(reading), asked(reading)) == (["Lê Thị Cúc"], {"gone": [2]})
    without = from_lines(tmp_path, *lines, answers={"gone": "leave-out"})
    assert (names(without), without.questions) == (["Lê Thị Cúc"], ())
    assert remarked(without, "Lê Thị Lan", note)
    with_them = from_lines(tmp_path, *lines, answers={"gone": "take"})
    assert names(with_them) == ["Lê Thị Lan", "Lê Thị Cúc"]
    assert remarked(with_them, "Lê Thị Lan")


@pytest.mark.parametrize("note", HERE)
def test_a_note_about_something_else_is_only_a_note(tmp_path: Path, note: str) -> None:
    assert words.gone(note) is None
    reading = from_lines(tmp_path, f"{HEADINGS}|Ghi chú", f"1|Lê Thị Lan|1950|Nữ|{note}")
    assert ([one.note for one in reading.people], reading.questions) == ([note], ())


@pytest.mark.parametrize(
    "note", ["tạm vắng", "Đi vắng", "vắng mặt từ tháng 3", "đang ở nước ngoài"]
)
def test_who_is_away_is_asked_about_apart(tmp_path: Path, note: str) -> None:
    reading = from_lines(tmp_path, f"{HEADINGS}|Ghi chú", f"1|Lê Thị Lan|1950|Nữ|{note}")
    assert asked(reading) == {"away": [2]}


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Đã mất", "x"),
        ("Ngày mất", "12/3/2021"),
        ("Chuyển đi", "x"),
        ("Tình trạng", "đã chết"),
        ("Lý do", "qua đời"),
        ("Trạng thái", "Nghỉ"),
    ],
)
def test_a_column_that_says_so_is_asked_about(tmp_path: Path, heading: str, cell: str) -> None:
    reading = from_lines(
        tmp_path, f"{HEADINGS}|{heading}", f"1|Lê Thị Lan|1950|Nữ|{cell}", "2|Lê Thị Cúc|1951|Nữ|"
    )
    assert (names(reading), asked(reading)) == (["Lê Thị Cúc"], {"gone": [2]})


@pytest.mark.parametrize(
    "name", ["Lê Thị Lan (đã mất)", "Lê Thị Lan (mất 2020)", "Lê Thị Lan (chuyển đi)"]
)
def test_a_name_that_says_so_is_asked_about_and_taken_without_it(tmp_path: Path, name: str) -> None:
    lines = (HEADINGS, f"1|{name}|1950|Nữ")
    assert asked(from_lines(tmp_path, *lines)) == {"gone": [2]}
    assert names(from_lines(tmp_path, *lines, answers={"gone": "take"})) == ["Lê Thị Lan"]


@pytest.mark.parametrize(
    "title",
    [
        "II. Danh sách hội viên đã mất năm 2021",
        "CÁC CỤ TỪ TRẦN",
        "B. Hội viên chuyển đi",
        "Đã mất năm 2021:",
    ],
)
def test_a_block_of_those_who_are_gone_is_not_taken_in(tmp_path: Path, title: str) -> None:
    reading = from_lines(
        tmp_path,
        HEADINGS,
        "1|Lê Thị Lan|1950|Nữ",
        f"|{title}||",
        "1|Lê Văn Cũ|1930|Nam",
        "2|Lê Văn Xưa||Nam",
        "|III. Hội viên mới||",
        "1|Lê Thị Mới|1960|Nữ",
    )
    assert (names(reading), reading.rejected) == (["Lê Thị Lan", "Lê Thị Mới"], ())
    assert asked(reading) == {"gone": [4, 5]}


def test_a_block_with_headings_of_its_own_stays_gone(tmp_path: Path) -> None:
    reading = from_lines(
        tmp_path,
        HEADINGS,
        "1|Lê Thị Lan|1950|Nữ",
        "|Danh sách thành viên đã mất||",
        HEADINGS,
        "1|Lê Văn Cũ|1930|Nam",
    )
    assert (names(reading), asked(reading)) == (["Lê Thị Lan"], {"gone": [5]})


@pytest.mark.parametrize("title", ["II. Đã mất", "Danh sách các cụ từ trần", "B. Chuyển đi"])
def test_villages_below_the_title_of_a_part_are_of_that_part(tmp_path: Path, title: str) -> None:
    reading = from_lines(
        tmp_path,
        HEADINGS,
        "|Thôn Đông||",
        "1|Lê Thị Lan|1950|Nữ",
        f"|{title}||",
        "|Thôn Đông||",
        "1|Lê Văn Cũ|1930|Nam",
        "|Thôn Đoài||",
        "2|Lê Văn Xưa|1931|Nam",
    )
    assert (names(reading), asked(reading)) == (["Lê Thị Lan"], {"gone": [6, 8]})


def test_a_line_inside_a_village_ends_with_the_village(tmp_path: Path) -> None:
    reading = from_lines(
        tmp_path,
        HEADINGS,
        "|Thôn Đông||",
        "|Đã mất:||",
        "1|Lê Văn Cũ|1930|Nam",
        "|Thôn Đoài||",
        "1|Lê Thị Lan|1950|Nữ",
    )
    assert (names(reading), asked(reading)) == (["Lê Thị Lan"], {"gone": [4]})


@pytest.mark.parametrize("birth", ["1950 (mất)", "1950 (đã mất 2021)", "02/05/1950 (chết)"])
def test_a_birth_that_says_so_is_asked_about(tmp_path: Path, birth: str) -> None:
    assert asked(from_lines(tmp_path, HEADINGS, f"1|Lê Thị Lan|{birth}|Nữ")) == {"gone": [2]}


def test_one_person_with_a_remark_and_no_birth_is_no_block(tmp_path: Path) -> None:
    reading = from_lines(
        tmp_path, HEADINGS, "1|Lê Thị Lan (đã mất)||", "2|Lê Thị Cúc|1951|Nữ", "3|Lê Thị Mơ|1952|Nữ"
    )
    assert (names(reading), asked(reading)) == (["Lê Thị Cúc", "Lê Thị Mơ"], {"gone": [2]})


def marked(folder: Path, how: str) -> Path:
    """Write three people, the second of them hidden, filtered out or struck out."""
    path = folder / "an.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Thành viên")
        strike = book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, HEADINGS.split("|"))
        for line, name in enumerate(["Lê Thị Lan", "Lê Thị Cúc", "Lê Thị Mơ"], start=1):
            sheet.write_row(line, 0, [line, name, 1950, "Nữ"])
        if how == "hidden":
            sheet.set_row(2, None, None, {"hidden": True})
        elif how == "filtered":
            sheet.autofilter(0, 0, 3, 3)
            sheet.filter_column(1, "x != Cúc")
            sheet.set_row(2, options={"hidden": True})
        elif how == "struck":
            sheet.write_string(2, 1, "Lê Thị Cúc", strike)
        elif how == "struck row":
            sheet.write_row(2, 0, [2, "Lê Thị Cúc", 1950, "Nữ"], strike)
        else:
            sheet.write_rich_string(2, 1, strike, "Lê Thị ", strike, "Cúc")
    return path


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("hidden", "hidden"),
        ("filtered", "hidden"),
        ("struck", "struck"),
        ("struck row", "struck"),
        ("rich", "struck"),
    ],
)
def test_rows_that_excel_hides_or_strikes_out_are_asked_about(
    tmp_path: Path, how: str, kind: str
) -> None:
    path = marked(tmp_path, how)
    reading = read(path, on=ON)
    assert (names(reading), asked(reading)) == (["Lê Thị Lan", "Lê Thị Mơ"], {kind: [3]})
    assert len(read(path, on=ON, answers={kind: "take"}).people) == 3
    left = read(path, on=ON, answers={kind: "leave-out"})
    assert (len(left.people), left.questions) == (2, ())
    assert remarked(left, "Lê Thị Cúc")


OLD = Path(__file__).parents[1] / "rosters" / "21_excel_2003_an.xls"


def test_an_old_workbook_hides_and_strikes_out_too() -> None:
    assert old_marks_of(OLD)["Thành viên"] == Marks(
        frozenset({3}), {4: frozenset({0})}, {5: {1: "#N/A"}}
    )
    assert asked(read(OLD, on=ON)) == {"hidden": [3], "struck": [4]}
    taken = read(OLD, on=ON, answers={"hidden": "take", "struck": "leave-out"})
    assert names(taken) == ["Lê Thị Lan", "Lê Thị Ẩn", "Lê Thị Mơ"]


@pytest.mark.parametrize("part", [3, 40, 75, 99])
def test_what_is_no_whole_old_workbook_has_no_marks_and_breaks_nothing(
    tmp_path: Path, part: int
) -> None:
    data = OLD.read_bytes()
    cut = tmp_path / "cut.xls"
    cut.write_bytes(data[: len(data) * part // 100])
    assert isinstance(old_marks_of(cut), dict)
    spoilt = bytearray(data)
    spoilt[512 + part * 30 : 512 + part * 30 + 40] = b"\xff" * 40
    cut.write_bytes(spoilt)
    assert isinstance(old_marks_of(cut), dict)
