"""Copies of the database: made while others work, and brought back only when they are ours."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from support.keeper import Keeper
from support.terminal import at_terminal

from engine.clock import ZONE
from engine.store import migrate, waiting
from engine.vietnamese.text import dmy


@pytest.fixture
def copy(keeper: Keeper) -> Path:
    """A copy of a lived-in database; the database itself goes on changing afterwards."""
    keeper.lived()
    file = keeper.folder / "bản sao.sqlite3"
    keeper.json("db-backup", "db", "backup", file)
    keeper.run("officer", "add", "new", "--name", "Mới", "--role", "province", *AS_ADMIN)
    return file


AS_ADMIN = ("--province", "bac_ninh", "--as", "quan_tri")


def restored(keeper: Keeper, file: Path) -> dict[str, str]:
    answer: dict[str, str] = keeper.json("db-restore", "db", "restore", file, "--yes")
    return answer


def files(keeper: Keeper) -> set[str]:
    """Return what lies in the folder, apart from what SQLite keeps while it works."""
    names = {one.name for one in keeper.folder.iterdir()}
    return {name for name in names if not name.endswith(("-wal", "-shm"))}


def refused(keeper: Keeper, file: Path, code: int) -> str:
    """Return the code of a refusal that left everything as it was."""
    before = files(keeper), keeper.database.read_bytes()
    error = keeper.error("db", "restore", file, "--yes", code=code)
    assert (files(keeper), keeper.database.read_bytes()) == before
    return error["code"]


def test_a_copy_holds_every_event_and_is_one_plain_file(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "copy.sqlite3"
    before = keeper.dump()
    answer = keeper.json("db-backup", "db", "backup", file)
    assert answer["events"] == len(before["event"])
    assert not [one for one in keeper.folder.iterdir() if one.name.startswith("copy.sqlite3.")]
    keeper.database = file
    assert keeper.dump() == before
    assert keeper.sql("PRAGMA journal_mode") == [("delete",)]


def test_a_copy_is_made_while_somebody_writes_and_holds_what_was_committed(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "SILENT_SECONDS", 0)
    monkeypatch.setattr(waiting, "BUSY_SECONDS", 1)
    keeper.lived()
    file = keeper.folder / "copy.sqlite3"
    with closing(sqlite3.connect(keeper.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM event")
        answer = keeper.json("db-backup", "db", "backup", file)
        other.execute("ROLLBACK")
    assert answer["events"] == keeper.sql("SELECT count(*) FROM event")[0][0]


def test_a_copy_never_overwrites(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "there.txt"
    file.write_text("quan trọng", encoding="utf-8")
    assert keeper.error("db", "backup", file, code=2)["code"] == "CLB-FILE-EXISTS"
    assert keeper.error("db", "backup", keeper.database, code=2)["code"] == "CLB-FILE-EXISTS"
    assert keeper.error("db", "backup", keeper.folder, code=2)["code"] == "CLB-FILE-EXISTS"
    assert file.read_text(encoding="utf-8") == "quan trọng"


def test_a_copy_into_a_folder_that_is_not_there_is_refused(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "none" / "copy.sqlite3"
    assert keeper.error("db", "backup", file, code=2)["code"] == "CLB-FOLDER-MISSING"


def test_there_must_be_something_to_copy(keeper: Keeper) -> None:
    file = keeper.folder / "copy.sqlite3"
    assert keeper.error("db", "backup", file, code=5)["code"] == "CLB-DATABASE-MISSING"
    keeper.database.touch()
    assert keeper.error("db", "backup", file, code=5)["code"] == "CLB-DATABASE-EMPTY"
    assert not file.exists()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_server_is_copied_with_its_own_tools(keeper: Keeper, command: str) -> None:
    url = "postgresql://nobody@localhost/none"
    error = keeper.error("db", command, keeper.folder / "x", "--database", url, code=5)
    assert error["code"] == "CLB-DATABASE-SERVER"
    assert "pg_dump" in error["help"]


def test_a_copy_is_brought_back_and_the_database_of_before_is_kept(
    keeper: Keeper, copy: Path
) -> None:
    newer = keeper.dump()
    answer = restored(keeper, copy)
    kept, keeper.database = keeper.database, copy
    original = keeper.dump()
    keeper.database = kept
    assert keeper.dump() == original
    assert keeper.json("db-check", "db", "check")["ok"]
    keeper.database = Path(answer["replaced"])
    assert keeper.dump() == newer


def test_what_the_copy_lacks_is_reported_and_must_be_agreed_to(keeper: Keeper, copy: Path) -> None:
    before = files(keeper), keeper.dump()
    error = keeper.error("db", "restore", copy, code=1)
    moment = keeper.sql("SELECT max(recorded_at) FROM event")[0][0]
    assert error["code"] == "CLB-RESTORE-LOSES"
    there = datetime.fromisoformat(moment).astimezone(ZONE)
    assert f"lacks: 1, recorded from {dmy(there.date())} {there:%H:%M} to" in error["message"]
    assert "--yes" in error["help"]
    assert (files(keeper), keeper.dump()) == before
    answer = keeper.json("db-restore", "db", "restore", copy, "--yes")
    assert answer["lost"] == {"events": 1, "from": moment, "to": moment}


def test_what_the_copy_lacks_is_asked_about_at_a_terminal(keeper: Keeper, copy: Path) -> None:
    before = keeper.dump()
    args = ("db", "restore", copy, "--database", keeper.database)
    answer = at_terminal(*args, typed="n\n", environ={"CLB_LANG": "en"})
    assert answer.code == 1
    assert "lacks: 1" in answer.out
    assert keeper.dump() == before
    assert at_terminal(*args, typed="y\n", environ={"CLB_LANG": "en"}).code == 0
    assert len(keeper.dump()["event"]) == len(before["event"]) - 1


def test_nothing_is_asked_where_nothing_would_be_lost(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "copy.sqlite3"
    keeper.run("db", "backup", file)
    answer = keeper.json("db-restore", "db", "restore", file)
    assert answer["lost"] == {"events": 0, "from": None, "to": None}


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX")
def test_copies_and_what_was_brought_back_are_private_and_written_next_to_readers(
    keeper: Keeper, copy: Path
) -> None:
    keeper.database.chmod(0o644)
    keeper.sql("PRAGMA journal_mode=DELETE")
    kept = Path(restored(keeper, copy)["replaced"])
    assert [one.stat().st_mode & 0o777 for one in (copy, kept, keeper.database)] == [0o600] * 3
    assert keeper.sql("PRAGMA journal_mode") == [("wal",)]
    keeper.database.unlink()
    restored(keeper, copy)
    assert keeper.database.stat().st_mode & 0o777 == 0o600
    assert keeper.sql("PRAGMA journal_mode") == [("wal",)]


def test_a_log_left_over_from_another_file_is_not_read_into_the_copy(
    keeper: Keeper, copy: Path
) -> None:
    keeper.database.unlink()
    for tail in ("-wal", "-shm"):
        keeper.database.with_name(f"clb.sqlite3{tail}").write_bytes(b"of another file")
    kept = Path(restored(keeper, copy)["replaced"])
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"of another file"
    assert keeper.json("db-check", "db", "check")["ok"]


def test_every_replaced_database_is_kept_under_a_name_of_its_own(
    keeper: Keeper, copy: Path
) -> None:
    names = [Path(restored(keeper, copy)["replaced"]).name for _time in range(3)]
    assert names == [
        "clb.sqlite3.replaced",
        "clb.sqlite3.replaced-2",
        "clb.sqlite3.replaced-3",
    ]


def test_a_copy_is_brought_back_where_nothing_is(keeper: Keeper, copy: Path) -> None:
    events = keeper.sql("SELECT count(*) FROM event")[0][0] - 1
    keeper.database.unlink()
    answer = restored(keeper, copy)
    assert (answer["events"], answer["replaced"]) == (events, None)
    assert keeper.json("db-check", "db", "check")["ok"]


def test_a_copy_is_brought_back_over_a_damaged_database(keeper: Keeper, copy: Path) -> None:
    keeper.database.write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    damaged = keeper.database.read_bytes()
    answer = restored(keeper, copy)
    assert Path(answer["replaced"]).read_bytes() == damaged
    assert keeper.json("db-check", "db", "check")["ok"]


KILLED = """
import os, sys
from engine.cli import main
replace, count, last = os.replace, 0, int(sys.argv[1])
def replaced(*args):
    global count
    count += 1
    if count == last:
        os._exit(9)
    replace(*args)
os.replace = replaced
sys.argv[:2] = ["clb"]
main()
"""
"""A process that ends at once, as a killed one, in the place of its n-th renaming of a file."""


@pytest.mark.parametrize("renaming", [1, 2, 3])
def test_a_restore_killed_between_two_files_is_named_by_the_next_command(
    keeper: Keeper, copy: Path, renaming: int
) -> None:
    """The damaged file, then its log, then the copy in its place."""
    damaged = b"SQLite format 3\x00" + b"\x07" * 5000
    keeper.database.write_bytes(damaged)
    keeper.database.with_name(f"{keeper.database.name}-wal").write_bytes(b"x")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(renaming), "db", "restore", str(copy)],
        env={**os.environ, "CLB_DATABASE": str(keeper.database)},
        capture_output=True,
        check=False,
    )
    assert killed.returncode == 9, killed.stderr
    assert keeper.database.exists() is (renaming == 1)
    for command in (("due", "--province", "bac_ninh"), ("db", "check"), ("db", "init")):
        error = keeper.error(*command, code=5)
        assert (error["code"] == "CLB-RESTORE-BROKEN") is (renaming > 1), command
        assert ("clb db restore" in error["help"]) is (renaming > 1), command
        assert keeper.database.exists() is (renaming == 1), "an empty one hides what is kept"
    restored(keeper, copy)
    assert keeper.json("db-check", "db", "check")["ok"]
    kept = [one for one in keeper.database.parent.glob("*.replaced*") if "-wal" not in one.name]
    assert damaged in [one.read_bytes() for one in kept]


def test_a_copy_is_brought_back_over_a_file_of_another_kind(keeper: Keeper, copy: Path) -> None:
    keeper.database.write_text("đã bị ghi đè", encoding="utf-8")
    answer = restored(keeper, copy)
    assert Path(answer["replaced"]).read_text(encoding="utf-8") == "đã bị ghi đè"
    assert keeper.json("db-check", "db", "check")["ok"]


def test_whoever_has_the_database_open_sees_what_was_brought_back(
    keeper: Keeper, copy: Path
) -> None:
    with closing(sqlite3.connect(keeper.database)) as other:
        before = other.execute("SELECT count(*) FROM event").fetchone()[0]
        restored(keeper, copy)
        assert other.execute("SELECT count(*) FROM event").fetchone()[0] == before - 1


def test_while_somebody_writes_nothing_is_brought_back(
    keeper: Keeper, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "SILENT_SECONDS", 0)
    monkeypatch.setattr(waiting, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(keeper.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert keeper.error("db", "restore", copy, "--yes", code=4)["code"] == "CLB-DATABASE-BUSY"
        other.execute("ROLLBACK")
    assert not list(keeper.folder.glob("*.replaced*"))
    assert keeper.sql("SELECT count(*) FROM officer WHERE id = 'new'") == [(1,)]


def test_a_file_that_is_not_there_is_not_brought_back(keeper: Keeper, copy: Path) -> None:
    assert refused(keeper, copy.with_name("none.sqlite3"), 2) == "CLB-FILE"
    assert refused(keeper, copy.parent, 2) == "CLB-FILE"


def test_the_database_is_no_copy_of_itself(keeper: Keeper, copy: Path) -> None:
    assert refused(keeper, keeper.database, 2) == "CLB-RESTORE-SAME"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"SQLite format 2\x00"])
def test_a_file_that_is_no_database_is_not_brought_back(
    keeper: Keeper, copy: Path, content: bytes
) -> None:
    copy.write_bytes(content)
    assert refused(keeper, copy, 2) == "CLB-RESTORE-FOREIGN"


def test_a_copy_with_nothing_left_but_its_first_bytes_is_not_brought_back(
    keeper: Keeper, copy: Path
) -> None:
    copy.write_bytes(copy.read_bytes()[:16])
    assert refused(keeper, copy, 5) == "CLB-FILE-UNUSABLE"


def test_a_copy_with_a_damaged_page_is_not_brought_back(keeper: Keeper, copy: Path) -> None:
    data = copy.read_bytes()
    copy.write_bytes(data[:-4096] + b"\x00" * 4096)
    assert refused(keeper, copy, 5) in ("CLB-RESTORE-DAMAGED", "CLB-DATABASE-UNUSABLE")


def test_another_programs_database_is_not_brought_back(keeper: Keeper, copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as other, other:
        other.execute("CREATE TABLE invoice (id INTEGER)")
    assert refused(keeper, copy, 2) == "CLB-RESTORE-FOREIGN"


def test_nothing_is_brought_back_over_another_programs_database(keeper: Keeper, copy: Path) -> None:
    keeper.database.unlink()
    keeper.sql("CREATE TABLE invoice (id INTEGER)")
    assert refused(keeper, copy, 5) == "CLB-DATABASE-FOREIGN"


def in_copy(copy: Path, statement: str) -> None:
    with closing(sqlite3.connect(copy)) as tool, tool:
        tool.execute(statement)


def test_a_copy_of_a_newer_version_is_not_brought_back(keeper: Keeper, copy: Path) -> None:
    in_copy(
        copy, "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')"
    )
    assert refused(keeper, copy, 5) == "CLB-DATABASE-NEWER"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET officer = 'x' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 3",
        "DELETE FROM event WHERE step = 'rename'",
        "UPDATE ledger SET amount = amount + 1",
        "UPDATE personal SET name = 'Người Khác'",
        "DELETE FROM officer",
        "DELETE FROM personal",
        "DROP INDEX task_one",
        "CREATE TABLE invoice (id INTEGER)",
        "CREATE VIEW people AS SELECT name FROM personal",
        "CREATE TRIGGER gone BEFORE INSERT ON personal BEGIN SELECT RAISE(IGNORE); END",
    ],
)
def test_a_copy_that_was_tampered_with_is_not_brought_back(
    keeper: Keeper, copy: Path, statement: str
) -> None:
    in_copy(copy, statement)
    assert refused(keeper, copy, 5) == "CLB-RESTORE-DAMAGED"


def test_a_copy_of_an_older_version_is_brought_back_and_then_upgraded(
    keeper: Keeper, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = keeper.folder / "migrations"
    folder.mkdir()
    for file in (*Path(migrate.MIGRATIONS).glob("0*.py"),):
        (folder / file.name).write_bytes(file.read_bytes())
    added = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE later (id INTEGER)')\n"
    (folder / "9001_later.py").write_text(added, encoding="utf-8")
    monkeypatch.setattr(migrate, "MIGRATIONS", str(folder))
    keeper.json("db-upgrade", "db", "upgrade")
    assert restored(keeper, copy)["needs_upgrade"] is True
    assert keeper.error("audit", "head", code=5)["code"] == "CLB-DATABASE-OLD"
    assert keeper.json("db-upgrade", "db", "upgrade")["ran"] == ["9001_later"]
    assert keeper.json("db-check", "db", "check")["ok"]


def test_the_database_is_copied_into_another_and_the_copy_can_be_repeated(keeper: Keeper) -> None:
    keeper.lived()
    to = keeper.folder / "nơi khác.sqlite3"
    first = keeper.json("db-copy", "db", "copy", keeper.database, to)
    assert first["made"]
    assert first["added"] == first["events"] > 0
    assert first["seals"]
    again = keeper.json("db-copy", "db", "copy", keeper.database, to)
    assert (again["added"], again["head"]) == (0, first["head"])
    assert keeper.run("db", "check", "--database", to).code == 0
    assert keeper.error("db", "copy", to, to, code=2)["code"] == "CLB-RESTORE-SAME"
    shown = keeper.error("db", "copy", to, "postgresql://clb:mat-khau@127.0.0.1:1/clb", code=2)
    assert shown["code"] == "CLB-DATABASE-PASSWORD-SHOWN"


def made_at(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    """Let backups be made at noon of a day of March 2026, by the clock of Viet Nam."""
    monkeypatch.setattr("engine.clock.now", lambda: datetime(2026, 3, day, 12, tzinfo=ZONE))


def test_a_scheduled_copy_is_checked_and_takes_the_place_of_the_oldest(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.lived()
    folder = keeper.folder / "sao lưu"
    folder.mkdir()
    (folder / "clb-của-tôi.sqlite3").touch()
    for day in range(1, 5):
        made_at(monkeypatch, day)
        answer = keeper.json("db-backup", "db", "backup", "--to", folder, "--keep", "2")
        assert answer["checked"]
        assert answer["events"] == keeper.sql("SELECT count(*) FROM event")[0][0]
    assert [Path(one).name for one in answer["removed"]] == ["clb-2026-03-02-120000.sqlite3"]
    assert sorted(one.name for one in folder.iterdir()) == [
        "clb-2026-03-03-120000.sqlite3",
        "clb-2026-03-04-120000.sqlite3",
        "clb-của-tôi.sqlite3",
    ]
    made_at(monkeypatch, 5)
    assert len(keeper.run("db", "backup", "--to", folder).out.splitlines()) == 1
    for file in folder.glob("clb-2026*"):
        assert keeper.run("db", "check", "--database", file).code == 0


def test_a_copy_that_is_not_whole_removes_no_older_one(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.lived()
    made_at(monkeypatch, 1)
    keeper.run("db", "backup", "--to", keeper.folder)
    keeper.sql("DELETE FROM personal WHERE member = (SELECT min(member) FROM personal)")
    made_at(monkeypatch, 2)
    failed = keeper.run("db", "backup", "--to", keeper.folder, "--keep", "1")
    assert failed.code == 5
    assert "CLB-BACKUP-FAULTY" in failed.err
    assert (keeper.folder / "clb-2026-03-01-120000.sqlite3").exists()


@pytest.mark.parametrize(
    "wrong", [(), ("a.sqlite3", "--to", "."), ("a.sqlite3", "--keep", "3"), ("--keep", "3")]
)
def test_a_file_or_a_folder_is_named(keeper: Keeper, wrong: tuple[str, ...]) -> None:
    keeper.lived()
    assert keeper.run("db", "backup", *wrong).code == 2


def test_at_least_one_copy_is_kept(keeper: Keeper) -> None:
    keeper.lived()
    keeper.error("db", "backup", "--to", keeper.folder, "--keep", "0", code=2)
