"""Queries with named parameters, as the store runs them."""

from collections.abc import Mapping
from typing import Any

from engine.targets.measures import NAMED


def bound(sql: str, values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """Return a query with ``?`` for each named parameter (``:at``), and their values in order."""
    return NAMED.sub("?", sql), tuple(values[name] for name in NAMED.findall(sql))
