"""The two funds' entries and a grant held against the policy: with literals."""

from typing import Any

import pytest
from support.literals import Dated, club, codes, day, report, request, text

from engine.labels import POLICY_SOURCES
from engine.model import EntryKind, FundKind, LedgerEntry, Officer, Role, State
from engine.policy.effective import general_citation
from engine.rules import funds, grants
from engine.rules.request import Counts

pytestmark = pytest.mark.usefixtures("english")

MILLION = 1_000_000
DECIDED = day("2021-09-01")


def money(
    kind: str = "grant",
    amount: int = 100,
    seq: int = 1,
    *,
    fund: str = "operating",
    source: str = "province_budget",
    **parts: Any,
) -> LedgerEntry:
    """Return an entry of so many millions, of 15/10/2021 unless another day is named."""
    sign = 1 if kind in ("grant", "contribution", "opening", "repayment") else -1
    given = {"delta": sign * amount * MILLION, "document": "UNC 1", "on": day("2021-10-15")}
    return LedgerEntry(
        EntryKind(kind), FundKind(fund), source, amount * MILLION, seq=seq, **{**given, **parts}
    )


def form(kind: str = "grant", amount: int = 100, **parts: Any) -> dict[str, Any]:
    """Return a filled form of so many millions."""
    return {
        "kind": kind,
        "fund": "operating",
        "source": "province_budget",
        "amount": amount * MILLION,
        "document": "UNC 2",
        **parts,
    }


def asked(filled: Any, *ledger: LedgerEntry, on: str = "2022-03-01", **parts: Any) -> Any:
    given = {"club": club(decided_on=DECIDED), **parts}
    return request(on, filled, step="fund", ledger=ledger, **given)


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


TERMS = {"once_a_club": True, "new_clubs_only": True, "resolution_required": True}
HUNDRED = {"grant.establishment": Dated(100 * MILLION, source="QD1, IV.1", extra=TERMS)}
WITH = {"resolution": "NQ 1"}


def establishment(
    filled: Any, *ledger: LedgerEntry, values: Any = HUNDRED, **parts: Any
) -> list[Any]:
    return list(grants.held_to_grants(asked(filled, *ledger, policy=values, **parts)))


def test_the_grant_as_the_province_states_it_is_right() -> None:
    assert establishment(form(**WITH)) == []


def test_another_amount_warns() -> None:
    assert report(establishment(form(amount=99, **WITH))) == text("""
        warn CLB-GRANT-AMOUNT
          The grant is 99.000.000 đồng.
          expected: 100.000.000 đồng
          actual: 99.000.000 đồng
          source: QD 1, IV.1
          who: the province
          fix: Correct the amount, or say on what ground it differs.
        """)


def test_who_settles_a_warning_is_whom_the_policy_lets_record_money() -> None:
    values = {**HUNDRED, "roles.fund": ("district", "association")}
    (found,) = establishment(form(amount=99, **WITH), values=values)
    assert found.who == "the district or the commune's Association of the Elderly"


def test_a_missing_resolution_is_refused_where_it_is_required() -> None:
    assert report(establishment(form())) == text("""
        block CLB-GRANT-RESOLUTION
          The resolution of the provincial People's Council is not named.
          expected: number and date of the resolution
          actual: none
          source: QD 1, IV.1
          who: the province
          fix: --resolution …
        """)


def test_what_the_system_reads_into_a_grant_is_cited_so_and_nothing_else_of_it() -> None:
    read = {**TERMS, "reading": ["once_a_club", "resolution_required"]}
    values = {"grant.establishment": Dated(100 * MILLION, source="QD1, IV.1", extra=read)}
    found = establishment(form(amount=99), money(seq=12), values=values)
    assert {str(one.code): one.source for one in found} == {
        "CLB-GRANT-AMOUNT": "QD 1, IV.1",
        "CLB-GRANT-RESOLUTION": "QD 1, IV.1, as this system reads it",
        "CLB-GRANT-SECOND": "QD 1, IV.1, as this system reads it",
    }


def test_no_resolution_is_needed_where_none_is_required() -> None:
    assert establishment(form(), values={"grant.establishment": 100 * MILLION}) == []


def test_a_grant_from_another_source_is_not_the_establishment_grant() -> None:
    assert establishment(form(amount=1, source="donor")) == []


def test_a_policy_may_name_another_source_for_its_grant() -> None:
    by_district = {
        "grant.establishment": Dated(100 * MILLION, extra={"funds_source": "district_budget"})
    }
    assert establishment(form(amount=1), values=by_district) == []
    district = form(amount=1, source="district_budget")
    assert codes(establishment(district, values=by_district)) == ["CLB-GRANT-AMOUNT"]


@pytest.mark.parametrize("kind", ["contribution", "loan", "expense", "reversal"])
def test_what_is_no_grant_is_not_held_against_the_grant(kind: str) -> None:
    assert establishment(form(kind, 1)) == []


def test_a_club_decided_in_the_year_the_grant_begins_is_new() -> None:
    first_day = club(decided_on=day("2021-01-01"))
    assert establishment(form(**WITH), club=first_day) == []
    started_late = {
        "grant.establishment": Dated(100 * MILLION, start=day("2021-07-28"), extra=TERMS)
    }
    assert establishment(form(**WITH), values=started_late, club=first_day) == []


def test_a_club_decided_in_an_earlier_year_is_not_new() -> None:
    assert report(establishment(form(**WITH), club=club(decided_on=day("2020-12-31")))) == text("""
        warn CLB-GRANT-NOT-NEW
          The club was established on 31/12/2020, before the programme.
          expected: a club established from 2021
          actual: 31/12/2020
          source: QD 1, IV.1
          who: the province
          fix: Say on what ground the grant is given.
        """)


def test_an_older_club_may_have_a_grant_that_is_not_for_new_clubs_only() -> None:
    anyone = {"grant.establishment": Dated(100 * MILLION, extra={"once_a_club": True})}
    older = club(decided_on=day("2020-12-31"))
    assert establishment(form(), values=anyone, club=older) == []


def test_a_club_whose_day_of_decision_is_not_known_is_not_called_old() -> None:
    assert establishment(form(**WITH), club=club()) == []


def test_a_second_grant_is_refused() -> None:
    assert report(establishment(form(**WITH), money(seq=12))) == text("""
        block CLB-GRANT-SECOND
          The club already received this grant: 100.000.000 đồng on 15/10/2021.
          expected: one grant a club
          actual: entry 12 of 15/10/2021
          source: QD 1, IV.1
          who: the province
          fix: If the first entry is wrong, take it back with a reversal first.
        """)


def test_only_the_first_of_several_earlier_grants_is_named() -> None:
    assert len(establishment(form(**WITH), money(seq=12), money(seq=13))) == 1


def test_a_grant_on_the_day_the_policy_s_grant_begins_is_the_first() -> None:
    assert codes(establishment(form(**WITH), money(on=day("2021-01-01")))) == ["CLB-GRANT-SECOND"]
    assert establishment(form(**WITH), money(on=day("2020-12-31"))) == []


@pytest.mark.parametrize(
    "earlier",
    [
        money("contribution"),
        money(source="donor"),
        money(on=None),
    ],
)
def test_what_is_no_earlier_grant_of_that_source_is_no_first_grant(earlier: LedgerEntry) -> None:
    assert establishment(form(**WITH), earlier) == []


def test_a_first_grant_that_was_taken_back_leaves_room_for_another() -> None:
    back = money("reversal", seq=2, reverses=1)
    assert establishment(form(**WITH), money(seq=1), back) == []


def test_a_grant_that_is_not_once_a_club_may_come_again() -> None:
    again = {"grant.establishment": 100 * MILLION}
    assert establishment(form(), money(), values=again) == []


BUDGET = {**HUNDRED, "budget.yearly": {"clubs": 8, "amount": 800 * MILLION}}


def test_the_eighth_grant_of_a_year_is_within_a_budget_for_eight() -> None:
    assert establishment(form(**WITH), values=BUDGET, counts=Counts(granted=7, decided=99)) == []


def test_the_ninth_grant_of_a_year_warns() -> None:
    found = establishment(form(**WITH), values=BUDGET, counts=Counts(granted=8))
    assert report(found) == text("""
        warn CLB-BUDGET-YEAR
          8 clubs already received the grant in 2022; the budget is for 8.
          expected: 8 clubs a year, 800.000.000 đồng
          actual: 9
          source: QD 1, I.1
          who: the province
          fix: Say which money pays for it.
        """)


def test_without_a_budget_any_number_of_grants_is_right() -> None:
    assert establishment(form(**WITH), counts=Counts(granted=99)) == []


def test_after_the_programme_the_grant_warns() -> None:
    assert report(establishment(form(amount=1), on="2026-01-01")) == text("""
        warn CLB-PROGRAMME-ENDED
          The programme of QD 1 ended on 31/12/2025.
          actual: 01/01/2026
          source: QD 1
          who: the province
          fix: Name the document that allows this money.
        """)


def test_where_no_grant_is_stated_and_no_programme_is_over_nothing_warns() -> None:
    assert establishment(form(amount=1), values={}) == []


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


TOWNS = Dated(100 * MILLION, source="QD1, IV.1", extra={"classes": ["town", "mountain"]})


def test_a_grant_for_communes_of_another_class_warns_and_names_the_classes() -> None:
    (found,) = grants.held_to_grants(asked(form(), policy={"grant.establishment": TOWNS}))
    assert (found.code, found.level) == ("CLB-GRANT-CLASS", "warn")
    assert found.message.endswith("to clubs of other communes than Xã Một.")
    assert found.expected is not None
    assert len(found.expected.split(", ")) == 2
    assert (found.actual, found.source) == ("Xã Một", "QD 1, IV.1")
    assert found.who == "the province"
    assert found.fix == "Say on what ground the grant is given."


def test_a_grant_for_communes_of_this_class_is_held_to_its_amount_only() -> None:
    rural = Dated(100 * MILLION, source="QD1, IV.1", extra={"classes": ["rural"]})
    there = {"grant.establishment": rural}
    assert codes(grants.held_to_grants(asked(form(), policy=there))) == []
    assert codes(grants.held_to_grants(asked(form(amount=90), policy=there))) != []


def stated(amount: int = 100, **extra: Any) -> Dated:
    return Dated(amount * MILLION, source="QD1, IV.1", extra=extra)


TURNS = ("training", "launch", "supervision", "review")
DAYS = dict(zip(TURNS, ("trained_on", "launched_on", "supervised_on", "reviewed_on"), strict=True))


@pytest.mark.parametrize("after", TURNS)
@pytest.mark.parametrize(
    ("day_of_it", "warned"),
    [(None, True), ("2022-03-02", True), ("2022-03-01", False), ("2021-12-01", False)],
)
def test_a_grant_waits_for_what_the_policy_puts_before_it(
    after: str, day_of_it: str | None, warned: bool
) -> None:
    reached = day(day_of_it) if day_of_it else None
    there = club(decided_on=DECIDED, **{DAYS[after]: reached})
    values = {"grant.establishment": stated(after=after)}
    found = list(grants.held_to_grants(asked(form(), policy=values, club=there)))
    assert codes(found) == (["CLB-GRANT-CONDITION"] if warned else [])
    if warned:
        (one,) = found
        assert one.level == "warn"
        assert one.actual == ("02/03/2022" if day_of_it else "none")
        assert one.source == "QD 1, IV.1"
        assert one.who == "the province"
        assert "comes after" in one.message


def test_a_grant_goes_into_the_fund_that_the_policy_names() -> None:
    values = {"grant.establishment": stated(into="income")}
    (one,) = grants.held_to_grants(asked(form(), policy=values))
    assert report([one]) == text("""
        warn CLB-GRANT-FUND
          100.000.000 đồng goes into another fund than the one named.
          expected: income fund
          actual: operating fund
          source: QD 1, IV.1
          who: the province
          fix: Correct the fund, or say on what ground it differs.
    """)
    assert list(grants.held_to_grants(asked(form(fund="income"), policy=values))) == []


TWO_PARTS = {
    "grant.equipment": stated(20, order=2, title="Trang thiết bị"),
    "grant.establishment": stated(100, order=1),
}


@pytest.mark.parametrize(
    ("given", "amount", "fits"),
    [((), 100, True), ((), 20, False), ((100,), 20, True), ((100,), 100, False)],
)
def test_of_several_grants_the_next_in_order_is_meant(
    given: tuple[int, ...], amount: int, fits: bool
) -> None:
    ledger = [money(amount=one, seq=place) for place, one in enumerate(given, start=1)]
    filled = asked(form(amount=amount), *ledger, policy=TWO_PARTS)
    expected = [] if fits else ["CLB-GRANT-AMOUNT"]
    assert codes(grants.held_to_grants(filled)) == expected


@pytest.mark.parametrize(
    ("donor", "held"), [("Quỹ An", True), ("quỹ an", True), ("Quỹ Bình", False), (None, False)]
)
def test_a_grant_of_a_named_donor_is_of_that_donor_alone(donor: str | None, held: bool) -> None:
    values = {"grant.establishment": stated(30, funds_source="donor", donor="Quỹ An")}
    filled = form(amount=40, source="donor", **({"donor": donor} if donor else {}))
    found = codes(grants.held_to_grants(asked(filled, policy=values)))
    assert found == (["CLB-GRANT-AMOUNT"] if held else [])


@pytest.mark.parametrize(
    ("value", "amount", "fits"),
    [
        ({"min": 10 * MILLION}, 10, True),
        ({"min": 10 * MILLION}, 9, False),
        ({"max": 10 * MILLION}, 10, True),
        ({"max": 10 * MILLION}, 11, False),
        ({"min": 5 * MILLION, "max": 10 * MILLION}, 5, True),
        ({"min": 5 * MILLION, "max": 10 * MILLION}, 4, False),
    ],
)
def test_a_grant_between_limits_fits_up_to_them(
    value: dict[str, int], amount: int, fits: bool
) -> None:
    values = {"grant.establishment": Dated(value, source="QD1, IV.1")}
    found = codes(grants.held_to_grants(asked(form(amount=amount), policy=values)))
    assert found == ([] if fits else ["CLB-GRANT-AMOUNT"])


@pytest.mark.parametrize(
    ("budget", "spent", "expected"),
    [
        ({"clubs": 4, "amount": 400 * MILLION}, 301, "at most 400.000.000 đồng for 4 clubs"),
        ({"amount": 400 * MILLION}, 301, "at most 400.000.000 đồng"),
        ({"amount": 400 * MILLION}, 300, None),
        ({"clubs": 4}, 301, None),
    ],
)
def test_the_grants_of_a_programme_stay_within_its_budget(
    budget: dict[str, int], spent: int, expected: str | None
) -> None:
    values = {
        "grant.establishment": stated(),
        "budget.total": Dated(budget, source="QD1, IV.2"),
    }
    counts = Counts(spent=spent * MILLION)
    found = list(grants.held_to_grants(asked(form(), policy=values, counts=counts)))
    if expected is None:
        assert found == []
        return
    (one,) = found
    assert (one.code, one.level, one.expected) == ("CLB-BUDGET-TOTAL", "warn", expected)
    assert (one.actual, one.source) == ("401.000.000 đồng", "QD 1, IV.2")
    assert (one.who, one.fix) == ("the province", "Say which money pays for it.")
    assert "401.000.000 đồng; its budget is 400.000.000 đồng" in one.message
