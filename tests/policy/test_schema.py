"""The policy schema itself: valid, closed everywhere, and described in words a person can use."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import schemas
from engine.policy import vocabulary

FILES = ["policy", "policy_values"]
# What every dated value may have is closed where it is used, by unevaluatedProperties.
OPEN = [["$defs", "entry"]]


def nodes(value: Any, path: list[str]) -> Iterator[tuple[list[str], dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for name, item in value.items():
            yield from nodes(item, [*path, name])
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item, path)


@pytest.mark.parametrize("name", FILES)
def test_the_schema_is_a_valid_schema(name):
    Draft202012Validator.check_schema(schemas.load(name))


@pytest.mark.parametrize("name", FILES)
def test_no_table_takes_fields_nobody_knows(name):
    tables = [
        (path, node)
        for path, node in nodes(schemas.load(name), [])
        if node.get("type") == "object" and path not in OPEN
    ]
    assert tables
    for path, node in tables:
        assert node.get("additionalProperties") is False, path


def test_every_dated_value_is_closed():
    values = schemas.load("policy_values")["$defs"]
    dated = {name: one for name, one in values.items() if one.get("items", {}).get("$ref")}
    wrappers = {name: one for name, one in dated.items() if one["items"]["$ref"].endswith("/entry")}
    assert wrappers
    for name, wrapper in wrappers.items():
        assert wrapper["items"]["unevaluatedProperties"] is False, name


@pytest.mark.parametrize("name", FILES)
def test_the_schema_offers_no_alternatives_whose_errors_nobody_can_read(name):
    assert not {"anyOf", "oneOf", "not"} & {
        key for _path, node in nodes(schemas.load(name), []) for key in node
    }


@pytest.mark.parametrize("name", FILES)
def test_every_form_of_text_has_an_example_that_fits_it(name):
    for path, node in nodes(schemas.load(name), []):
        if "pattern" in node and isinstance(node["pattern"], str):
            assert node["examples"], path
            assert all(re.search(node["pattern"], example) for example in node["examples"]), path


def test_every_key_has_a_vietnamese_title():
    properties = schemas.load("policy")["properties"]
    for group in vocabulary.groups():
        assert properties[group]["title"], group
        for name in vocabulary.ids(group):
            assert properties[group]["properties"][name]["title"], f"{group}.{name}"


def test_the_vocabulary_is_the_schemas():
    assert vocabulary.is_known("membership.size")
    assert vocabulary.is_known("phase.first")
    assert vocabulary.is_known("report.own_garden_days")
    assert not vocabulary.is_known("province.name")
    assert not vocabulary.is_known("document.id")
    assert not vocabulary.is_known("target")
    assert not vocabulary.is_known("membership.own_size")


def test_the_decision_is_the_commune_committees_in_every_province():
    roles = schemas.load("policy_values")["$defs"]["roles_of_committee"]
    assert roles["items"]["properties"]["value"]["items"] == {"enum": ["committee"]}
    approve = schemas.load("policy")["properties"]["roles"]["properties"]["approve"]
    assert approve["$ref"].endswith("/roles_of_committee")
