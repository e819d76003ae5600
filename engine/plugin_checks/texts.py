"""Whether a plugin's text files are saved as they should be: UTF-8, letters composed (NFC)."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from engine import codes
from engine.i18n import _
from engine.plugin_checks.model import WARN, Mistake

SUFFIXES = (".toml", ".py", ".md", ".txt", ".json", ".csv")
TOLD_ELSEWHERE = ("policy.toml",)
"""Files whose encoding another part tells of."""


def text_mistakes(package: Path) -> Iterator[Mistake]:
    """Yield the files that are not UTF-8, and the lines whose letters are not composed."""
    for path in sorted(package.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        name = path.relative_to(package).as_posix()
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            if name not in TOLD_ELSEWHERE:
                yield Mistake(
                    codes.PLUGIN_ENCODING,
                    name,
                    "",
                    _("The file is not saved as UTF-8 (byte {place}).").format(place=error.start),
                    "UTF-8",
                )
            continue
        line = _not_composed(text)
        if line is not None:
            yield Mistake(
                codes.PLUGIN_NFC,
                name,
                "",
                _("Vietnamese letters of the file are written in pieces (not NFC)."),
                "NFC",
                line,
                WARN,
            )


def _not_composed(text: str) -> int | None:
    """Return the first line whose letters are not composed, counted from 1."""
    if unicodedata.is_normalized("NFC", text):
        return None
    lines = text.splitlines()
    return next(
        (
            number
            for number, line in enumerate(lines, start=1)
            if not unicodedata.is_normalized("NFC", line)
        ),
        1,
    )
