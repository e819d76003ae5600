"""``clb report note``: difficulties, causes and proposals in words, carried into the reports."""

import json
from typing import Any

from jsonschema import Draft202012Validator
from support.roster_cli import Office

import schemas

YEAR = ("report", "note", "bac_ninh", "year", "--period", "2022")
COMMUNE = "xã Một"


def noted(office: Office, *arguments: str, by: str = "tinh") -> dict[str, Any]:
    found: dict[str, Any] = office.json("report-note", *arguments, "--as", by)
    return found


def report(office: Office, id_: str, *more: str, period: str = "2022") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        office.run("report", "build", "bac_ninh", id_, "--period", period, *more).out
    )
    Draft202012Validator(schemas.load("report")).validate(found)
    return found


def test_what_is_written_is_an_event_and_in_the_report(office: Office) -> None:
    answer = noted(
        office,
        *YEAR,
        *("--difficulties", "Kinh phí chậm", "--difficulties", "Thiếu phòng họp"),
        *("--causes", "Chưa bố trí dự toán", "--proposals", "Bổ sung kinh phí"),
    )
    assert answer["event"]["stream"] == "province:bac_ninh"
    assert report(office, "year")["notes"] == [
        {
            "commune": None,
            "report": "year",
            "period": "2022",
            "difficulties": ["Kinh phí chậm", "Thiếu phòng họp"],
            "causes": ["Chưa bố trí dự toán"],
            "proposals": ["Bổ sung kinh phí"],
        }
    ]
    assert report(office, "year", period="2021")["notes"] == []
    assert office.run("audit", "verify").code == 0


def test_a_part_that_is_written_again_replaces_itself_alone(office: Office) -> None:
    noted(office, *YEAR, "--difficulties", "Một", "--proposals", "Hai")
    noted(office, *YEAR, "--difficulties", "Ba")
    (found,) = report(office, "year")["notes"]
    assert (found["difficulties"], found["proposals"]) == (["Ba"], ["Hai"])
    answer = noted(office, *YEAR, "--difficulties", "", "--proposals", " ")
    assert (answer["difficulties"], answer["causes"]) == ([], None)
    assert report(office, "year")["notes"] == []


def test_it_is_carried_into_the_report_of_difficulties(office: Office) -> None:
    noted(office, *YEAR, "--difficulties", "Một", "--difficulties", "Hai", "--proposals", "Ba")
    noted(office, "report", "note", "bac_ninh", "half_year", "--period", "2022H1", "--causes", "X")
    made = report(office, "difficulties")
    assert [one["report"] for one in made["notes"]] == ["year", "half_year"]
    (section,) = made["subject"]
    assert section["rows"] == [["Bắc Ninh", "Một", "Ba"], ["Bắc Ninh", "Hai", ""]]


def test_a_communes_officer_writes_for_the_own_commune_alone(office: Office) -> None:
    office.decided_club()
    commune = report(office, "year")["clubs"][0]["commune"]
    answer = noted(
        office,
        *("report", "note", "bac_ninh", "commune_year", "--period", "2022"),
        *("--difficulties", "Thiếu người dạy"),
        by="hoi",
    )
    assert answer["commune"] == commune
    (found,) = report(office, "commune_year", "--commune", commune)["notes"]
    assert (found["commune"], found["difficulties"]) == (commune, ["Thiếu người dạy"])
    assert report(office, "difficulties")["subject"][0]["rows"] == [
        [commune, "Thiếu người dạy", ""]
    ]
    assert [one["commune"] for one in report(office, "year")["notes"]] == [commune]
    other = (*YEAR, "--commune", "Xã Khác Hẳn", "--causes", "x", "--as", "hoi")
    assert office.error(*other, code=3) == "CLB-SCOPE"


def test_a_note_without_a_text_is_refused(office: Office) -> None:
    assert office.error(*YEAR, "--as", "tinh", code=2) == "CLB-REPORT-NOTE"
