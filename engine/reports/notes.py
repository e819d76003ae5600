"""What officers wrote for a report: difficulties, their causes, proposals.

They are events of the province's stream; of each part the last record counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from engine.model import Event
from engine.rules.calendar import Period
from engine.rules.communes import same_commune
from engine.store import codec
from engine.store.database import Store

PARTS = ("difficulties", "causes", "proposals")
"""The parts of a report that people write, in the order of a report."""
SELECT_NOTES = (
    "SELECT body, hash FROM event "
    "WHERE stream = ? AND province = ? AND step = 'report_note' ORDER BY seq"
)


@dataclass(slots=True)
class Note:
    """What was written for one report of one period, by the province or by one commune."""

    commune: str | None
    report: str
    period: str
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """Return the note for a report."""
        texts = {part: list(self.parts.get(part, ())) for part in PARTS}
        return {"commune": self.commune, "report": self.report, "period": self.period, **texts}


def notes(
    store: Store,
    province: str,
    span: Period,
    *,
    report: str | None = None,
    commune: str | None = None,
) -> list[Note]:
    """Return what was written: the province's own first, then that of each commune.

    Of one ``report`` of the period ``span``, with what communes wrote of the same period for any;
    without it everything that was written of a period inside ``span``. With ``commune`` only what
    that commune wrote.
    """
    rows = store.rows(SELECT_NOTES, (f"province:{province}", province))
    written = _latest(codec.decode(body, hash_) for body, hash_ in rows)
    found = [one for one in written if _asked(one, span, report, commune)]
    return sorted(found, key=lambda one: one.commune is not None)


def _latest(events: Iterable[Event]) -> list[Note]:
    found: dict[tuple[str | None, str, str], Note] = {}
    for event in events:
        form = event.form
        key = (form.get("commune"), form["report"], form["period"])
        note = found.setdefault(key, Note(*key))
        note.parts.update((part, tuple(form[part])) for part in PARTS if part in form)
    return [one for one in found.values() if any(one.parts.values())]


def _asked(one: Note, span: Period, report: str | None, commune: str | None) -> bool:
    if commune is not None and not (one.commune and same_commune(one.commune, commune)):
        return False
    if report is None:
        period = Period.parse(one.period)
        return span.start <= period.start and period.end <= span.end
    if one.period != span.id:
        return False
    return one.report == report or (commune is None and one.commune is not None)
