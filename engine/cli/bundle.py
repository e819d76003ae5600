"""``clb bundle``: clubs as files, between computers that share no database."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import group
from engine.cli.context import ACK, Context, findings, pass_context
from engine.cli.files import PATH
from engine.cli.meant_club import club_id
from engine.cli.officer_key import pair_of
from engine.cli.progress_bar import counting
from engine.cli.run_step import acknowledged
from engine.cli.typed import OF_PROVINCE
from engine.errors import ClbError, InputError, RefusedError
from engine.i18n import _
from engine.labels import step_name
from engine.model import Event
from engine.vietnamese.text import dmy, number

if TYPE_CHECKING:
    from engine.bundles.form import Bundle
    from engine.bundles.keys import Pair
    from engine.bundles.making import Order
    from engine.bundles.rebasing import Again, Settled, Wish
    from engine.bundles.status import Exchange
    from engine.bundles.taking import Fork, Taken

PROVINCE_STREAM = "province"
SHOWN = 10
"""Files or clubs that are listed one by one before only their number is."""


@group(help=_("Clubs as files, between computers that share no database."))
def bundle() -> None:
    """Hold the commands about files with clubs."""


@bundle.command(help=_("Write a file for the province, or from the province for a commune."))
@click.option("--commune", default=None, help=_("The commune that sends; yours if left out"))
@click.option("--for", "to", default=None, help=_("The commune that the province sends to"))
@click.option("--club", "clubs", multiple=True, metavar="CLUB", help=_("Only this club"))
@click.option("--since", type=PATH, default=None, help=_("Only what came after this file"))
@click.option("--whole", is_flag=True, help=_("Everything: for a new computer"))
@click.option("--names", is_flag=True, help=_("With the names of members"))
@click.option(
    "--sign", is_flag=True, help=_("Sign what was recorded unsigned under your name before")
)
@click.option("--out", type=PATH, default=None, help=_("The file to write; named if left out"))
@pass_context
def export(
    context: Context,
    commune: str | None,
    to: str | None,
    clubs: tuple[str, ...],
    since: Path | None,
    whole: bool,
    names: bool,
    sign: bool,
    out: Path | None,
) -> None:
    """Write a file with clubs."""
    from engine.bundles import making
    from engine.bundles.form import read

    order = making.Order(
        officer=context.officer,
        commune=commune,
        to=to,
        clubs=tuple(club_id(context, one) for one in clubs),
        since=None if since is None else read(since),
        names=names,
        whole=whole,
    )
    pair = pair_of(context)
    if pair is not None:
        order = replace(order, sign=_signs_own(context, order, pair, sign))
    file = out or making.free_file(context.registry, order)
    made = making.make(context.registry, order, file, pair)
    if made.signed:
        from engine.bundles.cover import signed_now

        context.message(signed_now(made.signed))
    context.answer(
        {
            "file": str(file),
            "id": made.bundle.id,
            "from": _party(made.bundle.sender.commune),
            "to": _party(made.bundle.receiver.commune),
            "clubs": made.clubs,
            "events": len(made.bundle.lines),
            "names": made.names,
            "encrypted": made.bundle.box is not None,
            "signed": made.bundle.signature is not None,
        },
        lambda: [*made.cover.splitlines(), "", _("Written: {path}").format(path=file)],
    )


def _signs_own(context: Context, order: "Order", pair: "Pair", wished: bool) -> bool:
    """Show what was recorded unsigned in the officer's name; return whether they sign it now."""
    from engine.bundles import making
    from engine.bundles.cover import unsigned_lines
    from engine.cli import prompt

    found = making.pending(context.registry, order, pair)
    if not found:
        return False
    context.message(_("Recorded under your name and not signed: {count}").format(count=len(found)))
    for line in unsigned_lines(context.registry.store, found[:SHOWN]):
        context.message(f"  {line}")
    if len(found) > SHOWN:
        context.message(_("… and {count} more").format(count=number(len(found) - SHOWN)))
    if wished or not context.interactive:
        if not wished:
            context.message(_("If all of it is yours, sign it: {option}.").format(option="--sign"))
        return wished
    return prompt.yes(_("Did you record all of this? Then it is signed."))


def _party(commune: str | None) -> str:
    return commune or PROVINCE_STREAM


@bundle.command(name="import", help=_("Take a file with clubs in, or every such file of a folder."))
@click.argument("path", metavar="FILE", type=PATH)
@click.option("--dry-run", is_flag=True, help=_("Only report what would happen"))
@click.option("--yes", is_flag=True, help=_("Do not ask before it is taken in"))
@pass_context
def import_(context: Context, path: Path, dry_run: bool, yes: bool) -> int:
    """Take in one file, or those of a folder."""
    from engine.bundles.form import SUFFIX, read

    if path.is_dir():
        return _import_folder(context, path, sorted(path.glob(f"*{SUFFIX}")), dry_run)
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

    if context.registry_if_any() is None:
        return _start(context, found, dry_run)
    try:
        taken = taking.take(context.registry, _opened(context, found), dry_run=dry_run)
    except taking.ForkedError as error:
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
        return starting.look(found, context.provinces)
    made, taken = starting.begin(context.settings.database, found, context.provinces)
    context.use(made)
    return taken


def _taken_row(path: Path, taken: "Taken", dry_run: bool) -> dict[str, Any]:
    return {
        "file": str(path),
        "id": taken.bundle.id,
        "from": _party(taken.bundle.sender.commune),
        "to": _party(taken.bundle.receiver.commune),
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
                "here": [_event_row(event) for event in one.here],
                "there": [_event_row(event) for event in one.there],
            }
            for one in taken.forks
        ],
        "names": taken.names,
        "signatures": taken.signed,
        "nameless": taken.nameless,
        "warnings": list(taken.warnings),
    }


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "step": event.step,
        "on": event.on.isoformat(),
        "officer": event.officer,
        "recorded_at": event.recorded_at,
        "hash": event.hash,
    }


def _taken_text(taken: "Taken", dry_run: bool) -> Iterator[str]:
    from engine.bundles.cover import part, signed_late, summary

    for name, value in summary(taken.bundle).items():
        yield f"{name}: {value}"
    yield ""
    for one in taken.coming[:SHOWN]:
        yield f"{part(one.name, one.first, one.last)}: {one.what}"
    if len(taken.coming) > SHOWN:
        yield _("… and {count} more").format(count=number(len(taken.coming) - SHOWN))
    for fork in taken.forks:
        yield from _fork_text(fork, taken.bundle.sender.commune)
    if dry_run:
        yield (
            _("New in this file, not taken in yet. Events: {count}")
            if taken.is_new
            else _nothing(taken)
        ).format(count=number(taken.events))
    else:
        yield _done(taken)
        yield from _answer(taken)
    if taken.signed:
        yield signed_late(taken.signed)
    if taken.nameless:
        yield _("People whose names did not come along: {count}").format(
            count=number(taken.nameless)
        )
    yield from taken.warnings


def _done(taken: "Taken") -> str:
    if not taken.is_new:
        return _nothing(taken)
    return _("✓ Taken in. Clubs: {clubs}, events: {events}, names: {names}").format(
        clubs=number(sum(one.stream.startswith("club:") for one in taken.coming)),
        events=number(taken.events),
        names=number(taken.names),
    )


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
    yield from _sides(fork.here, fork.there)
    if not fork.is_ours:
        yield _(
            "  → Send {commune} your file: there its own steps are taken again. {command}"
        ).format(commune=sender, command=f'clb bundle export --for "{sender}"')
        return
    club = fork.stream.removeprefix("club:").replace(fork.stream, PROVINCE_STREAM)
    yield _("  → To take your own steps again on top of theirs: {command}").format(
        command=f"clb bundle rebase {club if ':' not in club else PROVINCE_STREAM}"
    )


def _sides(here: Sequence[Event], there: Sequence[Event]) -> Iterator[str]:
    """Yield both sides of a fork next to each other."""

    from engine.bundles.taking import event_text

    def cell(event: Event | None) -> str:
        return "" if event is None else event_text(event)

    rows = [(cell(one), cell(other)) for one, other in zip_longest(here, there)]
    yield from tables.table([_("Here"), _("In the file")], rows, folded=True)


def _import_folder(context: Context, folder: Path, files: Sequence[Path], dry_run: bool) -> int:
    """Take in every file of a folder, the oldest first; one that is refused stops no other."""
    from engine.bundles.form import SUFFIX, read

    read_in: list[tuple[str, Path, Bundle]] = []
    answers: list[dict[str, Any]] = []
    for path in files:
        try:
            found = read(path)
        except ClbError as error:
            answers.append(_refused_row(path, error))
        else:
            read_in.append((found.made_at, path, found))
    with counting(context, _("Files done"), len(files)) as show:
        for done, (_made, path, found) in enumerate(sorted(read_in, key=lambda one: one[:2]), 1):
            try:
                answers.append(_taken_row(path, _take(context, path, found, dry_run), dry_run))
            except ClbError as error:
                answers.append(_refused_row(path, error))
            show(done)
    refused = sum("error" in one for one in answers)
    none = _("There is no file ending in {suffix} in the folder {folder}.").format(
        suffix=SUFFIX, folder=folder
    )
    context.answer(answers, lambda: map(_folder_line, answers) if answers else (none,))
    return 1 if refused else 0


def _refused_row(path: Path, error: ClbError) -> dict[str, Any]:
    body = {"code": str(error.code), "message": error.message, "help": error.help}
    return {"file": str(path), "error": body}


def _folder_line(row: dict[str, Any]) -> str:
    name = Path(row["file"]).name
    if "error" in row:
        return f"✗ {name}: {row['error']['message']} ({row['error']['code']})"
    forks = len(row["forks"])
    mark = "!" if forks else "✓"
    line = _("{mark} {name}: from {sender}, new events: {count}").format(
        mark=mark, name=name, sender=row["from"], count=number(row["events"])
    )
    return f"{line}, " + _("went on at both sides: {count}").format(count=forks) if forks else line


@bundle.command(help=_("Take a club's own steps again on top of what the other side recorded."))
@click.argument("named", metavar="CLUB")
@click.option("--from", "file", type=PATH, default=None, help=_("The other side's file"))
@click.option(
    "--leave-out", "left_out", type=int, multiple=True, help=_("Do not take this event again")
)
@click.option("--dry-run", is_flag=True, help=_("Only report what would happen"))
@ACK
@pass_context
def rebase(
    context: Context,
    named: str,
    file: Path | None,
    left_out: tuple[int, ...],
    dry_run: bool,
    acks: tuple[str, ...],
) -> int:
    """Settle a club that went on at both sides; ``province`` is the province's own records."""
    from engine.bundles.form import read
    from engine.bundles.rebasing import Wish

    stream = _stream(context, named)
    place = file or _remembered(context, stream)
    wish = Wish(context.officer, acknowledged(acks), frozenset(left_out))
    found = read(place)
    done = _rebase(context, found, stream, wish, True)
    if context.interactive and not dry_run:
        from engine.cli import ask, prompt

        context.answer({}, lambda: _settled_text(done, True))
        if done.unanswered:
            more = ask.reasons_for(done.unanswered, wish.acknowledged)
            if more is None:
                raise click.Abort
            wish = replace(wish, acknowledged={**wish.acknowledged, **more})
        if not prompt.yes(_("Take these steps again like this?")):
            raise click.Abort
    if not dry_run:
        done = _rebase(context, found, stream, wish, False)
    context.answer(
        {
            "stream": done.stream,
            "common": done.common,
            "dry_run": dry_run,
            "there": [_event_row(one) for one in done.there],
            "own": [_again_row(one) for one in done.own],
        },
        lambda: _settled_text(done, dry_run),
    )
    return 0 if not done.unanswered else RefusedError.exit_code


def _rebase(
    context: Context, found: "Bundle", stream: str, wish: "Wish", dry_run: bool
) -> "Settled":
    from engine.bundles.rebasing import rebase as settle

    return settle(context.registry, found, stream, wish, dry_run=dry_run)


def _stream(context: Context, named: str) -> str:
    if named == PROVINCE_STREAM:
        return f"province:{context.province_of_officer()}"
    return f"club:{club_id(context, named)}"


def _remembered(context: Context, stream: str) -> Path:
    """Return the file in which a fork was found last. Raises ``InputError``."""
    draft = context.remembered.draft("bundle", stream)
    if draft is None:
        raise InputError(
            _("It is not known which file has the other side of it."),
            code=codes.BUNDLE_REBASE,
            help=_("Name it: {option}.").format(option="--from FILE"),
        )
    return Path(draft["file"])


def _again_row(one: "Again") -> dict[str, Any]:
    return {
        **_event_row(one.event),
        "again": one.seq,
        "why": one.why or None,
        "findings": findings(one.findings),
    }


def _settled_text(done: "Settled", dry_run: bool) -> Iterator[str]:
    yield from _sides([one.event for one in done.own], done.there)
    for one in done.own:
        name = f"{one.event.seq}. {dmy(one.event.on)} {step_name(one.event.step)}"
        if one.seq is not None:
            yield _("✓ {event}: taken again as event {seq}").format(event=name, seq=one.seq)
        else:
            yield _("✗ {event}: not taken again: {why}").format(event=name, why=one.why)
        yield from tables.findings(one.findings)
    if dry_run:
        yield _("Nothing is changed yet.")
    else:
        yield _("What the own events were before is kept with the seals of this database.")
        yield _("Now send your file: {command}").format(command="clb bundle export")


@bundle.command(help=_("From whom the last file came, how old it is, what is missing."))
@OF_PROVINCE
@pass_context
def status(context: Context, province: str | None) -> None:
    """Show how far the exchange is."""
    from engine.bundles.status import status as of

    found = of(context.registry, province or context.province_of_officer())
    context.answer([_status_row(one) for one in found], lambda: _status_text(found))


def _status_row(one: "Exchange") -> dict[str, Any]:
    return {
        "with": _party(one.commune),
        "clubs": one.clubs,
        "made_on": None if one.made_on is None else one.made_on.isoformat(),
        "days": one.days,
        "lacks": one.lacks,
        "apart": list(one.apart),
        "ahead": list(one.ahead),
    }


def _status_text(found: "Sequence[Exchange]") -> Iterator[str]:
    rows = [
        (
            one.commune or _("the province"),
            number(one.clubs),
            dmy(one.made_on) if one.made_on else _("never"),
            "" if one.days is None else number(one.days),
            number(one.lacks),
            ", ".join((*one.apart, *one.ahead)),
        )
        for one in found
    ]
    yield from tables.table(
        [
            _("With"),
            _("Clubs"),
            _("Last file of"),
            _("Days ago"),
            _("Not yet there"),
            _("Apart or ahead"),
        ],
        rows,
        right=[1, 3, 4],
        folded=True,
    )
