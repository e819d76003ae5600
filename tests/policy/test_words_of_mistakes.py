"""Every word an author reads of a mistake: ``bad/problems.txt`` has them, in English."""

from pathlib import Path

import pytest

from engine.policy.check import check_policy

pytestmark = pytest.mark.usefixtures("english")

BAD = Path(__file__).parent / "bad"
LIBRARY = ("CLB-POLICY-TOML",)
"""Codes whose ``found`` is the TOML reader's own sentence, which changes with Python."""


def words(path: Path) -> str:
    """Return all that is reported of a file, as ``problems.txt`` has it."""
    lines = []
    for problem in check_policy(path.read_bytes(), origin=path.name):
        lines.append(str(problem))
        lines.append(f"  key: {problem.key}".rstrip())
        if problem.code not in LIBRARY:
            lines.append(f"  found: {problem.found}".rstrip())
        lines.append(f"  expected: {problem.expected}".rstrip())
    return "\n".join(lines)


def expected() -> dict[str, str]:
    """Return what ``problems.txt`` has of each file, by the file's name."""
    parts = (BAD / "problems.txt").read_text(encoding="utf-8").split("== ")[1:]
    named = (part.partition("\n") for part in parts)
    return {name: text.strip("\n") for name, _newline, text in named}


def test_problems_txt_has_every_file_and_no_other() -> None:
    assert sorted(expected()) == sorted(path.stem for path in BAD.glob("*.toml"))


@pytest.mark.parametrize("name", sorted(expected()))
def test_a_mistake_is_reported_in_these_words(name: str) -> None:
    assert words(BAD / f"{name}.toml") == expected()[name]
