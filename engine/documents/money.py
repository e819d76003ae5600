"""The papers about a club's money: loans to members, receipts and payment slips, its books."""

from collections.abc import Iterable, Iterator

from engine.documents import words
from engine.documents.phrases import Values, amount
from engine.documents.snapshot import Snapshot
from engine.labels import PAPER_ENTRIES, PAPER_FUNDS, PAPER_SOURCES
from engine.model import EntryKind, FundKind
from engine.reports.money import LedgerLine
from engine.vietnamese.text import dmy, number

PAYMENTS = 6
"""Lines of the plan of payments in a loan agreement."""
SPARE_LOANS = 5
"""Lines of the loan book to write on."""
_OF_LOANS = (EntryKind.LOAN, EntryKind.REPAYMENT)


def don_vay_von(snapshot: Snapshot) -> Values:
    """Fill in the request for a loan: who borrows writes by hand."""
    return snapshot.common(snapshot.as_agency)


def hop_dong_vay(snapshot: Snapshot) -> Values:
    """Fill in the agreement on a loan: who lends for the club; terms are written by hand."""
    return {
        **_signed(snapshot),
        "payments": [{"no": place} for place in range(1, PAYMENTS + 1)],
    }


def phieu_thu(snapshot: Snapshot) -> Values:
    """Fill in a receipt from the last money that came into a fund up to the day asked for."""
    return {**_signed(snapshot), "slip": _slip(snapshot, into=True)}


def phieu_chi(snapshot: Snapshot) -> Values:
    """Fill in a payment slip from the last money that left a fund up to the day asked for."""
    return {**_signed(snapshot), "slip": _slip(snapshot, into=False)}


def so_quy(snapshot: Snapshot) -> Values:
    """Fill in the cash book: each fund's entries in order of their day."""
    lines = snapshot.dossier.ledger(snapshot.on)
    funds = [fund for fund in FundKind if any(line.entry.fund == fund for line in lines)]
    return {
        **_signed(snapshot),
        "as_of": words.day(snapshot.on),
        "books": [
            _book(fund, [one for one in lines if one.entry.fund == fund])
            for fund in funds or list(FundKind)
        ],
    }


def so_vay(snapshot: Snapshot) -> Values:
    """Fill in the loan book: what was lent and paid back, then lines to write on."""
    loans = list(_loans(snapshot.dossier.ledger(snapshot.on)))
    out = loans[-1]["out"] if loans else None
    spare = dict.fromkeys(("date", "document", "person", "lent", "repaid", "outstanding"), "")
    return {
        **_signed(snapshot),
        "as_of": words.day(snapshot.on),
        "loans": [*loans, *(dict(spare) for _place in range(SPARE_LOANS))],
        "outstanding": amount(out),
    }


def _signed(snapshot: Snapshot) -> Values:
    """Return the club's head, and who answers for its money."""
    return {
        **snapshot.common(snapshot.as_agency),
        "chair": snapshot.chair(),
        "treasurer": snapshot.in_post("treasurer"),
    }


def _slip(snapshot: Snapshot, *, into: bool) -> Values:
    """Return the last entry into (or out of) a fund that still counts; blanks without one."""
    found = [
        line.entry
        for line in snapshot.dossier.ledger(snapshot.on)
        if line.reversed_by is None
        and line.entry.kind is not EntryKind.REVERSAL
        and (line.entry.delta > 0) == into
    ]
    if not found:
        blank = dict.fromkeys(("fund", "document", "person", "reason"))
        return {**blank, "date": words.BLANK_DATE, **amount(None)}
    last = found[-1]
    person = last.donor or (
        PAPER_SOURCES.get(last.source) if last.kind is EntryKind.GRANT else None
    )
    return {
        "fund": PAPER_FUNDS[last.fund],
        "date": words.day(last.on),
        "document": last.document,
        "person": person,
        "reason": PAPER_ENTRIES[last.kind],
        **amount(last.amount),
    }


def _book(fund: FundKind, lines: Iterable[LedgerLine]) -> Values:
    listed = list(lines)
    income = sum(line.entry.delta for line in listed if line.entry.delta > 0)
    spent = -sum(line.entry.delta for line in listed if line.entry.delta < 0)
    return {
        "name": PAPER_FUNDS[fund],
        "entries": [
            {
                "date": dmy(line.entry.on) if line.entry.on else "",
                "document": line.entry.document,
                "what": _what(line),
                "income": number(line.entry.delta) if line.entry.delta > 0 else "",
                "spent": number(-line.entry.delta) if line.entry.delta < 0 else "",
                "left": number(line.held),
            }
            for line in listed
        ],
        "income": amount(income)["amount"],
        "spent": amount(spent)["amount"],
        "left": amount(listed[-1].held if listed else 0)["amount"],
    }


def _what(line: LedgerLine) -> str:
    entry = line.entry
    shown = PAPER_ENTRIES[entry.kind]
    if entry.kind in (EntryKind.GRANT, EntryKind.CONTRIBUTION):
        shown = f"{shown}: {entry.donor or PAPER_SOURCES.get(entry.source, '')}"
    return f"{shown} (đã hủy)" if line.reversed_by is not None else shown


def _loans(lines: Iterable[LedgerLine]) -> Iterator[Values]:
    """Yield the loans and repayments that still count, with what is out after each."""
    out = 0
    for line in lines:
        entry = line.entry
        if entry.kind not in _OF_LOANS or line.reversed_by is not None:
            continue
        lent = entry.kind is EntryKind.LOAN
        out += entry.amount if lent else -entry.amount
        yield {
            "date": dmy(entry.on) if entry.on else "",
            "document": entry.document,
            "person": entry.donor or "",
            "lent": number(entry.amount) if lent else "",
            "repaid": "" if lent else number(entry.amount),
            "outstanding": number(out),
            "out": out,
        }
