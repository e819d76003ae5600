"""The day a step happened: never to come, never before what was, and given once."""

from datetime import date, timedelta
from typing import Any

import pytest
from support.core import (
    ASSOCIATION,
    COMMITTEE,
    LAUNCH,
    OPENED,
    PATHS,
    SUPERVISE,
    TODAY,
    TOWN,
    Core,
    codes,
)
from support.step_forms import form

from engine.errors import ClbError, InputError, RefusedError
from engine.model import Level

TOMORROW = TODAY + timedelta(days=1)
EACH_STEP = [
    ("preparing", "propose"),
    ("preparing", "withdraw"),
    ("proposed", "return"),
    ("proposed", "reject"),
    ("proposed", "approve"),
    ("approved", "train"),
    ("trained", "launch"),
    ("launched", "supervise"),
    ("operating", "review"),
    ("consolidating", "consolidate"),
    ("operating", "suspend"),
    ("suspended", "resume"),
    ("operating", "dissolve"),
]
EACH_RECORD = ["roster", "meeting", "fund", "rename", "rehome", "change_board", "export"]


@pytest.mark.parametrize(("state", "step"), EACH_STEP)
def test_a_step_is_not_dated_after_today(core: Core, state: str, step: str) -> None:
    club = core.bring(state)
    error = core.refusal(club, step, TOMORROW)
    assert (type(error), error.exit_code) == (RefusedError, 1)
    found = next(one for one in error.findings if one.code == "CLB-DATE-FUTURE")
    assert (found.expected, found.actual) == ("không sau ngày 30/06/2023", "01/07/2023")


@pytest.mark.parametrize("record", EACH_RECORD)
def test_a_record_is_not_dated_after_today(core: Core, record: str) -> None:
    error = core.refusal(core.bring("operating"), record, TOMORROW)
    assert "CLB-DATE-FUTURE" in codes(error)


def test_a_file_is_not_opened_tomorrow(core: Core) -> None:
    with pytest.raises(RefusedError) as caught:
        core.open(TOMORROW)
    assert codes(caught.value) == ["CLB-DATE-FUTURE", "CLB-COMMUNE-UNCHECKED"]
    assert core.store.rows("SELECT id FROM club") == []


def test_today_itself_is_not_the_future(core: Core) -> None:
    assert core.take(core.bring("preparing"), "propose", TODAY).state == "proposed"


@pytest.mark.parametrize(("state", "step"), EACH_STEP)
def test_a_step_is_not_dated_before_the_last_step(core: Core, state: str, step: str) -> None:
    club = core.bring(state)
    last = core.club(club).state_on
    assert last is not None
    error = core.refusal(club, step, last - timedelta(days=1))
    assert error.exit_code == 1
    assert "CLB-DATE-ORDER" in codes(error)


def test_two_steps_may_be_of_one_day(core: Core) -> None:
    club = core.bring("approved")
    decided = core.club(club).decided_on
    core.take(club, "train", decided, {"course.start": "2021-08-20"})
    assert core.take(club, "launch", decided).state == "launched"


@pytest.mark.parametrize("record", EACH_RECORD)
def test_a_record_may_be_older_than_the_last_step_but_not_than_the_file(
    core: Core, record: str
) -> None:
    club = core.bring("operating")
    error = core.refusal(club, record, OPENED - timedelta(days=1))
    assert codes(error)[0] == "CLB-DATE-ORDER"
    assert core.take(club, record, OPENED).state == "operating"


def test_a_review_of_the_same_day_as_the_supervision_follows_it(core: Core) -> None:
    club = core.bring("operating")
    assert core.take(club, "review", SUPERVISE[1]).state == "operating"


def test_a_supervision_counts_as_the_last_step_though_the_state_stayed(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "supervise", date(2022, 10, 1))
    error = core.refusal(club, "suspend", date(2022, 9, 30))
    assert codes(error) == ["CLB-DATE-ORDER"]


def test_an_appraisal_is_not_after_its_decision(core: Core) -> None:
    club = core.bring("proposed")
    decided = date(2021, 9, 1)
    error = core.refusal(club, "approve", decided, {"appraisal.date": "2021-09-02"})
    assert (error.exit_code, codes(error)) == (1, ["CLB-APPRAISAL-DATE"])
    assert core.take(club, "approve", decided, {"appraisal.date": "2021-09-01"}).state == "approved"


def test_a_course_may_begin_before_the_decision_and_that_is_reported(core: Core) -> None:
    club = core.bring("approved")
    done = core.take(club, "train", date(2021, 9, 2), {"course.start": "2021-08-30"})
    assert [(one.code, one.level) for one in done.findings] == [("CLB-TRAIN-BEFORE", Level.NOTE)]


@pytest.mark.parametrize(
    ("start", "days", "accepted"),
    [
        pytest.param("2021-09-14", 2, date(2021, 9, 15), id="the course's last day"),
        pytest.param("2021-09-14", 1, date(2021, 9, 14), id="a course of one day"),
        pytest.param("2021-08-20", 3, date(2021, 9, 1), id="the decision's day where it is later"),
    ],
)
def test_a_training_is_dated_by_its_course_when_no_day_is_given(
    core: Core, start: str, days: int, accepted: date
) -> None:
    club = core.bring("approved")
    core.take(club, "train", None, {"course.start": start, "course.days": days})
    assert core.club(club).trained_on == accepted
    assert core.event(club, -1).form["date"] == accepted.isoformat()


def test_a_training_is_not_accepted_before_its_course_is_over(core: Core) -> None:
    club = core.bring("approved")
    error = core.refusal(club, "train", date(2021, 9, 14))
    assert codes(error) == ["CLB-TRAIN-DATES"]


def advance(core: Core, club: str, filled: dict[str, Any], on: date | None) -> Any:
    return core.life.advance(club, "launch", filled, officer=ASSOCIATION, on=on)


def test_the_day_given_next_to_the_form_fills_it(core: Core) -> None:
    club = core.bring("trained")
    advance(core, club, form("launch", None), LAUNCH[1])
    assert core.club(club).launched_on == LAUNCH[1]
    assert core.event(club, -1).form["date"] == "2021-10-01"


def test_the_day_given_next_to_the_form_fills_a_nested_field(core: Core) -> None:
    club = core.bring("proposed")
    decided = date(2021, 9, 1)
    core.life.advance(club, "approve", form("approve", None), officer=COMMITTEE, on=decided)
    assert core.event(club, -1).form["decision"]["date"] == "2021-09-01"
    assert core.event(club, -1).form["decision"]["number"] == "05/QĐ-UBND"


def test_the_same_day_given_twice_is_one_day(core: Core) -> None:
    club = core.bring("trained")
    assert advance(core, club, form("launch", LAUNCH[1]), LAUNCH[1]).state == "launched"


def test_two_different_days_are_bad_input(core: Core) -> None:
    club = core.bring("trained")
    with pytest.raises(InputError) as caught:
        advance(core, club, form("launch", LAUNCH[1]), date(2021, 10, 2))
    assert (caught.value.exit_code, caught.value.code) == (2, "CLB-DATE-TWO")
    assert core.club(club).state == "trained"


def test_no_day_at_all_is_a_missing_field(core: Core) -> None:
    error = core.refusal(core.bring("trained"), "launch", None)
    assert (error.exit_code, error.code) == (2, "CLB-FORM-MISSING")
    assert "date" in error.message


@pytest.mark.parametrize("typed", ["2021-02-31", "31/02/2021", "2021-13-01", "hôm qua", 20211001])
def test_a_day_that_is_none_is_bad_input(core: Core, typed: object) -> None:
    club = core.bring("trained")
    error = core.refusal(club, "launch", None, {"date": typed})
    assert (error.exit_code, error.code) == (2, "CLB-FORM-VALUE")


def test_every_missing_field_is_named_at_once(core: Core) -> None:
    missing = {"attendance": None, "place": None, "charter_adopted": None}
    error = core.refusal(core.bring("trained"), "launch", LAUNCH[1], missing)
    assert (error.exit_code, error.code) == (2, "CLB-FORM-MISSING")
    assert all(name in error.message for name in missing)


def test_a_step_that_cannot_be_taken_says_so_before_it_asks_for_its_form(core: Core) -> None:
    error = core.refusal(core.bring("proposed"), "launch", LAUNCH[1], {"place": None})
    assert (error.exit_code, codes(error)) == (1, ["CLB-STATE"])
    error = core.refusal(core.bring("trained"), "launch", None, {"place": None}, officer=TOWN)
    assert (error.exit_code, codes(error)) == (3, ["CLB-ROLE"])


def test_asking_about_a_day_to_come_is_no_fault(core: Core) -> None:
    club = core.bring("launched")
    available = core.life.check(club, "supervise", on=date(2024, 1, 1), officer=TOWN)[0]
    assert available.allowed
    assert "CLB-DATE-FUTURE" not in codes(available)


def test_a_dry_run_judges_everything_and_writes_nothing(core: Core) -> None:
    club = core.bring("trained")
    before = core.club(club)
    done = core.take(club, "launch", LAUNCH[1], dry_run=True)
    assert (done.state, done.event) == ("launched", None)
    assert done.opened
    assert core.club(club) == before
    with pytest.raises(ClbError) as caught:
        core.take(club, "launch", TOMORROW, dry_run=True)
    assert codes(caught.value) == ["CLB-DATE-FUTURE"]


def test_the_path_to_every_state_is_in_the_order_of_its_days() -> None:
    for path in PATHS.values():
        days = [on for _step, on, _form in path]
        assert days == sorted(days)
