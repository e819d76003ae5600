"""How a built report becomes a file, by format: only the writer that is used is loaded."""

from importlib import import_module
from typing import Any

WRITERS = {
    "docx": ("engine.documents.report", "render"),
    "html": ("engine.reports.writers.html", "render"),
    "json": ("engine.reports.building", "render_json"),
    "xlsx": ("engine.reports.writers.xlsx", "render"),
}
"""The module and the function that write a format."""

COMPARED = ("docx", "html")
"""The formats that say what changed since the period before."""

DATA = "json"
"""The format that programs read, which can be shown without a file."""

HEADED = "docx"
"""The format that has a head and a signature."""


def render(format_: str, document: dict[str, Any], head: dict[str, Any] | None = None) -> bytes:
    """Return a built report as the bytes of a file; ``head`` is of a paper only."""
    module, function = WRITERS[format_]
    more = {"head": head} if format_ == HEADED else {}
    made: bytes = getattr(import_module(module), function)(document, **more)
    return made
