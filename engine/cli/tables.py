"""Text for people: tables, findings and bars; colour only where a terminal can show it."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, east_asian_width

import click

from engine.i18n import _

if TYPE_CHECKING:
    from engine.model import Finding


WIDTH, WIDEST = 80, 140
"""Columns of what is no terminal, and the most that a table uses of a wide one."""
BLOCKS, PLAIN = ("█", "░"), ("#", "-")
"""The signs of the full and the empty part of a bar."""
MOST = 300
"""Letters of one cell; the other formats hold a text whole."""
LEAST = 10
"""Columns below which a cell is not made narrower."""
GAP = "  "


class Painted(NamedTuple):
    """A cell in a colour."""

    value: object
    colour: str | None


class Across(NamedTuple):
    """A text across the whole table, above or below the row it belongs to."""

    text: str
    indent: str = GAP
    bold: bool = False

    def lines(self) -> Iterator[str]:
        """Yield the text on as many lines as the screen needs; without text an empty line."""
        for line in wrapped(self.text, self.indent) or [""]:
            yield paint(line, None, bold=True) if self.bold else line


Line = Sequence[object] | Across


class _Widths(dict[str, int]):
    def __missing__(self, char: str) -> int:
        found = 0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1
        self[char] = found
        return found


_WIDTHS = _Widths()


def width(text: str) -> int:
    """Return how many columns a text takes on a"""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def _pad(text: str, columns: int, right: bool) -> str:
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def table(
    headings: Sequence[str],
    rows: Iterable[Line],
    *,
    right: Sequence[int] = (),
    wrap: Sequence[int] = (),
    most: Mapping[int, int] | None = None,
) -> Iterator[str]:
    """Yield a table line by line; ``right`` are the columns whose texts end together.

    Where it is wider than the screen, the texts of the ``wrap`` columns go on in the next line.
    ``most`` limits how wide a column may be on any screen.
    """
    shown = [row if isinstance(row, Across) else _Row(row) for row in rows]
    if not shown:
        yield _("Nothing.")
        return
    widths = [
        max(width(heading), *(width(row.texts[place]) for row in shown if isinstance(row, _Row)))
        for place, heading in enumerate(headings)
    ]
    for place, columns in (most or {}).items():
        widths[place] = min(widths[place], columns)
    if wrap:
        _narrow(widths, headings, wrap)
    yield from _Row(headings).lines(widths, right)
    yield GAP.join("-" * one for one in widths)
    for row in shown:
        yield from row.lines() if isinstance(row, Across) else row.lines(widths, right)


class _Row:
    """The texts of a row's cells, and their colours."""

    def __init__(self, cells: Sequence[object]) -> None:
        self.texts = [_cell(one.value if isinstance(one, Painted) else one) for one in cells]
        self.colours = [one.colour if isinstance(one, Painted) else None for one in cells]

    def lines(self, widths: Sequence[int], right: Sequence[int]) -> Iterator[str]:
        """Yield the row as it is shown, on as many lines as its longest text needs."""
        parts = [_parts(text, widths[place]) for place, text in enumerate(self.texts)]
        for line in range(max(map(len, parts))):
            texts = []
            for place, found in enumerate(parts):
                text = found[line] if line < len(found) else ""
                padded = _pad(text, widths[place], place in right)
                colour = self.colours[place] if text else None
                texts.append(paint(padded, colour) if colour else padded)
            yield GAP.join(texts).rstrip()


def _narrow(widths: list[int], headings: Sequence[str], wrap: Sequence[int]) -> None:
    """Take columns from the widest text until the table fits."""
    least = {place: max(LEAST, *map(width, headings[place].split())) for place in wrap}
    room = columns() - len(GAP) * (len(widths) - 1)
    while sum(widths) > room:
        place = max(wrap, key=lambda one: widths[one] - least[one])
        if widths[place] <= least[place]:
            return
        widths[place] -= 1


def _parts(text: str, columns: int) -> list[str]:
    if width(text) <= columns:
        return [text]
    import textwrap

    return textwrap.wrap(text, columns, break_on_hyphens=False)


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return a text on as many lines as the screen needs."""
    import textwrap

    return textwrap.wrap(
        _plain(text),
        columns(),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _cell(value: object) -> str:
    text = "" if value is None else _plain(str(value))
    return text if len(text) <= MOST else text[: MOST - 1] + "…"


def _plain(text: str) -> str:
    """Return a text on one line, without signs that would command a terminal."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(filter(str.isprintable, line))


def bar(done: int, target: int, columns: int = 10) -> str:
    """Return a bar of ``columns`` signs filled as far as ``done`` is of ``target``."""
    filled = 0 if target <= 0 else max(0, min(columns, columns * done // target))
    full, empty = signs()
    return full * filled + empty * (columns - filled)


def findings(found: Iterable["Finding"]) -> Iterator[str]:
    """Yield each finding: what, expected and found, the article, who can fix it and how."""
    from engine.model import Level

    marks = {Level.BLOCK: "✗", Level.WARN: "!", Level.NOTE: "·"}
    for one in found:
        yield from _hung(f"{marks[one.level]} {one.message} [{one.code}]", "  ")
        labels = (
            (_("expected"), one.expected),
            (_("found"), one.actual),
            (_("source"), one.source),
            (_("who"), one.who),
            (_("to do"), one.fix),
            (_("checked by"), one.plugin),
        )
        for label, text in labels:
            if text and label == _("to do") and ("clb " in text or "--" in text):
                # What is there to be copied stays on one line.
                yield f"    {label}: {text}"
            elif text:
                yield from _hung(f"    {label}: {text}", " " * 6)


def _hung(text: str, indent: str) -> list[str]:
    """Return a text as a terminal shows it whole, later lines further in; elsewhere as it is."""
    if not is_terminal():
        return [text]
    import textwrap

    return textwrap.wrap(
        text,
        columns() - len(GAP),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def draws() -> bool:
    """Return whether standard output is a terminal that can do more than type."""
    return is_terminal() and os.environ.get("TERM") != "dumb"


def is_colourful() -> bool:
    """Return whether standard output is a terminal that shows colour, and nobody asked for none."""
    return draws() and not os.environ.get("NO_COLOR")


def paint(text: str, colour: str | None, *, bold: bool = False) -> str:
    """Return text in a colour where there is any."""
    return click.style(text, fg=colour, bold=bold or None) if is_colourful() else text


def signs() -> tuple[str, str]:
    """Return the signs of the full and the empty part of a bar.

    Output is UTF-8 always, but a console of an older code page has no blocks to show.
    """
    code = _code_page()
    try:
        "".join(BLOCKS).encode(code)
    except (LookupError, UnicodeEncodeError):
        return PLAIN
    return PLAIN if os.environ.get("TERM") == "dumb" else BLOCKS


def _code_page() -> str:
    chosen = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    if chosen:
        return chosen
    if sys.platform == "win32":
        import ctypes

        page = ctypes.windll.kernel32.GetConsoleOutputCP()
        return f"cp{page}" if page else "utf-8"
    if sys.flags.utf8_mode:
        return "utf-8"
    import locale

    return locale.getencoding()


def columns() -> int:
    """Return how wide a table may be."""
    if not is_terminal():
        return WIDTH
    import shutil

    return max(40, min(WIDEST, shutil.get_terminal_size((WIDTH, 24)).columns))


def safe(line: str) -> str:
    """Return a line without signs that would command the terminal; colours of ours stay."""
    if line.isprintable():
        return line
    first, *painted = line.split("\x1b[")
    kept = [_printable(first)]
    for part in painted:
        code, mark, rest = part.partition("m")
        ours = mark and all(one.isdecimal() for one in code.split(";"))
        kept.append(f"\x1b[{code}m{_printable(rest)}" if ours else _printable(part))
    return "".join(kept)


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char in "\n\t")
