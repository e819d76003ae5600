"""The whole demonstration: every installed story, one after another, in a new database."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from engine.errors import ClbError
from engine.lifecycle.lifecycle import Clock, now
from engine.lifecycle.registry import make_registry
from engine.provinces.load import Provinces
from engine.scenario.reading import Log, ProvinceFacts, read_log, read_province
from engine.scenario.runner import play
from engine.scenario.scenario import Scenario, read_scenario
from engine.scenario.source import read_demo_bytes

FILE = "demo.sqlite3"


@dataclass(frozen=True, slots=True)
class Failure:
    """A province whose story could not be played; the others were."""

    province: str
    name: str
    plugin: str
    version: str
    error: ClbError


@dataclass(frozen=True, slots=True)
class Tour:
    """What was played. ``silent`` are the installed provinces without a story of their own."""

    database: Path
    provinces: tuple[ProvinceFacts, ...]
    silent: tuple[str, ...]
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
    log: Log


@dataclass(slots=True)
class _Programme:
    """What is to be played, and what already turned out not to be."""

    stories: list[tuple[str, Scenario]]
    silent: list[str]
    failures: list[Failure]


def tour(
    provinces: Provinces,
    out: Path | None = None,
    *,
    clock: Clock = now,
    tell: Callable[[str], None] = lambda _province: None,
) -> Tour:
    """Play every installed story in a new database, below ``out`` or in a temporary folder.

    ``tell`` hears each province's id before it is played. A province that fails costs only its own
    part. Raises ``StorageError`` when the database cannot be made.
    """
    programme = _programme(provinces)
    database = new_database(out)
    last = max((story.asked_on for _id, story in programme.stories), default=date.min)
    registry, _made = make_registry(
        str(database), provinces=provinces, clock=not_before(last, clock)
    )
    told: list[ProvinceFacts] = []
    warnings: dict[str, None] = {}
    try:
        for province, story in programme.stories:
            tell(province)
            try:
                played = play(registry, province, story)
                told.append(read_province(registry, province, story, played))
            except ClbError as error:
                programme.failures.append(_failure(provinces, province, error))
                continue
            warnings |= dict.fromkeys(one for group in played for one in group.warnings)
        return Tour(
            database,
            tuple(told),
            tuple(programme.silent),
            tuple(programme.failures),
            tuple(warnings),
            read_log(registry),
        )
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


def not_before(last: date, clock: Clock) -> Clock:
    """Return a clock that has reached the stories' last day: none of it is still to come."""
    if clock().astimezone().date() >= last:
        return clock
    moment = datetime.combine(last, time(12)).astimezone()
    return lambda: moment


def _programme(provinces: Provinces) -> _Programme:
    """Read the stories, in the order of their last day."""
    found = _Programme([], [], [])
    for province in provinces.found():
        try:
            plugin = provinces.load(province).plugin
            data = read_demo_bytes(plugin)
            if data is None:
                found.silent.append(province)
            else:
                found.stories.append((province, read_scenario(data, plugin=str(plugin))))
        except ClbError as error:
            found.failures.append(_failure(provinces, province, error))
    found.stories.sort(key=lambda one: (one[1].asked_on, one[0]))
    return found


def _failure(provinces: Provinces, province: str, error: ClbError) -> Failure:
    """Return who failed, as far as it can be told without a policy that can be read."""
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
