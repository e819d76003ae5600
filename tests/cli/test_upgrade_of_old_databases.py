"""A database of each earlier version is brought up to date with all that is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.keeper import Keeper

from engine.store import migrate

FIRST = "0001_initial"


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    return Keeper(tmp_path, monkeypatch, capsys)


def downgraded(path: Path) -> None:
    """Take out of a file what the migrations after the first one added."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP INDEX event_row")
        for table, column in (
            ("club", "managing_unit"),
            ("club", "self_managed"),
            ("training", "form"),
            ("review", "standard"),
            ("review", "standard_document"),
            ("event", "row_digest"),
        ):
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        db.execute("DROP INDEX event_moved")
        db.execute("DELETE FROM schema_migration WHERE name > ?", (FIRST,))


def test_a_database_of_the_first_version_goes_on_with_its_clubs(keeper: Keeper) -> None:
    club = keeper.lived()
    downgraded(keeper.database)
    assert keeper.error("club", "show", club, code=5)["code"] == "CLB-DATABASE-OLD"
    ran = keeper.json("db-upgrade", "db", "upgrade")["ran"]
    assert ran == [name for name in migrate.known() if name > FIRST]
    shown = keeper.json("club-show", "club", "show", club)
    assert (shown["club"], shown["managing_unit"], shown["self_managed"]) == (club, None, None)
    assert keeper.json("db-check", "db", "check")["ok"]
