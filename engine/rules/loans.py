"""Loans of a club's income fund to its members, held against the club's own charter.

No document of a province sets how a club lends: the terms are those that the club's charter (quy
chế) states and the officer entered, and what is not entered is not held against anything.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from engine import codes
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import role_name
from engine.model import EntryKind, Finding, FundKind, LedgerEntry, Loan
from engine.rules import funds
from engine.rules.calendar import add_months
from engine.rules.findings import block, warn
from engine.rules.request import StepRequest
from engine.vietnamese.money import rate_text
from engine.vietnamese.text import dmy, dong, number

SOURCE = "member"
"""Whose money a repayment is."""


def lent(request: StepRequest) -> tuple[LedgerEntry, ...]:
    """Return the ledger's entry of a loan; none for a debt of before the book was kept here."""
    if request.field("opening"):
        return ()
    return (_entry(request, EntryKind.LOAN, -request.field("amount")),)


def repaid(request: StepRequest) -> tuple[LedgerEntry, ...]:
    """Return the ledger's entry of a repayment: principal and interest together, as was paid."""
    paid = (request.field("principal") or 0) + (request.field("interest") or 0)
    return (_entry(request, EntryKind.REPAYMENT, paid),)


def _entry(request: StepRequest, kind: EntryKind, delta: int) -> LedgerEntry:
    return LedgerEntry(
        kind, FundKind.INCOME, SOURCE, abs(delta), delta, document=request.field("document")
    )


def loan_record(request: StepRequest) -> FrozenMap:
    """Return the loan of a checked form, due its months after its day."""
    return FrozenMap(
        {
            "member": request.field("member"),
            "amount": request.field("amount"),
            "months": request.field("months"),
            "rate": request.field("rate"),
            "purpose": request.field("purpose"),
            "in_kind": bool(request.field("in_kind")),
            "opening": bool(request.field("opening")),
            "due_on": add_months(request.on, request.field("months")).isoformat(),
        }
    )


def change_record(request: StepRequest) -> FrozenMap:
    """Return what a checked form of a repayment, an extension or a write-off does to its loan."""
    written_off = request.step == "write_off"
    principal = request.field("amount" if written_off else "principal") or 0
    return FrozenMap(
        {
            "loan": request.field("loan"),
            "principal": principal,
            "interest": request.field("interest") or 0,
            "due_on": request.field("until"),
            "written_off": written_off,
        }
    )


def due_by(loan: Loan, on: date) -> tuple[int, int | None]:
    """Return the principal and the interest that are due by a day and not paid yet, in đồng.

    What is recorded of a loan sets no instalments: the principal is due whole on its due day. The
    interest of each month is due at its end, of what was owed until then, to the nearest đồng.
    ``None`` where it is not known: of a debt of before the book its earlier payments are not in it.
    """
    then = loan.until(on)
    principal = then.outstanding if then.due_on <= on else 0
    if loan.opening:
        return principal, None
    hundredths, month = 0, 1
    while (end := add_months(loan.on, month)) <= on:
        hundredths += loan.rate * loan.until(end - timedelta(days=1)).outstanding
        month += 1
    return principal, max(0, (hundredths + 5_000) // 10_000 - then.interest)


def find(request: StepRequest) -> Loan | None:
    """Return the loan that a form names, as it was on the day of the step."""
    wanted = request.field("loan")
    found = next((one for one in request.loans if one.seq == wanted), None)
    return None if found is None else found.until(request.on)


def known(request: StepRequest) -> Iterator[Finding]:
    """A repayment, an extension and a write-off are of a loan that there is, not before its day."""
    if request.asking:
        return
    found = find(request)
    if found is None:
        yield block(
            codes.LOAN_UNKNOWN,
            _("The club has no loan number {seq}.").format(seq=request.field("loan")),
            expected=_("the number of a loan"),
            actual=str(request.field("loan")),
            who=role_name("association"),
            fix=f"clb loan list {request.club.id}",
        )
    elif request.on < found.on:
        yield block(
            codes.LOAN_EARLY,
            _("{day} is before the loan was given on {lent}.").format(
                day=dmy(request.on), lent=dmy(found.on)
            ),
            expected=_("not before {day}").format(day=dmy(found.on)),
            actual=dmy(request.on),
            who=role_name("association"),
            fix=_("Check the date on the paper."),
        )


def something_paid(request: StepRequest) -> Iterator[Finding]:
    """A repayment pays something."""
    if request.asking or (request.field("principal") or 0) + (request.field("interest") or 0):
        return
    yield block(
        codes.LOAN_NOTHING,
        _("Neither principal nor interest is paid."),
        expected=_("principal, interest or both"),
        actual=dong(0),
        who=role_name("association"),
        fix=_("Type what was paid of each."),
    )


def no_more_than_owed(request: StepRequest) -> Iterator[Finding]:
    """Neither more is repaid nor more written off than is still owed."""
    found = find(request)
    if found is None:
        return
    amount = change_record(request)["principal"]
    # What was recorded for a later day is owed no more either.
    whole = next(one for one in request.loans if one.seq == found.seq)
    owed = min(found.outstanding, whole.outstanding)
    if amount > owed:
        yield block(
            codes.LOAN_TOO_MUCH,
            _("{amount} is more than the {owed} still owed.").format(
                amount=dong(amount), owed=dong(owed)
            ),
            expected=_("at most {amount}").format(amount=dong(owed)),
            actual=dong(amount),
            who=role_name("association"),
            fix=_("Record what is above it as interest, or as a contribution."),
        )


def later(request: StepRequest) -> Iterator[Finding]:
    """An extension is to a later day than the loan has."""
    found, until = find(request), request.day("until")
    if found is None or until is None or until > found.due_on:
        return
    yield block(
        codes.LOAN_EXTENSION,
        _("The loan is due on {due}; {day} is not later.").format(
            due=dmy(found.due_on), day=dmy(until)
        ),
        expected=_("after {day}").format(day=dmy(found.due_on)),
        actual=dmy(until),
        who=role_name("association"),
        fix=_("Type the new day by which it is to be repaid."),
    )


def one_at_a_time(request: StepRequest) -> Iterator[Finding]:
    """Warn when somebody borrows again while an earlier loan is overdue."""
    late = [
        one
        for one in request.loans
        if one.member == request.field("member") and one.until(request.on).is_overdue(request.on)
    ]
    for one in late[:1]:
        then = one.until(request.on)
        yield warn(
            codes.LOAN_OVERDUE,
            _("An earlier loan of this member was due on {day}; {owed} is still owed.").format(
                day=dmy(then.due_on), owed=dong(then.outstanding)
            ),
            expected=_("the earlier loan repaid"),
            actual=_("loan {seq}").format(seq=one.seq),
            who=role_name("association"),
            fix=_("Record its repayment or extension first, or say why the club lends again."),
        )


def within_terms(request: StepRequest) -> Iterator[Finding]:
    """Warn of a loan beyond what the club's own charter states; nothing else sets a limit."""
    terms = request.lending
    if terms is None or request.asking or request.on < terms.on:
        return
    limits = (
        (terms.most, request.field("amount"), dong),
        (terms.months, request.field("months"), _months),
        (terms.rate, request.field("rate"), rate_text),
    )
    for most, wanted, word in limits:
        if most is not None and wanted > most:
            yield warn(
                codes.LOAN_TERMS,
                _("The club's charter allows at most {most}; this is {wanted}.").format(
                    most=word(most), wanted=word(wanted)
                ),
                expected=_("at most {amount}").format(amount=word(most)),
                actual=word(wanted),
                source=terms.document,
                who=role_name("association"),
                fix=_("Keep to the club's charter, or say who decided otherwise."),
            )


def _months(count: int) -> str:
    return _("{count} months").format(count=number(count))


def borrowers_leave(request: StepRequest) -> Iterator[Finding]:
    """Warn when somebody leaves the list who still owes money."""
    leaving = {one.member for one in request.remedy.roster if one.op == "leave"}
    for one in request.loans:
        if one.member in leaving and one.outstanding:
            yield warn(
                codes.BORROWER_LEAVES,
                _("A member who leaves still owes {owed} of loan {seq}.").format(
                    owed=dong(one.outstanding), seq=one.seq
                ),
                expected=_("nothing owed"),
                actual=dong(one.outstanding),
                who=role_name("association"),
                fix=_("Record the repayment or a write-off first, or say who will repay it."),
            )


def reversible(request: StepRequest) -> Iterator[Finding]:
    """A loan on which something was repaid is not taken back before that is."""
    if request.field("kind") != EntryKind.REVERSAL:
        return
    meant = {entry.seq for entry in funds.reversible(request)}
    for one in request.loans:
        if one.seq in meant and one.changes:
            yield block(
                codes.LOAN_CHANGED,
                _("On loan {seq} something was recorded since; take that back first.").format(
                    seq=one.seq
                ),
                expected=_("a loan as it was given"),
                actual=", ".join(str(change.seq) for change in one.changes),
                who=role_name("association"),
                fix=f"clb loan show {request.club.id} {one.seq}",
            )


def void(request: StepRequest, entry: LedgerEntry) -> tuple[int, ...]:
    """Return the events whose record of a loan goes with a ledger entry that is taken back."""
    own = {loan.seq for loan in request.loans}
    own |= {change.seq for loan in request.loans for change in loan.changes}
    return (entry.reverses,) if entry.reverses is not None and entry.reverses in own else ()


def figures_asked(indicator: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields that a province's share of borrowers is counted from."""
    asked = set()
    if indicator.get("counts") == "cash_or_kind":
        asked.add("borrowers_in_kind")
    if indicator.get("improved_income"):
        asked.add("borrowers_improved")
    if indicator.get("of") == "members_with_need":
        asked |= {"members_with_need", "members_served"}
    return frozenset(asked)
