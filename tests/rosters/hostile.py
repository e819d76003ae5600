"""Makes the files that are no lists, or would do harm, out of good ones."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
GOOD_XLSX = HERE / "01_our_own.xlsx"
GOOD_XLS = HERE / "18_excel_2003.xls"
SHEET = "xl/worksheets/sheet1.xml"


def repacked(path: Path, change: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> Path:
    """Write a good workbook with its parts changed and others added."""
    with (
        zipfile.ZipFile(GOOD_XLSX) as good,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in good.namelist():
            new.writestr(part, change(part, good.read(part)))
        for part, data in more:
            new.writestr(part, data)
    return path


def unchanged(_part: str, data: bytes) -> bytes:
    return data


def bomb(path: Path) -> Path:
    """A few hundred kilobytes that unpack into 300 megabytes."""
    repacked(path, unchanged)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/worksheets/sheet2.xml", "w") as part,
    ):
        for _megabyte in range(300):
            part.write(b" " * 1_000_000)
    return path


def lying_bomb(path: Path) -> Path:
    """The same, with a directory in which it is small."""
    bomb(path)
    stated = struct.pack("<I", 300_000_000)
    path.write_bytes(path.read_bytes().replace(stated, struct.pack("<I", 1_000)))
    return path


def with_macros(path: Path) -> Path:
    return repacked(path, unchanged, ("xl/vbaProject.bin", b"macro"))


def stray_cell(path: Path, cell: str, *, stated: bool = False) -> Path:
    """A list with one more cell, far away; the sheet's size is that without it, or not stated."""
    text = f'<row r="{cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{cell}"><v>1</v></c></row>'

    def change(part: str, data: bytes) -> bytes:
        if part != SHEET:
            return data
        if not stated:
            start = data.index(b"<dimension")
            data = data[:start] + data[data.index(b">", start) + 1 :]
        return data.replace(b"</sheetData>", text.encode() + b"</sheetData>")

    return repacked(path, change)


def odd_cell(path: Path, cell: str, row: int = 90_000) -> Path:
    """A list with one more cell, given as XML, in a row of its own."""
    text = f'<row r="{row}">{cell}</row></sheetData>'.encode()

    def change(part: str, data: bytes) -> bytes:
        return data.replace(b"</sheetData>", text) if part == SHEET else data

    return repacked(path, change)


def formats_to_the_last_row(path: Path) -> Path:
    """A list whose sheet is stated to be full-size, because of an empty cell with a format."""

    def change(part: str, data: bytes) -> bytes:
        if part != SHEET:
            return data
        start = data.index(b"<dimension")
        end = data.index(b">", start) + 1
        data = data[:start] + b'<dimension ref="A1:XFD1048576"/>' + data[end:]
        empty = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
        return data.replace(b"</sheetData>", empty)

    return repacked(path, change)


def many_rows(path: Path, count: int) -> Path:
    """A list of so many people."""

    def change(part: str, data: bytes) -> bytes:
        if part != SHEET:
            return data
        person = '<row r="{0}"><c r="B{0}" t="inlineStr"><is><t>Lan</t></is></c></row>'
        rows = "".join(map(person.format, range(62, count + 2)))
        data = data.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
        return data.replace(
            b'<dimension ref="A1:I61"/>', f'<dimension ref="A1:I{count}"/>'.encode()
        )

    return repacked(path, change)


def old_with_stream(path: Path, name: str) -> Path:
    """An .xls with one more name in its directory."""
    data = bytearray(GOOD_XLS.read_bytes())
    (sector,) = struct.unpack_from("<I", data, 48)
    for at in range((sector + 1) * 512, (sector + 2) * 512, 128):
        if not data[at + 66]:
            text = name.encode("utf-16-le") + b"\0\0"
            data[at : at + len(text)] = text
            struct.pack_into("<HB", data, at + 64, len(text), 1)
            break
    path.write_bytes(data)
    return path


def old_in_circles(path: Path) -> Path:
    """An .xls whose directory leads back to itself for ever."""
    data = bytearray(GOOD_XLS.read_bytes())
    (directory,) = struct.unpack_from("<I", data, 48)
    (table,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, (table + 1) * 512 + 4 * directory, directory)
    path.write_bytes(data)
    return path


def old_too_large(path: Path) -> Path:
    """An .xls with a stated four billion rows."""
    data = GOOD_XLS.read_bytes()
    at = data.index(b"\x00\x02\x0e\x00") + 4
    path.write_bytes(data[:at] + struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 255) + data[at + 12 :])
    return path
