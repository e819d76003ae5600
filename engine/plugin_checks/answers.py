"""What a hook promises to answer, and whether an answer's fields hold what they should."""

from engine.i18n import _
from engine.model import Finding, Level
from engine.provinces.hookspecs import ANSWERS, ReportSection, ReportSpec

CYCLES = ("half_year", "year", "other")


def returns(hook: str) -> str:
    """Return in words what a hook answers."""
    kind = ANSWERS[hook]
    return _("nothing") if kind is None else _("a list of {kind}").format(kind=kind.__name__)


def wants(field: str) -> str:
    """Return in words what a field of an answer should be."""
    return {
        "code": _("a code of the province's own, capitals with hyphens: not CLB-…"),
        "level": "Level.BLOCK, Level.WARN, Level.NOTE",
        "cycle": ", ".join(CYCLES),
        "rows": _("rows with as many cells as there are headings"),
    }.get(field, _("a text that is not empty"))


def wrong(one: object) -> str | None:
    """Return the first field of an answer that is not what it should be."""
    texts: tuple[tuple[str, bool], ...] = ()
    if isinstance(one, Finding):
        if not isinstance(one.level, Level):
            return "level"
        if str(one.code).startswith("CLB-"):
            return "code"
        texts = (("code", True), ("message", True), ("source", False), ("fix", False))
    elif isinstance(one, ReportSpec):
        if one.cycle not in CYCLES:
            return "cycle"
        texts = (("id", True), ("title", True), ("source", True), ("due_before", False))
    elif isinstance(one, ReportSection):
        if not all(isinstance(row, tuple | list) for row in one.rows):
            return "rows"
        if any(len(row) != len(one.headings) for row in one.rows):
            return "rows"
        texts = (("title", True), ("source", False))
    for name, needed in texts:
        value = getattr(one, name)
        if (value is not None or needed) and not (isinstance(value, str) and value):
            return name
    return None
