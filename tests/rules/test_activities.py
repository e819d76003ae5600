"""Only the activities that the policy lists on the day are recorded."""

from datetime import date

import pytest
from support.literals import rules

from engine.errors import InputError
from engine.frozen import FrozenMap
from engine.rules import activities

ON = date(2022, 3, 1)


def form(*names: str) -> FrozenMap:
    return FrozenMap({"activities": names})


def listed() -> dict[str, list[dict[str, str]]]:
    return {"activities.list": [{"id": "health_care"}, {"id": "self_help"}]}


def test_a_listed_activity_is_accepted_and_so_is_a_form_without_any() -> None:
    activities.known(form("health_care", "self_help"), rules(listed()), ON)
    activities.known(form(), rules(listed()), ON)
    activities.known(FrozenMap(), rules(listed()), ON)


def test_an_unknown_activity_is_an_error_that_names_it_and_the_known_ones() -> None:
    with pytest.raises(InputError, match="chess, song") as caught:
        activities.known(form("chess", "self_help", "song"), rules(listed()), ON)
    assert (caught.value.code, caught.value.exit_code) == ("CLB-ACTIVITY-UNKNOWN", 2)
    assert "health_care, self_help" in caught.value.help


def test_where_the_province_lists_none_the_general_procedures_hold() -> None:
    general = {"activities.list": [{"id": "song"}]}
    activities.known(form("song"), rules(general=general), ON)
    with pytest.raises(InputError, match="health_care"):
        activities.known(form("health_care"), rules(general=general), ON)


def test_where_nobody_lists_any_all_are_accepted() -> None:
    activities.known(form("chess"), rules(), ON)
