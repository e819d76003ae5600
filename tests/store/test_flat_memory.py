"""A check and a rebuild hold one stream at a time: ten times the clubs need no more memory."""

import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bench.life import opened
from bench.sealed import sealed
from engine.lifecycle import upkeep
from engine.store.database import Store

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.sealed.cache", lambda: tmp_path)


def peak(clubs: int, work: Callable[[Store], object]) -> int:
    """Return the most bytes that Python held during the work."""
    with closing(opened(sealed(clubs)).store) as store:
        work(store)
        tracemalloc.start()
        try:
            work(store)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("work", [upkeep.verify_log, upkeep.check, upkeep.rebuild])
def test_ten_times_the_clubs_need_no_more_memory(work: Callable[[Store], object]) -> None:
    few, many = peak(40, work), peak(400, work)
    assert many < 1.3 * few, f"{few} bytes for 40 clubs, {many} for 400"
