"""Several signatures an event, one a key: a lost key's is renewed by adding one, never by a change.

What another database had of a stream has a digest of the signatures too. Plain SQL, as in the first
step.
"""

from typing import Any

from engine.store.orm import SqliteDatabase

COLUMNS = "stream, seq, province, officer, key, signature"


def up(_migrator: Any, db: Any) -> None:
    """Put the key into the primary key; no digest is known of what came before."""
    db.execute_sql("ALTER TABLE known ADD COLUMN signed TEXT NOT NULL DEFAULT ''")
    if not isinstance(db, SqliteDatabase):
        db.execute_sql(
            "ALTER TABLE signature DROP CONSTRAINT signature_pkey, "
            "ADD PRIMARY KEY (stream, seq, key)"
        )
        return
    db.execute_sql("ALTER TABLE signature RENAME TO signature_before")
    db.execute_sql(
        "CREATE TABLE signature (stream TEXT NOT NULL, seq INTEGER NOT NULL, "
        "province TEXT NOT NULL, officer TEXT NOT NULL, key TEXT NOT NULL, "
        "signature TEXT NOT NULL, PRIMARY KEY (stream, seq, key)) WITHOUT ROWID"
    )
    db.execute_sql(f"INSERT INTO signature ({COLUMNS}) SELECT {COLUMNS} FROM signature_before")
    db.execute_sql("DROP TABLE signature_before")
