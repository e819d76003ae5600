"""What is worked out before a step is judged: people's ids, corrections, annulments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from engine.frozen import FrozenMap
from engine.model import Club, Effects, Event, Finding, State
from engine.store.database import Store
from engine.store.personal import Identity


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form ready for the log (people as ids, not names) and what goes with it.

    ``identities`` are written next to the log in the same transaction, ``erased`` removed.
    ``to_state`` is where an annulment leads; ``None`` leaves it to the machine.
    """

    form: FrozenMap
    remedy: Effects = Effects()
    identities: tuple[tuple[str, Identity], ...] = ()
    erased: str | None = None
    target: Event | None = None
    findings: tuple[Finding, ...] = ()
    to_state: State | None = None


Preparer = Callable[[Store, Club, FrozenMap, date], Prepared]
