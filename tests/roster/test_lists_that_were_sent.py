"""Ten lists as communes send them: nothing wrong is stored in silence, every refusal is a sentence.

The truth about each is beside it in tests/rosters/sent; it was written before the list was read.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.roster.model import Reading
from engine.roster.plan import plan
from engine.roster.reader import read

LISTS = Path(__file__).parents[1] / "rosters" / "sent"
TRUTH: dict[str, Any] = tomllib.loads((LISTS / "truth.toml").read_text(encoding="utf-8"))
ON: date = TRUTH.pop("on")


def found(name: str, **more: Any) -> Reading:
    return read(LISTS / name, on=ON, encoding=TRUTH[name].get("encoding"), **more)


def as_truth(reading: Reading) -> list[str]:
    """Return the people as the truth has them."""
    return [
        f"{one.row} | {one.name} | {one.sex} | {one.born} | {one.village or ''} | "
        f"{one.circumstance or ''}"
        for one in reading.people
    ]


def test_there_are_ten_lists_each_with_its_truth() -> None:
    files = {path.name for path in LISTS.iterdir() if path.name[:2].isdigit()}
    assert files == set(TRUTH)
    assert len(files) == 10


@pytest.mark.parametrize("name", TRUTH)
def test_what_only_people_know_is_asked_before_anybody_is_stored(name: str) -> None:
    asked = sorted(one.key for one in found(name).questions)
    assert asked == TRUTH[name]["asked"]


@pytest.mark.parametrize("name", TRUTH)
def test_with_the_officers_answers_the_list_is_as_it_is(name: str) -> None:
    truth = TRUTH[name]
    reading = found(name, answers=truth.get("answers", {}))
    assert reading.questions == ()
    assert as_truth(reading) == truth["people"]
    assert sorted({one.row for one in reading.rejected}) == truth["refused"]
    assert all(one.column and one.expected for one in reading.rejected)
    duplicates = [list(one.rows) for one in plan(reading.people, []).duplicates]
    assert duplicates == truth.get("duplicates", [])
