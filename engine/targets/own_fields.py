"""What a measure reads of a province's own fields and grants: conditions, and what they come to.

A field is called as its policy key is, without ``form.``: ``supervise.own_xep_loai``. What counts
is the last record of the step in the period that has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.model import OWN_PREFIX

FIELD, GRANTS = "field", "grants"
IS = "is"


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the form of a step. ``ever`` reads records of before the period too."""

    step: str
    name: str
    ever: bool = False


@dataclass(frozen=True, slots=True)
class NamedGrants:
    """What clubs received by some grants of the policy, in đồng, by the grants' names.

    ``ever`` counts what came before the period too.
    """

    names: tuple[str, ...]
    ever: bool = False


Read = OwnField | NamedGrants


@dataclass(frozen=True, slots=True)
class OwnTest:
    """A condition on a field: one of some answers, or a number within bounds."""

    field: Read
    answers: tuple[Any, ...] = ()
    low: int | None = None
    high: int | None = None

    def holds(self, value: Any) -> bool:
        """Return whether what is recorded meets the condition."""
        if self.answers:
            return value in self.answers
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What a measure wants of own fields, besides its query. ``adds`` and ``out_of`` are totals."""

    tests: tuple[OwnTest, ...] = ()
    adds: Read | None = None
    out_of: Read | None = None

    @property
    def fields(self) -> tuple[Read, ...]:
        """Return everything that is read."""
        totals = (one for one in (self.adds, self.out_of) if one is not None)
        return (*(one.field for one in self.tests), *totals)


NONE_OWN = OwnPart()
"""A measure that reads no own fields."""


def is_read(part: Mapping[str, Any]) -> bool:
    """Return whether a part of a measure is read club by club, and no figure of its query."""
    return FIELD in part or GRANTS in part


def own_part(value: Mapping[str, Any]) -> OwnPart:
    """Return what a policy's measure wants of own fields and of grants by name."""
    adds, out_of = (value.get(name, {}) for name in ("adds", "out_of"))
    return OwnPart(
        tuple(_test(one) for one in value.get("where", ()) if is_read(one)),
        _read(adds) if is_read(adds) else None,
        _read(out_of) if is_read(out_of) else None,
    )


def _read(part: Mapping[str, Any]) -> Read:
    if GRANTS in part:
        return NamedGrants(tuple(part[GRANTS]), part.get("ever", False))
    step, _dot, name = part[FIELD].partition(".")
    return OwnField(step, name.removeprefix(OWN_PREFIX), part.get("ever", False))


def _test(part: Mapping[str, Any]) -> OwnTest:
    low, high = part.get("min"), part.get("max")
    if "over" in part:
        low = part["over"] + 1
    if "under" in part:
        high = part["under"] - 1
    answers = tuple(part.get(IS, ()))
    if not answers and low is None and high is None:
        low = 1
    return OwnTest(_read(part), answers, low, high)
