"""Lists as communes send them: nothing wrong is stored in silence, every refusal is a sentence.

There are two rounds of ten, each by somebody else. The truth about each list is next to it, in
tests/rosters/sent and tests/rosters/sent_again; it was written before the list was read.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from engine.roster.model import Reading
from engine.roster.plan import plan
from engine.roster.reader import read

ROSTERS = Path(__file__).parents[1] / "rosters"
ROUNDS = [ROSTERS / "sent", ROSTERS / "sent_again"]


def truths(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the truth about each list of a round, by the list's name."""
    known = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
    on = known.pop("on")
    return {name: {"on": on, **truth} for name, truth in known.items()}


TRUTH = {folder / name: truth for folder in ROUNDS for name, truth in truths(folder).items()}
every_list = pytest.mark.parametrize("path", TRUTH, ids=lambda path: path.name)


def found(path: Path, **more: Any) -> Reading:
    truth = TRUTH[path]
    return read(path, on=truth["on"], encoding=truth.get("encoding"), **more)


def as_truth(reading: Reading) -> list[str]:
    """Return the people as the truth has them."""
    return [
        f"{one.row} | {one.name} | {one.sex} | {one.born} | {one.village or ''} | "
        f"{one.circumstance or ''}"
        for one in reading.people
    ]


@pytest.mark.parametrize("folder", ROUNDS, ids=lambda folder: folder.name)
def test_there_are_ten_lists_each_with_its_truth(folder: Path) -> None:
    files = {path.name for path in folder.iterdir() if path.name[:2].isdigit()}
    assert files == set(truths(folder))
    assert len(files) == 10


@every_list
def test_what_only_people_know_is_asked_before_anybody_is_stored(path: Path) -> None:
    asked = sorted(one.key for one in found(path).questions)
    assert asked == TRUTH[path]["asked"]


@every_list
def test_with_the_officers_answers_the_list_is_as_it_is(path: Path) -> None:
    truth = TRUTH[path]
    reading = found(path, answers=truth.get("answers", {}))
    assert reading.questions == ()
    assert as_truth(reading) == truth["people"]
    assert sorted({one.row for one in reading.rejected}) == truth["refused"]
    assert all(one.column and one.expected for one in reading.rejected)
    duplicates = [list(one.rows) for one in plan(reading.people, []).duplicates]
    assert duplicates == truth.get("duplicates", [])


@pytest.mark.parametrize(
    "path", [path for path in TRUTH if "numbers" in TRUTH[path]], ids=lambda path: path.name
)
def test_numbers_are_those_of_the_list(path: Path) -> None:
    reading = found(path, answers=TRUTH[path].get("answers", {}))
    numbers = {
        f"{one.row} | {one.id_number or ''} | {one.phone or ''}"
        for one in reading.people
        if one.id_number or one.phone
    }
    assert set(TRUTH[path]["numbers"]) <= numbers
