"""What speaks against a step or about it, as the screens show it."""

from collections.abc import Iterable

from textual.content import Content

from engine.i18n import _
from engine.interview.advice import without_commands
from engine.model import Finding, Level

MARKS = {Level.BLOCK: "✗", Level.WARN: "!", Level.NOTE: "·"}
STYLES = {Level.BLOCK: "$error", Level.WARN: "$warning", Level.NOTE: "$foreground"}
ORDER = list(MARKS)


def content(found: Iterable[Finding]) -> Content:
    """Return findings as one text, what refuses first, each with its article and who fixes it."""
    parts: list[Content] = []
    for one in sorted(found, key=lambda one: ORDER.index(one.level)):
        parts.append(
            Content.styled(f"{MARKS[one.level]} {one.message}", f"{STYLES[one.level]} bold")
        )
        parts += [Content(f"  {label}: {text}") for label, text in details(one) if text]
    return Content("\n").join(parts)


def details(one: Finding) -> tuple[tuple[str, str | None], ...]:
    """Return what is to be known about a finding, each part with its label."""
    return (
        (_("expected"), one.expected),
        (_("found"), one.actual),
        (_("source"), one.source),
        (_("who"), one.who),
        (_("to do"), without_commands(one.fix)),
    )
