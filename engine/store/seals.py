"""Seals in the database: what is not sealed yet, the seals made, and whether they still fit.

The order of a tree's leaves is kept in the seals' own events: each names the events it took in, as
ranges of streams, and their hashes. The tables ``seal`` and ``sealed`` are folds of that.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from engine.i18n import _
from engine.seals import checkpoint, merkle
from engine.seals.checkpoint import Noted
from engine.store import superseded as taken_again
from engine.store.canonical import digest
from engine.store.database import Row, Store
from engine.store.fault import Fault
from engine.store.reader import Reader
from engine.store.superseded import Superseded, superseded

STREAM = taken_again.STREAM
PREFIX = re.compile("[A-Z]{2,4}")
ORIGIN = re.compile("[!-~]+")
"""What goes into a line and a checkpoint as it is: no line's end, nothing unseen."""
LEAVES = re.compile("[0-9a-f]*")
HASH_DIGITS = 64
BATCH = 100
"""How many ranges one query asks for: SQLite nests a condition no deeper than 1,000."""
BATCH_EVENTS = 2_000

UNSEALED = (
    "SELECT u.id, coalesce(d.seq, 0), u.seq FROM (SELECT 'club:' || id AS id, seq FROM club "
    "WHERE province = ? UNION ALL SELECT id, seq FROM stream WHERE province = ?) u "
    "LEFT JOIN sealed d ON d.stream = u.id WHERE d.seq IS NULL OR d.seq < u.seq"
)
SELECT_SEALS = (
    "SELECT province, seq, prefix, origin, size, root, frontier FROM seal "
    "WHERE province = ? ORDER BY seq DESC"
)
SELECT_SEAL_EVENTS = (
    "SELECT seq, body, hash FROM event WHERE stream = ? AND step <> 'supersede' ORDER BY seq"
)
SELECT_SEALED = "SELECT seq FROM sealed WHERE stream = ?"
SEAL_STREAMS = "SELECT DISTINCT stream FROM event WHERE substr(stream, 1, 5) = 'seal:'"
PROVINCES = "SELECT province FROM stream UNION SELECT province FROM club"
COUNT_SEALED = "SELECT coalesce(sum(seq), 0) FROM sealed WHERE province = ?"
SELECT_MOMENT = "SELECT recorded_at FROM event WHERE stream = ? AND seq = ?"
SELECT_OLDER = (
    "SELECT stream, max(seq) FROM event WHERE province = ? AND recorded_at < ? GROUP BY stream"
)
"""In a stream no event was recorded before the one before it."""
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
BEHIND = timedelta(days=1)
"""How far a computer's clock may be behind another's before an event looks older than it is."""
IN_RANGE = "(stream = ? AND seq BETWEEN ? AND ?)"

Range = tuple[str, int, int]
"""A stream with the first and the last of some of its events."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A tree over ``size`` events of a province. ``seq`` is its number in ``seal:<province>``."""

    province: str
    seq: int
    prefix: str
    origin: str
    size: int
    root: str
    frontier: tuple[bytes, ...] = ()

    @property
    def line(self) -> str:
        """Return the short line that is printed."""
        return checkpoint.line(self.prefix, self.size, self.root)

    @property
    def checkpoint(self) -> str:
        """Return the whole seal as the text of a C2SP tlog-checkpoint."""
        return checkpoint.checkpoint(self.origin, self.size, self.root)

    def is_of(self, tree: merkle.Frontier) -> bool:
        """Return whether this is the seal of a tree."""
        known = (self.size, self.root, list(self.frontier))
        return known == (tree.size, tree.root().hex(), tree.nodes)

    def tree(self) -> merkle.Frontier:
        """Return the tree, ready to grow. Raises ``ValueError`` when it is not the root's."""
        tree = merkle.Frontier(self.size, self.frontier)
        if tree.root().hex() != self.root:
            raise ValueError(self.line)
        return tree


@dataclass(frozen=True, slots=True)
class Content:
    """What a seal's event holds: the seal, the ranges it took in and their events' hashes.

    ``altered`` is whether the event's body is not the one its hash was made of.
    """

    seal: Seal
    ranges: tuple[Range, ...]
    leaves: str
    altered: bool = False

    def hashes(self) -> Iterator[str]:
        """Yield the hash of each event taken in, in the order of the leaves."""
        for at in range(0, len(self.leaves), HASH_DIGITS):
            yield self.leaves[at : at + HASH_DIGITS]

    def places(self) -> Iterator[tuple[str, int]]:
        """Yield stream and number of each event taken in, in the same order."""
        return places(self.ranges)


@dataclass(frozen=True, slots=True)
class Checked:
    """A seal as it was found, and the first thing that does not fit in each stream it took in."""

    seq: int
    content: Content | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Events that a seal does not have, though by their own time they are older than it.

    ``count`` is how many; the rest is of the one that was recorded first.
    """

    count: int
    stream: str
    seq: int
    recorded_at: str


@dataclass(frozen=True, slots=True)
class TakenAgain:
    """Events under a seal that were taken again since, so that their stream has others instead.

    ``count`` is how many; the rest is of the first of them in the order of the leaves.
    """

    count: int
    stream: str
    seq: int


@dataclass(frozen=True, slots=True)
class Held:
    """Whether what a noted seal covers is there unchanged: ``fault`` is what does not fit.

    ``last`` is the last seal before it that does fit; where the noted one itself fits,
    ``left_out`` is what it should have taken in and did not, and ``superseded`` what it covers that
    is kept with the seals only.
    """

    noted: Noted
    fault: Fault | None = None
    last: Seal | None = None
    left_out: LeftOut | None = None
    superseded: TakenAgain | None = None

    @property
    def names_event(self) -> bool:
        """Return whether an event is named that does not fit, and not the seal as a whole."""
        return self.fault is not None and not self.fault.stream.startswith(STREAM)


RECORD = {"prefix", "origin", "size", "root", "frontier", "streams", "leaves"}
"""What a seal's event records of it."""


def is_record(row: Mapping[str, Any]) -> bool:
    """Return whether a record holds what a seal's does, and nothing besides."""
    return row.keys() == RECORD


def form(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form of a seal's event: how many events it took in."""
    return {"events": len(row["leaves"]) // HASH_DIGITS}


def places(ranges: Iterable[Range]) -> Iterator[tuple[str, int]]:
    """Yield every event of the ranges as stream and number."""
    for stream, first, last in ranges:
        for seq in range(first, last + 1):
            yield stream, seq


def provinces(store: Store) -> list[str]:
    """Return the provinces that have events."""
    return sorted(str(name) for (name,) in store.rows(PROVINCES))


def last(store: Store, province: str) -> Seal | None:
    """Return a province's last seal, as the tables have it."""
    row = store.row(SELECT_SEALS, (province,))
    if row is None:
        return None
    _same, seq, prefix, origin, size, root, nodes = row
    return Seal(province, seq, prefix, origin, size, root, _nodes(nodes))


def agrees(store: Store, province: str) -> bool:
    """Return whether the tables know as many sealed events as the last seal's tree has leaves."""
    newest, row = last(store, province), store.row(COUNT_SEALED, (province,))
    return row is not None and int(row[0]) == (newest.size if newest else 0)


def unsealed(store: Store, province: str, most: int) -> list[Range]:
    """Return what is not sealed yet, at most so many events, in the order they are to be taken in.

    The order is that of the streams' names by code point, then that of their events. Empty when
    nothing happened but the last seal itself.
    """
    rows = sorted((str(id_), int(done), int(seq)) for id_, done, seq in _open(store, province))
    if all(stream.startswith(STREAM) for stream, _done, _seq in rows):
        return []
    found: list[Range] = []
    for stream, done, seq in rows:
        upto = min(seq, done + most)
        found.append((stream, done + 1, upto))
        most -= upto - done
        if not most:
            break
    return found


def _open(store: Store, province: str) -> list[Row]:
    return store.rows(UNSEALED, (province, province))


def events(store: Reader, ranges: Iterable[Range], columns: str) -> Iterator[Row | None]:
    """Yield the columns of each event of the ranges in order, ``None`` where there is no event."""
    for batch in _batches(ranges):
        where = " OR ".join([IN_RANGE] * len(batch))
        params = [value for one in batch for value in one]
        rows = store.rows(f"SELECT stream, seq, {columns} FROM event WHERE {where}", params)
        found = {(row[0], row[1]): row[2:] for row in rows}
        for place in places(batch):
            yield found.get(place)


def _batches(ranges: Iterable[Range]) -> Iterator[list[Range]]:
    """Yield ranges together that are few, and of few events; a long one is taken apart."""
    batch, count = list[Range](), 0
    for stream, first, end in ranges:
        low = first
        while low <= end:
            upto = min(end, low + BATCH_EVENTS - count - 1)
            batch.append((stream, low, upto))
            count += upto - low + 1
            low = upto + 1
            if len(batch) == BATCH or count == BATCH_EVENTS:
                yield batch
                batch, count = list[Range](), 0
    if batch:
        yield batch


def sealed_provinces(store: Reader) -> list[str]:
    """Return the provinces that have seals in the log."""
    return sorted(str(stream).removeprefix(STREAM) for (stream,) in store.rows(SEAL_STREAMS))


def contents(store: Reader, province: str) -> Iterator[tuple[int, Content | None]]:
    """Yield each seal of a province from its event; ``None`` for one that cannot be read."""
    for seq, body, hash_ in store.stream_rows(SELECT_SEAL_EVENTS, (f"{STREAM}{province}",)):
        yield seq, _content(province, seq, body, hash_)


def _content(province: str, seq: int, body: Any, hash_: Any) -> Content | None:
    try:
        (row,) = json.loads(body)["effects"]["records"]
        ranges = tuple((str(stream), int(low), int(high)) for stream, low, high in row["streams"])
        prefix, origin, root = (str(row[name]) for name in ("prefix", "origin", "root"))
        nodes = _nodes(row["frontier"])
        seal = Seal(province, seq, prefix, origin, int(row["size"]), root, nodes)
        leaves = row["leaves"]
        if not PREFIX.fullmatch(prefix) or not ORIGIN.fullmatch(origin):
            return None
        if not LEAVES.fullmatch(leaves):
            return None
        count = sum(high - low + 1 for _stream, low, high in ranges)
        if any(not 1 <= low <= high for _stream, low, high in ranges):
            return None
        if len(leaves) != HASH_DIGITS * count:
            return None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Content(seal, ranges, leaves, altered=digest(body) != hash_)


def sealed_up_to(store: Store, stream: str) -> int:
    """Return the number of the last event of a stream that is sealed, 0 where none is."""
    row = store.row(SELECT_SEALED, (stream,))
    return 0 if row is None else int(row[0])


def _as_sealed(store: Reader, gone: Sequence[Superseded], content: Content) -> Iterator[Row | None]:
    """Yield the hash of each event that a seal took in, of one that was taken again since too."""
    kept = {
        (place, hash_)
        for one in gone
        if one.seq > content.seal.seq
        for place, hash_ in one.hashes()
    }
    actual = events(store, content.ranges, "hash")
    for place, hash_, row in zip(content.places(), content.hashes(), actual, strict=True):
        yield (hash_,) if (place, hash_) in kept else row


def _nodes(text: str) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(one) for one in text.split())


def walk(store: Store, province: str, at: int | None = None) -> Iterator[Checked | str]:
    """Build a province's tree anew from its events, and yield each seal with what does not fit.

    When the tree has ``at`` leaves, its root is yielded too, in hexadecimal. Where an event is gone
    or another, the tree goes on with the hash that the seal has kept, so that the seals after it
    are judged by what they took in themselves. Where the events make the root and the kept hashes
    do not, or the seal's own event is not the one recorded, it was the seal that was changed, and
    no event is accused.
    """
    tree, reached = merkle.Frontier(), dict[str, int]()
    origin, gone = None, superseded(store, province)
    replaced = iter(gone)
    waiting = next(replaced, None)
    for seq, content in contents(store, province):
        if content is None:
            fault = Fault(f"{STREAM}{province}", seq, _("the seal cannot be read"), "seal")
            yield Checked(seq, None, (fault,))
            continue
        while waiting is not None and waiting.seq < seq:
            last = reached.get(waiting.stream, 0)
            reached[waiting.stream] = min(last, waiting.first - 1)
            waiting = next(replaced, None)
        faults, unchanged = dict[str, Fault](), None
        actual = _as_sealed(store, gone, content)
        for (stream, number), kept, row in zip(
            content.places(), content.hashes(), actual, strict=True
        ):
            in_place = number == reached.get(stream, 0) + 1
            reason = _leaf_reason(row, kept, in_place)
            reached[stream] = number
            if reason is not None and stream not in faults:
                faults[stream] = _leaf_fault(stream, number, reason, tree.size, content.seal)
            if unchanged is None and row is not None and row[0] != kept:
                unchanged = merkle.Frontier(tree.size, tree.nodes)
            if unchanged is not None:
                now = row[0] if row is not None and _is_hash(row[0]) else kept
                unchanged.append(merkle.leaf(bytes.fromhex(now)))
            tree.append(merkle.leaf(bytes.fromhex(kept)))
            if tree.size == at:
                yield tree.root().hex()
        tree, own = _itself_changed(content, tree, unchanged)
        if own is not None:
            faults = {STREAM: Fault(f"{STREAM}{province}", seq, own, "seal")}
        origin = origin or content.seal.origin
        for wrong, reason in (
            (not content.seal.is_of(tree), _("the seal is not the root of what it took in")),
            (not content.ranges, _("the seal took nothing in")),
            (content.seal.origin != origin, _("the seal is of another log than the first")),
        ):
            if wrong:
                faults.setdefault(STREAM, Fault(f"{STREAM}{province}", seq, reason, "seal"))
        yield Checked(seq, content, tuple(faults.values()))


def _leaf_reason(row: Row | None, kept: str, in_place: bool) -> str | None:
    """Return what does not fit about an event that a seal took in; ``row`` has its hash."""
    if row is None:
        return _("the event is gone")
    if row[0] != kept:
        return _("the event is another than when it was sealed")
    return None if in_place else _("the seal takes it in at a wrong place")


def _itself_changed(
    content: Content, tree: merkle.Frontier, unchanged: merkle.Frontier | None
) -> tuple[merkle.Frontier, str | None]:
    """Return the tree to go on with, and how the seal itself was changed, if it was.

    ``tree`` is that of the hashes the seal has kept, ``unchanged`` that of the events as they are
    now, where they differ.
    """
    if unchanged and not content.seal.is_of(tree) and content.seal.is_of(unchanged):
        return unchanged, _("the hashes in the seal were changed; the events it took in were not")
    if content.altered:
        reason = _("the seal was changed, so it shows nothing about the events it took in")
        return tree, reason
    return tree, None


def _is_hash(value: Any) -> bool:
    is_long = isinstance(value, str) and len(value) == HASH_DIGITS
    return is_long and LEAVES.fullmatch(value) is not None


def _leaf_fault(stream: str, seq: int, reason: str, leaf: int, seal: Seal) -> Fault:
    return Fault(
        stream,
        seq,
        _("{reason} (leaf {leaf} of the seal {line})").format(
            reason=reason, leaf=leaf, line=seal.line
        ),
        "seal",
    )


def faults(store: Store) -> Iterator[Fault]:
    """Check every seal of every province; yield the first fault of each stream.

    Each names the leaf that does not fit, and the last seal before it that does.
    """
    for province in sealed_provinces(store):
        named, fitting = set[str](), None
        for checked in walk(store, province):
            if not isinstance(checked, Checked):
                continue
            for fault in checked.faults:
                if fault.stream not in named:
                    named.add(fault.stream)
                    yield with_last(fault, fitting)
            if not named and checked.content is not None:
                fitting = checked.content.seal
        yield from taken_again.faults(store, province, _reached(store, province))


def _reached(store: Store, province: str) -> Iterator[tuple[int, str, int]]:
    """Yield each seal's number with each stream it took in, and up to which event."""
    for seq, content in contents(store, province):
        for stream, _low, high in content.ranges if content is not None else ():
            yield seq, stream, high


def with_last(fault: Fault, fitting: Seal | None) -> Fault:
    """Return a fault whose reason names the last seal that fits."""
    known = (
        _("no seal before it fits")
        if fitting is None
        else _("the last seal that fits is {line}").format(line=fitting.line)
    )
    return Fault(fault.stream, fault.seq, f"{fault.reason}; {known}", fault.kind)


def held(store: Store, noted: Noted) -> Held:
    """Return whether every event that a noted seal covers is there unchanged.

    Only the log is asked, no table that could have been adapted to it.
    """
    found = [_held(store, noted, first) for first in _firsts_of(store, noted)]
    if not found:
        name = noted.prefix or noted.origin or ""
        reason = _("this log has no seal of {name}").format(name=name)
        return Held(noted, Fault(f"{STREAM}{name}", 0, reason, "seal"))
    # Somebody may have invented another province of the same prefix.
    return next((one for one in found if one.fault is None), found[0])


def _held(store: Store, noted: Noted, first: Seal) -> Held:
    """Hold a noted seal against the tree of one province."""
    noted = replace(noted, prefix=first.prefix)
    stream, fitting, root = f"{STREAM}{first.province}", None, None
    for checked in walk(store, first.province, noted.size):
        if isinstance(checked, str):
            root = checked
            continue
        if checked.faults:
            return Held(noted, with_last(checked.faults[0], fitting), fitting)
        assert checked.content is not None
        seal = checked.content.seal
        if root is None:
            fitting = seal
            continue
        if noted.fits(root):
            whole = noted.size == seal.size
            again = _taken_again(store, first.province, noted.size)
            odd = left_out(store, seal) if whole else None
            return Held(noted, last=seal, left_out=odd, superseded=again)
        reason = _("the tree of {size} events has another root here: {line}").format(
            size=noted.size, line=checkpoint.line(seal.prefix, noted.size, root)
        )
        fault = Fault(stream, seal.seq, reason, "seal")
        return Held(noted, with_last(fault, None) if fitting is None else fault)
    covered = fitting.size if fitting else 0
    reason = _("the seals here cover only {size} events").format(size=covered)
    return Held(noted, Fault(stream, fitting.seq if fitting else 0, reason, "seal"), fitting)


def _taken_again(store: Store, province: str, size: int) -> TakenAgain | None:
    """Return which of the first leaves of a tree are of events that were taken again since."""
    gone = {leaf for one in superseded(store, province) for leaf in one.hashes()}
    if not gone:
        return None
    under = [
        (stream, seq, kept)
        for stream, seq, kept in leaves(store, province, size)
        if ((stream, seq), kept) in gone
    ]
    here = events(store, [(stream, seq, seq) for stream, seq, _kept in under], "hash")
    odd = [leaf for leaf, row in zip(under, here, strict=True) if row != (leaf[2],)]
    return TakenAgain(len(odd), *odd[0][:2]) if odd else None


def left_out(store: Store, seal: Seal) -> LeftOut | None:
    """Return the events that are older than a seal by more than ``BEHIND`` and are not in it.

    That is no fault: a clock may have been wrong.
    """
    made = _moment(store, f"{STREAM}{seal.province}", seal.seq)
    try:
        limit = datetime.strptime(made, MOMENT).replace(tzinfo=UTC) - BEHIND
    except (ValueError, OverflowError):
        return None
    before, covered = limit.strftime(MOMENT), dict[str, int]()
    for seq, content in contents(store, seal.province):
        if content is not None and seq <= seal.seq:
            covered.update((stream, high) for stream, _low, high in content.ranges)
    odd = [
        (str(stream), covered.get(stream, 0) + 1, int(last) - covered.get(stream, 0))
        for stream, last in store.stream_rows(SELECT_OLDER, (seal.province, before))
        if isinstance(last, int) and last > covered.get(stream, 0)
    ]
    if not odd:
        return None
    moment, stream, seq = min((_moment(store, name, seq), name, seq) for name, seq, _n in odd)
    return LeftOut(sum(count for _name, _seq, count in odd), stream, seq, moment)


def _moment(store: Store, stream: str, seq: int) -> str:
    row = store.row(SELECT_MOMENT, (stream, seq))
    return "" if row is None else str(row[0])


def _firsts_of(store: Store, noted: Noted) -> Iterator[Seal]:
    """Yield of each province the first seal that a noted seal is of."""
    for province in sealed_provinces(store):
        for _seq, content in contents(store, province):
            if content is not None and noted.is_of(content.seal.prefix, content.seal.origin):
                yield content.seal
                break


def differences(store: Reader, other: Reader, province: str) -> Iterator[Fault]:
    """Yield the events that another log, a backup, has sealed and that are changed or gone here."""
    leaf, gone = 0, superseded(store, province)
    for _seq, content in contents(other, province):
        if content is None:
            continue
        actual = _as_sealed(store, gone, content)
        for (stream, number), kept, row in zip(
            content.places(), content.hashes(), actual, strict=True
        ):
            if row is None or row[0] != kept:
                reason = _("the event is gone") if row is None else _("the event is another")
                yield _leaf_fault(stream, number, reason, leaf, content.seal)
            leaf += 1


def leaves(store: Store, province: str, size: int) -> Sequence[tuple[str, int, str]]:
    """Return the first ``size`` leaves of a province's tree: stream, number and hash."""
    every = (
        (stream, seq, kept)
        for _seq, content in contents(store, province)
        if content is not None
        for (stream, seq), kept in zip(content.places(), content.hashes(), strict=True)
    )
    return list(islice(every, size))
