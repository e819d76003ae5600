"""The closed lists of the JSON schemas are the ones the engine has, value for value.

A list in a schema that shares values with a vocabulary of the engine must be that vocabulary, or
be named below with the reason why it is only a part of one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import pytest
from support.sources import ROOT

import schemas
from engine import labels, policy_labels
from engine.model import (
    LIVING,
    EntryKind,
    FundKind,
    Level,
    Role,
    State,
    TaskKind,
    TaskOutcome,
)
from engine.reports.attention import Why
from engine.reports.deadlines import NextStatus
from engine.reports.due_row import DueStatus
from engine.states import STEPS
from engine.targets.measures import MEASURES
from engine.targets.own import FIGURES, PLACES, TOTAL
from engine.targets.progress import Status as TargetStatus

VOCABULARIES: dict[str, frozenset[str]] = {
    name: frozenset(map(str, values))
    for name, values in {
        "states": State,
        "states of a club": set(State) - {State.NONE},
        "living states": [*LIVING, State.DISSOLVED],
        "roles": Role,
        "levels": Level,
        "task kinds": TaskKind,
        "stages": labels.STAGES,
        "task outcomes": TaskOutcome,
        "funds": FundKind,
        "entry kinds": EntryKind,
        "sources of money": labels.SOURCES,
        "posts at a course": [*labels.POSTS, "member", "board"],
        "sexes": labels.SEXES,
        "circumstances": labels.CIRCUMSTANCES,
        "aspects": labels.ASPECTS,
        "appraised": labels.PAPER_APPRAISED,
        "courses": labels.COURSES,
        "course forms": labels.COURSE_FORMS,
        "conclusions": labels.CONCLUSIONS,
        "policy statuses": policy_labels.POLICY_STATUSES,
        "report statuses": set(get_args(NextStatus)),
        "forces": policy_labels.FORCES,
        "cycles": policy_labels.CYCLES,
        "target kinds": policy_labels.TARGET_KINDS,
        "target statuses": TargetStatus,
        "statuses of what is due": DueStatus,
        "measures of a target": set(MEASURES) - {"members_who_borrowed"},
        "units of a target": {one.unit for one in MEASURES.values()}
        | {"percent", "districts", "number"},
        "figures of a measure": FIGURES,
        "what a measure counts": {"clubs", *PLACES, TOTAL},
        "loans": policy_labels.LOANS,
        "steps of the life": {one.name for one in STEPS if not one.is_record and not one.founds},
        "borrowers": policy_labels.BORROWERS,
        "reasons for attention": Why,
    }.items()
}
PARTS: dict[frozenset[str], str] = {
    frozenset(values): reason
    for values, reason in {
        ("association", "committee"): "who may take a step of the commune",
        ("committee",): "who alone may decide",
        ("association", "committee", "province"): "a demo's second role",
        ("association", "committee", "district", "province"): "who may take a step; the admin "
        "takes none",
        ("admin", "province"): "who may move a club to another commune",
        ("association", "committee", "province", "proposer"): "a demo's step by who proposed",
        ("block", "warn"): "a check of a plugin refuses or warns; it has no notes",
        ("dong", "percent"): "how a value of a province's own is printed",
        ("contribution", "expense", "grant", "loan", "opening", "repayment"): "a reversal counts "
        "as what it takes back",
        ("contribution", "expense", "grant", "loan", "repayment"): "what a province counts: what "
        "a fund held at first is no money that came or went",
        ("value", "not_stipulated"): "what is not in force is not shown there",
        ("not_in_force", "not_stipulated"): "why a target cannot be explained",
    }.items()
}
"""Lists that are a part of a vocabulary, or have more than one, each with the reason."""
OTHERS = (
    {"ok", "warn", "error"},
    {"built_in", "province"},
    {"decision", "launch", "training"},
    {"launch", "review", "supervision", "training"},
)
"""Lists of something else that share a word with a vocabulary."""


@dataclass(frozen=True)
class Listed:
    """A closed list of values and the place in a schema where it is written."""

    values: frozenset[str]
    place: str


@cache
def lists() -> tuple[Listed, ...]:
    """Return every enumeration of every schema."""
    return tuple(
        Listed(frozenset(value for value in node["enum"] if isinstance(value, str)), place)
        for node, place in nodes()
        if isinstance(node.get("enum"), list)
    )


@cache
def nodes() -> tuple[tuple[dict[str, Any], str], ...]:
    """Return every object inside every schema, with its place."""
    found = []
    for file in sorted((ROOT / "schemas").rglob("*.schema.json")):
        name = str(file.relative_to(ROOT / "schemas")).removesuffix(".schema.json")
        found += _inside(schemas.load(name), name)
    return tuple(found)


def _inside(node: Any, place: str) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(node, dict):
        yield node, place
        for name, inner in node.items():
            yield from _inside(inner, f"{place}/{name}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _inside(inner, f"{place}/{index}")


def akin(values: Iterable[str]) -> list[str]:
    """Return the vocabularies that share two values with a list, or half of it."""
    here = frozenset(values)
    return [
        name
        for name, words in VOCABULARIES.items()
        if len(here & words) >= 2 or 2 * len(here & words) >= max(1, len(here))
    ]


@pytest.mark.parametrize("listed", lists(), ids=lambda one: one.place)
def test_a_list_in_a_schema_is_a_vocabulary_of_the_engine(listed: Listed) -> None:
    if not listed.values or listed.values in OTHERS or listed.values in PARTS:
        return
    near = akin(listed.values)
    if near:
        assert listed.values in [VOCABULARIES[name] for name in near], near


def test_every_list_that_is_excused_is_written_somewhere() -> None:
    written = {listed.values for listed in lists()}
    assert [sorted(part) for part in (*PARTS, *OTHERS) if part not in written] == []


def test_every_vocabulary_is_written_in_a_schema() -> None:
    """A vocabulary that no schema lists has changed its values, or is not needed here."""
    written = {listed.values for listed in lists()}
    assert [name for name, words in VOCABULARIES.items() if words not in written] == []


@pytest.mark.parametrize("name", ["funds", "aspects"])
def test_an_object_with_a_place_for_one_value_has_one_for_each(name: str) -> None:
    words = VOCABULARIES[name]
    halves = [
        place
        for node, place in nodes()
        if isinstance(node.get("properties"), dict)
        and 0 < len(words & node["properties"].keys()) < len(words)
    ]
    assert halves == []
