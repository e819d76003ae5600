"""Who was at a meeting and who cares for whom, where a club names them.

Plain SQL, as in the first step.
"""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    """Add the columns, empty: nobody was named before."""
    db.execute_sql("ALTER TABLE meeting ADD COLUMN present TEXT")
    db.execute_sql("ALTER TABLE care ADD COLUMN pairs TEXT")
