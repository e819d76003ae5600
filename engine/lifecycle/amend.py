"""Taking back the last step, and correcting an earlier one. The log is never edited."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from engine import forms, funds
from engine.errors import InputError, UnknownError
from engine.findings import block, step_name
from engine.frozen import FrozenMap, freeze, thaw
from engine.i18n import _
from engine.lifecycle.gather import Gatherer
from engine.lifecycle.prepare import Prepared
from engine.model import (
    Club,
    Effects,
    EntryKind,
    Event,
    Finding,
    State,
    TaskClosing,
    TaskKind,
    TaskOpening,
    TaskOutcome,
    TaskReopening,
)
from engine.provinces import Provinces
from engine.request import StepRequest, reach
from engine.states import step as find_step
from engine.states.stage import Step
from engine.store import log
from engine.store.canonical import plain
from engine.store.database import Store
from engine.store.fold import STATE_STEPS
from engine.text import dmy

NOT_CORRECTED = ("roster", "set_board", "change_board", "correct", "annul", "erase", "export")
"""Recorded anew rather than corrected: lists and boards have commands, undoing is final."""
LEDGER_WORDS = ("document", "donor", "resolution")
DATES = frozenset(field.name for field in fields(Club) if field.name.endswith("_on"))


def annulled(events: Sequence[Event]) -> frozenset[int]:
    """Return the numbers of the events that an annulment took back."""
    return frozenset(event.form["seq"] for event in events if event.step == "annul")


def standing(events: Sequence[Event], without: frozenset[int] = frozenset()) -> list[Event]:
    """Return the events that still count: what an annulment took back is gone, with its
    corrections and with the annulment itself; ``without`` leaves out more events.
    """
    gone = annulled(events) | without
    return [
        event
        for event in events
        if event.seq not in gone
        and event.step != "annul"
        and not (event.step == "correct" and event.form["seq"] in gone)
    ]


def is_state_step(event: Event) -> bool:
    """Tell whether an event is a step of the club's life, not a record or an annulment."""
    if event.step == "annul":
        return False
    return event.from_state != event.to_state or event.step in STATE_STEPS


def fields_after(events: Sequence[Event]) -> dict[str, Any]:
    """Return the club's fields after those events, as the tables would have them.

    Every day among the fields is the day its event happened, so a corrected day is put where the
    event stands: a correction made after a later step must not outlive that step's annulment.
    """
    found: dict[str, Any] = {}
    days = effective_days(events)
    for event in events:
        day = days[event.seq].isoformat()
        if is_state_step(event):
            found |= {"state_seq": event.seq, "state_on": day}
        for name, value in event.effects.fields:
            if name not in DATES:
                found[name] = plain(value)
            elif event.step != "correct":
                found[name] = day
    return found


def _target(store: Store, club: Club, seq: int) -> tuple[list[Event], Event]:
    events = log.read(store, f"club:{club.id}")
    target = next((event for event in events if event.seq == seq), None)
    if target is None:
        raise UnknownError(
            _("{club} has no record {seq}.").format(club=club.id, seq=seq),
            code="CLB-RECORD-UNKNOWN",
            help=f"clb club history {club.id}",
        )
    return events, target


def prepare_annul(store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
    """Work out what brings the club, its tasks and its figures back to before the event."""
    del on
    events, target = _target(store, club, form["seq"])
    before = fields_after(standing(events, frozenset({target.seq})))
    undone = [target, *(one for one in events if _corrects(one, target))]
    names = {name for one in undone for name, _value in one.effects.fields}
    restored = tuple((name, before.get(name)) for name in sorted(names | {"state_seq", "state_on"}))
    rows = store.rows("SELECT kind, opened_seq, closed_seq FROM task WHERE club = ?", (club.id,))
    own = {one.seq for one in undone}
    opened = {kind for kind, seq, closed in rows if seq in own and closed is None}
    still_open = {kind for kind, _seq, closed in rows if closed is None} - opened
    reopened = tuple(
        TaskReopening(TaskKind(kind), seq)
        for kind, seq, closed in rows
        if closed == target.seq and kind not in still_open
    )
    remedy = Effects(
        fields=restored,
        closed=tuple(TaskClosing(TaskKind(kind), TaskOutcome.ANNULLED) for kind in sorted(opened)),
        reopened=reopened,
        voids=_rows_of(events, target),
    )
    return Prepared(form, remedy, target=target, to_state=target.from_state or club.state)


def _rows_of(events: Sequence[Event], target: Event) -> tuple[int, ...]:
    """Return the events whose records stand for ``target``: its own and its last correction's."""
    if not target.effects.records:
        return ()
    corrections = [one.seq for one in events if _corrects(one, target) and one.effects.records]
    return (corrections[-1] if corrections else target.seq,)


def _corrects(event: Event, target: Event) -> bool:
    return event.step == "correct" and event.form["seq"] == target.seq


class Correction:
    """Overlays fields of an earlier form and works out what follows from it."""

    def __init__(self, gather: Gatherer, provinces: Provinces, today: date) -> None:
        self.gather = gather
        self.provinces = provinces
        self.today = today

    def __call__(self, store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
        """Judge the corrected form as its own step would be, on its own day."""
        del on
        events, target = _target(store, club, form["seq"])
        step = find_step(target.step)
        if target.step in NOT_CORRECTED or target.seq in annulled(events):
            raise InputError(
                _("Record {seq} ({step}) cannot be corrected.").format(
                    seq=target.seq, step=step_name(target.step)
                ),
                code="CLB-CORRECT-STEP",
                help=_("Record it anew, or annul it."),
            )
        earlier = [one for one in events if _corrects(one, target)]
        current = target.form
        for one in earlier:
            current = overlay(current, one.form["changes"])
        corrected = forms.check(step.name, thaw(overlay(current, form["changes"])))
        day = date.fromisoformat(reach(corrected, step.happened_on))
        was = self._request(step, club, events, target, current)
        request = self._request(step, club, events, target, corrected, day)
        findings = [*self._order(events, target, day), *self._unchanged(step, was, request)]
        if not findings:
            findings += self._again(step, request)
        remedy = Effects()
        if not any(one.level == "block" for one in findings):
            old, new = step.work(was), step.work(request)
            remedy = self._remedy(store, club, events, target, old, new, day)
        return Prepared(form, remedy, target=target, findings=tuple(findings))

    def _request(
        self,
        step: Step,
        club: Club,
        events: Sequence[Event],
        target: Event,
        form: FrozenMap,
        day: date | None = None,
    ) -> StepRequest:
        """Return what the step was, or would have been, judged on, with the club as it then was."""
        then = club_before(club, events, target)
        on = day or date.fromisoformat(reach(form, step.happened_on))
        request = self.gather.request(step, then, form, on, self.today)
        first = {one.seq: one.form["seq"] for one in events if one.step == "correct"}
        grants = {one.seq for one in funds.standing(request.ledger) if one.kind is EntryKind.GRANT}
        # A grant that stands is held against the others that do, given before it or after.
        others = grants - {target.seq} if target.seq in grants else set()
        return replace(
            request,
            ledger=tuple(
                one for one in request.ledger if one.seq < target.seq or one.seq in others
            ),
            supervisions=tuple(
                one for one in request.supervisions if first.get(one.seq, one.seq) < target.seq
            ),
            reviews=tuple(
                one for one in request.reviews if first.get(one.seq, one.seq) != target.seq
            ),
            tasks=(),
            founders=frozenset(),
        )

    def _order(self, events: Sequence[Event], target: Event, day: date) -> Iterator[Finding]:
        """The corrected day stays between the steps before and after it."""
        if day > self.today:
            yield block(
                "CLB-DATE-FUTURE",
                _("{day} is still to come.").format(day=dmy(day)),
                expected=_("not after {day}").format(day=dmy(self.today)),
                actual=dmy(day),
            )
        days = effective_days(events)
        steps = [one for one in standing(events) if is_state_step(one)]
        if target.step == "open":
            steps = standing(events)
        elif not is_state_step(target):
            steps = [one for one in steps if one.step == "open"]
        for one in steps:
            other = days[one.seq]
            early = one.seq < target.seq and day < other
            late = one.seq > target.seq and day > other
            if early or late:
                yield block(
                    "CLB-DATE-ORDER",
                    _("{day} does not fit record {seq} ({step}) of {other}.").format(
                        day=dmy(day), seq=one.seq, step=step_name(one.step), other=dmy(other)
                    ),
                    expected=(_("not before {day}") if early else _("not after {day}")).format(
                        day=dmy(other)
                    ),
                    actual=dmy(day),
                )

    def _unchanged(self, step: Step, was: StepRequest, request: StepRequest) -> Iterator[Finding]:
        """A correction may not change the resulting state or an amount."""
        if step.outcome and step.outcome(was) != step.outcome(request):
            yield block(
                "CLB-CORRECT-STATE",
                _("A correction cannot change where the step led."),
                expected=step.outcome(was),
                actual=step.outcome(request),
                fix=_("Annul the step and take it again."),
            )
        fixed = ("amount", "kind", "fund", "source", "reverses") if step.name == "fund" else ()
        for path in fixed:
            if was.field(path) != request.field(path):
                yield block(
                    "CLB-CORRECT-AMOUNT",
                    _("A correction cannot change money that was recorded."),
                    expected=str(was.field(path)),
                    actual=str(request.field(path)),
                    fix=_("Take the entry back with a reversal and record it again."),
                )

    def _again(self, step: Step, request: StepRequest) -> Iterator[Finding]:
        for check in step.checks:
            if check.__name__ not in ("duties", "in_time"):
                yield from check(request)
        yield from self.provinces.checks(request.club.province, request)

    def _remedy(
        self,
        store: Store,
        club: Club,
        events: Sequence[Event],
        target: Event,
        old: Effects,
        new: Effects,
        day: date,
    ) -> Effects:
        """Return what to change now: only where nothing later has changed it again."""
        now = fields_after(standing(events))
        before = dict(old.fields)
        changed = [
            (name, value)
            for name, value in new.fields
            if plain(value) != plain(before.get(name)) and now.get(name) == plain(before.get(name))
        ]
        moved = day != effective_days(events)[target.seq]
        if now.get("state_seq") == target.seq and moved:
            changed.append(("state_on", day))
        records: tuple[tuple[str, FrozenMap], ...] = ()
        if new.records and (moved or new.records != old.records):
            records = tuple(
                (table, FrozenMap({**row, "on_date": day.isoformat()}))
                for table, row in new.records
            )
        opened, closed = self._tasks(store, club, events, target, new)
        return Effects(
            fields=tuple(changed),
            opened=opened,
            closed=closed,
            records=records,
            voids=_rows_of(events, target) if records else (),
            amended=_amended(target, old, new, day if moved else None),
        )

    def _tasks(
        self, store: Store, club: Club, events: Sequence[Event], target: Event, new: Effects
    ) -> tuple[tuple[TaskOpening, ...], tuple[TaskClosing, ...]]:
        own = {target.seq, *(one.seq for one in events if _corrects(one, target))}
        rows = store.rows(
            "SELECT kind, due_on, opened_seq FROM task WHERE club = ? AND closed_seq IS NULL",
            (club.id,),
        )
        due: dict[str, str | None] = {kind: day for kind, day, seq in rows if seq in own}
        opened = tuple(
            one for one in new.opened if one.kind in due and plain(one.due_on) != due[one.kind]
        )
        closed = tuple(TaskClosing(one.kind, TaskOutcome.REPLACED) for one in opened)
        return opened, closed


def _amended(
    target: Event, old: Effects, new: Effects, moved_to: date | None
) -> tuple[tuple[int, FrozenMap], ...]:
    if not new.ledger or not old.ledger:
        return ()
    row: dict[str, Any] = {
        name: getattr(new.ledger[0], name)
        for name in LEDGER_WORDS
        if getattr(new.ledger[0], name) != getattr(old.ledger[0], name)
    }
    if moved_to is not None:
        row["on_date"] = moved_to.isoformat()
    return ((target.seq, FrozenMap(row)),) if row else ()


def effective_days(events: Sequence[Event]) -> dict[int, date]:
    """Return the day each event counts for, corrections included."""
    days = {event.seq: event.on for event in events}
    shapes = {event.seq: event.form for event in events}
    for event in events:
        if event.step != "correct":
            continue
        seq = event.form["seq"]
        step = find_step(next(one.step for one in events if one.seq == seq))
        shapes[seq] = overlay(shapes[seq], event.form["changes"])
        days[seq] = date.fromisoformat(reach(shapes[seq], step.happened_on))
    return days


def overlay(form: FrozenMap, changes: FrozenMap) -> FrozenMap:
    """Return a form with some fields changed, named by dotted path or by nesting."""
    data: dict[str, Any] = thaw(form)
    for path, value in _flat(changes):
        forms.place(data, path, thaw(value))
    frozen = freeze(data)
    assert isinstance(frozen, FrozenMap)
    return frozen


def _flat(changes: FrozenMap, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in changes.items():
        if isinstance(value, FrozenMap):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def club_before(club: Club, events: Sequence[Event], target: Event) -> Club:
    """Return the club as it stood just before an event."""
    past = fields_after(standing([one for one in events if one.seq < target.seq]))
    values = {
        field.name: _value(field.name, past.get(field.name))
        for field in fields(Club)
        if field.name not in ("id", "province", "state", "seq")
        and (field.name in past or field.name in DATES)
    }
    blank = Club(club.id, club.province)
    return replace(blank, **values, state=target.from_state or State.NONE, seq=target.seq - 1)


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DATES:
        return date.fromisoformat(value)
    return State(value) if name == "suspended_from" else value
