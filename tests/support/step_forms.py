"""A complete form for every step, with the day it happened where the table says it stands."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from support.step_table import HAPPENED_ON

from engine.testing.forms import ASPECTS, CHAIR, VICE
from engine.testing.forms import FORMS as ORDINARY

__all__ = ["ASPECTS", "CHAIR", "FORMS", "GRANT", "VICE", "form", "put"]

FORMS: dict[str, dict[str, Any]] = {
    **ORDINARY,
    "open": {"name": "CLB mẫu", "commune": "phường Đình Bảng", "village": "Khu phố Đông"},
    "train": {"course": {"kind": "initial", "start": "2021-09-14", "days": 2, "attendees": 5}},
    "review": {**ORDINARY["review"], "year": 2022},
    "rehome": {"commune": "phường Đình Bảng mới", "document": "Nghị quyết sắp xếp"},
    "correct": {**ORDINARY["correct"], "changes": {"village": "Khu phố Đoài"}},
}

GRANT = {
    "kind": "grant",
    "source": "province_budget",
    "amount": 100_000_000,
    "document": "UNC 12",
    "resolution": "NQ 05/NQ-HĐND",
}
"""What a fund record says of the establishment grant."""


def form(step: str, on: date | None, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the step's form with its day, and with some fields changed by dotted path.

    A field changed to ``None`` is left out.
    """
    filled = deepcopy(FORMS[step])
    put(filled, HAPPENED_ON[step], on.isoformat() if on else None)
    for path, value in (changes or {}).items():
        put(filled, path, value)
    return filled


def put(filled: dict[str, Any], path: str, value: Any) -> None:
    """Set a dotted path in nested dictionaries; ``None`` takes it out."""
    *parents, last = path.split(".")
    here = filled
    for name in parents:
        here = here.setdefault(name, {})
    if value is None:
        here.pop(last, None)
    else:
        here[last] = value
