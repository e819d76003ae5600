"""``clb province merge``: shown first, recorded only when somebody agreed."""

from pathlib import Path

import pytest
from support.keeper import Keeper

BY = ("--as", "quan-tri")
ASKED = ("province", "merge", "hoa_binh", "--into", "ha_noi", "--on", "01/07/2025")
NAMED = (*ASKED, "--document", "Văn bản đặt ra để thử", *BY)


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    """Two provinces with one administrator, and an officer of the first one's province."""
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    keeper.run("db", "init")
    for officer, role, province in (
        ("quan-tri", "admin", "hoa_binh"),
        ("quan-tri", "admin", "ha_noi"),
        ("lan", "province", "hoa_binh"),
    ):
        named = ("--name", "Nguyễn Thị Lan", "--role", role, "--province", province)
        keeper.run("officer", "add", officer, *named, "--from", "2020-01-01", *BY)
    return keeper


def events(office: Keeper) -> int:
    return int(office.sql("SELECT count(*) FROM event")[0][0])


def test_a_trial_shows_what_it_means_and_records_nothing(office: Keeper) -> None:
    before = events(office)
    answer = office.json("province-merge", *NAMED, "--dry-run")
    assert answer["dry_run"]
    assert [one["officer"] for one in answer["ended"]] == ["lan", "quan-tri"]
    assert [(one["officer"], one["from"]) for one in answer["begun"]] == [("lan", "2025-07-01")]
    assert "Hòa Bình is a part of Hà Nội from 01/07/2025 on" in office.run(*NAMED, "--dry-run").out
    assert events(office) == before


def test_without_a_terminal_somebody_must_have_agreed(office: Keeper) -> None:
    before = events(office)
    assert office.error(*NAMED, code=2)["code"] == "CLB-USAGE"
    assert events(office) == before
    assert not office.json("province-merge", *NAMED, "--yes")["dry_run"]
    assert office.error(*NAMED, "--yes", code=1)["code"] == "CLB-PROVINCE-MERGED"
    listed = office.json("officer-list", "officer", "list")
    assert {(one["officer"], one["province"]) for one in listed} == {
        ("quan-tri", "ha_noi"),
        ("lan", "ha_noi"),
    }
    assert office.json("db-check", "db", "check")["ok"]


def test_a_document_must_be_named(office: Keeper) -> None:
    assert office.error(*ASKED, "--document", " ", *BY, "--yes", code=2)["code"] == "CLB-USAGE"
