"""What a plugin does when it is tried fills no memory and leaves nothing behind."""

from pathlib import Path

import pytest
from support.plugin_source import HOOK, source

from engine import plugin_checks
from engine.child_process import Ended
from engine.plugin_checks.trial import run_with_plugin

SECONDS = 60.0


def ran(folder: Path, code: str) -> Ended:
    """Run a module of a plugin's folder in a child process."""
    (folder / "work").mkdir()
    (folder / "thu.py").write_text(code, encoding="utf-8")
    return run_with_plugin("thu", [], folder, folder / "work", package="thu", seconds=SECONDS)


def test_what_it_keeps_for_a_while_lies_in_the_folder_that_is_thrown_away(tmp_path: Path) -> None:
    ended = ran(tmp_path, "import os, tempfile\nprint(tempfile.mkdtemp(), flush=True)\nos._exit(0)")
    assert Path(ended.out.strip()).parent == tmp_path / "work"


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
