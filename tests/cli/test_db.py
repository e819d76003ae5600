"""The database: made, brought up to date, checked against its log, computed anew."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.keeper import Keeper, process

from engine.store import migrate
from engine.store.migrate import MIGRATIONS
from engine.store.tables import EXCHANGE, FOLDS

NAMES = [table._meta.table_name for table in FOLDS]


def empty(keeper: Keeper) -> None:
    for name in NAMES:
        keeper.sql(f"DELETE FROM {name}")


def test_init_makes_a_database_and_says_the_second_time_that_it_is_there(keeper: Keeper) -> None:
    database = str(keeper.database)
    assert keeper.json("db-init", "db", "init") == {"database": database, "made": True}
    before = keeper.dump()
    assert keeper.json("db-init", "db", "init") == {"database": database, "made": False}
    assert keeper.dump() == before


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX")
def test_a_new_database_can_be_read_by_its_owner_only(keeper: Keeper) -> None:
    keeper.run("db", "init")
    assert keeper.database.stat().st_mode & 0o777 == 0o600


def test_init_makes_the_folder_of_the_users_data(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLB_DATABASE")
    monkeypatch.setenv("CLB_HOME", str(keeper.folder / "home"))
    assert keeper.json("db-init", "db", "init")["made"]
    assert (keeper.folder / "home" / "clb.sqlite3").is_file()


def test_init_as_a_process_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "Sổ câu lạc bộ.sqlite3"
    done = process("db", "init", "--database", file, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert str(file) in done.stdout
    broken = process("db", "check", "--database", tmp_path / "khong-co", folder=tmp_path)
    assert broken.returncode == 5
    assert "clb db init" in broken.stderr


def test_init_fills_an_empty_file(keeper: Keeper) -> None:
    keeper.database.touch()
    assert keeper.json("db-init", "db", "init")["made"]


@pytest.mark.parametrize("command", ["check", "rebuild", "upgrade"])
def test_where_nothing_is_the_way_to_make_it_is_reported(keeper: Keeper, command: str) -> None:
    error = keeper.error("db", command, code=5)
    assert error["code"] == "CLB-DATABASE-MISSING"
    assert "clb db init" in error["help"]
    assert not keeper.database.exists()


@pytest.mark.parametrize("command", ["check", "rebuild", "upgrade"])
def test_an_empty_file_is_reported(keeper: Keeper, command: str) -> None:
    keeper.database.touch()
    assert keeper.error("db", command, code=5)["code"] == "CLB-DATABASE-EMPTY"


@pytest.mark.parametrize("command", ["init", "check", "rebuild", "upgrade"])
def test_a_file_that_is_no_database_is_reported_and_left_alone(
    keeper: Keeper, command: str
) -> None:
    keeper.database.write_text("Danh sách thành viên\n" * 100, encoding="utf-8")
    before = keeper.database.read_bytes()
    assert keeper.error("db", command, code=5)["code"] == "CLB-DATABASE-FORMAT"
    assert keeper.database.read_bytes() == before


def test_init_writes_nothing_into_another_programs_database(keeper: Keeper) -> None:
    keeper.sql("CREATE TABLE invoice (id INTEGER)")
    before = keeper.database.read_bytes()
    assert keeper.error("db", "init", code=5)["code"] == "CLB-DATABASE-FOREIGN"
    assert keeper.database.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_reported(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    (keeper.folder / "file").touch()
    monkeypatch.setenv("CLB_DATABASE", str(keeper.folder / "file" / "clb.sqlite3"))
    assert keeper.error("db", "init", code=5)["code"] == "CLB-DATABASE-UNUSABLE"


LONG = "a" * 300


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--database", f"/tmp/{LONG}", "db", "init"), 5),
        (("--database", f"/tmp/{LONG}", "db", "check"), 5),
        (("--database", f"/tmp/{LONG}", "doctor"), 5),
        (("db", "backup", f"/tmp/{LONG}"), 5),
        (("db", "restore", f"/tmp/{LONG}"), 5),
        (("--database", "PIPE", "db", "init"), 5),
        (("--database", "PIPE", "db", "check"), 5),
        (("--database", "PIPE", "due", "--province", "bac_ninh"), 5),
        (("--database", "PIPE", "db", "restore", "COPY"), 5),
        (("db", "restore", "PIPE"), 2),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="pipes and long names as POSIX has them")
def test_a_name_too_long_and_a_pipe_end_in_a_sentence(
    keeper: Keeper, args: tuple[str, ...], code: int
) -> None:
    keeper.lived()
    keeper.run("db", "backup", keeper.folder / "copy.sqlite3")
    pipe = keeper.folder / "pipe"
    os.mkfifo(pipe)
    places = {"PIPE": str(pipe), "COPY": str(keeper.folder / "copy.sqlite3")}
    done = keeper.run(*(places.get(arg, arg) for arg in args))
    assert done.code == code
    assert "Traceback" not in done.err
    assert pipe.is_fifo()


def test_a_folder_in_the_place_of_the_file_is_reported(keeper: Keeper) -> None:
    keeper.database.mkdir()
    assert keeper.error("db", "init", code=5)["code"] == "CLB-DATABASE-UNUSABLE"


@pytest.mark.parametrize("command", ["init", "check", "rebuild", "upgrade"])
def test_a_database_of_a_newer_version_is_left_alone(keeper: Keeper, command: str) -> None:
    keeper.lived()
    keeper.sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    before = keeper.dump()
    assert keeper.error("db", command, code=5)["code"] == "CLB-DATABASE-NEWER"
    assert keeper.dump() == before


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This program as a later version will be: with a migration more."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    monkeypatch.setattr(migrate, "MIGRATIONS", str(folder))
    return folder / "9001_note.py"


ADD_COLUMN = "def up(migrator, db):\n    db.execute_sql('ALTER TABLE club ADD COLUMN note TEXT')\n"
FAILING = ADD_COLUMN + "    db.execute_sql('ALTER TABLE nothing ADD COLUMN note TEXT')\n"
CRASHING = ADD_COLUMN + "    {}['nothing']\n"
DANGLING = ADD_COLUMN + (
    "    db.execute_sql('CREATE TABLE later (club TEXT REFERENCES club (id))')\n"
    "    db.execute_sql(\"INSERT INTO later VALUES ('nobody')\")\n"
)


def test_upgrade_copies_the_database_first_and_then_brings_it_up_to_date(
    keeper: Keeper, later_version: Path
) -> None:
    keeper.lived()
    before = keeper.dump()
    later_version.write_text(ADD_COLUMN, encoding="utf-8")
    assert keeper.error("db", "check", code=5)["code"] == "CLB-DATABASE-OLD"
    assert keeper.error("db", "init", code=5)["code"] == "CLB-DATABASE-OLD"
    answer = keeper.json("db-upgrade", "db", "upgrade")
    assert answer["ran"] == ["9001_note"]
    assert "note" in {row[1] for row in keeper.sql("PRAGMA table_info(club)")}
    assert keeper.dump("club", "schema_migration") == {
        name: rows for name, rows in before.items() if name not in ("club", "schema_migration")
    }
    keeper.database = Path(answer["backup"])
    assert keeper.dump() == before


def test_a_second_upgrade_has_nothing_to_do(keeper: Keeper, later_version: Path) -> None:
    keeper.lived()
    later_version.write_text(ADD_COLUMN, encoding="utf-8")
    keeper.run("db", "upgrade")
    files = sorted(keeper.folder.iterdir())
    answer = keeper.json("db-upgrade", "db", "upgrade")
    assert (answer["ran"], answer["backup"]) == ([], None)
    assert sorted(keeper.folder.iterdir()) == files


@pytest.mark.parametrize("failing", [FAILING, CRASHING, DANGLING])
def test_an_upgrade_that_fails_changes_nothing(
    keeper: Keeper, later_version: Path, failing: str
) -> None:
    keeper.lived()
    before = keeper.dump()
    files = sorted(keeper.folder.iterdir())
    later_version.write_text(failing, encoding="utf-8")
    error = keeper.error("db", "upgrade", code=5)
    assert error["code"] == "CLB-DATABASE-UPGRADE"
    assert "Nothing was changed." in error["message"]
    assert keeper.dump() == before
    assert sorted(keeper.folder.iterdir()) == files, "no copy is left of an upgrade that failed"


def test_a_database_nobody_touched_passes_the_check(keeper: Keeper) -> None:
    keeper.lived()
    events = keeper.sql("SELECT count(*) FROM event")[0][0]
    assert keeper.json("db-check", "db", "check") == {"ok": True, "events": events, "faults": []}


def test_the_lived_database_has_rows_in_every_table(keeper: Keeper) -> None:
    keeper.lived()
    keeper.merge_provinces()
    others = {table._meta.table_name for table in EXCHANGE}
    assert [name for name, rows in keeper.dump(*others).items() if not rows] == []


@pytest.mark.parametrize("table", NAMES)
def test_a_row_taken_out_of_a_table_is_found_and_the_table_computed_again(
    keeper: Keeper, table: str
) -> None:
    keeper.lived()
    keeper.merge_provinces()
    before = keeper.dump()
    column = keeper.sql(f"PRAGMA table_info({table})")[0][1]
    keeper.sql(f'DELETE FROM {table} WHERE "{column}" = (SELECT max("{column}") FROM {table})')
    faults = keeper.json("db-check", "db", "check", code=5)["faults"]
    assert (table, "table") in {(one["where"], one["kind"]) for one in faults}
    keeper.json("db-rebuild", "db", "rebuild")
    assert keeper.dump() == before


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("club", "state", "dissolved"),
        ("club", "name", "Tên khác"),
        ("ledger", "amount", 1),
        ("member", "sex", "M"),
        ("task", "due_on", "2030-01-01"),
        ("officer", "role", "admin"),
    ],
)
def test_a_value_changed_in_a_table_is_found(
    keeper: Keeper, table: str, column: str, value: str | int
) -> None:
    keeper.lived()
    keeper.sql(f"UPDATE OR IGNORE {table} SET {column} = ?", value)
    faults = keeper.json("db-check", "db", "check", code=5)["faults"]
    assert table in {one["where"] for one in faults}


def test_rebuilding_emptied_tables_gives_back_the_same_tables(keeper: Keeper) -> None:
    keeper.lived()
    before = keeper.dump()
    empty(keeper)
    assert keeper.dump() != before
    assert keeper.json("db-rebuild", "db", "rebuild")["events"] == len(before["event"])
    assert keeper.dump() == before
    assert keeper.json("db-check", "db", "check")["ok"]


def test_rebuilding_takes_out_what_no_event_put_there(keeper: Keeper) -> None:
    keeper.lived()
    before = keeper.dump()
    keeper.sql("INSERT INTO stream VALUES ('province:xx', 'xx', 1, 'abc')")
    keeper.sql(
        "INSERT INTO officer (id, role, province, name, seq, since) "
        "VALUES ('x', 'admin', 'xx', 'X', 1, '2021-01-01')"
    )
    keeper.json("db-rebuild", "db", "rebuild", "--accept-end")
    assert keeper.dump() == before


def test_rebuilding_needs_no_plugin(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.lived()
    before = keeper.dump()
    empty(keeper)
    monkeypatch.setenv("CLB_NO_PLUGINS", "all")
    keeper.json("db-rebuild", "db", "rebuild")
    assert keeper.dump() == before


def test_a_damaged_log_is_not_made_into_tables(keeper: Keeper) -> None:
    club = keeper.lived()
    keeper.sql("UPDATE event SET body = replace(body, 'met', 'not_met') WHERE step = 'approve'")
    before = keeper.dump()
    error = keeper.error("db", "rebuild", code=5)
    assert error["code"] == "CLB-LOG-DAMAGED"
    assert club in error["message"] or "club:" in error["message"]
    assert keeper.dump() == before


def test_the_tables_are_not_compared_with_a_damaged_log(keeper: Keeper) -> None:
    keeper.lived()
    keeper.sql("UPDATE event SET body = 'x' WHERE step = 'approve'")
    faults = keeper.json("db-check", "db", "check", code=5)["faults"]
    assert {one["kind"] for one in faults} == {"log"}
    assert len(faults) == 3


def test_tables_that_know_more_than_the_log_are_the_last_trace_and_kept(keeper: Keeper) -> None:
    club = keeper.lived()
    keeper.sql("DELETE FROM event WHERE stream = ? AND step = 'rename'", f"club:{club}")
    before = keeper.dump()
    assert keeper.error("db", "rebuild", code=5)["code"] == "CLB-LOG-CUT"
    assert keeper.dump() == before
    keeper.json("db-rebuild", "db", "rebuild", "--accept-end")
    (fault,) = keeper.json("db-check", "db", "check", code=5)["faults"]
    assert fault["where"] == f"club:{club}"
    assert fault["kind"] == "seal"
    assert "leaf" in fault["reason"], "only the seal still shows what was there"
    copy = keeper.folder / "copy.sqlite3"
    keeper.json("db-backup", "db", "backup", copy)
    back = keeper.json("db-restore", "db", "restore", copy, "--yes")
    assert [one["where"] for one in back["unsealed"]] == [f"club:{club}"], "and it is not hidden"


def test_a_file_with_a_damaged_page_is_reported(keeper: Keeper) -> None:
    keeper.lived()
    with closing(sqlite3.connect(keeper.database)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ledger_year'"
        ).fetchone()[0]
    data = bytearray(keeper.database.read_bytes())
    data[(page - 1) * size : page * size] = b"\x00" * size
    keeper.database.write_bytes(bytes(data))
    result = keeper.run("db", "check", "--json")
    assert result.code == 5
    assert "error" in result.data or not result.data["ok"]
