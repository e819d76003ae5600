"""Policies as literals: what a rule is judged by, without a plugin or a file."""

from support.province_plugin import POLICY

from engine.policy.effective import Rules
from engine.policy.files import parse_policy
from engine.policy.model import Policy


def policy_with(entries: str = "") -> Policy:
    """Return a province's policy that states what ``entries`` (TOML) says and nothing else."""
    return parse_policy((POLICY.format(id="tinh_thu") + entries).encode(), origin="policy.toml")


def rules_with(entries: str = "") -> Rules:
    """Return the rules of such a province; the general procedure answers where it is silent."""
    return Rules(policy_with(entries))
