"""What one report is about besides the figures that every report has.

A review of clubs that a document names has a row for each of them; a report of difficulties has
those that officers wrote (``clb report note``), or empty room for them: what is not recorded is
never made up.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from engine.i18n import _
from engine.labels import state_name
from engine.policy.effective import Rules
from engine.reports.counting import counted_rows
from engine.reports.deadlines import ReportRule
from engine.reports.figures import ClubRow
from engine.reports.notes import Note
from engine.rules.calendar import Period
from engine.store.database import Store
from engine.targets.goals import Goal, goals
from engine.vietnamese.text import dmy

REVIEW, DIFFICULTIES = "review_of_named_clubs", "difficulties"
CONFERENCE = "yearly_conference"
"""The ids of these reports in every policy."""
EMPTY_ROWS = 5

Section = dict[str, Any]


def subject(
    store: Store,
    rules: Rules,
    province: str,
    rule: ReportRule,
    span: Period,
    last: date,
    clubs: Iterable[ClubRow],
    written: Sequence[Note] = (),
) -> list[Section]:
    """Return the sections that only this report has, in the form of a plugin's.

    ``written`` is what officers wrote for it.
    """
    if rule.id == DIFFICULTIES:
        return [_difficulties(rule, rules.policy.name, written)]
    if rule.id == REVIEW:
        by_id = {one.club: one for one in clubs}
        return [
            _named(store, rules, province, goal, last, by_id)
            for goal in goals(rules)
            if goal.communes and _within(goal, span)
        ]
    return []


def _difficulties(rule: ReportRule, province: str, written: Sequence[Note]) -> Section:
    """Return a row for each difficulty with the proposal of the same place in its note."""
    headings = [_("Reported by"), _("Difficulty"), _("Proposed solution")]
    rows = [
        [one.commune or province, *pair]
        for one in written
        for pair in zip_longest(
            one.parts.get("difficulties", ()), one.parts.get("proposals", ()), fillvalue=""
        )
    ]
    return {
        "title": _("Difficulties and obstacles"),
        "headings": headings,
        "rows": rows or [[""] * len(headings) for _row in range(EMPTY_ROWS)],
        "source": rule.source,
    }


def _within(goal: Goal, span: Period) -> bool:
    end = goal.target.end
    return span.start <= goal.target.start and end is not None and end <= span.end


def _named(
    store: Store,
    rules: Rules,
    province: str,
    goal: Goal,
    last: date,
    clubs: dict[str, ClubRow],
) -> Section:
    """Return a row for each commune that the document names, with the club there if it has one."""
    rows = []
    for counted in counted_rows(store, rules, province, goal, last):
        if counted.why == "not_named":
            continue
        club = clubs.get(counted.id)
        decided = str(club.figures["decided_on"]) if club and club.figures["decided_on"] else None
        rows.append(
            [
                club.place if club else counted.commune,
                club.name if club else _("no club yet"),
                dmy(date.fromisoformat(decided)) if decided else None,
                state_name(club.state) if club else None,
                club.figures["members"] if club else None,
            ]
        )
    return {
        "title": goal.label,
        "headings": [
            _("Commune"),
            _("Club's name"),
            _("Decided"),
            _("Stage"),
            _("Members"),
        ],
        "rows": rows,
        "source": goal.source,
    }
