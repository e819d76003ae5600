"""Dated parameters with their sources: what a province's documents state, and since when."""

from typing import TYPE_CHECKING, Any

from engine.policy.model import Document, Entry, Policy, Resolution, Status

if TYPE_CHECKING:
    from engine.policy.files import general, parse_policy, read_policy

__all__ = [
    "Document",
    "Entry",
    "Policy",
    "Resolution",
    "Status",
    "general",
    "parse_policy",
    "read_policy",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'engine.policy' has no attribute {name!r}")
    from engine.policy import files

    return getattr(files, name)
