"""What runs apart is ended with its asker, fills no memory, and leaves nothing behind."""

import os
import time
from pathlib import Path

import pytest
from support.plugin_source import HOOK, source

from engine import plugin_checks
from engine.plugin_checks import apart
from engine.plugin_checks.apart import Ended, run_apart

SECONDS = 60.0


def ran(folder: Path, code: str) -> Ended:
    """Run a module of a plugin's folder apart."""
    (folder / "work").mkdir()
    (folder / "thu.py").write_text(code, encoding="utf-8")
    return run_apart("thu", [], folder, folder / "work", seconds=SECONDS)


def test_what_writes_without_end_is_stopped_and_only_its_beginning_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MOST_BYTES", 100_000)
    started = time.monotonic()
    ended = ran(tmp_path, "import os\nwhile True:\n    os.write(1, b'x' * 10_000)\n")
    assert ended.late
    assert time.monotonic() - started < SECONDS
    assert set(ended.out) == {"x"}
    assert len(ended.out) <= apart.READ_BYTES


def test_the_last_that_was_complained_of_is_read(tmp_path: Path) -> None:
    code = "import sys\nfor number in range(100_000):\n    print(number, file=sys.stderr)\n"
    ended = ran(tmp_path, code)
    assert ended.code == 0
    assert ended.err.endswith("99999\n")
    assert len(ended.err) <= apart.READ_BYTES


def test_what_it_keeps_for_a_while_lies_in_the_folder_that_is_thrown_away(tmp_path: Path) -> None:
    ended = ran(tmp_path, "import os, tempfile\nprint(tempfile.mkdtemp(), flush=True)\nos._exit(0)")
    assert Path(ended.out.strip()).parent == tmp_path / "work"


def test_it_does_not_outlive_an_asker_that_was_interrupted(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    (tmp_path / "thu.py").write_text(
        f"import os\nopen({str(told)!r}, 'w').write(f'{{os.getpid()}}.')\nwhile True:\n    pass\n",
        encoding="utf-8",
    )

    def interrupted(_waited: float) -> bool:
        if told.exists() and told.read_text(encoding="utf-8").endswith("."):
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        run_apart("thu", [], tmp_path, tmp_path, seconds=SECONDS, until=interrupted)
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text(encoding="utf-8")[:-1]), 0)


def test_what_a_hook_prints_is_not_kept_in_memory(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    init = (
        HOOK + "import resource\n@hookimpl\ndef clb_checks(request):\n"
        "    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "    for _time in range(300):\n        print('x' * 1_000_000)\n"
        "    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        "    raise MemoryError if grown > 0.5 * before else LookupError\n"
    )
    candidate = plugin_checks.from_source(source(tmp_path / "p", init=init))
    assert candidate is not None
    found = plugin_checks.try_hooks(candidate).mistakes
    assert [one.code for one in found] == ["CLB-HOOK-PRINTS", "CLB-HOOK-RAISES"]
    assert "LookupError" in found[1].message
