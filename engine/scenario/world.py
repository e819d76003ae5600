"""A database of one province with its officers, where steps are taken by whom the policy names.

Every step goes through the engine's own lifecycle, with an ordinary form and, unless the caller
has reasons of its own, with a reason for every warning: only what refuses a step stops it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine import codes
from engine.clock import Clock, now
from engine.errors import RefusedError
from engine.frozen import EMPTY
from engine.labels import POSTS
from engine.lifecycle.lifecycle import Lifecycle, Outcome
from engine.lifecycle.people import Member, RosterWork
from engine.lifecycle.registry import Registry, make_registry, open_registry
from engine.lifecycle.situation import people_of
from engine.model import COMMUNE_ROLES, Event, Level, Officer, Role, balance_field
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.reports import clubs, money
from engine.reports.commune_names import CommuneNames
from engine.rules import own
from engine.rules.communes import Unit
from engine.rules.unit_classes import DISTRICTS_KEY, UnitClasses
from engine.scenario.forms import Changes, activities, form, own_fields
from engine.scenario.people import People
from engine.states import guards
from engine.states import step as find_step
from engine.vietnamese.text import bare

COMMUNE, VILLAGE, DISTRICT = "Xã Một", "Thôn Một", "Huyện Một"
MEMBERS = 12
REASON = "đã biết"
ADMIN = "quan-tri"
CHAIR = "chu-tich"
PREFIXES = {
    Role.ASSOCIATION: "hoi",
    Role.COMMITTEE: "ubnd",
    Role.DISTRICT: "huyen",
    Role.PROVINCE: "tinh",
}
SIGNED = frozenset({"approve", "return", "reject"})
"""Steps that a committee's chair takes: who decides is not who prepares, its clerk does that."""


@dataclass(slots=True)
class StillClock:
    """Noon of one day, until it is set to another."""

    day: date

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


LONG_AGO = date(2000, 1, 1)
"""Invented officers are in office before every story begins."""


class Unsigned:
    """The keys of invented officers, who have none: no step is refused for want of a signature."""

    def ready(self, officer: str) -> None:
        """Ask for nothing."""

    def signs(self, officer: str) -> bool:
        """Return true: a province that asks for signatures asks people, not invented ones."""
        del officer
        return True

    def sign(self, event: Event, province: str) -> None:
        """Sign nothing."""


class Officers:
    """The officers of one province, with invented names, added when they are first needed."""

    def __init__(self, registry: Registry, province: str, people: People, day: date) -> None:
        self._registry = registry
        registry.store.signing = registry.store.signing or Unsigned()
        self._service = registry.officers
        self._provinces = registry.provinces
        self._province = province
        self._people = people
        self._day = day
        self._added: dict[str, Officer] = {}
        self.admin = f"{ADMIN}-{province.replace('_', '-')}"
        first = next((one.id for one in self._service.everybody() if one.role is Role.ADMIN), None)
        self._add(self.admin, Role.ADMIN, None, by=first)

    def for_step(
        self,
        step: str,
        commune: str,
        on: date,
        role: Role | None = None,
        form: Mapping[str, Any] = EMPTY,
    ) -> Officer:
        """Return who takes a step in a commune on a day: of the policy's role, or of ``role``.

        ``form`` is the step's, where it matters who takes it with that form.
        """
        chosen = role or self.role(step, on, form)
        if chosen is Role.ADMIN:
            return self._added[self.admin]
        where = commune if chosen in COMMUNE_ROLES else None
        if chosen is Role.DISTRICT:
            where = self._district(commune, on)
        prefix = CHAIR if chosen is Role.COMMITTEE and step in SIGNED else PREFIXES[chosen]
        id_ = f"{prefix}-{slug(where or self._province)}"
        if id_ not in self._added:
            self._add(id_, chosen, where, by=self.admin)
        return self._added[id_]

    def _district(self, commune: str, on: date) -> str:
        """Return the district of a commune; one that nothing names is loaded, as a list would."""
        units = CommuneNames(self._registry.store, self._province, on).units
        rules = self._provinces.rules(self._province)
        found = UnitClasses(rules, units, on).district(commune)
        if found is None:
            kind = commune.partition(" ")[0].lower()
            unit = Unit(slug(commune), commune, kind, self._province, LONG_AGO, parent=DISTRICT)
            self._registry.province.import_units(self._province, [unit], by=self.admin)
        return found or DISTRICT

    def role(self, step: str, on: date, form: Mapping[str, Any] = EMPTY) -> Role:
        """Return the role that takes a step on a day, as the policy or else the engine has it."""
        rules, taken = self._provinces.rules(self._province), find_step(step)
        roles, _source = guards.allowed_roles(taken, rules, on)
        own = taken.narrowed(form, rules, on) if taken.narrowed else ()
        return next((one for one in own if one in roles), roles[0])

    def give(self, officer: Officer, role: Role, commune: str) -> None:
        """Give an officer a second role."""
        where = commune if role in COMMUNE_ROLES else None
        second = replace(officer, role=role, commune=where)
        self._service.add(second, by=self.admin)

    def _add(self, id_: str, role: Role, commune: str | None, *, by: str | None) -> None:
        woman = len(self._added) % 2 == 1
        person = self._people.person(
            self._day, elderly=False, woman=woman, circumstance=None, village=""
        )
        officer = Officer(id_, person.name, role, self._province, commune, since=LONG_AGO)
        self._service.add(officer, by=by)
        self._added[id_] = officer


@dataclass
class World:
    """A registry with one province's officers. ``outcomes`` are those of the steps taken in it."""

    registry: Registry
    province: str
    officers: Officers
    clock: Clock = now
    outcomes: list[Outcome] = field(default_factory=list)
    opened: int = 0

    @property
    def rules(self) -> Rules:
        """Return the province's policy with the general procedure."""
        return self.registry.provinces.rules(self.province)

    def under(self, provinces: Provinces) -> "World":
        """Return the same database and officers under other provinces."""
        lifecycle = Lifecycle(self.registry.store, provinces, self.clock)
        registry = replace(self.registry, provinces=provinces, lifecycle=lifecycle)
        return World(registry, self.province, self.officers, self.clock)

    def people(self, on: date, count: int = MEMBERS) -> tuple[Member, ...]:
        """Return invented members, most of them elderly women."""
        most = count * 2 // 3
        return People(self.opened).members(count, on, VILLAGE, elderly=most, women=most, poor=most)

    def open(self, on: date, changes: Changes | None = None, **how: Any) -> str:
        """Open the file of a new club and return its id; ``how`` is what ``take`` has."""
        self.opened += 1
        named = {"name": f"CLB {self.opened}", "commune": self.commune(on), "village": VILLAGE}
        return self._take(None, "open", on, {**named, **(changes or {})}, **how).club

    def commune(self, on: date) -> str:
        """Return an ordinary commune: the first that the documents place in a district that day."""
        stated = self.rules.stated(DISTRICTS_KEY, on)
        return str(stated.value[0]["communes"][0]) if stated.status == "value" else COMMUNE

    def found(self, on: date, *, members: int = MEMBERS) -> str:
        """Open the file of a new club with members and a board, and return its id."""
        club = self.open(on)
        if members:
            people = self.people(on, members)
            self.add(club, people, on)
            names = (one.name for one in people)
            self.take(club, "set_board", on, dict(zip(POSTS, names, strict=False)))
        return club

    def add(self, club: str, members: Sequence[Member], on: date, **how: Any) -> Outcome:
        """Put members on a club's list; ``how`` is what ``take`` has."""
        work = RosterWork(added=members)
        return self.take(club, "roster", on, {"added": len(members)}, prepare=work, **how)

    def take(
        self, club: str, step: str, on: date, changes: Changes | None = None, **how: Any
    ) -> Outcome:
        """Take a step of a club that happens on a day.

        The form is an ordinary one with ``changes``. ``officer`` (an id) or else ``role`` is who
        takes the step, by default whom the policy names. ``reasons`` by finding code acknowledge
        warnings, by default every one; a step with ``role`` or ``dry_run`` does as any other. What
        remains is for ``Lifecycle.advance``, which raises what refuses the step.
        """
        return self._take(club, step, on, changes, **how)

    def _take(
        self,
        club: str | None,
        step: str,
        on: date,
        changes: Changes | None,
        *,
        officer: str | None = None,
        role: Role | None = None,
        reasons: Mapping[str, str] | None = None,
        **how: Any,
    ) -> Outcome:
        lifecycle = self.registry.lifecycle
        if club is not None and not how.get("dry_run") and reasons is None:
            self.lead_up(club, step, on)
        filled = self.form(step, on, changes, club)
        commune = filled["commune"] if club is None else lifecycle.club(club).commune
        who = officer or self.officers.for_step(step, commune, on, role, filled).id

        def attempt(acknowledged: Mapping[str, str] | None) -> Outcome:
            given = {"officer": who, "acknowledged": acknowledged, **how}
            if club is None:
                return lifecycle.open(self.province, filled, **given)
            return lifecycle.advance(club, step, filled, **given)

        outcome = attempt(reasons) if reasons is not None else acknowledging(attempt)
        self.outcomes.append(outcome)
        return outcome

    def lead_up(self, club: str, step: str, on: date) -> None:
        """Record what the province's documents put before a step, where it is not recorded yet."""
        before = [one for one in own.steps(self.rules, on) if one.before == step]
        there = self.registry.lifecycle.club(club)
        done = {one.step for one in clubs.history(self.registry.store, there)} if before else ()
        for one in before:
            if one.name not in done:
                self.take(club, one.name, on)

    def form(
        self, step: str, on: date, changes: Changes | None = None, club: str | None = None
    ) -> dict[str, Any]:
        """Return a step's form; whoever met or was supervised did all that the province lists.

        Fields of the province's own have ordinary values; one of a person names a member of
        ``club``.
        """
        person = None
        if club is not None:
            names = people_of(self.registry.store, self.registry.lifecycle.club(club))
            person = names[0].name if names else None
        changes = {**own_fields(self.rules, step, on, person), **(changes or {})}
        if step == "supervise" and club is not None:
            changes = {**counted(self.registry, club, on), **changes}
        if step in ("supervise", "meeting"):
            changes = {"activities": activities(self.rules, on), **(changes or {})}
        return form(step, on, changes)


def counted(registry: Registry, club: str, on: date) -> dict[str, Any]:
    """Return what a supervision counts in the funds of a club: what its ledger has that day."""
    ledger = money.ledger(registry.store, registry.lifecycle.club(club), on)
    held = money.balances(ledger)
    return {balance_field(fund): there for fund, there in held.items() if there is not None}


def acknowledging(attempt: Callable[[Mapping[str, str] | None], Outcome]) -> Outcome:
    """Return what an attempt at a step comes to with a reason for every warning.

    ``attempt`` is called without reasons first. Raises what it raises when more than warnings
    refuses the step.
    """
    try:
        return attempt(None)
    except RefusedError as error:
        if error.code != codes.NOT_ACKNOWLEDGED:
            raise
        warned = [one.code for one in error.findings if one.level is Level.WARN]
        return attempt(dict.fromkeys(warned, REASON))


@contextmanager
def open_world(
    folder: Path,
    province: str,
    today: date,
    *,
    name: str | None = None,
    provinces: Provinces | None = None,
) -> Iterator[World]:
    """Make a database of a province in a folder and close it at the end.

    ``name`` is the file's, by default the province's; ``provinces`` are those installed.
    """
    path, clock = folder / f"{name or province}.sqlite3", StillClock(today)
    path.write_bytes(empty_database())
    registry = open_registry(str(path), provinces=provinces, clock=clock)
    try:
        officers = Officers(registry, province, People(1), today)
        yield World(registry, province, officers, clock)
    finally:
        registry.store.close()


@cache
def empty_database() -> bytes:
    """Return the file of a database without a record, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        registry, _made = make_registry(str(path))
        registry.store.close()
        return path.read_bytes()


def slug(name: str) -> str:
    """Return a name as it is typed in an id: "Phường Đình Bảng" is "phuong-dinh-bang"."""
    return "-".join(bare(name).replace("_", " ").split())
