"""The integrator's page is enough: its commands and files, in its order, lead to a club at work."""

import json
import os
import re
import site
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.sources import ROOT

pytestmark = pytest.mark.slow

BLOCK = re.compile(r"```(sh illustration|toml|python)\n(.*?)```", re.DOTALL)
PLUGIN = "clb-song-lo"


@dataclass(frozen=True)
class Answered:
    """What a command of the page answered."""

    command: str
    out: str
    err: str


def settings(folder: Path) -> dict[str, str]:
    """Return the settings of a person whose environment has ``clb`` and what builds wheels.

    The environment is a folder's own, so that what the page installs stays in it.
    """
    home = folder / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    (packages,) = home.glob("lib/python3*/site-packages")
    lines = [f"import site; site.addsitedir({one!r})" for one in site.getsitepackages()]
    (packages / "others.pth").write_text("\n".join(lines), encoding="utf-8")
    program = home / "bin" / "clb"
    program.write_text('#!/bin/sh\nexec python -P -m engine "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    own = {name: value for name, value in os.environ.items() if not name.startswith("CLB_")}
    return {
        **own,
        "PATH": f"{home / 'bin'}{os.pathsep}{own['PATH']}",
        "CLB_HOME": str(folder / "home"),
        "CLB_LANG": "en",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as the value of --build-isolation
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def walk(page: str, folder: Path) -> list[Answered]:
    """Do what the page says, block by block; every command must succeed."""
    env, here, reported = settings(folder), folder, []
    for kind, text in BLOCK.findall(page):
        if kind != "sh illustration":
            first, _line, rest = text.partition("\n")
            (here / first.removeprefix("# ")).write_text(rest, encoding="utf-8")
            continue
        for command in text.splitlines():
            if command.startswith("cd "):
                here = here / command.removeprefix("cd ")
                continue
            if command.startswith("export "):
                name, _equals, value = command.removeprefix("export ").partition("=")
                env[name] = value
                continue
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=here,
                env=env,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
                timeout=300,
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
            reported.append(Answered(command, done.stdout, done.stderr))
    return reported


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Answered]]:
    page = (ROOT / "docs" / "new-province.md").read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("page")
    return folder, walk(page, folder)


def last(walked: tuple[Path, list[Answered]], start: str) -> Answered:
    """Return the last command that begins so."""
    found = [one for one in walked[1] if one.command.startswith(start)]
    assert found, f"the page no longer shows: {start}"
    return found[-1]


def answer(walked: tuple[Path, list[Answered]], start: str) -> str:
    return last(walked, start).out


def test_the_page_leads_from_nothing_to_a_club_at_work(walked: tuple[Path, list[Answered]]) -> None:
    assert " passed" in answer(walked, "clb province new")
    assert " passed" in answer(walked, "python -m pytest")
    assert "song_lo" in answer(walked, "clb province list")
    assert "bac_ninh" in answer(walked, "clb province list"), "installed with the others"
    folder = walked[0] / PLUGIN
    assert (folder / "quyet-dinh.docx").read_bytes()[:2] == b"PK"
    assert "Bình quân một câu lạc bộ" in (folder / "bao-cao.html").read_text(encoding="utf-8")


def test_the_club_lives_by_the_new_document_s_articles(walked: tuple[Path, list[Answered]]) -> None:
    assert "KH 15/KH-UBND, Mục II.2" in answer(walked, "clb check")
    assert "01/07/2024" in answer(walked, "clb due")
    assert "clb_build_report" in last(walked, "CLB_TRACE_HOOKS=1 clb report build").err
    done = subprocess.run(
        [sys.executable, "-m", "engine", "audit", "show", "CLB Thôn Đông", "--json"],
        cwd=walked[0] / PLUGIN,
        env={
            **os.environ,
            "CLB_HOME": str(walked[0] / "home"),
            "CLB_DATABASE": "song-lo.sqlite3",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    events = json.loads(done.stdout)
    assert {one["policy"]["plugin"] for one in events} == {PLUGIN}
    assert events[-1]["step"] == "review"


def test_the_later_version_is_reported_and_decides_nothing_again(
    walked: tuple[Path, list[Answered]],
) -> None:
    assert "CLB Thôn Đông" in answer(walked, "clb province impact")
    assert "0.2.0" in answer(walked, "clb province install")
