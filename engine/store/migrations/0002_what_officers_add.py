"""What the documents leave to the officers: who manages a club, the form of a course, a standard.

Plain SQL, as in the first step.
"""

from typing import Any

COLUMNS = (
    ("club", "managing_unit TEXT"),
    ("club", "self_managed BOOLEAN"),
    ("training", "form TEXT"),
    ("review", "standard TEXT"),
    ("review", "standard_document TEXT"),
)
MOVED = "CREATE INDEX event_moved ON event (stream) WHERE step = 'rehome'"
"""The few clubs that moved are found without going through the log."""


def up(_migrator: Any, db: Any) -> None:
    """Add the columns and the index; what was recorded before leaves them empty."""
    for table, column in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    db.execute_sql(MOVED)
