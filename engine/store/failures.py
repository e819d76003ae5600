"""What the drivers and the system raise, as sentences: each kind of failure with its own advice."""

import errno
import os
import re
import sqlite3

from engine import codes
from engine.codes.code import Code
from engine.errors import ClbError, StorageError
from engine.i18n import N_, _
from engine.store import tls, waiting
from engine.store.url import DatabaseAddress

OF_SQLITE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite's driver raises: its message repeats names of a damaged schema that are no text."""
BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: codes.DATABASE_FULL,
    sqlite3.SQLITE_READONLY: codes.DATABASE_READONLY,
    sqlite3.SQLITE_PERM: codes.DATABASE_RIGHTS,
    sqlite3.SQLITE_AUTH: codes.DATABASE_RIGHTS,
    sqlite3.SQLITE_CORRUPT: codes.DATABASE_DAMAGED,
    sqlite3.SQLITE_NOTADB: codes.DATABASE_FORMAT,
    sqlite3.SQLITE_IOERR: codes.DATABASE_DISK,
}
BY_ERRNO = {
    errno.ENOSPC: codes.DATABASE_FULL,
    errno.EDQUOT: codes.DATABASE_FULL,
    errno.EROFS: codes.DATABASE_READONLY,
    errno.EACCES: codes.DATABASE_RIGHTS,
    errno.EPERM: codes.DATABASE_RIGHTS,
    errno.EIO: codes.DATABASE_DISK,
}
BY_SQLSTATE = (
    ("28", codes.DATABASE_PASSWORD),
    ("3D", codes.DATABASE_MISSING),
    ("42501", codes.DATABASE_RIGHTS),
    ("53100", codes.DATABASE_FULL),
    ("25006", codes.DATABASE_READONLY),
    ("55P03", codes.DATABASE_BUSY),
    ("40P01", codes.DATABASE_BUSY),
    ("40001", codes.DATABASE_BUSY),
    ("53300", codes.DATABASE_BUSY),
    ("57P", codes.DATABASE_UNREACHABLE),
    ("08", codes.DATABASE_UNREACHABLE),
    ("XX001", codes.DATABASE_DAMAGED),
    ("XX002", codes.DATABASE_DAMAGED),
)
"""PostgreSQL's codes of errors or how they begin (its manual, appendix A)."""
BY_WORDS = (
    ("password", codes.DATABASE_PASSWORD),
    ("authentication failed", codes.DATABASE_PASSWORD),
    ("no such user", codes.DATABASE_PASSWORD),
    ("EOF", codes.DATABASE_UNREACHABLE),
    ("unexpected eof", codes.DATABASE_UNREACHABLE),
    ("closed unexpectedly", codes.DATABASE_UNREACHABLE),
    ("certificate", codes.DATABASE_TLS),
    ("support SSL", codes.DATABASE_TLS),
    ("sslmode", codes.DATABASE_TLS),
    ("SSL error", codes.DATABASE_TLS),
    ("SSL encryption", codes.DATABASE_RIGHTS),
    ("no encryption", codes.DATABASE_TLS),
    ("pg_hba.conf", codes.DATABASE_RIGHTS),
    ("too many clients", codes.DATABASE_BUSY),
    ('role "', codes.DATABASE_PASSWORD),
    ('database "', codes.DATABASE_MISSING),
    ("resolve host", codes.DATABASE_UNREACHABLE),
    ("invalid ", codes.DATABASE_URL),
    ('missing "="', codes.DATABASE_URL),
    ("connection", codes.DATABASE_UNREACHABLE),
    ("timeout", codes.DATABASE_UNREACHABLE),
)
"""What libpq's messages contain where no server answered with a code."""
NO_ANSWER = (
    ("read-only", N_("only a standby answers, which takes no changes")),
    ("refused", N_("nothing runs at that address and port")),
    ("No such file", N_("nothing runs in that folder")),
    ("resolve host", N_("there is no computer of that name in the network")),
    ("timeout", N_("no answer came in time")),
    ("EOF", N_("the connection was cut")),
    ("unexpected eof", N_("the connection was cut")),
    ("closed unexpectedly", N_("the connection was cut")),
    ("terminating connection", N_("the connection was cut")),
)
"""What libpq's messages contain where no server answers, and what that means."""
SENTENCES: dict[Code, tuple[str, str, str]] = {
    codes.DATABASE_FULL: (
        N_("There is no room left on the disk of {database}."),
        N_("Make room on the disk, then repeat the command."),
        N_("Ask the administrator of the server to make room, then repeat the command."),
    ),
    codes.DATABASE_READONLY: (
        N_("{database} can only be read; nothing can be written into it."),
        N_("Take the write protection off the file and its folder, or work on a copy."),
        N_("Ask the administrator of the server why it takes no changes now."),
    ),
    codes.DATABASE_RIGHTS: (
        N_("You have no right to use {database}."),
        N_("Ask whoever keeps the file for the right to read and write it and its folder."),
        N_("Ask the administrator of the server for the right to do this."),
    ),
    codes.DATABASE_DAMAGED: (
        N_("{database} is damaged: {reason}."),
        N_("Bring back a backup: clb db restore FILE."),
        N_("Bring back a dump with pg_restore."),
    ),
    codes.DATABASE_FORMAT: (
        N_("{database} is not a database."),
        N_("Name the right file with --database or CLB_DATABASE."),
        "",
    ),
    codes.DATABASE_DISK: (
        N_("The disk or network drive of {database} reports a fault."),
        N_("Check the disk and its connection, then repeat the command."),
        "",
    ),
    codes.DATABASE_PASSWORD: (
        N_("The server does not accept the user or the password given for {database}."),
        "",
        N_(
            "Check the user's name and the password; keep the password in .pgpass or PGPASSFILE, "
            "not on the command line."
        ),
    ),
    codes.DATABASE_MISSING: (
        N_("There is no database at {path}."),
        N_("Make it once: clb db init."),
        N_("Ask the administrator of the server to make it, then: clb db init."),
    ),
    codes.DATABASE_UNREACHABLE: (
        N_("The server of {database} does not answer: {reason}."),
        "",
        N_("Check that the server runs, its name and port, and the network; then repeat."),
    ),
    codes.DATABASE_TLS: (
        N_("There is no encrypted connection to {database}: {reason}."),
        "",
        "",
    ),
    codes.DATABASE_URL: (
        N_("The URL of the database is not written as it should be."),
        "",
        N_(
            "Write postgresql://USER@HOST:PORT/NAME. In a password write / as %2F, # as %23, "
            "? as %3F, @ as %40 and % as %25, or keep it in .pgpass."
        ),
    ),
    codes.DATABASE_UNUSABLE: (
        N_("The database {database} cannot be used: {reason}."),
        N_("Look for what is wrong: clb doctor, then clb db check."),
        N_("Look for what is wrong: clb doctor, then clb db check."),
    ),
}
"""The sentence of each kind, with what to do about a file and about a server."""
UNDONE = ("cannot rollback", "cannot commit", "no such savepoint")
"""What SQLite replies when it has undone the transaction itself, because of an earlier failure."""


def failure(target: DatabaseAddress, error: BaseException) -> ClbError:
    """Return what a driver or the system raised as an error about this database.

    It is a ``ConflictError`` when somebody else holds the database, else a ``StorageError``. No
    message holds a password.
    """
    cause = _cause(error)
    if isinstance(cause, ClbError):
        return cause
    kind = _of_server(cause) if target.file is None else _of_file(target.file, cause)
    if kind is codes.DATABASE_BUSY:
        return waiting.busy(target, waiting.holder(str(target.file)) if target.file else None)
    sentence, for_file, for_server = SENTENCES[kind]
    reason, advice = _reason(cause), _(for_file if target.file is not None else for_server)
    if kind is codes.DATABASE_TLS:
        reason, advice = tls.reason(str(cause))
    if kind is codes.DATABASE_UNREACHABLE:
        known = (_(meaning) for words, meaning in NO_ANSWER if words in str(cause))
        reason = next(known, reason)
    return StorageError(
        _(sentence).format(database=target, path=target, reason=target.without_password(reason)),
        code=kind,
        help=advice,
    )


def bring_back(target: DatabaseAddress) -> str:
    """Return how an earlier copy of a database is brought back: a server has its own tools."""
    _sentence, for_file, for_server = SENTENCES[codes.DATABASE_DAMAGED]
    return _(for_file if target.file is not None else for_server)


def _cause(error: BaseException) -> BaseException:
    """Return the failure that came first: undoing may fail because of it, and libraries wrap it."""
    while True:
        before = error.__cause__ or error.__context__
        undone = any(word in str(error) for word in UNDONE)
        wrapped = type(error).__module__ == "peewee"
        if before is None or not (undone or wrapped):
            return error
        error = before


def _of_file(file: str, error: BaseException) -> Code:
    if isinstance(error, OSError):
        return BY_ERRNO.get(error.errno or 0, codes.DATABASE_UNUSABLE)
    if isinstance(error, UnicodeDecodeError):
        return codes.DATABASE_DAMAGED
    if waiting.is_held(error):
        return codes.DATABASE_BUSY
    found = getattr(error, "sqlite_errorcode", None)
    kind = codes.DATABASE_UNUSABLE if found is None else BY_SQLITE_CODE.get(found & 0xFF)
    if found == sqlite3.SQLITE_CANTOPEN or kind is codes.DATABASE_DISK:
        return _of_place(file) or kind or codes.DATABASE_UNUSABLE
    return kind or codes.DATABASE_UNUSABLE


def _of_place(file: str) -> Code | None:
    """Return what is wrong with the place of a file that cannot be opened or read."""
    folder = os.path.dirname(os.path.abspath(file))
    try:
        space = os.statvfs(folder) if hasattr(os, "statvfs") else None
    except OSError as error:
        return BY_ERRNO.get(error.errno or 0)
    if space is not None and space.f_bavail == 0:
        return codes.DATABASE_FULL
    if os.path.isdir(file):
        return None
    if os.path.exists(file) and not os.access(file, os.R_OK):
        return codes.DATABASE_RIGHTS
    if not os.access(folder, os.W_OK):
        return codes.DATABASE_READONLY if os.access(folder, os.X_OK) else codes.DATABASE_RIGHTS
    return None


def _of_server(error: BaseException) -> Code:
    state = getattr(error, "sqlstate", None)
    if state is not None:
        found = (kind for start, kind in BY_SQLSTATE if str(state).startswith(start))
        return next(found, codes.DATABASE_UNUSABLE)
    words = str(error)
    return next((kind for word, kind in BY_WORDS if word in words), codes.DATABASE_UNUSABLE)


def _reason(error: BaseException) -> str:
    """Return the driver's or the system's own reason: one line, without its advice."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, UnicodeDecodeError):
        return _("it has names that are no text")
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return re.sub(r"^connection (failed|is bad): ", "", lines[0]).rstrip(".") if lines else "?"
