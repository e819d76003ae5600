"""Clubs are sent and received at the desk, and a new computer begins with the province's file."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.core import (
    ADMIN,
    APPROVE,
    ASSOCIATION,
    BAC_NINH,
    COMMUNE,
    PROPOSE,
    TODAY,
    TOWN,
    TRAIN,
    Core,
    make_core,
)
from support.desk import Sitting, at_desk, sit
from support.exchange import Office, at_the_commune, at_the_province, opened
from support.province_plugin import province_of, stated

from engine.bundles import keys, signing
from engine.bundles.form import SUFFIX, read
from engine.desk.files import ZALO, FilePage, received
from engine.lifecycle.registry import make_registry
from engine.scenario.world import StillClock

pytestmark = pytest.mark.slow
PASSPHRASE = "mat khau dai"
MEETING = ("meeting", date(2021, 9, 20), {})


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "Documents"))
    monkeypatch.setattr(FilePage, "last", tmp_path)


@pytest.fixture
def there(tmp_path: Path) -> Office:
    return at_the_province(tmp_path / "province")


def test_a_commune_sends_and_the_province_receives(tmp_path: Path, there: Office) -> None:
    here = at_the_commune(tmp_path / "commune")
    club = here.core.walk([PROPOSE])

    async def send(me: Sitting) -> None:
        await me.sees("Việc hôm nay", "F8 Gửi tỉnh", "F9 Nhận từ tỉnh", "F10")
        await me.press("f8")
        await me.sees("Gửi tệp câu lạc bộ", "cấp tỉnh")
        await me.press("enter")
        await me.sees("Lời nhắn dán vào Zalo")

    at_desk(here.core, ASSOCIATION, send)
    (file,) = tmp_path.rglob(f"{COMMUNE} gửi cấp tỉnh*.clbz")

    async def receive(me: Sitting) -> None:
        await choose(me, file)
        await me.sees("Nhận tệp này?", COMMUNE, "sự kiện 1–4: mở hồ sơ")
        await me.press("enter")
        await me.sees("sự kiện 1–4")

    at_desk(there.core, TOWN, receive)
    assert there.core.club(club).commune == COMMUNE


def test_a_new_computer_begins_with_the_provinces_file(tmp_path: Path, there: Office) -> None:
    file, database = there.send(whole=True), tmp_path / "new" / "clb.sqlite3"

    async def begin(me: Sitting) -> None:
        await me.sees("Chạy lần đầu", "F9 Tôi có tệp cấp trên gửi")
        await me.press("f9")
        await elsewhere(me, file, "Chọn tệp tỉnh gửi")
        await me.sees("Bắt đầu bằng tệp này?", f"Máy này sẽ là máy của {COMMUNE}.")
        await me.press("enter")
        await me.sees("Ông/bà là ai?", f"Cán bộ {ASSOCIATION}")

    sit(str(database), None, begin, clock=StillClock(TODAY))
    begun = opened(database.parent, COMMUNE, StillClock(TODAY), BAC_NINH)
    assert begun.heads() == there.heads()


def test_a_first_file_that_is_refused_leaves_nothing_behind(tmp_path: Path, there: Office) -> None:
    here = at_the_commune(tmp_path / "commune")
    here.core.walk([PROPOSE])
    there.take(here.send())
    late, database = there.send(), tmp_path / "new" / "clb.sqlite3"

    async def begin(me: Sitting) -> None:
        await me.sees("Chạy lần đầu")
        await me.press("f9")
        await elsewhere(me, late, "Chọn tệp tỉnh gửi")
        await me.sees("Ở đây còn thiếu phần trước tệp này", "hãy xin bên gửi một tệp gửi đủ từ đầu")

    sit(str(database), None, begin, clock=StillClock(TODAY))
    assert not database.exists()


def test_a_database_without_officers_is_asked_the_first_questions(tmp_path: Path) -> None:
    make_registry(str(tmp_path / "clb.sqlite3"))[0].store.close()

    async def begin(me: Sitting) -> None:
        await me.sees("Chạy lần đầu", "F9 Tôi có tệp cấp trên gửi")

    sit(str(tmp_path / "clb.sqlite3"), None, begin, clock=StillClock(TODAY))


def test_the_newest_received_file_is_at_the_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "Downloads"))
    (tmp_path / "Documents" / ZALO).mkdir(parents=True)
    (tmp_path / "Downloads").mkdir()
    for at, name in enumerate(
        ("Documents/Zalo Received Files/a.clbz", "Downloads/b.clbz", "Downloads/c.CLBZ"), start=1
    ):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (at, at))
    (tmp_path / "Downloads" / "d.xlsx").touch()
    assert [one.name for one in received(SUFFIX)] == ["c.CLBZ", "b.clbz", "a.clbz"]


@pytest.fixture
def here(tmp_path: Path, there: Office) -> Office:
    return at_the_commune(tmp_path / "commune", there.core.clock)


async def choose(me: Sitting, file: Path) -> None:
    """Choose the file that was sent."""
    await me.sees("Việc hôm nay")
    await me.press("f9")
    await elsewhere(me, file, "Chọn tệp được gửi tới")


def test_a_folder_of_files_is_taken_in_with_a_line_each(
    here: Office, there: Office, club: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Downloads"
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(folder))
    folder.mkdir()
    here.core.carry(club, *MEETING)
    (folder / "b.clbz").write_bytes(here.send().read_bytes())
    (folder / "c.clbz").write_bytes(b"PK")
    other = here.core.walk([PROPOSE])
    there.core.carry(club, *TRAIN)
    (folder / "d.clbz").write_bytes(here.send(clubs=(other,)).read_bytes())

    async def receive(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f9")
        await me.sees("Chọn tệp được gửi tới", "F5 Cả thư mục", "b.clbz")
        await me.press("f5")
        await me.sees(
            "Nhận cả thư mục · Downloads",
            "Số tệp đã xong: 3/3",
            "✗ “c.clbz”",
            "! b.clbz: của phường Đình Bảng: cả hai bên cùng ghi tiếp: 1",
            "✓ d.clbz: của phường Đình Bảng: 1 câu lạc bộ, 4 sự kiện mới",
        )
        await me.press("down", "enter")
        await me.sees("Cả hai bên đều ghi tiếp")
        await me.press("escape")
        await me.sees("Nhận cả thư mục", "3/3")

    at_desk(there.core, TOWN, receive)
    assert there.core.club(other).commune == COMMUNE


def test_a_folder_elsewhere_is_chosen_in_the_tree(
    here: Office, there: Office, club: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    here.core.carry(club, *MEETING)
    (stick / "a.clbz").write_bytes(here.send().read_bytes())

    async def receive(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f9")
        await me.sees("Chọn tệp được gửi tới")
        await me.press("f7")
        await me.sees("Chọn tệp được gửi tới", "F5 Cả thư mục")
        await me.press("shift+tab", "end", "ctrl+u")
        await me.type(str(stick))
        await me.press("enter", "f5")
        await me.sees("Nhận cả thư mục · stick", "✓ a.clbz", "1/1")

    at_desk(there.core, TOWN, receive)
    assert here.heads() == there.heads()


def test_the_province_begins_at_the_desk_and_sends_a_commune_its_file(tmp_path: Path) -> None:
    database = tmp_path / "province" / "clb.sqlite3"

    async def begin(me: Sitting) -> None:
        await me.sees("Chạy lần đầu", "Tỉnh, thành phố *")
        await me.type("bac")
        await me.press("enter")
        await me.type("tỉnh")
        await me.press("enter")
        await me.type("Lê Thị Tỉnh")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Ông/bà làm việc ở", "cấp tỉnh")
        await me.press("enter")
        await me.sees("Lê Thị Tỉnh: quản trị của tỉnh", "F6 rồi F4", "F8 rồi F5")
        await me.press("enter")
        await me.sees("Việc hôm nay · Lê Thị Tỉnh", "F8 Gửi xã")

    sit(str(database), None, begin, clock=StillClock(TODAY))
    begun = opened(database.parent, None, StillClock(TODAY), BAC_NINH)
    offices = begun.core.registry.officers.everybody()
    assert {(one.role.value, one.commune) for one in offices} == {
        ("admin", None),
        ("province", None),
    }


async def elsewhere(me: Sitting, file: Path, title: str) -> None:
    """Name a file that lies where no program puts what is received."""
    await me.sees(title, "Ở chỗ khác")
    await me.press("f7")
    await me.sees(title)
    await me.press("shift+tab")
    await me.press("end", "ctrl+u")
    await me.type(str(file))
    await me.press("enter")


@pytest.fixture
def club(here: Office, there: Office) -> str:
    """A club with a decision, which both sides have."""
    found = here.core.walk([PROPOSE, APPROVE])
    there.take(here.send(names=True))
    here.take(there.send())
    return found


def test_a_fork_is_shown_side_by_side_and_settled(here: Office, there: Office, club: str) -> None:
    there.core.carry(club, *TRAIN)
    here.core.carry(club, *MEETING)

    async def settle(me: Sitting) -> None:
        await choose(me, there.send())
        await me.sees(
            "Cả hai bên đều ghi tiếp",
            "6. 20/09/2021 ghi buổi sinh",
            "6. 15/09/2021 tập huấn",
            "số 7",
        )
        await me.press("f2")
        await me.sees("Bản ghi trước đó")

    at_desk(here.core, ASSOCIATION, settle)
    there.take(here.send())
    assert here.heads() == there.heads()


def test_what_both_recorded_asks_for_a_reason_or_is_left_out(
    here: Office, there: Office, club: str
) -> None:
    there.core.carry(club, *MEETING)
    here.core.clock.day += timedelta(days=1)
    here.core.carry(club, *MEETING)

    async def settle(me: Sitting) -> None:
        await choose(me, there.send())
        await me.sees("cần nêu lý do")
        await me.press("f2")
        await me.sees("Có làm tiếp không?")
        await me.press("escape")
        await me.sees("cần nêu lý do")
        await me.press("enter")
        await me.sees("bỏ ra theo yêu cầu")
        await me.press("f2")
        await me.sees("Bản ghi trước đó")

    at_desk(here.core, ASSOCIATION, settle)
    assert here.heads() == there.heads()


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of the user's own, without a key in it."""
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))


def add_key(core: Core, officer: str, since: date | None = None, province: str = BAC_NINH) -> None:
    """Make a key on this computer, and let the province know of it."""
    line = keys.make(officer, PASSPHRASE).public
    core.registry.officers.add_key(province, officer, line, since, by=ADMIN)


async def asked_to_sign(me: Sitting) -> None:
    """Go from the first screen to the question for the passphrase of a file to be sent."""
    await me.sees("Việc hôm nay")
    await me.press("f8")
    await me.sees("Gửi tệp câu lạc bộ")
    await me.press("enter")
    await me.sees("Ký bằng khóa của mình")


@pytest.mark.usefixtures("home")
def test_who_has_a_key_is_asked_once_and_signs_steps_and_file(
    here: Office, there: Office, club: str, tmp_path: Path
) -> None:
    add_key(there.core, ASSOCIATION)
    here.take(there.send())

    async def sign(me: Sitting) -> None:
        await asked_to_sign(me)
        await me.type("sai bét rồi")
        await me.press("enter")
        await me.sees("Không mở được khóa")
        await me.type(PASSPHRASE)
        await me.press("enter")
        await me.sees("Những việc này ông/bà ghi?")
        await me.press("enter")
        await me.sees(f"Người ký: {ASSOCIATION}")
        await me.press("enter")
        await me.sees("Gửi tệp câu lạc bộ")
        await me.press("enter")
        await me.sees(f"Người ký: {ASSOCIATION}")

    at_desk(here.core, ASSOCIATION, sign)
    first, _second = sorted(tmp_path.rglob(f"{COMMUNE} gửi cấp tỉnh*.clbz"))
    bundle = read(first)
    assert bundle.signature is not None
    there.take(bundle)


@pytest.mark.usefixtures("home")
def test_the_button_signs_too_and_going_on_without_is_recorded(
    here: Office, there: Office, club: str
) -> None:
    add_key(there.core, ASSOCIATION)
    here.take(there.send())

    async def send(me: Sitting) -> None:
        await asked_to_sign(me)
        await me.press("down", "down", "enter")
        await me.sees("Tệp không có chữ ký", "Lời nhắn dán vào Zalo")
        await me.press("enter")
        await me.sees("Gửi tệp câu lạc bộ", "Bên ấy chưa có")

    at_desk(here.core, ASSOCIATION, send)


@pytest.mark.usefixtures("home")
def test_where_signed_steps_are_asked_for_the_desk_says_so_and_records_nothing_unsigned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated_value = stated("setting.signed_steps", "true")
    provinces = province_of(tmp_path, monkeypatch, stated_value, is_installed=True)
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    add_key(core, ASSOCIATION, province="tinh_thu")

    async def record(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f4")
        await me.sees("Tên câu lạc bộ")
        await me.type("CLB Thịnh Lang")
        await me.press("enter")
        await me.type("Khu phố Thịnh Lang")
        await me.press("f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Ký bằng khóa của mình", "Tỉnh yêu cầu ký từng bước")
        await me.press("down", "down", "enter")
        await me.sees("bước này chưa ký được", "Tạo khóa ký và nhờ quản trị đăng ký")
        await me.press("f2")
        await me.sees("Đúng chưa?")
        await me.press("enter")
        await me.sees("Ký bằng khóa của mình")
        await me.type(PASSPHRASE)
        await me.press("enter")
        await me.sees("Đã ghi", "đang lập hồ sơ")

    at_desk(core, ASSOCIATION, record)
    assert signing.signed(core.registry).counts == {ASSOCIATION: 1}


@pytest.mark.usefixtures("home")
def test_whoever_has_an_ended_key_at_the_province_reads_since_when(there: Office) -> None:
    add_key(there.core, TOWN)
    there.core.registry.officers.end_key(BAC_NINH, TOWN, TODAY, by=ADMIN)

    async def send(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f8")
        await me.sees("Gửi tệp câu lạc bộ", COMMUNE)
        await me.press("enter")
        await me.sees("Khóa của ông/bà đã ngừng từ ngày 30/06/2023", "F6, F7 rồi F2")
        await me.press("enter")
        await me.sees("Gửi tệp câu lạc bộ")
        await me.press("escape")
        await me.sees("Việc hôm nay")
        await me.press("f6")
        await me.sees("Ông/bà là ai?")
        await me.press("f7")
        await me.sees("Khóa của ông/bà đã ngừng từ ngày 30/06/2023", "Bấm F2 để tạo khóa mới")

    at_desk(there.core, TOWN, send)


@pytest.mark.usefixtures("home")
def test_what_is_under_ones_name_unsigned_is_shown_before_it_is_signed(
    here: Office, there: Office, club: str, tmp_path: Path
) -> None:
    add_key(there.core, ASSOCIATION, TODAY)
    here.take(there.send())

    async def send(me: Sitting) -> None:
        await asked_to_sign(me)
        await me.type(PASSPHRASE)
        await me.press("enter")
        await me.sees("Những việc này ông/bà ghi?", "chưa ký: 4", "mở hồ sơ")
        await me.press("right", "enter")
        await me.sees("Lời nhắn dán vào Zalo", "Người ký")
        await me.press("enter")
        await me.sees("Gửi tệp câu lạc bộ")
        await me.press("enter")
        await me.sees("Những việc này ông/bà ghi?")
        await me.press("enter")
        await me.sees("Vừa ký các sự kiện trước đây ghi dưới tên ông/bà mà chưa ký: 4")
        await me.sees("clbz”: 4 chữ ký đến sau.")

    at_desk(here.core, ASSOCIATION, send)
    first, second = sorted(tmp_path.rglob(f"{COMMUNE} gửi cấp tỉnh*.clbz"))
    assert {len(read(first).late), len(read(second).late)} == {0, 4}
    taken = [there.take(one).signed for one in (first, second)]
    assert sorted(taken) == [0, 4]


@pytest.mark.usefixtures("home")
def test_encrypted_names_are_read_with_the_key_at_the_desk(
    here: Office, there: Office, club: str
) -> None:
    add_key(there.core, TOWN)
    here.take(there.send())
    here.core.carry(club, *TRAIN)
    another = here.core.walk([PROPOSE])
    file = here.send(names=True)
    assert read(file).names is None

    async def receive(me: Sitting) -> None:
        await choose(me, file)
        await me.sees("Ký bằng khóa của mình")
        await me.type(PASSPHRASE)
        await me.press("enter")
        await me.sees("Nhận tệp này?")
        await me.press("enter")
        await me.sees("F8")

    at_desk(there.core, TOWN, receive)
    (count,) = there.store.rows("SELECT count(*) FROM personal WHERE club = ?", (another,))
    assert count == (len(here.core.people),)
