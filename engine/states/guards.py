"""What every step is held to: the state, the day, the role and the officer's scope."""

from collections.abc import Iterator
from datetime import date

from engine import codes
from engine.i18n import _
from engine.labels import role_name, role_names, state_name, state_names, step_name
from engine.model import ENDS, Finding, Officer, Role, State
from engine.policy import vocabulary
from engine.policy.effective import Rules, general_citation
from engine.rules.communes import one_place
from engine.rules.findings import block, refuse, warn
from engine.rules.request import StepRequest
from engine.states.stage import Step
from engine.vietnamese.text import dmy


def allowed_roles(step: Step, rules: Rules, on: date) -> tuple[tuple[Role, ...], str]:
    """Return who may take the step on that day, and the article that a policy takes it from.

    A policy chooses among the roles the step lists, for each step that the policy schema has a
    ``roles.`` key for; where it is silent, the roles of the step that this one goes by
    (``roles_of``) hold, and then the step's own, with those that the policy gives another step of
    the same work (``also_of``). An unsigned copy of a document gives a part and takes nobody's
    away.
    """
    added: list[Role] = []
    for name in filter(None, (step.name, step.roles_of)):
        if not vocabulary.is_known(f"roles.{name}"):
            continue
        stated = rules.stated(f"roles.{name}", on)
        if stated.status != "value":
            continue
        chosen = tuple(Role(role) for role in stated.value if Role(role) in step.eligible)
        if stated.binding:
            return chosen, stated.source or ""
        added += chosen
    if step.also_of:
        also = rules.stated(f"roles.{step.also_of}", on)
        added += [Role(role) for role in also.value or () if Role(role) in step.eligible]
    return tuple(dict.fromkeys((*step.roles, *added))), ""


def state(step: Step, request: StepRequest) -> Iterator[Finding]:
    """The step must start from the state the club is in."""
    if request.club.state in step.sources:
        return
    fix = _("Choose a step that starts from the club's state: clb check {club}.").format(
        club=request.club.id
    )
    if request.club.state in ENDS:
        fix = _("The club's life has ended; open a new file that follows it.")
    yield block(
        codes.STATE,
        _("The step “{step}” cannot be taken: the club is “{state}”.").format(
            step=step_name(step.name), state=state_name(request.club.state)
        ),
        expected=state_names(step.sources),
        actual=state_name(request.club.state),
        fix=fix,
    )


def days(step: Step, request: StepRequest, to: State | None) -> Iterator[Finding]:
    """The day is not after today, nor before what the club has already been through.

    ``to`` is the state the step leads to: what is only written down may be of an earlier day.
    """
    if request.on > request.today:
        yield block(
            codes.DATE_FUTURE,
            _("{day} is still to come.").format(day=dmy(request.on)),
            expected=_("not after {day}").format(day=dmy(request.today)),
            actual=dmy(request.on),
            who=role_names(step.roles, city=request.rules.city),
            fix=_("Record the step on the day it happens, or correct the date."),
        )
    club = request.club
    if club.state is State.NONE:
        return
    record = step.records(club.state, to)
    floor = club.opened_on if record else club.state_on
    if floor is not None and request.on < floor:
        yield block(
            codes.DATE_ORDER,
            _("{day} is before {floor}, when the club's file was opened.").format(
                day=dmy(request.on), floor=dmy(floor)
            )
            if record
            else _("{day} is before the club's last step, of {floor}.").format(
                day=dmy(request.on), floor=dmy(floor)
            ),
            expected=_("not before {day}").format(day=dmy(floor)),
            actual=dmy(request.on),
            who=role_names(step.roles, city=request.rules.city),
            fix=_(
                "Check the date on the paper; an earlier record can be corrected: {command}."
            ).format(command=f"clb advance {club.id} correct"),
        )


def role(step: Step, request: StepRequest) -> Iterator[Finding]:
    """The officer's role must be one that may take the step."""
    officer = request.officer
    if officer is None:
        return
    roles, source = allowed_roles(step, request.rules, request.on)
    if officer.role in roles:
        return
    yield refuse(
        codes.ROLE,
        _("“{step}” is not for {role}.").format(
            step=step_name(step.name), role=role_name(officer.role, city=request.rules.city)
        ),
        expected=role_names(roles, city=request.rules.city),
        actual=f"{role_name(officer.role, city=request.rules.city)} [{officer.id}]",
        source=source or general_citation(),
        who=role_names(roles, city=request.rules.city),
        fix=_("Ask an officer with that role to do it: clb officer list."),
    )


def scope(step: Step, request: StepRequest) -> Iterator[Finding]:
    """Association and committee act in their own commune or its successor, province in its own."""
    officer, club = request.officer, request.club
    if officer is None or in_scope(request, officer):
        return
    yield refuse(
        codes.SCOPE,
        _("{officer} does not act for {commune}.").format(
            officer=officer, commune=club.commune or request.rules.policy.name
        ),
        expected=club.commune if officer.commune else request.rules.policy.name,
        actual=officer.commune or officer.province,
        who=role_names(step.roles, city=request.rules.city),
        fix=_("Ask an officer of that commune: clb officer list."),
    )


def in_scope(request: StepRequest, officer: Officer) -> bool:
    """Return whether the officer may act for the club: its province, and below that its commune.

    Communes are compared as places: what the one or the other has become by the step's day counts.
    """
    club = request.club
    if officer.province != club.province:
        return False
    if officer.role in (Role.PROVINCE, Role.ADMIN):
        return True
    if officer.commune_id is not None and officer.commune_id == club.commune_id:
        return True
    return officer.commune is not None and one_place(
        request.units, officer.commune, club.commune, request.on
    )


def duties(request: StepRequest) -> Iterator[Finding]:
    """Who opened, proposed or corrected a proposal cannot approve it, under no role anywhere."""
    officer = request.officer
    if officer is None or officer.id not in request.founders:
        return
    yield refuse(
        codes.DUTIES,
        _("{officer} had a part in this club's proposal and cannot decide on it.").format(
            officer=officer
        ),
        expected=_("an officer who neither opened, proposed nor corrected it"),
        actual=str(officer),
        source=general_citation(),
        who=role_name(Role.COMMITTEE),
        fix=_("Ask another officer of the commune People's Committee to decide."),
    )


def same_hand(request: StepRequest) -> Iterator[Finding]:
    """Two officers of one commune and one name may be one person with two ids."""
    officer = request.officer
    if officer is None or not request.namesakes:
        return
    yield warn(
        codes.DUTIES_NAMESAKE,
        _("{officer} has the name of another officer of the commune: {others}.").format(
            officer=officer, others=", ".join(request.namesakes)
        ),
        expected=_("another person decides than the one who proposed"),
        actual=officer.name,
        source=general_citation(),
        who=role_name(Role.COMMITTEE),
        fix=_("If they are two people, write so as the reason; else let another officer decide."),
    )
