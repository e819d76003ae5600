"""``step``: the first twelve steps of clubs' lives, each durable on its own.

    python -m bench step                  the ratio, step by step, and the peers
    python -m bench step --profile        where the engine's time goes (cProfile, by own time)

The reference is ``by_hand``: the same reads, judgements, events and rows on ``sqlite3``. Both work
on a database file of their own, made by the same migration, with the same pragmas; one club here,
then one club there, so that a busy machine slows both. The ratio to look at is ``a step``, by
processor time: the whole life divided by the whole life. ``but the list`` leaves the member list
out, whose 140 rows weigh on both sides alike.
"""

import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bench.by_hand import ByHand
from bench.by_hand_data import Data
from bench.life import LIFE, PROVINCE, REASONS, YEARS, Step, opened, people, ready, take
from bench.measure import Sample, Samples
from bench.options import Options
from bench.profiling import profiled
from bench.result import Row, timed_row
from engine import __version__
from engine.lifecycle.registry import Registry
from engine.provinces.load import Provinces

NAME = "step"
TITLE = "the first twelve steps of a club, each durable on its own"
BUDGET = 2.0
COMMUNES = 100
"""Communes that the clubs are in, some five each: rules ask about the other clubs of a commune."""
CODES = re.compile(r"\b(?:BN-[0-9A-Z]{8}|M[0-9A-Z]{7}|[0-9a-f]{64})\b")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")


class Player(Protocol):
    """Something that can take the life's steps on a database of its own."""

    def take(self, club: str | None, step: Step, form: dict[str, Any]) -> str:
        """Take a step; return the club's id."""

    def close(self) -> None:
        """Close the database."""


@dataclass
class Engine:
    """The engine's own step."""

    registry: Registry

    def take(self, club: str | None, step: Step, form: dict[str, Any]) -> str:
        """Take a step."""
        return take(self.registry, club, step, form)

    def close(self) -> None:
        """Close the database."""
        self.registry.store.close()


@dataclass
class Hand:
    """The hand-written program, or a peer built on it."""

    program: ByHand

    def take(self, club: str | None, step: Step, form: dict[str, Any]) -> str:
        """Take a step."""
        if club is None:
            return self.program.open(form, step.officer, REASONS)
        members = people() if step.name == "roster" else ()
        self.program.advance(club, step.name, form, step.officer, REASONS, members)
        return club

    def close(self) -> None:
        """Close the database."""
        self.program.data.close()


def by_hand(path: Path) -> ByHand:
    """Return the hand-written program on a database file."""
    return ByHand(Data(path), PROVINCE, receipt(), __version__)


def receipt() -> dict[str, str]:
    """Return what the engine notes of its policy, so that both logs say the same."""
    found = Provinces().receipt(PROVINCE)
    return {
        "plugin": found.plugin,
        "version": found.version,
        "digest": found.digest,
        "code": found.code,
    }


@dataclass
class Times:
    """How long each step took one player, a sample a block of clubs."""

    blocks: list[list[Sample]] = field(default_factory=list)

    def total(self, steps: Sequence[int]) -> Samples:
        """Return the samples of some steps together, by their place in the life."""
        return [sum((block[place] for place in steps), Sample(0, 0)) for block in self.blocks]


def play(player: Player, number: int, block: list[Sample], communes: int = 1) -> str:
    """Let one club live, adding what each step took to ``block``; return the club's id.

    It is in one of ``communes`` communes.
    """
    club: str | None = None
    year = YEARS[number % len(YEARS)]
    for place, one in enumerate(LIFE):
        step = one.at(number % communes)
        form = step.filled(year, number)
        wall, cpu = time.perf_counter(), time.process_time()
        club = player.take(club, step, form)
        spent = Sample(time.process_time() - cpu, time.perf_counter() - wall)
        block[place] = block[place] + spent
    assert club is not None
    return club


def measured(
    players: dict[str, Player], clubs: int, rounds: int, *, start: int = 0, communes: int = 1
) -> dict[str, Times]:
    """Let ``clubs`` clubs live a round with every player, one club here, then one there.

    Clubs are numbered from ``start``: no two of one player may have one number. They are spread
    over ``communes`` communes.
    """
    for player in players.values():
        play(player, start, blank(), communes)
    times = {name: Times() for name in players}
    names = list(players)
    for turn in range(rounds):
        for one in times.values():
            one.blocks.append(blank())
        for number in range(clubs):
            place = start + 1 + turn * clubs + number
            first = place % len(names)
            for name in names[first:] + names[:first]:
                play(players[name], place, times[name].blocks[-1], communes)
    return times


def blank() -> list[Sample]:
    """Return a block in which nothing was measured yet."""
    return [Sample(0, 0) for _step in LIFE]


@contextmanager
def stage() -> Iterator[tuple[Path, dict[str, Player]]]:
    """Yield a folder and the two players on fresh databases."""
    with tempfile.TemporaryDirectory(prefix="clb-bench-step-") as name:
        folder = Path(name)
        empty = ready(folder / "blank.sqlite3", COMMUNES)
        for copy in ("clb", "hand"):
            shutil.copy(empty, folder / f"{copy}.sqlite3")
        engine = Engine(opened(folder / "clb.sqlite3"))
        hand = Hand(by_hand(folder / "hand.sqlite3"))
        players: dict[str, Player] = {"clb": engine, "hand": hand}
        try:
            yield folder, players
        finally:
            for player in players.values():
                player.close()


def run(options: Options) -> list[Row]:
    """Measure; or show where the engine's time goes."""
    if options.profile:
        profile(options.size(100, 50, 2))
        return []
    clubs, few = options.size(100, 12, 1), options.size(10, 3, 1)
    with stage() as (folder, players):
        times = measured(players, clubs, options.rounds, communes=COMMUNES)
        assert (wrong := differences(folder)) == [], wrong[0]
        found = rows(times, clubs)
        for number, (name, peer) in enumerate(peers(folder).items(), start=1):
            pair = {"hand": players["hand"], name: peer}
            times = measured(pair, few, options.rounds, start=10_000 * number, communes=COMMUNES)
            peer.close()
            found.append(a_step(times, range(len(LIFE)), few, who=name))
    return found


def rows(times: dict[str, Times], clubs: int) -> list[Row]:
    """Return the whole life, the life without the list, and each step."""
    every = range(len(LIFE))
    short = [place for place in every if LIFE[place].name != "roster"]
    found = [
        a_step(times, every, clubs, budget=BUDGET),
        a_step(times, short, clubs, case="but the list", budget=BUDGET),
    ]
    for name in dict.fromkeys(step.name for step in LIFE):
        steps = [place for place in every if LIFE[place].name == name]
        found.append(a_step(times, steps, clubs, case=name))
    return found


def a_step(
    times: dict[str, Times],
    steps: Sequence[int],
    clubs: int,
    *,
    case: str = "a step",
    who: str = "clb",
    budget: float | None = None,
) -> Row:
    """Return what one of those steps took, with the same by hand."""
    return timed_row(
        NAME,
        case,
        times[who].total(steps),
        times["hand"].total(steps),
        subject=who,
        unit="µs",
        each=clubs * len(steps),
        budget=budget,
    )


def peers(folder: Path) -> dict[str, Player]:
    """Return the peers that are installed, each on a database of its own."""
    from bench.peers import installed

    found: dict[str, Player] = {}
    for name, make in installed().items():
        path = folder / f"{name}.sqlite3"
        shutil.copy(folder / "blank.sqlite3", path)
        found[name] = Hand(make(path, PROVINCE, receipt(), __version__))
    return found


def differences(folder: Path) -> list[str]:
    """Return where the two databases differ, but for random codes, hashes and the moment.

    An empty list says that the reference wrote the same log and the same tables.
    """
    found = []
    with (
        closing(sqlite3.connect(folder / "clb.sqlite3")) as first,
        closing(sqlite3.connect(folder / "hand.sqlite3")) as second,
    ):
        names = [
            name for (name,) in first.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for name in names:
            ours, theirs = _content(first, name), _content(second, name)
            if ours != theirs:
                pairs = zip(ours, theirs, strict=False)
                differ = next((pair for pair in pairs if pair[0] != pair[1]), None)
                found.append(f"{name}: {len(ours)} and {len(theirs)} rows; {differ}")
    return found


def _content(connection: sqlite3.Connection, table: str) -> list[str]:
    def plain(value: Any) -> str:
        return MOMENT.sub("MOMENT", CODES.sub("CODE", str(value)))

    rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
    return sorted(" | ".join(plain(value) for value in row) for row in rows)


def profile(clubs: int) -> None:
    """Print where the engine's time goes."""
    with stage() as (_folder, players):
        play(players["clb"], 0, blank())
        profiled(lambda: [play(players["clb"], 1 + number, blank()) for number in range(clubs)])
