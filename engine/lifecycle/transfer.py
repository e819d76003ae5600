"""Copying what a database holds into another one, of whatever kind: a file, a server.

Events are added after those that are there already; every other table is replaced. All of it is
one transaction of the database written to, and a copy can be repeated.
"""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any

from engine import codes
from engine.errors import InputError, RefusedError, StorageError
from engine.i18n import _
from engine.lifecycle import upkeep
from engine.store import migrate, seals, verify
from engine.store.database import Row, Store, connect
from engine.store.tables import ALL, EventTable, Table
from engine.store.url import DatabaseAddress

AT_ONCE = 1000
"""Rows that are written at a time."""
SUM_OF = 1 << 128


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a copy did: the events there are now, how many came with it, and the log's head.

    ``seals`` are the last seals of the provinces, as lines.
    """

    events: int
    added: int
    head: str
    seals: tuple[str, ...]
    made: bool


def transfer(source: DatabaseAddress, target: DatabaseAddress, province: str | None) -> Transfer:
    """Copy a database, or one province of it, into another one, which is made where it is missing.

    What others write into ``source`` meanwhile is not in the copy. Raises ``InputError``,
    ``StorageError``, ``ConflictError``, and ``RefusedError`` where ``target`` has events that
    ``source`` lacks; nothing is changed then.
    """
    _apart(source, target)
    with closing(connect(source)) as old:
        migrate.require_current(old)
        with old.snapshot():
            _require_province(old, province)
            made = upkeep.init(target)
            with closing(connect(target)) as new, new.write("migrations"):
                new.hold_all()
                return _copy(old, new, province, made)


def _apart(source: DatabaseAddress, target: DatabaseAddress) -> None:
    same = source == target
    if source.file is not None and target.file is not None and os.path.exists(target.file):
        same = os.path.exists(source.file) and os.path.samefile(source.file, target.file)
    if same:
        raise InputError(
            _("{file} is the database itself.").format(file=target),
            code=codes.RESTORE_SAME,
            help=_("Name another database to copy into."),
        )


def _require_province(old: Store, province: str | None) -> None:
    known = seals.provinces(old)
    if province is not None and province not in known:
        raise InputError(
            _("{database} has nothing of the province {province}.").format(
                database=old.target, province=province
            ),
            code=codes.PROVINCE_UNKNOWN,
            help=_("Give one of: {names}.").format(names=", ".join(known)),
        )


def _copy(old: Store, new: Store, province: str | None, made: bool) -> Transfer:
    there = _ends(old, new, province)
    added = 0
    for table in ALL:
        columns = [field.column_name for field in table._meta.sorted_fields]
        if table is EventTable:
            added = _write(new, table, columns, _later(_rows(old, table, columns, province), there))
            continue
        new.run(f"DELETE FROM {table._meta.table_name}{verify.of_province(province)}")
        _write(new, table, columns, _rows(old, table, columns, province))
    if not new.is_sqlite:
        new.run("ANALYZE")
    for table in ALL:
        columns = [field.column_name for field in table._meta.sorted_fields]
        if _sum(_rows(old, table, columns, province)) != _sum(_rows(new, table, columns, province)):
            raise _differs(new, table._meta.table_name)
    head, events = verify.head(old, province)
    if verify.head(new, province) != (head, events):
        raise _differs(new, "event")
    lines = [seals.last(new, one) for one in seals.provinces(new) if province in (None, one)]
    return Transfer(events, added, head, tuple(one.line for one in lines if one), made)


def _ends(old: Store, new: Store, province: str | None) -> dict[str, int]:
    """Return the last event's number of each stream there is in ``new``.

    Raises ``RefusedError`` for one that is not, in all it has, a stream of ``old``.
    """
    found = dict[str, int]()
    last = f"SELECT stream, max(seq) FROM event{verify.of_province(province)} GROUP BY stream"
    own = "SELECT hash FROM event WHERE stream = ? AND seq = ?"
    for stream, seq in new.rows(last):
        if old.row(own, (stream, seq)) != new.row(own, (stream, seq)):
            raise RefusedError(
                _("{database} has events of {stream} that {source} lacks.").format(
                    database=new.target, stream=stream, source=old.target
                ),
                code=codes.DATABASE_OTHER,
                help=_(
                    "Nothing was changed. Copy into an empty database, or one province alone with "
                    "--province."
                ),
            )
        found[stream] = seq
    return found


def _later(rows: Iterator[Row], there: dict[str, int]) -> Iterator[Row]:
    """Yield the rows of events that are not there yet; they begin with stream and number."""
    return (row for row in rows if row[1] > there.get(row[0], 0))


def _names(columns: list[str]) -> str:
    return ", ".join(f'"{one}"' for one in columns)


def _rows(
    store: Store, table: type[Table], columns: list[str], province: str | None
) -> Iterator[Row]:
    name = table._meta.table_name
    return store.scan(f"SELECT {_names(columns)} FROM {name}{verify.of_province(province)}")


def _write(new: Store, table: type[Table], columns: list[str], rows: Iterator[Row]) -> int:
    """Write rows, never many of them at once in memory; return how many.

    A server gets some at a time too: the driver keeps what one that is slower has not taken yet.
    """
    name, count = table._meta.table_name, 0
    places = ", ".join("?" for _column in columns)
    while some := list(islice(rows, AT_ONCE)):
        count += len(some)
        if new.is_sqlite:
            new.many(f"INSERT INTO {name} ({_names(columns)}) VALUES ({places})", some)
            continue
        with new.copying(f"COPY {name} ({_names(columns)}) FROM STDIN") as copy:
            for row in some:
                copy.write_row(row)
    return count


def _sum(rows: Iterator[Row]) -> tuple[int, int]:
    """Return how many rows there are, and a sum of their digests, whatever their order."""
    count, total = 0, 0
    for row in rows:
        plain = tuple(map(_plain, row))
        digest = blake2b(repr(plain).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        total = (total + int.from_bytes(digest, "big")) % SUM_OF
        count += 1
    return count, total


def _plain(value: Any) -> Any:
    """Return a value as both kinds of database give it: a truth value as a number."""
    return int(value) if isinstance(value, bool) else value


def _differs(new: Store, table: str) -> StorageError:
    return StorageError(
        _("The copy in {database} is not what was copied: {table}. Nothing was changed.").format(
            database=new.target, table=table
        ),
        code=codes.DATABASE_COPY,
        help=_("Look for what is wrong with the two databases: clb db check."),
    )
