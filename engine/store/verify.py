"""Verifying the log: is every event what was sealed, and do the tables follow from it?

The log is read once, stream by stream, and so are the tables next to it, in the same order: what is
in memory is one stream with its rows, however large the database is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from engine import codes
from engine.errors import StorageError
from engine.i18n import _
from engine.store import codec, fold, migrate, schema, seals
from engine.store.canonical import digest
from engine.store.database import Row, Store
from engine.store.failures import bring_back
from engine.store.fault import Fault
from engine.store.rows import COLUMNS
from engine.store.second_process import Second, checked
from engine.store.span import EVENT_COLUMNS, in_c_order, select_events
from engine.store.stream import Judge, Stream, read_stream
from engine.store.stream_check import Work, end, gone, tables_of

SELECT_HASHES = "SELECT stream, seq, body, hash FROM event{where} ORDER BY stream{c}, seq"
SELECT_STORED = (
    f"SELECT {EVENT_COLUMNS.format(row_digest='row_digest')} FROM event "
    "WHERE stream = ? ORDER BY seq"
)
SELECT_CUT = """
SELECT h.name, h.seq, h.head, e.hash,
       (SELECT max(seq) FROM event l WHERE l.stream = h.name)
FROM (SELECT 'club:' || id AS name, seq, head FROM club
      UNION ALL SELECT id, seq, head FROM stream) h
LEFT JOIN event e ON e.stream = h.name AND e.seq = h.seq
WHERE e.hash IS NULL OR e.hash <> h.head
ORDER BY h.name"""


T = TypeVar("T")


@contextmanager
def damaged_text(store: Store) -> Iterator[None]:
    """Let text be read whose bytes are no UTF-8: it then differs from what was sealed."""
    if not store.is_sqlite:
        yield
        return
    connection = store.database.connection()
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    try:
        yield
    finally:
        connection.text_factory = str


def streams(store: Store, *, folded: bool = True, judge: Judge | None = None) -> Iterator[Stream]:
    """Read the log once and yield each stream, in the order of their names' bytes.

    Without ``folded`` only the chain is checked, and there are no rows and no people.
    """
    for name, rows in groupby(store.scan(select_events(store)), key=itemgetter(0)):
        yield read_stream(str(name), rows, folded=folded, judge=judge)


def stored(store: Store, name: str) -> list[Row]:
    """Return the rows of a stream as ``read_stream`` takes them."""
    return store.rows(SELECT_STORED, (name,))


def whole(
    store: Store, judge: Judge | None = None, second: Second | None = None
) -> Iterator[Fault]:
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
    yield from faults(store, tables=current, personal=True, judge=judge, second=second)
    yield from seal_faults(store)


def seal_faults(store: Store) -> Iterator[Fault]:
    """Check every seal; yield the first fault of each stream that one took in."""
    yield from readably(store, lambda: list(seals.faults(store)))


def faults(
    store: Store,
    *,
    tables: bool = False,
    personal: bool = False,
    judge: Judge | None = None,
    second: Second | None = None,
) -> Iterator[Fault]:
    """Read the log once and yield what is wrong with it, and with what is held against it.

    The faults of streams come in their order, then what the judge found, then those of tables.
    Nothing is judged while a province's own stream is broken: it holds who was in office. A
    ``second`` process checks part of it.
    """
    work = Work(judge, tables, personal)
    yield from readably(store, lambda: list(_faults(store, work, second)))


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


def _faults(store: Store, work: Work, second: Second | None) -> Iterator[Fault]:
    found = checked(store, work, second)
    yield from found.faults
    if not found.unjudged:
        yield from found.doubts
    # A login of communes sees no stream of seals, and so nothing to hold these tables against.
    passed = fold.SEAL_TABLES if store.is_partial else ()
    for name in COLUMNS:
        if name in found.odd and name not in passed:
            yield _differs(name, found.odd[name])


def _differs(table: str, row: Row) -> Fault:
    shown = ", ".join(str(value) for value in row[:3])
    reason = _("the table is not what the log says, first at {row}").format(row=shown)
    return Fault(table, 0, reason, "table")


def of_province(province: str | None) -> str:
    """Return the condition of a province's rows, whose id this database has; of all for none."""
    return "" if province is None else " WHERE province = '{}'".format(province.replace("'", "''"))


def head(store: Store, province: str | None = None) -> tuple[str, int]:
    """Return one digest over every ``stream seq hash`` line in order, and how many there are.

    With ``province`` only its events are taken.

    Only a head noted elsewhere shows that a tail was cut or a club is missing. Raises
    ``StorageError`` for a body that is not the one its hash was made of: the line would seem to
    vouch for it.
    """
    return readably(store, lambda: _head(store, province))


def _head(store: Store, province: str | None) -> tuple[str, int]:
    whole, lines = sha256(), 0
    query = in_c_order(store, SELECT_HASHES.replace("{where}", of_province(province)))
    with store.snapshot():
        for stream, seq, body, hash_ in store.scan(query):
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
            for name in tables_of(stream.kind):
                waiting.setdefault(name, []).extend(stream.rows.lines(name))
            if sum(map(len, waiting.values())) > AT_ONCE:
                _write(store, waiting)
        _write(store, waiting)
    return count


def refold(store: Store, name: str) -> None:
    """Empty a stream's rows in every table and fold it again. Call inside ``store.write``."""
    kind, _colon, owner = name.partition(":")
    stream = read_stream(name, stored(store, name))
    if stream.fault is not None:
        raise damaged(store, name, stream.fault.seq, stream.fault.reason)
    for table in tables_of(kind):
        first = name if table == "stream" else owner
        store.run(f'DELETE FROM {table} WHERE "{COLUMNS[table][0]}" = ?', (first,))
    _write(store, {table: stream.rows.lines(table) for table in tables_of(kind)})


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
            yield from end(stream, own) if last else map(gone, own)
