"""Whatever order steps, files, losses, repetitions and rebases come in: all end with the same.

Whoever records has a key, so all end with the same signatures too.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.core import (
    ADMIN,
    APPROVE,
    ASSOCIATION,
    COMMUNE,
    LAUNCH,
    PROPOSE,
    TODAY,
    TOWN,
    TRAIN,
    roster,
    villagers,
)
from support.exchange import Office, close, commune, copied, province

from engine.bundles import keys, signing
from engine.bundles.forks import meet
from engine.bundles.form import read
from engine.bundles.keyring import Keyring
from engine.bundles.keys import Pair
from engine.errors import ConflictError
from engine.rules.calendar import Period
from engine.scenario.world import StillClock

pytestmark = pytest.mark.slow
NAMES = ("province", "first", "second")
ROUNDS = 4
BEGINNING = date(2023, 1, 1)
SIGNED = (
    "SELECT stream, seq, officer, key, signature FROM signature "
    "WHERE substr(stream, 1, 5) <> 'seal:' ORDER BY stream, seq"
)


@cache
def pairs() -> dict[str, Pair]:
    """Return the keys of those who record; each is on every computer."""
    return {officer: keys.make(officer, "a long passphrase") for officer in (ASSOCIATION, TOWN)}


@cache
def beginning() -> tuple[Path, tuple[str, ...]]:
    """Three databases that have the same two launched clubs; of one commune two computers."""
    folder = Path(mkdtemp(prefix="clb-any-order-"))
    there = province(folder / "province")
    for officer in (ASSOCIATION, TOWN):
        line = pairs()[officer].public
        there.core.registry.officers.add_key(there.core.province, officer, line, None, by=ADMIN)
    first = commune(folder / "first", there)
    second = commune(folder / "second", there)
    clubs = tuple(first.core.walk([PROPOSE, APPROVE, TRAIN, LAUNCH]) for _each in range(2))
    for office in (first, second):
        there.take(office.send(names=True))
    for office in (first, second):
        office.take(there.send(names=True))
    close(there, first, second)
    return folder, clubs


@dataclass
class World:
    """The offices, the files on their way, and what was recorded: money, and a mark each step.

    ``sent`` has every file that was ever sent, those that were lost too.
    """

    offices: dict[str, Office]
    clubs: tuple[str, ...]
    files: list[tuple[str, Path]] = field(default_factory=list)
    sent: list[tuple[str, Path]] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    added: int = 0
    notes: int = 0
    before: dict[str, int] = field(default_factory=dict)
    """The last event of each stream before anybody signed."""

    def __post_init__(self) -> None:
        for stream, seq, _hash in self.offices["province"].heads():
            self.before[stream] = max(seq, self.before.get(stream, 0))

    def record(self, who: str, club: int, what: str) -> None:
        """Take one step in an office; no two of them are alike."""
        office, mark = self.offices[who], len(self.amounts) + self.added + self.notes + 1
        core, on = office.core, BEGINNING + timedelta(days=mark)
        core.clock.day += timedelta(days=1)
        if what == "fund":
            amount = 100_000 + mark
            self.amounts.append(amount)
            money = {
                "kind": "contribution",
                "fund": "operating",
                "source": "donor",
                "donor": f"Người {mark}",
                "amount": amount,
                "document": f"PT {mark}",
            }
            core.carry(self.clubs[club], "fund", on, money, officer=ASSOCIATION)
        elif what == "roster":
            self.added += 1
            work = roster(villagers(1, 1, seed=mark + 50))
            core.take(self.clubs[club], "roster", on, prepare=work)
        else:
            self.notes += 1
            by = TOWN if who == "province" else ASSOCIATION
            core.registry.province.note_report(
                core.province,
                "half_year",
                Period.parse("2023H1"),
                {"difficulties": [f"Khó {mark}"]},
                by=by,
            )

    def send(self, who: str) -> Path:
        """Send a file; the province's is for both computers of the commune."""
        file = self.offices[who].send(names=True)
        self.files.append((who, file))
        self.sent.append((who, file))
        return file

    def post(self, who: str) -> None:
        """Send a file that arrives at once."""
        self.send(who)
        for to in NAMES:
            self.deliver(len(self.files) - 1, to)

    def lose(self, number: int) -> None:
        """Let a file that was sent never arrive again."""
        if self.files:
            del self.files[number % len(self.files)]

    def rebase(self, who: str) -> None:
        """Let a commune settle what went apart, before everything arrived."""
        with suppress(ConflictError):  # what the province has not sent the last part of
            self.settle(who, self.send("province"))

    def deliver(self, number: int, to: str) -> None:
        """Let a file that was sent arrive, perhaps once more; an earlier one may be missing."""
        if not self.files:
            return
        who, file = self.files[number % len(self.files)]
        if (who == "province") != (to == "province"):
            with suppress(ConflictError):
                self.offices[to].take(file)

    def settle(self, who: str, file: Path) -> None:
        """Take the province's file in and take the own steps again where both went on."""
        office = self.offices[who]
        with suppress(ConflictError):
            office.take(file)
        own = f"province:{office.core.province}"
        if meet(office.store, own, read(file).streams().get(own, [])).forked:
            self.require_all_again(office, file, own)
        forks = office.take(file).forks
        for fork in forks:
            self.require_all_again(office, file, fork.stream)

    @staticmethod
    def require_all_again(office: Office, file: Path, stream: str) -> None:
        settled = office.rebase(file, stream)
        assert [one.why for one in settled.own if one.seq is None] == []

    def finish(self) -> None:
        """Send everything to and fro until nothing is missing anywhere."""
        for who in ("first", "second", "first", "second"):
            self.settle(who, self.send("province"))
            taken = self.offices["province"].take(self.send(who))
            assert taken.forks == ()
        for who in ("first", "second"):
            self.settle(who, self.send("province"))

    def arrive_late(self) -> None:
        """Let every file that was ever sent arrive once more: nothing is new, nothing apart."""
        for who, file in self.sent:
            for to in NAMES:
                if (who == "province") != (to == "province"):
                    taken = self.offices[to].take(file)
                    assert (taken.is_new, taken.forks) == (False, ())


STEPS = st.tuples(
    st.just("record"),
    st.sampled_from(NAMES),
    st.integers(0, 1),
    st.sampled_from(["fund", "roster", "note"]),
)
SENDS = st.tuples(st.just("send"), st.sampled_from(NAMES))
POSTS = st.tuples(st.just("post"), st.sampled_from(NAMES))
LOSSES = st.tuples(st.just("lose"), st.integers(0, 20))
REBASES = st.tuples(st.just("rebase"), st.sampled_from(NAMES[1:]))
ARRIVALS = st.tuples(st.just("deliver"), st.integers(0, 20), st.sampled_from(NAMES))
AFTERNOON = st.lists(
    st.one_of(STEPS, STEPS, STEPS, SENDS, POSTS, ARRIVALS, LOSSES, REBASES),
    min_size=8,
    max_size=24,
)


def opened(folder: Path) -> World:
    """Return copies of the three databases, open."""
    start, clubs = beginning()
    clock = StillClock(TODAY)
    offices = {
        name: copied(start / name, folder / name, None if name == "province" else COMMUNE, clock)
        for name in NAMES
    }
    for office in offices.values():
        office.store.signing = Keyring(office.core.registry, pairs().get)
    return World(offices, clubs)


@settings(max_examples=25, deadline=None)
@given(AFTERNOON)
def test_all_hold_the_same_in_the_end(events: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as name:
        world = opened(Path(name))
        for what, *how in events:
            getattr(world, what)(*how)
        world.finish()
        heads = [office.heads() for office in world.offices.values()]
        world.arrive_late()
        assert heads == [office.heads() for office in world.offices.values()]
        assert heads[0] == heads[1] == heads[2]
        signed = [office.store.rows(SIGNED) for office in world.offices.values()]
        assert signed[0] == signed[1] == signed[2]
        assert {(stream, seq) for stream, seq, *_ in signed[0]} == {
            (stream, seq) for stream, seq, _hash in heads[0] if seq > world.before[stream]
        }
        for office in world.offices.values():
            office.require_sound()
            assert signing.signed(office.core.registry).wrong == ()
            (money,) = office.store.rows("SELECT coalesce(sum(delta), 0) FROM ledger")
            assert money == (sum(world.amounts),)
            (people,) = office.store.rows("SELECT count(*) FROM member")
            assert people == (2 * len(office.core.people) + world.added,)
            (notes,) = office.store.rows("SELECT count(*) FROM event WHERE step = 'report_note'")
            assert notes == (world.notes,)
            office.store.close()
