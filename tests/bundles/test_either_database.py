"""A province on a PostgreSQL server exchanges files like one with a file of its own."""

from datetime import date
from pathlib import Path

import pytest
from support.core import (
    ADMIN,
    APPROVE,
    ASSOCIATION,
    PROPOSE,
    TODAY,
    TRAIN,
    Core,
    roster,
    villagers,
)
from support.exchange import Office, commune

from engine.bundles import keys, signing
from engine.lifecycle.sealing import seal_all
from engine.store import signatures


def test_a_fork_is_settled_whatever_the_province_keeps_its_log_in(
    core: Core, tmp_path: Path
) -> None:
    there = Office(core, tmp_path)
    here = commune(tmp_path / "commune", there)
    club = here.core.walk([PROPOSE, APPROVE])
    there.take(here.send(names=True))
    there.core.carry(club, *TRAIN)
    here.core.take(club, "roster", date(2021, 9, 20), prepare=roster(villagers(2, 2, seed=9)))
    seal_all(there.core.registry, None)
    file = here.send(names=True)
    assert [one.stream for one in there.take(file).forks] == [f"club:{club}"]
    there.rebase(file, club)
    here.take(there.send(names=True))
    assert here.heads() == there.heads()
    here.require_sound()
    there.require_sound()


def test_what_a_lost_key_signed_is_signed_anew_by_adding_a_signature(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    registry, province = core.registry, core.province
    pairs = [keys.make(ASSOCIATION, "mật khẩu dài") for _time in range(2)]
    registry.officers.add_key(province, ASSOCIATION, pairs[0].public, None, by=ADMIN)
    there = Office(core, tmp_path)
    order = {"officer": ASSOCIATION, "to": None, "sign": True}
    core.walk([PROPOSE])
    assert there.make(pair=pairs[0], **order).signed == 4
    registry.officers.end_key(province, ASSOCIATION, TODAY, by=ADMIN)
    assert signing.signed(registry).lapsed == {ASSOCIATION: 4}
    registry.officers.add_key(province, ASSOCIATION, pairs[1].public, TODAY, by=ADMIN)
    assert there.make(pair=pairs[1], **order).signed == 4
    found = signing.signed(registry)
    assert (found.counts, found.lapsed, found.wrong) == ({ASSOCIATION: 4}, {}, ())
    assert {one.key for one in signatures.of_stream(core.store, clubs(core)[0])} == {
        one.public for one in pairs
    }


def clubs(core: Core) -> list[str]:
    return [f"club:{id_}" for (id_,) in core.store.rows("SELECT id FROM club ORDER BY id")]
