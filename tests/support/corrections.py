"""Records corrected in the core's tests, and the faults that a log shows afterwards."""

from datetime import date
from typing import Any

from support.core import Core
from support.faults import chain_faults, table_faults

from engine.errors import ClbError
from engine.lifecycle.lifecycle import Outcome
from engine.store.fault import Fault

TODAY_SEEN = date(2022, 10, 20)
"""The day on which a mistake is noticed."""


def faults(core: Core) -> list[Fault]:
    """Return what the log and its tables show as wrong."""
    return [*chain_faults(core.store), *table_faults(core.store)]


def seq_of(core: Core, club: str, step: str) -> int:
    """Return the number of the last event of that step."""
    return [one.seq for one in core.events(club) if one.step == step][-1]


def correct(core: Core, club: str, seq: int, changes: dict[str, Any], **how: Any) -> Outcome:
    """Correct a record, by the officer who made it unless another is named."""
    how.setdefault("officer", core.event(club, seq).officer)
    return core.take(club, "correct", TODAY_SEEN, {"seq": seq, "changes": changes}, **how)


def refused(core: Core, club: str, seq: int, changes: dict[str, Any], **how: Any) -> ClbError:
    """Return the refusal of a correction."""
    how.setdefault("officer", core.event(club, seq).officer)
    return core.refusal(club, "correct", TODAY_SEEN, {"seq": seq, "changes": changes}, **how)
