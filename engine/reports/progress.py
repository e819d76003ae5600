"""How far a province is with its targets: a row a goal, and what each row was counted from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine import codes
from engine.errors import UnknownError
from engine.i18n import _
from engine.policy.effective import Rules
from engine.policy.vocabulary import closest, ids
from engine.reports.completing import CountedRow
from engine.reports.counting import Counted, count, counted_rows, last_in_force
from engine.store.database import Store
from engine.targets.goals import BORROWERS, Goal, goals
from engine.targets.measure import Places
from engine.targets.progress import SHARED, Progress, Status, Target, over, progress_of
from engine.vietnamese.text import dmy, number


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal and how far it is on a day. ``counted`` are the figures behind ``progress``."""

    goal: Goal
    progress: Progress
    counted: Counted
    on: date

    @property
    def note(self) -> str | None:
        """Return what explains the figures, ``None`` where nothing needs to."""
        return " ".join(remarks(self)) or None

    def data(self) -> dict[str, Any]:
        """Return the row as the command line's contract has it, and what explains it."""
        goal, now, now_by = self.goal, self.progress, self.goal.replaced_by(self.on)
        return {
            "id": goal.id,
            "label": goal.label,
            "kind": goal.target.kind,
            "period": goal.period,
            "target": _asked(goal.target),
            "actual": now.actual,
            "percent": None if now.percent is None else now.percent / 10,
            "remaining": now.remaining,
            "needed_per_year": now.needed_per_year,
            "status": now.status.value,
            "source": goal.source,
            "force": goal.force,
            "unit": goal.unit,
            "denominator": self.counted.count.whole if goal.measure.whole else None,
            "estimated": self.counted.estimated or None,
            "unknown": self.counted.count.unknown or None,
            "pace_per_year": None if now.pace is None else now.pace / 10,
            "projected": now.projected,
            "reading": goal.reading,
            "note": self.note,
            "begun": self.on >= goal.target.start,
            **({"replaced": {"by": now_by.source, "from": now_by.day}} if now_by else {}),
        }


def _asked(target: Target) -> int | dict[str, int | None] | None:
    """Return the number or range a target asks for, as JSON has it."""
    if target.strict:
        return {"over": target.low, **({} if target.high is None else {"max": target.high})}
    return target.low if target.high is None else {"min": target.low, "max": target.high}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a row's number is what it is: the clubs (communes, villages) and the other readings."""

    row: GoalRow
    rows: tuple[CountedRow, ...]
    readings: tuple[GoalRow, ...]


def progress(store: Store, rules: Rules, province: str, on: date) -> list[GoalRow]:
    """Return how far each of a province's goals is on a day, in the order of its document.

    Goals of documents that are not there yet are left out.
    """
    return [_row(store, rules, province, goal, on) for goal in _stated(rules, on)]


def _stated(rules: Rules, on: date) -> list[Goal]:
    """Return the goals of the documents that are there on a day."""
    return [goal for goal in goals(rules) if goal.there_from <= on]


def explain(store: Store, rules: Rules, province: str, on: date, goal_id: str) -> list[Explanation]:
    """Return what each row of one goal was counted from: value, article, other readings, clubs.

    Empty where the province's documents do not have it, or not yet. Raises ``UnknownError`` for an
    id that no policy can have.
    """
    all_goals = _stated(rules, on)
    found = [goal for goal in all_goals if goal.id == goal_id]
    if not found:
        known = {*ids("target"), BORROWERS, *(goal.id for goal in goals(rules))}
        if goal_id not in known:
            near = closest(goal_id, known)
            raise UnknownError(
                _("There is no target {id}.").format(id=goal_id),
                code=codes.TARGET_UNKNOWN,
                help=_("Did you mean {key}?").format(key=near)
                if near
                else _("The targets: {names}.").format(names=", ".join(sorted(known))),
            )
    return [_explained(store, rules, province, goal, on, all_goals) for goal in found]


NOT_IN_FORCE = "not_in_force"


def unexplained(rules: Rules, goal_id: str) -> str:
    """Return why a goal has no row: the document that states it is not there yet, or none does."""
    there = any(goal.id == goal_id for goal in goals(rules))
    return NOT_IN_FORCE if there else Status.NOT_STIPULATED.value


def _row(store: Store, rules: Rules, province: str, goal: Goal, on: date) -> GoalRow:
    counted = count(store, rules, province, goal, on)
    held = progress_of(goal.target, counted.count, last_in_force(goal, on))
    if goal.replaced_by(on):  # neither reached nor missed: what replaced it counts on
        held = replace(held, needed_per_year=None, remaining=None, status=Status.OPEN)
    return GoalRow(goal, held, counted, on)


def _explained(
    store: Store, rules: Rules, province: str, goal: Goal, on: date, all_goals: Sequence[Goal]
) -> Explanation:
    others = [
        other
        for other in all_goals
        if goal.reading
        and other.reading
        and other is not goal
        and (other.source, other.target.start) == (goal.source, goal.target.start)
    ]
    return Explanation(
        _row(store, rules, province, goal, on),
        tuple(counted_rows(store, rules, province, goal, on)),
        tuple(_row(store, rules, province, other, on) for other in others),
    )


def remarks(row: GoalRow) -> list[str]:
    """Return the document's own note, and what the day and the records add to it."""
    goal, counted = row.goal, row.counted
    found = [goal.note] if goal.note else []
    if goal.target.low is None:
        return [_("The documents do not stipulate it.")]
    if row.on < goal.target.start:
        return [*found, _("The period has not begun.")]
    if counted.count.part is None and goal.measure.places != Places():
        unlisted = _("No list of units names the districts or the class of the communes.")
        return [*found, unlisted]
    if counted.count.part is None:
        return found or [_("It cannot be measured from the clubs' records.")]
    if goal.replaced_by(row.on):
        pass
    elif over(goal.target, row.on) and goal.target.end is not None:
        found.append(
            _("The period ended on {day}; these are its last figures.").format(
                day=dmy(goal.target.end)
            )
        )
    if goal.target.kind in SHARED and not counted.count.whole:
        found.append(_nothing_to_divide_by(goal))
    if counted.count.unknown:
        found.append(
            _(
                "Communes of which it is not known: {count}. No review of their clubs says whether "
                "the standard is met; they count neither as reached nor as missed."
            ).format(count=number(counted.count.unknown))
        )
    if counted.marked:
        found.append(
            _("{clubs} clubs were decided before {day}, the document's first day: counted.").format(
                clubs=counted.marked, day=goal.stated_by.since
            )
        )
    if counted.estimated:
        found.append(
            _("{people} people are counted by their birth year or month alone: estimated.").format(
                people=number(counted.estimated)
            )
        )
    return found


def _nothing_to_divide_by(goal: Goal) -> str:
    if goal.measure.name == "villages_with_clubs":
        return _(
            "No list of villages is loaded: how many there are is not known, so no percentage."
        )
    if goal.target.kind == "coverage":
        return _("No list of communes or villages is loaded: no percentage can be given.")
    return _("There is nothing yet to take a share of.")
