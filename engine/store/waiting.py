"""Waiting while another program writes: soon it is reported for whom, in the end it is given up."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine import codes
from engine.errors import ConflictError
from engine.i18n import _
from engine.store.url import DatabaseAddress

BUSY_SECONDS = 30
"""How long to wait for others altogether."""
SILENT_SECONDS = 2
"""How long to wait without a word."""
HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
LOCKS = "/proc/locks"
"""Where Linux lists who holds a part of which file; other systems do not say."""


def begin(
    connection: sqlite3.Connection, target: DatabaseAddress, statement: str = "BEGIN IMMEDIATE"
) -> None:
    """Run a statement that has to wait until other programs have finished writing to a file.

    After ``SILENT_SECONDS`` it is reported who is waited for. Raises what the driver raises when
    somebody still writes after ``BUSY_SECONDS``.
    """
    connection.execute(f"PRAGMA busy_timeout={SILENT_SECONDS * 1000}")
    try:
        connection.execute(statement)
    except sqlite3.OperationalError as error:
        if not is_held(error):
            raise
        report(target, holder(str(target.file)))
        rest = max(BUSY_SECONDS - SILENT_SECONDS, 0)
        connection.execute(f"PRAGMA busy_timeout={rest * 1000}")
        connection.execute(statement)
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def is_held(error: BaseException) -> bool:
    """Return whether SQLite refused because somebody else holds the file."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in HELD


def report(target: DatabaseAddress, who: str | None) -> None:
    """Report on the error stream, through ``logging``, that a command waits and for whom."""
    import logging

    logging.getLogger(__name__).warning(
        _("Waiting for {who}, which is writing to {database}; at most {seconds} seconds.").format(
            who=who or _("another program"), database=target, seconds=BUSY_SECONDS
        )
    )


@contextmanager
def reported(message: str) -> Iterator[None]:
    """Log a message where the block takes longer than ``SILENT_SECONDS``."""
    from logging import getLogger

    notice = threading.Timer(SILENT_SECONDS, getLogger(__name__).warning, (message,))
    notice.daemon = True
    notice.start()
    try:
        yield
    finally:
        notice.cancel()


def busy(target: DatabaseAddress, who: str | None = None) -> ConflictError:
    """Return the error for a database that somebody else has been writing to for too long."""
    message = (
        _("{who} is still writing to {database}.").format(who=who, database=target)
        if who
        else _("Another program is writing to {database}.").format(database=target)
    )
    return ConflictError(message, code=codes.DATABASE_BUSY, help=_("Try again in a moment."))


def progress(target: DatabaseAddress, pause: float) -> Callable[[int, int, int], None]:
    """Return what a copy of pages calls after each try: it gives up after ``BUSY_SECONDS``.

    ``pause`` is the time between two tries, in seconds. Raises ``ConflictError``.
    """
    tries = 0

    def tried(status: int, _remaining: int, _total: int) -> None:
        nonlocal tries
        if status & 0xFF not in HELD:
            return
        tries += 1
        if tries == round(SILENT_SECONDS / pause):
            report(target, holder(str(target.file)))
        if tries >= BUSY_SECONDS / pause:
            raise busy(target, holder(str(target.file)))

    return tried


def holder(file: str) -> str | None:
    """Return which other program writes to a SQLite file, ``None`` where the system does not say.

    Linux only. The file itself is not opened: closing it would give up this process's own locks.
    """
    try:
        files = {_identity(path) for path in (file, f"{file}-shm") if os.path.exists(path)}
        with open(LOCKS, encoding="ascii") as lines:
            found = [line.replace("->", "").split() for line in lines]
    except OSError:
        return None
    for _number, kind, _advisory, mode, pid, where, *_range in found:
        if kind == "POSIX" and mode == "WRITE" and where in files and pid != str(os.getpid()):
            return _("program {name} (process {number})").format(name=_program(pid), number=pid)
    return None


def _identity(path: str) -> str:
    """Return how the list of locks names a file: its device and its number."""
    found = os.stat(path)
    return f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"


def _program(pid: str) -> str:
    try:
        with open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as name:
            return name.read().strip()
    except OSError:
        return "?"
