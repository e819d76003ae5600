"""Copies of a database file: made while others work with it, and brought back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from peewee import DatabaseError, SqliteDatabase

from engine import codes
from engine.errors import ConflictError, InputError, StorageError
from engine.i18n import _
from engine.store import migrate, verify
from engine.store.database import Store, connect
from engine.store.migrate import HISTORY
from engine.store.url import DatabaseAddress

SQLITE_HEADER = b"SQLite format 3\x00"
SIDE_FILES = ("-wal", "-shm", "-journal")
BUSY_TRIES = 120
BUSY_PAUSE = 0.25
"""Seconds between two tries; together half a minute."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What bringing back a copy did. ``replaced`` is where the database of before is kept."""

    events: int
    replaced: Path | None
    needs_upgrade: bool


def save(target: DatabaseAddress, file: Path) -> int:
    """Copy the database into a new file while others go on writing; return its events.

    Raises ``InputError`` for a file that is there or a folder that is not, ``StorageError``.
    """
    _require_file(target)
    _require_new(file)
    with closing(connect(target)) as store:
        if not migrate.applied(store):
            migrate.require_current(store)
        return _copy(store.database.connection(), file)


def restore(target: DatabaseAddress, file: Path) -> Restored:
    """Put a copy in the place of the database, which is kept next to it.

    The copy is examined first: it must be a whole database of this program, of this version or an
    older one. Raises ``InputError``, ``StorageError``, ``ConflictError``; nothing is changed then.
    """
    path = _require_file(target)
    events, current = _examine(file)
    if path.exists() and path.samefile(file):
        raise InputError(
            _("{file} is the database itself.").format(file=file),
            code=codes.RESTORE_SAME,
            help=_("Name a copy that was made with clb db backup."),
        )
    refuse_foreign(path)
    replaced = _keep_replaced(path)
    try:
        _put(file, path)
    except BaseException:
        _put_back(replaced, path)
        raise
    return Restored(events, replaced, needs_upgrade=not current)


def _put(file: Path, path: Path) -> None:
    """Fill ``path`` with the copy; where a database is open there, others see it change at once."""
    with _sentences(path), closing(_read_only(file)) as source:
        if path.exists():
            with closing(sqlite3.connect(path, timeout=0)) as live:
                source.backup(live, progress=_Patience(path), sleep=BUSY_PAUSE)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, path)


def _put_back(replaced: Path | None, path: Path) -> None:
    if replaced is None:
        return
    if path.exists():
        replaced.unlink()
    else:
        os.replace(replaced, path)


def refuse_foreign(path: Path) -> None:
    """Refuse a file that is a database of another program: nothing of ours goes into it.

    A missing, empty or damaged file passes. Raises ``StorageError``.
    """
    if not path.is_file() or not _looks_like_sqlite(path):
        return
    try:
        with closing(_read_only(path)) as connection:
            names = _tables(connection)
    except sqlite3.DatabaseError:
        return
    if names and HISTORY not in names:
        raise StorageError(
            _("{database} is a database of another program.").format(database=path),
            code=codes.DATABASE_FOREIGN,
            help=_("Name another file with --database or CLB_DATABASE."),
        )


def free_name(path: Path, suffix: str) -> Path:
    """Return the name of a file next to ``path`` that is free: ``name.suffix``, then -2, -3."""
    first = candidate = path.with_name(f"{path.name}.{suffix}")
    number = 1
    while candidate.exists():
        number += 1
        candidate = first.with_name(f"{first.name}-{number}")
    return candidate


class _Patience:
    """Gives up waiting for another program's writing after a while."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tries = 0

    def __call__(self, status: int, remaining: int, total: int) -> None:
        del remaining, total
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return
        self.tries += 1
        if self.tries >= BUSY_TRIES:
            raise ConflictError(
                _("Another program is writing to {database}.").format(database=self.path),
                code=codes.DATABASE_BUSY,
                help=_("Try again in a moment."),
            )


def _copy(source: sqlite3.Connection, file: Path) -> int:
    """Copy a database into a new file, all of it or nothing; return its events."""
    part = file.with_name(f"{file.name}.part")
    with _sentences(file):
        try:
            with closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
                # One file that any tool opens, without a log next to it.
                copy.execute("PRAGMA journal_mode=DELETE")
                found = copy.execute("SELECT count(*) FROM event").fetchone()
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)
    return int(found[0])


def _require_file(target: DatabaseAddress) -> Path:
    if target.path is None:
        raise StorageError(
            _("{database} is not a file that can be copied.").format(database=target),
            code=codes.DATABASE_SERVER,
            help=_("Use PostgreSQL's own tools: pg_dump and pg_restore."),
        )
    return target.path


def _require_new(file: Path) -> None:
    if file.exists():
        raise InputError(
            _("{file} is there already; it is not overwritten.").format(file=file),
            code=codes.FILE_EXISTS,
            help=_("Give another name, for example with the day in it."),
        )
    if not file.absolute().parent.is_dir():
        raise InputError(
            _("There is no folder {folder}.").format(folder=file.absolute().parent),
            code=codes.FOLDER_MISSING,
            help=_("Make the folder first, or choose another one."),
        )


def _examine(file: Path) -> tuple[int, bool]:
    """Return how many events a copy holds and whether it is of this program's version."""
    if not file.is_file():
        raise InputError(
            _("There is no file {file}.").format(file=file),
            code=codes.FILE,
            help=_("Check the name and the folder."),
        )
    if not _looks_like_sqlite(file):
        raise _not_ours(file)
    with _sentences(file), closing(_open_copy(file)) as store:
        if not store.database.table_exists(HISTORY):
            raise _not_ours(file)
        done, here = migrate.applied(store), migrate.known()
        if set(done) - set(here) or not done:
            migrate.require_current(store)
        if store.rows("PRAGMA integrity_check") != [("ok",)]:
            raise _damaged(file, _("the file is damaged"))
        with verify.damaged_text(store):
            fault = next((one for one in verify.chain_faults(store) if one.kind != "table"), None)
        if fault is not None:
            raise _damaged(file, f"{fault.stream}, {fault.seq}: {fault.reason}")
        return verify.head(store)[1], done == here


def _not_ours(file: Path) -> InputError:
    return InputError(
        _("{file} is not a copy of this program's database.").format(file=file),
        code=codes.RESTORE_FOREIGN,
        help=_("Name a copy that was made with clb db backup."),
    )


def _damaged(file: Path, reason: str) -> StorageError:
    return StorageError(
        _("{file} does not hold a whole log: {reason}.").format(file=file, reason=reason),
        code=codes.RESTORE_DAMAGED,
        help=_("Bring back an earlier copy."),
    )


def _keep_replaced(path: Path) -> Path | None:
    """Keep what is at ``path`` under another name: a copy, or the file itself if no database."""
    if not path.exists() or not path.stat().st_size:
        return None
    kept = free_name(path, "replaced")
    if _is_sound(path):
        with _sentences(path), closing(_read_only(path)) as source:
            _copy(source, kept)
        return kept
    with _sentences(path):
        for tail in ("", *SIDE_FILES):
            part = path.with_name(path.name + tail)
            if part.exists():
                os.replace(part, kept.with_name(kept.name + tail))
    return kept


def _is_sound(path: Path) -> bool:
    """Return whether a file can be copied page by page: a whole database with our log in it."""
    if not _looks_like_sqlite(path):
        return False
    with _sentences(path):
        try:
            with closing(_read_only(path)) as connection:
                answer = connection.execute("PRAGMA integrity_check").fetchone()
                connection.execute("SELECT count(*) FROM event").fetchone()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            return False
    return bool(answer == ("ok",))


def _looks_like_sqlite(path: Path) -> bool:
    with _sentences(path), path.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) == SQLITE_HEADER


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _open_copy(path: Path) -> Store:
    database = SqliteDatabase(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    database.connect()
    return Store(DatabaseAddress(str(path)), database)


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master")}


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn what the driver or the file system raises into a sentence about this file."""
    try:
        yield
    except (OSError, DatabaseError, sqlite3.DatabaseError) as error:
        raise StorageError(
            _("{file} cannot be read or written: {reason}.").format(file=path, reason=str(error)),
            code=codes.FILE_UNUSABLE,
            help=_("Check the file, its folder and the free space on the disk."),
        ) from error
