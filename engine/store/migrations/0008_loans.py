"""A club's own book: loans to members, what became of each, its lending terms, care at home.

Plain SQL, as in the first step.
"""

from typing import Any

from engine.store.orm import SqliteDatabase

RECORD = "club TEXT NOT NULL, seq INTEGER NOT NULL, province TEXT NOT NULL, on_date TEXT NOT NULL, "
VOIDED = ", voided_by INTEGER, PRIMARY KEY (club, seq)"
TABLES = {
    "loan": RECORD + "member TEXT NOT NULL, amount BIGINT NOT NULL, months INTEGER NOT NULL, "
    "rate INTEGER NOT NULL, purpose TEXT NOT NULL, in_kind BOOLEAN NOT NULL, "
    "opening BOOLEAN NOT NULL, due_on TEXT NOT NULL" + VOIDED,
    "loan_change": RECORD + "loan INTEGER NOT NULL, principal BIGINT NOT NULL, "
    "interest BIGINT NOT NULL, due_on TEXT, written_off BOOLEAN NOT NULL" + VOIDED,
    "lending": RECORD
    + "document TEXT NOT NULL, most BIGINT, months INTEGER, rate INTEGER"
    + VOIDED,
    "care": RECORD + "month TEXT NOT NULL, volunteers INTEGER NOT NULL, "
    "cared_for INTEGER NOT NULL" + VOIDED,
}


def up(_migrator: Any, db: Any) -> None:
    """Make the tables, empty: no club kept its book here before."""
    tail = " WITHOUT ROWID" if isinstance(db, SqliteDatabase) else ""
    for name, columns in TABLES.items():
        db.execute_sql(f"CREATE TABLE {name} ({columns}){tail}")
