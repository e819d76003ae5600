"""``clb member``: a club's list of members, one person at a time or a whole list."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from engine import codes
from engine.cli import tables
from engine.cli.asked import asked_argument, asked_option
from engine.cli.command import group
from engine.cli.context import ON, Context, day, findings, pass_context
from engine.cli.files import PATH
from engine.cli.meant_club import club_id, meant_club
from engine.cli.member_change import event_data, warn_of_board
from engine.cli.member_import import import_
from engine.cli.pick import pick
from engine.cli.progress_bar import busy
from engine.cli.prompt import yes
from engine.cli.run_step import record, recorded, take
from engine.cli.step import show_outcome
from engine.cli.typed import Choice
from engine.errors import InputError, RefusedError
from engine.files import replacing
from engine.i18n import _
from engine.labels import CIRCUMSTANCES, SEXES
from engine.lifecycle import people
from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.people import Member, RosterWork
from engine.model import Club
from engine.roster import plan as planning
from engine.roster.columns import ANSWERED, COLUMNS, hidden
from engine.roster.members import active, in_order, listed
from engine.roster.plan import OnList
from engine.vietnamese.dates import born_text

Command = TypeVar("Command", bound=Callable[..., Any])
FULL = _("With whole identity and phone numbers; the log keeps who took them out")
REASON = _("What the full list is needed for")


@group(help=_("Member lists: import, add, edit, list."))
def member() -> None:
    """Hold the commands about members."""


member.add_command(import_)


@member.command("list", help=_("Who is on a club's list, identifiers hidden."))
@click.argument("named", metavar="CLUB")
@click.option("--on", "on", default=None, help=ON)
@click.option("--full", is_flag=True, help=FULL)
@click.option("--reason", default=None, help=REASON)
@pass_context
def list_(context: Context, named: str, on: str | None, full: bool, reason: str | None) -> None:
    """Show a list; whole numbers only to who may take them out, and the log keeps who did."""
    reason = full_reason(context, full, reason)
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    when = day(on) or lifecycle.today()
    found = in_order(listed(context.registry.store, club, when))
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


def _described(*, required: bool) -> Callable[[Command], Command]:
    """Give a command the options that describe a person; name, sex and birth may be required."""
    needed = asked_option if required else click.option
    options = (
        needed("--name", help=_("Family, middle and given name")),
        needed("--sex", type=Choice(tuple(SEXES)), help=_("The sex")),
        needed("--born", help=_("1950, 05/1950 or 02/05/1950")),
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
@asked_argument("named", metavar="CLUB")
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
    named: str | None,
    keep_duplicates: bool,
    on: str | None,
    acks: tuple[str, ...],
    **given: str | None,
) -> None:
    """Add a member; at a terminal what is missing is asked for."""
    from engine.roster.cells import details

    lifecycle = context.registry.lifecycle
    club = meant_club(context, named)
    if None in (given["name"], given["sex"], given["born"]):
        from engine.cli.ask_sheet import about_member

        given = about_member(context, club, given)
    new = Member(**details(given, day(on) or lifecycle.today()))
    there = active(context.registry.store, club)
    same = [one for one in there if planning.is_same(new.name, new.born, one)]
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
@asked_argument("named", metavar="CLUB")
@asked_argument("who", metavar="MEMBER")
@_described(required=False)
@recorded
@pass_context
def edit(
    context: Context,
    /,
    named: str | None,
    who: str | None,
    on: str | None,
    acks: tuple[str, ...],
    **given: str | None,
) -> None:
    """Change a member; at a terminal who and what is asked for."""
    from engine.roster.cells import details

    lifecycle = context.registry.lifecycle
    club = meant_club(context, named)
    there, one = _meant(context, club, who)
    if not one.name:
        raise RefusedError(
            _("The personal data of {member} was erased and is not written again.").format(
                member=one.id
            ),
            code=codes.MEMBER_ERASED,
            help=_("If the member agrees to be on the list, add the member anew."),
        )
    if context.interactive and not any(text is not None for text in given.values()):
        from engine.cli.ask_sheet import about_member

        now = {field: getattr(one, field) for field in given}
        given = about_member(
            context,
            club,
            {},
            {**now, "circumstance": one.circumstance or "none", "born": born_text(one.born)},
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
@asked_argument("named", metavar="CLUB")
@asked_argument("who", metavar="MEMBER")
@click.option("--reason", default=None, help=_("Why; the log keeps it, so name nobody in it"))
@recorded
@pass_context
def leave(
    context: Context,
    named: str | None,
    who: str | None,
    reason: str | None,
    on: str | None,
    acks: tuple[str, ...],
) -> None:
    """Let a member leave; at a terminal somebody must say that this is the one."""
    club = meant_club(context, named)
    there, one = _meant(context, club, who)
    if context.interactive and not yes(
        _("Record that {name}, born {year}, left {club}?").format(
            name=one.name, year=one.born[:4], club=club.name
        )
    ):
        raise click.Abort
    prepare = OnList(there, RosterWork(left=[one.id]))
    outcome = _change(context, club, "left", prepare, on, acks, reason)
    _answer_one(context, club, outcome, one.id, one)
    warn_of_board(context, club, [one.id])


def _meant(context: Context, club: Club, who: str | None) -> tuple[tuple[Member, ...], Member]:
    """Return the club's list and the one member meant; at a terminal who was not named is asked.

    Raises ``InputError``.
    """
    store = context.registry.store
    if who is None:
        from engine.cli.ask_sheet import which_member

        who = which_member(context, club)
    found = people.find(store, club, who)
    if len(found) != 1:
        error, may_be = people.unclear(store, club, who)
        found = [pick(context, error, may_be)]
    wanted = found[0].id
    there = active(store, club)
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
    there = active(context.registry.store, club)
    shown = gone or next(one for one in there if one.id == member)
    data = {
        "club": club.id,
        "member": _member(hidden(shown)),
        "event": event_data(outcome.event),
        "findings": findings(outcome.findings),
    }
    for warning in outcome.warnings:
        context.message(warning)
    sentence = _("Left: {name} ({member})") if gone else _("Recorded: {name} ({member})")
    who = sentence.format(name=shown.name or _("(erased)"), member=shown.id)
    where = f"  {club.name}, {club.village}, {club.commune} ({club.id})"
    context.answer(data, lambda: [*tables.findings(outcome.unacknowledged), who, where])


@member.command(help=_("Write the member list as .xlsx or .csv, identifiers hidden."))
@click.argument("named", metavar="CLUB")
@click.argument("path", metavar="FILE", type=PATH)
@click.option("--full", is_flag=True, help=FULL)
@click.option("--reason", default=None, help=REASON)
@pass_context
def export(context: Context, named: str, path: Path, full: bool, reason: str | None) -> None:
    """Write a list to a file."""
    reason = full_reason(context, full, reason)
    from engine.roster.writer import LIST, list_suffix, write_club_list

    list_suffix(path)
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    if not full:
        # Names leave the house too: only whoever could take the full list may take this one.
        lifecycle.require_may(club.id, "export", officer=context.officer)
    members = listed(context.registry.store, club, lifecycle.today())
    outcome: Outcome | None = None
    with busy(context, _("Members being written"), len(members)):
        if full:
            with replacing(path, LIST) as held:
                write_club_list(held, club, members, lifecycle.today(), full=True)
                form = {"rows": len(members), "reason": reason}
                outcome = take(context, club, "export", form, on=None, acks=())
        else:
            write_club_list(path, club, members, lifecycle.today(), full=False)
    data = {
        "club": club.id,
        "file": str(path),
        "rows": len(members),
        "full": full,
        "event": event_data(outcome.event if outcome else None),
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


def full_reason(context: Context, full: bool, reason: str | None) -> str | None:
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


@member.command(
    help=_("Erase a member's name, numbers and address for good; counts and the log stay.")
)
@asked_argument("named", metavar="CLUB")
@asked_argument("who", metavar="MEMBER")
@asked_option("--reason", help=_("Why; the log keeps it, so name nobody in it"))
@recorded
@pass_context
def erase(
    context: Context,
    named: str | None,
    who: str | None,
    reason: str | None,
    on: str | None,
    acks: tuple[str, ...],
) -> None:
    """Erase personal data; at a terminal what is missing is asked for."""
    club = meant_club(context, named)
    given = {"member": who, "reason": reason}
    form = {path: text for path, text in given.items() if text is not None}
    question = _("Erase the personal data of {name}? It cannot be brought back.")
    complete = len(form) == len(given)
    if complete and context.interactive and not yes(question.format(name=who)):
        raise click.Abort
    show_outcome(context, record(context, club, "erase", form, on=on, acks=acks))


def _member(member: Member) -> dict[str, Any]:
    """Return a member as the contract lists one."""
    fields = {field: getattr(member, field) for field in ANSWERED}
    return {"id": member.id, **fields, "name": member.name or None}


def _named(member: Member) -> Member:
    return replace(member, name=member.name or _("(erased)"))


def _list_text(members: Iterable[Member]) -> Iterator[str]:
    """Yield a list as a table; at a terminal a village that is everybody's is written once."""
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
