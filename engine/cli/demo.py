"""``clb demo``: whole lives of clubs, on real data, in a database of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.context import Context, pass_context
from engine.i18n import _

if TYPE_CHECKING:
    from engine.cli.demo_files import Written
    from engine.cli.demo_text import Heading, Line
    from engine.scenario.tour import Tour

FAILED = 5


@click.command(
    help=_("See the whole life of clubs, on real data; your own database is left alone.")
)
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help=_("The folder for the database, the reports and the papers; without it, no files"),
)
@pass_context
def demo(context: Context, folder: Path | None) -> int:
    """Play every installed province's story, and tell it."""
    from engine.cli import demo_json, demo_text
    from engine.scenario.tour import tour

    if not context.provinces.found():
        context.answer(
            demo_json.nothing(), lambda: demo_text.lay_out(demo_text.nothing_installed())
        )
        return 0
    done = tour(
        context.provinces,
        folder,
        tell=lambda province: context.message(
            _("Playing {province} ...").format(province=province)
        ),
    )
    for warning in done.warnings:
        context.message(warning)
    written = _written(context, done) if folder is not None else None
    context.answer(
        demo_json.document(done, written), lambda: demo_text.lay_out(_story(done, written))
    )
    return FAILED if done.failures or not done.log.ok else 0


def _written(context: Context, done: "Tour") -> "Written":
    """Write the reports and papers beside the database, and tell what could not be written."""
    from engine.cli.demo_files import write_files

    context.message(_("Writing reports and papers ..."))
    written = write_files(context.provinces, done)
    for warning in written.warnings:
        context.message(warning)
    return written


def _story(done: "Tour", written: "Written | None") -> "Iterator[Line | Heading]":
    """Yield the whole story in order."""
    from engine.cli import demo_figures, demo_text

    yield from demo_text.opening()
    for facts in done.provinces:
        yield from demo_text.province(facts)
        yield from demo_figures.money(facts)
        yield from demo_figures.targets(facts)
        yield from demo_figures.due(facts)
    for one in done.failures:
        yield from demo_text.failure(one)
    if done.provinces:
        yield from demo_figures.answers(done.provinces)
        yield from demo_text.closing(done)
        if written is not None:
            yield from demo_text.files(written)
    else:
        yield from demo_text.nothing_installed()
