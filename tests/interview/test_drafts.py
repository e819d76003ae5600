"""Answers survive: a draft is kept privately, taken up as far as it still holds, and deleted."""

import json
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from interview.conftest import Asking, lead

from engine.interview import drafts
from engine.remembered import Remembered
from engine.scenario.play import FOUNDED
from engine.scenario.world import World

ABOUT = ("BN-1", "approve", "ubnd")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def test_a_draft_is_taken_up_with_the_answers_it_had(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED[:1])
    today = world.registry.lifecycle.today().isoformat()
    begun = asking("approve").answered("?appraisal", True)
    begun = begun.answered("decision.number", "7").answered("decision.date", today)
    kept = json.loads(json.dumps(drafts.to_draft(begun)))
    again = drafts.take_up(asking("approve"), drafts.answers_of(kept, "approve"))
    assert again.answers == begun.answers
    assert again.next() == begun.next()


def test_an_answer_that_no_longer_holds_is_asked_again_and_offered(
    world: World, club: str, asking: Asking
) -> None:
    lead(world, club, FOUNDED[:1])
    later = world.registry.lifecycle.today() + timedelta(days=9)
    answers = {"?appraisal": True, "decision.number": "7", "decision.date": later.isoformat()}
    again = drafts.take_up(asking("approve"), answers)
    assert "decision.date" not in again.answers
    waiting = again.next()
    assert waiting is not None
    assert (waiting.path, waiting.default) == ("decision.date", later.isoformat())


@pytest.mark.parametrize(
    "kept", [None, {}, {"v": 2, "subject": "approve"}, {"v": 1, "subject": "launch", "answers": {}}]
)
def test_a_draft_of_something_else_is_no_draft(kept: dict[str, object] | None) -> None:
    assert drafts.answers_of(kept, "approve") == {}


def test_a_member_is_in_a_draft_as_an_id(asking: Asking) -> None:
    interview = asking("set_board")
    chair = interview.question("chair")
    assert chair is not None
    answer = interview.read(chair, chair.choices[0].label)
    kept = json.dumps(drafts.to_draft(interview.answered("chair", answer.value)))
    assert chair.choices[0].label not in kept
    assert str(chair.choices[0].value) in kept


def test_a_draft_is_private_and_gone_once_it_is_dropped(home: Path) -> None:
    remembered = Remembered("/some/clb.sqlite3")
    remembered.keep_draft({"answers": {"a": 1}}, *ABOUT)
    (kept,) = files(home)
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.parent.stat().st_mode) & 0o077 == 0
    assert Remembered("/some/clb.sqlite3").draft(*ABOUT) == {"answers": {"a": 1}}
    remembered.drop_draft(*ABOUT)
    assert files(home) == []


def test_a_draft_is_of_one_database_club_step_and_officer(home: Path) -> None:
    Remembered("/some/clb.sqlite3").keep_draft({"answers": {}}, *ABOUT)
    assert Remembered("/other.sqlite3").draft(*ABOUT) is None
    for other in (("BN-2", *ABOUT[1:]), ("BN-1", "launch", "ubnd"), (*ABOUT[:2], "hoi")):
        assert Remembered("/some/clb.sqlite3").draft(*other) is None


def test_the_drafts_of_one_club_are_deleted_those_of_others_stay(home: Path) -> None:
    remembered, other_database = Remembered("/some/clb.sqlite3"), Remembered("/other.sqlite3")
    gone = (ABOUT, ("BN-1", "set_board", "hoi"))
    for about in (*gone, ("BN-10", *ABOUT[1:])):
        remembered.keep_draft({"answers": {}}, *about)
    other_database.keep_draft({"answers": {}}, *ABOUT)
    remembered.drop_drafts_of("BN-1")
    assert [remembered.draft(*about) for about in gone] == [None, None]
    assert remembered.draft("BN-10", *ABOUT[1:]) is not None
    assert other_database.draft(*ABOUT) is not None


def test_an_old_draft_is_deleted_and_a_new_one_stays(home: Path) -> None:
    remembered = Remembered("")
    remembered.keep_draft({"answers": {}}, *ABOUT)
    remembered.keep_officer("hoi")
    (kept,) = [path for path in files(home) if path.name.startswith("draft-")]
    remembered.drop_old_drafts(kept.stat().st_mtime)
    assert kept.exists()
    remembered.drop_old_drafts(kept.stat().st_mtime + 1)
    assert not kept.exists()
    assert remembered.officer == "hoi"


def test_a_damaged_file_is_as_good_as_none(home: Path) -> None:
    remembered = Remembered("")
    remembered.keep_draft({"answers": {}}, *ABOUT)
    (kept,) = files(home)
    kept.write_text("{", encoding="utf-8")
    assert remembered.draft(*ABOUT) is None


def test_what_cannot_be_kept_stops_nothing(home: Path) -> None:
    home.write_text("no folder", encoding="utf-8")
    remembered = Remembered("")
    remembered.keep_officer("hoi")
    assert remembered.officer is None
