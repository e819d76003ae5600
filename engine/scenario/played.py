"""What became of a story: the clubs that were played and the steps that were refused."""

from dataclasses import dataclass, field
from datetime import date

from engine.model import Finding, Officer
from engine.scenario.scenario import Group


@dataclass(frozen=True, slots=True)
class Refusal:
    """A step that was refused, as the door said it. ``after_seq`` is the club's last event then."""

    province: str
    club: str
    step: str
    on: date
    officer: Officer
    exit_code: int
    code: str
    message: str
    findings: tuple[Finding, ...]
    after_seq: int
    why: str | None


@dataclass(slots=True)
class Played:
    """What was played of a group: its clubs' ids and what the log does not keep.

    ``why`` are the words told before a step, ``heard`` the findings that went with it; both by club
    and the number of the step's event. ``warnings`` are those of listeners that failed after a
    step was done. A refused step leaves nothing in the log at all.
    """

    group: Group
    clubs: list[str] = field(default_factory=list)
    why: dict[tuple[str, int], str] = field(default_factory=dict)
    heard: dict[tuple[str, int], tuple[Finding, ...]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
