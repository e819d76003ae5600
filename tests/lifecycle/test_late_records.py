"""What is typed long after its day is seen in the history and in the overview."""

import json
from datetime import date

import pytest
from support.core import ASSOCIATION, Core, codes
from support.roster_cli import PROVINCE, Office

from engine.errors import RefusedError
from engine.vietnamese.text import number


def test_history_and_overview_mark_what_was_recorded_late(office: Office) -> None:
    club = office.open_club(on="2021-08-01")
    today = office.registry().lifecycle.today().isoformat()
    office.advance(club, "rename", "name=CLB Mới", "document=x", f"date={today}", "--as", "ubnd")
    events = office.json("club-history", "club", "history", club)
    assert events[0]["days_late"] > 1000
    assert events[1]["days_late"] is None
    shown = office.run("club", "history", club).out.splitlines()
    assert shown[2] == f"       recorded {number(events[0]['days_late'])} days later"
    out = office.folder / "o.json"
    built = office.run("report", "build", PROVINCE, "overview", "--format", "json", "--out", out)
    assert built.code == 0, built.err
    assert [one["recorded_late"] for one in json.loads(out.read_text())["clubs"]] == [1]


def test_a_file_of_1900_is_asked_for_a_reason(core: Core) -> None:
    on = date(1900, 1, 1)
    with pytest.raises(RefusedError) as caught:
        core.open(on)
    assert "CLB-OPEN-BEFORE" in codes(caught.value)
    core.open(on, ack={"CLB-OPEN-BEFORE": "Câu lạc bộ có từ trước"}, officer=ASSOCIATION)


def test_a_file_moved_to_before_the_first_document_is_asked_too(core: Core) -> None:
    club = core.open()
    changes = {"seq": 1, "changes": {"date": "2000-01-01"}}
    assert "CLB-OPEN-BEFORE" in codes(core.refusal(club, "correct", None, changes))
