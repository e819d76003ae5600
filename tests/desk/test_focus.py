"""What follows the focus: the key line of the window, the label of the question, the selection."""

from datetime import date
from pathlib import Path

from support.core import ASSOCIATION, OPENED, TOWN, Core, roster
from support.desk import Script, Sitting, at_desk, on_club
from textual.events import AppBlur, AppFocus, Key
from textual.widgets import Label

from engine.desk import app
from engine.desk.app import Desk
from engine.desk.field import Field
from engine.desk.rows import Rows


def test_the_keys_are_shown_on_a_first_page_that_the_browser_gives_no_focus(core: Core) -> None:
    core.open()

    class InBrowser(Desk):
        CSS_PATH = str(Path(app.__file__).with_name("desk.tcss"))

        async def begin(self) -> None:
            """Begin without the focus, as a window in a browser does."""
            self.app_focus = False
            await super().begin()

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay", "Việc của ông/bà", "F1 Trợ giúp")
        assert not me.pilot.app.app_focus

    at_desk(core, TOWN, play, kind=InBrowser)


def bold(me: Sitting) -> list[str]:
    """Return the paths of the questions whose label is bold."""
    fields = me.pilot.app.screen.query(Field)
    return [one.question.path for one in fields if one.query_one(Label).styles.text_style.bold]


def test_the_label_of_the_question_that_one_is_in_is_bold_and_no_other(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await opened(me)
        first, second = [one.question.path for one in me.pilot.app.screen.query(Field)][:2]
        await me.until(lambda: bold(me) == [first], "the label of the first question is bold")
        await me.press("tab")
        await me.until(lambda: bold(me) == [second], "the label of the next question is bold")
        me.pilot.app.post_message(AppBlur())
        await me.until(lambda: not bold(me), "no label is bold in a window without the focus")
        me.pilot.app.post_message(AppFocus())
        await me.until(lambda: bold(me) == [second], "the same label is bold again")

    on_a_supervision(core, play)


def test_shift_tab_in_the_first_question_stays_in_it(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await opened(me)
        first = me.pilot.app.screen.query(Field).first()
        await me.press("shift+tab", "shift+tab")
        assert first.has_focus_within
        await me.press("tab", "shift+tab")
        assert first.has_focus_within

    on_a_supervision(core, play)


def test_ctrl_a_selects_all_that_is_typed(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await opened(me)
        await me.press("ctrl+a")
        await me.type("1/4/22")
        field = me.pilot.app.screen.query(Field).first()
        assert field.typed == "1/4/22"

    on_a_supervision(core, play)


async def opened(me: Sitting) -> None:
    await on_club(me)
    await me.click("Giám sát")
    await me.sees("Ngày giám sát *", "02/04/2022")


def on_a_supervision(core: Core, play: Script) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 4, 2)
    at_desk(core, TOWN, play)


def test_the_cursor_goes_on_to_what_can_be_done_once_its_step_no_longer_can(core: Core) -> None:
    club = core.open()
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await on_club(me)
        await me.sees("▶ Cập nhật danh sách thành viên")
        steps = me.pilot.app.screen.query_one("#list-steps", Rows)
        assert steps.key == "roster"
        core.take(club, "roster", OPENED, prepare=roster(core.people))
        await me.press("f1", "escape")
        await me.sees("+ Cập nhật danh sách thành viên")
        assert steps.key == "set_board"
        steps.choose("roster")
        there = steps.key
        await me.press("f1", "escape")
        await me.sees("+ Cập nhật danh sách thành viên")
        assert steps.key == there

    at_desk(core, ASSOCIATION, play)


def test_keys_typed_before_the_next_question_has_the_focus_are_typed_into_it(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await opened(me)
        fields = list(me.pilot.app.screen.query(Field))[:3]
        before = [one.typed for one in fields]
        for key in ("tab", "ctrl+a", "A", "n", "enter", "7"):  # all at once, as a fast typist does
            character = key if len(key) == 1 else None
            me.pilot.app.post_message(Key(key, character))
        await me.until(lambda: fields[2].typed == "7", "the last key is in the third question")
        assert [one.typed for one in fields] == [before[0], "An", "7"]

    on_a_supervision(core, play)
