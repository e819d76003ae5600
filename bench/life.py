"""The first twelve steps of a club's life in Bắc Ninh, as forms: what the benches play."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from engine.lifecycle.people import NewMember, RosterWork
from engine.lifecycle.registry import Registry, make_registry, open_registry
from engine.model import Officer, Role
from engine.scenario.people import People

PROVINCE = "bac_ninh"
COMMUNE = "phường Đình Bảng"
ADMIN, ASSOCIATION, COMMITTEE, TOWN = "quan_tri", "hoi_nct", "ubnd", "hoi_tinh"
YEARS = (2021, 2022, 2023)
"""Years in which clubs are opened, so that their lives end inside the policy's period."""
REASONS = {"CLB-BUDGET-YEAR": "ngoài kế hoạch kinh phí của năm"}
"""More clubs are opened in a year than its budget pays for; the warning is given this reason."""
MEMBERS, ELDERLY = 70, 49
"""A make-up that no finding speaks against."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who takes it, when (month, day, years after the opening) and its form."""

    name: str
    officer: str
    month: int
    day: int
    later: int
    happened_on: str
    form: Mapping[str, Any]

    def filled(self, year: int, number: int) -> dict[str, Any]:
        """Return the form of a club opened in ``year``; ``number`` makes its name its own."""
        form = deepcopy(dict(self.form))
        parent, _, last = self.happened_on.rpartition(".")
        there = form.setdefault(parent, {}) if parent else form
        there[last] = date(year + self.later, self.month, self.day).isoformat()
        if self.name == "open":
            form["name"] = f"CLB Liên thế hệ {number}"
        elif self.name == "train":
            form["course"]["start"] = date(year, 9, 14).isoformat()
        elif self.name == "review":
            form["year"] = year + self.later
        elif self.name == "set_board":
            names = [one.name for one in people()]
            form |= dict(zip(("chair", "vice", "secretary", "treasurer"), names, strict=False))
        return form


SUPERVISION = {
    "inspector": "Phạm Thị Soát",
    "meetings_held": 6,
    "activities": ["health_care", "culture_sport"],
    "income_fund_balance": 20_000_000,
    "operating_fund_balance": 98_000_000,
    "borrowers": 40,
    "conclusion": "pass",
}
LIFE = (
    Step("open", ASSOCIATION, 8, 2, 0, "date", {"commune": COMMUNE, "village": "Khu phố Đông"}),
    Step("roster", ASSOCIATION, 8, 2, 0, "date", {"added": MEMBERS, "changed": 0, "left": 0}),
    Step("set_board", ASSOCIATION, 8, 2, 0, "date", {}),
    Step(
        "propose",
        ASSOCIATION,
        8,
        10,
        0,
        "submission.date",
        {"submission": {"number": "01/TTr-HNCT"}},
    ),
    Step(
        "approve",
        COMMITTEE,
        9,
        1,
        0,
        "decision.date",
        {
            "appraisal": dict.fromkeys(
                ("conditions", "criteria", "organisation", "personnel", "finance"), "met"
            ),
            "decision": {"number": "05/QĐ-UBND", "signer": "Lê Văn Ký", "title": "Chủ tịch"},
        },
    ),
    Step(
        "train",
        TOWN,
        9,
        15,
        0,
        "date",
        {"course": {"kind": "initial", "days": 2, "attendees": 5}},
    ),
    Step(
        "launch",
        ASSOCIATION,
        10,
        1,
        0,
        "date",
        {
            "place": "Nhà văn hóa khu phố",
            "attendance": 80,
            "charter_adopted": True,
            "funds_opened": ["income", "operating"],
        },
    ),
    Step(
        "fund",
        TOWN,
        10,
        15,
        0,
        "date",
        {
            "kind": "grant",
            "source": "province_budget",
            "fund": "operating",
            "amount": 100_000_000,
            "document": "UNC 12",
            "resolution": "NQ 05/NQ-HĐND",
        },
    ),
    Step(
        "meeting",
        ASSOCIATION,
        12,
        1,
        0,
        "date",
        {"attendance": 50, "activities": ["culture_sport"]},
    ),
    Step("supervise", TOWN, 4, 1, 1, "date", SUPERVISION),
    Step("supervise", TOWN, 10, 3, 1, "date", SUPERVISION),
    Step(
        "review",
        TOWN,
        10,
        5,
        1,
        "date",
        {"result": "pass", "by_regulation": True, "well_run": True},
    ),
)


@cache
def people() -> tuple[NewMember, ...]:
    """Return the invented members, the same for every club."""
    found = People(1).members(
        MEMBERS, date(2021, 8, 2), "Khu phố Đông", elderly=ELDERLY, women=35, poor=12
    )
    return tuple(
        NewMember(
            one.name, one.sex, one.born, one.circumstance, one.village, one.id_number, one.phone
        )
        for one in found
    )


def ready(path: Path) -> Path:
    """Make a database with the officers of one commune and nothing else; return its path."""
    registry, _made = make_registry(str(path))
    for id_, role, commune in (
        (ADMIN, Role.ADMIN, None),
        (ASSOCIATION, Role.ASSOCIATION, COMMUNE),
        (COMMITTEE, Role.COMMITTEE, COMMUNE),
        (TOWN, Role.PROVINCE, None),
    ):
        by = None if role is Role.ADMIN else ADMIN
        registry.province.add_officer(Officer(id_, f"Cán bộ {id_}", role, PROVINCE, commune), by=by)
    registry.store.close()
    return path


def opened(path: Path) -> Registry:
    """Open the engine's registry on a database that is there."""
    return open_registry(str(path))


def take(registry: Registry, club: str | None, step: Step, form: dict[str, Any]) -> str:
    """Take one step of the life through the engine's door; return the club's id."""
    if club is None:
        return registry.lifecycle.open(
            PROVINCE, form, officer=step.officer, acknowledged=REASONS
        ).club
    prepare = RosterWork(people()) if step.name == "roster" else None
    registry.lifecycle.advance(
        club, step.name, form, officer=step.officer, acknowledged=REASONS, prepare=prepare
    )
    return club
