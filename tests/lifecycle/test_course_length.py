"""The initial course is as long as the documents say, in whichever of two keys they say it."""

from datetime import date
from pathlib import Path

import pytest
from support.core import TOWN, make_core
from support.province_plugin import province_of, stated

from engine.errors import RefusedError

INITIAL = stated("training.initial", "{ days = 3 }")
COURSE = stated("training.course", "{ days = 2, per_year = 1, years = [2021] }")
UNSAID = stated("training.initial", '{ posts = ["board"] }')


def noted(folder: Path, patch: pytest.MonkeyPatch, policy: str, days: int) -> list[tuple[str, str]]:
    """Return what an initial course of so many days is warned of: what was expected, and where."""
    core = make_core(str(folder / "clb.sqlite3"), province_of(folder, patch, policy), "tinh_thu")
    club = core.bring("approved")
    course = {"course.kind": "initial", "course.start": "2021-09-14", "course.days": days}
    try:
        core.take(club, "train", date(2021, 9, 20), course, officer=TOWN)
    except RefusedError as refused:
        return [(str(one.expected), f"{one.code}: {one.source}") for one in refused.findings]
    return []


@pytest.mark.parametrize(
    ("policy", "days", "wanted"),
    [(INITIAL, 2, "3"), (INITIAL + COURSE, 1, "2")],
    ids=["initial", "course_goes_before"],
)
def test_a_course_shorter_than_stated_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policy: str, days: int, wanted: str
) -> None:
    ((expected, source),) = noted(tmp_path, monkeypatch, policy, days)
    assert wanted in expected
    assert source.startswith("CLB-TRAIN-DAYS: KH 01/KH-UBND, Mục 1")


@pytest.mark.parametrize(
    ("policy", "days"),
    [(INITIAL, 3), (INITIAL + COURSE, 2), (UNSAID, 1)],
    ids=["initial", "course_goes_before", "nothing_stated"],
)
def test_a_course_as_long_as_stated_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policy: str, days: int
) -> None:
    assert noted(tmp_path, monkeypatch, policy, days) == []
