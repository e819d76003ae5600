"""A PostgreSQL server, through psycopg, which is imported only with this module."""

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from engine.i18n import _
from engine.store import waiting
from engine.store.orm import Database, PostgresqlDatabase, Psycopg3Adapter


class _Adapter(Psycopg3Adapter):
    """peewee's adapter of psycopg, for a peewee that was imported without the driver."""

    txn_idle = TransactionStatus.IDLE
    txn_inerror = TransactionStatus.INERROR
    txn_unknown = TransactionStatus.UNKNOWN

    def check_driver(self) -> None:
        """Accept the driver: without it this module is not imported."""

    def connect(self, db: Database, **params: Any) -> Any:
        """Connect to what the URL names, as libpq reads it."""
        return psycopg.connect(db.database, **params)


class ServerDatabase(PostgresqlDatabase):
    """A database on a server, named by its URL."""

    failures = (psycopg.Error,)
    """What the driver raises where peewee does not pass its statement on."""
    psycopg2_adapter = _Adapter
    psycopg3_adapter = _Adapter

    def commit(self) -> Any:
        """Commit; where the server waits for its standby before it confirms, report that."""
        with waiting.reported(
            _(
                "The server is slow to confirm: it may wait for its standby server. It goes on by "
                "itself once that answers; else ask its administrator."
            )
        ):
            return super().commit()
