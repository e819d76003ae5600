"""What a hook touches is told by kind, and what the engine itself does meanwhile is not."""

import gc
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.i18n import _
from engine.testing.guard import watching

TOUCHING: dict[str, tuple[str, Callable[[], object]]] = {
    "today": ("clock", date.today),
    "now": ("clock", lambda: datetime.now(UTC)),
    "time": ("clock", time.time),
    "monotonic": ("clock", time.monotonic_ns),
    "environ": ("environment", lambda: os.environ.get("HOME")),
    "getenv": ("environment", lambda: os.getenv("HOME")),
    "in environ": ("environment", lambda: "HOME" in os.environ),
    "socket": ("network", lambda: socket.socket().close()),
    "name": ("network", lambda: socket.gethostbyname("localhost")),
    "database": ("database", lambda: sqlite3.connect(":memory:").close()),
    "process": ("process", lambda: subprocess.check_output([sys.executable, "-V"])),
}


@pytest.mark.parametrize("which", TOUCHING)
def test_what_is_touched_is_told_by_its_kind(which: str) -> None:
    kind, act = TOUCHING[which]
    with watching() as touched:
        act()
    assert touched.of(kind)


@pytest.mark.parametrize("mode", ["w", "a", "r+"])
def test_a_file_that_is_written_is_told_and_one_that_is_read_is_not(
    mode: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.txt"
    path.write_text("x", encoding="utf-8")
    with watching() as touched:
        path.read_text(encoding="utf-8")
    assert touched.of("file") == []
    with watching() as touched, path.open(mode, encoding="utf-8"):
        pass
    assert touched.of("file") == [str(path)]


def test_a_file_that_is_moved_or_removed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.touch()
    with watching() as touched:
        path.rename(tmp_path / "y.txt")
        (tmp_path / "y.txt").unlink()
    assert touched.of("file") == ["os.rename", "os.remove"]


def test_what_is_printed_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    with watching() as touched:
        print("một dòng")
    assert touched.printed == "một dòng\n"
    assert capsys.readouterr().out == ""


def test_reckoning_with_days_and_words_touches_nothing() -> None:
    with watching() as touched:
        day = date(2022, 1, 31)
        assert f"{day.replace(day=1):%d/%m/%Y}" == "01/01/2022"
        assert sorted({_("none"), "b"})
        assert time.struct_time((2022, 1, 31, 0, 0, 0, 0, 31, 0)).tm_year == 2022
    assert (touched.found, touched.printed) == ({}, "")


def test_nothing_is_told_after_the_watching_and_the_profiler_is_put_back() -> None:
    before = sys.getprofile()
    with watching() as touched:
        pass
    date.today()  # noqa: DTZ011
    assert touched.found == {}
    assert sys.getprofile() is before


def test_who_times_the_garbage_collector_is_not_the_hook() -> None:
    def timed(_phase: str, _info: dict[str, int]) -> None:
        time.perf_counter()

    gc.callbacks.append(timed)
    try:
        with watching() as touched:
            kept = [[number] for number in range(20_000)]
    finally:
        gc.callbacks.remove(timed)
    assert len(kept) == 20_000
    assert touched.of("clock") == []
    assert gc.isenabled()
