"""What a form's screen fills in: where its questions come from, who judges it, what writes it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.documents.papers import papers
from engine.errors import ClbError
from engine.interview.interview import Interview
from engine.interview.step import StepInterview
from engine.lifecycle import Outcome
from engine.lifecycle.registry import Registry
from engine.lifecycle.situation import opening, situation
from engine.model import Finding
from engine.reports.written import sentences
from engine.states import OPENING


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written: sentences for whoever wrote it, the club, and the papers to be printed."""

    lines: tuple[str, ...]
    club: str | None = None
    papers: tuple[str, ...] = ()


class Filling(ABC):
    """A form to be filled in. Its methods run in the database's thread."""

    @abstractmethod
    def begin(self, registry: Registry) -> Interview:
        """Return the interview with nothing answered. Raises ``ClbError``."""

    def about(self, asked: Interview) -> str:
        """Return what the form is about: which club, where."""
        del asked
        return ""

    @abstractmethod
    def judge(self, registry: Registry, asked: Interview) -> tuple[Finding, ...]:
        """Return what speaks against the form or about it; nothing is written.

        Raises ``ClbError`` for a form that cannot be judged.
        """

    @abstractmethod
    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Write it. Raises ``ClbError``; then nothing was written."""


class StepFilling(Filling):
    """The form of a step of one club."""

    def __init__(self, club: str, step: str, officer: str) -> None:
        self.club, self.step, self.officer = club, step, officer

    def begin(self, registry: Registry) -> Interview:
        """Return the questions of the step, with what is known of the club."""
        known = situation(registry.lifecycle, self.club, self.step, self.officer)
        return StepInterview(step=self.step, situation=known)

    def about(self, asked: Interview) -> str:
        """Return the club with its village and commune."""
        assert isinstance(asked, StepInterview)
        club = asked.situation.club
        return f"{club.name}, {club.village}, {club.commune}"

    def judge(self, registry: Registry, asked: Interview) -> tuple[Finding, ...]:
        """Judge the step with the form as far as it is filled in."""
        if not asked.is_complete():
            (found,) = registry.lifecycle.check(
                self.club, self.step, officer=self.officer, form=asked.form()
            )
            return found.findings
        try:
            return self._advance(registry, asked.form(), {}, dry_run=True).findings
        except ClbError as error:
            if not error.findings:
                raise
            return error.findings

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Take the step."""
        outcome = self._advance(registry, asked.form(), reasons, dry_run=False)
        return recorded(registry, outcome)

    def _advance(
        self,
        registry: Registry,
        form: Mapping[str, Any],
        reasons: Mapping[str, str],
        *,
        dry_run: bool,
    ) -> Outcome:
        return registry.lifecycle.advance(
            self.club,
            self.step,
            form,
            officer=self.officer,
            acknowledged=reasons,
            dry_run=dry_run,
        )


class OpenFilling(Filling):
    """The form of a new club."""

    def __init__(self, province: str, officer: str) -> None:
        self.province, self.officer = province, officer

    def begin(self, registry: Registry) -> Interview:
        """Return the questions about a new club."""
        known = opening(registry.lifecycle, self.province, self.officer)
        return StepInterview(step=OPENING.name, situation=known)

    def judge(self, registry: Registry, asked: Interview) -> tuple[Finding, ...]:
        """Judge the opening once everything is filled in."""
        if not asked.is_complete():
            return ()
        try:
            return self._open(registry, asked.form(), {}, dry_run=True).findings
        except ClbError as error:
            if not error.findings:
                raise
            return error.findings

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Open the club's file."""
        return recorded(registry, self._open(registry, asked.form(), reasons, dry_run=False))

    def _open(
        self,
        registry: Registry,
        form: Mapping[str, Any],
        reasons: Mapping[str, str],
        *,
        dry_run: bool,
    ) -> Outcome:
        return registry.lifecycle.open(
            self.province,
            form,
            officer=self.officer,
            acknowledged=reasons,
            dry_run=dry_run,
        )


def recorded(registry: Registry, outcome: Outcome) -> Recorded:
    """Return what a step did, and the papers that are written from its record."""
    assert outcome.event is not None
    club = registry.lifecycle.club(outcome.club)
    rules = registry.provinces.rules(club.province)
    step = outcome.event.step
    return Recorded(
        (*sentences(registry.store, rules, club, outcome), *outcome.warnings),
        club.id,
        tuple(one.id for one in papers() if step in one.steps),
    )
