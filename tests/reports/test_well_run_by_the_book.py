"""A well run club is judged by its own book where it keeps one, and the row names what counted."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from support.land import Land, land, people

from engine.reports.progress import explain

ACTIVITIES = (
    *("income_generation", "health_care", "home_care", "community_support"),
    *("rights", "knowledge", "culture_sport", "resource_building"),
)
ON = date(2022, 12, 31)
SEEN, REVIEWED = date(2022, 4, 1), date(2022, 10, 3)


@pytest.fixture
def bac_ninh(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", date(2026, 6, 30)) as here:
        yield here


def club(here: Land) -> str:
    members = people("1950", "1951", "1952", "1953")
    return here.club(date(2021, 9, 1), members=members, launched=date(2021, 10, 1))


def reviewed(here: Land, one: str) -> None:
    here.take(one, "review", REVIEWED, {"year": 2022, "well_run": True})


def seen(here: Land, one: str, borrowers: int, activities: Sequence[str]) -> None:
    figures = {"borrowers": borrowers, "activities": list(activities)}
    here.take(one, "supervise", SEEN, figures)


def met(here: Land, one: str, *activities: str) -> None:
    form = {"attendance": 4, "activities": list(activities)}
    here.take(one, "meeting", date(2022, 3, 12), form)


def lent(here: Land, one: str, *places: int) -> None:
    gift = {"kind": "contribution", "source": "donor", "fund": "income", "amount": 9_000_000}
    here.take(one, "fund", date(2022, 1, 5), gift)
    for place in places:
        loan = {"member": f"Nguyễn Thị {place}195{place}", "amount": 1_000_000, "months": 24}
        here.take(one, "lend", date(2022, 1, 10), loan)


def why(here: Land) -> dict[str, str | None]:
    (found,) = explain(here.store, here.rules, here.province, ON, "well_run")
    return {line.id: line.why for line in found.rows}


def counted(here: Land) -> int:
    return int(here.row("well_run", ON)["actual"])


def test_recorded_meetings_count_where_the_supervision_found_less_or_more(bac_ninh: Land) -> None:
    all_met, seven = club(bac_ninh), club(bac_ninh)
    met(bac_ninh, all_met, *ACTIVITIES)
    met(bac_ninh, seven, *ACTIVITIES[:7])
    seen(bac_ninh, all_met, 2, ACTIVITIES[:7])
    seen(bac_ninh, seven, 2, ACTIVITIES)
    for one in (all_met, seven):
        reviewed(bac_ninh, one)
    assert why(bac_ninh) == {all_met: "by_meetings", seven: "few_activities_met"}
    assert counted(bac_ninh) == 1


def test_the_loan_book_counts_and_a_row_names_it_either_way(bac_ninh: Land) -> None:
    half, few = club(bac_ninh), club(bac_ninh)
    lent(bac_ninh, half, 0, 1)
    lent(bac_ninh, few, 0)
    seen(bac_ninh, half, 1, ACTIVITIES)
    seen(bac_ninh, few, 4, ACTIVITIES)
    for one in (half, few):
        reviewed(bac_ninh, one)
    assert why(bac_ninh) == {half: "by_book", few: "few_borrowers_booked"}
    assert counted(bac_ninh) == 1


def test_a_club_with_both_books_needs_no_supervision(bac_ninh: Land) -> None:
    booked, met_alone = club(bac_ninh), club(bac_ninh)
    lent(bac_ninh, booked, 0, 1)
    for one in (booked, met_alone):
        met(bac_ninh, one, *ACTIVITIES)
        reviewed(bac_ninh, one)
    assert why(bac_ninh) == {booked: "by_own_book", met_alone: "no_figures"}
    assert counted(bac_ninh) == 1
