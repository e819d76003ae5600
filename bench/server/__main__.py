"""``python -m bench.server``: a country on one PostgreSQL server of this machine, with writers.

It starts a server of its own that keeps what it confirms (fsync), fills it, and lets writers record
meetings: through the engine and, in turns, by the same statements written by hand. Bounded: each
turn takes ``--seconds``.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psycopg

from bench.result import commit, machine
from bench.server.country import filled, ids
from bench.server.writers import together
from tools.postgresql import Server, serving

SMALL = 100
"""Clubs of the small database that one step is compared with."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill the server, let the writers work, print what was measured."""
    asked = _parser().parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="clb-bench-server-") as name,
        serving(Path(name)) as server,
    ):
        print("\n".join(_measured(server, asked)))
    return 0


def _measured(server: Server, asked: argparse.Namespace) -> list[str]:
    facts = "; ".join(f"{name} {value}" for name, value in machine().items())
    lines = [f"Commit `{commit()}`; {facts}.", "", "| what | figure |", "|---|---|"]
    each = asked.clubs // asked.provinces
    began = time.perf_counter()
    country = filled(
        *(server, "clb_country", asked.provinces, each, asked.people), divided=asked.partitioned
    )
    _note("filled", began)
    with closing(psycopg.connect(country, autocommit=True)) as here:
        ((size, clubs, members, events),) = here.execute(
            "SELECT pg_database_size(current_database()), (SELECT count(*) FROM club), "
            "(SELECT count(*) FROM member), (SELECT count(*) FROM event)"
        ).fetchall()
    lines.append(
        f"| provinces; clubs; members; events | {asked.provinces}; {clubs:,}; {members:,}; "
        f"{events:,} |"
    )
    lines.append(f"| database | {size / 1e6:,.0f} MB, {size / clubs / 1e3:,.0f} kB a club |")
    small = filled(server, "clb_small", 1, SMALL, asked.people)
    lines += _one_writer(country, small, asked)
    lines += _writers(country, asked)
    return lines


def _one_writer(country: str, small: str, asked: argparse.Namespace) -> list[str]:
    """Return what one step costs in the small database and in the country, in turns."""
    took: dict[str, list[float]] = {"small": [], "country": []}
    for turn in range(asked.turns):
        for name, url in (("small", small), ("country", country)):
            (own,) = together("engine", url, [_clubs("BN", range(20))], asked.seconds / 2, turn)
            took[name] += own
    lines = []
    for share, name in ((0.1, "p10"), (0.5, "p50")):
        small_ms, country_ms = (_at(took[one], share) * 1e3 for one in took)
        lines.append(
            f"| one writer, {name}: {SMALL} clubs; all | {small_ms:.1f} ms; {country_ms:.1f} ms "
            f"({country_ms / small_ms:.2f} ×) |"
        )
    return lines


def _writers(country: str, asked: argparse.Namespace) -> list[str]:
    """Return what many writers over the provinces do, and the same by hand, in turns."""
    there = ids(asked.provinces)
    prefixes = ["BN" if one == there[0] else one.upper() for one in there]
    shares = []
    for number in range(asked.writers):
        place = 20 + 10 * (number // len(prefixes))  # the first forty lie in the officer's commune
        shares.append(_clubs(prefixes[number % len(prefixes)], range(place, place + 10)))
    took: dict[str, list[float]] = {"engine": [], "by_hand": []}
    for turn in range(asked.turns):
        for place, kind in enumerate(took):
            for one in together(kind, country, shares, asked.seconds, 2 * turn + place):
                took[kind] += one
    spent = asked.seconds * asked.turns
    lines = []
    for kind, name in (("engine", "through the engine"), ("by_hand", "by hand")):
        steps = took[kind]
        lines.append(
            f"| {asked.writers} writers {name}: steps a second; p50; p99 | "
            f"{len(steps) / spent:,.0f}; {_at(steps, 0.5) * 1e3:.0f} ms; "
            f"{_at(steps, 0.99) * 1e3:.0f} ms |"
        )
    ratio = len(took["by_hand"]) / max(1, len(took["engine"]))
    lines.append(f"| by hand does so many times as much | {ratio:.1f} × |")
    return lines


def _clubs(prefix: str, numbers: range) -> list[str]:
    return [f"{prefix}-{number:08}" for number in numbers]


def _at(took: list[float], share: float) -> float:
    return sorted(took)[min(len(took) - 1, int(len(took) * share))]


def _note(what: str, began: float) -> None:
    print(f"{what}: {time.perf_counter() - began:.0f} s", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.server", description=__doc__)
    parser.add_argument("--provinces", type=int, default=34)
    parser.add_argument("--clubs", type=int, default=20_000)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--partitioned", action="store_true")
    parser.add_argument("--turns", type=int, default=2)
    return parser


if __name__ == "__main__":
    sys.exit(main())
