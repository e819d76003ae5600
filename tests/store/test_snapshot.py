"""What is read together is of one moment: nobody's work looks like a fault."""

from pathlib import Path

import pytest
from support.at_work import assert_no_alarm
from support.core import PROVINCES, Core
from support.databases import address

from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.reports import events, reading


def test_what_others_record_meanwhile_is_not_seen(core: Core) -> None:
    club = core.bring("operating")
    other = open_registry(address(core.store), provinces=PROVINCES, clock=core.clock)
    with other.store.snapshot():
        before = events.head(other.store)
        core.take(club, "meeting", core.clock.day)
        assert events.head(other.store) == before
        assert upkeep.check(other.store).ok
    assert events.head(other.store)[1] == before[1] + 1
    other.store.close()


def test_a_command_that_only_reads_sees_one_moment(core: Core) -> None:
    club = core.bring("operating")
    count = "SELECT count(*) FROM event"
    with reading.opened(address(core.store)) as store:
        before = store.row(count)
        core.take(club, "meeting", core.clock.day)
        assert store.row(count) == before


def test_inside_a_writing_a_snapshot_is_a_part_of_it(core: Core) -> None:
    club = core.bring("operating")
    with core.store.write(f"club:{club}"):
        core.store.run("UPDATE club SET name = 'Tên khác' WHERE id = ?", (club,))
        with core.store.snapshot():
            assert core.club(club).name == "Tên khác"
    assert core.club(club).name == "Tên khác"


@pytest.mark.slow
def test_checks_and_exports_raise_no_alarm_while_others_work(core: Core, tmp_path: Path) -> None:
    assert_no_alarm(core, tmp_path)
