"""What every step is held to: the state, the day, the role and the officer's scope."""

from collections.abc import Iterator
from datetime import date

from engine import codes
from engine.i18n import _
from engine.labels import acting, role_name, role_names, state_name, state_names, step_name
from engine.model import ENDS, Finding, Officer, Role, State
from engine.policy import vocabulary
from engine.policy.effective import Rules, cited, general_citation
from engine.rules import own
from engine.rules.communes import one_place
from engine.rules.findings import block, refuse, warn
from engine.rules.request import StepRequest
from engine.rules.unit_classes import UnitClasses
from engine.states.stage import Step
from engine.vietnamese.text import dmy, key


def allowed_roles(step: Step, rules: Rules, on: date) -> tuple[tuple[Role, ...], str]:
    """Return who may take the step on that day, and the article that a policy takes it from.

    A policy chooses among the roles the step lists, for each step that the policy schema has a
    ``roles.`` key for; where it is silent, the roles of the step that this one goes by
    (``roles_of``) hold, and then the step's own, with those that the policy gives another step of
    the same work (``also_of``). An unsigned copy of a document gives a part and takes nobody's
    away.
    """
    if own.is_own(step.name):
        asked = own.own_step(rules, step.name, on)
        return (step.roles, "") if asked is None else (asked.by, asked.source or "")
    added: list[Role] = []
    for name in filter(None, (step.name, step.roles_of)):
        if not vocabulary.is_known(f"roles.{name}"):
            continue
        stated = rules.stated(f"roles.{name}", on)
        if stated.status != "value":
            continue
        chosen = tuple(Role(role) for role in stated.value if Role(role) in step.eligible)
        if stated.binding:
            return chosen, cited(stated) or ""
        added += chosen
    if step.also_of:
        also = rules.stated(f"roles.{step.also_of}", on)
        added += [Role(role) for role in also.value or () if Role(role) in step.eligible]
    return tuple(dict.fromkeys((*step.roles, *added))), ""


def roles_for(step: Step, request: StepRequest) -> tuple[tuple[Role, ...], str]:
    """Return who may take the step about the record it is about.

    Where no policy states who corrects or annuls, the role that took a step may, if it can at all.
    """
    roles, source = allowed_roles(step, request.rules, request.on)
    took = Role(request.target.role) if request.target and request.target.role else None
    if source or took is None or took in roles or took not in step.eligible:
        return roles, source
    return (*roles, took), source


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
            step=own.called(request.rules, step.name), state=state_name(request.club.state)
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
            who=role_names(roles_for(step, request)[0], city=request.rules.city),
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
            who=role_names(roles_for(step, request)[0], city=request.rules.city),
            fix=_(
                "Of a debt of before this book write the day the book begins and the months that "
                "are left; the day it was lent goes into the purpose."
            )
            if record and request.field("opening")
            else _(
                "Check the date on the paper. If the record before it has a wrong date, correct "
                "that one first; {command}."
            ).format(command=f"clb advance {club.id} correct"),
        )


def role(step: Step, request: StepRequest) -> Iterator[Finding]:
    """The officer's role must be one that may take the step."""
    officer = request.officer
    if officer is None:
        return
    roles, source = roles_for(step, request)
    if officer.role in roles:
        return
    yield refuse(
        codes.ROLE,
        _("“{step}” is not for {role}.").format(
            step=own.called(request.rules, step.name),
            role=role_name(officer.role, city=request.rules.city),
        ),
        expected=role_names(roles, city=request.rules.city),
        actual=acting(officer, city=request.rules.city),
        by=officer,
        source=source or general_citation(),
        who=role_names(roles, city=request.rules.city),
        fix=_("Ask an officer with that role to do it: clb officer list."),
    )


def scope(step: Step, request: StepRequest) -> Iterator[Finding]:
    """Association and committee act in their own commune or its successor, province in its own."""
    officer, club = request.officer, request.club
    if officer is None or in_scope(request, officer):
        return
    if request.asking and not club.commune and officer.province == club.province:
        return  # a club that is to be opened has no commune yet
    roles = roles_for(step, request)[0]
    fix = _("Ask an officer of that commune: clb officer list.")
    if Role.DISTRICT in roles:
        district = UnitClasses(request.rules, request.units, request.on).district(club.commune)
        if district is not None:
            fix = _("Ask an officer of {district}: clb officer list.").format(district=district)
    yield refuse(
        codes.SCOPE,
        _("{officer} does not act for {commune}.").format(
            officer=officer.called, commune=club.commune or request.rules.policy.name
        ),
        expected=club.commune if officer.commune else request.rules.policy.name,
        actual=officer.commune or officer.province,
        who=role_names(roles, city=request.rules.city),
        fix=fix,
    )


def in_scope(request: StepRequest, officer: Officer) -> bool:
    """Return whether the officer may act for the club: its province, district or commune.

    Communes are compared as places: what the one or the other has become by the step's day counts.
    """
    club = request.club
    if officer.province != club.province:
        return False
    if officer.role in (Role.PROVINCE, Role.ADMIN):
        return True
    if officer.role is Role.DISTRICT:
        district = UnitClasses(request.rules, request.units, request.on).district(club.commune)
        return key(district or "") == key(officer.commune or "?")
    if officer.commune_id is not None and officer.commune_id == club.commune_id:
        return True
    return officer.commune is not None and one_place(
        request.units, officer.commune, club.commune, request.on
    )


def own_steps(step: Step, request: StepRequest) -> Iterator[Finding]:
    """A step of the life waits for the steps of the province's own that its documents put first.

    One stated by a copy without signature is only warned of.
    """
    rules, on = request.rules, request.on
    for one in own.steps(rules, on):
        if one.before != step.name:
            continue
        last = own.last_record(request.own_steps, one.name, on)
        if last is None:
            wanted: tuple[str, ...] = (one.label,)
            answers: tuple[str, ...] = ()
            message = _("“{step}” waits for “{first}”, which is not recorded by {day}.")
            day = on
        elif unmet := one.unmet(last.answers):
            wanted = tuple(own.passing(rules, one, on, field) for field in unmet)
            answers = tuple(own.answered(rules, last, field) for field in unmet)
            message = _("“{step}” waits for “{first}”: that of {day} does not allow it.")
            day = last.on
        else:
            continue
        yield (block if one.binding else warn)(
            codes.OWN_STEP,
            message.format(step=step_name(step.name), first=one.label, day=dmy(day)),
            expected="; ".join(wanted),
            actual="; ".join(answers) or None,
            source=one.source,
            who=role_names(one.by, city=rules.city),
            fix=f"clb advance {request.club.id} {one.name}",
        )


def duties(request: StepRequest) -> Iterator[Finding]:
    """Who opened, proposed or corrected a proposal cannot approve it, under no role anywhere."""
    officer = request.officer
    if officer is None or officer.id not in request.founders:
        return
    yield refuse(
        codes.DUTIES,
        _("{officer} had a part in this club's proposal and cannot decide on it.").format(
            officer=officer.called
        ),
        expected=_("an officer who neither opened, proposed nor corrected it"),
        actual=officer.called,
        by=officer,
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
