"""A supervision keeps how many of the borrowers have a better income, where it was counted.

Plain SQL, as in the first step.
"""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    """Add the column, empty: nobody was asked for it before."""
    db.execute_sql("ALTER TABLE supervision ADD COLUMN borrowers_improved INTEGER")
