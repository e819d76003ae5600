"""The event log: append under the write lock, read back in order."""

from dataclasses import replace

from engine.errors import ConflictError
from engine.i18n import _
from engine.model import Event
from engine.store import codec, fold
from engine.store.database import Store

INSERT_EVENT = (
    "INSERT INTO event (stream, seq, province, step, from_state, to_state, on_date, recorded_at, "
    "officer, body, hash, row_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
SELECT_STREAM = "SELECT body, hash FROM event WHERE stream = ? ORDER BY seq"
SELECT_LAST = "SELECT seq, recorded_at FROM event WHERE stream = ? AND seq >= ? ORDER BY seq DESC"
SELECT_ROW = "SELECT stream, seq FROM event WHERE row_digest = ?"


def append(store: Store, event: Event, province: str) -> Event:
    """Seal an event, put it at the end of its stream and fold it. Call inside ``store.write``.

    A clock that is behind the one of the event before it does not make time run backwards: the
    event is then recorded at that one's moment. Raises ``ConflictError`` when the place is taken:
    somebody else was faster.
    """
    last = store.row(SELECT_LAST, (event.stream, event.seq - 1))
    if last is not None and last[1] > event.recorded_at:
        event = replace(event, recorded_at=last[1])
    sealed, text = codec.seal(event)
    if last is not None and last[0] >= event.seq:
        raise ConflictError(
            _("Somebody else changed {stream} meanwhile.").format(stream=event.stream),
            help=_("Look at it again, then repeat the step."),
        )
    store.run(
        INSERT_EVENT,
        (
            sealed.stream,
            sealed.seq,
            province,
            sealed.step,
            sealed.from_state.value if sealed.from_state else None,
            sealed.to_state.value if sealed.to_state else None,
            sealed.on.isoformat(),
            sealed.recorded_at,
            sealed.officer,
            text,
            sealed.hash,
            None if sealed.row is None else sealed.row.digest,
        ),
    )
    fold.apply(fold.StoredTables(store), sealed, province)
    return sealed


def read(store: Store, stream: str) -> list[Event]:
    """Return a stream's events in order."""
    return [codec.decode(body, hash_) for body, hash_ in store.rows(SELECT_STREAM, (stream,))]


def of_row(store: Store, digest: str) -> tuple[str, int] | None:
    """Return the stream and number of the event that a file's row was recorded as, if it was."""
    found = store.row(SELECT_ROW, (digest,))
    return None if found is None else (str(found[0]), int(found[1]))
