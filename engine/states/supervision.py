"""Supervision (giám sát): every six months, unless the province states another interval."""

from collections.abc import Iterator

from engine import codes
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import role_name
from engine.model import AT_WORK, Effects, Finding, FundKind, Role, State, TaskKind
from engine.rules import activities
from engine.rules.calendar import add_months
from engine.rules.findings import warn
from engine.rules.obligations import PERIODIC, close, late, next_time, openings
from engine.rules.request import StepRequest
from engine.states.proposal import make_up
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import dmy

PASS, CONSOLIDATE = "pass", "consolidate"
COLUMNS = (
    "meetings_held",
    "activities",
    *(fund.balance_field for fund in FundKind),
    "borrowers",
    "borrowers_in_kind",
    "members_with_need",
    "members_served",
    "conclusion",
)


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
        who=role_name(Role.PROVINCE, city=request.rules.city),
        fix=_("Wait until the day, or say why it is supervised sooner."),
    )


def in_time(request: StepRequest) -> Iterator[Finding]:
    """Note when the supervision comes after its due day."""
    return late(request, TaskKind.SUPERVISION)


def borrowers(request: StepRequest) -> Iterator[Finding]:
    """Warn when more people are counted than the club has members."""
    members = request.composition.members
    for path in ("borrowers", "borrowers_in_kind", "members_with_need", "members_served"):
        count = request.field(path)
        if count is not None and members and count > members:
            yield warn(
                codes.SUPERVISE_COUNT,
                _("{field}: {count}, but the club has {members} members.").format(
                    field=path, count=count, members=members
                ),
                expected=_("at most {members}").format(members=members),
                actual=str(count),
                who=role_name(Role.PROVINCE, city=request.rules.city),
                fix=_("Check the figure and the member list."),
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
    eligible=(Role.PROVINCE, Role.COMMITTEE, Role.ASSOCIATION),
    happened_on="date",
    checks=(too_soon, in_time, borrowers, make_up),
    work=_supervise,
    needs=frozenset({"composition", "tasks"}),
    outcome=outcome,
    form_checks=(activities.known,),
)

STAGE = Stage("supervision", (SUPERVISE,))
