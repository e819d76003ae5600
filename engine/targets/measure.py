"""What a measure is: what counts, out of what, in words and as a query."""

import re
from dataclasses import dataclass
from enum import StrEnum

from engine.targets.own_fields import NONE_OWN, OwnPart

NAMED = re.compile(r":([a-z_]+)")
"""A parameter of a query, by its name."""


class Completion(StrEnum):
    """What a measure's rows are completed with from outside its query, row by row."""

    SUSPENDED = "suspended"  # clubs suspended on the day do not count
    COMMUNES = "communes"  # one row for each commune, of the loaded list if there is one
    STANDARD = "standard"  # one row for each commune, by its clubs that meet the standard
    VILLAGES = "villages"  # one row for each village, of the loaded list if there is one
    OWN = "own"  # clubs of some classes of communes only, or one row for each place with them


@dataclass(frozen=True, slots=True)
class Places:
    """Which places a province's own measure is about.

    ``of`` is what gets a row (``communes``, ``districts``), ``None`` for clubs. ``classes`` are
    those of the communes meant (``rural``, ``mountain`` ...), empty for all. A place counts from
    ``low`` clubs on that count, up to ``high``.
    """

    of: str | None = None
    classes: tuple[str, ...] = ()
    low: int = 1
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to count.

    ``unit`` is what is counted, ``sentence`` (English, for the catalogues) how. ``whole`` is true
    where it is counted out of something. ``two_sided`` marks a make-up, of which more is not
    better. ``from_zero`` is false where earlier years' clubs count too. ``sql`` is ``None`` where
    the clubs' records do not have it. ``own`` is what is read of the province's own fields.
    """

    name: str
    unit: str
    sentence: str
    whole: bool = False
    two_sided: bool = False
    from_zero: bool = True
    completion: Completion | None = None
    sql: str | None = None
    places: Places = Places()
    own: OwnPart = NONE_OWN

    @property
    def facts(self) -> frozenset[str]:
        """Return the names of the facts the query is run with."""
        return frozenset(NAMED.findall(self.sql or ""))
