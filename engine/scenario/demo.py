"""The whole demonstration: every installed story, one after another, in a new database.

What is shown afterwards is read back from that database.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from engine.clock import ZONE, Clock, day_of, now
from engine.errors import ClbError
from engine.i18n import _
from engine.lifecycle import upkeep
from engine.lifecycle.registry import Registry, make_registry
from engine.lifecycle.sealing import seal_all
from engine.model import Event, Finding
from engine.provinces.discover import Plugin
from engine.provinces.load import Provinces
from engine.reports import clubs, events, money
from engine.reports.due import due
from engine.reports.due_row import Due
from engine.reports.money import Received
from engine.reports.own_reports import OwnReports
from engine.reports.progress import GoalRow, progress
from engine.roster.units import national_code, national_units
from engine.scenario.demo_club import DemoClub, Refusal, workday
from engine.scenario.demo_file import (
    DemoFile,
    Group,
    PlannedClub,
    StoryError,
    read_demo,
    read_demo_bytes,
)
from engine.scenario.people import People
from engine.scenario.questions import Answer, questions
from engine.scenario.world import Officers, World

FILE = "demo.sqlite3"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event of a club, with its officer's name, the findings and the words that went with it."""

    event: Event
    officer: str
    findings: tuple[Finding, ...]
    why: str | None


@dataclass(frozen=True, slots=True)
class ClubResult:
    """A club on the day of the question. ``steps`` counts its events by step."""

    page: clubs.Page
    steps: Mapping[str, int]
    history: tuple[HistoryLine, ...]
    refusals: tuple[Refusal, ...]

    @property
    def granted(self) -> int:
        """Return what the club received in grants, in đồng."""
        return sum(one.amount for one in self.page.ledger if one.kind == "grant")

    @property
    def poor(self) -> int:
        """Return how many members are poor, near poor or in difficulty."""
        made_of = self.page.composition
        return made_of.poor + made_of.near_poor + made_of.difficult


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A group of the story as it came out."""

    group: Group
    clubs: tuple[ClubResult, ...]


@dataclass(frozen=True, slots=True)
class ProvinceResult:
    """A province on the day of its question. ``document`` is its programme's, as it is cited."""

    province: str
    name: str
    document: str | None
    plugin: Plugin
    asked_on: date
    notes: tuple[str, ...]
    groups: tuple[GroupResult, ...]
    received: Received
    sources: Mapping[str, str]
    progress: tuple[GoalRow, ...]
    due: tuple[Due, ...]
    answers: tuple[Answer, ...]

    @property
    def clubs(self) -> tuple[ClubResult, ...]:
        """Return every club of the province's story."""
        return tuple(one for group in self.groups for one in group.clubs)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Return every step that was refused."""
        return tuple(one for club in self.clubs for one in club.refusals)


@dataclass(frozen=True, slots=True)
class Failure:
    """A province whose story could not be played; the others were."""

    province: str
    name: str
    plugin: str
    version: str
    error: ClbError


@dataclass(slots=True)
class Demo:
    """What was played. ``silent`` are the installed provinces without a story of their own.

    ``verified`` is whether the log verifies, ``head`` covers all of it, ``seals`` are the lines
    to note outside, one a province.
    """

    database: Path
    provinces: list[ProvinceResult] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    verified: bool = False
    events: int = 0
    head: str = ""
    seals: list[str] = field(default_factory=list)


def play_demo(
    provinces: Provinces,
    out: Path | None = None,
    *,
    clock: Clock = now,
    announce: Callable[[str], None] = lambda _province: None,
) -> Demo:
    """Play every installed story in a new database, below ``out`` or in a temporary folder.

    ``announce`` is called with each province's id before it is played. A province that fails costs
    only its own part. Raises ``StorageError`` when the database cannot be made.
    """
    demo = Demo(new_database(out))
    stories = _stories(provinces, demo)
    last = max((story.asked_on for _id, story in stories), default=date.min)
    registry, _made = make_registry(
        str(demo.database), provinces=provinces, clock=not_before(last, clock)
    )
    try:
        for province, story in stories:
            announce(province)
            try:
                played = play_story(registry, province, story)
                demo.provinces.append(_result(registry, province, story, played))
            except ClbError as error:
                demo.failures.append(_failure(provinces, province, error))
                continue
            demo.warnings += [one for club in played for one in club.warnings]
        demo.warnings = list(dict.fromkeys(demo.warnings))
        demo.seals = [one.seal.line for one in seal_all(registry, None)]
        demo.verified = upkeep.verify_log(registry.store, registry.province.clock).ok
        demo.head, demo.events = events.head(registry.store)
        return demo
    finally:
        registry.store.close()


def new_database(out: Path | None) -> Path:
    """Return the path of a database that is not there yet: nothing is ever written over."""
    folder = out.absolute() if out is not None else Path(tempfile.mkdtemp(prefix="clb-demo-"))
    path, number = folder / FILE, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(FILE).stem}-{number}{Path(FILE).suffix}"
    return path


def not_before(last: date, clock: Clock = now) -> Clock:
    """Return a clock that has reached the stories' last day: none of it is still to come."""
    if day_of(clock()) >= last:
        return clock
    moment = datetime.combine(last, time(12), ZONE)
    return lambda: moment


def play_story(registry: Registry, province: str, story: DemoFile) -> list[DemoClub]:
    """Play a province's groups in turn and return their clubs.

    Where the package of national units is installed, its communes are loaded then: the overview has
    those without a club too.
    Raises ``PluginError`` (CLB-DEMO-STORY) when a step is refused that should not be, or the other
    way round; what was played before stays.
    """
    people = People(story.seed)
    officers = Officers(registry, province, people, story.groups[0].opened)
    world = World(registry, province, officers)
    played: list[DemoClub] = []
    for group in story.groups:
        for place, plan in enumerate(_plans(world, group)):
            opened = plan.opened or group.opened + timedelta(days=place * group.every_days)
            number = len(played) + 1
            club = DemoClub(world, people, group, plan, place, number, workday(opened))
            played.append(club)
            club.live(story.asked_on)
    if (code := national_code(world.rules.policy.name)) is not None:
        registry.province.import_units(province, national_units(code, province), by=officers.admin)
    return played


def _plans(world: World, group: Group) -> tuple[PlannedClub, ...]:
    """Return the group's clubs, or one for each commune that the policy names."""
    if group.communes_from is None:
        return group.clubs
    stated = world.rules.stated(group.communes_from, group.opened)
    if not isinstance(stated.value, Mapping) or "communes" not in stated.value:
        raise StoryError.at(
            group.line,
            _("The story takes communes from {key}, which names none on {day}.").format(
                key=group.communes_from, day=group.opened.isoformat()
            ),
            help=_("Report this to the author of the plugin."),
        )
    return tuple(PlannedClub(str(one["name"])) for one in stated.value["communes"])


def _stories(provinces: Provinces, demo: Demo) -> list[tuple[str, DemoFile]]:
    """Read the installed stories, in the order of their last day; keep who has none or fails."""
    found = []
    for province in provinces.found():
        try:
            plugin = provinces.load(province).plugin
            data = read_demo_bytes(plugin)
            if data is None:
                demo.silent.append(province)
            else:
                found.append((province, read_demo(data, plugin=str(plugin))))
        except ClbError as error:
            demo.failures.append(_failure(provinces, province, error))
    return sorted(found, key=lambda one: (one[1].asked_on, one[0]))


def _failure(provinces: Provinces, province: str, error: ClbError) -> Failure:
    """Return who failed, by its id where its policy cannot be read."""
    plugins = provinces.found().get(province, [])
    try:
        name = provinces.policy(province).name
    except ClbError:
        name = province
    return Failure(
        province,
        name,
        ", ".join(one.name for one in plugins),
        ", ".join(one.version for one in plugins),
        error,
    )


def _result(
    registry: Registry, province: str, story: DemoFile, played: list[DemoClub]
) -> ProvinceResult:
    """Read back what was played of a province, as of the day of its question."""
    store, on = registry.store, story.asked_on
    rules = registry.provinces.rules(province)
    named = rules.rule("sources.list", on)
    document = rules.policy.period(on)
    return ProvinceResult(
        province=province,
        name=rules.policy.name,
        document=document.short if document else None,
        plugin=registry.provinces.plugin(province),
        asked_on=on,
        notes=story.notes,
        groups=tuple(
            GroupResult(
                group, tuple(_club(registry, one, on) for one in played if one.group is group)
            )
            for group in story.groups
        ),
        received=money.received(store, province, on),
        sources={str(one["id"]): str(one["label"]) for one in named.value} if named else {},
        progress=tuple(progress(store, rules, province, on)),
        due=tuple(
            due(store, rules, province, on, past=True, own=OwnReports(registry.provinces, province))
        ),
        answers=tuple(answer for one in questions() for answer in one.answers(rules, on)),
    )


def _club(registry: Registry, played: DemoClub, on: date) -> ClubResult:
    history = clubs.history(registry.store, registry.lifecycle.club(played.id))
    names = {one.id: one.name for one in registry.officers.ever()}
    lines = (
        HistoryLine(
            event,
            names.get(event.officer, event.officer),
            played.findings.get(event.seq, ()),
            played.why.get(event.seq),
        )
        for event in history
    )
    steps = Counter(event.step for event in history)
    return ClubResult(played.page(on), steps, tuple(lines), tuple(played.refusals))
