"""A database of one province on a real file, with officers, a clock, and clubs led through steps.

Every step goes through the engine's own door. Whoever the policy names takes it; every warning is
given a reason, so that only what refuses a step stops it.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine import codes
from engine.errors import RefusedError
from engine.frozen import FrozenMap
from engine.labels import POSTS
from engine.lifecycle import Lifecycle, Outcome
from engine.lifecycle.registry import Registry, make_registry, open_registry
from engine.model import Level, Role, TaskKind
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.scenario.cast import Cast
from engine.scenario.filling import activities, newcomers
from engine.scenario.people import People, Person
from engine.testing.forms import form

COMMUNE, VILLAGE = "Xã Thử", "Thôn Một"
MEMBERS = 12


@dataclass(slots=True)
class Clock:
    """Noon of one day, until it is set to another."""

    day: date

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


@dataclass(slots=True)
class Stage:
    """The database, its officers, and what was done in it. ``taken`` are the steps' outcomes."""

    registry: Registry
    province: str
    clock: Clock
    cast: Cast
    taken: list[Outcome] = field(default_factory=list)
    opened: int = 0

    @property
    def rules(self) -> Rules:
        """Return the province's policy beside the general procedure."""
        return self.registry.provinces.rules(self.province)

    def under(self, provinces: Provinces) -> "Stage":
        """Return the same database and officers under other provinces."""
        store = self.registry.store
        door = Lifecycle(store, provinces, self.clock)
        registry = replace(self.registry, provinces=provinces, lifecycle=door)
        return Stage(registry, self.province, self.clock, self.cast)

    def people(self, on: date, count: int = MEMBERS) -> tuple[Person, ...]:
        """Return invented members, most of them elderly women."""
        two_thirds = count * 2 // 3
        return People(self.opened).members(
            count, on, VILLAGE, elderly=two_thirds, women=two_thirds, poor=two_thirds
        )

    def open(self, on: date, *, members: int = MEMBERS) -> str:
        """Open the file of a new club, with members and a board, and return the club's id."""
        self.opened += 1
        form = {
            "date": on.isoformat(),
            "name": f"CLB thử {self.opened}",
            "commune": COMMUNE,
            "village": VILLAGE,
        }
        door, who = self.registry.lifecycle, self.cast.for_step("open", COMMUNE, on).id
        try:
            outcome = door.open(self.province, form, officer=who)
        except RefusedError as error:
            reasons = _reasons(error)
            outcome = door.open(self.province, form, officer=who, acknowledged=reasons)
        self.taken.append(outcome)
        if members:
            people = self.people(on, members)
            counted = {"added": members, "changed": 0, "left": 0}
            self.take(outcome.club, "roster", on, counted, prepare=newcomers(people))
            names = (one.name for one in people)
            self.take(outcome.club, "set_board", on, dict(zip(POSTS, names, strict=False)))
        return outcome.club

    def take(
        self,
        club: str,
        step: str,
        on: date,
        changes: Mapping[str, Any] | None = None,
        *,
        role: Role | None = None,
        **how: Any,
    ) -> Outcome:
        """Take a step with a complete form, with a reason for every warning.

        A field changed to ``None`` is left out. Raises what the door raises.
        """
        form = self.form(step, on, changes)
        who = self.cast.for_step(step, COMMUNE, on, role).id
        door = self.registry.lifecycle
        try:
            outcome = door.advance(club, step, form, officer=who, **how)
        except RefusedError as error:
            reasons = _reasons(error)
            outcome = door.advance(club, step, form, officer=who, acknowledged=reasons, **how)
        self.taken.append(outcome)
        return outcome

    def form(self, step: str, on: date, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the form of a step that happens on a day, some fields changed by dotted path."""
        own: dict[str, Any] = {}
        if step in ("supervise", "meeting"):
            own["activities"] = activities(self.rules, on)
        if step == "review":
            own["year"] = on.year
        if step == "train":
            own |= {"course.start": on.isoformat(), "course.days": 1}
        return form(step, on, {**own, **(changes or {})})

    def grant(self, club: str, on: date, changes: Mapping[str, Any] | None = None) -> Outcome:
        """Record the establishment grant as the policy states it for a day."""
        return self.take(club, "fund", on, {**grant_form(self.rules, on), **(changes or {})})


def grant_form(rules: Rules, on: date) -> dict[str, Any]:
    """Return what a fund record says of the establishment grant; empty where none is stated."""
    stated = rules.stated("grant.establishment", on)
    if stated.status != "value":
        return {}
    extra: FrozenMap = stated.extra
    return {
        "kind": "grant",
        "source": extra.get("funds_source", "province_budget"),
        "fund": extra.get("fund_named", "operating"),
        "amount": stated.value,
        "document": f"UNC {on}",
        "resolution": "Nghị quyết của HĐND tỉnh",
    }


def interval(rules: Rules, kind: TaskKind, on: date) -> timedelta:
    """Return about how long lies between two supervisions or reviews."""
    rule = rules.rule(f"{kind.value}.interval_months", on)
    return timedelta(days=31 * (int(rule.value) if rule else 6))


@contextlib.contextmanager
def stage(
    folder: Path, name: str, provinces: Provinces, province: str, today: date
) -> Iterator[Stage]:
    """Make an empty database of a province, and close it at the end."""
    path, clock = folder / f"{name}.sqlite3", Clock(today)
    path.write_bytes(_empty())
    registry = open_registry(str(path), provinces=provinces, clock=clock)
    try:
        cast = Cast(registry.province, provinces, province, People(1), today)
        yield Stage(registry, province, clock, cast)
    finally:
        registry.store.close()


@cache
def _empty() -> bytes:
    """Return a database without a record, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        registry, _made = make_registry(str(path))
        registry.store.close()
        return path.read_bytes()


def _reasons(error: RefusedError) -> dict[str, str]:
    """Return a reason for every warning; raises the error again when something else refuses."""
    if error.code != codes.NOT_ACKNOWLEDGED:
        raise error
    return {one.code: "đã biết" for one in error.findings if one.level is Level.WARN}
