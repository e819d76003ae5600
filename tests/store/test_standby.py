"""A primary with a synchronous standby: the primary dies while officers work, the standby goes on.

And a connection pooler between officers and the server.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from shutil import which
from threading import Thread
from time import monotonic, sleep
from urllib.parse import quote

import psycopg
import pytest
from support.core import ADMIN, ASSOCIATION, COMMITTEE, PROVINCES, TODAY, make_core
from support.databases import server
from support.keeper import Keeper
from support.needs import absent
from support.step_forms import form
from support.walls import apply, own
from support.worker import TODAY as WORKERS_TODAY
from support.worker import go, ready, start

from engine.errors import ClbError, NotPermittedError
from engine.lifecycle import upkeep
from engine.lifecycle.registry import Registry, open_registry
from engine.lifecycle.sealing import seal_all
from engine.scenario.world import StillClock
from engine.store.database import connect
from engine.store.url import parse
from tools import postgresql

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]

WAIT_SECONDS = 30
MEETING = form("meeting", date(2022, 5, 4))


@pytest.fixture
def pair() -> Iterator[tuple[postgresql.Server, postgresql.Server]]:
    """A primary that confirms nothing before its standby has it, and the standby."""
    found = postgresql.programs()
    absent([] if found else [f"a PostgreSQL server ({postgresql.PACKAGES})"])
    assert found is not None
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        # What is confirmed is on both disks; no power is cut here, so nothing waits for the disks.
        settings = {"fsync": "off"}
        primary = postgresql.Server(Path(one), found, settings)
        standby = postgresql.Server(Path(two), found, settings)
        primary.start()
        try:
            standby.follow(primary)
            primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            primary.execute("SELECT pg_reload_conf()")
            yield primary, standby
        finally:
            for server in (primary, standby):
                if server.running():
                    server.stop()


def both(pair: tuple[postgresql.Server, postgresql.Server], name: str) -> str:
    """Return the URL of whichever server takes changes."""
    folders = ",".join(quote(str(one.folder), safe="") for one in pair)
    return f"postgresql://clb@/{name}?host={folders}&target_session_attrs=read-write"


def meet(registry: Registry, club: str, times: int) -> int:
    """Record that many meetings; return how many events were confirmed."""
    for _time in range(times):
        registry.lifecycle.advance(club, "meeting", MEETING, officer=ASSOCIATION)
    return times


def test_nothing_confirmed_is_lost_and_work_goes_on(
    pair: tuple[postgresql.Server, postgresql.Server],
) -> None:
    primary, standby = pair
    primary.create("clb_work")
    url = both(pair, "clb_work")
    core = make_core(url)
    club = core.bring("operating")
    at_work = core.registry
    confirmed = core.club(club).seq + meet(at_work, club, 5)
    primary.stop()
    with pytest.raises(ClbError) as failed:
        meet(at_work, club, 1)
    assert failed.value.code == "CLB-DATABASE-UNREACHABLE"
    at_work.store.close()
    standby.promote()
    again = open_registry(url, provinces=PROVINCES, clock=StillClock(TODAY))
    assert again.lifecycle.club(club).seq == confirmed
    meet(again, club, 2)
    assert upkeep.check(again.store).ok
    again.store.close()


OFFICERS = 3
AFTER = 5
"""Meetings that each of them records once the standby took over."""


def lines_of(worker: "subprocess.Popen[str]") -> Iterator[str]:
    assert worker.stdout is not None
    for line in worker.stdout:
        yield line.strip()


def is_day(line: str) -> bool:
    return line.startswith("20")


def test_a_primary_killed_while_officers_write_loses_nothing_that_was_confirmed(
    pair: tuple[postgresql.Server, postgresql.Server],
) -> None:
    primary, standby = pair
    primary.create("clb_killed")
    url = both(pair, "clb_killed")
    core = make_core(url)
    clubs = [core.bring("operating") for _each in range(OFFICERS)]
    seal_all(core.registry, None)
    core.store.close()
    at_work = [start("go_on", url, [club]) for club in clubs]
    try:
        for one in at_work:
            ready(one)
        for one in at_work:
            go(one)
        printed = [lines_of(one) for one in at_work]
        confirmed = [[next(lines) for _each in range(3)] for lines in printed]
        primary.kill()
        standby.promote()
        for number, lines in enumerate(printed):
            failed = ""
            after = 0
            while after < AFTER:
                line = next(lines)
                if is_day(line):
                    confirmed[number].append(line)
                    after += bool(failed)
                else:
                    failed = line
            assert failed == "CLB-DATABASE-UNREACHABLE"
    finally:
        for one in at_work:
            one.kill()
            one.wait()
    with closing(connect(parse(standby.url("clb_killed")))) as store:
        for club, days in zip(clubs, confirmed, strict=True):
            there = store.rows(
                "SELECT on_date FROM event WHERE stream = ? AND step = 'meeting'",
                (f"club:{club}",),
            )
            assert set(days) <= {str(day) for (day,) in there}
        assert upkeep.check(store, StillClock(WORKERS_TODAY)).ok


def test_what_is_only_read_comes_from_the_standby_and_names_its_moment(
    pair: tuple[postgresql.Server, postgresql.Server],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    primary, standby = pair
    primary.create("clb_read")
    core = make_core(primary.url("clb_read"), province="bac_ninh")
    core.bring("operating")
    _caught_up(primary, standby)
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_DATABASE", primary.url("clb_read"))
    asked = (("due", "--province", "bac_ninh"), ("progress", "bac_ninh"))
    here = [keeper.run(*one) for one in asked]
    monkeypatch.setenv("CLB_DATABASE_READ", standby.url("clb_read"))
    there = [keeper.run(*one) for one in asked]
    assert [one.out for one in there] == [one.out for one in here]
    for one in there:
        assert one.code == 0
        assert one.err.count("its last change is of ") == 1
    with closing(connect(parse(standby.url("clb_read")))) as store:
        assert store.is_standby
        assert store.as_of() is not None
    with closing(connect(parse(primary.url("clb_read")))) as store:
        assert not store.is_standby
        assert store.as_of() is None
    monkeypatch.setenv("CLB_DATABASE_READ", primary.url("clb_read"))
    assert "which is no standby server" in keeper.run(*asked[0]).err
    core.store.close()


def _caught_up(primary: postgresql.Server, standby: postgresql.Server) -> None:
    with closing(psycopg.connect(primary.url(), autocommit=True)) as one:
        (place,) = one.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
    end = monotonic() + WAIT_SECONDS
    with closing(psycopg.connect(standby.url(), autocommit=True)) as two:
        while two.execute("SELECT pg_last_wal_replay_lsn() < %s::pg_lsn", (place,)).fetchone() == (
            True,
        ):
            assert monotonic() < end, "the standby does not follow"
            sleep(0.05)


@contextmanager
def pooling(
    folder: Path, behind: postgresql.Server, user: str = " user=clb", more: str = "auth_type = any"
) -> Iterator[str]:
    """Run PgBouncer in transaction mode, one connection to the server; yield its folder."""
    program = which("pgbouncer") or "/usr/sbin/pgbouncer"
    absent([] if Path(program).exists() else ["PgBouncer (Debian: pgbouncer)"])
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(
        f"[databases]\n* = host={behind.folder}{user}\n[pgbouncer]\nlisten_addr =\n"
        f"unix_socket_dir = {folder}\nlisten_port = 6432\n{more}\n"
        "client_login_timeout = 10\npool_mode = transaction\ndefault_pool_size = 1\n",
        encoding="ascii",
    )
    # Neither of the two runs as root.
    account, group = behind.account or (None, None)
    if behind.account is not None:
        os.chown(folder, *behind.account)
    with subprocess.Popen(
        [program, str(configuration)],
        user=account,
        group=group,
        extra_groups=None if account is None else [],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as pooler:
        try:
            end = monotonic() + WAIT_SECONDS
            while not (folder / ".s.PGSQL.6432").exists():
                assert monotonic() < end
                assert pooler.poll() is None, "PgBouncer does not start"
                sleep(0.05)
            yield quote(str(folder), safe="")
        finally:
            pooler.terminate()


def test_officers_share_one_connection_through_a_pooler() -> None:
    behind = server()
    behind.create("clb_pool")
    with (
        tempfile.TemporaryDirectory() as folder,
        pooling(Path(folder), behind) as host,
    ):
        url = f"postgresql://clb@/clb_pool?host={host}&port=6432"
        core = make_core(url)
        club = core.bring("operating")
        other = open_registry(url, provinces=PROVINCES, clock=core.clock)
        for registry in (core.registry, other) * 5:
            meet(registry, club, 1)
        assert upkeep.check(other.store).ok
        assert other.store.rows("SHOW lock_timeout") == [("0",)]
        for registry in (core.registry, other):
            registry.store.close()


LOGINS = {ASSOCIATION: own("clb_pool_hoi"), COMMITTEE: own("clb_pool_ub")}
ASKED = """auth_type = scram-sha-256
auth_file = {folder}/userlist.txt
auth_user = {pooler}
auth_query = SELECT * FROM pgbouncer.who($1)
max_db_connections = 1"""
WHO = (
    "CREATE SCHEMA pgbouncer",
    "CREATE FUNCTION pgbouncer.who(name text, OUT text, OUT text) LANGUAGE sql SECURITY DEFINER "
    "SET search_path = pg_catalog, pg_temp AS $$ SELECT rolname::text, rolpassword FROM pg_authid "
    "WHERE rolname = name AND rolcanlogin AND NOT rolsuper AND NOT rolreplication $$",
    "REVOKE ALL ON FUNCTION pgbouncer.who(text) FROM PUBLIC",
    "GRANT USAGE ON SCHEMA pgbouncer TO {pooler}",
    "GRANT EXECUTE ON FUNCTION pgbouncer.who(text) TO {pooler}",
)
"""As docs/quan-tri/07-postgresql.md has them."""


def test_each_officer_keeps_the_own_login_through_a_pooler() -> None:
    behind, pooler, name = server(), own("clb_pooler"), own("clb_pool_each")
    for role in (*LOGINS.values(), pooler):
        behind.execute(f"DROP ROLE IF EXISTS {role}")
    core = make_core(behind.create(name))
    club = core.bring("operating")
    seal_all(core.registry, None)
    for officer, login in LOGINS.items():
        core.registry.officers.give_login(officer, login, by=ADMIN)
    apply(core, behind.url(name))
    core.store.close()
    behind.execute(f"CREATE ROLE {pooler} LOGIN PASSWORD 'p'")
    for login in LOGINS.values():
        behind.execute(f"ALTER ROLE {login} PASSWORD 'mk-{login}'")
    for statement in WHO:
        behind.execute(statement.format(pooler=pooler), name)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "userlist.txt").write_text(f'"{pooler}" "p"\n', encoding="ascii")
        (folder / "userlist.txt").chmod(0o644)
        more = ASKED.format(folder=folder, pooler=pooler)
        with pooling(folder, behind, "", more) as host:
            there = f"/{name}?host={host}&port=6432"
            urls = {
                officer: f"postgresql://{login}:mk-{login}@{there}"
                for officer, login in LOGINS.items()
            }
            hoi, ub = (
                open_registry(url, provinces=PROVINCES, clock=core.clock) for url in urls.values()
            )
            for registry in (hoi, ub) * 3:
                registry.lifecycle.advance(
                    club, "meeting", MEETING, officer=ASSOCIATION if registry is hoi else COMMITTEE
                )
            with pytest.raises(NotPermittedError) as refused:
                hoi.lifecycle.advance(club, "meeting", MEETING, officer=COMMITTEE)
            assert refused.value.code == "CLB-OFFICER-LOGIN"
            assert (hoi.store.login, ub.store.login) == tuple(LOGINS.values())
            for registry in (hoi, ub):
                registry.store.close()
            with pytest.raises(ClbError) as wrong:
                connect(parse(f"postgresql://{LOGINS[ASSOCIATION]}:sai@{there}"))
            assert wrong.value.code == "CLB-DATABASE-PASSWORD"


def test_a_change_that_waits_for_the_standby_says_so(
    pair: tuple[postgresql.Server, postgresql.Server], caplog: pytest.LogCaptureFixture
) -> None:
    primary, standby = pair
    primary.create("clb_waits")
    core = make_core(primary.url("clb_waits"))
    club = core.bring("operating")
    standby.stop()
    writing = Thread(target=meet, args=(core.registry, club, 1))
    with caplog.at_level("WARNING", "engine.store.waiting"):
        writing.start()
        end = monotonic() + WAIT_SECONDS
        while not caplog.records:
            assert monotonic() < end, "nothing was printed"
            sleep(0.05)
        assert "máy chủ dự phòng" in caplog.text
        primary.execute("ALTER SYSTEM RESET synchronous_standby_names")
        primary.execute("SELECT pg_reload_conf()")
        writing.join(WAIT_SECONDS)
    assert not writing.is_alive()
    core.store.close()
