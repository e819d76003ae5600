"""The old container of .xls files (OLE, "compound file"), looked into before it is read.

The reader of workbooks follows the chains of sectors wherever they lead; in a damaged file they
lead in circles and it takes memory until the machine has none. Here they are walked first, as
numbers only. The layout is Microsoft's [MS-CFB].
"""

import struct
from array import array

_SECTOR_SHIFTS = (9, 12)
_LAST = 0xFFFFFFFA  # numbers from here on are marks, not sectors
_ENTRY = 128
_MOST_IN_HEADER = 109


class BrokenContainer(Exception):  # noqa: N818  (it says what the file is)
    """The container contradicts itself."""


def streams(data: bytes) -> set[str]:
    """Return the names of the streams and storages in an OLE container.

    Raises BrokenContainer where a chain of sectors does not end or leaves the file.
    """
    try:
        return _Container(data).names()
    except (struct.error, IndexError) as error:
        raise BrokenContainer from error


class _Container:
    def __init__(self, data: bytes) -> None:
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in _SECTOR_SHIFTS:
            raise BrokenContainer
        self._data = data
        self._size = 1 << shift
        directory, _sign, cutoff, mini, _count = struct.unpack_from("<5I", data, 48)
        self._cutoff = cutoff
        self._table = self._joined(self._table_sectors())
        self._mini_table = self._joined(self._chain(self._table, mini))
        self._directory = b"".join(map(self._sector, self._chain(self._table, directory)))

    def names(self) -> set[str]:
        """Walk every stream and return all names."""
        found: set[str] = set()
        for at in range(0, len(self._directory) - _ENTRY + 1, _ENTRY):
            entry = self._directory[at : at + _ENTRY]
            (length,) = struct.unpack_from("<H", entry, 64)
            kind = entry[66]
            if not kind or not 2 <= length <= 64:
                continue
            found.add(entry[: length - 2].decode("utf-16-le", "replace"))
            start, size = struct.unpack_from("<2I", entry, 116)
            if kind == 2 and size:
                self._chain(self._mini_table if size < self._cutoff else self._table, start)
            elif kind == 5 and size:
                self._chain(self._table, start)
        return found

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise BrokenContainer
        return self._data[start : start + self._size]

    def _joined(self, sectors: list[int]) -> "array[int]":
        numbers = array(
            "I", b"".join(self._sector(one).ljust(self._size, b"\xff") for one in sectors)
        )
        if struct.pack("=I", 1) != struct.pack("<I", 1):
            numbers.byteswap()
        return numbers

    def _table_sectors(self) -> list[int]:
        """Return the sectors of the allocation table: in the header, then in a chain of lists."""
        sectors = list(struct.unpack_from(f"<{_MOST_IN_HEADER}I", self._data, 76))
        (following,) = struct.unpack_from("<I", self._data, 68)
        most = len(self._data) // self._size + 1
        for _step in range(most):
            if following >= _LAST:
                return [one for one in sectors if one < _LAST]
            numbers = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            sectors += numbers[:-1]
            following = numbers[-1]
        raise BrokenContainer

    @staticmethod
    def _chain(table: "array[int]", start: int) -> list[int]:
        """Return the sectors from ``start`` on; a chain longer than its table goes in circles."""
        sectors: list[int] = []
        while start < _LAST:
            if len(sectors) == len(table):
                raise BrokenContainer
            sectors.append(start)
            start = table[start]
        return sectors
