"""What is worked out before a step is judged: people's ids, corrections, annulments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.errors import ClbError
from engine.frozen import FrozenMap
from engine.model import Club, Effects, Event, Finding, State
from engine.rules import forms
from engine.rules.care import TWO
from engine.rules.forms import Own
from engine.rules.request import reach
from engine.states.stage import Step
from engine.store.database import Store
from engine.store.personal import Identity


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form ready for the log (people as ids, not names) and what goes with it.

    ``identities`` are written next to the log in the same transaction, ``erased`` removed.
    ``people`` are the ids that the form names people by. ``to_state`` is where an
    annulment leads; ``None`` leaves it to the machine.
    """

    form: FrozenMap
    remedy: Effects = Effects()
    identities: tuple[tuple[str, Identity], ...] = ()
    erased: str | None = None
    target: Event | None = None
    findings: tuple[Finding, ...] = ()
    to_state: State | None = None
    people: frozenset[str] = frozenset()


class PersonalDataError(ClbError):
    """A form would put personal data into the log, from which nothing can be erased."""


def require_ids(step: Step, prepared: Prepared, own: Own = None) -> None:
    """Hold a form about to be logged against its schema: people are in it as ids only.

    ``own`` are the fields that the province adds to it.

    Raises ``PersonalDataError`` naming the fields, never what is in them.
    """
    named = [
        path
        for path in forms.personal(step.name, own)
        if not people_in(reach(prepared.form, path)) <= prepared.people
    ]
    if named:
        raise PersonalDataError(f"{step.name}: personal data in {', '.join(named)}")


def people_in(value: Any) -> frozenset[str]:
    """Return whom a field names, as few as none; a pair of ids names two."""
    if value is None:
        return frozenset()
    texts = [value] if isinstance(value, str) else map(str, value)
    return frozenset(one for text in texts for one in text.split(TWO))


Preparer = Callable[[Store, Club, FrozenMap, date], Prepared]
