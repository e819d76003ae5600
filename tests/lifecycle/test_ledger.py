"""A club's two funds: what comes and goes, and how an entry is taken back."""

from datetime import date
from typing import Any

import pytest
from support.core import TOWN, Core, codes
from support.step_forms import GRANT

from engine.model import FundKind, Level
from engine.rules.funds import balance
from engine.store import facts

ON = date(2021, 11, 1)
BACK: dict[str, Any] = {"kind": "reversal"}


@pytest.fixture
def club(core: Core) -> str:
    return core.bring("launched", members=False)


def in_funds(core: Core, club: str) -> tuple[int, int]:
    ledger = facts.ledger(core.store, core.club(club))
    return balance(ledger, FundKind.INCOME), balance(ledger, FundKind.OPERATING)


def record(core: Core, club: str, on: date = ON, **changes: Any) -> int:
    """Record money and return the number of the entry."""
    done = core.carry(club, "fund", on, changes)
    assert done.event is not None
    return done.event.seq


def taken_back(core: Core) -> list[Any]:
    return core.store.rows(
        "SELECT reverses, delta FROM ledger WHERE reverses IS NOT NULL ORDER BY seq"
    )


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        ("grant", 1),
        ("contribution", 1),
        ("opening", 1),
        ("repayment", 1),
        ("loan", -1),
        ("expense", -1),
    ],
)
def test_what_is_recorded_moves_its_own_fund_in_its_own_direction(
    core: Core, club: str, kind: str, sign: int
) -> None:
    record(core, club, kind=kind, source="donor", fund="income", amount=5_000_000)
    assert in_funds(core, club) == (sign * 5_000_000, 0)
    assert core.store.rows("SELECT amount FROM ledger") == [(5_000_000,)]


@pytest.mark.parametrize("kind", ["loan", "expense"])
def test_more_than_a_fund_holds_leaves_it_only_with_a_reason(
    core: Core, club: str, kind: str
) -> None:
    record(core, club, amount=1_000_000)
    error = core.refusal(club, "fund", ON, {"kind": kind, "amount": 1_000_001})
    assert (codes(error), error.findings[0].level) == (["CLB-FUND-BALANCE"], Level.WARN)
    error = core.refusal(club, "fund", ON, {"kind": kind, "amount": 1, "fund": "income"})
    assert codes(error) == ["CLB-FUND-BALANCE"]
    assert core.take(club, "fund", ON, {"kind": kind, "amount": 1_000_000}).findings == ()
    assert in_funds(core, club) == (0, 0)


@pytest.mark.parametrize("amount", [0, -1, "1 triệu", True, None])
def test_an_amount_is_a_positive_whole_number(core: Core, club: str, amount: object) -> None:
    error = core.refusal(club, "fund", ON, {"amount": amount})
    assert error.exit_code == 2


def test_a_reversal_finds_its_entry_by_fund_source_and_amount(core: Core, club: str) -> None:
    record(core, club, amount=2_000_000)
    seq = record(core, club, amount=3_000_000)
    record(core, club, amount=3_000_000, fund="income")
    record(core, club, amount=3_000_000, source="donor")
    record(core, club, kind="reversal", amount=3_000_000)
    assert taken_back(core) == [(seq, -3_000_000)]
    assert in_funds(core, club) == (3_000_000, 5_000_000)


def test_a_reversal_gives_back_what_an_expense_took(core: Core, club: str) -> None:
    record(core, club, amount=2_000_000)
    seq = record(core, club, kind="expense", amount=500_000)
    record(core, club, kind="reversal", amount=500_000)
    assert taken_back(core) == [(seq, 500_000)]
    assert in_funds(core, club) == (0, 2_000_000)


@pytest.mark.parametrize("change", [{"amount": 9}, {"source": "donor"}, {"fund": "income"}])
def test_a_reversal_without_an_entry_is_refused(
    core: Core, club: str, change: dict[str, Any]
) -> None:
    record(core, club)
    error = core.refusal(club, "fund", ON, {**BACK, **change})
    assert (error.exit_code, codes(error)) == (1, ["CLB-FUND-REVERSAL"])
    assert error.findings[0].level is Level.BLOCK


def test_a_reversal_that_fits_two_entries_must_name_one(core: Core, club: str) -> None:
    first, second = record(core, club), record(core, club)
    error = core.refusal(club, "fund", ON, BACK)
    assert codes(error) == ["CLB-FUND-REVERSAL"]
    assert f"{first} (01/11/2021), {second} (01/11/2021)" == error.findings[0].actual
    record(core, club, kind="reversal", reverses=first)
    assert taken_back(core) == [(first, -1_000_000)]
    record(core, club, kind="reversal")
    assert taken_back(core) == [(first, -1_000_000), (second, -1_000_000)]
    assert in_funds(core, club) == (0, 0)


def test_an_entry_is_taken_back_once(core: Core, club: str) -> None:
    seq = record(core, club)
    record(core, club, kind="reversal")
    for changes in (BACK, {**BACK, "reverses": seq}):
        assert codes(core.refusal(club, "fund", ON, changes)) == ["CLB-FUND-REVERSAL"]


def test_a_reversal_is_not_itself_taken_back(core: Core, club: str) -> None:
    record(core, club)
    back = record(core, club, kind="reversal")
    error = core.refusal(club, "fund", ON, {**BACK, "reverses": back})
    assert codes(error) == ["CLB-FUND-REVERSAL"]


def test_a_reversal_names_an_entry_of_its_own_amount(core: Core, club: str) -> None:
    seq = record(core, club, amount=2_000_000)
    error = core.refusal(club, "fund", ON, {**BACK, "amount": 1_000_000, "reverses": seq})
    assert codes(error) == ["CLB-FUND-REVERSAL"]


def test_a_reversal_keeps_the_donor_of_what_it_takes_back(core: Core, club: str) -> None:
    record(core, club, source="donor", donor="HAI")
    record(core, club, kind="reversal", source="donor")
    assert core.store.rows('SELECT donor, kind, "of" FROM ledger ORDER BY seq') == [
        ("HAI", "contribution", None),
        ("HAI", "reversal", "contribution"),
    ]


def test_a_dissolution_with_money_left_warns_and_says_how_much(core: Core, club: str) -> None:
    record(core, club, amount=7_500_000)
    error = core.refusal(club, "dissolve", date(2022, 1, 5))
    assert (codes(error), error.findings[0].actual) == (["CLB-DISSOLVE-BALANCE"], "7.500.000 đồng")
    record(core, club, kind="reversal", amount=7_500_000)
    assert core.take(club, "dissolve", date(2022, 1, 5)).state == "dissolved"


def test_money_is_recorded_by_the_province_too(core: Core, club: str) -> None:
    core.take(club, "fund", ON, GRANT, officer=TOWN)
    assert in_funds(core, club) == (0, 100_000_000)
