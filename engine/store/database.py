"""Opening the database, and the one way to write to it."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from typing import Any

from engine import codes
from engine.errors import StorageError
from engine.i18n import _
from engine.store import tls, waiting
from engine.store.apart import Apart
from engine.store.failures import OF_SQLITE, failure
from engine.store.orm import Database, DatabaseError, SqliteDatabase
from engine.store.reader import (
    Reader,
    Row,
    raise_storage_error,
    refuse_broken,
    refuse_special,
    require_file,
)
from engine.store.signatures import Signing
from engine.store.sqlite import needs_reading_apart
from engine.store.url import DatabaseAddress
from engine.store.waiting import BUSY_SECONDS, SILENT_SECONDS
from engine.user_dir import PRIVATE_FOLDER

__all__ = ["Row", "Store", "connect"]

OPENED_WITH = {"foreign_keys": 1, "synchronous": 2, "secure_delete": 1}
PRIVATE = 0o600
"""The mode of a database's file and of its copies: they hold names."""
MADE_WITH = {**OPENED_WITH, "journal_mode": "wal"}
"""A file keeps its journal mode, so it is set when the file is made and not at each opening."""


IN_MEMORY = ":memory:"
"""SQLite's name of a database that is in no file."""
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"
TRY_TO_HOLD = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))"
"""PostgreSQL's lock on a name, which needs no row to be there yet."""
HOLDER = (
    "SELECT a.usename, coalesce(a.client_hostname, host(a.client_addr), 'localhost') "
    "FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' "
    "AND l.granted AND l.objsubid = 1 "
    "AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(?, 0)"
)
HOLD_LOG = "LOCK TABLE event IN EXCLUSIVE MODE"
LOG_HOLDER = (
    "SELECT a.usename, coalesce(a.client_hostname, host(a.client_addr), 'localhost') "
    "FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.relation = 'event'::regclass AND l.granted AND l.mode <> 'AccessShareLock' "
    "AND l.pid <> pg_backend_pid()"
)
BE_PATIENT = (
    f"SELECT set_config('lock_timeout', '{BUSY_SECONDS}s', true) "
    "WHERE current_setting('lock_timeout') = '0'"
)
"""Wait so long for locks in this transaction, unless the server was set to something else."""
PATIENCE = "SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout'"
"""How long this connection waits for a lock, in milliseconds."""


SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""The transaction then reads what was committed when it began, as SQLite's does by itself."""


FETCHED = 1000
"""Rows that a scan asks a server for at a time."""


class FileDatabase(SqliteDatabase):
    """A SQLite file, of which it is reported when a writer waits for another one."""

    def __init__(
        self, target: DatabaseAddress, pragmas: dict[str, Any], *, uri: str | None = None
    ) -> None:
        super().__init__(
            uri or str(target.file), pragmas=pragmas, timeout=BUSY_SECONDS, uri=uri is not None
        )
        self._target = target

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction, waiting for whoever holds the lock that is wanted."""
        if lock_type is None:
            super().begin()
            return
        waiting.begin(self.driver(), self._target, f"BEGIN {lock_type}")

    def rollback(self) -> None:
        """Undo a transaction, which SQLite has done itself where the disk was full."""
        if self.driver().in_transaction:
            super().rollback()

    def driver(self) -> sqlite3.Connection:
        """Return the standard library's connection."""
        found: sqlite3.Connection = self.connection()  # type: ignore[no-untyped-call]
        return found


class Store(Reader):
    """An open database. Reads go anywhere, writes only inside ``write``."""

    failures: tuple[type[Exception], ...] = (DatabaseError, *OF_SQLITE)

    def __init__(
        self, target: DatabaseAddress, database: Database, apart: Apart | None = None
    ) -> None:
        super().__init__(target)
        self.database = database
        self.apart = apart
        self.is_sqlite = isinstance(database, SqliteDatabase)
        self._scans = 0
        self.signing: Signing | None = None
        """Who signs what is recorded; nobody where no keys are on this computer."""

    def execute(self, sql: str, params: Sequence[Any]) -> Any:
        """Run a statement on peewee's connection; on SQLite straight on the driver's."""
        if self.is_sqlite:
            return self.database.connection().execute(sql, params)
        return self.database.execute_sql(self._spell(sql), tuple(params))

    @property
    def is_standby(self) -> bool:
        """Whether it is a server that follows another one and takes no changes itself."""
        return not self.is_sqlite and bool(self.rows("SELECT pg_is_in_recovery()")[0][0])

    def as_of(self) -> datetime | None:
        """Return when the last change was made that a standby server has; ``None`` elsewhere.

        ``None`` too for one that has received none since it was started.
        """
        if not self.is_standby:
            return None
        found = self.row("SELECT pg_last_xact_replay_timestamp()")
        return None if found is None else found[0]

    @cached_property
    def login(self) -> str | None:
        """Who logged in to the server; ``None`` where the database is a file."""
        return None if self.is_sqlite else str(self.rows("SELECT session_user")[0][0])

    @cached_property
    def has_walls(self) -> bool:
        """Whether the roles of a server were applied, whose functions count what a login can't."""
        if self.is_sqlite:
            return False
        return bool(self.rows("SELECT to_regnamespace('clb_walls') IS NOT NULL")[0][0])

    @cached_property
    def is_partial(self) -> bool:
        """Whether who logged in sees the clubs of some communes only."""
        return self.has_walls and bool(self.rows("SELECT clb_walls.is_of_communes()")[0][0])

    @cached_property
    def divided(self) -> bool:
        """Whether the tables are divided by province (see ``engine.store.partitions``)."""
        if self.is_sqlite:
            return False
        found = self.rows("SELECT relkind FROM pg_class WHERE oid = to_regclass('event')")
        return found == [("p",)]

    def transport(self) -> tuple[bool, bool]:
        """Return whether a server's connection is encrypted and whether it stays on this PC."""
        return tls.transport(self.database.connection())

    def has_table(self, name: str) -> bool:
        """Return whether there is a table of that name."""
        with self._failures_as_sentences():
            return bool(self.database.table_exists(name))

    def columns(self, table: str) -> set[str]:
        """Return the names of a table's columns; empty where there is no such table."""
        with self._failures_as_sentences():
            return {str(one.name) for one in self.database.get_columns(table)}

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
    def copying(self, sql: str) -> Iterator[Any]:
        """Send a server's COPY the rows that the block writes."""
        with (
            self._failures_as_sentences(),
            self.database.connection().cursor() as cursor,
            cursor.copy(sql) as copy,
        ):
            yield copy

    def scan(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        """Return the rows of a query over whole tables, never many of them at once in memory.

        A server would send all of them at once: inside a transaction it is asked for some at a
        time.
        """
        if self.is_sqlite or not self.database.in_transaction():
            return self.stream_rows(sql, params)
        return self._fetched(sql, params)

    def _fetched(self, sql: str, params: Sequence[Any]) -> Iterator[Row]:
        self._scans += 1
        name = f"clb_scan_{self._scans}"
        self.run(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", params)
        while rows := self.rows(f"FETCH FORWARD {FETCHED} FROM {name}"):
            yield from rows
        self.run(f"CLOSE {name}")

    @contextmanager
    def write(self, *held: str, by: str | None = None) -> Iterator[None]:
        """Keep other writers out until the block ends: all of it is kept, or nothing.

        A SQLite file has one write lock. On PostgreSQL only those wait who write about one of the
        names in ``held``: streams, a province before its clubs. Raises ``ConflictError`` when
        another writer holds on for too long.

        ``by`` is who records: their key is opened before the lock is taken, for that may ask them.
        """
        if by is not None and self.signing is not None and not self.database.in_transaction():
            self.signing.ready(by)
        with (
            self._failures_as_sentences(),
            self.database.atomic(*(("IMMEDIATE",) if self.is_sqlite else ())),
        ):
            if not self.is_sqlite and self.database.transaction_depth() == 1:
                self.rows(BE_PATIENT)
            self.hold(*held)
            yield

    @contextmanager
    def snapshot(self, exported: str | None = None) -> Iterator[None]:
        """Let everything read in the block be of one moment, whatever others write meanwhile.

        Inside ``write`` nobody else writes: then the block is a part of that transaction. With
        ``exported`` it is the moment that another connection to the server exported.
        """
        if self.database.in_transaction():
            yield
            return
        with self._failures_as_sentences(), self.database.atomic():
            if not self.is_sqlite:
                self.run(SNAPSHOT)
            if exported is not None:
                quoted = exported.replace("'", "''")
                self.run(f"SET TRANSACTION SNAPSHOT '{quoted}'")
            yield

    def hold(self, *names: str) -> None:
        """Let nobody else write about these names until the transaction ends."""
        if self.is_sqlite:
            return
        for name in names:
            if self.rows(TRY_TO_HOLD, (name,)) != [(True,)]:
                self._wait(HOLD, HOLDER, (name,))

    def _wait(self, lock: str, holder: str, params: Sequence[Any] = ()) -> None:
        """Wait for a lock on the server; after a while report who holds it, by another query."""
        patience = int(self.rows(PATIENCE)[0][0])
        silent = min(SILENT_SECONDS * 1000, patience)
        try:
            with self.database.savepoint():
                self.execute(f"SET LOCAL lock_timeout = {silent}", ())
                self.execute(lock, params)
        except self.failures as error:
            if failure(self.target, error).code != codes.DATABASE_BUSY or patience <= silent:
                raise_storage_error(self.target, error)
            waiting.report(self.target, self._holder(holder, params))
            self.run(f"SET LOCAL lock_timeout = {patience - silent}")
            self.run(lock, params)
        self.run(f"SET LOCAL lock_timeout = {patience}")

    def _holder(self, query: str, params: Sequence[Any]) -> str | None:
        """Return who holds a lock on the server, ``None`` where that is not shown."""
        found = self.row(query, params)
        if found is None:
            return None
        return _("user {user} at {computer}").format(user=found[0], computer=found[1])

    def hold_all(self) -> None:
        """Let nobody else write anything until the transaction ends."""
        if not self.is_sqlite:
            self._wait(HOLD_LOG, LOG_HOLDER)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block wrote when it raises, inside a longer transaction."""
        with self._failures_as_sentences(), self.database.savepoint():
            yield

    def close(self) -> None:
        """Close the connection; a transaction that was stopped as it began is undone."""
        while self.database.in_transaction():
            self.database.pop_transaction()
        self.database.close()
        if self.apart is not None:
            self.apart.close()

    @contextmanager
    def _failures_as_sentences(self) -> Iterator[None]:
        try:
            yield
        except self.failures as error:
            raise_storage_error(self.target, error)

    def _spell(self, sql: str) -> str:
        return sql if self.is_sqlite else sql.replace("%", "%%").replace("?", "%s")


def connect(target: DatabaseAddress, *, create: bool = False) -> Store:
    """Open a database that is there, or make a new one with ``create``.

    Raises ``StorageError`` when it is missing, is not a database of this program, or comes from a
    newer version of it.
    """
    if target.file is None:
        return _postgresql(target)
    if create:
        refuse_special(target)
        refuse_broken(target)
    else:
        require_file(target)
    try:
        os.makedirs(os.path.dirname(target.file) or os.curdir, PRIVATE_FOLDER, exist_ok=True)
        if create:
            _make_private(target.file)
    except OSError as error:
        raise failure(target, error) from error
    database = FileDatabase(target, MADE_WITH if create else OPENED_WITH)
    try:
        return Store(target, _opened(database))
    except Store.failures as error:
        database.close()
        if create or not needs_reading_apart(target, _driver_error(error)):
            raise_storage_error(target, error)
    return _apart(target)


def _make_private(file: str) -> None:
    """Make an empty file that only its owner can read; one that is there is left as it is."""
    if file == IN_MEMORY:
        return
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))


def _opened(database: "FileDatabase") -> "FileDatabase":
    """Connect and read a little: only then SQLite opens the file."""
    database.connect()
    database.driver().execute("SELECT 1 FROM sqlite_master").fetchone()
    return database


def _driver_error(error: Exception) -> BaseException:
    return error if isinstance(error, sqlite3.Error) else error.__context__ or error


def _apart(target: DatabaseAddress) -> Store:
    """Open a file in a folder where nothing can be written; it can only be read."""
    apart = Apart(target)
    database = FileDatabase(target, {"query_only": 1}, uri=apart.uri)
    try:
        return Store(target, _opened(database), apart)
    except Store.failures as error:
        apart.close()
        raise_storage_error(target, error)


def _postgresql(target: DatabaseAddress) -> Store:
    try:
        from engine.store.postgresql import ServerDatabase
    except ImportError as error:
        raise StorageError(
            _("The PostgreSQL driver is not installed."),
            code=codes.DATABASE_DRIVER,
            help="pip install clb-lien-the-he[postgresql]",
        ) from error
    # A pooler hands a connection to others between transactions: nothing is kept in it, neither a
    # setting nor a prepared statement.
    database = ServerDatabase(target.dsn, prepare_threshold=None)
    try:
        database.connect()
    except DatabaseError as error:
        raise failure(target, error) from error
    store = Store(target, database)
    store.failures = (*Store.failures, *ServerDatabase.failures)
    return store
