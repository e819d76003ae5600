"""Progress of long work: on the error stream, a line that counts up in a terminal."""

import sys
from io import StringIO

import pytest

from engine.cli.context import Context
from engine.cli.progress_bar import busy, counting
from engine.cli.settings import Settings

CONTEXT = Context(Settings(lang="en"))


class Terminal(StringIO):
    """An error stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_at_a_terminal_one_line_counts_up_and_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with counting(CONTEXT, "Rows read") as show:
        for done in (1_000, 3_000, 4_000):
            show(done)
    assert terminal.getvalue() == f"\rRows read: 3.000\rRows read: 4.000\r{' ' * 16}\r"


def test_elsewhere_a_line_comes_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with counting(CONTEXT, "Rows read") as show:
        for done in range(1_000, 26_000, 1_000):
            show(done)
    assert capsys.readouterr() == ("", "Rows read: 3.000\nRows read: 13.000\nRows read: 23.000\n")


def test_of_a_known_number_each_part_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with counting(CONTEXT, "Rows done", 300) as show:
        show(100)
        show(200)
    assert capsys.readouterr().err == "Rows done: 100/300\nRows done: 200/300\n"


@pytest.mark.parametrize(("rows", "shown"), [(2_000, ""), (2_001, "Members: 2.001\n")])
def test_short_work_shows_nothing(
    rows: int, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with busy(CONTEXT, "Members", rows):
        pass
    assert capsys.readouterr().err == shown
