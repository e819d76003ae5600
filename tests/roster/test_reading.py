"""Member lists are read as communes write them; the lists are in tests/rosters."""

import subprocess
import sys
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.roster.model import Reading
from engine.roster.plan import Namesakes, plan
from engine.roster.reader import read
from engine.roster.remarks import spelled
from engine.rules.calendar import born_by

LISTS = Path(__file__).parents[1] / "rosters"
EXPECTED: dict[str, Any] = tomllib.loads((LISTS / "expected.toml").read_text(encoding="utf-8"))
ON: date = EXPECTED.pop("on")


def sample(name: str) -> Reading:
    return read(LISTS / name, on=ON, encoding=EXPECTED[name].get("encoding"))


def from_text(folder: Path, *lines: str, on: date = ON) -> Reading:
    """Read a list typed here; the cells are separated by a bar in the tests, by ; in the file."""
    path = folder / "list.csv"
    path.write_text("\n".join(lines).replace("|", ";"), encoding="utf-8")
    return read(path, on=on)


def namesakes(reading: Reading) -> tuple[Namesakes, ...]:
    return plan(reading.people, []).duplicates


def composition(reading: Reading) -> dict[str, int]:
    everybody = reading.people
    elderly = sum(one.born <= born_by(60, ON) for one in everybody)
    counts = {
        "members": len(everybody),
        "women": sum(one.sex == "F" for one in everybody),
        "elderly": elderly,
        "young": len(everybody) - elderly,
    }
    for kind in ("poor", "near_poor", "difficult"):
        counts[kind] = sum(one.circumstance == kind for one in everybody)
    return counts


@pytest.mark.parametrize("name", EXPECTED)
def test_every_sample_list_gives_the_figures_written_for_it(name: str) -> None:
    expected = EXPECTED[name]
    reading = sample(name)
    assert composition(reading) == {key: expected[key] for key in composition(reading)}
    rejected = [[one.row, one.column, one.found] for one in reading.rejected]
    assert rejected == expected.get("rejected", [])
    assert [list(one.rows) for one in namesakes(reading)] == expected.get("duplicates", [])
    assert len(reading.remarks) == expected["remarks"]
    assert [one.key for one in reading.questions] == expected.get("asked", [])


def test_there_are_samples_of_each_kind_of_file() -> None:
    assert len(EXPECTED) >= 14
    assert {Path(name).suffix for name in EXPECTED} == {".xlsx", ".xls", ".csv", ".txt"}
    assert {path.name for path in LISTS.iterdir() if path.name[:2].isdigit()} == set(EXPECTED)


def test_an_entry_has_everything_of_its_row() -> None:
    third = sample("01_our_own.xlsx").people[4]
    assert (third.row, third.name, third.sex) == (6, "Quách Thị Lan", "F")
    assert (third.born, third.circumstance) == ("1944-09-17", "difficult")
    assert (third.village, third.post) == ("Thôn Đông", None)
    assert (third.id_number, third.phone) == ("027144100548", "0912031676")


def test_rows_are_numbered_as_excel_does_below_titles_and_headings() -> None:
    reading = sample("02_years_under_nam_nu.xlsx")
    assert [one.row for one in reading.people] == list(range(10, 73))
    assert reading.people[0].post == "Chủ nhiệm"


def test_each_column_is_given_with_how_it_was_understood() -> None:
    columns = sample("02_years_under_nam_nu.xlsx").columns
    assert [(one.heading, one.field, one.index) for one in columns] == [
        ("STT", "order", 0),
        ("Họ và tên", "name", 1),
        ("Năm sinh – Nam", "male", 2),
        ("Năm sinh – Nữ", "female", 3),
        ("Thôn", "village", 4),
        ("Diện hộ – Hộ nghèo", "poor", 5),
        ("Diện hộ – Cận nghèo", "near_poor", 6),
        ("Diện hộ – HCKK", "difficult", 7),
        ("Chức vụ", "post", 8),
    ]


def test_a_name_in_two_columns_is_put_together() -> None:
    named = sample("03_ho_dem_va_ten.xlsx").people[0].name
    unnamed_column = sample("04_so_mat_so_khong.xlsx").people[0].name
    assert (named, unnamed_column) == ("ĐỖ VĂN BÌNH", "Ngô Thị Lan")


def test_numbers_get_the_zeros_back_that_excel_dropped_with_a_remark() -> None:
    reading = sample("04_so_mat_so_khong.xlsx")
    first, second = reading.people[:2]
    assert (first.id_number, second.id_number) == ("001149101507", "027156101644")
    assert first.phone == "0912087109"
    assert all("4–58" in remark for remark in reading.remarks)


def test_a_birth_is_as_exact_as_the_list() -> None:
    births = {one.name: one.born for one in sample("05_ngay_excel.xlsx").people}
    assert births["Hà Thị Mốc"] == "1962"
    assert births["Hà Văn Mốc"] == "1962-06-30"
    assert births["Lường Thị Bảy"] == "1962-06"


def test_a_year_typed_into_a_date_cell_is_the_year_and_not_1905() -> None:
    reading = sample("05_ngay_excel.xlsx")
    assert reading.people[0].born == "1946"
    assert "29/04/1905 → 1946" in reading.remarks[0]


def test_a_village_above_the_names_or_merged_at_their_side_is_everybodys() -> None:
    above = [one.village for one in sample("10_theo_thon.xlsx").people]
    merged = [one.village for one in sample("12_gop_o_thon.xlsx").people]
    assert above == merged
    assert above[::16] == ["Thôn Đông", "Thôn Đoài", "Xóm Mỏ", "Khu 3"]


def test_the_first_visible_sheet_with_a_list_is_read() -> None:
    reading = sample("12_gop_o_thon.xlsx")
    assert len(reading.people) == 64
    assert reading.columns[0].heading == "Thôn"


def test_a_second_table_in_the_sheet_is_read_with_its_own_columns() -> None:
    entries = sample("14_hai_bang.xlsx").people
    assert [one.post for one in entries[:4]] == ["Chủ nhiệm", "Phó Chủ nhiệm", "Thư ký", None]
    assert entries[3].phone is not None


def test_names_are_stored_clean_and_as_entered() -> None:
    untidy = sample("15_lon_xon.xlsx").people
    assert all(one.name == " ".join(one.name.split()) for one in untidy)
    assert not any("\u200b" in one.name or "\u00a0" in one.name for one in untidy)
    decomposed = sample("07_phay_nfd.csv").people
    assert all(unicodedata.is_normalized("NFC", one.name) for one in decomposed)
    assert "HOÀNG VĂN HÒA" in {one.name for one in sample("13_trung_ten.xlsx").people}


def test_tcvn3_is_shown_and_read_only_when_it_is_confirmed() -> None:
    for name in ("16_tcvn3.csv", "17_tcvn3.xlsx"):
        with pytest.raises(InputError) as refused:
            read(LISTS / name, on=ON)
        assert refused.value.code == "CLB-ROSTER-TCVN3"
        assert "Hä vµ tªn" in refused.value.message
        assert "Họ và tên" in refused.value.message
        assert "--encoding tcvn3" in refused.value.help
        assert sample(name).people[0].name == "Đặng Đức Chính"


def test_tcvn3_names_in_the_middle_of_a_list_are_not_taken_as_they_are(tmp_path: Path) -> None:
    people = [f"Lê Thị Lan|Nữ|{1940 + n % 30}" for n in range(100)]
    with pytest.raises(InputError, match="Nguyễn Văn Đức") as refused:
        from_text(tmp_path, "Họ và tên|Giới tính|Năm sinh", *people, "NguyÔn V¨n §øc|Nam|1950")
    assert refused.value.code == "CLB-ROSTER-TCVN3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_is_read_whatever_its_encoding_and_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "list.csv"
    rows = [["STT", "Họ và tên", "Năm sinh", "Giới tính"], ["1", "Lê Thị Ước", "1950", "Nữ"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    path.write_bytes(text.encode(encoding))
    assert [one.name for one in read(path, on=ON).people] == ["Lê Thị Ước"]


def test_the_line_that_names_excel_the_separator_is_no_row(tmp_path: Path) -> None:
    reading = from_text(tmp_path, "sep=;", "Họ và tên|Năm sinh|Giới tính", "Lê Thị Ước|1950|Nữ")
    assert [one.row for one in reading.people] == [2]


def test_everything_wrong_is_reported_at_once_and_its_row_is_no_entry(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path,
        "STT|Họ và tên|Năm sinh|Giới tính|CCCD|SĐT",
        "1|Lê Thị Lan|2040|Nu nhi|123|456",
        "2|Lê Thị Cúc|1950|Nữ||",
    )
    assert [(one.row, one.column, one.found) for one in reading.rejected] == [
        (2, "Giới tính", "Nu nhi"),
        (2, "Năm sinh", "2040"),
        (2, "CCCD", "123"),
        (2, "SĐT", "456"),
    ]
    assert all(one.expected for one in reading.rejected)
    assert [one.row for one in reading.people] == [3]
    assert reading.rows == 2


def test_a_list_without_a_column_for_the_sex_is_refused_row_by_row(tmp_path: Path) -> None:
    reading = from_text(tmp_path, "Họ và tên|Năm sinh", "Lê Thị Lan|1950", "Lê Văn Bình|1951")
    assert [(one.row, one.column) for one in reading.rejected] == [
        (2, "Giới tính"),
        (3, "Giới tính"),
    ]
    assert not reading.people


def test_a_list_without_a_column_for_the_birth_is_refused_row_by_row(tmp_path: Path) -> None:
    reading = from_text(tmp_path, "STT|Họ và tên|Giới tính", "1|Lê Thị Lan|Nữ")
    assert [(one.row, one.column) for one in reading.rejected] == [(2, "Ngày sinh")]


def test_a_household_marked_twice_is_refused_and_difficulty_too_is_remarked(
    tmp_path: Path,
) -> None:
    reading = from_text(
        tmp_path,
        "Họ và tên|Năm sinh|Giới tính|Hộ nghèo|Cận nghèo|HCKK",
        "Lê Thị Lan|1950|Nữ|x|x|",
        "Lê Thị Cúc|1950|Nữ||x|x",
    )
    assert [(one.row, one.column) for one in reading.rejected] == [(2, "Cận nghèo")]
    assert [one.circumstance for one in reading.people] == ["near_poor"]
    assert len(reading.remarks) == 1


def test_an_unknown_household_is_asked_about_and_never_counted_as_none(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path,
        "Họ và tên|Năm sinh|Giới tính|Diện hộ",
        "Lê Thị Lan|1950|Nữ|gia đình chính sách",
        "Lê Thị Cúc|1950|Nữ|thoát nghèo",
        "Lê Thị Huệ|1950|Nữ|Không thuộc hộ nghèo",
    )
    assert [(one.key, one.places) for one in reading.questions] == [
        ("household:gia dinh chinh sach", (("", 2),))
    ]
    assert [one.circumstance for one in reading.people] == [None, None, None]


def test_a_year_under_men_and_under_women_at_once_is_refused(tmp_path: Path) -> None:
    reading = from_text(tmp_path, "Họ và tên|Nam|Nữ", "Lê Thị Lan|1950|1951", "Lê Thị Cúc||1950")
    assert [(one.row, one.found) for one in reading.rejected] == [(2, "1950; 1951")]
    assert [one.sex for one in reading.people] == ["F"]


def test_two_births_of_one_person_must_agree_and_the_exact_one_counts(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path,
        "Họ và tên|Nam|Nữ|Ngày sinh",
        "Lê Thị Lan||1950|02/05/1950",
        "Lê Thị Cúc||1950|02/05/1951",
    )
    assert [one.born for one in reading.people] == ["1950-05-02"]
    assert [(one.row, one.column) for one in reading.rejected] == [(3, "Ngày sinh")]


def test_a_total_does_not_end_a_list_that_goes_on(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path,
        "STT|Họ và tên|Năm sinh|Giới tính",
        "1|Lê Thị Lan|1950|Nữ",
        "|Tổng cộng: 1|60|",
        "2|Lê Thị Cúc|1951|Nữ",
        "|Người lập biểu||",
        "|Lê Văn Ký||",
    )
    assert [one.row for one in reading.people] == [2, 4]
    assert not reading.rejected
    assert "3, 5–6" in reading.remarks[0]


def test_nobody_is_lost_for_a_name_that_sounds_like_a_total(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path,
        "STT|Họ và tên|Năm sinh|Giới tính",
        "1|Tống Thị Cộng|1950|Nữ",
        "2|Tô Văn Khu|1951|Nam",
        "3|Lang Thị Năm|1952|Nữ",
    )
    assert [one.name for one in reading.people] == ["Tống Thị Cộng", "Tô Văn Khu", "Lang Thị Năm"]
    assert not reading.remarks


def test_a_poor_household_only_in_the_notes_is_remarked_and_not_counted(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path, "Họ và tên|Năm sinh|Giới tính|Ghi chú", "Lê Thị Lan|1950|Nữ|Hộ nghèo"
    )
    assert reading.people[0].circumstance is None
    assert len(reading.remarks) == 1
    assert "Hộ nghèo" in reading.remarks[0]


def test_notes_are_only_notes_where_a_column_has_the_household(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path,
        "Họ và tên|Năm sinh|Giới tính|Diện hộ|Ghi chú",
        "Lê Thị Lan|1950|Nữ||trước là hộ nghèo",
    )
    assert reading.people[0].note == "trước là hộ nghèo"
    assert reading.remarks == ()


def test_long_row_lists_are_shortened() -> None:
    assert spelled([5, 6, 7, 9]) == "5–7, 9"
    every_other = spelled(range(1, 101, 2))
    assert every_other.startswith("1, 3, 5, ")
    assert "38" in every_other


def test_numbers_waiting_for_names_are_no_people(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path, "STT|Họ và tên|Năm sinh|Giới tính", "1|Lê Thị Lan|1950|Nữ", "2|||", "3|||\u200b"
    )
    assert (len(reading.people), reading.rejected, reading.remarks) == (1, (), ())


def test_namesakes_born_in_other_years_are_two_people(tmp_path: Path) -> None:
    reading = from_text(
        tmp_path,
        "Họ và tên|Năm sinh|Giới tính",
        "Hoà Văn Thuỷ|1950|Nam",
        "HÒA VĂN THỦY|02/05/1950|Nam",
        "Hoà Văn Thuỷ|1951|Nam",
        "Hoá Văn Thuỷ|1950|Nam",
    )
    assert [(one.rows, one.name, one.born) for one in namesakes(reading)] == [
        ((2, 3), "Hoà Văn Thuỷ", "1950")
    ]
    assert len(reading.people) == 4


def test_progress_is_reported_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    seen: list[int] = []
    path = tmp_path / "long.csv"
    rows = [f"Lê Thị Lan,{1930 + n % 60},Nữ" for n in range(1200)]
    path.write_text("\n".join(["Họ và tên,Năm sinh,Giới tính", *rows]), encoding="utf-8")
    read(path, on=ON, progress=seen.append)
    assert seen == [501, 1001, 1201]


def test_the_libraries_for_workbooks_are_loaded_only_for_a_workbook() -> None:
    program = (
        "import sys, engine.roster.reader, engine.roster.writer;"
        "assert not {'python_calamine', 'xlsxwriter'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@given(
    st.permutations(["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Thôn", "Diện hộ", "CCCD"]),
    st.integers(0, 8),
)
def test_columns_may_be_in_any_order_below_any_titles(
    tmp_path_factory: pytest.TempPathFactory, headings: list[str], above: int
) -> None:
    person = {
        "STT": "1",
        "Họ và tên": "Lê Thị Ước",
        "Ngày sinh": "02/05/1950",
        "Giới tính": "Nữ",
        "Thôn": "Thôn Đông",
        "Diện hộ": "Hộ nghèo",
        "CCCD": "001150000001",
    }
    titles = ["DANH SÁCH THÀNH VIÊN", "", "Thôn Đông"] * 3
    lines = [*titles[:above], "|".join(headings), "|".join(person[one] for one in headings)]
    reading = from_text(tmp_path_factory.mktemp("list"), *lines)
    (entry,) = reading.people
    assert (entry.row, entry.name, entry.born, entry.sex) == (
        above + 2,
        "Lê Thị Ước",
        "1950-05-02",
        "F",
    )
    assert (entry.village, entry.circumstance) == ("Thôn Đông", "poor")
    assert entry.id_number == "001150000001"
