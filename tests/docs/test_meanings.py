"""The page of policy keys says what a field means, of fields that there are."""

import importlib

import pytest

import schemas


def fields(shape: str) -> list[str]:
    made = importlib.import_module("making.shapes").Shapes(schemas.load("policy_values")["$defs"])
    return [field for field, _told in made.entry(shape)]


@pytest.mark.parametrize("shape", ["dated_target", "dated_report", "grant_establishment"])
def test_each_field_of_the_largest_values_has_a_meaning(shape: str) -> None:
    meaning = importlib.import_module("making.meanings").meaning
    assert [one for one in fields(shape) if not meaning(shape, one)] == []


def test_no_meaning_is_left_of_a_field_that_is_gone() -> None:
    meanings = importlib.import_module("making.meanings").OF_SHAPE
    gone = {
        (shape, field)
        for shape, told in meanings.items()
        for field in told
        if field not in fields(shape)
    }
    assert gone == set()
