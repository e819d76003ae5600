"""What a correction changed: each field with its value before and after."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.frozen import thaw
from engine.i18n import _
from engine.interview.reading import show
from engine.interview.situation import Situation
from engine.interview.step import StepInterview
from engine.lifecycle.history import corrected_forms, overlay
from engine.model import Event
from engine.rules import forms, own
from engine.rules.request import reach


def changed(events: Sequence[Event], event: Event, known: Situation) -> Iterator[tuple[str, str]]:
    """Yield the title of each field that a correction changed, with "old → new".

    ``events`` are those of the club's log, ``known`` what is known of the club.
    """
    earlier = [one for one in events if one.seq < event.seq]
    target = next(one for one in earlier if one.seq == event.form["seq"])
    before = corrected_forms(earlier)[target.seq]
    after = overlay(before, event.form["changes"])
    asked = StepInterview(step=target.step, situation=known.recorded_by(target.acted_as))
    fields = own.ever(known.rules, target.step, target.on)
    paths = [one.path for one in forms.fields(target.step, fields)]
    for path in paths:
        asked = asked.answered(path, _value(after, path, known))
    for path in paths:
        old, new = _value(before, path, known), _value(after, path, known)
        question = asked.question(path)
        if old != new and question is not None:
            was = _("blank") if old is None else show(question, old)
            yield question.title, f"{was} → {show(question, new)}"


def _value(form: Mapping[str, Any], path: str, known: Situation) -> Any:
    """Return what a form says in a field, with names for the ids of people."""
    value = thaw(reach(form, path))
    return known.names.get(value, value) if isinstance(value, str) else value
