"""What ``clb member import`` answers: what was read, what is open, and what became of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.cli import tables
from engine.cli.club import composition_text
from engine.cli.context import Context, findings
from engine.cli.member_change import event_data
from engine.errors import ClbError
from engine.i18n import _
from engine.labels import CIRCUMSTANCES, circumstance_name, sex_name
from engine.lifecycle.lifecycle import Outcome
from engine.model import Club, Composition, Finding
from engine.roster import plan as planning
from engine.roster.columns import letters_of
from engine.roster.doubts import answer_typed
from engine.roster.members import counted, elsewhere, listed
from engine.roster.model import ListColumn, Place, Question, Reading
from engine.roster.other_village import other_village
from engine.roster.plan import Namesakes, Plan
from engine.roster.remarks import at_rows, namesake
from engine.rules.communes import same_commune
from engine.rules.composition import findings as composition_findings

COUNTS = ("members", "women", "elderly", "young", "poor", "near_poor", "difficult")
MOST_CELLS = 5
"""Cells of one cause that are listed; more of them are counted in a line."""
SHOWN = 20
"""Namesakes that are shown, and asked about; more of them are not a question any more."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the officer chose about the list."""

    replacing: bool
    skip_bad: bool
    keep_duplicates: bool
    dry_run: bool
    corrections: Path | None


@dataclass(frozen=True, slots=True)
class Import:
    """One list on its way into one club."""

    context: Context
    club: Club
    on: date
    given: Path
    path: Path
    encoding: str | None
    answers: dict[str, str]
    reading: Reading
    choices: Choices


def show_import(
    job: Import,
    plan: Plan,
    duplicates: Sequence[Namesakes],
    outcome: Outcome | None,
    error: ClbError | None,
    corrections: Path | None,
) -> None:
    """Answer an import, its result last."""
    context, reading = job.context, job.reading
    stored = outcome is not None and outcome.event is not None
    made_of = _counted(job, plan, stored=stored)
    rules = context.provinces.rules(job.club.province)
    judged: list[Finding] = [
        *(outcome.findings if outcome else ()),
        *composition_findings(made_of, rules, job.on),
    ]
    elsewhere_ = filter(None, (other_village(reading.people, job.club.village),))
    remarks = (*reading.remarks, *elsewhere_, *_near_limit(job, made_of), *_in_other_clubs(job))
    data: dict[str, Any] = {
        "club": job.club.id,
        "on": job.on,
        "dry_run": job.choices.dry_run,
        "rows": reading.rows,
        "imported": plan.taken if error is None and not job.choices.dry_run else 0,
        "added": len(plan.added),
        "changed": len(plan.changed),
        "left": len(plan.left),
        "unchanged": plan.unchanged,
        "sheets": reading.sheets,
        "columns": _columns(reading.columns),
        "rejected": reading.rejected,
        "corrections": None if corrections is None else str(corrections),
        "questions": [_question(one) for one in reading.questions],
        "duplicates": _namesakes(duplicates),
        "remarks": remarks,
        "composition": {name: getattr(made_of, name) for name in COUNTS},
        "findings": findings(judged),
        "event": event_data(outcome.event if outcome else None),
    }
    if error is not None:
        data["error"] = {"code": error.code, "message": error.message, "help": error.help}

    def text() -> Iterator[str]:
        if job.choices.dry_run:
            yield from _columns_text(reading)
        if reading.rejected:
            yield from _rejected_text(reading)
        if corrections is not None:
            yield _("Written, with the cells marked: {path}").format(path=corrections)
        yield from _questions_text(reading.questions)
        yield from _namesakes_text(duplicates, reading)
        yield from remarks
        if error is None or job.choices.dry_run:
            yield composition_text(made_of, rules, job.on)
            yield from tables.findings(judged)
        if error is None:
            yield _sentence(plan, job.choices.dry_run)

    context.answer(data, text)


def _counted(job: Import, plan: Plan, *, stored: bool) -> Composition:
    """Count the list as it is now, or as the plan would leave it."""
    gather = job.context.registry.lifecycle.gather
    now = gather.composition(job.club, job.on)
    if stored:
        return now
    assert now.elderly_age is not None
    there = listed(job.context.registry.store, job.club, job.on)
    return counted(planning.after(there, plan), job.on, now.elderly_age)


def _near_limit(job: Import, made_of: Composition) -> Iterator[str]:
    """Yield whose estimated year of birth decides whether they count as elderly."""
    limit = made_of.elderly_age
    if limit is None:
        return
    year = job.on.year - limit
    near = [one for one in job.reading.people if one.estimated and abs(int(one.born) - year) <= 1]
    if near:
        yield _(
            "With an estimated year of birth and about {age} years old: {count}. Their papers say"
            " whether they count as elderly ({rows})."
        ).format(age=limit, count=len(near), rows=at_rows([one.place for one in near]))


def _in_other_clubs(job: Import) -> Iterator[str]:
    """Yield who is in another club too; those of other communes are not named to this one."""
    places = {one.id_number: one.place for one in job.reading.people if one.id_number}
    found: dict[str, list[Place]] = {}
    for number, club, name, commune in elsewhere(
        job.context.registry.store, job.club, list(places)
    ):
        here = same_commune(commune, job.club.commune)
        where = f"{name} ({club})" if here else _("a club of another commune")
        found.setdefault(where, []).append(places[number])
    for where, rows in found.items():
        yield _("By the identity number also in {club} ({rows}): somebody may be in two.").format(
            club=where, rows=at_rows(rows)
        )


def _sentence(plan: Plan, dry_run: bool) -> str:
    sentence = (
        _("Would be imported: {taken} (new {added}, changed {changed}); would leave: {left}.")
        if dry_run
        else _("Imported: {taken} (new {added}, changed {changed}); left: {left}.")
    )
    return sentence.format(
        taken=plan.taken, added=len(plan.added), changed=len(plan.changed), left=len(plan.left)
    )


def option_of(question: Question, value: str) -> str:
    """Return the option that gives a question one of its answers, as an officer types it."""
    return _option(answer_typed(question.key, value, question.word))


def _option(answer: str) -> str:
    return f'--answer "{answer}"' if " " in answer else f"--answer {answer}"


def _question(one: Question) -> dict[str, Any]:
    return {
        "key": one.key,
        "message": one.sentence,
        "rows": [{"sheet": sheet, "row": row} for sheet, row in one.places if row],
        "answers": [
            {"value": value, "means": means, "option": _option(f"{one.key}={value}")}
            for value, means in one.choices
        ],
    }


def _columns(found: Iterable[ListColumn]) -> list[dict[str, Any]]:
    """Return how each column was understood, by its letter."""
    return [
        {"column": letters_of(one.index), "heading": one.heading, "field": one.field}
        for one in found
    ]


def _namesakes(found: Iterable[Namesakes]) -> list[dict[str, Any]]:
    """Return who is there more than once: rows of the file, and members of the club."""
    rows = []
    for one in found:
        row: dict[str, Any] = {"rows": one.rows, "name": one.name, "born": one.born}
        row["members"] = one.members
        if one.by_number:
            row["by"] = "id_number"
        if any(sheet for sheet, _row in one.places):
            row["sheets"] = [sheet for sheet, _row in one.places]
        rows.append(row)
    return rows


def _field_name(field: str | None) -> str:
    """Return what a column was read as."""
    if field is None:
        return _("not used")
    return {
        "order": _("number in the list"),
        "name": _("name"),
        "family_name": _("family and middle name"),
        "given_name": _("given name"),
        "sex": _("sex"),
        "male": sex_name("M"),
        "female": sex_name("F"),
        "born": _("birth"),
        "birth_day": _("day of birth"),
        "birth_month": _("month of birth"),
        "birth_year": _("year of birth"),
        "circumstance": _("household"),
        **{one: circumstance_name(one) for one in CIRCUMSTANCES},
        "village": _("village"),
        "id_number": _("identity number"),
        "phone": _("phone"),
        "post": _("post"),
        "note": _("note"),
        "age": _("age"),
        "gone": _("died or left"),
        "away": _("away for some time"),
    }.get(field, field)


def _columns_text(reading: Reading) -> Iterator[str]:
    """Yield how each column was understood."""
    yield from tables.table(
        [_("Column"), _("Heading"), _("Taken as")],
        (
            (letters_of(one.index), one.heading or "-", _field_name(one.field))
            for one in reading.columns
        ),
    )


def _rejected_text(reading: Reading) -> Iterator[str]:
    """Yield every cell that cannot be read; one frequent cause once, counted."""
    causes = Counter((one.sheet, one.column, one.expected) for one in reading.rejected)
    often = {cause for cause, count in causes.items() if count > MOST_CELLS}
    for sheet, column, expected in (cause for cause in causes if cause in often):
        places = [
            (one.sheet, one.row)
            for one in reading.rejected
            if (one.sheet, one.column, one.expected) == (sheet, column, expected)
        ]
        often_text = _(
            "Column {column}: {count} cells cannot be read ({rows}). Expected: {expected}."
        )
        yield from tables.wrapped(
            often_text.format(
                column=column, count=len(places), rows=at_rows(places), expected=expected
            )
        )
    rejected = [
        one for one in reading.rejected if (one.sheet, one.column, one.expected) not in often
    ]
    if not rejected:
        return
    several = any(one.sheet for one in rejected)
    head = [_("Row"), _("Column"), _("Found"), _("Expected")]
    yield from tables.table(
        [_("Sheet"), *head] if several else head,
        (
            (
                *((one.sheet,) if several else ()),
                *(one.row, one.column, one.found or "-", one.expected),
            )
            for one in rejected
        ),
        right=[1 if several else 0],
    )


def _questions_text(found: Sequence[Question]) -> Iterator[str]:
    """Yield every question with the options that answer it."""
    for one in found:
        yield from tables.wrapped(one.sentence)
        rows = [(option_of(one, value), means) for value, means in one.choices]
        longest = max(len(option) for option, _means in rows)
        for option, means in rows:
            yield f"  {option:{longest}}  {means}"


def _namesakes_text(found: Sequence[Namesakes], reading: Reading) -> Iterator[str]:
    """Yield who is there more than once, the first of them where they are many."""
    there = {place for one in found if one.members for place in one.places}
    if len(there) == len(reading.people) > 1:
        yield _("All {count} people of the file are on the club's list already.").format(
            count=len(there)
        )
        return
    for one in found[:SHOWN]:
        yield namesake(one)
    if len(found) > SHOWN:
        yield _("... and {count} more.").format(count=len(found) - SHOWN)
