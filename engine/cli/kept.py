"""An interview at a terminal whose answers are kept as a draft until they are recorded."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import click

from engine.cli import ask
from engine.cli.context import Context
from engine.cli.prompt import say, yes
from engine.i18n import _
from engine.interview import drafts
from engine.interview.interview import Interview

Asking = TypeVar("Asking", bound=Interview)


def settled(
    context: Context,
    asks: Asking,
    about: tuple[str, ...],
    *,
    where: Iterable[str] = (),
    judged: Callable[[Asking], ask.Reasons | None] | None = None,
) -> Asking:
    """Offer the answers of a draft, ask for the rest and keep each; return the interview.

    Whoever records it deletes the draft. Raises ``click.Abort`` where somebody stops.
    """
    asks = _taken_up(context, asks, about)

    def keep(now: Asking) -> None:
        context.remembered.keep_draft(drafts.to_draft(now), *about)

    try:
        return ask.settled(asks, where, keep=keep, judged=judged)
    except click.Abort:
        say(_("What was answered is kept, and offered again next time."))
        raise


def _taken_up(context: Context, asks: Asking, about: tuple[str, ...]) -> Asking:
    """Offer the answers of a draft about the same."""
    kept = context.remembered.draft(*about)
    answers = drafts.answers_of(kept, asks.subject)
    answers = {path: value for path, value in answers.items() if path not in asks.answers}
    if not answers:
        return asks
    taken = drafts.take_up(asks, answers)
    say("")
    say(_("This was begun before and not recorded. What was answered then:"))
    for title, shown in taken.summary():
        say(f"{title}: {shown}", "   ")
    if yes(_("Go on from there?"), enter=True):
        return taken
    context.remembered.drop_draft(*about)
    return asks
