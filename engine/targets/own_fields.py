"""What a measure reads of a province's own fields: figures, conditions, and what they come to.

A field is called as its policy key is, without ``form.``: ``supervise.own_xep_loai``. What counts
is the last record of the step in the period that has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.policy.vocabulary import OWN

FIELD = "field"
IS = "is"


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the form of a step. ``ever`` reads records of before the period too."""

    step: str
    name: str
    ever: bool = False


@dataclass(frozen=True, slots=True)
class OwnTest:
    """A condition on a field: one of some answers, or a number within bounds."""

    field: OwnField
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
    adds: OwnField | None = None
    out_of: OwnField | None = None

    @property
    def fields(self) -> tuple[OwnField, ...]:
        """Return every field that is read."""
        totals = (one for one in (self.adds, self.out_of) if one is not None)
        return (*(one.field for one in self.tests), *totals)


NONE_OWN = OwnPart()
"""A measure that reads no own fields."""


def own_part(value: Mapping[str, Any]) -> OwnPart:
    """Return what a policy's measure wants of own fields."""
    return OwnPart(
        tuple(_test(one) for one in value.get("where", ()) if FIELD in one),
        *(_field(value[name]) if FIELD in value.get(name, {}) else None
          for name in ("adds", "out_of")),
    )  # fmt: skip


def _field(part: Mapping[str, Any]) -> OwnField:
    step, _dot, name = part[FIELD].partition(".")
    return OwnField(step, name.removeprefix(OWN), part.get("ever", False))


def _test(part: Mapping[str, Any]) -> OwnTest:
    low, high = part.get("min"), part.get("max")
    if "over" in part:
        low = part["over"] + 1
    if "under" in part:
        high = part["under"] - 1
    answers = tuple(part.get(IS, ()))
    if not answers and low is None and high is None:
        low = 1
    return OwnTest(_field(part), answers, low, high)
