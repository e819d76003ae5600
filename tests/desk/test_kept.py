"""What is kept: answers that were not recorded, who works here, and whose name a record has."""

from datetime import date

import pytest
from support.core import ASSOCIATION, COMMITTEE, OPENED, TOWN, Core
from support.databases import address
from support.desk import Sitting, at_desk, on_club, sit

from engine.model import State
from engine.remembered import Remembered
from engine.roster.members import active

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path_factory.mktemp("home")))


async def proposing(me: Sitting) -> None:
    await on_club(me)
    await me.sees("Trình UBND phường")
    await me.press("enter")
    await me.sees("Số tờ trình *")


def test_what_was_typed_is_filled_in_again_another_day_and_gone_once_recorded(core: Core) -> None:
    club = core.open()
    core.people_of(club)
    core.clock.day = date(2021, 8, 10)

    async def begin(me: Sitting) -> None:
        await proposing(me)
        await me.type("03/TTr")
        await me.press("escape")
        await me.sees("1 Việc")

    async def go_on(me: Sitting) -> None:
        await proposing(me)
        await me.sees("03/TTr", "Đã điền sẵn phần lần trước điền dở", "12/08/2021")
        await me.press("f2")
        await me.sees("Đúng chưa?", "12/08/2021")
        await me.press("enter")
        await me.sees("Đã ghi")

    kept = (club, "propose", ASSOCIATION)
    at_desk(core, ASSOCIATION, begin)
    assert Remembered(address(core.store)).draft(*kept) is not None
    core.clock.day = date(2021, 8, 12)
    at_desk(core, ASSOCIATION, go_on)
    assert Remembered(address(core.store)).draft(*kept) is None
    assert core.event(club, -1).form["submission"] == {"number": "03/TTr", "date": "2021-08-12"}


def test_a_draft_can_be_thrown_away(core: Core) -> None:
    club = core.open()
    core.people_of(club)
    core.clock.day = date(2021, 8, 10)

    async def play(me: Sitting) -> None:
        await proposing(me)
        await me.type("99")
        await me.press("escape")
        await me.sees("1 Việc")
        await me.press("enter")
        await me.sees("Đã điền sẵn")
        await me.press("f5")
        await me.until(lambda: "99" not in me.text and "Số tờ trình" in me.text, "begun anew")

    at_desk(core, ASSOCIATION, play)
    assert Remembered(address(core.store)).draft(club, "propose", ASSOCIATION) is None


def test_erasing_personal_data_takes_the_drafts_of_the_club(core: Core) -> None:
    club = core.open()
    core.people_of(club)
    core.clock.day = date(2021, 8, 10)
    remembered = Remembered(address(core.store))
    remembered.keep_draft({"answers": {"chair": "x"}}, club, "set_board", COMMITTEE)

    async def play(me: Sitting) -> None:
        await on_club(me)
        await me.sees("Trình UBND phường")
        await me.click("Xóa dữ liệu cá nhân")
        await me.sees("Thành viên *")
        await me.type(active(core.store, core.club(club))[0].name)
        await me.press("enter")
        await me.type("Theo đơn")
        await me.press("f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Đã ghi")

    at_desk(core, TOWN, play)
    assert core.event(club, -1).step == "erase"
    assert remembered.draft(club, "set_board", COMMITTEE) is None


def test_a_step_of_somebody_else_is_recorded_in_the_name_of_who_sits_there(core: Core) -> None:
    club = core.bring("launched")
    core.clock.day = date(2022, 4, 11)

    async def play(me: Sitting) -> None:
        await on_club(me)
        await me.sees("Giám sát")
        await me.click("Giám sát")
        await me.sees("Ai đang ngồi máy?", "không thuộc quyền")
        await me.press("enter")
        who = f"Người làm: Cán bộ {TOWN}, cán bộ cấp tỉnh"
        await me.sees("Số buổi sinh hoạt đã tổ chức *", "Người giám sát", who)
        await me.press("enter", "enter")
        await me.type("6")
        await me.press("enter", "space", "enter")
        await me.type("0")
        await me.press("enter", "enter", "f2")
        await me.sees("Đúng chưa?", who)
        await me.press("enter")
        await me.sees("Đã ghi", who)

    at_desk(core, ASSOCIATION, play)
    assert core.event(club, -1).officer == TOWN
    assert core.club(club).state is State.OPERATING


def test_who_works_here_is_asked_once_and_remembered(core: Core) -> None:
    async def first(me: Sitting) -> None:
        await me.sees("Ông/bà là ai?", f"Cán bộ {COMMITTEE}")
        await me.click(f"Cán bộ {ASSOCIATION}")
        await me.sees("Việc hôm nay", f"Cán bộ {ASSOCIATION}")

    sit(address(core.store), None, first, clock=core.clock)
    assert Remembered(address(core.store)).officer == ASSOCIATION


def test_somebody_else_takes_over_at_a_key(core: Core) -> None:
    async def play(me: Sitting) -> None:
        await me.sees(f"Cán bộ {ASSOCIATION}")
        await me.press("f6")
        await me.sees("Ông/bà là ai?")
        await me.click(f"Cán bộ {TOWN}")
        await me.sees("Việc hôm nay", f"Cán bộ {TOWN}")

    at_desk(core, ASSOCIATION, play)


def test_the_first_run_makes_the_database_and_its_people(core: Core, tmp_path: object) -> None:
    url = f"{tmp_path}/new.sqlite3"

    async def play(me: Sitting) -> None:
        await me.sees("Chạy lần đầu", "Tỉnh, thành phố *")
        await me.type("bac")
        await me.press("enter", "enter")
        await me.type("Phường Đình Bảng")
        await me.press("enter")
        await me.type("Nguyễn Thị Lan")
        await me.press("enter")
        await me.type("Trần Văn Bình")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Bắc Ninh", "Nguyễn Thị Lan", "Hội Người cao tuổi phường")
        await me.press("enter")
        await me.sees("Nguyễn Thị Lan: quản trị của tỉnh", "Trần Văn Bình: UBND phường")
        await me.press("enter")
        await me.sees("Việc hôm nay · Nguyễn Thị Lan, Phường Đình Bảng")

    core.clock.day = OPENED
    sit(url, None, play, clock=core.clock)
    assert Remembered(url).officer == "nguyen-thi-lan"


def test_a_first_run_that_was_broken_off_goes_on_where_it_was(core: Core, tmp_path: object) -> None:
    url = f"{tmp_path}/new.sqlite3"

    async def begin(me: Sitting) -> None:
        await me.sees("Chạy lần đầu", "Tỉnh, thành phố *")
        await me.press("shift+tab")
        await me.type("bac")
        await me.press("tab", "tab")
        await me.type("Phường Đình Bảng")
        await me.press("escape")
        await me.sees("Đây là màn hình đầu.", "Phường Đình Bảng")

    async def again(me: Sitting) -> None:
        await me.sees("Đã điền sẵn", "(•) Bắc Ninh", "Phường Đình Bảng")

    sit(url, None, begin, clock=core.clock)
    sit(url, None, again, clock=core.clock)
