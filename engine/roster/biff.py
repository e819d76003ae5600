"""How large the sheets of an .xls file say they are.

The reader of workbooks sets that much memory aside before it looks at a cell, so what a damaged
file says has to be checked first. The records are Microsoft's [MS-XLS].
"""

import struct
from collections.abc import Iterator

_SHEET, _DIMENSIONS, _END = 0x0085, 0x0200, 0x000A
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256


def has_possible_sheets(workbook: bytes) -> bool:
    """Say whether every sheet's stated size is one that an .xls sheet can have."""
    starts = [
        struct.unpack_from("<I", workbook, at)[0]
        for kind, at, size in _records(workbook, 0)
        if kind == _SHEET and size >= 4
    ]
    return all(
        _possible(workbook, at, size)
        for start in starts
        for kind, at, size in _records(workbook, start)
        if kind == _DIMENSIONS
    )


def _possible(workbook: bytes, at: int, size: int) -> bool:
    if size not in (10, 14):
        return False
    layout = "<IIHH" if size == 14 else "<HHHH"
    top, bottom, left, right = struct.unpack_from(layout, workbook, at)
    return bool(top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS)


def _records(workbook: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and size of the records from ``start`` to the end of their part."""
    at = start
    while at + 4 <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, at)
        if kind == _END or at + 4 + size > len(workbook):
            return
        yield kind, at + 4, size
        at += 4 + size
