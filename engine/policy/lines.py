"""Where in the file a table is, so that a mistake can be found by its line."""

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.\- ]+?)\s*\]\]?\s*(?:#.*)?$")


class Lines:
    """The headers of a TOML text with their line numbers, counted from 1."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, list[int]] = {}
        self._last = text.count("\n") + 2
        for number, line in enumerate(text.splitlines(), start=1):
            header = _HEADER.match(line)
            if header:
                self._lines.setdefault(header[1].replace(" ", ""), []).append(number)

    def of(self, path: Sequence[str | int]) -> int | None:
        """Return the line of the table that ``path`` (names and indexes) leads into, if any.

        The longest part of the path that is a header of its own wins, so a field of the second
        ``[[a.b]]`` leads to that one's line. Tables in a table of a list are counted within it.
        """
        names: list[str] = []
        best = None
        start, end = 0, self._last
        for step in path:
            if isinstance(step, str):
                names.append(step)
                found = self._first(".".join(names), start, end)
                best = found if found is not None else best
                continue
            at = [line for line in self._lines.get(".".join(names), ()) if start <= line < end]
            if step < len(at):
                best = start = at[step]
                end = at[step + 1] if step + 1 < len(at) else end
        return best

    def _first(self, name: str, start: int, end: int) -> int | None:
        """Return the first line within a table on which one of that name, or inside it, begins."""
        inside = [
            line
            for header, at in self._lines.items()
            if header == name or header.startswith(f"{name}.")
            for line in at
            if start <= line < end
        ]
        own = [line for line in self._lines.get(name, ()) if line in inside]
        return min(own or inside, default=None)
