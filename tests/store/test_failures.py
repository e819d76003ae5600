"""Each kind of failure of the storage is reported in its own sentence, with advice that fits."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from support.core import ASSOCIATION, Core
from support.keeper import Keeper
from support.step_forms import form

from engine.errors import ClbError, InputError, StorageError
from engine.lifecycle.registry import open_registry
from engine.store import waiting
from engine.store.url import parse


def bound_by_rights(
    keeper: Keeper, *args: str | Path, code: int
) -> subprocess.CompletedProcess[str]:
    """Run a command that the rights of files bind, even where root runs the tests."""
    if sys.platform == "win32":
        pytest.skip("rights of files are POSIX")
    prefix: list[str] = []
    if os.getuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root without setpriv (util-linux) is bound by no rights")
        prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "engine", *map(str, args)],
        env={**os.environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def meet_on_and_on(core: Core, club: str, done: list[str]) -> None:
    for _more in range(200):
        core.take(club, "meeting", core.clock.day)
        done.append(club)


def meet_within(core: Core, club: str) -> None:
    met = form("meeting", core.clock.day)
    for _more in range(200):
        with core.store.savepoint():
            core.life.advance_within(club, "meeting", met, officer=ASSOCIATION)


@pytest.mark.sqlite
def test_a_full_disk_is_reported_as_such_and_nothing_is_recorded(core: Core) -> None:
    club = core.bring("operating")
    pages = core.store.rows("PRAGMA page_count")[0][0]
    core.store.rows(f"PRAGMA max_page_count = {pages}")
    before = core.store.rows("SELECT count(*) FROM event")
    done: list[str] = []
    with pytest.raises(StorageError) as caught:
        meet_on_and_on(core, club, done)
    assert caught.value.code == "CLB-DATABASE-FULL"
    assert "restore" not in caught.value.help
    assert core.store.rows("SELECT count(*) FROM event") == [(before[0][0] + len(done),)]
    core.store.rows("PRAGMA max_page_count = 1000000")
    core.take(club, "meeting", core.clock.day)


@pytest.mark.sqlite
def test_a_full_disk_in_a_row_of_a_batch_leaves_nothing_of_the_batch(core: Core) -> None:
    club = core.bring("operating")
    pages = core.store.rows("PRAGMA page_count")[0][0]
    core.store.rows(f"PRAGMA max_page_count = {pages}")
    before = core.store.rows("SELECT count(*) FROM event")
    with pytest.raises(StorageError) as caught, core.store.write():
        meet_within(core, club)
    assert caught.value.code == "CLB-DATABASE-FULL"
    assert core.store.rows("SELECT count(*) FROM event") == before


@pytest.mark.parametrize("command", [("due", "--province", "bac_ninh"), ("audit", "verify")])
def test_a_file_that_is_no_database_is_to_be_named_anew_not_restored(
    keeper: Keeper, command: tuple[str, ...]
) -> None:
    keeper.database.write_text("Danh sách thành viên\n" * 100, encoding="utf-8")
    error = keeper.error(*command, code=5)
    assert error["code"] == "CLB-DATABASE-FORMAT"
    assert "restore" not in error["help"]


def test_a_damaged_file_is_to_be_restored(keeper: Keeper) -> None:
    keeper.lived()
    data = keeper.database.read_bytes()
    keeper.database.write_bytes(data[:4096] + b"\x07" * (len(data) - 4096))
    error = keeper.error("audit", "verify", code=5)
    assert error["code"] == "CLB-DATABASE-DAMAGED"
    assert "clb db restore" in error["help"]


def test_a_database_without_the_right_to_read_it(keeper: Keeper) -> None:
    keeper.lived()
    keeper.database.chmod(0)
    done = bound_by_rights(keeper, "audit", "verify", "--json", code=5)
    assert "CLB-DATABASE-RIGHTS" in done.stdout
    assert "restore" not in done.stdout


def test_a_database_that_may_only_be_read_is_not_written(keeper: Keeper) -> None:
    keeper.lived()
    keeper.database.chmod(0o444)
    keeper.folder.chmod(0o755)
    args = ("officer", "add", "x", "--name", "X", "--role", "province", "--province", "bac_ninh")
    done = bound_by_rights(keeper, *args, "--as", "quan_tri", "--json", code=5)
    assert "CLB-DATABASE-READONLY" in done.stdout
    assert "restore" not in done.stdout


@pytest.mark.parametrize("with_a_log", [False, True])
def test_a_database_in_a_folder_that_is_only_read_is_read_as_it_is(
    keeper: Keeper, with_a_log: bool
) -> None:
    keeper.lived()
    folder = keeper.folder / "only-read"
    folder.mkdir()
    with closing(sqlite3.connect(keeper.database, isolation_level=None)) as writer:
        writer.execute("UPDATE club SET name = 'CLB trong nhật ký'")
        for tail in ("", *(["-wal"] if with_a_log else [])):
            name = f"{keeper.database.name}{tail}"
            (folder / name).write_bytes((keeper.folder / name).read_bytes())
            (folder / name).chmod(0o444)
    folder.chmod(0o555)
    database = folder / keeper.database.name
    listed = bound_by_rights(
        keeper, "club", "list", "--province", "bac_ninh", "--database", database, code=0
    )
    assert ("CLB trong nhật ký" in listed.stdout) == with_a_log
    assert str(database) in listed.stderr
    due = bound_by_rights(
        keeper, "due", "--province", "bac_ninh", "--json", "--database", database, code=0
    )
    assert str(database) in due.stderr
    refused = bound_by_rights(
        keeper, "club", "open", "--province", "bac_ninh", "--commune", "phường Đình Bảng",
        "--village", "Một", "--name", "Mới", "--as", "hoi_nct", "--json", "--database", database,
        code=5,
    )  # fmt: skip
    assert "CLB-DATABASE-READONLY" in refused.stdout


@pytest.mark.sqlite
def test_who_waits_hears_so_and_for_whom(
    core: Core, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(waiting, "SILENT_SECONDS", 0.1)
    monkeypatch.setattr(waiting, "BUSY_SECONDS", 0.3)
    club = core.bring("operating")
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute('BEGIN IMMEDIATE'); print('ready', flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(core.store.target.file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        with pytest.raises(ClbError) as caught:
            core.take(club, "meeting", core.clock.day)
        other.communicate("\n")
    assert (caught.value.code, caught.value.exit_code) == ("CLB-DATABASE-BUSY", 4)
    assert [record.name for record in caplog.records] == ["engine.store.waiting"]
    if sys.platform == "linux":
        assert str(other.pid) in caplog.text
        assert str(other.pid) in caught.value.message
    core.take(club, "meeting", core.clock.day)


PASSWORD = "mat-khau-SAI7"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://clb:a/{PASSWORD}@localhost/clb",
        f"postgresql://clb:a#{PASSWORD}@localhost/clb",
        f"postgresql://clb:a?{PASSWORD}@localhost/clb",
        f"postgresql://clb:12/{PASSWORD}@localhost/clb",
        f"postgresql+psycopg://clb:{PASSWORD}@localhost/clb",
        f"mysql://clb:{PASSWORD}@localhost/clb",
        f"postgresql:/clb:{PASSWORD}@localhost/clb",
        f"host=localhost user=clb password={PASSWORD}",
        f"password = {PASSWORD} dbname=clb",
        f"sqlite://clb:{PASSWORD}@localhost",
    ],
)
def test_a_name_that_is_refused_shows_no_password_and_makes_no_file(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        open_registry(url)
    assert PASSWORD not in caught.value.message + caught.value.help
    assert list(tmp_path.iterdir()) == []


def test_the_scheme_may_be_written_in_capitals() -> None:
    assert parse("PostgreSQL://clb@localhost/clb").dsn == "postgresql://clb@localhost/clb"
    assert parse("postgresql://clb:%2F@[::1]:5432/clb?sslmode=require").dsn is not None


def test_a_reason_is_shown_without_the_password() -> None:
    target = parse("postgresql://clb:m%2Ft@localhost/clb?sslpassword=bi-mat")
    assert target.without_password("m/t m%2Ft bi-mat clb") == "… … … clb"
