"""The fenced blocks and links of a written page, and the stories of its commands."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)\s*$", re.M | re.S)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the words after it, its text and its place."""

    page: Path
    line: int
    language: str
    marks: tuple[str, ...]
    text: str

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def is_walk(self) -> bool:
        return self.language == "sh" and "walk-through" in self.marks

    @property
    def is_output(self) -> bool:
        return self.language == "text" and "output" in self.marks

    @property
    def is_dialogue(self) -> bool:
        """What a person at a terminal is asked and types: a line a question, after its command."""
        return self.language == "text" and "dialogue" in self.marks

    def questions(self) -> list[list[str]]:
        """Return the questions and answers of a dialogue."""
        return [line.split(": ", 1) for line in self.text.splitlines() if line.strip()]

    @property
    def exit_code(self) -> int:
        """How the last command of a walk-through ends; the others end with 0."""
        reported = [mark.removeprefix("exit-") for mark in self.marks if mark.startswith("exit-")]
        return int(reported[0]) if reported else 0

    def commands(self) -> list[list[str]]:
        """Return the commands, each split as a shell splits it."""
        return [shlex.split(line) for line in self.text.splitlines() if line.strip()]


def pages() -> list[Path]:
    """Return every page of docs/, the order of a reader."""
    return sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        language, *marks = match["info"].split() or [""]
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(page, line, language, tuple(marks), match["body"]))
    return found


def links(page: Path) -> Iterator[str]:
    """Yield the targets a page links to, those in code left out."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for match in LINK.finditer(re.sub(r"`[^`\n]*`", "", text)):
        yield match[1] or match[2]


def slug(heading: str) -> str:
    """Return the anchor that a heading gets, as the builder and the forges make it."""
    plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return plain.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {slug(line.lstrip("#")) for line in text.splitlines() if re.match(r"#+ ", line)}


def stories() -> dict[str, list[Block]]:
    """Return the walk-throughs in order: a folder of numbered pages is one story, else a page."""
    found: dict[str, list[Block]] = {}
    for page in pages():
        reported = [one for one in blocks(page) if one.is_walk or one.is_output or one.is_dialogue]
        if reported:
            numbered = page.name[:2].isdigit()
            name = page.parent if numbered else page
            found.setdefault(name.relative_to(DOCS).as_posix(), []).extend(reported)
    return found
