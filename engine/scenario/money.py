"""Amounts for a story: taken from the province's policy by date, never typed again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.i18n import _
from engine.policy.effective import Rules

BUDGET = "province_budget"
USUAL_FUND = "operating"


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
    for group in _groups(stated.value):
        passed += int(group["clubs"])
        if place < passed:
            return tuple(_payment(one) for one in group["grants"])
    return ()


def _groups(value: Any) -> tuple[Mapping[str, Any], ...]:
    """Return a value's groups of clubs, nothing where it is made of anything else."""
    found = value if isinstance(value, tuple) else ()
    fits = all(isinstance(one, Mapping) and {"clubs", "grants"} <= set(one) for one in found)
    return found if fits else ()


def _payment(one: Any) -> Money:
    return Money(int(one["amount"]), str(one["source"]), one.get("donor"))


def grant_form(one: Money, number: int) -> dict[str, Any]:
    """Return the form that records a payment to the story's club of that number, without its day.

    What no document gives (the number of the paper, of a resolution) says that it is invented.
    """
    form: dict[str, Any] = {
        "kind": "grant",
        "source": one.source,
        "fund": one.fund or USUAL_FUND,
        "amount": one.amount,
        "document": _("Payment order {number:02} (invented for the demonstration)").format(
            number=number
        ),
    }
    if one.donor:
        form["donor"] = one.donor
    if one.resolution_required:
        form["resolution"] = _(
            "Resolution of the provincial People's Council (invented for the demonstration)"
        )
    return form
