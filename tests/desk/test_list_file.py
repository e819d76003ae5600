"""A list file at the desk: read at once, asked about, shown as it would be taken in, recorded."""

from pathlib import Path

import pytest
from support.core import ASSOCIATION, OPENED, Core, roster
from support.desk import Sitting, at_desk, on_club

from engine.desk.files import FilePage
from engine.lifecycle.people import Member
from engine.roster.members import active

pytestmark = pytest.mark.slow

HEADINGS = "Họ và tên,Ngày sinh,Giới tính,Diện hộ\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "danh-sach.csv"


def written(path: Path, *rows: str) -> None:
    path.write_text(HEADINGS + "\n".join(rows) + "\n", encoding="utf-8")


async def reading(me: Sitting, path: Path) -> None:
    await on_club(me, "2")
    await me.sees("F7 Nhập tệp")
    await me.press("f7")
    await me.sees("Tệp danh sách *")
    await me.paste(str(path))


def test_a_good_list_is_taken_in(core: Core, listed: Path) -> None:
    club = core.open()
    core.clock.day = OPENED
    written(listed, "Trần Văn Đức,1950,Nam,", "Lê Thị Cúc,02/05/1948,Nữ,nghèo")

    async def play(me: Sitting) -> None:
        await reading(me, listed)
        await me.sees("Đọc được 2 người.")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Thêm mới 2", "Số thành viên sau khi ghi 2")
        await me.press("enter")
        await me.sees("Đã nhập: 2 người")

    at_desk(core, ASSOCIATION, play)
    assert {(one.name, one.circumstance) for one in active(core.store, core.club(club))} == {
        ("Trần Văn Đức", None),
        ("Lê Thị Cúc", "poor"),
    }


def test_a_row_that_cannot_be_read_stops_it_and_the_corrected_file_is_read_anew(
    core: Core, listed: Path
) -> None:
    club = core.open()
    core.clock.day = OPENED
    written(listed, "Trần Văn Đức,1950,Nam,", "Lê Thị Cúc,31/02/1948,Nữ,")

    async def play(me: Sitting) -> None:
        await reading(me, listed)
        await me.sees("✗ Dòng 3, cột Ngày sinh", "31/02/1948", "Bỏ các dòng không đọc được?")
        await me.press("f2")
        await me.sees("Chưa ghi được")
        written(listed, "Trần Văn Đức,1950,Nam,", "Lê Thị Cúc,28/02/1948,Nữ,")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Thêm mới 2")
        await me.press("enter")
        await me.sees("Đã nhập: 2 người")

    at_desk(core, ASSOCIATION, play)
    assert len(active(core.store, core.club(club))) == 2


def test_what_a_list_leaves_open_is_asked_with_its_answers(core: Core, listed: Path) -> None:
    club = core.open()
    core.clock.day = OPENED
    written(listed, "Trần Văn Đức,1950,Nam,BTXH", "Lê Thị Cúc,1948,Nữ,")

    async def play(me: Sitting) -> None:
        await reading(me, listed)
        await me.sees("“BTXH”", "( ) hộ nghèo")
        await me.press("f2")
        await me.sees("phải điền hoặc sửa")
        await me.click("hoàn cảnh khó khăn")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Thêm mới 2")
        await me.press("enter")
        await me.sees("Đã nhập: 2 người")

    at_desk(core, ASSOCIATION, play)
    assert {one.circumstance for one in active(core.store, core.club(club))} == {"difficult", None}


def test_who_is_there_already_is_taken_in_once(core: Core, listed: Path) -> None:
    club = core.open()
    core.take(club, "roster", OPENED, prepare=roster([Member("Lê Thị Cúc", "F", "1948")]))
    core.clock.day = OPENED
    written(listed, "Trần Văn Đức,1950,Nam,", "Lê Thị Cúc,1948,Nữ,")

    async def play(me: Sitting) -> None:
        await reading(me, listed)
        await me.sees("Lê Thị Cúc, sinh năm 1948, dòng 3, đã có trong danh sách")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Thêm mới 1", "Số thành viên sau khi ghi 2")
        await me.press("enter")
        await me.sees("Đã nhập: 1 người")

    at_desk(core, ASSOCIATION, play)
    assert sorted(one.name for one in active(core.store, core.club(club))) == [
        "Lê Thị Cúc",
        "Trần Văn Đức",
    ]


def test_a_file_that_is_not_there_is_named(core: Core, listed: Path) -> None:
    core.open()
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await reading(me, listed)
        await me.sees("✗ Không có tệp", "Bấm F7 để chọn trong thư mục.")
        assert "Đọc thông báo" not in me.text

    at_desk(core, ASSOCIATION, play)


def test_the_whole_name_of_a_file_is_shown_however_long_it_is(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core.open()
    core.clock.day = OPENED
    monkeypatch.setenv("HOME", str(tmp_path / "nhà"))
    monkeypatch.setattr(FilePage, "last", None)
    name = "Danh sách thành viên câu lạc bộ tổ dân phố 5 phường Lê Chân (bản sửa ngày 15 tháng 9)"
    (tmp_path / "nhà").mkdir()
    written(tmp_path / "nhà" / f"{name}.csv", "Trần Văn Đức,1950,Nam,")

    async def play(me: Sitting) -> None:
        await reading(me, tmp_path / "none.csv")
        await me.press("f7")
        await me.sees("Chọn tệp danh sách", "Danh sách thành viên")
        await me.press("down")
        await me.sees(f"{name}.csv")
        await me.press("enter")
        await me.sees("Đọc được 1 người.", f"{name}.csv")

    at_desk(core, ASSOCIATION, play)


def test_the_rows_that_are_left_out_are_counted_before_the_list_is_taken_in(
    core: Core, listed: Path
) -> None:
    core.open()
    core.clock.day = OPENED
    written(listed, "Trần Văn Đức,1950,Nam,", "Trần Văn Đức,1950,Nam,", "Lê Thị Cúc,1948,Nữ,")

    async def play(me: Sitting) -> None:
        await reading(me, listed)
        await me.sees("Đọc được 3 người.")
        assert "danh sách đầy đủ" not in me.text  # nobody is there who could leave
        await me.press("f2")
        await me.sees("Đúng chưa?", "Thêm mới 2", "Dòng bỏ qua (trùng, sai) 1")

    at_desk(core, ASSOCIATION, play)


def test_a_list_with_hidden_numbers_is_refused_in_one_sentence_and_comes_without_them(
    core: Core, listed: Path
) -> None:
    club = core.open()
    people = [
        Member("Lê Thị Cúc", "F", "1948", phone="0912345678"),
        Member("Trần Văn Đức", "M", "1950", phone="0912345679", id_number="001050000123"),
    ]
    core.take(club, "roster", OPENED, prepare=roster(people))
    core.clock.day = OPENED
    headings = "Họ và tên,Ngày sinh,Giới tính"
    rows = "Lê Thị Cúc,1948,Nữ", "Trần Văn Đức,1950,Nam"
    hidden = f"{headings},CCCD,SĐT\n{rows[0]},,*******678\n{rows[1]},*********123,*******679\n"
    listed.write_text(hidden, encoding="utf-8")

    async def play(me: Sitting) -> None:
        await reading(me, listed)
        await me.sees("✗ Danh sách này được xuất với số đã che (cột CCCD, SĐT).", "3 ô có dấu *")
        await me.sees("Xóa các cột này trong Excel")
        assert "Dòng 2" not in me.text
        listed.write_text(f"{headings}\n{rows[0]}\n{rows[1]}\nVũ Văn An,1951,Nam\n", "utf-8")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Thêm mới 1")
        await me.press("enter")
        await me.sees("Đã nhập: 1 người")

    at_desk(core, ASSOCIATION, play)
    assert {one.phone for one in active(core.store, core.club(club))} == {
        "0912345678",
        "0912345679",
        None,
    }
