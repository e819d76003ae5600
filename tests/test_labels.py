"""Every closed value has its word, in every wording there is, and the words are written once."""

import ast
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

import engine
import schemas
from engine import i18n, labels, policy_labels
from engine.model import Composition, EntryKind, FundKind, Level, Role, State, TaskKind
from engine.policy.model import Status
from engine.roster.model import Circumstance, Sex
from engine.rules import forms
from engine.rules.composition import SHARES
from engine.rules.own import TYPES
from engine.states import STEPS
from engine.states.province_steps import PROVINCE_STEPS
from engine.targets import own

ENGINE = Path(engine.__file__).parent
ENUMS: tuple[tuple[Mapping[str, str], type[StrEnum]], ...] = (
    (labels.ROLES, Role),
    (labels.STATES, State),
    (labels.TASKS, TaskKind),
    (labels.LEVELS, Level),
    (labels.FUNDS, FundKind),
    (labels.ENTRIES, EntryKind),
)
WORDINGS = {
    "ROLES": ("CITY_ROLES",),
    "FUNDS": ("FUND_COLUMNS", "FUND_SUMS", "FUNDS_MISSING", "POLICY_FUNDS", "PAPER_FUNDS"),
    "ENTRIES": ("PAPER_ENTRIES",),
    "SOURCES": ("PAPER_SOURCES",),
    "POSTS": ("PAPER_POSTS",),
    "SEXES": ("PAPER_SEXES", "PAPER_ADDRESS"),
    "CIRCUMSTANCES": ("LIST_CIRCUMSTANCES", "PAPER_CIRCUMSTANCES"),
    "ASPECTS": ("PAPER_ASPECTS",),
    "CONCLUSIONS": ("PAPER_SUPERVISED", "PAPER_REVIEWED"),
    "TARGET_KINDS": ("POLICY_TARGET_KINDS",),
    "SHARES": ("PAPER_SHARES",),
    "LOANS": ("POLICY_LOANS", "PAPER_LOANS"),
    "BORROWERS": ("POLICY_BORROWERS",),
}
SOME = {
    "HOLDERS": ("ROLES", "somebody of a commune is called what the body is"),
    "CITY_HOLDERS": ("CITY_ROLES", "somebody of a commune is called what the body is"),
    "OFFICES": ("ROLES", "the province and its administrator are in no commune"),
    "POLICY_SOURCES": ("SOURCES", "a policy names only whose grant it is"),
    "PAPER_COURSES": ("COURSES", "support on the spot is no course on paper"),
}
"""Wordings that leave values out, each with the reason."""
ALONE = {
    "COURSES",
    "COURSE_FORMS",
    "COUNTS",
    "COUNT_COLUMNS",
    "CYCLES",
    "FIELD_TYPES",
    "FIGURES",
    "FORCES",
    "MEASURED",
    "PAPER_APPRAISED",
    "POLICY_STATUSES",
    "POLICY_WORDS",
    "PROVINCE_STEPS",
    "STAGES",
    "STEPS",
    "UNIT_CLASSES",
}
"""Vocabularies with one wording, compared with the forms, the steps or the types below."""


def vocabularies() -> dict[str, Mapping[str, str]]:
    both = {**vars(policy_labels), **vars(labels)}
    return {name: one for name, one in both.items() if isinstance(one, dict)}


@pytest.mark.parametrize(("words", "enum"), ENUMS, ids=lambda one: getattr(one, "__name__", ""))
def test_every_value_of_an_enum_has_its_word(words: Mapping[str, str], enum: type[StrEnum]) -> None:
    assert list(words) == list(enum)


@pytest.mark.parametrize("name", WORDINGS)
def test_every_wording_has_the_same_values(name: str) -> None:
    for other in WORDINGS[name]:
        assert list(vocabularies()[other]) == list(vocabularies()[name]), other


@pytest.mark.parametrize("name", SOME)
def test_a_wording_that_leaves_values_out_adds_none(name: str) -> None:
    whole, _reason = SOME[name]
    assert set(vocabularies()[name]) < set(vocabularies()[whole])


def test_every_vocabulary_is_compared_here() -> None:
    compared = {name for names in WORDINGS.values() for name in names} | WORDINGS.keys()
    enums = {
        name for name, one in vocabularies().items() if any(one is words for words, _ in ENUMS)
    }
    known = compared | enums | SOME.keys() | ALONE
    assert vocabularies().keys() - known - {"__builtins__", "__annotations__"} == set()


def test_every_step_has_its_word() -> None:
    assert {step.name for step in STEPS} | {"export"} == set(labels.STEPS)
    assert PROVINCE_STEPS.keys() == labels.PROVINCE_STEPS.keys()


def test_every_type_of_an_own_field_has_its_word() -> None:
    assert set(policy_labels.FIELD_TYPES) == set(TYPES)


def test_every_share_has_its_word() -> None:
    assert list(SHARES) == list(labels.SHARES)


def test_every_count_of_a_composition_has_its_word() -> None:
    assert {field.name for field in fields(Composition)} == set(labels.COUNTS)
    assert set(labels.COUNT_COLUMNS) < set(labels.COUNTS)


def test_every_word_of_an_own_measure_has_its_word() -> None:
    assert set(labels.FIGURES) == set(own.FIGURES)
    assert set(policy_labels.MEASURED) == {"clubs", *own.PLACES, own.TOTAL, *own.CLUBS}
    pattern = schemas.load("policy_values")["$defs"]["unit_class"]["pattern"]
    assert set(policy_labels.UNIT_CLASSES) == set(pattern.strip("^$()").split("|")[:-1])


def test_the_types_of_a_member_list_and_of_a_policy_have_the_same_values() -> None:
    assert set(get_args(Sex)) == set(labels.SEXES)
    assert set(get_args(Circumstance)) == set(labels.CIRCUMSTANCES)
    assert set(get_args(Status)) == set(policy_labels.POLICY_STATUSES)


@pytest.mark.parametrize(
    ("step", "field", "words"),
    [
        ("fund", "kind", labels.ENTRIES),
        ("fund", "fund", labels.FUNDS),
        ("fund", "source", labels.SOURCES),
        ("train", "course.kind", labels.COURSES),
        ("train", "course.form", labels.COURSE_FORMS),
        ("supervise", "conclusion", labels.CONCLUSIONS),
        ("review", "result", labels.CONCLUSIONS),
        ("approve", "appraisal.conditions", labels.PAPER_APPRAISED),
    ],
)
def test_every_choice_of_a_form_has_its_word(
    step: str, field: str, words: Mapping[str, str]
) -> None:
    assert tuple(forms.field(step, field).choices) == tuple(words)


def test_a_word_is_asked_for_in_the_language_in_use() -> None:
    before = i18n.language()
    try:
        i18n.use("en")
        assert labels.fund_name(FundKind.INCOME) == "income fund"
        i18n.use("vi")
        assert labels.fund_name(FundKind.INCOME) != "income fund"
    finally:
        i18n.use(before)


def test_no_other_module_has_words_for_the_values_of_an_enum() -> None:
    """Find mappings whose keys are values of one vocabulary and whose values are messages."""
    whole = [set(map(str, words)) for words in vocabularies().values() if len(words) > 1]
    found = []
    for path in ENGINE.rglob("*.py"):
        if path.name in ("labels.py", "policy_labels.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Dict) or not all(map(_is_message, node.values)):
                continue
            keys = {_value(key) for key in node.keys if key is not None}
            if any(len(keys & words) > 1 and keys <= words for words in whole):
                found.append(f"{path.relative_to(ENGINE)}:{node.lineno}")
    assert found == []


def _is_message(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


def _value(key: ast.AST) -> str:
    if isinstance(key, ast.Attribute):
        return key.attr.lower()
    return str(key.value) if isinstance(key, ast.Constant) else ""


@pytest.mark.parametrize(
    ("place", "said"),
    [((), "cấp tỉnh, thành phố"), (("thành phố",), "thành phố"), (("phường",), "cấp tỉnh")],
)
def test_a_log_names_a_province_or_a_city_where_nothing_says_which(
    place: tuple[str, ...], said: str
) -> None:
    before = i18n.language()
    try:
        i18n.use("vi")
        with i18n.read_in(*place):
            assert labels.logged_role(Role.PROVINCE) == said
    finally:
        i18n.use(before)
