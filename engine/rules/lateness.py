"""What is recorded long after it happened: nobody is refused for it, but everybody can see it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from engine import codes
from engine.clock import day_of
from engine.i18n import _
from engine.model import Finding
from engine.policy.effective import Rules
from engine.rules.doers import preparers
from engine.rules.findings import warn
from engine.rules.request import StepRequest
from engine.vietnamese.text import dmy

KEY = "recording.late_days"


def days_late(on: date, recorded_at: str, rules: Rules) -> int | None:
    """Return how many days after a day it was recorded, ``None`` where that is not long.

    ``recorded_at`` is a moment as the log has it (UTC); its day is that in Viet Nam.
    """
    after = days_after(on, recorded_at)
    return after if after >= late_days(rules, on + timedelta(days=max(after, 0))) else None


def days_after(on: date, recorded_at: str) -> int:
    """Return how many days after a day something was recorded; negative before it."""
    return (day_of(datetime.fromisoformat(recorded_at)) - on).days


def late_days(rules: Rules, on: date) -> int:
    """Return from how many days on a record is late."""
    return int(rules.needed(KEY, on).value)


def before_programme(request: StepRequest) -> Iterator[Finding]:
    """A file dated before the province had any programme wants a reason."""
    documents = [one for one in request.rules.policy.documents if one.programme]
    if not documents or request.asking:
        return
    first = min(documents, key=lambda one: one.start)
    if request.on >= first.start:
        return
    yield warn(
        codes.OPEN_BEFORE,
        _("{day} is before the province's first document, {document} of {start}.").format(
            day=dmy(request.on), document=first.short, start=dmy(first.start)
        ),
        expected=_("not before {day}").format(day=dmy(first.start)),
        actual=dmy(request.on),
        source=first.short,
        who=preparers(request.rules, request.on),
        fix=_("Check the day; if the club is older than the programme, write so."),
    )
