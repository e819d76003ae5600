"""Making a file with clubs: what the receiver is not known to have, and what this database has."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from difflib import get_close_matches
from pathlib import Path

from engine import __version__, codes
from engine.bundles import keys, partners, signing
from engine.bundles.cover import amounts, cover, place_of
from engine.bundles.form import (
    MOMENT,
    SUFFIX,
    Bundle,
    Gone,
    Have,
    Late,
    Line,
    Name,
    Party,
    Signer,
    decode,
    encode,
    names_text,
)
from engine.bundles.keys import Pair
from engine.bundles.partners import Partner, called
from engine.errors import InputError, NotPermittedError, StorageError
from engine.files import free_name, write_file
from engine.i18n import _, read_in
from engine.lifecycle import sealing
from engine.lifecycle.gather import unknown_officer
from engine.lifecycle.login import require_whole
from engine.lifecycle.registry import Registry
from engine.model import COMMUNE_ROLES, Officer
from engine.rules.communes import commune_key, full_name, one_place, same_commune
from engine.store import facts, seals, signatures, superseded
from engine.store.database import Store
from engine.store.personal import FIELDS
from engine.store.signatures import Signature, digest_of

SELECT_CLUBS = "SELECT id, commune FROM club WHERE province = ? ORDER BY id"
SELECT_AFTER = "SELECT seq, body, hash FROM event WHERE stream = ? AND seq > ? ORDER BY seq"
SELECT_HASH = "SELECT hash FROM event WHERE stream = ? AND seq = ?"
SELECT_LAST = "SELECT seq, hash FROM event WHERE stream = ? ORDER BY seq DESC LIMIT 1"
SELECT_NAMES = f"SELECT club, member, {', '.join(FIELDS)}, salt FROM personal WHERE club = ?"
COUNT_WITHHELD = "SELECT count(*) FROM withheld WHERE club = ?"


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants sent. ``to`` is a commune, ``None`` for the province.

    ``clubs`` narrows it to some of them, ``since`` to what came after another file; ``whole`` sends
    everything, as to a new computer. ``names`` is whether the names of members go along; ``sign``
    whether the officer, who has seen it, signs what was recorded unsigned in their name.
    """

    officer: str
    commune: str | None = None
    to: str | None = None
    clubs: tuple[str, ...] = ()
    since: Bundle | None = None
    names: bool = False
    whole: bool = False
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: what it holds, and of how many clubs and people.

    ``names`` is ``None`` where none were asked for; ``signed`` is how many events its officer had
    recorded unsigned and signed now.
    """

    bundle: Bundle
    clubs: int
    names: int | None
    cover: str
    signed: int = 0

    @property
    def what(self) -> str:
        """Return what the file holds, in a few words."""
        bundle = self.bundle
        return amounts(self.clubs, len(bundle.lines), self.names or 0, len(bundle.late))


def make(registry: Registry, order: Order, out: Path, pair: Pair | None = None) -> Made:
    """Write a file for others and note what left this database.

    With a ``pair`` the officer signs the file.

    Raises ``NotPermittedError`` where the officer does not act for the sender, ``InputError`` where
    it is not known who sends to whom, ``UnknownError``, ``StorageError`` where the receiver could
    not read the file, and what writing a file can end in; nothing is noted then.
    """
    store, service = registry.store, registry.province
    require_whole(store, _("Communes and province share this server: nothing has to be sent."))
    province, sender, receiver = _parties(registry, order)
    sealing.try_seal_all(registry, order.officer)
    with store.write(f"province:{province}"):
        units, today = registry.lifecycle.gather.units(province), service.today()
        mine = partners.make_own(store, province)
        to = partners.of_party(store, province, receiver, units, today)
        commune = sender if sender is not None else receiver
        streams = _streams(registry, province, str(commune), order.clubs, to)
        lines, names = list[Line](), list[Name]()
        known = [] if order.whole else [partners.known(store, one.id) for one in to]
        may_sign = pair is not None and order.sign
        signed = signing.sign_own(store, province, streams, pair) if pair and may_sign else 0
        held = signatures.registered(store, province)
        if order.since is not None:
            known = [dict(order.since.have)]
        late, have = list[Late](), dict[str, Have]()
        for stream in streams:
            own = signing.counting(store, stream, held)
            new = _after(store, stream, _base(store, stream, known, order.since), own)
            lines += new
            late += _late(stream, own, new, known)
            if (end := _have(store, stream, own)) is not None:
                have[stream] = end
            if order.names and (theirs := _names(store, stream, new, known)):
                # Whole numbers go with the names, so it is for those who may export the list.
                club = stream.removeprefix("club:")
                registry.lifecycle.require_may(club, "export", officer=order.officer)
                names += theirs
        bundle = Bundle(
            province=province,
            sender=Party(sender, mine.id),
            receiver=Party(receiver, to[0].id if len(to) == 1 else ""),
            officer=order.officer,
            made_at=service.clock().astimezone(UTC).strftime(MOMENT),
            engine=__version__,
            have=have,
            lines=tuple(lines),
            names=tuple(names) if order.names else None,
            box=_boxed(registry, province, receiver, names) if order.names else None,
            late=tuple(late),
            gone=_gone(store, province, streams),
            checkpoint=_checkpoint(store, province),
        )
        with read_in(*place_of(registry, bundle)):
            text = cover(store, bundle, registry.provinces.name(province))
        data = encode(bundle, text, None if pair is None else _signer(pair))
        read = _as_read(data, out.name)
        write_file(out, data)
        partners.note_sent(store, bundle, to)
    clubs = {line.stream for line in lines if line.stream.startswith("club:")}
    count = len(names) if order.names else None
    return Made(read, len(clubs), count, text, signed)


def pending(registry: Registry, order: Order, pair: Pair) -> list[signing.Unsigned]:
    """Return what was recorded unsigned in the officer's name and an order would send or sent.

    Raises as ``make`` does.
    """
    province, sender, receiver = _parties(registry, order)
    units, today = registry.lifecycle.gather.units(province), registry.province.today()
    to = partners.of_party(registry.store, province, receiver, units, today)
    streams = _streams(registry, province, str(sender or receiver), order.clubs, to)
    return signing.unsigned_own(registry.store, province, streams, pair)


def _as_read(data: bytes, name: str) -> Bundle:
    """Return a file as its receiver will read it. Raises ``StorageError`` for a changed log."""
    try:
        return decode(data, name)
    except InputError as error:
        raise StorageError(
            _("The log was changed outside this program: an event's body cannot be read."),
            code=codes.LOG_DAMAGED,
            help=_("See which event: clb audit verify. Then bring back a backup."),
        ) from error


def free_file(registry: Registry, order: Order, folder: Path = Path()) -> Path:
    """Return a file that is not there yet, named after who sends it to whom, and the day.

    Fifty communes send theirs into one folder, so the sender is in it. Raises as ``make`` does.
    """
    today = registry.lifecycle.today().isoformat()
    _province, sender, receiver = _parties(registry, order)
    between = _("{sender} to {receiver}").format(
        sender=called(Party(sender)), receiver=called(Party(receiver))
    )
    return free_name([between, today], SUFFIX, folder)


def _parties(registry: Registry, order: Order) -> tuple[str, str | None, str | None]:
    """Return the province, who sends and who receives: a commune, or ``None`` for the province.

    Raises ``NotPermittedError``, ``UnknownError``, ``InputError``.
    """
    offices = registry.lifecycle.officers(order.officer)
    if not offices:
        raise unknown_officer(registry.store, order.officer, registry.lifecycle.today())
    if order.to is not None:
        office = next((one for one in offices if one.commune is None), None)
        if office is None:
            raise NotPermittedError(
                _("Only the province sends to a commune; a commune sends to the province."),
                code=codes.BUNDLE_SENDER,
                help=_("Leave --for out."),
            )
        return office.province, None, _whole(registry, office.province, order.to)
    own = [one for one in offices if one.role in COMMUNE_ROLES]
    if order.commune is not None:
        own = [one for one in own if _is_of(registry, one, order.commune)]
        if not own:
            raise NotPermittedError(
                _("{officer} does not act for the commune {commune}.").format(
                    officer=order.officer, commune=order.commune
                ),
                code=codes.BUNDLE_SENDER,
                help="clb officer list",
            )
    if not own:
        raise InputError(
            _("It is not known which commune the file is for."),
            code=codes.BUNDLE_SENDER,
            help=_("Name it: {option}.").format(option='--for "…"'),
        )
    if len({one.commune for one in own}) > 1:
        raise InputError(
            _("{officer} acts for several communes.").format(officer=order.officer),
            code=codes.BUNDLE_SENDER,
            help=_("Name it: {option}.").format(option='--commune "…"'),
        )
    return own[0].province, own[0].commune, None


def _is_of(registry: Registry, office: Officer, commune: str) -> bool:
    units, today = registry.lifecycle.gather.units(office.province), registry.lifecycle.today()
    return office.commune is not None and one_place(units, office.commune, commune, today)


def _whole(registry: Registry, province: str, commune: str) -> str:
    """Return a receiver's name in full. Raises ``InputError`` where nothing of it is known here."""
    gather, today, store = registry.lifecycle.gather, registry.lifecycle.today(), registry.store
    units, whole = gather.units(province), gather.spelt(province, commune, today)
    senders = (one.commune for one in partners.others(store, province) if one.commune)
    known = dict.fromkeys((*facts.communes(store, province), *senders))
    listed = any(same_commune(full_name(one), whole) for one in units)
    if not listed and not any(one_place(units, one, whole, today) for one in known):
        by_key = {commune_key(one): one for one in known}
        near = [by_key[one] for one in get_close_matches(commune_key(whole), by_key)]
        raise InputError(
            _("No officer, club or file of {commune} is known here.").format(commune=whole),
            code=codes.BUNDLE_SENDER,
            help=_("Nearest: {names}.").format(names=", ".join(near))
            if near
            else _("Add the commune's officers first: clb officer add."),
        )
    return whole


def _streams(
    registry: Registry,
    province: str,
    commune: str,
    clubs: Sequence[str],
    to: Sequence[Partner],
) -> list[str]:
    """Return the province's own stream, then those of the commune's clubs.

    A club that went to another commune since is still sent to whoever has it. Raises
    ``InputError`` for a club that is none of the commune's.
    """
    store, today = registry.store, registry.lifecycle.today()
    units = registry.lifecycle.gather.units(province)
    theirs = {stream for one in to for stream in partners.known(store, one.id)}
    own = {
        str(id_)
        for id_, where in store.rows(SELECT_CLUBS, (province,))
        if f"club:{id_}" in theirs or one_place(units, where, commune, today)
    }
    for one in clubs:
        if one not in own:
            raise InputError(
                _("{club} is no club of {commune}.").format(club=one, commune=commune),
                code=codes.BUNDLE_SENDER,
                help="clb club list",
            )
    return [f"province:{province}", *(f"club:{one}" for one in sorted(set(clubs) or own))]


def _base(store: Store, stream: str, known: Sequence[dict[str, Have]], since: Bundle | None) -> int:
    """Return the number of the last event that every database of the receiver has."""
    if since is not None:
        known = [{**since.have, **{one.stream: Have(one.seq, one.hash) for one in since.lines}}]
    bases = [0]
    for one in known:
        have = one.get(stream)
        row = store.row(SELECT_HASH, (stream, have.seq)) if have else None
        # One that went on from another event is sent everything: only it can find where.
        bases.append(have.seq if have and row == (have.head,) else 0)
    return min(bases[1:], default=0)


def _after(store: Store, stream: str, base: int, own: Sequence[Signature]) -> list[Line]:
    """Return the events after one, each with its first signature that counts."""
    signed = {one.seq: one.made for one in reversed(own)}
    return [
        Line(stream, int(seq), body, hash_, signed.get(int(seq)))
        for seq, body, hash_ in store.rows(SELECT_AFTER, (stream, base))
    ]


def _late(
    stream: str,
    own: Sequence[Signature],
    new: Sequence[Line],
    known: Sequence[dict[str, Have]],
) -> list[Late]:
    """Return the signatures that go with no event of the file, where a receiver lacks some.

    They were made after their event was sent, or are a second one of it.
    """

    def differs(have: Have) -> bool:
        return have.signed != digest_of([one for one in own if one.seq <= have.seq])

    if not any(differs(one[stream]) for one in known if stream in one):
        return []
    with_event = {(line.seq, line.signature["key"]) for line in new if line.signature}
    return [
        Late(stream, one.seq, one.hash, one.made)
        for one in own
        if (one.seq, one.key) not in with_event
    ]


def _have(store: Store, stream: str, own: Sequence[Signature]) -> Have | None:
    row = store.row(SELECT_LAST, (stream,))
    if row is None:
        return None
    withheld = store.row(COUNT_WITHHELD, (stream.partition(":")[2],))
    nameless = int(withheld[0]) if withheld else 0
    return Have(int(row[0]), str(row[1]), nameless, digest_of(own))


def _names(
    store: Store, stream: str, new: Sequence[Line], known: Sequence[dict[str, Have]]
) -> list[Name]:
    """Return the names of a club's people, where something is new or some are missing there."""
    missing = not known or any(stream not in one or one[stream].nameless for one in known)
    if not stream.startswith("club:") or not (new or missing):
        return []
    rows = store.rows(SELECT_NAMES, (stream.removeprefix("club:"),))
    return sorted(
        (Name(row[0], row[1], tuple(row[2:])) for row in rows), key=lambda one: one.member
    )


def _gone(store: Store, province: str, streams: Sequence[str]) -> tuple[Gone, ...]:
    """Return the events of these streams that were taken again here."""
    return tuple(
        Gone(one.stream, seq, body)
        for one in superseded.superseded(store, province)
        if one.stream in streams
        for seq, body in enumerate(one.bodies, start=one.first)
    )


def _boxed(
    registry: Registry, province: str, receiver: str | None, names: Sequence[Name]
) -> bytes | None:
    """Return the names, encrypted for the receiver's officers; ``None`` where they have no keys."""
    publics = signing.readers(registry, province, receiver)
    return keys.box(names_text(names), publics) if publics else None


def _signer(pair: Pair) -> Signer:
    return lambda manifest: pair.sign(keys.FILE, hashlib.sha256(manifest).hexdigest())


def _checkpoint(store: Store, province: str) -> str:
    last = seals.last(store, province)
    return last.checkpoint if last else ""
