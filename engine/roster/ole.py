"""The old container of .xls files (OLE, "compound file"), looked into before it is read.

The reader of workbooks follows the chains of sectors wherever they lead; in a damaged file they
lead in circles and it takes memory until the machine has none. Here they are walked first, as
numbers only. The layout is Microsoft's [MS-CFB].
"""

import struct
from array import array
from dataclasses import dataclass

_SECTOR_SHIFTS = (9, 12)
_MINI_SECTOR = 64
_LAST = 0xFFFFFFFA  # numbers from here on are marks, not sectors
_ENTRY = 128
_MOST_IN_HEADER = 109
_STREAM, _ROOT = 2, 5


class BrokenContainerError(Exception):
    """The container contradicts itself."""


@dataclass(frozen=True, slots=True)
class _Stream:
    sectors: list[int]
    size: int
    mini: bool


class Container:
    """An OLE container whose chains of sectors all end inside the file.

    Raises BrokenContainerError where one does not.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._read()
        except (struct.error, IndexError) as error:
            raise BrokenContainerError from error

    def _read(self) -> None:
        (shift,) = struct.unpack_from("<H", self._data, 30)
        if shift not in _SECTOR_SHIFTS:
            raise BrokenContainerError
        self._size = 1 << shift
        directory, _sign, cutoff, mini, _count = struct.unpack_from("<5I", self._data, 48)
        table = self._joined(self._table_sectors())
        mini_table = self._joined(_chain(table, mini))
        entries = b"".join(map(self._sector, _chain(table, directory)))
        if len(entries) % _ENTRY:
            raise BrokenContainerError
        self.names: set[str] = set()
        self._streams: dict[str, _Stream] = {}
        self._mini_stream: list[int] = []
        for at in range(0, len(entries), _ENTRY):
            (length,) = struct.unpack_from("<H", entries, at + 64)
            kind = entries[at + 66]
            if not kind or not 2 <= length <= 64:
                continue
            name = entries[at : at + length - 2].decode("utf-16-le", "replace")
            self.names.add(name)
            start, size = struct.unpack_from("<2I", entries, at + 116)
            if kind == _ROOT and size:
                self._mini_stream = _chain(table, start)
            elif kind == _STREAM and size:
                small = size < cutoff
                sectors = _chain(mini_table if small else table, start)
                self._streams[name] = _Stream(sectors, size, small)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; empty where there is none.

        Raises BrokenContainerError where it reaches outside the file.
        """
        stream = self._streams.get(name)
        if stream is None:
            return b""
        if not stream.mini:
            return b"".join(map(self._sector, stream.sectors))[: stream.size]
        whole = b"".join(map(self._sector, self._mini_stream))
        parts = (whole[one * _MINI_SECTOR : (one + 1) * _MINI_SECTOR] for one in stream.sectors)
        return b"".join(parts)[: stream.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise BrokenContainerError
        return self._data[start : start + self._size]

    def _joined(self, sectors: list[int]) -> "array[int]":
        whole = (self._sector(one).ljust(self._size, b"\xff") for one in sectors)
        numbers = array("I", b"".join(whole))
        if array("I", b"\1\0\0\0")[0] != 1:
            numbers.byteswap()
        return numbers

    def _table_sectors(self) -> list[int]:
        """Return the sectors of the allocation table: in the header, then in a chain of lists."""
        sectors = list(struct.unpack_from(f"<{_MOST_IN_HEADER}I", self._data, 76))
        (following,) = struct.unpack_from("<I", self._data, 68)
        for _step in range(len(self._data) // self._size + 1):
            if following >= _LAST:
                return [one for one in sectors if one < _LAST]
            numbers = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            sectors += numbers[:-1]
            following = numbers[-1]
        raise BrokenContainerError


def _chain(table: "array[int]", start: int) -> list[int]:
    """Return the sectors from ``start`` on; a chain longer than its table goes in circles."""
    sectors: list[int] = []
    while start < _LAST:
        if len(sectors) == len(table):
            raise BrokenContainerError
        sectors.append(start)
        start = table[start]
    return sectors
