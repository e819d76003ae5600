"""Settling a club that went on at both sides: this side's own steps are taken again on the other's.

Each goes through the lifecycle like a step that is taken for the first time. The events that they
were before are kept in the log of seals, whole: what was sealed stays proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import codes
from engine.bundles import partners, taking
from engine.bundles.cover import stream_name
from engine.bundles.forks import Meeting, meet
from engine.bundles.form import Bundle, Gone, Line
from engine.bundles.judging import keep, require_fit
from engine.bundles.names import take_names
from engine.errors import ClbError, ConflictError, InputError, NotPermittedError, RefusedError
from engine.frozen import FrozenMap, thaw
from engine.i18n import _
from engine.lifecycle.gather import unknown_officer
from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.login import require_no_own_login, taking_again
from engine.lifecycle.prepare import Prepared, Preparer
from engine.lifecycle.province import append
from engine.lifecycle.registry import Registry
from engine.lifecycle.replay import Replay
from engine.model import Club, Effects, Event, Finding, Level
from engine.rules import forms
from engine.rules.calendar import Period
from engine.rules.findings import warn
from engine.rules.request import reach
from engine.states import step as find_step
from engine.store import log, seals, superseded, verify
from engine.store.database import Store
from engine.store.personal import FIELDS, Identity
from engine.store.stream import read_stream
from engine.vietnamese.text import dmy

SELECT_BODIES = "SELECT body FROM event WHERE stream = ? AND seq > ? ORDER BY seq"
SELECT_IDENTITY = f"SELECT {', '.join(FIELDS)}, salt FROM personal WHERE club = ? AND member = ?"


@dataclass(frozen=True, slots=True)
class Again:
    """An own event, and the number it was taken again under; ``None`` with ``why`` it was not.

    ``findings`` are what it meets now; ``unanswered`` those of them that need a reason.
    """

    event: Event
    seq: int | None
    findings: tuple[Finding, ...] = ()
    unanswered: tuple[Finding, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a stream: the other side's events, and this side's own after them."""

    stream: str
    common: int
    there: tuple[Event, ...]
    own: tuple[Again, ...]

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """Return the findings that need a reason before anything is taken again."""
        found = {one.code: one for again in self.own for one in again.unanswered}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody who settles a stream decides: reasons by code, and what is left out."""

    officer: str
    acknowledged: Mapping[str, str]
    left_out: frozenset[int] = frozenset()


def rebase(
    registry: Registry, bundle: Bundle, stream: str, wish: Wish, *, dry_run: bool = False
) -> Settled:
    """Take this side's own events of a stream again on top of those in a file.

    With ``dry_run`` only what would come of it is found. Raises ``RefusedError`` where a reason is
    missing, ``InputError`` where nothing is to be settled, ``ConflictError`` where the other side
    has to do it, and what ``taking.take`` raises. Nothing is changed then.
    """
    store = registry.store
    require_no_own_login(store)

    def settle() -> Settled:
        with taking_again():
            done = _Rebase(registry, bundle, stream, wish).run()
        if done.unanswered and not dry_run:
            names = ", ".join(str(one.code) for one in done.unanswered)
            raise RefusedError(
                _("A warning must be acknowledged with a reason: {codes}.").format(codes=names),
                code=codes.NOT_ACKNOWLEDGED,
                help=" ".join(f'--ack {one.code}="…"' for one in done.unanswered),
                findings=done.unanswered,
            )
        return done

    held = (f"province:{bundle.province}", stream, f"{seals.STREAM}{bundle.province}")
    return taking.within(store, held, settle, dry_run=dry_run, by=wish.officer)


class _Rebase:
    """One stream on its way; the write lock is held."""

    def __init__(self, registry: Registry, bundle: Bundle, stream: str, wish: Wish) -> None:
        self.registry = registry
        self.store = registry.store
        self.bundle = bundle
        self.stream = stream
        self.wish = wish
        self.numbers: dict[int, int | None] = {}
        """The new numbers of events that were taken again, by their old ones."""

    def run(self) -> Settled:
        """Put the other side's events in the place of this side's, and take these again."""
        lines = self.bundle.streams().get(self.stream, [])
        meeting = meet(self.store, self.stream, lines)
        self._require_fork(meeting)
        own = log.read(self.store, self.stream)[meeting.common :]
        known = {one.seq: self._identities(one) for one in own}
        self._set_aside(meeting)
        theirs = [line for line in lines if line.seq > meeting.common]
        self._keep(theirs)
        there = tuple(line.event() for line in theirs)
        again = []
        for event in own:
            done = self._again(event, known[event.seq], there)
            self.numbers[event.seq] = done.seq
            again.append(done)
        return Settled(self.stream, meeting.common, there, tuple(again))

    def _require_fork(self, meeting: Meeting) -> None:
        if meeting.missing is not None:
            raise ConflictError(
                _("The file does not hold where {stream} went apart.").format(stream=self._called),
                code=codes.BUNDLE_GAP,
            )
        if not meeting.forked:
            raise InputError(
                _("In that file nothing of {stream} went another way than here.").format(
                    stream=self._called
                ),
                code=codes.BUNDLE_REBASE,
            )
        left = partners.left_here(self.store, self.stream)
        if self.bundle.sender.commune is not None and left > meeting.common:
            raise ConflictError(
                _(
                    "What was recorded here after event {seq} was sent out already. Send {commune} "
                    "your file: there its own steps are taken again."
                ).format(seq=meeting.common, commune=self.bundle.sender.commune),
                code=codes.BUNDLE_REBASE,
                help='clb bundle export --for "…"',
            )

    def _identities(self, event: Event) -> tuple[tuple[str, Identity], ...]:
        """Return who the people are whom an event added or changed, as far as it is known here."""
        found = []
        for change in event.effects.roster:
            row = self.store.row(SELECT_IDENTITY, (self._club, change.member))
            identity = None if row is None else Identity(*row)
            if identity is not None and identity.commit == change.commit:
                found.append((change.member, identity))
        return tuple(found)

    @property
    def _called(self) -> str:
        return stream_name(self.registry, self.bundle, self.stream)

    @property
    def _club(self) -> str:
        return self.stream.partition(":")[2]

    def _set_aside(self, meeting: Meeting) -> None:
        """Keep the own events with the seals, take them out of their stream, fold it anew."""
        store, province, common = self.store, self.bundle.province, meeting.common
        offices = self.registry.lifecycle.officers(self.wish.officer)
        if not offices:
            today = self.registry.lifecycle.today()
            raise unknown_officer(store, self.wish.officer, today)
        bodies = [str(body) for (body,) in store.rows(SELECT_BODIES, (self.stream, common))]
        row = {
            "stream": self.stream,
            "first": common + 1,
            "sealed": seals.sealed_up_to(store, self.stream),
            "bodies": bodies,
        }
        append(
            *(store, self.registry.province.clock(), f"{seals.STREAM}{province}", province),
            *("supersede", superseded.superseding(row), self.wish.officer, offices[0].role),
            records=(("superseded", row),),
        )
        gone = [Gone(self.stream, common + at, body) for at, body in enumerate(bodies, start=1)]
        partners.note_gone(store, province, gone)
        for table in ("event", "signature"):
            store.run(f"DELETE FROM {table} WHERE stream = ? AND seq > ?", (self.stream, common))
        verify.refold(store, self.stream)

    def _keep(self, theirs: Sequence[Line]) -> None:
        is_club = self.stream.startswith("club:")
        judge = Replay(self.store, self.registry.province.clock) if is_club else None
        read = keep(self.registry, self.bundle, self.stream, theirs, judge)
        if is_club:
            take_names(self.registry, self.bundle, self.stream, read)

    def _again(
        self, event: Event, known: tuple[tuple[str, Identity], ...], there: Sequence[Event]
    ) -> Again:
        """Take one own event again; what speaks against it is part of the answer."""
        if event.seq in self.wish.left_out:
            return Again(event, None, why=_("left out, as was asked"))
        double = next(_double(event, there), None)
        findings = () if double is None else (double,)
        reasons = {
            **{one.code: one.reason for one in event.acknowledged},
            **self.wish.acknowledged,
        }
        if double is not None and not reasons.get(double.code):
            return Again(event, None, findings, findings, _("it needs a reason"))
        try:
            with self.store.savepoint():
                if not self.stream.startswith("club:"):
                    return Again(event, self._noted(event).seq)
                outcome = self._taken(event, known, reasons)
                assert outcome.event is not None
                self._require_sound(outcome.event)
                return Again(event, outcome.event.seq, (*findings, *outcome.findings))
        except ClbError as error:
            open_ = tuple(one for one in error.findings if one.level is Level.WARN)
            if error.code == codes.NOT_ACKNOWLEDGED:
                unanswered = tuple(one for one in open_ if one.code not in reasons)
                return Again(event, None, error.findings, unanswered, _("it needs a reason"))
            return Again(event, None, error.findings, why=error.message)

    def _taken(
        self,
        event: Event,
        known: tuple[tuple[str, Identity], ...],
        reasons: Mapping[str, str],
    ) -> Outcome:
        form = self._renumbered(event)
        done = self.registry.lifecycle.advance_within(
            self._club,
            event.step,
            form,
            officer=event.officer,
            on=event.on if reach(event.form, find_step(event.step).happened_on) else None,
            acknowledged=reasons,
            row=event.row,
            prepare=_prepared(event, known),
        )
        if not isinstance(done, Outcome):
            raise InputError(_("The other side has recorded that row of the file."))
        return done

    def _renumbered(self, event: Event) -> dict[str, Any]:
        """Return an event's form with the new numbers of the own events it is about.

        Raises ``InputError`` where such a one was not taken again.
        """
        form: dict[str, Any] = thaw(event.form)
        for field in forms.fields(event.step):
            old = reach(form, field.path) if field.meaning == "record" else None
            if old in self.numbers:
                new = self.numbers[old]
                if new is None:
                    raise InputError(
                        _("Event {seq}, which it is about, is not taken again.").format(seq=old)
                    )
                forms.place(form, field.path, new)
        return form

    def _require_sound(self, event: Event) -> None:
        """Hold what was taken again against the judge of every log. Raises ``StorageError``."""
        judge = Replay(self.store, self.registry.province.clock)
        rows = verify.stored(self.store, self.stream)
        found = read_stream(self.stream, rows, judge=judge, judged_after=event.seq - 1)
        require_fit(found, self._called)

    def _noted(self, event: Event) -> Event:
        """Record a note or a sent report of the province again. Raises ``InputError``."""
        service, form = self.registry.province, event.form
        if event.step == "report_note":
            return service.note_report(
                self.bundle.province,
                form["report"],
                Period.parse(form["period"]),
                {name: form[name] for name in form if name not in ("report", "period", "commune")},
                by=event.officer,
                commune=form.get("commune"),
            )
        if event.step == "report_sent":
            return service.send_report(
                self.bundle.province,
                form["report"],
                Period.parse(form["period"]),
                date.fromisoformat(form["date"]),
                by=event.officer,
                again=form.get("reason"),
            )
        raise NotPermittedError(
            _("Only the province's administrator records that; it stays in the seals here."),
            code=codes.BUNDLE_REBASE,
            help=_("Ask the administrator to record it at the province, who then sends its file."),
        )


def _prepared(event: Event, known: tuple[tuple[str, Identity], ...]) -> Preparer | None:
    """Return what prepares an event about people again, whose names are ids by now."""
    people = frozenset(
        (
            *(one.member for one in event.effects.roster),
            *(who for _p, who in event.effects.board if who),
        )
    )

    def again(store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
        del store, club, on
        remedy = Effects(roster=event.effects.roster, board=event.effects.board)
        return Prepared(form, remedy, known, people=people)

    def erased(store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
        del store, club, on
        return Prepared(form, erased=form["member"], people=frozenset({form["member"]}))

    if event.step == "erase":
        return erased
    return again if event.effects.roster or event.effects.board else None


def _double(event: Event, there: Sequence[Event]) -> Iterator[Finding]:
    """Yield the warning that the other side has recorded the same step, or the same money."""
    for other in there:
        same_money = [
            (one.kind, one.fund, one.amount, one.document)
            for one in other.effects.ledger
            for own in event.effects.ledger
            if (one.kind, one.fund, one.amount) == (own.kind, own.fund, own.amount)
            and (other.on == event.on or one.document == own.document)
        ]
        if same_money or (other.step, other.form) == (event.step, event.form):
            yield warn(
                codes.BUNDLE_DOUBLE,
                _("Event {other} there records the same as event {seq} here.").format(
                    seq=event.seq, other=other.seq
                ),
                actual=dmy(other.on),
                fix=_("If both happened, give the reason; else leave it out: {option}.").format(
                    option=f"--leave-out {event.seq}"
                ),
            )
