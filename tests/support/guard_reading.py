"""What a hook reads is recorded by kind; run by tests/provinces/test_guard.py in a process."""

import gc
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from engine.i18n import _
from engine.plugin_checks.guard import Guard

READING: dict[str, tuple[str, Callable[[], object]]] = {
    "today": ("clock", date.today),
    "now": ("clock", lambda: datetime.now(UTC)),
    "time": ("clock", time.time),
    "monotonic": ("clock", time.monotonic_ns),
    "environ": ("environment", lambda: os.environ.get("HOME")),
    "getenv": ("environment", lambda: os.getenv("HOME")),
    "in environ": ("environment", lambda: "HOME" in os.environ),
}


@pytest.fixture(scope="module")
def shared() -> Guard:
    """One guard: its audit hook cannot be removed again."""
    return Guard()


@pytest.fixture
def guard(shared: Guard) -> Guard:
    shared.reached.clear()
    return shared


def kinds(guard: Guard) -> set[str]:
    return {one.kind for one in guard.reached}


@pytest.mark.parametrize("which", READING)
def test_what_is_read_is_recorded_by_its_kind(which: str, guard: Guard) -> None:
    kind, act = READING[which]
    with guard.reading():
        act()
    assert kinds(guard) == {kind}


def test_computing_with_days_and_words_reaches_for_nothing(guard: Guard) -> None:
    with guard.refusing(), guard.reading():
        day = date(2022, 1, 31)
        assert f"{day.replace(day=1):%d/%m/%Y}" == "01/01/2022"
        assert sorted({_("none"), "b"})
        assert time.struct_time((2022, 1, 31, 0, 0, 0, 0, 31, 0)).tm_year == 2022
    assert guard.reached == []


def test_nothing_is_recorded_afterwards_and_the_profiler_is_put_back(guard: Guard) -> None:
    before = sys.getprofile()
    with guard.refusing(), guard.reading():
        pass
    date.today()  # noqa: DTZ011
    sqlite3.connect(":memory:").close()
    assert guard.reached == []
    assert sys.getprofile() is before


def test_a_listener_of_the_garbage_collector_is_not_the_hook(guard: Guard) -> None:
    def timed(_phase: str, _info: dict[str, int]) -> None:
        time.perf_counter()

    gc.callbacks.append(timed)
    try:
        with guard.reading():
            kept = [[number] for number in range(20_000)]
    finally:
        gc.callbacks.remove(timed)
    assert len(kept) == 20_000
    assert guard.reached == []
    assert gc.isenabled()
