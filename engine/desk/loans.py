"""A club's loan book at the desk: a line a loan, those overdue marked."""

from collections.abc import Mapping
from datetime import date

from engine.desk.rows import Column, Line, Row
from engine.i18n import _
from engine.model import Loan
from engine.reports import loans
from engine.vietnamese.text import dmy, dong, number


def columns() -> tuple[Column, ...]:
    """Return the columns of the table."""
    return (
        Column(_("Record no."), right=True),
        Column(_("Borrower"), grows=True),
        Column(_("Lent on")),
        Column(_("Amount"), right=True),
        Column(_("Still owed"), right=True),
        Column(_("Due")),
        Column(""),
    )


def lines(book: list[Loan], names: Mapping[str, str], today: date) -> list[Line]:
    """Return the loans: those overdue first, then those owed by their due day, then the repaid."""
    in_order = sorted(
        book, key=lambda one: (not one.is_overdue(today), not one.outstanding, one.due_on, one.seq)
    )
    return [_line(one, names, today) for one in in_order]


def _line(one: Loan, names: Mapping[str, str], today: date) -> Row:
    late = one.is_overdue(today)
    mark = _("{days} days late").format(days=(today - one.due_on).days) if late else ""
    return Row(
        one.seq,
        (
            number(one.seq),
            names.get(one.member, one.member),
            dmy(one.on),
            number(one.amount),
            number(one.outstanding) if one.outstanding else _("repaid"),
            dmy(one.due_on),
            mark,
        ),
        "$error" if late else "" if one.outstanding else "$foreground 60%",
    )


def sums_text(book: list[Loan], today: date) -> str:
    """Return what is owed in all, and how much of it is late."""
    if not book:
        return ""
    sums = loans.sums(book, today)
    return _("Owed {owed} by {count} members, of it late {late}").format(
        owed=dong(sums.outstanding), count=number(sums.borrowers), late=dong(sums.overdue)
    )
