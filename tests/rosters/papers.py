"""What the sample lists have in common: cells, titles, signatures, and the figures expected."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from rosters.people import ON, Person, figures

HERE = Path(__file__).parent
MARKED = ("poor", "near_poor", "difficult")
EXPECTED: dict[str, dict[str, Any]] = {}
Grid = list[list[Any]]


def row(cells: str) -> list[Any]:
    """Return cells written with a bar between them."""
    return list(cells.split("|"))


STANDARD = row("STT|Họ và tên|Ngày sinh|Giới tính|Thôn|Diện hộ|CCCD|SĐT|Ghi chú")


def expect(name: str, who: Sequence[Person], **more: Any) -> list[Person]:
    """Note what the reader has to find in a list."""
    EXPECTED[name] = {**figures(who), "remarks": 0, **more}
    return list(who)


def workbook(name: str, fill: Callable[[Any, Any], None], sheet: str = "Sheet1") -> None:
    """Write one sheet; the file is the same each time."""
    with new_book(name) as book:
        fill(book, book.add_worksheet(sheet))


def new_book(name: str) -> Any:
    book = xlsxwriter.Workbook(str(HERE / name))
    book.set_properties({"created": datetime(2022, 6, 30, tzinfo=UTC)})
    return book


def grid(sheet: Any, rows: Grid, top: int = 0, left: int = 0) -> None:
    """Write rows of cells; dates want a format and are written by their samples."""
    for line, row in enumerate(rows, start=top):
        for column, cell in enumerate(row, start=left):
            if isinstance(cell, str) and cell:
                sheet.write_string(line, column, cell)
            elif isinstance(cell, int):
                sheet.write_number(line, column, cell)


def text(name: str, rows: Grid, separator: str, encoding: str) -> None:
    """Write a text file; a cell with the separator in it is in quotes."""
    lines = [
        separator.join(f'"{cell}"' if separator in str(cell) else str(cell) for cell in row)
        for row in rows
    ]
    (HERE / name).write_bytes("".join(line + "\r\n" for line in lines).encode(encoding))


def standard(who: Sequence[Person]) -> Grid:
    """Return the rows of our own list."""
    return [
        [n, one.name, one.typed, one.gender, one.village, one.household,
         one.id_number, one.phone, one.note or ""]
        for n, one in enumerate(who, start=1)
    ]  # fmt: skip


def titles(club: str, width: int) -> Grid:
    """Return the rows above a list: the commune, the motto, the title."""
    gap = [""] * (width - 2)
    return [
        ["HỘI NGƯỜI CAO TUỔI XÃ THƯỢNG MỎ", *gap, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [club.upper(), *gap, "Độc lập - Tự do - Hạnh phúc"],
        [],
        ["", "", "DANH SÁCH THÀNH VIÊN CÂU LẠC BỘ LIÊN THẾ HỆ TỰ GIÚP NHAU"],
        ["", "", f"({club}, xã Thượng Mỏ)"],
        [],
    ]


def signatures(count: int) -> Grid:
    """Return the rows below a list."""
    return [
        ["", f"Tổng cộng: {count} người"],
        [],
        ["", "", "", "", "Thượng Mỏ, ngày 30 tháng 6 năm 2022"],
        ["", "NGƯỜI LẬP BIỂU", "", "", "TM. BAN CHỦ NHIỆM"],
        ["", "(Ký, ghi rõ họ tên)", "", "", "CHỦ NHIỆM"],
        [],
        ["", "Lường Thị Thoả", "", "", "Đinh Văn Ấm"],
    ]


def marks(one: Person) -> list[str]:
    return ["x" if one.circumstance == kind else "" for kind in MARKED]


def write_expected() -> None:
    comment = "# Written by make.py from the people the lists are made of."
    lines = [comment, f"on = {ON.isoformat()}"]
    for name, found in sorted(EXPECTED.items()):
        lines += ["", f'["{name}"]']
        for key, value in found.items():
            shown = f'"{value}"' if isinstance(value, str) else str(value).replace("'", '"')
            lines.append(f"{key} = {shown}")
    (HERE / "expected.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def tcvn3_letters(line: str) -> str:
    """Return a text as Latin-1 shows what was typed in a TCVN3 font."""
    table = dict(zip("ĂÂÊÔƠƯĐăâêôơưđ", range(0xA1, 0xAF), strict=True))
    for vowels, first in (
        ("àảãáạ", [0xB5]), ("ằẳẵắặ", [0xBB, 0xBC, 0xBD, 0xBE, 0xC6]), ("ầẩẫấậ", [0xC7]),
        ("èẻẽéẹ", [0xCC, 0xCE, 0xCF, 0xD0, 0xD1]), ("ềểễếệ", [0xD2]),
        ("ìỉĩíị", [0xD7, 0xD8, 0xDC, 0xDD, 0xDE]), ("òỏõóọ", [0xDF, 0xE1, 0xE2, 0xE3, 0xE4]),
        ("ồổỗốộ", [0xE5]), ("ờởỡớợ", [0xEA]), ("ùủũúụ", [0xEF, 0xF1, 0xF2, 0xF3, 0xF4]),
        ("ừửữứự", [0xF5]), ("ỳỷỹýỵ", [0xFA]),
    ):  # fmt: skip
        codes = first if len(first) > 1 else range(first[0], first[0] + 5)
        table |= dict(zip(vowels, codes, strict=True))
    return "".join(chr(table.get(char, ord(char))) for char in line)
