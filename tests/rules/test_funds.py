"""The two funds' entries, and what may come into a fund and leave it: with literals."""

from typing import Any

import pytest
from support.fund_entries import DECIDED, MILLION, asked, form, money
from support.literals import club, codes, day, report, text

from engine.labels import POLICY_SOURCES
from engine.model import EntryKind, FundKind, LedgerEntry, Officer, Role, State
from engine.policy.effective import general_citation
from engine.rules import funds

pytestmark = pytest.mark.usefixtures("english")


def test_a_balance_counts_one_fund_only() -> None:
    ledger = [money(amount=5), money("loan", 2), money("contribution", 7, fund="income")]
    assert funds.balance(ledger, "operating") == 3 * MILLION
    assert funds.balance(ledger, "income") == 7 * MILLION


def test_what_a_reversal_took_back_no_longer_counts_and_neither_does_the_reversal() -> None:
    kept, wrong = money(seq=1), money(seq=2)
    back = money("reversal", seq=3, reverses=2, of=EntryKind.GRANT)
    assert funds.not_reversed([kept, wrong, back]) == [kept]


def test_only_a_reversal_takes_back() -> None:
    kept = money(seq=1)
    odd = money(seq=2, reverses=1)
    assert funds.not_reversed([kept, odd]) == [kept, odd]


@pytest.mark.parametrize(
    ("kind", "delta"),
    [
        ("grant", 5),
        ("contribution", 5),
        ("opening", 5),
        ("repayment", 5),
        ("loan", -5),
        ("expense", -5),
    ],
)
def test_the_sign_of_an_entry_follows_from_its_kind(kind: str, delta: int) -> None:
    assert funds.entry(asked(form(kind, 5))).delta == delta * MILLION


def test_an_entry_holds_what_the_form_says() -> None:
    filled = form(donor="HAI", resolution="NQ 1")
    assert funds.entry(asked(filled)) == LedgerEntry(
        EntryKind.GRANT,
        FundKind.OPERATING,
        "province_budget",
        100 * MILLION,
        100 * MILLION,
        "UNC 2",
        "HAI",
        "NQ 1",
    )


@pytest.mark.parametrize(("kind", "delta"), [("grant", -5), ("loan", 5)])
def test_a_reversal_undoes_the_entry_it_names(kind: str, delta: int) -> None:
    taken = money(kind, 5, seq=7, donor="HAI")
    assert funds.entry(asked(form("reversal", 5, donor="khác"), taken)) == LedgerEntry(
        EntryKind.REVERSAL,
        FundKind.OPERATING,
        "province_budget",
        5 * MILLION,
        delta * MILLION,
        "UNC 2",
        "HAI",
        reverses=7,
        of=EntryKind(kind),
    )


def reversal(filled: Any, *ledger: LedgerEntry) -> list[Any]:
    return list(funds.reversal(asked(filled, *ledger)))


def test_a_reversal_of_the_one_entry_that_fits_is_right() -> None:
    assert reversal(form("reversal", 5), money(amount=5)) == []


def test_a_reversal_of_nothing_is_refused() -> None:
    assert report(reversal(form("reversal", 5), money(amount=6))) == text("""
        block CLB-FUND-REVERSAL
          No entry of this fund, source and amount still counts.
          expected: one entry
          actual: 0
          who: the commune's Association of the Elderly
          fix: Name the entry: --reverses NUMBER; numbers are shown by clb fund show c1.
        """)


def test_a_reversal_that_several_entries_fit_wants_a_number() -> None:
    two = (money(amount=5, seq=3), money(amount=5, seq=4, on=day("2021-11-02")))
    assert report(reversal(form("reversal", 5), *two)) == text("""
        block CLB-FUND-REVERSAL
          Several entries that still count fit this reversal.
          expected: one entry
          actual: 3 (15/10/2021), 4 (02/11/2021)
          who: the commune's Association of the Elderly
          fix: Name the entry: --reverses NUMBER; numbers are shown by clb fund show c1.
        """)
    assert reversal(form("reversal", 5, reverses=4), *two) == []
    assert funds.entry(asked(form("reversal", 5, reverses=4), *two)).reverses == 4
    assert codes(reversal(form("reversal", 5, reverses=9), *two)) == ["CLB-FUND-REVERSAL"]


@pytest.mark.parametrize(
    "other", [{"fund": "income"}, {"source": "donor"}, {"amount": 6 * MILLION}]
)
def test_a_reversal_is_of_the_same_fund_source_and_amount(other: dict[str, Any]) -> None:
    assert codes(reversal({**form("reversal", 5), **other}, money(amount=5))) == [
        "CLB-FUND-REVERSAL"
    ]


def test_an_entry_taken_back_once_cannot_be_taken_back_again() -> None:
    back = money("reversal", 5, seq=2, reverses=1)
    assert codes(reversal(form("reversal", 5), money(amount=5), back)) == ["CLB-FUND-REVERSAL"]


def test_what_is_no_reversal_needs_no_entry_to_take_back() -> None:
    assert reversal(form("loan", 5)) == []


def enough(filled: Any, *ledger: LedgerEntry) -> list[Any]:
    return list(funds.enough(asked(filled, *ledger)))


@pytest.mark.parametrize("kind", ["loan", "expense"])
def test_all_that_is_in_a_fund_may_leave_it_and_no_more(kind: str) -> None:
    assert enough(form(kind, 5), money(amount=5)) == []
    assert codes(enough(form(kind, 6), money(amount=5))) == ["CLB-FUND-BALANCE"]


def test_more_than_a_fund_holds_warns() -> None:
    assert report(enough(form("loan", 6), money(amount=5), money(fund="income"))) == text("""
        warn CLB-FUND-BALANCE
          The fund holds 5.000.000 đồng; 6.000.000 đồng would leave it.
          expected: at most 5.000.000 đồng
          actual: 6.000.000 đồng
          who: the commune's Association of the Elderly
          fix: Record what came in first, or correct the amount.
        """)


@pytest.mark.parametrize("kind", ["grant", "contribution", "repayment", "reversal"])
def test_what_comes_in_needs_no_balance(kind: str) -> None:
    assert enough(form(kind, 5)) == []


def after_decision(on: str = "2022-03-01", filled: Any = None, **parts: Any) -> list[Any]:
    return list(funds.after_decision(asked(form() if filled is None else filled, on=on, **parts)))


@pytest.mark.parametrize("state", [State.PREPARING, State.PROPOSED, State.RETURNED])
def test_a_club_without_a_decision_gets_no_grant(state: State) -> None:
    undecided = club(state)
    assert report(after_decision(club=undecided)) == text("""
        block CLB-GRANT-UNDECIDED
          The club has not been established by a decision.
          expected: a decision of establishment
          actual: none
          source: general procedure, not a provision of the province
          who: the commune People's Committee
          fix: clb check c1 approve
        """)
    assert codes(after_decision(club=club(state, decided_on=DECIDED))) == ["CLB-GRANT-UNDECIDED"]


def test_a_club_whose_decision_has_no_day_gets_no_grant() -> None:
    assert codes(after_decision(club=club())) == ["CLB-GRANT-UNDECIDED"]


def test_whoever_only_asks_before_the_decision_is_not_refused() -> None:
    assert after_decision(filled={}, club=club(State.PROPOSED), asking=True) == []


def test_whoever_asks_for_a_day_before_the_decision_is_refused() -> None:
    assert codes(after_decision("2021-08-31", filled={}, asking=True)) == ["CLB-GRANT-EARLY"]


def test_a_grant_on_the_day_of_the_decision_is_right_and_the_day_before_is_early() -> None:
    assert after_decision("2021-09-01") == []
    assert report(after_decision("2021-08-31")) == text("""
        block CLB-GRANT-EARLY
          31/08/2021 is before the decision of 01/09/2021.
          expected: not before 01/09/2021
          actual: 31/08/2021
          source: general procedure, not a provision of the province
          who: the province
          fix: Check the date on the paper.
        """)


def test_what_is_no_grant_waits_for_no_decision() -> None:
    assert after_decision(filled=form("contribution"), club=club(State.PREPARING)) == []


def person(role: Role) -> Officer:
    return Officer("x", "X", role, "toy")


@pytest.mark.parametrize("source", funds.BUDGETS)
def test_what_a_budget_gives_is_no_contribution(source: str) -> None:
    assert report(funds.from_budget(asked(form("contribution", source=source)))) == text(f"""
        block CLB-FUND-CONTRIBUTION
          Money of {POLICY_SOURCES[source]} is recorded as a grant, not as contribution.
          expected: grant
          actual: contribution
          source: {general_citation()}
          who: the province or the commune People's Committee
          fix: clb fund record c1 --kind grant --source {source} …
    """)


@pytest.mark.parametrize("source", funds.BUDGETS)
@pytest.mark.parametrize(
    ("role", "refused"),
    [
        (Role.ASSOCIATION, ["CLB-FUND-GIVER"]),
        (Role.COMMITTEE, []),
        (Role.PROVINCE, []),
    ],
)
def test_a_grant_of_a_budget_is_recorded_by_who_gives_it(
    source: str, role: Role, refused: list[str]
) -> None:
    found = list(funds.from_budget(asked(form(source=source), officer=person(role))))
    assert codes(found) == refused
    assert all(one.permission for one in found)


def test_who_received_a_grant_cannot_take_it_back_to_make_room_for_another() -> None:
    receiver = {"officer": person(Role.ASSOCIATION)}
    granted, spent = money(seq=3), money("expense", 5, seq=4)
    back = list(funds.from_budget(asked(form("reversal"), granted, **receiver)))
    assert codes(back) == ["CLB-FUND-GIVER"]
    assert list(funds.from_budget(asked(form("reversal", 5), granted, spent, **receiver))) == []


@pytest.mark.parametrize(
    "filled",
    [
        form(source="donor"),
        form("contribution", source="member"),
        form("expense"),
        form("loan"),
        form("repayment"),
    ],
)
def test_other_money_is_recorded_by_the_association(filled: dict[str, Any]) -> None:
    assert list(funds.from_budget(asked(filled, officer=person(Role.ASSOCIATION)))) == []


def test_a_document_that_states_who_records_money_is_followed() -> None:
    stated = {"roles.fund": ("association", "province")}
    receiver = asked(form(), officer=person(Role.ASSOCIATION), policy=stated)
    assert list(funds.from_budget(receiver)) == []


def test_an_entry_that_is_there_already_is_warned_of_with_the_earlier_one() -> None:
    there = money("contribution", 5, seq=8, source="member", document="PT 07")
    again = asked(form("contribution", 5, source="member"), there, on="2021-10-15")
    assert report(funds.twice(again)) == text("""
        warn CLB-FUND-TWICE
          The same kind, fund, amount and day are recorded already: entry 8 of
            15/10/2021, 5.000.000 đồng, PT 07.
          expected: each amount once
          actual: entry 8 of 15/10/2021, 5.000.000 đồng, PT 07
          who: the commune's Association of the Elderly
          fix: If it is another amount, say which; else record nothing.
    """)


@pytest.mark.parametrize(
    ("filled", "on"),
    [
        (form("contribution", 5), "2021-10-16"),
        (form("contribution", 6), "2021-10-15"),
        (form("contribution", 5, fund="income"), "2021-10-15"),
        (form("expense", 5), "2021-10-15"),
        (form("reversal", 5), "2021-10-15"),
    ],
)
def test_an_entry_that_differs_is_another_one(filled: dict[str, Any], on: str) -> None:
    assert list(funds.twice(asked(filled, money("contribution", 5), on=on))) == []


def test_an_entry_that_was_taken_back_may_be_recorded_again() -> None:
    wrong = money("contribution", 5, seq=1)
    back = money("reversal", 5, seq=2, reverses=1, of=EntryKind.CONTRIBUTION)
    assert list(funds.twice(asked(form("contribution", 5), wrong, back, on="2021-10-15"))) == []


@pytest.mark.parametrize(("amount", "warned"), [(3, []), (4, ["CLB-FUND-REPAID"])])
def test_no_more_comes_back_than_was_lent(amount: int, warned: list[str]) -> None:
    ledger = (
        money("loan", 5, seq=1),
        money("repayment", 2, seq=2),
        money("loan", 50, seq=3, fund="income"),
    )
    assert codes(funds.repaid(asked(form("repayment", amount), *ledger))) == warned


def test_a_repayment_too_large_is_warned_of_with_the_last_loan() -> None:
    ledger = (money("loan", 5, seq=1, document="Giấy vay 01"),)
    assert report(funds.repaid(asked(form("repayment", 6), *ledger))) == text("""
        warn CLB-FUND-REPAID
          6.000.000 đồng would be repaid; 5.000.000 đồng of the loans is still out.
          expected: at most 5.000.000 đồng
          actual: last loan: entry 1 of 15/10/2021, 5.000.000 đồng, Giấy vay 01
          who: the commune's Association of the Elderly
          fix: Record interest as a contribution of the source “interest”; else say why.
    """)
    assert codes(funds.repaid(asked(form("repayment", 1)))) == ["CLB-FUND-REPAID"]
    assert list(funds.repaid(asked(form("contribution", 6), *ledger))) == []
