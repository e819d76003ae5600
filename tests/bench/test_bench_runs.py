"""The benches run: each of them on a tiny scale, without a word about how fast anything is."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from support.sources import ROOT

pytestmark = pytest.mark.slow

BENCHES = (
    "start",
    "files",
    "step",
    "batch",
    "report",
    "roster",
    "growth",
    "impact",
    "memory",
    "size",
    "seals",
    "bundles",
    "check",
    "desk",
)


def bench(folder: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the package as people do; its generated data goes into a folder of the test."""
    return python(folder, "-m", "bench", *args)


def python(folder: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python where the package is."""
    return subprocess.run(
        [sys.executable, *map(str, args)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder), "CLB_HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def measured(folder: Path, name: str) -> list[dict[str, Any]]:
    """Run one bench and return its rows, as its JSON has them."""
    result = folder / f"{name}.json"
    done = bench(folder, name, "--tiny", "--json", result)
    assert done.returncode in (0, 1), done.stderr
    rows: list[dict[str, Any]] = json.loads(result.read_text(encoding="utf-8"))["rows"]
    assert all(row["case"] in done.stdout for row in rows)
    return rows


def test_the_benches_are_listed(tmp_path: Path) -> None:
    listed = bench(tmp_path, "--list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(BENCHES)
    assert all(len(line.split()) > 3 for line in listed), "each says what it measures"


def test_an_unknown_bench_is_a_usage_error(tmp_path: Path) -> None:
    done = bench(tmp_path, "nothing")
    assert done.returncode == 2
    assert "step" in done.stderr, "the known ones are named"


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_says_how_it_compares(name: str, tmp_path: Path) -> None:
    rows = measured(tmp_path, name)
    assert {row["bench"] for row in rows} == {name}
    assert any(row["budget"] is not None for row in rows)
    for row in rows:
        assert row["value"]["low"] <= row["value"]["median"] <= row["value"]["high"]
        if row["ratio"] is not None:
            assert row["ratio"]["median"] > 0
    if name not in ("size", "seals", "bundles", "impact"):
        assert any(row["ratio"] is not None for row in rows)


def test_two_results_can_be_compared(tmp_path: Path) -> None:
    first = tmp_path / "first.json"
    assert bench(tmp_path, "size", "--tiny", "--json", first).returncode in (0, 1)
    other = json.loads(first.read_text(encoding="utf-8"))
    other["commit"] = "another"
    other["rows"][0]["value"]["median"] *= 2
    second = tmp_path / "second.json"
    second.write_text(json.dumps(other), encoding="utf-8")
    done = bench(tmp_path, "--compare", first, second)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].endswith("→ another")
    assert lines[1].endswith("(+100%)")
    assert all(line.endswith("(+0%)") for line in lines[2:])


BOTH_SIDES = """
from bench import step
with step.stage() as (folder, players):
    step.measured(players, clubs=1, rounds=2)
    print(len(step.differences(folder)))
    step.play(players["hand"], 99, step.blank())
    print(len(step.differences(folder)))
"""


def test_the_reference_writes_what_the_engine_writes(tmp_path: Path) -> None:
    """A reference that does less would flatter nobody: logs and tables must be the same."""
    done = python(tmp_path, "-c", BOTH_SIDES)
    same, with_a_club_more = done.stdout.split()
    assert same == "0"
    assert int(with_a_club_more) > 0, "a club that only one side has is seen"


@pytest.mark.postgresql
def test_the_bench_of_a_server_fills_it_and_writes_through_both_doors() -> None:
    small = ("--provinces", "2", "--clubs", "80", "--people", "5", "--writers", "2")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server may be another user's
        done = python(
            *(Path(folder), "-m", "bench.server", *small, "--seconds", "1", "--turns", "1")
        )
    assert done.returncode == 0, done.stderr
    assert "| provinces; clubs; members; events | 2; 80; 400;" in done.stdout
    assert done.stdout.count("2 writers") == 2
