"""Communes in a report's tables: what is above all of them is not repeated in every row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_PROVINCE = re.compile(r", (?:tỉnh|thành phố) [^,;()]+(?= \(|;|$)")
"""What is above a commune, last."""
_LISTS = ("clubs", "communes", "overdue", "attention")
_TABLES = ("subject", "sections")


class _Placed(Sequence[Any]):
    """Rows with shorter places, each made when it is read: a province has many clubs."""

    def __init__(self, rows: Sequence[dict[str, Any]], short: Mapping[str, str]) -> None:
        self._rows, self._short = rows, short

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: Any) -> Any:
        return self._placed(self._rows[at])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._placed, self._rows)

    def _placed(self, row: dict[str, Any]) -> dict[str, Any]:
        return row | {"place": self._short[row["place"] or ""]}


def in_one_province(document: dict[str, Any]) -> dict[str, Any]:
    """Return a report without the province behind each commune where it is the same for all.

    So it is in the tables that a province's plugin made of the report's own communes.
    """
    places = {row["place"] or "" for name in _LISTS for row in document[name]}
    provinces = {one for place in places for one in _PROVINCE.findall(place)}
    if len(provinces) != 1:
        return document
    province = provinces.pop()
    short = {place: place.replace(province, "") for place in places}
    rows = {name: _Placed(document[name], short) for name in _LISTS}
    tables = {
        name: [
            one | {"rows": [[short.get(cell, cell) for cell in row] for row in one["rows"]]}
            for one in document[name]
        ]
        for name in _TABLES
    }
    return document | rows | tables
