"""How long stages take: from the log as corrected, the same as hand-written SQL finds it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from support.land import Land, land, people, scatter

from engine.model import State
from engine.reports.durations import Duration, durations

TODAY = date(2024, 6, 30)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", TODAY) as one:
        yield one


def stages(here: Land, on: date = TODAY) -> dict[State, Duration]:
    return {one.state: one for one in durations(here.store, here.province, on)}


def launched(here: Land, days_to_launch: int) -> str:
    """Return a club decided on 1 September, trained on the 11th, launched so much later."""
    return here.club(
        date(2021, 9, 1),
        members=people("1950"),
        trained=date(2021, 9, 11),
        launched=date.fromordinal(date(2021, 9, 11).toordinal() + days_to_launch),
    )


def test_the_median_and_the_slowest_are_of_finished_stays(here: Land) -> None:
    for days in (4, 10, 30):
        slow = launched(here, days)
    waiting = here.club(date(2021, 9, 1), members=people("1950"), trained=date(2021, 9, 11))
    trained = stages(here)[State.TRAINED]
    assert (trained.ended, trained.median_days, trained.slowest_days) == (3, 10, 30)
    assert trained.slowest_club == slow
    assert (trained.waiting, trained.longest_club) == (1, waiting)
    assert trained.longest_days == (TODAY - date(2021, 9, 11)).days


def test_two_stays_have_their_middle_between_them(here: Land) -> None:
    launched(here, 4)
    launched(here, 9)
    assert stages(here)[State.TRAINED].median_days == 6.5


def test_what_came_after_the_day_is_not_counted(here: Land) -> None:
    launched(here, 20)
    then = stages(here, date(2021, 9, 15))
    assert State.LAUNCHED not in then
    assert (then[State.TRAINED].ended, then[State.TRAINED].median_days) == (0, None)
    assert (then[State.TRAINED].waiting, then[State.TRAINED].longest_days) == (1, 4)


def test_an_annulled_step_never_was_and_a_corrected_day_counts(here: Land) -> None:
    club = launched(here, 20)
    seq = here.store.rows("SELECT max(seq) FROM event WHERE step = 'launch'")[0][0]
    change = {"seq": seq, "changes": {"date": "2021-09-16"}, "reason": "nhầm", "document": "x"}
    here.take(club, "correct", TODAY, change, like="launch")
    assert stages(here)[State.TRAINED].median_days == 5
    here.take(club, "annul", TODAY, {"seq": seq, "reason": "nhầm", "document": "x"}, like="launch")
    assert State.LAUNCHED not in stages(here)
    assert stages(here)[State.TRAINED].waiting == 1


def test_ends_of_the_procedure_are_no_stage_to_wait_in(here: Land) -> None:
    club = launched(here, 4)
    here.take(club, "dissolve", date(2022, 1, 1))
    assert State.DISSOLVED not in stages(here)
    assert stages(here)[State.LAUNCHED].ended == 1


def by_hand(here: Land) -> dict[str, list[int]]:
    """Return finished stays by state, from the columns of the event table alone."""
    rows: list[tuple[Any, ...]] = here.store.rows("""
        SELECT e.to_state, e.on_date, (
            SELECT min(n.on_date) FROM event n WHERE n.stream = e.stream AND n.seq = (
                SELECT min(f.seq) FROM event f
                WHERE f.stream = e.stream AND f.seq > e.seq AND f.from_state <> f.to_state))
        FROM event e
        WHERE e.stream LIKE 'club:%' AND (e.from_state IS NULL OR e.from_state <> e.to_state)""")
    found = defaultdict(list)
    for state, came, left in rows:
        if left is not None:
            found[state].append((date.fromisoformat(left) - date.fromisoformat(came)).days)
    return found


@pytest.mark.parametrize("clubs", [1, 37])
def test_generated_provinces_agree_with_hand_written_sql(here: Land, clubs: int) -> None:
    scatter(here, clubs, seed=clubs)
    expected = by_hand(here)
    found = {one.state.value: one for one in durations(here.store, here.province, TODAY)}
    assert {state for state, one in found.items() if one.ended} == set(expected)
    for state, days in expected.items():
        assert found[state].ended == len(days)
        assert found[state].median_days == median(days)
        assert found[state].slowest_days == max(days)
