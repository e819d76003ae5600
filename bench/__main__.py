"""``python -m bench``: run all benches or the named ones, and print their ratios."""

import argparse
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from bench.options import Options
from bench.result import (
    Report,
    Row,
    commit,
    compared,
    failed,
    from_json,
    machine,
    table,
    to_json,
    written_into,
)

BENCHES = (
    "start",
    "files",
    "step",
    "batch",
    "report",
    "roster",
    "growth",
    "impact",
    "memory",
    "size",
    "seals",
    "bundles",
    "check",
    "desk",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 1 where a budget is not met, 2 for an unknown bench."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(BENCHES):
        parser.error(f"no bench {', '.join(sorted(unknown))}; known: {', '.join(BENCHES)}")
    if asked.compare:
        first, second = (from_json(path.read_text(encoding="utf-8")) for path in asked.compare)
        print("\n".join(compared(first, second)))
        return 0
    if asked.list:
        for name in BENCHES:
            print(f"{name:8} {import_module(f'bench.{name}').TITLE}")
        return 0
    options = Options(asked.quick, asked.tiny, asked.profile, asked.large)
    rows: list[Row] = []
    for name in asked.names or BENCHES:
        print(f"{name} ...", end=" ", file=sys.stderr, flush=True)
        started = time.perf_counter()
        rows += import_module(f"bench.{name}").run(options)
        print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    report = Report(commit(), machine(), asked.quick or asked.tiny, tuple(rows))
    print(f"commit {report.commit}; " + ", ".join(f"{k} {v}" for k, v in report.machine.items()))
    print("\n".join(table(rows)))
    if asked.doc is not None:
        page = written_into(asked.doc.read_text(encoding="utf-8"), report)
        asked.doc.write_text(page, encoding="utf-8")
    if asked.json is not None:
        asked.json.write_text(to_json(report), encoding="utf-8")
    return 1 if failed(rows) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = ", ".join(BENCHES)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {known}; all if left out")
    parser.add_argument("--list", action="store_true", help="name the benches and stop")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, as many rounds")
    parser.add_argument("--tiny", action="store_true", help="only show that it works")
    parser.add_argument("--large", action="store_true", help="growth to 100.000 clubs too")
    parser.add_argument(
        "--profile", action="store_true", help="where the time goes: step, batch, report"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result as JSON too")
    parser.add_argument("--doc", type=Path, metavar="PAGE.md", help="renew the results in a page")
    parser.add_argument(
        "--compare", type=Path, nargs=2, metavar=("A.json", "B.json"), help="two results"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
