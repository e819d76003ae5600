"""The page of policy keys explains its fields, and only fields that there are."""

import importlib

import pytest

import schemas


def fields(shape: str) -> list[str]:
    made = importlib.import_module("making.shapes").Shapes(schemas.load("policy_values")["$defs"])
    return [field for field, _shape in made.entry(shape)]


@pytest.mark.parametrize("shape", ["dated_target", "dated_report", "grant_establishment"])
def test_each_field_of_the_largest_values_has_a_meaning(shape: str) -> None:
    meaning = importlib.import_module("making.meanings").meaning
    assert [one for one in fields(shape) if not meaning(shape, one)] == []


def test_no_meaning_is_left_of_a_field_that_is_gone() -> None:
    meanings = importlib.import_module("making.meanings").OF_SHAPE
    gone = {
        (shape, field)
        for shape, explained in meanings.items()
        for field in explained
        if field not in fields(shape)
    }
    assert gone == set()
