"""The log itself, for people who check it and for other tools."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from engine.files import FORMULA_STARTS, replacing
from engine.i18n import _
from engine.lifecycle.replay import recorded_on
from engine.model import Event
from engine.reports import xes
from engine.store import codec, verify
from engine.store.canonical import digest
from engine.store.database import Store
from engine.store.log import read
from engine.store.signatures import Key, counts, of_officer, of_stream
from engine.store.span import in_c_order
from engine.store.verify import head

__all__ = ["export", "head", "read", "sealed"]

SELECT_EVENTS = (
    "SELECT stream, seq, province, step, from_state, to_state, on_date, recorded_at, officer, "
    "hash, body FROM event ORDER BY stream{c}, seq"
)
COLUMNS = (
    "stream",
    "seq",
    "province",
    "step",
    "from",
    "to",
    "on",
    "recorded_at",
    "officer",
    "hash",
    "body",
)
Cells = Sequence[object]


def sealed(event: Event) -> dict[str, Any]:
    """Return the body of an event, as its hash is over it, with the hash."""
    return {**codec.body(event), "hash": event.hash}


def has_signatures(store: Store) -> bool:
    """Return whether anybody signed an event, or could have."""
    return any(
        store.row(f"SELECT 1 FROM {table} LIMIT 1") is not None for table in ("signature", "key")
    )


def withheld(store: Store) -> int:
    """Return how many people are here without their personal data, which did not come along."""
    row = store.row("SELECT count(*) FROM withheld")
    return int(row[0]) if row else 0


def signatures(store: Store, stream: str) -> dict[int, str]:
    """Return the keys that a stream's events are signed with, by their numbers.

    Where a lost key's signature was renewed, the one whose key counted that day.
    """
    found, known = dict[int, str](), dict[str, list[Key]]()
    for one in of_stream(store, stream):
        own = known.setdefault(one.officer, of_officer(store, one.officer))
        if one.seq not in found or counts(own, one.made, recorded_on(one.recorded_at)):
            found[one.seq] = one.key
    return found


def export(store: Store, file: Path, form: str) -> int:
    """Write every event to a file, all or nothing, and return how many.

    ``jsonl``: a line an event, ``{"body":…,"hash":…}`` with the canonical body the hash is over.
    ``csv``: columns and the body, for a spreadsheet; no cell can act as a formula. ``xes``: the
    events of clubs, for programs that study processes. Raises
    ``InputError`` for a place that cannot be written, ``StorageError`` for an event that is not
    what was sealed.
    """
    write = {"jsonl": _write_lines, "csv": _write_table, "xes": _write_xes}[form]
    with replacing(file) as part:
        return _write(store, part, write, "utf-8-sig" if form == "csv" else "utf-8")


def _write(
    store: Store,
    part: Path,
    write: Callable[[TextIO, Iterable[Cells]], int],
    encoding: str,
) -> int:
    with part.open("w", encoding=encoding, newline="") as out:
        return write(out, _sealed(store))


def _sealed(store: Store) -> Iterator[Cells]:
    """Yield the log row by row; one that is not what was sealed stops it."""
    with store.snapshot(), verify.damaged_text(store):
        for row in store.stream_rows(in_c_order(store, SELECT_EVENTS)):
            hash_, body = row[-2:]
            if not isinstance(body, str) or digest(body) != hash_:
                raise verify.damaged(
                    store, row[0], row[1], _("the body is not the one that was recorded")
                )
            yield row


def _write_lines(out: TextIO, rows: Iterable[Cells]) -> int:
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  (the last number is the answer)
        out.write(f'{{"body":{row[-1]},"hash":"{row[-2]}"}}\n')
    return count


def _write_xes(out: TextIO, rows: Iterable[Cells]) -> int:
    return xes.write(out, (codec.decode(str(row[-1]), str(row[-2])) for row in rows))


def _write_table(out: TextIO, rows: Iterable[Cells]) -> int:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  (the last number is the answer)
        writer.writerow([_harmless(cell) for cell in row])
    return count


def _harmless(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(tuple(FORMULA_STARTS)) else cell
