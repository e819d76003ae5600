"""The screens that only read: today's work, the clubs, one club's page and its records."""

from datetime import date

from support.core import ASSOCIATION, TOWN, VILLAGE, Core
from support.desk import Sitting, at_desk

GRANT = {
    "kind": "grant",
    "source": "province_budget",
    "fund": "operating",
    "amount": 100_000_000,
    "document": "UNC 12",
    "resolution": "NQ 05/NQ-HĐND",
}


def test_today_shows_what_is_mine_before_what_others_owe(core: Core) -> None:
    core.bring("launched")

    async def look(me: Sitting) -> None:
        await me.sees("Việc hôm nay", "Cán bộ tinh", "Việc của ông/bà", "giám sát", "đánh giá năm")
        assert "Việc của nơi khác" not in me.text
        assert "cấp tỉnh" in me.text

    core.clock.day = date(2022, 5, 2)
    core.registry.officers.rename(TOWN, "Cán bộ tinh", by="quan_tri")
    at_desk(core, TOWN, look)


def test_today_names_the_club_the_day_and_how_late(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 4, 11)

    async def look(me: Sitting) -> None:
        await me.sees("01/04/2022 10 giám sát CLB Liên thế hệ 1")

    at_desk(core, TOWN, look)


def test_a_task_leads_to_its_club_with_the_cursor_on_the_step(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 4, 11)

    async def look(me: Sitting) -> None:
        await me.sees("Việc của ông/bà", "giám sát")
        await me.click("giám sát")
        await me.sees("Làm được ngay", "Giám sát", "hạn 01/04/2022 (trễ 10 ngày)")
        await me.press("enter")
        await me.sees("Ngày giám sát *", "Người giám sát *")

    at_desk(core, TOWN, look)


def test_a_club_is_found_by_letters_without_marks(core: Core) -> None:
    core.open(changes={"name": "CLB Thịnh Lang"})
    core.open(changes={"name": "CLB Đông Phù"})

    async def look(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f3")
        await me.sees("CLB Thịnh Lang", "CLB Đông Phù", "Đang lập hồ sơ (2)")
        await me.type("thinh la")
        await me.until(lambda: "Đông Phù" not in me.text, "one club only")
        await me.sees("CLB Thịnh Lang", VILLAGE)
        await me.press("enter")
        await me.sees("CLB Thịnh Lang", "1 Việc", "Trình")

    at_desk(core, ASSOCIATION, look)


def test_an_officer_of_a_commune_sees_the_clubs_of_that_commune_alone(core: Core) -> None:
    core.open(changes={"name": "CLB Của Tôi"})
    core.open(changes={"name": "CLB Nơi Khác", "commune": "phường Tân Hồng"}, officer="hoi_ben")

    async def look(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f2")
        await me.sees("CLB Của Tôi")
        assert "Nơi Khác" not in me.text

    at_desk(core, ASSOCIATION, look)


def test_a_page_says_of_a_step_what_is_in_its_way_with_the_article(core: Core) -> None:
    core.bring("launched")

    async def look(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f2", "enter")
        await me.sees("Việc của nơi khác", "cấp tỉnh")
        await me.click("Giám sát")
        await me.sees("không thuộc quyền", "căn cứ:")

    core.clock.day = date(2022, 5, 2)
    at_desk(core, ASSOCIATION, look)


def test_the_pages_of_a_club_turn_by_number(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "fund", date(2021, 11, 10), GRANT)

    async def look(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f2", "enter", "2")
        await me.sees("Tên", "Giới tính", "F6", "F7")
        assert core.people[0].id_number is None or core.people[0].id_number not in me.text
        await me.press("3")
        await me.sees("Chủ nhiệm", core.people[0].name)
        await me.press("4")
        await me.sees("quỹ hoạt động: 100.000.000 đồng", "+100.000.000", "F8")
        await me.press("5")
        await me.sees("Quyết định thành lập", "chưa ghi, còn để trống")
        await me.press("6")
        await me.sees("Lễ ra mắt → đã ra mắt", "Ghi quỹ")
        await me.press("enter")
        await me.sees("UNC 12", "100.000.000 đồng (một trăm triệu đồng)", "Người ghi")
        await me.press("escape")
        await me.sees("Lễ ra mắt → đã ra mắt")

    core.clock.day = date(2022, 5, 2)
    at_desk(core, ASSOCIATION, look)


def test_help_says_what_the_screen_and_the_keys_do(core: Core) -> None:
    async def look(me: Sitting) -> None:
        await me.sees("Việc của cấp tỉnh")
        await me.press("f1")
        await me.sees("Trợ giúp", "Ở mọi màn hình", "F10 thoát")
        await me.press("escape")
        await me.sees("Việc hôm nay")

    at_desk(core, ASSOCIATION, look)
