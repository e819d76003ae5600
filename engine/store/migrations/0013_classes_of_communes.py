"""Which classes a commune of a list is in (miền núi, dân tộc thiểu số ...), ids joined by commas.

Plain SQL, as in the first step.
"""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    """Add the column, empty: no list had it before."""
    db.execute_sql("ALTER TABLE unit ADD COLUMN classes TEXT")
