"""Advice that names a command, as whoever reads it can follow it: in the words of their language.

Where the work is done by choosing from a menu (``clb`` alone), no command is named at all.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from engine.cli import aliases
from engine.i18n import language
from engine.interview.advice import without_commands

_menu = False
_COMMAND = re.compile(r"\bclb ([a-z]+)(?: ([a-z]+)\b)?")
_STEP = re.compile(r"(\bclb buoc \S+) ([a-z_]+)\b")


def work_from_a_menu() -> None:
    """Name no command from now on."""
    global _menu  # noqa: PLW0603  (one face a process)
    _menu = True


def from_a_menu() -> bool:
    """Return whether the work is done by choosing from a menu."""
    return _menu


def new_file(words: Sequence[str], suffix: str) -> Path:
    """Return a name for a new file: in the present folder, from a menu in the folder of papers.

    Raises ``InputError`` where the folder cannot be made.
    """
    from engine.files import free_name, papers_folder, writing

    if not _menu:
        return free_name(words, suffix)
    folder = papers_folder()
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return free_name(words, suffix, folder)


def spoken(line: str) -> str:
    """Return a line with its commands in the words of the language in use."""
    if language() != "vi" or "clb " not in line:
        return line
    return _STEP.sub(_step, _COMMAND.sub(_words, line))


def followed(advice: str | None) -> str | None:
    """Return the part of some advice that can be followed here, ``None`` for nothing."""
    if not advice:
        return None
    return without_commands(advice) if _menu else spoken(advice)


def typed(word: str) -> str:
    """Return words as they are typed after a command: in quotes where there are several."""
    return f'"{word}"' if " " in word else word


def _words(found: re.Match[str]) -> str:
    top, within = found[1], found[2]
    whole = aliases.typed_for("clb", f"{top} {within}")
    if within and whole:
        return f"clb {whole[0]}"
    first = (aliases.typed_for("clb", top) or [top])[0]
    rest = (aliases.typed_for(top, within) or [within])[:1] if within else []
    return " ".join(("clb", first, *rest))


def _step(found: re.Match[str]) -> str:
    from engine.labels import STEPS, step_name

    return f"{found[1]} {typed(step_name(found[2]) if found[2] in STEPS else found[2])}"
