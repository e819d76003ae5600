"""The indexes of grants hold all that is asked of them: a grant reads no row of the ledger.

What was taken back is looked for with its province, as every statement of a step names it, and
SQLite reads an index alone only where it has the column of its own condition.
"""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    """Make the two indexes anew."""
    db.execute_sql("DROP INDEX IF EXISTS ledger_grants")
    db.execute_sql("DROP INDEX IF EXISTS ledger_reversals")
    db.execute_sql(
        "CREATE INDEX ledger_grants ON ledger "
        "(province, source, on_date, club, seq, amount, kind) WHERE kind = 'grant'"
    )
    db.execute_sql(
        "CREATE INDEX ledger_reversals ON ledger (province, club, reverses) "
        "WHERE reverses IS NOT NULL"
    )
