"""Text for people: tables, findings and bars; colour only where a terminal can show it."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO
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
LONGEST = 44
"""Columns of the longest word that is never cut; a longer one is cut where it must be."""
GAP = "  "
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WORD = re.compile(r"(\s*)(\S+)")
_COMMAND = re.compile(r"(?<![\w-])(?:clb |--)[a-z]")
"""Where in a text begins what is there to be copied."""


class Painted(NamedTuple):
    """A cell in a colour."""

    value: object
    colour: str | None


class Across(NamedTuple):
    """A text across the whole table, above or below the row it belongs to.

    A ``whole`` one is there to be copied and stays on one line.
    """

    text: str
    indent: str = GAP
    bold: bool = False
    whole: bool = False

    def lines(self) -> Iterator[str]:
        """Yield the text on as many lines as the screen needs; without text an empty line."""
        lines = [self.indent + self.text] if self.whole else wrapped(self.text, self.indent)
        for line in lines or [""]:
            yield paint(line, None, bold=True) if self.bold else line


Line = Sequence[object] | Across


class _Widths(dict[str, int]):
    def __missing__(self, char: str) -> int:
        found = 0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1
        self[char] = found
        return found


_WIDTHS = _Widths()


def width(text: str) -> int:
    """Return how many columns a text takes on a screen, its colours apart."""
    if "\x1b" in text:
        text = _COLOUR.sub("", text)
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def _pad(text: str, columns: int, right: bool) -> str:
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def table(
    headings: Sequence[str],
    rows: Iterable[Line],
    *,
    right: Sequence[int] = (),
    most: Mapping[int, int] | None = None,
    folded: bool = False,
) -> Iterator[str]:
    """Yield a table line by line; ``right`` are the columns of numbers, which end together.

    Where it is wider than the screen, texts go on in the next line, between two words; where that
    does not help, each row is a list of its cells. Where there is no screen a row is one line, so
    that other tools can search it, unless it is to be ``folded`` all the same. ``most`` limits how
    wide a column may be on any screen.
    """
    shown = [row if isinstance(row, Across) else _Row(row) for row in rows]
    if not shown:
        yield _("Nothing.")
        return
    cells = [row for row in shown if isinstance(row, _Row)]
    widths = [
        max(width(heading), *(width(row.texts[place]) for row in cells), 0)
        for place, heading in enumerate(headings)
    ]
    for place, columns_ in (most or {}).items():
        widths[place] = min(widths[place], columns_)
    if folded or is_terminal():
        narrowed = _narrowed(widths, headings, cells, right)
        if narrowed is None:
            yield from _listed(headings, shown)
            return
        widths = narrowed
    yield from _Row(headings).lines(widths, right)
    yield GAP.join("-" * one for one in widths)
    for row in shown:
        yield from row.lines() if isinstance(row, Across) else row.lines(widths, right)


def fits(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> bool:
    """Return whether every row of a table would be on one line of the screen."""
    shown = [_Row(row) for row in (headings, *rows)]
    longest = (max(width(one.texts[place]) for one in shown) for place in range(len(headings)))
    return sum(longest) + len(GAP) * (len(headings) - 1) <= columns()


class _Row:
    """The texts of a row's cells, and their colours."""

    def __init__(self, cells: Sequence[object]) -> None:
        self.texts = [_cell(one.value if isinstance(one, Painted) else one) for one in cells]
        self.colours = [one.colour if isinstance(one, Painted) else None for one in cells]

    def lines(self, widths: Sequence[int], right: Sequence[int]) -> Iterator[str]:
        """Yield the row as it is shown, on as many lines as its longest text needs."""
        parts = [_folded(text, widths[place]) for place, text in enumerate(self.texts)]
        for line in range(max(map(len, parts))):
            texts = []
            for place, found in enumerate(parts):
                text = found[line] if line < len(found) else ""
                padded = _pad(text, widths[place], place in right)
                colour = self.colours[place] if text else None
                texts.append(paint(padded, colour) if colour else padded)
            yield GAP.join(texts).rstrip()


def _narrowed(
    widths: Sequence[int], headings: Sequence[str], rows: Sequence[_Row], right: Sequence[int]
) -> list[int] | None:
    """Return widths with which the table fits, the widest texts narrowed; ``None`` if none do."""
    found = list(widths)
    room = columns() - len(GAP) * (len(found) - 1)
    if sum(found) <= room:
        return found
    least = [
        min(
            found[place],
            max(
                _longest_word(heading),
                *(
                    width(row.texts[place]) if place in right else _longest_word(row.texts[place])
                    for row in rows
                ),
                0,
            ),
        )
        for place, heading in enumerate(headings)
    ]
    if sum(least) > room:
        return None
    # A heading on two lines costs less than a row on two.
    whole = [
        max(lowest, *(width(row.texts[place]) for row in rows), 0)
        for place, lowest in enumerate(least)
    ]
    for lowest in (whole, least):
        while sum(found) > room:
            wider = [place for place in range(len(found)) if found[place] > lowest[place]]
            if not wider:
                break
            found[max(wider, key=found.__getitem__)] -= 1
    return found


def _longest_word(text: str) -> int:
    return max(min(LONGEST, width(word)) for word in text.split() or [""])


def _listed(headings: Sequence[str], rows: Iterable[Across | _Row]) -> Iterator[str]:
    """Yield rows as lists of their cells, empty ones left out; the first cell heads its row."""
    for row in rows:
        if isinstance(row, Across):
            yield from row.lines()
            continue
        for place, (heading, text) in enumerate(zip(headings, row.texts, strict=True)):
            if text:
                indent = GAP if place else ""
                for line in _folded(f"{indent}{heading}: {text}", columns(), GAP * 2):
                    yield paint(line, row.colours[place]) if row.colours[place] else line


def _folded(text: str, columns_: int, later: str = "") -> list[str]:
    """Return a text on lines no wider than that, broken between words.

    The spaces it begins with stay, ``later`` is before the other lines. A word wider than a line
    is cut.
    """
    if width(text) <= columns_:
        return [text]
    lines, line = [], text[: len(text) - len(text.lstrip())]
    empty = True
    for gap, word in _WORD.findall(text.strip()):
        left = word
        if not empty and width(line) + len(gap) + width(left) > columns_:
            lines.append(line)
            line, empty = later, True
        while empty and width(line) + width(left) > columns_:
            kept = _as_wide(left, max(1, columns_ - width(line)))
            lines.append(line + kept)
            line, left = later, left[len(kept) :]
        line += left if empty else gap + left
        empty = not left
    return lines if empty else [*lines, line]


def _as_wide(text: str, columns_: int) -> str:
    """Return the first letters of a text that take no more columns than that, at least one."""
    taken = 0
    for place, char in enumerate(text):
        taken += _WIDTHS[char]
        if taken > columns_ and place:
            return text[:place]
    return text


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return a text on as many lines as the screen needs."""
    return _folded(indent + _plain(text), columns(), indent) if text.strip() else []


def fitted(line: str, stream: TextIO | None = None) -> list[str]:
    """Return a line of an answer as a terminal shows it whole; elsewhere as it is.

    It goes on further in, between two words. A command at its end stays in one piece: it is there
    to be copied. ``stream`` is standard output where none is named.
    """
    shows = is_terminal() if stream is None else stream.isatty()
    if not shows or width(line) <= columns():
        return [line]
    later = line[: len(line) - len(line.lstrip())] + GAP
    found = _COMMAND.search(line)
    if found is None:
        return _folded(line, columns(), later)
    before, command = line[: found.start()].rstrip(), line[found.start() :]
    if width(later) + width(command) > columns():
        # Only a command that is nothing else is copied from the screen as one line.
        return (
            [line] if not before or before.endswith((":", "→")) else _folded(line, columns(), later)
        )
    lines = _folded(before, columns(), later)
    if width(lines[-1]) + 1 + width(command) <= columns():
        return [*lines[:-1], f"{lines[-1]} {command}"]
    return [*lines, later + command]


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
    from engine import codes
    from engine.cli import advice
    from engine.model import Level

    # What a correction may not change: what is recorded is next to what it was to become.
    recorded = {codes.CORRECT_STATE, codes.CORRECT_AMOUNT, codes.CORRECT_COMMUNE}
    marks = {Level.BLOCK: "✗", Level.WARN: "!", Level.NOTE: "·"}
    for one in found:
        code = "" if advice.from_a_menu() else f" [{one.code}]"
        yield f"{marks[one.level]} {one.message}{code}"
        of_record = one.code in recorded
        labels = (
            (_("as recorded") if of_record else _("expected"), one.expected),
            (_("to become") if of_record else _("found"), one.actual),
            (_("source"), one.source),
            (_("who"), one.who),
            (_("to do"), advice.followed(one.fix)),
            (_("checked by"), one.plugin),
        )
        for label, text in labels:
            if text:
                yield f"    {label}: {text}"


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def draws() -> bool:
    """Return whether standard output is a terminal that can do more than type, and may."""
    return is_terminal() and not plain()


def plain() -> bool:
    """Return whether the screen is read aloud, or is no more than a printer (``CLB_PLAIN=1``)."""
    return os.environ.get("CLB_PLAIN", "0") not in ("", "0") or os.environ.get("TERM") == "dumb"


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
