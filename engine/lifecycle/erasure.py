"""What is left of erased personal data outside the tables, and what takes it away."""

from engine.i18n import _
from engine.store.database import Store

PATIENCE = 2000
"""Milliseconds to wait for readers of a SQLite file before the command reports them."""


def clean(store: Store) -> tuple[str, ...]:
    """Write a SQLite file's log into it, emptied; return sentences on what still holds the data.

    SQLite overwrites what is deleted (``secure_delete``), but its log keeps the former pages until
    no reader needs them. A PostgreSQL server keeps deleted rows until VACUUM, and its own log until
    that is used again.
    """
    if not store.is_sqlite:
        return (
            _(
                "The server's files hold what was erased until VACUUM has run (at once: VACUUM "
                "personal;), and pg_wal and its archive until they are used again or deleted."
            ),
        )
    patience = store.rows("PRAGMA busy_timeout")[0][0]
    store.rows(f"PRAGMA busy_timeout={PATIENCE}")
    try:
        busy = store.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
    finally:
        store.rows(f"PRAGMA busy_timeout={patience}")
    if not busy:
        return ()
    return (
        _(
            "Others are reading {database}: its file holds what was erased until they have "
            "finished; the next command then cleans it."
        ).format(database=store.target),
    )
