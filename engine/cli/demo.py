"""``clb demo``: whole lives of clubs, on real data, in a database of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.desk import Desk, pass_desk
from engine.i18n import _

if TYPE_CHECKING:
    from engine.cli.demo_text import Heading, Line
    from engine.demo.tour import Tour

FAILED = 5


@click.command(
    help=_("See the whole life of clubs, on real data; your own database is left alone.")
)
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help=_("The folder for the database; a temporary one if left out"),
)
@pass_desk
def demo(desk: Desk, folder: Path | None) -> int:
    """Play every installed province's story, and tell it."""
    from engine.cli import demo_json, demo_text
    from engine.demo.tour import tour

    if not desk.provinces.found():
        desk.answer(demo_json.nothing(), lambda: demo_text.lay_out(demo_text.nothing_installed()))
        return 0
    done = tour(
        desk.provinces,
        folder,
        tell=lambda province: desk.tell(_("Playing {province} ...").format(province=province)),
    )
    for warning in done.warnings:
        desk.tell(warning)
    desk.answer(demo_json.document(done), lambda: demo_text.lay_out(_story(done)))
    return FAILED if done.failures or not done.log.ok else 0


def _story(done: "Tour") -> "Iterator[Line | Heading]":
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
    else:
        yield from demo_text.nothing_installed()
