"""An administrator adds an officer at the desk; nobody else may."""

import pytest
from support.core import ADMIN, ASSOCIATION, COMMITTEE, TODAY, TOWN, Core
from support.desk import Sitting, at_desk

from engine.lifecycle.officers import Which
from engine.model import Role

pytestmark = pytest.mark.slow


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


def test_who_is_no_administrator_hands_over_to_one_at_the_computer(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay", "F6 Tôi là ai")
        await me.press("f6")
        await me.sees("F4 Thêm cán bộ", f"Đang làm việc ở đây: Cán bộ {ASSOCIATION}")
        await me.press("f4")
        await me.sees("Chỉ quản trị mới thêm, sửa cán bộ", "Ai đang ngồi máy?", f"Cán bộ {ADMIN}")
        await me.press("enter")
        await me.sees("Họ và tên *", f"Người làm: Cán bộ {ADMIN}")
        await me.type("Lê Văn Minh")
        await me.press("enter", "space", "f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Lê Văn Minh: Hội Người cao tuổi")

    at_desk(core, ASSOCIATION, play)
    assert "Lê Văn Minh" in {one.name for one in core.registry.officers.everybody()}


def test_ones_own_name_and_commune_are_corrected_with_the_colleagues(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay", "phường Đình Bảng")
        await me.press("f6")
        await me.sees("F5 Sửa tên, nơi làm")
        await me.press("f5", "enter")
        await me.sees("Họ và tên *", "Xã, phường *", "Người làm:")
        await me.press("end", *("backspace",) * 30)
        await me.type("Nguyễn Thị Lan")
        await me.press("enter", "enter", "end", *("backspace",) * 30)
        await me.type("Phường Từ Sơn")
        await me.press("enter")
        await me.sees(f"Sửa như vậy cho cả Cán bộ {COMMITTEE}")
        await me.type("có")
        await me.press("f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Nguyễn Thị Lan: Hội Người cao tuổi", "phường Từ Sơn")
        await me.press("enter")
        await me.sees("Đang làm việc ở đây: Nguyễn Thị Lan, Phường Từ Sơn")
        await me.press("escape")
        await me.sees("Việc hôm nay · Nguyễn Thị Lan, Phường Từ Sơn")

    at_desk(core, ASSOCIATION, play)
    held = {one.id: one for one in core.registry.officers.everybody() if one.commune}
    assert held[ASSOCIATION].name == "Nguyễn Thị Lan"
    assert held[ASSOCIATION].commune == held[COMMITTEE].commune == "Phường Từ Sơn"


def test_who_chose_the_wrong_body_at_first_corrects_it(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f6")
        await me.sees("F5 Sửa tên, nơi làm")
        await me.press("f5", "enter")
        await me.sees("Họ và tên *")
        await me.press("enter")
        await me.type("ubnd")
        await me.press("f2")
        await me.sees("Đúng chưa?", "UBND")
        await me.press("enter")
        await me.sees("Đã ghi")
        await me.press("enter")
        await me.sees("F5 Sửa tên, nơi làm")
        await me.press("f5", "enter")
        await me.sees("Họ và tên *")
        await me.press("enter")
        await me.type("cấp")
        await me.until(lambda: "Xã, phường *" not in me.text, "no commune for the province")
        await me.press("f2")
        await me.sees("Đúng chưa?", "cấp tỉnh")
        await me.press("enter")
        await me.sees("Đã ghi")

    at_desk(core, ASSOCIATION, play)
    roles = [one.role for one in core.registry.officers.everybody() if one.id == ASSOCIATION]
    assert roles == [Role.PROVINCE]


def test_where_nobody_may_take_a_step_it_is_named_what_to_do(core: Core) -> None:
    core.bring("launched")
    core.registry.officers.end(TOWN, Which(), None, by=ADMIN, step="officer_remove")

    async def play(me: Sitting) -> None:
        await me.press("f2", "enter")
        await me.press("end")
        await me.sees("Giám sát")
        await me.click("Giám sát")
        await me.sees("không thuộc quyền", "bấm F6", "F4", "thêm cán bộ")
        assert "F2 Ghi" not in me.text

    at_desk(core, ASSOCIATION, play)


def test_a_window_too_small_to_read_asks_to_be_enlarged(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await me.sees("phóng to")

    at_desk(core, ASSOCIATION, play, size=(60, 15))
