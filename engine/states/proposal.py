"""Preparing and proposing a club: the commune's Association of the Elderly (Hội NCT xã) leads."""

from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.labels import role_name
from engine.model import Effects, Finding, Role, State, TaskOutcome
from engine.policy.effective import general_citation
from engine.rules import club_names, commune_list, composition, lateness, quotas, territory
from engine.rules.communes import kind_of, one_place
from engine.rules.doers import preparers
from engine.rules.findings import block, note, warn
from engine.rules.obligations import close_all
from engine.rules.request import StepRequest
from engine.states.stage import Move, Stage, Step
from engine.vietnamese.text import bare, dmy, key

KEPT = ("name", "commune", "commune_id", "village", "after", "managing_unit", "self_managed")
"""Fields of the opening form that a club keeps. Who manages it gives nobody a right."""


LEADS = {
    Role.ASSOCIATION: ("Hội Người cao tuổi", "Hội NCT"),
    Role.COMMITTEE: ("Ủy ban nhân dân", "UBND"),
}
"""How the names of units that act for a role begin."""
ABOVE = ("huyện", "quận", "thị xã", "thành phố", "tỉnh")
"""What places above a commune are called."""


def dossier(request: StepRequest) -> Iterator[Finding]:
    """A proposal goes with a member list and the names of the board to be."""
    if request.composition.members == 0:
        yield note(
            codes.PROPOSE_ROSTER,
            _("On {day} nobody is on the member list yet.").format(day=dmy(request.on)),
            source=general_citation(),
            who=preparers(request.rules, request.on),
            fix=f"clb member import {request.club.id} …",
        )
    if not request.board:
        yield note(
            codes.PROPOSE_BOARD,
            _("The board to be is not named."),
            source=general_citation(),
            who=preparers(request.rules, request.on),
            fix=f"clb board set {request.club.id} --chair … --vice …",
        )


def submitting_unit(request: StepRequest) -> Iterator[Finding]:
    """The committee does not submit to itself: the unit that submits is named (đơn vị trình)."""
    officer = request.officer
    if officer is None or officer.role is not Role.COMMITTEE or request.asking:
        return
    if not request.field("lead_unit"):
        yield block(
            codes.PROPOSE_UNIT,
            _("The unit of the committee that submits the proposal is not named."),
            expected=_("the unit that submits"),
            actual=_("nothing recorded"),
            source=general_citation(),
            who=role_name(Role.COMMITTEE),
            fix="--set lead_unit=…",
        )


def lead(request: StepRequest) -> Iterator[Finding]:
    """Warn when the named lead unit (đơn vị chủ trì) is not the one the province names.

    It is of another kind, or of another place than the club's commune.
    """
    unit = request.field("lead_unit")
    stated = request.rules.stated("lead.unit", request.on)
    role = stated.extra.get("role")
    if unit is None or stated.status != "value" or role is None:
        return
    begun = [name for name in LEADS[Role(role)] if bare(unit).startswith(bare(name))]
    if begun and not _elsewhere(request, " ".join(unit.split()[len(begun[0].split()) :])):
        return
    yield warn(
        codes.PROPOSE_LEAD,
        _("{unit} leads the dossier.").format(unit=unit),
        expected=str(stated.value),
        actual=str(unit),
        source=stated.source,
        who=role_name(Role(role), city=request.rules.city),
        fix=_("Check the unit's name, or say why another unit leads."),
    )


def _elsewhere(request: StepRequest, place: str) -> bool:
    """Return whether a unit's place, as far as its name has one, is not the club's commune."""
    place = place.split(",", maxsplit=1)[0].strip()
    if f"{key(place)} ".startswith(tuple(f"{key(name)} " for name in ABOVE)):
        return True
    return kind_of(place) is not None and not one_place(
        request.units, place, request.club.commune, request.on
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
    checks=(
        club_names.taken,
        club_names.near,
        lateness.before_programme,
        commune_list.listed,
        territory.outside,
    ),
    work=_open,
    needs=frozenset({"same_name", "neighbours", "commune_list", "territory"}),
)
PROPOSE = Step(
    name="propose",
    moves=(Move((State.PREPARING, State.RETURNED), State.PROPOSED),),
    roles=(Role.ASSOCIATION,),
    eligible=PROPOSERS,
    happened_on="submission.date",
    checks=(dossier, submitting_unit, lead, quotas.over, territory.outside, make_up),
    work=_propose,
    needs=frozenset({"composition", "board", "territory"}),
    also_of="open",
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
    also_of="open",
)

STAGE = Stage("proposal", (OPEN, PROPOSE, WITHDRAW))
