"""Whatever it is given, a reader answers or refuses in a sentence with a code and what to do."""

import json
import time
import traceback
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.places import STRANGE, changed, places

from bench.fuzz.readers import READ, READERS, Reader, outcome

LONGEST = 10.0
"""Seconds of the processor that one input may take, however busy the machine is."""
FAST, SLOW = 60, 6
"""How many inputs of each kind a reader is given."""


@st.composite
def damaged(draw: st.DrawFn, one: Reader) -> bytes:
    """An example with some of its bytes, or words, in the place of others."""
    data = draw(st.sampled_from(list(one.seeds())))
    words = st.sampled_from([word.encode() for word in (*one.words, "\n", "\0")])
    for _ in range(draw(st.integers(1, 4))):
        at, length = (int(len(data) * draw(st.floats(0, 1))) for _ in range(2))
        length = min(length, draw(st.sampled_from([0, 1, 2, 8, 64, len(data)])))
        copied = int(len(data) * draw(st.floats(0, 1)))
        put = draw(st.one_of(st.binary(max_size=4), words, st.just(data[copied : copied + length])))
        data = data[:at] + put + data[at + length :]
    return data


@st.composite
def other_values(draw: st.DrawFn, one: Reader) -> bytes:
    """An example in JSON with another value at one of its places."""
    seed = draw(st.sampled_from(list(one.seeds()))).decode()
    head, newline, text = seed.partition("\n") if "\n" in seed else ("", "", seed)
    body = json.loads(text)
    place = draw(st.sampled_from(places(body)))
    to = draw(st.sampled_from((*STRANGE, ...) if place else STRANGE))
    return f"{head}{newline}{json.dumps(changed(body, place, to))}".encode()


@st.composite
def anything(draw: st.DrawFn, one: Reader) -> bytes:
    """Bytes, letters, or the words of a reader in any order."""
    words = st.lists(st.sampled_from([*one.words, "\n", " "]) | st.text(max_size=5), max_size=12)
    text = st.text() | words.map("".join)
    return draw(st.binary(max_size=200) | text.map(lambda one: one.encode("utf-8", "replace")))


KINDS: dict[str, Callable[[Reader], st.SearchStrategy[bytes]]] = {
    "damaged": damaged,
    "other values": other_values,
    "anything": anything,
}
TRIALS = [
    pytest.param(one, kind, id=f"{one.name}, {kind}")
    for one in READERS
    for kind in KINDS
    if kind != "other values" or one.json
]


@pytest.mark.parametrize(("one", "kind"), TRIALS)
def test_whatever_it_is_given_it_answers_or_refuses(one: Reader, kind: str) -> None:
    @settings(max_examples=SLOW if one.slow else FAST)
    @given(KINDS[kind](one))
    def holds(data: bytes) -> None:
        began = time.process_time()
        try:
            outcome(one, data)
        except Exception as error:  # noqa: BLE001  (which ones, is the question)
            # Half letters in it would stop the other processes of the tests.
            reported = "".join(traceback.format_exception(error))
            pytest.fail(reported.encode("ascii", "backslashreplace").decode(), pytrace=False)
        assert time.process_time() - began < LONGEST

    holds()


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in READERS])
def test_some_example_of_it_is_read(one: Reader) -> None:
    """Else only refusals would be tried."""
    assert READ in {outcome(one, seed) for seed in one.seeds()[:5]}
