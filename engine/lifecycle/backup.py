"""Copies of a database file, made while others work with it; only their owner can read them."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from engine import codes
from engine.errors import InputError, StorageError
from engine.files import SIDE_FILES, SQLITE_HEAD, reason_of, shown
from engine.i18n import _
from engine.store import migrate, waiting
from engine.store.database import PRIVATE, connect
from engine.store.failures import OF_SQLITE, failure
from engine.store.migrate import HISTORY
from engine.store.orm import DatabaseError
from engine.store.reader import refuse_special
from engine.store.url import DatabaseAddress

OF_A_DATABASE = (codes.DATABASE_UNUSABLE, codes.DATABASE_DAMAGED, codes.DATABASE_FORMAT)
"""Failures whose advice is about the database in use, not about a copy of it."""
LONGEST_NAME = 200
"""Bytes of a name that its unfinished copy has too: a file's name has 255 at most."""
PAUSE = 0.25
"""Seconds between two tries to copy what somebody else holds."""


def save(target: DatabaseAddress, file: Path) -> int:
    """Copy the database into a new file while others go on writing; return its events.

    Raises ``InputError`` for a file that is there or a folder that is not, ``StorageError``.
    """
    require_file(target)
    with sentences(file):
        _require_new(file)
    with closing(connect(target)) as store:
        if not migrate.applied(store):
            migrate.require_current(store)
        return copy(store.database.connection(), file, target)


def copy(source: sqlite3.Connection, file: Path, origin: DatabaseAddress) -> int:
    """Copy a database into a file, all of it or nothing, and return its events.

    ``origin`` is the database as a message names it. Raises ``StorageError``, and
    ``ConflictError`` when somebody else holds the database for too long.
    """
    with sentences(file), part_of(file) as part:
        copy_pages(source, part, origin)
        with closing(read_only(part)) as made:
            found = made.execute("SELECT count(*) FROM event").fetchone()
        os.replace(part, file)
    return int(found[0])


def copy_pages(source: sqlite3.Connection, file: Path, origin: DatabaseAddress) -> None:
    """Copy a database page by page into an empty file. Raises what the driver raises."""
    with closing(sqlite3.connect(file)) as made:
        source.backup(made, progress=waiting.progress(origin, PAUSE), sleep=PAUSE)
        # One file that any tool opens, without a log next to it.
        made.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def part_of(file: Path) -> Iterator[Path]:
    """Make a file next to ``file`` to be filled and renamed; what is left of it then goes.

    Only its owner can read it, and its name has this process's number in it. Raises ``OSError``.
    """
    prefix = f"{beginning(file.name)}.{os.getpid()}-"
    made, name = tempfile.mkstemp(".part", prefix, file.absolute().parent)
    os.close(made)
    part = Path(name)
    try:
        yield part
    finally:
        for tail in ("", *SIDE_FILES):
            part.with_name(part.name + tail).unlink(missing_ok=True)


def beginning(name: str) -> str:
    """Return as much of a file's name as leaves room for what unfinished copies have after it."""
    return os.fsdecode(os.fsencode(name)[:LONGEST_NAME])


def reserve(path: Path, suffix: str) -> Path:
    """Make an empty file next to ``path`` under a free name (``name.suffix``, then -2, -3).

    Nobody else can take the name then. Raises ``OSError``.
    """
    first = candidate = path.with_name(f"{path.name}.{suffix}")
    number = 1
    while True:
        try:
            os.close(os.open(candidate, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        except FileExistsError:
            number += 1
            candidate = first.with_name(f"{first.name}-{number}")
        else:
            return candidate


def refuse_foreign(path: Path) -> None:
    """Refuse a file that is a database of another program: nothing of ours goes into it.

    A missing, empty or damaged file passes. Raises ``StorageError``, also for a device or a pipe.
    """
    refuse_special(DatabaseAddress(str(path)))
    with sentences(path):
        if not path.is_file() or not looks_like_sqlite(path):
            return
    try:
        with closing(read_only(path)) as connection:
            names = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except OF_SQLITE:
        return
    if names and HISTORY not in names:
        raise StorageError(
            _("{database} is a database of another program.").format(database=path),
            code=codes.DATABASE_FOREIGN,
            help=_("Name another file with --database or CLB_DATABASE."),
        )


def require_file(target: DatabaseAddress) -> Path:
    """Return where the database's file is. Raises ``StorageError`` for one on a server."""
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


def looks_like_sqlite(path: Path) -> bool:
    """Return whether a file begins as SQLite's do. Raises ``StorageError``."""
    with sentences(path), path.open("rb") as file:
        return file.read(len(SQLITE_HEAD)) == SQLITE_HEAD


def read_only(path: Path) -> sqlite3.Connection:
    """Open a SQLite file that is only read. Raises what the driver raises."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what the driver or the file system raises into a sentence about this file."""
    try:
        yield
    except (OSError, DatabaseError, *OF_SQLITE) as error:
        found = failure(DatabaseAddress(str(path)), error)
        if found.code not in OF_A_DATABASE:
            raise found from error
        reason, fix = reason_of(error)
        raise StorageError(
            _("{file} cannot be read or written: {reason}.").format(
                file=shown(path), reason=reason
            ),
            code=codes.FILE_UNUSABLE,
            help=fix or _("Check the file, its folder and the free space on the disk."),
        ) from error
