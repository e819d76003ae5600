"""``clb document``: administrative papers, ready to be signed."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli import advice, tables
from engine.cli.asked import asked_argument
from engine.cli.command import group
from engine.cli.context import Context, day, pass_context
from engine.cli.files import PATH
from engine.cli.meant_club import meant_club
from engine.cli.typed import PROVINCE
from engine.errors import InputError
from engine.files import free_name, write_file
from engine.i18n import _
from engine.labels import STAGES, stage_name
from engine.vietnamese.reading import read_choice
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.documents.maker import Made, PaperMaker
    from engine.documents.papers import Paper

OUT = _("The Word file to write (.docx)")
OUT_OR_NAMED = _("The Word file to write (.docx); named after the paper and the club if left out")
ON = _("The paper as it was on that day: the last record up to it counts")
ENTRY = _("A slip for the entry of that number, a card for that loan; else the last")
PDF = _("A PDF of it too, by LibreOffice or Word of this machine")


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
@click.option("--on", "on", default=None, help=ON)
@click.option("--entry", type=click.IntRange(min=1), default=None, metavar="SEQ", help=ENTRY)
@click.option("--pdf", is_flag=True, help=PDF)
@pass_context
def render(
    context: Context,
    named: str | None,
    which: str | None,
    out: Path | None,
    given: Path | None,
    on: str | None,
    entry: int | None,
    pdf: bool,
) -> None:
    """Render a paper; at a terminal what is missing is asked for."""
    from engine.documents.maker import PAPER, SUFFIX, PaperMaker, paper_words

    if out is not None:
        check_name(out)
    club = meant_club(context, named)
    if which is None:
        from engine.cli.ask_sheet import which_paper

        which = which_paper(context, club)
    maker = PaperMaker(context.registry, club, day(on))
    wanted = maker.paper(which)
    _require_may(context, maker, (wanted,))
    made = maker.make(wanted, given, entry)
    out = out or advice.new_file(paper_words(wanted, club), SUFFIX)
    write_file(out, made.filled.data, PAPER)
    data = {"club": club.id, **_answer(made, out, _pdfs([out], wanted=pdf)[0])}
    for notice in made.notices:
        context.message(notice)
    context.answer(data, lambda: _written(data))


@document.command(help=_("Write all papers of a club's stage into a folder, with what is blank."))
@asked_argument("named", metavar="CLUB")
@click.option("--stage", default=None, help=_("The stage; what the club needs next if left out"))
@click.option(
    "--out",
    default=None,
    type=PATH,
    help=_("The folder to write; named after the club and the stage if left out"),
)
@click.option("--on", "on", default=None, help=ON)
@click.option("--pdf", is_flag=True, help=PDF)
@pass_context
def dossier(
    context: Context,
    named: str | None,
    stage: str | None,
    out: Path | None,
    on: str | None,
    pdf: bool,
) -> None:
    """Write the papers of a stage."""
    from engine.documents.maker import PaperMaker, folder_words, next_stages

    club = meant_club(context, named)
    maker = PaperMaker(context.registry, club, day(on))
    stages = next_stages(club) if stage is None else (_stage(stage),)
    wanted = maker.of_stages(stages)
    _require_may(context, maker, wanted)
    folder = out or free_name(folder_words(stages, club), "")
    made = maker.fill(folder, wanted)
    pdfs = _pdfs([path for path, _one in made], wanted=pdf)
    data = {
        "club": club.id,
        "stages": list(stages),
        "folder": str(folder),
        "papers": [_answer(one, path, at) for (path, one), at in zip(made, pdfs, strict=True)],
    }
    context.answer(data, lambda: _listed(data))


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
    from engine.documents.maker import PAPER
    from engine.documents.papers import paper

    wanted = paper(which, None if province is None else context.provinces.rules(province))
    check_name(out)
    if province is None:
        found = templates.built_in(wanted.file)
    else:
        found = templates.template(wanted.file, context.provinces.plugin(province))
    write_file(out, found.data, PAPER)
    context.answer(
        {**_described(wanted), "file": str(out), "template": found.origin},
        lambda: _("Written: {path}").format(path=out),
    )


def check_name(out: Path) -> None:
    """Refuse a name that Word would not open. Raises ``InputError``."""
    from engine.documents.maker import SUFFIX

    if out.suffix.lower() != SUFFIX:
        raise InputError(
            _("“{name}” does not end in .docx.").format(name=out.name),
            code=codes.DOCUMENT_NAME,
            help=f"--out {out.with_suffix(SUFFIX).name}",
        )


def _require_may(context: Context, maker: "PaperMaker", wanted: Sequence["Paper"]) -> None:
    """Refuse papers that name members to who may not take the list out. Raises ``ClbError``."""
    if any(one.names_members for one in wanted):
        maker.require_may(wanted, context.officer)


def _described(wanted: "Paper") -> dict[str, str]:
    return {"kind": wanted.id, "title": wanted.title, "stage": wanted.stage}


def _answer(made: "Made", file: Path, pdf: Path | None) -> dict[str, Any]:
    """Return what a written paper is in JSON."""
    return {
        **_described(made.paper),
        "file": str(file),
        "pdf": None if pdf is None else str(pdf),
        "date": made.contents.day,
        "record": made.contents.record,
        "template": made.template.origin,
        "unknown": made.filled.unknown,
        "blanks": made.blanks,
        "by_hand": made.by_hand,
        "notices": made.notices,
    }


def _stage(typed: str) -> str:
    """Return the stage that was meant. Raises ``InputError``."""
    from engine.documents.papers import papers

    known = {one.stage for one in papers()}
    return read_choice({one: (stage_name(one),) for one in STAGES if one in known}, typed)


def _pdfs(files: Sequence[Path], *, wanted: bool) -> list[Path | None]:
    if not wanted:
        return [None] * len(files)
    from engine.documents.pdf import make

    return list(make(files))


def _written(data: Mapping[str, Any]) -> list[str]:
    from engine.documents.maker import open_places

    lines = [_("Written: {path}").format(path=data["file"])]
    if not Path(data["file"]).is_absolute():
        lines.append(_("In the folder {path}").format(path=Path(data["file"]).absolute().parent))
    if data["pdf"]:
        lines.append(_("Written: {path}").format(path=data["pdf"]))
    lines.append(
        _("{title}, dated {day}").format(title=data["title"], day=dmy(data["date"]))
        if data["date"]
        else _("{title}, the date left blank").format(title=data["title"])
    )
    return [*lines, *open_places(data["blanks"], data["by_hand"])]


def _listed(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield where the papers are, and for each what is still open and why."""
    from engine.documents.maker import listing

    yield _("Papers in the folder {path}:").format(path=data["folder"])
    yield from listing(
        [
            (Path(one["file"]).name, one["blanks"], one["by_hand"], one["notices"])
            for one in data["papers"]
        ]
    )
