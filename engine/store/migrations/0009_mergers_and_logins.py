"""Provinces merged into others, and the login under which an officer works on a server.

Plain SQL, as in the first step.
"""

from typing import Any

from engine.store.orm import SqliteDatabase

MERGER = (
    "CREATE TABLE merger (province TEXT NOT NULL, seq INTEGER NOT NULL, successor TEXT NOT NULL, "
    "since TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (province, seq))"
)


def up(_migrator: Any, db: Any) -> None:
    """Make the table, empty: no merger was recorded before; nobody had a login of their own."""
    db.execute_sql(MERGER + (" WITHOUT ROWID" if isinstance(db, SqliteDatabase) else ""))
    db.execute_sql("ALTER TABLE officer ADD COLUMN login TEXT")
