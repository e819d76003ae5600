# ruff: noqa: N802  (tests are named for the facts they hold)
"""``clb progress``: the contract's rows, and why each number is what it is."""

from datetime import date, timedelta
from typing import Any

import pytest
from support.roster_cli import Office

from engine.cli import tables
from engine.provinces.load import Provinces
from engine.vietnamese.dates import dmy

FIRST_DAYS = {
    "bac_ninh": "2021-07-28",
    "hoa_binh": "2018-04-11",
    "hai_phong": "2020-10-21",
    "ha_noi": "2026-03-18",
}
"""The first day of each province's first programme document with targets."""

KEYS = [
    *("id", "label", "kind", "period", "target", "actual", "percent", "remaining"),
    *("needed_per_year", "status", "source"),
]


def rows(office: Office, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.json("progress", "progress", *args)
    return found


def row(office: Office, goal: str, *args: str) -> dict[str, Any]:
    (found,) = [one for one in rows(office, *args) if one["id"] == goal]
    return found


def test_BN_20_the_contracts_keys_with_a_percentage_of_one_decimal(office: Office) -> None:
    office.decided_club()
    found = row(office, "new_clubs", "bac_ninh", "--on", "2021-12-31")
    assert {name: found[name] for name in KEYS} == {
        "id": "new_clubs",
        "label": "CLB thành lập mới giai đoạn 2021-2025, ít nhất",
        "kind": "floor",
        "period": "2021-2025",
        "target": 40,
        "actual": 1,
        "percent": 2.5,
        "remaining": 39,
        "needed_per_year": 10,
        "status": "open",
        "source": "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.1",
    }
    assert list(found)[: len(KEYS)] == KEYS


def test_the_province_may_be_left_out_by_an_officer(office: Office) -> None:
    assert rows(office) == rows(office, "bac_ninh")


@pytest.mark.parametrize("province", ["bac_ninh", "hoa_binh", "hai_phong", "ha_noi"])
@pytest.mark.parametrize("on", ["2018-01-01", "2022-06-30", "2032-06-30", "2040-01-01"])
def test_every_province_answers_on_every_day(office: Office, province: str, on: str) -> None:
    first = FIRST_DAYS[province]
    assert bool(rows(office, province, "--on", on)) == (on >= first)
    assert office.run("progress", province, "--on", on, "--lang", "vi").code == 0


@pytest.mark.parametrize("province", FIRST_DAYS)
def test_no_document_is_cited_before_it_is_there(office: Office, province: str) -> None:
    first = date.fromisoformat(FIRST_DAYS[province])
    before = (first - timedelta(days=1)).isoformat()
    document = Provinces().policy(province).period(first)
    assert document is not None
    assert rows(office, province, "--on", before) == []
    text = " ".join(office.run("progress", province, "--on", before, "--lang", "vi").out.split())
    assert f"văn bản đầu tiên nêu là {document.short}, từ ngày {dmy(first)}" in text
    one = rows(office, province, "--on", first.isoformat())[0]
    answer = office.json(
        "progress-explain", "progress", province, "--on", before, "--explain", one["id"]
    )
    assert (answer["status"], answer["rows"]) == ("not_in_force", [])


def test_an_inferred_day_says_so_wherever_it_is_read(office: Office) -> None:
    day = "18/03/2026 (suy ra)"
    for args in (
        ("progress", "ha_noi", "--on", "2026-02-01"),
        ("policy", "show", "ha_noi", "lead.unit", "--on", "2027-02-01"),
        ("policy", "coverage", "ha_noi"),
        ("policy", "coverage", "ha_noi", "--document", "KHHN"),
        ("province", "show", "ha_noi"),
        ("province", "list"),
    ):
        text = " ".join(office.run(*args, "--lang", "vi").out.split())
        assert text.count("18/03/2026") == text.count(day) > 0, args


def test_HB_07_two_readings_are_two_rows(office: Office) -> None:
    found = [one for one in rows(office, "hoa_binh", "--on", "2020-06-30") if one["reading"]]
    assert [one["id"] for one in found] == ["new_clubs_stretch", "new_clubs_total_reading"]
    assert [one["target"] for one in found] == [150, 150]


def test_T_HP1_what_is_not_stipulated_is_null_with_its_status(office: Office) -> None:
    found = row(office, "new_clubs", "hai_phong", "--on", "2022-06-30")
    assert (found["target"], found["percent"], found["source"]) == (None, None, None)
    assert found["status"] == "not_stipulated"
    text = office.run("progress", "hai_phong", "--on", "2022-06-30", "--lang", "vi").out
    assert "không quy định" in text


def test_the_text_shows_bar_article_and_what_is_left(office: Office) -> None:
    office.decided_club()
    text = office.run("progress", "--on", "2021-12-31").out
    flat = " ".join(text.split())
    bar = tables.bar(1, 40)
    assert f"[new_clubs, 2021-2025] {bar} 2,5% 1 club 40 clubs Under way 39 clubs to go" in flat
    assert "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.1" in flat
    assert "4.000.000.000 đồng" in flat
    assert max(len(line) for line in text.splitlines()) <= 80


def test_an_explanation_names_article_facts_and_clubs(office: Office) -> None:
    club = office.decided_club()
    found = office.json(
        "progress-explain", "progress", "--on", "2021-12-31", "--explain", "both_funds"
    )
    (one,) = found["rows"]
    assert one["source"] == "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.2"
    assert [used["key"] for used in one["used"]] == ["fund.kinds", "fund.regulation"]
    assert one["used"][0]["value"] == ["income", "operating"]
    assert one["counts"] == []
    (line,) = one["counts_not"]
    assert (line["id"], line["reason"]) == (club, "not_launched")
    assert line["message"]


def test_an_explanation_as_text_lists_those_that_count_and_those_that_do_not(
    office: Office,
) -> None:
    club = office.decided_club()
    counted = office.run("progress", "--on", "2021-12-31", "--explain", "new_clubs").out
    assert "Counted: 1" in counted
    assert club in counted
    missing = office.run("progress", "--on", "2021-12-31", "--explain", "both_funds").out
    assert "Not counted: 1" in missing
    assert "not launched" in missing


def test_an_explanation_shows_the_other_reading(office: Office) -> None:
    found = office.json(
        *("progress-explain", "progress", "hoa_binh", "--on", "2020-06-30"),
        *("--explain", "new_clubs_stretch"),
    )
    (one,) = found["rows"]
    assert [other["id"] for other in one["readings"]] == ["new_clubs_total_reading"]
    text = office.run(
        "progress", "hoa_binh", "--on", "2020-06-30", "--explain", "new_clubs_stretch"
    ).out
    assert "new_clubs_total_reading" in text


def test_a_target_the_province_does_not_have_is_not_stipulated(office: Office) -> None:
    found = office.json("progress-explain", "progress", "bac_ninh", "--explain", "village_coverage")
    assert (found["status"], found["rows"]) == ("not_stipulated", [])
    text = office.run("progress", "--explain", "village_coverage", "--lang", "vi").out
    assert text.strip() == "không quy định"


def test_an_unknown_target_is_bad_input_with_the_nearest(office: Office) -> None:
    answer = office.run("progress", "--explain", "new_club", "--json")
    assert answer.code == 2
    assert answer.data["error"]["code"] == "CLB-TARGET-UNKNOWN"
    assert "new_clubs" in answer.data["error"]["help"]


def test_an_unknown_province_is_bad_input(office: Office) -> None:
    assert office.error("progress", "tinh_khac", code=2) == "CLB-PROVINCE-UNKNOWN"
