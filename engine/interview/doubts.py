"""Warnings, asked about: what was found, what is asked for and on what ground, then why go on.

A warning passes with a reason, which the event keeps.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.errors import InputError
from engine.i18n import _
from engine.model import Finding, Level
from engine.vietnamese.text import clean

WORDS = 2
"""What a reason has at least."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One warning that nobody has given a reason for yet."""

    finding: Finding

    def lines(self) -> Iterator[str]:
        """Yield what is known of it: the finding, what is asked for, what is here, the article."""
        one = self.finding
        yield one.message
        if one.expected is not None:
            yield _("asked for: {expected}").format(expected=one.expected)
        if one.actual is not None:
            yield _("here: {actual}").format(actual=one.actual)
        if one.source is not None:
            yield _("ground: {source}").format(source=one.source)


def read_reason(text: str) -> str:
    """Return the reason to go on in spite of a warning. Raises ``InputError`` for what is none.

    A reason is some words: a day, a number, a yes or the place of a file is an answer to another
    question, typed here by mistake.
    """
    reason = clean(text)
    if len(re.findall(r"[^\W\d_]{2,}", reason)) < WORDS or " " not in reason:
        raise InputError(_("A reason is some words, for example: “theo đề nghị của chi hội”."))
    return reason


def doubts(findings: Iterable[Finding], acknowledged: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Return the warnings that wait for a reason, one of each code."""
    waiting = {
        one.code: Doubt(one)
        for one in findings
        if one.level is Level.WARN and not acknowledged.get(one.code, "").strip()
    }
    return tuple(waiting.values())
