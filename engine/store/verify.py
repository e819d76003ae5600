"""Verifying the log: is every event what was sealed, and do the tables follow from it?"""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from typing import Any

from engine import codes
from engine.errors import StorageError
from engine.i18n import _
from engine.store import fold, log, migrate, schema, seals
from engine.store.canonical import GENESIS, digest, dumps
from engine.store.database import Store
from engine.store.fault import Fault, Kind
from engine.store.personal import FIELDS, commitment
from engine.store.tables import FOLDS
from engine.vietnamese.text import bare

SELECT_EVENTS = (
    "SELECT stream, seq, province, step, from_state, to_state, on_date, recorded_at, officer, "
    "body, hash, {row_digest} FROM event ORDER BY stream{c}, seq"
)
C_ORDER = ' COLLATE "C"'
"""What a server is asked for, so that its own collation orders nothing; SQLite compares bytes."""
SELECT_PERSONAL = (
    "SELECT p.club, p.member, p.name, p.id_number, p.phone, p.village, p.note, p.salt, "
    'p.name_key, p.province, coalesce(m."commit", o."commit"), c.province FROM personal p '
    "LEFT JOIN member m ON m.club = p.club AND m.id = p.member "
    "LEFT JOIN person o ON o.club = p.club AND o.id = p.member "
    "LEFT JOIN club c ON c.id = p.club"
)
SELECT_NAMELESS = (
    "SELECT n.club, n.id FROM (SELECT club, id FROM member UNION ALL SELECT club, id FROM person) "
    "n LEFT JOIN personal p ON p.club = n.club AND p.member = n.id WHERE p.member IS NULL"
)
SELECT_NAMED = (
    "SELECT body FROM event WHERE stream = ? AND step IN ('roster', 'set_board', 'change_board', "
    "'erase') ORDER BY seq"
)
COPIES = ("stream", "seq", "step", "from", "to", "on", "recorded_at", "officer")


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


def chain_faults(store: Store) -> Iterator[Fault]:
    """Yield the first fault of each stream, in the order of streams."""
    heads = _heads(store)
    stream, seq, prev, province, broken = "", 0, GENESIS, "", False
    for row in store.stream_rows(_select_events(store)):
        if row[0] != stream:
            if stream and not broken:
                yield from _end(stream, seq, prev, heads)
            heads.pop(stream, None)
            stream, seq, prev, province, broken = row[0], 0, GENESIS, "", False
        if broken:
            continue
        fault, province = _event_fault(row, seq + 1, prev, province)
        if fault is not None:
            broken = True
            yield Fault(str(stream), row[1] if isinstance(row[1], int) else seq + 1, fault)
            continue
        seq, prev = row[1], row[10]
    if stream and not broken:
        yield from _end(stream, seq, prev, heads)
    heads.pop(stream, None)
    for missing, (at, _head) in sorted(heads.items()):
        yield Fault(missing, at, _("its events are gone"), "end")


def _heads(store: Store) -> dict[str, tuple[int, str]]:
    clubs = store.rows("SELECT id, seq, head FROM club")
    found = {f"club:{club}": (seq, head) for club, seq, head in clubs}
    found |= {id_: (seq, head) for id_, seq, head in store.rows("SELECT id, seq, head FROM stream")}
    return found


def _end(stream: str, seq: int, prev: str, heads: dict[str, tuple[int, str]]) -> Iterator[Fault]:
    if stream not in heads:
        yield Fault(stream, seq, _("the tables do not know this stream"), "table")
    elif heads[stream] != (seq, prev):
        reached = heads[stream][0]
        reason = (
            _("the last event is not the one the tables were made from")
            if reached == seq
            else _("the stream ends here, but the tables were made from it up to event {seq}")
        )
        kind: Kind = "table" if isinstance(reached, int) and reached < seq else "end"
        yield Fault(stream, seq, reason.format(seq=reached), kind)


def _event_fault(
    row: tuple[Any, ...], expected: int, prev: str, province: str
) -> tuple[str | None, str]:
    """Return what is wrong with an event, and the province its stream belongs to."""
    body, hash_ = row[9], row[10]
    if row[1] != expected:
        return _("event {seq} is missing").format(seq=expected), province
    if not isinstance(body, str) or digest(body) != hash_:
        return _("the body is not the one that was recorded"), province
    try:
        found = json.loads(body)
        canonical = dumps(found) == body
    except ValueError:
        return _("the body cannot be read"), province
    if not canonical or not isinstance(found, dict):
        return _("the body is not in its canonical spelling"), province
    if found.get("prev") != prev:
        return _("it does not follow the event before it"), province
    copies = (*row[:2], *row[3:9])
    for name, column in zip(COPIES, copies, strict=True):
        if found.get(name) != column:
            return _("the column {name} is not what the body says").format(name=name), province
    if _row_digest(found) != row[11]:
        reason = _("the column {name} is not what the body says").format(name="row_digest")
        return reason, province
    owner = _owner(found) or province
    if row[2] != owner:
        return _("the column {name} is not what the body says").format(name="province"), owner
    return None, owner


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
    there = any(one.name == "row_digest" for one in store.database.get_columns("event"))
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
                raise damaged(stream, seq, _("the body is not the one that was recorded"))
            whole.update(f"{stream} {seq} {hash_}\n".encode())
            lines += 1
    return whole.hexdigest(), lines


def damaged(stream: str, seq: int, reason: str) -> StorageError:
    """Return the error for an event that is not what was sealed."""
    return StorageError(
        _("Event {seq} of {stream} does not fit: {reason}.").format(
            seq=seq, stream=stream, reason=reason
        ),
        code=codes.LOG_DAMAGED,
        help=_("Bring back a backup: clb db restore FILE."),
    )


def whole(store: Store) -> Iterator[Fault]:
    """Check a database whole and yield every fault: nothing found means that it can be used.

    What it is made of (no table, index or column missing, no trigger, view or table that is not
    ours), the chain of every stream, every table against a fold of the log, every seal, the
    personal data against the log's commitments. A database that lacks a table or a column is not
    read further; the tables are compared only with a log that is whole, and only in a database of
    this version.
    """
    different = schema.differences(store)
    for one in different:
        yield Fault(one.table, 0, one.reason, "schema")
    if any(one.lacking for one in different):
        return
    with damaged_text(store):
        sound = True
        for fault in chain_faults(store):
            sound = sound and fault.kind != "log"
            yield fault
        if sound and migrate.applied(store) == migrate.known():
            yield from table_faults(store)
        yield from seals.faults(store)
        yield from personal_faults(store)


def personal_faults(store: Store) -> Iterator[Fault]:
    """Yield the members whose personal data is not what was committed to, or is gone.

    What was erased by ``erase`` is no fault.
    """
    for row in store.stream_rows(SELECT_PERSONAL):
        club, member, *rest = row
        reason = _personal_reason(rest)
        if reason is not None:
            yield Fault(f"club:{club}", 0, reason.format(member=member), "personal")
    named: dict[str, set[str]] = {}
    for club, member in store.rows(SELECT_NAMELESS):
        if club not in named:
            named.clear()
            named[club] = _named(store, club)
        if member in named[club]:
            yield Fault(
                f"club:{club}",
                0,
                _("the personal data of {member} is gone, and nobody erased it").format(
                    member=member
                ),
                "personal",
            )


def _personal_reason(row: Sequence[Any]) -> str | None:
    """Return what is wrong with a row of personal data."""
    *texts, salt, name_key, province, committed, owner = row
    if not _is_committed(salt, dict(zip(FIELDS, texts, strict=True)), committed):
        return _("the personal data of {member} is not what the log committed to")
    if name_key != bare(texts[0]):
        return _("the search key of {member} is not that of the name")
    if province != owner:
        return _("the personal data of {member} is filed under another province")
    return None


def _named(store: Store, club: str) -> set[str]:
    """Return whose personal data a club must have: who was entered and not erased since."""
    found: set[str] = set()
    for (body,) in store.rows(SELECT_NAMED, (f"club:{club}",)):
        event = json.loads(body)
        if event["step"] == "erase":
            found.discard(event["form"]["member"])
        for change in event["effects"].get("roster", ()):
            if change.get("commit"):
                found.add(change["member"])
    return found


def _is_committed(salt: str, identity: dict[str, str | None], committed: str | None) -> bool:
    try:
        return commitment(salt, identity) == committed
    except ValueError:
        return False


def table_faults(store: Store) -> Iterator[Fault]:
    """Compare every table with a fold of the log made anew; yield each table's first difference."""
    with closing(schema.empty()) as fresh:
        for event, province in log.read_all(store):
            fold.apply(fresh, event, province)
        for table in FOLDS:
            name = table._meta.table_name
            columns = ", ".join(f'"{column}"' for column in table._meta.columns)
            sql = f"SELECT {columns} FROM {name} ORDER BY {columns}"
            here = [_normal(row) for row in store.rows(sql)]
            there = [_normal(row) for row in fresh.rows(sql)]
            different = set(here) ^ set(there)
            if not different:
                continue
            odd = next(row for row in (*here, *there) if row in different)
            yield Fault(
                name,
                0,
                _("the table is not what the log says, first at {row}").format(
                    row=", ".join(str(value) for value in odd[:3])
                ),
                "table",
            )


def _normal(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(int(value) if isinstance(value, bool) else value for value in row)


def rebuild(store: Store) -> int:
    """Empty the tables and fold the log again; personal data is left alone. Returns the events.

    Indexes that are missing are made again.
    """
    count = 0
    with store.write():
        store.hold_all()
        schema.restore_indexes(store)
        for table in FOLDS:
            store.run(f"DELETE FROM {table._meta.table_name}")
        for event, province in log.read_all(store):
            fold.apply(store, event, province)
            count += 1
    return count
