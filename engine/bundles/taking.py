"""Taking a file with clubs in: every event is judged, and then all of it is kept or nothing.

What went on at both sides (a fork) is left out and named, with both sides; ``rebasing`` settles it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TypeVar

from engine import codes
from engine.bundles import keys, partners, signing
from engine.bundles.cover import amounts, part, place_of, steps, stream_name
from engine.bundles.forks import Fork, ForkedError, Meeting, event_text, last_here, meet
from engine.bundles.form import MOMENT, Bundle, Late, Line
from engine.bundles.judging import communes_of, foreign, keep, unknown_plugins
from engine.bundles.names import take_names
from engine.errors import ConflictError, InputError, StorageError
from engine.i18n import _, read_in
from engine.lifecycle import erasure
from engine.lifecycle.login import require_no_own_login
from engine.lifecycle.registry import Registry
from engine.lifecycle.replay import Replay, recorded_on
from engine.rules.communes import one_place
from engine.store import log, signatures
from engine.store.database import Store
from engine.store.stream import Stream

SELECT_ANY = "SELECT 1 FROM event LIMIT 1"
SELECT_COMMUNE = "SELECT commune FROM club WHERE id = ?"
T = TypeVar("T")


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

    @property
    def what(self) -> str:
        """Return what came, in a few words."""
        clubs = sum(one.stream.startswith("club:") for one in self.coming)
        return amounts(clubs, self.events, self.names, self.signed)


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

    Raises ``NotPermittedError`` under an officer's own login on a server, ``InputError`` for a file
    that is for somebody else, or holds what is not its sender's,
    ``ConflictError`` where a part that comes before is missing here or the province's own stream
    went on here, ``StorageError`` for an event that does not fit, ``PluginError``. Nothing is
    changed then.
    """
    store = registry.store
    require_no_own_login(store)
    held = (f"province:{bundle.province}", *bundle.streams())
    taken = within(store, held, _Taking(registry, bundle).run, dry_run=dry_run)
    if not dry_run and any(line.event().step == "erase" for line in bundle.lines):
        return replace(taken, warnings=(*taken.warnings, *erasure.clean(store)))
    return taken


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
        warnings += tuple(self._passed_over(one) for one in meetings.values() if one.gone)
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
                with read_in(*place_of(self.registry, self.bundle)):
                    what = steps(line.event() for line in meeting.new)
                coming.append(Coming(name, self._called(name), first, last, what))
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

    def _passed_over(self, meeting: Meeting) -> str:
        """Return what of a stream is not taken in, since it is recorded as taken again."""
        return _("{name}: not taken in, since it is recorded as taken again here: {events}").format(
            name=self._called(meeting.stream),
            events="; ".join(event_text(line.event()) for line in meeting.gone),
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
        return signing.take_late(self.registry, self.province, self._called, events, late)

    def _require_addressed(self) -> None:
        """Refuse a file for somebody else, and streams that are of no club of its province."""
        receiver = self.bundle.receiver.commune
        empty = self.store.row(SELECT_ANY) is None
        own = partners.make_own(self.store, self.province, receiver if empty else None)
        commune = self.bundle.sender.commune or receiver
        if own.commune and commune and not self._is_place(own.commune, commune):
            raise InputError(
                _("The file is for {receiver}, and this database is of {own}.").format(
                    receiver=partners.called(self.bundle.receiver), own=own.commune
                ),
                code=codes.BUNDLE_FOREIGN,
            )
        for stream in self.bundle.streams():
            if not stream.startswith("club:") and stream != f"province:{self.province}":
                raise InputError(
                    _("The file holds “{stream}”, which no such file does.").format(stream=stream),
                    code=codes.BUNDLE_FOREIGN,
                )

    def _require_known_clubs(self, meetings: Mapping[str, Meeting]) -> None:
        """Refuse a club that is here and was never one of the commune that the file is of."""
        commune = self.bundle.sender.commune or self.bundle.receiver.commune
        for stream, meeting in meetings.items():
            row = self.store.row(SELECT_COMMUNE, (stream.removeprefix("club:"),))
            if commune is None or meeting.new or row is None or self._is_place(row[0], commune):
                continue
            was = communes_of(log.read(self.store, stream))
            if not any(self._is_place(one, commune) for one in was):
                raise foreign(stream, was, commune)

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
            parts = (part(self._called(stream), *ends) for stream, ends in missing.items())
            raise ConflictError(
                _("A part that comes before this file is missing here: {parts}.").format(
                    parts="; ".join(parts)
                ),
                code=codes.BUNDLE_GAP,
                help=self._how_to_ask(),
            )

    def _how_to_ask(self) -> str:
        """Return how the missing part of a file comes here."""
        if last_here(self.store, f"province:{self.province}") == 0:
            return _("This computer has nothing yet: ask the sender for a file with everything.")
        sender = self.bundle.sender.commune
        to = "" if sender is None else f' --for "{sender}"'
        return _(
            "Send your file first; their next file has what is missing. By a command: {command}."
        ).format(command=f"clb bundle export{to}")

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
        name = self._called(meeting.stream)
        left = partners.left_here(self.store, meeting.stream)
        is_ours = self.bundle.sender.commune is None or left <= meeting.common
        return Fork(meeting.stream, name, meeting.common, tuple(here), there, is_ours)

    def _called(self, stream: str) -> str:
        return stream_name(self.registry, self.bundle, stream)

    def _note(self) -> None:
        own = partners.make_own(self.store, self.province)
        if own.id != self.bundle.sender.database:
            moment = self.registry.province.clock().astimezone(UTC).strftime(MOMENT)
            partners.note_received(self.store, self.bundle, moment)
