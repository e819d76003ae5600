"""``clb`` alone: the desk at a terminal, the help everywhere else."""

import sys
from pathlib import Path

import pytest
from support.core import ASSOCIATION, BAC_NINH, make_core
from support.databases import address
from support.terminal import at_terminal

import engine.cli

pexpect = pytest.importorskip("pexpect")
F10 = "\x1b[21~"


def test_without_a_terminal_it_is_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert engine.cli.run([]) == 2
    shown = capsys.readouterr()
    assert "Cách dùng: clb" in shown.out + shown.err
    assert "desk" in shown.out + shown.err


@pytest.mark.parametrize("plain", [{"TERM": "dumb"}, {"TERM": "xterm", "CLB_PLAIN": "1"}])
def test_a_terminal_that_only_types_is_asked_in_lines(plain: dict[str, str]) -> None:
    answer = at_terminal(environ=plain, typed="\x04")
    assert "Tỉnh, thành phố" in answer.out + answer.err
    assert "\x1b[?1049h" not in answer.out  # no window


def test_the_desk_without_a_terminal_says_where_it_can_be_had(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert engine.cli.run(["desk"]) == 2
    assert "clb desk --web" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("command", [[], ["desk"]], ids=["clb", "clb desk"])
def test_at_a_terminal_it_is_the_desk_until_f10(tmp_path: Path, command: list[str]) -> None:
    core = make_core(str(tmp_path / "clb.sqlite3"), province=BAC_NINH)
    given = ["--database", address(core.store), "--as", ASSOCIATION]
    window = pexpect.spawn(
        sys.executable,
        ["-m", "engine", *given, *command],
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=40,
    )
    window.expect("Việc hôm nay")
    window.send(F10)
    window.expect(pexpect.EOF)
    window.close()
    assert window.exitstatus == 0
