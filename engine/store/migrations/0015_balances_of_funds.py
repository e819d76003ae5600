"""What a supervision counted in each fund as rows, so that a province's own funds have theirs.

Plain SQL, as in the first step.
"""

from typing import Any

from engine.store.orm import SqliteDatabase

TABLE = (
    "CREATE TABLE supervision_balance (club TEXT NOT NULL, supervision INTEGER NOT NULL, "
    "province TEXT NOT NULL, fund TEXT NOT NULL, balance BIGINT NOT NULL, "
    "PRIMARY KEY (club, supervision, fund))"
)
FUNDS = ("income", "operating")
"""The funds that had a column each."""


def up(_migrator: Any, db: Any) -> None:
    """Make the table, move what the columns hold into it and drop them."""
    db.execute_sql(TABLE + (" WITHOUT ROWID" if isinstance(db, SqliteDatabase) else ""))
    for fund in FUNDS:
        column = f"{fund}_fund_balance"
        db.execute_sql(
            "INSERT INTO supervision_balance (club, supervision, province, fund, balance) "
            f"SELECT club, seq, province, '{fund}', {column} FROM supervision"
        )
        db.execute_sql(f"ALTER TABLE supervision DROP COLUMN {column}")
