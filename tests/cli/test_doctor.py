"""The installation is looked at without changing it, and each trouble says what to do."""

import importlib
import json
import os
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.commands import holds
from support.keeper import Keeper, process
from support.plugins import write_plugin

from engine.cli import doctor
from engine.model import Receipt
from engine.provinces.load import Provinces


def looked(keeper: Keeper, *args: str, code: int = 0) -> dict[str, dict[str, Any]]:
    found = keeper.json("doctor", "doctor", *args, code=code)
    for one in found:
        assert one["status"] == "ok" or one["help"] or one["check"] == "provinces", one
    return {one["check"]: one for one in found}


def test_a_sound_installation(keeper: Keeper) -> None:
    keeper.lived()
    keeper.json("db-backup", "db", "backup", keeper.folder / "b.sqlite3", "--as", "quan_tri")
    found = looked(keeper, "--as", "quan_tri")
    assert {one["status"] for one in found.values()} == {"ok"}
    assert set(found) == {
        "program",
        "terminal",
        "provinces",
        "place",
        "disk",
        "rights",
        "database",
        "journal",
        "backup",
        "officer",
    }


def test_before_the_first_use_the_way_to_begin_is_reported_and_nothing_is_made(
    keeper: Keeper,
) -> None:
    found = looked(keeper)
    assert (found["database"]["status"], found["database"]["help"][:6]) == ("warn", "Make i")
    assert "clb db init" in found["database"]["help"]
    assert found["officer"]["status"] == "warn"
    assert not keeper.database.exists()


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX")
def test_copies_that_broke_off_or_that_others_can_read_are_reported(keeper: Keeper) -> None:
    keeper.lived()
    keeper.database.chmod(0o644)
    assert looked(keeper)["rights"]["help"] == "chmod 600 clb.sqlite3"
    keeper.database.chmod(0o600)
    assert looked(keeper)["rights"]["status"] == "ok"
    copy = keeper.folder / "clb.sqlite3.replaced"
    copy.touch(0o600)
    found = looked(keeper)["copies"]
    assert (found["status"], "clb db copies" in found["help"]) == ("ok", True)
    copy.chmod(0o640)
    assert looked(keeper)["copies"]["status"] == "warn"
    copy.rename(keeper.folder / "clb.sqlite3.replaced.part")
    (keeper.folder / "clb.sqlite3.replaced.part").chmod(0o600)
    assert looked(keeper)["copies"]["status"] == "warn"


def test_another_computer_with_another_version_of_a_plugin_is_reported(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.lived()
    own = Provinces.receipt

    def other(self: Provinces, province: str) -> Receipt:
        """The same plugin as it is on a computer that was forgotten at the upgrade."""
        return replace(own(self, province), version="0.0.1")

    monkeypatch.setattr(Provinces, "receipt", other)
    found = looked(keeper, "--as", "quan_tri")["plugins"]
    assert found["status"] == "warn"
    assert "clb-bac-ninh 0.1.0; this computer has clb-bac-ninh 0.0.1" in found["message"]


def test_an_officer_nobody_knows_is_reported(keeper: Keeper) -> None:
    keeper.lived()
    assert looked(keeper, "--as", "somebody")["officer"]["status"] == "warn"
    assert looked(keeper)["officer"]["status"] == "warn"


def test_a_file_that_is_no_database_is_an_error(keeper: Keeper) -> None:
    keeper.database.write_text("không phải cơ sở dữ liệu " * 50, encoding="utf-8")
    before = keeper.database.read_bytes()
    assert looked(keeper, code=5)["database"]["status"] == "error"
    assert keeper.database.read_bytes() == before


def test_another_programs_database_is_an_error_and_left_alone(keeper: Keeper) -> None:
    keeper.sql("CREATE TABLE invoice (id INTEGER)")
    before = keeper.database.read_bytes()
    assert looked(keeper, code=5)["database"]["status"] == "error"
    assert keeper.database.read_bytes() == before


def test_a_newer_database_is_an_error(keeper: Keeper) -> None:
    keeper.lived()
    keeper.sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    assert "pip install --upgrade" in looked(keeper, code=5)["database"]["help"]


def test_a_name_that_is_no_database_is_an_error(keeper: Keeper) -> None:
    found = looked(keeper, "--database", "mysql://localhost/x", code=5)
    assert found["database"]["status"] == "error"


def test_a_broken_plugin_is_an_error_and_the_rest_is_still_looked_at(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.lived()
    keeper.run("db", "backup", keeper.folder / "b.sqlite3")
    site = tmp_path / "site"
    site.mkdir()
    write_plugin(site, "loi_nap_2", init="1 / 0\n")
    monkeypatch.syspath_prepend(site)
    importlib.invalidate_caches()
    rows = keeper.json("doctor", "doctor", "--as", "quan_tri", code=5)
    bad = [one for one in rows if one["status"] != "ok"]
    assert [one["check"] for one in bad] == ["provinces"]
    assert "loi_nap_2" in bad[0]["message"]
    assert "ZeroDivisionError" in bad[0]["message"]


def test_without_a_province_it_says_so(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLB_NO_PLUGINS", "all")
    assert looked(keeper)["provinces"]["status"] == "warn"


@pytest.mark.parametrize(
    "path",
    [
        r"C:\Users\Lan\OneDrive\clb.sqlite3",
        r"C:\Users\Lan\OneDrive - UBND tỉnh\clb.sqlite3",
        "/home/lan/Dropbox/clb.sqlite3",
        r"G:\My Drive\clb.sqlite3",
        r"G:\Drive của tôi\clb.sqlite3",
        "/Users/lan/Library/iCloud Drive/clb.sqlite3",
        r"\\may-chu\chung\clb.sqlite3",
        "//may-chu/chung/clb.sqlite3",
    ],
)
def test_a_folder_shared_with_other_computers_is_warned_of(path: str) -> None:
    found = doctor.place(path)
    assert found.status == "warn"
    assert "clb db backup" in found.help


@pytest.mark.parametrize("path", ["/home/lan/clb.sqlite3", r"C:\Users\Lan\AppData\clb.sqlite3"])
def test_a_folder_of_ones_own_is_fine(path: str) -> None:
    assert doctor.place(path).status == "ok"


@pytest.mark.parametrize(
    ("megabytes", "status"), [(500, "ok"), (499, "warn"), (50, "warn"), (49, "error"), (0, "error")]
)
def test_little_room_on_the_disk_is_reported(megabytes: int, status: str) -> None:
    assert doctor.space(megabytes).status == status


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("UTF-8", "ok"),
        ("utf8", "ok"),
        ("cp65001", "ok"),
        ("cp1258", "warn"),
        ("ANSI_X3.4-1968", "warn"),
    ],
)
def test_a_terminal_that_cannot_show_vietnamese_is_reported(name: str, status: str) -> None:
    assert doctor.encoding(name).status == status


@pytest.mark.parametrize(("mode", "status"), [("wal", "ok"), ("delete", "warn")])
def test_a_database_that_makes_readers_wait_is_reported(mode: str, status: str) -> None:
    assert doctor.journal(mode).status == status


def test_in_a_terminal_of_another_encoding(tmp_path: Path) -> None:
    done = process(
        "doctor",
        folder=tmp_path,
        LC_ALL="C",
        LANG="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    assert done.returncode == 0
    assert "export LANG=C.UTF-8" in done.stdout


def test_the_age_of_the_last_backup_is_known(keeper: Keeper) -> None:
    keeper.lived()
    assert looked(keeper)["backup"]["status"] == "warn"
    keeper.run("db", "backup", keeper.folder / "b.sqlite3")
    assert looked(keeper)["backup"]["status"] == "ok"
    moment = datetime(2026, 3, 20, 5, tzinfo=UTC)
    assert doctor.backup("2026-03-13T05:00:00+00:00", moment).status == "ok"
    late = doctor.backup("2026-03-12T04:00:00+00:00", moment)
    assert (late.status, "12/03/2026: 8 days ago" in late.message) == ("warn", True)


def test_a_clock_behind_the_last_event_is_reported(keeper: Keeper) -> None:
    keeper.lived()
    assert "clock" not in looked(keeper)
    keeper.sql("UPDATE event SET recorded_at = '2999-01-01T00:00:00Z' WHERE step = 'fund'")
    assert looked(keeper)["clock"]["status"] == "warn"


def test_a_monitor_gets_one_line(keeper: Keeper) -> None:
    keeper.lived()
    result = keeper.run("doctor", "--metrics", "--as", "quan_tri")
    assert result.out.count("\n") == 1
    figures = holds("doctor-metrics", result.data)
    ((events,),) = keeper.sql("SELECT count(*) FROM event")
    assert (figures["events"], figures["ok"], figures["clubs"]) == (events, True, 4)
    assert figures["living_clubs"] == 3
    assert figures["late_tasks"] <= figures["open_tasks"]
    assert figures["last_backup"] is None
    keeper.database.write_bytes(b"x" * 5000)
    broken = keeper.run("doctor", "--metrics")
    assert (broken.code, holds("doctor-metrics", broken.data)["events"]) == (5, None)


def test_what_helps_from_afar_names_nobody(keeper: Keeper) -> None:
    club = keeper.lived()
    file = keeper.folder / "support.zip"
    keeper.run("doctor", "--support", file, "--as", "quan_tri")
    with zipfile.ZipFile(file) as bundle:
        texts = {one: bundle.read(one).decode() for one in bundle.namelist()}
    assert json.loads(texts["database.json"])["steps"]["open"] == 4
    seen = "\n".join(texts.values())
    columns = (
        ("personal", "name, name_key, id_number, phone, village, note, salt"),
        ("officer", "id, name, commune"),
        ("club", "id, name, commune, village, decision_number"),
        ("ledger", "document, donor"),
    )
    typed = {club, str(keeper.folder), "clb.sqlite3"}
    for table, names in columns:
        typed |= {str(one) for row in keeper.sql(f"SELECT {names} FROM {table}") for one in row}
    own = {one for one in typed - {"None", "admin"} if len(one) > 4 and one in seen}
    assert own == set()


def test_a_server_s_address_and_password_are_not_in_it(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLB_DATABASE", "postgresql://nguoi:mat-khau-bi-mat@may-chu.invalid/so")
    file = keeper.folder / "support.zip"
    keeper.run("doctor", "--support", file)
    with zipfile.ZipFile(file) as bundle:
        seen = "\n".join(bundle.read(one).decode() for one in bundle.namelist())
    assert "mat-khau" not in seen
    assert "may-chu" not in seen
    assert "CLB_DATABASE" in seen
