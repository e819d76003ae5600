"""The reports a commune makes of its own clubs, and a period that no document asks for any more."""

import json
from typing import Any

from jsonschema import Draft202012Validator
from support.roster_cli import Office

import schemas


def build(office: Office, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(office.run("report", "build", "bac_ninh", *arguments).out)
    Draft202012Validator(schemas.load("report")).validate(found)
    return found


def test_a_commune_has_two_reports_and_no_day_is_claimed_for_them(office: Office) -> None:
    found = office.json(
        "report-list", "report", "list", "bac_ninh", "--commune", "Xã Phú Lâm", "--on", "2022-03-01"
    )
    assert [one["id"] for one in found] == ["commune_half_year", "commune_year"]
    for one in found:
        assert (one["due_on"], one["due_rule"], one["status"]) == (None, None, "not_stipulated")
        assert one["source"] == "general procedure, not a provision of the province"
        assert len(one["to"]) == 3
        assert all("xã Phú Lâm" in to for to in one["to"])


def test_it_is_about_the_clubs_of_the_commune_alone(office: Office) -> None:
    office.decided_club()
    whole = build(office, "year", "--period", "2021")
    commune = whole["clubs"][0]["commune"]
    made = build(office, "commune_year", "--period", "2021", "--commune", commune)
    own = [one for one in whole["clubs"] if one["commune"] == commune]
    assert made["clubs"] == own
    assert made["commune"] == commune
    assert made["figures"]["clubs"] == len([one for one in own if one["decided_on"]])
    assert made["progress"] == made["earlier_reports"] == made["sections"] == []
    assert {one["club"] for one in made["overdue"]} <= {one["club"] for one in own}


def test_a_commune_without_a_club_is_refused_with_those_that_have_one(office: Office) -> None:
    office.decided_club()
    answer = office.run(
        *("report", "build", "bac_ninh", "commune_year", "--period", "2021"),
        *("--commune", "Xã Không Có"),
    )
    assert answer.code == 2
    assert "CLB-COMMUNE-UNKNOWN" in answer.err
    assert "phường Đình Bảng" in answer.err


def test_a_period_after_the_document_says_so_and_offers_the_general_report(
    office: Office,
) -> None:
    answer = office.run("report", "build", "bac_ninh", "half_year", "--period", "2026H1")
    assert answer.code == 2
    shown = " ".join(answer.err.split())
    assert "31/12/2025" in shown
    assert "overview --period 2026H1" in shown
    assert build(office, "overview", "--period", "2026H1", "--on", "2026-07-01")["period"][
        "id"
    ] == ("2026H1")
