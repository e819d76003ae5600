"""Money recorded at the desk reaches the ledger, and the page shows what the fund holds."""

from datetime import date

import pytest
from support.core import ASSOCIATION, COMMITTEE, Core
from support.desk import Sitting, at_desk, on_club

from engine.reports import money


async def typed(me: Sitting, kind: str, source: str, document: str) -> None:
    """Fill in 1.500.000 đồng of the operating fund, from the first screen to the document."""
    await on_club(me, "4")
    await me.sees("4 Quỹ", "F8 Ghi")
    await me.press("f8")
    await me.sees("Loại *", f"( ) {kind}")
    await me.click(f"( ) {kind}")
    await me.click("( ) quỹ hoạt động")
    await me.sees("(•) quỹ hoạt động")
    await me.press("shift+tab")
    await me.type(source)
    await me.press("down", "enter", "enter")
    await me.type("1.500.000")
    await me.press("enter")
    await me.type(document)


@pytest.mark.slow
def test_money_that_came_is_recorded_and_the_ledger_holds_it(core: Core) -> None:
    club = core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await typed(me, "đóng góp", "thanh vien", "Phiếu thu 01")
        await me.press("f2")
        await me.sees("Đúng chưa?", "1.500.000", "Phiếu thu 01")
        await me.press("enter")
        await me.sees("Đã ghi")
        await me.press("enter")
        await me.sees("4 Quỹ", "+1.500.000", "1.500.000")

    at_desk(core, ASSOCIATION, play)
    (line,) = money.ledger(core.store, core.club(club), core.clock.day)
    assert (line.entry.delta, line.entry.fund, line.held) == (1_500_000, "operating", 1_500_000)


@pytest.mark.slow
def test_a_grant_is_handed_over_to_its_giver_with_what_is_filled_in(core: Core) -> None:
    club = core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await typed(me, "hỗ trợ", "ngan sach phuong", "QĐ 15/QĐ-UBND")
        await me.sees("do bên cấp ghi")
        await me.press("f2")
        await me.sees("Ai đang ngồi máy?", f"Cán bộ {COMMITTEE}")
        await me.click(f"Cán bộ {COMMITTEE}")
        await me.sees("Đúng chưa?", "1.500.000", f"Người làm: Cán bộ {COMMITTEE}")
        await me.press("enter")
        await me.sees("Đã ghi")

    at_desk(core, ASSOCIATION, play)
    assert (core.event(club, -1).step, core.event(club, -1).officer) == ("fund", COMMITTEE)


@pytest.mark.slow
def test_nothing_is_offered_to_be_annulled_where_nothing_can_be(core: Core) -> None:
    core.bring("preparing")

    async def play(me: Sitting) -> None:
        await on_club(me)
        await me.sees("Trình UBND phường")
        assert "Hủy bước cuối" not in me.text

    at_desk(core, ASSOCIATION, play)
