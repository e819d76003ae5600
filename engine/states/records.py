"""What is recorded without changing the state: lists, boards, money, meetings, corrections."""

from collections.abc import Iterator
from datetime import date

from engine import codes
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.labels import acting, role_name, role_names
from engine.model import (
    AFTER_DECISION,
    BEFORE_DECISION,
    ENDS,
    LIVING,
    Club,
    Effects,
    Finding,
    Officer,
    Role,
    State,
    TaskKind,
)
from engine.rules import (
    activities,
    club_names,
    commune_list,
    decisions,
    funds,
    grants,
    loans,
    meetings,
)
from engine.rules.findings import block, note, refuse
from engine.rules.obligations import close, next_time, openings, owed
from engine.rules.request import StepRequest
from engine.states.stage import Check, FormCheck, Move, Narrowed, Stage, Step, Work
from engine.vietnamese.text import dong

KEEPERS = (Role.ASSOCIATION, Role.COMMITTEE, Role.PROVINCE)


def today(form: FrozenMap, club: Club, day: date) -> date:
    """A record without a day of its own is of the day it is typed."""
    del form, club
    return day


def outsiders(request: StepRequest) -> Iterator[Finding]:
    """Who is on the board and not on the member list was found out with the names."""
    yield from request.remedy_findings


def last_step_only(request: StepRequest) -> Iterator[Finding]:
    """Only the last state-changing event can be annulled, by the role that took it."""
    target, club = request.target, request.club
    if target is None:
        return
    if target.seq != club.state_seq or target.step == "open":
        yield block(
            codes.ANNUL_LAST,
            _("Record {seq} ({step}) is not the club's last step that can be annulled.").format(
                seq=target.seq, step=target.step
            ),
            expected=str(club.state_seq),
            actual=str(target.seq),
            who=role_names([target.acted_as], city=request.rules.city),
            fix=f"clb club history {club.id}",
        )
    yield from _own_role(request)


def _own_role(request: StepRequest) -> Iterator[Finding]:
    target, officer = request.target, request.officer
    if target is None or officer is None or officer.role is target.acted_as:
        return
    yield not_own(target.seq, target.acted_as, officer, city=request.rules.city)


def not_own(seq: int, made_by: Role, officer: Officer, *, city: bool) -> Finding:
    """Return the refusal to take back or correct a record that another role made."""
    return refuse(
        codes.ROLE,
        _("Record {seq} was made by {role}, who alone can take it back or correct it.").format(
            seq=seq, role=role_name(made_by, city=city)
        ),
        expected=role_name(made_by, city=city),
        actual=acting(officer, city=city),
        by=officer,
        who=role_name(made_by, city=city),
        fix=_("Ask an officer with that role to do it: clb officer list."),
    )


def correctable(request: StepRequest) -> Iterator[Finding]:
    """A correction goes through the findings of the step it corrects, under the same role."""
    if request.target is None:
        return
    yield from _own_role(request)
    yield from request.remedy_findings


def money_goes_along(request: StepRequest) -> Iterator[Finding]:
    """Note what the club's ledger holds when the last step is taken back."""
    if request.target is None:
        return
    after = [entry for entry in request.ledger if entry.seq > request.target.seq]
    if after:
        yield note(
            codes.ANNUL_MONEY,
            _("Money was recorded since that step: {amount}. It stays recorded.").format(
                amount=dong(sum(entry.delta for entry in after))
            ),
            fix=_("Take back with a reversal what should not count."),
        )


def _remedy(request: StepRequest) -> Effects:
    return request.remedy


def _nothing(request: StepRequest) -> Effects:
    del request
    return Effects()


def _change_board(request: StepRequest) -> Effects:
    changed = {post for post, _person in request.remedy.board}
    stated = request.rules.stated("training.board_change", request.on)
    owes = stated.status == "value" and changed & set(stated.value)
    training = owed(request, TaskKind.TRAINING_BOARD, "training.board_change", Role.PROVINCE)
    opened, closed = openings(request, (training if owes else None,))
    return Effects(
        board=request.remedy.board, roster=request.remedy.roster, opened=opened, closed=closed
    )


def _fund(request: StepRequest) -> Effects:
    entry = funds.entry(request)
    return Effects(ledger=(entry,), voids=loans.void(request, entry))


def _meeting(request: StepRequest) -> Effects:
    opened, closed = openings(
        request,
        (next_time(request, TaskKind.MEETING, request.on),),
        close(request, TaskKind.MEETING),
    )
    record = {
        "attendance": request.field("attendance"),
        "activities": ",".join(request.field("activities")),
    }
    if present := request.field("present"):
        record["present"] = ",".join(present)
    return Effects(opened=opened, closed=closed, records=(("meeting", FrozenMap(record)),))


def _rename(request: StepRequest) -> Effects:
    return Effects(fields=(("name", request.field("name")),))


def _rehome(request: StepRequest) -> Effects:
    return Effects(
        fields=(
            ("commune", request.field("commune")),
            ("commune_id", request.field("commune_id")),
        )
    )


def _record(
    name: str,
    sources: tuple[State, ...],
    roles: tuple[Role, ...],
    work: Work,
    *,
    checks: tuple[Check, ...] = (),
    needs: frozenset[str] = frozenset(),
    happened_on: str = "date",
    dated: bool = True,
    form_checks: tuple[FormCheck, ...] = (),
    prepare: str | None = None,
    command: str | None = None,
    corrected: bool = True,
    fixed: tuple[str, ...] = (),
    narrowed: Narrowed | None = None,
) -> Step:
    """Return a step that only writes down, for any of ``roles``; of today if it is not dated."""
    return Step(
        name=name,
        moves=(Move(sources, record=True),),
        roles=roles,
        eligible=(*roles, Role.DISTRICT) if roles is KEEPERS else roles,
        happened_on=happened_on,
        checks=checks,
        work=work,
        needs=needs,
        default_on=None if dated else today,
        form_checks=form_checks,
        prepare=prepare,
        command=command,
        corrected=corrected,
        fixed=fixed,
        narrowed=narrowed,
    )


STEPS = (
    _record(
        "roster",
        LIVING,
        KEEPERS,
        _remedy,
        checks=(loans.borrowers_leave,),
        needs=frozenset({"loans"}),
        dated=False,
        command="clb member --help",
        corrected=False,
    ),
    _record(
        "set_board",
        BEFORE_DECISION,
        KEEPERS,
        _remedy,
        checks=(outsiders,),
        dated=False,
        prepare="board",
        corrected=False,
    ),
    _record(
        "change_board",
        AFTER_DECISION,
        (Role.COMMITTEE,),
        _change_board,
        checks=(outsiders, decisions.number_once),
        needs=frozenset({"tasks", "decisions"}),
        happened_on="decision.date",
        prepare="board",
        corrected=False,
    ),
    _record(
        "fund",
        LIVING,
        KEEPERS,
        _fund,
        checks=(
            funds.from_budget,
            funds.reversal,
            loans.reversible,
            funds.enough,
            funds.repaid,
            funds.twice,
            funds.after_decision,
            grants.held_to_grants,
        ),
        needs=frozenset({"ledger", "loans", "granted"}),
        narrowed=funds.givers,
        fixed=("amount", "kind", "fund", "source", "reverses"),
    ),
    _record(
        "meeting",
        LIVING,
        (Role.ASSOCIATION, Role.COMMITTEE),
        _meeting,
        checks=(meetings.no_fewer_than_ticked,),
        needs=frozenset({"tasks"}),
        form_checks=(activities.known,),
    ),
    _record(
        "rename",
        LIVING,
        (Role.COMMITTEE,),
        _rename,
        checks=(club_names.taken, club_names.near),
        needs=frozenset({"neighbours"}),
    ),
    _record(
        "rehome",
        LIVING,
        (Role.ADMIN, Role.PROVINCE),
        _rehome,
        checks=(commune_list.listed,),
        needs=frozenset({"commune_list"}),
    ),
    _record(
        "correct",
        LIVING + ENDS,
        KEEPERS,
        _remedy,
        checks=(correctable,),
        dated=False,
        prepare="correct",
        corrected=False,
    ),
    _record(
        "annul",
        LIVING,
        KEEPERS,
        _remedy,
        checks=(last_step_only, money_goes_along),
        needs=frozenset({"ledger"}),
        dated=False,
        prepare="annul",
        corrected=False,
    ),
    _record(
        "erase",
        LIVING + ENDS,
        (Role.ADMIN, Role.PROVINCE),
        _nothing,
        dated=False,
        prepare="erase",
        corrected=False,
    ),
    _record("export", LIVING + ENDS, KEEPERS, _nothing, dated=False, corrected=False),
)

STAGE = Stage("records", STEPS)
