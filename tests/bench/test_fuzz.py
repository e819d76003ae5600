"""The long runs of the readers: their table, their page, and a short run where atheris is."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from support.sources import ROOT

from bench.fuzz import __main__ as fuzz
from bench.fuzz.__main__ import BEGIN, END, Line, dictionary, table, written_into
from bench.fuzz.readers import READERS
from bench.reliability import figures


def test_every_reader_has_a_name_of_its_own() -> None:
    assert len({one.name for one in READERS}) == len(READERS) > 20


def test_words_are_spelt_as_libfuzzer_reads_them() -> None:
    assert dictionary(['a"b\\', "Họ"]) == '"a\\x22b\\x5c"\n"H\\xe1\\xbb\\x8d"\n'


def test_crashes_are_named_under_the_table() -> None:
    line = Line("csv", "lists", 9.6, 100, 5, 9, ["/tmp/csv-1.input"])
    shown = list(table([line]))
    assert shown[1].split() == ["csv", "lists", "10", "100", "5", "→", "9", "1"]
    assert shown[-1] == "/tmp/csv-1.input"


def test_each_of_two_tables_of_a_page_is_renewed_alone() -> None:
    page = f"{figures.BEGIN}\nfirst\n{figures.END}\n{BEGIN}\nold\n{END}\n"
    renewed = written_into(page, [Line("csv", "lists", 9.6, 100, 5, 9)])
    assert "first" in renewed
    assert "| csv | lists | 10 | 100 | 5 → 9 | 0 |" in renewed
    assert "old" not in renewed
    assert "first" not in figures.written_into(renewed, [], "facts")


def test_the_page_can_be_renewed() -> None:
    page = fuzz.PAGE.read_text(encoding="utf-8")
    assert written_into(page, []) != page


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is optional")
def test_a_short_run_finds_no_crash_of_one_reader(tmp_path: Path) -> None:
    options = ("--seconds", "5", "--reader", "typed", "--crashes", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "bench.fuzz", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (done.returncode, list(tmp_path.iterdir())) == (0, []), done.stdout + done.stderr
    assert "typed" in done.stdout


def test_readers_that_were_not_run_keep_their_lines() -> None:
    page = f"{BEGIN}\n{END}\n"
    first = written_into(page, [Line("csv", "lists", 9.6, 100, 5, 9), Line("xls", "old lists")])
    second = written_into(first, [Line("csv", "lists", 5.0, 7, 1, 2)])
    assert "| csv | lists | 5 | 7 | 1 → 2 | 0 |" in second
    assert "| xls | old lists |" in second
    assert second.count("| csv |") == 1
    assert "Of `csv`: Commit" in second
