"""``clb doctor``: is this installation fit for work, and what is to be done where it is not?"""

import json
import locale
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import __version__, codes
from engine.cli.command import command
from engine.cli.context import WHO_ACTS, Context, pass_context
from engine.cli.doctor_check import Check, Status
from engine.cli.files import PATH
from engine.clock import ZONE, now
from engine.errors import ClbError
from engine.i18n import _
from engine.vietnamese.text import dmy, number

if TYPE_CHECKING:
    from engine.lifecycle.receipts import Judged
    from engine.model import Receipt
    from engine.store.url import DatabaseAddress

BROKEN = 5
OLD_BACKUP = timedelta(days=7)
LITTLE_SPACE = 500
"""Megabytes of free disk under which to warn; under a tenth of it nothing can be written safely."""
SHARED_FOLDERS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "drive của tôi",
    "icloud",
)
"""How folders are called that a program copies to other computers on its own."""


@command(help=_("Check this installation and say what to do."))
@click.option(
    "--support",
    "support",
    type=PATH,
    default=None,
    help=_("Also write a file for whoever helps from afar, without any name in it"),
)
@click.option("--metrics", is_flag=True, help=_("One line of JSON for a monitor instead"))
@pass_context
def doctor(context: Context, support: Path | None, metrics: bool) -> int:
    """Examine the installation; changes nothing."""
    found = list(examine(context))
    if support is not None:
        from engine.cli.doctor_support import bundle
        from engine.files import write_file

        write_file(support, bundle(context, found))
        context.message(_("Written: {path}").format(path=support))
    if metrics:
        click.echo(json.dumps(_metrics(context, found)))
        return _code(found)
    marks = {"ok": "✓", "warn": "!", "error": "✗"}

    def text() -> Iterator[str]:
        for one in found:
            yield f"{marks[one.status]} {one.message}"
            if one.help:
                yield f"    → {one.help}"

    context.answer(found, text)
    return _code(found)


def _code(found: list[Check]) -> int:
    return BROKEN if any(one.status == "error" for one in found) else 0


def _metrics(context: Context, found: list[Check]) -> dict[str, Any]:
    """Return what a monitor asks, all of it ``null`` where there is no database to be read."""
    from engine.reports.monitoring import Figures, figures

    try:
        path = context.registry.store.target.path
        known: dict[str, Any] = asdict(
            figures(context.registry.store, context.registry.lifecycle.today())
        )
        known["free_bytes"] = None if path is None else shutil.disk_usage(path.parent).free
    except ClbError:
        known = dict.fromkeys((*Figures.__slots__, "free_bytes"))
    statuses = [one.status for one in found]
    return {
        "ok": "error" not in statuses,
        "errors": statuses.count("error"),
        "warnings": statuses.count("warn"),
        "last_backup": context.remembered.backup,
        **known,
    }


def examine(context: Context) -> Iterator[Check]:
    """Check everything in turn; what fails is reported and the rest still checked."""
    yield Check("program", "ok", _program())
    yield encoding(_terminal())
    yield from _provinces(context)
    yield from _database(context)


def _program() -> str:
    return _("clb {version}, Python {python}").format(
        version=__version__, python=".".join(map(str, sys.version_info[:3]))
    )


def _terminal() -> str:
    if sys.platform == "win32":
        import ctypes

        return f"cp{ctypes.windll.kernel32.GetConsoleOutputCP()}"
    return locale.getencoding()


def encoding(name: str) -> Check:
    """Return whether a terminal of this encoding can show Vietnamese."""
    if name.casefold().replace("-", "").replace("_", "") in ("utf8", "cp65001"):
        return Check(
            "terminal", "ok", _("The terminal shows Vietnamese ({name}).").format(name=name)
        )
    help_ = "chcp 65001" if name.startswith("cp") else "export LANG=C.UTF-8"
    return Check(
        "terminal",
        "warn",
        _("The terminal may not show Vietnamese letters ({name}).").format(name=name),
        _("Before the next command, type: {command}").format(command=help_),
    )


def _provinces(context: Context) -> Iterator[Check]:
    from engine.cli.province import lines, nothing_installed

    rows = lines(context.provinces)
    if not rows:
        yield Check("provinces", "warn", nothing_installed())
    for row in rows:
        name = f"{row['province']}: {row['plugin']} {row['version']}"
        if row["error"] is None:
            yield Check("provinces", "ok", name)
        else:
            yield Check("provinces", "error", f"{name}: {row['error']}")


def _database(context: Context) -> Iterator[Check]:
    from engine.lifecycle.backup import refuse_foreign
    from engine.lifecycle.registry import target_of

    try:
        target = target_of(context.settings.database)
        if target.path is not None:
            yield place(str(target.path.absolute()))
            yield space(_free_megabytes(target.path))
            yield from _files(target)
            refuse_foreign(target.path)
        store = context.registry.store
    except ClbError as error:
        missing = error.code == codes.DATABASE_MISSING
        yield Check("database", "warn" if missing else "error", error.message, error.help)
        yield _officer(context, known=None)
        return
    yield Check("database", "ok", _("Database: {database}").format(database=target))
    if store.is_sqlite:
        yield journal(str(store.rows("PRAGMA journal_mode")[0][0]))
        yield backup(context.remembered.backup, now())
    else:
        from engine.cli.doctor_server import examine as examine_server

        yield from examine_server(store)
    yield from _clock(context)
    yield from _judged(context)
    yield _officer(context, known={one.id for one in context.registry.officers.everybody()})


def backup(last: str | None, moment: datetime) -> Check:
    """Return whether a backup was made on this computer in the last days."""
    if last is None:
        return Check(
            "backup",
            "warn",
            _("No backup of this database was made on this computer."),
            _("Make one each day: clb db backup --to FOLDER --keep 30."),
        )
    age = moment - datetime.fromisoformat(last)
    message = _("The last backup made on this computer is of {day}: {days} days ago.").format(
        day=dmy(datetime.fromisoformat(last).astimezone(ZONE).date()), days=age.days
    )
    if age <= OLD_BACKUP:
        return Check("backup", "ok", message)
    return Check("backup", "warn", message, _("Make one: clb db backup --to FOLDER --keep 30."))


def _clock(context: Context) -> Iterator[Check]:
    """Check that nothing was recorded at a moment that is still to come by this clock."""
    from engine.reports.monitoring import behind

    ((last,),) = context.registry.store.rows("SELECT max(recorded_at) FROM event")
    if behind(last, now()):
        yield Check(
            "clock",
            "warn",
            _("The last event was recorded at {moment}, which is still to come.").format(
                moment=last
            ),
            _("Set this computer's clock, or that of whoever recorded it."),
        )


def _judged(context: Context) -> Iterator[Check]:
    """Check that other computers judge by the same plugins as this one."""
    from engine.lifecycle import receipts

    for province in sorted(context.provinces.found()):
        try:
            own = context.provinces.receipt(province)
        except ClbError:
            continue  # reported among the provinces
        for one in receipts.others(receipts.recent(context.registry.store, province), own):
            yield other_plugin(province, one, own)


def other_plugin(province: str, one: "Judged", own: "Receipt") -> Check:
    """Return that somebody records under another plugin than this computer's."""
    there = f"{one.receipt.plugin} {one.receipt.version}"
    here = f"{own.plugin} {own.version}"
    message = _(
        "{province}: what {officer} recorded on {day} was judged by {there}; this computer has "
        "{here}."
    )
    if there == here:
        message = _(
            "{province}: what {officer} recorded on {day} was judged by another build of {there}: "
            "other values or other code under the same number."
        )
    return Check(
        "plugins",
        "warn",
        message.format(
            province=province,
            officer=one.officer,
            day=dmy(one.recorded_on),
            there=there,
            here=here,
        ),
        _("Install the same version on every computer: clb province install FILE."),
    )


def place(path: str) -> Check:
    """Return whether two computers could write a file of this path: SQLite cannot bear it."""
    parts = [part.casefold() for part in re.split(r"[\\/]+", path)]
    shared = next((part for part in parts if part.startswith(SHARED_FOLDERS)), None)
    if shared is None and not path.startswith(("\\\\", "//")):
        return Check("place", "ok", _("The database lies on this computer."))
    return Check(
        "place",
        "warn",
        _("{path} lies in a folder shared with other computers.").format(path=path),
        _(
            "Keep the database on this computer's own disk and put only copies there: "
            "clb db backup FILE. For several computers use PostgreSQL."
        ),
    )


def _files(target: "DatabaseAddress") -> Iterator[Check]:
    """Check who can read the database and the copies next to it: they hold names."""
    from engine.lifecycle import copies

    path = target.path
    if path is not None and os.path.isfile(path):
        yield rights(path.name, path.stat().st_mode if os.name == "posix" else 0)
    found = copies.found(target)
    if not found:
        return
    message = _("Copies with names in them next to the database: {count} ({megabytes} MB)").format(
        count=len(found), megabytes=number(sum(one.bytes for one in found) // 1_000_000)
    )
    broken = [one for one in found if one.kind == "unfinished" and not one.in_use]
    fine = not broken and all(one.private for one in found)
    yield Check(
        "copies",
        "ok" if fine else "warn",
        message,
        _("See them and remove what nobody needs: clb db copies."),
    )


def rights(name: str, mode: int) -> Check:
    """Return whether others than the owner of the database's file can read it."""
    if not mode & 0o077:
        return Check("rights", "ok", _("Only its owner can read the database."))
    return Check(
        "rights",
        "warn",
        _("Other users of this computer can read the database, which holds names."),
        f"chmod 600 {name}",
    )


def _free_megabytes(path: Path) -> int:
    folder = next(one for one in path.absolute().parents if one.exists())
    return shutil.disk_usage(folder).free // 1_000_000


def space(megabytes: int) -> Check:
    """Return whether there is room for the database to grow."""
    message = _("Free on the disk: {megabytes} MB").format(megabytes=number(megabytes))
    if megabytes >= LITTLE_SPACE:
        return Check("disk", "ok", message)
    status: Status = "warn" if megabytes * 10 >= LITTLE_SPACE else "error"
    return Check("disk", status, message, _("Make room on the disk before going on."))


def journal(mode: str) -> Check:
    """Return whether the database is read and written side by side."""
    if mode == "wal":
        return Check("journal", "ok", _("Reading goes on while somebody writes."))
    return Check(
        "journal",
        "warn",
        _("The database is in journal mode {mode}: readers and writers wait.").format(mode=mode),
        _("Put the database on this computer's own disk."),
    )


def _officer(context: Context, known: set[str] | None) -> Check:
    """Check who acts; ``known`` are the database's officers, ``None`` where it cannot be read."""
    acting = context.settings.officer
    if acting is None:
        return Check(
            "officer",
            "warn",
            _("It is not known who acts."),
            WHO_ACTS,
        )
    if known is not None and acting not in known:
        return Check(
            "officer",
            "warn",
            _("There is no officer {officer}.").format(officer=acting),
            "clb officer list",
        )
    return Check("officer", "ok", _("Acting: {officer}").format(officer=acting))
