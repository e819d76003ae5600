"""A province's ``demo.toml``: groups of clubs, their days, and which steps must be refused."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import codes
from engine.errors import PluginError
from engine.frozen import EMPTY, FrozenMap, freeze, to_json
from engine.i18n import _
from engine.model import Role
from engine.package_data import read_package_file
from engine.provinces.discover import Plugin

DEMO_FILE = "demo.toml"
PROPOSER = "proposer"


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
    the step; ``None`` when it must succeed.
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


@dataclass(frozen=True, slots=True)
class PlannedClub:
    """A club of a group. Without a village one is invented, without a name it is the village's."""

    commune: str
    village: str | None = None
    name: str | None = None
    opened: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Clubs that live alike, the first opened on ``opened``, the others ``every_days`` apart.

    With ``steps`` they take those; without, they lead the ordinary life up to ``supervisions``
    supervisions and ``reviews`` yearly reviews (or those of the days ``reviewed``), with
    supplementary courses on the days ``courses`` and on those that fall due. ``in_detail`` shows
    them step by step. ``communes_from`` is a policy key with a list of named communes, resolved on
    ``opened``.
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


def read_demo(data: bytes, *, plugin: str) -> DemoFile:
    """Read and check a file; ``plugin`` names it in messages.

    Raises ``PluginError`` (CLB-DEMO-STORY) listing every place that is not as it should be.
    """
    try:
        raw = tomllib.loads(unicodedata.normalize("NFC", data.decode("utf-8-sig")))
        table = to_json(raw, exact=True)
    except (ValueError, RecursionError) as error:
        raise _invalid(plugin, [str(error)]) from error
    problems = list(_problems(table)) or list(_contradictions(table))
    if problems:
        raise _invalid(plugin, problems)
    return DemoFile(
        seed=table["seed"],
        asked_on=date.fromisoformat(table["asked_on"]),
        notes=tuple(table.get("note", ())),
        groups=tuple(_group({"members": table["members"], **one}) for one in table["group"]),
    )


def _invalid(plugin: str, problems: list[str]) -> PluginError:
    return PluginError(
        _("{plugin}: the story demo.toml is not as it should be: {problems}").format(
            plugin=plugin, problems="; ".join(problems)
        ),
        code=codes.DEMO_STORY,
        help=_("Report this to the author of the plugin."),
    )


def _problems(table: Mapping[str, Any]) -> Iterator[str]:
    from jsonschema import Draft202012Validator

    import schemas

    validator = Draft202012Validator(
        schemas.load("demo"), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for error in validator.iter_errors(table):
        place = ".".join(
            str(part + 1) if isinstance(part, int) else part for part in error.absolute_path
        )
        yield f"{place or DEMO_FILE}: {error.validator} {_shown(error)}"


def _shown(error: Any) -> str:
    """Return what a failed rule of the schema is about, shortly."""
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return ", ".join(name for name in error.instance if name not in known)
    if error.validator == "required":
        return ", ".join(name for name in error.validator_value if name not in error.instance)
    return str(error.instance)[:60]


def _contradictions(table: Mapping[str, Any]) -> Iterator[str]:
    """Find counts of people that cannot be, and days after the story's last one."""
    tables = {"members": table} | {
        f"group.{number}.members": group for number, group in enumerate(table["group"], start=1)
    }
    for place, one in tables.items():
        members = one.get("members", {})
        for name in ("elderly", "women", "poor"):
            if members and members[name] > members["total"]:
                yield f"{place}.{name}: {members[name]} > {members['total']}"
    for number, group in enumerate(table["group"], start=1):
        for step in group.get("step", ()):
            if step.get("on", "") > table["asked_on"]:
                yield f"group.{number}.step.{step['step']}: {step['on']} > {table['asked_on']}"


def _group(table: dict[str, Any]) -> Group:
    own = {
        "members": Members(**table["members"]),
        "in_detail": table.pop("in_detail", False),
        "clubs": tuple(PlannedClub(**_values(one)) for one in table.pop("clubs", ())),
        "steps": tuple(PlannedStep(**_values(one)) for one in table.pop("step", ())),
    }
    return Group(**{**_values(table), **own})


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
