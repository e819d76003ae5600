"""The first twelve steps of a club's life in Bắc Ninh, as forms: what the benches play."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from engine.clock import Clock, now
from engine.labels import POSTS
from engine.lifecycle.people import Member, RosterWork
from engine.lifecycle.registry import Registry, make_registry, open_registry
from engine.model import Officer, Role
from engine.scenario.forms import Changes, form
from engine.scenario.people import People

PROVINCE = "bac_ninh"
COMMUNE, VILLAGE = "phường Đình Bảng", "Khu phố Đông"
ADMIN, ASSOCIATION, COMMITTEE, TOWN = "quan_tri", "hoi_nct", "ubnd", "hoi_tinh"
YEARS = (2021, 2022, 2023)
"""Years in which clubs are opened, so that their lives end inside the policy's period."""
REASONS = {
    "CLB-BUDGET-YEAR": "ngoài kế hoạch kinh phí của năm",
    "CLB-BUDGET-TOTAL": "ngoài kế hoạch kinh phí của cả giai đoạn",
}
"""More clubs are opened than the budget pays for; the warnings are given these reasons."""
MEMBERS, ELDERLY = 70, 49
"""A make-up that no finding speaks against."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who takes it, when (month, day, years after the opening) and its form.

    ``changes`` are made to an ordinary form; a name, a decision, a course and a board follow
    from the club's year and number.
    """

    name: str
    officer: str
    month: int
    day: int
    later: int = 0
    changes: Changes = field(default_factory=dict)

    def at(self, commune: int) -> "Step":
        """Return the step as it is taken in one of several communes, by who works there."""
        if commune == 0 or self.officer not in (ASSOCIATION, COMMITTEE):
            return self
        here = {"commune": commune_name(commune)} if self.name == "open" else {}
        officer = officer_of(self.officer, commune)
        return replace(self, officer=officer, changes={**self.changes, **here})

    def filled(self, year: int, number: int) -> dict[str, Any]:
        """Return the form of a club opened in ``year``; ``number`` makes its name its own."""
        on = date(year + self.later, self.month, self.day)
        own: dict[str, Any] = {}
        if self.name == "open":
            own = {"name": f"CLB Liên thế hệ {number}"}
        elif self.name == "approve":
            own = {"decision.number": f"{number + 1:02}/QĐ-UBND"}
        elif self.name == "train":
            own = {"course.start": date(year, 9, 14).isoformat()}
        elif self.name == "set_board":
            own = dict(zip(POSTS, (one.name for one in people()), strict=False))
        return form(self.name, on, {**self.changes, **own})


SUPERVISION = {
    "inspector": "Phạm Thị Soát",
    "meetings_held": 6,
    "activities": ["health_care", "culture_sport"],
    "operating_fund_balance": 100_000_000,
    "borrowers": 40,
    "conclusion": "pass",
}
GRANT = {
    "kind": "grant",
    "source": "province_budget",
    "amount": 100_000_000,
    "document": "UNC 12",
    "resolution": "NQ 05/NQ-HĐND",
}
LIFE = (
    Step("open", ASSOCIATION, 8, 2, 0, {"commune": COMMUNE, "village": VILLAGE}),
    Step("roster", ASSOCIATION, 8, 2, 0, {"added": MEMBERS}),
    Step("set_board", ASSOCIATION, 8, 2),
    Step("propose", ASSOCIATION, 8, 10),
    Step("approve", COMMITTEE, 9, 1),
    Step("train", TOWN, 9, 15, 0, {"course.days": 2}),
    Step("launch", ASSOCIATION, 10, 1, 0, {"place": "Nhà văn hóa khu phố"}),
    Step("fund", TOWN, 10, 15, 0, GRANT),
    Step("meeting", ASSOCIATION, 12, 1),
    Step("supervise", TOWN, 4, 1, 1, SUPERVISION),
    Step("supervise", TOWN, 10, 3, 1, SUPERVISION),
    Step("review", TOWN, 10, 5, 1),
)


def commune_name(number: int) -> str:
    """Return the name of one of several communes."""
    return COMMUNE if number == 0 else f"xã Số {number}"


def officer_of(officer: str, commune: int) -> str:
    """Return who holds the same office in one of several communes."""
    return officer if commune == 0 else f"{officer}_{commune}"


@cache
def people() -> tuple[Member, ...]:
    """Return the invented members, the same for every club."""
    return People(1).members(MEMBERS, date(2021, 8, 2), VILLAGE, elderly=ELDERLY, women=35, poor=12)


def ready(path: Path, communes: int = 1) -> Path:
    """Make a database with the officers of some communes and nothing else; return its path."""
    made(str(path), communes=communes).store.close()
    return path


def made(address: str, clock: Clock = now, communes: int = 1) -> Registry:
    """Make a database at an address with the officers of some communes and nothing else."""
    registry, _made = make_registry(address, clock=clock)
    of_communes = [
        (officer_of(office, number), role, commune_name(number))
        for number in range(communes)
        for office, role in ((ASSOCIATION, Role.ASSOCIATION), (COMMITTEE, Role.COMMITTEE))
    ]
    for id_, role, commune in (
        (ADMIN, Role.ADMIN, None),
        (TOWN, Role.PROVINCE, None),
        *of_communes,
    ):
        by = None if role is Role.ADMIN else ADMIN
        registry.officers.add(Officer(id_, f"Cán bộ {id_}", role, PROVINCE, commune), by=by)
    return registry


def opened(path: Path) -> Registry:
    """Open the engine's registry on a database that is there."""
    return open_registry(str(path))


def take(registry: Registry, club: str | None, step: Step, filled: dict[str, Any]) -> str:
    """Take one step of the life through the engine's lifecycle; return the club's id."""
    if club is None:
        return registry.lifecycle.open(
            PROVINCE, filled, officer=step.officer, acknowledged=REASONS
        ).club
    prepare = RosterWork(people()) if step.name == "roster" else None
    registry.lifecycle.advance(
        club, step.name, filled, officer=step.officer, acknowledged=REASONS, prepare=prepare
    )
    return club
