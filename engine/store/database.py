"""Opening the database, and the one way to write to it."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from engine import codes
from engine.errors import StorageError
from engine.i18n import _
from engine.store.orm import Database, DatabaseError, SqliteDatabase
from engine.store.reader import (
    Reader,
    Row,
    raise_storage_error,
    require_file,
    unusable,
)
from engine.store.url import DatabaseAddress
from engine.store.waiting import BUSY_SECONDS

__all__ = ["Row", "Store", "connect"]

OPENED_WITH = {"foreign_keys": 1, "synchronous": 2, "secure_delete": 1}
MADE_WITH = {**OPENED_WITH, "journal_mode": "wal"}
"""A file keeps its journal mode, so it is set when the file is made and not at each opening."""


HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"
"""PostgreSQL's lock on a name, which needs no row to be there yet."""


SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""The transaction then reads what was committed when it began, as SQLite's does by itself."""


class Store(Reader):
    """An open database. Reads go anywhere, writes only inside ``write``."""

    failures = (DatabaseError, sqlite3.DatabaseError)

    def __init__(self, target: DatabaseAddress, database: Database) -> None:
        super().__init__(target)
        self.database = database
        self.is_sqlite = isinstance(database, SqliteDatabase)

    def execute(self, sql: str, params: Sequence[Any]) -> Any:
        """Run a statement on peewee's connection; on SQLite straight on the driver's."""
        if self.is_sqlite:
            return self.database.connection().execute(sql, params)
        return self.database.execute_sql(self._spell(sql), tuple(params))

    def has_table(self, name: str) -> bool:
        """Return whether there is a table of that name."""
        return bool(self.database.table_exists(name))

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Run a statement and return how many rows it touched."""
        try:
            return int(self.execute(sql, params).rowcount)
        except self.failures as error:
            raise_storage_error(self.target, error)

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows."""
        if not rows:
            return
        try:
            self.database.connection().cursor().executemany(self._spell(sql), rows)
        except self.failures as error:
            raise_storage_error(self.target, error)

    @contextmanager
    def write(self, *held: str) -> Iterator[None]:
        """Keep other writers out until the block ends: all of it is kept, or nothing.

        A SQLite file has one write lock. On PostgreSQL only those wait who write about one of the
        names in ``held``: streams, a province before its clubs. Raises ``ConflictError`` when
        another writer holds on for too long.
        """
        with (
            self._failures_as_sentences(),
            self.database.atomic(*(("IMMEDIATE",) if self.is_sqlite else ())),
        ):
            self.hold(*held)
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read in the block be of one moment, whatever others write meanwhile.

        Inside ``write`` nobody else writes: then the block is a part of that transaction.
        """
        if self.database.in_transaction():
            yield
            return
        with self._failures_as_sentences(), self.database.atomic():
            if not self.is_sqlite:
                self.run(SNAPSHOT)
            yield

    def hold(self, *names: str) -> None:
        """Let nobody else write about these names until the transaction ends."""
        if not self.is_sqlite:
            for name in names:
                self.rows(HOLD, (name,))

    def hold_all(self) -> None:
        """Let nobody else write anything until the transaction ends."""
        if not self.is_sqlite:
            self.run("LOCK TABLE event IN EXCLUSIVE MODE")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block wrote when it raises, inside a longer transaction."""
        with self.database.savepoint():
            yield

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    @contextmanager
    def _failures_as_sentences(self) -> Iterator[None]:
        try:
            yield
        except self.failures as error:
            raise_storage_error(self.target, error)

    def _spell(self, sql: str) -> str:
        return sql if self.is_sqlite else sql.replace("?", "%s")


def connect(target: DatabaseAddress, *, create: bool = False) -> Store:
    """Open a database that is there, or make a new one with ``create``.

    Raises ``StorageError`` when it is missing, is not a database of this program, or comes from a
    newer version of it.
    """
    if target.file is None:
        return _postgresql(target)
    if not create:
        require_file(target)
    try:
        os.makedirs(os.path.dirname(target.file) or os.curdir, exist_ok=True)
    except OSError as error:
        raise unusable(target, error) from error
    database = SqliteDatabase(
        target.file,
        pragmas=(MADE_WITH if create else OPENED_WITH),
        timeout=BUSY_SECONDS,
    )
    try:
        database.connect()
    except Store.failures as error:
        raise_storage_error(target, error)
    return Store(target, database)


def _postgresql(target: DatabaseAddress) -> Store:
    try:
        from engine.store.postgresql import ServerDatabase
    except ImportError as error:
        raise StorageError(
            _("The PostgreSQL driver is not installed."),
            code=codes.DATABASE_DRIVER,
            help="pip install clb-lien-the-he[postgresql]",
        ) from error
    database = ServerDatabase(target.dsn, options=f"-c lock_timeout={BUSY_SECONDS}s")
    try:
        database.connect()
    except DatabaseError as error:
        raise unusable(target, error) from error
    return Store(target, database)
