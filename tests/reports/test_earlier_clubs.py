"""What a document asks of the clubs that were at work before it (HN-15, HN-16, HN-42)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.land import Land, land

from engine.reports.due import due, finished
from engine.reports.due_row import Due

PLAN = date(2026, 3, 18)
"""The first day of Hà Nội's plan."""
TRAINED, LAUNCHED = date(2026, 2, 24), date(2026, 3, 10)


@pytest.fixture
def ha_noi(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "ha_noi", date(2031, 6, 30)) as here:
        yield here


def earlier(here: Land, trained: date = TRAINED, launched: date = LAUNCHED) -> str:
    return here.club(date(trained.year, 2, 9), trained=trained, launched=launched)


def due_days(here: Land, on: date, kind: str) -> list[date | None]:
    return [one.due_on for one in _rows(here, on) if one.kind == kind]


def _rows(here: Land, on: date) -> list[Due]:
    return due(here.store, here.rules, here.province, on, past=on < here.clock.day)


def test_a_club_of_before_the_plan_meets_each_month_and_is_trained_again_each_year(
    ha_noi: Land,
) -> None:
    earlier(ha_noi)
    assert due_days(ha_noi, date(2026, 3, 17), "meeting") == []
    assert due_days(ha_noi, PLAN, "meeting") == [date(2026, 4, 18)]
    assert due_days(ha_noi, PLAN, "training_refresher") == [date(2027, 3, 18)]


def test_the_article_and_the_day_since_when_it_is_asked_are_named(ha_noi: Land) -> None:
    earlier(ha_noi)
    (one,) = [one for one in _rows(ha_noi, PLAN) if one.kind == "training_refresher"]
    assert one.source.endswith("I.2.3.a")
    assert one.note is not None
    assert "18/03/2026 (suy ra)" in one.note
    assert "24/02/2026" in one.note
    assert one.role == "province"


def test_nothing_is_late_on_the_plan_s_first_day(ha_noi: Land) -> None:
    """Trained in 2022: the plan gives a year from its own first day, and so says the progress."""
    earlier(ha_noi, date(2022, 2, 24), date(2022, 3, 10))
    assert due_days(ha_noi, PLAN, "training_refresher") == [date(2027, 3, 18)]
    assert due_days(ha_noi, PLAN, "meeting") == [date(2026, 4, 18)]
    for on, trained in ((PLAN, 1), (date(2027, 3, 18), 1), (date(2027, 3, 19), 0)):
        row = ha_noi.row("trained_every_year", on, "2026-2030")
        assert (row["actual"], row["percent"]) == (trained, 100.0 * trained), on


def test_once_it_is_done_the_step_itself_makes_the_next_one_due(ha_noi: Land) -> None:
    club = earlier(ha_noi)
    course = {"course.kind": "refresher", "course.start": "2026-05-05", "course.days": 1}
    ha_noi.take(club, "train", date(2026, 5, 5), course)
    ha_noi.take(club, "meeting", date(2026, 5, 20))
    on = date(2026, 6, 1)
    gone = finished(ha_noi.store, ha_noi.rules, ha_noi.province, PLAN, on)
    assert {(one.kind.value, one.mark, one.due_on) for one in gone} >= {
        ("training_refresher", f"{club}.since", date(2027, 3, 18)),
        ("meeting", f"{club}.since", date(2026, 4, 18)),
    }
    assert due_days(ha_noi, on, "training_refresher") == [date(2027, 5, 5)]
    assert due_days(ha_noi, on, "meeting") == [date(2026, 6, 20)]
    assert due_days(ha_noi, date(2026, 5, 1), "meeting") == [date(2026, 4, 18)]


def test_a_club_launched_under_the_plan_owes_nothing_twice(ha_noi: Land) -> None:
    earlier(ha_noi, date(2026, 4, 1), date(2026, 4, 10))
    assert due_days(ha_noi, date(2026, 5, 1), "meeting") == [date(2026, 5, 10)]
    assert due_days(ha_noi, date(2026, 5, 1), "training_refresher") == [date(2027, 4, 1)]


def test_a_suspended_or_dissolved_club_owes_nothing(ha_noi: Land) -> None:
    resting, ended = earlier(ha_noi), earlier(ha_noi)
    ha_noi.take(resting, "suspend", date(2026, 6, 1))
    ha_noi.take(ended, "dissolve", date(2026, 6, 1))
    assert len(due_days(ha_noi, date(2026, 5, 31), "meeting")) == 2
    assert due_days(ha_noi, date(2026, 6, 1), "meeting") == []
    ha_noi.take(resting, "resume", date(2026, 9, 1))
    assert due_days(ha_noi, date(2026, 9, 1), "meeting") == [date(2026, 10, 1)]


def test_what_the_first_phase_asked_for_is_shown_as_ended_after_it(ha_noi: Land) -> None:
    earlier(ha_noi)
    (one,) = [one for one in _rows(ha_noi, date(2031, 2, 1)) if one.kind == "training_refresher"]
    assert one.ended == date(2030, 12, 31)
    assert one.status(date(2031, 2, 1)) == "ended"
