"""The lives that clubs lead: steps on days counted from the opening, and the loop that plays them.

The constants are the conformance kit's: every step of the table in one programme's period.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engine.model import Role
from engine.policy.effective import Rules
from engine.policy.model import Document
from engine.scenario.forms import GRANT, Changes, grants
from engine.scenario.world import World

SUPERVISED, REVIEWED = 230, 240
LENGTH = 520
"""Days from the opened file to the end of the whole life."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A step of a life, ``after`` days from the opening. ``to`` is the state it must lead to.

    ``changes`` to the ordinary form may follow from the policy on the day.
    """

    step: str
    after: int
    changes: Changes | Callable[[Rules, date], Changes] | None = None
    to: str = ""
    role: Role | None = None


def grant(rules: Rules, on: date) -> Changes:
    """Return what a fund record states of the establishment grant; empty where none is stated."""
    found = grants(rules, GRANT, on)
    return {**found[0], "document": f"UNC {on}"} if found else {}


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
OPERATING = (
    Turn("meeting", 45),
    Turn("fund", 50, grant),
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
WHOLE = (*RETURNED, *LAUNCHED[2:], *OPERATING, *ENDED)


def first_day(document: Document) -> date:
    """Return the day on which a club's file is opened: soon after the programme begins."""
    return document.start + timedelta(days=3)


def last_day(document: Document) -> date:
    """Return the last day of the whole life of a club opened on the ``first_day``."""
    return first_day(document) + timedelta(days=LENGTH)


def play(world: World, club: str, turns: Iterable[Turn], opened: date) -> Iterator[Turn]:
    """Take the turns of a club one after the other, yielding each after it was taken.

    Raises what ``Lifecycle.advance`` raises.
    """
    for turn in turns:
        on = opened + timedelta(days=turn.after)
        changes = turn.changes(world.rules, on) if callable(turn.changes) else turn.changes
        outcome = world.take(club, turn.step, on, changes, role=turn.role)
        assert not turn.to or outcome.state == turn.to, (turn, outcome.state)
        yield turn
