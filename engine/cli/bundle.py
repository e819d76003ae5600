"""``clb bundle``: clubs as files, between computers that share no database."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli import tables
from engine.cli.bundle_import import SHOWN, import_, party
from engine.cli.bundle_rebase import rebase
from engine.cli.command import group
from engine.cli.context import Context, pass_context
from engine.cli.files import PATH
from engine.cli.meant_club import club_id
from engine.cli.officer_key import pair_of
from engine.cli.typed import OF_PROVINCE
from engine.i18n import _
from engine.vietnamese.text import dmy, number

if TYPE_CHECKING:
    from engine.bundles.keys import Pair
    from engine.bundles.making import Order
    from engine.bundles.status import Exchange


@group(help=_("Clubs as files, between computers that share no database."))
def bundle() -> None:
    """Hold the commands about files with clubs."""


bundle.add_command(import_)
bundle.add_command(rebase)


@bundle.command(help=_("Write a file for the province, or from the province for a commune."))
@click.option("--commune", default=None, help=_("The commune that sends; yours if left out"))
@click.option("--for", "to", default=None, help=_("The commune that the province sends to"))
@click.option("--club", "clubs", multiple=True, metavar="CLUB", help=_("Only this club"))
@click.option("--since", type=PATH, default=None, help=_("Only what came after this file"))
@click.option("--whole", is_flag=True, help=_("Everything: for a new computer"))
@click.option("--names", is_flag=True, help=_("With the names of members"))
@click.option(
    "--sign", is_flag=True, help=_("Sign what was recorded unsigned under your name before")
)
@click.option("--out", type=PATH, default=None, help=_("The file to write; named if left out"))
@pass_context
def export(
    context: Context,
    commune: str | None,
    to: str | None,
    clubs: tuple[str, ...],
    since: Path | None,
    whole: bool,
    names: bool,
    sign: bool,
    out: Path | None,
) -> None:
    """Write a file with clubs."""
    from engine.bundles import making
    from engine.bundles.form import read

    order = making.Order(
        officer=context.officer,
        commune=commune,
        to=to,
        clubs=tuple(club_id(context, one) for one in clubs),
        since=None if since is None else read(since),
        names=names,
        whole=whole,
    )
    pair = pair_of(context)
    if pair is not None:
        order = replace(order, sign=_signs_own(context, order, pair, sign))
    file = out or making.free_file(context.registry, order)
    made = making.make(context.registry, order, file, pair)
    if made.signed:
        from engine.bundles.cover import signed_now

        context.message(signed_now(made.signed))
    context.answer(
        {
            "file": str(file),
            "id": made.bundle.id,
            "from": party(made.bundle.sender.commune),
            "to": party(made.bundle.receiver.commune),
            "clubs": made.clubs,
            "events": len(made.bundle.lines),
            "names": made.names,
            "encrypted": made.bundle.box is not None,
            "signed": made.bundle.signature is not None,
        },
        lambda: [*made.cover.splitlines(), "", _("Written: {path}").format(path=file)],
    )


def _signs_own(context: Context, order: "Order", pair: "Pair", wished: bool) -> bool:
    """Show what was recorded unsigned in the officer's name; return whether they sign it now."""
    from engine.bundles import making
    from engine.bundles.cover import unsigned_lines
    from engine.cli import prompt

    found = making.pending(context.registry, order, pair)
    if not found:
        return False
    context.message(_("Recorded under your name and not signed: {count}").format(count=len(found)))
    for line in unsigned_lines(context.registry.store, found[:SHOWN]):
        context.message(f"  {line}")
    if len(found) > SHOWN:
        context.message(_("… and {count} more").format(count=number(len(found) - SHOWN)))
    if wished or not context.interactive:
        if not wished:
            context.message(_("If all of it is yours, sign it: {option}.").format(option="--sign"))
        return wished
    return prompt.yes(_("Did you record all of this? Then it is signed."))


@bundle.command(help=_("From whom the last file came, how old it is, what is missing."))
@OF_PROVINCE
@pass_context
def status(context: Context, province: str | None) -> None:
    """Show how far the exchange is."""
    from engine.bundles.status import status as of

    found = of(context.registry, province or context.province_of_officer())
    context.answer([_status_row(one) for one in found], lambda: _status_text(found))


def _status_row(one: "Exchange") -> dict[str, Any]:
    return {
        "with": party(one.commune),
        "clubs": one.clubs,
        "made_on": None if one.made_on is None else one.made_on.isoformat(),
        "days": one.days,
        "lacks": one.lacks,
        "apart": list(one.apart),
        "ahead": list(one.ahead),
    }


def _status_text(found: "Sequence[Exchange]") -> Iterator[str]:
    rows = [
        (
            one.commune or _("the province"),
            number(one.clubs),
            dmy(one.made_on) if one.made_on else _("never"),
            "" if one.days is None else number(one.days),
            number(one.lacks),
            ", ".join((*one.apart, *one.ahead)),
        )
        for one in found
    ]
    yield from tables.table(
        [
            _("With"),
            _("Clubs"),
            _("Last file of"),
            _("Days ago"),
            _("Not yet there"),
            _("Apart or ahead"),
        ],
        rows,
        right=[1, 3, 4],
        folded=True,
    )
