"""The databases that clubs are exchanged with: who they are, and what each is known to have.

What another database has is read from its own files, and from nothing else: that a file was sent
does not mean that it arrived.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.bundles.form import Bundle, Gone, Have, Party
from engine.i18n import _
from engine.lifecycle.people import random_code
from engine.model import Officer
from engine.rules.communes import Unit, one_place
from engine.store.database import Store

ID_LENGTH = 12
SELECT_OWN = "SELECT id, commune FROM partner WHERE own AND province = ?"
INSERT_OWN = "INSERT INTO partner (id, province, own, commune) VALUES (?, ?, ?, ?)"
SELECT_PARTNERS = (
    "SELECT id, commune, made_at, received_at, sent_at FROM partner "
    "WHERE NOT own AND province = ? ORDER BY commune, id"
)
PUT_RECEIVED = (
    "INSERT INTO partner (id, province, own, commune, made_at, received_at) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET commune = excluded.commune, "
    "made_at = excluded.made_at, received_at = excluded.received_at"
)
SELECT_MADE_AT = "SELECT made_at FROM partner WHERE id = ?"
SELECT_KNOWN = "SELECT stream, seq, head, nameless, signed FROM known WHERE partner = ?"
SELECT_KNOWERS = "SELECT partner, seq, head FROM known WHERE stream = ?"
PUT_KNOWN = (
    "INSERT INTO known (partner, stream, province, seq, head, nameless, signed) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
PUT_SENT = (
    "INSERT INTO sent (stream, province, seq) VALUES (?, ?, ?) ON CONFLICT (stream) "
    "DO UPDATE SET seq = CASE WHEN excluded.seq > sent.seq THEN excluded.seq ELSE sent.seq END"
)
SELECT_SENT = "SELECT seq FROM sent WHERE stream = ?"
PUT_GONE = (
    "INSERT INTO superseded (stream, seq, hash, province) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (stream, seq, hash) DO NOTHING"
)
SELECT_GONE = "SELECT 1 FROM superseded WHERE stream = ? AND seq = ? AND hash = ?"


@dataclass(frozen=True, slots=True)
class Own:
    """This database's id, and whose it is: a commune's, or ``None`` where that is not known."""

    id: str
    commune: str | None


@dataclass(frozen=True, slots=True)
class Partner:
    """Another database; moments as they are recorded, ``None`` where it never happened."""

    id: str
    commune: str | None
    made_at: str | None
    received_at: str | None
    sent_at: str | None


def own(store: Store, province: str) -> Own | None:
    """Return what this database is to others, ``None`` before the first exchange."""
    row = store.row(SELECT_OWN, (province,))
    return None if row is None else Own(*row)


def is_of_here(store: Store, office: Officer) -> bool:
    """Return whether an office is in the commune whose database this became with its first file."""
    mine = None if office.commune is None else own(store, office.province)
    return mine is not None and mine.commune == office.commune


def make_own(store: Store, province: str, commune: str | None = None) -> Own:
    """Return what this database is to others, made if need be. Call inside ``store.write``.

    ``commune`` is whose it becomes: that of the starting file which an empty database took in.
    """
    found = own(store, province)
    if found is None:
        found = Own(random_code(ID_LENGTH), commune)
        store.run(INSERT_OWN, (found.id, province, True, commune))
    return found


def others(store: Store, province: str) -> list[Partner]:
    """Return every database that a file came from, the province's first."""
    found = [Partner(*row) for row in store.rows(SELECT_PARTNERS, (province,))]
    return sorted(found, key=lambda one: (one.commune is not None, one.commune or "", one.id))


def of_party(
    store: Store, province: str, commune: str | None, units: Sequence[Unit], today: date
) -> list[Partner]:
    """Return the databases of a commune, or with ``None`` of the province."""
    return [
        one
        for one in others(store, province)
        if (one.commune is None) == (commune is None)
        and (commune is None or one_place(units, str(one.commune), commune, today))
    ]


def known(store: Store, partner: str) -> dict[str, Have]:
    """Return what a database had of each stream, by its newest file."""
    return {str(row[0]): Have(*row[1:]) for row in store.rows(SELECT_KNOWN, (partner,))}


def note_received(store: Store, bundle: Bundle, moment: str) -> None:
    """Note what the sender of a file has, unless a newer one of it came before.

    A stream that the file does not list may be gone there (a backup was brought back), so it is
    sent whole the next time.
    """
    sender = bundle.sender
    before = store.row(SELECT_MADE_AT, (sender.database,))
    if before is not None and before[0] is not None and before[0] > bundle.made_at:
        return
    store.run(
        PUT_RECEIVED,
        (sender.database, bundle.province, False, sender.commune, bundle.made_at, moment),
    )
    store.run("DELETE FROM known WHERE partner = ?", (sender.database,))
    store.many(
        PUT_KNOWN,
        [
            (
                sender.database,
                stream,
                bundle.province,
                one.seq,
                one.head,
                one.nameless,
                one.signed,
            )
            for stream, one in bundle.have.items()
        ],
    )


def note_sent(store: Store, bundle: Bundle, to: Iterable[Partner]) -> None:
    """Note up to which event each stream left this database."""
    last: Mapping[str, int] = {line.stream: line.seq for line in bundle.lines}
    store.many(PUT_SENT, [(stream, bundle.province, seq) for stream, seq in last.items()])
    for one in to:
        store.run("UPDATE partner SET sent_at = ? WHERE id = ?", (bundle.made_at, one.id))


def left_here(store: Store, stream: str) -> int:
    """Return the number of the last event of a stream that is known outside this database.

    It was sent, or came from outside.
    """
    row = store.row(SELECT_SENT, (stream,))
    reached = 0 if row is None else int(row[0])
    here: dict[int, str] = dict(
        store.rows("SELECT seq, hash FROM event WHERE stream = ?", (stream,))
    )
    for _partner, seq, head in store.rows(SELECT_KNOWERS, (stream,)):
        if here.get(seq) == head:
            reached = max(reached, int(seq))
    return reached


def note_gone(store: Store, province: str, gone: Iterable[Gone]) -> None:
    """Note events that were taken again, here or elsewhere."""
    store.many(PUT_GONE, [(one.stream, one.seq, one.hash, province) for one in gone])


def is_gone(store: Store, stream: str, seq: int, hash_: str) -> bool:
    """Return whether an event was taken again."""
    return store.row(SELECT_GONE, (stream, seq, hash_)) is not None


def called(party: Party) -> str:
    """Return a party as messages name it."""
    return party.commune or _("the province")
