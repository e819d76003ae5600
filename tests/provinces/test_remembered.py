"""What is remembered between two commands is what is there: never an older plugin or policy."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from support.plugins import POLICY, write_plugin

from engine import __version__


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


def test_a_changed_note_of_a_policy_changes_no_rule(place: Place) -> None:
    write_plugin(place.plugins, "thu")
    shown = place.run("province", "show", "thu")
    asked = place.run("policy", "show", "thu", "membership.size", "--on", "2022-01-01")
    raw = tomllib.loads(POLICY.format(province="thu", prefix="TT"))
    raw["membership"]["size"][0]["value"] = {"min": 1, "max": 9}
    for digest in (shown["digest"], "0" * 64):
        tables = json.dumps([digest, raw], default=lambda day: {"$day": day.isoformat()})
        forged = f"{hashlib.sha256(tables.encode()).hexdigest()}\n{tables}".encode()
        for file in (place.home / "checked").glob("policy-*"):
            file.write_bytes(forged)
        assert place.run("policy", "show", "thu", "membership.size", "--on", "2022-01-01") == asked
        assert place.run("province", "show", "thu")["digest"] == shown["digest"]


def test_a_changed_note_of_what_is_installed_changes_no_plugin(place: Place) -> None:
    write_plugin(place.plugins, "thu")
    write_plugin(place.plugins, "khac", prefix="TK")
    before = place.run("province", "list")
    for old, new in (('"1.2.3"', '"9.9.9"'), ('"clb_thu"', '"clb_khac"'), ('"clb-thu"', '"clb-x"')):
        for file in (place.home / "checked").glob("plugins-*"):
            text = file.read_text(encoding="utf-8")
            assert old in text
            file.write_text(text.replace(old, new), encoding="utf-8")
        assert place.run("province", "list") == before


def test_a_note_that_a_policy_passed_does_not_make_a_wrong_one_readable(place: Place) -> None:
    wrong = b"[province]\nid = 1\n"
    write_plugin(place.plugins, "thu", policy=wrong.decode())
    mark = hashlib.sha256(__version__.encode() + wrong).hexdigest()
    (place.home / "checked").mkdir(parents=True)
    (place.home / "checked" / f"policy-{mark}.json").write_text(mark)
    assert place.run("policy", "show", "thu")["error"]["code"].startswith("CLB-POLICY")


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
