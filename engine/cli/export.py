"""``clb export``: the log for other tools."""

from pathlib import Path

import click

from engine.cli.command import group
from engine.cli.context import Context, pass_context
from engine.cli.files import PATH
from engine.i18n import _


@group(help=_("The log for other tools."))
def export() -> None:
    """Hold the commands that write files for other tools."""


@export.command(
    help=_(
        "Write every event to FILE: jsonl to be checked again, csv for a spreadsheet; xes has the "
        "events of clubs, for programs that study processes."
    )
)
@click.argument("file", type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "xes"]),
    default=None,
    help=_("The form of the file; by its name if left out"),
)
@pass_context
def events(context: Context, file: Path, form: str | None) -> None:
    """Export the log."""
    from engine.reports.events import export as write

    named = file.suffix.lower().removeprefix(".")
    form = form or (named if named in ("csv", "xes") else "jsonl")
    count = write(context.registry.store, file, form)
    context.answer(
        {"file": str(file), "format": form, "events": count},
        lambda: _("Written to {file}. Events: {count}").format(file=file, count=count),
    )
