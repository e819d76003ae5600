"""What is counted from a club's own book is counted alike by every kind of database."""

from datetime import date

from support.core import Core

from engine.reports.columns import COLUMNS
from engine.reports.figures import rows_query
from engine.reports.queries import bound
from engine.targets.measures import MEASURES
from engine.targets.query_parts import ID_WIDTH

DAY = date(2022, 9, 15)
VALUES = {
    "from": "2022-01-01",
    "at": DAY.isoformat(),
    "ever": "0001-01-01",
    "first_month": 12 * 2022 + 1,
    "last_month": 12 * 2022 + 8,
    "activities_count": 2,
    "activities_listed": 3,
    "activity_ids": "".join(
        one.ljust(ID_WIDTH) for one in ("health_care", "culture_sport", "rights")
    ),
    "fund_minimum": 1_000_000,
    "limit": "1962-09-15",
    "limit_year": "1962",
    "limit_month": "1962-09",
}

FOUND = tuple(one for one in COLUMNS if one.sql)


def kept(core: Core) -> str:
    """Return a club with two meetings, a loan half repaid and a month of home care."""
    club = core.bring("operating")
    gift = {"kind": "contribution", "source": "donor", "fund": "income", "amount": 2_000_000}
    core.carry(club, "fund", date(2022, 7, 1), gift)
    for month, done in ((7, "health_care"), (8, "culture_sport")):
        met = {"attendance": 40, "activities": [done]}
        core.carry(club, "meeting", date(2022, month, 5), met)
    loan = {"member": core.people[0].name, "amount": 1_000_000, "months": 1}
    core.carry(club, "lend", date(2022, 7, 10), loan)
    seq = core.club(club).seq
    paid = {"loan": seq, "principal": 400_000, "interest": 5_000}
    core.carry(club, "repay", date(2022, 8, 1), paid)
    core.carry(club, "care", date(2022, 8, 31), {"volunteers": 6, "cared_for": 4})
    return club


def test_the_book_is_measured_on_each_database(core: Core) -> None:
    club = kept(core)
    values = {**VALUES, "province": core.club(club).province}
    for name, why in (
        ("clubs_full_activities_monthly", "by_meetings"),
        ("clubs_income_fund_minimum", "by_book"),
    ):
        (row,) = core.store.rows(*bound(core.store, MEASURES[name].sql or "", values))
        assert (row[0], row[3], row[6]) == (club, 1, why)


def test_the_row_of_a_club_runs_on_each_database(core: Core) -> None:
    club = kept(core)
    values = {**VALUES, "province": core.club(club).province}
    (row,) = core.store.rows(*bound(core.store, rows_query(FOUND), values))
    assert {1_000_000, 400_000, 600_000, 5_000, 6, 4} <= set(row)
