"""Who was at a meeting and who cares for whom is ticked on a list, by keys alone, at 80x24."""

import pytest
from support.core import ASSOCIATION, Core
from support.desk import Sitting, at_desk

from engine.desk.app import Desk
from engine.rules.care import TWO
from engine.vietnamese.text import name_order

pytestmark = pytest.mark.slow
SMALL = (80, 24)


async def to_step(me: Sitting, club: str, step: str) -> None:
    """Open a record's form."""
    await me.sees("Việc hôm nay")
    assert isinstance(me.pilot.app, Desk)
    me.pilot.app.take_step(club, step)


def test_the_absent_are_taken_off_a_whole_list_and_counted(core: Core) -> None:
    club = core.bring("launched")
    people = sorted(core.people, key=lambda one: name_order(one.name))

    async def play(me: Sitting) -> None:
        await to_step(me, club, "meeting")
        await me.sees("F8 Đánh dấu người")
        await me.press("f8")
        await me.sees(f"Đã đánh dấu 0 trên {len(people)}.", "[ ]", people[0].name)
        await me.press("f4", "space", "enter")
        await me.sees(f"Đã đánh dấu {len(people) - 2} trên {len(people)}.")
        await me.press("f2")
        await me.sees("Số người dự", str(len(people) - 2))
        await me.press("f2")  # leads to what is still to be filled in
        await me.press("space", "f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Đã ghi")

    at_desk(core, ASSOCIATION, play, size=SMALL)
    met = core.events(club)[-1]
    assert met.form["attendance"] == len(people) - 2
    assert len(met.form["present"]) == len(people) - 2


def test_a_pair_is_added_by_names_and_ticked_the_next_month(core: Core) -> None:
    club = core.bring("launched")
    first, second = core.people[:2]

    async def play(me: Sitting) -> None:
        await to_step(me, club, "care")
        await me.sees("F8 Đánh dấu người")
        await me.press("f8")
        await me.sees("Thêm một cặp")
        for name in (first.name, second.name):
            await me.type(name)
            await me.press("down", "enter", "enter")
        await me.sees("Đã đánh dấu 1 trên 1.", f"{first.name} – {second.name}")
        await me.press("f2", "f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Đã ghi")
        await me.press("enter")
        await to_step(me, club, "care")
        await me.sees("F8 Đánh dấu người")
        await me.press("f8")
        await me.sees("Đã đánh dấu 0 trên 1.", f"{first.name} – {second.name}")

    at_desk(core, ASSOCIATION, play, size=SMALL)
    cared = core.events(club)[-1]
    assert (cared.form["volunteers"], cared.form["cared_for"]) == (1, 1)
    assert [len(one.split(TWO)) for one in cared.form["pairs"]] == [2]
