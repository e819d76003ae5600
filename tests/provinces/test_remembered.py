"""What is remembered between two commands is what is there: never an older plugin or policy."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.plugins import POLICY, write_plugin


class Place:
    """A folder with plugins on Python's path, and a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.plugins = folder / "site"
        self.plugins.mkdir()
        self.home = folder / "home"

    def run(self, *args: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "engine", *args, "--json"],
            env={**os.environ, "CLB_HOME": str(self.home), "PYTHONPATH": str(self.plugins)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stderr
        return json.loads(done.stdout)

    def provinces(self) -> set[str]:
        return {row["province"] for row in self.run("province", "list")}

    def size(self) -> int:
        asked = self.run("policy", "show", "thu", "membership.size", "--on", "2022-01-01")
        found: int = asked["value"]["max"]
        return found


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_plugin_that_comes_is_seen_and_one_that_goes_is_not(place: Place) -> None:
    write_plugin(place.plugins, "thu")
    assert "thu" in place.provinces()
    write_plugin(place.plugins, "them")
    assert {"thu", "them"} <= place.provinces()
    for file in (place.plugins / "clb_them-1.2.3.dist-info").iterdir():
        file.unlink()
    (place.plugins / "clb_them-1.2.3.dist-info").rmdir()
    assert "them" not in place.provinces()


def test_a_policy_that_changed_is_read_anew(place: Place) -> None:
    write_plugin(place.plugins, "thu")
    assert place.size() == 90
    assert place.size() == 90
    policy = place.plugins / "clb_thu" / "policy.toml"
    policy.write_text(POLICY.format(province="thu", prefix="TT").replace("max = 90", "max = 80"))
    assert place.size() == 80


def test_what_is_remembered_may_be_spoiled_or_lost(place: Place) -> None:
    write_plugin(place.plugins, "thu")
    assert place.size() == 90
    files = list((place.home / "checked").iterdir())
    assert {file.name.partition("-")[0] for file in files} == {"plugins", "policy"}
    for spoiled in (b"", b"[1]", b'{"a": 1}', b"\xff\x00"):
        for file in files:
            file.write_bytes(spoiled)
        assert place.size() == 90
    for file in files:
        file.unlink()
    assert place.size() == 90


def test_a_home_that_cannot_be_written_costs_time_and_nothing_else(place: Place) -> None:
    write_plugin(place.plugins, "thu")
    place.home.write_text("a file where the folder should be")
    assert place.size() == 90
    assert "thu" in place.provinces()
