"""Tables divided by province: the same steps, checks and copies; a part for each province."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.core import (
    ADMIN,
    ASSOCIATION,
    BAC_NINH,
    PROVINCE,
    PROVINCES,
    Core,
    add_officer,
    make_core,
)
from support.databases import server
from support.walls import apply, own

from engine.errors import ConflictError, InputError
from engine.lifecycle import upkeep
from engine.lifecycle.officers import Which
from engine.lifecycle.sealing import seal_all
from engine.lifecycle.transfer import transfer
from engine.model import Role
from engine.store.partitions import DIVIDED
from engine.store.url import parse

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]

PARTS = (
    "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
    "WHERE i.inhparent = to_regclass(?) AND c.relkind = 'r'"
)


@pytest.fixture
def divided() -> Iterator[tuple[Core, str]]:
    """A divided database with a club in each of two provinces, and its URL."""
    url = server().create(own("clb_divided"))
    assert upkeep.init(parse(url), (PROVINCE, BAC_NINH))
    core = make_core(url)
    core.bring("operating")
    yield core, url
    core.store.close()


def test_steps_are_the_same_and_each_province_has_its_part(divided: tuple[Core, str]) -> None:
    core, _url = divided
    assert core.store.divided
    for table in DIVIDED:
        name = table._meta.table_name
        assert core.store.rows(PARTS, (name,)) == [(3,)], name
        ((all_,),) = core.store.rows(f"SELECT count(*) FROM {name}")
        assert core.store.rows(f"SELECT count(*) FROM {name}_of_{PROVINCE}") == [(all_,)]
        assert core.store.rows(f"SELECT count(*) FROM {name}_of_{BAC_NINH}") == [(0,)]
    add_officer(core.registry, ADMIN, Role.ADMIN, None, "ha_noi")
    assert core.store.rows("SELECT count(*) FROM event_of_others") == [(1,)]


def test_it_is_checked_sealed_rebuilt_and_walled_like_any_other(divided: tuple[Core, str]) -> None:
    core, url = divided
    club = core.bring("operating")
    core.carry(club, "erase", date(2022, 5, 4), {"member": core.people[5].name})
    seal_all(core.registry, ADMIN)
    assert upkeep.check(core.store, core.clock).faults == ()
    upkeep.rebuild(core.store)
    assert upkeep.check(core.store, core.clock).ok
    apply(core, url)
    assert upkeep.check(core.store, core.clock).ok
    assert (
        core.registry.officers.end(ASSOCIATION, Which(), None, by=ADMIN, step="officer_remove")
        == []
    )


def test_it_is_copied_to_a_file_and_from_one(divided: tuple[Core, str], tmp_path: Path) -> None:
    _core, url = divided
    file = parse(str(tmp_path / "copy.sqlite3"))
    assert transfer(parse(url), file, None).head
    again = server().create(own("clb_divided_again"))
    upkeep.init(parse(again), (PROVINCE,))
    assert transfer(file, parse(again), None).events == transfer(parse(url), file, None).events
    assert not transfer(file, parse(again), None).added


def test_a_missing_index_is_seen_and_made_again(divided: tuple[Core, str]) -> None:
    core, _url = divided
    core.store.run("DROP INDEX task_one")
    assert [fault.kind for fault in upkeep.check(core.store, core.clock).faults] == ["schema"]
    upkeep.rebuild(core.store)
    assert upkeep.check(core.store, core.clock).ok


def test_two_officers_at_once_still_make_one_event(divided: tuple[Core, str]) -> None:
    core, _url = divided
    club = core.bring("proposed")
    seen = core.club(club)
    core.carry(club, "approve", date(2021, 9, 1))
    with pytest.raises(ConflictError):
        core.carry(club, "approve", date(2021, 9, 1), expected=seen)


def test_a_file_is_not_divided(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        upkeep.init(parse(str(tmp_path / "a.sqlite3")), PROVINCES.found())
