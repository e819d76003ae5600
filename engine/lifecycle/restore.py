"""Bringing a copy back in the place of the database, which is kept."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine import codes
from engine.clock import ZONE
from engine.errors import InputError, RefusedError, StorageError
from engine.files import SIDE_FILES
from engine.i18n import _
from engine.lifecycle import upkeep
from engine.lifecycle.backup import (
    copy,
    copy_pages,
    looks_like_sqlite,
    part_of,
    read_only,
    refuse_foreign,
    require_file,
    reserve,
    sentences,
)
from engine.lifecycle.upkeep import Health
from engine.store import migrate, waiting
from engine.store.database import OPENED_WITH, PRIVATE, Store
from engine.store.failures import OF_SQLITE
from engine.store.fault import Fault
from engine.store.migrate import HISTORY
from engine.store.orm import SqliteDatabase
from engine.store.url import DatabaseAddress
from engine.user_dir import PRIVATE_FOLDER
from engine.vietnamese.text import dmy

OBJECTS = (
    "SELECT type, name, sql FROM {database}.sqlite_master "
    "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql IS NOT NULL"
)
DROPPED = ("trigger", "view", "index", "table")
"""In which order the parts of a database go."""
LOST = (
    "SELECT count(*), min(recorded_at), max(recorded_at) FROM main.event AS here WHERE NOT EXISTS ("
    "SELECT 1 FROM copy.event AS there WHERE there.stream = here.stream AND there.seq = here.seq "
    "AND there.hash = here.hash)"
)


@dataclass(frozen=True, slots=True)
class Lost:
    """The events that the database has and the copy lacks: how many, recorded from when to when.

    ``first`` and ``last`` are the moments as the log writes them; ``None`` where there are none.
    """

    events: int = 0
    first: str | None = None
    last: str | None = None

    def __str__(self) -> str:
        return _(
            "Events of the database that the copy lacks: {count}, recorded from {first} to {last}."
        ).format(count=self.events, first=_moment(self.first), last=_moment(self.last))


@dataclass(frozen=True, slots=True)
class Restored:
    """What bringing back a copy did. ``replaced`` is where the database of before is kept.

    ``unsealed`` is what the copy's own seals cover and the copy does not have any more: a log whose
    lost end was accepted (``rebuild --accept-end``) can be brought back, but not unseen.
    """

    events: int
    replaced: Path | None
    lost: Lost
    needs_upgrade: bool
    unsealed: tuple[Fault, ...] = ()


def restore(
    target: DatabaseAddress, file: Path, *, agree: Callable[[Lost], bool] | None = None
) -> Restored:
    """Put a copy in the place of the database, which is kept next to it.

    The copy is checked first: it must be a whole database of this program, of this version or an
    older one. From the moment the database of before is kept until the copy is in its place nobody
    else can write, so each event that was ever confirmed is in one of the two. Where the database
    has events that the copy lacks, ``agree`` is asked; without it they may be replaced.

    Raises ``InputError``, ``StorageError``, ``ConflictError``, and ``RefusedError`` when it was not
    agreed to; nothing is changed then.
    """
    path = require_file(target)
    with sentences(file):
        _require_copy(file, path)
    with sentences(path):
        refuse_foreign(path)
        path.absolute().parent.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        with part_of(path) as staged:
            with sentences(file), closing(read_only(file)) as source:
                copy_pages(source, staged, DatabaseAddress(str(file)))
            health, current = _examine(staged, file)
            if path.exists() and (not path.stat().st_size or _is_sound(path)):
                agreed = _agreed(path, staged, agree)
                with closing(_open(path, staged)) as live:
                    replaced, lost = _fill(target, live, path, agreed)
            else:
                replaced, lost = _take_the_place(path, staged), Lost()
    return Restored(health.events, replaced, lost, not current, health.faults)


def _require_copy(file: Path, path: Path) -> None:
    if not file.is_file():
        raise InputError(
            _("There is no file {file}.").format(file=file),
            code=codes.FILE,
            help=_("Check the name and the folder."),
        )
    if path.exists() and path.samefile(file):
        raise InputError(
            _("{file} is the database itself.").format(file=file),
            code=codes.RESTORE_SAME,
            help=_("Name a copy that was made with clb db backup."),
        )
    if not looks_like_sqlite(file):
        raise _not_ours(file)


def _examine(staged: Path, file: Path) -> tuple[Health, bool]:
    """Return how a copy was found and whether it is of this program's version.

    ``staged`` holds what ``file`` held. Raises ``StorageError`` for what is not whole.
    """
    with closing(_store(staged, file)) as store:
        if not store.has_table(HISTORY):
            raise _not_ours(file)
        done, here = migrate.applied(store), migrate.known()
        if set(done) - set(here) or not done:
            migrate.require_current(store)
        if done == here:
            return _whole(store, file), True
        # The tables of an older version are compared after an upgrade, which only a trial needs.
        with part_of(staged) as trial:
            copy_pages(store.database.connection(), trial, store.target)
            with closing(_store(trial, file)) as later:
                migrate.upgrade(later)
                return _whole(later, file), False


def _whole(store: Store, file: Path) -> Health:
    """Return how a copy of this version was found; only its own seals may not fit it.

    Raises ``StorageError``.
    """
    try:
        health = upkeep.check(store)
    except StorageError as error:
        raise _damaged(file, error.message.removesuffix(".")) from error
    faults = [one for one in health.faults if one.kind != "seal"]
    if not faults:
        return health
    fault = faults[0]
    place = f"{fault.stream}, {fault.seq}" if fault.seq else fault.stream
    only_tables = all(one.kind == "table" for one in faults)
    raise _damaged(file, f"{place}: {fault.reason}", repairable=only_tables)


def _store(path: Path, file: Path) -> Store:
    """Open the database at ``path``, which messages call ``file``."""
    database = SqliteDatabase(str(path), pragmas={"foreign_keys": 1})
    database.connect()
    return Store(DatabaseAddress(str(file)), database)


def _agreed(path: Path, staged: Path, agree: Callable[[Lost], bool] | None) -> int | None:
    """Return how many events may be replaced, ``None`` for any number."""
    if agree is None:
        return None
    with closing(_open(path, staged)) as live:
        lost = _lost(live)
    if lost.events and not agree(lost):
        raise _refusal(lost)
    return lost.events


def _fill(
    target: DatabaseAddress, live: sqlite3.Connection, path: Path, agreed: int | None
) -> tuple[Path | None, Lost]:
    """Replace what a database holds, in one transaction, once what it held is kept."""
    waiting.begin(live, target)
    kept = None
    try:
        lost = _lost(live)
        if _parts(live, "main"):
            if agreed is not None and lost.events > agreed:
                raise _refusal(lost)
            kept = reserve(path, "replaced")
            # Another connection, since one that holds the lock cannot be copied from.
            with closing(read_only(path)) as before:
                copy(before, kept, target)
        _replace_contents(live)
        live.execute("COMMIT")
    except BaseException:
        if live.in_transaction:
            live.execute("ROLLBACK")
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise
    # Somebody who has the file open may keep it from changing its mode now; doctor reports that.
    with suppress(sqlite3.OperationalError):
        live.execute("PRAGMA journal_mode=WAL")
    _make_private(path)
    return kept, lost


def _replace_contents(live: sqlite3.Connection) -> None:
    old, new = _parts(live, "main"), _parts(live, "copy")
    for kind in DROPPED:
        for name, _sql in old.get(kind, ()):
            live.execute(f"DROP {kind} IF EXISTS main.{_quoted(name)}")
    for name, sql in new["table"]:
        live.execute(sql)
        live.execute(f"INSERT INTO main.{_quoted(name)} SELECT * FROM copy.{_quoted(name)}")
    for _name, sql in new.get("index", ()):
        live.execute(sql)


def _parts(connection: sqlite3.Connection, database: str) -> dict[str, list[tuple[str, str]]]:
    """Return the name and the statement of what a database is made of, by kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, name, sql in connection.execute(OBJECTS.format(database=database)).fetchall():
        found.setdefault(kind, []).append((name, sql))
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _take_the_place(path: Path, staged: Path) -> Path | None:
    """Rename a copy to the database's name, where nothing is or something that cannot be read."""
    with closing(sqlite3.connect(staged)) as made:
        made.execute("PRAGMA journal_mode=WAL")
    kept = _set_aside(path)
    try:
        os.replace(staged, path)
    except OSError:
        if kept is not None:
            _rename(kept, path)
        raise
    _make_private(path)
    return kept


def _set_aside(path: Path) -> Path | None:
    """Rename a file and what SQLite kept next to it, which would else be read into the copy."""
    if not any(path.with_name(path.name + tail).exists() for tail in ("", *SIDE_FILES)):
        return None
    kept = reserve(path, "replaced")
    _rename(path, kept)
    return kept


def _rename(old: Path, new: Path) -> None:
    for tail in ("", *SIDE_FILES):
        part = old.with_name(old.name + tail)
        if part.exists():
            os.replace(part, new.with_name(new.name + tail))


def _make_private(path: Path) -> None:
    for tail in ("", *SIDE_FILES):
        with suppress(FileNotFoundError):
            os.chmod(path.with_name(path.name + tail), PRIVATE)


def _is_sound(path: Path) -> bool:
    """Return whether a file can be read as a whole: a database with a log in it."""
    if not looks_like_sqlite(path):
        return False
    try:
        with closing(read_only(path)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()
            connection.execute("SELECT count(*) FROM event").fetchone()
    except OF_SQLITE as error:
        if waiting.is_held(error):
            raise
        return False
    return bool(answer == ("ok",))


def _open(path: Path, staged: Path) -> sqlite3.Connection:
    """Open the database to be replaced, with the copy attached under the name ``copy``."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=waiting.BUSY_SECONDS)
    for name, value in {**OPENED_WITH, "foreign_keys": 0}.items():
        connection.execute(f"PRAGMA {name}={value}")
    connection.execute("ATTACH DATABASE ? AS copy", (str(staged),))
    return connection


def _lost(connection: sqlite3.Connection) -> Lost:
    if not _parts(connection, "main"):
        return Lost()
    return Lost(*connection.execute(LOST).fetchone())


def _moment(recorded: str | None) -> str:
    """Return a moment of the log in Viet Nam's time; what cannot be read, as it is."""
    try:
        moment = datetime.fromisoformat(str(recorded)).astimezone(ZONE)
    except ValueError:
        return str(recorded)
    return f"{dmy(moment.date())} {moment:%H:%M}"


def _refusal(lost: Lost) -> RefusedError:
    return RefusedError(
        str(lost),
        code=codes.RESTORE_LOSES,
        help=_("Nothing was changed. To replace them all the same, repeat with --yes."),
    )


def _not_ours(file: Path) -> InputError:
    return InputError(
        _("{file} is not a copy of this program's database.").format(file=file),
        code=codes.RESTORE_FOREIGN,
        help=_("Name a copy that was made with clb db backup."),
    )


def _damaged(file: Path, reason: str, *, repairable: bool = False) -> StorageError:
    return StorageError(
        _("{file} is not whole: {reason}.").format(file=file, reason=reason),
        code=codes.RESTORE_DAMAGED,
        help=_(
            "Its log is whole: compute its tables again with clb db rebuild --database {file}, "
            "then repeat."
        ).format(file=file)
        if repairable
        else _("Bring back an earlier copy."),
    )
