"""``clb board``: who leads a club (Ban Chủ nhiệm)."""

from typing import Any

import click

from engine.cli import tables
from engine.cli.asked import asked_argument, asked_option
from engine.cli.command import group
from engine.cli.context import Context, pass_context
from engine.cli.meant_club import club_id, meant_club
from engine.cli.run_step import record, recorded
from engine.cli.step import show_outcome
from engine.errors import RefusedError
from engine.i18n import _
from engine.labels import post_name
from engine.model import AFTER_DECISION
from engine.reports import clubs
from engine.vietnamese.text import clean, dmy


@group(help=_("The club's board (Ban Chủ nhiệm)."))
def board() -> None:
    """Hold the commands about boards."""


@board.command("set", help=_("Name the board of a club that has no decision yet."))
@asked_argument("named", metavar="CLUB")
@asked_option("--chair", help=_("Name or member id of the chair"))
@asked_option("--vice", help=_("Name or member id of the vice chair"))
@click.option("--secretary", default=None, help=_("Name or member id of the secretary"))
@click.option("--treasurer", default=None, help=_("Name or member id of the treasurer"))
@click.option(
    "--member", "members", multiple=True, help=_("Name or member id of another member; repeatable")
)
@recorded
@pass_context
def set_(
    context: Context,
    named: str | None,
    chair: str | None,
    vice: str | None,
    secretary: str | None,
    treasurer: str | None,
    members: tuple[str, ...],
    on: str | None,
    acks: tuple[str, ...],
) -> None:
    """Record the board that is proposed; at a terminal what is missing is asked for."""
    club = meant_club(context, named)
    form: dict[str, Any] = {
        "chair": chair,
        "vice": vice,
        "secretary": secretary,
        "treasurer": treasurer,
        "members": [clean(name) for name in members] or None,
    }
    try:
        outcome = record(context, club, "set_board", form, on=on, acks=acks)
    except RefusedError as error:
        if club.state in AFTER_DECISION:
            error.help = _("After the decision the committee changes the board: {command}").format(
                command=f"clb advance {club.id} change_board"
            )
        raise
    show_outcome(context, outcome)


@board.command(help=_("Who is on a club's board."))
@click.argument("named", metavar="CLUB")
@pass_context
def show(context: Context, named: str) -> None:
    """Show a board."""
    registry = context.registry
    seats = clubs.board(registry.store, registry.lifecycle.club(club_id(context, named)))
    context.answer(
        seats,
        lambda: tables.table(
            [_("Post"), _("Name"), _("Id"), _("Since")],
            (
                (post_name(one.post), one.name or _("(erased)"), one.person, dmy(one.since))
                for one in seats
            ),
        ),
    )
