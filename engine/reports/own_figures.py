"""The fields and grants of a province's own as figures: what each club has, what it counts for."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from engine.lifecycle.history import LoggedStep, annulled, corrected_days, corrected_forms
from engine.model import EntryKind, LedgerEntry
from engine.policy.effective import Rules
from engine.reports.completing import CountedRow
from engine.rules.funds import not_reversed
from engine.rules.grants import meant
from engine.rules.own import OWN
from engine.store import codec, facts
from engine.store.reader import Reader
from engine.targets.goals import Goal
from engine.targets.own_fields import NamedGrants, OwnField, OwnPart, OwnTest, Read

RECORDED = """
SELECT c.id, e.seq, e.step, e.on_date, e.body
FROM club c JOIN event e ON e.stream = 'club:' || c.id AND e.province = c.province
WHERE c.province = ? AND e.step IN (?, 'correct', 'annul')
ORDER BY c.id, e.seq"""
GIVEN = f"""
SELECT c.id, c.commune, {", ".join(f"l.{name}" for name in facts.LEDGER_COLUMNS.split(", "))}
FROM club c JOIN ledger l ON l.club = c.id AND l.province = c.province
WHERE c.province = ? AND l.on_date <= ? ORDER BY c.id, l.seq"""
NOT_ANSWERED = "not_answered"


def counted_by_fields(
    store: Reader, rules: Rules, province: str, goal: Goal, rows: Iterable[CountedRow], at: date
) -> Iterator[CountedRow]:
    """Yield the rows of a goal's clubs with what its measure reads of own fields and grants.

    Records from the goal's first day to ``at`` count. A club without one does not, and neither does
    what is not filled in.
    """
    part, start = goal.measure.own, goal.target.start
    answers: dict[Read, Mapping[str, Any]] = {}
    for one in dict.fromkeys(part.fields):
        if isinstance(one, NamedGrants):
            first = date.min if one.ever else start
            answers[one] = received_by(store, rules, province, one.names, first, at)
        else:
            answers[one] = _answers(store, province, one, start, at)
    for row in rows:
        yield _read(
            row, part, {one: found.get(row.id, _nothing(one)) for one, found in answers.items()}
        )


def _nothing(one: Read) -> int | None:
    """Return what a club has that nothing is recorded of: no answer, or no money."""
    return 0 if isinstance(one, NamedGrants) else None


def received_by(
    store: Reader, rules: Rules, province: str, names: Collection[str], start: date, at: date
) -> dict[str, int]:
    """Return what each club of a province received by grants of those names, in đồng.

    Which grant an entry is follows from its day and from what the club had received by then; what
    was taken back by ``at`` was never received.
    """
    wanted = {f"grant.{name}" for name in names}
    units = facts.units(store, province)
    found: dict[str, int] = {}
    rows = store.stream_rows(GIVEN, (province, at.isoformat()))
    for (club, commune), several in groupby(rows, key=itemgetter(0, 1)):
        entries = [facts.entry_of(row[2:]) for row in several]
        before: list[LedgerEntry] = []
        found[str(club)] = 0
        for entry in not_reversed(entries):
            if entry.kind is not EntryKind.GRANT or entry.on is None:
                continue
            grant, _mine, _earlier = meant(
                *(rules, entry.on, before),
                commune=commune,
                source=entry.source,
                donor=entry.donor,
                units=units,
            )
            if grant is not None and grant.key in wanted and entry.on >= start:
                found[str(club)] += entry.amount
            before.append(entry)
    return found


def _read(row: CountedRow, part: OwnPart, answers: Mapping[Read, Any]) -> CountedRow:
    """Return the row of a club with what its answers, ``None`` where there are none, make of it."""
    whole = row.whole
    if part.out_of is not None:
        whole = int(answers[part.out_of] or 0)
    why = row.why or _why(part.tests, answers)
    if part.adds is not None and answers[part.adds] is None:
        why = why or NOT_ANSWERED
    counts = row.part if why == row.why else 0
    if part.adds is not None and counts:
        counts = int(answers[part.adds])
    return replace(row, part=counts, whole=whole, why=why)


def _why(tests: Iterable[OwnTest], answers: Mapping[Read, Any]) -> str | None:
    found = [(one, answers[one.field]) for one in tests]
    if any(value is None for _test, value in found):
        return NOT_ANSWERED
    return None if all(test.holds(value) for test, value in found) else "condition_not_met"


def _answers(
    store: Reader, province: str, field: OwnField, start: date, at: date
) -> dict[str, Any]:
    """Return the last answer of each club that has one, as corrected, by the club's id."""
    found: dict[str, Any] = {}
    first = "" if field.ever else start.isoformat()
    rows = store.stream_rows(RECORDED, (province, field.step))
    for club, events in groupby(rows, key=itemgetter(0)):
        steps, on = [], {}
        for _club, seq, step, day, body in events:
            steps.append(LoggedStep(seq, step, codec.form_of(body)))
            on[seq] = str(day)
        days, forms, gone = {**on, **corrected_days(steps)}, corrected_forms(steps), annulled(steps)
        dated = [
            (days[one.seq], one.seq, forms[one.seq][OWN][field.name])
            for one in steps
            if one.step == field.step
            and one.seq not in gone
            and first <= days[one.seq] <= at.isoformat()
            and field.name in forms[one.seq].get(OWN, {})
        ]
        if dated:
            found[str(club)] = max(dated, key=itemgetter(0, 1))[2]
    return found
