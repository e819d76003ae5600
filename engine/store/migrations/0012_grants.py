"""An index of the grants by source and day: what a province gave is counted at every further one.

Plain SQL, as in the first step.
"""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    """Make the indexes: of the grants with all that is counted, and of what was taken back."""
    db.execute_sql(
        "CREATE INDEX ledger_grants ON ledger (province, source, on_date, club, seq, amount) "
        "WHERE kind = 'grant'"
    )
    db.execute_sql(
        "CREATE INDEX ledger_reversals ON ledger (club, reverses) WHERE reverses IS NOT NULL"
    )
