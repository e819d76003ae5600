"""The page of policy keys explains its fields, and only fields that there are."""

import importlib
import json
import re

import pytest

import schemas


def fields(shape: str) -> list[str]:
    made = importlib.import_module("making.shapes").Shapes(schemas.load("policy_values")["$defs"])
    return [field for field, _shape in made.entry(shape)]


def shapes() -> list[str]:
    """Return the shapes of all values that a policy's keys have."""
    named = re.findall(r'"values#/\$defs/(\w+)"', json.dumps(schemas.load("policy")))
    defs = schemas.load("policy_values")["$defs"]
    return sorted({one for one in named if "items" in defs[one]})


@pytest.mark.parametrize("shape", shapes())
def test_each_field_of_every_value_has_a_meaning(shape: str) -> None:
    """The value itself is called by its key."""
    meaning = importlib.import_module("making.meanings").meaning
    assert [one for one in fields(shape) if not meaning(shape, one) and one != "value"] == []


def test_no_meaning_is_left_of_a_field_that_is_gone() -> None:
    meanings = importlib.import_module("making.meanings").OF_SHAPE
    gone = {
        (shape, field)
        for shape, explained in meanings.items()
        for field in explained
        if field not in fields(shape)
    }
    assert gone == set()
