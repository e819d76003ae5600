"""What is frozen cannot be changed, can be hashed and pickled, and thaws to what it was."""

import copy
import json
import pickle
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.frozen import EMPTY, FrozenMap, freeze, thaw, to_json
from engine.model import Acknowledgement, FundKind

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(PLAIN)
def test_thawing_gives_back_what_was_frozen(value):
    assert thaw(freeze(value)) == value


@given(PLAIN)
def test_what_is_frozen_can_be_hashed_and_equals_its_copies(value):
    frozen = freeze(value)
    for again in (freeze(value), pickle.loads(pickle.dumps(frozen)), copy.deepcopy(frozen)):
        assert again == frozen
        assert hash(again) == hash(frozen)


def test_a_frozen_map_refuses_every_change():
    frozen = freeze({"a": {"b": [1]}})
    with pytest.raises(TypeError):
        frozen["a"] = 1
    with pytest.raises(TypeError):
        del frozen["a"]
    with pytest.raises(TypeError):
        frozen["a"]["b"][0] = 2
    with pytest.raises(AttributeError):
        frozen.c = 1
    with pytest.raises(AttributeError):
        frozen._items = {}
    with pytest.raises(AttributeError):
        del frozen._items
    assert thaw(frozen) == {"a": {"b": [1]}}


def test_a_frozen_map_does_not_follow_the_dict_it_was_made_of():
    source = {"a": 1}
    frozen = FrozenMap(source)
    source["a"] = 2
    assert frozen["a"] == 1


def test_a_frozen_map_reads_like_a_dict():
    frozen = freeze({"a": 1, "b": date(2021, 7, 28)})
    assert list(frozen) == ["a", "b"]
    assert (len(frozen), frozen.get("c"), "a" in frozen) == (2, None, True)
    assert frozen == {"a": 1, "b": date(2021, 7, 28)}
    assert "2021" in repr(frozen)


def test_a_set_freezes_in_one_order():
    assert freeze({"b", "a", "c"}) == ("a", "b", "c")


def test_the_empty_map_is_empty():
    assert EMPTY == {}


def test_what_is_thawed_goes_into_json():
    assert json.dumps(thaw(freeze({"a": ({"b": 1},)}))) == '{"a": [{"b": 1}]}'


@given(PLAIN)
def test_what_is_json_can_be_written_and_stays_the_same(value):
    made = to_json(freeze(value), exact=True)
    assert json.loads(json.dumps(made)) == made
    assert to_json(made) == made


def test_json_has_dates_in_iso_enums_by_value_and_dataclasses_as_mappings():
    value = {FundKind.INCOME: (date(2021, 7, 28), Acknowledgement("CLB-X", "why"), {1})}
    assert to_json(value) == {
        "income": ["2021-07-28", {"code": "CLB-X", "reason": "why"}, [1]],
    }


@pytest.mark.parametrize("value", [0.5, 1.0, datetime(2021, 7, 28, tzinfo=UTC), time(9, 30)])
def test_exact_json_refuses_what_json_cannot_hold(value):
    with pytest.raises(ValueError, match=r"neither|không phải"):
        to_json({"deep": [value]}, exact=True)
    to_json({"deep": [value]})
