"""The papers about a club's money: loans to members, receipts and payment slips, its books."""

from collections.abc import Sequence

from engine import codes
from engine.documents import words
from engine.documents.lending import loan_lines, payers
from engine.documents.phrases import Values, amount
from engine.documents.snapshot import Snapshot
from engine.errors import InputError
from engine.i18n import _
from engine.labels import PAPER_ENTRIES
from engine.model import EntryKind
from engine.reports.money import LedgerLine
from engine.rules.funds import is_opening
from engine.vietnamese.text import dmy, number

PAYMENTS = 6
"""Lines of the plan of payments in a loan agreement."""
SPARE = 5
"""Lines of a book to write on: of the loan book always, of the cash book while it is empty."""


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
    """Fill in a receipt from the entry asked for, else the last money in by the day."""
    return {**_signed(snapshot), "slip": _slip(snapshot, into=True)}


def phieu_chi(snapshot: Snapshot) -> Values:
    """Fill in a payment slip from the entry asked for, else the last money out by the day."""
    return {**_signed(snapshot), "slip": _slip(snapshot, into=False)}


def so_quy(snapshot: Snapshot) -> Values:
    """Fill in the cash book: each fund's entries in order of their day."""
    lines = snapshot.dossier.ledger(snapshot.on)
    there = {line.entry.fund for line in lines}
    funds = [one for one in snapshot.held() if one in there]
    return {
        **_signed(snapshot),
        "as_of": words.day(snapshot.on),
        "books": [
            _book(snapshot, fund, [one for one in lines if one.entry.fund == fund])
            for fund in funds or snapshot.held()
        ],
    }


def so_vay(snapshot: Snapshot) -> Values:
    """Fill in the loan book: what was lent and paid back and by whom, then lines to write on."""
    loans = list(loan_lines(snapshot))
    out = loans[-1]["out"] if loans else None
    names = ("date", "document", "person", "lent", "repaid", "interest", "outstanding")
    spare = dict.fromkeys(names, "")
    return {
        **_signed(snapshot),
        "as_of": words.day(snapshot.on),
        "loans": [*loans, *(dict(spare) for _place in range(SPARE))],
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
    """Return an entry into (or out of) a fund: the one asked for, else the last; else blanks.

    One that was taken back has no slip. Raises ``InputError`` where there is none to be had.
    """
    found = [
        line.entry
        for line in snapshot.dossier.ledger(snapshot.on)
        if line.reversed_by is None
        and line.entry.kind not in (EntryKind.REVERSAL, EntryKind.OPENING)
        and (line.entry.delta > 0) == into
        and snapshot.entry in (None, line.entry.seq)
    ]
    if not found and snapshot.entry is not None:
        text = _("No entry {seq} is money that came in and still counts.")
        if not into:
            text = _("No entry {seq} is money that went out and still counts.")
        raise InputError(
            text.format(seq=snapshot.entry),
            code=codes.DOCUMENT_ENTRY,
            help=f"clb fund show {snapshot.dossier.club.id}",
        )
    if not found:
        blank = dict.fromkeys(("fund", "document", "person", "reason"))
        return {**blank, "date": words.BLANK_DATE, **amount(None)}
    last = found[-1]
    person = (
        payers(snapshot).get(last.seq)
        or last.donor
        or (snapshot.paper_source(last.source) if last.kind is EntryKind.GRANT else None)
    )
    return {
        "fund": snapshot.paper_fund(last.fund),
        "date": words.day(last.on),
        "document": last.document,
        "person": person,
        "reason": PAPER_ENTRIES[last.kind],
        **amount(last.amount),
    }


def _book(snapshot: Snapshot, fund: str, listed: Sequence[LedgerLine]) -> Values:
    """Return a fund's entries with their sums; blanks and lines to write on where it has none."""
    if not listed:
        names = ("date", "document", "what", "income", "spent", "left")
        return {
            "name": snapshot.paper_fund(fund),
            "entries": [dict.fromkeys(names, "") for _place in range(SPARE)],
            **dict.fromkeys(("opening", "income", "spent", "left")),
        }
    people = payers(snapshot)
    opening = sum(line.entry.delta for line in listed if is_opening(line.entry))
    income = sum(line.entry.delta for line in listed if _came_in(line))
    spent = -sum(line.entry.delta for line in listed if line.entry.delta < 0)
    return {
        "name": snapshot.paper_fund(fund),
        "entries": [
            {
                "date": dmy(line.entry.on) if line.entry.on else "",
                "document": line.entry.document,
                "what": _what(snapshot, line, people.get(line.entry.seq)),
                "income": number(line.entry.delta) if _came_in(line) else "",
                "spent": number(-line.entry.delta) if line.entry.delta < 0 else "",
                "left": number(line.held),
            }
            for line in listed
        ],
        "opening": amount(opening)["amount"] if opening else None,
        "income": amount(income)["amount"],
        "spent": amount(spent)["amount"],
        "left": amount(listed[-1].held)["amount"],
    }


def _came_in(line: LedgerLine) -> bool:
    """Return whether an entry is money that came in: what a fund held before did not."""
    return line.entry.delta > 0 and not is_opening(line.entry)


def _what(snapshot: Snapshot, line: LedgerLine, who: str | None) -> str:
    """Return what an entry was for, and who gave, borrowed or repaid where that is known."""
    entry = line.entry
    shown, who = PAPER_ENTRIES[entry.kind], who or entry.donor
    if entry.kind in (EntryKind.GRANT, EntryKind.CONTRIBUTION):
        who = who or snapshot.paper_source(entry.source)
    if who:
        shown = f"{shown}: {who}"
    return f"{shown} (đã hủy)" if line.reversed_by is not None else shown
