"""Text for people: findings and tables. Colour and bars only where a terminal can show them."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import combining, east_asian_width

from engine.i18n import _
from engine.model import Finding, Level
from engine.text import dmy

__all__ = ["bar", "dmy", "findings", "is_colourful", "table", "width"]


def is_colourful() -> bool:
    """Tell whether standard output is a terminal that shows colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def width(text: str) -> int:
    """Return how many columns a text takes on a screen."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def _pad(text: str, columns: int, right: bool) -> str:
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()
) -> Iterator[str]:
    """Yield a table line by line; ``right`` are the columns whose texts end together."""
    shown = [[_cell(cell) for cell in row] for row in rows]
    if not shown:
        yield _("Nothing.")
        return
    widths = [
        max(width(line[place]) for line in [list(headings), *shown])
        for place in range(len(headings))
    ]
    for line in [list(headings), ["-" * one for one in widths], *shown]:
        cells = (_pad(cell, widths[place], place in right) for place, cell in enumerate(line))
        yield "  ".join(cells).rstrip()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return " ".join(text.split())


def bar(done: int, target: int, columns: int = 10) -> str:
    """Return a bar of ``columns`` signs filled as far as ``done`` is of ``target``."""
    filled = 0 if target <= 0 else min(columns, columns * done // target)
    return "█" * filled + "░" * (columns - filled)


def findings(found: Iterable[Finding]) -> Iterator[str]:
    """Yield each finding: what, expected and found, the article, who can mend it and how."""
    marks = {Level.BLOCK: "✗", Level.WARN: "!", Level.NOTE: "·"}
    for one in found:
        yield f"{marks[one.level]} {one.message} [{one.code}]"
        labels = (
            (_("expected"), one.expected),
            (_("found"), one.actual),
            (_("source"), one.source),
            (_("who"), one.who),
            (_("to do"), one.fix),
            (_("checked by"), one.plugin),
        )
        for label, text in labels:
            if text:
                yield f"    {label}: {text}"
