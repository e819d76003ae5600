"""A province whose clubs live as a test wants, and many clubs with lives that differ."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.people import Member
from engine.model import Officer, Role
from engine.provinces.load import Provinces
from engine.reports.progress import GoalRow, progress
from engine.scenario.forms import Changes
from engine.scenario.world import StillClock, World, open_world
from engine.store.database import Store

DAY = timedelta(days=1)
COMMUNE = "xã Một"
TOWN = "tinh"


@dataclass
class Land(World):
    """A world with the rows that the reports make of it."""

    clock: StillClock

    @property
    def store(self) -> Store:
        return self.registry.store

    def rows(self, on: date) -> list[GoalRow]:
        """Return the province's progress on a day."""
        return progress(self.store, self.rules, self.province, on)

    def row(self, goal: str, on: date, period: str | None = None) -> dict[str, Any]:
        """Return one goal's row, of one period where it has several."""
        found = [
            row.data()
            for row in self.rows(on)
            if row.goal.id == goal and period in (None, row.goal.period)
        ]
        assert len(found) == 1, [one["period"] for one in found]
        return found[0]

    def club(
        self,
        decided: date | None = None,
        *,
        commune: str = COMMUNE,
        village: str = "Thôn Đông",
        members: Sequence[Member] = (),
        trained: date | None = None,
        launched: date | None = None,
        launch: Changes | None = None,
    ) -> str:
        """Return a new club, taken as far as the days given lead."""
        opened = (decided or self.clock.day) - 10 * DAY
        club = self.open(opened, {"commune": commune, "village": village})
        if members:
            self.add(club, members, opened)
        if decided is None:
            return club
        self.take(club, "propose", decided - 5 * DAY)
        self.take(club, "approve", decided)
        if trained is not None:
            self.take(club, "train", trained)
        if launched is not None:
            self.take(club, "launch", launched, launch)
        return club

    def take(
        self,
        club: str,
        step: str,
        on: date,
        changes: Changes | None = None,
        *,
        like: str | None = None,
        **how: Any,
    ) -> Outcome:
        """Take a step; ``like`` is the step whose officer takes it, who corrects what it did."""
        if like is not None:
            commune = self.registry.lifecycle.club(club).commune
            how["officer"] = self.officers.for_step(like, commune, on).id
        return super().take(club, step, on, changes, **how)

    def grant(self, club: str, on: date, amount: int = 100_000_000, **changes: Any) -> None:
        """Record a grant from the province's budget."""
        entry = {
            "kind": "grant",
            "source": "province_budget",
            "amount": amount,
            "document": f"UNC {club} {on}",
            "resolution": "NQ 05",
        }
        self.take(club, "fund", on, {**entry, **changes})


@contextmanager
def land(
    folder: Path, province: str, today: date, provinces: Provinces | None = None
) -> Iterator[Land]:
    """Make a province's registry with an administrator who is an officer of the province too."""
    with open_world(folder, province, today, provinces=provinces) as world:
        for role in (Role.ADMIN, Role.PROVINCE):
            officer = Officer(TOWN, "Hội tỉnh", role, province)
            world.registry.officers.add(officer, by=world.officers.admin)
        yield Land(world.registry, province, world.officers, world.clock)


def people(*born: str, sex: str = "F", circumstance: str | None = None) -> list[Member]:
    """Return members born then, each with a name of their own."""
    return [
        Member(f"Nguyễn Thị {place}{year.replace('-', '')}", sex, year, circumstance)
        for place, year in enumerate(born)
    ]


def scatter(here: Land, clubs: int, seed: int) -> None:
    """Fill a province with lives that differ: some dissolved, suspended, never supervised ...

    All in one transaction, which is quicker than one a step.
    """
    with here.store.write():
        _scatter(here, clubs, random.Random(seed))


def _scatter(here: Land, clubs: int, chance: random.Random) -> None:
    start = date(2020, 3, 1)
    for number in range(clubs):
        decided = start + chance.randrange(900) * DAY
        here.clock.day = date(2024, 6, 30)
        elderly = chance.randrange(1, 6)
        born = [f"{1940 + chance.randrange(20)}" for _each in range(elderly)]
        born += [f"{1963 + chance.randrange(30)}-05-02" for _each in range(chance.randrange(4))]
        members = people(*born, sex=chance.choice("FM"), circumstance=chance.choice((None, "poor")))
        trained = decided + 20 * DAY if chance.random() < 0.8 else None
        launched = decided + 40 * DAY if chance.random() < 0.9 else None
        funds = chance.choice((["income", "operating"], ["income"], ["income", "operating"]))
        club = here.club(
            decided if chance.random() < 0.9 else None,
            commune=f"xã {number % 7}",
            village=f"Thôn {number % 3}",
            members=members,
            trained=trained,
            launched=launched,
            launch={"funds_opened": funds, "charter_adopted": chance.random() < 0.9},
        )
        _later(here, club, chance, decided, launched)


def _given(here: Land, club: str, chance: random.Random, decided: date) -> None:
    """Put gifts into both funds, some of them taken back."""
    for _each in range(chance.randrange(3)):
        on = decided + chance.randrange(10, 300) * DAY
        entry = {
            "kind": "contribution",
            "source": chance.choice(("donor", "member", "socialised")),
            "fund": chance.choice(("income", "operating")),
            "amount": 1_000 * chance.randrange(1, 900),
            "document": f"PT {on}",
        }
        here.take(club, "fund", on, entry)
        if chance.random() < 0.2:
            back = {**entry, "kind": "reversal", "document": f"PC {on}"}
            here.take(club, "fund", on + chance.randrange(9) * DAY, back)


def _later(
    here: Land, club: str, chance: random.Random, decided: date, launched: date | None
) -> None:
    if here.registry.lifecycle.club(club).decided_on is None:
        return
    if chance.random() < 0.5:
        here.grant(club, decided + chance.randrange(30, 400) * DAY)
    _given(here, club, chance, decided)
    if launched is None or here.registry.lifecycle.club(club).launched_on is None:
        return
    on = launched
    for _each in range(chance.randrange(4)):
        on += 184 * DAY
        borrowers, held = chance.randrange(4), chance.randrange(9)
        figures: dict[str, Any] = {"borrowers": borrowers, "income_fund_balance": held}
        if held == 0:
            figures["activities"] = ["health_care", "culture_sport"]
        here.take(club, "supervise", on, figures)
    if chance.random() < 0.6:
        on += 3 * DAY
        here.take(club, "review", on, {"year": on.year, "well_run": chance.random() < 0.7})
    ending = chance.random()
    if ending < 0.15:
        here.take(club, "dissolve", on + 20 * DAY)
    elif ending < 0.3:
        here.take(club, "suspend", on + 20 * DAY)
        if ending < 0.2:
            here.take(club, "resume", on + 60 * DAY)
