"""Walls on a server: a login works in its own province; only the owner changes the log."""

import csv
import hmac
import os
import stat
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import pbkdf2_hmac, sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from filelock import FileLock
from psycopg.errors import InsufficientPrivilege
from support.core import ADMIN, ASSOCIATION, PROVINCE, PROVINCES, TODAY, Core, make_core
from support.databases import RUN, server
from support.keeper import Keeper
from support.step_forms import form
from support.walls import apply, make_login, own

from engine.errors import InputError, StorageError
from engine.lifecycle import upkeep
from engine.lifecycle.merger import Merger, MergerService
from engine.lifecycle.registry import open_registry
from engine.lifecycle.sealing import seal_all
from engine.model import Officer, Role
from engine.scenario.world import StillClock
from engine.store.tables import ALL

pytestmark = pytest.mark.postgresql

OTHER = "bac_ninh"
OWN, BN = own("clb_login_own"), own("clb_login_bn")
LOGINS = {OWN: f"clb_{PROVINCE}", BN: f"clb_{OTHER}"}
AUDIT, NOBODY, BOTH = own("clb_login_audit"), own("clb_login_none"), own("clb_login_both")
TABLES = [one._meta.table_name for one in ALL]
EVENT = (
    "INSERT INTO event (stream, seq, province, step, on_date, recorded_at, officer, body, hash) "
    "VALUES ('province:x', 1, %s, 'x', '2023-01-01', '2023-01-01T00:00:00Z', 'x', '{}', 'x')"
)


@pytest.fixture
def walled() -> Iterator[tuple[Core, str]]:
    """A database of two provinces with its walls, and its URL."""
    here = server()
    url = here.create(own("clb_walls"))
    core = make_core(url)
    core.bring("operating")
    other = Officer("qt-bn", "Người Bắc Ninh", Role.ADMIN, OTHER, since=date(2000, 1, 1))
    core.registry.officers.add(other, by=ADMIN)
    seal_all(core.registry, ADMIN)
    apply(core, url)
    for login, role in {**LOGINS, AUDIT: "clb_auditor", NOBODY: None}.items():
        make_login(login, role)
    yield core, url
    core.store.close()


def as_(url: str, login: str) -> str:
    return url.replace("//clb@", f"//{login}@")


def asked(url: str, login: str, sql: str, *params: Any) -> list[Any]:
    """Run a statement as a login would with psql."""
    with closing(psycopg.connect(as_(url, login), autocommit=True)) as tool:
        cursor = tool.execute(sql.encode(), params)
        return cursor.fetchall() if cursor.description else []


def test_a_login_sees_every_row_of_its_province_and_no_other(walled: tuple[Core, str]) -> None:
    core, url = walled
    for login, role in LOGINS.items():
        province = role.removeprefix("clb_")
        for table in TABLES:
            ((all_, foreign),) = asked(
                url,
                login,
                f"SELECT count(*), count(*) FILTER (WHERE province <> %s) FROM {table}",
                province,
            )
            ((there,),) = core.store.rows(
                f"SELECT count(*) FROM {table} WHERE province = ?", (province,)
            )
            assert (all_, foreign) == (there, 0), table
    assert asked(url, OWN, "SELECT count(*) FROM personal") > [(0,)]


def test_nobody_but_the_owner_changes_the_log_its_seals_or_who_signed(
    walled: tuple[Core, str],
) -> None:
    _core, url = walled
    for table in ("event", "seal", "signature", "superseded"):
        changes = (
            f"UPDATE {table} SET province = province",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
        )
        for login in (*LOGINS, AUDIT, NOBODY):
            for change in changes:
                with pytest.raises(InsufficientPrivilege):
                    asked(url, login, change)


def test_nothing_is_written_into_another_province(walled: tuple[Core, str]) -> None:
    core, url = walled
    before = core.store.rows("SELECT count(*) FROM event")
    with pytest.raises(InsufficientPrivilege):
        asked(url, OWN, EVENT, OTHER)
    names = core.store.rows("SELECT * FROM personal ORDER BY club, member")
    with pytest.raises(InsufficientPrivilege):
        asked(url, OWN, "UPDATE club SET province = %s", OTHER)
    for change in (
        "UPDATE personal SET province = %s",
        "DELETE FROM personal WHERE province <> %s",
    ):
        with pytest.raises(InsufficientPrivilege):
            asked(url, OWN, change, OTHER)
    for table in ("club", "personal"):  # whose rows of another province are not seen
        asked(url, BN, f"DELETE FROM {table}")
    assert core.store.rows("SELECT count(*) FROM event") == before
    assert core.store.rows("SELECT * FROM personal ORDER BY club, member") == names


def test_the_auditor_reads_all_and_writes_nothing_and_others_read_nothing(
    walled: tuple[Core, str],
) -> None:
    core, url = walled
    for table in TABLES:
        count = f"SELECT count(*) FROM {table}"
        assert asked(url, AUDIT, count) == core.store.rows(count)
        with pytest.raises(InsufficientPrivilege):
            asked(url, AUDIT, f"DELETE FROM {table}")
        with pytest.raises(InsufficientPrivilege):
            asked(url, NOBODY, count)


def test_an_officers_login_works_in_each_province_of_their_offices(
    walled: tuple[Core, str],
) -> None:
    core, url = walled
    server().execute(f"DROP ROLE IF EXISTS {BOTH}")
    core.registry.officers.give_login(ADMIN, BOTH, by=ADMIN)
    (held,) = [one for one in core.registry.officers.everybody() if one.id == ADMIN]
    second = replace(held, province=OTHER, login=None, seq=0)
    core.registry.officers.add(second, by="qt-bn")
    apply(core, url)
    seen = asked(url, BOTH, "SELECT DISTINCT province FROM event ORDER BY province")
    assert seen == [(OTHER,), (PROVINCE,)]
    registry = open_registry(as_(url, BOTH), provinces=PROVINCES, clock=StillClock(TODAY))
    merger = Merger(OTHER, PROVINCE, TODAY, "Văn bản đặt ra để thử")
    service = MergerService(registry.province, registry.officers)
    service.merge(merger, by=ADMIN, seen=service.impact(merger, by=ADMIN))
    registry.store.close()
    assert upkeep.check(core.store, core.clock).ok


def test_steps_and_checks_work_under_a_login_of_the_province(walled: tuple[Core, str]) -> None:
    _core, url = walled
    registry = open_registry(as_(url, OWN), provinces=PROVINCES, clock=StillClock(TODAY))
    core = Core(registry, StillClock(TODAY), PROVINCE)
    core.opened = 5
    club = core.bring("operating")
    core.carry(club, "erase", date(2022, 5, 4), {"member": core.people[5].name})
    seal_all(registry, ADMIN)
    assert upkeep.check(registry.store).ok
    with pytest.raises(StorageError) as refused:
        upkeep.rebuild(registry.store)
    assert refused.value.code == "CLB-DATABASE-RIGHTS"
    registry.store.close()
    elsewhere = open_registry(as_(url, BN), provinces=PROVINCES)
    with pytest.raises(InputError):
        elsewhere.lifecycle.advance(
            club, "meeting", form("meeting", date(2022, 5, 4)), officer=ASSOCIATION
        )
    elsewhere.store.close()


def test_the_command_shows_the_statements_and_applies_them(
    walled: tuple[Core, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _core, url = walled
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_DATABASE", url)
    shown = keeper.json("db-roles", "db", "roles")
    assert not shown["applied"]
    assert keeper.run("db", "roles").out.splitlines() == [f"{one};" for one in shown["statements"]]
    with FileLock(os.path.join(os.environ[RUN], "roles")):
        assert keeper.json("db-roles", "db", "roles", "--apply")["applied"]
    monkeypatch.setenv("CLB_DATABASE", str(tmp_path / "a.sqlite3"))
    assert keeper.error("db", "roles", code=2)["code"] == "CLB-DATABASE-ROLES"


def stored(login: str) -> str:
    """Return what the server keeps of a login's password."""
    with closing(psycopg.connect(server().url(), autocommit=True)) as here:
        row = here.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (login,))
        ((secret,),) = row.fetchall()
    return str(secret)


def fits(password: str, secret: str) -> bool:
    """Return whether a SCRAM secret (RFC 5803) was made of a password."""
    _kind, salted, keys = secret.split("$")
    rounds, salt = salted.split(":")
    key = pbkdf2_hmac("sha256", password.encode(), b64decode(salt), int(rounds))
    stored_key = sha256(hmac.digest(key, b"Client Key", "sha256")).digest()
    return b64decode(keys.split(":")[0]) == stored_key


def test_each_new_login_gets_a_password_of_its_own_in_a_file_to_hand_out(
    walled: tuple[Core, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    core, url = walled
    logins = {"hoi-bn": own("clb_new_hoi"), "tinh-bn": own("clb_new_tinh")}
    since = date(2000, 1, 1)
    for officer, role, commune in (
        ("hoi-bn", Role.ASSOCIATION, "phường Đình Bảng"),
        ("tinh-bn", Role.PROVINCE, None),
    ):
        login = logins[officer]
        server().execute(f"DROP ROLE IF EXISTS {login}")
        new = Officer(officer, "Người mới", role, OTHER, commune, since=since, login=login)
        core.registry.officers.add(new, by="qt-bn")
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_DATABASE", url)
    file = tmp_path / "mat-khau.csv"
    asked = ("db", "roles", "--apply", "--passwords", file)
    assert keeper.error("db", "roles", "--passwords", file, code=2)["code"] == "CLB-USAGE"
    file.touch()
    assert keeper.error(*asked, code=2)["code"] == "CLB-USAGE"
    with closing(psycopg.connect(url)) as here:
        made = here.execute("SELECT 1 FROM pg_roles WHERE rolname = ANY(%s)", ([*logins.values()],))
        assert made.fetchall() == []
    file.unlink()
    with FileLock(os.path.join(os.environ[RUN], "roles")):
        assert keeper.json("db-roles", *asked)["passwords"] == 2
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        with file.open(encoding="utf-8-sig", newline="") as text:
            _heading, *rows = csv.reader(text)
        assert {officer: login for login, _word, officer, *_name in rows} == logins
        for login, word, *_who in rows:
            assert fits(word, stored(login))
        file.unlink()
        again = keeper.run(*asked)
    assert "no password was given" in again.out
    assert not file.exists()
    assert fits(rows[0][1], stored(rows[0][0]))
