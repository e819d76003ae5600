"""``clb desk``: the officer's desk, in the terminal or in a browser."""

import os
import sys
from typing import TYPE_CHECKING

import click

from engine import codes
from engine.cli.command import command
from engine.cli.context import Context, pass_context
from engine.errors import InputError
from engine.i18n import _

if TYPE_CHECKING:
    from engine.desk.app import Desk

IN_BROWSER = "TEXTUAL_DRIVER"
"""Set by ``clb desk --web`` for the process behind a browser's window, which has no terminal."""


@command(help=_("The officer's desk: today's work, clubs and forms, in a window."))
@click.option("--web", is_flag=True, help=_("In a browser on this computer, for nobody else"))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help=_("With --web: the port; any free one if left out"),
)
@pass_context
def desk(context: Context, web: bool, port: int | None) -> None:
    """Open the desk."""
    if context.settings.json:
        raise InputError(_("The desk has no JSON answer."), code=codes.USAGE)
    if web:
        serve(context, port)
    elif context.interactive or os.environ.get(IN_BROWSER):
        open_desk(context)
    else:
        raise InputError(
            _("The desk needs a terminal."),
            code=codes.USAGE,
            help=_("In a browser: clb desk --web."),
        )


def open_desk(context: Context) -> None:
    """Show the desk in this terminal until it is left."""
    the_desk(context).run()


def the_desk(context: Context) -> "Desk":
    """Return the desk on this call's database, for this call's officer."""
    from engine.desk.app import Desk
    from engine.desk.database import DatabaseThread

    database = DatabaseThread(context.settings.database)
    return Desk(database, context.remembered, context.settings.officer)


def serve(context: Context, port: int | None) -> None:
    """Serve the desk to a browser on this computer until Ctrl+C. Raises ``InputError``."""
    from importlib.util import find_spec

    if find_spec("textual_serve") is None:
        raise InputError(
            _("The desk in a browser is not installed."),
            code=codes.USAGE,
            help='pip install "clb-lien-the-he[web]"',
        )
    from engine.desk.web import WebDesk

    settings = context.settings
    for name, value in (
        ("CLB_DATABASE", settings.database),
        ("CLB_OFFICER", settings.officer),
        ("CLB_LANG", settings.lang),
    ):
        if value:
            os.environ[name] = value
    WebDesk([sys.executable, "-m", "engine", "desk"], port, context.message).serve()
