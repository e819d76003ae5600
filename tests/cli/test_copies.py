"""The copies next to a database are listed, and removed by name or all together."""

import os
from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper
from support.terminal import at_terminal

NAMES = [
    "clb.sqlite3.replaced",
    "clb.sqlite3.replaced-2",
    "clb.sqlite3.before-0004_seals",
    "clb.sqlite3.replaced.part",
    "clb.sqlite3.999999999-abcd.part",
]
OTHERS = ["clb.sqlite3", "clb.sqlite3.txt", "other.sqlite3.replaced", "sao-luu.sqlite3"]


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    for number, name in enumerate((*NAMES, *OTHERS)):
        (tmp_path / name).write_bytes(b"x")
        (tmp_path / name).chmod(0o600)
        os.utime(tmp_path / name, (1_600_000_000 + number * 86_400,) * 2)
    return Keeper(tmp_path, monkeypatch, capsys)


def answer(keeper: Keeper, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = keeper.json("db-copies", "db", "copies", *args)
    return found


def names(rows: list[Any]) -> list[str]:
    return [Path(row["file"] if isinstance(row, dict) else row).name for row in rows]


def test_copies_are_listed_the_oldest_first_and_nothing_else(keeper: Keeper) -> None:
    found = answer(keeper)
    assert names(found["copies"]) == NAMES
    assert [row["kind"] for row in found["copies"]] == [
        "replaced",
        "replaced",
        "before_upgrade",
        "unfinished",
        "unfinished",
    ]
    assert found["removed"] == []


def test_files_of_sqlite_belong_to_their_copy(keeper: Keeper) -> None:
    (keeper.folder / "clb.sqlite3.replaced-wal").write_bytes(b"yy")
    found = answer(keeper)["copies"]
    assert {row["bytes"] for row in found if row["file"].endswith(".replaced")} == {3}
    answer(keeper, "--remove", "clb.sqlite3.replaced", "--yes")
    assert not (keeper.folder / "clb.sqlite3.replaced-wal").exists()


def test_one_is_removed_by_its_name_and_all_together(keeper: Keeper) -> None:
    found = answer(keeper, "--remove", "clb.sqlite3.replaced", "--yes")
    assert names(found["removed"]) == ["clb.sqlite3.replaced"]
    assert names(found["copies"]) == NAMES[1:]
    assert names(answer(keeper, "--remove-all", "--yes")["removed"]) == NAMES[1:]
    assert sorted(one.name for one in keeper.folder.iterdir()) == sorted(OTHERS)
    assert answer(keeper)["copies"] == []


def test_nothing_is_removed_without_a_yes(keeper: Keeper) -> None:
    assert keeper.error("db", "copies", "--remove-all", code=2)["code"] == "CLB-USAGE"
    args = ("db", "copies", "--remove", NAMES[0], "--database", keeper.database)
    assert at_terminal(*args, typed="n\n").code == 130
    assert names(answer(keeper)["copies"]) == NAMES
    assert at_terminal(*args, typed="y\n").code == 0
    assert names(answer(keeper)["copies"]) == NAMES[1:]


@pytest.mark.parametrize("name", ["clb.sqlite3", "other.sqlite3.replaced", "khong-co"])
def test_what_is_no_copy_is_not_removed(keeper: Keeper, name: str) -> None:
    error = keeper.error("db", "copies", "--remove", name, "--yes", code=2)
    assert error["code"] == "CLB-COPY-UNKNOWN"
    assert (keeper.folder / name).exists() == (name != "khong-co")


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a file in use by itself")
def test_a_copy_that_is_being_made_is_not_removed(keeper: Keeper) -> None:
    name = f"clb.sqlite3.{os.getpid()}-abcd.part"
    (keeper.folder / name).touch(0o600)
    (row,) = [one for one in answer(keeper)["copies"] if one["file"].endswith(name)]
    assert row["in_use"]
    error = keeper.error("db", "copies", "--remove", name, "--yes", code=2)
    assert error["code"] == "CLB-COPY-UNKNOWN"
    answer(keeper, "--remove-all", "--yes")
    assert (keeper.folder / name).exists()


def test_a_server_has_no_copies_here(keeper: Keeper) -> None:
    url = "postgresql://nobody@localhost/none"
    error = keeper.error("db", "copies", "--database", url, code=5)
    assert error["code"] == "CLB-DATABASE-SERVER"
