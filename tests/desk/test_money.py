"""Money recorded at the desk reaches the ledger, and the page shows what the fund holds."""

from datetime import date

from support.core import ASSOCIATION, Core
from support.desk import Sitting, at_desk

from engine.reports import money


def test_money_that_came_is_recorded_and_the_ledger_holds_it(core: Core) -> None:
    club = core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f2", "enter", "4")
        await me.sees("4 Quỹ", "F8 Ghi")
        await me.press("f8")
        await me.sees("Loại *", "( ) đóng góp")
        await me.click("( ) đóng góp")
        await me.click("( ) quỹ hoạt động")
        await me.sees("(•) quỹ hoạt động")
        await me.press("shift+tab")
        await me.type("thanh vien")
        await me.press("down", "enter", "enter", "enter")
        await me.type("1.500.000")
        await me.press("enter")
        await me.type("Phiếu thu 01")
        await me.press("f2")
        await me.sees("Đúng chưa?", "1.500.000", "Phiếu thu 01")
        await me.press("enter")
        await me.sees("Đã ghi")
        await me.press("enter")
        await me.sees("4 Quỹ", "+1.500.000", "1.500.000")

    at_desk(core, ASSOCIATION, play)
    (line,) = money.ledger(core.store, club, core.clock.day)
    assert (line.entry.delta, line.entry.fund, line.held) == (1_500_000, "operating", 1_500_000)
