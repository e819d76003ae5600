"""What the trials found: a line each, as a table on the screen and in docs/reliability.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from bench.page import between

COMMAND = "python -m bench.reliability"
BEGIN, END = f"<!-- results: {COMMAND} --doc -->", "<!-- end of results -->"
HEADS = (
    "what was tried",
    "runs",
    "lost",
    "doubled",
    "false alarms",
    "tracebacks",
    "unseen",
    "remark",
)


@dataclass
class Line:
    """One trial, and how often something went wrong in it.

    ``lost``: confirmed, and not there; or half done. ``doubled``: there twice. ``alarms``: a check
    found a fault in what nobody had forged. ``tracebacks``: a failure that was no sentence.
    ``unseen``: forgeries that nothing found, but for those no program can find.
    """

    trial: str
    runs: int = 0
    lost: int = 0
    doubled: int = 0
    alarms: int = 0
    tracebacks: int = 0
    unseen: int = 0
    remark: str = ""
    details: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Return whether anything went wrong."""
        return any((self.lost, self.doubled, self.alarms, self.tracebacks, self.unseen))

    def add(self, other: Self) -> None:
        """Count another trial of the same kind in."""
        for name in ("runs", "lost", "doubled", "alarms", "tracebacks", "unseen"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.details += other.details

    def check(self, right: bool, name: str, detail: str) -> None:
        """Count something that went wrong under ``name``, with what it was."""
        if not right:
            setattr(self, name, getattr(self, name) + 1)
            self.details.append(f"{name}: {detail}")

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells in the order of ``HEADS``."""
        counts = (self.runs, self.lost, self.doubled, self.alarms, self.tracebacks, self.unseen)
        return (self.trial, *map(str, counts), self.remark)


def total(lines: Sequence[Line]) -> Line:
    """Return the sums of all lines."""
    whole = Line("all")
    for line in lines:
        whole.add(line)
    return whole


def table(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the table's lines for the screen, then what went wrong."""
    rows = [HEADS, *(line.cells() for line in (*lines, total(lines)))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    for row in rows:
        middle = (cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True))
        yield "  ".join((row[0].ljust(widths[0]), *middle, row[-1])).rstrip()
    for line in lines:
        yield from (f"{line.trial}: {detail}" for detail in line.details)


def written_into(page: str, lines: Sequence[Line], facts: str) -> str:
    """Return a page of Markdown with the results between its two marks renewed.

    Raises ``ValueError`` for a page without them.
    """
    rows = [
        "| " + " | ".join(HEADS) + " |",
        "|---" + "|---:" * (len(HEADS) - 2) + "|---|",
        *("| " + " | ".join(line.cells()) + " |" for line in (*lines, total(lines))),
    ]
    return between(page, BEGIN, END, f"{facts}\n\n" + "\n".join(rows) + "\n\n")
