"""A built report: frozen at its last day, and the same twice."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from support.land import TOWN, Land, land, people

import schemas
from engine.errors import InputError, UnknownError
from engine.reports.building import Built, build, render_json
from engine.rules.calendar import Period

TODAY = date(2026, 6, 30)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", TODAY) as one:
        yield one


def made(here: Land, report: str, period: str | None, on: date = TODAY) -> Built:
    return build(here.store, here.registry.provinces, here.province, report, period, on)


def document(here: Land, report: str, period: str | None, on: date = TODAY) -> dict[str, Any]:
    found = made(here, report, period, on).document
    checker = FormatChecker(formats=["date"])
    Draft202012Validator(schemas.load("report"), format_checker=checker).validate(found)
    return found


def lived(here: Land) -> str:
    club = here.club(
        date(2021, 9, 1),
        members=people("1950", "1951", "1990-01-01"),
        trained=date(2021, 9, 20),
        launched=date(2021, 10, 1),
    )
    here.grant(club, date(2021, 11, 1))
    here.take(club, "supervise", date(2022, 4, 1))
    return club


def test_figures_are_those_of_the_periods_last_day(here: Land) -> None:
    club = lived(here)
    first = document(here, "year", "2021")
    here.take(club, "review", date(2022, 10, 3), {"year": 2022})
    here.add(club, people("1940"), date(2022, 10, 4))
    here.take(club, "dissolve", date(2023, 2, 1))
    second = document(here, "year", "2021")
    for part in ("figures", "progress", "clubs", "communes", "period", "earlier_reports"):
        assert first[part] == second[part], part
    (row,) = first["clubs"]
    assert (row["state"], row["members"], row["supervised_on"]) == ("launched", 3, None)
    (later,) = document(here, "year", "2022")["clubs"]
    assert (later["state"], later["members"], later["reviewed_year"]) == ("operating", 4, 2022)
    assert document(here, "year", "2023")["clubs"][0]["state"] == "dissolved"
    assert document(here, "year", "2023")["figures"]["clubs"] == 0


def test_built_twice_it_is_the_same_byte_for_byte(here: Land) -> None:
    lived(here)
    once = render_json(made(here, "half_year", "2022H1").document)
    again = render_json(made(here, "half_year", "2022H1", date(2024, 1, 1)).document)
    assert once == again
    assert json.loads(once)["figures"]["clubs"] == 1
    assert "Đề án" in once.decode()


def test_it_carries_the_head_of_the_log_the_policy_and_the_plugin(here: Land) -> None:
    lived(here)
    before = document(here, "year", "2022")
    policy = here.registry.provinces.policy("bac_ninh")
    assert before["policy"]["digest"] == policy.digest
    assert before["policy"]["plugin"] == "clb-bac-ninh"
    assert before["log"]["events"] == here.store.rows("SELECT count(*) FROM event")[0][0]
    here.club(date(2025, 9, 1))
    after = document(here, "year", "2022")
    assert after["log"]["head"] != before["log"]["head"]


def test_the_overview_is_of_the_day_asked(here: Land) -> None:
    lived(here)
    found = document(here, "overview", None, date(2021, 9, 20))
    day = "2021-09-20"
    days = {"id": day, "start": "2021-01-01", "end": day, "figures_on": day, "over": True}
    assert found["period"] == days
    assert found["figures"]["clubs_by_state"] == {"trained": 1}
    (row,) = found["clubs"]
    assert (row["trained_on"], row["launched_on"]) == ("2021-09-20", None)
    assert found["report"]["status"] == "not_stipulated"


def test_sums_leave_out_proposals_and_dissolved_clubs(here: Land) -> None:
    lived(here)
    here.clock.day = date(2022, 2, 1)
    here.club(members=people("1950"))
    withdrawn = here.club(members=people("1950"))
    here.take(withdrawn, "withdraw", date(2022, 1, 30))
    gone = here.club(date(2021, 9, 1), members=people("1950", "1950"))
    here.take(gone, "dissolve", date(2022, 1, 5))
    here.clock.day = TODAY
    found = document(here, "year", "2022")
    sums = found["figures"]
    assert (sums["clubs"], sums["members"], sums["clubs_decided"]) == (1, 3, 2)
    assert sums["clubs_dissolved_in_period"] == 1
    assert sums["clubs_by_state"] == {"preparing": 1, "operating": 1, "dissolved": 1}
    assert withdrawn not in {row["club"] for row in found["clubs"]}
    assert [row["clubs"] for row in found["communes"]] == [1]


def test_earlier_reports_have_when_they_were_sent_and_how_late(here: Land) -> None:
    lived(here)
    send = here.registry.province.send_report
    send("bac_ninh", "year", Period.parse("2021"), date(2021, 12, 24), by=TOWN)
    send("bac_ninh", "half_year", Period.parse("2022H1"), date(2022, 6, 17), by=TOWN)
    found = document(here, "year", "2023")["earlier_reports"]
    assert [(one["period"], one["sent_on"], one["days_late"]) for one in found] == [
        ("2021", "2021-12-24", 5),
        ("2022H1", "2022-06-17", 0),
        ("2022", None, 377),
        ("2023H1", None, 195),
    ]


def test_an_agency_nobody_confirmed_and_an_ended_programme_are_noticed(here: Land) -> None:
    lived(here)
    assert not any("Sở Y tế" in one for one in document(here, "year", "2024")["notices"])
    assert any("Sở Y tế" in one for one in document(here, "year", "2025")["notices"])
    over = document(here, "overview", "2026")["notices"]
    assert any("31/12/2025" in one for one in over)


def test_an_unknown_report_is_refused_with_the_nearest(here: Land) -> None:
    with pytest.raises(UnknownError) as raised:
        made(here, "half_yaer", "2022H1")
    assert "half_year" in raised.value.help


def test_a_report_outside_its_document_is_not_made_up(here: Land) -> None:
    with pytest.raises(InputError):
        made(here, "year", "2031")


def test_a_period_that_is_not_over_is_reported_up_to_the_day_and_marked(here: Land) -> None:
    club = lived(here)
    here.take(club, "supervise", date(2022, 10, 1))
    found = document(here, "year", "2022", date(2022, 4, 11))
    days = {"end": "2022-12-31", "figures_on": "2022-04-11", "over": False}
    assert found["period"] == {"id": "2022", "start": "2022-01-01", **days}
    assert found["notices"][0].endswith("11/04/2022.")
    assert found["figures"]["supervisions"] == 1
    assert found["clubs"][0]["supervised_on"] == "2022-04-01"
    late = {one["kind"]: one["overdue_days"] for one in found["overdue"]}
    assert late == {"report": 113, "training_supplementary": 22}
    whole = document(here, "year", "2022")
    assert whole["period"]["over"] is True
    assert whole["figures"]["supervisions"] == 2
    assert whole["notices"] == found["notices"][1:]


def test_a_period_is_over_on_its_last_day_and_not_the_day_before(here: Land) -> None:
    lived(here)
    assert document(here, "year", "2022", date(2022, 12, 31))["period"]["over"] is True
    assert document(here, "year", "2022", date(2022, 12, 30))["period"]["over"] is False


def test_a_period_that_has_not_begun_has_no_report(here: Land) -> None:
    with pytest.raises(InputError) as raised:
        made(here, "year", "2023", date(2022, 12, 31))
    assert raised.value.code == "CLB-PERIOD"
    assert "--on" in raised.value.help
