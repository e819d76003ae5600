"""Names and places are in the order of the Vietnamese alphabet wherever they are listed."""

import json
from pathlib import Path

import pytest
from support.roster_cli import PROVINCE, Office

PLACES = [
    ("Phường Số 2", "Tổ 1"),
    ("Phường Số 10", "Tổ 1"),
    ("Xã Dũng Liệt", "Thôn An"),
    ("Xã Đại Bái", "Thôn 2"),
    ("Xã Đại Bái", "Thôn 10"),
    ("Xã Đào Viên", "Thôn Ấp"),
    ("Xã Yên Trung", "Thôn Đông"),
]
"""In the order asked for: Đ after D, 2 before 10, ă and â after a, the tone last."""


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    office = Office(tmp_path, monkeypatch, capsys)
    office.prepared("places in order", lambda: opened(office))
    return office


def opened(office: Office) -> str:
    registry = office.registry()
    officers = registry.officers
    from support.roster_cli import OFFICERS

    from engine.model import Officer, Role

    for place, (commune, village) in enumerate(reversed(PLACES)):
        who = f"hoi-{place}"
        officers.add(
            Officer(who, f"Hội {commune}", Role.ASSOCIATION, PROVINCE, commune), by=OFFICERS[0].id
        )
        made = office.run(
            *("club", "open", "--province", PROVINCE, "--commune", commune, "--village", village),
            *("--name", f"CLB {village}", "--on", "2021-08-01", "--as", who),
        )
        assert made.code == 0, made.err
    registry.store.close()
    return ""


def test_the_list_of_clubs(office: Office) -> None:
    listed = office.run("club", "list", "--json").data
    assert [(one["commune"], one["village"]) for one in listed] == PLACES


def test_the_clubs_of_a_report(office: Office) -> None:
    out = office.folder / "o.json"
    build = ("report", "build", PROVINCE, "overview", "--format", "json", "--out", out)
    assert office.run(*build).code == 0
    built = json.loads(out.read_text(encoding="utf-8"))
    assert [(one["commune"], one["village"]) for one in built["clubs"]] == PLACES
    assert [one["commune"] for one in built["communes"]] == list(
        dict.fromkeys(commune for commune, _village in PLACES)
    )
