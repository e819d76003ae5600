"""Figures for a monitor: how much there is, what is late, how long ago things happened."""

import os
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from engine.model import ENDS
from engine.store import migrate
from engine.store.database import Store
from engine.store.reader import Reader
from engine.store.tables import ALL

ENDED = ", ".join(f"'{one.value}'" for one in ENDS)
FIGURES = f"""
SELECT (SELECT count(*) FROM event), (SELECT max(recorded_at) FROM event),
(SELECT max(recorded_at) FROM event WHERE step = 'seal'),
(SELECT count(*) FROM club), (SELECT count(*) FROM club WHERE state NOT IN ({ENDED})),
(SELECT count(*) FROM task WHERE closed_seq IS NULL),
(SELECT count(*) FROM task WHERE closed_seq IS NULL AND due_on < ?)"""
STEPS = "SELECT step, count(*) FROM event GROUP BY step ORDER BY step"
STATES = "SELECT state, count(*) FROM club GROUP BY state ORDER BY state"
SERVER = """
SELECT pg_database_size(current_database()), pg_is_in_recovery(),
(SELECT count(*) FROM pg_stat_replication),
extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::bigint"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a monitor asks; ``None`` is what is not known, or not of this kind of database.

    ``replay_seconds`` is how long ago the last change was made that a standby has.
    """

    events: int
    last_event: str | None
    last_seal: str | None
    clubs: int
    living_clubs: int
    open_tasks: int
    late_tasks: int
    database_bytes: int
    standby: bool | None
    standbys: int | None
    replay_seconds: int | None


def figures(store: Reader, today: date) -> Figures:
    """Return the figures of a database."""
    counted: Any = store.row(FIGURES, (today.isoformat(),))
    events, last, sealed, clubs, living, open_, late = counted
    size, standby, standbys, replay = _of_server(store)
    return Figures(
        events=int(events),
        last_event=last,
        last_seal=sealed,
        clubs=int(clubs),
        living_clubs=int(living),
        open_tasks=int(open_),
        late_tasks=int(late),
        database_bytes=size,
        standby=standby,
        standbys=standbys,
        replay_seconds=replay,
    )


def _of_server(store: Reader) -> tuple[int, bool | None, int | None, int | None]:
    if store.target.file is not None:
        return os.path.getsize(store.target.file), None, None, None
    row: Any = store.row(SERVER)
    size, standby, standbys, replay = row
    return int(size), bool(standby), int(standbys), None if replay is None else int(replay)


def contents(store: Store, today: date) -> dict[str, Any]:
    """Return what kind of database it is and how much is in it: nothing that anybody typed."""
    names = [str(one._meta.table_name) for one in ALL]
    asked = "SELECT sqlite_version()" if store.is_sqlite else "SHOW server_version"
    return {
        "kind": "sqlite" if store.is_sqlite else "postgresql",
        "version": str(store.rows(asked)[0][0]),
        "schema": migrate.applied(store),
        "figures": asdict(figures(store, today)),
        "rows": {one: store.rows(f"SELECT count(*) FROM {one}")[0][0] for one in names},
        "steps": dict(store.rows(STEPS)),
        "states": dict(store.rows(STATES)),
    }


def behind(last_event: str | None, now: datetime) -> bool:
    """Return whether a clock is behind the last event: it was set back, or another's was ahead."""
    return last_event is not None and last_event > now.strftime("%Y-%m-%dT%H:%M:%SZ")
