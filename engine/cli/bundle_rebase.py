"""``clb bundle rebase``: a club that went on at both sides is settled."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import command
from engine.cli.context import ACK, Context, findings, pass_context
from engine.cli.files import PATH
from engine.cli.meant_club import club_id
from engine.cli.run_step import acknowledged
from engine.errors import InputError, RefusedError
from engine.i18n import _
from engine.model import Event

if TYPE_CHECKING:
    from engine.bundles.form import Bundle
    from engine.bundles.rebasing import Again, Settled, Wish

PROVINCE_STREAM = "province"


@command(help=_("Take a club's own steps again on top of what the other side recorded."))
@click.argument("named", metavar="CLUB")
@click.option("--from", "file", type=PATH, default=None, help=_("The other side's file"))
@click.option(
    "--leave-out", "left_out", type=int, multiple=True, help=_("Do not take this event again")
)
@click.option("--dry-run", is_flag=True, help=_("Only report what would happen"))
@ACK
@pass_context
def rebase(
    context: Context,
    named: str,
    file: Path | None,
    left_out: tuple[int, ...],
    dry_run: bool,
    acks: tuple[str, ...],
) -> int:
    """Settle a club that went on at both sides; ``province`` is the province's own records."""
    from engine.bundles.form import read
    from engine.bundles.rebasing import Wish

    stream = _stream(context, named)
    place = file or _remembered(context, stream)
    wish = Wish(context.officer, acknowledged(acks), frozenset(left_out))
    found = read(place)
    done = _rebase(context, found, stream, wish, True)
    if context.interactive and not dry_run:
        from engine.cli import ask, prompt

        context.answer({}, lambda: _settled_text(done, True))
        if done.unanswered:
            more = ask.reasons_for(done.unanswered, wish.acknowledged)
            if more is None:
                raise click.Abort
            wish = replace(wish, acknowledged={**wish.acknowledged, **more})
        if not prompt.yes(_("Take these steps again like this?")):
            raise click.Abort
    if not dry_run:
        done = _rebase(context, found, stream, wish, False)
    context.answer(
        {
            "stream": done.stream,
            "common": done.common,
            "dry_run": dry_run,
            "there": [event_row(one) for one in done.there],
            "own": [_again_row(one) for one in done.own],
        },
        lambda: _settled_text(done, dry_run),
    )
    return 0 if not done.unanswered else RefusedError.exit_code


def _rebase(
    context: Context, found: "Bundle", stream: str, wish: "Wish", dry_run: bool
) -> "Settled":
    from engine.bundles.rebasing import rebase as settle

    return settle(context.registry, found, stream, wish, dry_run=dry_run)


def _stream(context: Context, named: str) -> str:
    if named == PROVINCE_STREAM:
        return f"province:{context.province_of_officer()}"
    return f"club:{club_id(context, named)}"


def _remembered(context: Context, stream: str) -> Path:
    """Return the file in which a fork was found last. Raises ``InputError``."""
    draft = context.remembered.draft("bundle", stream)
    if draft is None:
        raise InputError(
            _("It is not known which file has the other side of it."),
            code=codes.BUNDLE_REBASE,
            help=_("Name it: {option}.").format(option=f"--from {_('FILE')}"),
        )
    return Path(draft["file"])


def _again_row(one: "Again") -> dict[str, Any]:
    return {
        **event_row(one.event),
        "again": one.seq,
        "why": one.why or None,
        "findings": findings(one.findings),
    }


def _settled_text(done: "Settled", dry_run: bool) -> Iterator[str]:
    from engine.bundles.forks import event_name

    yield from sides([one.event for one in done.own], done.there)
    for one in done.own:
        name = event_name(one.event)
        if one.seq is not None:
            yield _("✓ {event}: taken again as event {seq}").format(event=name, seq=one.seq)
        else:
            yield _("✗ {event}: not taken again: {why}").format(event=name, why=one.why)
        yield from tables.findings(one.findings)
    if dry_run:
        yield _("Nothing is changed yet.")
    else:
        yield _("What the own events were before is kept with the seals of this database.")
        yield _("Now send your file: {command}").format(command="clb bundle export")


def sides(here: Sequence[Event], there: Sequence[Event]) -> Iterator[str]:
    """Yield both sides of a fork next to each other."""

    from engine.bundles.forks import event_text

    def cell(event: Event | None) -> str:
        return "" if event is None else event_text(event)

    rows = [(cell(one), cell(other)) for one, other in zip_longest(here, there)]
    yield from tables.table([_("Here"), _("In the file")], rows, folded=True)


def event_row(event: Event) -> dict[str, Any]:
    """Return an event of a fork for JSON."""
    return {
        "seq": event.seq,
        "step": event.step,
        "on": event.on.isoformat(),
        "officer": event.officer,
        "recorded_at": event.recorded_at,
        "hash": event.hash,
    }
