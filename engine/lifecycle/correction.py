"""Correcting an earlier record: overlaid and judged again on its own day, never edited."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from engine import codes
from engine.errors import InputError
from engine.frozen import EMPTY, FrozenMap, thaw
from engine.i18n import _
from engine.labels import outcome_name, role_names, step_name
from engine.lifecycle.gather import Gatherer
from engine.lifecycle.history import (
    annulled,
    club_before,
    corrected_forms,
    corrects,
    effective,
    effective_days,
    fields_after,
    is_state_step,
    overlay,
    rows_of,
    target_of,
)
from engine.lifecycle.people import with_members
from engine.lifecycle.prepare import Prepared, require_ids
from engine.model import (
    Club,
    Effects,
    EntryKind,
    Event,
    Finding,
    LedgerEntry,
    TaskClosing,
    TaskOpening,
    TaskOutcome,
)
from engine.provinces.load import Provinces
from engine.rules import forms, funds, own
from engine.rules.findings import block
from engine.rules.request import StepRequest, reach
from engine.states import step as find_step
from engine.states.stage import Step
from engine.store.canonical import plain
from engine.store.database import Store
from engine.store.facts import named
from engine.vietnamese.text import dmy, iso_day

LEDGER_WORDS = ("document", "donor", "resolution")


class Correction:
    """Lays changed fields over an earlier form and works out what follows from it."""

    def __init__(self, gather: Gatherer, provinces: Provinces, today: Callable[[], date]) -> None:
        self.gather = gather
        self.provinces = provinces
        self.today = today

    def __call__(self, store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
        """Judge the corrected form as its own step would be, on its own day."""
        del on
        events, target = target_of(store, club, form["seq"])
        step = find_step(target.step)
        if not step.corrected or target.seq in annulled(events):
            raise InputError(
                _("Record {seq} ({step}) cannot be corrected.").format(
                    seq=target.seq, step=step_name(target.step)
                ),
                code=codes.CORRECT_STEP,
                help=_("Record it anew, or annul it."),
            )
        current = corrected_forms(events)[target.seq]
        shape = overlay(current, form["changes"])
        day = iso_day(reach(shape, step.happened_on)) or target.on
        fields = own.in_force(self.provinces.rules(club.province), step.name, day)
        changes = overlay(EMPTY, form["changes"])
        named = with_members(store, club, step.name, Prepared(changes), fields)
        require_ids(step, named, fields)
        ready = named.form
        if ready != changes:
            form = FrozenMap({**form, "changes": ready})
        corrected = forms.check(step.name, thaw(overlay(current, ready)), fields)
        was = self._request(step, club, events, target, current)
        request = self._request(step, club, events, target, corrected, day)
        findings = [*in_order(events, target, day, self.today()), *unchanged(step, was, request)]
        if not findings:
            findings += self._again(step, request, _as_then(club, events, target))
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
        request = self.gather.request(step, then, form, on, self.today())
        facts = {
            name: narrow(getattr(request, name))
            for name, narrow in _as_then(club, events, target).items()
        }
        return replace(request, **facts)

    def _again(
        self, step: Step, request: StepRequest, then: Mapping[str, Callable[[Any], Any]]
    ) -> Iterator[Finding]:
        for check in step.checks:
            yield from check(request)
        whole = self.gather.whole(step, request, then)
        yield from self.provinces.checks(request.club.province, whole)

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
        opened, closed = self._tasks(store, club, events, target, new)
        return replace(correcting(events, target, old, new, day), opened=opened, closed=closed)

    def _tasks(
        self, store: Store, club: Club, events: Sequence[Event], target: Event, new: Effects
    ) -> tuple[tuple[TaskOpening, ...], tuple[TaskClosing, ...]]:
        own = {target.seq, *(one.seq for one in events if corrects(one, target))}
        rows = store.rows(
            "SELECT kind, due_on, opened_seq FROM task "
            "WHERE club = ? AND province = ? AND closed_seq IS NULL",
            named(club),
        )
        due: dict[str, str | None] = {kind: day for kind, day, seq in rows if seq in own}
        opened = tuple(
            one for one in new.opened if one.kind in due and plain(one.due_on) != due[one.kind]
        )
        closed = tuple(TaskClosing(one.kind, TaskOutcome.REPLACED) for one in opened)
        return opened, closed


def in_order(events: Sequence[Event], target: Event, day: date, today: date) -> Iterator[Finding]:
    """The corrected day stays between the steps before and after it."""
    if day > today:
        yield block(
            codes.DATE_FUTURE,
            _("{day} is still to come.").format(day=dmy(day)),
            expected=_("not after {day}").format(day=dmy(today)),
            actual=dmy(day),
        )
    days = effective_days(events)
    steps = [one for one in effective(events) if is_state_step(one)]
    if find_step(target.step).founds:
        steps = effective(events)
    elif not is_state_step(target):
        steps = [one for one in steps if find_step(one.step).founds]
    for one in steps:
        other = days[one.seq]
        early = one.seq < target.seq and day < other
        late = one.seq > target.seq and day > other
        if early or late:
            yield block(
                codes.DATE_ORDER,
                _("{day} does not fit record {seq} ({step}) of {other}.").format(
                    day=dmy(day), seq=one.seq, step=step_name(one.step), other=dmy(other)
                ),
                expected=(_("not before {day}") if early else _("not after {day}")).format(
                    day=dmy(other)
                ),
                actual=dmy(day),
            )


def unchanged(step: Step, was: StepRequest, request: StepRequest) -> Iterator[Finding]:
    """A correction may not change the resulting state or an amount."""
    if step.outcome and step.outcome(was) != step.outcome(request):
        yield block(
            codes.CORRECT_STATE,
            _("A correction cannot change where the step led."),
            expected=outcome_name(step.outcome(was)),
            actual=outcome_name(step.outcome(request)),
            fix=_("Annul the step and take it again."),
        )
    if step.founds and was.field("commune") != request.field("commune"):
        yield block(
            codes.CORRECT_COMMUNE,
            _("A correction cannot move a club to another commune."),
            expected=was.field("commune"),
            actual=request.field("commune"),
            who=role_names(find_step("rehome").roles, city=request.rules.city),
            fix=f"clb advance {request.club.id} rehome",
        )
    for path in step.fixed:
        if was.field(path) != request.field(path):
            yield block(
                codes.CORRECT_AMOUNT,
                _("A correction cannot change money that was recorded."),
                expected=funds.field_word(path, was.field(path)),
                actual=funds.field_word(path, request.field(path)),
                fix=_("Take the entry back with a reversal and record it again."),
            )


def _as_then(
    club: Club, events: Sequence[Event], target: Event
) -> Mapping[str, Callable[[Any], Any]]:
    """Return, for facts of a request, what to keep of them to judge a step of the past."""
    first = {one.seq: one.form["seq"] for one in events if one.step == "correct"}

    def ledger(entries: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, ...]:
        grants = {one.seq for one in funds.not_reversed(entries) if one.kind is EntryKind.GRANT}
        # A grant is held against the others that were not reversed, given before it or after.
        others = grants - {target.seq} if target.seq in grants else set()
        return tuple(one for one in entries if one.seq < target.seq or one.seq in others)

    return {
        "ledger": ledger,
        "supervisions": lambda them: tuple(
            one for one in them if first.get(one.seq, one.seq) < target.seq
        ),
        "reviews": lambda them: tuple(
            one for one in them if first.get(one.seq, one.seq) != target.seq
        ),
        "decisions": lambda them: tuple(
            one for one in them if (one.club, one.seq) != (club.id, target.seq)
        ),
        "tasks": lambda _them: (),
        "founders": lambda _them: frozenset(),
    }


def correcting(
    events: Sequence[Event], target: Event, old: Effects, new: Effects, day: date
) -> Effects:
    """Return what to change now but for tasks: only where nothing later has changed it again.

    ``old`` and ``new`` are what the target's step did with its form as it was and as it is
    corrected, ``day`` is its corrected day.
    """
    now = fields_after(effective(events))
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
            (table, FrozenMap({**row, "on_date": day.isoformat()})) for table, row in new.records
        )
    return Effects(
        fields=tuple(changed),
        records=records,
        voids=rows_of(events, target) if records else (),
        amended=_amended(target, old, new, day if moved else None),
    )


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
