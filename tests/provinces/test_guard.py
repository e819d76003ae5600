"""What a hook reaches for is recorded by kind, and what the engine itself does meanwhile is not."""

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.plugin_checks.guard import Guard

REACHING: dict[str, tuple[str, Callable[[], object]]] = {
    "socket": ("network", lambda: socket.socket().close()),
    "name": ("network", lambda: socket.gethostbyname("localhost")),
    "database": ("database", lambda: sqlite3.connect(":memory:").close()),
    "process": ("process", lambda: subprocess.check_output([sys.executable, "-V"])),
}
READING = Path(__file__).parent.parent / "support" / "guard_reading.py"


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


@pytest.mark.parametrize("which", REACHING)
def test_what_reaches_out_is_refused_and_recorded_by_its_kind(which: str, guard: Guard) -> None:
    kind, act = REACHING[which]
    with guard.refusing(), pytest.raises(PermissionError):
        act()
    assert kinds(guard) == {kind}


@pytest.mark.parametrize("mode", ["w", "a", "r+"])
def test_a_file_may_be_read_and_not_written(mode: str, tmp_path: Path, guard: Guard) -> None:
    path = tmp_path / "x.txt"
    path.write_text("x", encoding="utf-8")
    with guard.refusing():
        path.read_text(encoding="utf-8")
    assert guard.reached == []
    with guard.refusing(), pytest.raises(PermissionError):
        path.open(mode, encoding="utf-8")
    assert kinds(guard) == {"file"}
    assert path.read_text(encoding="utf-8") == "x"


def test_a_file_is_not_moved_or_removed(tmp_path: Path, guard: Guard) -> None:
    path = tmp_path / "x.txt"
    path.touch()
    with guard.refusing():
        with pytest.raises(PermissionError):
            path.rename(tmp_path / "y.txt")
        with pytest.raises(PermissionError):
            path.unlink()
    assert [one.what for one in guard.reached] == ["os.rename", "os.remove"]
    assert path.exists()


def test_reads_of_the_clock_and_the_environment_are_recorded() -> None:
    """In a process of its own, as the check of a plugin does it: a profiler is the process's."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(READING)],
        cwd=READING.parent.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, "10 passed" in done.stdout) == (0, True), done.stdout
