"""``clb demo``: whole lives of clubs, on real data, in a database of its own; its JSON answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.command import command
from engine.cli.context import Context, findings, pass_context
from engine.cli.files import PATH
from engine.i18n import _

if TYPE_CHECKING:
    from engine.cli.demo_files import File
    from engine.scenario.demo import ClubResult, Demo, Failure, ProvinceResult

FAILED = 5


@command(help=_("See the whole life of clubs, on real data; your own database is left alone."))
@click.option(
    "--out",
    "folder",
    type=PATH,
    default=None,
    help=_("The folder for the database, the reports and the papers; without it, no files"),
)
@pass_context
def demo(context: Context, folder: Path | None) -> int:
    """Play every installed province's story and show what came of it."""
    from engine.cli.demo_text import nothing_installed, text
    from engine.scenario.demo import play_demo

    if not context.provinces.found():
        lists = ("provinces", "silent", "refusals", "acknowledged", "answers", "files", "warnings")
        nothing: dict[str, Any] = {"database": None, **{name: [] for name in lists}, "audit": None}
        context.answer(nothing, nothing_installed)
        return 0
    done = play_demo(
        context.provinces,
        folder,
        announce=lambda province: context.message(
            _("Playing {province} ...").format(province=context.provinces.name(province))
        ),
    )
    for warning in done.warnings:
        context.message(warning)
    files: list[File] = []
    missing: list[str] = []
    if folder is not None:
        from engine.cli.demo_files import write_files

        context.message(_("Writing reports and papers ..."))
        files = list(write_files(context.provinces, done, missing))
        for warning in missing:
            context.message(warning)
    context.answer(_document(done, files, missing), lambda: text(done, files))
    return FAILED if done.failures or not done.verified else 0


def _document(done: "Demo", files: "list[File]", missing: list[str]) -> dict[str, Any]:
    """Return everything that was played, as the command line's schema has it."""
    refusals = [one for result in done.provinces for one in result.refusals]
    return {
        "database": str(done.database),
        "provinces": [*map(_province, done.provinces), *map(_failed, done.failures)],
        "silent": done.silent,
        "refusals": [
            {
                **_fields(one, "province club step on"),
                "officer": one.officer.id,
                **_fields(one.error, "exit_code code message"),
                "findings": findings(one.error.findings),
            }
            for one in refusals
        ],
        "acknowledged": [
            one for result in done.provinces for club in result.clubs for one in _acknowledged(club)
        ],
        "answers": [
            {
                **_fields(one, "question province key value text status source"),
                "from": one.start,
                "to": one.end,
                "general": one.general,
            }
            for result in done.provinces
            for one in result.answers
        ],
        "files": files,
        "warnings": [*done.warnings, *missing],
        "audit": {
            "ok": done.verified,
            "events": done.events,
            "head": done.head,
            "seals": done.seals,
        },
    }


def _fields(one: object, names: str) -> dict[str, Any]:
    """Return some of an object's attributes by name."""
    return {name: getattr(one, name) for name in names.split()}


def _province(result: "ProvinceResult") -> dict[str, Any]:
    from engine.cli.due import as_json

    return {
        **_fields(result, "province name"),
        "plugin": result.plugin.name,
        "version": result.plugin.version,
        "status": "ok",
        "error": None,
        "asked_on": result.asked_on,
        "notes": list(result.notes),
        "groups": [
            {"title": one.group.title, "clubs": [_club(club) for club in one.clubs]}
            for one in result.groups
        ],
        "money": _fields(result.received, "total grants by_year by_source by_donor"),
        "progress": [row.data() for row in result.progress],
        "due": [as_json(one, result.asked_on) for one in result.due],
    }


def _failed(one: "Failure") -> dict[str, Any]:
    return {
        **_fields(one, "province name plugin version"),
        "status": "error",
        "error": _fields(one.error, "code message help"),
    }


def _club(one: "ClubResult") -> dict[str, Any]:
    club = one.page.club
    return {
        "club": club.id,
        **_fields(club, "name commune village state opened_on decided_on launched_on"),
        **_fields(one.page.composition, "members women elderly young"),
        "poor": one.poor,
        "funds": one.page.funds,
        "granted": one.granted,
        "steps": one.steps,
    }


def _acknowledged(club: "ClubResult") -> Iterator[dict[str, Any]]:
    """Yield each warning that a reason was given for, in every event of a club."""
    for line in club.history:
        for one in line.event.acknowledged:
            yield {
                "club": club.page.club.id,
                **_fields(line.event, "seq step on"),
                "code": one.code,
                "reason": one.reason,
                "findings": findings(found for found in line.findings if found.code == one.code),
            }
