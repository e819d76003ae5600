"""What a form's screen fills in: where its questions come from, who judges it, what writes it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.documents.papers import papers_next
from engine.errors import ClbError
from engine.interview.interview import Interview
from engine.interview.step import StepInterview
from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.registry import Registry
from engine.lifecycle.situation import instead, opening, situation
from engine.model import Finding, Officer
from engine.reports.written import sentences
from engine.states import OPENING

if TYPE_CHECKING:
    from engine.desk.printing import Printed


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written: sentences for whoever wrote it, the club, the papers to be printed.

    ``file`` is one that was made and is opened at once. ``erased`` is whether personal data was
    erased.
    """

    lines: tuple[str, ...]
    club: str | None = None
    papers: tuple[tuple[str, str], ...] = ()
    file: "Printed | None" = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What speaks against a form or about it; and the interview, where more is known of it now."""

    findings: tuple[Finding, ...]
    asked: Interview


class Filling(ABC):
    """A form to be filled in. Its methods run in the database's thread."""

    officer: str
    """Who does it, and signs it."""

    @abstractmethod
    def begin(self, registry: Registry) -> Interview:
        """Return the interview with nothing answered. Raises ``ClbError``."""

    def about(self, asked: Interview) -> str:
        """Return what the form is about: which club, where."""
        del asked
        return ""

    @property
    def draft(self) -> tuple[str, ...] | None:
        """What a draft of it is kept under, ``None`` where none is kept."""
        return None

    def others(self, asked: Interview) -> tuple[Officer, ...]:
        """Return who may do it, where nothing but the officer who asks is in the way."""
        del asked
        return ()

    def hand_over(self, officer: str) -> None:
        """Let another officer, who sits here now, do it."""
        del officer

    def instead(self, registry: Registry, asked: Interview) -> tuple[Officer, ...]:
        """Return who may do it as it is filled in, where who asks may not."""
        del registry, asked
        return ()

    @abstractmethod
    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Judge the form as far as it is filled in; nothing is written.

        Raises ``ClbError`` for a form that cannot be judged.
        """

    @abstractmethod
    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Write it. Raises ``ClbError``; then nothing was written."""


class StepFilling(Filling):
    """The form of a step of one club; ``given`` is what is known of it before it is opened."""

    def __init__(
        self, club: str, step: str, officer: str, given: Mapping[str, Any] | None = None
    ) -> None:
        self.club, self.step, self.officer = club, step, officer
        self.given = given or {}

    def begin(self, registry: Registry) -> Interview:
        """Return the questions of the step, with what is known of the club."""
        known = situation(registry.lifecycle, self.club, self.step, self.officer)
        asked = StepInterview(step=self.step, situation=known)
        for path, value in self.given.items():
            asked = asked.answered(path, value)
        return asked

    @property
    def draft(self) -> tuple[str, ...]:
        """What a draft of it is kept under."""
        given = (f"{path}={value}" for path, value in self.given.items())
        return (self.club, self.step, self.officer, *given)

    def others(self, asked: Interview) -> tuple[Officer, ...]:
        """Return who may take the step, where only that is in the way."""
        assert isinstance(asked, StepInterview)
        return who_may(asked)

    def hand_over(self, officer: str) -> None:
        """Let another officer, who sits here now, take the step."""
        self.officer = officer

    def instead(self, registry: Registry, asked: Interview) -> tuple[Officer, ...]:
        """Return who may take the step with this form."""
        return instead(registry.lifecycle, self.club, self.step, asked.form(), self.officer)

    def about(self, asked: Interview) -> str:
        """Return the club with its village and commune."""
        assert isinstance(asked, StepInterview)
        club = asked.situation.club
        return f"{club.name}, {club.village}, {club.commune}"

    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Judge the step with the form as far as it is filled in."""
        if not asked.is_complete():
            (found,) = registry.lifecycle.check(
                self.club, self.step, officer=self.officer, form=asked.form()
            )
            return Judged(found.findings, asked)
        return Judged(tried(lambda: self._advance(registry, asked.form(), {}, dry_run=True)), asked)

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

    @property
    def draft(self) -> tuple[str, ...]:
        """What a draft of it is kept under."""
        return (self.province, OPENING.name, self.officer)

    def others(self, asked: Interview) -> tuple[Officer, ...]:
        """Return who may open a club, where only that is in the way."""
        assert isinstance(asked, StepInterview)
        return who_may(asked)

    def hand_over(self, officer: str) -> None:
        """Let another officer, who sits here now, open the club."""
        self.officer = officer

    def begin(self, registry: Registry) -> Interview:
        """Return the questions about a new club."""
        known = opening(registry.lifecycle, self.province, self.officer)
        return StepInterview(step=OPENING.name, situation=known)

    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Judge the opening once everything is filled in."""
        assert isinstance(asked, StepInterview)
        if not asked.is_complete():
            return Judged((), asked)
        found = tried(lambda: self._open(registry, asked.form(), {}, dry_run=True))
        own = asked.situation.officer
        if own is not None and own.commune == asked.value("commune"):
            # That name was noted as unchecked when it was typed, for the officer.
            found = tuple(one for one in found if one.code != codes.COMMUNE_UNCHECKED)
        return Judged(found, asked)

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


def tried(attempt: Callable[[], Outcome]) -> tuple[Finding, ...]:
    """Return what a trial finds, refused or not. Raises ``ClbError`` where it finds nothing."""
    try:
        return attempt().findings
    except ClbError as error:
        if not error.findings:
            raise
        return error.findings


def who_may(asked: StepInterview) -> tuple[Officer, ...]:
    """Return who else may take a step, where nothing but who takes it is in the way."""
    offer = asked.situation.offer(asked.step)
    found = asked.obstacles()
    if offer is None or not found or not all(one.permission for one in found):
        return ()
    return offer.officers


def recorded(registry: Registry, outcome: Outcome) -> Recorded:
    """Return what a step did, and the papers that are written from its record."""
    assert outcome.event is not None
    club = registry.lifecycle.club(outcome.club)
    rules = registry.provinces.rules(club.province)
    return Recorded(
        (*sentences(registry.store, rules, club, outcome), *outcome.warnings),
        club.id,
        tuple((one.id, one.title) for one in papers_next(outcome.event, rules)),
        erased=outcome.erased,
    )
