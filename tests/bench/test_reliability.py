"""The trials of reliability run, count what goes wrong, and renew their page."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.sources import ROOT

from bench.reliability import kills
from bench.reliability.figures import BEGIN, END, Line, table, total, written_into
from bench.reliability.kills import spread
from bench.reliability.stage import Ended, stage

JOBS = {job.name: job for job in kills.JOBS}


def test_what_goes_wrong_is_counted_and_described() -> None:
    line = Line("a crowd", runs=3)
    line.check(True, "lost", "nothing")
    line.check(False, "lost", "meeting 7")
    assert (line.lost, line.failed) == (1, True)
    shown = list(table([line]))
    assert shown[-1] == "a crowd: lost: meeting 7"
    assert total([line, line]).runs == 6


def test_a_page_is_renewed_between_its_marks_only() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    renewed = written_into(page, [Line("a crowd", runs=3, remark="quick")], "facts")
    assert renewed.startswith(f"before\n{BEGIN}\nfacts\n")
    assert "| a crowd | 3 | 0 | 0 | 0 | 0 | 0 | quick |" in renewed
    assert renewed.endswith(f"{END}\nafter\n")
    assert "old" not in renewed
    with pytest.raises(ValueError, match="results"):
        written_into("nothing", [], "")


def test_the_page_can_be_renewed() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    assert written_into(page, [], "facts") != page


def test_calls_are_spread_from_the_first_to_the_last() -> None:
    calls = [("write", number) for number in range(1, 101)]
    assert [number for _name, number in spread(calls, 4)] == [1, 34, 67, 100]
    assert spread(calls[:3], 4) == calls[:3]


@pytest.mark.slow
def test_a_step_that_was_confirmed_and_is_not_there_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge itself: it believes a command that reports what it did not do."""
    monkeypatch.setenv("CLB_HOME", str(tmp_path))
    here = stage(tmp_path)
    job = JOBS["advance"]
    place = here.copy("one")
    args = job.make(here, place)
    honest, lying = Line("honest"), Line("lying")
    kills.judge(job, place.address, args, Ended(-9, "", ""), honest, "before")
    assert not honest.failed
    fresh = here.copy("two")
    kills.judge(job, fresh.address, args, Ended(0, "done", ""), lying, "before")
    assert (lying.lost, lying.doubled, lying.alarms) == (1, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["kills", "crowds"])
def test_a_quick_run_loses_nothing_and_raises_no_alarm(part: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.reliability", "--quick", part],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
