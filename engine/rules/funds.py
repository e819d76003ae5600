"""A club's funds: entries with source and document, and a grant held against the policy."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from engine import codes
from engine.i18n import _
from engine.labels import (
    POLICY_SOURCES,
    acting,
    entry_name,
    fund_name,
    role_name,
    role_names,
    source_name,
)
from engine.model import (
    BEFORE_DECISION,
    LEAVING,
    EntryKind,
    Finding,
    FundKind,
    LedgerEntry,
    Role,
)
from engine.policy.effective import Rules, general_citation
from engine.rules.doers import doers
from engine.rules.findings import block, refuse, warn
from engine.rules.request import StepRequest
from engine.vietnamese.text import dmy, dong

ADDING = (EntryKind.GRANT, EntryKind.CONTRIBUTION, EntryKind.OPENING, EntryKind.REPAYMENT)

BUDGETS = ("province_budget", "district_budget", "commune_budget")
"""The sources that are the State's: such money comes by a decision, as a grant."""
GIVERS = (Role.PROVINCE, Role.COMMITTEE)
"""Who records what a budget gave: not the Association, which receives it for the club."""


def field_word(path: str, value: Any) -> str:
    """Return what people call the content of a field of a ledger entry's form."""
    words: dict[str, Callable[[Any], str]] = {
        "amount": dong,
        "kind": entry_name,
        "fund": fund_name,
        "source": source_name,
    }
    return _("none") if value is None else words.get(path, str)(value)


def givers(form: Mapping[str, Any], rules: Rules, on: date) -> tuple[Role, ...]:
    """Return who alone records the money of a form, nobody in particular where that is empty.

    A document that states who records money (``roles.fund``) is followed.
    """
    of_budget = form.get("source") in BUDGETS and form.get("kind") in (
        EntryKind.GRANT,
        EntryKind.REVERSAL,
    )
    if not of_budget or rules.stated("roles.fund", on).status == "value":
        return ()
    return GIVERS


def from_budget(request: StepRequest) -> Iterator[Finding]:
    """What a budget gave is a grant, recorded by the province or the commune's committee.

    A reversal is held to the same where it takes back such a grant: else who received the money
    could make room for a second grant.
    """
    source, kind = request.field("source"), request.field("kind")
    if source not in BUDGETS:
        return
    if kind in (EntryKind.CONTRIBUTION, EntryKind.OPENING):
        yield block(
            codes.FUND_CONTRIBUTION,
            _("Money of {source} is recorded as a grant, not as {kind}.").format(
                source=_(POLICY_SOURCES[source]), kind=entry_name(kind)
            ),
            expected=entry_name(EntryKind.GRANT),
            actual=entry_name(kind),
            source=general_citation(),
            who=role_names(GIVERS, city=request.rules.city),
            fix=f"clb fund record {request.club.id} --kind grant --source {source} …",
        )
    officer, own = request.officer, givers(request.form, request.rules, request.on)
    if officer is None or not own or officer.role in own:
        return
    if kind == EntryKind.REVERSAL and not any(
        one.kind is EntryKind.GRANT for one in reversible(request)
    ):
        return
    yield refuse(
        codes.FUND_GIVER,
        _("Money of {source} is recorded by who gives it, not by who receives it.").format(
            source=_(POLICY_SOURCES[source])
        ),
        expected=role_names(own, city=request.rules.city),
        actual=acting(officer, city=request.rules.city),
        by=officer,
        source=general_citation(),
        who=role_names(own, city=request.rules.city),
        fix=_("Ask an officer with that role to do it: clb officer list."),
    )


def twice(request: StepRequest) -> Iterator[Finding]:
    """Warn of an entry that is there already: the same kind, fund, amount and day."""
    kind = request.field("kind")
    if kind == EntryKind.REVERSAL:
        return
    for earlier in not_reversed(request.ledger):
        same = (earlier.kind, earlier.fund, earlier.amount, earlier.on) == (
            kind,
            request.field("fund"),
            request.field("amount"),
            request.on,
        )
        if same:
            yield warn(
                codes.FUND_TWICE,
                _("The same kind, fund, amount and day are recorded already: {entry}.").format(
                    entry=_entry(earlier)
                ),
                expected=_("each amount once"),
                actual=_entry(earlier),
                who=role_name("association"),
                fix=_("If it is another amount, say which; else record nothing."),
            )
            return


def repaid(request: StepRequest) -> Iterator[Finding]:
    """Warn when more comes back from loans than was lent from that fund."""
    if request.field("kind") != EntryKind.REPAYMENT:
        return
    own = [one for one in not_reversed(request.ledger) if one.fund == request.field("fund")]
    loans = [one for one in own if one.kind is EntryKind.LOAN]
    back = sum(one.amount for one in own if one.kind is EntryKind.REPAYMENT)
    open_ = sum(one.amount for one in loans) - back
    if request.field("amount") > open_:
        yield warn(
            codes.FUND_REPAID,
            _("{amount} would be repaid; {open} of the loans is still out.").format(
                amount=dong(request.field("amount")), open=dong(max(open_, 0))
            ),
            expected=_("at most {amount}").format(amount=dong(max(open_, 0))),
            actual=_("last loan: {entry}").format(entry=_entry(loans[-1])) if loans else _("none"),
            who=role_name("association"),
            fix=_("Record interest as a contribution of the source “interest”; else say why."),
        )


def _entry(one: LedgerEntry) -> str:
    """Return an entry as a sentence names it."""
    day = dmy(one.on) if one.on else "?"
    return _("entry {seq} of {day}, {amount}, {document}").format(
        seq=one.seq, day=day, amount=dong(one.amount), document=one.document
    )


def balance(ledger: Iterable[LedgerEntry], fund: str) -> int:
    """Return what is in one fund, in đồng."""
    return sum(entry.delta for entry in ledger if entry.fund == fund)


def is_opening(entry: LedgerEntry) -> bool:
    """Return whether an entry is what a fund held at first, or takes that back."""
    return EntryKind.OPENING in (entry.kind, entry.of)


def recorded(ledger: Iterable[LedgerEntry]) -> frozenset[str]:
    """Return the funds of a club's book: those with an entry that no reversal took back."""
    return frozenset(str(entry.fund) for entry in not_reversed(ledger))


def held(ledger: Iterable[LedgerEntry], funds: Iterable[str]) -> dict[str, int | None]:
    """Return what is in each fund, in đồng; ``None`` for one without an entry.

    ``funds`` are those of the club's province; what else is in the ledger comes after them.
    """
    entries = list(ledger)
    there = recorded(entries)
    every = dict.fromkeys((*funds, *(str(entry.fund) for entry in entries)))
    return {fund: balance(entries, fund) if fund in there else None for fund in every}


def not_reversed(ledger: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Return the entries that no reversal has taken back."""
    entries = list(ledger)
    reversed_ = {entry.reverses for entry in entries if entry.kind is EntryKind.REVERSAL}
    return [
        entry
        for entry in entries
        if entry.kind is not EntryKind.REVERSAL and entry.seq not in reversed_
    ]


def reversible(request: StepRequest) -> list[LedgerEntry]:
    """Return the entries that the reversal in the form could mean."""
    wanted = request.field("reverses")
    return [
        entry
        for entry in not_reversed(request.ledger)
        if (entry.seq == wanted if wanted else True)
        and entry.fund == request.field("fund")
        and entry.source == request.field("source")
        and entry.amount == request.field("amount")
    ]


def entry(request: StepRequest) -> LedgerEntry:
    """Return the ledger entry of a checked form."""
    kind = EntryKind(request.field("kind"))
    amount: int = request.field("amount")
    taken_back = reversible(request)[0] if kind is EntryKind.REVERSAL else None
    delta = amount if kind in ADDING else -amount
    if taken_back is not None:
        delta = -taken_back.delta
    return LedgerEntry(
        kind=kind,
        fund=request.field("fund"),
        source=request.field("source"),
        amount=amount,
        delta=delta,
        document=request.field("document"),
        donor=taken_back.donor if taken_back else request.field("donor"),
        resolution=request.field("resolution"),
        reverses=taken_back.seq if taken_back else None,
        of=taken_back.kind if taken_back else None,
    )


def reversal(request: StepRequest) -> Iterator[Finding]:
    """A reversal takes back one entry that was not reversed yet."""
    if request.field("kind") != EntryKind.REVERSAL:
        return
    found = reversible(request)
    if len(found) == 1:
        return
    yield block(
        codes.FUND_REVERSAL,
        _("No entry of this fund, source and amount still counts.")
        if not found
        else _("Several entries that still count fit this reversal."),
        expected=_("one entry"),
        actual=", ".join(f"{entry.seq} ({dmy(entry.on)})" for entry in found if entry.on) or "0",
        who=role_name("association"),
        fix=_("Name the entry: --reverses NUMBER; numbers are shown by {command}.").format(
            command=f"clb fund show {request.club.id}"
        ),
    )


def leaves(step: str, form: Mapping[str, Any]) -> tuple[str, int] | None:
    """Return which fund money leaves by the form of a step, and how much; ``None`` if none does.

    A debt of before the book was kept here left its fund then; a loan that is written off left it
    when it was lent.
    """
    amount = form.get("amount")
    if not isinstance(amount, int):
        return None
    if step == "fund" and form.get("kind") in LEAVING and form.get("fund"):
        return form["fund"], amount
    if step == "lend" and not form.get("opening"):
        return FundKind.INCOME, amount
    return None


def enough(request: StepRequest) -> Iterator[Finding]:
    """Warn when more leaves a fund than it holds."""
    left = leaves(request.step, request.form)
    if left is None:
        return
    fund, amount = left
    there = balance(request.ledger, fund)
    if amount > there:
        yield warn(
            codes.FUND_BALANCE,
            _("The fund holds {there}; {amount} would leave it.").format(
                there=dong(there), amount=dong(amount)
            ),
            expected=_("at most {amount}").format(amount=dong(there)),
            actual=dong(amount),
            who=role_name("association"),
            fix=_("Record what came in first, or correct the amount."),
        )


def after_decision(request: StepRequest) -> Iterator[Finding]:
    """A grant goes to a club that has been established."""
    if request.field("kind") not in (EntryKind.GRANT, None):
        return
    decided = request.club.decided_on
    if request.club.state in BEFORE_DECISION or decided is None:
        if request.asking:
            return
        yield block(
            codes.GRANT_UNDECIDED,
            _("The club has not been established by a decision."),
            expected=_("a decision of establishment"),
            actual=_("none"),
            source=general_citation(),
            who=role_name("committee"),
            fix=f"clb check {request.club.id} approve",
        )
    elif request.on < decided:
        yield block(
            codes.GRANT_EARLY,
            _("{day} is before the decision of {decided}.").format(
                day=dmy(request.on), decided=dmy(decided)
            ),
            expected=_("not before {day}").format(day=dmy(decided)),
            actual=dmy(request.on),
            source=general_citation(),
            who=doers(request, "fund", (Role.PROVINCE,)),
            fix=_("Check the date on the paper."),
        )
