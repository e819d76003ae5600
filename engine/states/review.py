"""The yearly review (đánh giá năm), and the decision that ends a consolidation (kiện toàn)."""

from collections.abc import Iterator

from engine import codes
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.model import AT_WORK, Effects, Finding, Role, State, TaskKind
from engine.policy.effective import general_citation
from engine.rules import decisions
from engine.rules.composition import Bounds
from engine.rules.doers import doers
from engine.rules.findings import block, note, warn
from engine.rules.obligations import close, late, next_time, openings
from engine.rules.request import StepRequest
from engine.states.proposal import make_up
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import dmy, percent

PASS, CONSOLIDATE = "pass", "consolidate"


def outcome(request: StepRequest) -> str:
    """Return the review's result; asking without a form is asking about a pass."""
    return str(request.field("result") or PASS)


def reviewed_year(request: StepRequest) -> int:
    """Return the year under review; asking without a form is asking about the year of the day."""
    return int(request.field("year") or request.on.year)


def once(request: StepRequest) -> Iterator[Finding]:
    """A year is reviewed once."""
    year = reviewed_year(request)
    for earlier in request.reviews:
        if earlier.year == year:
            yield block(
                codes.REVIEW_TWICE,
                _("{year} was reviewed on {day}.").format(year=year, day=dmy(earlier.on)),
                expected=_("one review a year"),
                actual=dmy(earlier.on),
                source=general_citation(),
                who=doers(request, "review", (Role.PROVINCE,)),
                fix=_("Correct the earlier review: {command}.").format(
                    command=f"clb advance {request.club.id} correct --set seq={earlier.seq}"
                ),
            )


def year_has_come(request: StepRequest) -> Iterator[Finding]:
    """A review is of a year that has begun, in which the club was at work."""
    year, launched = reviewed_year(request), request.club.launched_on
    if year > request.on.year or (launched is not None and year < launched.year):
        low = launched.year if launched else request.on.year
        yield block(
            codes.REVIEW_YEAR,
            _("{year} cannot be reviewed on {day}.").format(year=year, day=dmy(request.on)),
            expected=f"{low} - {request.on.year}",
            actual=str(year),
            who=doers(request, "review", (Role.PROVINCE,)),
            fix=_("Check the year under review."),
        )


def supervised(request: StepRequest) -> Iterator[Finding]:
    """Warn when the club was not supervised in the year under review.

    That a review rests on a supervision is the general procedure's, whatever a document says about
    how often clubs are supervised.
    """
    year = reviewed_year(request)
    if any(supervision.on.year == year for supervision in request.supervisions):
        return
    yield warn(
        codes.REVIEW_UNSUPERVISED,
        _("No supervision is recorded for {year}.").format(year=year),
        expected=_("at least one supervision in the year"),
        actual="0",
        source=general_citation(),
        who=doers(request, "supervise", (Role.PROVINCE,)),
        fix=f"clb advance {request.club.id} supervise",
    )


def standard(request: StepRequest) -> Iterator[Finding]:
    """Whether a club meets the standard (đạt chuẩn) is recorded with the document that defines it.

    No document at hand defines the standard, so a bare yes or no could not be checked.
    """
    met, document = request.field("standard"), request.field("standard_document")
    if met is None or document is not None:
        return
    yield block(
        codes.REVIEW_STANDARD,
        _("The document that says what the standard is has not been named."),
        expected=_("number and date of the document"),
        actual=_("nothing recorded"),
        who=doers(request, "review", (Role.PROVINCE,)),
        fix="--set standard_document=…",
    )


def in_time(request: StepRequest) -> Iterator[Finding]:
    """Note when the review comes after its due day."""
    return late(request, TaskKind.REVIEW)


def borrowers(request: StepRequest) -> Iterator[Finding]:
    """Warn when fewer members borrowed than the province's indicator asks for.

    The figures are those of the year's last supervision; whether kind counts, whether only those
    whose income has improved do, and whether all members or those with need are the denominator,
    is the policy's choice.
    """
    stated = request.rules.stated("indicator.borrowers_share", request.on)
    year = reviewed_year(request)
    last = [one for one in request.supervisions if one.on.year <= year]
    if stated.status != "value" or not last:
        return
    seen = last[-1].figures
    count, total = _borrowed(seen, stated.value)
    if not total:
        return
    bounds = Bounds.of(stated.value)
    if bounds.holds(count, total):
        if stated.value.get("improved_income") and seen.get("borrowers_improved") is None:
            yield _income_unknown(request, stated.source, count, total)
        return
    yield warn(
        codes.INDICATOR_BORROWERS,
        _("{count} of {total} members were helped to borrow.").format(count=count, total=total),
        expected=_("{bounds}: at least {least} people").format(
            bounds=bounds, least=bounds.least(total)
        ),
        actual=f"{count}/{total} = {percent(count, total)}",
        source=stated.source,
        who=doers(request, "review", (Role.PROVINCE,)),
        fix=_("Say in the review what the club will do about it."),
    )


def _income_unknown(request: StepRequest, source: str | None, count: int, total: int) -> Finding:
    """Return the note that enough borrowed, and not how many have a better income."""
    return note(
        codes.INDICATOR_INCOME,
        _("How many of the {count} borrowers have a better income was not recorded.").format(
            count=count
        ),
        expected=_("borrowers whose income has improved, out of {total} members").format(
            total=total
        ),
        actual=_("nothing recorded"),
        source=source,
        who=doers(request, "supervise", (Role.PROVINCE,)),
        fix="--set borrowers_improved=…",
    )


def _borrowed(seen: FrozenMap, indicator: FrozenMap) -> tuple[int, int]:
    """Return how many count for the province's indicator, and out of how many.

    Where a better income is asked for and was counted, those who have one.
    """
    improved = seen.get("borrowers_improved")
    if indicator.get("improved_income") and improved is not None:
        whole = "members_with_need" if indicator["of"] == "members_with_need" else "members"
        return int(improved), int(seen.get(whole) or 0)
    kinds = indicator["counts"]
    cash = int(seen.get("borrowers") or 0)
    extra = {
        "loans": 0,
        "cash": 0,
        "cash_or_kind": int(seen.get("borrowers_in_kind") or 0),
        "cash_or_activity": 0,
    }[kinds]
    if indicator["of"] == "members_with_need":
        served = seen.get("members_served")
        count = int(served) if served is not None else cash + extra
        return count, int(seen.get("members_with_need") or 0)
    return cash + extra, int(seen.get("members") or 0)


def _review(request: StepRequest) -> Effects:
    opened, closed = openings(
        request,
        (next_time(request, TaskKind.REVIEW, request.on),),
        close(request, TaskKind.REVIEW),
    )
    row = {
        "year": request.field("year"),
        "result": request.field("result"),
        "by_regulation": request.field("by_regulation"),
        "well_run": request.field("well_run"),
        "members": request.composition.members,
    }
    for name in ("standard", "standard_document"):
        if request.field(name) is not None:
            row[name] = request.field(name)
    return Effects(
        fields=(("reviewed_on", request.on),),
        opened=opened,
        closed=closed,
        records=(("review", FrozenMap(row)),),
    )


def _consolidate(request: StepRequest) -> Effects:
    del request
    return Effects()


REVIEW = Step(
    name="review",
    moves=(Move(AT_WORK, when=PASS), Move(AT_WORK, State.CONSOLIDATING, when=CONSOLIDATE)),
    roles=(Role.PROVINCE,),
    eligible=(Role.PROVINCE, Role.COMMITTEE, Role.ASSOCIATION, Role.DISTRICT),
    happened_on="date",
    checks=(once, year_has_come, supervised, borrowers, standard, in_time, make_up),
    work=_review,
    needs=frozenset({"composition", "tasks", "supervisions", "reviews"}),
    outcome=outcome,
)
CONSOLIDATE_STEP = Step(
    name="consolidate",
    moves=(Move((State.CONSOLIDATING,), State.OPERATING),),
    roles=(Role.COMMITTEE,),
    eligible=(Role.COMMITTEE,),
    happened_on="decision.date",
    checks=(decisions.number_once,),
    work=_consolidate,
    needs=frozenset({"decisions"}),
)

STAGE = Stage("review", (REVIEW, CONSOLIDATE_STEP))
