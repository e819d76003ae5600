"""Amounts for a story: taken from the province's policy by date, never typed again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.policy.effective import Rules

BUDGET = "province_budget"


@dataclass(frozen=True, slots=True)
class Money:
    """One payment. ``fund`` is the fund that the policy names, ``None`` where it names none."""

    amount: int
    source: str
    donor: str | None = None
    fund: str | None = None
    resolution_required: bool = False


def payments(rules: Rules, key: str, on: date, place: int) -> tuple[Money, ...]:
    """Return what a club receives by the policy key on a day.

    The value is either one amount for every club, or groups of clubs in order, each with its
    payments; ``place`` counts the clubs of that year from 0. Nothing where the policy has no value
    that day, or no group reaches so far.
    """
    stated = rules.stated(key, on)
    if stated.status != "value":
        return ()
    if isinstance(stated.value, int):
        extra = stated.extra
        return (
            Money(
                stated.value,
                str(extra.get("funds_source", BUDGET)),
                fund=extra.get("fund_named"),
                resolution_required=bool(extra.get("resolution_required")),
            ),
        )
    passed = 0
    for group in stated.value:
        passed += int(group["clubs"])
        if place < passed:
            return tuple(_payment(one) for one in group["grants"])
    return ()


def _payment(one: Any) -> Money:
    return Money(int(one["amount"]), str(one["source"]), one.get("donor"))
