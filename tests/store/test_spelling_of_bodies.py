"""Only one spelling of a body is read, whichever of the two readers takes it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.store.canonical import dumps
from engine.store.stream import WHOLE, read_body

pytestmark = pytest.mark.usefixtures("english")

NOT_WHOLE = "the body holds a number that is not whole"
UNREADABLE = "the body cannot be read"
OTHERWISE = "the body is not in its canonical spelling"
HOSTILE = {
    '{"a":1.0}': NOT_WHOLE,
    '{"a":1e3}': NOT_WHOLE,
    '{"a":1E400}': NOT_WHOLE,
    '{"a":NaN}': UNREADABLE,
    '{"a":-Infinity}': UNREADABLE,
    '{"a":' + "1" * 5000 + "}": UNREADABLE,
    '{"a":' + "[" * 100_000 + "]" * 100_000 + "}": UNREADABLE,
    "": UNREADABLE,
    "{": UNREADABLE,
    "{'a':1}": UNREADABLE,
    '{"a":"\x01"}': UNREADABLE,
    '\ufeff{"a":1}': UNREADABLE,
    '{"a":1,"a":1}': OTHERWISE,
    '{"b":1,"a":1}': OTHERWISE,
    '{"a": 1}': OTHERWISE,
    '{"a":1}\n': OTHERWISE,
    '{"a":-0}': OTHERWISE,
    '{"a":"\\u00e9"}': OTHERWISE,
    '{"a":"\\u001F"}': OTHERWISE,
    '{"a":"\\/"}': OTHERWISE,
    '{"a":"\\ud800"}': OTHERWISE,
    "[]": OTHERWISE,
    '"a"': OTHERWISE,
    "null": OTHERWISE,
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text("a\u1ea1\U0001f600"), one),
    max_leaves=12,
)
BODIES = st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), VALUES, max_size=6)


@pytest.mark.parametrize(("body", "reason"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_what_is_spelled_otherwise_is_named(body: str, reason: str) -> None:
    assert read_body(body) == (reason, {})


@pytest.mark.slow
@given(BODIES)
@settings(max_examples=50)
def test_what_the_program_writes_is_read_as_the_standard_library_reads_it(
    body: dict[str, object],
) -> None:
    text = dumps(body)
    assert read_body(text) == (None, json.loads(text))


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 2**64, -(10**30), 10**4000])
def test_a_whole_number_is_read_whatever_its_length(number: int) -> None:
    assert read_body(f'{{"a":{number}}}') == (None, {"a": number})


@pytest.mark.slow
@given(BODIES.map(dumps), st.integers(0), st.text('{}[]",:\\.eE-+019 u\ud7ff\n', max_size=3))
@settings(max_examples=100)
def test_nothing_is_read_that_the_standard_library_does_not_spell_the_same(
    text: str, at: int, put: str
) -> None:
    at %= len(text)
    changed = text[:at] + put + text[at + 1 :]
    reason, found = read_body(changed)
    if reason is None:
        assert dumps(WHOLE.decode(changed)) == changed
        assert found == json.loads(changed)
