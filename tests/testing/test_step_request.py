"""The request that a unit test of a province's own check is given."""

from datetime import date

import pytest
from support.odd import ODD, odd

from engine.errors import UnknownError
from engine.model import Club, State
from engine.testing import step_request

ON = date(2023, 6, 1)


def test_it_has_the_policy_of_the_day_and_what_is_given() -> None:
    form = {"decision": {"number": "5"}}
    found = step_request(ODD, "approve", ON, form, provinces=odd())
    assert (found.step, found.on, found.field("decision.number")) == ("approve", ON, "5")
    assert found.club.state is State.PROPOSED
    assert found.rules.stated("membership.size", ON).source == "KH 2/KH-UBND, I.8"


def test_facts_are_fields_of_the_request() -> None:
    club = Club("c", ODD, state=State.OPERATING, decided_on=date(2022, 1, 5))
    found = step_request(ODD, "supervise", ON, club=club, asking=True, provinces=odd())
    assert (found.club, found.asking) == (club, True)


def test_a_step_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownError):
        step_request(ODD, "fly", ON, provinces=odd())
