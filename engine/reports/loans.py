"""A club's loan book (sổ vay vốn): each loan with what became of it, and their sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.model import Club, Loan
from engine.store import facts
from engine.store.database import Store


@dataclass(frozen=True, slots=True)
class LoanSums:
    """What a club's members borrowed by a day, in đồng but for the counts of people.

    ``overdue`` is what is owed of loans past their due day.
    """

    loans: int
    borrowers: int
    borrowers_in_kind: int
    lent: int
    repaid: int
    interest: int
    written_off: int
    outstanding: int
    overdue: int


def book(store: Store, club: Club, on: date) -> list[Loan]:
    """Return the loans given by a day, as they were at its end."""
    return [one.until(on) for one in facts.loans(store, club) if one.on <= on]


def sums(loans: Iterable[Loan], on: date) -> LoanSums:
    """Return the sums of loans as they are on a day."""
    given = list(loans)
    owing = [one for one in given if one.outstanding]
    return LoanSums(
        loans=len(given),
        borrowers=len({one.member for one in owing}),
        borrowers_in_kind=len({one.member for one in owing if one.in_kind}),
        lent=sum(one.amount for one in given),
        repaid=sum(one.repaid for one in given),
        interest=sum(one.interest for one in given),
        written_off=sum(one.written_off for one in given),
        outstanding=sum(one.outstanding for one in given),
        overdue=sum(one.outstanding for one in given if one.is_overdue(on)),
    )


def turnover_percent(before: int | None, owed: int | None, repaid: int | None) -> int | None:
    """Return how often the money lent came back in a period (vòng quay vốn), in hundredths.

    It is the principal repaid in the period out of the mean of what was owed before it and at its
    end, rounded half up; what is written off came not back. ``None`` where nothing was owed at
    either end, or no loan is on record.
    """
    if before is None or owed is None or repaid is None or before + owed <= 0:
        return None
    return (400 * repaid + before + owed) // (2 * (before + owed))
