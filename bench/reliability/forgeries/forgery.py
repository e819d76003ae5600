"""What a forgery is."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.reliability.forger import Forger

NOT_ITS_FORM = "its effects ({}) are not what its form says"
"""What judging says of an event; of which part."""


@dataclass(frozen=True)
class Forgery:
    """One forgery. ``reason`` is a part of what judging the log again says, without any seal.

    ``province`` is whether it is in the province's own stream, else in the club's. ``later``: in
    what was recorded after the last seal. ``fits``: the tables are computed anew afterwards.
    ``impossible``: nothing can find it, and docs/reliability.md names it.
    """

    name: str
    forge: Callable[[Forger], object]
    reason: str = ""
    province: bool = False
    fits: bool = True
    later: bool = False
    impossible: bool = False
