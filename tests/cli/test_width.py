"""What is shown is never wider than the screen, and no word is cut."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cli import tables

SYLLABLES = (
    *("Nguyễn", "Thị", "Phượng", "Nghiêng", "thôn", "Khuỷu", "Hoàng", "liên", "thế", "hệ", "tự"),
    *("giúp", "nhau", "câu", "lạc", "bộ", "phường", "Đình", "Bảng", "số", "12", "Ơ", "và"),
)
WIDTHS = (80, 100, 120)
names = st.lists(st.sampled_from(SYLLABLES), min_size=0, max_size=24).map(" ".join)
amounts = st.integers(min_value=-(10**15), max_value=10**15).map("{:,}".format)
rows_ = st.lists(st.tuples(amounts, names, names, names, names, amounts), min_size=1, max_size=6)
HEADINGS = ("STT", "Câu lạc bộ", "Xã, phường", "Thôn", "Trạng thái", "Số dư (đồng)")


@pytest.fixture(params=WIDTHS, ids=lambda columns: f"{columns} columns", scope="module")
def columns(request: pytest.FixtureRequest) -> Iterator[int]:
    """A terminal so wide, without colours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "is_terminal", lambda: True)
        patch.setenv("COLUMNS", str(request.param))
        patch.setenv("NO_COLOR", "1")
        yield request.param


def words(text: str) -> list[str]:
    return sorted(text.replace(":", " ").split())


@given(rows=rows_)
def test_a_table_fits_the_screen_and_keeps_every_word_whole(
    columns: int, rows: list[tuple[str, ...]]
) -> None:
    shown = list(tables.table(HEADINGS, rows, right=[0, 5]))
    assert max(map(tables.width, shown)) <= columns
    there = words(" ".join(shown))
    for word in words(" ".join(" ".join(row) for row in rows)):
        assert word in there
        there.remove(word)


@given(rows=rows_)
def test_the_numbers_of_a_column_end_together(columns: int, rows: list[tuple[str, ...]]) -> None:
    shown = list(
        tables.table(["Tên", "Số dư (đồng)"], [(row[1], row[5]) for row in rows], right=[1])
    )
    ends = {len(line) for line in shown if any(line.endswith(row[5]) for row in rows)}
    assert len(ends) == 1


@given(text=names, indent=st.sampled_from(["", "  ", "      "]))
def test_a_line_fits_the_screen_and_keeps_every_word_whole(
    columns: int, text: str, indent: str
) -> None:
    shown = tables.fitted(indent + text * 3)
    assert max(map(tables.width, shown)) <= columns
    assert words(" ".join(shown)) == words(text * 3)
    assert all(line.startswith(indent) for line in shown)


def test_a_command_is_not_broken_where_it_fits_a_line_of_its_own(columns: int) -> None:
    command = "clb member import BN-BV7QFQG2 danh-sach-thanh-vien.xlsx"
    shown = tables.fitted(f"  Việc tiếp theo: nhập danh sách thành viên từ tệp Excel: {command}")
    assert any(line.endswith(command) for line in shown)


def test_a_table_too_wide_for_any_screen_is_a_list(columns: int) -> None:
    headings = [f"Cột {number}" for number in range(30)]
    row = [f"ô_số_{number}_không_ngắt" for number in range(30)]
    shown = list(tables.table(headings, [row]))
    assert max(map(tables.width, shown)) <= columns
    assert [line.split(": ")[1] for line in shown] == row


def test_a_word_longer_than_the_screen_is_cut_and_nothing_of_it_lost(columns: int) -> None:
    word = "x" * 300
    assert "".join("".join(tables.fitted(f"a {word}")).split()) == f"a{word}"
    assert max(map(len, tables.fitted(f"a {word}"))) <= columns
