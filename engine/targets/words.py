"""A target and its progress in words: the same for the terminal, the reports and the demo.

``row`` is a goal's progress as JSON has it (``engine.reports.progress.GoalRow.data``).
"""

from collections.abc import Mapping
from typing import Any

from engine.i18n import _
from engine.targets.progress import SHARED, Status
from engine.vietnamese.text import dong, number


def amount(count: int | None, unit: str) -> str:
    """Return a count with its unit; what a share is made of is a bare number."""
    if count is None:
        return _("not known")
    if unit == "dong":
        return dong(count)
    if unit == "percent":
        return number(count)
    return {
        "clubs": _("{count} clubs"),
        "members": _("{count} people"),
        "communes": _("{count} communes"),
        "villages": _("{count} villages"),
    }[unit].format(count=number(count))


def decimal(value: float) -> str:
    """Return a number with one decimal, after a comma: 2.5 is "2,5"."""
    whole, tenth = divmod(round(value * 10), 10)
    return f"{number(whole)},{tenth}"


def percent(value: float) -> str:
    """Return a percentage with one decimal: 2.5 is "2,5%"."""
    return f"{decimal(value)}%"


def asked(row: Mapping[str, Any]) -> str:
    """Return the number or range a target asks for, with its unit."""
    target, unit = row["target"], row["unit"]
    if target is None:
        return _("not stipulated")
    low, high = (target["min"], target["max"]) if isinstance(target, Mapping) else (target, None)
    if row["kind"] in SHARED:
        return f"{low}%" if high is None else f"{low} - {high}%"
    if high is None:
        return amount(low, unit)
    return f"{number(low)} - {amount(high, unit)}"


def reached(row: Mapping[str, Any]) -> str:
    """Return what was counted, with the whole it is a share of."""
    actual, whole, unit = row["actual"], row["denominator"], row["unit"]
    if actual is None or row["kind"] not in SHARED or not whole:
        return amount(actual, unit)
    return _("{part} of {whole}").format(part=number(actual), whole=amount(whole, unit))


def _unknown(row: Mapping[str, Any]) -> bool:
    """Return whether there is nothing to count, or nothing to count it out of."""
    return row["actual"] is None or (row["kind"] in SHARED and not row["denominator"])


def status(row: Mapping[str, Any]) -> str:
    """Return whether a target is reached; a budget is kept to instead."""
    budget = row["kind"] == "budget"
    return {
        Status.MET: _("Within the limit") if budget else _("Reached"),
        Status.NOT_MET: _("Exceeded") if budget else _("Not reached"),
        Status.OPEN: _("Not known yet") if _unknown(row) else _("Under way"),
        Status.NOT_STIPULATED: _("not stipulated"),
    }[Status(row["status"])]
