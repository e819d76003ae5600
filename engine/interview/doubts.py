"""Warnings, asked about: what was found, what is asked for and on what ground, then yes or no, why.

A warning passes with a reason, which the event keeps. So nobody is asked for a reason before having
said that the step goes on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.i18n import _
from engine.interview.question import Kind, Question
from engine.model import Finding, Level


@dataclass(frozen=True, slots=True)
class Doubt:
    """One warning that nobody has given a reason for yet."""

    finding: Finding

    def lines(self) -> Iterator[str]:
        """Yield what is known of it: the finding, what is asked for, the article, what to do."""
        one = self.finding
        yield one.message
        if one.expected is not None:
            yield _("asked for: {expected}").format(expected=one.expected)
        if one.actual is not None:
            yield _("here: {actual}").format(actual=one.actual)
        if one.source is not None:
            yield _("ground: {source}").format(source=one.source)

    @property
    def go_on(self) -> Question:
        """Return the question whether the step goes on all the same."""
        return Question(f"?go_on.{self.finding.code}", Kind.YES_NO, _("Go on all the same?"))

    @property
    def why(self) -> Question:
        """Return the question why; its answer is kept with the record."""
        return Question(
            f"?why.{self.finding.code}",
            Kind.TEXT,
            _("Reason to go on"),
            _("Kept for ever with the record, for whoever checks it later."),
        )


def doubts(findings: Iterable[Finding], acknowledged: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Return the warnings that wait for a reason, one of each code."""
    waiting = {
        one.code: Doubt(one)
        for one in findings
        if one.level is Level.WARN and not acknowledged.get(one.code, "").strip()
    }
    return tuple(waiting.values())
