"""The tables are a fold of the log: emptied or spoiled, they come back as they were."""

from pathlib import Path
from typing import Any

import pytest
from support.core import Core, make_core
from support.faults import table_faults
from support.province_plugin import province_of, stated
from support.step_table import STATES

from engine.lifecycle.registry import open_registry
from engine.provinces.load import Provinces
from engine.store import verify
from engine.store.tables import ALL, FOLDS

NAMES = [one._meta.table_name for one in FOLDS]


def dump(core: Core, names: list[str]) -> dict[str, list[Any]]:
    return {name: sorted(core.store.rows(f"SELECT * FROM {name}"), key=str) for name in names}


def test_emptied_tables_come_back_row_by_row(busy: Core) -> None:
    everything = [one._meta.table_name for one in ALL]
    before = dump(busy, everything)
    for name in NAMES:
        busy.store.run(f"DELETE FROM {name}")
    assert verify.rebuild(busy.store) == len(before["event"])
    assert dump(busy, everything) == before


def test_spoiled_tables_come_back_too(busy: Core) -> None:
    before = dump(busy, NAMES)
    busy.store.run("UPDATE club SET state = 'dissolved', name = 'x'")
    busy.store.run("UPDATE ledger SET amount = 1")
    busy.store.run("DELETE FROM member WHERE sex = 'F'")
    verify.rebuild(busy.store)
    assert dump(busy, NAMES) == before


def test_rebuilding_twice_changes_nothing(busy: Core) -> None:
    verify.rebuild(busy.store)
    before = dump(busy, NAMES)
    verify.rebuild(busy.store)
    assert dump(busy, NAMES) == before


@pytest.mark.parametrize("state", STATES)
def test_the_tables_after_every_step_are_what_the_log_gives(core: Core, state: str) -> None:
    core.bring(state)
    before = dump(core, NAMES)
    verify.rebuild(core.store)
    assert dump(core, NAMES) == before


def test_rebuilding_needs_no_plugin_and_no_policy_of_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is judged again: a policy that was changed, or is gone, changes no table."""
    policy = stated("supervision.interval_months", "4")
    provinces = province_of(tmp_path, monkeypatch, policy)
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    core.bring("operating")
    before = dump(core, NAMES)
    core.store.close()
    (tmp_path / "clb_tinh_thu" / "policy.toml").write_text("hỏng", encoding="utf-8")
    registry = open_registry(str(tmp_path / "clb.sqlite3"), provinces=Provinces([]))
    assert table_faults(registry.store) == []
    verify.rebuild(registry.store)
    assert dump(Core(registry, core.clock), NAMES) == before
    registry.store.close()


def test_personal_data_is_no_fold_and_is_left_alone(busy: Core) -> None:
    assert "personal" not in NAMES
    before = dump(busy, ["personal"])
    verify.rebuild(busy.store)
    assert dump(busy, ["personal"]) == before != {"personal": []}
