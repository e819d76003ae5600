"""What a province's ``demo.toml`` says: groups of clubs, their days, and what must be refused."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import codes
from engine.errors import PluginError
from engine.frozen import EMPTY, FrozenMap, freeze
from engine.i18n import _
from engine.model import Role
from engine.policy.read import plain

PROPOSER = "proposer"


@dataclass(frozen=True, slots=True)
class Members:
    """What a club is made of: counts of people. ``poor`` is poor, near poor and in difficulty."""

    total: int
    elderly: int
    women: int
    poor: int


@dataclass(frozen=True, slots=True)
class StepPlan:
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
class ClubPlan:
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
    supplementary courses on the days ``courses`` beside those that fall due.
    ``communes_from`` is a policy key with a list of named communes, resolved on ``opened``.
    """

    title: str
    told: bool
    opened: date
    every_days: int
    clubs: tuple[ClubPlan, ...]
    communes_from: str | None
    members: Members
    money: str | None
    borrowers: int | None
    supervisions: int
    reviews: int
    reviewed: tuple[date, ...]
    courses: tuple[date, ...]
    forms: FrozenMap
    acknowledge: FrozenMap
    steps: tuple[StepPlan, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A province's story. ``seed`` decides the invented people, ``asked_on`` ends the story."""

    seed: int
    asked_on: date
    notes: tuple[str, ...]
    groups: tuple[Group, ...]


def read_scenario(data: bytes, *, plugin: str) -> Scenario:
    """Read and check a story; ``plugin`` names it in messages.

    Raises ``PluginError`` (CLB-DEMO-STORY) listing every place that is not as it should be.
    """
    try:
        raw = tomllib.loads(unicodedata.normalize("NFC", data.decode("utf-8-sig")))
        table = plain(raw)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise _bad(plugin, [str(error)]) from error
    problems = list(_problems(table)) or list(_contradictions(table))
    if problems:
        raise _bad(plugin, problems)
    members = Members(**table["members"])
    return Scenario(
        seed=table["seed"],
        asked_on=date.fromisoformat(table["asked_on"]),
        notes=tuple(table.get("note", ())),
        groups=tuple(_group(one, members) for one in table["group"]),
    )


def _bad(plugin: str, problems: list[str]) -> PluginError:
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
        yield f"{place or 'demo.toml'}: {error.validator} {_shown(error)}"


def _contradictions(table: Mapping[str, Any]) -> Iterator[str]:
    """Find counts of people that cannot be, and days after the story's last one."""
    for place, members in (
        ("members", table["members"]),
        *(
            (f"group.{number}.members", group["members"])
            for number, group in enumerate(table["group"], start=1)
            if "members" in group
        ),
    ):
        for name in ("elderly", "women", "poor"):
            if members[name] > members["total"]:
                yield f"{place}.{name}: {members[name]} > {members['total']}"
    for number, group in enumerate(table["group"], start=1):
        for step in group.get("step", ()):
            if step.get("on", "") > table["asked_on"]:
                yield f"group.{number}.step.{step['step']}: {step['on']} > {table['asked_on']}"


def _shown(error: Any) -> str:
    """Return what a failed rule of the schema is about, shortly."""
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return ", ".join(name for name in error.instance if name not in known)
    if error.validator == "required":
        return ", ".join(name for name in error.validator_value if name not in error.instance)
    return str(error.instance)[:60]


def _group(table: Mapping[str, Any], members: Members) -> Group:
    own = table.get("members")
    return Group(
        title=table["title"],
        told=table.get("told", False),
        opened=date.fromisoformat(table["opened"]),
        every_days=table.get("every_days", 7),
        clubs=tuple(_club(one) for one in table.get("clubs", ())),
        communes_from=table.get("communes_from"),
        members=Members(**own) if own else members,
        money=table.get("money"),
        borrowers=table.get("borrowers"),
        supervisions=table.get("supervisions", 2),
        reviews=table.get("reviews", 1),
        reviewed=_days(table, "reviewed"),
        courses=_days(table, "courses"),
        forms=freeze(table.get("forms", {})),
        acknowledge=freeze(table.get("acknowledge", {})),
        steps=tuple(_step(one) for one in table.get("step", ())),
    )


def _days(table: Mapping[str, Any], name: str) -> tuple[date, ...]:
    return tuple(sorted(date.fromisoformat(day) for day in table.get(name, ())))


def _club(table: Mapping[str, Any]) -> ClubPlan:
    opened = table.get("opened")
    return ClubPlan(
        commune=table["commune"],
        village=table.get("village"),
        name=table.get("name"),
        opened=date.fromisoformat(opened) if opened else None,
    )


def _step(table: Mapping[str, Any]) -> StepPlan:
    on, second = table.get("on"), table.get("second_role")
    return StepPlan(
        step=table["step"],
        on=date.fromisoformat(on) if on else None,
        after_days=table.get("after_days", 0),
        by=table.get("by"),
        second_role=Role(second) if second else None,
        form=freeze(table.get("form", {})),
        without=tuple(table.get("without", ())),
        money=table.get("money"),
        acknowledge=freeze(table.get("acknowledge", {})),
        refused=table.get("refused"),
        why=table.get("why"),
    )
