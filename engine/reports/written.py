"""What a step did, in sentences for whoever took it: what, for which club, and what is due next."""

from collections.abc import Iterator

from engine.i18n import _
from engine.labels import fund_name, role_name, state_name, step_name, task_name
from engine.lifecycle import Outcome
from engine.lifecycle.people import names
from engine.model import Club
from engine.policy.effective import Rules
from engine.reports import money
from engine.reports.recorded import recorded
from engine.rules.ground import article
from engine.store.database import Store
from engine.vietnamese.money import dong, dong_said
from engine.vietnamese.text import dmy, upper_first


def sentences(store: Store, rules: Rules, club: Club, outcome: Outcome) -> Iterator[str]:
    """Yield what was recorded for a club, as it is after the step.

    Names the step with what it says, the club with its village and commune, the money in words
    with what its fund now holds, and each task that is due next with who does it and the article.
    """
    event = outcome.event
    assert event is not None
    name, what = step_name(event.step), recorded(event, names(store, club.id))
    yield _("{step}, {day}").format(step=upper_first(name), day=dmy(event.on)) + (
        f": {what}" if what else ""
    )
    yield f"{club.name}, {club.village}, {club.commune} ({club.id})"
    if event.to_state is not None and event.to_state is not event.from_state:
        yield _("The club is now: {state}").format(state=state_name(event.to_state))
    for entry in event.effects.ledger:
        held = money.balances(money.ledger(store, club.id, event.on))[entry.fund]
        fund = fund_name(entry.fund)
        yield _("{fund}: {amount}, now holds {held}").format(
            fund=upper_first(fund),
            amount=f"{'+' if entry.delta > 0 else '-'}{dong_said(abs(entry.delta))}",
            held=dong(held),
        )
    for task in outcome.opened:
        due = _("due {day}").format(day=dmy(task.due_on)) if task.due_on else None
        yield _("Next: {task}, {due}, by: {who}; {source}").format(
            task=task_name(task.kind),
            due=due or _("no day stipulated"),
            who=role_name(task.role),
            source=article(rules, task.kind, task.source),
        )
