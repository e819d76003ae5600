"""What a club's board reads out to its members at the end of a year (báo cáo năm)."""

from collections.abc import Sequence
from datetime import date, timedelta

from engine.documents import words
from engine.documents.phrases import Values, amount
from engine.documents.snapshot import Snapshot
from engine.labels import PAPER_FUNDS
from engine.model import FundKind, Loan
from engine.reports import loans
from engine.reports.dossier import Record
from engine.reports.money import LedgerLine
from engine.rules.calendar import add_months
from engine.rules.funds import is_opening
from engine.vietnamese.text import dong, number

WIDEST = 24
"""Blocks of the longest bar of the chart."""
BLOCK, LENT = "█", "▒"
"""What a bar is made of: money in the fund, then what is lent out of it."""


def bao_cao_nam(snapshot: Snapshot) -> Values:
    """Fill in the statement of the year of the paper's day, up to that day."""
    first = date(snapshot.on.year, 1, 1)
    ledger = snapshot.dossier.ledger(snapshot.on)
    given = snapshot.dossier.loans(snapshot.on)
    funds = [
        one for one, there in snapshot.held().items() if there is not None or one in PAPER_FUNDS
    ]
    held = [one for one in snapshot.dossier.records if first <= one.on <= snapshot.on]
    return {
        **snapshot.common(snapshot.as_agency),
        "year": snapshot.on.year,
        "as_of": words.day(snapshot.on),
        "chair": snapshot.chair(),
        "treasurer": snapshot.in_post("treasurer"),
        "make_up": snapshot.make_up(),
        "met": _meetings(snapshot, [one for one in held if one.step == "meeting"]),
        "books": [_fund(snapshot, fund, ledger, first) for fund in funds],
        "lending": _lending(snapshot, given, first),
        "care": _care([one for one in held if one.step == "care"]),
        "chart": _chart(snapshot, ledger, given),
    }


def _meetings(snapshot: Snapshot, met: Sequence[Record]) -> Values:
    """Return the year's meetings; blanks where none was recorded."""
    if not met:
        return {"count": None, "attendance": None, "activities": None}
    came = [int(one.field("attendance")) for one in met]
    ids = dict.fromkeys(id_ for one in met for id_ in one.field("activities") or ())
    return {
        "count": number(len(met)),
        "attendance": number(round(sum(came) / len(came))),
        "activities": "; ".join(snapshot.activities(tuple(ids))) or None,
    }


def _fund(snapshot: Snapshot, fund: str, ledger: Sequence[LedgerLine], first: date) -> Values:
    """Return what a fund held at first, what came and went, and what is left."""
    moved = [one.entry for one in ledger if one.entry.fund == fund]
    earlier = [is_opening(one) or (one.on or first) < first for one in moved]
    before = sum(one.delta for one, there in zip(moved, earlier, strict=True) if there)
    year = [one.delta for one, there in zip(moved, earlier, strict=True) if not there]
    into, out = sum(one for one in year if one > 0), -sum(one for one in year if one < 0)
    known = bool(moved)
    sums = {"before": before, "income": into, "spent": out, "left": before + into - out}
    return {
        "name": snapshot.paper_fund(fund),
        **{name: dong(sum_) if known else None for name, sum_ in sums.items()},
    }


def _lending(snapshot: Snapshot, given: Sequence[Loan], first: date) -> Values:
    """Return the year of the loan book; blanks where no loan is in it."""
    if not given:
        names = ("lent", "count", "repaid", "interest", "borrowers", "owed", "overdue")
        return dict.fromkeys(names)
    year = [one for one in given if one.on >= first and not one.opening]
    changes = [change for one in given for change in one.changes if change.on >= first]
    paid = sum(one.principal for one in changes if not one.written_off)
    sums = loans.sums(given, snapshot.on)
    return {
        "count": number(len(year)),
        "lent": dong(sum(one.amount for one in year)),
        "repaid": dong(paid),
        "interest": dong(sum(one.interest for one in changes)),
        "borrowers": number(sums.borrowers),
        "owed": dong(sums.outstanding),
        "overdue": dong(sums.overdue),
    }


def _care(held: Sequence[Record]) -> Values:
    """Return the last month of home care; blanks where none was recorded."""
    last = max(held, key=lambda one: (str(one.field("date"))[:7], one.seq), default=None)
    months = {str(one.field("date"))[:7] for one in held}
    if last is None:
        return {"months": None, "volunteers": None, "cared_for": None}
    return {
        "months": number(len(months)),
        "volunteers": number(last.field("volunteers")),
        "cared_for": number(last.field("cared_for")),
    }


def _chart(snapshot: Snapshot, ledger: Sequence[LedgerLine], given: Sequence[Loan]) -> list[Values]:
    """Return the income fund at the end of each month, what is lent out with it, as bars."""
    january = date(snapshot.on.year, 1, 1)
    ends = [
        (month, min(snapshot.on, add_months(january, month) - timedelta(days=1)))
        for month in range(1, snapshot.on.month + 1)
    ]
    sums = []
    for month, end in ends:
        there = [
            one.entry.delta
            for one in ledger
            if one.entry.fund is FundKind.INCOME and (one.entry.on or end) <= end
        ]
        held = sum(there)
        owed = sum(one.until(end).outstanding for one in given if one.on <= end)
        known = bool(there or owed)
        sums.append((month, held, held + owed if known else None))
    most = max((sum_ for _month, _held, sum_ in sums if sum_), default=0)
    return [
        {
            "month": f"Tháng {month}",
            "bar": _bar(held, sum_, most) if sum_ and most > 0 else "",
            "amount": amount(sum_)["amount"],
        }
        for month, held, sum_ in sums
    ]


def _bar(held: int, sum_: int, most: int) -> str:
    """Return the bar of a month: what is in the fund, then what is lent out."""
    whole = round(WIDEST * max(sum_, 0) / most)
    inside = min(whole, round(WIDEST * max(held, 0) / most))
    return BLOCK * inside + LENT * (whole - inside)
