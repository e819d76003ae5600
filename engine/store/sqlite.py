"""A SQLite file that is only read, also where nothing can be written next to it."""

import os
import sqlite3
from typing import TYPE_CHECKING

from engine.store import waiting
from engine.store.url import DatabaseAddress

if TYPE_CHECKING:
    from engine.store.apart import Apart


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


def open_to_read(target: DatabaseAddress) -> tuple[sqlite3.Connection, "Apart | None"]:
    """Open a file that is only read, wherever it lies. Raises what the driver raises."""
    connection = sqlite3.connect(str(target.file), timeout=waiting.BUSY_SECONDS)
    try:
        connection.execute("PRAGMA query_only = 1")
        waiting.begin(connection, target, "SELECT 1 FROM sqlite_master")
    except sqlite3.OperationalError as error:
        connection.close()
        if not needs_reading_apart(target, error):
            raise
        from engine.store.apart import Apart

        apart = Apart(target)
        connection = sqlite3.connect(apart.uri, uri=True)
        connection.execute("PRAGMA query_only = 1")
        return connection, apart
    return connection, None
