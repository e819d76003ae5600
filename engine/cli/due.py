"""``clb due``: what falls due in the officer's province, and what is late."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from engine import clock, codes
from engine.cli import tables
from engine.cli.command import command
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.files import PATH
from engine.cli.typed import OF_PROVINCE, Choice
from engine.errors import InputError
from engine.files import write_file
from engine.i18n import _
from engine.labels import period_name, task_name
from engine.model import Role
from engine.reports.due import Due, select
from engine.reports.due import due as everything
from engine.reports.reading import opened, province_of
from engine.rules.calendar import add_months
from engine.rules.ground import ended_words
from engine.vietnamese.dates import dmy

BAR, DAY = 5, 10
"""Columns of the bar and of a day."""
SOON_DAYS = 30
"""Days before its day that a task is shown in the colour of what is near."""
SPAN = r"([0-9]{1,4})\s*([dwm]?)"


@command(help=_("What falls due, and what is late."))
@OF_PROVINCE
@click.option(
    "--role",
    type=Choice([one.value for one in Role if one is not Role.ADMIN]),
    default=None,
    help=_("Only what this role does"),
)
@click.option(
    "--within",
    default=None,
    metavar="30d",
    help=_("Only what is due within so many days (30d), weeks (4w), months (1m), or late already"),
)
@click.option("--overdue", is_flag=True, help=_("Only what is late"))
@click.option("--on", "on", default=None, help=ON)
@click.option("--ics", "ics", type=PATH, help=_("Also write a calendar file"))
@pass_context
def due(
    context: Context,
    province: str | None,
    role: str | None,
    within: str | None,
    overdue: bool,
    on: str | None,
    ics: Path | None,
) -> None:
    """List what is open, what is due first at the top."""
    today = clock.today()
    when = day(on) or today
    with opened(context.settings.database) as store:
        officer = context.settings.officer
        own = province_of(store, officer) if officer else None
        where = province or own or context.province_of_officer()
        rules = context.provinces.rules(where)
        found = everything(store, rules, where, when, past=when < today)
    until = _until(within, when) if within else None
    rows = select(found, when, role=role, until=until, overdue=overdue)
    if ics is not None:
        context.message(_write(ics, rows, when))
    context.answer(
        [as_json(one, when) for one in rows], lambda: _text(rows, when, rules.policy.name)
    )


def task(one: Due) -> str:
    """Return what a row asks for, in people's words."""
    if one.title is not None:
        return _("{title}, {period}").format(title=one.title, period=period_name(str(one.period)))
    return task_name(one.kind)


def _until(within: str, on: date) -> date:
    match = re.fullmatch(SPAN, within.strip().lower())
    if match is None:
        raise InputError(
            _("“{text}” is not a span of time.").format(text=within),
            code=codes.DUE_WITHIN,
            help="--within 30d, --within 4w, --within 3m",
        )
    count, unit = int(match[1]), match[2]
    try:
        if unit == "m":
            return add_months(on, count)
        return on + timedelta(days=count * (7 if unit == "w" else 1))
    except (OverflowError, ValueError) as error:
        raise InputError(
            _("“{text}” is not a span of time.").format(text=within), code=codes.DUE_WITHIN
        ) from error


def as_json(one: Due, on: date) -> dict[str, Any]:
    """Return a row as the contract's JSON."""
    return {
        "task": task(one),
        "club": one.club,
        "kind": one.kind,
        "due_on": one.due_on,
        "role": one.role,
        "source": one.source,
        "overdue_days": one.overdue_days(on),
        "status": one.status(on).value,
        "club_name": one.club_name,
        "commune": one.commune,
        "period": one.period,
        "note": one.note,
        "ended_on": one.ended,
    }


def _text(rows: list[Due], on: date, province: str) -> Iterator[str]:
    living = [one for one in rows if one.ended is None]
    late = sum(bool(one.overdue_days(on)) for one in living)
    yield _("{province} on {day}: {count} to do, {late} late").format(
        province=province, day=dmy(on), count=len(living), late=late
    )
    if living:
        yield ""
        yield from _group(living, on)
    for ended in sorted({one.ended for one in rows if one.ended is not None}):
        left = [one for one in rows if one.ended == ended]
        yield ""
        yield from tables.wrapped(
            _(
                "Not done {mark}: {count}. It is owed no more; the days late are those of that day."
            ).format(mark=ended_words(ended), count=len(left))
        )
        yield ""
        yield from _group(left, on)


def _group(rows: list[Due], on: date) -> Iterator[str]:
    """Yield rows as a table, each with the number of its ground, which are below it with notes."""
    worst = max((one.overdue_days(on) or 0 for one in rows), default=0)
    sources = dict.fromkeys(one.source for one in rows)
    numbers = {source: number for number, source in enumerate(sources, 1)}
    yield from tables.table(
        [_("Due"), _("Days late"), _("To do"), _("Club"), _("Ground")],
        [[*_cells(one, on, worst), f"[{numbers[one.source]}]"] for one in rows],
        right=[1],
        folded=True,
        most={0: DAY},
    )
    yield ""
    for source, number in numbers.items():
        yield from tables.wrapped(f"[{number}] {source}")
    notes = (one.note if one.due_on else f"{task(one)}: {one.note}" for one in rows if one.note)
    for note in dict.fromkeys(notes):
        yield from tables.wrapped(f"· {note}")


def _cells(one: Due, on: date, worst: int) -> list[object]:
    """Return a row's cells: late ones in colour, with a bar after the days at a terminal."""
    late = one.overdue_days(on)
    shown = str(late) if late else ""
    if late and tables.draws():
        shown += " " + tables.bar(late, worst, BAR)
    soon = one.due_on is not None and (one.due_on - on).days <= SOON_DAYS
    colour = "red" if late else "yellow" if soon else None
    if one.ended is not None:
        colour = None
    return [
        tables.Painted(dmy(one.due_on) if one.due_on else _("no day stipulated"), colour),
        tables.Painted(shown, colour),
        task(one),
        f"{one.club} {one.club_name}" if one.club else "",
    ]


def _write(path: Path, rows: list[Due], on: date) -> str:
    """Write the days into a calendar file and return what is in it, as a sentence."""
    from engine.reports.ical import WholeDay, calendar

    dated = [(one, one.due_on) for one in rows if one.due_on is not None]
    entries = [
        WholeDay(
            f"{one.kind.value}.{one.mark}@clb-lien-the-he", due_on, _summary(one), _details(one)
        )
        for one, due_on in dated
    ]
    write_file(path, calendar(entries, on))
    return _("{path}: {count} days written, {left} tasks without a day left out.").format(
        path=path, count=len(dated), left=len(rows) - len(dated)
    )


def _summary(one: Due) -> str:
    return f"{task(one)}: {one.club_name}" if one.club_name else task(one)


def _details(one: Due) -> str:
    where = f"{one.club} {one.club_name}, {one.commune}" if one.club else None
    mark = ended_words(one.ended) if one.ended is not None else None
    return "\n".join(
        filter(None, (where, _("Source: {source}").format(source=one.source), mark, one.note))
    )
