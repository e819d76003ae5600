"""Makes the sample lists in this folder and the figures expected of them.

    PYTHONPATH=tests python -m rosters.make

Each list is laid out as one that a commune really uses; the people are invented (people.py). The
.xls lists need xlwt, which only this script uses; without it they stay as they are.
"""

import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

from rosters.papers import (
    EXPECTED,
    HERE,
    STANDARD,
    Grid,
    expect,
    grid,
    marks,
    new_book,
    row,
    signatures,
    standard,
    tcvn3_letters,
    text,
    titles,
    workbook,
    write_expected,
)
from rosters.people import Person, people


def our_own() -> None:
    who = expect("01_our_own.xlsx", people(60))
    workbook("01_our_own.xlsx", lambda _b, s: grid(s, [STANDARD, *standard(who)]))


def years_under_men_and_women() -> None:
    name = "02_years_under_nam_nu.xlsx"
    who = expect(name, people(63, 3, "year"), remarks=1)

    def fill(book: Any, sheet: Any) -> None:
        center = book.add_format({"align": "center", "border": 1})
        grid(sheet, titles("CLB thôn Đông", 9))
        sheet.merge_range("C4:H4", "", center)
        sheet.write_string("C4", titles("", 9)[3][2], center)
        for cells, heading in (
            ("A7:A8", "STT"), ("B7:B8", "Họ và tên"), ("C7:D7", "Năm sinh"), ("E7:E8", "Thôn"),
            ("F7:H7", "Diện hộ"), ("I7:I8", "Chức vụ"),
        ):  # fmt: skip
            sheet.merge_range(cells, heading, center)
        for cell, heading in (
            ("C8", "Nam"), ("D8", "Nữ"), ("F8", "Hộ nghèo"), ("G8", "Cận nghèo"), ("H8", "HCKK"),
        ):  # fmt: skip
            sheet.write_string(cell, heading, center)
        grid(sheet, [[f"({n})" for n in range(1, 10)]], 8)
        rows: Grid = [
            [n, one.name, int(one.year) if one.sex == "M" else "",
             int(one.year) if one.sex == "F" else "", one.village, *marks(one),
             ("Chủ nhiệm", "Phó Chủ nhiệm")[n - 1] if n < 3 else ""]
            for n, one in enumerate(who, start=1)
        ]  # fmt: skip
        women = sum(one.sex == "F" for one in who)
        total = ["", "Tổng cộng", len(who) - women, women, "", 9, 9, 9]
        grid(sheet, [*rows, total, *signatures(len(who))], 9)

    workbook(name, fill, "DS thanh vien")


def family_and_given_name() -> None:
    name = "03_ho_dem_va_ten.xlsx"
    who = expect(name, [replace(one, name=one.name.upper()) for one in people(50, 7)], remarks=1)
    rows: Grid = [row("TT|HỌ VÀ TÊN ĐỆM|TÊN|GIỚI|NS|ĐỊA CHỈ|HN/HCN/HCKK")]
    short = {None: "", "poor": "HN", "near_poor": "HCN", "difficult": "HCKK"}
    for n, one in enumerate(who, start=1):
        family, given = one.name.rsplit(" ", 1)
        household = short[one.circumstance]
        rows.append([n, family, given, one.gender.upper(), one.typed, one.village, household])
    workbook(name, lambda _b, s: grid(s, rows, 2))


def numbers_without_zeros() -> None:
    name = "04_so_mat_so_khong.xlsx"
    who = expect(name, people(55, 11, "year"), remarks=2)

    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range("B3:C3", "Họ và tên", book.add_format({"align": "center"}))
        heading = row("Số TT|||Sinh năm|Giới tính (Nam/Nữ)|Hoàn cảnh|Số CCCD/CMND|Điện thoại")
        grid(sheet, [heading], 2)
        sheet.write_string("B3", "Họ và tên")
        for line, one in enumerate(who, start=3):
            family, given = one.name.rsplit(" ", 1)
            numbers = [int(one.id_number or 0), int(one.phone or 0)]
            sex = one.gender.lower()
            cells = [line - 2, family, given, int(one.year), sex, one.household, *numbers]
            grid(sheet, [cells], line)

    workbook(name, fill)


def excel_dates() -> None:
    name = "05_ngay_excel.xlsx"
    edge = [
        Person("Hà Thị Mốc", "F", "1962"), Person("Hà Văn Mốc", "M", "1962-06-30"),
        Person("Hà Thị Sau", "F", "1962-07-01"), Person("Lường Thị Bảy", "F", "1962-06"),
    ]  # fmt: skip
    who = expect(name, [*people(40, 20), *edge], remarks=1)

    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        grid(sheet, [row("STT|Họ tên|Ngày, tháng, năm sinh|GT|Thôn/xóm|Thuộc diện|Ghi chú")], 4, 1)
        for line, one in enumerate(who, start=5):
            cells = [line - 4, one.name, "", one.gender, one.village, one.household]
            grid(sheet, [cells], line, 1)
            parts = one.born.split("-")
            if len(parts) == 3:
                sheet.write_datetime(line, 3, date(*map(int, parts)), day)
            elif len(parts) == 2:
                sheet.write_string(line, 3, one.typed)
            else:
                # A year typed into a cell that is formatted as a date, the first time only.
                sheet.write_number(line, 3, int(one.year), day if line == 5 else None)

    workbook(name, fill)


def semicolons() -> None:
    name = "06_cham_phay.csv"
    who = expect(name, people(45, 30, "day"), remarks=1)
    rows: Grid = [row("STT|Họ và tên|Ngày sinh|Phái|Tổ dân phố|Hộ nghèo|Hộ cận nghèo|Khó khăn")]
    for n, one in enumerate(who, start=1):
        year, month, day = one.born.split("-")
        ticks = ["X" if mark else "-" for mark in marks(one)]
        born = f"{int(day)}-{int(month)}-{year[2:]}"
        rows.append([n, one.name, born, one.gender, one.village, *ticks])
    text(name, rows, ";", "utf-8-sig")


def commas() -> None:
    name = "07_phay_nfd.csv"
    who = expect(name, people(45, 40))
    rows = [row("STT|Họ và tên|Ngày tháng năm sinh|Giới tính|Nơi ở|Đối tượng|Số ĐT")]
    rows += [
        [
            str(n),
            one.name,
            one.typed,
            one.gender,
            f"{one.village}, xã Thượng Mỏ",
            one.household or "Không",
            one.phone or "",
        ]
        for n, one in enumerate(who, start=1)
    ]
    text(name, [[unicodedata.normalize("NFD", cell) for cell in row] for row in rows], ",", "utf-8")


def unicode_text() -> None:
    name = "08_unicode.txt"
    who = expect(name, people(48, 50), encoding="utf-16", remarks=1)
    rows = [*titles("CLB xóm Mỏ", 9), STANDARD, *standard(who), *signatures(48)]
    text(name, rows, "\t", "utf-16")


def without_marks() -> None:
    name = "09_khong_dau.csv"
    who = expect(name, people(50, 60, "year"))
    short = {None: "khong", "poor": "ho ngheo", "near_poor": "can ngheo", "difficult": "kho khan"}
    rows: Grid = [row("STT|Ho va ten|Nam sinh||Thon|Dien ho|SDT"), ["", "", "Nam", "Nu"]]
    for n, one in enumerate(who, start=1):
        years = [one.year, ""] if one.sex == "M" else ["", one.year]
        rows.append([n, one.name, *years, one.village, short[one.circumstance], one.phone])
    text(name, rows, ",", "utf-8")


def villages_and_subtotals() -> None:
    name = "10_theo_thon.xlsx"
    who = expect(name, people(64, 0), remarks=3)
    heading = row("STT|Họ và tên thành viên|Năm sinh|Nữ|Hộ nghèo|Hộ cận nghèo|HCKK|Ghi chú")
    rows: Grid = [*titles("CLB xã Thượng Mỏ", 8), heading]
    villages = dict.fromkeys(one.village for one in who)
    for roman, village in zip(("I", "II", "III", "IV"), villages, strict=True):
        here = [one for one in who if one.village == village]
        rows.append([roman, f"{village} ({len(here)} người)"])
        rows += [
            [n, one.name, one.typed, "x" if one.sex == "F" else "", *marks(one)]
            for n, one in enumerate(here, start=1)
        ]
        rows += [["", f"Cộng {village}: {len(here)}"], heading]
    workbook(name, lambda _b, s: grid(s, [*rows[:-1], *signatures(len(who))]))


def day_month_year() -> None:
    name = "11_ngay_thang_nam.xlsx"
    who = expect(name, people(52, 70))

    def fill(book: Any, sheet: Any) -> None:
        center = book.add_format({"align": "center"})
        sheet.merge_range("C2:E2", "Ngày sinh", center)
        sheet.merge_range("F2:G2", "Giới tính", center)
        grid(sheet, [row("STT|Họ và tên|Ngày sinh|||Giới tính||Diện|Chức vụ|Số định danh")], 1)
        grid(sheet, [row("||Ngày|Tháng|Năm|Nam|Nữ")], 2)
        for line, one in enumerate(who, start=3):
            year, month, day = (*map(int, one.born.split("-")), "", "")[:3]
            sexes = ["x", ""] if one.sex == "M" else ["", "x"]
            rest = [one.household, "Thành viên", one.id_number]
            grid(sheet, [[line - 2, one.name, day, month, year, *sexes, *rest]], line)

    workbook(name, fill)


def merged_villages() -> None:
    name = "12_gop_o_thon.xlsx"
    who = expect(name, people(64, 0), remarks=1)
    with new_book(name) as book:
        grid(book.add_worksheet("Bìa"), [["CÂU LẠC BỘ LIÊN THẾ HỆ TỰ GIÚP NHAU"], ["Năm 2022"]])
        old = book.add_worksheet("Bản cũ")
        grid(old, [STANDARD, *standard(people(5, 500))])
        old.hide()
        sheet = book.add_worksheet("Danh sách")
        middle = book.add_format({"valign": "vcenter"})
        grid(sheet, [row("Thôn|STT|Họ và tên|Năm sinh|Giới tính|Hộ nghèo, cận nghèo, khó khăn")])
        for line, one in enumerate(who, start=1):
            grid(sheet, [["", line, one.name, one.typed, one.gender, one.household]], line)
        for first in range(0, 64, 16):
            sheet.merge_range(first + 1, 0, first + 16, 0, who[first].village, middle)


def the_same_people() -> None:
    name = "13_trung_ten.xlsx"
    twice = [
        Person("Hoàng Văn Hoà", "M", "1950"), Person("HOÀNG VĂN HÒA", "M", "1950-03-02"),
        Person("Trần Văn Toàn", "M", "1948"), Person("Trần Văn Toán", "M", "1948"),
        Person("Lê Thị Thuỷ", "F", "1951"), Person("Lê Thị Thuỷ", "F", "1952"),
        Person(unicodedata.normalize("NFD", "lê thị  thủy"), "F", "1951"),
    ]  # fmt: skip
    who = expect(name, [*people(20, 100), *twice], remarks=1, duplicates=[[22, 23], [26, 28]])
    workbook(name, lambda _b, s: grid(s, [STANDARD, *standard(who)]))


def two_tables() -> None:
    name = "14_hai_bang.xlsx"
    who = expect(name, people(45, 110, "year"), remarks=1)
    board, rest = who[:3], who[3:]
    posts = ("Chủ nhiệm", "Phó Chủ nhiệm", "Thư ký")
    rows: Grid = [["I. BAN CHỦ NHIỆM"], row("STT|Họ và tên|Chức vụ|Năm sinh|Giới tính|Diện hộ")]
    rows += [
        [n, one.name, post, int(one.year), one.gender, one.household]
        for n, (one, post) in enumerate(zip(board, posts, strict=True), start=1)
    ]
    rows += [[], ["II. THÀNH VIÊN"], row("STT|Họ và tên|Giới tính|Năm sinh|Thôn|Diện hộ|SĐT")]
    rows += [
        [n, one.name, one.gender, int(one.year), one.village, one.household, one.phone]
        for n, one in enumerate(rest, start=4)
    ]
    workbook(name, lambda _b, s: grid(s, rows))


def untidy() -> None:
    name = "15_lon_xon.xlsx"
    who = expect(name, people(42, 130, "year"))
    ways = {
        None: ["Bình thường", "không", "", "Hộ trung bình"],
        "poor": ["Hộ nghèo", "nghèo ", "HỘ NGHÈO", "Hộ\u00a0nghèo"],
        "near_poor": ["cận nghèo", "Hộ cận nghèo", "C.nghèo", "H.CN"],
        "difficult": ["Khó khăn", "HCKK", "hoàn cảnh khó khăn", "KK"],
    }
    rows: Grid = [row("S T T|HỌ\nVÀ TÊN|Năm\u00a0sinh|Giới\ntính|Hoàn cảnh|SĐT")]
    for n, one in enumerate(who, start=1):
        spaced = one.name.replace(" ", ("\u00a0", "  ", " \u200b", "\n")[n % 4])
        phone = (one.phone or "")[:4] + (" ", ".", "-", "")[n % 4] + (one.phone or "")[4:]
        year = (f" {one.year}", f"SN {one.year}", f"00/00/{one.year}", f"?/?/{one.year}")[n % 4]
        way = ways[one.circumstance][n % 4]
        rows.append([f"{n}.", f" {spaced}", year, f" {one.gender} ", way, phone])
    workbook(name, lambda _b, s: grid(s, rows))


def tcvn3() -> None:
    for name, separator in (("16_tcvn3.csv", ","), ("17_tcvn3.xlsx", "")):
        who = expect(name, people(40, 150), encoding="tcvn3")
        rows = [[tcvn3_letters(str(cell)) for cell in row] for row in [STANDARD, *standard(who)]]
        if separator:
            text(name, rows, separator, "latin-1")
        else:
            workbook(name, lambda _b, s, rows=rows: grid(s, rows))  # type: ignore[misc]


def old_workbooks() -> None:
    expect("18_excel_2003.xls", people(56, 170))
    expect("19_excel_2003_nam_nu.xls", people(50, 180, "year"))
    try:
        import xlwt
    except ImportError:
        print("xlwt is not installed: the .xls lists stay as they are")
        return
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for line, cells in enumerate([*titles("CLB khu 3", 9), STANDARD, *standard(people(56, 170))]):
        for column, cell in enumerate(cells):
            if column == 2 and str(cell).count("/") == 2:
                sheet.write(line, column, date(*map(int, reversed(cell.split("/")))), day)
            else:
                sheet.write(line, column, cell)
    book.save(str(HERE / "18_excel_2003.xls"))
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("DS", cell_overwrite_ok=True)
    sheet.write_merge(2, 3, 0, 0, "TT")
    sheet.write_merge(2, 3, 1, 1, "Họ tên")
    sheet.write_merge(2, 2, 2, 3, "Năm sinh")
    sheet.write(3, 2, "Nam")
    sheet.write(3, 3, "Nữ")
    sheet.write_merge(2, 3, 4, 4, "Diện hộ")
    for n, one in enumerate(people(50, 180, "year"), start=1):
        for column, cell in enumerate((n, one.name, "", "", one.household)):
            sheet.write(n + 3, column, cell)
        sheet.write(n + 3, 2 if one.sex == "M" else 3, int(one.year))
    book.save(str(HERE / "19_excel_2003_nam_nu.xls"))


def hidden_in_an_old_workbook() -> None:
    name = "21_excel_2003_an.xls"
    seen = [Person("Lê Thị Lan", "F", "1950"), Person("Lê Thị Mơ", "F", "1953")]
    expect(name, seen, asked=["hidden", "struck"], rejected=[[5, "Năm sinh", "#N/A"]])
    try:
        import xlwt
    except ImportError:
        return
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Thành viên")
    struck = xlwt.easyxf("font: struck_out on")
    rows = ("Lê Thị Lan", "Lê Thị Ẩn", "Lê Thị Gạch", "Lê Thị Lỗi", "Lê Thị Mơ")
    for column, heading in enumerate(("Họ và tên", "Năm sinh", "Giới tính")):
        sheet.write(0, column, heading)
    for line, who in enumerate(rows, start=1):
        sheet.write(line, 0, who, *((struck,) if who == "Lê Thị Gạch" else ()))
        sheet.write(line, 2, "Nữ")
        if who == "Lê Thị Lỗi":
            sheet.row(line).set_cell_error(1, 0x2A)
        else:
            sheet.write(line, 1, 1950 if line < 5 else 1953)
    sheet.row(2).hidden = True
    book.save(str(HERE / name))


def mistakes() -> None:
    rows: Grid = [
        STANDARD,
        [1, "Vũ Thị Đúng", "1950", "Nữ", "Thôn Đông", "Hộ nghèo", "027150000001", "0912345678", ""],
        [2, "Vũ Thị Sau", "2031", "Nữ", "", "", "", "", ""],
        [3, "Vũ Văn Cổ", "1890", "Nam", "", "", "", "", ""],
        [4, "Vũ Văn Lạ", "1950", "Na", "", "", "", "", ""],
        [5, "", "1950", "Nam", "", "", "", "", ""],
        [6, "Vũ Thị Thiếu", "", "Nữ", "", "", "", "", ""],
        [7, "Vũ Thị Ngày", "31/02/1950", "Nữ", "", "", "", "", ""],
        [8, "Vũ Thị Giới", "1950", "", "", "", "", "", ""],
        [9, "Vũ Thị Diện", "1950", "Nữ", "", "Chính sách", "", "", ""],
        [10, "Vũ Thị Số", "abc", "x", "", "", "12345", "09123", ""],
        [11, "Vũ Văn Đúng", "1950", "Nam", "", "không", "không", "0912 345 679", ""],
        [12, "Vũ Thị Tuổi", "62", "Nữ", "", "", "", "", ""],
    ]
    right = [Person("Vũ Thị Đúng", "F", "1950", "poor"), Person("Vũ Văn Đúng", "M", "1950")]
    # What only people know is asked about, and no row of it is refused.
    open_ = [Person("Vũ Thị Diện", "F", "1950"), Person("Vũ Thị Tuổi", "F", "1960")]
    expect("20_nhieu_loi.xlsx", [*right, *open_], asked=["ages", "household:chinh sach"])
    EXPECTED["20_nhieu_loi.xlsx"]["rejected"] = [
        [3, "Ngày sinh", "2031"], [4, "Ngày sinh", "1890"], [5, "Giới tính", "Na"],
        [6, "Họ và tên", ""], [7, "Ngày sinh", ""], [8, "Ngày sinh", "31/02/1950"],
        [9, "Giới tính", ""], [11, "Giới tính", "x"],
        [11, "Ngày sinh", "abc"], [11, "CCCD", "12345"], [11, "SĐT", "09123"],
    ]  # fmt: skip
    workbook("20_nhieu_loi.xlsx", lambda _b, s: grid(s, rows))


if __name__ == "__main__":
    for make in (
        our_own, years_under_men_and_women, family_and_given_name, numbers_without_zeros,
        excel_dates, semicolons, commas, unicode_text, without_marks, villages_and_subtotals,
        day_month_year, merged_villages, the_same_people, two_tables, untidy, tcvn3,
        old_workbooks, hidden_in_an_old_workbook, mistakes, write_expected,
    ):  # fmt: skip
        make()
