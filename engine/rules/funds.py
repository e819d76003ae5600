"""A club's two funds: entries with source and document, and a grant held against the policy."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from engine import codes
from engine.i18n import _
from engine.labels import (
    POLICY_SOURCES,
    entry_name,
    fund_name,
    role_name,
    role_names,
    source_name,
)
from engine.model import BEFORE_DECISION, EntryKind, Finding, LedgerEntry, Role
from engine.policy.effective import Rules, cited, general_citation, meant_for
from engine.policy.model import Resolution
from engine.rules.findings import block, refuse, warn
from engine.rules.request import StepRequest
from engine.vietnamese.text import dmy, dong

ADDING = (EntryKind.GRANT, EntryKind.CONTRIBUTION, EntryKind.REPAYMENT)


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
    if kind == EntryKind.CONTRIBUTION:
        yield block(
            codes.FUND_CONTRIBUTION,
            _("Money of {source} is recorded as a grant, not as a contribution.").format(
                source=_(POLICY_SOURCES[source])
            ),
            expected=entry_name(EntryKind.GRANT),
            actual=entry_name(EntryKind.CONTRIBUTION),
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
        actual=f"{role_name(officer.role, city=request.rules.city)} [{officer.id}]",
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
        _("No standing entry of this fund, source and amount.")
        if not found
        else _("Several standing entries fit this reversal."),
        expected=_("one entry"),
        actual=", ".join(f"{entry.seq} ({dmy(entry.on)})" for entry in found if entry.on) or "0",
        who=role_name("association"),
        fix=_("Name the entry: --reverses NUMBER; numbers are shown by {command}.").format(
            command=f"clb fund show {request.club.id}"
        ),
    )


def enough(request: StepRequest) -> Iterator[Finding]:
    """Warn when more leaves a fund than is in it."""
    if request.field("kind") not in (EntryKind.LOAN, EntryKind.EXPENSE):
        return
    there = balance(request.ledger, request.field("fund"))
    if request.field("amount") > there:
        yield warn(
            codes.FUND_BALANCE,
            _("The fund holds {there}; {amount} would leave it.").format(
                there=dong(there), amount=dong(request.field("amount"))
            ),
            expected=_("at most {amount}").format(amount=dong(there)),
            actual=dong(request.field("amount")),
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
            who=role_name("province", city=request.rules.city),
            fix=_("Check the date on the paper."),
        )


def establishment_grant(request: StepRequest) -> Iterator[Finding]:
    """Hold a grant against the province's establishment grant, where it states one that day.

    A second grant blocks, and so does a missing resolution where the policy asks for one; another
    amount, a club that is not new, the year's budget and an ended programme warn.
    """
    if request.field("kind") != EntryKind.GRANT:
        return
    # Asked about clubs in general: that this club is no new one is a warning of its own.
    grant = request.rules.for_club(None).stated("grant.establishment", request.on)
    source = grant.extra.get("funds_source", "province_budget")
    if request.field("source") != source:
        return
    if grant.status != "value":
        over = request.rules.policy.ended(request.on)
        if over is not None and over.end is not None:
            yield warn(
                codes.PROGRAMME_ENDED,
                _("The programme of {document} ended on {day}.").format(
                    document=over.short, day=dmy(over.end)
                ),
                actual=dmy(request.on),
                source=over.short,
                who=role_name("province", city=request.rules.city),
                fix=_("Name the document that allows this money."),
            )
        return
    yield from _terms(request, grant)
    yield from _once(request, grant)
    yield from _year(request)
    yield from _total(request)


def _terms(request: StepRequest, grant: Resolution) -> Iterator[Finding]:
    amount: int = request.field("amount")
    if amount != grant.value:
        yield warn(
            codes.GRANT_AMOUNT,
            _("The grant is {amount}.").format(amount=dong(amount)),
            expected=dong(grant.value),
            actual=dong(amount),
            source=grant.source,
            who=role_name("province", city=request.rules.city),
            fix=_("Correct the amount, or say on what ground it differs."),
        )
    if grant.extra.get("resolution_required") and not request.field("resolution"):
        yield block(
            codes.GRANT_RESOLUTION,
            _("The resolution of the provincial People's Council is not named."),
            expected=_("number and date of the resolution"),
            actual=_("none"),
            source=cited(grant, "resolution_required"),
            who=role_name("province", city=request.rules.city),
            fix="--resolution …",
        )
    decided, start = request.club.decided_on, grant.start
    if decided is not None and start is not None and not meant_for(grant, decided):
        yield warn(
            codes.GRANT_NOT_NEW,
            _("The club was established on {day}, before the programme.").format(day=dmy(decided)),
            expected=_("a club established from {year}").format(year=start.year),
            actual=dmy(decided),
            source=grant.source,
            who=role_name("province", city=request.rules.city),
            fix=_("Say on what ground the grant is given."),
        )


def _once(request: StepRequest, grant: Resolution) -> Iterator[Finding]:
    if not grant.extra.get("once_a_club"):
        return
    for earlier in not_reversed(request.ledger):
        if (
            earlier.kind is EntryKind.GRANT
            and earlier.source == request.field("source")
            and earlier.on is not None
            and grant.start is not None
            and earlier.on >= grant.start
        ):
            yield block(
                codes.GRANT_SECOND,
                _("The club already received this grant: {amount} on {day}.").format(
                    amount=dong(earlier.amount), day=dmy(earlier.on)
                ),
                expected=_("one grant a club"),
                actual=_("entry {seq} of {day}").format(seq=earlier.seq, day=dmy(earlier.on)),
                source=cited(grant, "once_a_club"),
                who=role_name("province", city=request.rules.city),
                fix=_("If the first entry is wrong, take it back with a reversal first."),
            )
            return


def _total(request: StepRequest) -> Iterator[Finding]:
    """Warn when the grants of the whole programme come to more than its budget."""
    budget = request.rules.stated("budget.total", request.on)
    if budget.status != "value":
        return
    limit, after = budget.value["amount"], request.counts.spent + request.field("amount")
    if after <= limit:
        return
    yield warn(
        codes.BUDGET_TOTAL,
        _("With this grant the programme comes to {after}; its budget is {limit}.").format(
            after=dong(after), limit=dong(limit)
        ),
        expected=_("at most {limit} for {clubs} clubs").format(
            limit=dong(limit), clubs=budget.value["clubs"]
        ),
        actual=dong(after),
        source=budget.source,
        who=role_name("province", city=request.rules.city),
        fix=_("Say which money pays for it."),
    )


def _year(request: StepRequest) -> Iterator[Finding]:
    budget = request.rules.stated("budget.yearly", request.on)
    if budget.status != "value" or request.counts.granted < budget.value["clubs"]:
        return
    yield warn(
        codes.BUDGET_YEAR,
        _(
            "{granted} clubs already received the grant in {year}; the budget is for {clubs}."
        ).format(granted=request.counts.granted, year=request.on.year, clubs=budget.value["clubs"]),
        expected=_("{clubs} clubs a year, {amount}").format(
            clubs=budget.value["clubs"], amount=dong(budget.value["amount"])
        ),
        actual=str(request.counts.granted + 1),
        source=budget.source,
        who=role_name("province", city=request.rules.city),
        fix=_("Say which money pays for it."),
    )
