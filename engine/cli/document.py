"""``clb document``: administrative papers, ready to be signed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine import codes
from engine.cli import tables
from engine.cli.asked import asked_argument
from engine.cli.club import meant_club
from engine.cli.command import group
from engine.cli.context import Context, day, pass_context
from engine.cli.files import PATH, free_name
from engine.cli.typed import PROVINCE
from engine.errors import ClbError, InputError
from engine.files import Failure, write_file
from engine.i18n import N_, _
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.documents.papers import Paper

SUFFIX = ".docx"
PAPER = Failure(
    ClbError, codes.DOCUMENT_WRITE, N_("Close it in Word if it is open there, then try again.")
)
"""How a paper that cannot be written is reported."""
OUT = _("The Word file to write (.docx)")
OUT_OR_NAMED = _("The Word file to write (.docx); named after the paper and the club if left out")


@group(help=_("Administrative papers of a club, as Word files (.docx)."))
def document() -> None:
    """Hold the commands about papers."""


@document.command("list", help=_("Which papers there are."))
@pass_context
def list_(context: Context) -> None:
    """List the kinds of papers."""
    from engine.documents.papers import papers

    found = papers()
    context.answer(
        [_described(one) for one in found],
        lambda: tables.table([_("Paper"), _("Id")], ((one.title, one.id) for one in found)),
    )


@document.command(help=_("Write one paper of a club; what is not known stays blank."))
@asked_argument("named", metavar="CLUB")
@asked_argument("which", metavar="KIND")
@click.option("--out", default=None, type=PATH, help=OUT_OR_NAMED)
@click.option(
    "--template",
    "given",
    default=None,
    type=PATH,
    help=_("A Word template of your own"),
)
@click.option(
    "--on",
    "on",
    default=None,
    help=_("The paper as it was on that day: the last record up to it counts"),
)
@pass_context
def render(
    context: Context,
    named: str | None,
    which: str | None,
    out: Path | None,
    given: Path | None,
    on: str | None,
) -> None:
    """Render a paper; at a terminal what is missing is asked for."""
    from engine.documents.papers import paper
    from engine.documents.render import template
    from engine.reports.dossier import Dossier

    if out is not None:
        check_name(out)
    lifecycle = context.registry.lifecycle
    club = meant_club(context, named)
    if which is None:
        from engine.cli.ask_sheet import which_paper

        which = which_paper(context, club)
    wanted, as_of = paper(which), day(on)
    if out is None:
        out = free_name((wanted.title, club.name), SUFFIX)
    if wanted.names_members:
        lifecycle.require_may(club.id, "export", officer=context.officer)
    plugin = context.provinces.plugin(club.province)
    contents = wanted.contents(
        Dossier(context.registry.store, club),
        context.provinces.rules(club.province),
        units=lifecycle.gather.units(club.province),
        as_of=as_of,
        today=lifecycle.today(),
    )
    form = template(wanted.file, plugin, given)
    filled = contents.filled(form)
    write(out, filled.data)
    for notice in contents.notices:
        context.message(notice)
    if filled.unknown:
        context.message(
            _("The template {name} asks for what nobody knows: {fields}.").format(
                name=form.name, fields=", ".join(filled.unknown)
            )
        )
    data = {
        "club": club.id,
        **_described(wanted),
        "file": str(out),
        "date": contents.day,
        "record": contents.record,
        "template": form.origin,
        "unknown": filled.unknown,
        "notices": contents.notices,
    }
    context.answer(data, lambda: _written(wanted, out, contents.day))


@document.command(help=_("Write the template of a paper, to be changed in Word."))
@click.argument("which", metavar="KIND")
@click.option("--out", required=True, type=PATH, help=OUT)
@click.option(
    "--province", type=PROVINCE, default=None, help=_("The province's own template, if it has one")
)
@pass_context
def template(context: Context, which: str, out: Path, province: str | None) -> None:
    """Write a template."""
    from engine.documents import render as templates
    from engine.documents.papers import paper

    wanted = paper(which)
    check_name(out)
    if province is None:
        found = templates.built_in(wanted.file)
    else:
        found = templates.template(wanted.file, context.provinces.plugin(province))
    write(out, found.data)
    context.answer(
        {**_described(wanted), "file": str(out), "template": found.origin},
        lambda: _("Written: {path}").format(path=out),
    )


def check_name(out: Path) -> None:
    """Refuse a name that Word would not open. Raises ``InputError``."""
    if out.suffix.lower() != SUFFIX:
        raise InputError(
            _("“{name}” does not end in .docx.").format(name=out.name),
            code=codes.DOCUMENT_NAME,
            help=f"--out {out.with_suffix(SUFFIX).name}",
        )


def write(out: Path, data: bytes) -> None:
    """Write a paper whole or not at all. Raises ``ClbError`` where it cannot be written."""
    write_file(out, data, PAPER)


def _described(wanted: "Paper") -> dict[str, str]:
    return {"kind": wanted.id, "title": wanted.title}


def _written(wanted: "Paper", out: Path, dated: date | None) -> list[str]:
    lines = [_("Written: {path}").format(path=out)]
    lines.append(
        _("{title}, dated {day}").format(title=wanted.title, day=dmy(dated))
        if dated
        else _("{title}, the date left blank").format(title=wanted.title)
    )
    return lines
