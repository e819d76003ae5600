"""The event log: append under the write lock, read back in order."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.errors import ConflictError
from engine.i18n import _
from engine.model import Club, Event
from engine.store import codec, fold, signatures
from engine.store.reader import Reader

if TYPE_CHECKING:
    from engine.store.database import Store

INSERT_EVENT = (
    "INSERT INTO event (stream, seq, province, step, from_state, to_state, on_date, recorded_at, "
    "officer, body, hash, row_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
SELECT_STREAM = "SELECT body, hash FROM event WHERE stream = ? ORDER BY seq"
SELECT_CLUB = "SELECT body, hash FROM event WHERE stream = ? AND province = ? ORDER BY seq"
SELECT_LAST = (
    "SELECT seq, recorded_at FROM event WHERE stream = ? AND province = ? AND seq >= ? "
    "ORDER BY seq DESC"
)
SELECT_ROW = "SELECT stream, seq FROM event WHERE row_digest = ?"


def append(store: "Store", event: Event, province: str) -> Event:
    """Seal an event, put it at the end of its stream, fold and sign it. Call in ``store.write``.

    A clock that is behind the one of the event before it does not make time run backwards: the
    event is then recorded at that one's moment. Raises ``ConflictError`` when the place is taken:
    somebody else was faster.
    """
    last = store.row(SELECT_LAST, (event.stream, province, event.seq - 1))
    if last is not None and last[1] > event.recorded_at:
        event = replace(event, recorded_at=last[1])
    sealed, text = codec.seal(event)
    if last is not None and last[0] >= event.seq:
        raise ConflictError(
            _("Somebody else changed {stream} meanwhile.").format(stream=event.stream),
            help=_("Look at it again, then repeat the step."),
        )
    keep(store, sealed, text, province)
    made = None if store.signing is None else store.signing.sign(sealed, province)
    if made is not None:
        signatures.keep(store, sealed.stream, sealed.seq, province, made)
    return sealed


def columns(event: Event, text: str, province: str) -> tuple[Any, ...]:
    """Return the row of an event: its copies, its body as it was sealed, its hash."""
    return (
        event.stream,
        event.seq,
        province,
        event.step,
        event.from_state.value if event.from_state else None,
        event.to_state.value if event.to_state else None,
        event.on.isoformat(),
        event.recorded_at,
        event.officer,
        text,
        event.hash,
        None if event.row is None else event.row.digest,
    )


def keep(store: "Store", event: Event, text: str, province: str) -> None:
    """Put a sealed event at the end of its stream as it is and fold it.

    Call inside ``store.write``, for an event that was judged.
    """
    # The tables come first: on a server with walls a login of a commune adds events to clubs that
    # it reaches, and a new club is one of them once it has its row.
    fold.apply(fold.StoredTables(store, province), event, province)
    store.run(INSERT_EVENT, columns(event, text, province))


def read(store: Reader, stream: str) -> list[Event]:
    """Return a stream's events in order."""
    return [codec.decode(body, hash_) for body, hash_ in store.rows(SELECT_STREAM, (stream,))]


def of_club(store: Reader, club: Club) -> list[Event]:
    """Return a club's events in order."""
    rows = store.rows(SELECT_CLUB, (f"club:{club.id}", club.province))
    return [codec.decode(body, hash_) for body, hash_ in rows]


def of_row(store: Reader, digest: str, province: str | None = None) -> tuple[str, int] | None:
    """Return the stream and number of the event that a file's row was recorded as, if it was.

    With ``province`` it is looked for among that province's events only.
    """
    found = (
        store.row(SELECT_ROW, (digest,))
        if province is None
        else store.row(f"{SELECT_ROW} AND province = ?", (digest, province))
    )
    return None if found is None else (str(found[0]), int(found[1]))
