"""Which clubs need attention on a day, and why: what is late, their state, what they lack."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from engine.model import State
from engine.policy.effective import Rules
from engine.policy.model import Resolution
from engine.policy.own_money import fund_ids
from engine.reports.columns import fund_column
from engine.reports.commune_names import place_text
from engine.reports.due_row import Due
from engine.reports.figures import ClubRow
from engine.vietnamese.collation import word_order

TROUBLED = (State.RETURNED, State.CONSOLIDATING, State.SUSPENDED)


class Why(StrEnum):
    """What makes a club need attention."""

    STATE = "state"
    OVERDUE = "overdue"
    SIZE = "size"
    FUNDS = "funds"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. ``kind``: the task, state or fund; ``found``: days late, members or đồng."""

    why: Why
    kind: str
    found: int | None = None
    low: int | None = None
    high: int | None = None
    source: str | None = None

    def data(self) -> dict[str, Any]:
        """Return the reason for a report."""
        return {
            "why": self.why.value,
            "kind": self.kind,
            "found": self.found,
            "low": self.low,
            "high": self.high,
            "source": self.source,
        }


def attention(
    rules: Rules, clubs: Iterable[ClubRow], late: Iterable[Due], on: date
) -> list[dict[str, Any]]:
    """Return the clubs that need attention, those with most reasons and longest delay first.

    ``late`` is what is overdue on the day; a dissolved club owes nothing any more, and no club
    what only an ended rule asked for.
    """
    tasks: dict[str, list[Due]] = defaultdict(list)
    for one in late:
        if one.club is not None and one.ended is None:
            tasks[one.club].append(one)
    found = []
    size = rules.stated("membership.size", on)
    for club in clubs:
        reasons = [
            *_reasons(size, club, tasks.get(club.club, ()), on),
            *_below_zero(club, fund_ids(rules.policy, on)),
        ]
        if reasons:
            found.append((club, reasons))
    found.sort(
        key=lambda one: (-len(one[1]), -_delay(one[1]), word_order(one[0].commune), one[0].club)
    )
    return [
        {
            "club": club.club,
            "name": club.name,
            "commune": club.commune,
            "place": place_text(club.place, club.former_place),
            "reasons": [one.data() for one in reasons],
        }
        for club, reasons in found
    ]


def _delay(reasons: Iterable[Reason]) -> int:
    return max((one.found or 0 for one in reasons if one.why is Why.OVERDUE), default=0)


def _reasons(size: Resolution, club: ClubRow, late: Iterable[Due], on: date) -> Iterator[Reason]:
    if club.state in TROUBLED:
        yield Reason(Why.STATE, club.state.value)
    for one in late:
        yield Reason(Why.OVERDUE, one.kind.value, one.overdue_days(on), source=one.source)
    if club.living and size.status == "value":
        low, high = size.value.get("min"), size.value.get("max")
        members = club.figures["members"]
        few = low is not None and members < low
        if few or (high is not None and members > high):
            yield Reason(Why.SIZE, "members", members, low, high, size.source)


def _below_zero(club: ClubRow, funds: Iterable[str]) -> Iterator[Reason]:
    for fund in funds:
        held = club.figures[fund_column(fund)]
        if held is not None and held < 0:
            yield Reason(Why.FUNDS, fund, held)
