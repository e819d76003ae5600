"""What many clubs' names begin with is shown once, and no two names become one by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reports.club_names import common_opening, shortened

CLB = "CLB Liên thế hệ tự giúp nhau "


@pytest.mark.parametrize(
    ("names", "opening"),
    [
        ([f"{CLB}Thôn Mới", f"{CLB}Thôn Chùa", f"{CLB}Tổ dân phố 4"], CLB),
        ([f"{CLB}Thôn Mới"], CLB),
        ([f"{CLB}Thôn Mới", f"{CLB}Xóm 1", "CLB Hoa Mai"], CLB),
        (["Câu lạc bộ"], "Câu lạc "),
        (["Hoa Mai", "CLB"], ""),
        ([], ""),
    ],
    ids=str,
)
def test_the_opening_ends_before_the_village(names: list[str], opening: str) -> None:
    assert common_opening(names) == opening


words = st.sampled_from(["CLB", "Liên", "thế", "hệ", "Thôn", "Xóm", "Mới", "1", "2"])
lists = st.lists(st.lists(words, min_size=1, max_size=5).map(" ".join), max_size=8)


@given(lists)
def test_a_shortened_name_is_still_its_own(names: list[str]) -> None:
    opening = common_opening(names)
    short = {name: shortened(name, opening) for name in names}
    assert len(set(short.values())) == len(short)
    assert {name: one.replace("…", opening) for name, one in short.items()} == {n: n for n in names}
