"""The papers about what a club lends to its members: the lines of its loan book, a loan's card."""

from collections.abc import Iterator
from datetime import date

from engine import codes
from engine.documents import words
from engine.documents.phrases import Values, amount
from engine.documents.snapshot import Snapshot
from engine.errors import InputError
from engine.i18n import _
from engine.model import EntryKind, Loan
from engine.vietnamese.money import rate_text
from engine.vietnamese.text import dmy, number

SPARE_PAYMENTS = 8
"""Lines of a loan's card to write on."""
_OF_LOANS = (EntryKind.LOAN, EntryKind.REPAYMENT)


def borrower(snapshot: Snapshot, member: str) -> str | None:
    """Return a borrower's name, ``None`` where it was erased."""
    listed = snapshot.dossier.people.get(member)
    return None if listed is None else listed.name


def payers(snapshot: Snapshot) -> dict[int, str | None]:
    """Return who borrowed or repaid, by the number of the entry; other money has nobody here."""
    return {
        seq: borrower(snapshot, one.member)
        for one in snapshot.dossier.loans(snapshot.on)
        for seq in (one.seq, *(change.seq for change in one.changes))
    }


def the_vay(snapshot: Snapshot) -> Values:
    """Fill in a card for each loan on which something is owed; a blank one where nothing is.

    Of a loan that is asked for by its number there is one, owed or not. Raises ``InputError``
    where there is no such loan.
    """
    wanted = snapshot.entry
    owed = [
        one
        for one in snapshot.dossier.loans(snapshot.on)
        if (one.outstanding if wanted is None else one.seq == wanted)
    ]
    if not owed and wanted is not None:
        raise InputError(
            _("The club has no loan number {seq}.").format(seq=wanted),
            code=codes.DOCUMENT_ENTRY,
            help=f"clb loan list {snapshot.dossier.club.id}",
        )
    return {
        **snapshot.common(snapshot.as_agency),
        "chair": snapshot.chair(),
        "treasurer": snapshot.in_post("treasurer"),
        "as_of": words.day(snapshot.on),
        "cards": [_card(snapshot, one) for one in owed] or [_blank_card()],
    }


def _card(snapshot: Snapshot, one: Loan) -> Values:
    documents = _documents(snapshot)
    left, payments = one.amount, []
    for change in one.changes:
        left -= change.principal
        what = "Trả nợ"
        if change.due_on is not None:
            what = f"Gia hạn đến {dmy(change.due_on)}"
        elif change.written_off:
            what = "Xóa nợ"
        payments.append(
            {
                "date": dmy(change.on),
                "what": what,
                "principal": number(change.principal) if change.principal else "",
                "interest": number(change.interest) if change.interest else "",
                "left": number(left),
            }
        )
    return {
        "no": number(one.seq),
        "name": borrower(snapshot, one.member),
        "date": dmy(one.on),
        "due": dmy(one.due_on),
        "months": number(one.months),
        "rate": rate_text(one.rate),
        "purpose": words.sentence(one.purpose),
        "document": documents.get(one.seq),
        "what": "hiện vật" if one.in_kind else "tiền",
        **amount(one.amount),
        "left": amount(one.outstanding)["amount"],
        "payments": [*payments, *_spare()],
    }


def _blank_card() -> Values:
    names = ("no", "name", "date", "due", "months", "rate", "purpose", "document", "what", "left")
    return {**dict.fromkeys(names), **amount(None), "payments": _spare()}


def _spare() -> list[Values]:
    blank = dict.fromkeys(("date", "what", "principal", "interest", "left"), "")
    return [dict(blank) for _place in range(SPARE_PAYMENTS)]


def _documents(snapshot: Snapshot) -> dict[int, str]:
    """Return the voucher of each step of the loan book, by its number."""
    return {
        one.seq: str(one.field("document"))
        for one in snapshot.dossier.records
        if one.field("document")
    }


def loan_lines(snapshot: Snapshot) -> Iterator[Values]:
    """Yield what was lent and paid back, with what is out after each, in order of the days.

    Money lent and repaid that was recorded for no member is among it, from the ledger.
    """
    out = 0
    for on, _seq, lent, repaid, interest, person, document in sorted(_moves(snapshot)):
        out += lent - repaid
        yield {
            "date": dmy(on),
            "document": document,
            "person": person,
            "lent": number(lent) if lent else "",
            "repaid": number(repaid) if repaid else "",
            "interest": number(interest) if interest else "",
            "outstanding": number(out),
            "out": out,
        }


Move = tuple[date, int, int, int, int, str, str]
"""Day, number, lent, principal back (or written off), interest, who, voucher."""


def _moves(snapshot: Snapshot) -> Iterator[Move]:
    documents, own = _documents(snapshot), set()
    for one in snapshot.dossier.loans(snapshot.on):
        who = borrower(snapshot, one.member) or ""
        own.add(one.seq)
        document = documents.get(one.seq, "")
        yield one.on, one.seq, one.amount, 0, 0, who, document
        for change in one.changes:
            own.add(change.seq)
            if change.principal or change.interest:
                document = documents.get(change.seq, "")
                paid = change.principal, change.interest
                whose = f"{who} (xóa nợ)".lstrip() if change.written_off else who
                yield change.on, change.seq, 0, *paid, whose, document
    for line in snapshot.dossier.ledger(snapshot.on):
        entry = line.entry
        if entry.kind in _OF_LOANS and line.reversed_by is None and entry.seq not in own:
            lent = entry.kind is EntryKind.LOAN
            moved = (entry.amount, 0) if lent else (0, entry.amount)
            on = entry.on or snapshot.on
            yield on, entry.seq, *moved, 0, entry.donor or "", entry.document or ""
