"""``clb document``: administrative papers, ready to be signed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from engine.files import Failure, write_file, writing
from engine.i18n import N_, _
from engine.labels import STAGES, stage_name
from engine.vietnamese.reading import read_choice
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.documents.papers import Contents, Paper
    from engine.documents.render import Filled, Template
    from engine.model import Club

SUFFIX = ".docx"
PAPER = Failure(
    ClbError, codes.DOCUMENT_WRITE, N_("Close it in Word if it is open there, then try again.")
)
"""How a paper that cannot be written is reported."""
OUT = _("The Word file to write (.docx)")
OUT_OR_NAMED = _("The Word file to write (.docx); named after the paper and the club if left out")
ON = _("The paper as it was on that day: the last record up to it counts")
PDF = _("A PDF beside it too, by LibreOffice or Word of this machine")


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
@click.option("--pdf", is_flag=True, help=PDF)
@pass_context
def render(
    context: Context,
    named: str | None,
    which: str | None,
    out: Path | None,
    given: Path | None,
    on: str | None,
    pdf: bool,
) -> None:
    """Render a paper; at a terminal what is missing is asked for."""
    from engine.documents.papers import paper

    if out is not None:
        check_name(out)
    club = meant_club(context, named)
    if which is None:
        from engine.cli.ask_sheet import which_paper

        which = which_paper(context, club)
    wanted = paper(which)
    drawer = _Drawer(context, club, day(on))
    if wanted.names_members:
        drawer.require_members()
    made = drawer.write(wanted, out or free_name((wanted.title, club.name), SUFFIX), given)
    data = {"club": club.id, **made.answer(_pdfs([made.file], wanted=pdf)[0])}
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
    from engine.documents.dossier import NEXT, of_stages

    club = meant_club(context, named)
    drawer = _Drawer(context, club, day(on))
    stages = NEXT[club.state] if stage is None else (_stage(stage),)
    wanted = of_stages(stages, drawer.taken)
    if any(one.names_members for one in wanted):
        drawer.require_members()
    called = [stage_name(one) for one in stages] if len(stages) == 1 else []
    folder = out or free_name((_("Papers"), *called, club.name), "")
    with writing(folder, PAPER):
        folder.mkdir(parents=True, exist_ok=True)
    made = [
        drawer.write(one, folder / f"{place:02} {one.title}{SUFFIX}")
        for place, one in enumerate(wanted, start=1)
    ]
    pdfs = _pdfs([one.file for one in made], wanted=pdf)
    data = {
        "club": club.id,
        "stages": list(stages),
        "folder": str(folder),
        "papers": [one.answer(at) for one, at in zip(made, pdfs, strict=True)],
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
    return {"kind": wanted.id, "title": wanted.title, "stage": wanted.stage}


@dataclass(frozen=True)
class _Made:
    """A paper that was written, with what is left open in it."""

    paper: "Paper"
    contents: "Contents"
    filled: "Filled"
    template: "Template"
    file: Path

    @property
    def notices(self) -> tuple[str, ...]:
        if not self.filled.unknown:
            return self.contents.notices
        asked = _("The template {name} asks for what nobody knows: {fields}.").format(
            name=self.template.name, fields=", ".join(self.filled.unknown)
        )
        return (*self.contents.notices, asked)

    def answer(self, pdf: Path | None) -> dict[str, Any]:
        from engine.documents.dossier import by_hand
        from engine.documents.fields import meaning, why

        return {
            **_described(self.paper),
            "file": str(self.file),
            "pdf": None if pdf is None else str(pdf),
            "date": self.contents.day,
            "record": self.contents.record,
            "template": self.template.origin,
            "unknown": self.filled.unknown,
            "blanks": [
                {
                    "field": path,
                    "meaning": meaning(path),
                    "why": why(path, self.contents.record, self.paper.steps),
                }
                for path in self.filled.blanks
            ],
            "by_hand": by_hand(self.filled.data),
            "notices": self.notices,
        }


class _Drawer:
    """What the papers of one club are written from, read once."""

    def __init__(self, context: Context, club: "Club", as_of: date | None) -> None:
        from engine.reports.dossier import Dossier

        self._lifecycle = context.registry.lifecycle
        self._context = context
        self._as_of = as_of
        self._club = club
        self._plugin = context.provinces.plugin(club.province)
        self._rules = context.provinces.rules(club.province)
        self._units = self._lifecycle.gather.units(club.province)
        self._dossier = Dossier(context.registry.store, club)

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(one.step for one in self._dossier.records)

    def require_members(self) -> None:
        """Refuse who may not take the list of members out. Raises ``ClbError``."""
        self._lifecycle.require_may(self._club.id, "export", officer=self._context.officer)

    def write(self, wanted: "Paper", out: Path, given: Path | None = None) -> _Made:
        from engine.documents.render import template

        contents = wanted.contents(
            self._dossier,
            self._rules,
            units=self._units,
            as_of=self._as_of,
            today=self._lifecycle.today(),
        )
        form = template(wanted.file, self._plugin, given)
        filled = contents.filled(form)
        write(out, filled.data)
        return _Made(wanted, contents, filled, form, out)


def _stage(typed: str) -> str:
    """Return the stage that was meant. Raises ``InputError``."""
    return read_choice({stage: (stage_name(stage),) for stage in STAGES}, typed)


def _pdfs(files: Sequence[Path], *, wanted: bool) -> list[Path | None]:
    if not wanted:
        return [None] * len(files)
    from engine.documents.pdf import make

    return list(make(files))


def _written(data: Mapping[str, Any]) -> list[str]:
    lines = [_("Written: {path}").format(path=data["file"])]
    if data["pdf"]:
        lines.append(_("Written: {path}").format(path=data["pdf"]))
    lines.append(
        _("{title}, dated {day}").format(title=data["title"], day=dmy(data["date"]))
        if data["date"]
        else _("{title}, the date left blank").format(title=data["title"])
    )
    return [*lines, *_open_places(data)]


def _open_places(one: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is blank in a paper and why, and what is left to be written by hand."""
    for blank in one["blanks"]:
        yield _("  blank: {meaning} ({why})").format(**blank)
    if one["by_hand"]:
        yield _("  by hand: {places}").format(places="; ".join(one["by_hand"]))


def _listed(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield where the papers are, and for each what is still open and why."""
    yield _("Papers in the folder {path}:").format(path=data["folder"])
    for one in data["papers"]:
        yield ""
        yield Path(one["file"]).name
        yield from _open_places(one)
        for notice in one["notices"]:
            yield _("  note: {notice}").format(notice=notice)
