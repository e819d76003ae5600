"""The page on what a plugin may bring has every key of a story, and its story comes true."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper
from support.plugin_source import PACKAGE, source
from support.sources import ROOT

import schemas
from engine.scenario.demo_file import read_demo

PAGE = (ROOT / "docs" / "plugin-contents.md").read_text(encoding="utf-8")
STORY = PAGE.partition("# clb_song_lo/demo.toml\n")[2].partition("```")[0]


def keys(node: Any) -> set[str]:
    """Return the names of all fields that a schema has, its definitions too."""
    if isinstance(node, list):
        return set().union(*map(keys, node))
    if not isinstance(node, dict):
        return set()
    own = set(node.get("properties", {}))
    return own.union(*(keys(one) for one in node.values()))


def test_every_key_of_a_story_is_on_the_page() -> None:
    missing = {
        one for one in keys(schemas.load("demo")) if not re.search(rf"`[a-z\[\].]*\b{one}\b", PAGE)
    }
    assert missing == set()


def test_the_story_of_the_page_has_the_form_of_one() -> None:
    assert tomllib.loads(STORY)["seed"] == 15
    assert len(read_demo(STORY.encode(), plugin="clb-song-lo").groups) == 2


def test_it_comes_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    folder = source(tmp_path / "p")
    (folder / PACKAGE / "demo.toml").write_text(STORY, encoding="utf-8")
    answer = keeper.json("province-check", "province", "check", folder, "--static")
    assert answer["findings"] == []
