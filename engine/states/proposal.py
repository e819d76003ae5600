"""Preparing and proposing a club: the commune's Association of the Elderly (Hội NCT xã) leads."""

from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.labels import role_name
from engine.model import Effects, Finding, Role, State, TaskOutcome
from engine.rules import composition, territory
from engine.rules.findings import note, warn
from engine.rules.obligations import close_all
from engine.rules.request import StepRequest
from engine.states.stage import Move, Stage, Step

KEPT = ("name", "commune", "commune_id", "village", "after", "managing_unit", "self_managed")
"""Fields of the opening form that a club keeps. Who manages it gives nobody a right."""


def same_name(request: StepRequest) -> Iterator[Finding]:
    """Two clubs of one name in one village are probably one club typed twice."""
    if request.counts.same_name:
        yield warn(
            codes.OPEN_DUPLICATE,
            _("A club of this name is already there in {village}, {commune}.").format(
                village=request.field("village"), commune=request.field("commune")
            ),
            who=role_name(Role.ASSOCIATION),
            fix=_("Look it up first: clb club list. Give the new club another name."),
        )


def dossier(request: StepRequest) -> Iterator[Finding]:
    """A proposal goes with a member list and the names of the board to be."""
    if request.composition.members == 0:
        yield note(
            codes.PROPOSE_ROSTER,
            _("The member list is empty."),
            who=role_name(Role.ASSOCIATION),
            fix=f"clb member import {request.club.id} …",
        )
    if not request.board:
        yield note(
            codes.PROPOSE_BOARD,
            _("The board to be is not named."),
            who=role_name(Role.ASSOCIATION),
            fix=f"clb board set {request.club.id} --chair … --vice …",
        )


def make_up(request: StepRequest) -> Iterator[Finding]:
    """The club's size and shares, as the province states them. Warns only."""
    return composition.findings(request.composition, request.rules, request.on)


def _open(request: StepRequest) -> Effects:
    given = tuple((name, request.field(name)) for name in KEPT if request.field(name) is not None)
    return Effects(fields=(("province", request.club.province), *given, ("opened_on", request.on)))


def _propose(request: StepRequest) -> Effects:
    fields = [
        ("submission_number", request.field("submission.number")),
        ("submitted_on", request.on),
    ]
    if request.field("lead_unit"):
        fields.append(("lead_unit", request.field("lead_unit")))
    return Effects(fields=tuple(fields))


def _withdraw(request: StepRequest) -> Effects:
    return Effects(fields=(("ended_on", request.on),), closed=close_all(request, TaskOutcome.ENDED))


PROPOSERS = (Role.ASSOCIATION, Role.COMMITTEE)

OPEN = Step(
    name="open",
    moves=(Move((State.NONE,), State.PREPARING),),
    roles=(Role.ASSOCIATION,),
    eligible=PROPOSERS,
    happened_on="date",
    checks=(same_name, territory.outside),
    work=_open,
    needs=frozenset({"same_name", "territory"}),
)
PROPOSE = Step(
    name="propose",
    moves=(Move((State.PREPARING, State.RETURNED), State.PROPOSED),),
    roles=(Role.ASSOCIATION,),
    eligible=PROPOSERS,
    happened_on="submission.date",
    checks=(dossier, territory.outside, make_up),
    work=_propose,
    needs=frozenset({"composition", "board", "territory"}),
)
WITHDRAW = Step(
    name="withdraw",
    moves=(Move((State.PREPARING, State.PROPOSED, State.RETURNED), State.WITHDRAWN),),
    roles=(Role.ASSOCIATION,),
    eligible=PROPOSERS,
    happened_on="date",
    checks=(),
    work=_withdraw,
    needs=frozenset({"tasks"}),
    roles_of="propose",
)

STAGE = Stage("proposal", (OPEN, PROPOSE, WITHDRAW))
