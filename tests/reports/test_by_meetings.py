"""Eight activities and a meeting a month are counted by the meetings recorded of a club."""

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
ON = date(2026, 8, 15)


@pytest.fixture
def ha_noi(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "ha_noi", date(2027, 6, 30)) as here:
        yield here


def launched(here: Land) -> str:
    return here.club(date(2026, 3, 2), launched=date(2026, 4, 10))


def meet(
    here: Land, club: str, months: Sequence[int], activities: Sequence[str] = ACTIVITIES
) -> None:
    for number in months:
        met = {"attendance": 40, "activities": list(activities)}
        here.take(club, "meeting", date(2026, number, 12), met)


def why(here: Land, on: date = ON, goal: str = "full_activities_monthly") -> dict[str, str | None]:
    found = explain(here.store, here.rules, here.province, on, goal)
    return {line.id: line.why for line in found[0].rows}


def counted(here: Land, on: date = ON) -> int:
    row = here.row("full_activities_monthly", on, "2026-2030")
    return int(row["actual"])


def test_a_meeting_in_each_full_month_after_the_launch_counts(ha_noi: Land) -> None:
    club = launched(ha_noi)
    meet(ha_noi, club, [5, 6, 7])
    assert why(ha_noi) == {club: "by_meetings"}
    assert counted(ha_noi) == 1


def test_a_month_without_a_meeting_and_a_missing_activity_are_named(ha_noi: Land) -> None:
    gap, seven = launched(ha_noi), launched(ha_noi)
    meet(ha_noi, gap, [5, 7])
    meet(ha_noi, seven, [5, 6, 7], ACTIVITIES[:7])
    assert why(ha_noi) == {gap: "few_months_met", seven: "few_activities_met"}
    assert counted(ha_noi) == 0


def test_the_activities_may_be_held_at_different_meetings(ha_noi: Land) -> None:
    club = launched(ha_noi)
    meet(ha_noi, club, [5, 6], ACTIVITIES[:4])
    meet(ha_noi, club, [7], ACTIVITIES[4:])
    assert counted(ha_noi) == 1


def test_the_last_day_of_a_month_asks_for_its_meeting(ha_noi: Land) -> None:
    club = launched(ha_noi)
    meet(ha_noi, club, [5, 6, 7])
    assert counted(ha_noi, date(2026, 8, 30)) == 1
    assert counted(ha_noi, date(2026, 8, 31)) == 0


def test_an_old_club_is_measured_from_its_first_recorded_meeting(ha_noi: Land) -> None:
    club = launched(ha_noi)
    meet(ha_noi, club, [7])
    assert why(ha_noi) == {club: "by_meetings"}


def test_a_club_without_recorded_meetings_has_the_figures_of_its_supervision(
    ha_noi: Land,
) -> None:
    seen, neither = launched(ha_noi), launched(ha_noi)
    figures = {"activities": list(ACTIVITIES), "meetings_held": 3}
    ha_noi.take(seen, "supervise", date(2026, 7, 1), figures)
    assert why(ha_noi) == {seen: None, neither: "not_supervised"}


def test_a_meeting_that_was_taken_back_is_none(ha_noi: Land) -> None:
    club = launched(ha_noi)
    meet(ha_noi, club, [5, 6, 7])
    seq = ha_noi.store.rows("SELECT max(seq) FROM meeting")[0][0]
    ha_noi.store.run("UPDATE meeting SET voided_by = 99 WHERE seq = ?", (seq,))
    assert why(ha_noi) == {club: "few_months_met"}


def test_the_income_fund_of_a_kept_book_is_its_money_and_what_is_owed(ha_noi: Land) -> None:
    club = ha_noi.club(date(2026, 3, 2), launched=date(2026, 4, 10), members=people("1950", "1951"))
    gift = {"kind": "contribution", "source": "donor", "fund": "income", "amount": 50_000_000}
    ha_noi.take(club, "fund", date(2026, 5, 4), gift)
    ha_noi.take(club, "supervise", date(2026, 5, 5), {"income_fund_balance": 1})
    assert why(ha_noi, goal="income_fund_minimum") == {club: "fund_small"}
    loan = {"member": "Nguyễn Thị 01950", "amount": 20_000_000, "months": 12}
    ha_noi.take(club, "lend", date(2026, 5, 6), loan)
    assert why(ha_noi, goal="income_fund_minimum") == {club: "by_book"}
    seq = ha_noi.store.rows("SELECT min(seq) FROM loan")[0][0]
    ha_noi.take(club, "write_off", date(2026, 6, 1), {"loan": seq, "amount": 100_000})
    assert why(ha_noi, goal="income_fund_minimum") == {club: "fund_small"}
    ha_noi.take(
        club, "repay", date(2026, 6, 2), {"loan": seq, "principal": 1_000_000, "interest": 100_000}
    )
    assert why(ha_noi, goal="income_fund_minimum") == {club: "by_book"}
