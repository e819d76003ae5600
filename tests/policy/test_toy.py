"""The toy province of the core's tests: its policy is sound and has every kind of rule."""

import pytest
from support.toy import FOLDER, TOY, toy_and_installed

from engine.policy.check import check_policy

POLICY = FOLDER / "clb_toy" / "policy.toml"
JUDGED = frozenset({"roles", "membership", "appraisal", "grant", "budget", "fund", "indicator"})
FALLING_DUE = frozenset({"supervision", "inspection", "training", "meeting", "support", "report"})
COUNTED = frozenset({"activities", "sources", "communes", "target", "history"})
KINDS = frozenset({"floor", "stretch", "share", "coverage", "named", "budget"})
"""The kinds of a target."""


def test_its_policy_has_no_mistake() -> None:
    assert check_policy(POLICY.read_bytes(), origin="policy.toml") == ()


@pytest.mark.parametrize("group", sorted(JUDGED | FALLING_DUE | COUNTED))
def test_it_states_a_rule_of_every_kind(group: str) -> None:
    assert list(toy_and_installed().policy(TOY).group(group))


def test_it_has_a_target_of_every_kind() -> None:
    found = toy_and_installed().policy(TOY).group("target")
    assert {entry.value["kind"] for _id, entries in found for entry in entries} == KINDS


def test_it_has_two_programmes_with_days_between_them_on_which_nothing_is_stipulated() -> None:
    first, second = (one for one in toy_and_installed().policy(TOY).documents if one.programme)
    assert first.end is not None
    assert first.end < second.start
