"""Events of a stream that were taken again on top of others, and are kept whole with the seals.

What is kept must be what the stream once had: it follows the events before it, and the stream has
others in its place.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.i18n import _
from engine.store import codec
from engine.store.canonical import GENESIS, digest
from engine.store.fault import Fault
from engine.store.reader import Reader
from engine.store.stream import read_body

STREAM = "seal:"
SELECT_SUPERSEDED = (
    "SELECT seq, body FROM event WHERE stream = ? AND step = 'supersede' ORDER BY seq"
)
SELECT_EVENT = "SELECT province, hash FROM event WHERE stream = ? AND seq = ?"


@dataclass(frozen=True, slots=True)
class Superseded:
    """Events of a stream that were taken again on top of others (``clb bundle rebase``).

    ``seq`` is the number of the event of ``seal:<province>`` that keeps them, ``first`` the number
    of the first of ``bodies``, ``sealed`` up to which one the stream was sealed then.
    """

    seq: int
    stream: str
    first: int
    sealed: int
    bodies: tuple[str, ...]

    def hashes(self) -> Iterator[tuple[tuple[str, int], str]]:
        """Yield stream and number of each event, with its hash."""
        for number, body in enumerate(self.bodies, start=self.first):
            yield (self.stream, number), digest(body)


SUPERSEDED = {"stream", "first", "sealed", "bodies"}
"""What is recorded of events that were taken again."""


def _read(seq: int, row: Mapping[str, Any]) -> Superseded:
    """Return a record. Raises ``ValueError`` for one that holds something else."""
    if row.keys() != SUPERSEDED:
        raise ValueError("superseded")
    found = Superseded(seq, row["stream"], row["first"], row["sealed"], tuple(row["bodies"]))
    numbers = type(found.first) is int and type(found.sealed) is int
    if not numbers or not found.first >= 1 or not found.sealed >= 0 or not found.bodies:
        raise ValueError("superseded")
    if not all(isinstance(one, str) for one in (found.stream, *found.bodies)):
        raise ValueError("superseded")
    return found


def superseding(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form of the event that keeps events which were taken again.

    Raises ``ValueError`` for a record that holds something else.
    """
    found = _read(0, row)
    return {"stream": found.stream, "first": found.first, "events": len(found.bodies)}


def superseded(store: Reader, province: str) -> list[Superseded]:
    """Return what was taken again in a province, the oldest first."""
    found = []
    for seq, body in store.rows(SELECT_SUPERSEDED, (f"{STREAM}{province}",)):
        try:
            (row,) = json.loads(body)["effects"]["records"]
            found.append(_read(seq, {name: row[name] for name in SUPERSEDED}))
        except codec.STRANGE:
            # Judging its stream finds it; here it keeps nothing.
            continue
    return found


def is_superseded(store: Reader, province: str, place: tuple[str, int], hash_: str) -> bool:
    """Return whether an event that was at a place of the log was taken again since."""
    return any((place, hash_) in set(one.hashes()) for one in superseded(store, province))


def faults(store: Reader, province: str, sealed: Iterable[tuple[int, str, int]]) -> Iterator[Fault]:
    """Yield each event of a province's seals that keeps what its stream cannot have had.

    ``sealed`` are the seals in order: the number of each, a stream it took in, up to which event.
    """
    found = superseded(store, province)
    if not found:
        return
    done, reached = list(sealed), dict[str, int]()
    at = 0
    for number, one in enumerate(found):
        while at < len(done) and done[at][0] < one.seq:
            reached[done[at][1]] = done[at][2]
            at += 1
        reason = _misfit(store, province, one, found[number + 1 :])
        if reason is None and one.sealed != reached.get(one.stream, 0):
            reason = _("what it says was sealed is not what the seals before it took in")
        if reason is not None:
            yield Fault(f"{STREAM}{province}", one.seq, reason, "seal")
        reached[one.stream] = min(reached.get(one.stream, 0), one.first - 1)


def _misfit(
    store: Reader, province: str, one: Superseded, later: Sequence[Superseded]
) -> str | None:
    """Return why a stream cannot have had what is kept of it, ``None`` where it can."""
    if one.stream != f"province:{province}" and (
        not one.stream.startswith("club:") or one.first == 1
    ):
        return _("nobody takes these events again: {stream}").format(stream=one.stream)
    there = _hash_at(store, one.stream, one.first, province, later)
    if there is None:
        return _("{stream} has no event {seq} in the place of what was taken again").format(
            stream=one.stream, seq=one.first
        )
    if there == digest(one.bodies[0]):
        return _("event {seq} of {stream} is there as before: it was not taken again").format(
            stream=one.stream, seq=one.first
        )
    before = _hash_at(store, one.stream, one.first - 1, province, later)
    for seq, body in enumerate(one.bodies, start=one.first):
        found = _event(body)
        if found is None or (found["stream"], found["seq"]) != (one.stream, seq):
            return _("what it keeps as event {seq} of {stream} is none").format(
                stream=one.stream, seq=seq
            )
        if found["prev"] != before:
            return _("event {seq} of {stream}, which it keeps, does not follow").format(
                stream=one.stream, seq=seq
            )
        before = digest(body)
    return None


def _event(body: str) -> dict[str, Any] | None:
    """Return what the body of an event holds, ``None`` where it is none."""
    reason, found = read_body(body)
    try:
        if reason is not None or not codec.is_known(found["v"]) or codec.unknown(found):
            return None
        codec.event_of(found, digest(body))
    except codec.STRANGE:
        return None
    return found


def _hash_at(
    store: Reader, stream: str, seq: int, province: str, later: Sequence[Superseded]
) -> str | None:
    """Return the hash that an event had before what was taken again later; ``None`` without one.

    That of the event before the first is what the first one follows.
    """
    if seq == 0:
        return GENESIS
    for one in later:
        if one.stream == stream and one.first <= seq:
            at = seq - one.first
            return digest(one.bodies[at]) if at < len(one.bodies) else None
    row = next(iter(store.rows(SELECT_EVENT, (stream, seq))), None)
    return str(row[1]) if row is not None and row[0] == province else None
