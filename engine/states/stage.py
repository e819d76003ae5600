"""What a stage of a club's life is made of: steps, the moves they make and what they check."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.frozen import FrozenMap
from engine.model import Club, Effects, Finding, Role, State
from engine.policy.effective import Rules
from engine.rules.request import StepRequest

Check = Callable[[StepRequest], Iterable[Finding]]
Outcome = Callable[[StepRequest], str]
Work = Callable[[StepRequest], Effects]
FormCheck = Callable[[FrozenMap, Rules, date], None]
"""Raises ``InputError`` for a form that a policy does not allow on a day."""
DefaultDay = Callable[[FrozenMap, Club, date], date | None]

Narrowed = Callable[[Mapping[str, Any], Rules, date], tuple[Role, ...]]
"""Returns who alone may take the step with a form on a day; empty for all who may take it."""

SAME = None
"""As a move's destination: the state stays what it is."""


@dataclass(frozen=True, slots=True)
class Move:
    """From any of ``sources`` to ``to``; only when the step's outcome is ``when``, if it has one.

    ``record`` marks what is only written down: it is no step of the club's life, so it may be dated
    before the last one and is not what an annulment takes back.
    """

    sources: tuple[State, ...]
    to: State | None = SAME
    when: str | None = None
    record: bool = False

    def leads(self, source: State) -> State:
        """Return the state the move leads to from ``source``."""
        return source if self.to is SAME else self.to


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A row of the step table; there is one of each, so two are equal when they are one.

    ``happened_on`` is the path of the form's field that holds the day the step happened.
    ``roles`` are those who may take it where no policy chooses others, ``eligible`` those among
    whom a policy may choose; ``roles_of`` names the step whose roles in a policy hold for this one
    where the policy gives it none of its own, and ``also_of`` the step whose roles in a policy are
    then added to the step's own. ``needs`` names the facts to be read for its checks.
    ``outcome`` reads the form's conclusion, for the steps that lead to different states.
    ``default_on`` gives the day when the form leaves it out. ``form_checks`` read the form
    itself, before anything is judged. ``prepare`` names what the lifecycle works out before the
    step is judged, where a form is not enough; ``command`` is the command that fills in such a
    step, where it cannot be typed. ``corrected`` is whether a correction may change its form, and
    ``fixed`` are the fields that it may not change. ``narrowed`` is who alone takes it with certain
    forms, which the step's checks hold it to.
    """

    name: str
    moves: tuple[Move, ...]
    roles: tuple[Role, ...]
    eligible: tuple[Role, ...]
    happened_on: str
    checks: tuple[Check, ...]
    work: Work
    needs: frozenset[str] = frozenset()
    outcome: Outcome | None = None
    default_on: DefaultDay | None = None
    roles_of: str | None = None
    also_of: str | None = None
    form_checks: tuple[FormCheck, ...] = ()
    prepare: str | None = None
    command: str | None = None
    corrected: bool = True
    fixed: tuple[str, ...] = ()
    narrowed: Narrowed | None = None

    @property
    def founds(self) -> bool:
        """Return whether the step opens a club's file."""
        return self.sources == (State.NONE,)

    @property
    def is_record(self) -> bool:
        """Return whether the step is never a step of the club's life."""
        return all(move.record for move in self.moves)

    def records(self, source: State, to: State | None) -> bool:
        """Return whether the step, when it leads from ``source`` to ``to``, only writes down.

        This is the one rule for what is a step of the club's life. ``to`` is ``None`` where the
        step leads nowhere from there.
        """
        return self.is_record or any(
            move.record and source in move.sources and to == move.leads(source)
            for move in self.moves
        )

    def goes_on_from(self, source: State) -> bool:
        """Return whether the step can lead the club's life on from a state to another one."""
        return any(
            source in move.sources and not move.record and move.leads(source) is not source
            for move in self.moves
        )

    @property
    def sources(self) -> tuple[State, ...]:
        """Return the states the step starts from, in the table's order."""
        seen: dict[State, None] = {}
        for move in self.moves:
            seen.update(dict.fromkeys(move.sources))
        return tuple(seen)


@dataclass(frozen=True, slots=True)
class Stage:
    """One module of ``engine.states``: a stage of the club's life and its steps."""

    name: str
    steps: tuple[Step, ...]
