"""A list of another village than the club's is remarked on, one of several villages is not."""

import pytest

from engine.roster.model import ListedPerson
from engine.roster.other_village import other_village, same_village


def people(*villages: str | None) -> list[ListedPerson]:
    return [
        ListedPerson(row, f"Nguyễn Thị {row}", "F", "1950", village=one)
        for row, one in enumerate(villages, start=2)
    ]


def test_a_list_of_another_village_is_remarked_on() -> None:
    shown = other_village(people("TDP 7", "TDP 7", None), "Tổ dân phố 5")
    assert shown is not None
    assert "TDP 7" in shown
    assert "Tổ dân phố 5" in shown


@pytest.mark.parametrize(
    "villages",
    [
        ("Tổ dân phố 7", "TDP 5"),  # somebody of the club's own
        (None, None),
        ("Thôn Đoài", None, None),  # too few say where they live
        ("Thôn Đoài", "Thôn Bắc", "Thôn Nam", "Thôn Trung", "Thôn Hạ"),  # of everywhere
    ],
)
def test_a_list_of_everywhere_or_of_nowhere_is_not(villages: tuple[str | None, ...]) -> None:
    assert other_village(people(*villages), "Tổ dân phố 5") is None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("TDP 5", "Tổ dân phố 5", True),
        ("Đông", "thôn Đông", True),
        ("THON DONG", "Thôn Đông", True),
        ("Tổ dân phố số 7", "TDP 7", True),
        ("Thôn Đồng", "Thôn Đông", False),
        ("Tổ dân phố 7", "Tổ dân phố 5", False),
    ],
)
def test_a_village_is_one_whatever_it_is_called(first: str, second: str, same: bool) -> None:
    assert same_village(first, second) is same
