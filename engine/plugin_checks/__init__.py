"""Checking a province plugin before it is trusted: as text where possible, else in a child process.

``inspect`` reads a plugin as text and runs none of its code. ``try_hooks`` loads it and calls its
hooks in a process of its own, with time limits. Nothing here imports the plugin into this process.
"""

from engine.plugin_checks.locate import candidates, from_source, located
from engine.plugin_checks.manifest import fitting_mistakes, neighbour_mistakes, taken_mistakes
from engine.plugin_checks.model import HOOKS, Candidate, Mistake
from engine.plugin_checks.static import inspect
from engine.plugin_checks.trial import Timing, Tried, try_hooks

__all__ = [
    "HOOKS",
    "Candidate",
    "Mistake",
    "Timing",
    "Tried",
    "candidates",
    "fitting_mistakes",
    "from_source",
    "inspect",
    "located",
    "neighbour_mistakes",
    "taken_mistakes",
    "try_hooks",
]
