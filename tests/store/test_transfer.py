"""A database copied into another: from a file to a server and back, again and again, or in part."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from support.core import ADMIN, PROVINCE, Core, add_officer, make_core
from support.databases import address, change, server
from support.walls import own

from bench.province import province
from engine.errors import InputError, RefusedError, StorageError
from engine.lifecycle import upkeep
from engine.lifecycle.sealing import seal_all
from engine.lifecycle.transfer import Transfer, transfer
from engine.model import Officer, Role
from engine.store import seals, verify
from engine.store.database import connect
from engine.store.tables import ALL
from engine.store.url import parse

OTHER = "bac_ninh"

NewPlace = Callable[[str], str]


@pytest.fixture(params=["file", "server"])
def another(tmp_path: Path, request: pytest.FixtureRequest) -> NewPlace:
    """Return addresses of new databases, files or on the server; the test's own is on a server."""

    def url(name: str) -> str:
        if request.param == "file":
            return str(tmp_path / f"{name}.sqlite3")
        return server().create(f"clb_{name}")

    return url


pytestmark = pytest.mark.postgresql


def copied(core: Core, url: str, province: str | None = None) -> Transfer:
    return transfer(parse(address(core.store)), parse(url), province)


def test_everything_comes_to_a_file_and_from_there_to_a_server(busy: Core, tmp_path: Path) -> None:
    seal_all(busy.registry, ADMIN)
    file, url = str(tmp_path / "clb.sqlite3"), server().create("clb_whole")
    copied(busy, file)
    done = transfer(parse(file), parse(url), None)
    head, events = verify.head(busy.store)
    assert (done.head, done.events, done.added) == (head, events, events)
    with closing(connect(parse(url))) as there:
        last = seals.last(busy.store, PROVINCE)
        assert last is not None
        assert done.seals == (last.line,)
        assert upkeep.check(there).faults == ()
        for table in ALL:
            name = table._meta.table_name
            count = f"SELECT count(*) FROM {name}"
            assert there.rows(count) == busy.store.rows(count), name
        names = "SELECT name, id_number, phone, salt FROM personal"
        assert sorted(there.rows(names), key=str) == sorted(busy.store.rows(names), key=str)


def test_a_later_copy_adds_what_is_new_and_takes_erased_names_away(
    busy: Core, another: NewPlace
) -> None:
    url = another("again")
    first = copied(busy, url)
    assert copied(busy, url).added == 0
    club = busy.bring("operating")
    busy.carry(club, "erase", date(2022, 5, 4), {"member": busy.people[5].name})
    later = copied(busy, url)
    assert later.added == later.events - first.events > 0
    with closing(connect(parse(url))) as there:
        count = "SELECT count(*) FROM personal"
        assert there.rows(count) == busy.store.rows(count)
        assert upkeep.check(there).ok


def test_a_database_with_other_events_is_left_as_it_is(
    core: Core, another: NewPlace, english: None
) -> None:
    url = another("other")
    other = make_core(url)
    add_officer(other.registry, "khac", Role.PROVINCE, None)
    before = verify.head(other.store)
    other.store.close()
    with pytest.raises(RefusedError) as refused:
        copied(core, url)
    assert refused.value.code == "CLB-DATABASE-OTHER"
    assert f"province:{PROVINCE}" in refused.value.message
    with closing(connect(parse(url))) as there:
        assert verify.head(there) == before


def test_one_province_comes_alone_and_leaves_the_others(core: Core, another: NewPlace) -> None:
    core.bring("operating")
    officer = Officer("qt-bn", "Người Bắc Ninh", Role.ADMIN, OTHER, since=date(2000, 1, 1))
    core.registry.officers.add(officer, by=ADMIN)
    url = another("part")
    part = copied(core, url, OTHER)
    assert part.events == 1
    rest = copied(core, url, PROVINCE)
    assert part.events + rest.events == verify.head(core.store)[1]
    with closing(connect(parse(url))) as there:
        assert verify.head(there) == verify.head(core.store)
        assert upkeep.check(there).ok
    with pytest.raises(InputError, match=r"toy|thử|không có gì"):
        copied(core, url, "nowhere")


def test_a_changed_log_is_not_copied(core: Core, another: NewPlace) -> None:
    change(core.store, "UPDATE event SET body = body || ' ' WHERE seq = 2")
    url = another("changed")
    with pytest.raises(StorageError) as refused:
        copied(core, url)
    assert refused.value.code == "CLB-LOG-DAMAGED"
    with closing(connect(parse(url))) as there:
        assert verify.head(there)[1] == 0


def test_a_database_is_not_copied_into_itself(core: Core) -> None:
    with pytest.raises(InputError) as refused:
        copied(core, address(core.store))
    assert refused.value.code == "CLB-RESTORE-SAME"


COPIED = (
    "import resource, sys; from engine.lifecycle.transfer import transfer; "
    "from engine.store.url import parse; transfer(parse(sys.argv[1]), parse(sys.argv[2]), None); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


@pytest.mark.slow
def test_thirty_times_the_clubs_need_no_more_memory_to_be_copied() -> None:
    peaks = []
    for clubs in (100, 3000):
        url = server().create(own("clb_transfer_memory"))
        done = subprocess.run(
            [sys.executable, "-c", COPIED, str(province(clubs, 20)), url],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        peaks.append(int(done.stdout))
    few, many = peaks
    assert many < 1.15 * few
