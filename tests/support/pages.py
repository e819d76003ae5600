"""Papers as pages: LibreOffice makes the PDF, pdfplumber reads where everything is on it."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pdfplumber

RULE = "_"


def convert(files: Sequence[Path], folder: Path, to: str = "pdf") -> None:
    """Let LibreOffice write files anew in a folder, all in one go."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=600)


@dataclass(frozen=True)
class Line:
    """A line of text on a page, in points from the left and the upper edge."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def width(self) -> float:
        """How long it is."""
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        """Where its middle is, from the left edge."""
        return (self.x0 + self.x1) / 2


class Page:
    """A page and what is on it."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = float(page.width), float(page.height)
        self._letters = page.chars
        self.edges = [
            (float(one["top"]), float(one["x0"]), float(one["x1"]))
            for one in page.edges
            if one["orientation"] == "h"
        ]
        """The lines of its tables: how far down, from where to where."""

    @cached_property
    def lines(self) -> list[Line]:
        """Every line, the two halves of a head and the cells of a table each on their own."""
        found = []
        for _base, letters in groupby(
            sorted(self._letters, key=lambda one: (round(one["bottom"]), one["x0"])),
            key=lambda one: round(one["bottom"]),
        ):
            part: list[Any] = []
            for letter in letters:
                if part and letter["x0"] - part[-1]["x1"] > 2.5 * letter["size"]:
                    found.append(_line(part))
                    part = []
                part.append(letter)
            found.append(_line(part))
        return [one for one in found if one.text]

    def line(self, begins: str) -> Line:
        """Return the first line that begins with a text."""
        return next(one for one in self.lines if one.text.startswith(begins))


def _line(letters: Sequence[Any]) -> Line:
    shown = [one for one in letters if one["text"].strip()] or letters
    return Line(
        "".join(one["text"] for one in letters).replace("\N{NO-BREAK SPACE}", " ").strip(),
        float(shown[0]["x0"]),
        float(shown[-1]["x1"]),
        min(float(one["top"]) for one in shown),
        max(float(one["bottom"]) for one in shown),
        float(shown[0]["size"]),
        "Bold" in shown[0]["fontname"],
    )


def pages(pdf: Path) -> list[Page]:
    """Return the pages of a PDF."""
    with pdfplumber.open(pdf) as opened:
        return [Page(one) for one in opened.pages]
