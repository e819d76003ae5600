"""A complete form for every step, as the clubs of ``support.core`` fill it in."""

from datetime import date
from typing import Any

from engine.labels import ASPECTS
from engine.scenario import forms
from engine.scenario.forms import CHAIR, VICE, Changes

__all__ = ["ASPECTS", "CHAIR", "GRANT", "VICE", "form"]

OWN: dict[str, dict[str, Any]] = {
    "open": {"commune": "phường Đình Bảng", "village": "Khu phố Đông"},
    "train": {"course.start": "2021-09-14", "course.days": 2},
    "review": {"year": 2022},
    "rehome": {"commune": "phường Đình Bảng mới"},
    "correct": {"changes": {"village": "Khu phố Đoài"}},
}

GRANT = {
    "kind": "grant",
    "source": "province_budget",
    "amount": 100_000_000,
    "document": "UNC 12",
    "resolution": "NQ 05/NQ-HĐND",
}
"""What a fund record has of the establishment grant."""


def form(step: str, on: date | None, changes: Changes | None = None) -> dict[str, Any]:
    """Return the step's form with its day, and with some fields changed by dotted path.

    A field changed to ``None`` is left out.
    """
    return forms.form(step, on, {**OWN.get(step, {}), **(changes or {})})
