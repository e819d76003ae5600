"""Rules tried with literals: a policy from a few values, a step's request, no database.

A province of these tests has one programme document, "QĐ 1", in force from 2021 to 2025; a value
is in force as long as the document unless ``Dated`` gives other days. A request is about a club
called "c1" on one day; whatever a test does not name is empty.
"""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from engine.frozen import freeze
from engine.model import Club, Effects, Finding, Officer, Role, State, Task, TaskKind
from engine.policy.effective import Rules
from engine.policy.make import policy_of
from engine.policy.model import Policy
from engine.rules.request import StepRequest
from engine.states import step as find_step

START, END = date(2021, 1, 1), date(2025, 12, 31)


def day(text: str) -> date:
    """Return the day of an ISO text."""
    return date.fromisoformat(text)


def document(id_: str = "QD1", start: date = START, end: date | None = END, **parts: Any) -> Any:
    """Return the table of a document as a policy file has it; without an end it is None."""
    return {
        "id": id_,
        "number": id_,
        "short": f"{id_[:2]} {id_[2:]}",
        "title": f"Văn bản {id_}",
        "issuer": "UBND tỉnh",
        "from": start,
        **({} if end is None else {"to": end}),
        **parts,
    }


@dataclass(frozen=True)
class Dated:
    """A value with the days it is in force, its section and what is peculiar to its key."""

    value: Any
    start: date | None = None
    end: date | None = None
    source: str = "QD1, I.1"
    extra: Mapping[str, Any] = field(default_factory=dict)

    def table(self) -> dict[str, Any]:
        """Return the value's table as a policy file has it."""
        days = {"from": self.start, "to": self.end}
        given = {name: on for name, on in days.items() if on is not None}
        return {"value": self.value, "source": self.source, **given, **self.extra}


def policy(
    values: Mapping[str, Any] | None = None, documents: Iterable[Mapping[str, Any]] | None = None
) -> Policy:
    """Return a policy of ``{"membership.size": {"min": 60}}``; a list may hold ``Dated`` values."""
    raw: dict[str, Any] = {
        "province": {"id": "thu", "name": "Tỉnh Thử", "prefix": "TH"},
        "document": list(documents) if documents is not None else [document()],
    }
    for key, value in (values or {}).items():
        group, _dot, name = key.partition(".")
        several = value if isinstance(value, list) and _are_dated(value) else [value]
        dated = [one if isinstance(one, Dated) else Dated(one) for one in several]
        raw.setdefault(group, {})[name] = [one.table() for one in dated]
    return policy_of(raw, digest="", origin="a test")


def _are_dated(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(one, Dated) for one in values)


NOTHING = policy()
"""A policy that states nothing."""


def rules(
    values: Mapping[str, Any] | None = None,
    documents: Iterable[Mapping[str, Any]] | None = None,
    *,
    general: Mapping[str, Any] | None = None,
) -> Rules:
    """Return the province's policy with a general procedure of its own, empty unless given."""
    return Rules(policy(values, documents), policy(general) if general else NOTHING)


def club(state: State = State.OPERATING, **parts: Any) -> Club:
    """Return the club of these tests."""
    named = {"name": "CLB Thử", "commune": "Xã Một", "village": "Thôn Một", **parts}
    return Club("c1", "thu", state=state, **named)


def officer(role: Role = Role.COMMITTEE, **parts: Any) -> Officer:
    """Return an officer of the club's commune."""
    given = {"id": "cb", "name": "Cán bộ", "province": "thu", "commune": "Xã Một", **parts}
    return Officer(role=role, **given)


def task(kind: TaskKind, due_on: date | None = None, source: str | None = "QD 1, V") -> Task:
    """Return an open task of the club."""
    return Task("c1", "thu", kind, due_on, Role.PROVINCE, source, 1)


def request(
    on: str = "2022-03-01",
    form: Mapping[str, Any] | None = None,
    *,
    step: str = "meeting",
    policy: Mapping[str, Any] | Rules | None = None,
    **parts: Any,
) -> StepRequest:
    """Return a step's request; ``policy`` is a mapping of values or ready ``Rules``."""
    stated = policy if isinstance(policy, Rules) else rules(policy)
    given = {"today": day("2023-06-30"), "club": club(), **parts}
    return StepRequest(step=step, on=day(on), form=freeze(form or {}), rules=stated, **given)


def report(findings: Iterable[Finding]) -> str:
    """Return findings as text, every part of each on a line of its own."""
    shown: list[str] = []
    for one in findings:
        permission = " (permission)" if one.permission else ""
        shown += [f"{one.level} {one.code}{permission}", *_wrapped(one.message)]
        for name in ("expected", "actual", "source", "who", "fix"):
            value = getattr(one, name)
            if value is not None:
                shown += _wrapped(f"{name}: {value}")
    return "\n".join(shown)


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, 80, initial_indent="  ", subsequent_indent="    ")


def text(written: str) -> str:
    """Return a text written between triple quotes, without its indent."""
    return textwrap.dedent(written).strip("\n").rstrip()


def codes(findings: Iterable[Finding]) -> list[str]:
    """Return the codes of findings, in order."""
    return [str(one.code) for one in findings]


def judged(step: str, about: StepRequest) -> list[Finding]:
    """Return what the step's own checks find, in their order."""
    asked = replace(about, step=step)
    return [finding for check in find_step(step).checks for finding in check(asked)]


def effects(step: str, about: StepRequest) -> Effects:
    """Return what the step changes."""
    return find_step(step).work(replace(about, step=step))
