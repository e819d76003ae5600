"""A hook that never comes back ends with a named failure, also where Ctrl-C is ignored."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.broken import broken

KIT = """
from engine.testing import ProvinceConformance


class TestIt(ProvinceConformance):
    province = "thu_endless_loop_in_a_hook"
"""
CHECK = "test_the_check_hook_answers_for_every_step"
SECONDS = 90


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a process inherits ignored signals on POSIX only")
def test_an_endless_hook_is_named_where_interrupts_are_ignored(tmp_path: Path) -> None:
    """SIGINT is ignored under nohup, in the background of a shell, and in many CI and cron jobs."""
    site, tests = tmp_path / "site", tmp_path / "tests"
    site.mkdir()
    tests.mkdir()
    (endless,) = (one for one in broken() if one.name == "endless_loop_in_a_hook")
    endless.write(site, "XEL")
    (tests / "test_it.py").write_text(KIT, encoding="utf-8")
    # Ignored signals are inherited: as under nohup, the process below cannot be interrupted.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--rootdir=.", "-k", CHECK, "."],
            cwd=tests,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=SECONDS,
            env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert done.returncode == 1, done.stdout
    assert f"{endless.stamp}: __init__.py: clb_checks: " in done.stdout
    assert "1 failed" in done.stdout
