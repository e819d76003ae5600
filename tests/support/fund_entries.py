"""Entries of a club's funds and the forms that record them, in millions of đồng."""

from typing import Any

from support.literals import club, day, request

from engine.model import EntryKind, FundKind, LedgerEntry
from engine.rules.request import StepRequest

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


def asked(filled: Any, *ledger: LedgerEntry, on: str = "2022-03-01", **parts: Any) -> StepRequest:
    """Return the request of recording it, of a club that was decided in 2021."""
    given = {"club": club(decided_on=DECIDED), **parts}
    return request(on, filled, step="fund", ledger=ledger, **given)
