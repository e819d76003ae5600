"""A province with officers in every commune, and clubs that live as a test says.

Every step goes through the real lifecycle; whoever the policy names takes it, and every warning is
given a reason.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from support.core import Clock
from support.step_forms import form

from engine.errors import RefusedError
from engine.lifecycle.people import NewMember, RosterWork
from engine.lifecycle.registry import Registry, make_registry, open_registry
from engine.model import Level, Officer, Role
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.reports.progress import GoalRow, progress
from engine.states import step as find_step
from engine.store.database import Store

DAY = timedelta(days=1)
COMMUNE = "xã Một"
TOWN = "tinh"
Changes = Mapping[str, Any]
_SEEDS: dict[str, bytes] = {}


@dataclass
class Land:
    """A registry of one province."""

    registry: Registry
    province: str
    clock: Clock
    opened: int = 0
    officers: set[str] = field(default_factory=set)

    @property
    def store(self) -> Store:
        return self.registry.store

    @property
    def rules(self) -> Rules:
        return self.registry.provinces.rules(self.province)

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
        members: Sequence[NewMember] = (),
        trained: date | None = None,
        launched: date | None = None,
        launch: Changes | None = None,
    ) -> str:
        """Return a new club, taken as far as the days given lead."""
        self.opened += 1
        opened = (decided or self.clock.day) - 10 * DAY
        named = {"name": f"CLB {self.opened}", "commune": commune, "village": village}
        who = self._officer("open", opened, commune)
        club = self.registry.lifecycle.open(
            self.province, form("open", opened, named), officer=who
        ).club
        if members:
            self.add(club, members, opened)
        if decided is None:
            return club
        self.take(club, "propose", decided - 5 * DAY)
        self.take(club, "approve", decided)
        if trained is not None:
            self.take(
                club, "train", trained, {"course.start": trained.isoformat(), "course.days": 1}
            )
        if launched is not None:
            self.take(club, "launch", launched, launch)
        return club

    def add(self, club: str, members: Sequence[NewMember], on: date) -> None:
        """Put members on a club's list."""
        self.take(club, "roster", on, prepare=RosterWork(added=members))

    def take(
        self,
        club: str,
        step: str,
        on: date,
        changes: Changes | None = None,
        *,
        like: str | None = None,
        **how: Any,
    ) -> None:
        """Take a step on a day, with a reason for every warning.

        ``like`` is the step whose officer takes it: who made a record corrects it.
        """
        commune = self.registry.lifecycle.club(club).commune
        who = self._officer(like or step, on, commune)
        filled = form(step, on, changes)
        advance = self.registry.lifecycle.advance
        try:
            advance(club, step, filled, officer=who, **how)
        except RefusedError as error:
            if error.code != "CLB-NOT-ACKNOWLEDGED":
                raise
            warned = [one.code for one in error.findings if one.level is Level.WARN]
            ack = dict.fromkeys(warned, "đã biết")
            advance(club, step, filled, officer=who, acknowledged=ack, **how)

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

    def _officer(self, step: str, on: date, commune: str) -> str:
        stated = self.rules.stated(f"roles.{step}", on)
        role = Role(stated.value[0]) if stated.status == "value" else find_step(step).roles[0]
        if role in (Role.PROVINCE, Role.ADMIN):
            return TOWN
        duty = "b" if step == "approve" else "a"
        id_ = f"{role.value}_{duty}_{commune}".replace(" ", "_")
        if id_ not in self.officers:
            self.officers.add(id_)
            self.registry.province.add_officer(
                Officer(id_, id_, role, self.province, commune), by=TOWN
            )
        return id_


@contextmanager
def land(
    folder: Path, province: str, today: date, provinces: Provinces | None = None
) -> Iterator[Land]:
    """Make a province's registry with an administrator and an officer of the province."""
    path, clock = folder / f"{province}.sqlite3", Clock(today)
    if provinces is None and province in _SEEDS:
        path.write_bytes(_SEEDS[province])
    else:
        registry, _made = make_registry(str(path), provinces=provinces, clock=clock)
        for role in (Role.ADMIN, Role.PROVINCE):
            first = not registry.province.officers()
            new = Officer(TOWN, "Hội tỉnh", role, province)
            registry.province.add_officer(new, by=None if first else TOWN)
        registry.store.close()
        if provinces is None:
            _SEEDS[province] = path.read_bytes()
    registry = open_registry(str(path), provinces=provinces, clock=clock)
    try:
        yield Land(registry, province, clock)
    finally:
        registry.store.close()


def people(*born: str, sex: str = "F", circumstance: str | None = None) -> list[NewMember]:
    """Return members born then, each with a name of their own."""
    return [
        NewMember(f"Nguyễn Thị {place}{year.replace('-', '')}", sex, year, circumstance)
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
        figures = {"borrowers": chance.randrange(4), "income_fund_balance": chance.randrange(9)}
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
