"""The screens that only read: today's work, the clubs, one club's page and its records."""

from datetime import date
from pathlib import Path

import pytest
from support.core import ASSOCIATION, TOWN, VILLAGE, Core, make_core
from support.desk import Sitting, at_desk, on_club

from engine.desk.rows import Rows

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


def test_a_club_being_founded_is_on_the_first_screen_with_what_is_next(core: Core) -> None:
    club = core.open(changes={"name": "CLB Thịnh Lang"})
    core.people_of(club)

    async def look(me: Sitting) -> None:
        await me.sees("Câu lạc bộ đang lập: ông/bà làm bước tiếp theo (1)", "trình UBND")
        assert "CLB Thịnh Lang" in me.text
        assert "chưa có việc nào" not in me.text
        await me.press("enter")
        await me.sees("Làm được ngay", "Trình UBND phường")
        await me.press("enter")
        await me.sees("Số tờ trình *")

    at_desk(core, ASSOCIATION, look)


def test_what_comes_first_on_a_clubs_page_is_what_is_lacking_then_the_next_step(
    core: Core,
) -> None:
    club = core.open()

    async def empty(me: Sitting) -> None:
        await me.press("f2", "enter")
        await me.sees(
            "Làm được ngay ▶ Cập nhật danh sách thành viên ▶ Dự kiến Ban Chủ nhiệm Còn thiếu, bổ "
            "sung trước · Trình UBND phường chưa có thành viên, chưa có Ban Chủ nhiệm"
        )

    async def proposed(me: Sitting) -> None:
        await me.press("f2", "enter")
        await me.sees(
            "Việc của nơi khác · Quyết định thành lập UBND phường: Cán bộ ubnd, Cán bộ ubnd_2"
        )

    at_desk(core, ASSOCIATION, empty)
    core.people_of(club)
    core.take(club, "propose", date(2021, 8, 10))
    at_desk(core, ASSOCIATION, proposed)


def test_clubs_of_one_name_are_distinguished_by_their_villages(core: Core) -> None:
    for village in ("Thôn Đông", "Thôn Tây"):
        core.open(changes={"name": "CLB Đông Phù", "village": village})

    async def look(me: Sitting) -> None:
        await me.sees("Thôn Đông", "Thôn Tây")

    at_desk(core, ASSOCIATION, look)


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
        await on_club(me)
        await me.sees("Việc của nơi khác", "cấp tỉnh")
        await me.click("Giám sát")
        await me.sees("không thuộc quyền", "căn cứ:")

    core.clock.day = date(2022, 5, 2)
    at_desk(core, ASSOCIATION, look)


def test_what_one_can_record_comes_before_what_others_do(core: Core) -> None:
    core.bring("operating")
    core.clock.day = date(2022, 5, 2)

    async def look(me: Sitting) -> None:
        await on_club(me)
        await me.sees(
            "Ghi chép + Ghi buổi sinh hoạt + Ghi quỹ + Cập nhật danh sách thành viên",
            "Không có gì vướng.",
        )
        assert me.text.index("Ghi chép") < me.text.index("Việc của nơi khác")
        assert "trả tiền vay" not in me.text, "nothing is lent"

    at_desk(core, ASSOCIATION, look)


def test_what_leads_on_comes_first_though_others_do_it(core: Core) -> None:
    core.bring("proposed")

    async def look(me: Sitting) -> None:
        await on_club(me)
        await me.sees("Việc của nơi khác · Quyết định thành lập", "Ghi chép")
        assert me.text.index("Việc của nơi khác") < me.text.index("Ghi chép")

    at_desk(core, ASSOCIATION, look)


def test_a_training_that_no_document_asks_for_again_is_not_shown_as_left_to_others(
    tmp_path: Path,
) -> None:
    core = make_core(str(tmp_path / "clb.sqlite3"), province="hai_phong")
    core.bring("launched")
    core.clock.day = date(2022, 2, 1)

    async def look(me: Sitting) -> None:
        await on_club(me)
        await me.sees("Việc của nơi khác · Giám sát")
        assert "Tập huấn" not in me.text

    at_desk(core, ASSOCIATION, look)


def test_the_cursor_stops_at_the_first_and_the_last_step(core: Core) -> None:
    core.bring("operating")

    async def look(me: Sitting) -> None:
        await on_club(me)
        await me.sees("Ghi chép")
        steps = me.pilot.app.screen.query_one("#list-steps", Rows)
        first = steps.key
        await me.press("up")
        assert steps.key == first
        await me.press("end")
        last = steps.key
        await me.press("down")
        assert steps.key == last != first

    at_desk(core, ASSOCIATION, look)


def test_a_training_that_is_due_can_be_recorded_of_a_board_that_was_trained(core: Core) -> None:
    core.bring("operating")
    core.clock.day = date(2022, 5, 2)

    async def look(me: Sitting) -> None:
        await me.click("tập huấn bổ sung")
        await me.sees("Làm được ngay ▶ Tập huấn Ban Chủ nhiệm tập huấn bổ sung, hạn 15/03/2022")
        await me.press("enter")
        await me.sees("Loại tập huấn *")
        assert "✗" not in me.text

    at_desk(core, TOWN, look)


@pytest.mark.slow
def test_the_pages_of_a_club_turn_by_number(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "fund", date(2021, 11, 10), GRANT)

    async def look(me: Sitting) -> None:
        await on_club(me, "2")
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


def test_a_step_that_comes_next_is_shown_though_another_task_of_the_club_is_open(
    core: Core,
) -> None:
    """After its programme has ended no training is owed by a document, and it comes next."""
    decided = date(2026, 3, 2)
    core.clock.day = decided
    club = core.open(decided)
    core.people_of(club)
    core.take(club, "propose", decided)
    core.carry(club, "approve", decided)

    async def look(me: Sitting) -> None:
        await me.sees("bước tiếp theo", "tập huấn", "lễ ra mắt")

    at_desk(core, TOWN, look)


def test_what_is_lacking_before_the_proposal_is_on_the_first_screen(core: Core) -> None:
    core.open()

    async def look(me: Sitting) -> None:
        await me.sees("ông/bà làm bước tiếp theo (1)", "cập nhật danh", "sách thành viên")
        await me.press("enter")
        await me.sees("▶ Cập nhật danh sách thành viên")
        assert me.pilot.app.screen.query_one("#list-steps", Rows).key == "roster"

    at_desk(core, ASSOCIATION, look)


def test_a_task_of_no_club_says_who_does_it_and_why_until_the_line_is_left(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 5, 2)

    async def look(me: Sitting) -> None:
        await me.sees("Việc của cấp tỉnh")
        await me.click("báo cáo")
        await me.sees("người làm: cấp tỉnh; căn cứ: QĐ 933/QĐ-UBND")
        await me.press("home")
        await me.until(lambda: "người làm:" not in me.text, "the message is gone")

    at_desk(core, ASSOCIATION, look)


def test_who_works_is_changed_on_a_clubs_page_too(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 4, 11)

    async def look(me: Sitting) -> None:
        await on_club(me)
        await me.sees("Việc của nơi khác", "· Giám sát", "F6 Tôi là ai")
        await me.press("f6")
        await me.sees("Ông/bà là ai?")
        me.pilot.app.screen.query_one(Rows).choose(TOWN)
        await me.press("enter")
        await me.sees("Làm được ngay", "▶ Giám sát")
        await me.press("2")
        await me.sees("F6 Thêm người", "Tổ dân phố")

    at_desk(core, ASSOCIATION, look)
