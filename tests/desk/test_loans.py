"""The loan book at the desk: what is late is marked, Enter records a repayment, F8 lends."""

from datetime import date

import pytest
from support.core import ASSOCIATION, Core
from support.desk import Sitting, at_desk, on_club

from engine.desk import loans as loan_book
from engine.desk.rows import Row
from engine.reports import loans

GIVEN = date(2022, 4, 4)


def lending(core: Core) -> str:
    """Return a club that lent to two members, one of whom is late."""
    club = core.bring("launched")
    gift = {"kind": "contribution", "source": "donor", "fund": "income", "amount": 9_000_000}
    core.take(club, "fund", date(2022, 4, 1), gift)
    for place, months in ((0, 12), (1, 3)):
        loan = {"member": core.people[place].name, "amount": 2_000_000, "months": months}
        core.take(club, "lend", GIVEN, loan)
    core.clock.day = date(2022, 8, 1)
    return club


def test_what_is_late_comes_first_and_is_marked(core: Core) -> None:
    club = lending(core)
    book = loans.book(core.store, core.club(club), core.clock.day)
    names = {one.member: f"Ông {place}" for place, one in enumerate(book)}
    first, second = loan_book.lines(book, names, core.clock.day)
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert (first.cells[1], first.cells[-1], first.style) == ("Ông 1", "trễ 28 ngày", "$error")
    assert (second.cells[1], second.cells[-1], second.style) == ("Ông 0", "", "")
    assert loan_book.sums_text(book, core.clock.day) == (
        "Còn nợ 4.000.000 đồng của 2 thành viên, trong đó quá hạn 2.000.000 đồng"
    )


@pytest.mark.slow
def test_a_repayment_is_two_keys_from_the_page_of_a_club(core: Core) -> None:
    club = lending(core)

    async def play(me: Sitting) -> None:
        await on_club(me, "7")
        await me.sees("7 Vay vốn", "trễ 28 ngày", "F8 Cho vay")
        await me.press("enter")
        await me.sees("Trả gốc", "2.000.000", "30.000")
        await me.click("Phiếu thu ngày 01/08/2022")
        await me.press("ctrl+a")
        await me.type("Phiếu thu 09")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Phiếu thu 09")
        await me.press("enter")
        await me.sees("Đã ghi")
        await me.press("enter")
        await me.sees("7 Vay vốn", "đã trả hết")

    at_desk(core, ASSOCIATION, play)
    first, second = loans.book(core.store, core.club(club), core.clock.day)
    assert (first.outstanding, second.outstanding, second.interest) == (2_000_000, 0, 30_000)


@pytest.mark.slow
def test_what_is_due_is_recorded_with_two_keys(core: Core) -> None:
    club = lending(core)

    async def play(me: Sitting) -> None:
        await on_club(me, "7")
        await me.sees("7 Vay vốn", "F6 Thu đúng hạn")
        await me.press("f6")
        await me.sees("Đúng chưa?", "2.000.000", "30.000", "Phiếu thu ngày 01/08/2022")
        await me.press("enter")
        await me.sees("Đã ghi")
        await me.press("enter")
        await me.sees("7 Vay vốn", "đã trả hết")

    at_desk(core, ASSOCIATION, play)
    first, second = loans.book(core.store, core.club(club), core.clock.day)
    assert (first.interest, second.outstanding, second.interest) == (0, 0, 30_000)
