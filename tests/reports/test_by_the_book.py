"""Who borrowed is counted by a club's loan book where there is one, else by its supervision."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from support.core import codes
from support.land import Land, land, people

from engine.policy.effective import Rules
from engine.policy.make import policy_of
from engine.reports.figures import club_rows, commune_rows, totals
from engine.reports.loans import turnover_percent
from engine.reports.progress import explain
from engine.reports.queries import bound
from engine.targets.measures import MEASURES

GIVEN, SEEN, ON = date(2018, 11, 1), date(2019, 4, 1), date(2019, 12, 31)


PLUGINS = Path(__file__).parents[2] / "plugins"


@dataclass
class LoansAlone(Land):
    """A province whose document speaks of loans, and not of a better income."""

    @property
    def rules(self) -> Rules:
        file = PLUGINS / "hoa_binh" / "clb_hoa_binh" / "policy.toml"
        raw = tomllib.loads(file.read_text("utf-8"))
        del raw["indicator"]["borrowers_share"][0]["value"]["improved_income"]
        return replace(super().rules, policy=policy_of(raw, digest="", origin="a test"))


@pytest.fixture
def hoa_binh(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "hoa_binh", date(2021, 6, 30)) as here:
        yield LoansAlone(here.registry, here.province, here.officers, here.clock)


@pytest.fixture
def club(hoa_binh: Land) -> str:
    """A club of four, one of whom borrowed money, and one goods."""
    club = hoa_binh.club(
        date(2018, 9, 3), members=people("1950", "1951", "1952", "1953"), launched=date(2018, 10, 1)
    )
    gift = {"kind": "contribution", "source": "donor", "fund": "income", "amount": 20_000_000}
    hoa_binh.take(club, "fund", GIVEN, gift)
    for who, in_kind in (("Nguyễn Thị 01950", False), ("Nguyễn Thị 11951", True)):
        loan = {"member": who, "amount": 1_000_000, "in_kind": in_kind, "months": 24}
        hoa_binh.take(club, "lend", GIVEN, loan)
    return club


def test_the_book_counts_and_the_row_names_it(hoa_binh: Land, club: str) -> None:
    other = hoa_binh.club(
        date(2018, 9, 3), members=people("1950", "1951"), launched=date(2018, 10, 1)
    )
    for one in (club, other):
        hoa_binh.take(one, "supervise", SEEN, {"borrowers": 1, "borrowers_in_kind": 0})
    row = hoa_binh.row("borrowers_share", ON)
    assert (row["actual"], row["denominator"]) == (3, 6)
    (found,) = explain(hoa_binh.store, hoa_binh.rules, hoa_binh.province, ON, "borrowers_share")
    assert {line.id: line.why for line in found.rows} == {club: "by_book", other: None}


def test_a_club_never_supervised_has_the_figures_of_its_book(hoa_binh: Land, club: str) -> None:
    row = hoa_binh.row("borrowers_share", ON)
    assert (row["actual"], row["denominator"]) == (2, 4)


def test_who_repaid_all_no_longer_counts_from_that_day(hoa_binh: Land, club: str) -> None:
    loan = hoa_binh.store.rows("SELECT min(seq) FROM loan")[0][0]
    hoa_binh.take(
        club, "repay", date(2019, 6, 3), {"loan": loan, "principal": 1_000_000, "interest": 0}
    )
    assert hoa_binh.row("borrowers_share", date(2019, 6, 2))["actual"] == 2
    assert hoa_binh.row("borrowers_share", date(2019, 6, 3))["actual"] == 1


def test_the_clubs_row_of_a_report_has_who_owes_money(hoa_binh: Land, club: str) -> None:
    rows = club_rows(hoa_binh.store, hoa_binh.rules, hoa_binh.province, date(2018, 1, 1), ON)
    assert [row.figures["borrowers"] for row in rows] == [1]


def test_another_count_at_a_supervision_is_noted(hoa_binh: Land, club: str) -> None:
    held = {"income_fund_balance": 18_000_000, "operating_fund_balance": 0}
    figures = {"borrowers": 2, "borrowers_in_kind": 1, **held}
    done = hoa_binh.take(club, "supervise", SEEN, figures)
    found = [one for one in done.findings if one.code == "CLB-SUPERVISE-BOOK"]
    assert codes(found) == ["CLB-SUPERVISE-BOOK"]
    assert (found[0].expected, found[0].actual) == ("1", "2")


@pytest.mark.parametrize(
    ("counted", "warned"), [(18_000_000, 0), (20_000_000, 0), (18_000_001, 1), (0, 1)]
)
def test_a_fund_counted_otherwise_than_the_ledger_is_warned_of(
    hoa_binh: Land, club: str, counted: int, warned: int
) -> None:
    """What is lent out belongs to the fund too: both sums are right."""
    figures = {"borrowers": 1, "borrowers_in_kind": 1, "income_fund_balance": counted}
    done = hoa_binh.take(club, "supervise", SEEN, {**figures, "operating_fund_balance": 0})
    assert [one.code for one in done.findings].count("CLB-SUPERVISE-FUND") == warned


def test_a_report_adds_up_what_is_owed_and_what_is_overdue(hoa_binh: Land, club: str) -> None:
    def sums(on: date) -> tuple[int, int]:
        meant = (hoa_binh.store, hoa_binh.rules, hoa_binh.province, date(2018, 1, 1), on)
        found = totals(*meant, club_rows(*meant))
        return found["loans_owed"], found["loans_overdue"]

    loan = hoa_binh.store.rows("SELECT min(seq) FROM loan")[0][0]
    paid = {"loan": loan, "principal": 400_000, "interest": 0}
    hoa_binh.take(club, "repay", date(2019, 6, 3), paid)
    hoa_binh.take(club, "extend", date(2020, 10, 1), {"loan": loan, "until": "2021-03-01"})
    assert sums(date(2018, 10, 31)) == (0, 0)
    assert sums(date(2019, 6, 2)) == (2_000_000, 0)
    assert sums(ON) == (1_600_000, 0)
    assert sums(date(2020, 11, 2)) == (1_600_000, 1_000_000)
    assert sums(date(2021, 3, 2)) == (1_600_000, 1_600_000)


def figures(here: Land, start: date, end: date) -> dict[str, int | None]:
    """Return the sums of the province's clubs over a period."""
    meant = (here.store, here.rules, here.province, start, end)
    return totals(*meant, club_rows(*meant))


def test_a_period_has_what_was_lent_repaid_and_repaid_in_time(hoa_binh: Land, club: str) -> None:
    money, goods = (row[0] for row in hoa_binh.store.rows("SELECT seq FROM loan ORDER BY seq"))
    paid = {"loan": money, "principal": 1_000_000, "interest": 50_000}
    hoa_binh.take(club, "repay", date(2020, 10, 31), paid)
    hoa_binh.take(
        club, "repay", date(2020, 11, 2), {"loan": goods, "principal": 999_999, "interest": 1}
    )
    hoa_binh.take(club, "write_off", date(2020, 11, 3), {"loan": goods, "amount": 1})
    names = ("given", "lent", "repaid", "interest", "fallen_due", "in_time")

    def period(start: date, end: date) -> list[int | None]:
        found = figures(hoa_binh, start, end)
        return [found[f"loans_{name}"] for name in names]

    assert period(date(2018, 1, 1), date(2018, 12, 31)) == [2, 2_000_000, 0, 0, 0, 0]
    assert period(date(2019, 1, 1), date(2019, 12, 31)) == [0, 0, 0, 0, 0, 0]
    assert period(date(2020, 1, 1), date(2020, 12, 31)) == [0, 0, 1_999_999, 50_001, 2, 1]


def test_the_turnover_is_what_came_back_out_of_what_was_owed_on_the_mean(
    hoa_binh: Land, club: str
) -> None:
    money, goods = (row[0] for row in hoa_binh.store.rows("SELECT seq FROM loan ORDER BY seq"))
    for loan, day, paid in ((money, date(2019, 3, 1), 250_000), (goods, date(2020, 5, 4), 500_000)):
        back = {"loan": loan, "principal": paid, "interest": 9_000}
        hoa_binh.take(club, "repay", day, back)
    hoa_binh.take(club, "write_off", date(2020, 6, 1), {"loan": goods, "amount": 500_000})
    hoa_binh.club(date(2018, 9, 3), launched=date(2018, 10, 1))

    def turnover(start: date, end: date) -> list[int | None]:
        meant = (hoa_binh.store, hoa_binh.rules, hoa_binh.province, start, end)
        rows = club_rows(*meant)
        (commune,) = commune_rows(rows)
        of_clubs = [row.figures["loans_turnover_percent"] for row in rows]
        whole = totals(*meant, rows)["loans_turnover_percent"]
        assert commune["loans_turnover_percent"] == whole
        assert sorted(of_clubs, key=lambda one: one is None) == [whole, None]
        return [figures(hoa_binh, start, end)["loans_owed_before"], whole]

    assert turnover(date(2018, 10, 1), date(2018, 12, 31)) == [0, 0]
    # 250.000 of the mean of 2.000.000 and 1.750.000; 500.000 of that of 1.750.000 and 750.000.
    assert turnover(date(2019, 1, 1), date(2019, 12, 31)) == [2_000_000, 13]
    assert turnover(date(2020, 1, 1), date(2020, 12, 31)) == [1_750_000, 40]


@pytest.mark.parametrize(
    ("before", "owed", "repaid", "percent"),
    [
        (0, 1_000_000, 0, 0),
        (1_000_000, 0, 1_000_000, 200),
        (2_000_000, 2_000_000, 3_000_000, 150),
        (3, 1, 1, 50),
        (1_000, 1_000, 5, 1),
        (1_000, 1_000, 4, 0),
        (0, 0, 1_000_000, None),
        (None, None, None, None),
    ],
)
def test_a_turnover_of_one_is_100_percent(
    before: int | None, owed: int | None, repaid: int | None, percent: int | None
) -> None:
    assert turnover_percent(before, owed, repaid) == percent


def test_a_target_may_ask_for_a_turnover(hoa_binh: Land, club: str) -> None:
    loan = hoa_binh.store.rows("SELECT min(seq) FROM loan")[0][0]
    hoa_binh.take(
        club, "repay", date(2019, 3, 1), {"loan": loan, "principal": 400_000, "interest": 0}
    )
    other = hoa_binh.club(date(2018, 9, 3), launched=date(2018, 10, 1))
    days = {"from": "2019-01-01", "at": "2019-12-31"}
    asked = {"province": "hoa_binh", **days}
    sql, values = bound(hoa_binh.store, MEASURES["loans_turnover"].sql or "", asked)
    found = {row[0]: row[3:5] + row[6:7] for row in hoa_binh.store.rows(sql, values)}
    assert found == {club: (400_000, 1_800_000, None), other: (0, 0, "no_loan_book")}


def test_an_old_debt_was_not_lent_in_the_period(hoa_binh: Land, club: str) -> None:
    loan = {"member": "Nguyễn Thị 21952", "amount": 300_000, "opening": True, "months": 24}
    hoa_binh.take(club, "lend", GIVEN, loan)
    found = figures(hoa_binh, date(2018, 1, 1), ON)
    assert (found["loans_given"], found["loans_lent"]) == (2, 2_000_000)
    assert found["loans_owed"] == 2_300_000


def test_borrowers_in_money_and_in_kind_are_added_up_by_commune(hoa_binh: Land, club: str) -> None:
    other = hoa_binh.club(date(2018, 9, 3), launched=date(2018, 10, 1))
    hoa_binh.take(other, "supervise", SEEN, {"borrowers": 5, "borrowers_in_kind": 2})
    rows = club_rows(hoa_binh.store, hoa_binh.rules, hoa_binh.province, date(2018, 1, 1), ON)
    (commune,) = commune_rows(rows)
    assert (commune["borrowers"], commune["borrowers_in_kind"]) == (6, 3)


def test_what_no_club_has_on_record_is_absent_and_not_none_at_all(hoa_binh: Land) -> None:
    hoa_binh.club(date(2018, 9, 3), launched=date(2018, 10, 1))
    found = figures(hoa_binh, date(2018, 1, 1), ON)
    absent = ("loans_lent", "loans_in_time", "borrowers", "borrowers_in_kind", "cared_for")
    assert [found[name] for name in absent] == [None] * 5


def test_the_last_month_of_home_care_counts_and_of_two_records_the_later(
    hoa_binh: Land, club: str
) -> None:
    for day, volunteers, cared_for in ((12, 9, 9), (5, 6, 4), (20, 7, 5)):
        month = 2 if volunteers == 9 else 3
        counts = {"volunteers": volunteers, "cared_for": cared_for}
        hoa_binh.take(club, "care", date(2019, month, day), counts)
    found = figures(hoa_binh, date(2019, 1, 1), ON)
    assert (found["volunteers"], found["cared_for"]) == (7, 5)
