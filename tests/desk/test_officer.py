"""An administrator adds an officer at the desk; nobody else may."""

from support.core import ADMIN, ASSOCIATION, TODAY, Core
from support.desk import Sitting, at_desk


def test_an_administrator_adds_an_officer_who_may_work_at_once(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f6")
        await me.sees("Ông/bà là ai?", "F4 Thêm cán bộ")
        await me.press("f4")
        await me.sees("Họ và tên *")
        await me.type("Lê Văn Minh")
        await me.press("enter", "space", "enter")
        await me.type("phường Đình Bảng")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Lê Văn Minh")
        await me.press("enter")
        await me.sees("Đã thêm:", "Lê Văn Minh")
        await me.press("enter")
        await me.sees("Ông/bà là ai?", "Lê Văn Minh")

    at_desk(core, ADMIN, play)
    (added,) = (one for one in core.registry.officers.everybody() if one.name == "Lê Văn Minh")
    assert added.holds(TODAY)


def test_who_is_no_administrator_is_told_who_is(core: Core) -> None:
    before = core.registry.officers.everybody()

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f6")
        await me.sees("F4 Thêm cán bộ")
        await me.press("f4")
        await me.sees("Chỉ quản trị mới thêm cán bộ", "Bấm F6")

    at_desk(core, ASSOCIATION, play)
    assert core.registry.officers.everybody() == before
