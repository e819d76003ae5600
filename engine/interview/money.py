"""What the questions about money gain from what is known: sources, entries, loans, what is owed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.i18n import _
from engine.interview.question import Choice, Question
from engine.labels import entry_name, fund_name
from engine.model import EntryKind, Loan
from engine.policy.effective import cited
from engine.policy.own_money import fund_labels
from engine.rules import funds, grants, loans
from engine.rules.communes import TWO_TIER
from engine.vietnamese.money import rate_text
from engine.vietnamese.text import dmy, dong

if TYPE_CHECKING:
    from engine.interview.step import StepInterview

OTHER = "other"
"""The source of what a fund held at first: it came from several."""
DISTRICT_BUDGET = "district_budget"
"""The source that is no more since districts are not (``TWO_TIER``)."""


def fund(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    kind = asks.answers.get("kind")
    reversing = kind == EntryKind.REVERSAL
    listed = asks.rules.stated("sources.list", asks.on)
    names = {str(one["id"]): str(one["label"]) for one in listed.value or ()}
    grant, _of_source, _earlier = grants.meant(
        asks.rules,
        asks.on,
        asks.situation.ledger,
        commune=asks.situation.club.commune,
        source=asks.answers.get("source", grants.PROVINCE_BUDGET),
        donor=asks.answers.get("donor"),
    )
    grant = grant if kind == EntryKind.GRANT else None
    kept = funds.not_reversed(asks.situation.ledger)
    by_path = {one.path: one for one in questions}
    order = ("date", "kind", "reverses", "source", "fund", "amount", "document", "donor")
    back = next((one for one in kept if one.seq == asks.answers.get("reverses")), None)
    for path in (*order, *(name for name in by_path if name not in order)):
        one = by_path[path]
        if path == "reverses":
            if reversing:
                yield replace(one, required=True, asked=True, choices=_entries(asks))
        elif back is not None and path in ("source", "fund", "amount"):
            value = getattr(back, path)
            yield replace(
                one,
                default=getattr(value, "value", value),
                default_because=_("as the entry that is taken back"),
                asked=False,
            )
        elif path == "source" and kind == EntryKind.OPENING:
            yield replace(one, default=OTHER, asked=False)
        elif path == "source":
            choices = tuple(
                replace(choice, note=names.get(str(choice.value)))
                for choice in one.choices
                if choice.value != DISTRICT_BUDGET or asks.on < TWO_TIER
            )
            yield replace(one, choices=choices)
        elif path == "donor":
            given = asks.answers.get("source") in ("donor", "socialised") and not reversing
            yield replace(one, asked=given)
        elif path == "resolution":
            asked = bool(grant and grant.stated.extra.get("resolution_required"))
            source = cited(grant.stated) if grant and asked else None
            yield replace(one, asked=asked, source=source)
        elif path == "amount" and grant and grant.low == grant.high:
            yield replace(one, default=grant.low, default_because=grant.stated.source)
        elif path == "fund" and grant and (into := grant.stated.extra.get("into")):
            yield replace(one, default=into, default_because=grant.stated.source)
        else:
            yield one


def _entries(asks: "StepInterview") -> tuple[Choice, ...]:
    """Return the entries of the ledger that no reversal has taken back."""
    return tuple(
        Choice(
            one.seq,
            _("{day}, {kind} {amount}, {fund}").format(
                day=dmy(one.on) if one.on else "?",
                kind=entry_name(one.kind),
                amount=dong(one.amount),
                fund=fund_name(one.fund, fund_labels(asks.rules.policy)),
            ),
            one.document,
        )
        for one in funds.not_reversed(asks.situation.ledger)
    )


def lend(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    terms = asks.situation.lending
    for one in questions:
        if terms is not None and one.path in ("months", "rate"):
            default = getattr(terms, one.path)
            because = _("as the club's charter has it") if default is not None else None
            yield replace(one, default=default, default_because=because)
        else:
            yield replace(one, asked=one.path == "date" or one.required)


def of_loan(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    """Offer the loans on which something is owed, and what is owed of the one chosen."""
    known = asks.situation
    owed = [one for one in known.loans if one.outstanding]
    chosen = next((one for one in owed if one.seq == asks.answers.get("loan")), None)
    due = dict(_due(asks, chosen)) if chosen is not None else {}
    for one in questions:
        if one.path == "loan":
            yield replace(one, choices=tuple(_loan(asks, loan) for loan in owed))
        elif one.path in due:
            value, because = due[one.path]
            yield replace(one, default=value, default_because=because, required=True)
        elif one.path == "interest":
            yield replace(one, required=True)
        else:
            yield one


def _due(asks: "StepInterview", loan: Loan) -> Iterator[tuple[str, tuple[int | str, str]]]:
    """Yield what is most likely paid or written off of a loan: what is due, else all."""
    principal, interest = loans.due_by(loan, asks.on)
    whole = loan.outstanding, _("all that is still owed")
    yield "amount", whole
    later = _("due only on {day}").format(day=dmy(loan.due_on))
    yield "principal", whole if principal or not interest else (0, later)
    if loan.rate == 0:
        yield "interest", (0, _("lent without interest"))
    elif interest:
        rate = rate_text(loan.rate)
        yield "interest", (interest, _("{rate} of the months that are over").format(rate=rate))
    if asks.step == "repay" and (principal or interest):
        paper = _("Receipt of {day}").format(day=dmy(asks.on))
        yield "document", (paper, _("the receipt that is printed of it"))


def _loan(asks: "StepInterview", loan: Loan) -> Choice:
    who = asks.situation.names.get(loan.member, loan.member)
    return Choice(
        loan.seq,
        _("{who}, {amount} of {day}").format(who=who, amount=dong(loan.amount), day=dmy(loan.on)),
        _("{owed} owed, due {day}").format(owed=dong(loan.outstanding), day=dmy(loan.due_on)),
    )
