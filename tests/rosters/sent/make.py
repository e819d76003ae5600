"""Makes ten lists as communes send them, each with the truth about its people next to it.

    PYTHONPATH=tests python -m rosters.sent.make

The truth was written before the lists were read for the first time: who is in the list, row by row,
what may not be taken in without asking, and what has to be refused. The people are invented.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

HERE = Path(__file__).parent
Grid = Sequence[Sequence[Any]]


def book(name: str) -> Any:
    made = xlsxwriter.Workbook(str(HERE / name))
    made.set_properties({"created": datetime(2025, 1, 1, tzinfo=UTC)})
    return made


def fill(sheet: Any, rows: Grid, day: Any = None) -> None:
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell, day)
            elif cell != "":
                sheet.write(line, column, cell)


def text(name: str, lines: Sequence[str], encoding: str, sign: str) -> None:
    (HERE / name).write_bytes(
        "".join(f"{one}\r\n" for one in lines).replace("|", sign).encode(encoding)
    )


def chi_hoi() -> None:
    """Sections by chi hội, years under Nam and Nữ, totals, notes about the dead."""
    rows: Grid = [
        ["HỘI NGƯỜI CAO TUỔI PHƯỜNG", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["DANH SÁCH HỘI VIÊN CLB LIÊN THẾ HỆ", "", "", "", ""],
        ["Số TT", "HỌ VÀ TÊN", "NĂM SINH", "", "GHI CHÚ"],
        ["", "", "Nam", "Nữ", ""],
        ["I", "Chi hội 1 (KDC số 3)", "", "", ""],
        [1, "Ngô Thị Bưởi", "", 1949, "Đảng viên"],
        [2, "Cụ Trần Văn Đáng", 1938, "", ""],
        [3, "Phạm Thị Gái", "", 1951, "mất 5/2022"],
        ["", "Cộng: 3", 1, 2, ""],
        ["II", "Chi hội 2", "", "", ""],
        [1, "Lê Văn Hợi", 1947, "", "vợ mất 2019"],
        [2, "Bùi Thị Ích", "", "1952 ", "hộ nghèo"],
        ["", "Tổng cộng: 5 người", "", "", ""],
        ["", "Người lập biểu", "", "", "Chủ tịch Hội"],
        ["", "Ngô Văn Ký", "", "", "Trần Văn Ký"],
    ]
    with book("01_chi_hoi.xlsx") as made:
        sheet = made.add_worksheet("Sheet1")
        fill(sheet, rows)
        sheet.merge_range("C3:D3", "NĂM SINH")


def ap_vni() -> None:
    """Typed in a VNI font in the South, with ấp headings and how people are registered."""
    text(
        "02_ap_vni.csv",
        [
            "STT|Hoï vaø teân|Ngaøy sinh|Giôùi tính|Thöôøng truù|Ñieän thoaïi",
            "|AÁp 3||||",
            "1|Nguyeãn Thò Höôøng|02/05/1950|Nöõ|Thöôøng truù|0912.345.678",
            "2|Traàn Vaên Ñöùc|1948|Nam|Taïm truù|",
            "|AÁp 4||||",
            "3|Leâ Thò Myõ Haïnh|3/1955|Nöõ|Thöôøng truù|0912345679",
        ],
        "cp1252",
        ";",
    )


def buon() -> None:
    """Ê-đê names with every apostrophe, births that are only about right."""
    rows: Grid = [
        ["DANH SÁCH THÀNH VIÊN", "", "", "", ""],
        ["TT", "Họ tên", "Sinh năm", "Giới tính", "Buôn"],
        [1, "H’ Mơ Niê", 1950, "Nữ", "Ea Kuăng"],
        [2, "Y Blăk Êñuôl", "khoảng 1945", "Nam", "-nt-"],
        [3, "H`Bĭ Kbuôr", 1953, "Nữ", "Ea Sin"],
        [4, "Ama Thuột", "1940?", "Nam", "nt"],
        [5, "Y Čô Ƀuôn Krông", "~1948", "Nam", "nt"],
    ]
    with book("03_buon.xlsx") as made:
        fill(made.add_worksheet("DS"), rows)


def co_so_du_lieu() -> None:
    """Exported by a program: headings run together, sexes as numbers, days without signs."""
    rows: Grid = [
        ["id", "hovaten", "ngaysinh", "gioitinh", "diachi", "socccd", "sodienthoai"],
        [101, "Nguyễn Thị Lan", "19500302", 0, "Thôn Đông", 27150000001, 912345678],
        [102, "Trần Văn Bình", "1948", 1, "Thôn Đoài", 27048000002, ""],
        [103, "Lê Thị Cúc", "13/05/1951", 0, "Thôn Đoài", 27151000003, 912345679],
        [104, "Vũ Văn Sửu", "1949", 1, "", "", ""],
    ]
    with book("04_co_so_du_lieu.xlsx") as made:
        fill(made.add_worksheet("export"), rows)


def trong_word() -> None:
    """A table in Word under the head of a paper, one name struck out."""
    made = docx.Document()
    head = made.add_table(rows=1, cols=2)
    head.cell(0, 0).text, head.cell(0, 1).text = "UBND XÃ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    made.add_paragraph("DANH SÁCH THÀNH VIÊN CÂU LẠC BỘ")
    rows = [
        ["STT", "Họ và tên", "Ngày, tháng, năm sinh", "Nam/Nữ", "Thôn", "Thuộc diện"],
        ["", "Đ/c Phạm Văn Đức", "03-02-1951", "Nam", "Thôn Đông", "Hộ nghèo"],
        ["", "Vũ Thị Yến", "1949", "Nữ", "-nt-", ""],
        ["", "Đỗ Thị Hoa", "12.1950", "Nữ", "-nt-", "BTXH"],
        ["", "Ngô Văn Kha\nLê Thị Mơ", "1950", "Nam", "Thôn Đoài", ""],
        ["", "Bùi Văn Sơn", "1946", "Nam", "Thôn Đoài", "Cận nghèo"],
    ]
    table = made.add_table(rows=0, cols=6)
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    table.cell(5, 1).paragraphs[0].runs[0].font.strike = True
    made.add_paragraph("Người lập")
    made.core_properties.created = datetime(2025, 1, 1, tzinfo=UTC)
    made.save(str(HERE / "05_trong_word.docx"))


def moi_thon_mot_trang() -> None:
    """A sheet a village, a sheet of counts and one of the board."""
    head = ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Ghi chú"]
    with book("06_moi_thon_mot_trang.xlsx") as made:
        fill(
            made.add_worksheet("BCN"),
            [["BAN CHỦ NHIỆM"], [*head[:4], "Chức vụ"], [1, "Lê Thị Lan", 1950, "Nữ", "Chủ nhiệm"]],
        )
        fill(
            made.add_worksheet("Tổng hợp"),
            [["Thôn", "Nam", "Nữ", "Cộng"], ["Đông", 0, 2, 2], ["Đoài", 1, 0, 1]],
        )
        fill(
            made.add_worksheet("Thôn Đông"),
            [
                ["DANH SÁCH THÔN ĐÔNG"],
                head,
                [1, "Lê Thị Lan", 1950, "Nữ", ""],
                [2, "Trần Thị Cúc", 1951, "Nữ", ""],
            ],
        )
        fill(
            made.add_worksheet("Thôn Đoài"),
            [["DANH SÁCH THÔN ĐOÀI"], head, [1, "Vũ Văn Bình", 1948, "Nam", "tạm vắng"]],
        )
        fill(
            made.add_worksheet("Đã mất 2021"),
            [["DANH SÁCH HỘI VIÊN ĐÃ MẤT"], head, [1, "Vũ Văn Cũ", 1930, "Nam", ""]],
        )


def bieu_mau() -> None:
    """Answers of a form on the web, with dates as Americans write them."""
    text(
        "07_bieu_mau.tsv",
        [
            "Dấu thời gian|Họ và tên của ông/bà|Ngày tháng năm sinh|Giới tính"
            "|Số điện thoại liên hệ (nếu có)|Ông/bà thuộc diện nào?",
            "6/20/2022 8:15:03|Nguyễn Thị Lan|3/2/1951|Nữ|0912345678|Hộ nghèo, Người khuyết tật",
            "6/20/2022 9:01:44|Trần Văn Bình|12/25/1950|Nam||Không thuộc diện nào",
            "6/21/2022 10:00:00|Lê Thị Cúc|11/4/1949|Nữ|0912345679|Hộ cận nghèo",
        ],
        "utf-8",
        "\t",
    )


def go_tay() -> None:
    """Typed from a notebook: everything that people write into a cell."""
    rows: Grid = [
        ["tt", "ho va ten", "sinh ngay", "nam nu", "thon", "so dt", "cmnd"],
        [
            1,
            "Bà Nguyễn Thị Na",
            "sinh năm 1950",
            "nữ",
            "Đông",
            "0912.345.678 (con gái)",
            "0271 5000 0001",
        ],
        [2, "Ông Lê Văn Mít ", "3/2/51", "nam", "Đông", "không", ""],
        [3, "Trần Thị Ổi", "không nhớ", "nữ", "Đông", "", ""],
        [4, "Vũ Văn Xoài + Vũ Thị Mận", "1948/1950", "nam", "Đoài", "", ""],
        [5, "Lê Văn Dũng", "1952", "nữ", "Đoài", "", ""],
        [6, "Nguyễn Thị Na", "1950", "nữ", "Đoài", "", "027150000001"],
    ]
    with book("08_go_tay.xlsx") as made:
        fill(made.add_worksheet("Sheet1"), rows)


def excel_tieng_anh() -> None:
    """Dates an English Excel exchanged, a hidden row, a formula that fails."""
    with book("09_excel_tieng_anh.xlsx") as made:
        day = made.add_format({"num_format": "m/d/yyyy"})
        sheet = made.add_worksheet("DS")
        fill(
            sheet,
            [
                ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD"],
                [1, "Nguyễn Thị Lan", date(1951, 2, 3), "Nữ", "027151000001"],
                [2, "Trần Văn Bình", "25/12/1950", "Nam", ""],
                [3, "Lê Thị Cúc", date(1949, 4, 11), "Nữ", "027149000003"],
                [4, "Vũ Thị Ẩn", "13/05/1952", "Nữ", ""],
                [5, "Đỗ Văn Trẻ", date(2021, 3, 12), "Nam", ""],
                [6, "Bùi Thị Lỗi", "17/08/1947", "Nữ", ""],
            ],
            day,
        )
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write_formula(6, 4, '=VLOOKUP("x",A1:B2,2)', None, "#N/A")


def nhieu_trang_in() -> None:
    """Printed in pages: headings again on each, page totals, a block of those who moved away."""
    head = "STT|Họ và tên|Tuổi|Giới tính|Đội|Hoàn cảnh"
    text(
        "10_nhieu_trang_in.txt",
        [
            "DANH SÁCH HỘI VIÊN|||||",
            head,
            "1|LÊ THỊ LAN|70|Nữ|Đội 4|Nghèo",
            '2|TRẦN VĂN BÌNH|61|Nam|""""|Thương binh',
            "|Cộng trang 1: 2 người||||",
            head,
            "3|VŨ THỊ YẾN|68|Nữ|Đội 5|",
            "|DANH SÁCH CHUYỂN ĐI NĂM 2021||||",
            "1|BÙI VĂN SƠN|75|Nam|Đội 5|",
            "|Ngày 30 tháng 6 năm 2022||||",
        ],
        "utf-16",
        "\t",
    )


if __name__ == "__main__":
    for make in (
        chi_hoi, ap_vni, buon, co_so_du_lieu, trong_word, moi_thon_mot_trang, bieu_mau, go_tay,
        excel_tieng_anh, nhieu_trang_in,
    ):  # fmt: skip
        make()
