"""What is no list, or would do harm, gets one clear sentence and changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from rosters import hostile

from engine.errors import InputError
from engine.roster.reader import read

ON = date(2022, 6, 30)


def refused(path: Path, encoding: str | None = None) -> str:
    """Return the code of the refusal, which has to be one sentence with something to do."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(InputError) as caught:
        read(path, on=ON, encoding=encoding)
    error = caught.value
    assert error.exit_code == 2
    assert path.name in error.message or encoding is not None
    assert "\n" not in error.message
    assert error.help
    assert before is None or path.read_bytes() == before
    return error.code


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "khong_co.xlsx") == "CLB-ROSTER-FILE"


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == "CLB-ROSTER-FILE"


@pytest.mark.parametrize("name", ["rong.xlsx", "rong.xls", "rong.csv"])
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    assert refused(file(tmp_path, name, b"")) == "CLB-ROSTER-EMPTY"


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b";;;\r\n;;;\r\n", b"\0\0\0\0" * 20, b" \n"])
def test_a_text_with_nothing_in_it(tmp_path: Path, data: bytes) -> None:
    assert refused(file(tmp_path, "rong.csv", data)) in ("CLB-ROSTER-EMPTY", "CLB-ROSTER-FORMAT")


def test_a_workbook_with_nothing_in_it(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "trang.xlsx"
    xlsxwriter.Workbook(str(path)).close()
    assert refused(path) == "CLB-ROSTER-EMPTY"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        b"\xff\xd8\xff\xe0" + b"\0" * 99,
        b"%PDF-1.7\n" + b"text " * 99,
        b"Rar!\x1a\x07" + b"\0" * 99,
        b"<html><table><tr><td>STT</td></tr></table></html>",
        b'<?xml version="1.0"?><Workbook></Workbook>',
        bytes(range(256)) * 9,
    ],
    ids=["png", "jpeg", "pdf", "rar", "web page", "xml", "anything"],
)
@pytest.mark.parametrize("name", ["anh.xlsx", "anh.xls", "anh.csv"])
def test_a_file_of_another_kind_under_the_name_of_a_list(
    tmp_path: Path, data: bytes, name: str
) -> None:
    assert refused(file(tmp_path, name, data)) == "CLB-ROSTER-FORMAT"


def test_a_word_document(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "danh_sach.xlsx"
    with zipfile.ZipFile(path, "w") as word:
        word.writestr("word/document.xml", "<document/>")
    assert refused(path) == "CLB-ROSTER-FORMAT"


def test_a_workbook_under_the_name_of_the_other_kind_is_read(tmp_path: Path) -> None:
    new = file(tmp_path, "moi.xls", hostile.GOOD_XLSX.read_bytes())
    old = file(tmp_path, "cu.xlsx", hostile.GOOD_XLS.read_bytes())
    assert (len(read(new, on=ON).people), len(read(old, on=ON).people)) == (60, 56)


@pytest.mark.parametrize("good", [hostile.GOOD_XLSX, hostile.GOOD_XLS])
@pytest.mark.parametrize("part", [10, 50, 90])
def test_a_workbook_that_was_cut_off(tmp_path: Path, good: Path, part: int) -> None:
    data = good.read_bytes()
    cut = file(tmp_path, good.name, data[: len(data) * part // 100])
    assert refused(cut) == "CLB-ROSTER-DAMAGED"


def test_a_workbook_whose_cells_are_no_longer_xml(tmp_path: Path) -> None:
    def change(part: str, data: bytes) -> bytes:
        return data.replace(b"</c>", b"</d>") if part == hostile.SHEET else data

    path = hostile.repacked(tmp_path / "hong.xlsx", change)
    assert refused(path) == "CLB-ROSTER-DAMAGED"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert refused(hostile.bomb(tmp_path / "bom.xlsx")) == "CLB-ROSTER-BOMB"


def test_a_zip_bomb_that_hides_its_size_is_damaged(tmp_path: Path) -> None:
    assert refused(hostile.lying_bomb(tmp_path / "bom.xlsx")) == "CLB-ROSTER-DAMAGED"


def test_macros_are_refused_wherever_they_are(tmp_path: Path) -> None:
    assert refused(hostile.with_macros(tmp_path / "macro.xlsx")) == "CLB-ROSTER-MACRO"
    plain = hostile.repacked(tmp_path / "macro.xlsm", hostile.unchanged)
    assert refused(plain) == "CLB-ROSTER-MACRO"
    old = hostile.old_with_stream(tmp_path / "macro.xls", "_VBA_PROJECT_CUR")
    assert refused(old) == "CLB-ROSTER-MACRO"


def test_a_password_is_reported(tmp_path: Path) -> None:
    path = hostile.old_with_stream(tmp_path / "khoa.xlsx", "EncryptedPackage")
    assert refused(path) == "CLB-ROSTER-PASSWORD"


@pytest.mark.parametrize("stated", [False, True])
def test_a_cell_far_outside_the_list_costs_no_memory(tmp_path: Path, stated: bool) -> None:
    """Also where the sheet says that it is small: the program was killed by 5 KB of that kind."""
    far = hostile.stray_cell(tmp_path / "xa.xlsx", "XFD90000", stated=stated)
    deep = hostile.stray_cell(tmp_path / "sau.xlsx", "B1048576", stated=stated)
    assert refused(far) == "CLB-ROSTER-SPREAD"
    assert refused(deep) == "CLB-ROSTER-ROWS"


ODD = {
    "spaces": '<c r = "XFD90000"><v>1</v></c>',
    "small_letters": '<c r="xfd90000"><v>1</v></c>',
    "a_sign_inside_a_value": '<c a=">" r="XFD90000"><v>1</v></c>',
    "an_odd_prefix": '<x-y:c r="XFD90000"><v>1</v></x-y:c>',
}


@pytest.mark.parametrize("way", ODD)
def test_a_cell_far_outside_that_is_written_oddly_is_tried_apart(tmp_path: Path, way: str) -> None:
    """Programs write no such tags; who looks only for theirs would be killed by these."""
    path = hostile.odd_cell(tmp_path / "xa.xlsx", ODD[way])
    assert refused(path) == "CLB-ROSTER-SPREAD"


def test_an_oddly_written_cell_inside_the_list_does_not_matter(tmp_path: Path) -> None:
    path = hostile.odd_cell(tmp_path / "gan.xlsx", '<c r = "H70"><v>1</v></c>', row=70)
    assert len(read(path, on=ON).people) == 60


def test_a_cell_somewhat_outside_the_list_does_not_matter(tmp_path: Path) -> None:
    path = hostile.stray_cell(tmp_path / "gan.xlsx", "XFD70")
    assert len(read(path, on=ON).people) == 60


def test_formats_down_to_the_last_row_do_not_matter(tmp_path: Path) -> None:
    path = hostile.formats_to_the_last_row(tmp_path / "dinh_dang.xlsx")
    assert len(read(path, on=ON).people) == 60


@pytest.mark.slow
def test_more_than_a_hundred_thousand_rows(tmp_path: Path) -> None:
    assert refused(hostile.many_rows(tmp_path / "dai.xlsx", 200_000)) == "CLB-ROSTER-ROWS"
    rows = b"Le Thi Lan;1950;Nu\r\n" * 200_000
    text = file(tmp_path, "dai.csv", b"Ho ten;Nam sinh;Gioi tinh\r\n" + rows)
    assert refused(text) == "CLB-ROSTER-ROWS"


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_and_one_more_is_not(tmp_path: Path) -> None:
    head, row = "Họ tên;Năm sinh;Giới tính\r\n", "Lê Thị Lan;1950;Nữ\r\n"
    full = file(tmp_path, "vua.csv", (head + row * 100_000).encode())
    assert len(read(full, on=ON).people) == 100_000
    over = file(tmp_path, "qua.csv", (head + row * 100_001).encode())
    assert refused(over) == "CLB-ROSTER-ROWS"


def test_an_old_workbook_that_leads_in_circles(tmp_path: Path) -> None:
    assert refused(hostile.old_in_circles(tmp_path / "vong.xls")) == "CLB-ROSTER-DAMAGED"


def test_an_old_workbook_that_claims_four_billion_rows(tmp_path: Path) -> None:
    assert refused(hostile.old_too_large(tmp_path / "to.xls")) == "CLB-ROSTER-DAMAGED"


def test_a_sheet_without_headings(tmp_path: Path) -> None:
    path = file(tmp_path, "khong_tieu_de.csv", "1;Lê Thị Lan;1950;Nữ\r\n".encode())
    assert refused(path) == "CLB-ROSTER-HEADING"


def test_two_lists_side_by_side_are_not_half_read(tmp_path: Path) -> None:
    rows = "STT;Họ tên;NS;GT;STT;Họ tên;NS;GT\r\n1;Lê Thị Lan;1950;Nữ;2;Lê Văn An;1951;Nam\r\n"
    assert refused(file(tmp_path, "hai_ben.csv", rows.encode())) == "CLB-ROSTER-BESIDE"


def test_a_text_in_an_encoding_nobody_knows(tmp_path: Path) -> None:
    path = file(
        tmp_path, "la.csv", "Họ và tên;Năm sinh\r\nLê Thị Lan;1950".encode("cp1258", "replace")
    )
    assert refused(path) == "CLB-ROSTER-ENCODING"
    odd = file(tmp_path, "le.csv", b"abc")
    assert refused(odd, encoding="utf-16") == "CLB-ROSTER-ENCODING"
    assert refused(odd, encoding="klingon") == "CLB-ROSTER-ENCODING"


def test_a_text_with_a_quote_that_never_ends(tmp_path: Path) -> None:
    path = file(
        tmp_path, "nhay.csv", b'Ho ten;Nam sinh\r\n"Le Thi Lan;1950\r\n' + b"x;1\r\n" * 99_999
    )
    assert refused(path) == "CLB-ROSTER-DAMAGED"


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        ["Họ và tên;Năm sinh" + ";" * 20_000, *["Lê Thị Lan;1950"] * 1_000],
        [
            "Họ và tên;Năm sinh",
            *["Lê Thị Lan;1950"] * 900,
            "x" + ";" * 20_000,
            *["Lê Thị Lan;1950"] * 1_000,
        ],
        ["x" + ";" * 17_000_000],
    ],
    ids=["wide heading", "wide row", "one row"],
)
def test_a_text_with_far_more_cells_than_a_list_has(tmp_path: Path, lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    assert refused(file(tmp_path, "rong.csv", data)) == "CLB-ROSTER-SPREAD"


@pytest.mark.parametrize("spans", [[256] * 300, [200, 256] * 200])
def test_a_word_table_with_far_more_cells_than_a_list_has(tmp_path: Path, spans: list[int]) -> None:
    import zipfile

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    wide = "".join(
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p/></w:tc>' for span in spans
    )
    rows = f"<w:tr>{wide}</w:tr>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 400
    path = tmp_path / "rong.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as word:
        word.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>',
        )
    assert refused(path) == "CLB-ROSTER-SPREAD"


def test_a_word_document_with_macros(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "ds.docx"
    with zipfile.ZipFile(path, "w") as word:
        word.writestr("word/document.xml", "<document/>")
        word.writestr("word/vbaProject.bin", b"macro")
    assert refused(path) == "CLB-ROSTER-MACRO"
