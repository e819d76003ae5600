"""Verifying the log: is every event what was sealed, and do the tables follow from it?

The log is read once, stream by stream, and so are the tables next to it, in the same order: what is
in memory is one stream with its rows, however large the database is.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, TypeVar
from unicodedata import is_normalized

from engine import codes
from engine.errors import StorageError
from engine.i18n import _
from engine.model import Event
from engine.store import codec, fold, migrate, schema, seals
from engine.store.canonical import GENESIS, digest, dumps
from engine.store.database import Row, Store
from engine.store.failures import bring_back
from engine.store.fault import Fault, Kind
from engine.store.personal import is_committed
from engine.store.rows import COLUMNS, KEYS, Rows
from engine.vietnamese.text import bare

SELECT_EVENTS = (
    "SELECT stream, seq, province, step, from_state, to_state, on_date, recorded_at, officer, "
    "body, hash, {row_digest} FROM event ORDER BY stream{c}, seq"
)
C_ORDER = ' COLLATE "C"'
"""What a server is asked for, so that its own collation orders nothing; SQLite compares bytes."""
SELECT_CLUB_HEADS = "SELECT 'club:' || id, seq, head FROM club ORDER BY id{c}"
SELECT_STREAM_HEADS = "SELECT id, seq, head FROM stream ORDER BY id{c}"
SELECT_PERSONAL = (
    "SELECT club, member, name, id_number, phone, village, note, salt, name_key, province "
    "FROM personal ORDER BY club{c}, member{c}"
)
SELECT_CUT = """
SELECT h.name, h.seq, h.head, e.hash,
       (SELECT max(seq) FROM event l WHERE l.stream = h.name)
FROM (SELECT 'club:' || id AS name, seq, head FROM club
      UNION ALL SELECT id, seq, head FROM stream) h
LEFT JOIN event e ON e.stream = h.name AND e.seq = h.seq
WHERE e.hash IS NULL OR e.hash <> h.head
ORDER BY h.name"""
COPIES = ("stream", "seq", "step", "from", "to", "on", "recorded_at", "officer")


T = TypeVar("T")


@contextmanager
def damaged_text(store: Store) -> Iterator[None]:
    """Let text be read whose bytes are no UTF-8: it then differs from what was sealed."""
    if not store.is_sqlite:
        yield
        return
    connection = store.database.connection()
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        yield
    finally:
        connection.text_factory = str


Judge = Callable[[Event, Sequence[Event], Rows], str | None]
"""Says what an event contradicts: given it, the events before it and the rows they came to."""


@dataclass(slots=True)
class Stream:
    """A stream that was read: to its end, or to the first event that does not fit.

    ``seq`` and ``head`` are those of the last event that fits, ``rows`` what the tables must hold
    of it. ``people`` are the commitments to the personal data that must be there, by member.
    ``fault`` is where reading stopped, ``doubts`` what the judge found.
    """

    name: str
    province: str = ""
    seq: int = 0
    head: str = GENESIS
    rows: Rows = field(default_factory=Rows)
    people: dict[str, str] = field(default_factory=dict)
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


def streams(store: Store, *, folded: bool = True, judge: Judge | None = None) -> Iterator[Stream]:
    """Read the log once and yield each stream, in the order of their names' bytes.

    Without ``folded`` only the chain is checked, and there are no rows and no people.
    """
    for name, rows in groupby(store.scan(_select_events(store)), key=itemgetter(0)):
        stream = Stream(str(name))
        earlier: list[Event] = []
        for row in rows:
            reason, found = _event_fault(row, stream)
            event = None
            if reason is None and folded:
                reason, event = _folded(found, row[10], stream, judge, earlier)
            if reason is not None:
                at = row[1] if isinstance(row[1], int) else stream.seq + 1
                stream.fault = Fault(stream.name, at, reason)
                break
            stream.seq, stream.head = row[1], row[10]
            if event is not None and judge is not None:
                earlier.append(event)
        yield stream


def _folded(
    found: dict[str, Any],
    hash_: str,
    stream: Stream,
    judge: Judge | None,
    earlier: Sequence[Event],
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
            reason = judge(event, earlier, stream.rows)
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


def whole(store: Store, judge: Judge | None = None) -> Iterator[Fault]:
    """Check a database whole and yield every fault: nothing found means that it can be used.

    What it is made of (no table, index or column missing, no trigger, view or table that is not
    ours), the chain of every stream and what the judge finds in it, every table against a fold of
    the log, the personal data against the log's commitments, every seal. A database that lacks a
    table or a column is not read further; the tables are compared only with streams that are whole,
    and only in a database of this version. Reads one snapshot where the caller has opened one.
    """
    different = schema.differences(store)
    for one in different:
        yield Fault(one.table, 0, one.reason, "schema")
    if any(one.lacking for one in different):
        return
    current = migrate.applied(store) == migrate.known()
    yield from faults(store, tables=current, personal=True, judge=judge)
    yield from seal_faults(store)


def seal_faults(store: Store) -> Iterator[Fault]:
    """Check every seal; yield the first fault of each stream that one took in."""
    yield from readably(store, lambda: list(seals.faults(store)))


def chain_faults(store: Store) -> Iterator[Fault]:
    """Yield the first fault of each stream, in the order of streams."""
    return faults(store)


def table_faults(store: Store) -> Iterator[Fault]:
    """Compare every table with a fold of the log; yield each table's first difference."""
    return (one for one in faults(store, tables=True) if one.stream in COLUMNS)


def personal_faults(store: Store) -> Iterator[Fault]:
    """Yield the members whose personal data is not what was committed to, or is gone.

    What was erased by ``erase`` is no fault.
    """
    return (one for one in faults(store, personal=True) if one.kind == "personal")


def faults(
    store: Store, *, tables: bool = False, personal: bool = False, judge: Judge | None = None
) -> Iterator[Fault]:
    """Read the log once and yield what is wrong with it, and with what is held against it.

    The faults of streams come in their order, then what the judge found, then those of tables.
    Nothing is judged while a province's own stream is broken: it holds who was in office.
    """
    yield from readably(store, lambda: list(_faults(store, tables, personal, judge)))


def readably(store: Store, work: Callable[[], T]) -> T:
    """Do work that reads the log; again, where some text is no UTF-8, with such text let in.

    That is slow, so it is done only then.
    """
    try:
        return work()
    except StorageError as error:
        if UNDECODED not in str(error.__cause__):
            raise
    with damaged_text(store):
        return work()


UNDECODED = "decode to UTF-8"
"""What SQLite's driver says of such a text."""


def _faults(store: Store, tables: bool, personal: bool, judge: Judge | None) -> Iterator[Fault]:
    heads = _Owned(
        chain(
            store.scan(in_c_order(store, SELECT_CLUB_HEADS)),
            store.scan(in_c_order(store, SELECT_STREAM_HEADS)),
        )
    )
    compared = _Comparison(store) if tables else None
    people = _Owned(store.scan(in_c_order(store, SELECT_PERSONAL))) if personal else None
    folded = tables or personal or judge is not None
    doubts: list[Fault] = []
    judged = True
    for stream in streams(store, folded=folded, judge=judge):
        strangers, own = heads.take(stream.name)
        yield from map(_gone, strangers)
        if stream.fault is not None:
            yield stream.fault
            # Who was in office is recorded there: of what is broken nobody can be judged by.
            judged = judged and stream.kind == "club"
        else:
            if stream.doubt is not None:
                doubts.append(stream.doubt)
            yield from _end(stream, own)
        if compared is not None:
            compared.hold(stream)
        if people is not None and stream.kind == "club":
            yield from _people_faults(stream, people)
    yield from map(_gone, heads.rest())
    if judged:
        yield from doubts
    if people is not None:
        yield from map(_nobodys, people.rest())
    if compared is not None:
        yield from compared.faults()


def _gone(row: Row) -> Fault:
    return Fault(str(row[0]), row[1], _("its events are gone"), "end")


def _end(stream: Stream, own: list[Row]) -> Iterator[Fault]:
    if not own:
        reason = _("the tables do not know this stream")
        yield Fault(stream.name, stream.seq, reason, "table")
    elif own[0][1:] != (stream.seq, stream.head):
        reached = own[0][1]
        reason = (
            _("the last event is not the one the tables were made from")
            if reached == stream.seq
            else _("the stream ends here, but the tables were made from it up to event {seq}")
        )
        kind: Kind = "table" if isinstance(reached, int) and reached < stream.seq else "end"
        yield Fault(stream.name, stream.seq, reason.format(seq=reached), kind)


class _Owned:
    """Rows in the order of whose they are, the first column, taken an owner at a time."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def take(self, owner: str) -> tuple[list[Row], list[Row]]:
        """Return the rows of owners that come before this one, and this one's.

        Owners are asked for in order; of each of those before it one row is enough.
        """
        strangers = []
        while self._next is not None and self._before(owner):
            strangers.append(next(self._next[1]))
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != owner:
            return strangers, []
        own = list(self._next[1])
        self._next = next(self._groups, None)
        return strangers, own

    def _before(self, owner: str) -> bool:
        assert self._next is not None
        here = self._next[0]
        return not isinstance(here, str) or here < owner

    def rest(self) -> Iterator[Row]:
        """Return a row of each owner that was not asked for."""
        while self._next is not None:
            yield next(self._next[1])
            self._next = next(self._groups, None)


class _Comparison:
    """The tables, held against the rows of one stream after the other."""

    def __init__(self, store: Store) -> None:
        self._tables = {name: _Owned(store.scan(_select(store, name))) for name in COLUMNS}
        self._odd: dict[str, Row] = {}

    def hold(self, stream: Stream) -> None:
        """Compare a stream's rows with those of the tables; one that is broken is left out."""
        for name in TABLES_OF.get(stream.kind, ("stream",)):
            owner = stream.name if name == "stream" else stream.owner
            strangers, here = self._tables[name].take(owner)
            if name in self._odd:
                continue
            if strangers:
                self._odd[name] = strangers[0]
                continue
            there = stream.rows.lines(name)
            if stream.fault is None and (here or there):
                self._compare(name, here, there)

    def _compare(self, name: str, here: list[Row], there: list[Row]) -> None:
        different = set() if here == there else set(here) ^ set(there)
        if different:
            self._odd[name] = next(row for row in (*here, *there) if row in different)

    def faults(self) -> Iterator[Fault]:
        """Yield the first difference of each table; rows that belong to no stream are one."""
        for name, rows in self._tables.items():
            odd = self._odd.get(name) or next(rows.rest(), None)
            if odd is not None:
                yield Fault(
                    name,
                    0,
                    _("the table is not what the log says, first at {row}").format(
                        row=", ".join(str(value) for value in odd[:3])
                    ),
                    "table",
                )


TABLES_OF = {
    "province": ("stream", *fold.PROVINCE_TABLES),
    "seal": ("stream", *fold.SEAL_TABLES),
    "club": tuple(
        name for name in COLUMNS if name not in ("stream", *fold.PROVINCE_TABLES, *fold.SEAL_TABLES)
    ),
}
"""The tables that a stream of each kind is folded into."""


def _select(store: Store, table: str) -> str:
    """Return the query of a table, in the order of its streams and in the order of its key."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS[table])
    first = COLUMNS[table][0]
    key = [first, *(name for name in KEYS[table] if name != first)]
    order = f'"{first}"{{c}}, ' + ", ".join(f'"{name}"' for name in key)
    return in_c_order(store, f"SELECT {columns} FROM {table} ORDER BY {order}")


def _people_faults(stream: Stream, people: _Owned) -> Iterator[Fault]:
    """Yield whose personal data is not what the stream committed to, or is gone."""
    strangers, own = people.take(stream.owner)
    yield from map(_nobodys, strangers)
    if stream.fault is not None:
        return
    missing = dict(stream.people)
    for _club, member, *rest in own:
        reason = _personal_reason(rest, missing.pop(member, None), stream.province)
        if reason is not None:
            yield Fault(stream.name, 0, reason.format(member=member), "personal")
    for member in missing:
        reason = _("the personal data of {member} is gone, and nobody erased it")
        yield Fault(stream.name, 0, reason.format(member=member), "personal")


def _nobodys(row: Row) -> Fault:
    reason = _("the personal data of {member} is not what the log committed to")
    return Fault(f"club:{row[0]}", 0, reason.format(member=row[1]), "personal")


def _personal_reason(row: Sequence[Any], committed: str | None, owner: str) -> str | None:
    """Return what is wrong with a row of personal data."""
    *texts, salt, name_key, province = row
    try:
        same = is_committed(committed, salt, texts)
    except (TypeError, ValueError):
        same = False
    if not same:
        return _("the personal data of {member} is not what the log committed to")
    if name_key != bare(texts[0]):
        return _("the search key of {member} is not that of the name")
    if province != owner:
        return _("the personal data of {member} is filed under another province")
    return None


def _event_fault(row: Row, stream: Stream) -> tuple[str | None, dict[str, Any]]:
    """Return what is wrong with the next event of a stream, and its body.

    Notes the province that the stream belongs to.
    """
    body, hash_ = row[9], row[10]
    if row[1] != stream.seq + 1:
        return _("event {seq} is missing").format(seq=stream.seq + 1), {}
    if not isinstance(body, str) or digest(body) != hash_:
        return _("the body is not the one that was recorded"), {}
    try:
        found = WHOLE.decode(body)
        canonical = dumps(found) == body
    except FractionError:
        return _("the body holds a number that is not whole"), {}
    except (ValueError, RecursionError):
        return _("the body cannot be read"), {}
    if not canonical or not isinstance(found, dict):
        return _("the body is not in its canonical spelling"), {}
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


class FractionError(ValueError):
    """A number that is not whole, which no body holds."""


def _no_fraction(number: str) -> Any:
    raise FractionError(number)


WHOLE = json.JSONDecoder(parse_float=_no_fraction)
"""Reads what has no fractions."""


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


def in_c_order(store: Store, sql: str) -> str:
    """Return a query whose ``{c}`` makes the order of texts that of their bytes everywhere."""
    return sql.format(c="" if store.is_sqlite else C_ORDER)


def _select_events(store: Store) -> str:
    """Return the query of the log; an older database, held in a copy, lacks the row's digest."""
    there = "row_digest" in store.columns("event")
    return in_c_order(
        store, SELECT_EVENTS.replace("{row_digest}", "row_digest" if there else "NULL")
    )


def head(store: Store) -> tuple[str, int]:
    """Return one digest over every ``stream seq hash`` line in order, and how many there are.

    Only a head noted elsewhere shows that a tail was cut or a club is missing. Raises
    ``StorageError`` for a body that is not the one its hash was made of: the line would seem to
    vouch for it.
    """
    whole, lines = sha256(), 0
    with store.snapshot(), damaged_text(store):
        for row in store.stream_rows(_select_events(store)):
            stream, seq, body, hash_ = row[0], row[1], row[9], row[10]
            if not isinstance(body, str) or digest(body) != hash_:
                raise damaged(store, stream, seq, _("the body is not the one that was recorded"))
            whole.update(f"{stream} {seq} {hash_}\n".encode())
            lines += 1
    return whole.hexdigest(), lines


def damaged(store: Store, stream: str, seq: int, reason: str) -> StorageError:
    """Return the error for an event that is not what was sealed."""
    return StorageError(
        _("Event {seq} of {stream} does not fit: {reason}.").format(
            seq=seq, stream=stream, reason=reason
        ),
        code=codes.LOG_DAMAGED,
        help=bring_back(store.target),
    )


def rebuild(store: Store) -> int:
    """Empty the tables and fold the log again; personal data is left alone. Returns the events.

    Indexes that are missing are made again. Raises ``StorageError`` for an event that does not fit
    (``CLB-LOG-DAMAGED``); nothing is changed then.
    """
    return readably(store, lambda: _rebuild(store))


def _rebuild(store: Store) -> int:
    count = 0
    with store.write():
        store.hold_all()
        schema.restore_indexes(store)
        for name in COLUMNS:
            store.run(f"DELETE FROM {name}")
        waiting: dict[str, list[Row]] = {}
        for stream in streams(store):
            if stream.fault is not None:
                raise damaged(store, stream.fault.stream, stream.fault.seq, stream.fault.reason)
            count += stream.seq
            for name in TABLES_OF.get(stream.kind, ("stream",)):
                waiting.setdefault(name, []).extend(stream.rows.lines(name))
            if sum(map(len, waiting.values())) > AT_ONCE:
                _write(store, waiting)
        _write(store, waiting)
    return count


def _write(store: Store, waiting: dict[str, list[Row]]) -> None:
    for name, lines in waiting.items():
        # A number that no database holds is only in a log that somebody wrote.
        with codec.damaged_bodies():
            store.many(fold.insertion(name, COLUMNS[name]), lines)
    waiting.clear()


AT_ONCE = 1000
"""Rows that are kept until they are written."""


def cut_ends(store: Store) -> Iterator[Fault]:
    """Yield the streams of which the tables know more than the log: their end was cut off."""
    for name, reached, head_, here, last in store.rows(SELECT_CUT):
        if here is None or reached >= last:
            stream = Stream(name, seq=last or 0)
            own = [(name, reached, head_)]
            yield from _end(stream, own) if last else map(_gone, own)
