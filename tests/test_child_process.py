"""A child process ends with its caller, keeps its limits, and leaves nothing behind."""

import os
import sys
import time
from pathlib import Path

import pytest

import engine
from engine import child_process
from engine.child_process import Ended, run_module

SECONDS = 60.0
MEGABYTE = 1_000_000


def ran(folder: Path, code: str, *, seconds: float = SECONDS, memory: int | None = None) -> Ended:
    """Run ``code`` as a module of ``folder``."""
    (folder / "work").mkdir()
    (folder / "thu.py").write_text(code, encoding="utf-8")
    return run_module(
        "thu", [], folder / "work", seconds=seconds, memory=memory, last_on_path=folder
    )


def test_its_code_its_output_and_its_errors_are_returned(tmp_path: Path) -> None:
    ended = ran(tmp_path, "import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)")
    assert (ended.code, ended.stopped) == (3, False)
    assert (ended.out.strip(), ended.err.strip()) == ("out", "err")


def test_it_has_this_engine_whichever_else_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other" / "engine").mkdir(parents=True)
    (tmp_path / "other" / "engine" / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "other"))
    ended = ran(tmp_path, "import engine\nprint(engine.__file__)")
    assert ended.out.strip() == engine.__file__


def test_it_is_killed_after_its_seconds(tmp_path: Path) -> None:
    started = time.monotonic()
    assert ran(tmp_path, "while True:\n    pass\n", seconds=0.5).stopped
    assert time.monotonic() - started < SECONDS


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no limit of memory to set")
def test_it_gets_no_more_memory_than_its_limit(tmp_path: Path) -> None:
    code = "kept = []\nwhile True:\n    kept.append(bytearray(10_000_000))\n"
    ended = ran(tmp_path, code, memory=300 * MEGABYTE)
    assert ended.code != 0


def test_within_its_limit_it_runs_as_ever(tmp_path: Path) -> None:
    ended = ran(tmp_path, "kept = bytearray(10_000_000)\nprint(len(kept))", memory=300 * MEGABYTE)
    assert (ended.code, ended.out.strip()) == (0, "10000000")


def test_what_writes_without_end_is_stopped_and_only_its_beginning_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "MOST_BYTES", 100_000)
    started = time.monotonic()
    ended = ran(tmp_path, "import os\nwhile True:\n    os.write(1, b'x' * 10_000)\n")
    assert ended.stopped
    assert time.monotonic() - started < SECONDS
    assert set(ended.out) == {"x"}
    assert len(ended.out) <= child_process.READ_BYTES


def test_the_end_of_its_errors_is_read(tmp_path: Path) -> None:
    code = "import sys\nfor number in range(100_000):\n    print(number, file=sys.stderr)\n"
    ended = ran(tmp_path, code)
    assert ended.code == 0
    assert ended.err.splitlines()[-1] == "99999"
    assert len(ended.err) <= child_process.READ_BYTES


def test_it_does_not_outlive_a_caller_that_was_interrupted(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    (tmp_path / "thu.py").write_text(
        f"import os\nopen({str(pid)!r}, 'w').write(f'{{os.getpid()}}.')\nwhile True:\n    pass\n",
        encoding="utf-8",
    )

    def interrupted(_waited: float) -> bool:
        if pid.exists() and pid.read_text(encoding="utf-8").endswith("."):
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        run_module("thu", [], tmp_path, seconds=SECONDS, last_on_path=tmp_path, until=interrupted)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text(encoding="utf-8")[:-1]), 0)
