"""A grant held against what the province states: one for new clubs, and others by name.

Which grant an entry is follows from its source, its donor and the class of the club's commune; of
several it is the next in order that the club has not received yet (đợt).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import codes
from engine.i18n import _
from engine.labels import fund_name
from engine.model import EntryKind, Finding, LedgerEntry, Role
from engine.policy.effective import Rules, cited, meant_for
from engine.policy.model import Resolution
from engine.policy.own_money import fund_labels
from engine.policy_labels import policy_word
from engine.rules.communes import Unit
from engine.rules.doers import doers
from engine.rules.findings import block, warn
from engine.rules.funds import not_reversed
from engine.rules.request import StepRequest
from engine.rules.unit_classes import UnitClasses
from engine.vietnamese.text import dmy, dong, key

ESTABLISHMENT = "grant.establishment"
PROVINCE_BUDGET = "province_budget"
FIRST = 1
"""The place in order of a grant that states none."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant that the province states on a day (mức hỗ trợ): ``low`` to ``high`` đồng."""

    key: str
    stated: Resolution

    @property
    def source(self) -> str:
        """Return whose money it is."""
        return str(self.stated.extra.get("funds_source", PROVINCE_BUDGET))

    @property
    def low(self) -> int:
        """Return the least it may come to, in đồng."""
        value = self.stated.value
        return int(value if isinstance(value, int) else value.get("min", 0))

    @property
    def high(self) -> int | None:
        """Return the most it may come to, in đồng; ``None`` where nothing limits it."""
        value = self.stated.value
        return value if isinstance(value, int) else value.get("max")

    @property
    def usual(self) -> int:
        """Return an amount that fits, in đồng: the least, else the most."""
        return self.low or self.high or 1

    @property
    def title(self) -> str:
        """Return what the document calls it, with what it comes to."""
        return f"{self.called}: {self.amount}" if self.called else self.amount

    @property
    def called(self) -> str:
        """Return what the document calls it, empty where it has no name."""
        return str(self.stated.extra.get("title", ""))

    @property
    def amount(self) -> str:
        """Return what it may come to, as people read it."""
        if self.low == self.high:
            return dong(self.low)
        if self.high is None:
            return _("at least {amount}").format(amount=dong(self.low))
        if not self.low:
            return _("at most {amount}").format(amount=dong(self.high))
        return f"{dong(self.low)} - {dong(self.high)}"

    def fits(self, amount: int) -> bool:
        """Return whether an amount is what the document states."""
        return self.low <= amount and (self.high is None or amount <= self.high)

    def is_from(self, source: object, donor: object) -> bool:
        """Return whether money of a source and donor may be this grant."""
        named = self.stated.extra.get("donor")
        return source == self.source and (named is None or key(named) == key(str(donor or "")))


def is_grant(form: Mapping[str, Any]) -> bool:
    """Return whether a ledger entry's form is about a grant."""
    return form.get("kind") == EntryKind.GRANT


def stated_grants(rules: Rules, on: date) -> list[Grant]:
    """Return the grants of a province on a day, in the order in which a club receives them."""
    keys = [f"grant.{name}" for name, _entries in rules.policy.group("grant")]
    found = [Grant(key, rules.for_club(None).stated(key, on)) for key in keys]
    there = [one for one in found if one.stated.status == "value"]
    return sorted(there, key=lambda one: int(one.stated.extra.get("order", FIRST)))


def goes_by_classes(rules: Rules, on: date) -> bool:
    """Return whether a grant of that day is for communes of some classes only."""
    return any("classes" in one.stated.extra for one in stated_grants(rules, on))


def received(grants: Sequence[Grant], ledger: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Return the entries of a ledger that some grants of one source may be, since they began."""
    begun = min((one.stated.begun for one in grants if one.stated.begun), default=date.max)
    return [
        one
        for one in not_reversed(ledger)
        if one.kind is EntryKind.GRANT
        and any(grant.is_from(one.source, one.donor) for grant in grants)
        and one.on is not None
        and one.on >= begun
    ]


def meant(
    rules: Rules,
    on: date,
    ledger: Iterable[LedgerEntry],
    *,
    commune: str,
    source: object,
    donor: object,
    units: Iterable[Unit] = (),
) -> tuple[Grant | None, list[Grant], LedgerEntry | None]:
    """Return which grant money of a source and a donor is, for a club with a ledger.

    With it come the grants of that source and donor for any commune, and, where the club has
    received all of its own, the entry with the last of them. Of several it is the next in order.
    ``units`` are those of the loaded list, which may have classes.
    """
    mine = [one for one in stated_grants(rules, on) if one.is_from(source, donor)]
    classes = UnitClasses(rules, units, on)
    own = [one for one in mine if classes.is_of(commune, one.stated.extra.get("classes", ()))]
    if not own:
        return None, mine, None
    given, last = received(own, ledger), len(own) - 1
    earlier = given[last] if len(given) > last else None
    return own[min(len(given), last)], mine, earlier


def held_to_grants(request: StepRequest) -> Iterator[Finding]:
    """Hold a grant against what the province states that day about money of its source.

    A second grant blocks, and so does a missing resolution where the policy asks for one; another
    amount, fund or turn, a club that is not new, the year's budget and an ended programme warn.
    """
    if not is_grant(request.form):
        return
    grant, of_source, earlier = meant(
        request.rules,
        request.on,
        request.ledger,
        commune=request.club.commune,
        source=request.field("source"),
        donor=request.field("donor"),
        units=request.commune_list or (),
    )
    if grant is None:
        if of_source:
            yield _of_another_class(request, of_source[0])
        elif request.field("source") == PROVINCE_BUDGET:
            yield from _over(request)
        return
    yield from _terms(request, grant)
    yield from _turn(request, grant)
    if earlier is not None and grant.stated.extra.get("once_a_club"):
        yield _second(request, grant, earlier)
    if grant.key == ESTABLISHMENT:
        yield from _year(request)
        yield from _total(request)


def _over(request: StepRequest) -> Iterator[Finding]:
    """Warn of the province's money after its programme has ended."""
    over = request.rules.policy.ended(request.on)
    if over is not None and over.end is not None:
        yield warn(
            codes.PROGRAMME_ENDED,
            _("The programme of {document} ended on {day}.").format(
                document=over.short, day=dmy(over.end)
            ),
            actual=dmy(request.on),
            source=over.short,
            who=doers(request, "fund", (Role.PROVINCE,)),
            fix=_("Name the document that allows this money."),
        )


def _of_another_class(request: StepRequest, grant: Grant) -> Finding:
    return warn(
        codes.GRANT_CLASS,
        _("The document gives {grant} to clubs of other communes than {commune}.").format(
            grant=grant.title, commune=request.club.commune
        ),
        expected=", ".join(map(policy_word, grant.stated.extra["classes"])),
        actual=request.club.commune,
        source=grant.stated.source,
        who=doers(request, "fund", (Role.PROVINCE,)),
        fix=_("Say on what ground the grant is given."),
    )


def _turn(request: StepRequest, grant: Grant) -> Iterator[Finding]:
    """Warn of a grant before what it waits for, and of one that goes into another fund."""
    extra, club = grant.stated.extra, request.club
    who = doers(request, "fund", (Role.PROVINCE,))
    reached = {
        "training": club.trained_on,
        "launch": club.launched_on,
        "supervision": club.supervised_on,
        "review": club.reviewed_on,
    }
    after = extra.get("after")
    if after is not None:
        there = reached[after]
        if there is None or there > request.on:
            yield warn(
                codes.GRANT_CONDITION,
                _("{grant} comes after {what}, which is not recorded yet.").format(
                    grant=grant.title, what=policy_word(after)
                ),
                expected=policy_word(after),
                actual=dmy(there) if there else _("none"),
                source=grant.stated.source,
                who=who,
                fix=_("Record it first, or say on what ground the grant is given."),
            )
    into = extra.get("into")
    if into is not None and request.field("fund") != into:
        yield warn(
            codes.GRANT_FUND,
            _("{grant} goes into another fund than the one named.").format(grant=grant.title),
            expected=fund_name(into, fund_labels(request.rules.policy)),
            actual=fund_name(request.field("fund"), fund_labels(request.rules.policy)),
            source=grant.stated.source,
            who=who,
            fix=_("Correct the fund, or say on what ground it differs."),
        )


def _terms(request: StepRequest, grant: Grant) -> Iterator[Finding]:
    amount, stated = request.field("amount"), grant.stated
    if not grant.fits(amount):
        yield warn(
            codes.GRANT_AMOUNT,
            _("{grant}: the amount is {amount}.").format(grant=called, amount=dong(amount))
            if (called := grant.called)
            else _("The grant is {amount}.").format(amount=dong(amount)),
            expected=grant.amount,
            actual=dong(amount),
            source=stated.source,
            who=doers(request, "fund", (Role.PROVINCE,)),
            fix=_("Correct the amount, or say on what ground it differs."),
        )
    if stated.extra.get("resolution_required") and not request.field("resolution"):
        yield block(
            codes.GRANT_RESOLUTION,
            _("The resolution of the provincial People's Council is not named."),
            expected=_("number and date of the resolution"),
            actual=_("none"),
            source=cited(stated, "resolution_required"),
            who=doers(request, "fund", (Role.PROVINCE,)),
            fix="--resolution …",
        )
    decided, start = request.club.decided_on, stated.begun
    if decided is not None and start is not None and not meant_for(stated, decided):
        yield warn(
            codes.GRANT_NOT_NEW,
            _("The club was established on {day}, before the programme.").format(day=dmy(decided)),
            expected=_("a club established from {year}").format(year=start.year),
            actual=dmy(decided),
            source=stated.source,
            who=doers(request, "fund", (Role.PROVINCE,)),
            fix=_("Say on what ground the grant is given."),
        )


def _second(request: StepRequest, grant: Grant, earlier: LedgerEntry) -> Finding:
    """Return the refusal of a grant that is given once and was."""
    assert earlier.on is not None
    return block(
        codes.GRANT_SECOND,
        _("The club already received this grant: {amount} on {day}.").format(
            amount=dong(earlier.amount), day=dmy(earlier.on)
        ),
        expected=_("one grant a club"),
        actual=_("entry {seq} of {day}").format(seq=earlier.seq, day=dmy(earlier.on)),
        source=cited(grant.stated, "once_a_club"),
        who=doers(request, "fund", (Role.PROVINCE,)),
        fix=_("If the first entry is wrong, take it back with a reversal first."),
    )


def _total(request: StepRequest) -> Iterator[Finding]:
    """Warn when the grants of the whole programme come to more than its budget."""
    budget = request.rules.stated("budget.total", request.on)
    if budget.status != "value":
        return
    limit, clubs = budget.value.get("amount"), budget.value.get("clubs")
    after = request.counts.spent + request.field("amount")
    if limit is None or after <= limit:
        return
    planned = dong(limit)
    if clubs is not None:
        planned = _("{limit} for {clubs} clubs").format(limit=planned, clubs=clubs)
    yield warn(
        codes.BUDGET_TOTAL,
        _("With this grant the programme comes to {after}; its budget is {limit}.").format(
            after=dong(after), limit=dong(limit)
        ),
        expected=planned,
        actual=dong(after),
        source=budget.source,
        who=doers(request, "fund", (Role.PROVINCE,)),
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
        who=doers(request, "fund", (Role.PROVINCE,)),
        fix=_("Say which money pays for it."),
    )
