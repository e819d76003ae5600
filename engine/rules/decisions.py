"""The numbers of a commune's decisions: each once in a year.

A number that comes again is probably a slip, or one paper for several clubs.
"""

from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.labels import role_name, step_name
from engine.model import Finding, Role
from engine.policy.effective import general_citation
from engine.rules.findings import warn
from engine.rules.request import Decided, StepRequest
from engine.vietnamese.text import bare, dmy, numbered

SYMBOL = "QĐ-UBND"
"""What the number of a commune's decision has behind it."""
SUBMISSION_SYMBOL = "TTr-HNCT"
"""What the number of an association's submission has behind it; a committee's units differ."""


def number_once(request: StepRequest) -> Iterator[Finding]:
    """Warn of a number that the commune's committee used in the year, with the earlier entry.

    Of the club itself, another step of the same day under the same number is the same paper.
    """
    number = request.field("decision.number")
    if number is None:
        return
    for one in request.decisions:
        if _number(one.number) == _number(number) and not _one_paper(one, request):
            yield warn(
                codes.DECISION_TWICE,
                _(
                    "Decision {number} of {day} is recorded already: {step}, {name} ({club})."
                ).format(
                    number=numbered(one.number, SYMBOL),
                    day=dmy(one.on),
                    step=step_name(one.step),
                    name=one.name,
                    club=one.club,
                ),
                expected=_("another number in {year}").format(year=request.on.year),
                actual=numbered(str(number), SYMBOL),
                source=general_citation(),
                who=role_name(Role.COMMITTEE),
                fix=_("Check the number; if one decision is for both clubs, write so."),
            )
            return


def _one_paper(one: Decided, request: StepRequest) -> bool:
    again = one.step != request.step
    return one.club == request.club.id and one.on == request.on and again


def _number(text: str) -> str:
    """Return a decision's number without what only spells it otherwise."""
    return "".join(bare(numbered(text, SYMBOL)).split())
