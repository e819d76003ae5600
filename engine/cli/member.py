"""``clb member``: a club's list of members, one person at a time or a whole list."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from engine import codes
from engine.cli import tables
from engine.cli.club import club_id, composition_text
from engine.cli.command import group
from engine.cli.context import ON, Context, day, findings, pass_context
from engine.cli.files import PATH
from engine.cli.pick import pick
from engine.cli.progress_bar import busy, counting
from engine.cli.prompt import yes
from engine.cli.run_step import recorded, take
from engine.cli.step import show_outcome
from engine.cli.typed import Choice
from engine.errors import ClbError, InputError, RefusedError
from engine.files import read_file, replacing
from engine.i18n import _
from engine.labels import CIRCUMSTANCES, SEXES, circumstance_name, sex_name
from engine.lifecycle import Outcome, people
from engine.lifecycle.people import Member, RosterWork
from engine.model import Club, Composition, Event, Finding
from engine.reports import clubs
from engine.roster import plan as planning
from engine.roster.columns import ANSWERED, COLUMNS, hidden
from engine.roster.members import active, counted, in_order, listed
from engine.roster.model import ListColumn, Reading
from engine.roster.plan import Namesakes, OnList, Plan
from engine.rules.composition import findings as composition_findings
from engine.vietnamese.text import dmy

Command = TypeVar("Command", bound=Callable[..., Any])
ENCODINGS = ("utf-8", "utf-16", "tcvn3")
COUNTS = ("members", "women", "elderly", "young", "poor", "near_poor", "difficult")
FULL = _("With whole identity and phone numbers; the log keeps who took them out")
REASON = _("What the full list is needed for")
SHOWN = 20
"""Namesakes that are shown, and asked about; more of them are not a question any more."""


@group(help=_("Member lists: import, add, edit, list."))
def member() -> None:
    """Hold the commands about members."""


@member.command("list", help=_("Who is on a club's list, identifiers hidden."))
@click.argument("named", metavar="CLUB")
@click.option("--on", "on", default=None, help=ON)
@click.option("--full", is_flag=True, help=FULL)
@click.option("--reason", default=None, help=REASON)
@pass_context
def list_(context: Context, named: str, on: str | None, full: bool, reason: str | None) -> None:
    """Show a list; whole numbers only to who may take them out, and the log keeps who did."""
    reason = _reason(context, full, reason)
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    when = day(on) or lifecycle.today()
    found = in_order(listed(context.registry.store, club.id, when))
    if full:
        outcome = take(
            context, club, "export", {"rows": len(found), "reason": reason}, on=None, acks=()
        )
        assert outcome.event is not None
        context.message(
            _("Whole numbers shown; the log keeps who saw them: event {seq}.").format(
                seq=outcome.event.seq
            )
        )
    shown = found if full else [hidden(one) for one in found]
    context.answer([_member(one) for one in shown], lambda: _list_text(shown))


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the officer chose about the list."""

    replacing: bool
    skip_bad: bool
    keep_duplicates: bool
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Import:
    """One list on its way into one club."""

    context: Context
    club: Club
    on: date
    path: Path
    reading: Reading
    choices: _Choices


@member.command("import", help=_("Read a member list (.xlsx, .xls, .csv) into a club."))
@click.argument("named", metavar="CLUB")
@click.argument("path", metavar="FILE", type=PATH)
@click.option(
    "--replace",
    "replacing",
    is_flag=True,
    help=_("The file is the whole list: who is not in it leaves the club"),
)
@click.option("--dry-run", is_flag=True, help=_("Only report what would happen"))
@click.option(
    "--encoding", type=click.Choice(ENCODINGS), default=None, help=_("The encoding of the file")
)
@click.option("--skip-bad", is_flag=True, help=_("Leave out the rows that cannot be read"))
@click.option(
    "--keep-duplicates",
    is_flag=True,
    help=_("People of one name and birth year are different people"),
)
@recorded
@pass_context
def import_(
    context: Context,
    named: str,
    path: Path,
    replacing: bool,
    dry_run: bool,
    encoding: str | None,
    skip_bad: bool,
    keep_duplicates: bool,
    on: str | None,
    acks: tuple[str, ...],
) -> int:
    """Import a list."""
    if replacing and skip_bad:
        raise InputError(
            _("--replace and --skip-bad do not go together: who stands in a bad row would leave."),
            code=codes.USAGE,
            help=_("Mend the rows in the file first."),
        )
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    when = day(on) or lifecycle.today()
    reading = _read_file(context, path, min(when, lifecycle.today()), encoding)
    choices = _Choices(replacing, skip_bad, keep_duplicates, dry_run)
    return _import(_Import(context, club, when, path, reading, choices), acks)


def _read_file(context: Context, path: Path, on: date, encoding: str | None) -> Reading:
    """Read the file; at a terminal, text in an old font is converted once somebody agrees."""
    from engine.roster.reader import read

    with counting(context, _("Rows read")) as progress:
        try:
            return read(path, on=on, encoding=encoding, progress=progress)
        except InputError as error:
            if error.code != codes.ROSTER_TCVN3 or not context.interactive:
                raise
            context.message(error.message)
            if not yes(_("Is the second text right?")):
                raise
        return read(path, on=on, encoding="tcvn3", progress=progress)


def _import(job: _Import, acks: tuple[str, ...]) -> int:
    context, choices = job.context, job.choices
    members = active(context.registry.store, job.club.id)
    fields = planning.known_fields(job.reading.columns)

    def worked_out(without: frozenset[int] = frozenset()) -> Plan:
        return planning.plan(
            job.reading.people,
            members,
            fields=fields,
            replacing=choices.replacing,
            without=without,
        )

    plan = worked_out()
    duplicates, error = plan.duplicates, _obstacle(job, plan)
    if error is not None and error.code == codes.ROSTER_DUPLICATES and _asks(job, duplicates):
        plan, error = worked_out(_ask(duplicates, choices.replacing)), None
    outcome = None
    if (
        error is None
        and not plan.is_idle
        and not (choices.dry_run and not context.settings.officer)
    ):
        outcome = _record(job, plan, OnList(members, plan.work(members)), acks)
    _answer_import(job, plan, duplicates, outcome, error)
    if error is None:
        return 0
    return error.exit_code if context.settings.json else context.fail(error)


def _obstacle(job: _Import, plan: Plan) -> ClbError | None:
    """Return what keeps the list from being imported as it is."""
    bad = len({one.row for one in job.reading.rejected})
    if bad and not job.choices.skip_bad:
        return RefusedError(
            _("Rows that cannot be read: {count}. Nothing was imported.").format(count=bad),
            code=codes.ROSTER_REJECTED,
            help=_("Mend them in the file, or leave them out with --skip-bad."),
        )
    if not job.reading.people:
        return InputError(
            _("“{name}” names nobody.").format(name=job.path.name),
            code=codes.ROSTER_NOBODY,
            help=_("Write one person a row under the headings."),
        )
    if plan.duplicates and not job.choices.keep_duplicates:
        return RefusedError(
            _("People who seem to stand there twice: {count}. Nothing was imported.").format(
                count=len(plan.duplicates)
            ),
            code=codes.ROSTER_DUPLICATES,
            help=_(
                "Take out the rows, or say that they are different people: --keep-duplicates. "
                "If the file is the whole list anew: --replace."
            ),
        )
    return None


def _asks(job: _Import, found: Sequence[Namesakes]) -> bool:
    """Return whether to ask about each: at a terminal, and they are few enough to answer."""
    return job.context.interactive and not job.choices.dry_run and len(found) <= SHOWN


def _ask(found: Sequence[Namesakes], replacing: bool) -> frozenset[int]:
    """Ask about everybody who is there twice; return the rows that are to be left out."""
    without: set[int] = set()
    for one in found:
        click.echo(tables.safe(_namesake(one)), err=True)
        if not yes(_("Are they different people?")):
            there = bool(one.members) and not replacing
            without.update(one.rows if there else one.rows[1:])
    return frozenset(without)


def _record(job: _Import, plan: Plan, prepare: OnList, acks: tuple[str, ...]) -> Outcome:
    form = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "left": len(plan.left),
        "file": hashlib.sha256(read_file(job.path)).hexdigest(),
    }
    with busy(job.context, _("Members being written"), plan.taken):
        return take(
            job.context,
            job.club,
            "roster",
            form,
            on=job.on.isoformat(),
            acks=acks,
            prepare=prepare,
            dry_run=job.choices.dry_run,
        )


def _counted(job: _Import, plan: Plan, *, stored: bool) -> Composition:
    """Count the list as it is now, or as the plan would leave it."""
    gather = job.context.registry.lifecycle.gather
    now = gather.composition(job.club, job.on)
    if stored:
        return now
    assert now.elderly_age is not None
    there = listed(job.context.registry.store, job.club.id, job.on)
    return counted(planning.after(there, plan), job.on, now.elderly_age)


def _answer_import(
    job: _Import,
    plan: Plan,
    duplicates: Sequence[Namesakes],
    outcome: Outcome | None,
    error: ClbError | None,
) -> None:
    context, reading = job.context, job.reading
    stored = outcome is not None and outcome.event is not None
    made_of = _counted(job, plan, stored=stored)
    rules = context.provinces.rules(job.club.province)
    judged: list[Finding] = [
        *(outcome.findings if outcome else ()),
        *composition_findings(made_of, rules, job.on),
    ]
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
        "columns": _columns(reading.columns),
        "rejected": reading.rejected,
        "duplicates": _namesakes(duplicates),
        "remarks": reading.remarks,
        "composition": {name: getattr(made_of, name) for name in COUNTS},
        "findings": findings(judged),
        "event": _event(outcome.event if outcome else None),
    }
    if error is not None:
        data["error"] = {"code": error.code, "message": error.message, "help": error.help}

    def text() -> Iterator[str]:
        if job.choices.dry_run:
            yield from _columns_text(reading)
        if reading.rejected:
            yield from _rejected_text(reading)
        yield from _namesakes_text(duplicates)
        yield from reading.remarks
        if error is None:
            yield _sentence(plan, job.choices.dry_run)
        if error is None or job.choices.dry_run:
            yield composition_text(made_of, rules, job.on)
            yield from tables.findings(judged)

    context.answer(data, text)
    if outcome is not None and stored:
        _warn_of_board(context, job.club.id, plan.left)
        for warning in outcome.warnings:
            context.message(warning)


def _sentence(plan: Plan, dry_run: bool) -> str:
    sentence = (
        _("Would be imported: {taken} (new {added}, changed {changed}); would leave: {left}.")
        if dry_run
        else _("Imported: {taken} (new {added}, changed {changed}); left: {left}.")
    )
    return sentence.format(
        taken=plan.taken, added=len(plan.added), changed=len(plan.changed), left=len(plan.left)
    )


def _described(*, required: bool) -> Callable[[Command], Command]:
    """Give a command the options that describe a person; name, sex and birth may be required."""
    options = (
        click.option("--name", required=required, help=_("Family, middle and given name")),
        click.option(
            "--sex",
            required=required,
            type=Choice(tuple(SEXES)),
            help=_("The sex"),
        ),
        click.option("--born", required=required, help=_("1950, 05/1950 or 02/05/1950")),
        click.option(
            "--circumstance",
            type=Choice((*CIRCUMSTANCES, "none")),
            help=_("The household"),
        ),
        click.option("--village", help=_("The village")),
        click.option("--id-number", help=_("Identity number (CCCD)")),
        click.option("--phone", help=_("Phone number")),
        click.option("--note", help=_("A note")),
    )

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@member.command(help=_("Add one member."))
@click.argument("named", metavar="CLUB")
@_described(required=True)
@click.option(
    "--keep-duplicates",
    is_flag=True,
    help=_("People of one name and birth year are different people"),
)
@recorded
@pass_context
def add(
    context: Context,
    /,
    named: str,
    keep_duplicates: bool,
    on: str | None,
    acks: tuple[str, ...],
    **given: str | None,
) -> None:
    """Add a member."""
    from engine.roster.cells import details

    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    new = Member(**details(given, day(on) or lifecycle.today()))
    there = active(context.registry.store, club.id)
    person = planning.who(new.name, new.born)
    same = [one for one in there if one.name and planning.who(one.name, one.born) == person]
    if same and not keep_duplicates:
        _ask_about(context, new, same)
    outcome = _change(context, club, "added", OnList(there, RosterWork(added=[new])), on, acks)
    assert outcome.event is not None
    _answer_one(context, club, outcome, outcome.event.effects.roster[0].member)


def _ask_about(context: Context, new: Member, same: Sequence[Member]) -> None:
    """Ask whether somebody of that name and birth year is another person."""
    message = _("{name}, born {year}, is on the club's list already: {members}.").format(
        name=new.name, year=new.born[:4], members=", ".join(one.id for one in same)
    )
    if context.interactive:
        context.message(message)
        if yes(_("Are they different people?")):
            return
    raise RefusedError(
        message,
        code=codes.ROSTER_DUPLICATES,
        help=_("If they are different people, add --keep-duplicates."),
    )


@member.command(help=_("Change what is known of a member; what is not given stays as it is."))
@click.argument("named", metavar="CLUB")
@click.argument("who", metavar="MEMBER")
@_described(required=False)
@recorded
@pass_context
def edit(
    context: Context,
    /,
    named: str,
    who: str,
    on: str | None,
    acks: tuple[str, ...],
    **given: str | None,
) -> None:
    """Change a member."""
    from engine.roster.cells import details

    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    there, one = _meant(context, club, who)
    if not one.name:
        raise RefusedError(
            _("The personal data of {member} was erased and is not written again.").format(
                member=one.id
            ),
            code=codes.MEMBER_ERASED,
            help=_("If the member agrees to be on the list, add the member anew."),
        )
    wanted = replace(one, **details(given, day(on) or lifecycle.today()))
    if wanted == one:
        raise InputError(
            _("Nothing about {name} would change.").format(name=one.name),
            code=codes.USAGE,
            help="clb member edit --help",
        )
    outcome = _change(
        context, club, "changed", OnList(there, RosterWork(changed=[wanted])), on, acks
    )
    _answer_one(context, club, outcome, one.id)


@member.command(help=_("Record that a member left the club."))
@click.argument("named", metavar="CLUB")
@click.argument("who", metavar="MEMBER")
@click.option("--reason", default=None, help=_("Why; the log keeps it, so name nobody in it"))
@recorded
@pass_context
def leave(
    context: Context,
    named: str,
    who: str,
    reason: str | None,
    on: str | None,
    acks: tuple[str, ...],
) -> None:
    """Let a member leave."""
    club = context.registry.lifecycle.club(club_id(context, named))
    there, one = _meant(context, club, who)
    prepare = OnList(there, RosterWork(left=[one.id]))
    outcome = _change(context, club, "left", prepare, on, acks, reason)
    _answer_one(context, club, outcome, one.id, one)
    _warn_of_board(context, club.id, [one.id])


def _meant(context: Context, club: Club, who: str) -> tuple[tuple[Member, ...], Member]:
    """Return the club's list and the one member meant. Raises ``InputError``."""
    store = context.registry.store
    found = people.find(store, club.id, who)
    if len(found) != 1:
        error, may_be = people.unclear(store, club.id, who)
        found = [pick(context, error, may_be)]
    wanted = found[0].id
    there = active(store, club.id)
    return there, next(one for one in there if one.id == wanted)


def _change(
    context: Context,
    club: Club,
    what: str,
    prepare: OnList,
    on: str | None,
    acks: tuple[str, ...],
    reason: str | None = None,
) -> Outcome:
    form: dict[str, Any] = {"added": 0, "changed": 0, "left": 0, what: 1, "reason": reason}
    return take(context, club, "roster", form, on=on, acks=acks, prepare=prepare)


def _answer_one(
    context: Context, club: Club, outcome: Outcome, member: str, gone: Member | None = None
) -> None:
    """Answer with the member as the list has it now, or had it until the member left."""
    there = active(context.registry.store, club.id)
    shown = gone or next(one for one in there if one.id == member)
    data = {
        "club": club.id,
        "member": _member(hidden(shown)),
        "event": _event(outcome.event),
        "findings": findings(outcome.findings),
    }
    for warning in outcome.warnings:
        context.message(warning)
    sentence = _("Left: {name} ({member})") if gone else _("Recorded: {name} ({member})")
    context.answer(data, lambda: sentence.format(name=shown.name or _("(erased)"), member=shown.id))


@member.command(help=_("Write the member list as .xlsx or .csv, identifiers hidden."))
@click.argument("named", metavar="CLUB")
@click.argument("path", metavar="FILE", type=PATH)
@click.option("--full", is_flag=True, help=FULL)
@click.option("--reason", default=None, help=REASON)
@pass_context
def export(context: Context, named: str, path: Path, full: bool, reason: str | None) -> None:
    """Write a list to a file."""
    reason = _reason(context, full, reason)
    from engine.roster.writer import LIST, list_suffix

    list_suffix(path)
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    if not full:
        # Names leave the house too: only whoever could take the full list may take this one.
        lifecycle.require_may(club.id, "export", officer=context.officer)
    members = listed(context.registry.store, club.id, lifecycle.today())
    outcome: Outcome | None = None
    with busy(context, _("Members being written"), len(members)):
        if full:
            with replacing(path, LIST) as held:
                _write(held, club, members, context, full=True)
                form = {"rows": len(members), "reason": reason}
                outcome = take(context, club, "export", form, on=None, acks=())
        else:
            _write(path, club, members, context, full=False)
    data = {
        "club": club.id,
        "file": str(path),
        "rows": len(members),
        "full": full,
        "event": _event(outcome.event if outcome else None),
    }
    written = _("Written: {path}, members: {count}").format(path=path, count=len(members))
    context.answer(data, lambda: written)


@member.command(help=_("Write an empty list to fill in (.xlsx or .csv)."))
@click.argument("path", metavar="FILE", type=PATH)
@pass_context
def template(context: Context, path: Path) -> None:
    """Write an empty list."""
    from engine.roster.writer import write_template

    write_template(path)
    context.answer({"file": str(path)}, lambda: _("Written: {path}").format(path=path))


def _reason(context: Context, full: bool, reason: str | None) -> str | None:
    """Return why the whole numbers are needed, asked for at a terminal; ``None`` without them.

    Raises ``InputError`` where nobody can be asked, and for a reason without ``--full``.
    """
    if not full:
        if reason is not None:
            raise InputError(
                _("--reason goes with --full."), code=codes.USAGE, help='--full --reason "…"'
            )
        return None
    if reason is not None and reason.strip():
        return reason.strip()
    if context.interactive:
        return str(click.prompt(_("What the full list is needed for"), err=True))
    raise InputError(
        _("A full list is given only with a reason."),
        code=codes.FORM_MISSING,
        help='--full --reason "…"',
    )


def _write(
    path: Path, club: Club, members: tuple[Member, ...], context: Context, *, full: bool
) -> None:
    from engine.roster.writer import write_list

    title = _("Members of {club}, {village}, {commune}, on {day}").format(
        club=club.name,
        village=club.village,
        commune=club.commune,
        day=dmy(context.registry.lifecycle.today()),
    )
    named = (replace(one, name=one.name or _("(personal data erased)")) for one in members)
    write_list(path, named, full=full, title=title)


@member.command(
    help=_("Erase a member's name, numbers and address for good; counts and the log stay.")
)
@click.argument("named", metavar="CLUB")
@click.argument("who", metavar="MEMBER")
@click.option("--reason", required=True, help=_("Why; the log keeps it, so name nobody in it"))
@recorded
@pass_context
def erase(
    context: Context, named: str, who: str, reason: str, on: str | None, acks: tuple[str, ...]
) -> None:
    """Erase personal data."""
    club = context.registry.lifecycle.club(club_id(context, named))
    if context.interactive and not yes(
        _("Erase the personal data of {name}? It cannot be brought back.").format(name=who)
    ):
        raise click.Abort
    outcome = take(context, club, "erase", {"member": who, "reason": reason}, on=on, acks=acks)
    show_outcome(context, outcome)


def _member(member: Member) -> dict[str, Any]:
    """Return a member as the contract lists one."""
    fields = {field: getattr(member, field) for field in ANSWERED}
    return {"id": member.id, **fields, "name": member.name or None}


def _event(done: Event | None) -> dict[str, Any] | None:
    """Return where the log has what was done, ``None`` where nothing was recorded."""
    if done is None:
        return None
    return {
        "stream": done.stream,
        "seq": done.seq,
        "step": done.step,
        "on": done.on,
        "hash": done.hash,
    }


def _columns(found: Iterable[ListColumn]) -> list[dict[str, Any]]:
    """Return how each column was understood, by its letter."""
    return [
        {"column": _letter(one.index), "heading": one.heading, "field": one.field} for one in found
    ]


def _namesakes(found: Iterable[Namesakes]) -> list[dict[str, Any]]:
    """Return who is there more than once: rows of the file, and members of the club."""
    return [
        {"rows": one.rows, "name": one.name, "born": one.born, "members": one.members}
        for one in found
    ]


def _letter(index: int) -> str:
    """Return the letters a spreadsheet shows above a column; 0 is A."""
    letters, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


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
    }.get(field, field)


def _named(member: Member) -> Member:
    return replace(member, name=member.name or _("(erased)"))


def _list_text(members: Iterable[Member]) -> Iterator[str]:
    """Yield a list as a table; at a terminal a village that is everybody's is said once."""
    people = [_named(one) for one in members]
    villages = {one.village for one in people}
    shared = villages.pop() if tables.is_terminal() and len(villages) == 1 else None
    columns = sorted(
        (
            column
            for column in COLUMNS
            if column.field in ANSWERED and not (shared and column.field == "village")
        ),
        key=lambda column: ANSWERED.index(column.field),
    )
    rows = [
        (place, *(column.on_screen(one) for column in columns), one.id)
        for place, one in enumerate(people, start=1)
    ]
    if shared:
        yield _("Village: {village}").format(village=shared)
    labels = (_(column.label) for column in columns)
    yield from tables.table([_("No."), *labels, _("Id")], rows, right=[0, 3])


def _columns_text(reading: Reading) -> Iterator[str]:
    """Yield how each column was understood."""
    yield from tables.table(
        [_("Column"), _("Heading"), _("Taken as")],
        (
            (_letter(one.index), one.heading or "-", _field_name(one.field))
            for one in reading.columns
        ),
    )


def _rejected_text(reading: Reading) -> Iterator[str]:
    """Yield every cell that cannot be read."""
    yield from tables.table(
        [_("Row"), _("Column"), _("Found"), _("Expected")],
        ((one.row, one.column, one.found or "-", one.expected) for one in reading.rejected),
        right=[0],
    )


def _namesakes_text(found: Sequence[Namesakes]) -> Iterator[str]:
    """Yield who is there more than once, the first of them where they are many."""
    for one in found[:SHOWN]:
        yield _namesake(one)
    if len(found) > SHOWN:
        yield _("... and {count} more.").format(count=len(found) - SHOWN)


def _namesake(one: Namesakes) -> str:
    """Return who is there more than once, as a sentence."""
    rows = ", ".join(map(str, one.rows))
    if not one.members:
        return _("{name}, born {year}, stands in several rows: {rows}.").format(
            name=one.name, year=one.born, rows=rows
        )
    return _("{name}, born {year}, row {rows}, is on the club's list already: {members}.").format(
        name=one.name, year=one.born, rows=rows, members=", ".join(one.members)
    )


def _warn_of_board(context: Context, club: str, left: Iterable[str]) -> None:
    """Warn of everybody who left the list and is on the board still."""
    gone = set(left)
    for seat in clubs.board(context.registry.store, club) if gone else ():
        if seat.person in gone:
            context.message(
                _("{name} left the list and is still on the club's board.").format(
                    name=seat.name or seat.person
                )
            )
