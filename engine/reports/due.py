"""What falls due in a province: the clubs' open tasks, and what recurs for the province itself.

Reports, inspections and yearly courses are not stored: they follow from the policy and from what
was recorded as sent or held.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from engine.clock import day_of
from engine.i18n import _
from engine.labels import period_name, step_name, task_name
from engine.model import Role, TaskKind
from engine.policy.effective import Rules, general_citation
from engine.reports import earlier_clubs
from engine.reports.deadlines import (
    REMINDED_MONTHS,
    ReportRule,
    inspection_rules,
    report_rules,
)
from engine.reports.queries import scope
from engine.rules import own as own_rules
from engine.rules.calendar import Period, add_months, is_weekend
from engine.rules.communes import commune_key
from engine.rules.doers import sharers
from engine.rules.ground import Ground, Grounds, article, grounds
from engine.rules.obligations import STEPS
from engine.store.reader import Reader
from engine.vietnamese.collation import in_order
from engine.vietnamese.dates import dmy
from engine.vietnamese.money import dong

if TYPE_CHECKING:
    from engine.reports.own_reports import OwnReports

OPEN_NOW = """
SELECT t.club, c.name, c.commune, c.village, t.kind, t.due_on, t.role, t.source, t.opened_seq
FROM task t JOIN club c ON c.id = t.club
WHERE {scope} AND t.closed_seq IS NULL"""
OPEN_THEN = """
SELECT t.club, c.name, c.commune, c.village, t.kind, t.due_on, t.role, t.source, t.opened_seq
FROM task t JOIN club c ON c.id = t.club
JOIN event e ON e.stream = 'club:' || t.club AND e.seq = t.opened_seq
AND e.province = t.province
WHERE {scope} AND e.on_date <= ?
AND (t.closed_on IS NULL
     OR (t.closed_on > ? AND t.outcome NOT IN ('annulled', 'replaced')))"""
CLOSED = """
SELECT t.club, c.name, c.commune, c.village, t.kind, t.due_on, t.role, t.source, t.opened_seq
FROM task t JOIN club c ON c.id = t.club
WHERE t.province = ? AND t.closed_on >= ? AND t.closed_on <= ? AND t.due_on IS NOT NULL"""
CLUBS = "SELECT id FROM club WHERE province = ? AND commune_key IN ({marks})"
OTHERS = "SELECT 1 FROM club WHERE province = ? AND commune_key NOT IN ({marks}) LIMIT 1"
LOANS_OWED = """
SELECT l.club, c.name, c.commune, c.village, l.seq, l.amount, l.due_on
FROM loan l JOIN club c ON c.id = l.club
WHERE {scope} AND l.voided_by IS NULL AND l.on_date <= ?"""
LOAN_CHANGES = """
SELECT l.club, l.loan, l.principal, l.due_on FROM loan_change l
WHERE {scope} AND l.voided_by IS NULL AND l.on_date <= ? ORDER BY l.on_date, l.seq"""
OWN_OWED = """
SELECT c.id, c.name, c.commune, c.village, e.seq, e.step, e.on_date, e.body
FROM club c LEFT JOIN event e ON e.stream = 'club:' || c.id
AND e.province = c.province AND e.step IN (?, 'correct')
WHERE {scope} AND c.state IN ({states}) ORDER BY c.id, e.seq"""
FIRST_TRACE = "SELECT min(opened_on) FROM club WHERE province = ?"
SENT = "SELECT report, period, sent_on, seq FROM delivery WHERE province = ? AND sent_on <= ?"
MEETINGS_OWED = """
SELECT c.id, c.name, c.commune, c.village, coalesce(held.times, 0)
FROM club c LEFT JOIN (
  SELECT club, count(*) AS times FROM training
  WHERE {held} AND voided_by IS NULL AND kind = 'supplementary'
  AND on_date >= ? AND on_date <= ? GROUP BY club
) held ON held.club = c.id
WHERE {scope} AND c.decided_on >= ? AND c.decided_on <= ? AND c.decided_on <= ?
AND (c.ended_on IS NULL OR c.ended_on > ?) AND coalesce(held.times, 0) < ?"""
COURSES_HELD = """
SELECT count(DISTINCT start) FROM training
WHERE province = ? AND voided_by IS NULL AND kind IN ('initial', 'refresher') AND days >= ?
AND on_date >= ? AND on_date <= ?"""


NEWEST_FILES = """
SELECT commune, max(made_at) FROM partner
WHERE NOT own AND province = ? AND commune IS NOT NULL AND made_at IS NOT NULL
GROUP BY commune"""


class DueStatus(StrEnum):
    """Whether a row is late. ``ENDED``: only a rule that is over asked for it."""

    OPEN = "open"
    OVERDUE = "overdue"
    NOT_STIPULATED = "not_stipulated"
    ENDED = "ended"


class Due(NamedTuple):
    """Something to be done.

    ``club`` is ``None`` for what the province itself owes. ``due_on`` is ``None`` where no document
    states a day. ``title`` and ``period`` name a report, ``report`` is its id; ``mark`` keeps two
    tasks of one kind apart for good. ``ended`` is the last day of the rule that asked for it, where
    that is over and nothing asks for it any more: it is shown as of that day and is not owed as
    what lives. ``step`` is the step of the province's own that is owed. ``also`` are the roles
    that the policy lets do it besides ``role``.
    """

    kind: TaskKind
    role: Role
    source: str
    due_on: date | None
    club: str | None = None
    club_name: str | None = None
    commune: str | None = None
    title: str | None = None
    period: str | None = None
    note: str | None = None
    mark: str = ""
    ended: date | None = None
    village: str | None = None
    report: str | None = None
    step: str | None = None
    also: tuple[Role, ...] = ()

    @property
    def doers(self) -> tuple[Role, ...]:
        """Return who may do it: whom it falls to first, then whom the policy lets do it too."""
        return (self.role, *self.also)

    def overdue_days(self, on: date) -> int | None:
        """Return how many days late it is on a day, ``None`` where there is no day.

        Days after the end of the rule that asked for it do not count.
        """
        if self.due_on is None:
            return None
        last = on if self.ended is None else min(on, self.ended)
        return max(0, (last - self.due_on).days)

    def status(self, on: date) -> DueStatus:
        """Return whether it is late on a day; ``NOT_STIPULATED`` where there is no day."""
        if self.ended is not None:
            return DueStatus.ENDED
        late = self.overdue_days(on)
        if late is None:
            return DueStatus.NOT_STIPULATED
        return DueStatus.OVERDUE if late else DueStatus.OPEN


@dataclass(frozen=True, slots=True)
class Delivery:
    """A report that was recorded as sent."""

    report: str
    period: str
    sent_on: date


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
    found = [
        *_tasks(store, rules, province, on, past, clubs),
        *_earlier_clubs(store, rules, province, on, clubs),
        *_meetings(store, rules, province, on, clubs),
        *_loans(store, province, on, clubs),
        *_own_steps(store, rules, province, on, clubs),
    ]
    if with_province:
        found += [
            *reports_owed(store, rules, province, on, own),
            *_inspections(store, rules, province, on),
            *_courses(store, rules, province, on),
            *_silent(store, rules, province, on),
        ]
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


def task_words(one: Due) -> str:
    """Return what a row asks for, in people's words."""
    if one.title is not None and one.period is None:
        return one.title
    if one.title is not None:
        return _("{title}, {period}").format(title=one.title, period=period_name(str(one.period)))
    return task_name(one.kind)


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
            done.append(_report(rule, period, province, on))
    return done


def deliveries(store: Reader, province: str, on: date) -> dict[tuple[str, str], Delivery]:
    """Return the reports sent by a day, by id and period; the last record of each counts."""
    found: dict[tuple[str, str], Delivery] = {}
    for report, period, sent_on, _seq in sorted(
        store.rows(SENT, (province, on.isoformat())), key=lambda row: int(row[3])
    ):
        found[report, period] = Delivery(report, period, date.fromisoformat(sent_on))
    return found


def reports_owed(
    store: Reader, rules: Rules, province: str, on: date, own: "OwnReports | None" = None
) -> Iterator[Due]:
    """Yield the reports not sent by a day whose period has begun.

    Those with a stated day since the province's first club on these books; those without one until
    a year after their period.
    """
    row = store.row(FIRST_TRACE, (province,))
    first = date.fromisoformat(row[0]) if row and row[0] else on
    sent = deliveries(store, province, on)
    lately = add_months(on, -REMINDED_MONTHS)
    owed = [
        (rule, period)
        for rule in report_rules(rules.policy)
        if rule.start <= on  # else its document does not exist yet
        for period in rule.periods(first if rule.before else lately, on)
    ]
    if own is not None:
        owed += [
            (rule, period)
            for rule, period in own.periods(min(first, lately), on)
            if period.end >= (first if rule.before else lately)
        ]
    for rule, period in owed:
        if (rule.id, period.id) not in sent:
            yield _report(rule, period, province, on)


def _report(rule: ReportRule, period: Period, province: str, on: date) -> Due:
    return Due(
        TaskKind.REPORT,
        Role.PROVINCE,
        rule.source or general_citation(),
        rule.due_on(period),
        title=rule.title,
        period=period.id,
        note=" ".join(filter(None, (rule.year_note, day_off(rule.due_on(period))))) or None,
        mark=f"{province}.{rule.id}.{period.id}",
        ended=rule.end if rule.end is not None and rule.end < on else None,
        report=rule.id,
    )


def _tasks(
    store: Reader,
    rules: Rules,
    province: str,
    on: date,
    past: bool,
    clubs: Collection[str] | None,
) -> Iterator[Due]:
    at = on.isoformat()
    condition, of = scope(store, "t.", "club", province, clubs)
    rows = (
        store.stream_rows(OPEN_THEN.format(scope=condition), (*of, at, at))
        if past
        else store.stream_rows(OPEN_NOW.format(scope=condition), of)
    )
    # A province's tasks are many and their days, kinds and roles few: each is read once.
    days: dict[str | None, tuple[date | None, str | None]] = {None: (None, None)}
    kinds, roles = {one.value: one for one in TaskKind}, {one.value: one for one in Role}
    asked: dict[tuple[str, str | None], Grounds] = {}
    found: dict[tuple[str, str | None, str | None], Ground | None] = {}
    for club, name, commune, village, kind, due_on, role, source, seq in rows:
        if due_on not in days:
            on_day = date.fromisoformat(due_on)
            days[due_on] = on_day, day_off(on_day)
        day, note = days[due_on]
        resting = (kind, source, due_on)
        if resting not in found:
            if (kind, source) not in asked:
                asked[kind, source] = grounds(rules, kinds[kind], source, on)
            found[resting] = asked[kind, source].of(day)
        ground = found[resting]
        if ground is None:
            continue
        notes = note if ground.note is None else f"{ground.note} {note}" if note else ground.note
        yield Due(
            kinds[kind],
            roles[role],
            ground.source,
            day,
            club,
            name,
            commune,
            note=notes,
            mark=f"{club}.{seq}",
            ended=ground.ended,
            village=village,
        )


def _earlier_clubs(
    store: Reader, rules: Rules, province: str, on: date, clubs: Collection[str] | None
) -> Iterator[Due]:
    """Yield what a document asks of clubs at work before it, which no step of theirs made due."""
    for one in earlier_clubs.owed(store, rules, province, on, clubs):
        off = day_off(one.due_on)
        yield Due(
            one.kind,
            one.role,
            one.source,
            one.due_on,
            one.club,
            one.name,
            one.commune,
            note=f"{one.note} {off}" if off else one.note,
            mark=f"{one.club}.since",
            ended=one.ended,
            village=one.village,
        )


def _inspections(store: Reader, rules: Rules, province: str, on: date) -> Iterator[Due]:
    """Yield the province's own inspections of this period, until one is recorded as made.

    No document states their day.
    """
    sent = deliveries(store, province, on)
    for rule in inspection_rules(rules.policy, on):
        if rule.start > on:
            continue
        for period in rule.periods(on, on):
            if (rule.id, period.id) not in sent:
                yield Due(
                    TaskKind.INSPECTION,
                    Role.PROVINCE,
                    rule.source or general_citation(),
                    None,
                    title=rule.title,
                    period=period.id,
                    note=rule.note,
                    mark=f"{province}.{rule.id}.{period.id}",
                    report=rule.id,
                )


def _meetings(
    store: Reader, rules: Rules, province: str, on: date, clubs: Collection[str] | None
) -> Iterator[Due]:
    """Yield the supplementary trainings that a club's year of decision asks for in this year."""
    stated = rules.stated("training.matrix", on)
    if stated.status != "value" or stated.source is None:
        return
    start, at = f"{on.year}-01-01", on.isoformat()
    condition, of = scope(store, "c.", "id", province, clubs)
    sql = MEETINGS_OWED.format(held=scope(store, "", "club", province, clubs)[0], scope=condition)
    for cell in stated.value:
        if cell["year"] != on.year:
            continue
        cohort, times = cell["cohort"], cell["times"]
        needs = (*of, start, at, *of, f"{cohort}-01-01", f"{cohort}-12-31", at, at, times)
        for club, name, commune, village, held in store.rows(sql, needs):
            yield Due(
                TaskKind.TRAINING_SUPPLEMENTARY,
                Role.PROVINCE,
                stated.source,
                None,
                club=club,
                club_name=name,
                commune=commune,
                title=stated.extra.get("title"),
                period=str(on.year),
                note=_("{held} of {times} held in {year}.").format(
                    held=held, times=times, year=on.year
                ),
                mark=f"{club}.{on.year}",
                village=village,
            )


def _loans(store: Reader, province: str, on: date, clubs: Collection[str] | None) -> Iterator[Due]:
    """Yield the loans to members on which something is owed after their due day."""
    scoped, of = scope(store, "l.", "club", province, clubs)
    given = (*of, on.isoformat())
    owed: dict[tuple[str, int], int] = {}
    due_on: dict[tuple[str, int], str] = {}
    for club, loan, principal, extended in store.rows(LOAN_CHANGES.format(scope=scoped), given):
        owed[club, loan] = owed.get((club, loan), 0) - principal
        if extended:
            due_on[club, loan] = extended
    for club, name, commune, village, seq, amount, first in store.rows(
        LOANS_OWED.format(scope=scoped), given
    ):
        left = amount + owed.get((club, seq), 0)
        day = date.fromisoformat(due_on.get((club, seq)) or first)
        if left > 0 and day < on:
            yield Due(
                TaskKind.LOAN,
                Role.ASSOCIATION,
                _("the club's own loan book"),
                day,
                club,
                name,
                commune,
                title=_("{task}, no. {seq}").format(task=task_name(TaskKind.LOAN), seq=seq),
                note=_("Loan {seq}: {owed} owed.").format(seq=seq, owed=dong(left)),
                mark=f"{club}.loan.{seq}",
                village=village,
            )


def _own_steps(
    store: Reader, rules: Rules, province: str, on: date, clubs: Collection[str] | None
) -> Iterator[Due]:
    """Yield the steps of the province's own that a club's next step waits for."""
    condition, of = scope(store, "c.", "id", province, clubs)
    for one in own_rules.steps(rules, on):
        from engine.lifecycle.history import own_records  # only now: it costs time to load
        from engine.states import step as find_step

        states = find_step(one.before).sources
        sql = OWN_OWED.format(scope=condition, states=", ".join("?" * len(states)))
        needs = (one.name, *of, *(state.value for state in states))
        for (club, name, commune, village), rows in groupby(
            store.rows(sql, needs), key=itemgetter(0, 1, 2, 3)
        ):
            records = own_records([row[4:] for row in rows if row[4] is not None])
            last = own_rules.last_record(records, one.name, on)
            unmet = one.unmet(last.answers) if last is not None else ()
            if last is not None and not unmet:
                continue
            note = [_("before: {step}").format(step=step_name(one.before))]
            if last is not None:
                note.append(dmy(last.on))
                note += [own_rules.answered(rules, last, field) for field in unmet]
            yield Due(
                TaskKind.OWN_STEP,
                one.by[0],
                one.source or general_citation(),
                None,
                club,
                name,
                commune,
                title=one.label,
                note="; ".join(note),
                mark=f"{club}.{one.name}",
                village=village,
                step=one.name,
                also=one.by[1:],
            )


def _courses(store: Reader, rules: Rules, province: str, on: date) -> Iterator[Due]:
    """Yield the course that the document asks for each year, until it has been held."""
    stated = rules.stated("training.course", on)
    if stated.status != "value" or stated.source is None or on.year not in stated.value["years"]:
        return
    days, times = stated.value["days"], stated.value["per_year"]
    row = store.row(COURSES_HELD, (province, days, f"{on.year}-01-01", on.isoformat()))
    held = int(row[0]) if row else 0
    if held < times:
        yield Due(
            TaskKind.TRAINING_INITIAL,
            Role.PROVINCE,
            stated.source,
            None,
            period=str(on.year),
            note=_("A course of {days} days: {held} of {times} held in {year}.").format(
                days=days, held=held, times=times, year=on.year
            ),
            mark=f"{province}.{on.year}",
        )


def _silent(store: Reader, rules: Rules, province: str, on: date) -> Iterator[Due]:
    """Yield the communes whose newest file with clubs is older than the province's setting."""
    stated = rules.stated("setting.exchange_days", on)
    if stated.status != "value" or stated.source is None:
        return
    for commune, newest in store.rows(NEWEST_FILES, (province,)):
        made = day_of(datetime.fromisoformat(newest))
        due_on = made + timedelta(days=stated.value)
        if due_on <= on:
            yield Due(
                TaskKind.EXCHANGE,
                Role.PROVINCE,
                stated.source,
                due_on,
                commune=commune,
                note=_("{commune}: its newest file is of {day}.").format(
                    commune=commune, day=dmy(made)
                ),
                mark=f"{province}.{commune}",
            )


def day_off(day: date | None) -> str | None:
    """Return the note that a due day is a Saturday or Sunday; it is never moved."""
    if day is None or not is_weekend(day):
        return None
    name = _("Saturday") if day.weekday() == 5 else _("Sunday")
    return _("{day} is a {name}; the day is not moved.").format(day=dmy(day), name=name)
