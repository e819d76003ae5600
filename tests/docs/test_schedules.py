"""The examples for schedulers are run as they are written, with the folders of a test."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.doc_blocks import DOCS, FENCE
from support.keeper import Keeper

PAGE = (DOCS / "quan-tri" / "05-sao-luu.md").read_text(encoding="utf-8")


def block(beginning: str) -> str:
    """Return the example that begins so."""
    (found,) = [
        one["body"] for one in FENCE.finditer(PAGE) if one["body"].lstrip().startswith(beginning)
    ]
    return str(found)


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    keeper.lived()
    (tmp_path / "sao-luu").mkdir()
    return keeper


def here(keeper: Keeper, line: str) -> str:
    """Return a line with this test's folders in the place of those of the page."""
    for old, new in (
        ("/srv/clb/clb.sqlite3", str(keeper.database)),
        ("/srv/clb/.venv/bin/clb", f"{shlex.quote(sys.executable)} -m engine"),
        ("/srv/clb/", f"{keeper.folder}/"),
        ("/mnt/sao-luu", str(keeper.folder / "sao-luu")),
    ):
        line = line.replace(old, new)
    return line


def kept(keeper: Keeper) -> list[Path]:
    return list((keeper.folder / "sao-luu").iterdir())


@pytest.mark.skipif(os.name != "posix", reason="cron is a Unix program")
def test_the_line_for_cron_makes_a_backup_and_writes_what_it_did(keeper: Keeper) -> None:
    line = block("0 12 * * *").strip().removeprefix("0 12 * * *").strip()
    done = subprocess.run(["/bin/sh", "-c", here(keeper, line)], check=False)
    assert done.returncode == 0
    (copy,) = kept(keeper)
    assert copy.name.startswith("clb-20")
    assert copy.name in (keeper.folder / "sao-luu.log").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="systemd is a Linux program")
def test_the_unit_for_systemd_is_one_and_its_command_makes_a_backup(keeper: Keeper) -> None:
    unit = block("[Service]")
    settings = dict(one.split("=", 1) for one in unit.splitlines() if "=" in one)
    environment = dict([here(keeper, settings["Environment"]).split("=", 1)])
    command = shlex.split(here(keeper, settings["ExecStart"]))
    done = subprocess.run(command, env={**os.environ, **environment}, check=False)
    assert (done.returncode, len(kept(keeper))) == (0, 1)
    if (analyze := shutil.which("systemd-analyze")) is not None:
        file = keeper.folder / "clb-sao-luu.service"
        file.write_text(unit.replace("User=clb\n", ""), encoding="utf-8")
        shown = subprocess.run([analyze, "verify", str(file)], capture_output=True, check=False)
        assert b"Unknown" not in shown.stderr


def test_the_command_for_windows_is_whole(keeper: Keeper) -> None:
    words = shlex.split(block("schtasks").strip(), posix=True)
    given = dict(zip(words[2::2], words[3::2], strict=True))
    assert (words[:2], given["/SC"], given["/TN"]) == (
        ["schtasks", "/Create"],
        "DAILY",
        "clb-sao-luu",
    )
    _program, *arguments = given["/TR"].split()
    replaced = {"C:clbclb.sqlite3": str(keeper.database), "E:sao-luu": str(kept_folder(keeper))}
    typed = [replaced.get(one.replace("\\", ""), one) for one in arguments]
    assert keeper.run(*typed).code == 0
    assert len(kept(keeper)) == 1


def kept_folder(keeper: Keeper) -> Path:
    return keeper.folder / "sao-luu"
