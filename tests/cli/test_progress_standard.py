"""``clb progress --explain`` keeps met, not met and not known of the standard apart."""

from datetime import date
from pathlib import Path

import pytest
from support.land import TOWN, land
from support.roster_cli import Office

from engine.rules.communes import Unit

NAMES = ("Xã Đạt", "Xã Chưa Đạt", "Xã Chưa Biết", "Xã Trống")
PAPER = "Hướng dẫn 10/HD-HNCT"
ASKED = ("progress", "ha_noi", "--on", "2026-12-31", "--explain", "commune_coverage")


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    office = Office(tmp_path, monkeypatch, capsys)
    with land(tmp_path, "ha_noi", date(2026, 12, 31)) as here:
        listed = [
            Unit(f"0{number}", name, "Xã", "ha_noi", date(2025, 7, 1))
            for number, name in enumerate(NAMES)
        ]
        here.registry.province.import_units("ha_noi", listed, by=TOWN)
        for name, standard in zip(NAMES, ("met", "not_met", None), strict=False):
            club = here.club(date(2026, 5, 4), commune=name, launched=date(2026, 6, 1))
            answer = {"standard": standard, "standard_document": PAPER} if standard else {}
            here.take(club, "review", date(2026, 12, 1), {"year": 2026, **answer})
    monkeypatch.setenv("CLB_DATABASE", str(tmp_path / "ha_noi.sqlite3"))
    return office


def test_t_hn3_the_answer_has_three_lists(office: Office) -> None:
    row = office.json("progress-explain", *ASKED)["rows"][0]
    assert (row["actual"], row["denominator"], row["unknown"]) == (1, 4, 1)
    assert [one["name"] for one in row["counts"]] == ["Xã Đạt"]
    assert [one["name"] for one in row["counts_unknown"]] == ["Xã Chưa Biết"]
    assert {one["name"] for one in row["counts_not"]} == {"Xã Chưa Đạt", "Xã Trống"}
    (club,) = row["counts"][0]["clubs"]
    assert (club["part"], club["reason"], club["fact"]) == (1, None, PAPER)


def test_t_hn3_people_read_the_three_apart_with_each_clubs_document(office: Office) -> None:
    shown = " ".join(office.run(*ASKED).out.split())
    assert "Counted: 1" in shown
    assert "Not known: 1" in shown
    assert "Not counted: 2" in shown
    assert f"meets the standard ({PAPER})" in shown
    assert f"found not to meet the standard ({PAPER})" in shown
    assert "Communes of which it is not known: 1." in shown
