"""What a step did, in sentences for whoever took it: what, for which club, and what is due next."""

from collections.abc import Iterator
from datetime import date

from engine.i18n import _, read_in
from engine.interview.situation import Situation
from engine.labels import fund_held, fund_name, role_names, state_name, task_name
from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.people import names
from engine.model import Club, Event, Role, State, TaskKind, TaskOpening
from engine.policy.effective import Rules
from engine.policy.own_money import fund_labels
from engine.reports import money
from engine.reports.corrections import changed
from engine.reports.recorded import recorded
from engine.reports.under_way import NEXT
from engine.rules.communes import wording
from engine.rules.doers import sharers
from engine.rules.ground import article
from engine.rules.obligations import STEPS
from engine.rules.own import called
from engine.states import step as find_step
from engine.states.guards import allowed_roles
from engine.store import log
from engine.store.database import Store
from engine.vietnamese.money import dong_spoken
from engine.vietnamese.text import dmy, upper_first

FOLLOWED = (State.PROPOSED, State.RETURNED, State.TRAINED)
"""Where a club comes to without a task that names what is next."""


def sentences(store: Store, rules: Rules, club: Club, outcome: Outcome) -> tuple[str, ...]:
    """Return what was recorded for a club, as it is after the step, in the words of its place.

    Names the step with what it says, the club with its village and commune, the money in words
    with what its fund now holds, and each task that is due next with who does it and the article.
    """
    with read_in(*wording(club.commune, city=rules.city)):
        return tuple(_sentences(store, rules, club, outcome))


def _sentences(store: Store, rules: Rules, club: Club, outcome: Outcome) -> Iterator[str]:
    event = outcome.event
    assert event is not None
    name, what = called(rules, event.step), recorded(event, names(store, club), rules)
    yield _("{step}, {day}").format(step=upper_first(name), day=dmy(event.on)) + (
        f": {what}" if what else ""
    )
    yield from _corrected(store, rules, club, event)
    yield f"{club.name}, {club.village}, {club.commune} ({club.id})"
    if event.to_state is not None and event.to_state is not event.from_state:
        yield _("The club is now: {state}").format(state=state_name(event.to_state))
    for entry in event.effects.ledger:
        held = money.balances(money.ledger(store, club, event.on))[entry.fund]
        fund = fund_name(entry.fund, fund_labels(rules.policy))
        yield _("{fund}: {amount}, now holds {held}").format(
            fund=upper_first(fund),
            amount=f"{'+' if entry.delta > 0 else '-'}{dong_spoken(abs(entry.delta))}",
            held=fund_held(held),
        )
    opened = outcome.opened
    decided = event.to_state is State.APPROVED and event.to_state is not event.from_state
    if decided and not any(task.kind is TaskKind.TRAINING_INITIAL for task in opened):
        # Where no document asks for it, the launch asks all the same (CLB-TRAIN-MISSING).
        opened = (TaskOpening(TaskKind.TRAINING_INITIAL, None, Role.PROVINCE, None), *opened)
    yield from _following(rules, event)
    for task in opened:
        due = _("due {day}").format(day=dmy(task.due_on)) if task.due_on else None
        yield _("Next: {task}, {due}, by: {who}; {source}").format(
            task=task_name(task.kind),
            due=due or _("no day stipulated"),
            who=role_names(_doers(rules, task, event.on), city=rules.city),
            source=article(rules, task.kind, task.source),
        )


def _following(rules: Rules, event: Event) -> Iterator[str]:
    """Yield the step that leads on towards the launch, where no task is opened for it."""
    to = event.to_state
    if to in FOLLOWED and to is not event.from_state:
        roles, _source = allowed_roles(find_step(NEXT[to]), rules, event.on)
        yield _("Next: {step}, by: {who}").format(
            step=called(rules, NEXT[to]), who=role_names(roles, city=rules.city)
        )


def _doers(rules: Rules, task: TaskOpening, on: date) -> tuple[Role, ...]:
    """Return who may do a task that was opened."""
    step = STEPS.get(task.kind)
    return (task.role,) if step is None else sharers(rules, step, on, task.role)


def _corrected(store: Store, rules: Rules, club: Club, event: Event) -> Iterator[str]:
    """Yield what a correction changed, of which record."""
    if event.step != "correct":
        return
    events = log.of_club(store, club)
    target = next(one for one in events if one.seq == event.form["seq"])
    known = Situation(today=event.on, rules=rules, club=club, names=names(store, club))
    for title, shown in changed(events, event, known):
        yield _("{step}: {field}: {shown}").format(
            step=upper_first(called(rules, target.step)), field=title, shown=shown
        )
