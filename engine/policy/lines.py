"""Where in the file a table is, so that a mistake can be found by its line."""

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.\- ]+?)\s*\]\]?\s*(?:#.*)?$")


class Lines:
    """The headers of a TOML text with their line numbers, counted from 1."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, list[int]] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            header = _HEADER.match(line)
            if header:
                self._lines.setdefault(header[1].replace(" ", ""), []).append(number)

    def of(self, path: Sequence[str | int]) -> int | None:
        """Return the line of the table that ``path`` (names and indexes) leads into, if any.

        The longest part of the path that is a header of its own wins, so a field of the second
        ``[[a.b]]`` leads to that one's line.
        """
        names: list[str] = []
        best = None
        for step in path:
            if isinstance(step, str):
                names.append(step)
                found = self._first(".".join(names))
                best = found if found is not None else best
            else:
                at = self._lines.get(".".join(names), [])
                if step < len(at):
                    best = at[step]
        return best

    def _first(self, name: str) -> int | None:
        if name in self._lines:
            return self._lines[name][0]
        inside = [at[0] for header, at in self._lines.items() if header.startswith(f"{name}.")]
        return min(inside, default=None)
