"""Supervision (giám sát): every six months, unless the province states another interval."""

from collections.abc import Iterator

from engine import codes
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import fund_name, role_name
from engine.model import AT_WORK, Effects, Finding, FundKind, Role, State, TaskKind
from engine.rules import activities, forms, funds
from engine.rules.calendar import add_months
from engine.rules.doers import doers
from engine.rules.findings import note, warn
from engine.rules.obligations import PERIODIC, close, late, next_time, openings
from engine.rules.request import StepRequest
from engine.states.proposal import make_up
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import dmy, dong

PASS, CONSOLIDATE = "pass", "consolidate"
COLUMNS = (
    "meetings_held",
    "activities",
    *(fund.balance_field for fund in FundKind),
    "borrowers",
    "borrowers_in_kind",
    "borrowers_improved",
    "members_with_need",
    "members_served",
    "conclusion",
)
COUNTED = (
    *("borrowers", "borrowers_in_kind", "borrowers_improved"),
    *("members_with_need", "members_served"),
)
"""Figures that count members of the club."""


def outcome(request: StepRequest) -> str:
    """Return the conclusion; asking without a form is asking about a pass."""
    return str(request.field("conclusion") or PASS)


def too_soon(request: StepRequest) -> Iterator[Finding]:
    """Warn when less than the interval has gone by since the launch or the last supervision.

    Not where a document orders checks that nobody announces (kiểm tra đột xuất): one may come on
    any day.
    """
    key = PERIODIC[TaskKind.SUPERVISION][0]
    if request.rules.stated("supervision.unannounced", request.on).value:
        return
    rule = request.rules.rule(key, request.on)
    since = request.club.supervised_on or request.club.launched_on
    if rule is None or since is None or request.on < since:
        return
    due = add_months(since, rule.value)
    if request.on >= due:
        return
    yield warn(
        codes.SUPERVISE_EARLY,
        _("Less than {months} months since {since}.").format(months=rule.value, since=dmy(since)),
        expected=_("from {day}").format(day=dmy(due)),
        actual=dmy(request.on),
        source=rule.citation,
        who=doers(request, "supervise", (Role.PROVINCE,)),
        fix=_("It may be supervised sooner with a reason; later needs none, the days are noted."),
    )


def in_time(request: StepRequest) -> Iterator[Finding]:
    """Note when the supervision comes after its due day."""
    return late(request, TaskKind.SUPERVISION)


def borrowers(request: StepRequest) -> Iterator[Finding]:
    """Warn when more people are counted than the club has members, or than have borrowed."""
    members = request.composition.members
    for path in COUNTED:
        count = request.field(path)
        if count is not None and members and count > members:
            yield warn(
                codes.SUPERVISE_COUNT,
                _("{field}: {count}, but the club has {members} members.").format(
                    field=_title(path), count=count, members=members
                ),
                expected=_("at most {members}").format(members=members),
                actual=str(count),
                who=doers(request, "supervise", (Role.PROVINCE,)),
                fix=_("Check the figure and the member list."),
            )
    improved = request.field("borrowers_improved")
    helped = sum(request.field(path) or 0 for path in ("borrowers", "borrowers_in_kind"))
    if improved is not None and improved > helped:
        yield warn(
            codes.SUPERVISE_COUNT,
            _("{field}: {count}, but {borrowers} borrowed.").format(
                field=_title("borrowers_improved"), count=improved, borrowers=helped
            ),
            expected=_("at most {members}").format(members=helped),
            actual=str(improved),
            who=doers(request, "supervise", (Role.PROVINCE,)),
            fix=_("Check the figure and how many borrowed."),
        )


def _title(path: str) -> str:
    return forms.field("supervise", path).title


def by_the_book(request: StepRequest) -> Iterator[Finding]:
    """Note a figure that is not the one of the club's own book on the day, where it is kept."""
    given = [one.until(request.on) for one in request.loans if one.on <= request.on]
    for path, in_kind in (("borrowers", False), ("borrowers_in_kind", True)):
        count = request.field(path)
        owing = {one.member for one in given if one.outstanding and one.in_kind is in_kind}
        if given and count is not None and count != len(owing):
            yield note(
                codes.SUPERVISE_BOOK,
                _("{field}: {count}, but the club's loan book has {booked}.").format(
                    field=_title(path), count=count, booked=len(owing)
                ),
                expected=str(len(owing)),
                actual=str(count),
                who=role_name(Role.ASSOCIATION),
                fix=f"clb loan list {request.club.id}",
            )
    if given:
        yield from _funds_by_the_book(request, sum(one.outstanding for one in given))
    yield from _meetings_by_the_book(request)


def _meetings_by_the_book(request: StepRequest) -> Iterator[Finding]:
    """Note another number of meetings than is recorded since the supervision before, or launch."""
    recorded = [one for one in request.meetings if one <= request.on]
    seen = [one.on for one in request.supervisions if one.on < request.on]
    since = max(seen, default=request.club.launched_on)
    held = sum(since is None or one > since for one in recorded)
    count = request.field("meetings_held")
    if recorded and count is not None and count != held:
        yield note(
            codes.SUPERVISE_BOOK,
            _("{field}: {count}, but {booked} meetings are recorded since {day}.").format(
                field=_title("meetings_held"),
                count=count,
                booked=held,
                day=dmy(since or recorded[0]),
            ),
            expected=str(held),
            actual=str(count),
            who=role_name(Role.ASSOCIATION),
            fix=f"clb club history {request.club.id}",
        )


def _funds_by_the_book(request: StepRequest, owed: int) -> Iterator[Finding]:
    """Note what is counted in a fund, where the ledger has neither that nor that with the loans."""
    ledger = [one for one in request.ledger if one.on is None or one.on <= request.on]
    for fund in FundKind:
        counted, held = request.field(fund.balance_field), funds.balance(ledger, fund)
        right = (held, held + owed) if fund is FundKind.INCOME else (held,)
        if counted is not None and counted not in right:
            yield note(
                codes.SUPERVISE_BOOK,
                _("{fund}: {amount}, but the club's book has {booked}.").format(
                    fund=fund_name(fund), amount=dong(counted), booked=dong(held)
                ),
                expected=dong(held),
                actual=dong(counted),
                who=role_name(Role.ASSOCIATION),
                fix=f"clb fund show {request.club.id}",
            )


def _supervise(request: StepRequest) -> Effects:
    opened, closed = openings(
        request,
        (next_time(request, TaskKind.SUPERVISION, request.on),),
        close(request, TaskKind.SUPERVISION),
    )
    row = {name: request.field(name) for name in COLUMNS}
    row["activities"] = ",".join(request.field("activities"))
    row["members"] = request.composition.members
    given = FrozenMap({name: value for name, value in row.items() if value is not None})
    return Effects(
        fields=(("supervised_on", request.on),),
        opened=opened,
        closed=closed,
        records=(("supervision", given),),
    )


SUPERVISE = Step(
    name="supervise",
    moves=(
        Move((State.LAUNCHED,), State.OPERATING, when=PASS),
        Move((State.OPERATING, State.CONSOLIDATING), when=PASS),
        Move(AT_WORK, State.CONSOLIDATING, when=CONSOLIDATE),
    ),
    roles=(Role.PROVINCE,),
    eligible=(Role.PROVINCE, Role.COMMITTEE, Role.ASSOCIATION, Role.DISTRICT),
    happened_on="date",
    checks=(too_soon, in_time, borrowers, by_the_book, make_up),
    work=_supervise,
    needs=frozenset({"composition", "tasks", "loans", "ledger", "meetings", "supervisions"}),
    outcome=outcome,
    form_checks=(activities.known,),
)

STAGE = Stage("supervision", (SUPERVISE,))
