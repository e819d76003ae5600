"""People who stand in a list twice: one name however spelt, one year of birth."""

from engine.roster.model import Duplicate, Entry
from engine.text import key


class Twins:
    """Compares entries as they are read, one after the other."""

    def __init__(self) -> None:
        self._key = _Syllables().__getitem__
        self._first: dict[tuple[str, ...], Entry] = {}
        self._rows: dict[tuple[str, ...], list[int]] = {}

    def add(self, entry: Entry) -> None:
        """Compare one entry with all before it."""
        who = (*map(self._key, entry.name.split()), (entry.born or "")[:4])
        first = self._first.setdefault(who, entry)
        if first is not entry:
            self._rows.setdefault(who, [first.row]).append(entry.row)

    def found(self) -> tuple[Duplicate, ...]:
        """Return everybody who was there more than once, in the order of the list."""
        return tuple(
            Duplicate(tuple(rows), self._first[who].name, who[-1] or None)
            for who, rows in sorted(self._rows.items(), key=lambda item: item[1])
        )


class _Syllables(dict[str, str]):
    """Comparison keys by syllable: names are made of a few hundred of them."""

    def __missing__(self, syllable: str) -> str:
        compared = self[syllable] = key(syllable)
        return compared
