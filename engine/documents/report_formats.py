"""How a built report becomes a file, by format: only the writer that is used is loaded."""

from importlib import import_module
from typing import Any

from engine.i18n import read_in
from engine.rules.communes import wording

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
    """Return a built report as the bytes of a file, in the words of the place that it is of.

    ``head`` is of a paper only.
    """
    module, function = WRITERS[format_]
    more = {"head": head} if format_ == HEADED else {}
    city = document["province"]["kind"] == "city"
    with read_in(*wording(document["commune"] or "", city=city)):
        made: bytes = getattr(import_module(module), function)(document, **more)
    return made
