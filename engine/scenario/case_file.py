"""Case files: their keys, and the message when a key or a value is mistaken."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.errors import InputError
from engine.files import read_text
from engine.rules.forms import fields
from engine.rules.own import OWN, is_own
from engine.states import STEPS

WORDS = {"không quy định": "not_stipulated", "không có hiệu lực": "not_in_force"}
"""What an expert writes for a value that is not there, and what the engine calls it."""
STEP_NAMES = frozenset(step.name for step in STEPS)

Kinds = dict[str, type | tuple[type, ...]]
"""The keys of a table with the types their values may have."""


def _of(kind: type | tuple[type, ...], names: str) -> Kinds:
    return dict.fromkeys(names.split(), kind)


TOP: Kinds = {
    **_of(str, "title"),
    **_of(date, "today"),
    **_of(list, "facts club finding progress due policy money"),
}
MEMBERS = _of(int, "total elderly middle women poor")
CLUB: Kinds = {
    **_of(str, "name commune village"),
    **_of(int, "repeat course_days"),
    **_of(date, "opened proposed decided trained launched"),
    **_of(dict, "members launch"),
    **_of(list, "grants supervisions reviews steps"),
}
STEP: Kinds = {**_of(str, "step role"), **_of(date, "on"), **_of(dict, "set")}
PARTS = {"grants": "fund", "supervisions": "supervise", "reviews": "review"}
"""Lists of a club whose tables have the fields of a step's form."""
TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "array": list}
TABLES: dict[str, tuple[Kinds, frozenset[str]]] = {
    "finding": (
        {**STEP, **_of(str, "club code level article says"), **_of(list, "absent")},
        frozenset({"step", "on"}),
    ),
    "progress": (
        {
            **_of(str, "id period kind status article says"),
            **_of(int, "actual denominator unknown remaining needed_per_year"),
            **_of((int, float), "percent pace_per_year"),
            **_of((int, dict, str), "target"),
            **_of(list, "counted not_counted"),
            **_of(date, "on"),
        },
        frozenset({"id", "on"}),
    ),
    "due": (
        {
            **_of(str, "kind club period title role article says"),
            **_of((date, str), "due_on"),
            **_of(int, "count"),
            **_of(date, "on"),
        },
        frozenset({"kind", "on"}),
    ),
    "policy": (
        {
            **_of(str, "key article says"),
            **_of(object, "value general"),
            **_of(dict, "has"),
            **_of(date, "on"),
        },
        frozenset({"key", "on"}),
    ),
    "money": (
        {**_of(date, "on"), **_of(int, "year total"), **_of(dict, "by_source")},
        frozenset({"on", "total"}),
    ),
}
"""The questions of a case: the keys each may have, and those it must."""


class CaseError(Exception):
    """A mistake in a case file, named with the file and the place."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case: the clubs that are given and the answers that are expected."""

    path: Path
    province: str
    title: str
    facts: tuple[str, ...]
    today: date | None
    clubs: tuple[dict[str, Any], ...]
    questions: dict[str, tuple[dict[str, Any], ...]]

    @property
    def name(self) -> str:
        """Return the province and the file's name."""
        return f"{self.province}/{self.path.stem}"

    def dates(self) -> list[date]:
        """Return every day that is in the case."""
        return [one for one in _leaves([*self.clubs, self.questions]) if isinstance(one, date)]


def read_case(path: Path, province: str | None = None) -> Case:
    """Read a case file of a province; its folder's name is the province's id where none is given.

    Raises ``CaseError``.
    """
    try:
        raw = tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CaseError(f"{path.name}: {error}") from error
    except InputError as error:
        raise CaseError(error.message) from error
    where = path.name
    _check(raw, TOP, frozenset({"title"}), where)
    clubs = raw.get("club", [])
    for number, club in enumerate(clubs, 1):
        _club(club, f"{where}, [[club]] {number}")
    questions: dict[str, tuple[dict[str, Any], ...]] = {}
    for name, (kinds, required) in TABLES.items():
        asked = raw.get(name, [])
        for number, table in enumerate(asked, 1):
            _check(table, kinds, required, f"{where}, [[{name}]] {number}")
        questions[name] = tuple(asked)
    if not any(questions.values()):
        raise CaseError(f"{where}: nothing is expected; write one of {_listed(TABLES)}")
    return Case(
        path,
        province or path.parent.name,
        raw["title"],
        tuple(raw.get("facts", ())),
        raw.get("today"),
        tuple(clubs),
        questions,
    )


def _club(club: Any, where: str) -> None:
    _check(club, CLUB, frozenset(), where)
    _check(club.get("members", {}), MEMBERS, frozenset(), f"{where}, members")
    for number, table in enumerate(club.get("steps", ()), 1):
        _check(table, STEP, frozenset({"step", "on"}), f"{where}, steps {number}")
    for name, step in PARTS.items():
        kinds = {one.path: TYPES[one.kind] for one in fields(step) if one.kind in TYPES}
        for number, table in enumerate(club.get(name, ()), 1):
            _check(
                table,
                {**kinds, OWN: dict, "on": date},
                frozenset({"on"}),
                f"{where}, {name} {number}",
            )
    for later, earlier in (("launched", "decided"), ("trained", "decided")):
        if later in club and earlier not in club:
            raise CaseError(f"{where}: '{later}' without '{earlier}'")


def _check(table: Any, kinds: Kinds, required: frozenset[str], where: str) -> None:
    if not isinstance(table, dict):
        raise CaseError(f"{where}: a table is expected, not {table!r}")
    for key, value in table.items():
        if key not in kinds:
            raise CaseError(f"{where}: unknown key '{key}'; known: {_listed(kinds)}")
        kind = kinds[key]
        mixed = isinstance(value, bool) and kind not in (bool, object)
        if mixed or not isinstance(value, kind):
            raise CaseError(f"{where}: '{key}' cannot be {value!r}")
    for key in sorted(required - set(table)):
        raise CaseError(f"{where}: '{key}' is missing")
    if "step" in table and table["step"] not in STEP_NAMES and not is_own(table["step"]):
        raise CaseError(f"{where}: unknown step '{table['step']}'; known: {_listed(STEP_NAMES)}")


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))


def _leaves(value: Any) -> Any:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    else:
        yield value
