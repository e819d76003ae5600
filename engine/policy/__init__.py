"""Dated parameters with their sources: what a province's documents say, and since when."""

from engine.policy.model import Document, Entry, Policy, Resolution, Status
from engine.policy.read import general, parse_policy, read_policy

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
