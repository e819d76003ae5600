"""``clb db``: make, bring up to date, check, recompute, copy and bring back the database."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine import codes
from engine.cli import prompt, tables
from engine.cli.command import group
from engine.cli.context import Context, pass_context, sealed_row
from engine.cli.files import PATH
from engine.cli.typed import PROVINCE
from engine.errors import InputError, StorageError, UnknownError
from engine.i18n import _
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.lifecycle.copies import Copy
    from engine.lifecycle.rotation import Kept
    from engine.lifecycle.sealing import Sealed
    from engine.lifecycle.upkeep import NewLogin

BROKEN = 5
GIVE_ONE = r'psql -c "\password …"'
"""How a login of a server gets its password; psql is the server's own tool."""


@group(help=_("Make, check and rebuild the database."))
def db() -> None:
    """Hold the commands about the database."""


@db.command(help=_("Make the database; one that is there is left as it is."))
@click.option(
    "--partitioned",
    is_flag=True,
    help=_("On a server: divide the tables by province, one part for each that is installed"),
)
@pass_context
def init(context: Context, partitioned: bool) -> None:
    """Make the database."""
    from engine.lifecycle import upkeep
    from engine.lifecycle.registry import target_of

    target = target_of(context.settings.database)
    made = upkeep.init(target, context.provinces.found() if partitioned else None)
    context.answer(
        {"database": str(target), "made": made},
        lambda: (_("Made: {database}") if made else _("It is there already: {database}")).format(
            database=target
        ),
    )


@db.command(help=_("Bring a database of an older version up to date, after a copy of it."))
@pass_context
def upgrade(context: Context) -> None:
    """Upgrade the database."""
    from engine.lifecycle import upkeep
    from engine.lifecycle.registry import target_of

    target = target_of(context.settings.database)
    if target.path is None and upkeep.needs_upgrade(target):
        context.message(
            _("This program does not copy a server's database: make a copy first with pg_dump.")
        )
        if context.interactive and not prompt.yes(_("Is there a copy from just now?")):
            raise click.Abort
    done = upkeep.upgrade(target)

    def text() -> Iterator[str]:
        if not done.ran:
            yield _("{database} is of this version already.").format(database=target)
            return
        yield _("Brought up to date: {steps}").format(steps=", ".join(done.ran))
        if done.backup is not None:
            yield _("The database of before is kept as {file}").format(file=done.backup)

    context.answer(
        {
            "database": str(target),
            "ran": list(done.ran),
            "backup": str(done.backup) if done.backup else None,
        },
        text,
    )


@db.command(help=_("Check the file, the log, and every table against the log."))
@pass_context
def check(context: Context) -> int:
    """Check the database."""
    from engine.lifecycle import upkeep

    store = context.registry.store
    health = upkeep.check(store)

    def text() -> Iterator[str]:
        if health.ok:
            yield _("✓ The log is whole and every table agrees with it. Events: {count}").format(
                count=health.events
            )
        for fault in health.faults:
            place = f"{fault.stream}, {fault.seq}" if fault.seq else fault.stream
            yield f"✗ {place}: {fault.reason}"

    context.answer(
        {
            "ok": health.ok,
            "events": health.events,
            "faults": [
                {
                    "kind": fault.kind,
                    "where": fault.stream,
                    "seq": fault.seq or None,
                    "reason": fault.reason,
                }
                for fault in health.faults
            ],
        },
        text,
    )
    if health.ok:
        return 0
    kinds = {fault.kind for fault in health.faults}
    if kinds - {"table", "schema"}:
        context.message(f"  → {upkeep.advice(store)}")
        return BROKEN
    if "table" in kinds:
        context.message(_("  → The log is whole: compute the tables again with clb db rebuild."))
    if "schema" in kinds:
        own = _(
            "clb db rebuild makes a missing index again. What is not of this program must go: ask "
            "whoever put it there."
        )
        context.message(f"  → {own} {upkeep.advice(store)}")
    return BROKEN


@db.command(help=_("Compute every table anew from the log; names and addresses stay."))
@click.option(
    "--accept-end",
    is_flag=True,
    help=_("Go on although the tables know of later events that the log does not have"),
)
@pass_context
def rebuild(context: Context, accept_end: bool) -> None:
    """Rebuild the tables."""
    from engine.lifecycle import upkeep

    events = upkeep.rebuild(context.registry.store, accept_end=accept_end)
    context.answer(
        {"events": events},
        lambda: _("The tables were computed anew. Events: {count}").format(count=events),
    )


@db.command(help=_("Copy the database into FILE while others go on working."))
@click.argument("file", type=PATH, required=False)
@click.option(
    "--to",
    "into",
    type=PATH,
    default=None,
    help=_("Instead of a file: a folder, in which the copy is named after its moment and checked"),
)
@click.option(
    "--keep", type=int, default=None, help=_("With --to: keep so many copies, remove older ones")
)
@pass_context
def backup(context: Context, file: Path | None, into: Path | None, keep: int | None) -> None:
    """Back the database up."""
    from engine.clock import now
    from engine.lifecycle import rotation
    from engine.lifecycle.backup import save
    from engine.lifecycle.registry import target_of

    target = target_of(context.settings.database)
    if (file is None) == (into is None) or (keep is not None and into is None):
        raise click.UsageError(_("Give a file, or --to FOLDER, which --keep is for."))
    if into is not None:
        file = rotation.place(target, into, now())
    assert file is not None
    folder = os.path.dirname(os.path.abspath(file))
    possible = target.path is not None and not os.path.exists(file) and os.path.isdir(folder)
    made, not_sealed = _sealed(context) if possible else ([], [])
    kept = rotation.save(target, file, keep) if into is not None else None
    events = save(target, file) if kept is None else kept.events
    context.remembered.keep_backup(now().isoformat(timespec="seconds"))
    removed = [] if kept is None else [str(one) for one in kept.removed]
    for sentence in not_sealed:
        context.message(_("Not sealed: {reason}").format(reason=sentence))
    context.answer(
        {
            "database": str(target),
            "file": str(file),
            "events": events,
            "seals": [sealed_row(one) for one in made],
            "not_sealed": not_sealed,
            "checked": kept is not None,
            "removed": removed,
        },
        lambda: (
            [_rotated(file, kept)]
            if kept is not None
            else [
                _("Copied to {file}. Events: {count}").format(file=file, count=events),
                *(_("Check line: {line}").format(line=one.seal.line) for one in made),
                _("The copy holds names and addresses: keep it where only officers can read it."),
            ]
        ),
    )


def _rotated(file: Path, kept: "Kept") -> str:
    """Return the one line that a scheduler keeps of a backup."""
    return _("Copied to {file} and checked. Events: {count}; older copies removed: {old}").format(
        file=file, count=kept.events, old=len(kept.removed)
    )


def _sealed(context: Context) -> "tuple[list[Sealed], list[str]]":
    """Seal every province before a copy is made; what cannot be sealed is copied all the same."""
    from engine.lifecycle.sealing import try_seal_all

    try:
        registry = context.registry
    except StorageError as error:
        return [], [error.message]
    return try_seal_all(registry, context.settings.officer)


@db.command(
    help=_("Wall off provinces and communes from one another on a server: show the SQL, or run it.")
)
@click.option("--apply", is_flag=True, help=_("Run it as the owner of the tables"))
@click.option(
    "--passwords",
    "handed",
    type=PATH,
    default=None,
    help=_("With --apply: a new file, with a password for each login that was not there before"),
)
@pass_context
def roles(context: Context, apply: bool, handed: Path | None) -> None:
    """Show or apply roles, grants and row-level security."""
    from engine.lifecycle import upkeep
    from engine.lifecycle.registry import target_of

    if handed is not None and not apply:
        raise click.UsageError(_("--passwords goes with --apply."))
    target = target_of(context.settings.database)
    new: list[NewLogin] = []

    def hand_out(logins: "Sequence[NewLogin]") -> None:
        assert handed is not None
        new.extend(logins)
        if new:
            _write_passwords(handed, new)

    found = upkeep.roles(
        target, context.provinces, apply=apply, hand_out=None if handed is None else hand_out
    )
    done = _("✓ Applied to {database}. A login without a password gets one so: {command}")
    context.answer(
        {
            "database": str(target),
            "applied": apply,
            "statements": found,
            "passwords": len(new),
        },
        lambda: (
            [done.format(database=target, command=GIVE_ONE), *_handed(handed, len(new))]
            if apply
            else [f"{one};" for one in found]
        ),
        whole=not apply,
    )


def _write_passwords(file: Path, new: "Sequence[NewLogin]") -> None:
    """Write a file of passwords, for its owner's eyes. Raises ``InputError`` where there is one."""
    from engine.roster.writer import write_table

    if os.path.lexists(file):
        raise InputError(
            _("{file} is there already; passwords are written to a new file.").format(file=file),
            code=codes.USAGE,
            help="--passwords",
        )
    headings = [_("Login"), _("Password"), _("Officer"), _("Full name"), _("Commune")]
    rows = (
        (one.login, one.password, one.officer.id, one.officer.name, one.officer.commune or "")
        for one in new
    )
    write_table(file, headings, rows)


def _handed(file: Path | None, count: int) -> Iterator[str]:
    """Yield how many logins got a password, and where it is."""
    if file is None:
        return
    if not count:
        yield _("No login is new: no password was given.")
        return
    yield _("Passwords of new logins: {count}, in {file}.").format(count=count, file=file)
    yield _("Only you can read it: hand each officer their own line, then delete the file.")


@db.command(
    "copy", help=_("Copy everything into another database: from a file to a server, or back.")
)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--province", type=PROVINCE, default=None, help=_("Only what is of this province"))
@pass_context
def copy_into(context: Context, source: str, target: str, province: str | None) -> None:
    """Copy a database into another one."""
    from engine.lifecycle.registry import refuse_shown_password, target_of
    from engine.lifecycle.transfer import transfer

    for url in (source, target):
        refuse_shown_password(url)
    old, new = target_of(source), target_of(target)
    done = transfer(old, new, province)
    context.answer(
        {
            "from": str(old),
            "to": str(new),
            "province": province,
            "made": done.made,
            "events": done.events,
            "added": done.added,
            "head": done.head,
            "seals": list(done.seals),
        },
        lambda: [
            _("Copied into {database}. Events: {count}").format(database=new, count=done.events),
            _("New there: {count}").format(count=done.added),
            _("✓ The copy reads as what was copied, names and addresses included."),
            _("Head of both logs: {head}").format(head=done.head),
            *(_("Check line: {line}").format(line=line) for line in done.seals),
            _("What others recorded meanwhile comes with the next copy: repeat the command."),
        ],
    )


@db.command(help=_("Put the copy FILE in the place of the database, which is kept next to it."))
@click.argument("file", type=PATH)
@click.option(
    "--yes",
    is_flag=True,
    help=_("Go on although the database has events that the copy lacks"),
)
@pass_context
def restore(context: Context, file: Path, yes: bool) -> None:
    """Bring a copy back."""
    from engine.lifecycle.registry import target_of
    from engine.lifecycle.restore import Lost
    from engine.lifecycle.restore import restore as bring_back

    def agree(lost: Lost) -> bool:
        if not context.interactive:
            return False
        click.echo(str(lost))
        return prompt.yes(_("Bring the copy back all the same?"))

    target = target_of(context.settings.database)
    done = bring_back(target, file, agree=None if yes else agree)

    def text() -> Iterator[str]:
        yield _("Brought back from {file}. Events: {count}").format(file=file, count=done.events)
        if done.lost.events:
            yield str(done.lost)
        if done.replaced is not None:
            yield _("The database of before is kept as {file}").format(file=done.replaced)
        for fault in done.unsealed:
            yield _("The copy does not have what its own seals cover: {place}: {reason}.").format(
                place=f"{fault.stream}, {fault.seq}", reason=fault.reason
            )
        if done.needs_upgrade:
            yield _("It is of an older version; bring it up to date: clb db upgrade.")

    context.answer(
        {
            "database": str(target),
            "file": str(file),
            "events": done.events,
            "lost": {"events": done.lost.events, "from": done.lost.first, "to": done.lost.last},
            "replaced": str(done.replaced) if done.replaced else None,
            "needs_upgrade": done.needs_upgrade,
            "unsealed": [
                {"where": one.stream, "seq": one.seq, "reason": one.reason} for one in done.unsealed
            ],
        },
        text,
    )


@db.command(help=_("List the copies kept next to the database, which hold names; remove some."))
@click.option(
    "--remove",
    "names",
    multiple=True,
    metavar="FILE",
    help=_("The name of a copy to be removed; can be repeated"),
)
@click.option("--remove-all", is_flag=True, help=_("Remove every copy that is not in use"))
@click.option("--yes", is_flag=True, help=_("Remove without a question"))
@pass_context
def copies(context: Context, names: tuple[str, ...], remove_all: bool, yes: bool) -> None:
    """List or remove the copies next to the database."""
    from engine.lifecycle import copies as kept
    from engine.lifecycle.registry import target_of

    target = target_of(context.settings.database)
    there = {copy.file.name: copy for copy in kept.found(target)}
    removable = [name for name, copy in there.items() if not copy.in_use]
    chosen = removable if remove_all else list(dict.fromkeys(Path(name).name for name in names))
    for name in chosen:
        if name not in removable:
            raise UnknownError(
                _("There is no kept copy {name} that can be removed.").format(name=name),
                code=codes.COPY_UNKNOWN,
                help=_("See which there are: clb db copies."),
            )
    if chosen and not yes:
        if not context.interactive:
            raise InputError(
                _("What is removed cannot be brought back."),
                code=codes.USAGE,
                help=_("Repeat with --yes."),
            )
        click.echo("\n".join(chosen))
        if not prompt.yes(_("Remove these copies?")):
            raise click.Abort
    for name in chosen:
        kept.remove(there[name])
    left = [copy for name, copy in there.items() if name not in chosen]
    data = {
        "copies": [
            {
                "file": str(copy.file),
                "kind": copy.kind,
                "bytes": copy.bytes,
                "made": copy.made.isoformat(timespec="seconds"),
                "private": copy.private,
                "in_use": copy.in_use,
            }
            for copy in left
        ],
        "removed": [str(there[name].file) for name in chosen],
    }
    context.answer(data, lambda: _copies(left, chosen))


def _copies(left: "list[Copy]", removed: list[str]) -> Iterator[str]:
    kinds = {
        "replaced": _("replaced by a restore"),
        "before_upgrade": _("before an upgrade"),
        "unfinished": _("broken off"),
    }
    for name in removed:
        yield _("Removed: {file}").format(file=name)
    if not left:
        yield _("No copies are kept next to the database.")
        return
    yield from tables.table(
        [_("File"), _("What it is"), _("Made on"), "MB", _("Remark")],
        (
            (
                copy.file.name,
                kinds[copy.kind],
                dmy(copy.made.date()),
                f"{copy.bytes / 1_000_000:.1f}".replace(".", ","),
                _("in use") if copy.in_use else ("" if copy.private else _("others can read it")),
            )
            for copy in left
        ),
        right=[3],
    )
    yield _("They hold names and addresses. Remove one: clb db copies --remove FILE.")
