"""What the clubs of a province owe: their open tasks, and what no step of theirs made due."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from engine.i18n import _
from engine.labels import step_name, task_name
from engine.model import Role, TaskKind
from engine.policy.effective import Rules, cited, general_citation
from engine.reports import earlier_clubs
from engine.reports.due_row import Due, day_off
from engine.reports.queries import scope
from engine.rules import own as own_rules
from engine.rules.ground import Ground, Grounds, grounds
from engine.store.reader import Reader
from engine.vietnamese.dates import dmy
from engine.vietnamese.money import dong

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
MEETINGS_OWED = """
SELECT c.id, c.name, c.commune, c.village, coalesce(held.times, 0)
FROM club c LEFT JOIN (
  SELECT club, count(*) AS times FROM training
  WHERE {held} AND voided_by IS NULL AND kind = 'supplementary'
  AND on_date >= ? AND on_date <= ? GROUP BY club
) held ON held.club = c.id
WHERE {scope} AND c.decided_on >= ? AND c.decided_on <= ? AND c.decided_on <= ?
AND (c.ended_on IS NULL OR c.ended_on > ?) AND coalesce(held.times, 0) < ?"""


def owed_by_clubs(
    store: Reader,
    rules: Rules,
    province: str,
    on: date,
    past: bool,
    clubs: Collection[str] | None,
) -> Iterator[Due]:
    """Yield what is open for the clubs of a province on a day, or for some of them.

    ``past`` is true for a day before today: what was done since is counted as open.
    """
    yield from _tasks(store, rules, province, on, past, clubs)
    yield from _earlier_clubs(store, rules, province, on, clubs)
    yield from _meetings(store, rules, province, on, clubs)
    yield from _loans(store, province, on, clubs)
    yield from _own_steps(store, rules, province, on, clubs)


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


def _meetings(
    store: Reader, rules: Rules, province: str, on: date, clubs: Collection[str] | None
) -> Iterator[Due]:
    """Yield the supplementary trainings that a club's year of decision asks for in this year."""
    stated = rules.stated("training.matrix", on)
    source = cited(stated)
    if stated.status != "value" or source is None:
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
                source,
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
