"""Walls between communes on a server, tried by SQL, and officers who act under their own login."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from support.core import (
    ADMIN,
    ASSOCIATION,
    COMMITTEE,
    COMMUNE,
    ELSEWHERE,
    NEIGHBOUR,
    NEIGHBOUR_ASSOCIATION,
    PROVINCE,
    PROVINCES,
    TOWN,
    Core,
    make_core,
)
from support.databases import server
from support.exchange import Office, commune
from support.keeper import Keeper
from support.step_forms import GRANT
from support.walls import apply, make_login, own

from engine.bundles import keys, making, signing
from engine.bundles.keyring import Keyring
from engine.bundles.making import Order
from engine.bundles.partners import make_own
from engine.errors import InputError, NotPermittedError, StorageError
from engine.lifecycle import upkeep
from engine.lifecycle.officers import Which
from engine.lifecycle.registry import Registry, open_registry
from engine.lifecycle.sealing import seal_all
from engine.store.tables import ALL

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]

LOGINS = {
    ASSOCIATION: own("clb_of_hoi"),
    COMMITTEE: own("clb_of_ub"),
    NEIGHBOUR_ASSOCIATION: own("clb_of_hoi_ben"),
    NEIGHBOUR: own("clb_of_ub_ben"),
    TOWN: own("clb_of_tinh"),
    ADMIN: own("clb_of_qt"),
}
OURS, THEIRS = LOGINS[ASSOCIATION], LOGINS[NEIGHBOUR_ASSOCIATION]
READER, SHARED = own("clb_of_doc"), own("clb_of_chung")
DAY = date(2022, 5, 4)
BY_CLUB = [one._meta.table_name for one in ALL if "club" in one._meta.columns]
EVERY = [one._meta.table_name for one in ALL]


@pytest.fixture
def walled() -> Iterator[tuple[Core, str, str, str]]:
    """A database with a club in each of two communes, every officer with a login, and walls."""
    here = server()
    for login in (*LOGINS.values(), READER):
        here.execute(f"DROP ROLE IF EXISTS {login}")
    url = here.create(own("clb_communes"))
    core = make_core(url)
    ours = core.bring("operating")
    theirs = core.open(changes={"commune": ELSEWHERE}, officer=NEIGHBOUR_ASSOCIATION)
    seal_all(core.registry, ADMIN)
    for officer, login in LOGINS.items():
        core.registry.officers.give_login(officer, login, by=ADMIN)
    apply(core, url)
    make_login(READER, f"clb_{PROVINCE}_reader")
    yield core, url, ours, theirs
    core.store.close()


def as_(url: str, login: str) -> str:
    return url.replace("//clb@", f"//{login}@")


def asked(url: str, login: str, sql: str, *params: Any) -> list[Any]:
    """Run a statement as a login would with psql."""
    with closing(psycopg.connect(as_(url, login), autocommit=True)) as tool:
        cursor = tool.execute(sql.encode(), params or None)
        return cursor.fetchall() if cursor.description else []


def logged_in(core: Core, url: str, login: str) -> Registry:
    return open_registry(as_(url, login), provinces=PROVINCES, clock=core.clock)


def test_no_row_of_another_communes_club_is_seen(walled: tuple[Core, str, str, str]) -> None:
    core, url, ours, theirs = walled
    for login, mine, other in ((OURS, ours, theirs), (THEIRS, theirs, ours)):
        for table in BY_CLUB:
            rows = f"SELECT count(*) FROM {table} WHERE club = %s"
            assert asked(url, login, rows, other) == [(0,)], table
            ((there,),) = core.store.rows(f"SELECT count(*) FROM {table} WHERE club = ?", (mine,))
            assert asked(url, login, rows, mine) == [(there,)], table
        assert asked(url, login, "SELECT id FROM club") == [(mine,)]
        streams = {one for (one,) in asked(url, login, "SELECT DISTINCT stream FROM event")}
        assert streams == {f"club:{mine}", f"province:{PROVINCE}"}
    assert asked(url, OURS, "SELECT count(*) FROM personal") > [(0,)]


def test_nobody_changes_the_log_and_names_only_go_with_an_erasure(
    walled: tuple[Core, str, str, str],
) -> None:
    core, url, _ours, _theirs = walled
    before = core.store.rows("SELECT * FROM personal ORDER BY club, member")
    for login in (*LOGINS.values(), READER):
        for table in ("event", "seal", "signature", "superseded"):
            for change in (f"UPDATE {table} SET province = province", f"DELETE FROM {table}"):
                with pytest.raises(InsufficientPrivilege):
                    asked(url, login, change)
    for login in LOGINS.values():
        sees = asked(url, login, "SELECT count(*) FROM personal") > [(0,)]
        for change in ("DELETE FROM personal", "UPDATE personal SET name = 'x'"):
            if sees:
                with pytest.raises(InsufficientPrivilege):
                    asked(url, login, change)
            else:
                asked(url, login, change)
    assert core.store.rows("SELECT * FROM personal ORDER BY club, member") == before


def test_a_reader_reads_its_province_and_writes_nothing(
    walled: tuple[Core, str, str, str],
) -> None:
    _core, url, _ours, _theirs = walled
    assert asked(url, READER, "SELECT count(*) FROM club") == [(2,)]
    for table in EVERY:
        with pytest.raises(InsufficientPrivilege):
            asked(url, READER, f"DELETE FROM {table}")


def test_no_event_is_recorded_in_anothers_name_or_about_anothers_club(
    walled: tuple[Core, str, str, str],
) -> None:
    _core, url, ours, theirs = walled
    event = (
        "INSERT INTO event (stream, seq, province, step, on_date, recorded_at, officer, body, hash)"
        " VALUES (%s, %s, %s, 'x', '2023-01-01', '2023-01-01T00:00:00Z', %s, '{}', 'x')"
    )
    refused = [(f"club:{ours}", COMMITTEE), (f"club:{theirs}", NEIGHBOUR)]
    no_club = ("club:HB-NOCLUB00", f"other:{ours}", f"province:{PROVINCE}", f"seal:{PROVINCE}")
    refused += [(stream, ASSOCIATION) for stream in (f"club:{theirs}", *no_club)]
    for stream, officer in refused:
        for seq in (1, 99):  # the first event of a stream is nobody's gift either
            with pytest.raises(InsufficientPrivilege):
                asked(url, OURS, event, stream, seq, PROVINCE, officer)


def test_steps_work_under_the_officers_own_login_and_under_no_other(
    walled: tuple[Core, str, str, str],
) -> None:
    core, url, ours, theirs = walled
    at_work = Core(logged_in(core, url, OURS), core.clock, opened=5)
    at_work.take(ours, "meeting", DAY, officer=ASSOCIATION)
    opened = at_work.open(officer=ASSOCIATION)
    at_work.people_of(opened)
    assert at_work.club(opened).commune == at_work.club(ours).commune
    with pytest.raises(NotPermittedError) as refused:
        at_work.take(ours, "meeting", DAY, officer=COMMITTEE)
    assert refused.value.code == "CLB-OFFICER-LOGIN"
    with pytest.raises(InputError):
        at_work.take(theirs, "meeting", DAY, officer=ASSOCIATION)
    with pytest.raises((NotPermittedError, StorageError)):
        at_work.open(changes={"commune": ELSEWHERE}, officer=ASSOCIATION)
    at_work.store.close()
    assert upkeep.check(core.store, core.clock).ok


def test_an_officer_with_a_login_is_not_acted_for_under_a_shared_one(
    walled: tuple[Core, str, str, str],
) -> None:
    core, _url, ours, _theirs = walled
    with pytest.raises(NotPermittedError) as refused:
        core.take(ours, "meeting", DAY, officer=ASSOCIATION)
    assert refused.value.code == "CLB-OFFICER-LOGIN"


def test_a_commune_is_held_to_what_the_whole_province_was_granted(
    walled: tuple[Core, str, str, str],
) -> None:
    core, url, ours, _theirs = walled
    town = Core(logged_in(core, url, LOGINS[TOWN]), core.clock)
    town.carry(ours, "fund", DAY, GRANT, officer=TOWN)
    town.store.close()
    sees = "SELECT clb_walls.granted(%s, '2022-01-01', '2022-12-31', 'province_budget', '')"
    assert asked(url, THEIRS, "SELECT count(*) FROM ledger") == [(0,)]
    assert asked(url, THEIRS, sees, PROVINCE) == [(1,)]
    assert asked(url, THEIRS, sees, "bac_ninh") == [(None,)]


def test_the_province_erases_under_its_login(walled: tuple[Core, str, str, str]) -> None:
    core, url, ours, _theirs = walled
    town = Core(logged_in(core, url, LOGINS[TOWN]), core.clock)
    ((before,),) = core.store.rows("SELECT count(*) FROM personal")
    town.carry(ours, "erase", DAY, {"member": core.people[5].name}, officer=TOWN)
    assert core.store.rows("SELECT count(*) FROM personal") == [(before - 1,)]
    assert upkeep.check(town.store, core.clock).ok
    town.store.close()


def test_who_is_out_of_office_has_no_role_once_they_are_applied_again(
    walled: tuple[Core, str, str, str],
) -> None:
    core, url, _ours, _theirs = walled
    registry = logged_in(core, url, LOGINS[ADMIN])
    registry.officers.end(ASSOCIATION, Which(), None, by=ADMIN, step="officer_remove")
    registry.store.close()
    assert asked(url, OURS, "SELECT count(*) FROM club") == [(1,)]
    apply(core, url)
    with pytest.raises(InsufficientPrivilege):
        asked(url, OURS, "SELECT count(*) FROM club")


def test_an_earlier_login_loses_its_role_and_a_readers_own_stays(
    walled: tuple[Core, str, str, str],
) -> None:
    core, url, ours, _theirs = walled
    new = own("clb_of_hoi_moi")
    server().execute(f"DROP ROLE IF EXISTS {new}")
    registry = logged_in(core, url, LOGINS[ADMIN])
    registry.officers.give_login(ASSOCIATION, new, by=ADMIN)
    registry.store.close()
    apply(core, url)
    with pytest.raises(InsufficientPrivilege):
        asked(url, OURS, "SELECT count(*) FROM club")
    assert asked(url, new, "SELECT id FROM club") == [(ours,)]
    assert asked(url, READER, "SELECT count(*) FROM club") == [(2,)]


def test_the_administrator_adds_officers_under_the_own_login(
    walled: tuple[Core, str, str, str],
) -> None:
    core, url, _ours, _theirs = walled
    registry = logged_in(core, url, LOGINS[ADMIN])
    assert registry.officers.rename(TOWN, "Cán bộ mới", by=ADMIN)
    with pytest.raises(NotPermittedError):
        core.registry.officers.rename(TOWN, "Cán bộ khác", by=ADMIN)
    registry.store.close()


def test_a_form_that_is_judged_under_a_commune_login_is_judged_the_same(
    walled: tuple[Core, str, str, str],
) -> None:
    core, url, ours, _theirs = walled
    registry = logged_in(core, url, LOGINS[COMMITTEE])
    found, before = (
        one.lifecycle.check(ours, officer=COMMITTEE) for one in (registry, core.registry)
    )
    assert [(one.step, one.findings) for one in found] == [
        (one.step, one.findings) for one in before
    ]
    registry.store.close()


def test_a_commune_makes_no_report_of_the_province_and_its_figures_are_called_its_own(
    walled: tuple[Core, str, str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _core, url, _ours, _theirs = walled
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_DATABASE", as_(url, OURS))
    refused = keeper.error("report", "build", "bac_ninh", "overview", "--period", "2022", code=3)
    assert refused["code"] == "CLB-DATABASE-PART"
    assert "its own communes only" in keeper.run("progress", "bac_ninh").err
    monkeypatch.setenv("CLB_DATABASE", as_(url, LOGINS[TOWN]))
    assert "its own communes only" not in keeper.run("progress", "bac_ninh").err


def test_a_commune_checks_what_it_sees_and_neither_seals_nor_sends(
    walled: tuple[Core, str, str, str], tmp_path: Path
) -> None:
    core, url, _ours, _theirs = walled
    seal_all(core.registry, None)
    registry = logged_in(core, url, OURS)
    assert upkeep.check(registry.store, core.clock).faults == ()
    with pytest.raises(NotPermittedError) as refused:
        seal_all(registry, ASSOCIATION)
    assert refused.value.code == "CLB-DATABASE-PART"
    with pytest.raises(NotPermittedError) as refused:
        making.make(registry, Order(ASSOCIATION), tmp_path / "a.clbz")
    assert refused.value.code == "CLB-DATABASE-PART"
    registry.store.close()


def test_a_file_with_clubs_is_taken_in_by_whoever_keeps_the_server(
    walled: tuple[Core, str, str, str], tmp_path: Path
) -> None:
    core, url, ours, _theirs = walled
    there = Office(core, tmp_path)
    town = Office(Core(logged_in(core, url, LOGINS[TOWN]), core.clock), tmp_path)
    here = commune(tmp_path / "commune", town)
    here.core.take(ours, "meeting", DAY, officer=ASSOCIATION)
    file = here.send()
    with pytest.raises(NotPermittedError) as refused:
        town.take(file)
    assert (refused.value.code, TOWN in refused.value.message) == ("CLB-OFFICER-LOGIN", True)
    assert there.take(file).events == 1
    town.store.close()


def test_a_fork_is_settled_by_whoever_keeps_the_server_and_each_step_stays_its_officers(
    walled: tuple[Core, str, str, str], tmp_path: Path
) -> None:
    core, url, ours, _theirs = walled
    there = Office(core, tmp_path)
    town = Office(Core(logged_in(core, url, LOGINS[TOWN]), core.clock), tmp_path)
    here = commune(tmp_path / "commune", town)
    here.core.take(ours, "meeting", DAY, officer=ASSOCIATION)
    town.core.carry(ours, "fund", DAY, GRANT, officer=TOWN)
    file = here.send()
    assert [one.stream for one in there.take(file).forks] == [f"club:{ours}"]
    before = there.heads()
    with pytest.raises(NotPermittedError) as refused:
        town.rebase(file, ours)
    assert (refused.value.code, TOWN in refused.value.message) == ("CLB-OFFICER-LOGIN", True)
    assert there.heads() == before
    (again,) = there.rebase(file, ours).own
    assert (again.event.step, again.event.officer, again.why) == ("fund", TOWN, "")
    here.take(town.send())
    club = f"club:{ours}"
    heads = [[one for one in office.heads() if one[0] == club] for office in (here, there)]
    assert heads[0] == heads[1]
    there.require_sound()
    town.store.close()


def test_a_login_that_is_nobodys_neither_takes_a_file_in_nor_settles_it(
    walled: tuple[Core, str, str, str], tmp_path: Path
) -> None:
    core, url, ours, _theirs = walled
    make_login(SHARED, f"clb_{PROVINCE}")
    town = Office(Core(logged_in(core, url, LOGINS[TOWN]), core.clock), tmp_path)
    here = commune(tmp_path / "commune", town)
    here.core.take(ours, "meeting", DAY, officer=ASSOCIATION)
    first = here.send()
    shared = Office(Core(logged_in(core, url, SHARED), core.clock), tmp_path)
    with pytest.raises(NotPermittedError) as refused:
        shared.take(first)
    assert refused.value.code == "CLB-OFFICER-LOGIN"
    town.core.carry(ours, "fund", DAY, GRANT, officer=TOWN)
    with pytest.raises(NotPermittedError) as refused:
        shared.rebase(first, ours)
    assert refused.value.code == "CLB-OFFICER-LOGIN"
    for office in (town, shared):
        office.store.close()


def test_the_province_signs_anew_under_its_login_what_an_ended_key_signed(
    walled: tuple[Core, str, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    core, url, ours, _theirs = walled
    admin = logged_in(core, url, LOGINS[ADMIN])
    town = Core(logged_in(core, url, LOGINS[TOWN]), core.clock)
    first, second = (keys.make(TOWN, "mật khẩu dài") for _time in range(2))
    admin.officers.add_key(PROVINCE, TOWN, first.public, None, by=ADMIN)
    ring = Keyring(town.registry, lambda _officer: None)
    town.store.signing = ring
    ring.open(TOWN, first)
    town.carry(ours, "fund", DAY, GRANT, officer=TOWN)
    today = core.clock.day
    admin.officers.end_key(PROVINCE, TOWN, today, by=ADMIN)
    admin.officers.add_key(PROVINCE, TOWN, second.public, today, by=ADMIN)
    assert signing.signed(town.registry).lapsed == {TOWN: 1}
    order = Order(TOWN, to=COMMUNE, sign=True)
    made = making.make(town.registry, order, tmp_path / "a.clbz", second)
    assert made.signed > 0
    found = signing.signed(town.registry)
    assert (found.lapsed, found.wrong) == ({}, ())
    for registry in (admin, town.registry):
        registry.store.close()


def test_a_commune_that_sees_no_partners_does_not_miss_names_that_were_not_sent(
    walled: tuple[Core, str, str, str],
) -> None:
    core, url, _ours, _theirs = walled
    with core.store.write():
        make_own(core.store, PROVINCE)
    core.store.run("INSERT INTO withheld SELECT club, member, province FROM personal")
    core.store.run("DELETE FROM personal")
    registry = logged_in(core, url, OURS)
    named = [one.reason for one in upkeep.verify_log(registry.store).faults]
    assert not [one for one in named if "nobody erased it" in one]
    assert upkeep.verify_log(core.store).ok
    registry.store.close()
