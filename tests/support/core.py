"""A registry on a real file, its officers, a clock that does not run, and clubs in any state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from support.step_forms import form
from support.toy import TOY, toy_and_installed

from engine.errors import ClbError
from engine.labels import POSTS
from engine.lifecycle.lifecycle import Lifecycle, Outcome
from engine.lifecycle.merger import Merger, MergerService
from engine.lifecycle.officers import Which
from engine.lifecycle.people import Member, RosterWork
from engine.lifecycle.registry import Registry, make_registry
from engine.model import Club, Event, Officer, Role
from engine.provinces.load import Provinces
from engine.scenario.forms import Changes
from engine.scenario.people import People
from engine.scenario.world import StillClock, acknowledging, counted
from engine.states import step as find_step
from engine.store import log
from engine.store.database import Store

PROVINCE, BAC_NINH = TOY, "bac_ninh"
COMMUNE = "phường Đình Bảng"
ELSEWHERE = "phường Tân Hồng"
VILLAGE = "Khu phố Đông"
ADMIN, ASSOCIATION, COMMITTEE, TOWN = "quan_tri", "hoi_nct", "ubnd", "hoi_tinh"
SECOND_COMMITTEE, NEIGHBOUR, NEIGHBOUR_ASSOCIATION = "ubnd_2", "ubnd_ben", "hoi_ben"
BY_ROLE = {
    "admin": ADMIN,
    "association": ASSOCIATION,
    "committee": COMMITTEE,
    "province": TOWN,
}
PUBLIC_LINE = f"clb1-{'A' * 86}=="
"""The public line of a key that signed nothing."""
TODAY = date(2023, 6, 30)
OPENED = date(2021, 8, 2)

PROVINCES = toy_and_installed()
"""The toy province and the installed ones; read once for all tests."""

Step = tuple[str, date, Changes]

PROPOSE: Step = ("propose", date(2021, 8, 10), {})
RETURN: Step = ("return", date(2021, 8, 15), {})
APPROVE: Step = ("approve", date(2021, 9, 1), {})
TRAIN: Step = ("train", date(2021, 9, 15), {})
LAUNCH: Step = ("launch", date(2021, 10, 1), {})
SUPERVISE: Step = ("supervise", date(2022, 4, 1), {})
WEAK: Step = ("supervise", date(2022, 4, 1), {"conclusion": "consolidate"})
SUSPEND: Step = ("suspend", date(2022, 5, 4), {})
DISSOLVE: Step = ("dissolve", date(2022, 5, 4), {})

_LAUNCHED = (PROPOSE, APPROVE, TRAIN, LAUNCH)
PATHS: dict[str, tuple[Step, ...]] = {
    "preparing": (),
    "proposed": (PROPOSE,),
    "returned": (PROPOSE, RETURN),
    "withdrawn": (PROPOSE, ("withdraw", date(2021, 8, 20), {})),
    "rejected": (PROPOSE, ("reject", date(2021, 8, 20), {})),
    "approved": (PROPOSE, APPROVE),
    "trained": (PROPOSE, APPROVE, TRAIN),
    "launched": _LAUNCHED,
    "operating": (*_LAUNCHED, SUPERVISE),
    "consolidating": (*_LAUNCHED, WEAK),
    "suspended": (*_LAUNCHED, SUPERVISE, SUSPEND),
    "dissolved": (*_LAUNCHED, SUPERVISE, DISSOLVE),
}
"""The shortest honest life that leads to each state; none of these steps warns."""

ACTOR = {
    **dict.fromkeys(("propose", "withdraw", "launch", "roster", "set_board"), ASSOCIATION),
    **dict.fromkeys(("return", "reject", "approve", "consolidate", "suspend"), COMMITTEE),
    **dict.fromkeys(("resume", "dissolve", "change_board", "rename"), COMMITTEE),
    **dict.fromkeys(("train", "supervise", "review", "rehome", "erase"), TOWN),
    **dict.fromkeys(("meeting", "fund", "export", "correct"), ASSOCIATION),
    **dict.fromkeys(("lending_terms", "lend", "repay", "extend", "write_off"), ASSOCIATION),
    "care": ASSOCIATION,
}


def villagers(
    count: int, elderly: int, *, seed: int = 1, women: int | None = None, poor: int = 0
) -> tuple[Member, ...]:
    """Return invented members: so many of them elderly, the rest young."""
    half = count // 2 if women is None else women
    return People(seed).members(count, OPENED, VILLAGE, elderly=elderly, women=half, poor=poor)


def roster(people: Sequence[Member]) -> RosterWork:
    """Return the work that adds those people."""
    return RosterWork(added=[replace(one, note="bà con xóm trên") for one in people])


FITTING = villagers(70, 49)
"""Seventy members of whom 49 are elderly: one of the two make-ups no finding speaks against."""


class Shelf(Protocol):
    """Where registries lie ready in which one club has come to a state."""

    def put(self, core: "Core", state: str) -> str | None:
        """Put such a registry in the place of one that is still empty; return its club's id."""


@dataclass
class Core:
    """A registry with what the tests do to it."""

    registry: Registry
    clock: StillClock
    province: str = PROVINCE
    people: tuple[Member, ...] = FITTING
    opened: int = 0
    shelf: "Shelf | None" = None

    @property
    def store(self) -> Store:
        return self.registry.store

    @property
    def life(self) -> Lifecycle:
        return self.registry.lifecycle

    def club(self, club: str) -> Club:
        return self.life.club(club)

    def events(self, club: str) -> list[Event]:
        return log.read(self.store, f"club:{club}")

    def event(self, club: str, seq: int) -> Event:
        """Return one event of a club; a negative number counts from the end."""
        events = self.events(club)
        return events[seq] if seq < 0 else events[seq - 1]

    def open(
        self,
        on: date = OPENED,
        changes: Changes | None = None,
        *,
        officer: str = ASSOCIATION,
        ack: Mapping[str, str] | None = None,
    ) -> str:
        """Open the file of a club with a name of its own and return the club's id."""
        self.opened += 1
        named = {"name": f"CLB Liên thế hệ {self.opened}", **(changes or {})}
        filled = form("open", on, named)
        return self.life.open(self.province, filled, officer=officer, acknowledged=ack).club

    def take(
        self,
        club: str,
        step: str,
        on: date | None = None,
        changes: Changes | None = None,
        *,
        officer: str | None = None,
        ack: Mapping[str, str] | None = None,
        **how: Any,
    ) -> Outcome:
        """Take a step with a complete form, by its usual officer unless another is named."""
        if step == "roster" and "prepare" not in how:
            how["prepare"] = roster(villagers(1, 1, seed=self.club(club).seq + 100))
        if step == "supervise":
            changes = {**counted(self.registry, club, on or TODAY), **(changes or {})}
        filled = form(step, on, changes)
        narrowed, rules = find_step(step).narrowed, self.registry.provinces.rules(self.province)
        own = narrowed(filled, rules, on or TODAY) if narrowed else ()
        who = officer or (BY_ROLE[own[0]] if own else ACTOR[step])
        return self.life.advance(club, step, filled, officer=who, acknowledged=ack, **how)

    def carry(
        self,
        club: str,
        step: str,
        on: date | None = None,
        changes: Changes | None = None,
        **how: Any,
    ) -> Outcome:
        """Take a step, giving a reason for every warning it meets."""
        return acknowledging(lambda ack: self.take(club, step, on, changes, ack=ack, **how))

    def refusal(self, club: str, step: str, *args: Any, **how: Any) -> ClbError:
        """Return the error a step ends in, having seen that nothing at all was written."""
        before = log_rows(self.store), club_rows(self.store, club)
        try:
            outcome = self.take(club, step, *args, **how)
        except ClbError as error:
            assert (log_rows(self.store), club_rows(self.store, club)) == before
            return error
        raise AssertionError(f"{step} was taken: {outcome.state}")

    def people_of(self, club: str) -> None:
        """Give a club its members and its board."""
        opened = self.club(club).opened_on
        self.take(club, "roster", opened, prepare=roster(self.people))
        self.take(club, "set_board", opened, board_of(self.people))

    def bring(self, state: str, *, members: bool = True) -> str:
        """Return the id of a new club that went the shortest way to ``state``.

        The first one of a registry is taken from the shelf, where it is the same every time.
        """
        ready = None
        if self.shelf is not None and members and self.people is FITTING:
            ready = self.shelf.put(self, state)
        return ready or self.walk(PATHS[state], members=members)

    def bring_untrained(self, state: str) -> str:
        """Return the id of a new club that went to ``state`` without training its board."""
        return self.walk([step for step in PATHS[state] if step != TRAIN])

    def walk(self, path: Sequence[Step], *, members: bool = True) -> str:
        """Return the id of a new club that took those steps."""
        club = self.open()
        if members:
            self.people_of(club)
        for step, on, changes in path:
            self.carry(club, step, on, changes)
        return club

    def decided(self, count: int, year: int) -> list[str]:
        """Return that many clubs, without members, whose decisions are of one year."""
        clubs = []
        for _each in range(count):
            club = self.open(date(year, 8, 2))
            self.carry(club, "propose", date(year, 8, 10))
            self.carry(club, "approve", date(year, 9, 1))
            clubs.append(club)
        return clubs


def board_of(people: Sequence[Member]) -> dict[str, str]:
    """Return a board made of the first members."""
    return dict(zip(POSTS, (one.name for one in people), strict=False))


def make_core(
    url: str,
    provinces: Provinces | None = None,
    province: str = PROVINCE,
    *,
    clock: StillClock | None = None,
) -> Core:
    """Make a registry at ``url`` with officers of every role in two communes."""
    here = clock or StillClock(TODAY)
    registry, _made = make_registry(url, provinces=provinces or PROVINCES, clock=here)
    for id_, role, commune in (
        (ADMIN, Role.ADMIN, None),
        (ASSOCIATION, Role.ASSOCIATION, COMMUNE),
        (COMMITTEE, Role.COMMITTEE, COMMUNE),
        (SECOND_COMMITTEE, Role.COMMITTEE, COMMUNE),
        (NEIGHBOUR, Role.COMMITTEE, ELSEWHERE),
        (NEIGHBOUR_ASSOCIATION, Role.ASSOCIATION, ELSEWHERE),
        (TOWN, Role.PROVINCE, None),
    ):
        add_officer(registry, id_, role, commune, province)
    return Core(registry, here, province)


def add_officer(
    registry: Registry, id_: str, role: Role, commune: str | None, province: str = PROVINCE
) -> None:
    """Add an officer, or another role to one who is there; in office since long ago."""
    first = not registry.officers.everybody()
    new = Officer(id_, f"Cán bộ {id_}", role, province, commune, since=date(2000, 1, 1))
    registry.officers.add(new, by=None if first else ADMIN)


def merge_provinces(registry: Registry) -> None:
    """Merge two provinces that no test's clubs are in."""
    for province in ("hoa_binh", "ha_noi"):
        add_officer(registry, ADMIN, Role.ADMIN, None, province)
    merger = Merger("hoa_binh", "ha_noi", TODAY, "Văn bản đặt ra để thử")
    service = MergerService(registry.province, registry.officers)
    service.merge(merger, by=ADMIN, seen=service.impact(merger, by=ADMIN))


def remove_officer(registry: Registry, id_: str) -> None:
    """End all that an officer does."""
    registry.officers.end(id_, Which(), None, by=ADMIN, step="officer_remove")


def log_rows(store: Store) -> list[Any]:
    """Return how far every stream has come."""
    return store.rows("SELECT stream, count(*), max(seq) FROM event GROUP BY stream")


CLUB_TABLES = (
    "member",
    "personal",
    "person",
    "board",
    "task",
    "ledger",
    "training",
    "supervision",
    "review",
    "meeting",
    "loan",
    "loan_change",
    "lending",
    "care",
)


def club_rows(store: Store, club: str) -> dict[str, list[Any]]:
    """Return everything the tables hold about one club."""
    found = {"club": store.rows("SELECT * FROM club WHERE id = ?", (club,))}
    for table in CLUB_TABLES:
        found[table] = sorted(store.rows(f"SELECT * FROM {table} WHERE club = ?", (club,)), key=str)
    return found


def codes(findings: Any) -> list[str]:
    """Return the codes of findings, of an outcome or of an error, in order."""
    return [one.code for one in getattr(findings, "findings", findings)]
