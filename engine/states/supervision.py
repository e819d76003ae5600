"""Supervision (giám sát): every six months, unless the province states another interval."""

from collections.abc import Iterator

from engine import codes
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import fund_name, role_name
from engine.model import (
    AT_WORK,
    BALANCE,
    OWN_PREFIX,
    Effects,
    Finding,
    FundKind,
    Role,
    State,
    TaskKind,
    balance_field,
    balance_of,
)
from engine.policy.own_money import fund_ids, fund_labels
from engine.rules import activities, forms, funds
from engine.rules.calendar import add_months
from engine.rules.doers import doers
from engine.rules.findings import note, warn
from engine.rules.obligations import PERIODIC, close, late, next_time, openings
from engine.rules.own import OWN
from engine.rules.request import SUPERVISION_COLUMNS, StepRequest
from engine.states.proposal import make_up
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import dmy, dong, upper_first

PASS, CONSOLIDATE = "pass", "consolidate"
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


def balances(request: StepRequest) -> Iterator[Finding]:
    """Warn where a fund's balance is not the ledger's of the day, by the funds that have an entry.

    Of a fund without an entry none is asked for; the income fund may be counted with
    what is lent out of it.
    """
    if request.asking:
        return
    policy, on = request.rules.policy, request.on
    ledger = [one for one in request.ledger if one.on is None or one.on <= on]
    labels, counted = fund_labels(policy), _counted(request)
    lent = sum(one.until(on).outstanding for one in request.loans if one.on <= on)
    for fund, held in funds.held(ledger, (*fund_ids(policy, on), *counted)).items():
        there, title = counted.get(fund), upper_first(fund_name(fund, labels))
        if held is None and there:
            yield warn(
                codes.SUPERVISE_UNOPENED,
                _("{fund}: {amount}, but the club's book has no entry of this fund.").format(
                    fund=title, amount=dong(there)
                ),
                expected=_("no balance of a fund without an entry"),
                actual=dong(there),
                who=role_name(Role.ASSOCIATION),
                fix=f"clb fund record {request.club.id}",
            )
        if held is None or there == held or (fund == FundKind.INCOME and there == held + lent):
            continue
        message = _("{fund}: {amount}, but the club's book has {booked}.").format(
            fund=title, amount=dong(there or 0), booked=dong(held)
        )
        if there is None:
            message = _("{fund}: the balance is not given; the club's book has {booked}.").format(
                fund=title, booked=dong(held)
            )
        yield warn(
            codes.SUPERVISE_FUND,
            message,
            expected=dong(held),
            actual=_("none") if there is None else dong(there),
            who=role_name(Role.ASSOCIATION),
            fix=f"--set {balance_field(fund)}=…; clb fund show {request.club.id}",
        )


def _counted(request: StepRequest) -> dict[str, int]:
    """Return what the form has of each fund, in đồng, by the fund's id."""
    found = {str(fund): request.field(balance_field(fund)) for fund in FundKind}
    for name, value in (request.field(OWN) or {}).items():
        if name.endswith(BALANCE):
            found[f"{OWN_PREFIX}{name.removesuffix(BALANCE)}"] = value
    return {fund: value for fund, value in found.items() if value is not None}


def _supervise(request: StepRequest) -> Effects:
    opened, closed = openings(
        request,
        (next_time(request, TaskKind.SUPERVISION, request.on),),
        close(request, TaskKind.SUPERVISION),
    )
    row = {name: request.field(name) for name in SUPERVISION_COLUMNS}
    row["activities"] = ",".join(request.field("activities"))
    row["members"] = request.composition.members
    row |= {balance_of(fund): value for fund, value in _counted(request).items()}
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
    checks=(too_soon, in_time, borrowers, balances, by_the_book, make_up),
    work=_supervise,
    needs=frozenset({"composition", "tasks", "loans", "ledger", "meetings", "supervisions"}),
    outcome=outcome,
    form_checks=(activities.known,),
)

STAGE = Stage("supervision", (SUPERVISE,))
