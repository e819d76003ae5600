"""No screen of the desk shows a word that is not Vietnamese, Textual's own included."""

from datetime import date
from pathlib import Path

import pytest
from support.core import ASSOCIATION, COMMITTEE, TOWN, Core
from support.desk import Sitting, at_desk
from support.vietnamese_words import foreign

from engine.desk.app import Desk

pytestmark = pytest.mark.slow

KEYS = ("Esc", "Enter", "Tab", "Shift")
"""Names on the keyboard itself."""
NAMES = (ASSOCIATION, COMMITTEE, TOWN)
"""Officers of the tests are called by their ids."""


def words(text: str) -> list[str]:
    """Return what on a screen is neither Vietnamese nor a name of a key or an officer."""
    for name in (*NAMES, *KEYS):
        text = text.replace(name, "")
    return foreign(text)


@pytest.mark.parametrize("who", [ASSOCIATION, COMMITTEE, TOWN])
def test_every_screen_is_vietnamese(
    core: Core, who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "hồ sơ"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    core.bring("operating")
    core.clock.day = date(2022, 5, 2)
    seen: list[str] = []

    async def look(me: Sitting) -> None:
        async def note(*texts: str) -> None:
            await me.sees("F1", *texts)
            assert words(me.text) == [], "\n".join(me.lines)
            seen.append(me.text)

        await note("Việc hôm nay")
        await me.press("f1")
        await note("Trợ giúp")
        await me.press("escape", "f2")
        await note("CLB Liên thế hệ 1")
        await me.press("enter")
        for page, text in enumerate(
            ("Ghi chép", "STT", "Chủ nhiệm", "quỹ", "Soạn từ", "Ai làm"), 1
        ):
            await me.press(str(page))
            await note(text)
        await me.press("enter")
        await note("Người ghi")
        await me.press("escape", "2", "f6")
        await note("Họ và tên *")
        await me.press("f2")
        await note("phải điền hoặc sửa")
        await me.press("escape", "f7")
        await note("Tệp danh sách *")
        await me.press("f7")
        await note("Chọn tệp danh sách")

    at_desk(core, who, look)
    assert len(seen) == 14


@pytest.mark.parametrize(
    "step",
    [
        "supervise",
        "review",
        "meeting",
        "fund",
        "change_board",
        "correct",
        "annul",
        "suspend",
        "train",
    ],
)
def test_every_form_is_vietnamese(core: Core, step: str) -> None:
    club = core.bring("operating")
    core.clock.day = date(2022, 5, 2)

    async def look(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        app = me.pilot.app
        assert isinstance(app, Desk)
        app.take_step(club, step)
        await me.sees("F1", "CLB Liên thế hệ 1,")
        await me.press("f4")
        await me.sees("F2 Ghi")
        assert words(me.text) == [], "\n".join(me.lines)

    own = {"change_board": COMMITTEE, "suspend": COMMITTEE, "meeting": ASSOCIATION}
    at_desk(core, own.get(step, TOWN), look)
