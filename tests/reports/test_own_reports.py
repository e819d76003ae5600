"""A report of the plugin's own is asked for of its period, wherever reports are asked about."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.land import Land, land
from support.province_plugin import province_of

from engine.errors import InputError, UnknownError
from engine.model import TaskKind
from engine.reports.building import build
from engine.reports.due import due, finished
from engine.reports.own_reports import OwnReports
from engine.reports.province_reports import catalogue, listed, period_of
from engine.rules.calendar import Period

pytestmark = pytest.mark.usefixtures("english")

TODAY = date(2026, 9, 10)
CODE = """
from engine import ReportSpec, hookimpl

@hookimpl
def clb_reports(request):
    assert (request.on.month, request.on.day) in ((6, 30), (12, 31)), request.on
    found = []
    if request.on.month == 6 and request.on.year >= 2026:
        found.append(ReportSpec("own_rains", "Before the rains", "half_year", "KH 1, 2", "06-20"))
    if request.on.year >= 2025:
        found.append(ReportSpec("own_year", "Care", "year", "KH 1, 3", "03-15", ("Sở A",)))
    return found
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Land]:
    provinces = province_of(tmp_path, monkeypatch, code=CODE)
    with land(tmp_path, "tinh_thu", TODAY, provinces) as made:
        made.open(date(2025, 2, 3))
        yield made


def owed(here: Land, on: date) -> list[tuple[str | None, str | None, date | None]]:
    own = OwnReports(here.registry.provinces, here.province)
    rows = due(here.store, here.rules, here.province, on, past=True, own=own)
    return [(one.report, one.period, one.due_on) for one in rows if one.kind is TaskKind.REPORT]


def test_it_is_listed_with_the_period_that_is_due_next(here: Land) -> None:
    rules = catalogue(here.registry.provinces, here.province, date(2026, 2, 1)).rules
    rows = {one.id: listed(here.rules, one, date(2026, 2, 1)) for one in rules}
    assert (rows["own_rains"]["period"], rows["own_rains"]["due_on"]) == (
        "2026H1",
        date(2026, 6, 19),
    )
    assert (rows["own_year"]["period"], rows["own_year"]["to"]) == ("2025", ["Sở A"])


def test_it_falls_due_for_the_periods_that_have_it_and_no_other(here: Land) -> None:
    assert owed(here, TODAY) == [
        ("own_year", "2025", date(2026, 3, 14)),
        ("own_rains", "2026H1", date(2026, 6, 19)),
        ("own_year", "2026", date(2027, 3, 14)),
    ]


def test_what_was_sent_is_owed_no_more_and_counts_as_done(here: Land) -> None:
    here.registry.province.send_report(
        here.province,
        "own_rains",
        Period.parse("2026H1"),
        date(2026, 6, 18),
        by=here.officers.admin,
    )
    own = OwnReports(here.registry.provinces, here.province)
    gone = finished(here.store, here.rules, here.province, date(2026, 1, 1), TODAY, own)
    assert [(one.report, one.period) for one in gone] == [("own_rains", "2026H1")]
    assert "own_rains" not in [one[0] for one in owed(here, TODAY)]


def test_it_is_built_of_its_period_whatever_day_it_is(here: Land) -> None:
    found = build(here.store, here.registry.provinces, here.province, "own_rains", "2026H1", TODAY)
    assert found.document["report"]["due_on"] == "2026-06-19"
    rows = [(one["report"], one["period"]) for one in found.document["earlier_reports"]]
    assert ("own_rains", "2026H1") not in rows


def test_a_period_that_has_it_not_is_refused(here: Land) -> None:
    rule = catalogue(here.registry.provinces, here.province, date(2026, 3, 1)).find("own_rains")
    for period in ("2025H1", "2026H2", "2026"):
        with pytest.raises(InputError, match="not asked for"):
            period_of(rule, period, TODAY)
    with pytest.raises(UnknownError):
        catalogue(here.registry.provinces, here.province, TODAY).find("own_rains")


def test_a_province_whose_code_has_no_such_hook_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provinces = province_of(tmp_path, monkeypatch, code="raise RuntimeError('imported')\n")
    assert OwnReports(provinces, "tinh_thu").on(date(2026, 6, 30)) == ()
