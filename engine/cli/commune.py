"""``clb commune``: search administrative units by name and day, load a list of them."""

from collections.abc import Iterator
from pathlib import Path

import click

from engine.cli import tables
from engine.cli.command import group
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.files import PATH
from engine.cli.typed import OF_PROVINCE
from engine.clock import today
from engine.i18n import _
from engine.rules import communes
from engine.rules.succession import BY_NAME, succession
from engine.vietnamese.text import clean, dmy


@group(help=_("Administrative units: look them up, load a list."))
def commune() -> None:
    """Hold the commands about communes."""


@commune.command(help=_("Look up communes by name, with or without marks."))
@click.argument("text")
@OF_PROVINCE
@click.option("--on", "on", default=None, help=ON)
@pass_context
def search(context: Context, text: str, province: str | None, on: str | None) -> None:
    """Search the units of a province."""
    where = province or context.province_of_officer()
    registry, asked = context.registry_if_any(), day(on)
    when = asked or today()
    if registry is not None:
        units = registry.lifecycle.gather.units(where)
    else:
        units = tuple(succession(context.provinces.policy(where)))
    called = [unit for unit in units if communes.has_in_name(unit, text) or unit.id == text]
    # A unit that had ended by then answers too: what it has become is what is asked for.
    found = [unit for unit in called if asked is None or unit.valid_from <= asked]
    data = [
        {
            "id": unit.id,
            "name": unit.name,
            "kind": unit.kind,
            "parent": unit.parent,
            "province": unit.province,
            "valid_from": unit.valid_from if unit.valid_from.year > 1 else None,
            "valid_to": unit.valid_to,
            "successor": unit.successor,
            "source": unit.source,
            "confirmed": unit.confirmed,
            "classes": list(unit.classes),
        }
        for unit in found
    ]

    doubt = _("not confirmed")
    then = _("Now") if asked is None else _("On {day}").format(day=dmy(when))

    def row(unit: communes.Unit) -> tuple[str, ...]:
        later = communes.became(units, unit, when)
        now = later.name if later is not unit else ""
        # A unit of a policy's table is unsure about what became of what, not about its name.
        unsure = "" if unit.confirmed or not (now or unit.valid_from.year > 1) else doubt
        return (
            unit.id if not unit.id.startswith(BY_NAME) else "",
            unit.name,
            unit.parent or "",
            dmy(unit.valid_from) if unit.valid_from.year > 1 else "",
            dmy(unit.valid_to) if unit.valid_to else "",
            now,
            unsure,
        )

    context.answer(
        data,
        lambda: tables.table(
            [_("Id"), _("Name"), _("Above"), _("From"), _("To"), then, ""],
            (row(unit) for unit in found),
        ),
    )


@commune.command("import", help=_("Load administrative units from a CSV or xlsx file."))
@click.argument("file", type=PATH, required=False)
@OF_PROVINCE
@click.option(
    "--national",
    metavar="CODE",
    default=None,
    help=_("Instead of a file: the communes of the province with this national code"),
)
@click.option(
    "--document", default=None, help=_("The document by which clubs come into other communes")
)
@pass_context
def import_(
    context: Context,
    file: Path | None,
    province: str | None,
    national: str | None,
    document: str | None,
) -> None:
    """Load units into the province's stream."""
    from engine.roster.units import divided, national_units, read_units

    where = province or context.province_of_officer()
    if (file is None) == (national is None):
        raise click.UsageError(_("Give a file, or --national CODE."))
    units = read_units(file, where) if file else national_units(str(national), where)
    done = context.registry.province.import_units(
        where, units, by=context.officer, document=clean(document or "") or None
    )
    data = {
        "province": where,
        "imported": len(units),
        "seq": done.event.seq,
        "moved": list(done.moved),
        "divided": [{"id": one.id, "name": one.name} for one in divided(units)],
    }

    def text() -> Iterator[str]:
        yield _("Loaded: {count} units for {province}.").format(
            count=len(units), province=context.provinces.policy(where).name
        )
        for one in done.moved:
            yield _("{club} {name}: {was} is now {now}.").format(
                club=one.club, name=one.name, was=one.was, now=one.now
            )
        if split := divided(units):
            yield _("Communes that ended without one that followed: {count} ({names} …).").format(
                count=len(split), names=", ".join(one.name for one in split[:3])
            )
            yield _("To move a club of one of them: {command}").format(
                command="clb advance … rehome --set commune=…"
            )

    context.answer(data, text)
