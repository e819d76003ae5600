"""The state of a club on an earlier day, with what was annulled and corrected since."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.land import Land, land

from engine.lifecycle.history import states_on, suspended_on
from engine.model import State


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", date(2024, 6, 30)) as one:
        yield one


def on_days(here: Land, club: str, *days: str) -> list[State | None]:
    return [states_on(here.store, "bac_ninh", day).get(club) for day in days]


def test_each_step_is_seen_from_its_day_on(here: Land) -> None:
    club = here.club(date(2021, 9, 1), trained=date(2021, 9, 20), launched=date(2021, 10, 1))
    here.take(club, "supervise", date(2022, 4, 1))
    days = ("2021-08-21", "2021-08-22", "2021-08-27", "2021-09-01", "2021-09-20", "2021-10-01")
    assert on_days(here, club, *days, "2022-03-31", "2022-04-01", "2030-01-01") == [
        None,
        State.PREPARING,
        State.PROPOSED,
        State.APPROVED,
        State.TRAINED,
        State.LAUNCHED,
        State.LAUNCHED,
        State.OPERATING,
        State.OPERATING,
    ]


def test_records_typed_later_for_an_earlier_day_do_not_move_a_club(here: Land) -> None:
    club = here.club(date(2021, 9, 1))
    here.take(club, "meeting", date(2021, 8, 25))
    here.take(club, "launch", date(2021, 10, 1))
    assert on_days(here, club, "2021-08-25", "2021-08-30") == [State.PREPARING, State.PROPOSED]


def test_an_annulled_step_never_was(here: Land) -> None:
    club = here.club(date(2021, 9, 1), launched=date(2021, 10, 1))
    here.take(club, "suspend", date(2022, 5, 4))
    assert suspended_on(here.store, "bac_ninh", "2022-05-04") == {club}
    seq = here.registry.lifecycle.club(club).seq
    here.take(club, "annul", date(2022, 6, 1), {"seq": seq}, like="suspend")
    assert suspended_on(here.store, "bac_ninh", "2022-05-04") == frozenset()
    here.take(club, "dissolve", date(2022, 7, 1))
    assert on_days(here, club, "2022-05-20", "2022-07-01") == [State.LAUNCHED, State.DISSOLVED]


def test_a_corrected_day_is_the_day_that_counts(here: Land) -> None:
    club = here.club(date(2021, 9, 1), launched=date(2021, 10, 1))
    here.take(club, "suspend", date(2022, 5, 4))
    seq = here.registry.lifecycle.club(club).seq
    change = {"seq": seq, "changes": {"decision.date": "2022-05-10"}}
    here.take(club, "correct", date(2022, 6, 1), change, like="suspend")
    assert on_days(here, club, "2022-05-09", "2022-05-10") == [State.LAUNCHED, State.SUSPENDED]
    here.take(club, "resume", date(2022, 8, 1))
    assert on_days(here, club, "2022-05-09", "2022-05-10") == [State.LAUNCHED, State.SUSPENDED]
    assert suspended_on(here.store, "bac_ninh", "2022-07-31") == {club}
    assert suspended_on(here.store, "bac_ninh", "2022-08-01") == frozenset()
