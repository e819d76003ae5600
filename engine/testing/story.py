"""The life the kit leads a club through: every step of the table, in one programme's period."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from engine.policy.model import Document
from engine.testing.stage import Stage, grant_form

SUPERVISED, REVIEWED = 230, 240
LENGTH = 520
"""Days from the opened file to the end of the life."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A step of the story: how many days after the opening, and what its form says differently."""

    step: str
    after: int
    changes: Mapping[str, Any] = field(default_factory=dict)
    to: str = ""


FOUNDED = (
    Turn("propose", 5, to="proposed"),
    Turn("approve", 20, to="approved"),
)
LAUNCHED = (
    *FOUNDED,
    Turn("train", 30, to="trained"),
    Turn("launch", 40, to="launched"),
)
RETURNED = (
    Turn("propose", 5, to="proposed"),
    Turn("return", 8, to="returned"),
    Turn("propose", 12, to="proposed"),
    Turn("approve", 20, to="approved"),
)
WORKING = (
    Turn("meeting", 45),
    Turn("fund", 50),
    Turn("supervise", SUPERVISED, to="operating"),
    Turn("review", REVIEWED, to="operating"),
    Turn("supervise", 420, {"conclusion": "consolidate"}, "consolidating"),
    Turn("consolidate", 440, to="operating"),
    Turn("change_board", 450, {"chair": "Nguyễn Thị Mới"}),
    Turn("suspend", 460, to="suspended"),
    Turn("resume", 480, to="operating"),
)
ENDED = (Turn("dissolve", LENGTH - 20, to="dissolved"),)
WITHDRAWN = (FOUNDED[0], Turn("withdraw", 8, to="withdrawn"))
REJECTED = (FOUNDED[0], Turn("reject", 8, to="rejected"))
WHOLE = (*RETURNED, *LAUNCHED[2:], *WORKING, *ENDED)


def first_day(document: Document) -> date:
    """Return the day on which a club's file is opened: soon after the programme begins."""
    return document.start + timedelta(days=3)


def last_day(document: Document) -> date:
    """Return the last day of the story of a period."""
    return first_day(document) + timedelta(days=LENGTH)


def play(stage: Stage, club: str, turns: tuple[Turn, ...], start: date) -> Iterator[Turn]:
    """Take the turns one after the other, yielding each after it was taken.

    Raises what the door raises.
    """
    for turn in turns:
        on = start + timedelta(days=turn.after)
        changes = {**turn.changes}
        if turn.step == "fund":
            changes = {**grant_form(stage.rules, on), **changes}
        outcome = stage.take(club, turn.step, on, changes)
        assert not turn.to or outcome.state == turn.to, (turn, outcome.state)
        yield turn
