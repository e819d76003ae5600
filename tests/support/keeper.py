"""Whoever keeps the database: commands run here, answers held to their schemas, a lived-in log."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.busy import lend
from support.commands import Commands
from support.core import (
    ADMIN,
    BAC_NINH,
    COMMITTEE,
    PROVINCES,
    PUBLIC_LINE,
    make_core,
    merge_provinces,
)
from support.step_forms import GRANT

from engine.lifecycle.registry import open_registry
from engine.lifecycle.sealing import seal_all
from engine.model import Role
from engine.rules.communes import Unit

_LIVED: dict[str, tuple[bytes, str]] = {}


class Keeper(Commands):
    """Whoever keeps the database."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        super().__init__(folder, monkeypatch, capsys)
        # One user folder for all: a policy is checked once, not again for every test.
        monkeypatch.setenv("CLB_HOME", str(folder.parent / "clb-home"))
        for name in ("CLB_OFFICER", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS"):
            monkeypatch.delenv(name, raising=False)

    def error(self, *args: str | Path, code: int) -> dict[str, str]:
        """Run one command that must fail and return its error; as text and as JSON."""
        text = self.run(*args)
        assert text.code == code, text.out + text.err
        assert "Traceback" not in text.err
        result = self.run(*args, "--json")
        assert result.code == code
        error: dict[str, str] = result.data["error"]
        assert error["message"] in text.err
        assert error["help"] in text.err
        assert error["help"], "an error has what to do"
        return error

    def lived(self) -> str:
        """Work on a database with several lives in it; return the id of a club at work."""
        if "lived" not in _LIVED:
            club = _live(self.folder / "lived.sqlite3")
            _LIVED["lived"] = (self.folder / "lived.sqlite3").read_bytes(), club
        data, club = _LIVED["lived"]
        self.database.write_bytes(data)
        self.database.chmod(0o600)
        return club

    def merge_provinces(self) -> None:
        """Merge two other provinces of the lived database, so that every table has a row."""
        registry = open_registry(str(self.database), provinces=PROVINCES)
        merge_provinces(registry)
        registry.store.close()

    def sql(self, statement: str, *params: Any) -> list[Any]:
        """Run a statement as any SQLite tool would."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            return connection.execute(statement, params).fetchall()

    def dump(self, *without: str) -> dict[str, list[Any]]:
        """Return every row of every table, but of those named."""
        tables = self.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in tables} - set(without) - {"sqlite_sequence"}
        return {name: sorted(self.sql(f'SELECT * FROM "{name}"'), key=repr) for name in names}


def _live(path: Path) -> str:
    """Let clubs live through every kind of event; return the id of one at work."""
    core = make_core(str(path), province=BAC_NINH)
    club = core.bring("operating")
    core.carry(club, "fund", date(2022, 5, 4), {**GRANT, "fund": "operating"})
    core.carry(club, "meeting", date(2022, 6, 1))
    lend(core, club, date(2022, 6, 2))
    core.carry(club, "supervise", date(2022, 11, 20))
    core.carry(club, "review", date(2022, 12, 20))
    core.carry(club, "change_board", date(2023, 1, 10))
    core.carry(club, "erase", date(2023, 2, 1), {"member": core.people[5].name})
    core.carry(club, "rename", date(2023, 3, 1))
    suspended = core.bring("suspended")
    last = core.club(suspended).state_seq
    core.carry(suspended, "annul", date(2022, 6, 1), {"seq": last}, officer=COMMITTEE)
    core.bring("dissolved")
    core.bring("preparing")
    here = Unit("09001", "phường Đình Bảng", "phường", BAC_NINH, date(2008, 9, 25))
    core.registry.province.import_units(BAC_NINH, [here], by=ADMIN)
    with core.store.write():
        core.registry.province.record(
            BAC_NINH,
            "report_sent",
            {"report": "year", "period": "2022", "date": "2022-12-19"},
            ADMIN,
            Role.ADMIN,
            on=date(2022, 12, 19),
            records=(("delivery", {"report": "year", "period": "2022", "sent_on": "2022-12-19"}),),
        )
    core.registry.officers.add_key(BAC_NINH, ADMIN, PUBLIC_LINE, None, by=ADMIN)
    seal_all(core.registry, None)
    core.store.run("PRAGMA wal_checkpoint(TRUNCATE)")
    core.store.close()
    return club


def process(
    *args: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run one command as a process of its own, in another folder than the project's."""
    return subprocess.run(
        [sys.executable, "-m", "engine", *map(str, args)],
        cwd=folder,
        env={**os.environ, "CLB_HOME": str(folder / "home"), "CLB_LANG": "en", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
