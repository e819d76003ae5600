"""Who read whole identity numbers is in the log and is listed."""

from pathlib import Path

import pytest
from support.keeper import Keeper


def test_who_took_a_whole_list_when_and_what_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    club = keeper.lived()
    asked = ("audit", "readers", "--province", "bac_ninh")
    before = keeper.json("audit-readers", *asked)
    keeper.run("member", "list", club, "--as", "hoi_nct")
    assert keeper.json("audit-readers", *asked) == before
    full = ("member", "list", club, "--full", "--reason", "gọi điện báo họp", "--as", "hoi_nct")
    assert keeper.run(*full).code == 0
    found = keeper.json("audit-readers", *asked)
    (new,) = [one for one in found if one not in before]
    assert (new["club"], new["officer"], new["reason"]) == (club, "hoi_nct", "gọi điện báo họp")
    assert "gọi điện báo họp" in keeper.run(*asked).out
    assert keeper.json("audit-readers", *asked, "--until", "2001-01-01") == []
