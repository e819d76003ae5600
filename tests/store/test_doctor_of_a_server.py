"""What ``clb doctor`` says of a server: its settings, TLS, clock, logins, standbys."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.commands import holds
from support.core import BAC_NINH, make_core
from support.databases import server
from support.keeper import Keeper
from support.walls import apply, own

from engine.cli import doctor_server

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.postgresql
@pytest.mark.slow
def test_a_server_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = server()
    url = here.create(own("clb_doctor"))
    core = make_core(url, province=BAC_NINH)
    core.bring("operating")
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_DATABASE", url)

    def looked() -> dict[str, dict[str, Any]]:
        # The tests' servers run without fsync, which is an error anywhere else.
        found = keeper.json("doctor", "doctor", "--as", "quan_tri", code=5)
        return {one["check"]: one for one in found}

    found = looked()
    assert found["server"]["status"] == "ok"
    assert found["settings"]["status"] == "error" or "autovacuum" in found["settings"]["message"]
    assert (found["tls"]["status"], found["clock"]["status"]) == ("ok", "ok")
    assert (found["walls"]["status"], found["walls"]["help"]) == ("warn", "clb db roles --apply")
    assert found["standby"]["message"] == "Standby servers connected: 0"
    core.registry.officers.give_login("quan_tri", own("clb_doctor_qt"), by="quan_tri")
    apply(core, url)
    assert "owns the tables" in looked()["walls"]["message"]
    core.registry.store.run("UPDATE officer SET login = 'clb_doctor_new' WHERE id = 'hoi_nct'")
    assert "do not know yet: 1" in looked()["walls"]["message"]
    line = holds("doctor-metrics", keeper.run("doctor", "--metrics").data)
    assert (line["standby"], line["standbys"], line["replay_seconds"]) == (False, 0, None)
    assert line["database_bytes"] > 1_000_000
    core.store.close()


def test_a_clock_a_minute_apart_and_an_open_line_are_warned_of() -> None:
    clock, line = doctor_server.clock, doctor_server.connection
    assert clock(MOMENT, MOMENT + timedelta(seconds=60)).status == "ok"
    assert clock(MOMENT, MOMENT - timedelta(seconds=61)).status == "warn"
    assert line(tls=False, here=False).status == "warn"
    assert line(tls=True, here=False).status == line(tls=False, here=True).status == "ok"


def test_changes_that_wait_for_no_standby_are_an_error() -> None:
    standbys = doctor_server.standbys_of
    assert standbys(0, waits=True, standby=False).status == "error"
    assert standbys(1, waits=True, standby=False).status == "ok"
    assert standbys(0, waits=False, standby=False).status == "ok"
    assert standbys(0, waits=True, standby=True).status == "ok"
