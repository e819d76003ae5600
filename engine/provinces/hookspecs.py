"""Every hook a province may implement. A province that has nothing to add implements none.

Each hook takes one frozen request and returns frozen values. Only the plugin of the club's own
province is asked. Hooks read no clock, no database, no network and write no file: what they may
know is in the request. A hook that takes longer than five seconds (``CLB_HOOK_SECONDS``) is broken
off, and nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pluggy

from engine.frozen import FrozenMap
from engine.model import Club, Effects, Finding
from engine.policy.effective import Rules
from engine.rules.request import StepRequest

PROJECT = "clb"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step that has just been committed."""

    club: Club
    step: str
    seq: int
    on: date
    effects: Effects
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ReportsRequest:
    """Which reports does the province ask for of the periods that end on this day?

    ``on`` is the last day of a half year, of a year or of both, whatever day it is today.
    """

    province: str
    on: date
    rules: Rules


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """A report the province asks for.

    ``cycle`` is quarter, half_year, year or other. ``due_before`` is a month and day (``06-20``)
    before which it must have been sent, strictly, or ``None`` where no document gives one. ``to``
    are the recipients' names on that date.
    """

    id: str
    title: str
    cycle: str
    source: str
    due_before: str | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Build what the province itself adds to a report.

    ``figures`` are the engine's own figures of the period, frozen at its last day: the province
    may arrange and add to them, not change them.
    """

    province: str
    report: ReportSpec
    period: str
    start: date
    end: date
    rules: Rules
    figures: FrozenMap


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A table the province adds to a report: its title, headings and rows of texts or integers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    source: str | None = None


class ProvinceHooks(Protocol):
    """The hooks, by name. Implement those you need as module functions marked ``@hookimpl``."""

    @hookspec
    def clb_checks(self, request: StepRequest) -> Sequence[Finding]:
        """Return the province's findings about a step that is about to happen.

        Called while the club is locked, after the engine's own checks, not in their place; also for
        ``clb check`` (``request.asking`` is true and the form empty). A finding may block, warn or
        note; it cannot undo a block of the engine's. A hook that fails refuses the step.
        """
        raise NotImplementedError

    @hookspec
    def clb_reports(self, request: ReportsRequest) -> Sequence[ReportSpec]:
        """Return reports that no ``report.*`` key of the policy can express.

        Asked for the last day of each period, whether the reports are listed, due, built or
        recorded as sent: a report is asked for of the periods whose last day has it.
        """
        raise NotImplementedError

    @hookspec
    def clb_build_report(self, request: ReportRequest) -> Sequence[ReportSection]:
        """Return the sections the province adds to a report.

        A hook that fails costs its own sections only, and the report names it.
        """
        raise NotImplementedError

    @hookspec
    def clb_after_step(self, request: StepDone) -> None:
        """Hear of a step once it is committed. Called once; a failure changes nothing.

        Deprecated in 1.1, removed in 2.0: what a listener is for, a hook may not do. Read what was
        recorded with ``clb export events``.
        """
        raise NotImplementedError


ANSWERS: dict[str, type | None] = {
    "clb_checks": Finding,
    "clb_reports": ReportSpec,
    "clb_build_report": ReportSection,
    "clb_after_step": None,
}
"""What each hook's answer is a sequence of; ``None`` where nothing is answered."""
