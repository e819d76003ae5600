"""What every earlier version of the program recorded travels in a file and is judged as sound."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from support.core import ADMIN, COMMUNE, PROVINCES, TOWN
from support.exchange import HEADS

from engine.bundles import making, taking
from engine.bundles.form import read
from engine.bundles.making import Order
from engine.lifecycle import upkeep
from engine.lifecycle.registry import Registry, make_registry
from engine.scenario.world import StillClock
from engine.store.url import parse

pytestmark = pytest.mark.slow
RELEASED = Path(__file__).parents[1] / "store" / "released"
SCHEMAS = sorted(path.name.partition(".")[0] for path in RELEASED.glob("*.gz"))


LATER = date(2027, 6, 30)
"""A day after the last of them was recorded."""


def opened(database: Path) -> Registry:
    return make_registry(str(database), provinces=PROVINCES, clock=StillClock(LATER))[0]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_stored_history_is_taken_in_by_a_new_database(tmp_path: Path, schema: str) -> None:
    old, file = tmp_path / "old.sqlite3", tmp_path / "all.clbz"
    old.write_bytes(gzip.decompress((RELEASED / f"{schema}.sqlite3.gz").read_bytes()))
    upkeep.upgrade(parse(str(old)))
    there, here = opened(old), opened(tmp_path / "new.sqlite3")
    making.make(there, Order(TOWN, to=COMMUNE, names=True, whole=True), file)
    taking.take(here, read(file))
    assert here.store.rows(HEADS) == there.store.rows(HEADS)
    assert upkeep.check(here.store, StillClock(LATER)).faults == ()
    assert ADMIN in [one.id for one in here.officers.everybody()]
