"""The printed list of members: the officer's order, and the lines between villages."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from support.roster_cli import Office
from support.word import Word

from engine import i18n

HEAD = ("STT", "Họ và tên", "Năm sinh", "Giới tính")
BY_GROUP = (
    ("", "Tổ 2", "", ""),
    ("1", "Lê Thị Lan", "1950", "Nữ"),
    ("2", "Lê Văn Đức", "1951", "Nam"),
    ("", "Tổ 1", "", ""),
    ("3", "Vũ Thị An", "1952", "Nữ"),
)
MIXED = (*BY_GROUP, ("", "Tổ 2", "", ""), ("4", "Vũ Văn Ba", "1953", "Nam"))


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Office]:
    before = i18n.language()
    yield Office(tmp_path, monkeypatch, capsys)
    i18n.use(before)


@pytest.fixture
def club(office: Office) -> str:
    return office.prepared("opened", office.open_club)


def taken(office: Office, club: str, rows: Sequence[Sequence[str]], *more: str) -> None:
    """Import a list."""
    file = office.csv("ds.csv", rows, headings=HEAD)
    office.json("member-import", "member", "import", club, file, "--on", "2021-08-05", *more)


def printed(office: Office, club: str) -> list[list[str]]:
    """Return the rows of the printed list, each cell once however many columns it is over."""
    out = office.folder / "ds.docx"
    answer = office.run("document", "render", club, "danh_sach_thanh_vien", "--out", out)
    assert answer.code == 0
    return [list(dict.fromkeys(row)) for row in Word.of(out).rows("Diện hộ")]


def names(rows: Sequence[Sequence[str]]) -> list[str]:
    return [row[1] for row in rows if len(row) > 1]


def test_a_list_by_groups_is_printed_with_each_group_in_a_line_of_its_own(
    office: Office, club: str
) -> None:
    taken(office, club, BY_GROUP)
    rows = printed(office, club)
    assert [row[0] for row in rows] == ["Tổ 2", "1", "2", "Tổ 1", "3"]
    assert names(rows) == ["Lê Thị Lan", "Lê Văn Đức", "Vũ Thị An"]
    assert not any("Tổ" in cell for row in rows for cell in row[1:]), "no column says it again"


def test_a_list_that_does_not_go_by_groups_has_them_in_a_column(office: Office, club: str) -> None:
    taken(office, club, MIXED)
    rows = printed(office, club)
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert [next(cell for cell in row if cell.startswith("Tổ")) for row in rows] == [
        *("Tổ 2", "Tổ 2", "Tổ 1", "Tổ 2")
    ]


@pytest.mark.parametrize("order", [(3, 4, 0, 2, 1), (0, 2, 3, 4, 1), (0, 2, 1, 3, 4)])
def test_a_whole_list_read_again_brings_its_order_with_it(
    office: Office, club: str, order: tuple[int, ...]
) -> None:
    taken(office, club, BY_GROUP)
    new = [BY_GROUP[place] for place in order]
    taken(office, club, new, "--replace")
    assert names(printed(office, club)) == [row[1] for row in new if row[0]]


def test_somebody_new_in_a_whole_list_is_where_the_list_has_them(office: Office, club: str) -> None:
    taken(office, club, BY_GROUP)
    new = [*BY_GROUP[:2], ("9", "Trần Thị Mới", "1949", "Nữ"), *BY_GROUP[2:]]
    taken(office, club, new, "--replace")
    wanted = ["Lê Thị Lan", "Trần Thị Mới", "Lê Văn Đức", "Vũ Thị An"]
    assert names(printed(office, club)) == wanted
    assert office.run("audit", "verify").code == 0, "the log has the order, and it fits"


def test_the_order_of_a_list_that_did_not_change_is_recorded_once(
    office: Office, club: str
) -> None:
    taken(office, club, BY_GROUP)
    before = len(office.events(club))
    taken(office, club, BY_GROUP, "--replace")
    assert len(office.events(club)) == before
