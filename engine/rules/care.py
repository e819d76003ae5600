"""Care at home by a club's volunteers: counts of a month, with pairs of members where known."""

import re
from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.labels import role_name
from engine.model import Finding
from engine.rules import forms
from engine.rules.findings import warn
from engine.rules.request import StepRequest

PAIRS = "pairs"
"""The meaning (``x-kind``) of a field whose texts name two people each."""
TWO = ":"
"""What is between the ids of a pair: the volunteer, then who is cared for."""
BETWEEN_TWO = re.compile(r"\s*[:–—]\s*|\s+-+\s+|\s*-+>\s*")
"""What people type between two names."""


def no_fewer_than_named(request: StepRequest) -> Iterator[Finding]:
    """Warn when more people are named in pairs than are counted."""
    pairs = [one.split(TWO) for one in request.field("pairs") or () if TWO in one]
    for path, place in (("volunteers", 0), ("cared_for", 1)):
        named, count = len({pair[place] for pair in pairs}), request.field(path)
        if count is not None and named > count:
            yield warn(
                codes.CARE_COUNT,
                _("{field}: {count}, but {named} people are named.").format(
                    field=forms.field("care", path).title, count=count, named=named
                ),
                expected=_("at least {count}").format(count=named),
                actual=str(count),
                who=role_name("association"),
                fix=_("Correct the count or the names."),
            )
