"""Many writers over the provinces of one server: nobody is turned away, nothing is lost.

The machine's clock says nothing here: what a step costs is counted in statements, locks and rows.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from support.databases import server
from support.walls import own

from bench.life import ASSOCIATION
from bench.server.country import Country, filled, ids
from bench.server.writers import together
from engine.lifecycle.registry import open_registry
from engine.scenario.forms import form

pytestmark = pytest.mark.postgresql

PROVINCES, WRITERS, SECONDS = 4, 8, 3.0
FEW, MANY, PEOPLE = 100, 2000, 20
CLUBS_EACH = 5
MEETINGS = "SELECT stream, count(*) FROM event WHERE step = 'meeting' GROUP BY stream"
GAPS = "SELECT stream FROM event GROUP BY stream HAVING max(seq) <> count(*) + min(seq) - 1"
STRAY = (
    "SELECT count(*) FROM club c WHERE c.seq <> "
    "(SELECT max(seq) FROM event e WHERE e.stream = 'club:' || c.id)"
)
ROWS_READ = (
    "SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) "
    "FROM pg_stat_xact_user_tables"
)
LOCKS = (
    "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype <> 'virtualxid' "
    "AND coalesce(relation, 0) NOT IN (SELECT oid FROM pg_class WHERE relnamespace = "
    "'pg_catalog'::regnamespace)"
)


@pytest.fixture
def country() -> Iterator[str]:
    """A divided database of a few provinces."""
    name = own("clb_load")
    yield filled(server(), name, PROVINCES, FEW, PEOPLE, divided=True)
    server().drop(name)


def test_writers_over_the_provinces_lose_nothing(
    country: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _asked(country, MEETINGS)
    there = ids(PROVINCES)
    shares = []
    for number in range(WRITERS):
        prefix = "BN" if number % PROVINCES == 0 else there[number % PROVINCES].upper()
        first = 20 + CLUBS_EACH * (number // PROVINCES)
        shares.append([f"{prefix}-{place:08}" for place in range(first, first + CLUBS_EACH)])
    took = together("engine", country, shares, SECONDS, 0)
    assert all(took)
    steps = sorted(one for own_steps in took for one in own_steps)
    after = _asked(country, MEETINGS)
    first_ones = WRITERS  # each records a meeting before the others start
    assert sum(after.values()) - sum(before.values()) == len(steps) + first_ones
    for share, own_steps in zip(shares, took, strict=True):
        recorded = sum(after[f"club:{one}"] - before.get(f"club:{one}", 0) for one in share)
        assert recorded == len(own_steps) + 1
    assert _asked(country, GAPS) == {}
    assert list(_asked(country, STRAY)) == [0]
    with capsys.disabled():
        p99 = steps[int(len(steps) * 0.99)]
        print(f" {WRITERS} writers: {len(steps) / SECONDS:.0f} steps/s, p99 {p99 * 1e3:.0f} ms ")


@dataclass
class Cost:
    """What one step asked of the server."""

    statements: int
    locks: int
    rows: int


def test_a_step_costs_the_same_among_more_clubs() -> None:
    costs = []
    for clubs in (FEW, MANY):
        name = own(f"clb_load_{clubs}")
        costs.append(_cost(filled(server(), name, 1, clubs, PEOPLE)))
        server().drop(name)
    few, many = costs
    assert few.rows > 0
    assert many.statements == few.statements
    assert many.locks == few.locks
    assert many.rows <= few.rows


def _cost(url: str) -> Cost:
    """Return what the second meeting of a connection costs: what is read once was read."""
    import psycopg

    class Counting(psycopg.Cursor[Any]):
        count = 0

        def execute(self, *args: Any, **how: Any) -> Any:
            type(self).count += 1
            return super().execute(*args, **how)

    registry = open_registry(url, provinces=Country())
    life, store = registry.lifecycle, registry.store
    life.advance("BN-00000020", "meeting", form("meeting", date(2025, 7, 1)), officer=ASSOCIATION)
    store.database.connection().cursor_factory = Counting
    with store.database.atomic():
        held = form("meeting", date(2025, 7, 2))
        life.advance("BN-00000020", "meeting", held, officer=ASSOCIATION)
        statements = Counting.count
        ((locks,),), ((rows,),) = store.rows(LOCKS), store.rows(ROWS_READ)
    store.close()
    return Cost(statements, locks, int(rows))


def _asked(url: str, query: str) -> dict[str, int]:
    import psycopg

    with closing(psycopg.connect(url, autocommit=True)) as here:
        return {row[0]: row[-1] for row in here.execute(query.encode()).fetchall()}
