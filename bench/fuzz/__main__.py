"""``python -m bench.fuzz``: give each reader what nobody would, led by what its code has not run.

atheris (libFuzzer) changes the examples of a reader and keeps what reaches new code. Whatever a
reader raises but ``ClbError`` is a crash, as are more than 20 seconds and 2 GB for one input.
"""

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.page import between, written
from bench.result import ROOT, commit, machine

COMMAND = "python -m bench.fuzz"
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = f"<!-- results: {COMMAND} --doc -->", "<!-- end of results -->"
HEADS = ("reader", "what it reads", "seconds", "inputs", "new code", "crashes")
LONGEST = 20
"""Seconds that one input may take."""
MEMORY = 2048
"""Megabytes that the process may take."""
COVERED = re.compile(r"\bcov: (\d+)")
EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


@dataclass
class Line:
    """What came of one reader: ``before`` and ``after`` count the places of code that were run."""

    name: str
    what: str
    seconds: float = 0
    inputs: int = 0
    before: int = 0
    after: int = 0
    crashes: list[str] = field(default_factory=list)

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells in the order of ``HEADS``."""
        new = f"{self.before} → {self.after}"
        count = str(len(self.crashes))
        return (self.name, self.what, f"{self.seconds:.0f}", str(self.inputs), new, count)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 1 where anything crashed, 2 without atheris."""
    asked = _parser().parse_args(arguments)
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: pip install -r bench/requirements.txt", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="clb-fuzz-") as folder:
        os.environ["CLB_HOME"] = str(Path(folder) / "home")
        from bench.fuzz.readers import READERS

        unknown = set(asked.reader) - {one.name for one in READERS}
        if unknown:
            print(f"no such reader: {', '.join(sorted(unknown))}", file=sys.stderr)
            return 2
        crashes = asked.crashes.absolute()
        crashes.mkdir(parents=True, exist_ok=True)
        lines = []
        for one in READERS:
            if asked.reader and one.name not in asked.reader:
                continue
            corpus = Path(folder) / one.name
            corpus.mkdir()
            for number, seed in enumerate(one.seeds()):
                (corpus / f"seed-{number}").write_bytes(seed)
            words = Path(folder) / f"{one.name}.words"
            words.write_text(dictionary(one.words), encoding="utf-8")
            line = Line(one.name, one.what)
            print(f"{one.name} ...", end=" ", file=sys.stderr, flush=True)
            run(line, corpus, words, crashes, asked.seconds)
            print(f"{line.inputs} inputs, {len(line.crashes)} crashes", file=sys.stderr)
            lines.append(line)
    print("\n".join(table(lines)))
    if asked.doc:
        PAGE.write_text(written_into(PAGE.read_text(encoding="utf-8"), lines), encoding="utf-8")
    return int(any(line.crashes for line in lines))


def run(line: Line, corpus: Path, words: Path, crashes: Path, seconds: int) -> None:
    """Run one reader; what ends its process is a crash, and the rest of the time goes on."""
    before = set(crashes.iterdir())
    end = time.monotonic() + seconds
    while (left := round(end - time.monotonic())) > 0:
        began = time.monotonic()
        ended = subprocess.run(
            [
                *(sys.executable, "-m", "bench.fuzz.child", line.name, str(crashes), str(corpus)),
                *([f"-dict={words}"] if words.stat().st_size else []),
                *(f"-max_total_time={left}", "-print_final_stats=1"),
                *(f"-timeout={LONGEST}", f"-rss_limit_mb={MEMORY}"),
                f"-artifact_prefix={crashes}/{line.name}-",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        line.seconds += time.monotonic() - began
        covered = list(map(int, COVERED.findall(ended.stderr)))
        executed = EXECUTED.findall(ended.stderr)
        if not covered or not executed:
            raise SystemExit(f"{line.name} did not run:\n{ended.stdout}{ended.stderr[-3000:]}")
        line.inputs += int(executed[-1])
        line.before = line.before or covered[0]
        line.after = max(line.after, *covered)
        if ended.returncode == 0:
            break
    found = sorted(one for one in crashes.iterdir() if one not in before)
    line.crashes = [str(one) for one in found if one.suffix != ".txt"]


def dictionary(words: Sequence[str]) -> str:
    """Return words as libFuzzer reads them: bytes outside of ASCII and signs as hexadecimals."""

    def spelt(byte: int) -> str:
        plain = 32 <= byte < 127 and byte not in b'"\\'
        return chr(byte) if plain else f"\\x{byte:02x}"

    return "".join('"' + "".join(map(spelt, one.encode())) + '"\n' for one in words)


def table(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the table's lines for the screen, then the files of the crashes."""
    rows = [HEADS, *(line.cells() for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    for row in rows:
        left = (cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True))
        right = (cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True))
        yield "  ".join((*left, *right))
    for line in lines:
        yield from line.crashes


def written_into(page: str, lines: Sequence[Line]) -> str:
    """Return a page of Markdown with the results renewed. Raises ``ValueError`` without marks.

    Readers that were not run keep their lines; a sentence then names those of this run.
    """
    facts = "; ".join(f"{name} {value}" for name, value in machine().items())
    made = f"Commit `{commit()}`, `{COMMAND} --doc`; {facts}."
    new = {line.name: "| " + " | ".join(line.cells()) + " |" for line in lines}
    old = written(page, BEGIN, END).splitlines()
    kept = {name: row for row in old if (name := _reader(row)) and name not in new}
    heads = ["| " + " | ".join(HEADS) + " |", "|---|---" + "|---:" * (len(HEADS) - 2) + "|"]
    if kept and new:
        earlier = [row for row in old if row and not row.startswith("|")]
        names = ", ".join(f"`{name}`" for name in new)
        rows = [*earlier, f"Of {names}: {made}", "", *heads, *kept.values(), *new.values()]
    else:
        rows = [made, "", *heads, *new.values()]
    return between(page, BEGIN, END, "\n".join(rows) + "\n\n")


def _reader(row: str) -> str:
    """Return the name of the reader that a line of the table is about, blank for other lines."""
    name = row.split("|")[1].strip() if row.startswith("| ") else ""
    return "" if name == HEADS[0] else name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each reader; 60 if left out")
    parser.add_argument("--reader", action="append", default=[], help="only this one; repeatable")
    parser.add_argument(
        "--crashes",
        type=Path,
        default=Path(tempfile.gettempdir()) / "clb-fuzz-crashes",
        help="the folder for inputs that crashed",
    )
    parser.add_argument("--doc", action="store_true", help=f"renew {PAGE.relative_to(ROOT)}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
