"""``clb member add``, ``edit`` and ``leave``: one person at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import click

from engine import codes
from engine.cli import roster_view
from engine.cli.club import club_id
from engine.cli.context import Context, day, findings, pass_context
from engine.cli.run_step import recorded, take
from engine.errors import InputError, RefusedError
from engine.i18n import _
from engine.labels import CIRCUMSTANCES
from engine.lifecycle import Outcome
from engine.lifecycle.people import NewMember, RosterWork, member_id
from engine.model import Club
from engine.roster import importing
from engine.roster.importing import OnList
from engine.roster.members import Member, active
from engine.vietnamese.text import clean

Command = TypeVar("Command", bound=Callable[..., Any])


class Sex(click.Choice[str]):
    """A sex by its letter, or in Vietnamese."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return F or M. Fails as a choice does."""
        said = clean(str(value)).casefold()
        return super().convert({"nữ": "F", "nam": "M"}.get(said, said), param, ctx)


def described(*, required: bool) -> Callable[[Command], Command]:
    """Give a command the options that describe a person; name, sex and birth may be required."""
    options = (
        click.option("--name", required=required, help=_("Family, middle and given name")),
        click.option(
            "--sex",
            required=required,
            type=Sex(("F", "M"), case_sensitive=False),
            metavar="F|M",
            help=_("F: female, M: male"),
        ),
        click.option("--born", required=required, help=_("1950, 05/1950 or 02/05/1950")),
        click.option(
            "--circumstance",
            type=click.Choice((*CIRCUMSTANCES, "none")),
            help=_("Poor, near-poor or in difficulty"),
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


@click.command(help=_("Add one member."))
@click.argument("named", metavar="CLUB")
@described(required=True)
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
    new = NewMember(**details(given, day(on) or lifecycle.today()))
    there = active(context.registry.store, club.id)
    person = importing.who(new.name, new.born)
    twins = [one for one in there if one.name and importing.who(one.name, one.born) == person]
    if twins and not keep_duplicates:
        _ask_about(context, new, twins)
    outcome = _take(context, club, "added", OnList(there, RosterWork(added=[new])), on, acks)
    assert outcome.event is not None
    _show(context, club, outcome, outcome.event.effects.roster[0].member)


def _ask_about(context: Context, new: NewMember, twins: Sequence[Member]) -> None:
    """Ask whether somebody of that name and birth year is another person."""
    message = _("{name}, born {year}, is on the club's list already: {members}.").format(
        name=new.name, year=new.born[:4], members=", ".join(one.id for one in twins)
    )
    if context.interactive:
        context.message(message)
        if click.confirm(_("Are they different people?"), err=True):
            return
    raise RefusedError(
        message,
        code=codes.ROSTER_DUPLICATES,
        help=_("If they are different people, add --keep-duplicates."),
    )


@click.command(help=_("Change what is known of a member; what is not given stays as it is."))
@click.argument("named", metavar="CLUB")
@click.argument("who", metavar="MEMBER")
@described(required=False)
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
    if one.name is None:
        raise RefusedError(
            _("The personal data of {member} was erased and is not written again.").format(
                member=one.id
            ),
            code=codes.MEMBER_ERASED,
            help=_("If the member agrees to be on the list, add the member anew."),
        )
    before = importing.as_new(one)
    wanted = replace(before, **details(given, day(on) or lifecycle.today()))
    if wanted == before:
        raise InputError(
            _("Nothing about {name} would change.").format(name=one.name),
            code=codes.USAGE,
            help="clb member edit --help",
        )
    outcome = _take(context, club, "changed", OnList(there, RosterWork(changed=[wanted])), on, acks)
    _show(context, club, outcome, one.id)


@click.command(help=_("Record that a member left the club."))
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
    outcome = _take(context, club, "left", prepare, on, acks, reason)
    _show(context, club, outcome, one.id, one)
    roster_view.warn_board(context, club.id, [one.id])


def _meant(context: Context, club: Club, who: str) -> tuple[tuple[Member, ...], Member]:
    """Return the club's list and the one member meant. Raises ``InputError``."""
    store = context.registry.store
    wanted = member_id(store, club.id, who)
    there = active(store, club.id)
    return there, next(one for one in there if one.id == wanted)


def _take(
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


def _show(
    context: Context, club: Club, outcome: Outcome, member: str, gone: Member | None = None
) -> None:
    """Answer with the member as the list has it now, or had it until the member left."""
    there = active(context.registry.store, club.id)
    shown = gone or next(one for one in there if one.id == member)
    data = {
        "club": club.id,
        "member": roster_view.row(shown),
        "event": roster_view.event(outcome.event),
        "findings": findings(outcome.findings),
    }
    for warning in outcome.warnings:
        context.message(warning)
    sentence = _("Left: {name} ({member})") if gone else _("Recorded: {name} ({member})")
    context.answer(data, lambda: sentence.format(name=shown.name or _("(erased)"), member=shown.id))
