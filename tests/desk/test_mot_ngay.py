"""One day at the desk, from nothing to a supervision, played from its page word for word."""

import asyncio
import shutil
from datetime import date
from pathlib import Path

import pytest
from support.doc_blocks import DOCS

from engine.scenario.world import StillClock
from tools.desk_player import PAGE, Act, acts, drawn, play

FIRST_DAY = date(2025, 3, 3)
MOST_ANSWERS = 40
CHOICES = ("bấm vào", "bấm phím cách")


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_day_goes_as_its_page_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    pictures = tmp_path / "can-bo"
    pictures.mkdir()
    asyncio.run(play(page(), str(tmp_path / "clb.sqlite3"), StillClock(FIRST_DAY), pictures))
    kept = {one.relative_to(PAGE.parent) for one in (PAGE.parent / "hinh").glob("*.svg")}
    taken = {one.relative_to(pictures) for one in pictures.rglob("*.svg")}
    assert taken == kept, "renew the pictures: python -m tools.desk_player"


def test_from_nothing_to_the_launch_takes_fewer_than_forty_answers() -> None:
    until_launch = page().partition("## Sáu tháng sau")[0]
    given = [one for one in acts(until_launch) if is_answer(one)]
    assert 20 < len(given) < MOST_ANSWERS


def is_answer(act: Act) -> bool:
    """Return whether something is typed or chosen, not only gone on from."""
    return act.what == "gõ" or f"{act.what} {act.text}".startswith(CHOICES)


def test_a_picture_of_the_same_screen_is_the_same_whatever_the_clubs_id() -> None:
    screen = '<g class="terminal-{number}-r1">CLB Hoa Sen (BN-{club})</g>'
    first = drawn(screen.format(number=2031868898, club="962J9GM9"))
    assert first == drawn(screen.format(number=17, club="0A1B2C3D"))
    assert "CLB Hoa Sen (BN-" in first


def test_every_picture_of_the_page_is_there_and_loads_nothing() -> None:
    pictures = [one.text for one in acts(page()) if one.what == "hình"]
    assert len(pictures) >= 10
    for name in pictures:
        text = (PAGE.parent / name).read_text(encoding="utf-8")
        assert "https://" not in text
        assert "@font-face" not in text
