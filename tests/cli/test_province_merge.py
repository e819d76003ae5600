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


def test_afterwards_the_other_province_answers_for_the_clubs_of_both(office: Keeper) -> None:
    where = ("--province", "hoa_binh", "--commune", "Xã Chung")
    named = ("--name", "Hội NCT", "--role", "association", *where)
    office.run("officer", "add", "hoi", *named, "--from", "2020-01-01", *BY)
    club = ("--village", "Xóm 1", "--name", "CLB xóm 1", "--on", "2022-03-01")
    office.run("club", "open", *where, *club, "--as", "hoi")
    alone = office.json("progress", "progress", "ha_noi", "--on", "2025-08-01")
    office.run(*NAMED, "--yes")
    listed = office.json("club-list", "club", "list", "--province", "ha_noi")
    assert [one["name"] for one in listed] == ["CLB xóm 1"]
    rows = office.json("progress", "progress", "ha_noi", "--on", "2025-08-01")
    old = office.json("progress", "progress", "hoa_binh", "--on", "2025-08-01")
    assert old
    assert [one for one in rows if "province" not in one] == alone
    assert [one for one in rows if "province" in one] == [
        {**one, "province": "hoa_binh"} for one in old
    ]
    explained = office.json("progress-explain", "progress", "ha_noi", "--explain", old[0]["id"])
    assert explained["rows"]
    shown = office.run("progress", "ha_noi", "--on", "2025-08-01").out
    assert shown.index("Hà Nội: targets") < shown.index("Hòa Bình: targets")
    built = office.run("report", "build", "ha_noi", "overview", "--period", "2025H2")
    assert "clb report build hoa_binh" in built.err
