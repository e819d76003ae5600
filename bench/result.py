"""What a bench found: rows, as a table, as JSON, and two runs compared."""

import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from bench.measure import Samples, Spread, cpu, ratio, wall
from bench.page import between, written

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- results: python -m bench --doc -->", "<!-- end of results -->"
Limits = Literal["ratio", "clock", "value"]
HEADING = "### "
UNITS = {"s": 1.0, "ms": 1e3, "µs": 1e6}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    ``value`` and ``reference`` are in ``unit``, processor time where it is a time. ``ratio`` is
    ours to the reference's, ``wall_ratio`` the same by the wall clock. ``budget`` is the most that
    the ratio (``limits="clock"``: the ratio by the wall clock, ``"value"``: the value) may be; a
    peer and what only informs have none.
    """

    bench: str
    case: str
    subject: str
    unit: str
    value: Spread
    reference: Spread | None = None
    ratio: Spread | None = None
    wall: Spread | None = None
    wall_ratio: Spread | None = None
    budget: float | None = None
    limits: Limits = "ratio"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Return whether the budget is met, ``None`` without one."""
        held = self.held
        return None if self.budget is None or held is None else held.median <= self.budget

    @property
    def held(self) -> Spread | None:
        """Return what the budget is held against."""
        return {"ratio": self.ratio, "clock": self.wall_ratio, "value": self.value}[self.limits]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run with where and of what it was made."""

    commit: str
    machine: dict[str, str]
    quick: bool
    rows: tuple[Row, ...]


def timed_row(
    bench: str,
    case: str,
    ours: Samples,
    reference: Samples,
    *,
    subject: str = "clb",
    unit: str = "ms",
    each: int = 1,
    budget: float | None = None,
    limits: Limits = "ratio",
    note: str = "",
) -> Row:
    """Return the row of a subject with its reference; ``each`` is how often a run did it."""
    factor = UNITS[unit] / each
    return Row(
        bench,
        case,
        subject,
        unit,
        cpu(ours).scaled(factor),
        cpu(reference).scaled(factor),
        ratio(ours, reference),
        wall(ours).scaled(factor),
        ratio(ours, reference, of="wall"),
        budget,
        limits,
        note,
    )


def commit() -> str:
    """Return the commit measured, with ``+`` where files are changed."""
    head = _git("rev-parse", "--short=12", "HEAD")
    return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*args: str) -> str:
    done = subprocess.run(
        ["git", *args], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.stdout.strip() or ("" if done.returncode == 0 else "unknown")


def machine() -> dict[str, str]:
    """Return what the figures depend on."""
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.machine()}",
        "processors": str(os.cpu_count()),
        "executable": Path(sys.executable).name,
    }


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of the table."""
    heads = ("bench", "case", "who", "found", "reference", "ratio", "by the clock", "budget", "")
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    for line in lines:
        left = [cell.ljust(width) for cell, width in zip(line[:3], widths[:3], strict=True)]
        right = [cell.rjust(width) for cell, width in zip(line[3:8], widths[3:8], strict=True)]
        yield "  ".join((*left, *right, line[8])).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    mark = {None: "", True: "met", False: "NOT MET"}[row.met]
    budget = ""
    if row.budget is not None:
        unit = {"ratio": "×", "clock": "× by the clock", "value": f" {row.unit}"}[row.limits]
        budget = f"{row.budget:g}{unit}"
    return (
        row.bench,
        row.case,
        row.subject,
        f"{_figure(row.value.median)} {row.unit}",
        "" if row.reference is None else f"{_figure(row.reference.median)} {row.unit}",
        _times(row.ratio),
        _times(row.wall_ratio),
        budget,
        f"{mark}  {row.note}".strip(),
    )


def _times(spread: Spread | None) -> str:
    if spread is None:
        return ""
    return f"{spread.median:.2f} ({spread.low:.2f}-{spread.high:.2f})"


def _figure(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def written_into(page: str, report: Report) -> str:
    """Return a page of Markdown with the results between its two marks renewed.

    Benches that did not run keep theirs; then each that ran states its own commit. Raises
    ``ValueError`` for a page without the marks.
    """
    new = {name: text for name, text in _sections(_markdown(report)) if name}
    old = [(name, text) for name, text in _sections(written(page, BEGIN, END)) if name not in new]
    if not any(name for name, _text in old):
        return between(page, BEGIN, END, _markdown(report))
    own = {name: text.replace("\n\n", f"\n\n{_facts(report)}\n\n", 1) for name, text in new.items()}
    return between(page, BEGIN, END, "".join((*(text for _name, text in old), *own.values())))


def _sections(markdown: str) -> list[tuple[str, str]]:
    """Return the parts of some results, each with its bench's name; the first has none."""
    first, *rest = markdown.split(HEADING)
    return [("", first), *((one.split("\n", 1)[0], f"{HEADING}{one}") for one in rest)]


def _facts(report: Report) -> str:
    facts = "; ".join(f"{name} {value}" for name, value in report.machine.items())
    size = "small sizes (`--quick`)" if report.quick else "full sizes"
    return f"Commit `{report.commit}`, {size}; {facts}."


def _markdown(report: Report) -> str:
    lines = [_facts(report), ""]
    for name in dict.fromkeys(row.bench for row in report.rows):
        own = [_cells(row) for row in report.rows if row.bench == name]
        lines += [
            f"{HEADING}{name}",
            "",
            "| case | who | found | reference | ratio | by the clock |",
        ]
        lines[-1] += " budget | |"
        lines.append("|---|---|---:|---:|---:|---:|---:|---|")
        lines += ["| " + " | ".join(cells[1:]) + " |" for cells in own]
        lines.append("")
    return "\n".join(lines)


def to_json(report: Report) -> str:
    """Return a run as JSON."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Report:
    """Read a run back. Raises ``ValueError`` for something else."""
    try:
        found = json.loads(text)
        rows = tuple(_row(one) for one in found["rows"])
        return Report(found["commit"], found["machine"], found["quick"], rows)
    except (KeyError, TypeError) as error:
        raise ValueError("this is no result of bench") from error


def _row(one: dict[str, Any]) -> Row:
    names = ("value", "reference", "ratio", "wall", "wall_ratio")
    return Row(**{**one, **{name: Spread(**one[name]) for name in names if one[name]}})


def compared(before: Report, after: Report) -> Iterator[str]:
    """Yield one line a case: its ratio (or value) in both runs, and by how much it changed."""
    yield f"{before.commit} → {after.commit}"
    old = {(row.bench, row.case, row.subject): row for row in before.rows}
    for row in after.rows:
        was = old.get((row.bench, row.case, row.subject))
        if was is None:
            yield f"{row.bench} {row.case} ({row.subject}): new"
            continue
        first, second = _held(was), _held(row)
        change = 100 * (second - first) / first if first else 0.0
        shown = f"{_figure(first)} → {_figure(second)} ({change:+.0f}%)"
        yield f"{row.bench} {row.case} ({row.subject}): {shown}"


def _held(row: Row) -> float:
    return (row.ratio or row.value).median


def failed(rows: Iterable[Row]) -> list[Row]:
    """Return the rows whose budget is not met."""
    return [row for row in rows if row.met is False]
