"""A step as a form: judged while it is typed, asked about, agreed to, and then recorded."""

from datetime import date

import pytest
from support.core import ASSOCIATION, COMMITTEE, OPENED, TOWN, Core, roster
from support.desk import Sitting, at_desk, on_club

from engine.desk.app import Desk
from engine.desk.field import Field
from engine.desk.filling import StepFilling
from engine.desk.form import FormPage
from engine.model import State
from engine.vietnamese.text import bare

pytestmark = pytest.mark.slow


async def opened(me: Sitting, step: str) -> None:
    """Go from the first screen to the form of a step of the only club."""
    await on_club(me)
    await me.sees("1 Việc", step)
    await me.click(step)


async def launched_untrained(me: Sitting, place: str) -> None:
    """Fill in a launch at a place, of a board that was not trained, up to the warning."""
    await opened(me, "Lễ ra mắt")
    await me.sees("Địa điểm *")
    await me.press("enter")
    await me.type(place)
    await me.press("enter")
    await me.type("70")
    await me.press("enter", "space", "f2")


async def correcting_the_attendance(me: Sitting, club: str) -> None:
    """Go from the first screen to the correction of how many came to the club's launch."""
    await on_club(me)
    await me.sees("1 Việc")
    app = me.pilot.app
    assert isinstance(app, Desk)
    app.take_step(club, "correct")
    await me.sees("Lý do *", "lễ ra mắt, 01/10/2021")
    await me.click("lễ ra mắt, 01/10/2021")
    await me.sees("Số người dự (")
    await me.click("Số người dự (")
    await me.sees("Số người dự (nay: 80) *")


def test_a_step_is_recorded_once_its_summary_was_agreed_to(core: Core) -> None:
    club = core.open(date(2021, 8, 2), {"name": "CLB Thịnh Lang"})
    core.people_of(club)
    core.clock.day = date(2021, 8, 10)

    async def play(me: Sitting) -> None:
        await opened(me, "Trình UBND phường")
        await me.sees("CLB Thịnh Lang, Khu phố Đông, phường Đình Bảng", "Số tờ trình *")
        await me.type("03/TTr-HNCT")
        await me.press("f2")
        await me.sees("Đúng chưa?", "03/TTr-HNCT", "10/08/2021", "CLB Thịnh Lang")
        assert core.club(club).state is State.PREPARING
        await me.press("enter")
        await me.sees("Đã ghi", "Câu lạc bộ nay: đã trình", "In: Tờ trình")
        assert core.club(club).state is State.PROPOSED
        await me.press("enter")
        await me.sees("1 Việc", "đã trình")

    at_desk(core, ASSOCIATION, play)


def test_nothing_is_recorded_where_the_summary_is_not_right(core: Core) -> None:
    club = core.open(date(2021, 8, 2))
    core.people_of(club)
    core.clock.day = date(2021, 8, 10)

    async def play(me: Sitting) -> None:
        await opened(me, "Trình UBND phường")
        await me.sees("Số tờ trình *")
        await me.type("03")
        await me.press("f2")
        await me.sees("Đúng chưa?")
        await me.press("right", "enter")
        await me.sees("Số tờ trình *", "03")

    at_desk(core, ASSOCIATION, play)
    assert core.club(club).state is State.PREPARING


def test_a_wrong_answer_is_named_while_it_is_typed_with_an_example(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await opened(me, "Giám sát")
        await me.sees("Ngày giám sát *", "02/04/2022")
        await me.press("home", "shift+end", "delete")
        await me.type("31/2/22")
        await me.sees("✗ Trong lịch không có ngày 31/2/2022.", "ví dụ 28/07/2021")
        await me.press("f2")
        await me.sees("phải điền hoặc sửa")

    at_desk(core, TOWN, play)


def test_the_rules_answer_below_the_form_before_anything_is_recorded(core: Core) -> None:
    club = core.bring_untrained("approved")
    core.clock.day = date(2021, 10, 1)
    seq = core.club(club).seq

    async def play(me: Sitting) -> None:
        await opened(me, "Lễ ra mắt")
        await me.sees("Địa điểm *", "! Ban Chủ nhiệm chưa được tập huấn ban đầu.", "căn cứ:")

    at_desk(core, ASSOCIATION, play)
    assert core.club(club).seq == seq


def test_a_warning_is_shown_with_what_is_asked_then_the_reason_is_asked_and_kept(
    core: Core,
) -> None:
    club = core.bring_untrained("approved")
    core.clock.day = date(2021, 10, 1)

    async def play(me: Sitting) -> None:
        await launched_untrained(me, "Nhà văn hóa")
        await me.sees("Có làm tiếp không?", "Ban Chủ nhiệm chưa được tập huấn ban đầu.", "căn cứ:")
        await me.press("enter")
        await me.sees("Vì sao vẫn làm tiếp?")
        await me.press("enter")
        await me.sees("Phải nêu lý do")
        await me.type("lớp mở tháng sau")
        await me.press("enter")
        warned = "! Ban Chủ nhiệm chưa được tập huấn ban đầu."
        await me.sees("Đúng chưa?", warned, "lớp mở tháng sau", "Nhà văn hóa")
        await me.press("enter")
        await me.sees("Đã ghi", "Câu lạc bộ nay: đã ra mắt", "Tiếp theo: giám sát")

    at_desk(core, ASSOCIATION, play)
    last = core.event(club, -1)
    assert last.step == "launch"
    assert last.form["place"] == "Nhà văn hóa"
    assert {one.reason for one in last.acknowledged} == {"lớp mở tháng sau"}


def test_without_a_reason_nothing_goes_on(core: Core) -> None:
    club = core.bring_untrained("approved")
    core.clock.day = date(2021, 10, 1)

    async def play(me: Sitting) -> None:
        await launched_untrained(me, "Đình làng")
        await me.sees("Có làm tiếp không?")
        await me.press("right", "enter")
        await me.sees("Địa điểm *", "Đình làng")

    at_desk(core, ASSOCIATION, play)
    assert core.club(club).state is State.APPROVED


def test_what_is_in_the_way_anyway_is_shown_instead_of_questions(core: Core) -> None:
    core.bring("launched")

    async def play(me: Sitting) -> None:
        await opened(me, "Giám sát")
        await me.sees("không thuộc quyền")
        assert "Người giám sát" not in me.text
        await me.press("f2")
        assert "Đúng chưa?" not in me.text

    core.clock.day = date(2022, 5, 2)
    at_desk(core, COMMITTEE, play)


def test_a_correction_picks_the_record_and_then_the_field_with_its_old_value(core: Core) -> None:
    club = core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await correcting_the_attendance(me, club)

    at_desk(core, ASSOCIATION, play)


def test_the_board_is_named_from_its_own_page(core: Core) -> None:
    club = core.open()
    core.take(club, "roster", OPENED, prepare=roster(core.people))
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await on_club(me, "3")
        await me.sees("Chưa có Ban Chủ nhiệm. F6 để chọn.")
        await me.press("f6")
        await me.sees("Chủ nhiệm *")
        await me.type(bare(core.people[0].name))
        await me.press("enter")
        await me.type(core.people[1].name)
        await me.press("f2")
        await me.sees("Đúng chưa?", core.people[0].name, core.people[1].name)
        await me.press("enter")
        await me.sees("Đã ghi")

    at_desk(core, ASSOCIATION, play)
    posts = core.store.rows("SELECT post FROM board WHERE club = ? ORDER BY post", (club,))
    assert [post for (post,) in posts] == ["chair", "vice"]


def test_a_correction_shows_what_it_changed_before_and_after_it_is_recorded(core: Core) -> None:
    club = core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await correcting_the_attendance(me, club)
        await me.press("enter")
        await me.type("58 người")
        await me.press("enter")
        await me.type("ghi nhầm")
        await me.press("enter")
        await me.type("Biên bản lễ ra mắt")
        await me.press("f2")
        await me.sees("Đúng chưa?", "80 → 58")
        await me.press("enter")
        await me.sees("Đã ghi")
        await me.press("enter")
        await me.sees("1 Việc")
        await me.press("6")
        await me.sees("Đính chính: bản ghi", "đã đính chính ở số")
        await me.press("enter")
        await me.sees("Người ghi", "80 → 58")

    at_desk(core, ASSOCIATION, play)


def test_a_day_too_early_is_refused_without_a_command_to_type(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await opened(me, "Giám sát")
        await me.sees("Ngày giám sát *", "02/04/2022")
        await me.press("home", "shift+end", "delete")
        await me.type("1/9/21")
        await me.sees("trước bước gần nhất", "Hãy xem ngày trên giấy tờ.")
        assert "clb " not in me.text
        await me.press("f2")
        await me.sees("phải điền hoặc sửa")
        await me.press("home", "shift+end", "delete")
        await me.type("2/4/22")
        await me.until(lambda: "phải điền hoặc sửa" not in me.text, "the count gone")

    at_desk(core, TOWN, play)


def test_the_change_of_the_board_is_found_by_who_does_not_decide_on_it(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await opened(me, "Kiện toàn Ban Chủ nhiệm")
        await me.sees("Ai đang ngồi máy?", "UBND phường")

    at_desk(core, ASSOCIATION, play)


def test_a_task_without_a_day_does_not_name_its_step_twice(core: Core) -> None:
    core.bring("approved")

    async def play(me: Sitting) -> None:
        await on_club(me)
        await me.sees("1 Việc", "Lễ ra mắt")
        assert "Lễ ra mắt lễ ra mắt" not in me.text

    at_desk(core, ASSOCIATION, play)


def test_a_step_of_others_shows_since_when_it_is_late(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 4, 2)

    async def play(me: Sitting) -> None:
        await on_club(me)
        late = "cấp tỉnh hoặc cấp huyện: Cán bộ hoi_tinh, hạn 01/04/2022 (trễ 1 ngày)"
        await me.sees("1 Việc", late)

    at_desk(core, ASSOCIATION, play)


def test_from_july_2025_on_no_district_does_anything(core: Core) -> None:
    """The two-tier communes began on 01/07/2025 (BN-64: QĐ 933 gave tasks to the district)."""
    core.bring("launched")
    core.clock.day = date(2025, 9, 1)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay", "giám sát")
        assert "huyện" not in me.text
        await me.press("f2", "enter")
        await me.sees("Việc của nơi khác", "cấp tỉnh: Cán bộ hoi_tinh")
        assert "huyện" not in me.text
        await me.click("Giám sát")
        await me.sees("Ai đang ngồi máy?", "cán bộ cấp tỉnh")
        assert "huyện" not in me.text

    at_desk(core, ASSOCIATION, play)


def test_nobody_is_invited_to_a_launch_that_was(core: Core) -> None:
    core.bring("trained")
    core.clock.day = date(2021, 10, 1)

    async def play(me: Sitting) -> None:
        await on_club(me, "enter")
        await me.sees("Địa điểm *")
        await me.press("enter")
        await me.type("Nhà văn hóa")
        await me.press("enter")
        await me.type("80")
        await me.press("enter")
        await me.type("có")
        await me.press("f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Câu lạc bộ nay: đã ra mắt", "In: Biên bản lễ ra mắt")
        assert "Giấy mời" not in me.text

    at_desk(core, ASSOCIATION, play)


def test_a_day_typed_where_a_name_goes_is_refused(core: Core) -> None:
    club = core.open()
    core.take(club, "roster", OPENED, prepare=roster(core.people))
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await on_club(me, "3", "f6")
        await me.sees("Chủ nhiệm *")
        await me.type("5/3/26")
        await me.sees("✗ “5/3/26” không phải là họ tên.")

    at_desk(core, ASSOCIATION, play)


def test_a_person_chosen_from_the_list_leads_on_to_the_next_question(core: Core) -> None:
    core.people_of(core.open())

    async def play(me: Sitting) -> None:
        await on_club(me)
        await me.sees("▶ Trình UBND")
        await me.press("3", "f6")
        await me.sees("Chủ nhiệm *", "Phó Chủ nhiệm *")

        def there() -> list[str]:
            fields = me.pilot.app.screen.query(Field)
            return [one.question.path for one in fields if one.has_focus_within]

        await me.until(lambda: there() == ["chair"], "the first question has the focus")
        await me.type("do kim")
        await me.press("down", "enter")
        await me.until(lambda: there() == ["vice"], "the next question has the focus")
        await me.sees("Đỗ Kim Huyền (2000)")

    at_desk(core, ASSOCIATION, play)


def test_a_warning_says_next_to_the_form_when_its_reason_is_asked_for(core: Core) -> None:
    club = core.open()
    core.take(club, "roster", OPENED, prepare=roster(core.people[:9]))

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        me.pilot.app.push_screen(FormPage(StepFilling(club, "propose", ASSOCIATION)))
        await me.sees("Bấm F2 ghi thì máy hỏi lý do.", "! Câu lạc bộ có 9 thành viên")

    at_desk(core, ASSOCIATION, play)
