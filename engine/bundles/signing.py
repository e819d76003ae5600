"""Signatures in the database: whose key was registered when, who signed what, what is missing."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from engine import codes
from engine.bundles import keys
from engine.bundles.form import LAST, Late, Line
from engine.bundles.keys import Pair
from engine.errors import ClbError, StorageError
from engine.i18n import _
from engine.lifecycle.registry import Registry
from engine.lifecycle.replay import recorded_on
from engine.model import COMMUNE_ROLES, Event, Role
from engine.policy.effective import Rules
from engine.rules.communes import one_place
from engine.rules.signing import is_required
from engine.store import facts, signatures
from engine.store.codec import damaged_columns
from engine.store.database import Store
from engine.store.fault import Fault
from engine.store.signatures import Key, Signature, counts, registered

__all__ = [
    "Key",
    "Signatures",
    "Signed",
    "Unsigned",
    "counting",
    "counts",
    "readers",
    "refusals",
    "registered",
    "sign_own",
    "signed",
    "take_late",
    "unfit",
    "unsigned_own",
]

SELECT_OWN = (
    "SELECT seq, step, on_date, hash, recorded_at FROM event WHERE stream = ? AND officer = ? "
    "ORDER BY seq"
)
SELECT_SIGNED = (
    "SELECT s.stream, s.seq, s.province, s.officer, s.key, s.signature, e.officer, e.hash, "
    "e.recorded_at FROM signature s LEFT JOIN event e ON e.stream = s.stream AND e.seq = s.seq "
    "ORDER BY s.stream, s.seq"
)
SELECT_COULD_SIGN = (
    "SELECT e.stream, e.seq, e.province, e.officer, e.recorded_at FROM event e "
    "WHERE EXISTS (SELECT 1 FROM key k WHERE k.officer = e.officer AND k.province = e.province)"
)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """An event that was recorded under an officer's name and that no key of theirs signs.

    A signature with a key that did not count that day is none.
    """

    stream: str
    seq: int
    step: str
    on: date
    hash: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """What an officer signed with one key: in which streams how many events, from when to when."""

    officer: str
    key: Key
    events: Mapping[str, int]
    first: date
    last: date

    @property
    def count(self) -> int:
        """Return how many events it is."""
        return sum(self.events.values())


@dataclass(frozen=True, slots=True)
class Signed:
    """What the signatures of a database show.

    ``lapsed`` were made with a key of the officer's that did not count that day, so who did it is
    asserted; ``wrong`` are the signatures that do not fit. ``unsigned`` is how many events each
    officer has from days on which a key of theirs counted, though no such key signs them;
    ``asked`` how many of all these are of clubs on days on which the province asks for a signature.
    """

    by: tuple[Signatures, ...]
    lapsed: Mapping[str, int]
    wrong: tuple[Fault, ...]
    unsigned: Mapping[str, int]
    asked: int

    @property
    def fault(self) -> Fault | None:
        """Return the first signature that does not fit."""
        return next(iter(self.wrong), None)

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many events each officer signed."""
        found: dict[str, int] = {}
        for one in self.by:
            found[one.officer] = found.get(one.officer, 0) + one.count
        return found


def unsigned_own(store: Store, province: str, streams: Sequence[str], pair: Pair) -> list[Unsigned]:
    """Return the events under the officer's name that nothing signs and this pair could sign.

    Those of the days on which its key counts: others may have recorded them in this name.
    """
    known = [one for one in registered(store, province) if one.officer == pair.officer]
    found = []
    for stream in streams:
        signed = {one.seq for one in counting(store, stream, known) if one.officer == pair.officer}
        for seq, step, happened, hash_, recorded in store.rows(SELECT_OWN, (stream, pair.officer)):
            own = {"officer": pair.officer, "key": pair.public}
            if seq not in signed and counts(known, own, _day(recorded)):
                with damaged_columns():
                    on = date.fromisoformat(happened)
                found.append(Unsigned(stream, int(seq), step, on, hash_))
    return found


def counting(store: Store, stream: str, known: Sequence[Key], up_to: int = LAST) -> list[Signature]:
    """Return the signatures of a stream's events, up to one, whose keys count on their days."""
    return [
        one
        for one in signatures.of_stream(store, stream)
        if one.seq <= up_to and counts(known, one.made, _day(one.recorded_at))
    ]


def _day(recorded_at: str) -> date:
    """Return the day that an event was recorded on. Raises ``StorageError`` for no moment."""
    with damaged_columns():
        return recorded_on(recorded_at)


def sign_own(store: Store, province: str, streams: Sequence[str], pair: Pair) -> int:
    """Sign what was recorded unsigned under the officer's name; return how many events.

    Only once the officer has seen what it is. Call inside ``store.write``.
    """
    found = unsigned_own(store, province, streams, pair)
    for one in found:
        signatures.keep(store, one.stream, one.seq, province, pair.sign_event(one.hash))
    return len(found)


def _is_lapsed(known: Sequence[Key], signature: Mapping[str, str], on: date) -> bool:
    """Return whether a key is the officer's, but not on that day."""
    return not counts(known, signature, on) and any(
        (one.officer, one.public) == (signature["officer"], signature["key"]) for one in known
    )


def _wrong(
    known: Sequence[Key], signature: Mapping[str, str], officer: str, hash_: str, on: date
) -> str | None:
    if signature["officer"] != officer:
        return _("it was signed by {signer}, not by {officer}").format(
            signer=signature["officer"], officer=officer
        )
    is_known = counts(known, signature, on)
    if not keys.is_signed(signature, keys.EVENT, hash_) and (
        is_known or _is_lapsed(known, signature, on)
    ):
        return _("its signature is not that of {officer}").format(officer=officer)
    if not is_known:
        return _("{officer} had no such key that day").format(officer=officer)
    return None


def refusals(
    registry: Registry, province: str, name: str, lines: Sequence[Line], events: Sequence[Event]
) -> Iterator[StorageError]:
    """Yield the refusal of each event whose signature does not fit, or lacks where it is asked for.

    ``name`` is how their stream is called.
    """
    known, rules = registered(registry.store, province), registry.provinces.rules(province)
    for line, event in zip(lines, events, strict=True):
        on = _day(event.recorded_at)
        if line.signature is not None:
            reason = _wrong(known, line.signature, event.officer, event.hash, on)
            if reason is not None:
                lapsed = _is_lapsed(known, line.signature, on)
                yield unfit(name, event.seq, reason, _without_lapsed() if lapsed else "")
        elif event.stream.startswith("club:") and is_required(rules, on):
            yield unfit(name, event.seq, _("it is not signed, which the province asks for"))


def unfit(name: str, seq: int, reason: str, advice: str = "") -> StorageError:
    """Return the refusal of a file for an event of the stream that is called ``name``."""
    return StorageError(
        _("Event {seq} of {stream} does not fit: {reason}.").format(
            seq=seq, stream=name, reason=reason
        ),
        code=codes.BUNDLE_EVENT,
        help=advice,
    )


def _without_lapsed() -> str:
    return _(
        "The key was ended here. Send your file first: once they have it, their next file leaves "
        "that signature out."
    )


def readers(registry: Registry, province: str, commune: str | None) -> list[str]:
    """Return the public lines of the officers who may read what is sent to a commune.

    With ``None``, to the province.
    """
    today, store = registry.lifecycle.today(), registry.store
    units = registry.lifecycle.gather.units(province)

    def reads(officer: str) -> bool:
        return any(
            one.holds(today)
            and one.province == province
            and (
                one.role in (Role.PROVINCE, Role.ADMIN)
                if commune is None
                else one.role in COMMUNE_ROLES
                and one.commune is not None
                and one_place(units, one.commune, commune, today)
            )
            for one in facts.officers(store, officer)
        )

    known = registered(store, province)
    return [one.public for one in known if one.holds(today) and reads(one.officer)]


def take_late(
    registry: Registry,
    province: str,
    called: Callable[[str], str],
    events: Mapping[tuple[str, int], Event],
    late: Sequence[Late],
) -> int:
    """Keep signatures that were made after their events were sent; return how many are new.

    ``events`` are those that are here as the file has them, ``called`` names a stream. Signatures
    of other events are passed over, and so are those of a key that did not count that day. Raises
    ``StorageError`` for one that does not fit. Call inside ``store.write``.
    """
    store, known, count = registry.store, registered(registry.store, province), 0
    for one in late:
        event = events.get((one.stream, one.seq))
        if event is None or event.hash != one.hash:
            continue
        on = _day(event.recorded_at)
        if one.signature["officer"] == event.officer and _is_lapsed(known, one.signature, on):
            continue
        reason = _wrong(known, one.signature, event.officer, event.hash, on)
        if reason is not None:
            raise unfit(called(one.stream), one.seq, reason)
        count += signatures.keep(store, one.stream, one.seq, province, one.signature)
    return count


def signed(registry: Registry) -> Signed:
    """Check every signature of a database."""
    known: dict[str, list[Key]] = {}
    by: dict[tuple[str, Key], list[tuple[str, date]]] = {}
    lapsed: dict[tuple[str, int], str] = {}
    proved, faults = set[tuple[str, int]](), []
    for row in registry.store.rows(SELECT_SIGNED):
        stream, seq, province, officer, key, made, own, hash_, recorded = row
        if province not in known:
            known[province] = registered(registry.store, province)
        signature = {"officer": officer, "key": key, "signature": made}
        if hash_ is None:
            faults.append(Fault(str(stream), int(seq), _("event {seq} is missing").format(seq=seq)))
            continue
        on = _day(recorded)
        fits = keys.is_signed(signature, keys.EVENT, hash_)
        if officer == own and fits and _is_lapsed(known[province], signature, on):
            lapsed[stream, seq] = officer
            continue
        reason = _wrong(known[province], signature, own, hash_, on)
        if reason is not None:
            faults.append(Fault(str(stream), int(seq), reason))
            continue
        proved.add((stream, seq))
        used = next(one for one in known[province] if one.public == key and one.holds(on))
        by.setdefault((officer, used), []).append((str(stream), on))
    left = Counter(officer for event, officer in lapsed.items() if event not in proved)
    return Signed(
        tuple(
            Signatures(
                officer=officer,
                key=key,
                events=Counter(stream for stream, _on in found),
                first=min(on for _stream, on in found),
                last=max(on for _stream, on in found),
            )
            for (officer, key), found in sorted(by.items(), key=lambda one: one[0][0])
        ),
        dict(left),
        tuple(faults),
        *_unsigned(registry, known, proved),
    )


def _unsigned(
    registry: Registry, known: dict[str, list[Key]], proved: set[tuple[str, int]]
) -> tuple[Mapping[str, int], int]:
    """Return how many events nobody signs whose officer could, and of how many it was asked."""
    found, asked, rules = Counter[str](), 0, dict[str, Rules | None]()
    for stream, seq, province, officer, recorded in registry.store.stream_rows(SELECT_COULD_SIGN):
        on = _day(recorded)
        if province not in known:
            known[province] = registered(registry.store, province)
        if (stream, seq) in proved or not any(
            one.officer == officer and one.holds(on) for one in known[province]
        ):
            continue
        found[officer] += 1
        if stream.startswith("club:"):
            if province not in rules:
                rules[province] = None
                with suppress(ClbError):  # a province whose plugin is not here asks for nothing
                    rules[province] = registry.provinces.rules(province)
            policy = rules[province]
            asked += policy is not None and is_required(policy, on)
    return dict(found), asked
