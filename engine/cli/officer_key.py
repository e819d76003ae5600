"""``clb officer key``: the key that an officer signs with, and its registration."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from engine import codes
from engine.cli import prompt, tables
from engine.cli.command import command
from engine.cli.context import Context, day, pass_context
from engine.cli.typed import OF_PROVINCE
from engine.errors import InputError
from engine.i18n import _
from engine.lifecycle.gather import unknown_officer
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.bundles.keys import Pair
    from engine.bundles.signing import Key


@command(
    name="key",
    help=_("Make the key that you sign files and steps with; register or end an officer's key."),
)
@click.option("--add", "line", default=None, metavar="TEXT", help=_("Register this public line"))
@click.option("--of", "holder", default=None, metavar="ID", help=_("Whose key it is"))
@click.option("--end", "ended", default=None, metavar="ID", help=_("End this officer's key"))
@click.option("--from", "since", default=None, help=_("From this day; today if left out"))
@click.option("--list", "listing", is_flag=True, help=_("The keys that are registered"))
@OF_PROVINCE
@pass_context
def key(
    context: Context,
    line: str | None,
    holder: str | None,
    ended: str | None,
    since: str | None,
    listing: bool,
    province: str | None,
) -> None:
    """Make, register, end or list keys."""
    from engine.bundles import keys, signing

    where = province or context.province_of_officer()
    registry = context.registry
    if line is not None:
        if holder is None:
            raise InputError(
                _("It is not known whose key it is."),
                code=codes.USAGE,
                help=_("Name it: {option}.").format(option=f"--of {_('ID')}"),
            )
        public = keys.require_public(line)
        registry.officers.add_key(where, holder, public, day(since), by=context.settings.officer)
    elif ended is not None:
        registry.officers.end_key(where, ended, day(since), by=context.settings.officer)
    elif not listing:
        _own(context, where)
        return
    found = signing.registered(registry.store, where)
    context.answer([_row(one) for one in found], lambda: _listed(found))


def _own(context: Context, province: str) -> None:
    """Show the line of whoever acts for the administrator, after a pair was made where need be."""
    from engine.bundles import keys, signing
    from engine.bundles.keyring import line_of, place

    officer, lifecycle = context.officer, context.registry.lifecycle
    if not lifecycle.officers(officer):
        raise unknown_officer(context.registry.store, officer, lifecycle.today())
    line = line_of(officer)
    known = signing.registered(context.registry.store, province)
    if line is None or any(one.public == line and one.until for one in known):
        line = keys.make(officer, _passphrase(context, officer, new=True)).public
    context.answer(
        {"officer": officer, "file": str(place(officer)), "key": line},
        lambda: [
            _("The private half is here, under your passphrase: {path}").format(
                path=place(officer)
            ),
            _("Keep a copy of it on a USB stick. Nobody can restore it or its passphrase."),
            _("Send the province's administrator this line, who registers it:"),
            f"clb officer key --add {line} --of {officer}",
        ],
        whole=True,
    )


def _passphrase(context: Context, officer: str, *, new: bool = False) -> str:
    """Return the passphrase of a key. Raises ``InputError`` where nobody can be asked."""
    from engine.bundles import keyring

    given = os.environ.get(keyring.VARIABLE)
    if given:
        return given
    if not context.interactive:
        raise InputError(
            _("The passphrase of {officer} is needed.").format(officer=officer),
            code=codes.KEY_PASSPHRASE,
            help=_("Set the environment variable {name}.").format(name=keyring.VARIABLE),
        )
    label = _("A new passphrase") if new else _("Passphrase of {officer}").format(officer=officer)
    return str(click.prompt(label, hide_input=True, confirmation_prompt=new, err=True))


def unlock(context: Context, officer: str) -> "Pair | None":
    """Open an officer's key to sign what is recorded; ``None`` where it is recorded unsigned.

    Raises ``InputError`` where the environment has a wrong passphrase.
    """
    from engine.bundles import keyring, keys

    given = keyring.from_environment(officer)
    if given is not None:
        return given
    if not context.interactive:
        context.message(
            _("Not signed: the key of {officer} is locked. To sign, set {name}.").format(
                officer=officer, name=keyring.VARIABLE
            )
        )
        return None
    label = _("Passphrase of {officer} to sign; Enter = go on without a signature")
    while True:
        typed = click.prompt(
            label.format(officer=officer), default="", show_default=False, hide_input=True, err=True
        )
        if not typed:
            return None
        try:
            return keys.load(officer, typed)
        except InputError as error:
            prompt.refuse(error)


def pair_of(context: Context) -> "Pair | None":
    """Return the pair of whoever acts, opened; ``None`` where there is none to sign with.

    One that is not registered signs nothing, which is reported. Raises ``InputError`` for a wrong
    passphrase, or where nobody can be asked for one.
    """
    from engine.bundles.keyring import is_here

    officer = context.settings.officer
    if officer is None or not context.registry.lifecycle.officers(officer) or not is_here(officer):
        return None
    ring = context.keyring
    if not ring.is_registered(officer):
        ended = ring.ended(officer)
        text = (
            _("The key of {officer} is not registered, so nothing is signed.")
            if ended is None
            else _(
                "The key of {officer} was ended from {day}, so nothing is signed. A new one: "
                "{command}."
            )
        )
        day_ = "" if ended is None else dmy(ended)
        context.message(text.format(officer=officer, day=day_, command="clb officer key"))
        return None
    if ring.pair(officer) is None and not context.interactive:
        from engine.bundles import keys

        ring.open(officer, keys.load(officer, _passphrase(context, officer)))
    ring.ready(officer)
    return ring.pair(officer)


def _row(one: "Key") -> dict[str, str | None]:
    return {
        "officer": one.officer,
        "key": one.public,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
    }


def _listed(found: "list[Key]") -> Iterator[str]:
    if not found:
        yield _("No key is registered: who did what is asserted, not signed.")
        return
    yield from tables.table(
        [_("Officer"), _("From"), _("Until"), _("Key")],
        [
            (one.officer, dmy(one.since), dmy(one.until) if one.until else "", one.public)
            for one in found
        ],
        folded=True,
    )
