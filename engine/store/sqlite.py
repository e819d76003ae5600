"""A SQLite file that is only read, also where nothing can be written next to it."""

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

from engine.i18n import _
from engine.store import waiting
from engine.store.url import DatabaseAddress

TRIES = 3
"""How often a file that changes while it is copied is copied anew."""


def needs_reading_apart(target: DatabaseAddress, error: BaseException) -> bool:
    """Return whether a file failed to open only because nothing can be written next to it.

    A database with a write-ahead log needs files next to it, even to be read.
    """
    code = getattr(error, "sqlite_errorcode", None)
    file = str(target.file)
    return (
        code is not None
        and code & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        and os.path.isfile(file)
        and os.access(file, os.R_OK)
        and not os.access(os.path.dirname(os.path.abspath(file)), os.W_OK)
    )


class Apart:
    """A file in a folder where nothing can be written, to be read as it is now.

    ``uri`` is what SQLite opens: the file itself, or a copy of it where a log lies next to it.
    """

    def __init__(self, target: DatabaseAddress) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        path = Path(str(target.file)).absolute()
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            self._folder = tempfile.TemporaryDirectory(prefix="clb-")
            path = _copied((path, log), Path(self._folder.name))
            self.uri = f"{path.as_uri()}?mode=rw"
        else:
            self.uri = f"{path.as_uri()}?immutable=1"
        _report(target)

    def close(self) -> None:
        """Remove the copy."""
        if self._folder is not None:
            self._folder.cleanup()


def _copied(files: tuple[Path, Path], folder: Path) -> Path:
    """Copy a database and its log so that both are of one moment; return the copy."""
    for _try in range(TRIES):
        before = [(one.stat().st_size, one.stat().st_mtime_ns) for one in files]
        for one in files:
            shutil.copyfile(one, folder / one.name)
        if before == [(one.stat().st_size, one.stat().st_mtime_ns) for one in files]:
            break
    return folder / files[0].name


def _report(target: DatabaseAddress) -> None:
    import logging

    logging.getLogger(__name__).warning(
        _("Nothing can be written next to {database}: it is only read, as it is now.").format(
            database=target
        )
    )


def open_to_read(target: DatabaseAddress) -> tuple[sqlite3.Connection, Apart | None]:
    """Open a file that is only read, wherever it lies. Raises what the driver raises."""
    connection = sqlite3.connect(str(target.file), timeout=waiting.BUSY_SECONDS)
    try:
        connection.execute("PRAGMA query_only = 1")
        waiting.begin(connection, target, "SELECT 1 FROM sqlite_master")
    except sqlite3.OperationalError as error:
        connection.close()
        if not needs_reading_apart(target, error):
            raise
        apart = Apart(target)
        connection = sqlite3.connect(apart.uri, uri=True)
        connection.execute("PRAGMA query_only = 1")
        return connection, apart
    return connection, None
