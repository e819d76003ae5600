"""A command that was not typed as it should be is answered with what to type, in one language."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from support.roster_cli import Office
from support.sources import ROOT

from engine.cli import aliases
from engine.cli.main import COMMANDS, clb

ENGLISH = ("OPTIONS", "COMMAND", "ARGS", "TEXT", "VALUE", "CODE", "FILE", "PATH", "CLUB", "SHOW")


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    made = Office(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_LANG", "vi")
    return made


def groups() -> Iterator[tuple[str, click.Group]]:
    """Yield the top and every group of commands below it."""
    yield "clb", clb
    context = click.Context(clb)
    for name in COMMANDS:
        command = clb.get_command(context, name)
        if isinstance(command, click.Group):
            yield name, command


GROUPS = dict(groups())


def helps() -> Iterator[str]:
    """Yield how each command is called."""
    for name, group in GROUPS.items():
        for command in group.list_commands(click.Context(group)):
            yield command if name == "clb" else f"{name} {command}"


def test_everything_missing_is_named_at_once(office: Office) -> None:
    answer = office.run("club", "open", "--province", "bac_ninh")
    assert answer.code == 2
    for option in ("--commune", "--village", "--name"):
        assert option in answer.err
    answer = office.run("fund", "record", "CLB A", "--fund", "quỹ hoạt động")
    for option in ("--kind", "--source", "--amount", "--document"):
        assert option in answer.err
    assert "--fund" not in answer.err


def test_a_name_without_its_quotes_is_explained(office: Office) -> None:
    answer = office.run("club", "show", "CLB", "Ổn", "định")
    assert answer.code == 2
    assert "Thừa chữ “Ổn định”: tên có dấu cách phải để trong dấu nháy kép." in answer.err


def test_a_piece_of_such_a_name_is_not_read_as_something_else(office: Office) -> None:
    answer = office.run("advance", "CLB", "Thịnh", "Lang", "trình")
    assert "Thừa chữ “Lang trình”" in answer.err
    answer = office.run("advance", "BN-123", "trình", "UBND", "xã", "--on", "1/9/21")
    assert 'clb advance … "trình UBND xã" …' in answer.err
    assert office.run("advance", "CLB", "Thịnh", "Lang", "--help").code == 0


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("advanc", "clb advance"),
        ("danhsac", "clb danhsach"),
        ("ha", "clb han"),
        ("commune serch", "clb commune search"),
        ("commune list", "search"),
        ("fund recrod", "clb fund record"),
    ],
)
def test_a_command_that_is_none_is_answered_with_the_nearest(
    office: Office, typed: str, near: str
) -> None:
    answer = office.run(*typed.split())
    assert answer.code == 2
    assert near in answer.err


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("board set CLB --thu-ky A", "--secretary"),
        ("board set CLB --chiar A", "--chair"),
        ("fund record CLB --nghi-quyet A", "--resolution"),
    ],
)
def test_an_option_that_is_none_is_answered_with_the_one_that_is_called_so(
    office: Office, typed: str, near: str
) -> None:
    answer = office.run(*typed.split())
    assert answer.code == 2
    assert near in answer.err


def test_a_field_is_found_by_its_title_and_missed_ones_are_named(office: Office) -> None:
    club = office.decided_club()
    form = ("--set", "số người dự=50", "--set", "activities=health_care")
    office.json("advance", "advance", club, "meeting", "--on", "5/10/21", *form)
    assert office.events(club)[-1]["form"]["attendance"] == 50
    answer = office.run("advance", club, "meeting", "--set", "so nguoi=50")
    assert answer.code == 2
    assert "attendance (Số người dự)" in answer.err


def test_a_name_that_begins_with_a_hyphen_is_not_taken_for_an_option(office: Office) -> None:
    answer = office.run("club", "show", "-CLB 2")
    assert answer.code == 2
    assert "“-CLB 2” bắt đầu bằng dấu gạch" in answer.err
    assert "CLB-CLUB-UNKNOWN" in office.run("club", "show", "--", "-CLB 2").err


@pytest.mark.parametrize(
    "typed", ["xem", "mở", "mo", "bước", "buoc", "kiem", "hạn", "HAN", "quỹ", "giay", "bao cao"]
)
def test_an_officers_word_is_a_command(office: Office, typed: str) -> None:
    answer = office.run(typed.replace(" ", ""), "--help")
    assert answer.code == 0
    assert answer.out.startswith("Cách dùng: clb ")


@pytest.mark.parametrize("name", aliases.WITHIN)
def test_every_word_within_a_group_means_one_of_its_commands(name: str) -> None:
    there = GROUPS[name].list_commands(click.Context(GROUPS[name]))
    assert set(aliases.WITHIN[name].values()) <= set(there)
    assert not set(map(str, aliases.WITHIN[name])) & set(there)


def test_every_word_of_the_top_means_a_command() -> None:
    for command in aliases.TOP.values():
        first, *rest = command.split()
        assert first in COMMANDS
        assert all(one in GROUPS[first].list_commands(click.Context(GROUPS[first])) for one in rest)


def test_the_words_are_in_the_help(office: Office) -> None:
    shown = office.run("--help").out
    for word in ("xem", "mo", "buoc", "kiem", "han", "quy", "giay", "baocao", "danhsach", "bcn"):
        assert f" {word} " in shown.replace(",", " ").replace("\n", " ")
    assert office.run("help").out == shown
    assert "record, ghi" in office.run("fund", "--help").out


def test_a_choice_is_explained_in_words_with_its_code(office: Office) -> None:
    shown = " ".join(office.run("fund", "record", "--help").out.split())
    assert "ngân sách tỉnh (province_budget)" in shown
    assert "[grant|" not in shown


def test_a_choice_without_another_word_for_it_is_written_once(office: Office) -> None:
    shown = " ".join(office.run("export", "events", "--help").out.split())
    assert "jsonl, csv, xes" in shown


HELPS = """
import io, sys
from contextlib import redirect_stdout
from engine.cli import run
for path in sys.argv[1:]:
    run([*path.split(), "--help"])
"""


def test_no_help_has_an_english_word_of_clicks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELPS, "", *helps()],
        capture_output=True,
        check=True,
        encoding="utf-8",
        cwd=ROOT,
        env={"CLB_LANG": "vi", "PYTHONPATH": str(ROOT), "PATH": "", "SYSTEMROOT": ""},
    )
    words = set(done.stdout.replace("[", " ").replace("]", " ").replace("=", " ").split())
    assert len(done.stdout.splitlines()) > 300
    assert words & set(ENGLISH) == set()
