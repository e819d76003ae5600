"""``clb member``: a club's list of members."""

import click

from engine.cli import roster_view
from engine.cli.club import club_id
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.member_edit import add, edit, leave
from engine.cli.member_export import export, template
from engine.cli.member_import import import_
from engine.cli.run_step import recorded, take
from engine.cli.step import show_outcome
from engine.i18n import _
from engine.roster.members import in_order, listed


@click.group(help=_("Member lists: import, add, edit, list."))
def member() -> None:
    """Hold the commands about members."""


for command in (import_, add, edit, leave):
    member.add_command(command)


@member.command("list", help=_("Who is on a club's list."))
@click.argument("named", metavar="CLUB")
@click.option("--on", "on", default=None, help=ON)
@pass_context
def list_(context: Context, named: str, on: str | None) -> None:
    """Show a list."""
    when = day(on) or context.registry.lifecycle.today()
    found = in_order(listed(context.registry.store, club_id(context, named), when))
    context.answer([roster_view.row(one) for one in found], lambda: roster_view.list_text(found))


member.add_command(export)
member.add_command(template)


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
    if context.interactive:
        click.confirm(
            _("Erase the personal data of {name}? It cannot be brought back.").format(name=who),
            abort=True,
            err=True,
        )
    outcome = take(context, club, "erase", {"member": who, "reason": reason}, on=on, acks=acks)
    show_outcome(context, outcome)
