"""What the overview of a province shows besides a report's tables.

The last quarters, the limits that the documents set to money, every commune of the loaded list, and
what each club has been through.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from engine.policy.effective import Rules
from engine.policy.model import Entry
from engine.reports.completing import communes
from engine.reports.counting import count
from engine.reports.figures import ClubRow
from engine.reports.lives import lives
from engine.rules.calendar import add_months
from engine.rules.communes import full_name, place_keys
from engine.store import facts
from engine.store.database import Store
from engine.targets.goals import YEARLY, Goal, goals
from engine.targets.own import granted
from engine.targets.progress import Target, progress_of
from engine.vietnamese.collation import in_order

QUARTERS = 8
"""How many quarters back the overview goes."""
LATER = "9999-12-31"
MEMBERS_THEN = """
SELECT count(*) FROM member m JOIN club c ON c.id = m.club
WHERE m.province = ? AND m.joined_on <= ? AND (m.left_on IS NULL OR m.left_on > ?)
  AND c.decided_on <= ? AND (c.ended_on IS NULL OR c.ended_on > ?)"""


def glance(
    store: Store, rules: Rules, province: str, on: date, clubs: Sequence[ClubRow]
) -> dict[str, Any]:
    """Return what the overview adds; ``clubs`` are the province's on the day."""
    return {
        "quarters": list(_quarters(store, province, on, clubs)),
        "ceilings": list(_ceilings(store, rules, province, on)),
        "every_commune": _every_commune(store, province, on, clubs),
        "lives": lives(store, province, on, (one.club for one in clubs)),
    }


def _quarters(
    store: Store, province: str, on: date, clubs: Sequence[ClubRow]
) -> Iterator[dict[str, Any]]:
    """Yield how many clubs and members there were at the end of each quarter.

    The last quarter ends on the day; those before the first club are left out.
    """
    first_month = on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)
    for back in range(QUARTERS - 1, -1, -1):
        start = add_months(first_month, -3 * back)
        end = min(on, add_months(start, 3) - timedelta(days=1))
        at = end.isoformat()
        alive = sum(_alive(one, at) for one in clubs)
        row = store.row(MEMBERS_THEN, (province, at, at, at, at))
        if any((one.figures["decided_on"] or LATER) <= at for one in clubs):
            yield {
                "id": f"{start.year}Q{(start.month + 2) // 3}",
                "end": at,
                "clubs": alive,
                "members": int(row[0]) if row else 0,
            }


def _alive(club: ClubRow, at: str) -> bool:
    decided, ended = club.figures["decided_on"], club.figures["ended_on"]
    return decided is not None and decided <= at and (ended is None or ended > at)


def _ceilings(store: Store, rules: Rules, province: str, on: date) -> Iterator[dict[str, Any]]:
    """Yield each limit in đồng that a document sets, and the grants that count against it."""
    for limit in _limits(rules, on):
        if limit.replaced_by(on) or on < max(limit.there_from, limit.target.start):
            continue
        now = progress_of(limit.target, count(store, rules, province, limit, on).count, on)
        yield {
            "period": limit.period,
            "limit": limit.target.low,
            "granted": now.actual,
            "percent": None if now.percent is None else now.percent / 10,
            "left": now.remaining,
            "source": limit.source,
        }


def _limits(rules: Rules, on: date) -> Iterator[Goal]:
    """Yield the limits as goals in đồng: those of the targets, then budgets that no target has.

    A target of so many clubs a year has its amount in ``budget.yearly``.
    """
    limits = [one for one in goals(rules) if one.target.kind == "budget" and one.target.low]
    whole = [one for one in limits if one.unit == "dong"]
    yearly = [one for one in limits if one.measure.name == YEARLY]
    yield from whole
    for goal in yearly:
        money = rules.stated("budget.yearly", max(goal.target.start, goal.there_from))
        if money.status == "value":
            target = replace(goal.target, low=int(money.value["amount"]))
            yield replace(
                goal, measure=granted(rules.policy, "grant_amount"), unit="dong", target=target
            )
    for entry in () if whole else rules.policy.entries_of("budget.total"):
        yield from _budget(rules, entry, entry.start.replace(month=1, day=1), entry.end)
    for entry in () if yearly else rules.policy.entries_of("budget.yearly"):
        for year in range(entry.start.year, (entry.end or on).year + 1):
            yield from _budget(rules, entry, date(year, 1, 1), date(year, 12, 31))


def _budget(rules: Rules, entry: Entry, start: date, end: date | None) -> Iterator[Goal]:
    """Yield a budget as a limit to the grants of some days, if it has an amount."""
    amount = entry.value.get("amount")
    if amount is not None:
        yield Goal(
            id=entry.key,
            label=entry.key,
            measure=granted(rules.policy, "grant_amount"),
            unit="dong",
            target=Target("budget", int(amount), None, start, end),
            document=rules.policy.document(entry.document),
            source=entry.source,
        )


def _every_commune(
    store: Store, province: str, on: date, clubs: Sequence[ClubRow]
) -> list[dict[str, Any]] | None:
    """Return each commune of the loaded list with its clubs alive, ``None`` without a list.

    A commune with clubs that the list lacks comes with it, not ``listed``.
    """
    listed = [full_name(unit) for unit in communes(facts.units(store, province), on)]
    if not listed:
        return None
    keys = place_keys((*listed, *(one.commune for one in clubs)))
    alive = Counter(keys[one.commune] for one in clubs if one.living)
    known = {keys[name] for name in listed}
    others = {
        keys[one.commune]: one.commune
        for one in clubs
        if one.living and keys[one.commune] not in known
    }
    named = [(name, True) for name in listed] + [(name, False) for name in others.values()]
    return [
        {"commune": name, "clubs": alive[keys[name]], "listed": on_list}
        for name, on_list in in_order(named, lambda one: one[0])
    ]
