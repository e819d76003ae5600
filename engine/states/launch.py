"""The launch (lễ ra mắt): the decision is read, the charter adopted, the funds opened."""

from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.labels import fund_name, fund_names
from engine.model import Effects, Finding, Role, State, TaskKind
from engine.policy.effective import general_citation
from engine.policy.own_money import fund_labels
from engine.rules.doers import doers
from engine.rules.findings import warn
from engine.rules.obligations import close, next_time, openings, supplementary
from engine.rules.request import StepRequest
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import lower_first


def trained(request: StepRequest) -> Iterator[Finding]:
    """Warn when the board was not trained.

    That training comes before the launch is the general procedure's order of steps: no document
    makes it a condition. Where a document asks for the training itself, its article is named too.
    """
    if request.club.state is State.APPROVED and request.club.trained_on is None:
        training = request.rules.stated("training.initial", request.on).source
        order = general_citation()
        yield warn(
            codes.TRAIN_MISSING,
            _("The board has not had its initial training."),
            expected=_("initial training before the launch"),
            actual=_("none recorded"),
            source=_("{order}; the training itself: {article}").format(
                order=order, article=training
            )
            if training
            else order,
            who=doers(request, "train", (Role.PROVINCE,)),
            fix=f"clb advance {request.club.id} train",
        )


def charter(request: StepRequest) -> Iterator[Finding]:
    """Warn when the club's own charter (Quy chế) was not adopted and the province asks for it."""
    stated = request.rules.stated("fund.regulation", request.on)
    if stated.status == "value" and stated.value and request.field("charter_adopted") is False:
        yield warn(
            codes.LAUNCH_CHARTER,
            _("The club's charter was not adopted."),
            expected=_("a charter issued by the club"),
            actual=_("not adopted"),
            source=stated.source,
            who=doers(request, "launch", (Role.ASSOCIATION,)),
            fix=_("Adopt the charter before the funds are used."),
        )


def funds(request: StepRequest) -> Iterator[Finding]:
    """Warn for each fund that the province asks for and the club did not open."""
    stated = request.rules.stated("fund.kinds", request.on)
    opened = request.field("funds_opened")
    if stated.status != "value" or opened is None:
        return
    own = fund_labels(request.rules.policy)
    for fund in stated.value:
        if fund not in opened:
            yield warn(
                codes.LAUNCH_FUND,
                _("The {fund} was not opened.").format(fund=lower_first(fund_name(fund, own))),
                expected=fund_names(stated.value, own),
                actual=fund_names(opened, own) or _("none"),
                source=stated.source,
                who=doers(request, "launch", (Role.ASSOCIATION,)),
                fix=_("Open the fund and record it, or say when it will be opened."),
            )


def _launch(request: StepRequest) -> Effects:
    opened, closed = openings(
        request,
        (
            next_time(request, TaskKind.SUPERVISION, request.on),
            next_time(request, TaskKind.REVIEW, request.on),
            next_time(request, TaskKind.MEETING, request.on),
            next_time(request, TaskKind.SUPPORT, request.on),
            supplementary(request, "launch", request.on),
        ),
        close(request, TaskKind.LAUNCH),
    )
    return Effects(
        fields=(
            ("launched_on", request.on),
            ("charter", request.field("charter_adopted")),
            ("funds_opened", ",".join(sorted(set(request.field("funds_opened"))))),
        ),
        opened=opened,
        closed=closed,
    )


LAUNCH = Step(
    name="launch",
    moves=(Move((State.TRAINED, State.APPROVED), State.LAUNCHED),),
    roles=(Role.ASSOCIATION,),
    eligible=(Role.ASSOCIATION, Role.COMMITTEE),
    happened_on="date",
    checks=(trained, charter, funds),
    work=_launch,
    needs=frozenset({"tasks"}),
)

STAGE = Stage("launch", (LAUNCH,))
