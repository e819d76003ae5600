"""What is installed is what was tested, with a network or without."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import offline

ROOT = Path(__file__).parent.parent.parent
LOCKED = (ROOT / offline.LOCKED).read_text(encoding="utf-8")
PINNED = re.compile(
    r"^([\w.-]+)==(\S+)(?: ; .*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)", re.MULTILINE
)
VERSION = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def own_python() -> dict[str, str]:
    """Return the environment in which the script finds the Python that runs the tests."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    return {normal(name): version for name, version, _hashes in PINNED.findall(LOCKED)}


def projects() -> list[Path]:
    return [ROOT / "pyproject.toml", *sorted(ROOT.glob("plugins/*/pyproject.toml"))]


def test_every_line_that_is_locked_has_a_version_and_its_digests() -> None:
    lines = [line for line in LOCKED.splitlines() if line and line[0] not in " #"]
    assert len(lines) == len(locked()) > 15


def test_what_is_locked_is_what_the_tests_ran_with() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    tested = {normal(name): version for name, version in VERSION.findall(text)}
    assert {name: tested.get(name) for name in locked()} == locked()


def test_everything_that_the_program_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {normal(re.match(r"[\w.-]+", one)[0]) for one in project["dependencies"]}
    assert asked - set(locked()) == set()


@pytest.mark.parametrize("path", projects(), ids=lambda path: path.parent.name)
def test_what_builds_a_wheel_is_pinned(path: Path) -> None:
    needed = tomllib.loads(path.read_text(encoding="utf-8"))["build-system"]["requires"]
    assert all(re.fullmatch(r"[\w.-]+==\S+", one) for one in needed), needed


@pytest.mark.slow
def test_a_folder_installs_the_program_without_a_network(tmp_path: Path) -> None:
    folder, there = tmp_path / "usb", tmp_path / "there"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    offline.make(folder, python, "linux")
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    no_network = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull}
    env = {**own_python(), **no_network}
    env.pop("PIP_EXTRA_INDEX_URL", None)
    subprocess.run(["sh", str(folder / "cai-dat.sh"), str(there)], env=env, check=True)
    done = subprocess.run(
        [str(there / "bin" / "clb"), "province", "list", "--json"],
        env={**env, "CLB_HOME": str(tmp_path / "home")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(one in done.stdout for one in ("bac_ninh", "hai_phong", "ha_noi", "hoa_binh"))


@pytest.mark.slow
def test_a_changed_wheel_is_refused(tmp_path: Path) -> None:
    """The digests are what is installed by, so that a spoilt or swapped file is named."""
    folder = tmp_path / "usb"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    offline.make(folder, python, "linux")
    victim = next((folder / "wheels").glob("pluggy-*.whl"))
    victim.write_bytes(victim.read_bytes() + b" ")
    done = subprocess.run(
        ["sh", str(folder / "cai-dat.sh"), str(tmp_path / "there")],
        env=own_python(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "pluggy" in done.stderr


@pytest.mark.slow
def test_a_folder_for_windows_has_its_wheels_and_a_script_to_double_click(tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    offline.make(folder, "3.12", "windows")
    names = [one.name for one in (folder / "wheels").iterdir()]
    assert all(re.search(r"-(any|win_amd64)\.whl$", name) for name in names)
    assert {name.split("-")[0].replace("_", "-").lower() for name in names} >= set(locked())
    script = (folder / "cai-dat.bat").read_bytes()
    assert script.startswith(b"@echo off\r\n")
    assert "Đã cài xong" in script.decode()
