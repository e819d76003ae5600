"""A club's loans to its members, held against the ledger and the club's own charter."""

from typing import Any

import pytest
from support.literals import codes, day, effects, judged, report, request, text

from engine.frozen import FrozenMap
from engine.model import (
    Effects,
    EntryKind,
    FundKind,
    LedgerEntry,
    LendingTerms,
    Loan,
    LoanChange,
    RosterChange,
)
from engine.rules.loans import due_by, figures_asked, void

pytestmark = pytest.mark.usefixtures("english")

LENT = day("2022-01-05")
LOAN = Loan(14, "M1", LENT, 6_000_000, 12, 50, "Nuôi gà", day("2023-01-05"))
TERMS = LendingTerms(day("2022-01-01"), "Quy chế quỹ", most=5_000_000, months=12, rate=100)
IN_FUND = LedgerEntry(EntryKind.GRANT, FundKind.INCOME, "donor", 9_000_000, 9_000_000, "UNC", seq=3)
LEND = {"member": "M1", "amount": 5_000_000, "months": 12, "rate": 50, "purpose": "Nuôi gà"}


def changed(*changes: LoanChange, **parts: Any) -> Loan:
    given = {name: getattr(LOAN, name) for name in LOAN.__slots__}
    return Loan(**{**given, "changes": changes, **parts})


def paid(on: str, principal: int = 0, interest: int = 0, seq: int = 15) -> LoanChange:
    return LoanChange(seq, day(on), principal, interest)


def found(step: str, form: dict[str, Any], on: str = "2022-06-01", **parts: Any) -> list[str]:
    given = {"loans": (LOAN,), "ledger": (IN_FUND,), **parts}
    return codes(judged(step, request(on, {"document": "PC 1", **form}, step=step, **given)))


def test_principal_interest_extensions_and_write_offs_are_kept_apart() -> None:
    loan = changed(
        paid("2022-02-05", 1_000_000, 30_000),
        LoanChange(16, day("2022-03-05"), due_on=day("2023-07-05")),
        LoanChange(17, day("2022-04-05"), 500_000, written_off=True),
    )
    assert (loan.repaid, loan.interest, loan.written_off) == (1_000_000, 30_000, 500_000)
    assert loan.outstanding == 4_500_000
    assert loan.due_on == day("2023-07-05")
    before = loan.until(day("2022-02-28"))
    assert (before.outstanding, before.due_on) == (5_000_000, day("2023-01-05"))


@pytest.mark.parametrize(("on", "late"), [("2023-01-05", False), ("2023-01-06", True)])
def test_a_loan_is_overdue_from_the_day_after_its_due_day(on: str, late: bool) -> None:
    assert LOAN.is_overdue(day(on)) is late
    assert not changed(paid("2023-01-01", 6_000_000)).is_overdue(day(on))


def test_money_lent_leaves_the_income_fund_and_is_due_its_months_later() -> None:
    work = effects("lend", request("2022-01-31", {**LEND, "months": 1, "document": "PC 1"}))
    assert work.ledger == (
        LedgerEntry(
            *(EntryKind.LOAN, FundKind.INCOME, "member", 5_000_000, -5_000_000), document="PC 1"
        ),
    )
    assert work.records == (
        (
            "loan",
            {
                "member": "M1",
                "amount": 5_000_000,
                "months": 1,
                "rate": 50,
                "purpose": "Nuôi gà",
                "in_kind": False,
                "opening": False,
                "due_on": "2022-02-28",
            },
        ),
    )


def test_a_loan_may_be_of_goods_and_of_before_the_book() -> None:
    form = {**LEND, "document": "PC 1", "in_kind": True, "opening": True}
    ((_table, row),) = effects("lend", request(form=form)).records
    assert (row["in_kind"], row["opening"]) == (True, True)


def test_a_debt_of_before_the_book_takes_nothing_out_of_the_fund() -> None:
    assert (
        effects("lend", request(form={**LEND, "document": "Sổ cũ", "opening": True})).ledger == ()
    )
    assert found("lend", {**LEND, "amount": 50_000_000, "opening": True}) == []


def test_a_repayment_brings_principal_and_interest_into_the_fund_together() -> None:
    form = {"loan": 14, "principal": 1_000_000, "interest": 30_000, "document": "PT 1"}
    work = effects("repay", request(form=form, step="repay", loans=(LOAN,)))
    assert work.ledger == (
        LedgerEntry(
            *(EntryKind.REPAYMENT, FundKind.INCOME, "member", 1_030_000, 1_030_000),
            document="PT 1",
        ),
    )
    assert work.records == (("loan_change", change(principal=1_000_000, interest=30_000)),)


def change(**parts: Any) -> dict[str, Any]:
    """Return the row of a change to loan 14; what is not named is nothing."""
    nothing = {"principal": 0, "interest": 0, "due_on": None, "written_off": False}
    return {"loan": 14, **nothing, **parts}


@pytest.mark.parametrize(("path", "other"), [("principal", "interest"), ("interest", "principal")])
def test_only_principal_or_only_interest_may_be_paid(path: str, other: str) -> None:
    form = {"loan": 14, path: 30_000, "document": "PT 1"}
    work = effects("repay", request(form=form, step="repay", loans=(LOAN,)))
    assert [one.delta for one in work.ledger] == [30_000]
    assert work.records == (("loan_change", change(**{path: 30_000, other: 0})),)


def test_an_extension_only_moves_the_day() -> None:
    form = {"loan": 14, "until": "2023-07-05", "document": "BB"}
    work = effects("extend", request(form=form, step="extend", loans=(LOAN,)))
    assert work == Effects(records=(("loan_change", FrozenMap(change(due_on="2023-07-05"))),))


def test_what_the_board_writes_off_moves_no_money() -> None:
    form = {"loan": 14, "amount": 500_000, "document": "BB"}
    work = effects("write_off", request(form=form, step="write_off", loans=(LOAN,)))
    assert work.ledger == ()
    assert work.records == (("loan_change", change(principal=500_000, written_off=True)),)


def test_more_than_the_fund_holds_warns() -> None:
    assert found("lend", {**LEND, "member": "M2", "amount": 9_000_000}) == []
    assert found("lend", {**LEND, "member": "M2", "amount": 9_000_001}) == ["CLB-FUND-BALANCE"]


def test_a_second_loan_warns_only_while_the_first_is_overdue() -> None:
    assert found("lend", LEND, "2023-01-05") == []
    assert found("lend", LEND, "2023-01-06") == ["CLB-LOAN-OVERDUE"]
    assert found("lend", {**LEND, "member": "M2"}, "2023-01-06") == []


@pytest.mark.parametrize(
    "beyond",
    [{"amount": 5_000_001}, {"months": 13}, {"rate": 101}],
    ids=lambda one: next(iter(one)),
)
def test_a_loan_beyond_the_clubs_own_charter_warns_and_names_it(beyond: dict[str, int]) -> None:
    assert found("lend", {**LEND, "member": "M2", "rate": 100}, lending=TERMS) == []
    about = request(
        "2022-06-01",
        {**LEND, "document": "x", **beyond},
        step="lend",
        lending=TERMS,
        ledger=(IN_FUND,),
    )
    (warning,) = judged("lend", about)
    assert (warning.code, warning.source) == ("CLB-LOAN-TERMS", "Quy chế quỹ")


def test_nothing_is_held_against_a_charter_that_says_nothing_or_is_of_a_later_day() -> None:
    much = {**LEND, "member": "M2", "amount": 9_000_000, "months": 100, "rate": 900}
    assert found("lend", much, lending=LendingTerms(day("2022-01-01"), "x")) == []
    assert found("lend", much, "2021-12-31", lending=TERMS) == []


@pytest.mark.parametrize("step", ["repay", "extend", "write_off"])
def test_a_loan_that_is_not_there_or_not_yet_given_is_refused(step: str) -> None:
    form = {"principal": 1, "amount": 1, "until": "2024-01-01"}
    assert found(step, {**form, "loan": 13}) == ["CLB-LOAN-UNKNOWN"]
    assert found(step, {**form, "loan": 14}, "2022-01-04") == ["CLB-LOAN-EARLY"]
    assert found(step, {**form, "loan": 14}, "2022-01-05") == []


def test_a_repayment_of_nothing_is_refused() -> None:
    assert found("repay", {"loan": 14}) == ["CLB-LOAN-NOTHING"]
    assert found("repay", {"loan": 14, "interest": 1}) == []
    assert found("repay", {"loan": 14, "principal": 1, "interest": 1}) == []


@pytest.mark.parametrize(("step", "path"), [("repay", "principal"), ("write_off", "amount")])
def test_no_more_comes_back_than_is_owed(step: str, path: str) -> None:
    assert found(step, {"loan": 14, path: 6_000_000}) == []
    assert found(step, {"loan": 14, path: 6_000_001}) == ["CLB-LOAN-TOO-MUCH"]
    later = changed(paid("2022-09-01", 6_000_000))
    assert found(step, {"loan": 14, path: 1}, "2022-06-01", loans=(later,)) == ["CLB-LOAN-TOO-MUCH"]


def test_an_extension_is_to_a_later_day() -> None:
    assert found("extend", {"loan": 14, "until": "2023-01-06"}) == []
    assert found("extend", {"loan": 14, "until": "2023-01-05"}) == ["CLB-LOAN-EXTENSION"]


def test_a_borrower_who_leaves_the_list_is_warned_about_while_something_is_owed() -> None:
    leaving = Effects(roster=(RosterChange("leave", "M1"),))
    assert found("roster", {}, remedy=leaving) == ["CLB-BORROWER-LEAVES"]
    settled = changed(paid("2022-05-01", 6_000_000))
    assert found("roster", {}, remedy=leaving, loans=(settled,)) == []
    other = Effects(roster=(RosterChange("leave", "M2"), RosterChange("edit", "M1")))
    assert found("roster", {}, remedy=other) == []


def test_a_loan_is_taken_back_with_its_money_unless_something_came_after() -> None:
    entry = LedgerEntry(
        EntryKind.LOAN, FundKind.INCOME, "member", 6_000_000, -6_000_000, "PC", seq=14, on=LENT
    )
    form = {"kind": "reversal", "fund": "income", "source": "member", "amount": 6_000_000}
    about = {"ledger": (IN_FUND, entry)}
    assert found("fund", form, **about) == []
    after = (changed(paid("2022-02-05", 1_000_000)),)
    assert found("fund", form, **about, loans=after) == ["CLB-LOAN-CHANGED"]
    filled = {**form, "document": "x"}
    work = effects("fund", request(form=filled, step="fund", loans=(LOAN,), **about))
    assert work.voids == (14,)
    assert effects("fund", request(form=filled, step="fund", **about)).voids == ()


EXTENDED = LoanChange(15, day("2022-12-01"), due_on=day("2023-06-05"))


@pytest.mark.parametrize(
    ("on", "loan", "due"),
    [
        ("2022-02-04", LOAN, (0, 0)),
        ("2022-02-05", LOAN, (0, 30_000)),
        ("2022-04-30", LOAN, (0, 90_000)),
        # Interest of a month is of what was owed until its last day.
        ("2022-04-05", changed(paid("2022-03-05", 2_000_000, 60_000)), (0, 20_000)),
        ("2022-04-05", changed(paid("2022-03-04", 2_000_000, 60_000)), (0, 10_000)),
        ("2022-04-05", changed(paid("2022-03-05", 0, 99_000)), (0, 0)),
        ("2023-01-05", changed(paid("2022-12-05", 5_000_000, 330_000)), (1_000_000, 5_000)),
        ("2023-03-04", changed(paid("2022-02-05", 6_000_000, 30_000)), (0, 0)),
        ("2023-01-05", changed(EXTENDED), (0, 360_000)),
        ("2022-02-28", changed(on=day("2022-01-31"), amount=333, rate=33), (0, 1)),
        # To the nearest đồng.
        ("2022-02-05", changed(amount=4_999, rate=1), (0, 0)),
        ("2022-02-05", changed(amount=5_000, rate=1), (0, 1)),
        ("2023-01-05", changed(opening=True), (6_000_000, None)),
        ("2022-02-05", changed(opening=True), (0, None)),
    ],
)
def test_what_is_due_is_the_interest_of_the_months_and_the_principal_on_its_day(
    on: str, loan: Loan, due: tuple[int, int | None]
) -> None:
    assert due_by(loan, day(on)) == due


@pytest.mark.parametrize(
    ("indicator", "asked"),
    [
        ({"counts": "loans", "of": "members"}, set()),
        ({"counts": "cash_or_kind"}, {"borrowers_in_kind"}),
        ({"counts": "cash", "improved_income": True}, {"borrowers_improved"}),
        ({"improved_income": False}, set()),
        ({"of": "members_with_need"}, {"members_with_need", "members_served"}),
        (
            {"counts": "cash_or_kind", "improved_income": True, "of": "members_with_need"},
            {"borrowers_in_kind", "borrowers_improved", "members_with_need", "members_served"},
        ),
    ],
)
def test_a_supervision_counts_what_the_province_s_share_is_of(
    indicator: dict[str, Any], asked: set[str]
) -> None:
    assert figures_asked(indicator) == asked


def shown(step: str, form: dict[str, Any], on: str = "2022-06-01", **parts: Any) -> str:
    given = {"loans": (LOAN,), "ledger": (IN_FUND,), **parts}
    return report(judged(step, request(on, {"document": "PC 1", **form}, step=step, **given)))


def test_a_loan_that_is_not_there_is_named_with_where_to_look() -> None:
    assert shown("extend", {"loan": 13, "until": "2024-01-01"}) == text("""
        block CLB-LOAN-UNKNOWN
          The club has no loan number 13.
          expected: the number of a loan
          actual: 13
          who: the commune's Association of the Elderly
          fix: clb loan list c1
        """)


def test_a_day_before_the_loan_is_refused_with_both_days() -> None:
    assert shown("extend", {"loan": 14, "until": "2024-01-01"}, "2022-01-04") == text("""
        block CLB-LOAN-EARLY
          04/01/2022 is before the loan was given on 05/01/2022.
          expected: not before 05/01/2022
          actual: 04/01/2022
          who: the commune's Association of the Elderly
          fix: Check the date on the paper.
        """)


def test_a_repayment_of_nothing_asks_for_what_was_paid() -> None:
    assert shown("repay", {"loan": 14, "principal": 0, "interest": 0}) == text("""
        block CLB-LOAN-NOTHING
          Neither principal nor interest is paid.
          expected: principal, interest or both
          actual: 0 đồng
          who: the commune's Association of the Elderly
          fix: Type what was paid of each.
        """)


def test_more_than_is_owed_is_refused_with_what_is() -> None:
    half = changed(paid("2022-05-01", 3_000_000), paid("2022-08-01", 1_000_000, seq=16))
    assert shown("repay", {"loan": 14, "principal": 2_000_001}, loans=(half,)) == text("""
        block CLB-LOAN-TOO-MUCH
          2.000.001 đồng is more than the 2.000.000 đồng still owed.
          expected: at most 2.000.000 đồng
          actual: 2.000.001 đồng
          who: the commune's Association of the Elderly
          fix: Record what is above it as interest, or as a contribution.
        """)
    assert found("repay", {"loan": 14, "principal": 2_000_000}, loans=(half,)) == []


def test_of_several_loans_the_one_named_is_held_against() -> None:
    other = changed(paid("2022-05-01", 5_000_000), seq=20)
    both = {"loans": (other, LOAN)}
    assert found("repay", {"loan": 14, "principal": 6_000_000}, **both) == []
    assert found("repay", {"loan": 20, "principal": 6_000_000}, **both) == ["CLB-LOAN-TOO-MUCH"]
    assert found("repay", {"loan": 20, "principal": 1_000_000}, **both) == []


def test_an_extension_to_no_later_day_is_refused_with_the_day_it_has() -> None:
    assert shown("extend", {"loan": 14, "until": "2022-12-31"}) == text("""
        block CLB-LOAN-EXTENSION
          The loan is due on 05/01/2023; 31/12/2022 is not later.
          expected: after 05/01/2023
          actual: 31/12/2022
          who: the commune's Association of the Elderly
          fix: Type the new day by which it is to be repaid.
        """)
    assert found("extend", {"loan": 14}) == []


def test_the_first_earlier_loan_that_is_overdue_is_named() -> None:
    half = changed(paid("2022-05-01", 1_000_000), paid("2023-09-01", 1_000_000, seq=16))
    later = changed(seq=20, first_due_on=day("2023-02-05"))
    loans = {"loans": (changed(seq=12, member="M2"), half, later)}
    assert shown("lend", {**LEND, "amount": 1_000}, "2023-03-01", **loans) == text("""
        warn CLB-LOAN-OVERDUE
          An earlier loan of this member was due on 05/01/2023; 5.000.000 đồng is still
            owed.
          expected: the earlier loan repaid
          actual: loan 14
          who: the commune's Association of the Elderly
          fix: Record its repayment or extension first, or say why the club lends again.
        """)


def test_an_extension_of_a_later_day_does_not_help_on_the_day() -> None:
    late = changed(LoanChange(16, day("2023-02-01"), due_on=day("2023-07-05")))
    assert found("lend", LEND, "2023-01-06", loans=(late,)) == ["CLB-LOAN-OVERDUE"]
    assert found("lend", LEND, "2023-02-01", loans=(late,)) == []


@pytest.mark.parametrize(
    ("beyond", "most", "wanted"),
    [
        ({"amount": 5_000_001}, "5.000.000 đồng", "5.000.001 đồng"),
        ({"months": 13}, "12 months", "13 months"),
        ({"rate": 101}, "1%/tháng", "1,01%/tháng"),
    ],
)
def test_what_the_charter_allows_is_named_with_its_unit(
    beyond: dict[str, int], most: str, wanted: str
) -> None:
    words = shown("lend", {**LEND, "member": "M2", **beyond}, lending=TERMS)
    assert words == text(f"""
        warn CLB-LOAN-TERMS
          The club's charter allows at most {most}; this is {wanted}.
          expected: at most {most}
          actual: {wanted}
          source: Quy chế quỹ
          who: the commune's Association of the Elderly
          fix: Keep to the club's charter, or say who decided otherwise.
        """)


def test_the_charter_holds_from_its_own_day_and_not_for_who_only_asks() -> None:
    form = {**LEND, "member": "M2", "rate": 101}
    assert found("lend", form, "2022-01-01", lending=TERMS) == ["CLB-LOAN-TERMS"]
    assert found("lend", {}, lending=TERMS, asking=True) == []
    free = LendingTerms(day("2022-01-01"), "Quy chế quỹ", rate=0)
    assert found("lend", {**form, "rate": 1}, lending=free) == ["CLB-LOAN-TERMS"]


def test_whoever_only_asks_is_refused_nothing() -> None:
    assert found("repay", {}, asking=True) == []
    assert found("extend", {}, asking=True) == []


def test_a_borrower_who_leaves_is_named_with_the_loan_and_what_is_owed() -> None:
    leaving = Effects(roster=(RosterChange("edit", "M2"), RosterChange("leave", "M1")))
    half = changed(paid("2022-05-01", 1_000_000))
    loans = {"loans": (changed(seq=12, member="M2"), half), "remedy": leaving}
    assert shown("roster", {}, **loans) == text("""
        warn CLB-BORROWER-LEAVES
          A member who leaves still owes 5.000.000 đồng of loan 14.
          expected: nothing owed
          actual: 5.000.000 đồng
          who: the commune's Association of the Elderly
          fix: Record the repayment or a write-off first, or say who will repay it.
        """)


def test_a_loan_with_something_after_it_is_named_with_what_to_take_back_first() -> None:
    entry = LedgerEntry(
        EntryKind.LOAN, FundKind.INCOME, "member", 6_000_000, -6_000_000, "PC", seq=14, on=LENT
    )
    form = {"kind": "reversal", "fund": "income", "source": "member", "amount": 6_000_000}
    after = changed(paid("2022-02-05", 1_000_000), paid("2022-03-05", 1_000_000, seq=16))
    about = {"ledger": (IN_FUND, entry), "loans": (after,)}
    assert shown("fund", form, **about) == text("""
        block CLB-LOAN-CHANGED
          On loan 14 something was recorded since; take that back first.
          expected: a loan as it was given
          actual: 15, 16
          who: the commune's Association of the Elderly
          fix: clb loan show c1 14
        """)
    assert found("fund", {**form, "kind": "expense", "amount": 1}, **about) == []


def test_a_change_of_a_loan_goes_with_its_money_too() -> None:
    after = changed(paid("2022-02-05", 1_000_000), seq=14)
    request_ = request(loans=(changed(seq=12), after))

    def voided(reverses: int | None) -> tuple[int, ...]:
        back = LedgerEntry(
            *(EntryKind.REVERSAL, FundKind.INCOME, "member", 1, -1, "PC"), reverses=reverses
        )
        return void(request_, back)

    assert [voided(one) for one in (12, 14, 15, 16, None)] == [(12,), (14,), (15,), (), ()]
