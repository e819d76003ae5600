"""``clb province install``: a plugin is looked at apart, then installed whole or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine import codes
from engine.cli.context import Context, pass_context
from engine.cli.province_check import no_such_place, row
from engine.errors import PluginError
from engine.i18n import _

if TYPE_CHECKING:
    from engine.plugin_checks import Candidate
    from engine.provinces.discover import Plugin


@click.command(
    help=_("Install a province's plugin: looked at first, installed whole or not at all.")
)
@click.argument("what", metavar="NAME|FILE")
@pass_context
def install(context: Context, what: str) -> None:
    """Install a plugin."""
    from engine.plugin_checks import install as installing

    source = str(Path(what).resolve()) if Path(what).exists() else what
    if source.startswith("-"):
        raise PluginError(_("“{name}” is not a plugin.").format(name=what), code=codes.PLUGIN_NONE)

    if source == what and what.lower().endswith(".whl") and not Path(what).exists():
        raise no_such_place(what)

    def replacing(old: "Plugin", new: "Candidate") -> None:
        context.message(
            _("{new} replaces {old}. To see beforehand what changes for which clubs: {how}").format(
                new=new, old=old, how=" ".join(("clb province impact", _("FILE")))
            )
        )

    done = installing.install(source, context.provinces, replacing)
    candidate, old = done.candidate, done.replaced
    for one in done.remarks:
        context.message(f"! {one.file} {one.key} {one.message} [{one.code}]".replace("  ", " "))
    context.answer(
        {
            "plugin": candidate.name,
            "version": candidate.version,
            "province": candidate.province,
            "hooks": list(done.hooks),
            "replaced": old.version if old else None,
            "remarks": [row(one) for one in done.remarks],
        },
        lambda: _("Installed: {plugin} for {province}.").format(
            plugin=f"{candidate.name} {candidate.version}", province=candidate.province
        ),
    )
