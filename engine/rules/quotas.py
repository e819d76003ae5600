"""Quotas, budgets and the programme's period, checked when a decision is made. Never blocks.

A quota is what a province wants to reach, a budget is what it can pay: two counters, two kinds.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine import codes
from engine.i18n import _
from engine.labels import role_name
from engine.model import Finding, Role
from engine.rules.communes import same_commune
from engine.rules.findings import note, warn
from engine.rules.request import StepRequest
from engine.vietnamese.text import dmy


def over(request: StepRequest) -> Iterator[Finding]:
    """Note before a decision is asked for that the province's programme is over."""
    ended = request.rules.policy.ended(request.on)
    if ended is not None and ended.end is not None:
        yield note(
            codes.PROGRAMME_ENDED,
            _("The programme of {document} ended on {day}: ask the province first.").format(
                document=ended.short, day=dmy(ended.end)
            ),
            expected=_("a decision by {day}").format(day=dmy(ended.end)),
            actual=dmy(request.on),
            source=ended.short,
            who=role_name(Role.PROVINCE, city=request.rules.city),
            fix=_("A decision would count towards no quota and carry no grant."),
        )


def programme(request: StepRequest) -> Iterator[Finding]:
    """Warn when the province's programme is over (hết giai đoạn), note when it had not begun."""
    policy = request.rules.policy
    over = policy.ended(request.on)
    if over is not None and over.end is not None:
        yield warn(
            codes.PROGRAMME_ENDED,
            _("The programme of {document} ended on {day}.").format(
                document=over.short, day=dmy(over.end)
            ),
            expected=_("a decision by {day}").format(day=dmy(over.end)),
            actual=dmy(request.on),
            source=over.short,
            who=role_name("committee"),
            fix=_("The decision holds; it counts towards no quota and carries no grant."),
        )
        return
    first = min(
        (document.start for document in policy.documents if document.programme), default=None
    )
    if first is not None and request.on < first:
        yield note(
            codes.PROGRAMME_BEFORE,
            _("On {day} none of the province's documents at hand was in force yet.").format(
                day=dmy(request.on)
            ),
        )


def yearly(request: StepRequest) -> Iterator[Finding]:
    """Warn when the club comes after those the year's budget pays for."""
    budget = request.rules.stated("budget.yearly", request.on)
    if budget.status != "value" or (request.asking and request.counts.decided == 0):
        return
    clubs = budget.value["clubs"]
    if request.counts.decided < clubs:
        return
    yield warn(
        codes.BUDGET_YEAR,
        _("The club is number {number} of {year}; the year's budget is for {clubs}.").format(
            number=request.counts.decided + 1, year=request.on.year, clubs=clubs
        ),
        expected=_("{clubs} clubs a year").format(clubs=clubs),
        actual=str(request.counts.decided + 1),
        source=budget.source,
        who=role_name("province", city=request.rules.city),
        fix=_("The decision holds, outside the year's budget: no money follows from it."),
    )


def named(request: StepRequest) -> Iterator[Finding]:
    """Warn when a list names the communes of that year and this one is not among them."""
    wanted = request.rules.stated("target.named_communes", request.on)
    if wanted.status != "value":
        return
    communes = wanted.value["communes"]
    if any(same_commune(request.club.commune, _name(one)) for one in communes):
        return
    yield warn(
        codes.QUOTA_NAMED,
        _("{commune} is not on the list of communes for {year}.").format(
            commune=request.club.commune, year=request.on.year
        ),
        expected=", ".join(_name(commune) for commune in communes),
        actual=request.club.commune,
        source=wanted.source,
        who=role_name("province", city=request.rules.city),
        fix=_("The decision holds; the club is not counted among those named."),
    )


def _name(commune: Any) -> str:
    return str(commune["name"]) if isinstance(commune, Mapping) else str(commune)
