"""Which row of a file an event records, so that a file read again records nothing twice.

Plain SQL, as in the first step.
"""

from typing import Any

COLUMN = "ALTER TABLE event ADD COLUMN row_digest TEXT"
INDEX = "CREATE UNIQUE INDEX event_row ON event (row_digest) WHERE row_digest IS NOT NULL"
"""Only events that came from a file are in it, so a step typed by hand costs nothing more."""


def up(_migrator: Any, db: Any) -> None:
    """Add the column and its index; what was recorded before leaves it empty."""
    db.execute_sql(COLUMN)
    db.execute_sql(INDEX)
