"""A Word file as somebody sees it who opens it."""

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from docx import Document

FONT = "Times New Roman"


@dataclass(frozen=True)
class Word:
    """An opened document and its text, paragraph by paragraph, cells among them."""

    document: Any

    @classmethod
    def of(cls, data: bytes | Path) -> "Word":
        """Open a file or its bytes."""
        return cls(Document(io.BytesIO(data) if isinstance(data, bytes) else str(data)))

    @cached_property
    def lines(self) -> list[str]:
        """Every paragraph's text in order, inside tables and out."""
        found = []
        for paragraph in self.document.element.body.iter(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
        ):
            texts = [node.text or "" for node in paragraph.iter() if node.tag.endswith("}t")]
            found.append("".join(texts).replace("\N{NO-BREAK SPACE}", " "))
        return found

    @cached_property
    def text(self) -> str:
        """All of it, a line a paragraph."""
        return "\n".join(self.lines)

    def rows(self, heading: str) -> list[list[str]]:
        """Return the rows of the table whose first row holds a heading, that row left out."""
        for table in self.document.tables:
            first = [cell.text for cell in table.rows[0].cells]
            if heading in first:
                rows = ([cell.text for cell in row.cells] for row in table.rows[1:])
                return [[one.replace("\N{NO-BREAK SPACE}", " ") for one in row] for row in rows]
        raise AssertionError(f"no table with {heading}")

    def runs(self) -> list[Any]:
        """Every stretch of text with its own letters, in the body and in tables."""
        cells = [cell for table in self.document.tables for row in table.rows for cell in row.cells]
        paragraphs = [*self.document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
        return [run for paragraph in paragraphs for run in paragraph.runs if run.text.strip()]

    def size(self, text: str) -> float:
        """Return the letter size of the first stretch that begins with a text, in points."""
        for run in self.runs():
            if run.text.startswith(text):
                return float(run.font.size.pt)
        raise AssertionError(f"no {text}")
