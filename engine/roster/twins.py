"""People who stand in a list twice: one name however spelt, one year of birth."""

from collections import Counter
from collections.abc import Sequence

from engine.roster.model import Duplicate, Entry
from engine.vietnamese.text import key


def twins(entries: Sequence[Entry]) -> tuple[Duplicate, ...]:
    """Return everybody who is there more than once, in the order of the list."""
    compared = _Names()
    people = [f"{compared[entry.name]} {_year(entry)}" for entry in entries]
    often = {person for person, count in Counter(people).items() if count > 1}
    found: dict[str, list[Entry]] = {}
    for person, entry in zip(people, entries, strict=True):
        if person in often:
            found.setdefault(person, []).append(entry)
    return tuple(
        Duplicate(tuple(entry.row for entry in same), same[0].name, _year(same[0]) or None)
        for same in found.values()
    )


def _year(entry: Entry) -> str:
    return (entry.born or "")[:4]


class _Names(dict[str, str]):
    """What to compare of a name. Names are made of a few hundred syllables."""

    def __init__(self) -> None:
        super().__init__()
        self._syllable = _Syllables().__getitem__

    def __missing__(self, name: str) -> str:
        compared = self[name] = " ".join(map(self._syllable, name.split()))
        return compared


class _Syllables(dict[str, str]):
    """Comparison keys by syllable."""

    def __missing__(self, syllable: str) -> str:
        compared = self[syllable] = key(syllable)
        return compared
