"""``clb loan``: what a club lends to its members, and what comes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.asked import asked_argument, asked_option
from engine.cli.command import group
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.meant_club import club_id, meant_club
from engine.cli.run_step import record, recorded
from engine.cli.step import show_outcome
from engine.errors import UnknownError
from engine.i18n import _
from engine.lifecycle.people import names
from engine.model import Loan
from engine.reports import loans
from engine.rules import forms
from engine.vietnamese.money import rate_text
from engine.vietnamese.text import dmy, dong, number

AMOUNT, RATE = "5.000.000", "0,5%/tháng"


@group(help=_("Money the club lends to its members."))
def loan() -> None:
    """Hold the commands about loans."""


def _take(
    context: Context,
    named: str | None,
    step: str,
    typed: Mapping[str, Any],
    on: str | None,
    acks: tuple[str, ...],
) -> None:
    """Record a step of the loan book; at a terminal what is missing is asked for."""
    club = meant_club(context, named)
    form: dict[str, Any] = {}
    given = ((path, str(text)) for path, text in typed.items() if text not in (None, False))
    forms.assign(step, form, ((path, "có" if text == "True" else text) for path, text in given))
    show_outcome(context, record(context, club, step, form, on=on, acks=acks, today=True))


@loan.command(help=_("Enter what the club's own charter says of its loans."))
@asked_argument("named", metavar="CLUB")
@asked_option("--document", help=_("The charter or minutes that state the terms"))
@click.option("--most", default=None, metavar=AMOUNT, help=_("The largest loan"))
@click.option("--months", default=None, metavar="12", help=_("The longest term"))
@click.option("--rate", default=None, metavar=RATE, help=_("The highest interest rate"))
@recorded
@pass_context
def terms(
    context: Context,
    named: str | None,
    on: str | None,
    acks: tuple[str, ...],
    **typed: str | None,
) -> None:
    """Enter the club's terms of lending."""
    _take(context, named, "lending_terms", typed, on, acks)


@loan.command(help=_("Lend money of the income fund to a member."))
@asked_argument("named", metavar="CLUB")
@asked_option("--member", help=_("Who borrows: a name on the member list"))
@asked_option("--amount", metavar=AMOUNT, help=_("How much; the value of what is lent in kind"))
@asked_option("--months", metavar="12", help=_("Months until all is to be repaid"))
@asked_option("--rate", metavar=RATE, help=_("The interest rate; 0 without interest"))
@asked_option("--purpose", help=_("What it is for"))
@asked_option("--document", help=_("The agreement or voucher"))
@click.option("--in-kind", is_flag=True, help=_("Goods instead of money"))
@click.option("--opening", is_flag=True, help=_("A debt of before this book was kept"))
@recorded
@pass_context
def give(
    context: Context,
    named: str | None,
    on: str | None,
    acks: tuple[str, ...],
    **typed: str | bool | None,
) -> None:
    """Lend to a member."""
    _take(context, named, "lend", typed, on, acks)


@loan.command(help=_("Record what a borrower repaid: principal, interest or both."))
@asked_argument("named", metavar="CLUB")
@asked_argument("loan", metavar="LOAN")
@click.option("--principal", default=None, metavar="1.000.000", help=_("Principal that came back"))
@click.option("--interest", default=None, metavar="25.000", help=_("Interest that was paid"))
@asked_option("--document", help=_("Number and day of the voucher"))
@recorded
@pass_context
def repay(
    context: Context,
    named: str | None,
    on: str | None,
    acks: tuple[str, ...],
    **typed: str | None,
) -> None:
    """Record a repayment."""
    _take(context, named, "repay", typed, on, acks)


@loan.command(help=_("Give a borrower more time."))
@asked_argument("named", metavar="CLUB")
@asked_argument("loan", metavar="LOAN")
@asked_option("--until", metavar="15/03/2027", help=_("The new due day"))
@asked_option("--document", help=_("Minutes of the board"))
@recorded
@pass_context
def extend(
    context: Context,
    named: str | None,
    on: str | None,
    acks: tuple[str, ...],
    **typed: str | None,
) -> None:
    """Extend a loan."""
    _take(context, named, "extend", typed, on, acks)


@loan.command("write-off", help=_("Expect no more of a loan, as the board decided."))
@asked_argument("named", metavar="CLUB")
@asked_argument("loan", metavar="LOAN")
@asked_option("--amount", metavar="500.000", help=_("Principal written off"))
@asked_option("--document", help=_("Minutes of the board"))
@recorded
@pass_context
def write_off(
    context: Context,
    named: str | None,
    on: str | None,
    acks: tuple[str, ...],
    **typed: str | None,
) -> None:
    """Write a loan off."""
    _take(context, named, "write_off", typed, on, acks)


@loan.command("list", help=_("A club's loan book."))
@click.argument("named", metavar="CLUB")
@click.option("--overdue", is_flag=True, help=_("Only what is late"))
@click.option("--on", "on", default=None, help=ON)
@pass_context
def list_(context: Context, named: str, overdue: bool, on: str | None) -> None:
    """Show the loan book."""
    store, lifecycle = context.registry.store, context.registry.lifecycle
    club, when = lifecycle.club(club_id(context, named)), day(on) or lifecycle.today()
    book = loans.book(store, club, when)
    shown = [one for one in book if one.is_overdue(when) or not overdue]
    who = names(store, club)
    data = {
        "club": club.id,
        "on": when,
        "sums": asdict(loans.sums(book, when)),
        "loans": [_as_json(one, who, when) for one in shown],
    }
    context.answer(data, lambda: _book_text(shown, who, when))


@loan.command(help=_("One loan with all that came after."))
@click.argument("named", metavar="CLUB")
@click.argument("seq", metavar="LOAN", type=int)
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, named: str, seq: int, on: str | None) -> None:
    """Show a loan."""
    store, lifecycle = context.registry.store, context.registry.lifecycle
    club, when = lifecycle.club(club_id(context, named)), day(on) or lifecycle.today()
    one = next((one for one in loans.book(store, club, when) if one.seq == seq), None)
    if one is None:
        raise UnknownError(
            _("The club has no loan number {seq}.").format(seq=seq),
            code=codes.LOAN_UNKNOWN,
            help=f"clb loan list {club.id}",
        )
    who = names(store, club)
    data = {
        "club": club.id,
        "on": when,
        **_as_json(one, who, when),
        "changes": [asdict(change) for change in one.changes],
    }
    context.answer(data, lambda: _loan_text(one, who))


def _as_json(one: Loan, who: Mapping[str, str], on: date) -> dict[str, Any]:
    return {
        "loan": one.seq,
        "member": one.member,
        "name": who.get(one.member),
        "lent_on": one.on,
        "amount": one.amount,
        "months": one.months,
        "rate": one.rate,
        "purpose": one.purpose,
        "in_kind": one.in_kind,
        "opening": one.opening,
        "due_on": one.due_on,
        "repaid": one.repaid,
        "interest": one.interest,
        "written_off": one.written_off,
        "outstanding": one.outstanding,
        "overdue_days": (on - one.due_on).days if one.is_overdue(on) else 0,
        "borrower_left": one.left,
    }


def _name(one: Loan, who: Mapping[str, str]) -> str:
    name = who.get(one.member, one.member)
    return _("{name} (left the club)").format(name=name) if one.left else name


def _book_text(book: Sequence[Loan], who: Mapping[str, str], on: date) -> Iterator[str]:
    """Yield the loans as a table, and their sums below."""
    if not book:
        yield _("No loans.")
        return
    headings = [
        *(_("Loan"), _("Borrower"), _("Lent on"), _("Amount"), _("Still owed"), _("Due"), ""),
    ]
    rows: list[tables.Line] = [
        [
            number(one.seq),
            _name(one, who),
            dmy(one.on),
            number(one.amount),
            number(one.outstanding),
            tables.Painted(dmy(one.due_on), "red" if one.is_overdue(on) else None),
            _("late") if one.is_overdue(on) else "",
        ]
        for one in book
    ]
    yield from tables.table(headings, rows, right=[0, 3, 4], folded=True)
    sums = loans.sums(book, on)
    yield ""
    yield from tables.wrapped(
        _(
            "Lent {lent}, repaid {repaid}, interest {interest}, owed {owed}, of it late {late}."
        ).format(
            lent=dong(sums.lent),
            repaid=dong(sums.repaid),
            interest=dong(sums.interest),
            owed=dong(sums.outstanding),
            late=dong(sums.overdue),
        )
    )


def _loan_text(one: Loan, who: Mapping[str, str]) -> Iterator[str]:
    """Yield a loan and what came after, line by line."""
    yield from tables.wrapped(
        _("Loan {seq}: {name}, {amount} on {day}, {purpose}").format(
            seq=one.seq,
            name=_name(one, who),
            amount=dong(one.amount),
            day=dmy(one.on),
            purpose=one.purpose,
        )
    )
    yield _("Interest {rate}; due {day}").format(rate=rate_text(one.rate), day=dmy(one.due_on))
    for change in one.changes:
        if change.due_on is not None:
            line = _("{day}: extended until {until}").format(
                day=dmy(change.on), until=dmy(change.due_on)
            )
        elif change.written_off:
            line = _("{day}: written off {amount}").format(
                day=dmy(change.on), amount=dong(change.principal)
            )
        else:
            line = _("{day}: principal {principal}, interest {interest}").format(
                day=dmy(change.on), principal=dong(change.principal), interest=dong(change.interest)
            )
        yield f"  {line}"
    yield _("Still owed: {amount}").format(amount=dong(one.outstanding))
