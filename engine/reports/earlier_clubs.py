"""What a document asks of the clubs that were at work before it.

What comes back (meetings, support, refresher trainings) falls due at the step before it. Where that
step was taken before the document's first day nothing fell due then, and the document asks for it
all the same: every club meets each month, not only those launched since. So it does where the step
was taken under the document, but before the plugin that has it was installed.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import NamedTuple

from engine.i18n import _
from engine.model import Role, TaskKind
from engine.policy.effective import Rules, nationwide_citation
from engine.policy.model import Entry, first_day
from engine.reports.queries import scope
from engine.rules.calendar import add_months
from engine.rules.obligations import PERIODIC
from engine.store.reader import Reader
from engine.vietnamese.dates import dmy

CLUBS = """
SELECT c.id, c.name, c.commune, c.village, c.{first}, done.last
FROM club c LEFT JOIN (
  SELECT club, max(on_date) AS last FROM {records}
  WHERE {records_of} AND voided_by IS NULL {only} AND on_date <= ? GROUP BY club
) done ON done.club = c.id
WHERE {scope} AND c.{first} < ? AND (c.ended_on IS NULL OR c.ended_on > ?)
AND {still}"""
UNASKED = """
SELECT c.id, c.name, c.commune, c.village, c.{first},
  (SELECT max(r.on_date) FROM {records} r
   WHERE r.club = c.id{records_within} AND r.voided_by IS NULL {only} AND r.on_date <= ?)
FROM club c
WHERE {scope} AND c.{first} <= ? AND (c.ended_on IS NULL OR c.ended_on > ?)
AND NOT EXISTS (SELECT 1 FROM task t
  WHERE t.club = c.id{tasks_within} AND t.kind = ? AND (t.closed_on IS NULL OR t.closed_on > ?))"""
"""The clubs that no step of theirs made something of a kind due, which few are."""
OPEN, DONE = "(done.last IS NULL OR done.last < ?)", "done.last >= ?"
EARLIER: dict[TaskKind, dict[str, str]] = {
    TaskKind.MEETING: {"first": "launched_on", "records": "meeting", "only": ""},
    TaskKind.SUPPORT: {
        "first": "launched_on",
        "records": "training",
        "only": "AND kind = 'support'",
    },
    TaskKind.TRAINING_REFRESHER: {
        "first": "trained_on",
        "records": "training",
        "only": "AND kind IN ('initial', 'refresher')",
    },
}
"""The clubs that did the last thing of a kind before a day: its own day, or the club's first."""

RESUMED = """
SELECT t.club, max(e.on_date)
FROM (SELECT DISTINCT club FROM task WHERE province = ? AND outcome = 'suspended') t
JOIN event e ON e.stream = 'club:' || t.club AND e.province = ?
WHERE e.step = 'resume' AND e.on_date <= ? GROUP BY t.club"""


class Owed(NamedTuple):
    """Something of one club that a document asks for since its first day.

    ``ended`` is the last day of the rule that asks for it, where that is over.
    """

    kind: TaskKind
    role: Role
    source: str
    due_on: date
    club: str
    name: str
    commune: str
    village: str
    note: str
    ended: date | None


def owed(
    store: Reader,
    rules: Rules,
    province: str,
    on: date,
    clubs: Collection[str] | None = None,
) -> Iterator[Owed]:
    """Yield what is open on a day and no step of the club's made due, in no order.

    It is of all clubs of the province, or of some ``clubs`` alone.
    The first time is due one interval after the document's first day: it asks for nothing before
    that. A suspended club's interval counts from the day it resumes.
    """
    condition, of = scope(store, "c.", "id", province, clubs)
    whose = {"records_of": scope(store, "", "club", province, clubs)[0], "scope": condition}
    for kind, parts in EARLIER.items():
        sql = CLUBS.format(**parts, **whose, still=OPEN)
        key, step, default = PERIODIC[kind]
        for one in _stated(rules, key):
            entry = one.entry
            if entry.start <= on:
                stated = rules.stated(f"roles.{step}", min(on, entry.end or on))
                role = Role(stated.value[0]) if stated.status == "value" else default
                yield from _of_rule(store, province, of, kind, sql, one, role, on)
                if entry.holds(on):
                    yield from _unasked(store, province, (condition, of), kind, one, role, on)


class _Stated(NamedTuple):
    """A value of an interval: the province's, or a national plugin's where the province has none.

    ``earlier`` are the values of the key before it; ``applies`` returns whether it is the one gone
    by on a day.
    """

    entry: Entry
    earlier: tuple[Entry, ...]
    source: str
    applies: Callable[[date], bool]

    @property
    def months(self) -> int:
        """Return the interval."""
        value = self.entry.value
        return int(value if isinstance(value, int) else value["months"])


def _stated(rules: Rules, key: str) -> Iterator[_Stated]:
    """Yield every value of an interval, in order, those of national plugins last."""
    entries = rules.policy.entries_of(key)
    for place, entry in enumerate(entries):
        yield _Stated(entry, entries[:place], entry.source, lambda _day: True)

    def applies(day: date) -> bool:
        return rules.policy.on(key, day).status != "value"

    for nation in rules.nation:
        entries = nation.entries_of(key)
        for place, entry in enumerate(entries):
            yield _Stated(entry, entries[:place], nationwide_citation(entry.source), applies)


def done(store: Reader, rules: Rules, province: str, since: date, on: date) -> Iterator[Owed]:
    """Yield what was open so and has been done since a day, with the day it would have had."""
    at = on.isoformat()
    for kind, parts in EARLIER.items():
        sql = CLUBS.format(**parts, records_of="province = ?", scope="c.province = ?", still=DONE)
        key, _step, role = PERIODIC[kind]
        for one in _stated(rules, key):
            entry = one.entry
            start, first = entry.start.isoformat(), max(entry.start, since).isoformat()
            due_on = add_months(entry.start, one.months)
            if not one.applies(due_on):
                continue
            for club, name, commune, village, *_days in store.rows(
                sql, (province, at, province, start, at, first)
            ):
                where = (club, name, commune, village)
                yield Owed(kind, role, one.source, due_on, *where, note="", ended=None)


def _of_rule(
    store: Reader,
    province: str,
    of: tuple[str, ...],
    kind: TaskKind,
    sql: str,
    one: _Stated,
    role: Role,
    on: date,
) -> Iterator[Owed]:
    """Yield what clubs owe whose last step of a kind was before the rule's first day."""
    entry = one.entry
    last_day, start = min(on, entry.end or on).isoformat(), entry.start.isoformat()
    at = on.isoformat()
    rows = list(store.rows(sql, (*of, last_day, *of, start, at, start)))
    if not rows:
        return
    from engine.lifecycle.history import suspended_on  # only now: it costs time to load

    resting = suspended_on(store, province, at)
    resumed: dict[str, str] = dict(store.rows(RESUMED, (province, province, at)))
    for club, name, commune, village, first, done in rows:
        last = date.fromisoformat(max(first, done) if done else first)
        again = date.fromisoformat(resumed.get(str(club), str(first)))
        due_on = add_months(max(entry.start, again), one.months)
        # Under an earlier rule the step made the next time due itself.
        if any(before.holds(last) for before in one.earlier) or not one.applies(last):
            continue
        if club in resting or not entry.holds(due_on) or not one.applies(due_on):
            continue
        yield Owed(
            kind,
            role,
            one.source,
            due_on,
            club,
            name,
            commune,
            village,
            _("Asked for since {day}; before that, last on {last}.").format(
                day=first_day(entry.start, entry.inferred), last=dmy(last)
            ),
            entry.end if entry.end is not None and entry.end < on else None,
        )


def _unasked(
    store: Reader,
    province: str,
    clubs: tuple[str, tuple[str, ...]],
    kind: TaskKind,
    one: _Stated,
    role: Role,
    on: date,
) -> Iterator[Owed]:
    """Yield what clubs owe whose last step of a kind was under the rule and made nothing due.

    ``clubs`` are the condition of the clubs asked about and its parameters.
    """
    at = on.isoformat()
    condition, of = clubs
    within, own = (" AND {}.province = ?", (province,)) if store.divided else ("", ())
    sql = UNASKED.format(
        **EARLIER[kind],
        scope=condition,
        records_within=within.format("r"),
        tasks_within=within.format("t"),
    )
    rows = list(store.rows(sql, (*own, at, *of, at, at, *own, kind.value, at)))
    if not rows:
        return
    from engine.lifecycle.history import suspended_on  # only now: it costs time to load

    resting = suspended_on(store, province, at)
    resumed: dict[str, str] = dict(store.rows(RESUMED, (province, province, at)))
    for club, name, commune, village, first, done in rows:
        last = date.fromisoformat(max(first, done) if done else first)
        again = date.fromisoformat(resumed.get(str(club), str(first)))
        due_on = add_months(max(last, again), one.months)
        if club in resting or not (one.entry.holds(last) and one.entry.holds(due_on)):
            continue
        if one.applies(last) and one.applies(due_on):
            note = _("Last on {last}, before this rule was installed.").format(last=dmy(last))
            where = (club, name, commune, village)
            yield Owed(kind, role, one.source, due_on, *where, note=note, ended=None)
