"""What a check of the database finds."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["log", "end", "table", "personal", "schema", "seal"]


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing in a stream that does not fit. ``seq`` is the event's number.

    ``kind`` is what is to be doubted: the ``log`` itself, its ``end`` (the tables were made from
    events that are not there), a ``table``, somebody's ``personal`` data, the ``schema``: what the
    database is made of, or a log that is sound in itself but not what a ``seal`` covers.
    """

    stream: str
    seq: int
    reason: str
    kind: Kind = "log"
