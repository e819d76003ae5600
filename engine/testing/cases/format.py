"""Case files: what one may say in them, and the message when a key or a value is mistaken."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.states import STEPS

WORDS = {"không quy định": "not_stipulated", "không có hiệu lực": "not_in_force"}
"""What an expert writes for a value that is not there, and what the engine calls it."""
STEP_NAMES = frozenset(step.name for step in STEPS)
ANY = object

Kinds = dict[str, type | tuple[type, ...]]

TOP: Kinds = {
    "title": str,
    "facts": list,
    "today": date,
    "club": list,
    "finding": list,
    "progress": list,
    "due": list,
    "policy": list,
    "money": list,
}
MEMBERS: Kinds = {"total": int, "elderly": int, "middle": int, "women": int, "poor": int}
CLUB: Kinds = {
    "name": str,
    "repeat": int,
    "commune": str,
    "village": str,
    "members": dict,
    "opened": date,
    "proposed": date,
    "decided": date,
    "trained": date,
    "course_days": int,
    "launched": date,
    "launch": dict,
    "grants": list,
    "supervisions": list,
    "reviews": list,
    "steps": list,
}
GRANT: Kinds = {
    "on": date,
    "amount": int,
    "source": str,
    "donor": str,
    "fund": str,
    "resolution": str,
}
SUPERVISION: Kinds = {
    "on": date,
    "meetings_held": int,
    "activities": list,
    "income_fund_balance": int,
    "operating_fund_balance": int,
    "borrowers": int,
    "borrowers_in_kind": int,
    "members_with_need": int,
    "members_served": int,
    "conclusion": str,
}
REVIEW: Kinds = {
    "on": date,
    "year": int,
    "result": str,
    "by_regulation": bool,
    "well_run": bool,
    "standard": str,
    "standard_document": str,
}
STEP: Kinds = {"step": str, "on": date, "role": str, "set": dict}
FINDING: Kinds = {
    "club": str,
    "step": str,
    "on": date,
    "role": str,
    "set": dict,
    "code": str,
    "level": str,
    "article": str,
    "says": str,
    "absent": list,
}
PROGRESS: Kinds = {
    "id": str,
    "on": date,
    "period": str,
    "kind": str,
    "target": (int, dict, str),
    "actual": int,
    "denominator": int,
    "unknown": int,
    "percent": (int, float),
    "remaining": int,
    "needed_per_year": int,
    "pace_per_year": (int, float),
    "status": str,
    "article": str,
    "says": str,
    "counted": list,
    "not_counted": list,
}
DUE: Kinds = {
    "on": date,
    "kind": str,
    "club": str,
    "period": str,
    "title": str,
    "role": str,
    "due_on": (date, str),
    "article": str,
    "says": str,
    "count": int,
}
POLICY: Kinds = {
    "key": str,
    "on": date,
    "value": ANY,
    "has": dict,
    "general": ANY,
    "article": str,
    "says": str,
}
MONEY: Kinds = {"on": date, "year": int, "total": int, "by_source": dict}

TABLES: dict[str, tuple[Kinds, frozenset[str]]] = {
    "finding": (FINDING, frozenset({"step", "on"})),
    "progress": (PROGRESS, frozenset({"id", "on"})),
    "due": (DUE, frozenset({"kind", "on"})),
    "policy": (POLICY, frozenset({"key", "on"})),
    "money": (MONEY, frozenset({"on", "total"})),
}
"""The questions of a case: what each may say, and what it must."""
PARTS: dict[str, tuple[Kinds, frozenset[str]]] = {
    "grants": (GRANT, frozenset({"on"})),
    "supervisions": (SUPERVISION, frozenset({"on"})),
    "reviews": (REVIEW, frozenset({"on"})),
    "steps": (STEP, frozenset({"step", "on"})),
}


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
        """Return every day the case speaks of."""
        return [one for one in _leaves([*self.clubs, self.questions]) if isinstance(one, date)]


def read_case(path: Path, province: str | None = None) -> Case:
    """Read a case file of a province; its folder's name is the province's id where none is given.

    Raises ``CaseError``.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path.name}: {error}") from error
    where = path.name
    _held_to(raw, TOP, frozenset({"title"}), where)
    clubs = raw.get("club", [])
    for number, club in enumerate(clubs, 1):
        _club(club, f"{where}, [[club]] {number}")
    questions: dict[str, tuple[dict[str, Any], ...]] = {}
    for name, (kinds, required) in TABLES.items():
        asked = raw.get(name, [])
        for number, table in enumerate(asked, 1):
            _held_to(table, kinds, required, f"{where}, [[{name}]] {number}")
            _step_known(table, f"{where}, [[{name}]] {number}")
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
    _held_to(club, CLUB, frozenset(), where)
    _held_to(club.get("members", {}), MEMBERS, frozenset(), f"{where}, members")
    for name, (kinds, required) in PARTS.items():
        for number, table in enumerate(club.get(name, ()), 1):
            _held_to(table, kinds, required, f"{where}, {name} {number}")
            _step_known(table, f"{where}, {name} {number}")
    for later, earlier in (("launched", "decided"), ("trained", "decided")):
        if later in club and earlier not in club:
            raise CaseError(f"{where}: '{later}' without '{earlier}'")


def _held_to(table: Any, kinds: Kinds, required: frozenset[str], where: str) -> None:
    if not isinstance(table, dict):
        raise CaseError(f"{where}: a table is expected, not {table!r}")
    for key, value in table.items():
        if key not in kinds:
            raise CaseError(f"{where}: unknown key '{key}'; known: {_listed(kinds)}")
        kind = kinds[key]
        mixed = isinstance(value, bool) and kind not in (bool, ANY)
        if mixed or not isinstance(value, kind):
            raise CaseError(f"{where}: '{key}' cannot be {value!r}")
    for key in sorted(required - set(table)):
        raise CaseError(f"{where}: '{key}' is missing")


def _step_known(table: dict[str, Any], where: str) -> None:
    if "step" in table and table["step"] not in STEP_NAMES:
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
