"""What a club's last records have in the fields of a province's own, for its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.lifecycle.history import corrected_forms, effective, effective_days
from engine.model import Event
from engine.policy.effective import Rules
from engine.reports.recorded import own_fields
from engine.rules.own import OWN


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The last answer to one field, by the step whose record on a day has it.

    ``value`` is as recorded: of a person the id. ``text`` is as people read it.
    """

    step: str
    field: str
    label: str
    value: Any
    text: str
    on: date


def last_answers(
    events: Sequence[Event], rules: Rules, names: Mapping[str, str], on: date
) -> tuple[OwnAnswer, ...]:
    """Return the last answer to each own field by a day, in the order of the records.

    ``events`` are the club's, ``names`` those of its people by id.
    """
    days, forms = effective_days(events), corrected_forms(events)
    found: dict[tuple[str, str], OwnAnswer] = {}
    for event in sorted(effective(events), key=lambda one: (days[one.seq], one.seq)):
        values = forms[event.seq].get(OWN) if event.step != "correct" else None
        if not values or days[event.seq] > on:
            continue
        named = {name: _name(value, names) for name, value in values.items()}
        for name, label, text in own_fields(rules, event.step, days[event.seq], named):
            key = event.step, name
            found.pop(key, None)
            found[key] = OwnAnswer(event.step, name, label, values[name], text, days[event.seq])
    return tuple(found.values())


def _name(value: Any, names: Mapping[str, str]) -> Any:
    return names.get(value, value) if isinstance(value, str) else value
