"""Merged cells under the heading: one village or address written once for several members."""

from collections import defaultdict
from collections.abc import Iterable

from engine.roster.model import Cell, Row
from engine.roster.sheet import Merge


class Merged:
    """Gives each row what stands in the merged cells that reach down into it.

    Rows and columns count from 0. Where the name itself is merged over several rows, the person
    takes all of them and only the first one is read.
    """

    def __init__(self, merges: Iterable[Merge], name_at: int) -> None:
        self._starts: dict[int, list[int]] = defaultdict(list)
        self._copies: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._held: dict[tuple[int, int], Cell] = {}
        self._continued: set[int] = set()
        for (top, left), (bottom, right) in merges:
            if bottom == top:
                continue
            if left <= name_at <= right:
                self._continued.update(range(top + 1, bottom + 1))
                continue
            self._starts[top].append(left)
            for line in range(top + 1, bottom + 1):
                self._copies[line].append((top, left))

    def fill(self, line: int, row: Row) -> bool:
        """Complete a row; False where it only continues the person above."""
        for column in self._starts.get(line, ()):
            if column < len(row):
                self._held[line, column] = row[column]
        for top, column in self._copies.get(line, ()):
            if (top, column) in self._held and row[column] == "":
                row[column] = self._held[top, column]
        return line not in self._continued
