"""Who counts as elderly: the one rule for an age, as the database counts with it."""

from datetime import date

import pytest
from support.core import Core

from engine.lifecycle.people import Member, RosterWork
from engine.store import facts

BORN = ("1960-02-28", "1960-02-29", "1960-03-01", "1960-02", "1960", "1961")


@pytest.fixture
def club(core: Core) -> str:
    """A club whose members were born around one 29 February."""
    work = RosterWork(
        added=[Member(f"Người {born}", "F", born, id=f"M{n}") for n, born in enumerate(BORN)]
    )
    club = core.open()
    core.take(club, "roster", prepare=work, on=date(2021, 8, 2), changes={"added": len(BORN)})
    return club


@pytest.mark.parametrize(
    ("on", "age", "elderly", "estimated"),
    [
        (date(2022, 2, 27), 62, 2, 2),
        (date(2022, 2, 28), 62, 4, 2),
        (date(2022, 3, 1), 62, 5, 1),
        (date(2024, 2, 28), 64, 3, 2),
        (date(2024, 2, 29), 64, 4, 2),
        (date(2022, 1, 1), 61, 6, 1),
        (date(2021, 12, 31), 61, 5, 1),
    ],
)
def test_an_age_is_counted_from_the_birthday_the_29th_of_february_included(
    core: Core, club: str, on: date, age: int, elderly: int, estimated: int
) -> None:
    counted = facts.composition(core.store, core.club(club), on, age)
    assert (counted.members, counted.elderly, counted.elderly_women) == (6, elderly, elderly)
    assert counted.young == 6 - elderly
    assert counted.estimated == estimated
