"""A target in words: a norm, a goal, a figure with "about" and a limit each in their own."""

from typing import Any

import pytest

from engine import i18n
from engine.targets import words


@pytest.fixture(autouse=True)
def vietnamese() -> None:
    i18n.use("vi")


def row(kind: str = "floor", force: str = "norm", status: str = "not_met", **parts: Any) -> Any:
    given = {"target": 150, "actual": 11, "remaining": 139, "percent": 7.3, "denominator": None}
    return {"kind": kind, "force": force, "status": status, "unit": "clubs", **given, **parts}


@pytest.mark.parametrize(
    ("kind", "force", "asked", "met", "not_met", "underway"),
    [
        ("floor", "norm", "150 câu lạc bộ", "Đạt", "Chưa đạt", "Đang thực hiện"),
        (
            *("floor", "goal", "mục tiêu: 150 câu lạc bộ"),
            *("Đạt mục tiêu", "Chưa tới mục tiêu", "Đang thực hiện"),
        ),
        (
            *("stretch", "norm", "khoảng 150 câu lạc bộ"),
            *("Từ mức này trở lên", "Dưới mức này", "Đang thực hiện"),
        ),
        (
            *("stretch", "goal", "mục tiêu: khoảng 150 câu lạc bộ"),
            *("Đạt mục tiêu", "Chưa tới mục tiêu", "Đang thực hiện"),
        ),
        ("budget", "norm", "trong mức 150 câu lạc bộ", "Trong mức", "Vượt mức", "Trong mức"),
    ],
)
def test_each_sort_of_figure_is_asked_and_answered_in_its_own_words(
    kind: str, force: str, asked: str, met: str, not_met: str, underway: str
) -> None:
    assert words.asked(row(kind, force)) == asked
    found = [words.status(row(kind, force, status)) for status in ("met", "not_met", "open")]
    assert found == [met, not_met, underway]


@pytest.mark.parametrize(
    ("kind", "status", "left", "shown"),
    [
        ("floor", "open", 139, "còn 139 câu lạc bộ"),
        ("floor", "not_met", 139, "thiếu 139 câu lạc bộ"),
        ("floor", "met", 0, None),
        ("budget", "open", 7, "trong mức còn 7 câu lạc bộ"),
        ("budget", "met", 7, "chưa dùng 7 câu lạc bộ"),
        ("budget", "not_met", -1, "vượt 1 câu lạc bộ"),
    ],
)
def test_what_is_left_is_worded_by_what_it_is_left_of(
    kind: str, status: str, left: int, shown: str | None
) -> None:
    assert words.remaining(row(kind, status=status, remaining=left)) == shown


def test_a_share_past_its_range_is_above_it_and_not_short_of_it() -> None:
    women = {"target": {"min": 50, "max": 60}, "unit": "percent", "denominator": 40}
    assert words.status(row("share", percent=61.0, **women)) == "Cao hơn mức nêu"
    assert words.status(row("share", percent=41.0, **women)) == "Chưa đạt"


def test_a_goal_and_an_about_are_missed_softly() -> None:
    assert [words.soft(row(kind, force)) for kind, force in SOFT] == [True, True, False, False]


SOFT = (("floor", "goal"), ("stretch", "norm"), ("floor", "norm"), ("budget", "norm"))


def test_a_limit_that_is_kept_to_is_no_target_reached() -> None:
    limit, floor = row("budget", status="met"), row("floor", status="met")
    assert words.met([limit, floor, row("floor")]) == (1, 2)


def test_the_sort_of_a_figure_has_a_name() -> None:
    named = [words.nature(row(kind, force)) for kind, force in SOFT]
    assert named == ["mục tiêu, ít nhất", "khoảng", "ít nhất", "giới hạn"]
