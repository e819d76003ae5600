"""The club lifecycle engine. What a province's plugin imports is here; nothing loads until used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.frozen import FrozenMap
    from engine.model import Club, Composition, Finding, Level, Role, State, Task, TaskKind
    from engine.provinces.hookspecs import (
        ReportRequest,
        ReportSection,
        ReportSpec,
        ReportsRequest,
        StepDone,
        hookimpl,
    )
    from engine.rules.request import StepRequest

__version__ = "0.1.0"
API_VERSION = (1, 1)
"""What province plugins are written against; a plugin of another major number is refused."""

_HOMES = {
    "FrozenMap": "engine.frozen",
    "hookimpl": "engine.provinces.hookspecs",
    "ReportRequest": "engine.provinces.hookspecs",
    "ReportSection": "engine.provinces.hookspecs",
    "ReportSpec": "engine.provinces.hookspecs",
    "ReportsRequest": "engine.provinces.hookspecs",
    "StepDone": "engine.provinces.hookspecs",
    "Club": "engine.model",
    "Composition": "engine.model",
    "Finding": "engine.model",
    "Level": "engine.model",
    "Role": "engine.model",
    "State": "engine.model",
    "Task": "engine.model",
    "TaskKind": "engine.model",
    "StepRequest": "engine.rules.request",
}

__all__ = [
    "Club",
    "Composition",
    "Finding",
    "FrozenMap",
    "Level",
    "ReportRequest",
    "ReportSection",
    "ReportSpec",
    "ReportsRequest",
    "Role",
    "State",
    "StepDone",
    "StepRequest",
    "Task",
    "TaskKind",
    "__version__",
    "hookimpl",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    return getattr(import_module(home), name)
