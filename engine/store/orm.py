"""peewee, imported without the drivers of other databases.

peewee imports every driver it finds when it is imported itself, which would make each command on a
SQLite file up to half as slow again where the PostgreSQL driver is installed. Whoever needs peewee
takes it from here; ``postgresql`` brings the driver of a server when one is opened.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

DRIVERS = ("psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb", "pysqlite3")
"""What peewee tries to import; ``pysqlite3`` would take the place of the standard library's."""


@contextmanager
def _hidden(names: tuple[str, ...]) -> Iterator[None]:
    """Let imports of these modules fail within the block, but of those that are loaded already."""
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # Python's own mark: cannot be imported
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with _hidden(DRIVERS):
    from peewee import (
        BigIntegerField,
        BooleanField,
        CompositeKey,
        Database,
        DatabaseError,
        DatabaseProxy,
        IntegerField,
        Model,
        PostgresqlDatabase,
        Psycopg3Adapter,
        SqliteDatabase,
        TextField,
    )

if TYPE_CHECKING:
    from playhouse.migrations import Runner

__all__ = [
    "BigIntegerField",
    "BooleanField",
    "CompositeKey",
    "Database",
    "DatabaseError",
    "DatabaseProxy",
    "IntegerField",
    "Model",
    "PostgresqlDatabase",
    "Psycopg3Adapter",
    "SqliteDatabase",
    "TextField",
    "migrations",
]


def migrations(database: Database, folder: str) -> "Runner":
    """Return what runs the migrations of a folder; only the driver in use is loaded for it."""
    with _hidden(DRIVERS):
        from playhouse.migrations import Runner
    return Runner(database, folder)
