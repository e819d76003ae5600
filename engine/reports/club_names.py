"""Clubs' names where many are one below the other: what they begin with is written once."""

from collections.abc import Iterable

from engine.rules.communes import VILLAGE_KINDS

LEAST_WORDS = 2
"""How many words names begin with, at least, for that to be written once."""


def common_opening(names: Iterable[str]) -> str:
    """Return the words many names begin with and the blank after them, empty where there are none.

    They end before the village, and of several it is those that save the most letters.
    """
    found: dict[str, int] = {}
    for name in names:
        words = name.split(" ")
        for count in range(LEAST_WORDS, _before_village(words) + 1):
            opening = " ".join(words[:count]) + " "
            found[opening] = found.get(opening, 0) + 1
    saved = {one: len(one) * times for one, times in found.items()}
    return max(saved, key=saved.__getitem__, default="")


def shortened(name: str, opening: str) -> str:
    """Return a name with three dots for the opening, where it begins with it."""
    return f"…{name.removeprefix(opening)}" if opening and name.startswith(opening) else name


def _before_village(words: list[str]) -> int:
    """Return how many words are before the village (thôn, tổ dân phố ...), or before the last."""
    for place in range(1, len(words)):
        rest = " ".join(words[place:]).casefold()
        if any(rest.startswith(f"{kind} ") for kind in VILLAGE_KINDS):
            return place
    return len(words) - 1
