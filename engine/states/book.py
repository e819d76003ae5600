"""The club's own book (sổ của câu lạc bộ): what it lends to members, and who is cared for."""

from engine.frozen import FrozenMap
from engine.model import AFTER_DECISION, AT_WORK, Effects, Role, State
from engine.rules import care, funds, loans
from engine.rules.request import StepRequest
from engine.states.stage import Check, Move, Stage, Step, Work

ROLES = (Role.ASSOCIATION, Role.COMMITTEE)
WITH_DEBTS = (*AT_WORK, State.SUSPENDED)
"""Where members may owe the club something."""
LOANS = frozenset({"ledger", "loans"})


def _terms(request: StepRequest) -> Effects:
    names = ("document", "most", "months", "rate")
    row = FrozenMap({name: request.field(name) for name in names})
    return Effects(records=(("lending", row),))


def _lend(request: StepRequest) -> Effects:
    return Effects(ledger=loans.lent(request), records=(("loan", loans.loan_record(request)),))


def _repay(request: StepRequest) -> Effects:
    return Effects(
        ledger=loans.repaid(request), records=(("loan_change", loans.change_record(request)),)
    )


def _change(request: StepRequest) -> Effects:
    return Effects(records=(("loan_change", loans.change_record(request)),))


def _care(request: StepRequest) -> Effects:
    row = {
        "month": str(request.field("date"))[:7],
        "volunteers": request.field("volunteers"),
        "cared_for": request.field("cared_for"),
    }
    if pairs := request.field("pairs"):
        row["pairs"] = ",".join(pairs)
    return Effects(records=(("care", FrozenMap(row)),))


def _record(
    name: str,
    sources: tuple[State, ...],
    work: Work,
    *checks: Check,
    needs: frozenset[str] = frozenset(),
    prepare: str | None = None,
    corrected: bool = False,
) -> Step:
    """Return a step that writes into the club's book.

    What was written of a loan is taken back with a reversal of its money, not corrected.
    """
    return Step(
        name=name,
        moves=(Move(sources, record=True),),
        roles=ROLES,
        eligible=ROLES,
        happened_on="date",
        checks=checks,
        work=work,
        needs=needs,
        prepare=prepare,
        corrected=corrected,
    )


STEPS = (
    _record("lending_terms", AFTER_DECISION, _terms),
    _record(
        "lend",
        AT_WORK,
        _lend,
        funds.enough,
        loans.one_at_a_time,
        loans.within_terms,
        needs=LOANS | {"lending"},
        prepare="borrower",
    ),
    _record(
        "repay",
        WITH_DEBTS,
        _repay,
        loans.known,
        loans.something_paid,
        loans.no_more_than_owed,
        needs=LOANS,
    ),
    _record("extend", WITH_DEBTS, _change, loans.known, loans.later, needs=LOANS),
    _record("write_off", WITH_DEBTS, _change, loans.known, loans.no_more_than_owed, needs=LOANS),
    _record("care", AT_WORK, _care, care.no_fewer_than_named, corrected=True),
)

STAGE = Stage("book", STEPS)
