"""What falls due in a province: the clubs' open tasks, and what recurs for the province itself."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from engine.model import Role, TaskKind
from engine.policy.effective import Rules
from engine.reports import earlier_clubs
from engine.reports.deadlines import (
    report_rules,
)
from engine.reports.due_row import Due
from engine.reports.owed_by_clubs import owed_by_clubs
from engine.reports.owed_by_province import deliveries, owed_by_province, report_due
from engine.rules.calendar import Period
from engine.rules.communes import commune_key
from engine.rules.doers import sharers
from engine.rules.ground import article
from engine.rules.obligations import STEPS
from engine.store.reader import Reader
from engine.vietnamese.collation import in_order

if TYPE_CHECKING:
    from engine.reports.own_reports import OwnReports

CLOSED = """
SELECT t.club, c.name, c.commune, c.village, t.kind, t.due_on, t.role, t.source, t.opened_seq
FROM task t JOIN club c ON c.id = t.club
WHERE t.province = ? AND t.closed_on >= ? AND t.closed_on <= ? AND t.due_on IS NOT NULL"""
CLUBS = "SELECT id FROM club WHERE province = ? AND commune_key IN ({marks})"
OTHERS = "SELECT 1 FROM club WHERE province = ? AND commune_key NOT IN ({marks}) LIMIT 1"


def due(
    store: Reader,
    rules: Rules,
    province: str,
    on: date,
    *,
    past: bool = False,
    clubs: Collection[str] | None = None,
    with_province: bool = True,
    own: "OwnReports | None" = None,
) -> list[Due]:
    """Return everything open in a province on a day, what is due first at the top.

    ``past`` is true for a day before today: what was done since is counted as open.
    Obligations without a stated day come later, what ended rules asked for comes last. With
    ``clubs`` it is what is open for those alone, which costs no more in a large province;
    ``with_province`` adds what the province itself owes. ``own`` are the reports that the
    province's plugin asks for.
    """
    found = [*owed_by_clubs(store, rules, province, on, past, clubs)]
    if with_province:
        found += owed_by_province(store, rules, province, on, own)
    return ordered(_shared(found, rules, on))


def ordered(found: Iterable[Due]) -> list[Due]:
    """Return tasks, what is due first at the top; what is alike by commune and club."""
    return [
        one
        for _alike, rows in groupby(sorted(found, key=_urgency), key=_urgency)
        for one in in_order(
            rows,
            lambda one: one.commune or "",
            lambda one: one.club_name or "",
            lambda one: one.mark,
        )
    ]


def clubs_of(store: Reader, province: str, communes: Collection[str]) -> list[str]:
    """Return the ids of the clubs of some communes, by the communes' names."""
    return [str(row[0]) for row in store.rows(*_in_communes(CLUBS, province, communes))]


def has_other_clubs(store: Reader, province: str, communes: Collection[str]) -> bool:
    """Return whether there are clubs of a province in other communes than these."""
    return store.row(*_in_communes(OTHERS, province, communes)) is not None


def _in_communes(sql: str, province: str, communes: Collection[str]) -> tuple[str, tuple[str, ...]]:
    keys = sorted({commune_key(one) for one in communes})
    return sql.format(marks=", ".join("?" * len(keys))), (province, *keys)


def _shared(rows: Iterable[Due], rules: Rules, on: date) -> Iterator[Due]:
    """Yield tasks of clubs with the other roles that the policy gives the step that does them."""
    others: dict[tuple[TaskKind, Role], tuple[Role, ...]] = {}
    for one in rows:
        if one.club is None or one.step is not None or one.kind not in STEPS:
            yield one
            continue
        task = one.kind, one.role
        if task not in others:
            others[task] = sharers(rules, STEPS[one.kind], on, one.role)[1:]
        yield one._replace(also=others[task]) if others[task] else one


def _urgency(one: Due) -> tuple[bool, date, bool, str]:
    """Return what a list of tasks is sorted by before the names of places and clubs."""
    return (one.ended is not None, one.due_on or date.max, one.due_on is None, one.kind)


def select(
    rows: Iterable[Due],
    on: date,
    *,
    role: str | None = None,
    until: date | None = None,
    overdue: bool = False,
) -> list[Due]:
    """Return the rows that one role may do, due by a day (what is late included), or late."""
    return [
        one
        for one in rows
        if (role is None or role in one.doers)
        and (until is None or (one.due_on is not None and one.due_on <= until))
        and (not overdue or bool(one.overdue_days(on)))
    ]


def finished(
    store: Reader,
    rules: Rules,
    province: str,
    since: date,
    on: date,
    own: "OwnReports | None" = None,
) -> list[Due]:
    """Return what had a day and was done, or was owed no more, from one day to another.

    Of a club's tasks and of the province's reports: they have the marks they had while open.
    ``own`` are the reports that the province's plugin asks for.
    """
    rows = store.rows(CLOSED, (province, since.isoformat(), on.isoformat()))
    done = [
        Due(
            TaskKind(kind),
            Role(role),
            article(rules, TaskKind(kind), source),
            date.fromisoformat(due_on),
            club,
            name,
            commune,
            mark=f"{club}.{seq}",
            village=village,
        )
        for club, name, commune, village, kind, due_on, role, source, seq in rows
    ]
    done += [
        Due(
            one.kind,
            one.role,
            one.source,
            one.due_on,
            one.club,
            one.name,
            one.commune,
            mark=f"{one.club}.since",
            village=one.village,
        )
        for one in earlier_clubs.done(store, rules, province, since, on)
    ]
    known = {rule.id: rule for rule in report_rules(rules.policy)}
    for one in deliveries(store, province, on).values():
        period = Period.parse(one.period)
        of_plugin = own.of(period) if own is not None else ()
        rule = next((each for each in of_plugin if each.id == one.report), known.get(one.report))
        if rule is not None and rule.before and one.sent_on >= since:
            done.append(report_due(rule, period, province, on))
    return done
