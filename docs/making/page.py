"""What every made page begins with, and the small pieces of Markdown they share."""

from collections.abc import Iterable, Sequence
from pathlib import Path

DOCS = Path(__file__).parents[1]
ROOT = DOCS.parent
PROVINCES = ("hoa_binh", "bac_ninh", "hai_phong", "ha_noi")


MADE = {
    "en": "This page is made by `python docs/make.py`; a test checks that it is up to date.",
    "vi": "Trang này do `python docs/make.py` viết ra; một ca kiểm thử giữ cho nó luôn đúng.",
}


def opening(title: str, about: str, language: str = "en") -> str:
    """Return a page's title and the note that it is made, not written."""
    return f"# {title}\n\n{about}\n\n{MADE[language]}\n\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a bar or a line break inside a cell does not end it."""
    lines = [_row(headings), "|" + "---|" * len(headings), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """Return text set as code; what is empty stays empty."""
    return f"`{text}`" if text else ""
