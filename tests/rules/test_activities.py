"""Only the activities that the policy lists on the day are recorded."""

from datetime import date

import pytest
from support.policies import rules_with

from engine.errors import InputError
from engine.frozen import FrozenMap
from engine.rules import activities

LISTED = """
[[activities.list]]
value = [
    { id = "health_care", name = "Chăm sóc sức khỏe", short = "Sức khỏe" },
    { id = "self_help", name = "Tự giúp nhau", short = "Tự giúp" },
]
source = "VB1"
from = 2022-01-01
"""
ON = date(2022, 3, 1)


def form(*names: str) -> FrozenMap:
    return FrozenMap({"activities": names})


def test_a_listed_activity_is_accepted_and_so_is_a_form_without_any() -> None:
    activities.known(form("health_care", "self_help"), rules_with(LISTED), ON)
    activities.known(form(), rules_with(LISTED), ON)
    activities.known(FrozenMap(), rules_with(LISTED), ON)


def test_an_unknown_activity_is_an_error_that_names_it_and_the_known_ones() -> None:
    with pytest.raises(InputError, match="co_tuong, dan_ca") as caught:
        activities.known(form("co_tuong", "self_help", "dan_ca"), rules_with(LISTED), ON)
    assert (caught.value.code, caught.value.exit_code) == ("CLB-ACTIVITY-UNKNOWN", 2)
    assert "health_care, self_help" in caught.value.help


def test_before_the_list_is_in_force_the_general_procedures_holds() -> None:
    with pytest.raises(InputError) as caught:
        activities.known(form("dan_ca"), rules_with(LISTED), date(2021, 12, 31))
    assert "health_care, self_help." not in caught.value.help
