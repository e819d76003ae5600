"""Clubs that meet the standard (đạt chuẩn), villages with a club, and what is not known."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.faults import table_faults
from support.land import TOWN, Land, land

from engine.lifecycle.upkeep import rebuild
from engine.reports.progress import Explanation, explain
from engine.rules.communes import Unit
from engine.targets.progress import Count, Progress, Status, Target, progress_of

ON, AFTER = date(2026, 12, 31), date(2031, 6, 30)
TWO_TIER = date(2025, 7, 1)
PAPER = "Hướng dẫn 10/HD-HNCT"
COMMUNES = ("Xã Một", "Xã Hai", "Xã Ba", "Xã Bốn")
FIRST = "2026-2030"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "ha_noi", date(2032, 1, 1)) as made:
        yield made


def units(here: Land, *more: Unit) -> None:
    """Load four communes, and what else is given."""
    listed = [
        Unit(str(number), name, "Xã", "ha_noi", TWO_TIER) for number, name in enumerate(COMMUNES, 1)
    ]
    here.registry.province.import_units("ha_noi", [*listed, *more], by=TOWN)


def club(here: Land, commune: str, standard: str | None = None, on: date = ON) -> str:
    """Return a club whose review says that of the standard."""
    made = here.club(
        date(2026, 5, 4), commune=commune, launched=date(2026, 6, 1), trained=date(2026, 5, 20)
    )
    answers = {"standard": standard, "standard_document": PAPER} if standard else {}
    review(here, made, on, **answers)
    return made


def review(here: Land, made: str, on: date, **answers: Any) -> None:
    here.take(made, "review", on, {"year": on.year, **answers})


def explained(here: Land, goal: str, on: date = ON) -> Explanation:
    (found,) = [
        one
        for one in explain(here.store, here.rules, "ha_noi", on, goal)
        if one.row.goal.period == FIRST
    ]
    return found


def coverage(here: Land, on: date = ON) -> tuple[Any, ...]:
    """Return how many communes reach it, out of how many, and of how many it is not known."""
    counted = explained(here, "commune_coverage", on).row.counted.count
    return counted.part, counted.whole, counted.unknown


def test_t_hn3_met_not_met_and_not_known_are_three_things(here: Land) -> None:
    units(here)
    club(here, "Xã Một", "met")
    club(here, "Xã Hai", "not_met")
    club(here, "Xã Ba")
    assert coverage(here) == (1, 4, 1)
    why = {one.name: one.why for one in explained(here, "commune_coverage").rows}
    assert why == {
        "Xã Một": None,
        "Xã Hai": "few_to_standard",
        "Xã Ba": "standard_unknown",
        "Xã Bốn": "no_club_there",
    }


def test_each_club_is_reported_with_the_document_that_was_named(here: Land) -> None:
    units(here)
    club(here, "Xã Một", "met")
    club(here, "Xã Một", "not_met")
    (line,) = [one for one in explained(here, "commune_coverage").rows if one.name == "Xã Một"]
    assert [(one.part, one.why, one.fact) for one in line.clubs] == [
        (1, None, PAPER),
        (0, "standard_not_met", PAPER),
    ]


def test_the_last_review_that_says_something_counts(here: Land) -> None:
    units(here)
    made = club(here, "Xã Một", "met")
    review(here, made, date(2027, 12, 1))
    assert coverage(here, date(2027, 12, 31)) == (1, 4, 0)
    review(here, made, date(2028, 12, 1), standard="not_met", standard_document=PAPER)
    assert coverage(here, date(2028, 12, 31)) == (0, 4, 0)
    assert coverage(here, ON) == (1, 4, 0)


def test_xa_and_phuong_of_one_name_are_two_communes(here: Land) -> None:
    units(here, Unit("5", "Phường Một", "Phường", "ha_noi", TWO_TIER))
    club(here, "Phường Một", "met")
    assert coverage(here) == (1, 5, 0)
    why = {one.name: one.why for one in explained(here, "commune_coverage").rows}
    assert (why["Phường Một"], why["Xã Một"]) == (None, "no_club_there")
    club(here, "xã Một", "not_met")
    assert coverage(here) == (1, 5, 0)


def test_without_a_list_they_are_two_as_well(here: Land) -> None:
    club(here, "Xã Một", "met")
    club(here, "Phường Một", "met")
    club(here, "phường  một", "not_met")
    assert coverage(here) == (2, None, 0)


def test_a_dissolved_club_neither_counts_nor_is_not_known(here: Land) -> None:
    units(here)
    here.take(club(here, "Xã Một", "met"), "dissolve", date(2027, 1, 4))
    here.take(club(here, "Xã Hai"), "dissolve", date(2027, 1, 4))
    assert coverage(here, date(2027, 2, 1)) == (0, 4, 0)


def test_a_corrected_standard_counts_and_the_tables_are_the_logs_fold(here: Land) -> None:
    units(here)
    made = club(here, "Xã Một", "met")
    seq = here.registry.lifecycle.club(made).seq
    changes = {"seq": seq, "changes": {"standard": "not_met"}}
    here.take(made, "correct", date(2027, 1, 4), changes, like="review")
    rebuild(here.store)
    assert list(table_faults(here.store)) == []
    assert coverage(here, date(2027, 2, 1)) == (0, 4, 0)


def test_a_club_counts_for_what_its_commune_has_become(here: Land) -> None:
    old = Unit("9", "Xã Cũ", "Xã", "ha_noi", date(2004, 1, 1), date(2026, 8, 31), successor="10")
    new = Unit("10", "Xã Mới", "Xã", "ha_noi", date(2026, 9, 1))
    units(here, old, new)
    club(here, "Xã Cũ", "met")
    lines = explained(here, "commune_coverage").rows
    assert {one.name: one.counts for one in lines}["Xã Mới"]
    assert "Xã Cũ" not in {one.name for one in lines}


def test_without_a_list_of_communes_there_is_no_percentage(here: Land) -> None:
    club(here, "Xã Một", "met")
    club(here, "Xã Ba")
    row = explained(here, "commune_coverage").row
    assert (row.counted.count.part, row.counted.count.whole, row.progress.percent) == (
        1,
        None,
        None,
    )


COVERAGE = Target("coverage", 100, None, date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("count", "on", "status"),
    [
        (Count(1, 4, 1), AFTER, Status.NOT_MET),
        (Count(1, 4, 3), AFTER, Status.OPEN),
        (Count(0, 4, 4), AFTER, Status.OPEN),
        (Count(4, 4, 0), AFTER, Status.MET),
        (Count(1, 4, 0), ON, Status.OPEN),
    ],
)
def test_what_is_not_known_is_never_a_target_missed(count: Count, on: date, status: Status) -> None:
    found = progress_of(COVERAGE, count, on)
    assert isinstance(found, Progress)
    assert found.status is status


def test_a_coverage_reports_how_many_places_a_year_are_still_needed() -> None:
    found = progress_of(COVERAGE, Count(26, 126), date(2026, 12, 31))
    assert (found.remaining, found.needed_per_year, found.pace) == (100, 25, None)
    assert progress_of(COVERAGE, Count(26, 126), AFTER).needed_per_year is None


def test_hn_14_the_share_of_villages_needs_their_number(here: Land) -> None:
    units(here)
    here.club(date(2026, 5, 4), commune="Xã Một", village="Thôn Đông")
    row = explained(here, "village_coverage").row
    assert (row.progress.actual, row.progress.percent, row.progress.status) == (1, None, "open")
    assert row.counted.count.whole is None


def village(number: int, commune: int, name: str, kind: str = "Thôn") -> Unit:
    return Unit(f"v{number}", name, kind, "ha_noi", TWO_TIER, parent=str(commune))


def counted(here: Land) -> dict[str, bool]:
    """Return for each village behind the share whether it counts."""
    return {one.id: one.counts for one in explained(here, "village_coverage").rows}


def test_hn_14_a_list_with_villages_gives_the_share(here: Land) -> None:
    units(
        here,
        village(1, 1, "Thôn Đông"),
        village(2, 1, "Tổ dân phố 2", "Tổ dân phố"),
        village(3, 2, "Đông"),
        replace(village(4, 2, "Thôn Cũ"), valid_to=date(2026, 6, 30)),
    )
    here.club(date(2026, 5, 4), commune="Xã Một", village="thôn Đông")
    here.club(date(2026, 5, 4), commune="Xã Một", village="Thôn Đông")
    found = explained(here, "village_coverage")
    assert (found.row.counted.count.part, found.row.counted.count.whole) == (1, 3)
    assert (found.row.progress.percent, found.row.progress.status) == (333, "met")


def test_villages_of_one_name_in_xa_and_phuong_are_two(here: Land) -> None:
    units(
        here,
        Unit("5", "Phường Một", "Phường", "ha_noi", TWO_TIER),
        village(1, 1, "Thôn Đông"),
        village(2, 5, "Thôn Đông"),
    )
    here.club(date(2026, 5, 4), commune="Phường Một", village="Thôn Đông")
    assert counted(here) == {"v1": False, "v2": True}


def test_without_a_list_villages_are_kept_apart_by_what_their_commune_is(here: Land) -> None:
    for commune in ("Xã Một", "xã Một", "Phường Một"):
        here.club(date(2026, 5, 4), commune=commune, village="Thôn Đông")
    found = explained(here, "village_coverage")
    assert (found.row.counted.count.part, found.row.counted.count.whole) == (2, None)
    assert [one.fact for one in found.rows] == [1, 2]


def test_a_village_of_the_same_name_in_another_commune_is_another_village(here: Land) -> None:
    units(here, village(1, 1, "Thôn Đông"), village(2, 2, "Thôn Đông"))
    here.club(date(2026, 5, 4), commune="Xã Hai", village="Thôn Đông")
    assert counted(here) == {"v1": False, "v2": True}


def test_villages_that_differ_in_what_they_are_alone_are_two(here: Land) -> None:
    units(here, village(1, 1, "Xóm Đông", "Xóm"), village(2, 1, "Thôn Đông"))
    here.club(date(2026, 5, 4), commune="Xã Một", village="Thôn Đông")
    assert counted(here) == {"v1": False, "v2": True}
    here.club(date(2026, 5, 4), commune="Xã Một", village="Xóm Đông")
    assert counted(here) == {"v1": True, "v2": True}


def test_a_village_called_in_two_ways_is_one(here: Land) -> None:
    units(here, village(1, 1, "Thôn Đông"))
    for name in ("Thôn Đông", "Xóm Đông"):
        here.club(date(2026, 5, 4), commune="Xã Một", village=name)
    assert counted(here) == {"v1": True}


def test_a_village_that_is_not_listed_is_reported_and_not_counted(here: Land) -> None:
    units(here, village(1, 1, "Thôn Đông"))
    here.club(date(2026, 5, 4), commune="Xã Một", village="Thôn Lạ")
    found = explained(here, "village_coverage")
    assert (found.row.counted.count.part, found.row.counted.count.whole) == (0, 1)
    assert "village_not_listed" in [one.why for one in found.rows]
