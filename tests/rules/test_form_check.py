"""A form held against its schema: as the library jsonschema judges it, in our own sentences."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from engine.rules import forms
from engine.rules.form_check import HOLDS, TYPES, wrong
from engine.scenario.forms import form
from engine.states import STEPS
from engine.vietnamese.text import iso_day

OTHERS = {"$schema", "title", "type", "required", "properties", "additionalProperties", "items"}
STRANGE: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 1, 3, 10**17, "", "a", "-x", "a_b", "x" * 2001, "2021-02-30"),
    *("2021-02-28", [], ["a"], ["a", "a"], [1], [None], [["a"]], {}, {"a": 1}, {"date": "x"}),
    *([True, 1], ["health_care", "income"], [{"lender": "a"}, {"lender": "a"}]),
)
NAMES = [step.name for step in STEPS]


def parts(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and all schemas in it."""
    yield schema
    for inner in schema.get("properties", {}).values():
        yield from parts(inner)
    if "items" in schema:
        yield from parts(schema["items"])


def by_the_library(schema: Mapping[str, Any], value: Any) -> bool:
    checker = FormatChecker(formats=[])
    checker.checks("date")(lambda text: not isinstance(text, str) or iso_day(text) is not None)
    return Draft202012Validator(dict(schema), format_checker=checker).is_valid(value)


@pytest.mark.parametrize("name", NAMES)
def test_every_keyword_of_a_form_s_schema_is_judged(name: str) -> None:
    for part in parts(forms.schema(name)):
        keywords = {key for key in part if not key.startswith("x-")}
        assert keywords <= OTHERS | HOLDS.keys()
        assert part["type"] in TYPES
        assert part.get("additionalProperties", False) is False
        assert part.get("format", "date") == "date"


@pytest.mark.parametrize("name", NAMES)
def test_each_field_takes_what_the_library_takes(name: str) -> None:
    for part in parts(forms.schema(name)):
        for value in (*STRANGE, *part.get("enum", ()), part.get("minimum"), part.get("maximum")):
            assert (not [*wrong(part, value)]) is by_the_library(part, value), (part, value)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_taken_or_refused_as_the_library_does_with_a_field_more_fewer_or_wrong(
    name: str,
) -> None:
    schema, sound = forms.schema(name), form(name, date(2022, 3, 1))
    tried = [sound, {**sound, "size": 1}]
    tried += [{key: sound[key] for key in sound if key != absent} for absent in sound]
    tried += [{**sound, key: value} for key in sound for value in STRANGE]
    for one in tried:
        assert (not [*wrong(schema, one)]) is by_the_library(schema, one), one


@pytest.mark.parametrize("value", [1.0, 1.5, True])
def test_a_number_with_a_point_is_no_whole_number(value: object) -> None:
    part = forms.schema("meeting")["properties"]["attendance"]
    assert [*wrong(part, value)]
