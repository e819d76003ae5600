"""``clb bundle import``: a file with clubs, or a folder of them, is looked at and taken in."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.bundle_rebase import PROVINCE_STREAM, event_row, sides
from engine.cli.command import command
from engine.cli.context import Context, pass_context
from engine.cli.files import PATH
from engine.cli.officer_key import pair_of
from engine.cli.progress_bar import counting
from engine.errors import ClbError
from engine.i18n import _
from engine.vietnamese.text import number

if TYPE_CHECKING:
    from engine.bundles.forks import Fork
    from engine.bundles.form import Bundle
    from engine.bundles.taking import Taken

SHOWN = 10
"""Files or clubs that are listed one by one before only their number is."""


def party(commune: str | None) -> str:
    """Return a side of the exchange as JSON names it."""
    return commune or PROVINCE_STREAM


@command(name="import", help=_("Take a file with clubs in, or every such file of a folder."))
@click.argument("path", metavar="FILE", type=PATH)
@click.option("--dry-run", is_flag=True, help=_("Only report what would happen"))
@click.option("--yes", is_flag=True, help=_("Do not ask before it is taken in"))
@pass_context
def import_(context: Context, path: Path, dry_run: bool, yes: bool) -> int:
    """Take in one file, or those of a folder."""
    from engine.bundles.form import read

    if path.is_dir():
        return _import_folder(context, path, dry_run)
    found = read(path)
    if context.interactive and not (dry_run or yes):
        return _asked(context, path, found)
    taken = _take(context, path, found, dry_run)
    context.answer(_taken_row(path, taken, dry_run), lambda: _taken_text(taken, dry_run))
    return 0


def _asked(context: Context, path: Path, found: "Bundle") -> int:
    """Show what would come of a file, and take it in if somebody at the terminal wants that."""
    from engine.cli import prompt

    seen = _take(context, path, found, True)
    context.answer({}, lambda: _taken_text(seen, True))
    if not seen.is_new:
        return 0
    if not prompt.yes(_("Take it in?")):
        raise click.Abort
    taken = _take(context, path, seen.bundle, False)
    context.answer({}, lambda: [_done(taken), *_answer(taken), *taken.warnings])
    return 0


def _take(context: Context, path: Path, found: "Bundle", dry_run: bool) -> "Taken":
    from engine.bundles import taking
    from engine.bundles.forks import ForkedError

    context.read_about(found.province, found.sender.commune or found.receiver.commune)
    if context.registry_if_any() is None:
        return _start(context, found, dry_run)
    try:
        taken = taking.take(context.registry, _opened(context, found), dry_run=dry_run)
    except ForkedError as error:
        _keep_place(context, path, error.fork)
        raise
    for one in taken.forks:
        _keep_place(context, path, one)
    return taken


def _keep_place(context: Context, path: Path, fork: "Fork") -> None:
    """Remember in which file the other side of a fork is."""
    context.remembered.keep_draft({"file": str(path.absolute())}, "bundle", fork.stream)


def _opened(context: Context, found: "Bundle") -> "Bundle":
    """Return a file with its names, where they are encrypted for whoever acts here."""
    if found.box is None or found.names is not None:
        return found
    pair = pair_of(context)
    if pair is None:
        return found
    from engine.bundles.form import with_names

    return with_names(found, pair)


def begin_with(context: Context, path: Path) -> None:
    """Take the province's starting file into a new database. Raises as ``import`` does."""
    from engine.bundles.form import read

    _start(context, read(path), False)


def _start(context: Context, found: "Bundle", dry_run: bool) -> "Taken":
    """Take a starting file into a new database, or only see what would come of it."""
    from engine.bundles import starting

    if dry_run:
        return starting.preview(found, context.provinces)
    made, taken = starting.begin(context.settings.database, found, context.provinces)
    context.use(made)
    return taken


def _taken_row(path: Path, taken: "Taken", dry_run: bool) -> dict[str, Any]:
    return {
        "file": str(path),
        "id": taken.bundle.id,
        "from": party(taken.bundle.sender.commune),
        "to": party(taken.bundle.receiver.commune),
        "made_at": taken.bundle.made_at,
        "dry_run": dry_run,
        "events": taken.events,
        "streams": [
            {"stream": one.stream, "name": one.name, "first": one.first, "last": one.last}
            for one in taken.coming
        ],
        "forks": [
            {
                "stream": one.stream,
                "name": one.name,
                "common": one.common,
                "settle": "here" if one.is_ours else "there",
                "here": [event_row(event) for event in one.here],
                "there": [event_row(event) for event in one.there],
            }
            for one in taken.forks
        ],
        "names": taken.names,
        "signatures": taken.signed,
        "nameless": taken.nameless,
        "warnings": list(taken.warnings),
    }


def _taken_text(taken: "Taken", dry_run: bool) -> Iterator[str]:
    from engine.bundles.cover import part, summary

    for name, value in summary(taken.bundle).items():
        yield f"{name}: {value}"
    yield ""
    for one in taken.coming[:SHOWN]:
        yield f"{part(one.name, one.first, one.last)}: {one.what}"
    if len(taken.coming) > SHOWN:
        yield _("… and {count} more").format(count=number(len(taken.coming) - SHOWN))
    for fork in taken.forks:
        yield from _fork_text(fork, taken.bundle.sender.commune)
    if dry_run and taken.is_new:
        yield _("New in this file, not taken in yet: {what}").format(what=taken.what)
    elif dry_run:
        yield _nothing(taken)
    else:
        yield _done(taken)
        yield from _answer(taken)
    if taken.nameless:
        yield _("People whose names did not come along: {count}").format(
            count=number(taken.nameless)
        )
    yield from taken.warnings


def _done(taken: "Taken") -> str:
    if not taken.is_new:
        return _nothing(taken)
    return _("✓ Taken in: {what}").format(what=taken.what)


def _answer(taken: "Taken") -> Iterator[str]:
    """Yield what is to be done next: an answer, by which the other side knows what is here."""
    if taken.coming:
        sender = taken.bundle.sender.commune
        to = "" if sender is None else f' --for "{sender}"'
        yield _("Now send a file back, so that they know what you have: {command}").format(
            command=f"clb bundle export{to}"
        )


def _nothing(taken: "Taken") -> str:
    if taken.forks:
        return _("Nothing else in this file is new here.")
    return _("Nothing in this file is new here.")


def _fork_text(fork: "Fork", sender: str | None) -> Iterator[str]:
    yield _("✗ {name} went on at both sides after event {seq}; it is left out:").format(
        name=fork.name, seq=fork.common
    )
    yield from sides(fork.here, fork.there)
    if not fork.is_ours:
        yield _(
            "  → Send {commune} your file: there its own steps are taken again. {command}"
        ).format(commune=sender, command=f'clb bundle export --for "{sender}"')
        return
    club = fork.stream.removeprefix("club:").replace(fork.stream, PROVINCE_STREAM)
    yield _("  → To take your own steps again on top of theirs: {command}").format(
        command=f"clb bundle rebase {club if ':' not in club else PROVINCE_STREAM}"
    )


def _import_folder(context: Context, folder: Path, dry_run: bool) -> int:
    """Take in every file of a folder, the oldest first; one that is refused stops no other."""
    from engine.bundles.folder import files, in_order, outcome
    from engine.bundles.form import SUFFIX

    found = files(folder)
    done: list[tuple[Path, Taken | ClbError]] = []
    with counting(context, _("Files done"), len(found)) as show:
        for path, one in in_order(found):
            done.append((path, _tried(context, path, one, dry_run)))
            show(len(done))
    none = _("There is no file ending in {suffix} in the folder {folder}.").format(
        suffix=SUFFIX, folder=folder
    )
    context.answer(
        [
            _refused_row(path, one) if isinstance(one, ClbError) else _taken_row(path, one, dry_run)
            for path, one in done
        ],
        lambda: (outcome(*one) for one in done) if done else (none,),
    )
    return 1 if any(isinstance(one, ClbError) for _path, one in done) else 0


def _tried(
    context: Context, path: Path, found: "Bundle | ClbError", dry_run: bool
) -> "Taken | ClbError":
    """Take a file of a folder in; return what came of it, or why it is refused."""
    if isinstance(found, ClbError):
        return found
    try:
        return _take(context, path, found, dry_run)
    except ClbError as error:
        return error


def _refused_row(path: Path, error: ClbError) -> dict[str, Any]:
    body = {"code": str(error.code), "message": error.message, "help": error.help}
    return {"file": str(path), "error": body}
