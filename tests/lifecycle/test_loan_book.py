"""The loan book through the lifecycle: no đồng is made or lost, whatever is lent and repaid."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.core import Core, codes, make_core

from engine.errors import RefusedError, UnknownError
from engine.lifecycle import upkeep
from engine.reports import loans
from engine.reports.money import balances, ledger
from engine.store import log

FROM = date(2022, 5, 1)
GRANT = {"kind": "contribution", "source": "donor", "fund": "income", "amount": 20_000_000}


@pytest.fixture
def club(core: Core) -> str:
    found = core.bring("operating")
    core.carry(found, "fund", FROM, GRANT)
    return found


def test_a_name_without_marks_finds_the_borrower_and_only_the_id_is_in_the_log(
    core: Core, club: str
) -> None:
    one = core.people[0]
    core.take(club, "lend", FROM, {"member": one.name})
    event = core.event(club, -1)
    assert event.form["member"].startswith("M")
    assert one.name not in str(core.store.rows("SELECT body FROM event WHERE step = 'lend'"))


def test_nobody_borrows_who_is_not_on_the_list(core: Core, club: str) -> None:
    error = core.refusal(club, "lend", FROM, {"member": "Người Lạ Mặt"})
    assert isinstance(error, UnknownError)


def test_a_loan_that_was_taken_back_is_no_longer_in_the_book(core: Core, club: str) -> None:
    core.take(club, "lend", FROM, {"member": core.people[0].name})
    seq = core.club(club).seq
    core.take(
        club,
        "fund",
        FROM,
        {
            "kind": "reversal",
            "source": "member",
            "fund": "income",
            "amount": 1_000_000,
            "reverses": seq,
        },
    )
    assert loans.book(core.store, core.club(club), FROM) == []
    error = core.refusal(club, "repay", FROM, {"loan": seq})
    assert codes(error) == ["CLB-LOAN-UNKNOWN"]


MONEY = st.integers(min_value=1, max_value=3_000_000)
WORK = st.lists(
    st.one_of(
        st.tuples(st.just("lend"), st.integers(0, 4), MONEY, st.integers(1, 24), st.booleans()),
        st.tuples(st.just("repay"), st.integers(0, 9), st.integers(0, 3_000_000), MONEY),
        st.tuples(st.just("write_off"), st.integers(0, 9), MONEY),
        st.tuples(st.just("extend"), st.integers(0, 9), st.integers(1, 900)),
        st.tuples(st.just("reverse"), st.integers(0, 9)),
    ),
    max_size=12,
)


def attempt(core: Core, club: str, on: date, one: tuple) -> None:  # type: ignore[type-arg]
    """Do something that may be refused, with a reason for every warning."""
    book = loans.book(core.store, core.club(club), on)
    kind, place, *parts = one
    if kind == "lend":
        amount, months, opening = parts
        changes = {
            "member": core.people[place].name,
            "amount": amount,
            "months": months,
            "opening": opening,
        }
        core.carry(club, "lend", on, changes)
        return
    entries = [
        line for line in ledger(core.store, core.club(club), on) if line.entry.source == "member"
    ]
    if kind == "reverse":
        if entries:
            entry = entries[place % len(entries)].entry
            back = {
                "kind": "reversal",
                "source": "member",
                "fund": "income",
                "amount": entry.amount,
                "reverses": entry.seq,
            }
            core.carry(club, "fund", on, back)
        return
    loan = {"loan": book[place % len(book)].seq if book else 1}
    if kind == "repay":
        loan |= {"principal": parts[0], "interest": parts[1]}
    elif kind == "write_off":
        loan |= {"amount": parts[0]}
    else:
        core.carry(club, kind, on, {**loan, "until": str(on + timedelta(days=parts[0]))})
        return
    core.carry(club, kind, on, loan)


def assert_never_negative_unasked(core: Core, club: str, on: date) -> None:
    """Hold that what takes a fund below nought was warned of, and gone on with for a reason."""
    asked = {
        event.seq
        for event in log.read(core.store, f"club:{club}")
        if any(one.code == "CLB-FUND-BALANCE" for one in event.acknowledged)
    }
    for line in ledger(core.store, core.club(club), on):
        below = line.held < 0 and line.entry.delta < 0 and line.entry.kind != "reversal"
        assert not below or line.entry.seq in asked, line


@pytest.mark.slow
@settings(max_examples=25)
@given(work=WORK)
def test_no_dong_is_made_or_lost(
    tmp_path_factory: pytest.TempPathFactory, work: list[tuple]
) -> None:  # type: ignore[type-arg]
    folder: Path = tmp_path_factory.mktemp("book")
    core = make_core(str(folder / "clb.sqlite3"))
    club = core.bring("operating")
    core.carry(club, "fund", FROM, GRANT)
    start = balances(ledger(core.store, core.club(club), FROM))["income"]
    for place, one in enumerate(work):
        try:
            attempt(core, club, FROM + timedelta(days=place), one)
        except RefusedError:
            continue
    on = FROM + timedelta(days=len(work))
    book = loans.book(core.store, core.club(club), on)
    given_out = sum(one.amount for one in book if not one.opening)
    back = sum(one.repaid + one.interest for one in book)
    assert balances(ledger(core.store, core.club(club), on))["income"] == start - given_out + back
    for loan in book:
        assert loan.outstanding == loan.amount - loan.repaid - loan.written_off
        assert 0 <= loan.outstanding <= loan.amount
    assert_never_negative_unasked(core, club, on)
    assert upkeep.check(core.store).faults == ()
    upkeep.rebuild(core.store)
    assert loans.book(core.store, core.club(club), on) == book
    assert log.read(core.store, f"club:{club}")
