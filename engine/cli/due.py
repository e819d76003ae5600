"""``clb due``: what falls due in the officer's province, and what is late."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from engine import clock, codes
from engine.cli import advice, tables
from engine.cli.command import command
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.files import PATH
from engine.cli.typed import OF_PROVINCE, Choice
from engine.errors import InputError, StorageError
from engine.i18n import _, language
from engine.labels import office_name, period_name, role_names, step_name
from engine.model import Officer, Role, TaskKind
from engine.policy.effective import Rules
from engine.reports import merged
from engine.reports.agenda import agenda, at_work, communes_of, in_sight, placed, places_of
from engine.reports.club_names import common_opening, shortened
from engine.reports.due import finished, has_other_clubs, select
from engine.reports.due_row import Due, task_words
from engine.reports.ical import WholeDay, calendar
from engine.reports.own_reports import OwnReports
from engine.reports.reading import Reader, offices_of, province_of
from engine.reports.reminders import REMEMBERED, chairs, entries, messages
from engine.rules.calendar import add_months
from engine.rules.ground import ended_words
from engine.rules.obligations import STEPS
from engine.vietnamese.dates import dmy
from engine.vietnamese.money import number

if TYPE_CHECKING:
    from pathlib import Path

BAR, DAY = 5, 11
"""Columns of the bar, and of a day or of the words that there is none."""
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
@click.option("--zalo", is_flag=True, help=_("As messages to paste into Zalo, one a club"))
@pass_context
def due(
    context: Context,
    province: str | None,
    role: str | None,
    within: str | None,
    overdue: bool,
    on: str | None,
    ics: "Path | None",
    zalo: bool,
) -> None:
    """List what is open, what is due first at the top."""
    today = clock.today()
    when = day(on) or today
    with _reading(context) as store:
        officer = context.settings.officer
        own = province_of(store, officer) if officer else None
        where = province or own or context.province_of_officer()
        rules = context.provinces.rules(where)
        offices = offices_of(store, officer, today) if officer and province is None else []
        offices = placed(store, rules, offices, when)
        # The contract's JSON is of the whole province; what is read by people, of their communes.
        communes = None if context.settings.json else communes_of(offices)
        found, warnings = merged.due(
            store, context.provinces, where, when, past=when < today, communes=communes
        )
        elsewhere, done, heads = False, list[Due](), dict[str, str]()
        for part in merged.parts(store, context.provinces, where, when):
            one = part.policy.province_id
            elsewhere |= communes is not None and has_other_clubs(store, one, communes)
            if ics:
                own_reports = OwnReports(context.provinces, one)
                done += finished(store, part, one, when - REMEMBERED, when, own_reports)
            if zalo:
                heads |= chairs(store, one)
    for warning in warnings:
        context.message(warning)
    until = _until(within, when) if within else None
    rows = select(found, when, role=role, until=until, overdue=overdue)
    data = [as_json(one, when) for one in rows]
    seen = _in_sight(rows, offices)
    if ics is not None:
        gone = _in_sight(select(done, when, role=role), offices)
        context.message(_write(ics, entries(seen, gone, when, rules.city), seen, when, rules))
    if zalo:
        context.answer(data, lambda: messages(seen, heads, when, rules.city), whole=True)
    else:
        context.answer(data, lambda: _text(rows, when, rules, offices, elsewhere=elsewhere))


@contextmanager
def _reading(context: Context) -> Iterator[Reader]:
    """Open the database to read it; at a terminal a missing one can be made."""
    with ExitStack() as stack:
        try:
            store = context.open_to_read(stack)
        except StorageError as error:
            context.make_missing(error)
            store = context.open_to_read(stack)
        context.note_replica(store)
        yield store


def _in_sight(rows: list[Due], offices: Sequence[Officer]) -> list[Due]:
    """Return what concerns an officer: all of it where nobody asks, or the province does."""
    local = offices and all(map(places_of, offices))
    return [
        one
        for one in rows
        if not offices or (in_sight(one.commune, offices) and not (local and one.club is None))
    ]


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
        "task": task_words(one),
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


def _text(
    rows: list[Due], on: date, rules: Rules, offices: Sequence[Officer], *, elsewhere: bool
) -> Iterator[str]:
    """Yield what is due: for an officer their own tasks first, with what to type for each.

    ``elsewhere`` is whether other communes of the province have clubs too.
    """
    living = [one for one in rows if one.ended is None]
    ended = [one for one in rows if one.ended is not None]
    if not offices:
        about = _("{province} on {day}").format(province=rules.policy.name, day=dmy(on))
        yield from tables.wrapped(_heading(about, living, on))
        yield from _Table(on, rules.city, living).lines([("", living)])
    else:
        shown = agenda(rows, offices)
        office = at_work(offices)[0]
        who = ", ".join((office.name, office_name(office, city=rules.city)))
        about = _("{who}, on {day}").format(who=who, day=dmy(on))
        yield from tables.wrapped(_heading(about, shown.own, on))
        seen = [*shown.own, *shown.others, *shown.province]
        table = _Table(on, rules.city, seen, own=shown.own)
        yield from table.lines(
            [
                (_("Your tasks"), shown.own),
                (_("What others owe your clubs"), shown.others),
                (
                    _("What the city owes") if rules.city else _("What the province owes"),
                    shown.province,
                ),
            ]
        )
        if elsewhere:
            yield ""
            yield from tables.wrapped(
                _("The tasks of other communes: {command}").format(
                    command=f"clb due --province {offices[0].province}"
                )
            )
        ended = list(shown.ended)
    for last in sorted({one.ended for one in ended if one.ended is not None}):
        left = [one for one in ended if one.ended == last]
        yield ""
        yield from tables.wrapped(
            _(
                "Not done {mark}: {count}. It is owed no more; the days late are those of that day."
            ).format(mark=ended_words(last), count=number(len(left)))
        )
        yield from _Table(on, rules.city, left).lines([("", left)])


def _heading(about: str, rows: Sequence[Due], on: date) -> str:
    if not rows:
        return _("{about}: nothing to do").format(about=about)
    late = sum(bool(one.overdue_days(on)) for one in rows)
    return _("{about}: {count} to do, {late} late").format(
        about=about, count=number(len(rows)), late=number(late)
    )


class _Table:
    """Rows as tables under headings, each row with the number of its ground, which are below.

    Below each of the ``own`` rows is what to type.
    """

    def __init__(self, on: date, city: bool, rows: Sequence[Due], own: Sequence[Due] = ()) -> None:
        self.on, self.city, self.rows, self.own = on, city, rows, own
        self.worst = max((one.overdue_days(on) or 0 for one in rows), default=0)
        sources = dict.fromkeys(one.source for one in rows)
        self.numbers = {source: place for place, source in enumerate(sources, 1)}
        names = [one.club_name for one in rows if one.club_name]
        alone = len(set(names)) < 2
        self.opening = common_opening(names) if tables.is_terminal() and not alone else ""
        times = Counter(name for _club, name in {(one.club, one.club_name) for one in rows})
        self.alike = {name for name, count in times.items() if count > 1}
        self.several = len({one.commune for one in rows if one.commune}) > 1

    def lines(self, groups: Iterable[tuple[str, Sequence[Due]]]) -> Iterator[str]:
        """Yield each group's heading and table, then the grounds and notes of all."""
        for heading, rows in groups:
            if rows:
                yield ""
                if heading:
                    yield tables.paint(f"{heading}:", None, bold=True)
                yield from self._group(rows, own=rows is self.own)
        if not self.rows:
            return
        yield ""
        if self.opening:
            yield _("… is “{opening}”").format(opening=self.opening.strip())
        for source, place in self.numbers.items():
            yield from tables.wrapped(f"[{place}] {source}")
        notes = (
            one.note if one.due_on else f"{task_words(one)}: {one.note}"
            for one in self.rows
            if one.note
        )
        for note in dict.fromkeys(notes):
            yield from tables.wrapped(f"· {note}")

    def _group(self, rows: Sequence[Due], *, own: bool) -> Iterator[str]:
        """Yield rows as a table: with the clubs where there are any, and with who does them."""
        clubs = any(one.club for one in rows)
        several = not own and clubs
        headings = [_("Due"), _("Days late"), _("To do")]
        headings += [
            *([_("Name of the club")] if clubs else []),
            *([_("Who")] if several else []),
            _("Ground"),
        ]
        lines: list[tables.Line] = []
        for one in rows:
            cells = [*self._cells(one), *([self._club(one, own)] if clubs else [])]
            cells += [role_names(one.doers, city=self.city)] if several else []
            lines.append([*cells, f"[{self.numbers[one.source]}]"])
            if own and not advice.from_a_menu() and (command := command_for(one)):
                lines.append(tables.Across(f"→ {command}", whole=True))
        yield from tables.table(headings, lines, right=[1], most={0: DAY}, folded=True)

    def _cells(self, one: Due) -> list[object]:
        """Return a row's first cells: late ones in colour, with a bar after the days."""
        late = one.overdue_days(self.on)
        shown = number(late) if late else ""
        if late and tables.draws():
            shown += " " + tables.bar(late, self.worst, BAR)
        soon = one.due_on is not None and (one.due_on - self.on).days <= SOON_DAYS
        colour = "red" if late else "yellow" if soon else None
        if one.ended is not None:
            colour = None
        return [
            tables.Painted(dmy(one.due_on) if one.due_on else _("no day stipulated"), colour),
            tables.Painted(shown, colour),
            task_words(one),
        ]

    def _club(self, one: Due, own: bool) -> str:
        """Return which club: by name where the command below has its id, else by both."""
        if one.club is None:
            return ""
        name = shortened(one.club_name or "", self.opening)
        if one.commune and (self.several or one.club_name in self.alike):
            name = f"{name}, {one.commune}"
        # The id is for whoever types a command, and where no command below the row has it.
        typed = not (own and (one.step or STEPS.get(one.kind))) and not advice.from_a_menu()
        return f"{one.club} {name}" if typed else name


def command_for(one: Due) -> str | None:
    """Return what is typed for a task: its step, a report, or that an inspection was made.

    It is in the words of the language in use. ``None`` for what nobody types, such as a course of
    the whole province.
    """
    if one.club is not None and one.step is not None:
        return _("clb advance {club} {step}").format(club=one.club, step=one.step)
    step = STEPS.get(one.kind)
    if one.club is not None and step is not None:
        return _("clb advance {club} {step}").format(
            club=one.club, step=_typed(step_name(step), step)
        )
    if one.report is None or one.period is None:
        return None
    command = _("clb report build {province} {report} --period {period}")
    if one.kind is TaskKind.INSPECTION:
        command = _("clb report sent {province} {report} --period {period}")
    period = _typed(period_name(one.period), one.period)
    province = one.mark.partition(".")[0]
    return command.format(province=province, report=one.report, period=period)


def _typed(word: str, id_: str) -> str:
    """Return how an id is typed: in Vietnamese as the words people say, which need quotes."""
    if language() != "vi":
        return id_
    return advice.typed(word)


def _write(path: "Path", days: list[WholeDay], rows: list[Due], on: date, rules: Rules) -> str:
    """Write the days into a calendar file and return what is in it, as a sentence."""
    from engine.files import write_file

    name = _("Clubs of {province}").format(province=rules.policy.name)
    write_file(path, calendar(days, on, name))
    dated = sum(one.due_on is not None for one in rows)
    return _("{path}: {count} days written, {left} tasks without a day left out.").format(
        path=path, count=dated, left=len(rows) - dated
    )
