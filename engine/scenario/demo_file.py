"""A province's ``demo.toml``: groups of clubs, their days, and which steps must be refused."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from engine import codes
from engine.errors import PluginError
from engine.frozen import EMPTY, FrozenMap, freeze, to_json
from engine.i18n import _
from engine.model import Role
from engine.package_data import read_package_file
from engine.policy.lines import Lines
from engine.provinces.discover import Plugin

DEMO_FILE = "demo.toml"
PROPOSER = "proposer"
_AT_LINE = re.compile(r"at line ([0-9]+)")
TablePath = tuple[str | int, ...]
"""Names and places in lists that lead to a table of the file."""


@dataclass(frozen=True, slots=True)
class Members:
    """What a club is made of: counts of people. ``poor`` is poor, near poor and in difficulty."""

    total: int
    elderly: int
    women: int
    poor: int


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step to take.

    ``on`` is its day; without one it comes ``after_days`` after the step before. ``by`` is a role
    or ``proposer`` (whoever proposed this club); ``None`` leaves it to the policy. ``money`` is the
    policy key that amounts are taken from. ``refused`` is the code of the finding that must refuse
    the step; ``None`` when it must succeed. ``line`` is where the file has it, ``None`` for a step
    of the ordinary life.
    """

    step: str
    on: date | None = None
    after_days: int = 0
    by: str | None = None
    second_role: Role | None = None
    form: FrozenMap = EMPTY
    without: tuple[str, ...] = ()
    money: str | None = None
    acknowledge: FrozenMap = EMPTY
    refused: str | None = None
    why: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedClub:
    """A club of a group. Without a village one is invented, without a name it is the village's."""

    commune: str
    village: str | None = None
    name: str | None = None
    opened: date | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Clubs that live alike, the first opened on ``opened``, the others ``every_days`` apart.

    With ``steps`` they take those; without, they lead the ordinary life up to ``supervisions``
    supervisions and ``reviews`` yearly reviews (or those of the days ``reviewed``), with
    supplementary courses on the days ``courses`` and on those that fall due. ``in_detail`` shows
    them step by step. ``communes_from`` is a policy key with a list of named communes, resolved on
    ``opened``. ``line`` is where the file has the group.
    """

    title: str
    opened: date
    members: Members
    in_detail: bool = False
    every_days: int = 7
    clubs: tuple[PlannedClub, ...] = ()
    communes_from: str | None = None
    money: str | None = None
    borrowers: int | None = None
    supervisions: int = 2
    reviews: int = 1
    reviewed: tuple[date, ...] = ()
    courses: tuple[date, ...] = ()
    forms: FrozenMap = EMPTY
    acknowledge: FrozenMap = EMPTY
    steps: tuple[PlannedStep, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A province's file. ``seed`` decides the invented people, ``asked_on`` ends the story."""

    seed: int
    asked_on: date
    notes: tuple[str, ...]
    groups: tuple[Group, ...]


def read_demo_bytes(plugin: Plugin) -> bytes | None:
    """Return the file's bytes, ``None`` when the plugin has none. Raises ``PluginError``.

    The plugin's policy has been read before, so its package is known to be there.
    """
    try:
        return read_package_file(plugin.package, DEMO_FILE)
    except OSError as error:
        raise PluginError(
            _("{plugin}: the story {file} cannot be read: {reason}.").format(
                plugin=plugin, file=DEMO_FILE, reason=str(error)
            ),
            code=codes.DEMO_FILE,
            help=_("Install it again: pip install --force-reinstall {name}.").format(
                name=plugin.name
            ),
        ) from error


class StoryError(PluginError):
    """A story that is not as it should be, or that the policy does not fit, at a line of it."""

    line: int | None = None

    @classmethod
    def at(cls, line: int | None, message: str, **details: Any) -> "StoryError":
        """Return the error for a line of the story; ``details`` are those of ``ClbError``."""
        error = cls(message, code=codes.DEMO_STORY, **details)
        error.line = line
        return error


class StoryProblem(NamedTuple):
    """One place of a story's file that is not as it should be."""

    line: int | None
    text: str


def read_demo(data: bytes, *, plugin: str) -> DemoFile:
    """Read and check a file; ``plugin`` names it in messages.

    Raises ``PluginError`` (CLB-DEMO-STORY) listing every place that is not as it should be.
    """
    table, lines, problems = _read(data)
    if problems:
        listed = (f"{DEMO_FILE}:{one.line or 1} {one.text}" for one in problems)
        raise StoryError.at(
            problems[0].line,
            _("{plugin}: the story demo.toml is not as it should be: {problems}").format(
                plugin=plugin, problems="; ".join(listed)
            ),
            help=_("Report this to the author of the plugin."),
        )
    return DemoFile(
        seed=table["seed"],
        asked_on=date.fromisoformat(table["asked_on"]),
        notes=tuple(table.get("note", ())),
        groups=tuple(
            _group({"members": table["members"], **one}, number, lines)
            for number, one in enumerate(table["group"])
        ),
    )


def story_problems(data: bytes) -> list[StoryProblem]:
    """Return every place of a file that is not as it should be."""
    return _read(data)[2]


def _read(data: bytes) -> tuple[dict[str, Any], Lines, list[StoryProblem]]:
    """Return the tables of a file, where they are, and what is wrong with it."""
    try:
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
        table = to_json(tomllib.loads(text), exact=True)
    except (ValueError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        return {}, Lines(""), [StoryProblem(int(at[1]) if at else None, str(error))]
    lines = Lines(text)
    found = list(dict.fromkeys(_problems(table))) or list(_contradictions(table))
    return table, lines, [StoryProblem(lines.of(path), problem) for path, problem in found]


def _problems(table: Mapping[str, Any]) -> Iterator[tuple[TablePath, str]]:
    from jsonschema import Draft202012Validator

    import schemas

    validator = Draft202012Validator(
        schemas.load("demo"), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for error in validator.iter_errors(table):
        path = tuple(error.absolute_path)
        yield path, f"{_named(path) or DEMO_FILE}: {error.validator} {_shown(error)}"


def _shown(error: Any) -> str:
    """Return what a failed rule of the schema is about, shortly."""
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return ", ".join(name for name in error.instance if name not in known)
    if error.validator == "required":
        return ", ".join(name for name in error.validator_value if name not in error.instance)
    return str(error.instance)[:60]


def _contradictions(table: Mapping[str, Any]) -> Iterator[tuple[TablePath, str]]:
    """Find counts of people that cannot be, and days after the story's last one."""
    groups = [(("group", number), one) for number, one in enumerate(table["group"])]
    for path, one in ((("members",), table), *groups):
        members = one.get("members", {})
        place = "members" if one is table else f"{_named(path)}.members"
        for name in ("elderly", "women", "poor"):
            if members and members[name] > members["total"]:
                yield path, f"{place}.{name}: {members[name]} > {members['total']}"
    for path, group in groups:
        for number, step in enumerate(group.get("step", ())):
            if step.get("on", "") > table["asked_on"]:
                at = (*path, "step", number)
                yield at, f"{_named(path)}.step.{step['step']}: {step['on']} > {table['asked_on']}"


def _named(path: TablePath) -> str:
    """Return a path as a person counts: ``group.1``."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _group(table: dict[str, Any], number: int, lines: Lines) -> Group:
    steps = enumerate(table.pop("step", ()))
    own = {
        "members": Members(**table["members"]),
        "in_detail": table.pop("in_detail", False),
        "clubs": tuple(PlannedClub(**_values(one)) for one in table.pop("clubs", ())),
        "steps": tuple(
            PlannedStep(**_values(one), line=lines.of(("group", number, "step", place)))
            for place, one in steps
        ),
    }
    return Group(**{**_values(table), **own}, line=lines.of(("group", number)))


def _values(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table of the file with days, roles and frozen values for its text."""
    found = {name: freeze(value) for name, value in table.items()}
    for name in {"on", "opened"} & set(found):
        found[name] = date.fromisoformat(found[name])
    for name in {"reviewed", "courses"} & set(found):
        found[name] = tuple(sorted(map(date.fromisoformat, found[name])))
    if "second_role" in found:
        found["second_role"] = Role(found["second_role"])
    return found
