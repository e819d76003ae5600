"""A registry of one province in which whoever the policy names takes each step.

Every step goes through the real lifecycle; every warning is given a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from engine import codes
from engine.errors import RefusedError
from engine.lifecycle.people import NewMember, RosterWork
from engine.lifecycle.registry import Registry, make_registry
from engine.model import Level, Officer, Role
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.states import step as find_step
from engine.testing.forms import form

TOWN = "tinh"
REASON = "đã biết"


@dataclass
class StillClock:
    """Noon of one day."""

    day: date

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


@dataclass
class Village:
    """A registry of one province, with officers made when they are first needed."""

    registry: Registry
    province: str
    clock: StillClock
    opened: int = 0
    officers: set[str] = field(default_factory=set)

    @property
    def rules(self) -> Rules:
        """What the province's policy says, beside the general procedure."""
        return self.registry.provinces.rules(self.province)

    def add(self, club: str, members: Sequence[NewMember], on: date) -> None:
        """Put members on a club's list."""
        self.take(club, "roster", on, prepare=RosterWork(added=members))

    def take(
        self,
        club: str,
        step: str,
        on: date,
        changes: Mapping[str, Any] | None = None,
        **how: Any,
    ) -> None:
        """Take a step on a day, with a reason for every warning. Raises ``RefusedError``."""
        commune = self.registry.lifecycle.club(club).commune
        who = self.officer_of(step, on, commune)
        filled = form(step, on, changes)
        advance = self.registry.lifecycle.advance
        try:
            advance(club, step, filled, officer=who, **how)
        except RefusedError as error:
            advance(club, step, filled, officer=who, acknowledged=_reasons(error), **how)

    def open(self, filled: Mapping[str, Any], who: str) -> str:
        """Open a club's file, with a reason for every warning, and return the club's id."""
        door = self.registry.lifecycle
        try:
            outcome = door.open(self.province, filled, officer=who)
        except RefusedError as error:
            reasons = _reasons(error)
            outcome = door.open(self.province, filled, officer=who, acknowledged=reasons)
        return outcome.club

    def officer_of(self, step: str, on: date, commune: str) -> str:
        """Return an officer who may take a step in a commune on a day, as the policy says."""
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


def _reasons(error: RefusedError) -> dict[str, str]:
    """Return a reason for every warning; raises the error again when something else refuses."""
    if error.code != codes.NOT_ACKNOWLEDGED:
        raise error
    return {one.code: REASON for one in error.findings if one.level is Level.WARN}


@contextmanager
def village(
    folder: Path, province: str, today: date, provinces: Provinces | None = None
) -> Iterator[Village]:
    """Make a province's registry with an administrator and an officer of the province."""
    clock = StillClock(today)
    path = str(folder / f"{province}.sqlite3")
    registry, _made = make_registry(path, provinces=provinces, clock=clock)
    try:
        for role in (Role.ADMIN, Role.PROVINCE):
            first = not registry.province.officers()
            new = Officer(TOWN, "Hội tỉnh", role, province)
            registry.province.add_officer(new, by=None if first else TOWN)
        yield Village(registry, province, clock)
    finally:
        registry.store.close()
