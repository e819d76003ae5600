"""``bundles``: a year in which communes and their province exchange clubs as files each month.

Every commune has a database of its own, begun with the province's starting file. Each month every
club holds a meeting and takes in a contribution; the commune sends its file, the province takes it
in and sends its own back. At the end all hold the same events and the same money. The reference is
the same month by hand: the events as deflated lines, written and kept without judging them.
"""

import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bench import bundles_by_hand as by_hand
from bench.life import PROVINCE
from bench.measure import Sample, Spread, timed
from bench.options import Options
from bench.result import Row, timed_row
from engine.bundles import making, taking
from engine.bundles.form import read
from engine.bundles.making import Order
from engine.lifecycle.registry import Registry, make_registry
from engine.scenario.world import StillClock, World, open_world

MOST_WRITING, MOST_TAKING, MOST_SIZE = 8.0, 6.0, 2.0
"""Times the same by hand. A judged event costs a few times its hash; a file has besides its events
where each club's copy ends, digests, a cover sheet and a checkpoint."""
NAME = "bundles"
TITLE = "communes and their province exchange clubs as files for a year"
BEGINNING = date(2023, 1, 1)
CONTRIBUTION = 100_000
"""Đồng that each club takes in a month."""
MONEY = (
    "SELECT club, fund, sum(delta) FROM ledger WHERE club IN (SELECT id FROM club "
    "WHERE commune = ?) GROUP BY club, fund ORDER BY club, fund"
)
HEADS = (
    "SELECT stream, seq, hash FROM event WHERE stream IN (SELECT 'club:' || id FROM club "
    "WHERE commune = ?) ORDER BY stream, seq"
)


def run(options: Options) -> list[Row]:
    """Play the year; report a month of the whole province, and a file's size."""
    communes, clubs = options.size(20, 5, 1), options.size(30, 10, 2)
    months = options.size(12, 6, 2)
    found: list[_Month] = []
    with tempfile.TemporaryDirectory(prefix="clb-bench-bundles-") as name:
        folder = Path(name)
        with open_world(folder, PROVINCE, BEGINNING) as world:
            clock = world.clock
            assert isinstance(clock, StillClock)
            offices = [_office(world, folder, number, clubs) for number in range(communes)]
            for month in range(months):
                clock.day = BEGINNING + timedelta(days=30 * (month + 1))
                for office in offices:
                    office.work(clock.day, month)
                found.append(_month(world, offices, month))
            for office in offices:
                office.require_same(world, months)
                office.registry.store.close()
    of = f"{clubs} clubs, a month"
    written = [one.by_hand[0] for one in found], [one.by_hand[1] for one in found]
    return [
        timed_row(
            *(NAME, f"a commune writes its file, {of}", [one.sent for one in found], written[0]),
            each=communes,
            budget=MOST_WRITING,
        ),
        timed_row(
            *(NAME, f"the province takes it in, {of}", [one.taken for one in found], written[1]),
            each=communes,
            budget=MOST_TAKING,
        ),
        timed_row(
            *(NAME, f"the province answers, the commune takes it in, {of}"),
            *([one.back for one in found], [one.by_hand[0] for one in found]),
            each=communes,
            note="of writing by hand",
        ),
        Row(
            *(NAME, f"a commune's file, {of}", "clb", "KiB"),
            *(_sizes(found), _plain(found), _size_ratio(found)),
            budget=MOST_SIZE,
            note=f"of its deflated events; undeflated {_whole(found):.0f} KiB",
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Month:
    """How long a month's exchange took, and how many bytes each commune's file has."""

    sent: Sample
    taken: Sample
    back: Sample
    sizes: list[int]
    by_hand: tuple[Sample, Sample]
    """Writing the same events by hand, and keeping them."""
    plain: list[tuple[int, int]]
    """Of each file the bytes of its events alone: deflated, and as they are."""


def _month(world: World, offices: list["_Office"], month: int) -> _Month:
    """Let every commune send, the province take it in and answer."""
    files = [office.folder / f"{month}.clbz" for office in offices]

    def send() -> None:
        for office, file in zip(offices, files, strict=True):
            office.send(file)

    def take() -> None:
        for file in files:
            taking.take(world.registry, read(file))

    def answer() -> None:
        for office in offices:
            office.answered(world)

    sent, taken, back = (timed(work) for work in (send, take, answer))
    hands = timed(lambda: [office.send_by_hand() for office in offices])
    kept = timed(lambda: [office.keep_by_hand() for office in offices])
    plain = [office.plain() for office in offices]
    for office in offices:
        office.by_hand_after = office.last()
    return _Month(
        *(sent, taken, back, [file.stat().st_size for file in files]),
        *((hands, kept), plain),
    )


class _Office:
    """A commune with a database of its own."""

    def __init__(self, commune: str, folder: Path, world: World) -> None:
        self.commune, self.folder = commune, folder
        self.registry: Registry = make_registry(
            str(folder / "clb.sqlite3"), provinces=world.registry.provinces, clock=world.clock
        )[0]
        self.world = replace(world, registry=self.registry, outcomes=[])
        self.clubs: list[str] = []
        self.officer = world.officers.for_step("open", commune, BEGINNING).id
        self.by_hand_after = 0
        """The number of the last event of each club that was kept by hand."""
        by_hand.make_database(folder / "by_hand.sqlite3")

    def last(self) -> int:
        """Return the number of every club's last event: all have as many."""
        return int(self.registry.store.rows("SELECT min(seq) FROM club")[0][0])

    def send_by_hand(self) -> None:
        """Write what is new by hand."""
        file = self.folder / "by_hand.zip"
        by_hand.write(self.folder / "clb.sqlite3", self.by_hand_after, file)

    def keep_by_hand(self) -> None:
        """Keep what was written by hand. Raises ``RuntimeError`` where nothing was."""
        if not by_hand.take(self.folder / "by_hand.sqlite3", self.folder / "by_hand.zip"):
            raise RuntimeError("nothing was kept by hand")

    def plain(self) -> tuple[int, int]:
        """Return the bytes of this month's events: deflated, and as they are."""
        data = by_hand.lines(self.folder / "clb.sqlite3", self.by_hand_after)
        return len(by_hand.packed(data)), len(data)

    def send(self, file: Path) -> None:
        """Write this month's file."""
        making.make(self.registry, Order(self.officer), file)

    def work(self, on: date, month: int) -> None:
        """Record a month's meeting of each club, and what its members paid in."""
        day = on - timedelta(days=3)
        money = {
            "kind": "contribution",
            "source": "member",
            "fund": "income",
            "amount": CONTRIBUTION,
            "document": f"PT {month + 1}",
        }
        for club in self.clubs:
            self.world.take(club, "meeting", day, {"attendance": 20 + month})
            self.world.take(club, "fund", day, money)

    def answered(self, world: World) -> None:
        """Take in what the province sends back."""
        file = self.folder / "back.clbz"
        by = world.officers.for_step("train", self.commune, BEGINNING).id
        making.make(world.registry, Order(by, to=self.commune), file)
        taking.take(self.registry, read(file))

    def require_same(self, world: World, months: int) -> None:
        """Hold this commune's clubs and their money against the province's."""
        for query in (HEADS, MONEY):
            own, other = (
                one.store.rows(query, (self.commune,)) for one in (self.registry, world.registry)
            )
            if own != other or not own:
                raise RuntimeError(f"{self.commune} does not hold what the province does")
        if [row[-1] for row in own] != [months * CONTRIBUTION] * len(self.clubs):
            raise RuntimeError(f"{self.commune} does not hold the money that was paid in")


def _office(world: World, folder: Path, number: int, clubs: int) -> _Office:
    """Begin a commune's database with the province's file, and found its clubs there."""
    commune, place = f"Xã Số {number + 1}", folder / str(number)
    place.mkdir()
    for step in ("open", "approve", "train", "meeting"):
        world.officers.for_step(step, commune, BEGINNING)
    office, start = _Office(commune, place, world), place / "start.clbz"
    by = world.officers.for_step("train", commune, BEGINNING).id
    making.make(world.registry, Order(by, to=commune, whole=True), start)
    taking.take(office.registry, read(start))
    on = BEGINNING - timedelta(days=60)
    for club in range(clubs):
        named = {"commune": commune, "village": f"Thôn {club + 1}", "name": f"CLB {number}.{club}"}
        id_ = office.world.open(on, named)
        office.world.add(id_, office.world.people(on), on)
        office.world.take(id_, "propose", on)
        office.world.take(id_, "approve", on)
        office.clubs.append(id_)
    return office


def _sizes(months: list[_Month]) -> Spread:
    return Spread.of([float(size) for month in months for size in month.sizes]).scaled(1 / 1024)


def _plain(months: list[_Month]) -> Spread:
    sizes = [float(packed) for month in months for packed, _whole in month.plain]
    return Spread.of(sizes).scaled(1 / 1024)


def _size_ratio(months: list[_Month]) -> Spread:
    return Spread.of(
        [
            size / packed
            for month in months
            for size, (packed, _whole) in zip(month.sizes, month.plain, strict=True)
        ]
    )


def _whole(months: list[_Month]) -> float:
    return (
        Spread.of([float(whole) for month in months for _packed, whole in month.plain]).median
        / 1024
    )
