"""Annul a club's last step: its state, fields, tasks and rows, as they were before."""

from collections.abc import Iterable, Sequence
from datetime import date

from engine.frozen import FrozenMap
from engine.lifecycle.history import corrects, effective, fields_after, rows_of, target_of
from engine.lifecycle.prepare import Prepared
from engine.model import (
    Club,
    Effects,
    Event,
    TaskClosing,
    TaskKind,
    TaskOutcome,
    TaskReopening,
)
from engine.store.database import Row, Store
from engine.store.facts import named

SELECT_TASKS = "SELECT kind, opened_seq, closed_seq FROM task WHERE club = ? AND province = ?"


def prepare_annul(store: Store, club: Club, form: FrozenMap, on: date) -> Prepared:
    """Work out what brings the club, its tasks and its figures back to before the event."""
    del on
    events, target = target_of(store, club, form["seq"])
    tasks = store.rows(SELECT_TASKS, named(club))
    remedy = undoing(events, target, tasks)
    return Prepared(form, remedy, target=target, to_state=target.from_state or club.state)


def undoing(events: Sequence[Event], target: Event, tasks: Iterable[Row]) -> Effects:
    """Return what takes an event back; ``tasks`` are the club's: kind, opened and closed by."""
    before = fields_after(effective(events, frozenset({target.seq})))
    undone = [target, *(one for one in events if corrects(one, target))]
    names = {name for one in undone for name, _value in one.effects.fields}
    restored = tuple((name, before.get(name)) for name in sorted(names | {"state_seq", "state_on"}))
    rows = list(tasks)
    own = {one.seq for one in undone}
    opened = {kind for kind, seq, closed in rows if seq in own and closed is None}
    still_open = {kind for kind, _seq, closed in rows if closed is None} - opened
    reopened = tuple(
        TaskReopening(TaskKind(kind), seq)
        for kind, seq, closed in rows
        if closed == target.seq and kind not in still_open
    )
    return Effects(
        fields=restored,
        closed=tuple(TaskClosing(TaskKind(kind), TaskOutcome.ANNULLED) for kind in sorted(opened)),
        reopened=reopened,
        voids=rows_of(events, target),
    )
