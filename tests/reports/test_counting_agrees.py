"""The figures of generated provinces, against SQL written by hand over the same tables."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from support.land import Land, land, scatter

from engine.cli import run
from engine.reports.building import build
from engine.reports.columns import RECORDS
from engine.reports.progress import explain

pytestmark = pytest.mark.slow

ON = date(2024, 6, 30)
CUT_OFFS = (ON, date(2022, 12, 31), date(2021, 12, 31))

CLUBS = "SELECT count(*) FROM club WHERE decided_on BETWEEN '2021-01-01' AND :on"
THERE = "decided_on <= :on AND (ended_on IS NULL OR ended_on > :on)"
ELDERLY = f"""
SELECT count(*) FROM member JOIN club ON club.id = member.club
WHERE decided_on >= '2021-01-01' AND {THERE} AND joined_on <= :on
AND coalesce(left_on, '9999') > :on AND born <= date(:on, '-60 years')"""
TRAINED = f"""
SELECT sum(trained_on <= :on AND id IN (
  SELECT club FROM supervision WHERE on_date BETWEEN '2021-01-01' AND :on AND voided_by IS NULL
)), count(*) FROM club WHERE {THERE}"""
STANDS = """on_date <= :on AND kind <> 'reversal' AND seq NOT IN (
      SELECT reverses FROM ledger WHERE club = one.club AND reverses > 0 AND on_date <= :on)"""
BOTH_FUNDS = f"""
SELECT sum(
  launched_on <= :on AND charter
  AND (instr(funds_opened, 'income') OR id IN (
    SELECT club FROM ledger one WHERE fund = 'income' AND {STANDS}))
  AND (instr(funds_opened, 'operating') OR id IN (
    SELECT club FROM ledger one WHERE fund = 'operating' AND {STANDS}))
), count(*) FROM club WHERE {THERE}"""
WELL_RUN = f"""
SELECT sum(EXISTS (
  SELECT 1 FROM review r WHERE r.club = club.id AND r.well_run
  AND r.seq = (SELECT seq FROM review WHERE club = r.club AND on_date BETWEEN '2021-01-01' AND :on
               ORDER BY year DESC LIMIT 1)
) AND EXISTS (
  SELECT 1 FROM supervision s WHERE s.club = club.id AND 2 * s.borrowers >= s.members
  AND s.activities LIKE '%,%,%,%,%,%,%,%'
  AND s.on_date = (SELECT max(on_date) FROM supervision WHERE club = s.club AND on_date <= :on)
)), count(*) FROM club WHERE {THERE}"""
MAINTAINED = """
SELECT sum(coalesce(ended_on, '9999') > :on AND id NOT IN (
  SELECT substr(stream, 6) FROM event e WHERE step = 'suspend' AND on_date <= :on
  AND NOT EXISTS (SELECT 1 FROM event r WHERE r.stream = e.stream AND r.step = 'resume'
                  AND r.on_date <= :on)
)), count(*) FROM club WHERE decided_on <= :on AND launched_on <= :on
AND coalesce(ended_on, '9999') >= '2021-01-01'"""
GRANTS = """
SELECT sum(amount) FROM ledger
WHERE kind = 'grant' AND source = 'province_budget' AND on_date BETWEEN '2021-07-28' AND :on"""
MEMBERS = f"""
SELECT count(*), sum(sex = 'F'), sum(circumstance = 'poor') FROM member
WHERE joined_on <= :on AND club IN (SELECT id FROM club WHERE {THERE})"""
FUNDS = f"""
SELECT sum(delta) FROM ledger
WHERE on_date <= :on AND club IN (SELECT id FROM club WHERE {THERE})"""

RECEIVED = """
SELECT substr(on_date, 1, 4), fund, source, sum(amount) FROM ledger one
WHERE kind IN ('grant', 'contribution') AND on_date <= :on AND seq NOT IN (
  SELECT reverses FROM ledger WHERE club = one.club AND reverses > 0 AND on_date <= :on)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


@pytest.fixture(scope="module", params=[1, 37, 500], ids="{} clubs".format)
def province(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Land]:
    folder = tmp_path_factory.mktemp("province")
    with land(folder, "bac_ninh", ON) as here:
        scatter(here, request.param, seed=request.param)
        yield here


def by_hand(here: Land, sql: str, on: date) -> tuple[int, ...]:
    """Run SQL on the file with nothing of the engine between."""
    connection = sqlite3.connect(str(here.store.target.path))
    row = connection.execute(sql, {"on": on.isoformat()}).fetchone()
    connection.close()
    return tuple(int(one or 0) for one in row)


def rows_by_hand(here: Land, sql: str, on: date) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(str(here.store.target.path))
    rows = connection.execute(sql, {"on": on.isoformat()}).fetchall()
    connection.close()
    return rows


def figures(here: Land, goal: str, on: date) -> tuple[int, ...]:
    row = here.row(goal, on)
    return (row["actual"],) if row["denominator"] is None else (row["actual"], row["denominator"])


@pytest.mark.parametrize("on", CUT_OFFS, ids=str)
@pytest.mark.parametrize(
    ("goal", "sql"),
    [
        ("new_clubs", CLUBS),
        ("elderly_members", ELDERLY),
        ("trained_and_supervised", TRAINED),
        ("both_funds", BOTH_FUNDS),
        ("well_run", WELL_RUN),
        ("clubs_maintained", MAINTAINED),
        ("total_grants", GRANTS),
    ],
)
def test_progress_is_what_the_tables_hold(province: Land, goal: str, sql: str, on: date) -> None:
    expected = by_hand(province, sql, on)
    found = figures(province, goal, on)
    assert found == (expected if expected[-1] else expected[:1])


@pytest.mark.parametrize("on", CUT_OFFS, ids=str)
def test_a_report_has_the_targets_that_the_command_shows(
    province: Land, on: date, capsys: pytest.CaptureFixture[str]
) -> None:
    database = ("--database", str(province.store.target.path))
    assert run(["progress", "bac_ninh", "--on", on.isoformat(), "--json", *database]) == 0
    shown = json.loads(capsys.readouterr().out)
    made = build(
        province.store, province.registry.provinces, "bac_ninh", "overview", None, on
    ).document
    assert made["progress"] == shown
    assert len(shown) > 5


@pytest.mark.parametrize("on", CUT_OFFS, ids=str)
def test_a_report_has_the_same_sums_as_its_rows_and_as_the_tables(province: Land, on: date) -> None:
    made = build(
        province.store, province.registry.provinces, "bac_ninh", "overview", None, on
    ).document
    sums = made["figures"]
    assert (sums["members"], sums["women"], sums["poor"]) == by_hand(province, MEMBERS, on)
    funds = [sums[name] or 0 for name in ("income_fund", "operating_fund")]
    assert (sum(funds),) == by_hand(province, FUNDS, on)
    for name in ("members", "women", "elderly", "grants", "operating_fund"):
        assert (sums[name] or 0) == sum(row[name] or 0 for row in made["communes"])
        living = [one for one in made["clubs"] if one["decided_on"] and not one["ended_on"]]
        assert (sums[name] or 0) == sum(row[name] or 0 for row in living)
    assert sums["clubs"] == sum(row["clubs"] for row in made["communes"]) == len(living)
    assert sum(sums["clubs_by_state"].values()) == len(made["clubs"])


@pytest.mark.parametrize("on", CUT_OFFS, ids=str)
def test_the_reports_of_all_communes_add_up_to_the_provinces(province: Land, on: date) -> None:
    provinces, year = province.registry.provinces, str(on.year)
    whole = build(province.store, provinces, "bac_ninh", "overview", year, on).document
    parts = [
        build(
            *(province.store, provinces, "bac_ninh", "commune_year", year, on),
            commune=row["commune"],
        ).document
        for row in whole["communes"]
    ]
    assert parts
    for name in ("clubs", "members", "women", "income_fund", "grants", *(x.name for x in RECORDS)):
        found = [one["figures"][name] for one in parts]
        assert sum(one or 0 for one in found) == (whole["figures"][name] or 0), name
    assert sum(one["received"]["total"] for one in parts) == whole["received"]["total"]
    late = [one for one in whole["overdue"] if one["club"]]
    assert sum(len(one["overdue"]) for one in parts) == len(late)


@pytest.mark.parametrize("on", CUT_OFFS, ids=str)
def test_money_received_is_what_the_ledger_holds_by_year_fund_and_source(
    province: Land, on: date
) -> None:
    made = build(
        province.store, province.registry.provinces, "bac_ninh", "overview", None, on
    ).document["received"]
    rows = rows_by_hand(province, RECEIVED, on)
    assert [tuple(one.values()) for one in made["parts"]] == rows
    for name, place in (("by_year", 0), ("by_fund", 1), ("by_source", 2)):
        sums = {row[place]: 0 for row in rows}
        for row in rows:
            sums[row[place]] += row[3]
        assert made[name] == sums
    assert made["total"] == sum(row[3] for row in rows)


@pytest.mark.parametrize("on", CUT_OFFS, ids=str)
def test_the_clubs_behind_a_number_add_up_to_it(province: Land, on: date) -> None:
    for row in province.rows(on):
        if row.progress.actual is None or row.goal.id == "yearly_grants":
            continue
        (found,) = explain(province.store, province.rules, "bac_ninh", on, row.goal.id)
        parts: list[Any] = [line.part for line in found.rows if line.counts]
        assert sum(parts) == row.progress.actual, row.goal.id
        if row.counted.count.whole is not None:
            assert sum(line.whole for line in found.rows) == row.counted.count.whole
