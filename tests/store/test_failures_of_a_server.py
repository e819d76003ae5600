"""Each kind of failure of a server is reported in its own sentence, and never with the password."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
import pytest
from support.core import ASSOCIATION, PROVINCES, Core
from support.databases import address
from support.needs import absent
from support.step_forms import form

from engine.errors import ClbError, StorageError
from engine.lifecycle import upkeep
from engine.lifecycle.registry import open_registry
from engine.store import database
from engine.store.database import Store, connect
from engine.store.url import parse
from tools import postgresql

pytestmark = pytest.mark.postgresql

PASSWORD = "mật-khẩu/#?@%SAI7"


@pytest.fixture(scope="module")
def asking() -> Iterator[postgresql.Server]:
    """A server that asks for the password."""
    if postgresql.programs() is None:
        absent([f"no PostgreSQL server here ({postgresql.PACKAGES})"])
    with (
        tempfile.TemporaryDirectory() as folder,
        postgresql.serving(Path(folder)) as server,
    ):
        server.execute("ALTER USER clb PASSWORD 'đúng'")
        rule = "local all all scram-sha-256\n"
        (Path(folder) / "data" / "pg_hba.conf").write_text(rule, encoding="ascii")
        server.execute("SELECT pg_reload_conf()")
        yield server


def with_password(url: str, password: str) -> str:
    """Return a URL of ``clb`` with a password in it."""
    return url.replace("//clb@", f"//clb:{quote(password, safe='')}@")


def failed(url: str) -> ClbError:
    """Return the failure to open a database, which shows no password and advises no restoring."""
    with pytest.raises(ClbError) as caught:
        open_registry(url, provinces=PROVINCES)
    shown = caught.value.message + caught.value.help
    assert PASSWORD not in shown
    assert quote(PASSWORD, safe="") not in shown
    assert "restore" not in shown
    return caught.value


def test_a_wrong_password_a_wrong_user_and_no_database(asking: postgresql.Server) -> None:
    url = asking.url()
    assert failed(url).code == "CLB-DATABASE-PASSWORD"
    assert failed(with_password(url, PASSWORD)).code == "CLB-DATABASE-PASSWORD"
    another = with_password(url, PASSWORD).replace("//clb:", "//khong_ai:")
    assert failed(another).code == "CLB-DATABASE-PASSWORD"
    nowhere = with_password(asking.url("khong_co"), "đúng")
    assert failed(nowhere).code == "CLB-DATABASE-MISSING"


@pytest.mark.parametrize("kept", ["PGPASSWORD", "PGPASSFILE", "PGSERVICEFILE"])
def test_a_password_kept_apart_is_used(
    asking: postgresql.Server, kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, file = asking.url(), tmp_path / "kept"
    file.touch(0o600)
    if kept == "PGPASSWORD":
        monkeypatch.setenv(kept, "đúng")
    elif kept == "PGPASSFILE":
        monkeypatch.setenv(kept, str(file))
        file.write_text("*:*:*:clb:đúng\n", encoding="utf-8")
    else:
        monkeypatch.setenv(kept, str(file))
        place = parse_qs(urlsplit(url).query)["host"][0]
        lines = ("[clb]", f"host={place}", "user=clb", "dbname=postgres", "password=đúng")
        file.write_text("\n".join(lines), encoding="utf-8")
        url = "postgresql:///?service=clb"
    with closing(connect(parse(url))) as store:
        assert store.rows("SELECT current_user") == [("clb",)]


def test_no_server(tmp_path: Path) -> None:
    silent = with_password(f"postgresql://clb@/clb?host={quote(str(tmp_path), safe='')}", PASSWORD)
    nowhere = with_password("postgresql://clb@khong-co.invalid/clb", PASSWORD)
    closed = with_password("postgresql://clb@127.0.0.1:1/clb", PASSWORD)
    for url, why in (
        (silent, "ở thư mục ấy không có máy chủ nào chạy"),
        (nowhere, "trong mạng không có máy nào tên như vậy"),
        (closed, "ở địa chỉ và cổng ấy không có máy chủ nào chạy"),
    ):
        error = failed(url)
        assert error.code == "CLB-DATABASE-UNREACHABLE"
        assert error.message.endswith(f"không trả lời: {why}.")


def test_a_connection_that_is_cut(core: Core) -> None:
    club = core.bring("operating")
    with closing(connect(core.store.target)) as other:
        pid = core.store.rows("SELECT pg_backend_pid()")[0][0]
        other.rows("SELECT pg_terminate_backend(?)", (pid,))
    with pytest.raises(StorageError) as caught:
        core.take(club, "meeting", core.clock.day)
    assert caught.value.code == "CLB-DATABASE-UNREACHABLE"
    assert "kết nối bị ngắt giữa chừng" in caught.value.message


def test_what_may_only_be_read(core: Core) -> None:
    club = core.bring("operating")
    core.store.run("SET default_transaction_read_only = on")
    with pytest.raises(StorageError) as caught:
        core.take(club, "meeting", core.clock.day)
    assert caught.value.code == "CLB-DATABASE-READONLY"


def test_what_the_user_has_no_right_to(core: Core) -> None:
    club = core.bring("operating")
    core.store.run("SET ROLE pg_monitor")
    with pytest.raises(StorageError) as caught:
        core.club(club)
    assert caught.value.code == "CLB-DATABASE-RIGHTS"
    core.store.run("RESET ROLE")


def test_who_waits_is_reported_with_whom(
    core: Core, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "SILENT_SECONDS", 0.1)
    club = core.bring("operating")
    other = open_registry(address(core.store), provinces=PROVINCES, clock=core.clock)
    other.store.run("SET lock_timeout = '300ms'")
    user = other.store.rows("SELECT current_user")[0][0]
    with core.store.write(f"club:{club}"), pytest.raises(ClbError) as caught:
        other.lifecycle.advance(
            club, "meeting", form("meeting", core.clock.day), officer=ASSOCIATION
        )
    assert caught.value.code == "CLB-DATABASE-BUSY"
    assert [record.name for record in caplog.records] == ["engine.store.waiting"]
    assert str(user) in caplog.text
    other.store.close()


def test_a_rebuild_that_waits_for_a_writer_reports_it(
    core: Core, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "SILENT_SECONDS", 0.1)
    core.bring("operating")
    other = open_registry(address(core.store), provinces=PROVINCES, clock=core.clock)
    other.store.run("SET lock_timeout = '300ms'")
    user = other.store.rows("SELECT current_user")[0][0]
    with core.store.write("somebody's"):
        core.store.run("UPDATE event SET province = province WHERE seq = 1")
        with pytest.raises(ClbError) as caught:
            upkeep.rebuild(other.store)
    assert caught.value.code == "CLB-DATABASE-BUSY"
    assert [record.name for record in caplog.records] == ["engine.store.waiting"]
    assert str(user) in caplog.text
    other.store.close()


def test_a_url_that_is_not_well_formed() -> None:
    assert parse("postgresql://clb:%2F@localhost/clb").dsn
    assert failed("postgresql://clb:m%zz@localhost/clb").code == "CLB-DATABASE-URL"


USES: dict[str, Callable[[Store], object]] = {
    "rows": lambda store: store.rows("SELECT 1"),
    "a long query": lambda store: list(store.stream_rows("SELECT 1")),
    "a table": lambda store: store.has_table("club"),
    "columns": lambda store: store.columns("club"),
    "many": lambda store: store.many("UPDATE club SET name = ?", [("x",)]),
    "a check": upkeep.check,
    "a rebuild": upkeep.rebuild,
}


@pytest.mark.parametrize("use", USES)
def test_a_connection_that_was_cut_is_a_sentence_whatever_is_asked(core: Core, use: str) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    core.store.rows("SELECT 1")
    with closing(psycopg.connect(address(core.store), autocommit=True)) as other:
        other.execute(f"{cut} AND datname = current_database()")
    with pytest.raises(StorageError):
        USES[use](core.store)
