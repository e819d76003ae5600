"""What ``engine.policy`` offers by name."""

import pytest

from engine import policy
from engine.policy import files


@pytest.mark.parametrize("name", ["general", "parse_policy", "read_policy"])
def test_reading_a_policy_is_offered_by_the_package(name: str) -> None:
    assert getattr(policy, name) is getattr(files, name)


def test_what_the_package_does_not_offer_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match=r"'engine\.policy' has no attribute 'nothing'"):
        policy.nothing  # noqa: B018
