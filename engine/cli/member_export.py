"""``clb member export`` and ``template``: lists for people, as Excel and CSV files."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from engine import codes
from engine.cli import roster_view
from engine.cli.club import club_id
from engine.cli.context import Context, pass_context
from engine.cli.progress_bar import busy
from engine.cli.run_step import take
from engine.errors import ClbError, InputError
from engine.i18n import _
from engine.lifecycle import Outcome
from engine.model import Club
from engine.roster.members import Member, listed
from engine.vietnamese.text import dmy


@click.command(help=_("Write the member list as .xlsx or .csv, identifiers hidden."))
@click.argument("named", metavar="CLUB")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--full",
    is_flag=True,
    help=_("With whole identity and phone numbers; the log keeps who took them out"),
)
@click.option("--reason", default=None, help=_("What the full list is needed for"))
@pass_context
def export(context: Context, named: str, path: Path, full: bool, reason: str | None) -> None:
    """Write a list to a file."""
    if full and not reason:
        reason = _ask_reason(context)
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    members = listed(context.registry.store, club.id, lifecycle.today())
    outcome: Outcome | None = None
    with busy(context, _("Members being written"), len(members)):
        if full:
            with _held_back(path) as held:
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
        "event": roster_view.event(outcome.event if outcome else None),
    }
    written = _("Written: {path}, members: {count}").format(path=path, count=len(members))
    context.answer(data, lambda: written)


@click.command(help=_("Write an empty list to fill in (.xlsx or .csv)."))
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@pass_context
def template(context: Context, path: Path) -> None:
    """Write an empty list."""
    from engine.roster.writer import write_template

    write_template(path)
    context.answer({"file": str(path)}, lambda: _("Written: {path}").format(path=path))


def _ask_reason(context: Context) -> str:
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


@contextmanager
def _held_back(path: Path) -> Iterator[Path]:
    """Yield a file to write, which becomes ``path`` only when the block ends well.

    So a list that the log does not have is never left behind, and a refused one is gone.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".clb-", dir=path.parent) as folder:
            held = Path(folder, path.name)
            yield held
            held.replace(path)
    except OSError as error:
        raise ClbError(
            _("“{name}” cannot be written.").format(name=path),
            help=_("Close it in Excel, check the folder and the free space, and try again."),
            code=codes.ROSTER_WRITE,
        ) from error
