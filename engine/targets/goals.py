"""What a province has set itself, read from its policy: one goal a target, a year, a reading.

A number that the document does not state is a goal without a number, so that it can be answered
with "không quy định" instead of silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import schemas
from engine.frozen import EMPTY, FrozenMap
from engine.i18n import _
from engine.policy.effective import Rules
from engine.policy.model import Document, Entry, Policy
from engine.targets.measure import Measure
from engine.targets.measures import MEASURES
from engine.targets.own import granted, measure_of
from engine.targets.progress import SHARED, Target, bounds, is_strict
from engine.vietnamese.text import dmy, dong

ALWAYS_ASKED = (("new_clubs", "floor", "clubs_decided"), ("total_grants", "budget", "grant_amount"))
"""How many clubs and how much money: asked of every province, whatever its documents hold."""
BORROWERS = "borrowers_share"
YEARLY = "grants_a_year"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What has taken a goal's place (thay bằng), from which day on."""

    source: str
    day: date


@dataclass(frozen=True, slots=True)
class Goal:
    """One number to reach or to stay within, with the article that states it.

    ``target.low`` and ``source`` are ``None`` where no document states it. ``document`` is the
    document that states it or is silent: before ``since``, its first day or that of the value,
    which may be later than the first day of the period it counts, there is no such goal. A goal
    that amends another counts from ``first``, the document of the first of them, and ``replaced``
    is what amends this one. ``communes`` is a named list, ``per_commune`` how many clubs a commune
    is to have, ``cohort`` the days of decision of the clubs meant.
    """

    id: str
    label: str
    measure: Measure
    unit: str
    target: Target
    document: Document
    source: str | None = None
    force: str | None = None
    note: str | None = None
    reading: str | None = None
    communes: tuple[str, ...] = ()
    per_commune: int = 1
    cohort: tuple[date, date] | None = None
    value: FrozenMap = EMPTY
    since: date | None = None
    first: Document | None = None
    replaced: Replaced | None = None

    @property
    def there_from(self) -> date:
        """Return the first day on which there is this goal."""
        return self.since or self.document.start

    @property
    def stated_by(self) -> Document:
        """Return the document that first asked for what is counted."""
        return self.first or self.document

    def replaced_by(self, day: date) -> Replaced | None:
        """Return what has taken the goal's place by a day, ``None`` where it still holds."""
        return self.replaced if self.replaced and self.replaced.day <= day else None

    @property
    def period(self) -> str:
        """Return the period: ``2021``, ``2021-2025``, or its days where it is not whole years."""
        start, end = self.target.start, self.target.end
        if (start.month, start.day) == (1, 1) and end and (end.month, end.day) == (12, 31):
            return f"{start.year}" if start.year == end.year else f"{start.year}-{end.year}"
        return f"{start.isoformat()}/{end.isoformat() if end else ''}"

    @property
    def period_shown(self) -> str:
        """Return the period as people read it."""
        return shown_period(self.period)


def shown_period(period: str) -> str:
    """Return a period as JSON has it (``2021-2025``, ``2020-10-21/2025-12-31``) for people."""
    first, slash, last = period.partition("/")
    if not slash:
        return period
    end = dmy(date.fromisoformat(last)) if last else "…"
    return f"{dmy(date.fromisoformat(first))} - {end}"


def goals(rules: Rules) -> tuple[Goal, ...]:
    """Return a province's goals in the order of its document, then what the document leaves out."""
    policy = rules.policy
    return (
        *_stated(policy),
        *_borrowers(policy),
        *_missing_in_phases(policy),
        *_not_stipulated(policy),
    )


def _stated(policy: Policy) -> Iterator[Goal]:
    for name, entries in policy.group("target"):
        for entry, after in zip(entries, (*entries[1:], None), strict=True):
            goal = _goal(policy, name, entry, after)
            yearly = entry.value["measure"] == YEARLY or "yearly" in entry.value
            yield from _years(policy, goal) if yearly else (goal,)


def _goal(policy: Policy, name: str, entry: Entry, after: Entry | None = None) -> Goal:
    """Return the goal of a value; ``after`` is the next value of its key, which may amend it."""
    value = entry.value
    low, high = bounds(value["target"])
    cohort = value.get("cohort")
    measure = measure_of(policy, entry, value["kind"] in SHARED)
    return Goal(
        id=name,
        label=value["label"],
        measure=measure,
        unit=value["unit"],
        target=Target(
            value["kind"],
            low,
            high,
            value["from"],
            value["to"],
            measure.two_sided,
            not measure.whole,
            measure.from_zero,
            is_strict(value["target"]),
        ),
        document=policy.document(entry.document),
        source=entry.source,
        force=entry.force,
        note=entry.note,
        reading=value.get("reading"),
        communes=tuple(str(one["name"]) for one in value.get("communes", ())),
        per_commune=value.get("per_commune", {}).get("min", 1),
        cohort=(_day(cohort["from"]), _day(cohort["to"])) if cohort else None,
        value=value,
        since=entry.start if entry.amends else None,
        first=policy.document(entry.first) if entry.first else None,
        replaced=Replaced(after.source, after.start) if after and after.amends else None,
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _years(policy: Policy, whole: Goal) -> Iterator[Goal]:
    """Yield one goal a year for what is asked for, or allowed, every year.

    An amendment asks for its own year and the later ones; the years before it stay as they were.
    """
    start, end = whole.target.start, whole.target.end
    if end is None:
        yield whole
        return
    for year in range(start.year, end.year + 1):
        first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
        if whole.since and last < whole.since:
            continue
        after = whole.replaced
        if after and after.day <= first:
            return
        yield replace(
            whole,
            target=replace(whole.target, start=first, end=last),
            note=_with_budget(policy, whole, first),
            replaced=after if after and after.day <= last else None,
        )


def _with_budget(policy: Policy, whole: Goal, day: date) -> str | None:
    """Return the note of a year's goal; of clubs that receive a grant with the year's budget."""
    if whole.measure.name != YEARLY:
        return whole.note
    money = policy.on("budget.yearly", max(day, whole.there_from))
    if money.status != "value":
        return whole.note
    amount = _("The year's budget: {amount}.").format(amount=dong(money.value["amount"]))
    return f"{whole.note} {amount}" if whole.note else amount


def _borrowers(policy: Policy) -> Iterator[Goal]:
    """Yield a club's own indicator as a figure of the province.

    Only where no target uses it as a part: there that target shows it.
    """
    used = any(
        entry.value["measure"] == "clubs_well_run"
        for _name, entries in policy.group("target")
        for entry in entries
    )
    if used:
        return
    for entry in policy.entries_of(f"indicator.{BORROWERS}"):
        added = _("The document sets this for each club; here all clubs are counted together.")
        label = _("Members who borrowed, at least")
        if entry.value.get("improved_income"):
            label = _("Members who borrowed and have a better income, at least")
            added += " " + _(
                "Counted are borrowers whose income has improved, by the supervisions that say so."
            )
        yield Goal(
            id=BORROWERS,
            label=label,
            measure=MEASURES["members_who_borrowed"],
            unit="percent",
            target=Target("share", entry.value["min"], None, entry.start, entry.end),
            document=policy.document(entry.document),
            source=entry.source,
            force=entry.force,
            note=f"{entry.note} {added}" if entry.note else added,
            value=entry.value,
        )


def _missing_in_phases(policy: Policy) -> Iterator[Goal]:
    """Yield what one phase of a programme has a number for and another has not."""
    phases = [entries[-1].value for _name, entries in policy.group("phase")]
    spans = [(phase["from"], phase["to"]) for phase in phases]
    for name, entries in policy.group("target"):
        stated = [(entry.value["from"], entry.value["to"]) for entry in entries]
        if not all(span in spans for span in stated):
            continue
        for phase, span in zip(phases, spans, strict=True):
            if span not in stated:
                first = entries[0].value
                yield _absent(
                    policy.document(entries[0].document),
                    name,
                    f"{phase['label']}: {_title(name)}",
                    first["kind"],
                    measure_of(policy, entries[0], first["kind"] in SHARED),
                    *span,
                )


def _not_stipulated(policy: Policy) -> Iterator[Goal]:
    """Yield the questions asked of every province that this one's documents do not answer."""
    documents = [one for one in policy.documents if one.programme]
    if not documents:
        return
    first = min(documents, key=lambda one: one.start)
    phases = [entry.value["from"] for _name, entries in policy.group("phase") for entry in entries]
    start = min(phases, default=first.start)
    ends = [one.end for one in documents]
    end = None if None in ends else max(one for one in ends if one is not None)
    for name, kind, measure in ALWAYS_ASKED:
        if not policy.entries_of(f"target.{name}"):
            yield _absent(first, name, _title(name), kind, granted(policy, measure), start, end)


def _absent(
    document: Document,
    name: str,
    label: str,
    kind: str,
    measure: Measure,
    start: date,
    end: date | None,
) -> Goal:
    return Goal(
        id=name,
        label=label,
        measure=measure,
        unit=measure.unit,
        target=Target(kind, None, None, start, end),
        document=document,
    )


@cache
def _title(name: str) -> str:
    """Return what the policy's schema calls a target."""
    properties = schemas.load("policy")["properties"]["target"]["properties"]
    return str(properties[name]["title"]) if name in properties else name
