"""Opening the database, and the one way to write to it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import Database, DatabaseError, OperationalError, SqliteDatabase

from engine.errors import ConflictError, StorageError
from engine.i18n import _
from engine.store import tables
from engine.store.url import Target

BUSY_SECONDS = 30
OPENED_WITH = {"foreign_keys": 1, "synchronous": 2, "secure_delete": 1}
MADE_WITH = {**OPENED_WITH, "journal_mode": "wal"}
"""A file keeps its journal mode, so it is set when the file is made and not at each opening."""
MIGRATIONS = Path(__file__).parent / "migrations"
HISTORY = "schema_migration"

Row = tuple[Any, ...]


class Store:
    """An open database. Reads go anywhere, writes only inside ``write``."""

    def __init__(self, target: Target, database: Database) -> None:
        self.target = target
        self.database = database
        self.is_sqlite = isinstance(database, SqliteDatabase)

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """Run a query with ``?`` for its parameters and return its rows."""
        with _sentences(self.target):
            cursor = self.database.execute_sql(self._spell(sql), tuple(params))
            return list(cursor.fetchall())

    def row(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        """Return the first row of a query, ``None`` when it has none."""
        with _sentences(self.target):
            found = self.database.execute_sql(self._spell(sql), tuple(params)).fetchone()
            return None if found is None else tuple(found)

    def stream_rows(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        """Return the rows of a long query one at a time."""
        with _sentences(self.target):
            yield from self.database.execute_sql(self._spell(sql), tuple(params))

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Run a statement and return how many rows it touched."""
        with _sentences(self.target):
            return int(self.database.execute_sql(self._spell(sql), tuple(params)).rowcount)

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows."""
        with _sentences(self.target):
            self.database.connection().cursor().executemany(self._spell(sql), rows)

    @contextmanager
    def write(self) -> Iterator[None]:
        """Hold the write lock until the block ends: all of it is kept, or nothing.

        Raises ``ConflictError`` when another writer holds the lock for too long.
        """
        with _sentences(self.target):
            if self.is_sqlite:
                with self.database.atomic("IMMEDIATE"):
                    yield
            else:
                with self.database.atomic():
                    yield

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block wrote when it raises, inside a longer transaction."""
        with self.database.savepoint():
            yield

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def _spell(self, sql: str) -> str:
        return sql if self.is_sqlite else sql.replace("?", "%s")


@contextmanager
def _sentences(target: Target) -> Iterator[None]:
    """Turn what a driver raises into a sentence about this database."""
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise ConflictError(
                _("Another program is writing to {database}.").format(database=target),
                code="CLB-DATABASE-BUSY",
                help=_("Try again in a moment."),
            ) from error
        raise _unusable(target, error) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise _unusable(target, error) from error


def _unusable(target: Target, error: Exception) -> StorageError:
    return StorageError(
        _("The database {database} cannot be used: {reason}.").format(
            database=target, reason=str(error)
        ),
        code="CLB-DATABASE-UNUSABLE",
        help=_("Check the file and its folder, or bring back a backup: clb db restore FILE."),
    )


def connect(target: Target, *, create: bool = False) -> Store:
    """Open a database that is there, or make a new one with ``create``.

    Raises ``StorageError`` when it is missing, is not a database of this program, or comes from a
    newer version of it.
    """
    if target.path is None:
        return _postgresql(target)
    if not create and not target.path.exists():
        raise StorageError(
            _("There is no database at {path}.").format(path=target.path),
            code="CLB-DATABASE-MISSING",
            help=_("Make it once: clb db init."),
        )
    try:
        target.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(target, error) from error
    database = SqliteDatabase(
        str(target.path),
        pragmas=(MADE_WITH if create else OPENED_WITH),
        timeout=BUSY_SECONDS,
    )
    with _sentences(target):
        database.connect()
    return _bound(target, database)


def _postgresql(target: Target) -> Store:
    try:
        from playhouse.db_url import connect as connect_url

        database = connect_url(target.dsn)
        database.connect()
    except (ImportError, RuntimeError) as error:
        raise StorageError(
            _("The PostgreSQL driver is not installed."),
            code="CLB-DATABASE-DRIVER",
            help="pip install clb-lien-the-he[postgresql]",
        ) from error
    except DatabaseError as error:
        raise _unusable(target, error) from error
    return _bound(target, database)


def _bound(target: Target, database: Database) -> Store:
    tables.database.initialize(database)
    return Store(target, database)
