"""Which funds have an entry, what is in them and what leaves them: with literals."""

from datetime import date

from engine.model import EntryKind, FundKind, LedgerEntry
from engine.rules import funds

ON = date(2021, 10, 15)
GIVEN = LedgerEntry(EntryKind.GRANT, FundKind.OPERATING, "donor", 5, 5, "UNC 1", seq=3, on=ON)
BACK = LedgerEntry(
    *(EntryKind.REVERSAL, FundKind.OPERATING, "donor", 5, -5, "UNC 1"),
    reverses=3,
    of=EntryKind.GRANT,
    seq=4,
    on=ON,
)


def test_a_fund_has_an_entry_until_that_is_taken_back() -> None:
    assert funds.recorded([GIVEN]) == {"operating"}
    assert funds.recorded([GIVEN, BACK]) == frozenset()
    assert funds.held([GIVEN], ("income", "operating")) == {"income": None, "operating": 5}
    assert funds.held([GIVEN, BACK], ("operating",)) == {"operating": None}


def test_money_leaves_a_fund_by_an_expense_and_by_what_is_lent() -> None:
    spent = {"kind": "expense", "fund": "own_du_phong", "amount": 5}
    assert funds.leaves("fund", spent) == ("own_du_phong", 5)
    assert funds.leaves("fund", {**spent, "kind": "grant"}) is None
    assert funds.leaves("lend", {"amount": 5}) == ("income", 5)
    assert funds.leaves("lend", {"amount": 5, "opening": True}) is None
    assert funds.leaves("write_off", {"amount": 5, "loan": 3}) is None
