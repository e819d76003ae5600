"""Reading one stream of the log: is every event what was sealed, and what do they come to?

Needs no database: it is given the rows.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from unicodedata import is_normalized

import msgspec

from engine.i18n import _
from engine.model import Event
from engine.store import codec, fold
from engine.store.canonical import GENESIS, digest, dumps
from engine.store.fault import Fault
from engine.store.reader import Row
from engine.store.rows import Rows

COPIES = ("stream", "seq", "step", "from", "to", "on", "recorded_at", "officer")


Judge = Callable[[Event, Sequence[Event], Rows], str | None]
"""Says what an event contradicts: given it, the events before it and the rows they came to."""


@dataclass(slots=True)
class Stream:
    """A stream that was read: to its end, or to the first event that does not fit.

    ``seq`` and ``head`` are those of the last event that fits, ``rows`` what the tables must hold
    of it. ``people`` are the commitments to the personal data that must be there, by member, and
    ``events`` what a judge was shown.
    ``fault`` is where reading stopped, ``doubts`` what the judge found.
    """

    name: str
    province: str = ""
    seq: int = 0
    head: str = GENESIS
    rows: Rows = field(default_factory=Rows)
    people: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    fault: Fault | None = None
    doubt: Fault | None = None

    @property
    def kind(self) -> str:
        """Return what the stream is about: ``club``, ``province``."""
        return self.name.partition(":")[0]

    @property
    def owner(self) -> str:
        """Return the id of the club or province."""
        return self.name.partition(":")[2]


def read_stream(
    name: str,
    rows: Iterable[Row],
    *,
    folded: bool = True,
    judge: Judge | None = None,
    judged_after: int = 0,
) -> Stream:
    """Read one stream from rows with the columns of ``EVENT_COLUMNS``, in order.

    The judge is asked about the events after the number ``judged_after``, the rest is only folded.
    """
    stream = Stream(name)
    for row in rows:
        reason, found = _event_fault(row, stream)
        event = None
        if reason is None and folded:
            asked = judge if stream.seq >= judged_after else None
            reason, event = _folded(found, row[10], stream, asked)
        if reason is not None:
            at = row[1] if isinstance(row[1], int) else stream.seq + 1
            stream.fault = Fault(stream.name, at, reason)
            break
        stream.seq, stream.head = row[1], row[10]
        if event is not None and judge is not None:
            stream.events.append(event)
    return stream


def _folded(
    found: dict[str, Any],
    hash_: str,
    stream: Stream,
    judge: Judge | None,
) -> tuple[str | None, Event | None]:
    """Put an event into the rows of its stream; return what prevents it, and the event."""
    if not codec.is_known(found.get("v")):
        return _("it is of a format that this version does not know"), None
    try:
        strange = codec.unknown(found)
        if strange:
            return _("the body holds what no event does: {names}").format(names=strange), None
        event = codec.event_of(found, hash_)
        if judge is not None and stream.doubt is None:
            reason = judge(event, stream.events, stream.rows)
            if reason is not None:
                stream.doubt = Fault(stream.name, event.seq, reason)
        fold.apply(stream.rows, event, stream.province)
        _people(event, stream.people)
    except codec.STRANGE:
        return _("the body does not hold what an event of this format holds"), None
    return None, event


def _people(event: Event, people: dict[str, str]) -> None:
    """Note whose personal data was entered, or erased, by an event."""
    for change in event.effects.roster:
        if change.commit is not None:
            people[change.member] = change.commit
    if event.step == "erase":
        people.pop(event.form["member"], None)


def _event_fault(row: Row, stream: Stream) -> tuple[str | None, dict[str, Any]]:
    """Return what is wrong with the next event of a stream, and its body.

    Notes the province that the stream belongs to.
    """
    body, hash_ = row[9], row[10]
    if row[1] != stream.seq + 1:
        return _("event {seq} is missing").format(seq=stream.seq + 1), {}
    if not isinstance(body, str) or digest(body) != hash_:
        return _("the body is not the one that was recorded"), {}
    reason, found = read_body(body)
    if reason is not None:
        return reason, {}
    if not is_normalized("NFC", body):
        return _("the body holds text that is not NFC"), {}
    if found.get("prev") != stream.head:
        return _("it does not follow the event before it"), {}
    copies = (*row[:2], *row[3:9], row[11])
    bodys = (*map(found.get, COPIES), _row_digest(found))
    if copies != bodys:
        pairs = zip((*COPIES, "row_digest"), bodys, copies, strict=True)
        name = next(name for name, ours, copy in pairs if ours != copy)
        return _("the column {name} is not what the body says").format(name=name), {}
    stream.province = _owner(found) or stream.province
    if row[2] != stream.province:
        return _("the column {name} is not what the body says").format(name="province"), {}
    return None, found


def read_body(body: str) -> tuple[str | None, dict[str, Any]]:
    """Return what is wrong with how a body is spelled, and what it holds.

    What msgspec reads and spells the same again is right. What it does not take is read by the
    standard library, which knows why, and which takes whole numbers of any length.
    """
    text = body.encode()
    with suppress(*UNREADABLE):
        found = READER.decode(text)
        if WRITER.encode(found) == text and isinstance(found, dict):
            return None, found
    try:
        found = WHOLE.decode(body)
        canonical = dumps(found) == body
    except FractionError:
        return _("the body holds a number that is not whole"), {}
    except UNREADABLE:
        return _("the body cannot be read"), {}
    if not canonical or not isinstance(found, dict):
        return _("the body is not in its canonical spelling"), {}
    return None, found


class FractionError(ValueError):
    """A number that is not whole, which no body holds."""


def _no_fraction(number: str) -> Any:
    raise FractionError(number)


WHOLE = json.JSONDecoder(parse_float=_no_fraction)
"""Reads what has no fractions."""
READER = msgspec.json.Decoder(float_hook=_no_fraction)
WRITER = msgspec.json.Encoder(order="sorted")
"""The same, three times as fast."""
UNREADABLE = (ValueError, RecursionError)
"""What reading and spelling a body that is no JSON of whole numbers ends in."""


def _row_digest(body: dict[str, Any]) -> Any:
    """Return the digest of the file's row that an event records, ``None`` without one."""
    row = body.get("row")
    return row.get("digest") if isinstance(row, dict) else None


def _owner(body: dict[str, Any]) -> str | None:
    """Return the province a stream belongs to: named by its own id, or by its first event."""
    kind, _colon, name = str(body["stream"]).partition(":")
    if kind in ("province", "seal"):
        return name
    effects = body.get("effects")
    fields = effects.get("fields") if isinstance(effects, dict) else None
    owner = fields.get("province") if isinstance(fields, dict) else None
    return None if owner is None else str(owner)
