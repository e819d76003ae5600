"""The plain face through a real terminal: a club's life, and each stumble of a first user."""

import re
from pathlib import Path

import pytest
from support.plain_face import Face, home
from support.roster_cli import Office

ROSTER = Path(__file__).parents[1] / "rosters" / "01_our_own.xlsx"
RIGHT = "Đúng chưa?"
MENU = "0 để quay lại"


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    return Office(tmp_path, monkeypatch, capsys)


@pytest.fixture
def club(office: Office) -> str:
    return office.prepared("opened", office.open_club)


@pytest.fixture
def decided(office: Office) -> str:
    return office.prepared("decided", office.decided_club)


def menu_number(face: Face, words: str) -> str:
    """Return the number of a line of the menu that is on the screen."""
    lines = [line for line in face.shown().splitlines() if words in line]
    found = re.match(r" *([0-9]+)  ", lines[-1])
    assert found is not None, face.shown()
    return found[1]


def choose(face: Face, words: str) -> None:
    """Choose a line of the club's menu by what it says."""
    face.wait(MENU)
    number = menu_number(face, words)
    face.type(number)


@pytest.mark.slow
def test_from_nothing_to_the_launch_in_less_than_forty_answers_and_no_english(
    tmp_path: Path,
) -> None:
    with Face(environ=home(tmp_path)) as face:
        face.answer("Tỉnh, thành phố:", "hải phòng")
        face.answer("Xã, phường:", "Xã An Lão")
        face.answer("Họ tên của ông/bà:", "Nguyễn Thị Lan")
        face.answer("Ông/bà làm việc ở:", "hội")
        face.answer("Họ tên người cùng làm", "Trần Văn Bình")
        face.wait("Họ tên cán bộ tỉnh")
        face.answer("phụ trách tập huấn, giám sát:", "Phạm Thị Hòa")
        face.answer(RIGHT, "có")
        face.answer("Tên câu lạc bộ:", "CLB Thôn Đông")
        face.answer("Thôn, khu phố:", "Thôn Đông")
        face.answer(RIGHT, "có")
        face.answer("Tệp:", str(ROSTER))
        choose(face, "dự kiến Ban Chủ nhiệm")
        face.answer("Chủ nhiệm:", "bui thi cuc")
        face.answer("Phó Chủ nhiệm:", "Đặng Thị Lan")
        face.answer(RIGHT, "có")
        choose(face, "trình UBND xã")
        face.answer("Số tờ trình:", "5")
        face.answer("Ngày tờ trình:")
        reasons(face)
        choose(face, "quyết định thành lập (")
        face.answer("0 để dừng", "1")
        face.answer("Số quyết định:", "7")
        face.answer("Ngày quyết định:")
        face.answer("Người ký:", "Nguyễn Văn Hùng")
        face.answer("Chức vụ người ký:", "Chủ tịch")
        reasons(face)
        choose(face, "tập huấn Ban Chủ nhiệm (")
        face.answer("0 để dừng", "1")
        face.answer("Ngày khai giảng:", "hôm nay")
        face.answer("Số ngày:", "1")
        face.answer("Số người dự:")
        reasons(face)
        choose(face, "lễ ra mắt")
        face.answer("Ngày ra mắt:")
        face.answer("Địa điểm:", "Nhà văn hóa")
        face.answer("Số người dự:", "60")
        face.answer("Đã thông qua Quy chế:", "rồi")
        face.answer("Quỹ đã mở:", "tất cả")
        reasons(face)
        face.wait("đã ra mắt")
        assert_no_english(face.shown())
        assert all(len(line) <= 80 for line in face.shown().splitlines())
        assert face.answers - face.reasons < 40, (face.answers, face.reasons)


def reasons(face: Face) -> None:
    """Give a reason for every warning, then say that it is right."""
    while face.wait_for("Có làm tiếp không?", RIGHT) == 0:
        face.answer("có/không", "có")
        face.answer("Lý do vẫn làm tiếp", "theo đề nghị của thôn")
        face.reasons += 2
    face.type("có")


def assert_no_english(text: str) -> None:
    for word in ("the ", "yes", "Type ", "Enter =  ", "number", "association", "initial", "Done"):
        assert word not in text, word
