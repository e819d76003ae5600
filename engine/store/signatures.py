"""Signatures next to events: registered keys, what is kept, and who signs what is recorded."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from engine.model import Event
from engine.store.codec import damaged_columns

if TYPE_CHECKING:
    from engine.store.database import Store
    from engine.store.reader import Reader

SELECT_KEYS = 'SELECT officer, key, since, "until" FROM key WHERE province = ? ORDER BY seq'
SELECT_OWN = 'SELECT officer, key, since, "until" FROM key WHERE officer = ? ORDER BY seq'
PUT = (
    "INSERT INTO signature (stream, seq, province, officer, key, signature) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (stream, seq, key) DO NOTHING"
)
SELECT = (
    "SELECT s.seq, s.officer, s.key, s.signature, e.hash, e.recorded_at FROM signature s "
    "JOIN event e ON e.stream = s.stream AND e.seq = s.seq "
    "WHERE s.stream = ? ORDER BY s.seq, s.key"
)


SELECT_ONE = "SELECT 1 FROM signature WHERE stream = ? AND seq = ? AND key = ?"


class Signing(Protocol):
    """Who signs what is recorded here: the keys that were opened in this session."""

    def ready(self, officer: str) -> None:
        """Open an officer's key, which may ask for its passphrase. Raises ``InputError``."""

    def signs(self, officer: str) -> bool:
        """Return whether what an officer records is signed."""

    def sign(self, event: Event, province: str) -> Mapping[str, str] | None:
        """Return the signature of an event's officer, ``None`` where no key is open for it."""


PREFIX, RAW = "clb1-", 32
"""How a public line begins, and how many bytes each of its two halves has."""


def halves(public: str) -> tuple[bytes, bytes]:
    """Return both halves of a public line: to sign, to read. Raises ``ValueError``."""
    if not public.startswith(PREFIX):
        raise ValueError(public)
    both = base64.b64decode(public.removeprefix(PREFIX), altchars=b"-_", validate=True)
    if len(both) != 2 * RAW:
        raise ValueError(public)
    return both[:RAW], both[RAW:]


@dataclass(frozen=True, slots=True)
class Key:
    """An officer's registered public line, from which day to which."""

    officer: str
    public: str
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        """Return whether it counts on a day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature of an event: who made it with which key."""

    seq: int
    officer: str
    key: str
    signature: str
    hash: str
    recorded_at: str

    @property
    def made(self) -> Mapping[str, str]:
        """Return it as files have it."""
        return {"officer": self.officer, "key": self.key, "signature": self.signature}


def counts(known: Iterable[Key], signature: Mapping[str, str], on: date) -> bool:
    """Return whether the key of a signature counts on the day of what it signs."""
    return any(
        (one.officer, one.public) == (signature["officer"], signature["key"]) and one.holds(on)
        for one in known
    )


def of_stream(store: "Reader", stream: str) -> list[Signature]:
    """Return the signatures of a stream's events, in order."""
    return [Signature(int(seq), *rest) for seq, *rest in store.rows(SELECT, (stream,))]


def digest_of(signed: Sequence[Signature]) -> str:
    """Return the SHA-256 of which events are signed with which keys, empty where none is."""
    if not signed:
        return ""
    text = "\n".join(f"{one.seq} {one.key}" for one in signed)
    return hashlib.sha256(text.encode()).hexdigest()


def registered(store: "Reader", province: str) -> list[Key]:
    """Return every key that a province registered."""
    return _keys(store, SELECT_KEYS, province)


def of_officer(store: "Reader", officer: str) -> list[Key]:
    """Return every key that an officer ever had, in whichever province."""
    return _keys(store, SELECT_OWN, officer)


def _keys(store: "Reader", query: str, which: str) -> list[Key]:
    rows = store.rows(query, (which,))
    with damaged_columns():
        return [
            Key(officer, key, date.fromisoformat(day), date.fromisoformat(until) if until else None)
            for officer, key, day, until in rows
        ]


def has_key(store: "Reader", province: str, officer: str, on: date) -> bool:
    """Return whether a key of an officer counts on a day."""
    return any(one.officer == officer and one.holds(on) for one in registered(store, province))


def keep(
    store: "Store", stream: str, seq: int, province: str, signature: Mapping[str, str]
) -> bool:
    """Keep an event's signature; return whether it is new. Call inside ``store.write``."""
    one = signature
    if store.row(SELECT_ONE, (stream, seq, one["key"])) is not None:
        return False
    store.run(PUT, (stream, seq, province, one["officer"], one["key"], one["signature"]))
    return True
