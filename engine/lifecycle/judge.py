"""Every finding about a step: ``check``, ``--dry-run`` and ``advance`` all ask here."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine import codes
from engine.errors import NotPermittedError, RefusedError
from engine.i18n import _, read_in
from engine.lifecycle.gather import Gatherer
from engine.model import Acknowledgement, Finding, Level, Officer, Role, State
from engine.rules.communes import wording
from engine.rules.request import StepRequest
from engine.states import STEPS, guards, machine
from engine.states.stage import Step


class Judgement(NamedTuple):
    """Where a step would lead, ``None`` if nowhere, and every finding about it."""

    to: State | None
    findings: tuple[Finding, ...]


def judge(
    step: Step, request: StepRequest, gather: Gatherer, known: dict[str, Any] | None = None
) -> Judgement:
    """Return where the step leads and all that speaks against or about it.

    The province's own checks are included. The step's own checks are not asked when the club is in
    another state: they would be about things that are not there. ``known`` are facts of the club as
    ``Gatherer.request`` has them. Raises ``PluginError`` when the province's check hook fails.
    """
    with read_in(*wording(request.club.commune, city=request.rules.city)):
        return _judge(step, request, gather, known)


def _judge(
    step: Step, request: StepRequest, gather: Gatherer, known: dict[str, Any] | None
) -> Judgement:
    outcome = step.outcome(request) if step.outcome else None
    to = machine.destination(STEPS, step, request.club.state, outcome)
    found = [*guards.state(step, request)]
    starts_here = not found
    found += guards.days(step, request, to)
    found += guards.role(step, request)
    found += guards.scope(step, request)
    if starts_here:
        found += guards.own_steps(step, request)
        for check in step.checks:
            found += check(request)
        whole = gather.whole(step, request, known=known)
        found += gather.provinces.checks(request.club.province, whole)
    return Judgement(to, tuple(found))


def acting(officers: Sequence[Officer], step: Step, request: StepRequest) -> Officer | None:
    """Return the officer in the role that fits the step, for those who have several.

    Of several that fit: the one of the club's commune, then one that this form is left to, then the
    one that took the step which is to be corrected or annulled. Where none fits, an administrator
    speaks as what else he is.
    """
    roles, _source = guards.roles_for(step, request)
    own_form = step.narrowed(request.form, request.rules, request.on) if step.narrowed else ()
    own = [one for one in officers if one.province == request.club.province]
    took = request.target.role if request.target else None
    fitting = sorted(
        (one for one in own if one.role in roles),
        key=lambda one: (
            not guards.in_scope(request, one),
            one.role not in own_form,
            one.role is not took,
        ),
    )
    others = sorted(own or officers, key=lambda one: one.role is Role.ADMIN)
    return next(iter(fitting or others), None)


def refuse(
    findings: Sequence[Finding], acknowledged: Mapping[str, str]
) -> tuple[Acknowledgement, ...]:
    """Return the acknowledgements the event keeps.

    Raises ``NotPermittedError`` when role, scope or duties forbid it, ``RefusedError`` for
    any other block and for a warning nobody gave a reason for.
    """
    blocks = [one for one in findings if one.level is Level.BLOCK]
    permissions = [one for one in blocks if one.permission]
    if permissions:
        raise NotPermittedError(
            permissions[0].message, help=permissions[0].fix or "", findings=findings
        )
    if blocks:
        raise RefusedError(blocks[0].message, help=blocks[0].fix or "", findings=findings)
    warnings = {one.code: one for one in findings if one.level is Level.WARN}
    reasons = {code: reason.strip() for code, reason in acknowledged.items() if reason.strip()}
    open_codes = [code for code in warnings if code not in reasons]
    if open_codes:
        raise RefusedError(
            _("A warning must be acknowledged with a reason: {codes}.").format(
                codes=", ".join(open_codes)
            ),
            code=codes.NOT_ACKNOWLEDGED,
            help=" ".join(f'--ack {code}="…"' for code in open_codes),
            findings=findings,
        )
    return tuple(Acknowledgement(code, reasons[code]) for code in warnings)
