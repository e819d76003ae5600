"""``python -m bench.reliability``: run every trial and print what was lost, doubled and unseen."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.reliability import broken, crowds, forged, kills
from bench.reliability.figures import COMMAND, Line, table, written_into
from bench.reliability.stage import Stage, stage
from bench.result import ROOT, commit, machine
from tools import postgresql

PAGE = ROOT / "docs" / "reliability.md"
PARTS = ("kills", "crowds", "broken", "forgeries")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 1 where anything went wrong."""
    asked = _parser().parse_args(arguments)
    began = time.perf_counter()
    lines: list[Line] = []
    with _stages() as stages:
        for here in stages:
            for name in asked.parts or PARTS:
                print(f"{here.kind}, {name} ...", end=" ", file=sys.stderr, flush=True)
                started = time.perf_counter()
                lines += _trials(name, asked.quick)(here)
                print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    print("\n".join(table(lines)))
    if asked.doc:
        facts = "; ".join(f"{name} {value}" for name, value in machine().items())
        took = f"{time.perf_counter() - began:.0f} s"
        page = written_into(
            PAGE.read_text(encoding="utf-8"),
            lines,
            f"Commit `{commit()}`, `{COMMAND} --doc`, {took}; {facts}.",
        )
        PAGE.write_text(page, encoding="utf-8")
    return int(any(line.failed for line in lines))


def _trials(name: str, quick: bool) -> Callable[[Stage], list[Line]]:
    long, seconds, times = (3.0, 2.0, 2) if quick else (15.0, 10.0, 5)
    return {
        "kills": lambda here: kills.run(here, seconds=long),
        "crowds": lambda here: crowds.run(here, seconds=seconds, times=times),
        "broken": lambda here: broken.run(here, seconds=seconds, times=times),
        "forgeries": forged.run,
    }[name]


@contextmanager
def _stages() -> Iterator[Iterator[Stage]]:
    """Make the province in a file and, where there are its programs, on a PostgreSQL server."""
    with tempfile.TemporaryDirectory(prefix="clb-reliability-") as folder:

        def each() -> Iterator[Stage]:
            yield stage(Path(folder))
            if postgresql.programs() is None:
                print(f"PostgreSQL: no server here ({postgresql.PACKAGES})", file=sys.stderr)
                return
            home = Path(tempfile.mkdtemp(prefix="clb-postgresql-"))
            try:
                with postgresql.serving(home) as server:
                    yield stage(Path(folder), server)
            finally:
                shutil.rmtree(home)

        yield each()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="of " + ", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="few of each, to see that it works")
    parser.add_argument("--doc", action="store_true", help=f"renew {PAGE.relative_to(ROOT)}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
