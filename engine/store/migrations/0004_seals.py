"""Seals of the log: the checkpoints made, and how far each stream is sealed.

Plain SQL, as in the first step.
"""

from typing import Any

from engine.store.orm import SqliteDatabase

TABLES = {
    "seal": "province TEXT NOT NULL, seq INTEGER NOT NULL, prefix TEXT NOT NULL, "
    "origin TEXT NOT NULL, size BIGINT NOT NULL, root TEXT NOT NULL, frontier TEXT NOT NULL, "
    "PRIMARY KEY (province, seq)",
    "sealed": "stream TEXT NOT NULL PRIMARY KEY, province TEXT NOT NULL, seq INTEGER NOT NULL",
}


def up(_migrator: Any, db: Any) -> None:
    """Make both tables, empty: nothing that was recorded before is sealed yet."""
    tail = " WITHOUT ROWID" if isinstance(db, SqliteDatabase) else ""
    for name, columns in TABLES.items():
        db.execute_sql(f"CREATE TABLE {name} ({columns}){tail}")
