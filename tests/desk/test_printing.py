"""A paper at a key: written into one's documents and opened, or the page names its place."""

import os
import sys
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from support.core import ASSOCIATION, NEIGHBOUR_ASSOCIATION, OPENED, TOWN, Core, roster
from support.desk import Sitting, at_desk, on_club

from engine.desk.club import ClubPage
from engine.desk.opening import open_file
from engine.documents.papers import papers
from engine.lifecycle.people import Member

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program that opens is a script")


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one's documents, in a house of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path / "Documents"))
    return tmp_path


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that opens files, and the note of what it was given."""
    note = tmp_path / "given.txt"
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nprintf "%s" "$1" > "{note}.part" && mv "{note}.part" "{note}"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr(sys, "platform", "linux")
    return note


def test_a_paper_is_opened_in_the_systems_program(
    core: Core, documents: Path, opener: Path
) -> None:
    core.bring("proposed")
    core.clock.day = date(2021, 8, 11)

    async def play(me: Sitting) -> None:
        await on_club(me, "5")
        await me.sees("Tờ trình")
        await me.press("enter")
        await me.sees("Đã mở bằng Word:")
        await me.until(opener.exists, "the program was given the file")

    at_desk(core, ASSOCIATION, play)
    path = Path(opener.read_text(encoding="utf-8"))
    assert path.is_relative_to(documents)
    words = " ".join(one.text for one in Document(str(path)).paragraphs).split()
    assert "thành lập Câu lạc bộ Liên thế hệ 1" in " ".join(words)


def test_where_no_program_is_found_it_is_shown_where_the_file_lies(
    core: Core, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    core.bring("proposed")
    core.clock.day = date(2021, 8, 11)

    async def play(me: Sitting) -> None:
        await on_club(me, "5")
        await me.sees("Tờ trình")
        await me.press("enter")
        await me.sees(
            "máy này không có chương trình để mở: Tờ trình đề nghị thành lập câu lạc bộ CLB Liên "
            "thế hệ 1 Khu phố Đông phường Đình Bảng.docx",
            "Tệp nằm trong thư mục Documents/Câu lạc bộ liên thế hệ tự giúp nhau.",
        )

    at_desk(core, ASSOCIATION, play)
    assert len(list(documents.rglob("*.docx"))) == 1


def test_without_a_program_nothing_is_opened(opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(opener.parent / "nowhere"))
    assert not open_file(opener)


@pytest.mark.slow
def test_a_whole_stage_is_written_into_one_folder_with_what_is_blank(
    core: Core, documents: Path, opener: Path
) -> None:
    core.bring("proposed")
    core.clock.day = date(2021, 8, 11)

    async def play(me: Sitting) -> None:
        await on_club(me, "5")
        await me.sees("Tờ trình", "F9 Cả bộ giấy tờ")
        await me.press("f9")
        await me.sees("Đề nghị thành lập", "Tờ trình đề nghị thành lập", "Quyết định thành lập")
        await me.press("home", "enter")
        await me.sees("Đã mở:", "02 Dự thảo Quy chế câu lạc bộ.docx", "viết tay: ")
        await me.until(opener.exists, "the program was given the folder")
        await me.press("escape")
        await me.sees("5 Giấy tờ")

    at_desk(core, ASSOCIATION, play)
    folder = Path(opener.read_text(encoding="utf-8"))
    assert folder.is_relative_to(documents)
    wanted = [one.title for one in papers() if one.stage == "proposal"]
    assert sorted(one.stem.partition(" ")[2] for one in folder.iterdir()) == sorted(wanted)


def test_clubs_of_one_name_keep_a_paper_each_and_none_is_written_over(
    core: Core, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    here = core.open(date(2021, 8, 2), {"name": "CLB Hoa Sen", "village": "Khu phố Đông"})
    there = core.open(date(2021, 8, 2), {"name": "CLB Hoa Sen", "village": "Khu phố Tây"})
    core.clock.day = date(2021, 8, 11)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        for club in (here, there, there):
            me.pilot.app.push_screen(ClubPage(club, tab="papers"))
            await me.sees("5 Giấy tờ", "Tờ trình")
            await me.press("enter")
            await me.sees("không có chương trình để mở:")
            await me.press("escape")
            await me.sees("Việc hôm nay")

    at_desk(core, ASSOCIATION, play)
    names = sorted(one.stem for one in documents.rglob("*.docx"))
    assert len(names) == 3
    assert sum("Khu phố Đông" in one for one in names) == 1
    assert sum("Khu phố Tây" in one for one in names) == 2


def test_the_member_list_goes_to_excel_with_numbers_hidden(
    core: Core, documents: Path, opener: Path
) -> None:
    core.people = (Member("Lê Thị Cúc", "F", "1948", id_number="027148001234"),)
    club = core.open()
    core.take(club, "roster", OPENED, prepare=roster(core.people))
    core.clock.day = OPENED

    async def play(me: Sitting) -> None:
        await on_club(me, "2")
        await me.sees("Lê Thị Cúc", "F9 Ra Excel")
        await me.press("f9")
        await me.sees("Đã mở:", "Danh sách thành viên", "số điện thoại trong tệp này đã che")
        await me.until(opener.exists, "the program was given the file")

    at_desk(core, ASSOCIATION, play)
    path = Path(opener.read_text(encoding="utf-8"))
    assert path.is_relative_to(documents)
    cells = [str(cell) for row in load_workbook(path).active.values for cell in row if cell]
    assert "Lê Thị Cúc" in cells
    assert not any("027148001234" in one for one in cells)
    assert any(one.endswith("234") for one in cells)


def test_who_may_not_take_the_list_out_gets_no_file(core: Core, documents: Path) -> None:
    club = core.bring("proposed")
    core.clock.day = date(2021, 8, 11)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        me.pilot.app.push_screen(ClubPage(club, tab="members"))
        await me.sees("2 Thành viên", "F9 Ra Excel")
        await me.press("f9")
        await me.sees("không phụ trách phường Đình Bảng")

    at_desk(core, NEIGHBOUR_ASSOCIATION, play)
    assert not list(documents.rglob("*.xlsx"))


def test_a_report_is_made_and_opened_in_word(core: Core, documents: Path, opener: Path) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 7, 5)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f7")
        await me.sees("Báo cáo nào *")
        await me.click("Báo cáo 6 tháng kết quả")
        await me.sees("6 tháng đầu năm 2022")
        await me.press("f2")
        await me.sees("Đúng chưa?", "Word")
        await me.press("enter")
        await me.sees("Đã mở bằng Word:")
        await me.until(opener.exists, "the program was given the file")

    at_desk(core, TOWN, play)
    path = Path(opener.read_text(encoding="utf-8"))
    assert path.is_relative_to(documents)
    assert any("BÁO CÁO" in one.text.upper() for one in Document(str(path)).paragraphs)


@pytest.mark.slow
def test_a_slip_and_a_card_are_printed_from_the_row_of_their_entry(
    core: Core, documents: Path
) -> None:
    club = core.bring("launched")
    gift = {"kind": "contribution", "source": "donor", "fund": "income", "amount": 9_000_000}
    core.take(club, "fund", date(2022, 4, 1), gift)
    loan = {"member": core.people[0].name, "amount": 2_000_000, "months": 12}
    core.take(club, "lend", date(2022, 4, 4), loan)
    core.clock.day = date(2022, 8, 1)
    came, went = core.events(club)[-2:]

    async def play(me: Sitting) -> None:
        await on_club(me, "4")
        for seq, paper in ((came.seq, "Phiếu thu"), (went.seq, "Phiếu chi")):
            await me.sees("F9 In phiếu")
            await me.press("f9")
            await me.sees(f"{paper} {seq} CLB")
            await me.press("down")
        await me.press("7")
        await me.sees("F9 In thẻ vay")
        await me.press("f9")
        await me.sees(f"Thẻ vay vốn của thành viên {went.seq} CLB")

    at_desk(core, ASSOCIATION, play)
