"""What the screen at the other end can show: colour, the signs of a bar, how wide it is."""

import os
import sys

import click

WIDTH, WIDEST = 80, 140
"""Columns of what is no terminal, and the most that a table uses of a wide one."""
BLOCKS, PLAIN = ("█", "░"), ("#", "-")


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
    said = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    if said:
        return said
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
