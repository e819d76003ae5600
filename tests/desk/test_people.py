"""The member list in the desk: somebody new, changes, somebody who leaves; and a new club."""

from datetime import date

import pytest
from support.core import ASSOCIATION, COMMUNE, OPENED, Core, roster
from support.desk import Sitting, at_desk, on_club

from engine.desk.filling import OpenFilling
from engine.lifecycle.people import Member
from engine.model import State
from engine.roster.members import active


async def list_of(me: Sitting) -> None:
    await on_club(me, "2")
    await me.sees("2 Thành viên", "F6")


@pytest.mark.slow
def test_somebody_is_added_with_what_is_known_of_the_birth(core: Core) -> None:
    club = core.open()
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await list_of(me)
        await me.press("f6")
        await me.sees("Thêm thành viên", "Họ và tên *")
        await me.type("Trần Văn Đức")
        await me.press("enter")
        await me.type("1950")
        await me.press("enter", "right", "right", "f2")
        await me.sees("Đúng chưa?", "Trần Văn Đức", "1950", "nam")
        await me.press("enter")
        await me.sees("Đã thêm: Trần Văn Đức")
        await me.press("enter")
        await me.sees("1 Trần Văn Đức")

    at_desk(core, ASSOCIATION, play)
    (only,) = active(core.store, core.club(club))
    assert (only.name, only.sex, only.born, only.village) == (
        "Trần Văn Đức",
        "M",
        "1950",
        "Khu phố Đông",
    )


@pytest.mark.slow
def test_a_namesake_is_asked_about(core: Core) -> None:
    core.people = (Member("Trần Văn Đức", "M", "1950"),)
    club = core.open()
    core.take(club, "roster", OPENED, prepare=roster(core.people))
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await list_of(me)
        await me.press("f6")
        await me.sees("Họ và tên *")
        await me.type("trần văn đức")
        await me.press("enter")
        await me.type("1950")
        await me.sees("Đây có phải là người khác không?")
        await me.press("enter", "right", "f2")
        await me.sees("Có", "Không", "đã có trong danh sách")
        await me.press("right", "enter")
        await me.sees("Họ và tên *")

    at_desk(core, ASSOCIATION, play)
    assert len(active(core.store, core.club(club))) == 1


@pytest.mark.slow
def test_a_member_is_changed_and_numbers_are_not_shown_but_kept(core: Core) -> None:
    core.people = (Member("Lê Thị Cúc", "F", "1948", id_number="027148001234"),)
    club = core.open()
    core.take(club, "roster", OPENED, prepare=roster(core.people))
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await list_of(me)
        await me.press("enter")
        await me.sees("Sửa thành viên", "Lê Thị Cúc", "234)")
        assert "027148001234" not in me.text
        await me.press("tab", "tab", "tab", "tab", "tab", "tab")
        await me.type("0912345678")
        await me.press("f2")
        await me.sees("Đúng chưa?", "0912345678")
        await me.press("enter")
        await me.sees("Đã sửa: Lê Thị Cúc")

    at_desk(core, ASSOCIATION, play)
    (only,) = active(core.store, core.club(club))
    assert (only.phone, only.id_number) == ("0912345678", "027148001234")


def test_somebody_leaves_on_a_day(core: Core) -> None:
    core.people = (Member("Lê Thị Cúc", "F", "1948"),)
    club = core.open()
    core.take(club, "roster", OPENED, prepare=roster(core.people))
    core.clock.day = date(2021, 9, 1)

    async def play(me: Sitting) -> None:
        await list_of(me)
        await me.press("f8")
        await me.sees("Thành viên thôi tham gia", "Lê Thị Cúc", "01/09/2021")
        await me.press("f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Đã thôi tham gia: Lê Thị Cúc")
        await me.press("enter")
        await me.sees("Chưa có thành viên")

    at_desk(core, ASSOCIATION, play)
    assert active(core.store, core.club(club)) == ()


@pytest.mark.slow
def test_a_club_is_opened_and_its_page_follows(core: Core) -> None:
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f4")
        await me.sees("Mở hồ sơ", "Tên câu lạc bộ *", "phường Đình Bảng")
        await me.type("CLB Thịnh Lang")
        await me.press("enter")
        await me.type("Khu phố Đông")
        await me.press("f2")
        await me.sees("Đúng chưa?", "CLB Thịnh Lang", "Khu phố Đông")
        await me.press("enter")
        await me.sees("Đã ghi", "CLB Thịnh Lang, Khu phố Đông, phường Đình Bảng")
        await me.press("enter")
        await me.sees("CLB Thịnh Lang", "1 Việc", "Trình UBND phường")

    at_desk(core, ASSOCIATION, play)
    (club,) = core.store.rows("SELECT name, village, state FROM club")
    assert club == ("CLB Thịnh Lang", "Khu phố Đông", State.PREPARING)


@pytest.mark.parametrize(("commune", "shown"), [(COMMUNE, False), ("phường Lạ", True)])
def test_that_no_list_of_communes_is_loaded_is_shown_where_a_name_is_typed(
    core: Core, commune: str, shown: bool
) -> None:
    """The officer's own commune was noted so when it was typed, and is not noted again."""
    filling = OpenFilling(core.province, ASSOCIATION)
    asked = filling.begin(core.registry)
    answers = {"name": "CLB Đông", "village": "Thôn Đông", "commune": commune}
    for path, value in {**answers, "date": core.clock.day.isoformat()}.items():
        asked = asked.answered(path, value)
    found = {one.code for one in filling.judge(core.registry, asked).findings}
    assert ("CLB-COMMUNE-UNCHECKED" in found) is shown
