"""A club's monthly meeting: who was there, by a count or by ticking members."""

from collections.abc import Iterator

from engine import codes
from engine.i18n import _
from engine.labels import role_name
from engine.model import Finding
from engine.rules.findings import warn
from engine.rules.request import StepRequest


def no_fewer_than_ticked(request: StepRequest) -> Iterator[Finding]:
    """Warn when more members are ticked than are counted; guests may make the count higher."""
    ticked, count = len(request.field("present") or ()), request.field("attendance")
    if count is not None and ticked > count:
        yield warn(
            codes.MEETING_COUNT,
            _("{count} took part, but {ticked} members are ticked.").format(
                count=count, ticked=ticked
            ),
            expected=_("at least {count}").format(count=ticked),
            actual=str(count),
            who=role_name("association"),
            fix=_("Correct the count or the ticks."),
        )
