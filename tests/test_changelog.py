"""Fragments of the changelog: each has a kind that is built in, and says something."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FRAGMENTS = sorted(path for path in (ROOT / "changelog.d").glob("*") if path.name != "README.md")


def settings() -> dict[str, object]:
    """Return towncrier's settings."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["towncrier"]


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_has_a_kind_and_a_sentence(path: Path) -> None:
    name, kind, ending = path.name.rsplit(".", 2)
    assert name
    assert kind in {one["directory"] for one in settings()["type"]}
    assert ending == "md"
    assert path.read_text(encoding="utf-8").strip().endswith(".")


def test_the_changelog_has_the_place_where_fragments_go() -> None:
    assert settings()["start_string"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
