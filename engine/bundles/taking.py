"""Taking a file with clubs in: every event is judged, and then all of it is kept or nothing.

What went on at both sides (a fork) is left out and named, with both sides; ``rebasing`` settles it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC
from itertools import chain
from typing import TypeVar

from packaging.version import InvalidVersion, Version

from engine import codes
from engine.bundles import keys, partners, signing
from engine.bundles.cover import part, steps
from engine.bundles.form import MOMENT, Bundle, Late, Line
from engine.codes.code import Code
from engine.errors import ConflictError, InputError, StorageError
from engine.i18n import _
from engine.labels import step_name
from engine.lifecycle import erasure, receipts
from engine.lifecycle.registry import Registry
from engine.lifecycle.replay import Replay, recorded_on
from engine.model import COMMUNE_ROLES, Event, Receipt
from engine.rules.communes import one_place
from engine.store import facts, log, personal, signatures, verify
from engine.store.database import Row, Store
from engine.store.personal import FIELDS, Identity
from engine.store.stream import Stream, read_stream
from engine.vietnamese.text import dmy

SELECT_HASHES = "SELECT seq, hash FROM event WHERE stream = ? ORDER BY seq"
SELECT_ANY = "SELECT 1 FROM event LIMIT 1"
SELECT_HEAD = "SELECT seq, head FROM club WHERE id = ?"
SELECT_LAST = "SELECT max(seq) FROM event WHERE stream = ?"
SELECT_CLUB = "SELECT name FROM club WHERE id = ?"
SELECT_COMMUNE = "SELECT commune FROM club WHERE id = ?"
SELECT_PERSONAL = (
    f"SELECT member, {', '.join(FIELDS)}, salt FROM personal WHERE club = ? AND province = ?"
)
PUT_WITHHELD = "INSERT INTO withheld (club, member, province) VALUES (?, ?, ?)"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fork:
    """A stream that went on at both sides after the event ``common``: here, and in the file.

    ``is_ours`` is whether it is for this side to take its own steps again: where the province has
    sent them out already, the commune does it.
    """

    stream: str
    name: str
    common: int
    here: tuple[Event, ...]
    there: tuple[Event, ...]
    is_ours: bool


class ForkedError(ConflictError):
    """The province's own stream went on here too, on which all else in its file rests."""

    code = codes.BUNDLE_FORK

    def __init__(self, fork: Fork) -> None:
        sides = {
            "here": "; ".join(map(event_text, fork.here)),
            "there": "; ".join(map(event_text, fork.there)),
        }
        super().__init__(
            _(
                "The province's own records went on here too, so nothing is taken in yet. "
                "Here: {here}. In the file: {there}."
            ).format(**sides),
            help=_("Take yours again first: {command}").format(
                command="clb bundle rebase province"
            ),
        )
        self.fork = fork


def event_text(event: Event) -> str:
    """Return an event in a few words: its number, day, step and officer."""
    return f"{event.seq}. {dmy(event.on)} {step_name(event.step)} ({event.officer})"


@dataclass(frozen=True, slots=True)
class Coming:
    """A stream of which events came: from which number to which, and what they are."""

    stream: str
    name: str
    first: int
    last: int
    what: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file, or would come of it.

    ``signed`` is how many signatures of events came that were here already.
    """

    bundle: Bundle
    coming: tuple[Coming, ...]
    forks: tuple[Fork, ...]
    names: int
    nameless: int
    warnings: tuple[str, ...] = ()
    signed: int = 0

    @property
    def is_new(self) -> bool:
        """Return whether something in the file was not here before."""
        return bool(self.coming or self.names or self.signed)

    @property
    def events(self) -> int:
        """Return how many events came."""
        return sum(one.last - one.first + 1 for one in self.coming)


@dataclass(slots=True)
class Meeting:
    """A stream as it is here and as a file has it. ``new`` are the events that go on from here."""

    stream: str
    common: int = 0
    new: list[Line] = field(default_factory=list)
    here: int = 0
    forked: bool = False
    missing: tuple[int, int] | None = None


class _Undone(Exception):  # noqa: N818  (no failure: what was only to be looked at is undone)
    """Ends a transaction whose work is not to be kept."""


def within(
    store: Store,
    held: Sequence[str],
    work: Callable[[], T],
    *,
    dry_run: bool,
    by: str | None = None,
) -> T:
    """Do work in one transaction and return what came of it; with ``dry_run`` undo it again.

    ``by`` is who records in it, and signs.
    """
    found: list[T] = []
    with suppress(_Undone), store.write(*held, by=None if dry_run else by):
        found.append(work())
        if dry_run:
            raise _Undone
    return found[0]


def take(registry: Registry, bundle: Bundle, *, dry_run: bool = False) -> Taken:
    """Take a file in, or with ``dry_run`` only find what would come of it.

    Raises ``InputError`` for a file that is for somebody else, or holds what is not its sender's,
    ``ConflictError`` where a part that comes before is missing here or the province's own stream
    went on here, ``StorageError`` for an event that does not fit, ``PluginError``. Nothing is
    changed then.
    """
    store = registry.store
    held = (f"province:{bundle.province}", *bundle.streams())
    taken = within(store, held, _Taking(registry, bundle).run, dry_run=dry_run)
    if not dry_run and any(line.event().step == "erase" for line in bundle.lines):
        return replace(taken, warnings=(*taken.warnings, *erasure.clean(store)))
    return taken


def meet(store: Store, stream: str, lines: Sequence[Line]) -> Meeting:
    """Hold a file's events of a stream against those that are here."""
    here: dict[int, str] = dict(store.rows(SELECT_HASHES, (stream,)))
    last = len(here)
    if not lines:
        return Meeting(stream, here=last, common=last)
    found = Meeting(stream, here=last, common=min(last, lines[0].seq - 1))
    first = lines[0]
    if first.seq > last + 1:
        found.missing = (last + 1, first.seq - 1)
        return found
    if first.event().prev != here.get(first.seq - 1, ""):
        found.missing = (1, first.seq - 1)
        return found
    for line in lines:
        if line.seq > last:
            found.new.append(line)
        elif here[line.seq] == line.hash:
            found.common = line.seq
        else:
            found.forked = not partners.is_gone(store, stream, line.seq, line.hash)
            break
    return found


def last_here(store: Store, stream: str) -> int:
    """Return the number of the last event of a stream here, 0 where there is none."""
    row = store.row(SELECT_LAST, (stream,))
    return 0 if row is None or row[0] is None else int(row[0])


class _Taking:
    """One file on its way in; the write lock is held."""

    def __init__(self, registry: Registry, bundle: Bundle) -> None:
        self.registry = registry
        self.store = registry.store
        self.bundle = bundle
        self.province = bundle.province

    def run(self) -> Taken:
        """Judge the file and keep what is new in it."""
        self._require_addressed()
        warnings = unknown_plugins(self.registry, self.bundle)
        partners.note_gone(self.store, self.province, self.bundle.gone)
        streams = self.bundle.streams()
        meetings = {name: meet(self.store, name, lines) for name, lines in streams.items()}
        self._require_whole(meetings)
        self._require_known_clubs(meetings)
        forks = tuple(
            self._fork(one, streams[one.stream]) for one in meetings.values() if one.forked
        )
        own = f"province:{self.province}"
        for one in forks:
            if one.stream == own and self.bundle.sender.commune is None:
                raise ForkedError(one)
        coming, judge = list[Coming](), None
        kept = dict[str, Stream]()
        for name, meeting in sorted(meetings.items(), key=lambda one: one[0] != own):
            if name != own and judge is None:
                judge = Replay(self.store, self.registry.province.clock)
            if meeting.new and not meeting.forked:
                kept[name] = keep(self.registry, self.bundle, name, meeting.new, judge)
                first, last = meeting.new[0].seq, meeting.new[-1].seq
                what = steps(line.event() for line in meeting.new)
                coming.append(Coming(name, self._name(name), first, last, what))
        forked = {one.stream for one in forks}
        changed = {one.stream for one in coming} | {
            f"club:{one.club}" for one in self.bundle.names or ()
        }
        named = [
            take_names(self.registry, self.bundle, stream, kept.get(stream))
            for stream in sorted(changed - forked)
            if stream.startswith("club:")
        ]
        signed = self._take_late(streams)
        self._note()
        warnings += self._signature()
        if self.bundle.box is not None and self.bundle.names is None:
            warnings += (_("The names in it are encrypted for somebody else's key."),)
        return Taken(
            *(self.bundle, tuple(coming), forks),
            *(sum(one[0] for one in named), sum(one[1] for one in named)),
            *(warnings, signed),
        )

    def _take_late(self, streams: Mapping[str, Sequence[Line]]) -> int:
        """Keep the signatures of events that are here already; return how many are new."""
        late = [
            *self.bundle.late,
            *(
                Late(line.stream, line.seq, line.hash, line.signature)
                for lines in streams.values()
                for line in lines
                if line.signature is not None
            ),
        ]
        here = {
            stream: {(one.seq, one.key) for one in signatures.of_stream(self.store, stream)}
            for stream in dict.fromkeys(one.stream for one in late)
        }
        late = [one for one in late if (one.seq, one.signature["key"]) not in here[one.stream]]
        events = {
            (stream, event.seq): event
            for stream in dict.fromkeys(one.stream for one in late)
            for event in log.read(self.store, stream)
        }
        return signing.take_late(self.registry, self.province, events, late)

    def _require_addressed(self) -> None:
        """Refuse a file for somebody else, and streams that are of no club of its province."""
        receiver = self.bundle.receiver.commune
        empty = self.store.row(SELECT_ANY) is None
        own = partners.make_own(self.store, self.province, receiver if empty else None)
        commune = self.bundle.sender.commune or receiver
        if own.commune and commune and not self._is_place(own.commune, commune):
            raise _refused(
                codes.BUNDLE_FOREIGN,
                _("The file is for {receiver}, and this database is of {own}.").format(
                    receiver=partners.called(self.bundle.receiver), own=own.commune
                ),
            )
        for stream in self.bundle.streams():
            if not stream.startswith("club:") and stream != f"province:{self.province}":
                raise _refused(
                    codes.BUNDLE_FOREIGN,
                    _("The file holds “{stream}”, which no such file does.").format(stream=stream),
                )

    def _require_known_clubs(self, meetings: Mapping[str, Meeting]) -> None:
        """Refuse a club that is here and was never one of the commune that the file is of."""
        commune = self.bundle.sender.commune or self.bundle.receiver.commune
        for stream, meeting in meetings.items():
            row = self.store.row(SELECT_COMMUNE, (stream.removeprefix("club:"),))
            if commune is None or meeting.new or row is None or self._is_place(row[0], commune):
                continue
            was = _communes(log.read(self.store, stream))
            if not any(self._is_place(one, commune) for one in was):
                raise _foreign(stream, was, commune)

    def _is_place(self, first: str, second: str) -> bool:
        units = self.registry.lifecycle.gather.units(self.province)
        return one_place(units, first, second, self.registry.lifecycle.today())

    def _require_whole(self, meetings: Mapping[str, Meeting]) -> None:
        """Refuse a file whose sender believes more to be here than is. Raises ``ConflictError``."""
        missing = {one.stream: one.missing for one in meetings.values() if one.missing is not None}
        for stream, have in self.bundle.have.items():
            if stream not in meetings and (last := last_here(self.store, stream)) < have.seq:
                missing[stream] = (last + 1, have.seq)
        if missing:
            parts = (part(self._name(stream), *ends) for stream, ends in missing.items())
            raise ConflictError(
                _("A part that comes before this file is missing here: {parts}.").format(
                    parts="; ".join(parts)
                ),
                code=codes.BUNDLE_GAP,
                help=_("This computer has nothing yet: ask the sender for a file with everything.")
                if last_here(self.store, f"province:{self.province}") == 0
                else "",
            )

    def _signature(self) -> tuple[str, ...]:
        """Return a sentence where nobody known signed the file. Raises ``StorageError``."""
        signature, officer = self.bundle.signature, self.bundle.officer
        if signature is None:
            return (_("Nobody signed the file: who sent it is only asserted."),)
        known = [
            one
            for one in signatures.registered(self.store, self.province)
            if (one.officer, one.public) == (officer, signature["key"])
        ]
        if signature["officer"] != officer or not keys.is_signed(
            signature, keys.FILE, self.bundle.id
        ):
            raise StorageError(
                _("The file's signature is not that of {officer}.").format(officer=officer),
                code=codes.BUNDLE_SIGNATURE,
            )
        if not known:
            return (_("The file is signed with a key that is not registered here."),)
        if not signing.counts(known, signature, recorded_on(self.bundle.made_at)):
            return (
                _(
                    "The file is signed with a key of {officer} that does not count any more: who "
                    "sent it is only asserted. Ask them by telephone."
                ).format(officer=officer),
            )
        return ()

    def _fork(self, meeting: Meeting, lines: Sequence[Line]) -> Fork:
        here = log.read(self.store, meeting.stream)[meeting.common :]
        there = tuple(line.event() for line in lines if line.seq > meeting.common)
        name = self._name(meeting.stream)
        left = partners.left_here(self.store, meeting.stream)
        is_ours = self.bundle.sender.commune is None or left <= meeting.common
        return Fork(meeting.stream, name, meeting.common, tuple(here), there, is_ours)

    def _name(self, stream: str) -> str:
        """Return how a stream is called: a club's name with its id."""
        id_ = stream.partition(":")[2]
        if not stream.startswith("club:"):
            return self.registry.provinces.name(id_)
        row = self.store.row(SELECT_CLUB, (id_,))
        if row is not None:
            return f"{row[0]} ({id_})"
        first = next((one for one in self.bundle.lines if one.stream == stream), None)
        named = dict(first.event().effects.fields).get("name") if first is not None else None
        return f"{named} ({id_})" if named else id_

    def _note(self) -> None:
        own = partners.make_own(self.store, self.province)
        if own.id != self.bundle.sender.database:
            moment = self.registry.province.clock().astimezone(UTC).strftime(MOMENT)
            partners.note_received(self.store, self.bundle, moment)


def take_names(
    registry: Registry, bundle: Bundle, stream: str, kept: Stream | None = None
) -> tuple[int, int]:
    """Keep the names of a club's people that came and fit, and note whose are not here.

    ``kept`` is the stream where it was just read. Return how many came and how many are missing.
    Raises ``StorageError`` for names that are not
    those of the club as the file has it. Call inside ``store.write``.
    """
    store, club = registry.store, stream.removeprefix("club:")
    row = store.row(SELECT_HEAD, (club,))
    if row is None:
        return 0, 0
    read = kept or read_stream(stream, verify.stored(store, stream))
    people = read.people
    last = bundle.have.get(stream)
    current = last is not None and row == (last.seq, last.head)
    fitting = list[tuple[str, Identity]]()
    for one in bundle.names or ():
        if one.club != club:
            continue
        name, id_number, phone, village, note, salt = one.values
        identity = Identity(str(name), id_number, phone, village, note, str(salt))
        if people.get(one.member) == identity.commit:
            fitting.append((one.member, identity))
        elif current and one.member in people:
            raise StorageError(
                _("The names of {member} in {club} are not what the log committed to.").format(
                    member=one.member, club=club
                ),
                code=codes.BUNDLE_NAMES,
            )
    personal.put(store, club, bundle.province, fitting)
    return len(fitting), _withhold(store, bundle.province, club, people)


def _withhold(store: Store, province: str, club: str, people: Mapping[str, str]) -> int:
    """Take out names that are no longer those of the log, and note whose are not here."""
    fitting = set()
    for member, *texts, salt in store.rows(SELECT_PERSONAL, (club, province)):
        if member in people and personal.is_committed(people[member], salt, texts):
            fitting.add(member)
        else:
            personal.remove(store, club, province, member)
    missing = sorted(people.keys() - fitting)
    store.run("DELETE FROM withheld WHERE club = ?", (club,))
    store.many(PUT_WITHHELD, [(club, one, province) for one in missing])
    return len(missing)


def keep(
    registry: Registry, bundle: Bundle, stream: str, new: Sequence[Line], judge: Replay | None
) -> Stream:
    """Judge a stream with its new events, put these into the log, and return it.

    Without a ``judge`` they are kept first: who is in office is in the province's own stream.
    Raises ``StorageError`` naming the first event that does not fit, ``InputError``. Call inside
    ``store.write``.
    """
    store, province = registry.store, bundle.province
    events = [line.event() for line in new]
    pairs = list(zip(events, new, strict=True))
    stored: list[Row] = verify.stored(store, stream)
    rows = [log.columns(event, line.body, province) for event, line in pairs]
    done = len(stored)
    found = read_stream(stream, chain(stored, rows), judge=judge, judged_after=done)
    require_fit(found)
    _require_own(registry, bundle, found, events)
    for event, line in pairs:
        log.keep(store, event, line.body, province)
        if line.signature is not None:
            signatures.keep(store, stream, line.seq, province, line.signature)
    refused = next(signing.refusals(registry, province, new, events), None)
    if refused is not None:
        raise signing.unfit(stream, refused[0].seq, refused[1])
    if judge is None:
        again = Replay(store, registry.province.clock)
        kept = verify.stored(store, stream)
        require_fit(read_stream(stream, kept, judge=again, judged_after=done))
    return found


def require_fit(found: Stream) -> None:
    """Raise ``StorageError`` for the first event of a stream that does not fit."""
    fault = found.fault or found.doubt
    if fault is not None:
        raise signing.unfit(fault.stream, fault.seq, fault.reason)


def _require_own(
    registry: Registry, bundle: Bundle, found: Stream, events: Sequence[Event]
) -> None:
    """Refuse a club of another commune, and officers who act for none that the club was in."""
    if found.kind != "club":
        return
    units, today = registry.lifecycle.gather.units(bundle.province), registry.lifecycle.today()
    communes = _communes(found.events)

    def is_there(commune: str | None) -> bool:
        return commune is not None and any(
            one_place(units, one, commune, today) for one in communes
        )

    where = ", ".join(sorted(communes))
    commune = bundle.sender.commune or bundle.receiver.commune
    if commune is not None and not is_there(commune):
        raise _foreign(found.name, communes, commune)
    checked = set[tuple[str, object]]()
    for event in events:
        actor = (event.officer, event.role)
        if actor in checked or event.role not in COMMUNE_ROLES:
            continue
        checked.add(actor)
        offices = facts.officers(registry.store, event.officer)
        if not any(one.role is event.role and is_there(one.commune) for one in offices):
            reason = _("{officer} does not act for {commune}").format(
                officer=event.officer, commune=where
            )
            raise signing.unfit(event.stream, event.seq, reason)


def unknown_plugins(registry: Registry, bundle: Bundle) -> tuple[str, ...]:
    """Return sentences on other editions of the plugin that judged what comes.

    One of the same version is only named: what it decided is in the events. Raises
    ``StorageError`` for a newer plugin, or another one.
    """
    own, found = registry.provinces.receipt(bundle.province), dict[Receipt, Event]()
    for line in bundle.lines:
        event = line.event()
        if event.policy is not None:
            found.setdefault(event.policy, event)
    other = set[str]()
    for receipt, event in found.items():
        if receipt.plugin != own.plugin or _is_newer(receipt, own):
            raise StorageError(
                _(
                    "Event {seq} of {stream} was judged by {plugin} {version}, not known here."
                ).format(
                    seq=event.seq,
                    stream=event.stream,
                    plugin=receipt.plugin,
                    version=receipt.version,
                ),
                code=codes.BUNDLE_POLICY,
            )
        if receipt.version == own.version and not receipts.is_same(receipt, own):
            other.add(receipt.version)
    return tuple(
        _("Some of it was judged by another edition of {plugin} {version} than is here.").format(
            plugin=own.plugin, version=version
        )
        for version in sorted(other)
    )


def _is_newer(receipt: Receipt, own: Receipt) -> bool:
    try:
        return Version(receipt.version) > Version(own.version)
    except InvalidVersion:
        return receipt.version != own.version


def _communes(events: Sequence[Event]) -> set[str]:
    """Return every commune that a club was in."""
    fields = (field for event in events for field in event.effects.fields)
    return {str(value) for name, value in fields if name == "commune"}


def _foreign(stream: str, communes: set[str], commune: str) -> InputError:
    club, other = stream.removeprefix("club:"), ", ".join(sorted(communes))
    return _refused(
        codes.BUNDLE_FOREIGN,
        _("{club} is a club of {other}, not of {commune}.").format(
            club=club, other=other, commune=commune
        ),
    )


def _refused(code: Code, message: str) -> InputError:
    return InputError(message, code=code)
