"""Exchange of clubs with other databases: who they are, what they had, what was sent, whose names
did not come, what was taken again, who signed with which key.

Plain SQL, as in the first step.
"""

from typing import Any

from engine.store.orm import SqliteDatabase

TABLES = {
    "partner": "id TEXT NOT NULL PRIMARY KEY, province TEXT NOT NULL, own BOOLEAN NOT NULL, "
    "commune TEXT, made_at TEXT, received_at TEXT, sent_at TEXT",
    "known": "partner TEXT NOT NULL, stream TEXT NOT NULL, province TEXT NOT NULL, "
    "seq INTEGER NOT NULL, head TEXT NOT NULL, nameless INTEGER NOT NULL, "
    "PRIMARY KEY (partner, stream)",
    "sent": "stream TEXT NOT NULL PRIMARY KEY, province TEXT NOT NULL, seq INTEGER NOT NULL",
    "withheld": "club TEXT NOT NULL, member TEXT NOT NULL, province TEXT NOT NULL, "
    "PRIMARY KEY (club, member)",
    "superseded": "stream TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, "
    "province TEXT NOT NULL, PRIMARY KEY (stream, seq, hash)",
    "signature": "stream TEXT NOT NULL, seq INTEGER NOT NULL, province TEXT NOT NULL, "
    "officer TEXT NOT NULL, key TEXT NOT NULL, signature TEXT NOT NULL, PRIMARY KEY (stream, seq)",
    "key": "province TEXT NOT NULL, seq INTEGER NOT NULL, officer TEXT NOT NULL, "
    "key TEXT NOT NULL, since TEXT NOT NULL, until TEXT, PRIMARY KEY (province, seq)",
}


def up(_migrator: Any, db: Any) -> None:
    """Make the tables, empty: nothing was exchanged before."""
    tail = " WITHOUT ROWID" if isinstance(db, SqliteDatabase) else ""
    for name, columns in TABLES.items():
        db.execute_sql(f"CREATE TABLE {name} ({columns}){tail}")
