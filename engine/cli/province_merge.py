"""``clb province merge``: a province becomes a part of another one from a day on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import command
from engine.cli.context import Context, day, pass_context
from engine.cli.officer_row import office_in, row
from engine.cli.prompt import yes
from engine.cli.typed import PROVINCE
from engine.errors import InputError
from engine.i18n import _
from engine.labels import state_name
from engine.vietnamese.text import clean, dmy

if TYPE_CHECKING:
    from engine.lifecycle.merger import Merger, MergerImpact


@command(
    name="merge",
    help=_("Let another province be responsible from a day on; what it means is shown first."),
)
@click.argument("province", metavar="PROVINCE", type=PROVINCE)
@click.option(
    "--into", required=True, type=PROVINCE, help=_("The province that it is a part of now")
)
@click.option("--on", "on", required=True, help=_("The day from which it is"))
@click.option("--document", required=True, help=_("The document that merged them"))
@click.option("--dry-run", is_flag=True, help=_("Only show what it means"))
@click.option("--yes", "agreed", is_flag=True, help=_("Record it without a question"))
@pass_context
def merge(
    context: Context,
    province: str,
    into: str,
    on: str,
    document: str,
    dry_run: bool,
    agreed: bool,
) -> None:
    """Merge a province into another one."""
    from engine.lifecycle.merger import Merger, MergerService

    registry, when = context.registry, day(on)
    assert when is not None
    if not clean(document):
        raise InputError(
            _("{option} is empty.").format(option="--document"),
            code=codes.USAGE,
            help=_("See {command} --help.").format(command="clb province merge"),
        )
    asked = Merger(province, into, when, clean(document))
    service = MergerService(registry.province, registry.officers)
    found = service.impact(asked, by=context.officer)
    if not dry_run and not agreed:
        if not context.interactive:
            raise InputError(
                _("Two provinces are merged once, and it is not taken back."),
                code=codes.USAGE,
                help=_("See what it means with --dry-run, then repeat with --yes."),
            )
        for line in _text(context, asked, found):
            click.echo("\n".join(tables.fitted(line)))
        if not yes(_("Record it?")):
            raise click.Abort
    if not dry_run:
        service.merge(asked, by=context.officer, seen=found)
    data = {
        "province": province,
        "into": into,
        "on": when,
        "document": asked.document,
        "dry_run": dry_run,
        "clubs": {state.value: count for state, count in found.clubs},
        "open_tasks": found.tasks,
        "ended": [row(one) for one in found.ended],
        "begun": [row(one) for one in found.begun],
        "unlisted_communes": None if found.communes is None else list(found.communes),
    }

    def text() -> Iterator[str]:
        if dry_run or agreed:
            yield from _text(context, asked, found)
        yield _("Nothing was recorded: this was a trial.") if dry_run else _("✓ Recorded.")

    context.answer(data, text)


def _text(context: Context, asked: "Merger", found: "MergerImpact") -> Iterator[str]:
    old, new = (context.provinces.name(one) for one in (asked.province, asked.into))
    yield _("{old} is a part of {new} from {day} on ({document}):").format(
        old=old, new=new, day=dmy(asked.on), document=asked.document
    )
    states = "; ".join(f"{state_name(state)} {count}" for state, count in found.clubs)
    yield _("- Clubs of {province}: {states}.").format(province=old, states=states or _("none"))
    yield _(
        "- They keep their ids, their log, and the documents of {old} for their territory; tasks "
        "that are open stay open: {tasks}."
    ).format(old=old, tasks=found.tasks)
    yield _("- From then on whoever is in office in {new} acts for them as well.").format(new=new)
    yield _("- Offices that end in {province}: {count}").format(
        province=old, count=len(found.ended)
    )
    for one in found.ended:
        yield f"    {one.name} [{one.id}], {office_in(context, one)}"
    yield _("- Offices that begin in {province}: {count}").format(
        province=new, count=len(found.begun)
    )
    for one in found.begun:
        yield f"    {one.name} [{one.id}], {office_in(context, one)}"
    yield _("- New clubs and new officers are recorded in {province} only.").format(province=new)
    if found.communes is None:
        yield _("- {province} has no list of communes of that day: clb commune import …").format(
            province=new
        )
    elif found.communes:
        yield _("- Communes of clubs that the list of {province} lacks: {names}.").format(
            province=new, names=", ".join(found.communes)
        )
