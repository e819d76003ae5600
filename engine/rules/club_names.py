"""The name of a club to be: whether another club of the commune has it, or nearly has it."""

from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.model import Finding
from engine.policy.effective import general_citation
from engine.rules.doers import preparers
from engine.rules.findings import note, warn
from engine.rules.request import StepRequest
from engine.vietnamese.text import almost, key


def taken(request: StepRequest) -> Iterator[Finding]:
    """Two clubs of one name in one village are probably one club typed twice."""
    village = request.field("village") or request.club.village
    named = _same(request, village)
    if request.counts.same_name or named:
        yield warn(
            codes.OPEN_DUPLICATE,
            _("A club of this name is already there in {village}, {commune}.").format(
                village=village, commune=request.field("commune") or request.club.commune
            ),
            source=general_citation(),
            who=preparers(request.rules, request.on),
            fix=_("Look it up first: clb club list. Give the new club another name."),
        )


def _same(request: StepRequest, village: str) -> bool:
    name = request.field("name")
    if name is None:
        return False
    wanted = key(name), key(village)
    return any((one.name_key, one.village_key) == wanted for one in request.neighbours)


def near(request: StepRequest) -> Iterator[Finding]:
    """A name like a neighbour's is often a slip; the same one elsewhere is easily mixed up."""
    name, village = request.field("name"), request.field("village") or request.club.village
    if name is None:
        return
    name_key, village_key = key(name), key(village)
    for one in request.neighbours:
        there = _("{name}, {village} ({club})").format(
            name=one.name, village=one.village, club=one.club
        )
        if one.name_key == name_key:
            if one.village_key != village_key:
                yield note(
                    codes.NAME_NEAR,
                    _("Another club of the commune has the same name: {club}.").format(club=there),
                    source=general_citation(),
                    who=preparers(request.rules, request.on),
                    fix=_("Give the id where a command asks for the club."),
                )
        elif almost(one.name, name):
            yield warn(
                codes.NAME_NEAR,
                _("Another club of the commune has nearly the same name: {club}.").format(
                    club=there
                ),
                expected=one.name,
                actual=name,
                source=general_citation(),
                who=preparers(request.rules, request.on),
                fix=_("Check the name; go on with a reason if it is another club."),
            )
