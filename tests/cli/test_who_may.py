"""A refusal about who may act names the officer for people, and with the id for programs."""

import json
from pathlib import Path

import pytest
from support.roster_cli import Office


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))
    return Office(tmp_path, monkeypatch, capsys)


def test_programs_read_the_id_of_who_may_not_and_people_the_name(office: Office) -> None:
    club = office.prepared("opened", office.open_club)
    rename = ("advance", club, "rename", "--set", "name=CLB A", "--set", "document=BB 1")
    asked = (*rename, "--on", "2021-08-05", "--as", "hoi")
    reported = office.run("--json", *asked)
    assert reported.code == 3
    (found,) = [one for one in json.loads(reported.out)["findings"] if one["code"] == "CLB-ROLE"]
    assert "[hoi]" in found["actual"]
    seen = office.run(*asked)
    assert seen.code == 3
    assert "[hoi]" not in seen.err


def test_a_correction_says_what_was_changed_into_what(office: Office) -> None:
    club = office.prepared("opened", office.open_club)
    changes = ("--set", "seq=1", "--set", "changes.village=Thôn Đoài")
    why = ("--set", "reason=Ghi nhầm", "--set", "document=Công văn 8", "--on", "2021-08-05")
    done = office.run("advance", club, "correct", *changes, *why, "--as", "hoi", "--lang", "vi")
    assert done.code == 0, done.err
    assert "Mở hồ sơ: Thôn, khu phố: Thôn Đông → Thôn Đoài" in done.out
