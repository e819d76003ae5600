"""The commune People's Committee (UBND xã) returns, rejects or decides the establishment."""

from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.labels import ASPECTS, aspect_name, role_name
from engine.model import Effects, Finding, Role, State, TaskKind, TaskOpening, TaskOutcome
from engine.policy.effective import general_citation, reading_citation
from engine.rules import decisions, own, quotas, territory
from engine.rules.communes import same_commune
from engine.rules.doers import preparers
from engine.rules.findings import block, note
from engine.rules.obligations import close_all, openings, owed, supplementary
from engine.rules.request import StepRequest
from engine.states.guards import duties, same_hand
from engine.states.proposal import make_up
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import dmy


def issuer(request: StepRequest) -> Iterator[Finding]:
    """The decision is the commune's own: no other unit may issue it."""
    named = request.field("decision.issuer")
    if named is None or named == request.club.commune_id:
        return
    if same_commune(named, request.club.commune):
        return
    stated = request.rules.stated("roles.approve", request.on)
    yield block(
        codes.APPROVE_ISSUER,
        _("The decision was issued by {issuer}, not by the club's commune.").format(issuer=named),
        expected=request.club.commune,
        actual=named,
        source=stated.source or general_citation(),
        who=role_name(Role.COMMITTEE),
        fix=_("The People's Committee of {commune} issues the decision.").format(
            commune=request.club.commune
        ),
    )


def appraisal(request: StepRequest) -> Iterator[Finding]:
    """Where the province asks for it, every aspect has a favourable conclusion beforehand."""
    required = request.rules.stated("appraisal.aspects", request.on)
    if required.status != "value":
        return
    favourable = request.rules.stated("appraisal.favourable", request.on)
    for aspect in required.value:
        path, called = own.aspect_path(aspect), own.aspect_called(required, aspect)
        conclusion = request.field(path)
        if conclusion is None:
            yield block(
                codes.APPRAISAL_MISSING,
                _("The appraisal has no conclusion on “{aspect}”.").format(aspect=called),
                expected=_("a conclusion, met or not met"),
                actual=_("nothing recorded"),
                source=required.source,
                who=role_name(Role.COMMITTEE),
                fix=f"--set {path}=met",
            )
        elif conclusion == "not_met" and favourable.status == "value" and favourable.value:
            yield block(
                codes.APPRAISAL_NOT_MET,
                _("The appraisal concludes that “{aspect}” is not met. Note: {reading}.").format(
                    aspect=called,
                    reading=(favourable.note or favourable.source or "").rstrip("."),
                ),
                expected=_("met"),
                actual=_("not met"),
                source=reading_citation(required.source) if favourable.reading else required.source,
                who=preparers(request.rules, request.on),
                fix=_("Return the dossier with the reason, or appraise again once it is complete."),
            )


def appraised_before(request: StepRequest) -> Iterator[Finding]:
    """An appraisal comes before the decision that rests on it."""
    appraised, decided = request.day("appraisal.date"), request.day("decision.date")
    if appraised is None or decided is None or appraised <= decided:
        return
    yield block(
        codes.APPRAISAL_DATE,
        _("The appraisal of {appraised} is after the decision of {decided}.").format(
            appraised=dmy(appraised), decided=dmy(decided)
        ),
        expected=_("not after {day}").format(day=dmy(decided)),
        actual=dmy(appraised),
        who=role_name(Role.COMMITTEE),
        fix=_("Check the two dates on the papers."),
    )


def unstated_aspects(request: StepRequest) -> Iterator[Finding]:
    """Note an unmet aspect where the province does not make the appraisal a condition."""
    if request.rules.stated("appraisal.aspects", request.on).status == "value":
        return
    unmet = [name for name in ASPECTS if request.field(f"appraisal.{name}") == "not_met"]
    if unmet:
        yield note(
            codes.APPRAISAL_NOTED,
            _("Not met in the appraisal: {aspects}. The province does not stipulate it.").format(
                aspects=", ".join(aspect_name(name) for name in unmet)
            ),
        )


def _approve(request: StepRequest) -> Effects:
    opened, closed = openings(
        request,
        (
            owed(request, TaskKind.TRAINING_INITIAL, "training.initial", Role.PROVINCE),
            supplementary(request, "decision", request.on),
            TaskOpening(TaskKind.LAUNCH, None, Role.ASSOCIATION, None),
        ),
    )
    return Effects(
        fields=(
            ("decision_number", request.field("decision.number")),
            ("decided_on", request.on),
        ),
        opened=opened,
        closed=closed,
    )


def _reject(request: StepRequest) -> Effects:
    return Effects(fields=(("ended_on", request.on),), closed=close_all(request, TaskOutcome.ENDED))


def _return(request: StepRequest) -> Effects:
    del request
    return Effects()


RETURN = Step(
    name="return",
    moves=(Move((State.PROPOSED,), State.RETURNED),),
    roles=(Role.COMMITTEE,),
    eligible=(Role.COMMITTEE,),
    happened_on="date",
    checks=(),
    work=_return,
)
REJECT = Step(
    name="reject",
    moves=(Move((State.PROPOSED,), State.REJECTED),),
    roles=(Role.COMMITTEE,),
    eligible=(Role.COMMITTEE,),
    happened_on="date",
    checks=(),
    work=_reject,
    needs=frozenset({"tasks"}),
)
APPROVE = Step(
    name="approve",
    moves=(Move((State.PROPOSED,), State.APPROVED),),
    roles=(Role.COMMITTEE,),
    eligible=(Role.COMMITTEE,),
    happened_on="decision.date",
    checks=(
        duties,
        same_hand,
        issuer,
        appraisal,
        unstated_aspects,
        appraised_before,
        decisions.number_once,
        quotas.programme,
        territory.outside,
        quotas.yearly,
        quotas.named,
        make_up,
    ),
    work=_approve,
    needs=frozenset(
        {"composition", "founders", "namesakes", "decided", "decisions", "tasks", "territory"}
    ),
)

STAGE = Stage("approval", (RETURN, REJECT, APPROVE))
