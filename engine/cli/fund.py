"""``clb fund``: the ledger of a club's funds, and what a province's clubs received."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import click

from engine.cli import tables
from engine.cli.asked import asked_argument, asked_option
from engine.cli.command import group
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.meant_club import club_id, meant_club
from engine.cli.run_step import record as record_step
from engine.cli.run_step import recorded
from engine.cli.step import show_outcome
from engine.cli.typed import PROVINCE, Choice, OwnChoice
from engine.i18n import _
from engine.labels import entry_name, fund_held, fund_name, source_name
from engine.policy.model import Policy
from engine.policy.own_money import fund_ids, fund_labels, source_labels
from engine.reports import money
from engine.rules import forms
from engine.vietnamese.text import dmy, dong, number, upper_first

KINDS = forms.field("fund", "kind").choices
SOURCES = forms.field("fund", "source").choices
FUNDS = forms.field("fund", "fund").choices


@group(help=_("The clubs' funds."))
def fund() -> None:
    """Hold the commands about money."""


@fund.command(help=_("Record money that came into or went out of a club's fund."))
@asked_argument("named", metavar="CLUB")
@asked_option("--kind", type=Choice(KINDS), help=_("What kind of entry"))
@asked_option("--source", type=OwnChoice(SOURCES, "sources"), help=_("Whose money"))
@asked_option("--fund", "which", type=OwnChoice(FUNDS, "fund"), help=_("Which fund"))
@asked_option("--amount", metavar="AMOUNT", help=_("How much, in đồng: 100000000 or 100.000.000"))
@asked_option("--document", help=_("Number and date of the voucher or decision"))
@click.option("--donor", default=None, help=_("Who gave it"))
@click.option("--resolution", default=None, help=_("The resolution of the People's Council"))
@click.option("--reverses", default=None, metavar="SEQ", help=_("The entry that is taken back"))
@recorded
@pass_context
def record(
    context: Context,
    named: str | None,
    kind: str | None,
    source: str | None,
    which: str | None,
    amount: str | None,
    document: str | None,
    donor: str | None,
    resolution: str | None,
    reverses: str | None,
    on: str | None,
    acks: tuple[str, ...],
) -> None:
    """Record an entry; at a terminal what is missing is asked for."""
    club = meant_club(context, named)
    typed = {"amount": amount, "reverses": reverses, "donor": donor, "resolution": resolution}
    chosen = {"kind": kind, "source": source, "fund": which, "document": document}
    form: dict[str, Any] = {path: text for path, text in chosen.items() if text is not None}
    forms.assign("fund", form, ((path, text) for path, text in typed.items() if text is not None))
    outcome = record_step(context, club, "fund", form, on=on, acks=acks, today=True)
    show_outcome(context, outcome)


@fund.command(help=_("A club's ledger and what its funds hold."))
@click.argument("named", metavar="CLUB")
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, named: str, on: str | None) -> None:
    """Show a ledger."""
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    when = day(on) or lifecycle.today()
    lines = money.ledger(context.registry.store, club, when)
    policy = context.provinces.policy(club.province)
    held = money.balances(lines, fund_ids(policy, when))
    data = {
        "club": club.id,
        "on": when,
        "balances": held,
        "entries": [
            {
                "seq": line.entry.seq,
                "on": line.entry.on,
                "kind": line.entry.kind,
                "fund": line.entry.fund,
                "source": line.entry.source,
                "amount": line.entry.amount,
                "delta": line.entry.delta,
                "balance": line.held,
                "document": line.entry.document,
                "donor": line.entry.donor,
                "resolution": line.entry.resolution,
                "reverses": line.entry.reverses,
                "reversed_by": line.reversed_by,
            }
            for line in lines
        ],
    }

    own = _labels(policy)

    def text() -> Iterator[str]:
        yield f"{club.id}  {club.name}"
        for name, amount in held.items():
            yield ""
            holds = _("{fund}: {amount}").format(
                fund=fund_name(name, own.funds), amount=fund_held(amount)
            )
            yield upper_first(holds)
            if of_fund := [line for line in lines if line.entry.fund == name]:
                yield from _entries(of_fund, own)

    context.answer(data, text)


class Labels(NamedTuple):
    """What a province's own funds and sources are called, by id."""

    funds: Mapping[str, str]
    sources: Mapping[str, str]


def _labels(policy: Policy) -> Labels:
    return Labels(fund_labels(policy), source_labels(policy))


def _entries(lines: Iterable[money.LedgerLine], own: Labels) -> Iterator[str]:
    """Yield the entries of one fund as a table."""
    yield from tables.table(
        [
            _("No."),
            _("Date"),
            _("Kind"),
            _("Source"),
            _("In or out (đồng)"),
            _("Held (đồng)"),
            _("Document"),
        ],
        (_row(line, own) for line in lines),
        right=[0, 4, 5],
    )


def _row(line: money.LedgerLine, own: Labels) -> tuple[object, ...]:
    entry = line.entry
    kind = entry_name(entry.kind)
    if entry.reverses is not None:
        kind = _("{kind} of {seq}").format(kind=kind, seq=entry.reverses)
    if line.reversed_by is not None:
        kind = _("{kind} (taken back by {seq})").format(kind=kind, seq=line.reversed_by)
    source = source_name(entry.source, own.sources)
    return (
        entry.seq,
        dmy(entry.on) if entry.on else "",
        kind,
        f"{source}: {entry.donor}" if entry.donor else source,
        f"{'+' if entry.delta > 0 else ''}{number(entry.delta)}",
        number(line.held),
        entry.document,
    )


@fund.command(
    help=_("What a province's clubs received: grants and contributions that were not reversed.")
)
@click.argument("province", type=PROVINCE)
@click.option("--year", type=click.IntRange(1900, 9999), default=None, help=_("Only this year"))
@click.option("--on", "on", default=None, help=ON)
@pass_context
def summary(context: Context, province: str, year: int | None, on: str | None) -> None:
    """Show what clubs received."""
    context.provinces.plugin(province)
    when = day(on) or context.registry.lifecycle.today()
    found = money.received(context.registry.store, province, when, year)
    data = {
        "province": province,
        "on": when,
        "year": year,
        "total": found.total,
        "grants": found.grants,
        "by_year": found.by_year,
        "by_source": found.by_source,
        "by_fund": found.by_fund,
        "by_donor": found.by_donor,
    }

    own = _labels(context.provinces.policy(province))
    sources, funds = found.by_source.items(), found.by_fund.items()

    def text() -> Iterator[str]:
        for heading, amounts in (
            (_("Year"), found.by_year),
            (_("Source"), {source_name(name, own.sources): one for name, one in sources}),
            (_("Fund"), {fund_name(name, own.funds): one for name, one in funds}),
            (_("Donor"), found.by_donor),
        ):
            if amounts:
                yield from tables.table(
                    [heading, _("Received (đồng)")],
                    ((name, number(amount)) for name, amount in amounts.items()),
                    right=[1],
                )
                yield ""
        yield _("Total: {amount}; number of grants: {grants}").format(
            amount=dong(found.total), grants=found.grants
        )

    context.answer(data, text)
