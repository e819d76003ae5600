"""``growth``: what the same work costs in a province of 100, 1.000 and 10.000 clubs.

There is no hand-written reference here: each size is held against the smallest, by turns. A step
and a club's page should not grow with the province, what is due for one commune's officer neither;
``progress`` may grow as its rows do. ``--large`` adds 100.000 clubs.
"""

import io
import shutil
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from bench.life import ASSOCIATION, LIFE, PROVINCE, opened
from bench.measure import Sample, Samples, by_turns, timed
from bench.options import Options
from bench.province import ON, province
from bench.result import Row, timed_row
from bench.step import Engine, Player, Times, measured
from engine.cli import run as clb

NAME = "growth"
TITLE = "the same work in small and large provinces"
FLAT, PEOPLE = 1.5, 10
COUNTING = ("approve", "fund", "open")
"""Steps that count in the whole province."""


def run(options: Options) -> list[Row]:
    """Measure steps, a club's page, due and progress at every size."""
    sizes = [10, 20] if options.tiny else [100, 1_000, 10_000]
    if options.quick:
        sizes[-1] = 4_000
    if options.large:
        sizes.append(100_000)
    with tempfile.TemporaryDirectory(prefix="clb-bench-growth-") as name:
        homes = {size: _copy(province(size, PEOPLE), Path(name), size) for size in sizes}
        return [*_steps(homes, options), *_commands(homes, options)]


def _copy(source: Path, folder: Path, size: int) -> Path:
    path = folder / f"{size}.sqlite3"
    shutil.copy(source, path)
    return path


def _steps(homes: dict[int, Path], options: Options) -> list[Row]:
    lives = options.size(8, 4, 1)
    players: dict[str, Player] = {str(size): Engine(opened(path)) for size, path in homes.items()}
    try:
        times = measured(players, lives, options.rounds)
    finally:
        for player in players.values():
            player.close()
    every = [place for place, step in enumerate(LIFE) if step.name != "roster"]
    found: list[Row] = []
    for name in ("a step", *COUNTING):
        steps = [place for place in every if name in ("a step", LIFE[place].name)]
        found += _rows(name, _totals(times, steps), "µs", lives * len(steps), FLAT)
    return found


def _totals(times: dict[str, Times], steps: list[int]) -> dict[int, Samples]:
    return {int(size): one.total(steps) for size, one in times.items()}


def _commands(homes: dict[int, Path], options: Options) -> list[Row]:
    found: list[Row] = []
    day = ("--on", ON.isoformat(), "--json")
    for case, command, flat in (
        ("club show", ("club", "show", "BN-00000007", *day), True),
        ("due for a commune", ("due", "--as", ASSOCIATION, *day[:2]), True),
        ("progress", ("progress", PROVINCE, *day), False),
    ):
        subjects = {str(size): _run(command, path) for size, path in homes.items()}
        samples = by_turns(subjects, options.rounds)
        taken = {int(size): one for size, one in samples.items()}
        found += _rows(case, taken, "ms", 1, FLAT if flat else None)
    return found


def _run(command: tuple[str, ...], path: Path) -> Callable[[], Sample]:
    def work() -> None:
        with redirect_stdout(io.StringIO()) as printed:
            code = clb([*command, "--database", str(path)])
        assert code == 0, printed.getvalue()[-500:]

    return lambda: timed(work)


def _rows(
    case: str, taken: dict[int, Samples], unit: str, each: int, flat: float | None
) -> list[Row]:
    """Return a row a size, each against the smallest; the largest is held to its budget."""
    smallest, largest = min(taken), max(taken)
    return [
        timed_row(
            NAME,
            f"{case}, {size} clubs",
            samples,
            taken[smallest],
            unit=unit,
            each=each,
            budget=(flat or size / smallest) if size == largest else None,
            note=f"of {smallest} clubs",
        )
        for size, samples in taken.items()
        if size != smallest
    ]
