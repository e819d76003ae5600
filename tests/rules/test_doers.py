"""Who does a step: the roles that the policy gives it, the district only while there are some."""

from dataclasses import replace

import pytest
from support.literals import Dated, day, policy, request, rules

from engine.model import Role
from engine.policy.effective import Rules
from engine.rules.doers import doer, doers, preparers, sharers

pytestmark = pytest.mark.usefixtures("english")

BEFORE, AFTER = day("2025-06-30"), day("2025-07-01")
SHARED = rules({"roles.supervise": ["province", "district", "committee"]})


def test_a_task_falls_to_its_role_and_then_to_whom_the_policy_gives_the_step() -> None:
    assert sharers(SHARED, "supervise", BEFORE, Role.PROVINCE) == (
        Role.PROVINCE,
        Role.DISTRICT,
        Role.COMMITTEE,
    )
    assert sharers(SHARED, "supervise", BEFORE, Role.COMMITTEE)[0] is Role.COMMITTEE


def test_from_july_2025_no_district_shares_a_task() -> None:
    assert sharers(SHARED, "supervise", AFTER, Role.PROVINCE) == (Role.PROVINCE, Role.COMMITTEE)


def test_without_a_word_of_the_policy_the_role_has_it_alone() -> None:
    assert sharers(rules(), "supervise", BEFORE, Role.PROVINCE) == (Role.PROVINCE,)


def test_the_first_role_of_the_policy_does_a_step() -> None:
    asked = request(policy={"roles.supervise": Dated(["committee", "province"])})
    assert doer(asked, "supervise", Role.PROVINCE) is Role.COMMITTEE
    assert doer(asked, "review", Role.PROVINCE) is Role.PROVINCE


def test_the_dossier_is_made_by_whom_the_policy_lets_open_or_propose() -> None:
    on = day("2022-03-01")
    opening = {"roles.open": ["committee"], "roles.propose": ["association"]}
    assert "Committee" in preparers(rules(opening), on)
    assert "Association" in preparers(rules({"roles.propose": ["association"]}), on)
    assert "Association" in preparers(rules(), on)


def test_a_city_s_own_level_is_called_the_city() -> None:
    stated = policy({"roles.open": ["province"]})
    city = Rules(replace(stated, kind="city"), stated)
    for one, name in ((city, "the city"), (Rules(stated, stated), "the province")):
        assert preparers(one, day("2022-03-01")) == name
        assert doers(request(policy=one), "fund", (Role.PROVINCE,)) == name
        assert doers(request(policy=one), "open", (Role.COMMITTEE,)) == name
