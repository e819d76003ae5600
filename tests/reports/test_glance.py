"""What only the overview has: the last quarters, limits to money, every commune of the list."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.glance import DAY, built
from support.land import TOWN, Land, land, scatter
from support.literals import Dated, document, rules

from engine.reports import figures
from engine.reports.building import build
from engine.reports.glance import glance as extra
from engine.reports.progress import explain
from engine.rules.communes import Unit
from engine.targets.words import met

pytestmark = pytest.mark.slow

JUNE = date(2022, 6, 30)
LIMIT = {"kind": "budget", "target": 8, "label": "Nhiều nhất"}
FIRST = Unit("1", "xã Một", "xã", "bac_ninh", date(2008, 1, 1))
COMMUNES = [FIRST, *(replace(FIRST, id=name, name=f"xã {name}") for name in ("Ba", "Đào", "Bốn"))]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", JUNE) as one:
        yield one


def overview(here: Land, on: date = JUNE, **how: Any) -> dict[str, Any]:
    document = build(
        here.store, here.registry.provinces, here.province, "overview", None, on, **how
    )
    return document.document


def glance(here: Land, on: date = JUNE) -> dict[str, Any]:
    found: dict[str, Any] = overview(here, on)["glance"]
    return found


def test_a_quarter_has_the_figures_that_a_report_of_its_last_day_has(tmp_path: Path) -> None:
    with land(tmp_path, "bac_ninh", DAY) as here:
        scatter(here, 12, seed=12)
        quarters = glance(here, DAY)["quarters"]
        assert [one["id"] for one in quarters][-3:] == ["2023Q4", "2024Q1", "2024Q2"]
        assert quarters[-1]["end"] == DAY.isoformat()
        for one in quarters:
            end = date.fromisoformat(one["end"])
            rows = figures.club_rows(here.store, here.rules, here.province, end, end)
            sums = figures.totals(here.store, here.rules, here.province, end, end, rows)
            assert (one["clubs"], one["members"]) == (sums["clubs"], sums["members"]), one


def test_quarters_before_the_first_club_are_left_out(here: Land) -> None:
    here.club(date(2022, 2, 1))
    assert [(one["id"], one["clubs"]) for one in glance(here)["quarters"]] == [
        ("2022Q1", 1),
        ("2022Q2", 1),
    ]
    assert glance(here, date(2022, 5, 9))["quarters"][-1]["end"] == "2022-05-09"


def test_limits_are_those_of_progress_and_a_years_has_its_amount(here: Land) -> None:
    for village in ("Thôn Đông", "Thôn Tây"):
        club = here.club(date(2022, 2, 1), village=village, launched=date(2022, 3, 1))
        here.grant(club, date(2022, 4, 1))
    found = {one["period"]: one for one in glance(here)["ceilings"]}
    assert list(found) == ["2021-2025", "2021", "2022"]
    assert found["2022"] == {
        "period": "2022",
        "limit": 800_000_000,
        "granted": 200_000_000,
        "percent": 25.0,
        "left": 600_000_000,
        "source": "QĐ 933/QĐ-UBND, Phần thứ ba, IV.1",
    }
    whole = here.row("total_grants", JUNE)
    assert found["2021-2025"]["granted"] == whole["actual"] == 200_000_000
    assert found["2021-2025"]["limit"] == whole["target"]
    assert found["2021-2025"]["left"] == whole["remaining"]


def test_a_budget_that_no_target_has_is_a_limit_too(here: Land) -> None:
    stated = rules(
        {
            "budget.total": [Dated({"clubs": 3, "amount": 300})],
            "budget.yearly": [Dated({"clubs": 1, "amount": 100})],
            "target.fewer": [Dated({**LIMIT, "measure": "clubs_decided", "unit": "clubs"})],
        },
        [document()],
    )
    found = extra(here.store, stated, here.province, JUNE, [])["ceilings"]
    assert [(one["period"], one["limit"], one["granted"]) for one in found] == [
        ("2021-2025", 300, 0),
        ("2021", 100, 0),
        ("2022", 100, 0),
    ]


@pytest.mark.parametrize("province", ["hoa_binh", "hai_phong", "ha_noi"])
def test_where_no_document_sets_a_limit_there_is_none(tmp_path: Path, province: str) -> None:
    with land(tmp_path, province, date(2026, 6, 30)) as there:
        assert glance(there, date(2026, 6, 30))["ceilings"] == []


def test_communes_without_a_club_are_known_from_the_list_alone(here: Land) -> None:
    here.club(date(2022, 2, 1))
    here.club(date(2022, 2, 1), commune="xã Ngoài")
    assert glance(here)["every_commune"] is None
    here.registry.province.import_units("bac_ninh", COMMUNES, by=TOWN)
    assert glance(here)["every_commune"] == [
        {"commune": "xã Ba", "clubs": 0, "listed": True},
        {"commune": "xã Bốn", "clubs": 0, "listed": True},
        {"commune": "xã Đào", "clubs": 0, "listed": True},
        {"commune": "xã Một", "clubs": 1, "listed": True},
        {"commune": "xã Ngoài", "clubs": 1, "listed": False},
    ]


def test_communes_without_a_club_are_those_that_progress_finds(tmp_path: Path) -> None:
    day = date(2026, 10, 30)
    with land(tmp_path, "ha_noi", day) as there:
        units = [replace(one, province="ha_noi") for one in COMMUNES]
        there.registry.province.import_units("ha_noi", units, by=TOWN)
        there.club(date(2026, 5, 1))
        every = glance(there, day)["every_commune"]
        found = explain(there.store, there.rules, "ha_noi", day, "commune_coverage")
        counted = [one for one in found if one.row.goal.target.start <= day]
        assert counted
        for one in counted:
            assert one.row.counted.count.whole == len(every)
            empty = [row.name for row in one.rows if row.why == "no_club_there"]
            assert empty == [row["commune"] for row in every if not row["clubs"]]
            assert len(empty) == 3


def test_what_was_overdue_and_reached_before_is_counted_as_on_that_day() -> None:
    document = built(37)
    before = built(37, "overview", "2023")
    assert before["period"]["figures_on"] == document["previous"]["end"]
    assert document["previous"]["overdue"] == len(before["overdue"])
    assert (document["previous"]["met"], document["previous"]["counted"]) == met(before["progress"])


def test_other_reports_have_no_glance() -> None:
    assert built(37, "half_year", "2022H1")["glance"] is None
