"""Judging again what a province recorded of its communes and its reports.

What only a policy, the clubs or a later rule could show of it is not judged: which reports there
are, what kind a commune is of, whether a list moves clubs.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import InputError
from engine.i18n import _
from engine.lifecycle.replay_forms import is_day, is_text
from engine.model import Event
from engine.policy_labels import UNIT_CLASSES
from engine.rules import forms, own
from engine.rules.calendar import Period

NOTES = ("difficulties", "causes", "proposals")
FORMS: Mapping[str, frozenset[str]] = {
    "units_import": frozenset({"units", "document", "clubs"}),
    "report_note": frozenset({"report", "period", "commune", *NOTES}),
    "report_sent": frozenset({"report", "period", "date", "reason"}),
}
"""The fields that the forms of these steps may have."""
LISTED = frozenset({"id", "name", "kind", "valid_from"})
"""What is recorded of every unit."""


def misfits(event: Event) -> Iterator[str]:
    """Yield why an event about communes or a report is none that was ever recorded so."""
    if event.step not in FORMS:
        return
    strange = sorted(event.form.keys() - FORMS[event.step])
    if strange:
        yield _("its form holds what no form of this step has: {names}").format(
            names=", ".join(strange)
        )
    wrong = sorted(_wrong(event))
    if wrong:
        yield _("its form holds what this step never takes: {names}").format(names=", ".join(wrong))
    if event.step == "units_import":
        bad = sorted({name for _table, row in event.effects.records for name in _bad(row)})
        if bad:
            yield _("its list of communes holds what none does: {names}").format(
                names=", ".join(bad)
            )


def _wrong(event: Event) -> Iterator[str]:
    form = event.form
    if event.step == "units_import":
        if not is_text(form.get("document", "x")):
            yield "document"
        return
    if not forms.ID.fullmatch(str(form.get("report"))):
        yield "report"
    period = _period(form.get("period"))
    if period is None:
        yield "period"
    if event.step == "report_sent" and (
        form.get("date") != event.on.isoformat() or (period is not None and event.on < period.start)
    ):
        yield "date"
    for part in NOTES:
        if not all(isinstance(one, str) for one in form.get(part, ())):
            yield part


def _period(text: Any) -> Period | None:
    try:
        found = Period.parse(str(text))
    except (InputError, ValueError):
        return None
    return found if found.id == text else None


def _bad(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the columns of a unit that hold what no list that was loaded does."""
    for name in LISTED:
        if not is_text(row.get(name)):
            yield name
    first, last = row.get("valid_from"), row.get("valid_to")
    if not is_day(first):
        yield "valid_from"
    elif last is not None and not (is_day(last) and str(first) <= last):
        yield "valid_to"
    for one in filter(None, str(row.get("classes", "")).split(",")):
        if one not in UNIT_CLASSES and not own.NAME.fullmatch(one):
            yield "classes"
