"""Communes that were merged, through the commands: who acts for a club then, and where it is."""

import json
from pathlib import Path

import pytest

from engine.cli import run


@pytest.fixture
def clb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """The command line on an empty database with Hòa Bình's officers."""
    monkeypatch.setenv("CLB_DATABASE", str(tmp_path / "clb.sqlite3"))
    monkeypatch.setenv("CLB_HOME", str(tmp_path))
    monkeypatch.delenv("CLB_OFFICER", raising=False)

    def call(*args: str) -> tuple[int, object]:
        code = run([*args, "--json"])
        return code, json.loads(capsys.readouterr().out)

    province = ["--province", "hoa_binh"]
    call("db", "init")
    call("officer", "add", "qt", "--name", "Q", "--role", "admin", *province)
    for officer, commune in (("hoi", "Xã Tú Sơn"), ("hoi-moi", "Xã Mường Động")):
        call(
            "officer",
            "add",
            officer,
            "--name",
            "H",
            "--role",
            "association",
            *province,
            "--commune",
            commune,
            "--as",
            "qt",
        )
    return call


def open_in_tu_son(clb) -> str:
    """Open a club in a commune that is called otherwise since July 2025."""
    code, answer = clb(
        "club",
        "open",
        "--province",
        "hoa_binh",
        "--commune",
        "Xã Tú Sơn",
        "--village",
        "Xóm 1",
        "--name",
        "CLB Xóm 1",
        "--on",
        "2018-05-02",
        "--as",
        "hoi",
    )
    assert code == 0, answer
    return answer["club"]


def meeting(clb, club: str, on: str, officer: str) -> int:
    """Record a meeting and return the exit code."""
    return clb(
        "advance",
        club,
        "meeting",
        "--set",
        "attendance=40",
        "--set",
        "activities=health_care",
        "--on",
        on,
        "--as",
        officer,
    )[0]


def test_the_successor_s_officers_act_from_the_day_of_the_change(clb) -> None:
    club = open_in_tu_son(clb)
    assert meeting(clb, club, "2025-06-30", "hoi-moi") == 3
    assert meeting(clb, club, "2025-07-01", "hoi-moi") == 0
    assert meeting(clb, club, "2025-07-02", "hoi") == 0


def test_rehoming_keeps_the_club_and_moves_the_scope(clb) -> None:
    club = open_in_tu_son(clb)
    code, answer = clb(
        "advance",
        club,
        "rehome",
        "--set",
        "commune=Xã Mường Động",
        "--set",
        "document=NQ sắp xếp",
        "--on",
        "2025-07-01",
        "--as",
        "qt",
    )
    assert code == 0, answer
    _code, page = clb("club", "show", club)
    assert (page["club"], page["commune"], page["opened_on"]) == (
        club,
        "Xã Mường Động",
        "2018-05-02",
    )
    assert meeting(clb, club, "2025-07-05", "hoi-moi") == 0


def test_the_compiled_successions_of_hoa_binh_are_marked_unconfirmed(clb) -> None:
    code, answer = clb(
        "commune", "search", "tu son", "--province", "hoa_binh", "--on", "2019-01-01"
    )
    assert code == 0
    assert [row["name"] for row in answer] == ["Xã Tú Sơn"]
    assert answer[0]["confirmed"] is False
    assert answer[0]["valid_to"] == "2025-06-30"
    _code, later = clb(
        "commune", "search", "tú sơn", "--province", "hoa_binh", "--on", "2025-07-01"
    )
    assert [(row["name"], row["successor"]) for row in later] == [("Xã Tú Sơn", "name:mường động")]


def test_a_list_of_units_is_loaded_once_and_replaced(clb, tmp_path: Path) -> None:
    listed = tmp_path / "units.csv"
    listed.write_text(
        "id,name,kind,parent,valid_from,valid_to,successor,source\n"
        "05014,Xã Mường Động,xã,Phú Thọ,2025-07-01,,,danh mục\n"
        "00123,Xã Cũ,xã,Kim Bôi,01/01/2000,30/06/2025,05014,danh mục\n",
        encoding="utf-8-sig",
    )
    for _time in range(2):
        code, answer = clb("commune", "import", str(listed), "--province", "hoa_binh", "--as", "qt")
        assert (code, answer["imported"]) == (0, 2)
    _code, found = clb("commune", "search", "xa cu", "--province", "hoa_binh")
    assert [(row["id"], row["valid_from"], row["successor"]) for row in found] == [
        ("00123", "2000-01-01", "05014")
    ]
    assert clb("audit", "verify")[1]["ok"] is True
    assert clb("db", "check")[0] == 0


def test_a_bad_list_of_units_changes_nothing(clb, tmp_path: Path) -> None:
    listed = tmp_path / "units.csv"
    listed.write_text(
        "id,name,kind,valid_from\n1,Xã Dét,xã,31/02/2020\n2,Xã Dô,xã,\n", encoding="utf-8"
    )
    code, answer = clb("commune", "import", str(listed), "--province", "hoa_binh", "--as", "qt")
    assert code == 2
    assert "31/02/2020" in answer["error"]["message"]
    assert "valid_from" in answer["error"]["message"]
    assert clb("commune", "search", "Xã Dét", "--province", "hoa_binh")[1] == []


def test_only_province_and_admin_load_units(clb, tmp_path: Path) -> None:
    listed = tmp_path / "units.csv"
    listed.write_text("id,name,kind,valid_from\n1,Xã A,xã,2020-01-01\n", encoding="utf-8")
    code, _answer = clb("commune", "import", str(listed), "--province", "hoa_binh", "--as", "hoi")
    assert code == 3


def test_a_list_that_says_the_same_as_the_policy_moves_no_club(clb, tmp_path: Path) -> None:
    open_in_tu_son(clb)
    rows = (
        "id,name,kind,valid_from,valid_to,successor,source",
        "05014,Xã Tú Sơn,xã,2025-01-04,2025-06-30,05086,danh mục",
        "05086,Xã Mường Động,xã,2025-07-01,,,danh mục",
    )
    file = tmp_path / "units.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    code, answer = clb("commune", "import", str(file), "--province", "hoa_binh", "--as", "qt")
    assert (code, answer["moved"]) == (0, [])
