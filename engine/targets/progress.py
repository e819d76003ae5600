"""How far a target is: exact arithmetic on counts, each kind of number by its own rule.

A floor ("ít nhất 40") or stretch ("khoảng 150") is reached from below, a named list place by place,
a budget is a cap that spending stays within, a coverage or share is held as
``100 * part >= percent * whole``. Everything is whole numbers; percents and paces are tenths.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

COUNTED = ("floor", "stretch", "named")
SHARED = ("coverage", "share")
YEAR = 365
"""Days. A part of a year is counted as a whole one: nothing is scaled up from a few weeks."""


class Status(StrEnum):
    """Whether a target is reached on a day. ``OPEN``: neither reached nor missed, or not known."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"
    NOT_STIPULATED = "not_stipulated"


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached from ``start`` to ``end``.

    ``low`` is ``None`` where no document gives a number. ``high`` is the upper end of a range;
    passing it is a fault only where more is not better (``two_sided``). Shares and coverages are
    whole percents. ``end`` is ``None`` for a period that no document closes. ``grows`` marks a
    number that is worked up to, so that it has a yearly pace; ``from_zero`` one that counts only
    what the period itself brought. ``strict`` is true where more than ``low`` is asked for (trên).
    """

    kind: str
    low: int | None
    high: int | None
    start: date
    end: date | None
    two_sided: bool = False
    grows: bool = True
    from_zero: bool = True
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted: ``part`` of ``whole``. ``None`` is "not known", never zero.

    ``unknown`` of the whole are neither counted nor found wanting: nothing is recorded of them.
    """

    part: int | None = None
    whole: int | None = None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a target is on a day.

    ``percent`` and ``pace`` are tenths. ``remaining`` is how many more are needed (clubs, members,
    đồng ...); for a budget what may still be spent, negative once it is exceeded.
    ``needed_per_year`` is ``None`` for budgets; of a share, how many more of today's whole. Only
    numbers that grow by counting have a ``pace`` (a year, so far): a share's whole moves too.
    ``projected`` is what there is at the period's end if that pace is kept, rounded down.
    """

    actual: int | None
    percent: int | None
    remaining: int | None
    needed_per_year: int | None
    pace: int | None
    status: Status
    projected: int | None = None


def progress_of(target: Target, count: Count, on: date) -> Progress:
    """Return how far ``target`` is with ``count`` on a day."""
    if target.low is None:
        return Progress(count.part, None, None, None, None, Status.NOT_STIPULATED)
    if on < target.start or count.part is None:
        return Progress(None, None, None, None, None, Status.OPEN)
    if target.kind in SHARED:
        return _shared(target, target.low, count, on)
    if target.kind == "budget":
        return _budget(target, target.low, count.part, on)
    return _counted(target, target.low, count.part, on)


def over(target: Target, on: date) -> bool:
    """Return whether the target's period has ended before ``on``."""
    return target.end is not None and target.end < on


def tenths(part: int, whole: int, *limits: int) -> int:
    """Return a percentage in tenths of a percent, rounded half up.

    It equals 0, 100 or one of ``limits`` (whole percents) only where the share truly does: next to
    "not reached" a rounded 70,0% would read as a mistake.
    """
    shown = (2000 * part + whole) // (2 * whole)
    for limit in (0, 100, *limits):
        beyond = 100 * part - limit * whole
        if beyond and shown == 10 * limit:
            shown += 1 if beyond > 0 else -1
    return shown


def least(percent: int, whole: int, strict: bool = False) -> int:
    """Return the smallest part with at least ``percent`` of a whole; ``strict``: with more."""
    return percent * whole // 100 + 1 if strict else -(-percent * whole // 100)


def _counted(target: Target, low: int, actual: int, on: date) -> Progress:
    remaining = max(0, low + target.strict - actual)
    ended = over(target, on)
    needed = _needed(target, remaining, on) if target.grows else None
    pace = projected = None
    if target.grows and target.from_zero:
        gone = max(YEAR, (min(on, target.end or on) - target.start).days + 1)
        pace = (20 * actual * YEAR + gone) // (2 * gone)
        if target.end is not None and not ended:
            projected = actual + actual * (target.end - on).days // gone
    return Progress(
        actual,
        tenths(actual, low) if low else None,
        remaining,
        needed,
        pace,
        _reached(remaining == 0, ended),
        projected,
    )


def _needed(target: Target, remaining: int, on: date) -> int | None:
    """Return how many a year are needed to the period's end, ``None`` where it has none."""
    if target.end is None or over(target, on):
        return None
    left = max(YEAR, (target.end - on).days + 1)
    return -(-remaining * YEAR // left)


def _budget(target: Target, cap: int, actual: int, on: date) -> Progress:
    left = cap - actual
    status = Status.NOT_MET if left < 0 else _reached(left == 0 or over(target, on), False)
    return Progress(actual, tenths(actual, cap) if cap else None, left, None, None, status)


def _shared(target: Target, low: int, count: Count, on: date) -> Progress:
    assert count.part is not None
    if not count.whole:
        return Progress(count.part, None, None, None, None, Status.OPEN)
    limits = [one for one in (low, target.high) if one is not None]
    wanted = least(low, count.whole, target.strict)
    enough = count.part >= wanted
    too_much = (
        target.two_sided
        and target.high is not None
        and 100 * count.part > target.high * count.whole
    )
    # What is not known may still turn out to be enough: then the target is not missed.
    ended = over(target, on)
    missing = max(0, wanted - count.part)
    could = count.part + count.unknown >= wanted
    return Progress(
        count.part,
        tenths(count.part, count.whole, *limits),
        missing,
        _needed(target, missing, on),
        None,
        _reached(enough and not too_much, ended and (enough or not could)),
    )


def _reached(reached: bool, ended: bool) -> Status:
    if reached:
        return Status.MET
    return Status.NOT_MET if ended else Status.OPEN


def bounds(value: Any) -> tuple[int, int | None]:
    """Return the lower and upper end of a target: a number alone has no upper one."""
    if isinstance(value, int):
        return value, None
    return value.get("over", value.get("min", 0)), value.get("max")


def is_strict(value: Any) -> bool:
    """Return whether a target asks for more than its lower end (trên)."""
    return isinstance(value, Mapping) and "over" in value
