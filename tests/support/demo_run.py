"""The demonstration run once as a user runs it, and stories written for one test."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.province_plugin import province_of

from engine.provinces.load import Provinces


@dataclass(frozen=True)
class Shown:
    """What ``clb demo --json`` answered, and the database it left."""

    folder: Path
    data: dict[str, Any]
    messages: str

    @property
    def database(self) -> Path:
        return Path(self.data["database"])

    def province(self, id_: str) -> dict[str, Any]:
        """The part of one province."""
        found: dict[str, Any] = next(
            one for one in self.data["provinces"] if one["province"] == id_
        )
        return found

    def clubs(self, id_: str) -> list[dict[str, Any]]:
        """The clubs of one province."""
        return [club for group in self.province(id_)["groups"] for club in group["clubs"]]

    def rows(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """Ask the database directly, without any code of the program."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql, params).fetchall()


def clb(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``clb`` as a program of its own, with nothing in its user folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CLB_")}
    return subprocess.run(
        [sys.executable, "-m", "engine", *arguments],
        env={**clean, "CLB_HOME": str(folder / "home"), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def shown(folder: Path) -> Shown:
    """Run the demonstration of every installed province."""
    done = clb(folder, "demo", "--out", str(folder / "out"), "--json", CLB_LANG="en")
    assert done.returncode == 0, done.stdout + done.stderr
    return Shown(folder, json.loads(done.stdout), done.stderr)


STORY = """
seed = 7
asked_on = {asked_on}

[members]
total = 10
elderly = 6
women = 5
poor = 3
"""


def story_of(
    folder: Path,
    patch: pytest.MonkeyPatch,
    story: str | None,
    *,
    policy: str = "",
    code: str = "",
    name: str = "tinh_thu",
    asked_on: str = "2022-12-30",
) -> Provinces:
    """Write a province with that story after the usual head; ``None`` leaves the story out."""
    provinces = province_of(folder, patch, policy, code, name=name)
    if story is not None:
        text = STORY.format(asked_on=asked_on) + story
        (folder / f"clb_{name}" / "demo.toml").write_text(text, encoding="utf-8")
    return provinces


def both(one: Provinces, other: Provinces) -> Provinces:
    """Return the provinces of two sets of plugins."""
    points: Sequence[Any] = [*(one._points or ()), *(other._points or ())]
    return Provinces(points)
